/**
 * Days as people write them, in Italian, English, German, French, Spanish, Dutch and Portuguese: dates with a month's
 * name or in figures, a day of the month alone, a weekday alone, tomorrow. Finds and dates them; what a day means is
 * decided by those who ask. Every text is in plain spelling.
 */
import type { LocalDay, Weekday } from './time.ts';
import { addDays, localDay, weekdayOf } from './time.ts';

export interface WrittenDay {
  /** where it begins in the text */
  start: number;
  end: number;
  /** null: no day of the calendar, not its weekday's, or to be read in two ways */
  day: LocalDay | null;
  /** what it was read from: only a weekday's name says less than the others */
  kind: 'date' | 'day of month' | 'weekday' | 'relative';
  /** it names two days of one month ("October 12-16"), of which this is the second */
  endsRange: boolean;
}

const monthNames: readonly (readonly string[])[] = [
  'january jan gennaio gen januar jaenner janner janvier janv enero ene januari janeiro',
  'february feb febbraio febr februar feber fevrier fevr febrero februari fevereiro fev',
  'march mar marzo maerz marz mars maart mrt marco',
  'april apr aprile avril avr abril abr',
  'may maggio mag mai mayo mei maio',
  'june jun giugno giu juni juin junio junho',
  'july jul luglio lug juli juillet juil julio julho',
  'august aug agosto ago aout augustus',
  'september sept sep settembre sett set septembre septiembre setiembre setembro',
  'october oct ottobre ott oktober okt octobre octubre outubro',
  'november nov novembre noviembre novembro',
  'december dec dicembre dic dezember dez decembre diciembre dezembro',
].map((names) => names.split(' '));

const weekdayNames: readonly (readonly string[])[] = [
  'monday lunedi montag lundi lunes maandag segunda-feira',
  'tuesday martedi dienstag mardi martes dinsdag terca-feira',
  'wednesday mercoledi mittwoch mercredi miercoles woensdag quarta-feira',
  'thursday giovedi donnerstag jeudi jueves donderdag quinta-feira',
  'friday venerdi freitag vendredi viernes vrijdag sexta-feira',
  'saturday sabato samstag sonnabend samedi sabado zaterdag',
  'sunday domenica sonntag dimanche domingo zondag',
].map((names) => names.split(' '));

/** Only beside a date. Some stand for two days, in two languages. */
const weekdayShorts: readonly (readonly string[])[] = [
  'mon lun mo ma lu',
  'tue tues mar di die din ma',
  'wed mer mi mit mie woe wo me',
  'thu thur thurs gio do don jeu jue gi',
  'fri ven fr fre vie vri vr ve',
  'sat sab sa sam zat za',
  'sun dom so son dim zon zo',
].map((names) => names.split(' '));

const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const longestFirst = (names: readonly (readonly string[])[]) =>
  [...new Set(names.flat())].toSorted((a, b) => b.length - a.length).join('|');

const month = `(?<month>${longestFirst(monthNames)})(?![a-z])`;
const fullWeekday = longestFirst(weekdayNames);
const weekday = `(?:(?<![a-z])(?<weekday>${fullWeekday}|(?:${longestFirst(weekdayShorts)})(?=[.,]? ?\\d|[.,]? (?:the|il|den|le|el|de|${longestFirst(monthNames)})(?![a-z])))[.,]?(?: ?\\(| ?, ?| )?(?:(?:the|il|den|dem|der|le|el|l'|de|am) ?)?)?`;
const notInNumber = '(?<!\\d)(?<!\\d[./:])';
const dayNumber = '(?<day>\\d{1,2})';
const year = '(?:,? ?(?:del |de |of |dem )?(?<year>20\\d\\d)(?!\\d))?';

/** Behind figures that are no day of a month: clock times, amounts, lengths of time. */
const notOther =
  "(?!\\d|[:/%€$]|[.,]\\d|[-–]\\d| ?(?:uhr|h|am|pm|a\\.m|p\\.m|ore|eur|euro|percent|prozent|giorn|day|tag|jour|dia|dag|week|settiman|woche|semain|seman|month|mes|monat|mois|maand|minut|hour|stund|heure|hora|uur)(?![a-z]*'))";

const forms: readonly { kind: WrittenDay['kind']; pattern: RegExp }[] = [
  {
    kind: 'date',
    pattern: new RegExp(
      `${weekday}${notInNumber}${dayNumber}(?:st|nd|rd|th|er|o|a|e|°|\\.)? ?(?:of |de |di |del |d')?${month}\\.?${year}`,
      'gu',
    ),
  },
  {
    kind: 'date',
    pattern: new RegExp(
      `${weekday}(?<![a-z])${month}\\.? (?:the )?${dayNumber}(?:st|nd|rd|th)?(?!\\d|[:.]\\d)(?: ?(?:[-–—]|to|through|thru|until|till|and) ?(?:the )?(?<last>\\d{1,2})(?:st|nd|rd|th)?(?![\\d:]|[./]\\d))?${year}`,
      'gu',
    ),
  },
  { kind: 'date', pattern: /(?<!\d)(?<year>20\d\d)-(?<monthNumber>\d\d)-(?<day>\d\d)(?!\d)/gu },
  {
    kind: 'date',
    pattern: new RegExp(
      `${weekday}${notInNumber}(?<first>\\d{1,2})(?<mark>[/.])(?<second>\\d{1,2})(?:\\k<mark>(?<year>20\\d\\d|\\d\\d))?(?![\\d:])(?![./]\\d)\\.?`,
      'gu',
    ),
  },
  {
    kind: 'date',
    pattern: new RegExp(
      `${weekday}${notInNumber}(?<first>\\d{1,2})-(?<second>\\d{1,2})-(?<year>20\\d\\d|\\d\\d)(?![\\d:-])`,
      'gu',
    ),
  },
  {
    kind: 'day of month',
    pattern: new RegExp(
      `(?:(?<![a-z])(?<weekday>${fullWeekday}),? (?:the |il |den |dem |le |el |de )?|(?<![a-z])(?:il|al|all'|l'|the|am|den|dem|zum|le|au|el|dia|de) ?)${dayNumber}(?:st|nd|rd|th|er|o|e|°|\\.(?!\\d))?${notOther}`,
      'gu',
    ),
  },
  { kind: 'day of month', pattern: new RegExp(`${notInNumber}${dayNumber}(?:st|nd|rd|th)(?![a-z])`, 'gu') },
  { kind: 'weekday', pattern: new RegExp(`(?<![a-z])(?<weekday>${fullWeekday})(?![a-z])`, 'gu') },
  {
    kind: 'relative',
    pattern:
      /(?<![a-z])(?:(?<after>dopodomani|day after tomorrow|ubermorgen|uebermorgen|apres-demain|pasado manana|overmorgen)|(?<tomorrow>tomorrow|domani|(?<!guten )morgen|demain|manana|amanha))(?![a-z])/gu,
  },
];

const figureOrName = new RegExp(
  `\\d|${fullWeekday}|domani|tomorrow|morgen|demain|manana|amanha|(?<![a-z])(?:day|giorn|tag|jour|dia|dag|week|settiman|woche|semain|seman|weken|month|mes|monat|mois|maand)`,
);

/** Whether it is worth looking closer for a day or a length of time. @param text in plain spelling */
export function mayNameDay(text: string): boolean {
  return figureOrName.test(text);
}

/** In words that only English has, and those that only the others have: 03/04 is read day first in all but English. */
const english = /(?<![a-z])(?:the|will|am|i'm|be|until|till|back|return|returning|from|through|on|is|are|of)(?![a-z])/;
const otherLanguage =
  /(?<![a-z])(?:il|al|dal|fino|sono|torno|rientro|bis|zum|vom|ab|bin|ist|du|au|je|suis|el|hasta|estoy|del|tot|ben|van|vanaf)(?![a-z])/;

/** The days named in a text, in their order, each once. A year left out is that of the next such day. */
export function writtenDays(text: string, today: LocalDay): WrittenDay[] {
  const isEnglish = english.test(text) && !otherLanguage.test(text);
  const read = forms.flatMap(({ kind, pattern }) =>
    [...text.matchAll(pattern)].map((found) => {
      const groups = found.groups as Groups;
      const { length } = found[0];
      return { start: found.index, end: found.index + length, kind, groups };
    }),
  );
  const taken: (typeof read)[number][] = [];
  for (const one of read) if (!taken.some((other) => one.start < other.end && other.start < one.end)) taken.push(one);
  return taken
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, end, kind, groups }) => {
      const day = dayOf(groups, { today, isEnglish }) ?? null;
      return { start, end, kind, day, endsRange: groups['last'] !== undefined };
    });
}

type Groups = Record<string, string | undefined>;

function dayOf(groups: Groups, { today, isEnglish }: { today: LocalDay; isEnglish: boolean }): LocalDay | undefined {
  if (groups['after'] !== undefined) return addDays(today, 2);
  if (groups['tomorrow'] !== undefined) return addDays(today, 1);
  const parts = partsOf(groups, isEnglish);
  if (parts === undefined) return groups['day'] === undefined ? nextWeekday(groups['weekday'], today) : undefined;
  const day = groups['year'] === undefined ? nextSuchDay(parts, today) : onTheCalendar(parts, fullYear(groups['year']));
  return day !== undefined && fits(day, groups['weekday']) ? day : undefined;
}

interface Parts {
  day: number;
  /** undefined: that of the next such day */
  month: number | undefined;
}

function partsOf(groups: Groups, isEnglish: boolean): Parts | undefined {
  if (groups['first'] !== undefined) return numericParts(groups, isEnglish);
  const written = groups['last'] ?? groups['day'];
  if (written === undefined) return undefined;
  const name = groups['month'];
  const number = groups['monthNumber'];
  const byName = name === undefined ? undefined : monthNames.findIndex((names) => names.includes(name)) + 1;
  return { day: Number(written), month: number === undefined ? byName : Number(number) };
}

/** With points it is day first everywhere. In English only a number above 12, or two equal ones, tell which is the day. */
function numericParts(groups: Groups, isEnglish: boolean): Parts | undefined {
  const first = Number(groups['first']);
  const second = Number(groups['second']);
  if (groups['mark'] === '.' || !isEnglish || first > 12 || first === second) return { day: first, month: second };
  return second > 12 ? { day: second, month: first } : undefined;
}

function fullYear(text: string): number {
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

function nextSuchDay({ day, month: written }: Parts, today: LocalDay): LocalDay | undefined {
  const [year, thisMonth] = today.split('-').map(Number) as [number, number];
  const months =
    written === undefined
      ? [0, 1, 2].map((ahead) => [year + Math.floor((thisMonth - 1 + ahead) / 12), ((thisMonth - 1 + ahead) % 12) + 1])
      : [
          [year, written],
          [year + 1, written],
        ];
  const days = months.map(([inYear, inMonth]) => onTheCalendar({ day, month: inMonth }, inYear as number));
  return days.find((one) => one !== undefined && one >= today);
}

function onTheCalendar({ day, month: inMonth }: Parts, inYear: number): LocalDay | undefined {
  const two = (value: number) => String(value).padStart(2, '0');
  try {
    return localDay(`${String(inYear).padStart(4, '0')}-${two(inMonth ?? 0)}-${two(day)}`);
  } catch {
    return undefined;
  }
}

/** The first one after today: who writes a weekday on that day means the next week's. */
function nextWeekday(name: string | undefined, today: LocalDay): LocalDay | undefined {
  const wanted = weekdayNames.findIndex((names) => name !== undefined && names.includes(name));
  if (wanted === -1) return undefined;
  const from = weekdays.indexOf(weekdayOf(today));
  return addDays(today, ((wanted - from + 6) % 7) + 1);
}

function fits(day: LocalDay, name: string | undefined): boolean {
  if (name === undefined) return true;
  const index = weekdays.indexOf(weekdayOf(day));
  return [weekdayNames, weekdayShorts].some((names) => names[index]?.includes(name) === true);
}
