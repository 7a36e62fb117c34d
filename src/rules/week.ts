/**
 * The week in one sheet: with whom a line was crossed, which kind of client that is, the one step that answers it, and
 * what it costs to stay. Facts in, values out: judges nothing anew, reads no clock, says no words.
 */
import { lettersOfStep, lightWeight, type Suggestion } from './advice.ts';
import { overdueDebts } from './dunning.ts';
import { debtsOf, type Invoice } from './invoice.ts';
import type { Letter, LetterKind } from './letter.ts';
import { openByCurrency, type Sum } from './money.ts';
import { type RedFlag, type Sign, typeOf, type Weighed } from './red-flags.ts';
import { type ClientType, humanIn, minutesOf, type NextStep, type SignFacts } from './sign.ts';
import {
  addDays,
  at,
  dayMs,
  dayOf,
  type Instant,
  type LocalDay,
  plus,
  type TimeZone,
  weekdayOf,
  weekdays,
} from './time.ts';

export interface Week {
  /** the first day that it tells of */
  from: LocalDay;
  until: Instant;
  /** who crossed a line since, the heaviest first */
  crossed: WeekClient[];
  /** who crossed one before, and still weighs: the heaviest first */
  goesOn: WeekClient[];
}

export interface WeekClient {
  clientId: number;
  client: string;
  /** the kind of client, by the sign that the step answers */
  type: ClientType;
  /** what was crossed in the week, the first first */
  crossed: { sign: Sign; at: Instant; quote: string | null }[];
  /** all that speaks, the heaviest first */
  signs: Sign[];
  step: NextStep;
  /** as it is typed; null: no command takes the step */
  command: string | null;
  /** the letter of the step, where it stands in the outbox and waits */
  letter: { id: number; kind: LetterKind } | null;
  staying: Staying;
}

/** What somebody costs, of late. */
export interface Staying {
  days: number;
  /** logged with him */
  minutes: number;
  /** by people at the client */
  messages: number;
  outOfHours: number;
  /** overdue now, one sum for each currency */
  owed: Sum[];
}

/** Staying is counted over so many days. */
export const stayingDays = 90;

/** The Monday before this week's: what was found late on a Sunday, or on a Monday morning, is in no gap. */
export function weekBegins(now: Instant, zone: TimeZone): { day: LocalDay; at: Instant } {
  const today = dayOf(now, zone);
  const day = addDays(today, -weekdays.indexOf(weekdayOf(today)) - 7);
  return { day, at: at(day, 0, zone) };
}

/** What is known of one client. */
export interface WeekRecord {
  client: { id: number; name: string };
  facts: SignFacts;
  invoices: readonly Invoice[];
  flags: readonly RedFlag[];
  weighed: Weighed;
  suggestion: Suggestion;
}

/** A line of the record: when a sign first spoke. */
export interface CrossedLine {
  clientId: number;
  sign: Sign;
  crossedAt: Instant;
  goneAt: Instant | null;
}

/**
 * @param waiting letters that wait for the owner
 * @param since from which moment on a line counts as crossed in the week
 */
export function weekOf(
  records: readonly WeekRecord[],
  { lines, waiting }: { lines: readonly CrossedLine[]; waiting: readonly Pick<Letter, 'id' | 'kind' | 'clientId'>[] },
  { from, since, now, zone }: { from: LocalDay; since: Instant; now: Instant; zone: TimeZone },
): Week {
  const told = records
    .filter(({ weighed }) => weighed.parts.length > 0)
    .toSorted((a, b) => b.weighed.total - a.weighed.total)
    .map((record) => ({ record, client: clientOf(record, { lines, waiting }, { since, now, zone }) }));
  return {
    from,
    until: now,
    crossed: told.filter(({ client }) => client.crossed.length > 0).map(({ client }) => client),
    goesOn: told
      .filter(({ client, record }) => client.crossed.length === 0 && record.weighed.total >= lightWeight)
      .map(({ client }) => client),
  };
}

function clientOf(
  record: WeekRecord,
  { lines, waiting }: { lines: readonly CrossedLine[]; waiting: readonly Pick<Letter, 'id' | 'kind' | 'clientId'>[] },
  { since, now, zone }: { since: Instant; now: Instant; zone: TimeZone },
): WeekClient {
  const { client, weighed, suggestion } = record;
  const signs = weighed.parts.map(({ flag }) => flag.sign);
  const letters = lettersOfStep(suggestion.step);
  const letter = waiting.find((one) => one.clientId === client.id && letters.includes(one.kind));
  return {
    clientId: client.id,
    client: client.name,
    signs,
    type: typeOf(suggestion.sign ?? (signs[0] as Sign)),
    crossed: [...lines, ...unnoted(client.id, signs, lines, now)]
      .filter((line) => line.clientId === client.id && line.crossedAt >= since && signs.includes(line.sign))
      .toSorted((a, b) => a.crossedAt - b.crossedAt)
      .map((line) => ({ sign: line.sign, at: line.crossedAt, quote: quoteOf(record, line.sign) })),
    step: suggestion.step,
    command: suggestion.command,
    letter: letter === undefined ? null : { id: letter.id, kind: letter.kind },
    staying: staying(record, now, zone),
  };
}

/**
 * What speaks, and was not noted at the last look: it was crossed since. Where nobody has looked yet, nothing is known of
 * when.
 */
function unnoted(
  clientId: number,
  signs: readonly Sign[],
  lines: readonly CrossedLine[],
  now: Instant,
): Pick<CrossedLine, 'clientId' | 'sign' | 'crossedAt'>[] {
  if (lines.length === 0) return [];
  const known = lines.filter((line) => line.clientId === clientId).map(({ sign }) => sign);
  return signs.filter((sign) => !known.includes(sign)).map((sign) => ({ clientId, sign, crossedAt: now }));
}

/** The client's last words of it. */
function quoteOf({ flags }: WeekRecord, sign: Sign): string | null {
  const evidence = flags.find((flag) => flag.sign === sign)?.evidence ?? [];
  return evidence.findLast(({ quote }) => quote !== undefined)?.quote ?? null;
}

/** What staying with a client costs. */
export function staying(
  { facts, invoices }: Pick<WeekRecord, 'facts' | 'invoices'>,
  now: Instant,
  zone: TimeZone,
): Staying {
  const since = plus(now, -stayingDays * dayMs);
  const written = humanIn(facts).filter(({ receivedAt }) => receivedAt >= since);
  return {
    days: stayingDays,
    minutes: minutesOf(facts.log.filter((entry) => entry.at >= since)),
    messages: written.length,
    outOfHours: written.filter(({ outOfHours }) => outOfHours).length,
    owed: openByCurrency(overdueDebts(invoices.flatMap(debtsOf), dayOf(now, zone))),
  };
}
