/**
 * An account's number: whether it can be one, how it is printed, and whether a bank outside SEPA needs a BIC beside
 * it. Knows no bank and asks none.
 */

/** Length of each SEPA country's IBAN (SWIFT IBAN registry; EPC list of SEPA countries). */
const sepaLengths: Readonly<Record<string, number>> = {
  AD: 24,
  AL: 28,
  AT: 20,
  BE: 16,
  BG: 22,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GI: 23,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IS: 26,
  IT: 27,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MD: 24,
  ME: 22,
  MK: 19,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  RS: 22,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  VA: 22,
};

function compact(iban: string): string {
  return iban.replace(/\s/g, '').toUpperCase();
}

/** ISO 13616: the check digits make the rearranged number 1 modulo 97; and the length is its country's, where known. */
export function isIban(text: string): boolean {
  const bare = compact(text);
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(bare)) return false;
  const length = sepaLengths[bare.slice(0, 2)];
  return (length === undefined || length === bare.length) && remainder(bare) === 1;
}

function remainder(bare: string): number {
  const digits = (bare.slice(4) + bare.slice(0, 4)).replace(/[A-Z]/g, (letter) => `${letter.charCodeAt(0) - 55}`);
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest;
}

/** Groups of four, as on paper (ISO 13616). */
export function groupedIban(iban: string): string {
  return compact(iban).replace(/(.{4})(?=.)/g, '$1 ');
}

/** ISO 9362: bank, country, place, and perhaps a branch. */
export function isBic(text: string): boolean {
  return /^[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(compact(text));
}

/** A transfer to it needs the BIC: the account, or the currency, is outside the single euro payments area. */
export function needsBic(iban: string, currency: string): boolean {
  return currency !== 'EUR' || sepaLengths[compact(iban).slice(0, 2)] === undefined;
}
