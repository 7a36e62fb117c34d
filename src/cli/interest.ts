/** `paletti invoices interest`: the sheet of interest on late payment, as a table, as CSV or as JSON. */
import { interestCsv, interestReport, type InterestReport, percentWords } from '../desk/interest.ts';
import { named } from '../desk/invoices.ts';
import { parseDay, parseWord } from '../desk/values.ts';
import { AppError } from '../errors.ts';
import type { Client } from '../rules/client.ts';
import type { Invoice } from '../rules/invoice.ts';
import { lawCodes } from '../rules/late-law.ts';
import { dayOf } from '../rules/time.ts';
import { clientById, findClient } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { listInvoices } from '../store/invoices.ts';
import type { DeskContext } from './command.ts';

export interface InterestOptions {
  until: string;
  law?: string;
  csv?: boolean;
}

export function interest(context: DeskContext, which: string, options: InterestOptions): void {
  const { desk, out, json, now, zone } = context;
  const until = parseDay(options.until, dayOf(now, zone));
  const law = options.law === undefined ? null : parseWord(options.law, 'law', lawCodes);
  const { client, invoices } = desk.store.read((r) => wanted(r, which));
  const report = interestReport(client, invoices, { until, law, more: desk.config.interest.rates });
  if (json) return out.json(report);
  if (report.none !== null)
    throw new AppError('bad-input', {
      code: 'no-law-on-lateness',
      client: client.name,
      laws: lawCodes.join(', '),
      because: report.none,
    });
  if (options.csv === true) return out.raw(interestCsv(report));
  tell(context, report);
}

/** A number of an invoice first; else all invoices of a client. */
function wanted(r: Reader, which: string): { client: Client; invoices: Invoice[] } {
  try {
    const invoice = named(r, { number: which, client: null });
    return { client: clientById(r, invoice.clientId) as Client, invoices: [invoice] };
  } catch (fault) {
    if (!(fault instanceof AppError) || fault.code !== 'not-found') throw fault;
    const client = findClient(r, which);
    return { client, invoices: listInvoices(r, { clientId: client.id }) };
  }
}

function tell({ out, voice }: DeskContext, report: InterestReport): void {
  const { interest: words, columns } = voice.t.money;
  const rows = report.invoices.flatMap(({ number, currency, rows: lines }) =>
    lines.map((line) => [
      ...[number, line.dueOn, line.from, line.to, String(line.days), voice.sum(line.principalCents, currency)],
      ...[percentWords(line.basisPoints), voice.sum(Math.round(line.exactCents), currency)],
    ]),
  );
  const { from, to, days, sum, rate, interest: title } = words.columns;
  if (rows.length > 0)
    out.table(
      [
        { title: columns.invoice },
        { title: columns.due },
        { title: from },
        { title: to },
        { title: days, align: 'right' },
        { title: sum, align: 'right' },
        { title: rate, align: 'right' },
        { title, align: 'right' },
      ],
      rows,
    );
  for (const { currency, interestCents, flatCents } of report.totals)
    out.data(words.total(voice.sum(interestCents, currency), voice.sum(flatCents, currency)));
  if (rows.length > 0 && report.law !== null)
    out.say(words.law(report.law.name, percentWords(report.law.marginBasisPoints), report.until));
  for (const { from: day, basisPoints, source } of report.rates)
    out.say(`  ${day}: ${percentWords(basisPoints)} (${source})`);
  for (const { number, none } of report.invoices)
    if (none !== null && (none.code === 'no-rate' || report.invoices.length === 1))
      out.say(`${number}: ${voice.why(none.why)}`);
  if (rows.length === 0) out.say(words.none);
  else out.say(words.advice);
}
