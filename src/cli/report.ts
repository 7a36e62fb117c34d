/** `paletti report`: one period in figures, in the terminal, as JSON, or as an HTML file. Reads the database and sends nothing. */
import type { Command } from 'commander';
import { makeReport, type ClientSummary, type Report } from '../desk/report.ts';
import { reportPage } from '../desk/report-page.ts';
import { heatWords, notToldWords, paretoWords, percent, periodWords, promiseWords } from '../desk/report-words.ts';
import { parseWhole } from '../desk/values.ts';
import { ages, type HeatMap, type PromiseMonth } from '../rules/report.ts';
import { AppError } from '../errors.ts';
import { findClient } from '../store/clients.ts';
import { type DeskContext, optionsOf, reading, withDesk } from './command.ts';
import { type AccountantOptions, reportAccounts } from './accounts.ts';
import { deliver } from './files.ts';
import { printHeatMap } from './heat.ts';
import { sayClientSigns } from './signs.ts';
import type { Ways } from './ways.ts';

interface ReportOptions {
  days: string;
  client?: string;
  html?: string;
  force?: boolean;
  accountant?: boolean;
}

export function addTo(program: Command, ways: Ways): void {
  reading(program.command('report'))
    .summary('when clients write, what is owed, the signs and what they weigh')
    .description(
      'When clients write, which answers came in time, who makes the trouble and who brings the money, what is owed, and the warning signs of each client. Mail that was there before the first start counts too.',
    )
    .option('--days <number>', 'how far back', '365')
    .option('--client <client>', 'about one client alone')
    .option('--html <file>', 'write it as a page that can be printed')
    .option('--accountant', 'one month for your accountant instead: invoiced, received, open, doubtful')
    .option('--month <month>', 'with --accountant: YYYY-MM; the last one that is over when left out')
    .option('-o, --output <file>', 'with --accountant: write it as CSV')
    .option('--force', 'replace the file if it is there')
    .action((_options, command: Command) =>
      withDesk(ways, command, (context) => {
        const options = optionsOf<ReportOptions & AccountantOptions>(command);
        if (options.accountant === true) return reportAccounts(ways, context, options);
        if (options.month !== undefined || options.output !== undefined)
          throw new AppError('usage', { code: 'accountant-alone' });
        return report(ways, context, options);
      }),
    );
}

async function report(ways: Ways, context: DeskContext, options: ReportOptions): Promise<void> {
  const { desk, out, json, now } = context;
  const days = parseWhole(options.days, 'number of days', { min: 1, max: 3650 });
  const made = desk.store.read((r) => {
    const clientId = options.client === undefined ? undefined : findClient(r, options.client).id;
    return makeReport(r, desk.config, { now, days, clientId });
  });
  const studio = desk.config.owner.business || desk.config.owner.name;
  if (options.html !== undefined) {
    const target = { output: options.html, ...(options.force === true && { force: true }) };
    await deliver(ways, out, reportPage(made, studio, context.voice.words), target);
  }
  if (json) out.json(made);
  else if (options.html === undefined) print(context, made, studio);
}

function print(context: DeskContext, report: Report, studio: string): void {
  const { out, voice } = context;
  const { report: words } = voice.t;
  const about = words.about(report.client, studio);
  out.heading(`${words.title(about)}, ${periodWords(report, voice.words)}`);
  printHeat(context, report.heat);
  printPromises(context, report);
  printPareto(context, report);
  printAgeing(context, report);
  printSigns(context, report.clients, report.client !== null);
  const notTold = notToldWords(report.contractNotTold, voice.words);
  if (notTold !== '') out.data(`\n${notTold}`);
}

function printHeat({ out, voice }: DeskContext, heat: HeatMap): void {
  const { heat: words } = voice.t.report;
  out.heading(`\n${words.title}`);
  out.data(heatWords(heat, voice.words));
  if (heat.total === 0) return;
  out.data('');
  printHeatMap(out, heat, voice);
  out.data(`     ${words.legend}`);
}

function printPromises({ out, voice }: DeskContext, { promises, months }: Report): void {
  const { promises: words } = voice.t.report;
  out.heading(`\n${words.title}`);
  out.data(promiseWords(promises, voice.words));
  const judged = months.filter(({ kept, late, missed }) => kept + late + missed > 0);
  if (judged.length < 2) return;
  const { columns } = words;
  out.table(
    [
      { title: columns.month },
      { title: columns.inTime, align: 'right' },
      { title: columns.late, align: 'right' },
      { title: columns.missed, align: 'right' },
      { title: columns.median, align: 'right' },
      { title: '' },
    ],
    judged.map((month) => [
      month.month,
      String(month.kept),
      String(month.late),
      String(month.missed),
      month.medianHours === null ? '' : `${month.medianHours} h`,
      barOf(keptOf(month)),
    ]),
    { indent: '  ' },
  );
}

function keptOf({ kept, late, missed }: PromiseMonth): number {
  return kept / (kept + late + missed);
}

/** Twenty columns wide. */
function barOf(share: number): string {
  const full = Math.round(share * 20);
  return `${'█'.repeat(full)}${'░'.repeat(20 - full)} ${percent(share)}`;
}

const mostRows = 15;

function printPareto({ out, voice }: DeskContext, { pareto }: Report): void {
  if (pareto === null) return;
  const { pareto: words, weight } = voice.t.report;
  out.heading(`\n${words.title}`);
  out.data(paretoWords(pareto, voice.words));
  const { columns } = words;
  const sum = (cents: number) => voice.sum(cents, pareto.currency);
  out.table(
    [
      { title: columns.client, flexible: true },
      { title: columns.weight, align: 'right' },
      { title: columns.trouble, align: 'right' },
      { title: columns.soFar, align: 'right' },
      { title: columns.mails, align: 'right' },
      { title: columns.hours, align: 'right' },
      { title: columns.revenue, align: 'right' },
      { title: columns.share, align: 'right' },
      { title: columns.owed, align: 'right' },
    ],
    pareto.rows
      .slice(0, mostRows)
      .map((row) => [
        row.name,
        weight(row.trouble),
        percent(row.troubleShare),
        percent(row.cumulativeShare),
        String(row.messages),
        row.minutes === 0 ? '' : String(Math.round(row.minutes / 6) / 10),
        sum(row.revenueCents),
        percent(row.revenueShare),
        row.owedCents === 0 ? '' : sum(row.owedCents),
      ]),
    { indent: '  ' },
  );
  if (pareto.rows.length > mostRows) out.data(`  ${words.more(pareto.rows.length - mostRows)}`);
}

function printAgeing({ out, voice }: DeskContext, { ageing }: Report): void {
  const { owed: words } = voice.t.report;
  out.heading(`\n${words.title}`);
  if (ageing.length === 0) return out.data(words.none);
  for (const { currency, cents, disputedCents } of ageing) {
    const sums = [...cents, disputedCents];
    const names = [...ages.map((age, index) => (index === 0 ? words.notDue : words.late(age))), words.disputed];
    out.table(
      [{ title: currency }, { title: words.open, align: 'right' }, { title: '' }],
      names.flatMap((name, index) => {
        const open = sums[index] as number;
        return open === 0 ? [] : [[name, voice.sum(open, currency), stripe(open, sums)]];
      }),
      { indent: '  ' },
    );
  }
}

function stripe(cents: number, all: readonly number[]): string {
  return '█'.repeat(Math.max(1, Math.round((cents / Math.max(...all)) * 20)));
}

function printSigns(context: DeskContext, clients: readonly ClientSummary[], isAlone: boolean): void {
  const { out, voice } = context;
  const { signs: words } = voice.t.report;
  out.heading(`\n${words.title}`);
  const shown = clients.filter((client) => isAlone || client.signs.some((sign) => sign.weight > 0));
  const small = clients.length - shown.length;
  if (shown.length === 0) out.data(words.noneWeighs);
  for (const client of shown) {
    out.heading(`\n${client.name}`);
    sayClientSigns(context, client);
  }
  if (small > 0) out.data(`\n${words.small(small)}`);
}
