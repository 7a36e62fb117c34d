/** The sentences of the report and of `clients show`, for the terminal and the page, in a language. Figures in, text out. */
import type { Sum } from '../rules/money.ts';
import { type HeatMap, keptShare, type Pareto, type Promises } from '../rules/report.ts';
import type { Evidence } from '../rules/sign.ts';
import { dayOf, type Instant, type TimeZone } from '../rules/time.ts';
import { moneyWords } from '../words/times.ts';
import type { Words } from '../words/words.ts';
import type { ClientSummary } from './report.ts';

/** 0.234 -> '23 %'; what is not nothing is never shown as nothing. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  return rounded === 0 && share > 0 ? '< 1 %' : `${rounded} %`;
}

/** '1,220.00 EUR' */
export function money({ cents, currency }: Sum, words: Words): string {
  return moneyWords(cents, currency, words);
}

export function moneyList(sums: readonly Sum[], words: Words): string {
  return sums.map((sum) => money(sum, words)).join(' + ');
}

/** '22 November 2025 to 21 November 2026' */
export function periodWords(
  { since, now, zone }: { since: Instant; now: Instant; zone: TimeZone },
  { terminal }: Words,
): string {
  return terminal.report.period(dayOf(since, zone), dayOf(now, zone));
}

export function heatWords({ total, outOfHours, days }: HeatMap, { terminal }: Words): string {
  const { heat: words } = terminal.report;
  if (total === 0) return words.none;
  const onFreeDays = days.flat().reduce((sum, cell) => sum + (cell.open ? cell.outOfHours : 0), 0);
  return words.said(total, outOfHours, percent(outOfHours / total), onFreeDays);
}

export function paretoWords({ few, left }: Pareto, words: Words): string {
  const { pareto } = words.terminal.report;
  if (few === null) return pareto.none;
  const { clients, of, troubleShare, revenueShare } = few;
  const said = pareto.said({ clients, of, trouble: percent(troubleShare), revenue: percent(revenueShare) });
  return said + (left.length === 0 ? '' : pareto.notCompared(moneyList(left, words)));
}

export function promiseWords(figures: Promises, { terminal }: Words): string {
  const { promises: words } = terminal.report;
  const { kept, late, missed, open, unanswered, medianHours } = figures;
  const share = keptShare(figures);
  const rest = [
    late > 0 ? words.late(late) : '',
    missed > 0 ? words.missed(missed) : '',
    open > 0 ? words.notDue(open) : '',
    medianHours === null ? '' : words.median(medianHours),
  ].filter((part) => part !== '');
  const head = share === null ? words.none : words.kept(kept, kept + late + missed, percent(share));
  return `${[head, ...rest].join('; ')}.${unanswered === 0 ? '' : words.unanswered(unanswered)}`;
}

/** A sample this small says little, whatever the signs say. */
const fewMessages = 5;

export function sampleWords(
  { messages, outOfHours }: Pick<ClientSummary, 'messages' | 'outOfHours'>,
  { terminal }: Words,
): string {
  const { signs: words } = terminal.report;
  return messages === 0 ? words.noMessages : words.sample(messages, outOfHours, messages < fewMessages);
}

/** Where to look it up: 'message 12', 'invoice 2026/7', 'log 3'. */
export function evidenceName(evidence: Evidence & { invoice?: string | undefined }, { terminal }: Words): string {
  const { signs: words } = terminal.report;
  if (evidence.messageId !== undefined) return words.message(evidence.messageId);
  if (evidence.invoiceId !== undefined) return words.invoice(evidence.invoice ?? String(evidence.invoiceId));
  if (evidence.logId !== undefined) return words.log(evidence.logId);
  return evidence.requestId === undefined ? '' : words.request(evidence.requestId);
}

const mostNames = 5;

/** '3 clients: contract not told …'; '' when it is known of each. */
export function notToldWords(names: readonly string[], { terminal }: Words): string {
  if (names.length === 0) return '';
  const some = names.slice(0, mostNames).join(', ');
  return terminal.report.signs.notTold(names.length, some, names.length - mostNames);
}
