/** The languages that letters, reasons and the program itself are written in. */
export type Language = 'it' | 'en';

const names: Readonly<Record<Language, true>> = { it: true, en: true };

export function isLanguage(name: string): name is Language {
  return Object.hasOwn(names, name);
}
