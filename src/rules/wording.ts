/**
 * Reads two things out of people's words, Italian and English: until when somebody is away, and whether somebody
 * says that money was sent. Hints for a hold; nothing is taken as true because a mail says so.
 */
import type { ParsedMail } from './message.ts';
import { matching, plainSpelling, words } from './spelling.ts';
import type { Instant, LocalDay, TimeZone, Weekday } from './time.ts';
import { dayOf, daysBetween, localDay, weekdayOf } from './time.ts';

const monthNames: readonly (readonly string[])[] = [
  ['january', 'jan', 'gennaio', 'gen'],
  ['february', 'feb', 'febbraio'],
  ['march', 'mar', 'marzo'],
  ['april', 'apr', 'aprile'],
  ['may', 'maggio', 'mag'],
  ['june', 'jun', 'giugno', 'giu'],
  ['july', 'jul', 'luglio', 'lug'],
  ['august', 'aug', 'agosto', 'ago'],
  ['september', 'sept', 'sep', 'settembre', 'sett', 'set'],
  ['october', 'oct', 'ottobre', 'ott'],
  ['november', 'nov', 'novembre'],
  ['december', 'dec', 'dicembre', 'dic'],
];

/** By their first three letters: English, Italian. 'mar' is martedì here; March is only looked for beside a day. */
const weekdayStems: readonly (readonly [Weekday, ...string[]])[] = [
  ['mon', 'lun'],
  ['tue', 'mar'],
  ['wed', 'mer'],
  ['thu', 'gio'],
  ['fri', 'ven'],
  ['sat', 'sab'],
  ['sun', 'dom'],
];

const month = `(?<month>${monthNames
  .flat()
  .toSorted((a, b) => b.length - a.length)
  .join('|')})\\b\\.?`;
const dayNumber = '(?<day>\\d{1,2})(?:st|nd|rd|th|º|°)?';
const year = '(?:,?\\s+(?:del\\s+)?(?<year>\\d{4}))?';
const weekday =
  '(?:(?<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica)\\.?,?\\s+(?:the\\s+)?)?';

const dateForms = [
  new RegExp(`^${weekday}${dayNumber}\\s+(?:of\\s+)?${month}${year}`, 'iu'),
  new RegExp(`^${weekday}${month}\\s+${dayNumber}(?!\\d)${year}`, 'iu'),
  new RegExp(`^${weekday}(?<year>\\d{4})-(?<monthNumber>\\d{2})-(?<day>\\d{2})(?!\\d)`, 'iu'),
  new RegExp(
    `^${weekday}(?<first>\\d{1,2})(?<mark>[/.-])(?<second>\\d{1,2})(?:\\k<mark>(?<year>\\d{4}|\\d{2}))?(?![\\d:])`,
    'iu',
  ),
];

interface Cue {
  before: RegExp;
  italian: boolean;
}

/** What stands before the day of return. Between cue and date only words without a number, in the same sentence. */
const returnCues: readonly Cue[] = [
  {
    before:
      /\b(?:torno|torner[oa]|tornando|ritorno|ritornero|rientro|rientrero|di ritorno|di nuovo (?:in ufficio|disponibile|operativ[oa]|al lavoro)|nuovamente (?:in ufficio|disponibile|operativ[oa])|riapriamo|riapre|riapriremo|riprend(?:o|ero|iamo|eremo))(?=[\s,:])/giu,
    italian: true,
  },
  { before: /\b(?:back(?! to you)|return(?:ing)?|reopen(?:ing)?|available again|resume)(?=[\s,:])/giu, italian: false },
];
const untilCues: readonly Cue[] = [
  { before: /\b(?:fino|sino|fin) (?:al?l?'?|a tutto(?: il)?)(?=[\s\d])/giu, italian: true },
  { before: /\bdal(?:l')?\s?[^.!?;\n]{1,40}?\sal(?:l')?(?=[\s\d])/giu, italian: true },
  { before: /\b(?:until|till?|through|thru|up to(?: and including)?)(?=\s)/giu, italian: false },
  { before: /\bfrom [^.!?;\n]{1,40}?\sto(?=\s)/giu, italian: false },
];

/** An absence is announced for less than this; a date further off was misread or is an old one. */
const longestAbsenceDays = 183;

/**
 * The day an absence ends as the text gives it: the day of return when one is named, else the "until" day.
 * A year left out is that of the next such day. Null when no day or more than one is named, when its weekday does not
 * fit, when it is past or more than half a year off, or when day and month could be swapped (English 03/04).
 * @param zone whose calendar `receivedAt` is read in
 */
export function outOfOfficeUntil(mail: ParsedMail, receivedAt: Instant, zone: TimeZone): LocalDay | null {
  const body = mail.newText.trim() === '' ? mail.text : mail.newText;
  const text = plainSpelling(`${mail.subject}\n\n${body.slice(0, 4000)}`)
    .replace(/([^\n])\n(?!\n)/g, '$1 ')
    .replace(/[ \t]+/g, ' ');
  const today = dayOf(receivedAt, zone);
  const returns = daysAfter(text, returnCues, today);
  const days = returns.size > 0 ? returns : daysAfter(text, untilCues, today);
  return days.size === 1 ? ([...days][0] as LocalDay) : null;
}

function daysAfter(text: string, cues: readonly Cue[], today: LocalDay): Set<LocalDay> {
  const days = new Set<LocalDay>();
  for (const { before, italian } of cues) {
    for (const match of text.matchAll(before)) {
      const day = firstDay(text.slice(match.index + match[0].length, match.index + match[0].length + 90), {
        italian,
        today,
      });
      if (day !== undefined) days.add(day);
    }
  }
  return days;
}

/** The first date of the sentence, if at most forty letters and no clock time stand before it. */
function firstDay(rest: string, context: { italian: boolean; today: LocalDay }): LocalDay | undefined {
  const sentence = (/^[^!?;\n]*/.exec(rest) as RegExpExecArray)[0];
  for (let start = 0; start < Math.min(sentence.length, 41); start++) {
    if (start > 0 && /[\p{L}\d]/u.test(sentence[start - 1] as string)) continue;
    const before = sentence.slice(0, start);
    if (/\d|\.\s|\b(?:alle|ore|at)\b/i.test(before)) return undefined;
    for (const form of dateForms) {
      const groups = form.exec(sentence.slice(start))?.groups;
      if (groups !== undefined) return dayFrom(groups, context);
    }
  }
  return undefined;
}

type Groups = Record<string, string | undefined>;

function dayFrom(groups: Groups, { italian, today }: { italian: boolean; today: LocalDay }): LocalDay | undefined {
  const parts = groups['first'] === undefined ? namedParts(groups) : numericParts(groups, italian);
  if (parts === undefined) return undefined;
  const day =
    groups['year'] === undefined
      ? nextSuchDay(parts, today)
      : onTheCalendar({ ...parts, year: fullYear(groups['year']) });
  if (day === undefined || !fitsWeekday(day, groups['weekday'])) return undefined;
  const ahead = daysBetween(today, day);
  return ahead >= 0 && ahead <= longestAbsenceDays ? day : undefined;
}

function namedParts(groups: Groups): { day: number; month: number } {
  const name = groups['month']?.toLowerCase();
  const number =
    name === undefined ? Number(groups['monthNumber']) : monthNames.findIndex((names) => names.includes(name)) + 1;
  return { day: Number(groups['day']), month: number };
}

/** Italians write day first. In English text only a number above 12, or two equal ones, tells which is the day. */
function numericParts(groups: Groups, italian: boolean): { day: number; month: number } | undefined {
  const first = Number(groups['first']);
  const second = Number(groups['second']);
  if (italian || first > 12 || first === second) return { day: first, month: second };
  return second > 12 ? { day: second, month: first } : undefined;
}

function fullYear(text: string): number {
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

function nextSuchDay(parts: { day: number; month: number }, today: LocalDay): LocalDay | undefined {
  const thisYear = Number(today.slice(0, 4));
  const days = [thisYear, thisYear + 1].map((each) => onTheCalendar({ ...parts, year: each }));
  return days.find((day) => day !== undefined && day >= today);
}

function onTheCalendar(parts: { year: number; month: number; day: number }): LocalDay | undefined {
  const two = (value: number) => String(value).padStart(2, '0');
  try {
    return localDay(`${String(parts.year).padStart(4, '0')}-${two(parts.month)}-${two(parts.day)}`);
  } catch {
    return undefined;
  }
}

function fitsWeekday(day: LocalDay, name: string | undefined): boolean {
  const stem = name?.slice(0, 3).toLowerCase();
  return stem === undefined || weekdayStems.find((stems) => stems.includes(stem))?.[0] === weekdayOf(day);
}

/** In plain spelling. */
const paymentClaims = [
  // "ho pagato", "abbiamo già effettuato il bonifico"
  '\\b(?:ho|abbiamo|hanno|avendo) (?:gia |appena |ora |oggi |ieri )?(?:provveduto a )?(?:pagat[oa]|saldat[oa]|bonificato|versato|pagarl[ao]|saldarl[ao])',
  '\\b(?:ho|abbiamo|hanno) (?:gia |appena |ora |oggi |ieri )?(?:effettuato|fatto|disposto|inviato|eseguito|mandato|ordinato|provveduto al) ?(?:il |un |l.|oggi il |ieri il )?(?:bonifico|pagamento|saldo|versamento)',
  // "bonifico effettuato", "il pagamento è stato eseguito ieri"
  '\\b(?:bonifico|pagamento|saldo|versamento) (?:\\p{L}+ )?(?:e )?(?:gia )?(?:stato |partito )?(?:gia )?(?:effettuato|eseguito|fatto|disposto|inviato|partito|ordinato|avvenuto)\\b',
  '\\bfattur[ae] (?:[^ ]+ ){0,4}?(?:e |sono |risulta |risultano )?(?:gia )?(?:stat[ae] )?(?:pagat[ae]|saldat[ae])\\b',
  '\\b(?:contabile|ricevuta|distinta|copia) del (?:bonifico|pagamento)',
  '\\bgia (?:pagat|saldat)[oaei]\\b',
  // "I have just paid", "we've made the transfer"
  "\\b(?:i|we|they)(?:'ve| have)? (?:already |just |now |both )?(?:paid|wired|settled|transferred)\\b",
  "\\b(?:i|we|they)(?:'ve| have)? (?:already |just |now )?(?:sent|made|initiated|arranged|done) (?:the |a |your |our |you the )?(?:bank )?(?:payment|transfer|money|wire)\\b",
  // "payment sent", "the invoice has been paid"
  '\\b(?:payment|transfer|invoice|bill|wire|balance) (?:[^ ]+ ){0,3}?(?:was |has been |is |have been |were )?(?:already |just )?(?:sent|made|paid|settled|completed|transferred|wired|processed|initiated|executed)\\b',
  '\\b(?:payment|transfer) is (?:already )?on (?:its|the) way\\b',
  '\\bproof of payment\\b',
  '\\balready paid\\b',
  '\\bpaid (?:today|yesterday|this morning|in full)\\b',
];
const claimsPayment = matching(paymentClaims.join('|'), paymentClaims);

/** Words that turn a claim into its contrary, a condition, a wish or a promise. */
const notYet = words(
  ...['non', 'mai', 'nessun[oa]?', 'senza', 'se', 'quando', 'appena avr\\p{L}*', 'dopo (?:che|aver)', 'sara', 'verra'],
  ...['deve', 'va', 'essere', 'not', 'never', 'no', "\\p{L}+n't", 'unpaid', 'until', 'if', 'when', 'once', 'whether'],
  ...['as soon as', 'will', 'to be', 'must', 'should', 'would', 'could', 'after', 'before', 'cannot', 'be'],
);

/** Every list of this file that looks for words, by what it hears. */
export const claimLists = { claimsPayment, notYet };

/**
 * Whether a text says that money was sent: "ho pagato", "bonifico effettuato", "payment sent". A hint that proposes a
 * hold; only the owner's record of a payment makes it one. Questions, conditions and denials do not count.
 * @param text the new text of a message, without quotation
 */
export function isPaymentClaim(text: string): boolean {
  const flowing = plainSpelling(text.slice(0, 20_000))
    .replace(/([^\n])\n(?!\n)/g, '$1 ')
    .replace(/[ \t]+/g, ' ');
  const clauses = flowing.match(/[^.!?;,\n]+[.!?;,\n]?/g) ?? [];
  return clauses.some((clause) => !clause.endsWith('?') && claimsPayment.isIn(clause) && !notYet.isIn(clause));
}
