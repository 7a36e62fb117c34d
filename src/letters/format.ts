/**
 * Sums, days, moments and counts as the language of a letter writes them. Words and months are our own tables, so that a
 * letter reads the same on every Node; only the names of time zones come from Intl. Decides nothing.
 */
import { monthNames, weekdayNames } from '../rules/calendar.ts';
import type { Language } from '../rules/language.ts';
import type { PaymentTerms } from '../rules/payment-terms.ts';
import { type Instant, type LocalDay, type TimeZone, wallClock, weekdayOf, weekdays } from '../rules/time.ts';
import { type Countable, letterLanguages, type RateUnit } from './languages/index.ts';

/**
 * `1.220,00 EUR` in Italian; `€1,220.00`, `$1,220.00`, `CHF 1,220.00` in English.
 * @param cents integer minor units
 * @throws RangeError when `cents` is no safe integer or the currency is not three capitals
 */
export function money(cents: number, currency: string, language: Language): string {
  if (!Number.isSafeInteger(cents)) throw new RangeError(`not a sum in minor units: ${cents}`);
  if (!/^[A-Z]{3}$/.test(currency)) throw new RangeError(`not a currency: ${currency}`);
  return letterLanguages[language].money(cents, currency);
}

/** `15 maggio 2026`, `15 May 2026`; the first of the month is `1º maggio 2026` in Italian. */
export function day(of: LocalDay, language: Language): string {
  const [year, month, dayOfMonth] = of.split('-').map(Number) as [number, number, number];
  return letterLanguages[language].day({ dayOfMonth, month: monthNames[language][month - 1] as string, year });
}

/** `lunedì 23 novembre 2026`, `Monday 23 November 2026`. */
export function weekdayDay(of: LocalDay, language: Language): string {
  return `${weekdayNames[language][weekdays.indexOf(weekdayOf(of))]} ${day(of, language)}`;
}

/** `lunedì 23 novembre 2026 alle 9:00`, `Monday 23 November 2026 at 9:00`: the wall clock of the zone. */
export function dayAndTime(at: Instant, zone: TimeZone, language: Language): string {
  const wall = wallClock(at, zone);
  const hour = Math.floor(wall.minute / 60);
  const clock = `${hour}:${String(wall.minute % 60).padStart(2, '0')}`;
  return `${weekdayDay(wall.day, language)} ${letterLanguages[language].atClock(clock, hour)}`;
}

/**
 * The name of the zone's time at a moment: `ora dell’Europa centrale`, in summer `ora legale dell’Europa centrale`;
 * `Central European Time`, in summer `Central European Summer Time`.
 */
export function zoneName(at: Instant, zone: TimeZone, language: Language): string {
  return letterLanguages[language].zoneName(nameIn(zoneFormat(zone, language), at, zone));
}

/** The name of the zone's time all year round: `ora dell’Europa centrale`, `Eastern Time`. */
export function zoneOfYear(zone: TimeZone, language: Language): string {
  const { locale, zoneOfYear: inWords } = letterLanguages[language];
  const format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'longGeneric' });
  return inWords(nameIn(format, 0, zone));
}

function nameIn(format: Intl.DateTimeFormat, at: number, zone: TimeZone): string {
  const part = format.formatToParts(at).find(({ type }) => type === 'timeZoneName');
  return (part?.value ?? zone).replaceAll("'", '’');
}

const zoneFormats = new Map<string, Intl.DateTimeFormat>();

/** Kept, because making one takes longer than all else in a letter. */
function zoneFormat(zone: TimeZone, language: Language): Intl.DateTimeFormat {
  const key = `${language} ${zone}`;
  const known = zoneFormats.get(key);
  if (known !== undefined) return known;
  const { locale } = letterLanguages[language];
  const format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'long' });
  zoneFormats.set(key, format);
  return format;
}

/** {@link dayAndTime} with the zone: `lunedì 23 novembre 2026 alle 9:00 (ora dell’Europa centrale)`. */
export function moment(at: Instant, zone: TimeZone, language: Language): string {
  return `${dayAndTime(at, zone, language)} (${zoneName(at, zone, language)})`;
}

/** `60,00 EUR all’ora`, `€60.00 per hour`. */
export function rate(cents: number, currency: string, unit: RateUnit, language: Language): string {
  return `${money(cents, currency, language)} ${letterLanguages[language].perUnit[unit]}`;
}

/** `a 30 giorni dalla fattura, fine mese`, `30 days from the invoice, end of month`. */
export function paymentTerms(terms: PaymentTerms, language: Language): string {
  return letterLanguages[language].paymentTerms(terms);
}

/** `1 giorno`, `3 giorni`, `1 working day`. */
export function count(amount: number, of: Countable, language: Language): string {
  const [one, many] = letterLanguages[language].counted[of];
  return `${amount} ${amount === 1 ? one : many}`;
}

/** `email`, `email e telefono`, `telefono ed email`, `email, telefono e chat`. */
export function series(items: readonly string[], language: Language): string {
  const last = items.at(-1);
  if (last === undefined || items.length < 2) return last ?? '';
  return `${items.slice(0, -1).join(', ')} ${letterLanguages[language].and(last)} ${last}`;
}

/**
 * A date after an Italian article or preposition. The eighth and the eleventh begin with a vowel, so `il` becomes
 * `l’`, `del` becomes `dell’`, and so on.
 * @param date as {@link day} writes it
 */
export function withArticle(article: ItalianArticle, date: string): string {
  return `${/^(8|11)(?!\d)/.test(date) ? elided[article] : `${article} `}${date}`;
}

const elided = { il: 'l’', del: 'dell’', al: 'all’', dal: 'dall’' } as const;
export type ItalianArticle = keyof typeof elided;
export const italianArticles = Object.keys(elided) as ItalianArticle[];
