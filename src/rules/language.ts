/** The languages that letters, reasons and screens are written in. */
export const languages = ['it', 'en'] as const;
export type Language = (typeof languages)[number];

export function isLanguage(text: string): text is Language {
  return (languages as readonly string[]).includes(text);
}
