/**
 * What has a date, as a calendar program reads it (iCalendar, RFC 5545): answers due, letters that leave, invoices due,
 * the days of an exit. Makes the text; who may have it is decided by the page and the terminal.
 */
import type { LetterKind } from '../rules/letter.ts';
import { addDays, type Instant, type LocalDay, minuteMs, plus, toIso } from '../rules/time.ts';
import { asOneLine } from '../rules/unsafe-characters.ts';
import { moneyWords } from '../words/times.ts';
import type { Words } from '../words/words.ts';
import type { DatesView } from './views/dates.ts';

/** As the plan of the coming days has it. */
export interface PlannedLetter {
  at: Instant;
  client: string;
  kind: LetterKind;
  needsApproval: boolean;
}

interface Entry {
  /** the same at every reading */
  uid: string;
  at: Instant | LocalDay;
  title: string;
}

export function calendarText(
  { dates, letters }: { dates: DatesView; letters: readonly PlannedLetter[] },
  words: Words,
  now: Instant,
): string {
  const names = words.page.calendar;
  const entries: Entry[] = [
    ...dates.answers.map(({ id, dueAt, who, subject }) => ({
      uid: `window-${id}`,
      at: dueAt,
      title: names.answer(who, subject),
    })),
    ...letters.map(({ at, client, kind, needsApproval }) => ({
      uid: `letter-${toIso(at)}-${kind}-${client}`,
      at,
      title: names.letter(words.letters[kind], client, needsApproval),
    })),
    ...dates.invoices.map(({ id, part, dueOn, client, number, cents, currency }) => ({
      uid: `invoice-${id}-${part}`,
      at: dueOn,
      title: names.invoice(number, client, moneyWords(cents, currency, words)),
    })),
    ...dates.exits.map(({ id, client, on, what }) => ({
      uid: `exit-${id}-${what}`,
      at: on,
      title: names.exits[what](client),
    })),
  ];
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Paletti//Paletti//EN', 'X-WR-CALNAME:Paletti'];
  return [...lines, ...entries.flatMap((entry) => event(entry, now)), 'END:VCALENDAR', ''].map(folded).join('\r\n');
}

function event({ uid, at, title }: Entry, now: Instant): string[] {
  const times =
    typeof at === 'string'
      ? [`DTSTART;VALUE=DATE:${basic(at)}`, `DTEND;VALUE=DATE:${basic(addDays(at, 1))}`]
      : [`DTSTART:${basic(toIso(at))}`, `DTEND:${basic(toIso(plus(at, 15 * minuteMs)))}`];
  const head = [`UID:${escaped(uid)}@paletti`, `DTSTAMP:${basic(toIso(now))}`];
  return ['BEGIN:VEVENT', ...head, ...times, `SUMMARY:${escaped(title)}`, 'TRANSP:TRANSPARENT', 'END:VEVENT'];
}

/** '2026-11-24T09:00:00Z' -> '20261124T090000Z' */
function basic(iso: string): string {
  return iso.replace(/[-:]|\.\d+/g, '');
}

/** RFC 5545, section 3.3.11; what others wrote begins no line of its own. */
function escaped(text: string): string {
  return asOneLine(text).replace(/[\\;,]/g, '\\$&');
}

/** At most 75 octets a line; what goes on begins with a blank (RFC 5545, section 3.1). */
function folded(line: string): string {
  const lines = [''];
  for (const sign of line) {
    const last = lines.at(-1) as string;
    if (Buffer.byteLength(last + sign) > 74) lines.push(` ${sign}`);
    else lines[lines.length - 1] = last + sign;
  }
  return lines.join('\r\n');
}
