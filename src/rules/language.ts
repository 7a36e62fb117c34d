/** The languages letters and reasons are written in. A type only. */
export type Language = 'it' | 'en';
