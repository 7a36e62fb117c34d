/** The sentences of the report and of `clients show`: one wording for the terminal and the page. Figures in, text out. */
import type { Evidence } from '../rules/sign.ts';
import { type HeatMap, keptShare, type Pareto, type Promises } from '../rules/report.ts';
import { dayOf, type Instant, type TimeZone } from '../rules/time.ts';
import { count, dayInWords } from '../rules/words.ts';
import type { ClientSummary } from './report.ts';
import { plainSum, type Sum } from '../rules/money.ts';

/** 0.234 -> '23 %'; what is not nothing is never shown as nothing. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  return rounded === 0 && share > 0 ? '< 1 %' : `${rounded} %`;
}

/** '1220.00 EUR' */
export function money({ cents, currency }: Sum): string {
  return `${plainSum(cents, currency)} ${currency}`;
}

export function moneyList(sums: readonly Sum[]): string {
  return sums.map(money).join(' + ');
}

/** '22 November 2025 to 21 November 2026' */
export function periodWords({ since, now, zone }: { since: Instant; now: Instant; zone: TimeZone }): string {
  return `${dayInWords(dayOf(since, zone))} to ${dayInWords(dayOf(now, zone))}`;
}

export function heatWords({ total, outOfHours, days }: HeatMap): string {
  if (total === 0) return 'No messages of clients in this period.';
  const onFreeDays = days.flat().reduce((sum, cell) => sum + (cell.open ? cell.outOfHours : 0), 0);
  const free = onFreeDays === 0 ? '' : `, ${onFreeDays} of them on a holiday or closed day`;
  return `${count(total, 'message')} of clients; ${outOfHours} (${percent(outOfHours / total)}) out of hours${free}.`;
}

export function paretoWords({ few, left }: Pareto): string {
  if (few === null) return 'No sign weighs anything in this period.';
  const verb = few.clients === 1 ? 'makes' : 'make';
  const brings = few.clients === 1 ? 'brings' : 'bring';
  const other = left.length === 0 ? '' : ` Not compared: ${moneyList(left)}.`;
  return `${few.clients} of ${count(few.of, 'client')} ${verb} ${percent(few.troubleShare)} of the trouble and ${brings} ${percent(few.revenueShare)} of the revenue.${other}`;
}

export function promiseWords(figures: Promises): string {
  const { kept, late, missed, open, unanswered, medianHours } = figures;
  const share = keptShare(figures);
  const rest = [
    late > 0 ? `${late} late` : '',
    missed > 0 ? `${missed} missed` : '',
    open > 0 ? `${open} not due yet` : '',
    medianHours === null ? '' : `a median of ${medianHours} h to the answer`,
  ].filter((part) => part !== '');
  const head =
    share === null
      ? 'No answer was due in this period'
      : `${kept} of ${count(kept + late + missed, 'answer')} in time (${percent(share)})`;
  const past =
    unanswered === 0
      ? ''
      : ` ${count(unanswered, 'matter')} of the past without an answer in the mailbox; maybe none was needed.`;
  return `${[head, ...rest].join('; ')}.${past}`;
}

/** A sample this small says little, whatever the signs say. */
const fewMessages = 5;

export function sampleWords({ messages, outOfHours }: Pick<ClientSummary, 'messages' | 'outOfHours'>): string {
  if (messages === 0) return 'no messages';
  const small = messages < fewMessages ? ', too few to tell a habit' : '';
  return `${count(messages, 'message')}, ${outOfHours} out of hours${small}`;
}

/** Where to look it up: 'message 12', 'invoice 2026/7', 'log 3'. */
export function evidenceName(evidence: Evidence & { invoice?: string | undefined }): string {
  if (evidence.messageId !== undefined) return `message ${evidence.messageId}`;
  if (evidence.invoiceId !== undefined) return `invoice ${evidence.invoice ?? evidence.invoiceId}`;
  if (evidence.logId !== undefined) return `log ${evidence.logId}`;
  return evidence.requestId === undefined ? '' : `request ${evidence.requestId}`;
}

/** 'Contract not told of 3 clients …'; '' when it is known of each. */
export function notToldWords(names: readonly string[]): string {
  if (names.length === 0) return '';
  const some = names.slice(0, 5).join(', ');
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return `${count(names.length, 'client')}: contract not told (${some}${more}). Tell it: paletti clients terms CLIENT --contract DAY, or --contract none.`;
}
