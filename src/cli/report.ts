/** `paletti report`: one period in figures, in the terminal, as JSON, or as an HTML file. Reads the database and sends nothing. */
import type { Command } from 'commander';
import { makeReport, type ClientSummary, type Report } from '../desk/report.ts';
import { reportPage } from '../desk/report-page.ts';
import {
  heatWords,
  money,
  notToldWords,
  paretoWords,
  percent,
  periodWords,
  promiseWords,
} from '../desk/report-words.ts';
import { parseWhole } from '../desk/values.ts';
import { ages, type HeatMap, type PromiseMonth } from '../rules/report.ts';
import { findClient } from '../store/clients.ts';
import { type DeskContext, optionsOf, reading, withDesk } from './command.ts';
import { deliver } from './files.ts';
import type { Output } from './output.ts';
import { sayClientSigns } from './signs.ts';
import type { Ways } from './ways.ts';
import { weekdaysShort } from '../rules/calendar.ts';

interface ReportOptions {
  days: string;
  client?: string;
  html?: string;
  force?: boolean;
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
    .option('--force', 'replace the file if it is there')
    .action((_options, command: Command) =>
      withDesk(ways, command, (context) => report(ways, context, optionsOf<ReportOptions>(command))),
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
    await deliver(ways, out, reportPage(made, studio), target);
  }
  if (json) out.json(made);
  else if (options.html === undefined) print(out, made, studio);
}

function print(out: Output, report: Report, studio: string): void {
  const about = report.client === null ? studio : `${report.client} at ${studio}`;
  out.heading(`Report: ${about}, ${periodWords(report)}`);
  printHeat(out, report.heat);
  printPromises(out, report);
  printPareto(out, report);
  printAgeing(out, report);
  printSigns(out, report.clients, report.client !== null);
  const notTold = notToldWords(report.contractNotTold);
  if (notTold !== '') out.data(`\n${notTold}`);
}

const shades = ['· ', '░░', '▒▒', '▓▓', '██'];

function printHeat(out: Output, heat: HeatMap): void {
  out.heading('\nWhen clients write');
  out.data(heatWords(heat));
  if (heat.total === 0) return;
  const hours = [0, 3, 6, 9, 12, 15, 18, 21].map((hour) => String(hour).padEnd(6)).join('');
  out.data(`\n     ${hours}`.trimEnd());
  for (const [day, row] of heat.days.entries()) {
    const cells = row.map((cell) => (cell.open ? shadeOf(cell.count, heat.most) : figureOf(out, cell.count)));
    out.raw(`${weekdaysShort.en[day]}  ${cells.join('').trimEnd()}\n`);
  }
  out.data('     shaded: in contact hours (· none)   figures: messages outside them');
}

function shadeOf(count: number, most: number): string {
  return shades[count === 0 ? 0 : Math.max(1, Math.ceil((count / most) * 4))] as string;
}

function figureOf(out: Output, count: number): string {
  if (count === 0) return '  ';
  return out.style('red', count > 99 ? '++' : String(count).padEnd(2));
}

function printPromises(out: Output, { promises, months }: Report): void {
  out.heading('\nKept promises');
  out.data(promiseWords(promises));
  const judged = months.filter(({ kept, late, missed }) => kept + late + missed > 0);
  if (judged.length < 2) return;
  out.table(
    [
      { title: 'MONTH' },
      { title: 'IN TIME', align: 'right' },
      { title: 'LATE', align: 'right' },
      { title: 'MISSED', align: 'right' },
      { title: 'MEDIAN', align: 'right' },
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

function printPareto(out: Output, { pareto }: Report): void {
  if (pareto === null) return;
  out.heading('\nTrouble and revenue');
  out.data(paretoWords(pareto));
  out.table(
    [
      { title: 'CLIENT', flexible: true },
      { title: 'WEIGHT', align: 'right' },
      { title: 'TROUBLE', align: 'right' },
      { title: 'SO FAR', align: 'right' },
      { title: 'MAILS', align: 'right' },
      { title: 'HOURS', align: 'right' },
      { title: 'REVENUE', align: 'right' },
      { title: 'SHARE', align: 'right' },
      { title: 'OWED', align: 'right' },
    ],
    pareto.rows
      .slice(0, mostRows)
      .map((row) => [
        row.name,
        row.trouble.toFixed(2),
        percent(row.troubleShare),
        percent(row.cumulativeShare),
        String(row.messages),
        row.minutes === 0 ? '' : String(Math.round(row.minutes / 6) / 10),
        money({ cents: row.revenueCents, currency: pareto.currency }),
        percent(row.revenueShare),
        row.owedCents === 0 ? '' : money({ cents: row.owedCents, currency: pareto.currency }),
      ]),
    { indent: '  ' },
  );
  if (pareto.rows.length > mostRows) out.data(`  and ${pareto.rows.length - mostRows} more (use --json for all)`);
}

function printAgeing(out: Output, { ageing }: Report): void {
  out.heading('\nWhat is owed');
  if (ageing.length === 0) return out.data('Nothing is open.');
  for (const { currency, cents, disputedCents } of ageing) {
    const sums = [...cents, disputedCents];
    const names = [...ages.map((age, index) => (index === 0 ? age : `${age} days late`)), 'disputed'];
    out.table(
      [{ title: currency }, { title: 'OPEN', align: 'right' }, { title: '' }],
      names.flatMap((name, index) => {
        const open = sums[index] as number;
        return open === 0 ? [] : [[name, money({ cents: open, currency }), stripe(open, sums)]];
      }),
      { indent: '  ' },
    );
  }
}

function stripe(cents: number, all: readonly number[]): string {
  return '█'.repeat(Math.max(1, Math.round((cents / Math.max(...all)) * 20)));
}

function printSigns(out: Output, clients: readonly ClientSummary[], isAlone: boolean): void {
  out.heading('\nSigns');
  const shown = clients.filter((client) => isAlone || client.signs.some((sign) => sign.weight > 0));
  const small = clients.length - shown.length;
  if (shown.length === 0) out.data('No sign weighs anything.');
  for (const client of shown) {
    out.heading(`\n${client.name}`);
    sayClientSigns(out, client);
  }
  if (small > 0) out.data(`\nOf ${small} more there is nothing to say, or too little to tell.`);
}
