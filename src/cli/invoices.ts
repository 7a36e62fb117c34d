/** `paletti invoices`: record, correct, credit, list, mark paid, take back, void, dispute, promise, import, export. */
import type { Command } from 'commander';
import { exportPrograms, xeroInvoices } from '../desk/export-books.ts';
import { exportInvoices, type ImportOptions, importInvoices, type InvoiceImport } from '../desk/import-invoices.ts';
import { invoiceMeaningWords, parseInvoiceMap } from '../desk/books/invoice-table.ts';
import {
  correctInvoice,
  creditInvoice,
  dispute,
  type InvoiceName,
  markPaid,
  named,
  notePaymentsChecked,
  notePromise,
  recordInvoice,
  takeBackCreditNote,
  takeBackPayment,
  voidByHand,
  writeOffByHand,
} from '../desk/invoices.ts';
import { parseAnswers } from '../desk/import-questions.ts';
import { tried } from '../desk/parts.ts';
import { parseCurrency, parseDay, parseMoney, parseMonth, parseWhole, parseWord } from '../desk/values.ts';
import { isBook } from '../desk/is-book.ts';
import { AppError } from '../errors.ts';
import { dayOrders } from '../rules/day-order.ts';
import { creditedCents, debtsOf, type Invoice, openCents, paidCents, surplusCents } from '../rules/invoice.ts';
import { dayOf, daysBetween, type LocalDay } from '../rules/time.ts';
import { clientById, findClient } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { activeHolds } from '../store/holds.ts';
import { listInvoices } from '../store/invoices.ts';
import { collect, type DeskContext, optionsOf, outputOf, parseId, reading, readInput, withDesk } from './command.ts';
import { deliver } from './files.ts';
import { interest, type InterestOptions } from './interest.ts';
import { filesFromMail, noteFetched } from './mail-files.ts';
import { importBookFiles, parseTerms } from './invoice-books.ts';
import { agreed } from './questions.ts';
import { counted, tellQuestions, type Told } from './import-questions.ts';
import type { Voice } from './voice.ts';
import { mayAsk } from './terminal.ts';
import type { Ways } from './ways.ts';

const usualCurrency = 'EUR';

export function addTo(program: Command, ways: Ways): void {
  const invoices = program
    .command('invoices')
    .summary('invoices, payments, disputes, promises')
    .description('Invoices and what became of them. An invoice is named by its number.');
  addReading(invoices, ways);
  addRecording(invoices, ways);
  addCorrecting(invoices, ways);
  addPayments(invoices, ways);
  addEnds(invoices, ways);
  addFiles(invoices, ways);
}

const stateWords = ['open', 'overdue', 'paid', 'credited', 'void', 'written-off', 'all'] as const;

function addReading(invoices: Command, ways: Ways): void {
  reading(invoices.command('list', { isDefault: true }))
    .description('Invoices by day of issue; open ones unless asked for others.')
    .option('--client <client>', 'of one client')
    .option('--state <state>', stateWords.join(', '), 'open')
    .action((options: { client?: string; state: string }, command: Command) =>
      withDesk(ways, command, (context) => list(context, options)),
    );
  withClient(
    reading(invoices.command('show'))
      .description('One invoice with its instalments, payments and holds.')
      .argument('<number>', 'its number'),
  ).action((number: string, options: NameOptions, command: Command) =>
    withDesk(ways, command, (context) => show(context, nameOf(number, options))),
  );
}

interface NameOptions {
  client?: string;
  year?: string;
}

/** Two clients may have an invoice of the same number, and one client may have it in two years. */
function withClient(command: Command): Command {
  return command
    .option('--client <client>', 'when two clients have an invoice of that number')
    .option('--year <year>', 'of issue, when numbers begin anew each year; else the one that is open');
}

function nameOf(number: string, options: NameOptions): InvoiceName {
  const year = options.year === undefined ? null : parseWhole(options.year, 'year', { min: 1900, max: 2999 });
  return { number, client: options.client ?? null, year };
}

interface AddOptions {
  client: string;
  total: string;
  currency: string;
  issued: string;
  due?: string;
  instalment?: string[];
  project?: string;
  withholding?: string;
  splitVat?: string;
}

function addRecording(invoices: Command, ways: Ways): void {
  invoices
    .command('add')
    .description('Record an invoice.')
    .argument('<number>', 'as on the document')
    .requiredOption('--client <client>', 'number, name or address')
    .requiredOption('--total <sum>', 'as in 1220.00 or 1220,00')
    .option('--currency <code>', 'ISO 4217', usualCurrency)
    .option('--issued <day>', 'YYYY-MM-DD', 'today')
    .option('--due <day>', "YYYY-MM-DD; by the client's payment days when left out")
    .option('--instalment <day:sum>', 'YYYY-MM-DD:610.00; may be repeated', collect)
    .option('--project <text>', 'what it is for')
    .option('--withholding <sum>', 'withholding tax that the client keeps back (ritenuta), as the invoice states it')
    .option('--split-vat <sum>', 'VAT that the client pays to the state itself (split payment)')
    .action((number: string, options: AddOptions, command: Command) =>
      withDesk(ways, command, (context) => add(context, number, options)),
    );
}

function add({ desk, out, now, zone, voice }: DeskContext, number: string, options: AddOptions): void {
  const today = dayOf(now, zone);
  const currency = parseCurrency(options.currency);
  const { client, invoice, twin } = recordInvoice(desk, {
    client: options.client,
    number,
    currency,
    totalCents: parseMoney(options.total, currency),
    issuedOn: parseDay(options.issued, today),
    dueOn: options.due === undefined ? null : parseDay(options.due, today),
    instalments:
      options.instalment === undefined ? null : options.instalment.map((text) => instalment(text, currency, today)),
    project: options.project ?? null,
    ...(options.withholding !== undefined && { withholdingCents: parseMoney(options.withholding, currency) }),
    ...(options.splitVat !== undefined && { splitVatCents: parseMoney(options.splitVat, currency) }),
  });
  const due = invoice.instalments.map((part) => part.dueOn).join(', ');
  const { money: words } = voice.t;
  out.say(words.added(invoice.number, client.name, voice.sum(invoice.totalCents, currency), due));
  if (twin !== undefined) out.warn(words.twin(twin.number, client.name, invoice.number));
}

function instalment(text: string, currency: string, today: LocalDay): { dueOn: LocalDay; amountCents: number } {
  const match = /^([^:]+):(.+)$/.exec(text);
  if (match === null) throw new AppError('usage', { code: 'no-instalment', text });
  return { dueOn: parseDay(match[1] as string, today), amountCents: parseMoney(match[2] as string, currency) };
}

interface EditOptions extends NameOptions {
  number?: string;
  issued?: string;
  due?: string;
  total?: string;
  instalment?: string[];
  project?: string;
  why: string;
}

interface CreditOptions extends NameOptions {
  amount?: string;
  on: string;
  number?: string;
  why: string;
  again?: boolean;
  back?: boolean;
  note?: string;
}

function addCorrecting(invoices: Command, ways: Ways): void {
  withClient(invoices.command('edit'))
    .description('Correct an invoice as its document was corrected. Letters then count from what is on record now.')
    .argument('<number>', 'of the invoice, as it is on record')
    .option('--due <day>', 'YYYY-MM-DD')
    .option('--total <sum>', 'as in 1220.00 or 1220,00')
    .option('--number <number>', 'as on the document')
    .option('--issued <day>', 'YYYY-MM-DD')
    .option('--instalment <day:sum>', 'YYYY-MM-DD:610.00; once for each, and they replace those before', collect)
    .option('--project <text>', 'what it is for; "" for none')
    .option('--why <text>', 'for the journal', '')
    .action((number: string, options: EditOptions, command: Command) =>
      withDesk(ways, command, (context) => edit(context, nameOf(number, { ...options }), options)),
    );
  withClient(invoices.command('credit'))
    .description(
      'Enter a credit note on an invoice: less is asked for, and nothing was received. With --back, take one back.',
    )
    .argument('<number>', 'of the invoice')
    .option('--amount <sum>', 'of the credit note; the whole invoice when left out')
    .option('--on <day>', 'of the credit note: YYYY-MM-DD, today, yesterday', 'today')
    .option('--number <number>', 'of the credit note')
    .option('--why <text>', 'for the journal', '')
    .option('--again', 'the same credit note really was issued twice')
    .option('--back', 'the credit note was withdrawn: its sum is asked for again')
    .option('--note <id>', 'with --back: which, when there are several')
    .action((number: string, options: CreditOptions, command: Command) =>
      withDesk(ways, command, (context) => credit(context, nameOf(number, options), options)),
    );
}

function edit({ desk, out, now, zone, voice }: DeskContext, which: InvoiceName, options: EditOptions): void {
  const today = dayOf(now, zone);
  const { currency } = desk.store.read((r) => named(r, which));
  const { number, issued, due, total, instalment: parts, project, why } = options;
  const { invoice, changed } = correctInvoice(
    desk,
    which,
    {
      ...(number === undefined ? {} : { number }),
      ...(issued === undefined ? {} : { issuedOn: parseDay(issued, today) }),
      ...(due === undefined ? {} : { dueOn: parseDay(due, today) }),
      ...(total === undefined ? {} : { totalCents: parseMoney(total, currency) }),
      ...(parts === undefined ? {} : { instalments: parts.map((text) => instalment(text, currency, today)) }),
      ...(project === undefined ? {} : { project: project === '' ? null : project }),
    },
    why,
  );
  const { money: words } = voice.t;
  if (changed.length === 0) return out.say(words.unchanged(invoice.number));
  const days = invoice.instalments.map((part) => part.dueOn).join(', ');
  const [whole, open] = [invoice.totalCents, openCents(invoice)].map((cents) => voice.sum(cents, currency));
  out.say(words.edited(invoice.number, invoice.issuedOn, whole as string, days, open as string));
}

function credit({ desk, out, now, zone, voice }: DeskContext, which: InvoiceName, options: CreditOptions): void {
  const { money: words } = voice.t;
  if (options.back === true) {
    const id = options.note === undefined ? null : parseId(options.note, 'credit note');
    const invoice = takeBackCreditNote(desk, which, id);
    return out.say(words.takenBack(invoice.number, voice.sum(openCents(invoice), invoice.currency)));
  }
  const { currency } = desk.store.read((r) => named(r, which));
  const invoice = creditInvoice(desk, which, {
    amountCents: options.amount === undefined ? null : parseMoney(options.amount, currency),
    issuedOn: pastDay(options.on, dayOf(now, zone), 'issue'),
    number: options.number ?? null,
    why: options.why,
    again: options.again === true,
  });
  const sum = (cents: number) => voice.sum(cents, currency);
  const { number, totalCents, disputedCents } = invoice;
  out.say(words.credited(number, sum(creditedCents(invoice)), sum(totalCents), sum(openCents(invoice))));
  if (surplusCents(invoice) > 0) out.warn(words.surplus(sum(surplusCents(invoice))));
  if (disputedCents > 0 && invoice.state === 'open') out.warn(words.stillDisputed(sum(disputedCents), number));
}

interface PaidOptions extends NameOptions {
  amount?: string;
  on: string;
  reference?: string;
  again?: boolean;
}

function addPayments(invoices: Command, ways: Ways): void {
  withClient(invoices.command('paid'))
    .description('Record a payment: all that is open, or a part. Reminders not yet sent are dropped by it.')
    .argument('<number>', 'of the invoice')
    .option('--amount <sum>', 'a part; all that is open when left out')
    .option('--on <day>', 'when it was received: YYYY-MM-DD, today, yesterday', 'today')
    .option('--reference <text>', 'of the transfer')
    .option('--again', 'the same payment really came twice')
    .action((number: string, options: PaidOptions, command: Command) =>
      withDesk(ways, command, (context) => paid(context, nameOf(number, options), options)),
    );
  withClient(invoices.command('reverse'))
    .description('Take back a payment that bounced or was booked wrongly. Dunning goes on from where it was.')
    .argument('<number>', 'of the invoice')
    .option('--payment <id>', 'which, when there are several')
    .action((number: string, options: NameOptions & { payment?: string }, command: Command) =>
      withDesk(ways, command, ({ desk, out, voice }) => {
        const id = options.payment === undefined ? null : parseId(options.payment, 'payment');
        const invoice = takeBackPayment(desk, nameOf(number, options), id);
        out.say(voice.t.money.takenBack(invoice.number, voice.sum(openCents(invoice), invoice.currency)));
      }),
    );
  invoices
    .command('checked')
    .description(
      'Say that every payment that came is recorded. Reminders may rely on it for a while (dunning.paymentsCheckedWithinHours).',
    )
    .action((_options, command: Command) =>
      withDesk(ways, command, ({ desk, out, voice }) => {
        notePaymentsChecked(desk);
        out.say(voice.t.money.checked);
      }),
    );
}

function paid({ desk, out, now, zone, voice }: DeskContext, which: InvoiceName, options: PaidOptions): void {
  const { currency } = desk.store.read((r) => named(r, which));
  const { invoice, overpaidCents } = markPaid(desk, which, {
    amountCents: options.amount === undefined ? null : parseMoney(options.amount, currency),
    receivedOn: pastDay(options.on, dayOf(now, zone), 'promise'),
    reference: options.reference ?? null,
    again: options.again === true,
  });
  const rest = openCents(invoice);
  const { money: words } = voice.t;
  out.say(rest === 0 ? words.paid(invoice.number) : words.partPaid(invoice.number, voice.sum(rest, currency)));
  if (overpaidCents > 0) out.warn(words.overpaid(voice.sum(overpaidCents, currency)));
}

function pastDay(text: string, today: LocalDay, next: 'issue' | 'promise'): LocalDay {
  const day = parseDay(text, today);
  if (day <= today) return day;
  throw new AppError('bad-input', { code: 'not-come-yet', day, next });
}

interface EndOptions extends NameOptions {
  why: string;
}

function addEnds(invoices: Command, ways: Ways): void {
  withClient(invoices.command('void'))
    .description('The invoice was a mistake: nothing is owed on it.')
    .argument('<number>', 'of the invoice')
    .option('--why <text>', 'for the journal', '')
    .action((number: string, options: EndOptions, command: Command) =>
      withDesk(ways, command, ({ desk, out, voice }) => {
        const { invoice, changed } = voidByHand(desk, nameOf(number, options), options.why);
        out.say(voice.t.money.voided(invoice.number, changed));
      }),
    );
  withClient(invoices.command('write-off'))
    .description('The money will not come: it is no longer asked for.')
    .argument('<number>', 'of the invoice')
    .option('--why <text>', 'for the journal', '')
    .action((number: string, options: EndOptions, command: Command) =>
      withDesk(ways, command, ({ desk, out, voice }) => {
        const { invoice, changed } = writeOffByHand(desk, nameOf(number, options), options.why);
        out.say(voice.t.money.writtenOff(invoice.number, changed));
      }),
    );
  withClient(invoices.command('dispute'))
    .description('The client disputes the invoice, or a part of it: reminders go on about the rest only.')
    .argument('<number>', 'of the invoice')
    .option('--amount <sum>', 'the disputed part; all that is open when left out')
    .option('--settled', 'the dispute is over')
    .action((number: string, options: NameOptions & { amount?: string; settled?: boolean }, command: Command) =>
      withDesk(ways, command, ({ desk, out, voice }) => {
        const which = nameOf(number, options);
        const { currency } = desk.store.read((r) => named(r, which));
        const cents =
          options.settled === true ? 0 : options.amount === undefined ? null : parseMoney(options.amount, currency);
        const { invoice } = dispute(desk, which, cents);
        const [part, whole] = [invoice.disputedCents, invoice.totalCents].map((one) => voice.sum(one, currency));
        out.say(voice.t.money.disputedOn(invoice.number, part as string, whole as string));
      }),
    );
  withClient(invoices.command('promise'))
    .description('The client promised to pay by a day: reminders wait until that day has passed.')
    .argument('<number>', 'of the invoice')
    .requiredOption('--by <day>', 'YYYY-MM-DD, today or tomorrow')
    .option('--note <text>', 'how it was promised', '')
    .action((number: string, options: NameOptions & { by: string; note: string }, command: Command) =>
      withDesk(ways, command, ({ desk, out, now, zone, voice }) => {
        const day = parseDay(options.by, dayOf(now, zone));
        const { invoice } = notePromise(desk, nameOf(number, options), { day, zone, note: options.note });
        out.say(voice.t.money.promised(invoice.number, day));
      }),
    );
}

interface FileOptions {
  yes?: boolean;
  dryRun?: boolean;
  currency: string;
  dates?: string;
  answer?: string[];
  map?: string[];
  addClients?: boolean;
  terms?: string;
  mail?: boolean;
}

function addFiles(invoices: Command, ways: Ways): void {
  reading(invoices.command('import'))
    .description(
      'Import invoices: FatturaPA (also signed, or a ZIP of them), UBL, CII, a PDF with one of these inside; CSV of Xero, FreshBooks, QuickBooks, Zoho, Invoice Ninja, Harvest; or any CSV: client, number, issuedOn, total, and if known dueOn, currency, project, instalments, state, paidOn, disputed, payments, creditOf; Italian headings are known too. Shows what it would do and, on a terminal, asks; does it at once with --yes. A file with a fault is refused whole; a row that may be on record already is asked about and left as it is; what you did by hand stays.',
    )
    .argument('[file...]', 'the files; - for standard input; with --mail numbers of messages')
    .option('--yes', 'do it without asking')
    .option('--dry-run', 'only show what it would do')
    .option('--add-clients', 'take clients in whom a file names and the register does not know')
    .option('--terms <days>', 'when neither the file nor the client says when to pay: 30, or "30 eom"')
    .option('--currency <code>', 'of rows that name none', usualCurrency)
    .option('--dates <order>', 'dmy or mdy: which comes first in 03/04/2026, when the file does not show it')
    .option(
      '--map <meaning=heading>',
      `which column is what, for a CSV whose headings are not known: 'number=Nr. documento'; may be repeated, and is remembered for files with the same headings. Meanings: ${invoiceMeaningWords}`,
      collect,
    )
    .option('--answer <line=word>', 'answers what a row asks, as in 3=same; may be repeated', collect)
    .option('--mail', 'files that came by mail: those of the messages named, or all that are proposed')
    .action((files: string[], options: FileOptions, command: Command) => importFiles(ways, command, files, options));
  addExport(invoices, ways);
  reading(invoices.command('interest'))
    .description(
      'Interest on late payment by law, with the flat sum and the source of every rate: a sheet beside the invoice. No letter asks for it.',
    )
    .argument('<number or client>', 'an invoice, or all of a client')
    .option('--until <day>', 'YYYY-MM-DD, today, yesterday', 'today')
    .option('--law <law>', 'it, de, fr, uk, or eu for the least of the Directive; else that of the client’s country')
    .option('--csv', 'as CSV')
    .action((which: string, options: InterestOptions, command: Command) =>
      withDesk(ways, command, (context) => interest(context, which, options)),
    );
}

async function importFiles(ways: Ways, command: Command, files: string[], options: FileOptions): Promise<void> {
  const mailed = options.mail === true ? await filesFromMail(ways, command, { kind: 'invoices', ids: files }) : [];
  if (options.mail !== true && files.length === 0)
    throw new AppError('usage', 'no file is named', { next: 'Name one, or say --mail for those that came by mail.' });
  const read = async (path: string) => ({ path, ...(await readInput(ways, path)) });
  const inputs = options.mail === true ? mailed : await Promise.all(files.map(read));
  const books = inputs.filter(({ bytes }) => isBook(bytes));
  let isDone = true;
  if (books.length > 0)
    isDone = await withDesk(ways, command, (context) => importBookFiles(ways, context, books, optionsOf(command)));
  for (const input of inputs.filter((one) => !books.includes(one)))
    isDone = (await importCsv(ways, command, input, options)) && isDone;
  if (isDone && mailed.length > 0) await noteFetched(ways, command, mailed);
}

/** @returns whether it was done */
async function importCsv(
  ways: Ways,
  command: Command,
  { path: file, name, bytes }: { path: string; name: string; bytes: Uint8Array },
  options: FileOptions,
): Promise<boolean> {
  const isReal = options.yes === true && options.dryRun !== true;
  const given: Omit<ImportOptions, 'today'> = {
    file: name,
    currency: parseCurrency(options.currency),
    dates: options.dates === undefined ? null : parseWord(options.dates, 'order of dates', dayOrders),
    answers: parseAnswers(options.answer),
    form: parseInvoiceMap(options.map),
    terms: parseTerms(options.terms),
  };
  return withDesk(ways, command, async (context) => {
    const { desk, out, json, now, zone, voice } = context;
    const { clients, money } = voice.t;
    const addClients = options.addClients === true ? { addClients: { language: desk.config.owner.language } } : {};
    const accounts = desk.config.owner.accounts ?? [];
    const how = { ...given, ...addClients, accounts, today: dayOf(now, zone) };
    const attempt = (really: boolean) => tried(desk, really, (w) => importInvoices(w, bytes, how));
    const plan = attempt(isReal);
    if (json) out.json({ done: isReal, ...plan });
    else tellImport(context, plan, isReal, file);
    if (isReal || json || options.dryRun === true || !changesAnything(plan)) return isReal;
    const isAsked = mayAsk(ways, optionsOf(command));
    if (!isAsked) out.say(clients.import.toDoIt);
    const isDone = isAsked && (await agreed(ways, money.import.title));
    if (isDone) tellImport(context, attempt(true), true, file);
    else if (isAsked) out.say(clients.import.nothingDone);
    return isDone;
  });
}

function changesAnything({ changes }: InvoiceImport): boolean {
  return changes.some(({ what }) => what === 'add' || what === 'change');
}

function addExport(invoices: Command, ways: Ways): void {
  invoices
    .command('export')
    .description(
      'Write all invoices with their payments as CSV, which `invoices import` reads back; or, with --for xero, as Xero imports sales invoices: their sums are "tax inclusive" there.',
    )
    .option('--for <program>', exportPrograms.join(', '))
    .option('--account-code <code>', 'for Xero: your account of sales there, as in 200')
    .option('--tax-type <name>', 'for Xero: the tax rate by its name there, as in "20% (VAT on Income)"')
    .option('--month <month>', 'for Xero: issued in YYYY-MM; all when left out')
    .option('--dates <order>', `for Xero: ${dayOrders.join(' or ')}`, 'dmy')
    .option('-o, --output <file>', 'a file instead of standard output')
    .option('--force', 'replace the file if it is there')
    .action((_options, command: Command) =>
      withDesk(ways, command, (context) => {
        const options = optionsOf<ExportOptions>(command);
        const text =
          options.for === undefined ? context.desk.store.read((r) => exportInvoices(r)) : xero(context, options);
        return deliver(ways, outputOf(ways, command), text, options);
      }),
    );
}

interface ExportOptions {
  for?: string;
  accountCode?: string;
  taxType?: string;
  month?: string;
  dates: string;
  output?: string;
  force?: boolean;
}

function xero({ desk, out, voice }: DeskContext, options: ExportOptions): string {
  parseWord(options.for ?? '', 'program', exportPrograms);
  const { accountCode = '', taxType = '' } = options;
  if (accountCode.trim() === '' || taxType.trim() === '') throw new AppError('usage', { code: 'xero-wants' });
  const dates = parseWord(options.dates, 'order of dates', dayOrders);
  const wish = { accountCode, taxType, dates, month: parseMonth(options.month) };
  const { text, invoices, creditNotes } = desk.store.read((r) => xeroInvoices(r, wish));
  out.say(voice.t.money.exported.invoices(invoices));
  if (creditNotes > 0) out.warn(voice.t.money.exported.creditNotes(creditNotes));
  return text;
}

function tellImport({ out, voice }: Told, plan: InvoiceImport, isDone: boolean, file: string): void {
  const { columns, what: names } = voice.t.money.import;
  const { import: words } = voice.t.clients;
  const lines = plan.changes.filter((change) => change.what !== 'unchanged' || change.details.length > 0);
  out.table(
    [
      { title: columns.line, align: 'right' },
      { title: columns.client, flexible: true },
      { title: columns.invoice },
      { title: columns.what },
      { title: columns.total, align: 'right' },
      { title: columns.open, align: 'right' },
      { title: columns.detail, flexible: true },
    ],
    lines.map(({ line, client, number, what, totalCents, currency, openCents: open, details }) => [
      String(line),
      client,
      number,
      names[what],
      voice.sum(totalCents, currency),
      what === 'asked' ? '' : voice.sum(open, currency),
      details.join('; '),
    ]),
  );
  const { readAs, newClient, leftOut } = voice.t.money.import;
  if (plan.form !== null) out.say(readAs(plan.form));
  for (const name of plan.newClients) out.say(newClient(name));
  for (const { line, number, why } of plan.leftOut) out.say(leftOut(line, number, why));
  if (plan.ignored.length > 0) out.say(words.ignored(plan.ignored.join(', ')));
  tellQuestions({ out, voice }, plan.questions, `paletti invoices import ${file} --yes`);
  out.say(words.done(isDone, counted(plan.changes)));
}

function shown(r: Reader, invoice: Invoice, today: LocalDay) {
  const debts = debtsOf(invoice);
  const dueOn = debts[0]?.dueOn ?? invoice.instalments.at(-1)?.dueOn ?? invoice.issuedOn;
  const client = clientById(r, invoice.clientId)?.name ?? '';
  return {
    ...invoice,
    client,
    openCents: openCents(invoice),
    paidCents: paidCents(invoice),
    creditedCents: creditedCents(invoice),
    dueOn,
    daysOverdue: debts.length > 0 ? Math.max(0, daysBetween(dueOn, today)) : 0,
  };
}

function list({ desk, out, json, now, zone, voice }: DeskContext, options: { client?: string; state: string }): void {
  const state = parseWord(options.state, 'state', stateWords);
  const today = dayOf(now, zone);
  const found = desk.store.read((r) => {
    const clientId = options.client === undefined ? undefined : findClient(r, options.client).id;
    const asked = state === 'all' ? undefined : state === 'overdue' ? 'open' : state;
    const invoices = listInvoices(r, { ...(clientId !== undefined && { clientId }), ...(asked && { state: asked }) });
    return invoices.map((invoice) => shown(r, invoice, today));
  });
  const rows = state === 'overdue' ? found.filter((invoice) => invoice.daysOverdue > 0) : found;
  if (json) return out.json(rows);
  const { money: words } = voice.t;
  if (rows.length === 0) return out.say(words.none);
  out.table(
    [
      { title: words.columns.invoice },
      { title: words.columns.client, flexible: true },
      { title: words.columns.due },
      { title: words.columns.total, align: 'right' },
      { title: words.columns.open, align: 'right' },
      { title: words.columns.state },
    ],
    rows.map((invoice) => [
      invoice.number,
      invoice.client,
      invoice.dueOn,
      voice.sum(invoice.totalCents, invoice.currency),
      voice.sum(invoice.openCents, invoice.currency),
      stateWord(invoice, voice),
    ]),
  );
}

function stateWord({ state, daysOverdue, disputedCents }: ReturnType<typeof shown>, { t }: Voice): string {
  const { money: words } = t;
  if (state !== 'open') return t.codes.invoice(state);
  const late = daysOverdue > 0 ? words.late(daysOverdue) : words.open;
  return disputedCents > 0 ? words.disputed(late) : late;
}

function show({ desk, out, json, now, zone, voice }: DeskContext, which: InvoiceName): void {
  const { invoice, holds } = desk.store.read((r) => {
    const found = named(r, which);
    const active = activeHolds(r, { clientId: found.clientId, invoiceIds: [found.id] });
    return { invoice: shown(r, found, dayOf(now, zone)), holds: active };
  });
  if (json) return out.json({ ...invoice, holds });
  for (const line of invoiceLines(invoice, voice)) out.data(line);
  const { money: words, codes } = voice.t;
  for (const { id, reason, until } of holds)
    out.data(words.hold(id, codes.hold(reason), until === null ? null : voice.moment(until)));
}

function invoiceLines(invoice: ReturnType<typeof shown>, voice: Voice): string[] {
  const { money: words } = voice.t;
  const sum = (cents: number) => voice.sum(cents, invoice.currency);
  const { number, issuedOn, client, creditedCents: credited, disputedCents, project } = invoice;
  return [
    words.invoice(number, issuedOn, client),
    words.state(stateWord(invoice, voice)),
    words.total(
      sum(invoice.totalCents),
      credited === 0 ? null : sum(credited),
      sum(invoice.paidCents),
      sum(invoice.openCents),
    ),
    ...(disputedCents > 0 ? [words.disputedSum(sum(disputedCents))] : []),
    ...(project === null ? [] : [words.project(project)]),
    ...invoice.instalments.map((part) => words.instalment(part.dueOn, sum(part.amountCents))),
    ...invoice.payments.map((payment) => {
      const what = [payment.receivedOn, sum(payment.amountCents), payment.reference ?? ''];
      return words.payment(payment.id, listed(what), payment.reversedAt !== null);
    }),
    ...invoice.credits.map((note) => {
      const what = [note.issuedOn, sum(note.amountCents), note.number ?? '', note.why];
      return words.creditNote(note.id, listed(what), note.takenBackAt !== null);
    }),
  ];
}

function listed(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}
