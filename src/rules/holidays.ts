/**
 * Public holidays by country and region, and the owner's extra days, as a function from a day to its name.
 * Knows whole public holidays only: no school holidays, no bank-only days, no half days.
 *
 * The rules of date-holidays (ISC and CC BY 3.0) take about 0.1 s to load and some milliseconds for each year, so the
 * library is loaded, and a year worked out, when a day is first asked for. Whoever must know before that whether the
 * country is known asks `checkPlace`.
 */
import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';
import type { Language } from './language.ts';
import type { LocalDay } from './time.ts';
import { addDays, dayMs, localDay } from './time.ts';

/** A day of the owner's: a patron saint every year ('06-24') or one day only ('2026-05-04'). */
export interface ExtraDay {
  date: string;
  name: string;
}

export interface HolidayOptions {
  /** ISO 3166-1, two letters; null for extra days alone */
  country?: string | null;
  /** a code of the library ('BY', '32'), as ISO 3166-2 too ('DE-BY'), or the region's name ('Alto Adige') */
  region?: string | null;
  extra?: readonly ExtraDay[];
  /** public holidays worked out before by {@link holidayYears}: for these years the library is not needed */
  known?: HolidayYears;
  /** of the names; a holiday without a name in it keeps its own language's */
  language: Language;
}

/** For each year its public holidays: pairs of the day and its name. */
export type HolidayYears = Readonly<Record<string, readonly (readonly [string, string])[]>>;

const require = createRequire(import.meta.url);

function library(): typeof Holidays {
  return require('date-holidays') as typeof Holidays;
}

/** The library's names are exact; these are what people say. */
const customaryNames: Readonly<Record<string, string>> = {
  'Liberation from Nazi-Fascism (1945)': 'Liberation Day',
  'Liberazione dal nazifascismo (1945)': 'Festa della Liberazione',
  'Natale di Gesù': 'Natale',
};

/**
 * @returns the name of the holiday on a day, or undefined. A substitute day (a holiday on a Sunday that moves to
 * Monday) counts beside the day itself; the country's name for a day goes before an extra one.
 * @throws RangeError for an extra day that is none, or a region without a country; the calendar itself, when it is
 * first asked, for a country or region that is not known (with the nearest that is)
 */
export function holidayCalendar(options: HolidayOptions): (day: LocalDay) => string | undefined {
  const extra = new Map((options.extra ?? []).map(({ date, name }) => [extraDate(date), name]));
  const country = options.country ?? null;
  if (country === null && options.region) throw new RangeError('a region of holidays needs its country');
  const yearOf = country === null ? () => noDays : publicDays({ ...options, country });
  return (day) => yearOf(Number(day.slice(0, 4))).get(day) ?? extra.get(day) ?? extra.get(day.slice(5));
}

const noDays: ReadonlyMap<string, string> = new Map();

function extraDate(date: string): string {
  // A leap year, since a patron's day may be 29 February.
  const whole = /^\d{2}-\d{2}$/.test(date) ? `2000-${date}` : date;
  try {
    localDay(whole);
  } catch (cause) {
    throw new RangeError(`"${date}" is no day; write "06-24" (every year) or "2026-06-24" (once)`, { cause });
  }
  return date;
}

/** @throws RangeError for a country or region that is not known, with the nearest that is */
export function checkPlace({ country, region }: Pick<HolidayOptions, 'country' | 'region'>): void {
  if (country !== null && country !== undefined) placeOf(country, region ?? null);
}

/**
 * @param years to work out ahead; none when no country is named
 * @throws RangeError for a country or region that is not known
 */
export function holidayYears(options: HolidayOptions, years: readonly number[]): HolidayYears {
  const country = options.country ?? null;
  if (country === null) return {};
  const yearOf = publicDays({ ...options, country });
  return Object.fromEntries(years.map((year) => [year, [...yearOf(year)]]));
}

/** From a year to its days, worked out when first asked for. */
function publicDays(options: HolidayOptions & { country: string }): (year: number) => ReadonlyMap<string, string> {
  const years = new Map(Object.entries(options.known ?? {}).map(([year, days]) => [Number(year), new Map(days)]));
  let rules: Holidays | undefined;
  return (year) => {
    let days = years.get(year);
    if (days === undefined) {
      rules ??= new (library())(placeOf(options.country, options.region ?? null), { types: ['public'] });
      years.set(year, (days = daysOf(rules, year, options.language)));
    }
    return days;
  };
}

function daysOf(rules: Holidays, year: number, language: Language): Map<string, string> {
  const days = new Map<string, string>();
  // A holiday of several days may begin in the year before.
  for (const holiday of [year - 1, year].flatMap((one) => rules.getHolidays(one, language))) {
    const length = Math.round((holiday.end.getTime() - holiday.start.getTime()) / dayMs);
    if (!holiday.date.includes(' 00:00:00')) continue;
    for (let index = 0; index < length; index += 1) {
      const day = addDays(holiday.date.slice(0, 10) as LocalDay, index);
      days.set(day, customaryNames[holiday.name] ?? holiday.name);
    }
  }
  return days;
}

interface Place {
  country: string;
  state?: string;
  region?: string;
}

function placeOf(country: string, region: string | null): Place {
  const known = new (library())();
  const code = country.toUpperCase();
  const countries = known.getCountries();
  if (!Object.hasOwn(countries, code)) throw unknownCountry(country, countries);
  if (region === null || region === '') return { country: code };
  const [first = '', second] = withoutCountry(region, code).split('.');
  const state = choose(first, known.getStates(code) ?? {}, `a region of ${code}`);
  if (second === undefined) return { country: code, state };
  return {
    country: code,
    state,
    region: choose(second, known.getRegions(code, state) ?? {}, `a part of ${code}-${state}`),
  };
}

function withoutCountry(region: string, country: string): string {
  return region.toUpperCase().startsWith(`${country}-`) ? region.slice(country.length + 1) : region;
}

/** By code or by name, in any case. */
function choose(text: string, known: Record<string, string>, what: string): string {
  const wanted = text.toLowerCase();
  const found = Object.entries(known).find(([code, name]) => [code, name].some((one) => one.toLowerCase() === wanted));
  if (found !== undefined) return found[0];
  const all = Object.entries(known).map(([code, name]) => `${code} (${name})`);
  if (all.length === 0) throw new RangeError(`"${text}" is not ${what}: its holidays are the same everywhere`);
  const near = nearest(
    text,
    Object.entries(known).map(([code, name]) => ({ code, names: [code, name] })),
  );
  throw new RangeError(`"${text}" is not ${what}; did you mean ${near} (${known[near]})? Known: ${all.join(', ')}`);
}

function unknownCountry(text: string, countries: Record<string, string>): RangeError {
  const english = new Intl.DisplayNames('en', { type: 'region' });
  const italian = new Intl.DisplayNames('it', { type: 'region' });
  const alias = currentCode(text);
  const named = Object.entries(countries).map(([code, own]) => ({
    code,
    // A word of two or three letters is meant as a code, a longer one as a name.
    names: text.length <= 3 ? [code] : [own, english.of(code) ?? code, italian.of(code) ?? code],
  }));
  const near = alias !== null && Object.hasOwn(countries, alias) ? alias : nearest(text, named);
  return new RangeError(
    `no holidays are known for the country "${text}"; did you mean "${near}" (${english.of(near)})?`,
  );
}

/** What a withdrawn or customary code stands for: 'UK' is 'GB'. */
function currentCode(text: string): string | null {
  if (!/^[A-Za-z]{2}$/.test(text)) return null;
  return new Intl.Locale(`und-${text}`).region ?? null;
}

function nearest(text: string, choices: readonly { code: string; names: string[] }[]): string {
  const ranked = choices.map(({ code, names }) => ({
    code,
    distance: Math.min(...names.map((name) => editDistance(text.toLowerCase(), name.toLowerCase()))),
  }));
  return ranked.toSorted((a, b) => a.distance - b.distance)[0]?.code ?? '';
}

/** Levenshtein's distance: single letters put in, left out or changed. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
