/**
 * The report: one period of one studio in figures, for the terminal and the page. Reads the store in one transaction;
 * the figures are made by rules/report, the signs by rules/red-flags. Writes nothing.
 */
import type { WorkState } from '../rules/client.ts';
import type { CloseAndLate, Suggestion } from '../rules/advice.ts';
import { debtsOf } from '../rules/invoice.ts';
import type { RedFlag, Sign } from '../rules/red-flags.ts';
import type { Evidence } from '../rules/sign.ts';
import {
  type Ageing,
  ageing,
  type HeatMap,
  heatMap,
  type Pareto,
  pareto,
  type PromiseMonth,
  type Promises,
  promises,
  promisesByMonth,
  totals,
} from '../rules/report.ts';
import type { Sum } from '../rules/money.ts';
import { hoursFor } from '../rules/settings.ts';
import { dayOf, type Instant, type TimeZone } from '../rules/time.ts';
import type { Reader } from '../store/database.ts';
import { type ClientRecord, clientRecords, periodStart, type SignSettings } from '../store/client-facts.ts';

export interface Report {
  now: Instant;
  since: Instant;
  days: number;
  zone: TimeZone;
  /** the one client it is about; null: all */
  client: string | null;
  heat: HeatMap;
  /** null for one client: there is nobody to compare with */
  pareto: Pareto | null;
  ageing: Ageing[];
  promises: Promises;
  months: PromiseMonth[];
  /** with whom work goes on, and nobody said whether there is a contract */
  contractNotTold: string[];
  /** the heaviest first; those of whom nothing is known in the period are left out */
  clients: ClientSummary[];
}

export interface ClientSummary {
  id: number;
  name: string;
  workState: WorkState;
  /** what people at the client wrote */
  messages: number;
  outOfHours: number;
  revenue: Sum[];
  promises: Promises;
  /** what the signs weigh */
  weight: number;
  signs: WeighedSign[];
  suggestion: Suggestion;
  /** closeness beside money that comes late: the two belong together; null: not both */
  together: CloseAndLate | null;
}

export interface ShownEvidence extends Evidence {
  /** number of the invoice, as it stands on it */
  invoice?: string;
}

export interface WeighedSign extends Omit<RedFlag, 'evidence'> {
  weight: number;
  evidence: ShownEvidence[];
}

export interface ReportOptions {
  now: Instant;
  days: number;
  clientId?: number | undefined;
}

export function makeReport(r: Reader, settings: SignSettings, { now, days, clientId }: ReportOptions): Report {
  const since = periodStart(now, days);
  const records = clientRecords(r, settings, { now, since, clientId });
  const only = clientId === undefined ? undefined : records[0];
  const active = records.filter((record) => only !== undefined || isActive(record));
  const zone = settings.hours.timeZone;
  const windows = records.flatMap((record) => record.promises);
  return {
    now,
    since,
    days,
    zone,
    client: only?.client.name ?? null,
    heat: heatMap(records.flatMap(contacts), hoursFor(settings, only?.client)),
    pareto: only === undefined ? pareto(active.map(paretoEntry)) : null,
    ageing: ageing(
      records.flatMap((record) => record.invoices),
      dayOf(now, zone),
    ),
    promises: promises(windows, now),
    months: promisesByMonth(windows, now, zone),
    contractNotTold: records.filter(isContractNotTold).map((record) => record.client.name),
    clients: records
      .map((record) => summarize(record, now))
      .filter(
        (client) => only !== undefined || client.messages > 0 || client.signs.length > 0 || client.revenue.length > 0,
      )
      .toSorted((a, b) => b.weight - a.weight || b.messages - a.messages),
  };
}

/** Something is known of the client in the period. */
function isActive(record: ClientRecord): boolean {
  return contacts(record).length > 0 || record.flags.length > 0 || record.revenue.length > 0;
}

/** Mails of people at the client: what a robot or a list sends counts for nothing. */
function contacts({ facts }: ClientRecord): { at: Instant; outOfHours: boolean }[] {
  return facts.messages
    .filter((message) => message.direction === 'in' && message.kind === 'human')
    .map(({ receivedAt, outOfHours }) => ({ at: receivedAt, outOfHours }));
}

function paretoEntry({ client, facts, weighed, revenue, invoices }: ClientRecord) {
  return {
    clientId: client.id,
    name: client.name,
    trouble: weighed.total,
    revenue,
    messages: facts.messages.filter((one) => one.direction === 'in' && one.kind === 'human').length,
    minutes: facts.log.reduce((sum, entry) => sum + (entry.minutes ?? 0), 0),
    owed: totals(invoices.flatMap(debtsOf).map(({ currency, openCents }) => ({ currency, cents: openCents }))),
  };
}

/** Work for him goes on or went on in the period. */
function isContractNotTold({ client: { terms, workState }, facts }: ClientRecord): boolean {
  if (terms.contractSignedOn !== null || terms.contractNone || workState === 'ended') return false;
  return facts.terms.startedOn !== null;
}

const close: readonly Sign[] = ['closeness', 'too-close'];
const late: readonly Sign[] = ['late-pay', 'pays-later', 'no-pay'];

function closeAndLate({ weighed }: ClientRecord): CloseAndLate | null {
  const [near] = weighed.parts.filter((part) => close.includes(part.flag.sign));
  const [owing] = weighed.parts.filter((part) => late.includes(part.flag.sign));
  return near === undefined || owing === undefined
    ? null
    : { code: 'close-and-late', near: near.flag.words, owing: owing.flag.words };
}

/** One client in figures and signs, as the report and `clients show` give it. */
export function summarize(record: ClientRecord, now: Instant): ClientSummary {
  const written = contacts(record);
  return {
    id: record.client.id,
    name: record.client.name,
    workState: record.client.workState,
    messages: written.length,
    outOfHours: written.filter((message) => message.outOfHours).length,
    revenue: record.revenue,
    promises: promises(record.promises, now),
    weight: record.weighed.total,
    signs: signsOf(record),
    suggestion: record.suggestion,
    together: closeAndLate(record),
  };
}

/** The heaviest first, those with too small a sample last. */
function signsOf({ flags, weighed, invoices }: ClientRecord): WeighedSign[] {
  const weightOf = new Map(weighed.parts.map((part) => [part.flag.sign, part.weight]));
  const numberOf = new Map(invoices.map((invoice) => [invoice.id, invoice.number]));
  return flags
    .map((flag) => ({
      ...flag,
      weight: weightOf.get(flag.sign) ?? 0,
      evidence: flag.evidence.map((one) => withNumber(one, numberOf)),
    }))
    .toSorted((a, b) => Number(a.tooFew) - Number(b.tooFew) || b.weight - a.weight);
}

function withNumber(evidence: Evidence, numberOf: ReadonlyMap<number, string>): ShownEvidence {
  const invoice = evidence.invoiceId === undefined ? undefined : numberOf.get(evidence.invoiceId);
  return invoice === undefined ? evidence : { ...evidence, invoice };
}
