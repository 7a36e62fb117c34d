/** `paletti payments`: read files of the bank, list lines, show questions, answer, link, undo, ignore. */
import type { Command } from 'commander';
import {
  type BankImportOptions,
  importPayments,
  bankMeaningWords,
  parseBankMap,
  type PaymentImport,
  type ReadFile,
} from '../desk/import-payments.ts';
import { exportedPayments, exportPrograms, paymentsFile, xeroStatement } from '../desk/export-books.ts';
import { answerLine, ignoreLine, type Link, linkLine, undoLine } from '../desk/payments.ts';
import { tried } from '../desk/parts.ts';
import { parseCurrency, parseMoney, parseMonth, parseWord } from '../desk/values.ts';
import { AppError } from '../errors.ts';
import { dayOrders } from '../rules/day-order.ts';
import { type BankLine, type LineChoice, type LineState, lineStates } from '../rules/bank-line.ts';
import { openCents } from '../rules/invoice.ts';
import { dayOf, type LocalDay } from '../rules/time.ts';
import { lineById, listLines } from '../store/bank-lines.ts';
import { accounts } from '../store/book-files.ts';
import { clientName } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { invoiceById } from '../store/invoices.ts';
import { type LinePayment, paymentsOfLine } from '../store/line-payments.ts';
import { collect, type DeskContext, optionsOf, parseId, parseLimit, reading, readInput, withDesk } from './command.ts';
import { deliver } from './files.ts';
import { filesFromMail, noteFetched } from './mail-files.ts';
import type { Told } from './import-questions.ts';
import { agreed } from './questions.ts';
import { isAllRefused, refuseFiles, tellFurtherRefused } from './refused-files.ts';
import type { Voice } from './voice.ts';
import { mayAsk } from './terminal.ts';
import type { Ways } from './ways.ts';

export function addTo(program: Command, ways: Ways): void {
  const payments = program
    .command('payments')
    .summary('files of your bank, what their lines pay, and what is asked of you')
    .description('What came in on your accounts, read from files of the bank. A line is named by its number.');
  addImport(payments, ways);
  addReading(payments, ways);
  addExport(payments, ways);
  addDeciding(payments, ways);
}

// ---- import ----------------------------------------------------------------------------------------------------------------

interface ImportOptions {
  yes?: boolean;
  dryRun?: boolean;
  account?: string;
  currency: string;
  dates?: string;
  map?: string[];
  mail?: boolean;
}

function addImport(payments: Command, ways: Ways): void {
  reading(payments.command('import'))
    .description(
      'Read files of a bank: CAMT, MT940, OFX, QIF, CSV, or a ZIP of them. Shows what it would do and, on a terminal, asks; does it at once with --yes. What is certain becomes a payment; the rest is a question, and letters to whom it may concern wait for your answer. The same line is never taken twice.',
    )
    .argument('[file...]', 'the files; - for standard input; with --mail numbers of messages')
    .option('--yes', 'do it without asking')
    .option('--dry-run', 'only show what it would do')
    .option('--account <number>', 'whose file it is, when the file does not say')
    .option('--currency <code>', 'of rows that name none', 'EUR')
    .option('--dates <order>', 'dmy or mdy: which comes first in 03/04/2026, when the file does not show it')
    .option(
      '--map <meaning=heading>',
      `which column is what, for a CSV of no known bank: 'date=Buchungstag'; may be repeated, and is remembered for files with the same headings. Meanings: ${bankMeaningWords}`,
      collect,
    )
    .option('--mail', 'files that came by mail: those of the messages named, or all that are proposed')
    .action((files: string[], options: ImportOptions, command: Command) => importFiles(ways, command, files, options));
}

async function importFiles(ways: Ways, command: Command, files: string[], options: ImportOptions): Promise<void> {
  const mailed = options.mail === true ? await filesFromMail(ways, command, { kind: 'bank', ids: files }) : [];
  if (options.mail !== true && files.length === 0)
    throw new AppError('usage', 'no file is named', { next: 'Name one, or say --mail for those that came by mail.' });
  const inputs = options.mail === true ? mailed : await Promise.all(files.map((file) => readInput(ways, file)));
  let isDone = false;
  await withDesk(ways, command, async (context) => {
    const { desk, out, json, now, zone, voice } = context;
    const form = parseBankMap(options.map);
    const how: BankImportOptions = {
      ...(form && { form }),
      accounts: desk.config.owner.accounts ?? [],
      account: options.account?.replace(/\s/g, '').toUpperCase() ?? null,
      currency: parseCurrency(options.currency),
      ...(options.dates !== undefined && { days: parseWord(options.dates, 'order of dates', dayOrders) }),
      today: dayOf(now, zone),
    };
    const attempt = (isReal: boolean) =>
      tried(desk, isReal, (w) => {
        const done = importPayments(w, inputs, how);
        return { ...done, shown: done.changed.map((line) => shownLine(w, line, voice)) };
      });
    const isReal = options.yes === true && options.dryRun !== true;
    isDone = isReal;
    const first = attempt(isReal);
    if (json) out.json(forPrograms(first, isReal));
    else tell(context, first, isReal);
    if (!isReal && !json && options.dryRun !== true && isAnything(first)) {
      if (!mayAsk(ways, optionsOf(command))) out.say(voice.t.clients.import.toDoIt);
      else if (await agreed(ways, voice.t.money.payments.title)) {
        tell(context, attempt(true), true);
        isDone = true;
      } else out.say(voice.t.clients.import.nothingDone);
    }
    refuseFiles(first.files);
  });
  if (isDone && mailed.length > 0) await noteFetched(ways, command, mailed);
}

type Done = PaymentImport & { shown: ShownLine[] };

function news({ files }: PaymentImport): number {
  return files.reduce((all, file) => all + file.news, 0);
}

function isAnything(done: PaymentImport): boolean {
  return done.changed.length + news(done) > 0;
}

/** Per file, under the names that `npm run money` compares. */
function forPrograms(done: Done, isReal: boolean) {
  return {
    done: isReal,
    files: done.files.map(({ statements, refused, ...file }) => ({
      ...file,
      refuse: refused !== null,
      why:
        refused === null
          ? null
          : [refused.message, refused.place, refused.next].filter((text) => text !== '').join(' '),
      statements,
    })),
    lines: done.shown,
    accounts: done.accounts,
  };
}

function tell({ out, voice }: Told, done: Done, isDone: boolean): void {
  const { payments: words } = voice.t.money;
  for (const file of done.files) tellFile({ out, voice }, file);
  tellFurtherRefused(out, done.files);
  if (isAllRefused(done.files) && done.changed.length === 0) return;
  const changed = done.shown.filter((line) => line.state !== 'not-a-payment' && line.state !== 'unrelated');
  if (changed.length > 0) tellLines({ out, voice }, changed);
  const counted = (state: LineState) => done.changed.filter((line) => line.state === state).length;
  out.say(
    words.done(isDone, {
      lines: news(done),
      matched: counted('matched'),
      questions: counted('question'),
      takenBack: counted('takes-back'),
      without: counted('unrelated') + counted('not-a-payment'),
    }),
  );
  tellAccounts({ out, voice }, done.accounts);
  if (isDone && counted('question') > 0) out.say(words.lettersWait);
}

function tellAccounts({ out, voice }: Told, found: readonly { number: string; readTo: LocalDay | null }[]): void {
  for (const { number, readTo } of found)
    out.say(voice.t.status.account(number, readTo === null ? null : voice.words.times.date(readTo)));
}

function tellFile({ out, voice }: Told, read: ReadFile): void {
  const { file, format, refused, knownAs, lines, news: fresh, leftOut, warnings, map } = read;
  const { payments: words } = voice.t.money;
  if (refused !== null) return;
  const { pending, unreadable } = leftOut;
  out.say(
    knownAs === null ? words.file(file, format, lines, fresh, pending) : words.known(file, format, knownAs, pending),
  );
  if (map !== null) out.say(`  ${words.readWith(map)}`);
  if (unreadable > 0) out.warn(words.unreadable(file, unreadable));
  for (const warning of warnings) out.warn(`${file}: ${warning}`);
}

// ---- looking ---------------------------------------------------------------------------------------------------------------

export interface ShownChoice {
  choice: number;
  /** in words */
  what: string;
  evidence: string[];
}

export interface ShownLine extends Omit<BankLine, 'choices'> {
  payments: LinePayment[];
  choices: ShownChoice[];
}

function shownLine(r: Reader, line: BankLine, voice: Voice): ShownLine {
  return {
    ...line,
    payments: paymentsOfLine(r, line.id),
    choices: line.choices.map((one, at) => shownChoice(r, line, one, { at, voice })),
  };
}

function shownChoice(
  r: Reader,
  line: BankLine,
  choice: LineChoice,
  { at, voice }: { at: number; voice: Voice },
): ShownChoice {
  const name = (id: number) => clientName(r, id) ?? voice.t.money.payments.client(id);
  const forms = {
    sum: (cents: number) => voice.sum(cents, line.currency),
    day: (day: string) => voice.day(day as LocalDay),
    name,
  };
  const evidence = choice.evidence.map((one) => voice.words.moneyPage.evidence(one, forms));
  return { choice: at + 1, what: choiceWords(r, line, choice, voice), evidence };
}

function choiceWords(r: Reader, line: BankLine, choice: LineChoice, voice: Voice): string {
  const { payments: words } = voice.t.money;
  const of = choice.clientId > 0 ? (clientName(r, choice.clientId) ?? '') : null;
  if (choice.kind === 'recorded') return words.recorded(of);
  if (choice.kind === 'takes-back') return words.takesBack(String(choice.lineId ?? ''), of);
  const parts = choice.allocations.map(({ invoiceId, cents }) => {
    const invoice = invoiceById(r, invoiceId);
    if (invoice === undefined) return '';
    const amount =
      cents > 0 ? voice.sum(cents, line.currency) : words.countsAs(voice.sum(openCents(invoice), invoice.currency));
    return `${invoice.number} (${amount})`;
  });
  return words.pays(parts.join(', '), of);
}

function addReading(payments: Command, ways: Ways): void {
  reading(payments.command('list', { isDefault: true }))
    .description('Lines of your accounts by day, the newest first.')
    .option('--state <state>', [...lineStates, 'all'].join(', '), 'all')
    .option('--limit <number>', 'how many', '50')
    .action((options: { state: string; limit: string }, command: Command) =>
      withDesk(ways, command, (context) => list(context, options)),
    );
  reading(payments.command('questions'))
    .description('What is asked of you, each with its choices and what speaks for them.')
    .action((_options, command: Command) => withDesk(ways, command, questions));
  reading(payments.command('show'))
    .description('One line: where it stands, what it became and why.')
    .argument('<id>', 'its number')
    .action((id: string, _options, command: Command) => withDesk(ways, command, (context) => show(context, id)));
}

interface ExportOptions {
  for?: string;
  month?: string;
  currency: string;
  dates: string;
  output?: string;
  force?: boolean;
}

function addExport(payments: Command, ways: Ways): void {
  reading(payments.command('export'))
    .description(
      'Write the payments of your invoices as CSV; or, with --for xero, as a statement that Xero imports, of one currency and without what was taken back.',
    )
    .option('--for <program>', exportPrograms.join(', '))
    .option('--month <month>', 'received in YYYY-MM; all when left out')
    .option('--currency <code>', 'for Xero', 'EUR')
    .option('--dates <order>', `for Xero: ${dayOrders.join(' or ')}`, 'dmy')
    .option('-o, --output <file>', 'a file instead of standard output')
    .option('--force', 'replace the file if it is there')
    .action((_options, command: Command) =>
      withDesk(ways, command, (context) => exportPayments(ways, context, optionsOf<ExportOptions>(command))),
    );
}

function exportPayments(ways: Ways, { desk, out, json }: DeskContext, options: ExportOptions): void | Promise<void> {
  const payments = desk.store.read((r) => exportedPayments(r, parseMonth(options.month)));
  if (json) return out.json(payments);
  if (options.for === undefined) return deliver(ways, out, paymentsFile(payments), options);
  parseWord(options.for, 'program', exportPrograms);
  const wish = {
    currency: parseCurrency(options.currency),
    dates: parseWord(options.dates, 'order of dates', dayOrders),
  };
  return deliver(ways, out, xeroStatement(payments, wish), options);
}

function list({ desk, out, json, voice }: DeskContext, options: { state: string; limit: string }): void {
  const state = parseWord(options.state, 'state', [...lineStates, 'all'] as const);
  const limit = parseLimit(options.limit);
  const { lines, known } = desk.store.read((r) => ({
    lines: listLines(r, { ...(state !== 'all' && { states: [state] }), limit }).map((line) =>
      shownLine(r, line, voice),
    ),
    known: accounts(r),
  }));
  if (json) return out.json(lines);
  if (lines.length === 0) out.say(voice.t.money.payments.none);
  else tellLines({ out, voice }, lines);
  tellAccounts({ out, voice }, known);
}

function tellLines({ out, voice }: Told, lines: readonly ShownLine[]): void {
  const { columns } = voice.t.money.payments;
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: columns.day },
      { title: columns.sum, align: 'right' },
      { title: columns.from, flexible: true },
      { title: columns.state },
      { title: columns.what, flexible: true, below: true },
    ],
    lines.map((line) => [
      String(line.id),
      line.bookedOn,
      voice.sum(line.amountCents, line.currency),
      line.payerName ?? line.payerIban ?? '',
      voice.t.codes.line(line.state),
      whatWords(line, voice),
    ]),
  );
}

function whatWords(line: ShownLine, voice: Voice): string {
  const paid = line.payments.map(({ number }) => number).join(', ');
  return [paid, line.why === null ? '' : voice.why(line.why)].filter((text) => text !== '').join(': ');
}

function questions({ desk, out, json, voice }: DeskContext): void {
  const lines = desk.store.read((r) => listLines(r, { states: ['question'] }).map((line) => shownLine(r, line, voice)));
  if (json) return out.json(lines);
  if (lines.length === 0) return out.say(voice.t.money.payments.nothingAsked);
  for (const line of lines.toReversed()) tellQuestion({ out, voice }, line);
}

function tellQuestion({ out, voice }: Told, line: ShownLine): void {
  const { payments: words } = voice.t.money;
  out.heading(words.question(line.id, voice.sum(line.amountCents, line.currency), line.bookedOn, line.payerName));
  if (line.text !== '') out.data(`  "${line.text}" (${line.file}, ${line.place})`);
  if (line.why !== null) out.data(`  ${voice.why(line.why)}`);
  for (const { choice, what, evidence } of line.choices)
    out.data(`  ${choice}  ${what}${evidence.length === 0 ? '' : `: ${evidence.join('; ')}`}`);
  out.data(`  ${words.answerHint(line.id)}\n`);
}

function show({ desk, out, json, voice }: DeskContext, text: string): void {
  const id = parseId(text, 'payment');
  const line = desk.store.read((r) => {
    const found = lineById(r, id);
    return found && shownLine(r, found, voice);
  });
  if (line === undefined) throw new AppError('not-found', { code: 'no-payment', id });
  if (json) return out.json(line);
  if (line.state === 'question') return tellQuestion({ out, voice }, line);
  const { payments: words } = voice.t.money;
  out.data(words.line(line.id, voice.sum(line.amountCents, line.currency), line.bookedOn, line.account));
  out.data(words.standsIn(`${line.file}, ${line.place}`));
  if (line.payerName !== null) out.data(words.from(line.payerName));
  if (line.text !== '') out.data(words.text(line.text));
  out.data(words.state(voice.t.codes.line(line.state), line.decidedBy, line.why === null ? '' : voice.why(line.why)));
  for (const { number, amountCents, currency } of line.payments)
    out.data(words.paysLine(number, voice.sum(amountCents, currency)));
}

// ---- deciding --------------------------------------------------------------------------------------------------------------

function addDeciding(payments: Command, ways: Ways): void {
  payments
    .command('answer')
    .description('Answer what is asked of a line, with the number of a choice, or none.')
    .argument('<id>', 'of the line')
    .argument('<choice>', 'its number, or none')
    .action((id: string, choice: string, _options, command: Command) =>
      withDesk(ways, command, ({ desk, out, voice }) => {
        const word = choice === 'none' ? 'none' : parseId(choice, 'choice');
        told({ out, voice }, desk, answerLine(desk, parseId(id, 'payment'), word));
      }),
    );
  payments
    .command('link')
    .description('Say which invoice a line pays; of several, how much of each unless all is paid: NUMBER=SUM.')
    .argument('<id>', 'of the line')
    .argument('<number...>', 'of the invoice, or NUMBER=SUM')
    .option('--client <client>', 'when two clients have an invoice of that number')
    .option('--again', 'it came beside the payment of that sum that is on record')
    .action((id: string, numbers: string[], options: { client?: string; again?: boolean }, command: Command) =>
      withDesk(ways, command, ({ desk, out, voice }) => {
        const line = parseId(id, 'payment');
        const currency = desk.store.read((r) => lineById(r, line))?.currency ?? 'EUR';
        told(
          { out, voice },
          desk,
          linkLine(
            desk,
            line,
            numbers.map((text) => linkOf(text, currency, options.client ?? null)),
            options.again === true,
          ),
        );
      }),
    );
  payments
    .command('undo')
    .description('Take back what a line became: its payments are taken back, and you are asked again.')
    .argument('<id>', 'of the line')
    .action((id: string, _options, command: Command) =>
      withDesk(ways, command, ({ desk, out, voice }) => {
        undoLine(desk, parseId(id, 'payment'), desk.config.owner.accounts ?? []);
        out.say(voice.t.money.payments.undone(id));
      }),
    );
  payments
    .command('ignore')
    .description('A line pays no invoice: nothing is asked of it any more.')
    .argument('<id>', 'of the line')
    .requiredOption('--reason <text>', 'for the journal')
    .action((id: string, options: { reason: string }, command: Command) =>
      withDesk(ways, command, ({ desk, out, voice }) => {
        ignoreLine(desk, parseId(id, 'payment'), options.reason);
        out.say(voice.t.money.payments.ignored(id));
      }),
    );
}

function linkOf(text: string, currency: string, client: string | null): Link {
  const [, number = text, amount] = /^(.+)=([^=]+)$/.exec(text) ?? [];
  return { number, client, cents: amount === undefined ? null : parseMoney(amount, currency) };
}

function told({ out, voice }: Told, desk: DeskContext['desk'], line: BankLine): void {
  const { payments: words } = voice.t.money;
  const paid = desk.store.read((r) => paymentsOfLine(r, line.id));
  const what = paid.map(({ number, amountCents, currency }) => `${number} (${voice.sum(amountCents, currency)})`);
  out.say(
    what.length === 0 ? words.is(line.id, voice.t.codes.line(line.state)) : words.paysWhat(line.id, what.join(', ')),
  );
}
