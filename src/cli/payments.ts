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
import { answerLine, ignoreLine, type Link, linkLine, undoLine } from '../desk/payments.ts';
import { tried } from '../desk/parts.ts';
import { parseCurrency, parseMoney, parseWord } from '../desk/values.ts';
import { AppError } from '../errors.ts';
import { dayOrders } from '../rules/day-order.ts';
import { type BankLine, type LineChoice, type LineState, lineStates, readToWords } from '../rules/bank-line.ts';
import { evidenceInWords } from '../rules/evidence-words.ts';
import { openCents } from '../rules/invoice.ts';
import { dayOf } from '../rules/time.ts';
import { lineById, listLines } from '../store/bank-lines.ts';
import { accounts } from '../store/book-files.ts';
import { clientName } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { invoiceById } from '../store/invoices.ts';
import { type LinePayment, paymentsOfLine } from '../store/line-payments.ts';
import { collect, type DeskContext, optionsOf, parseId, parseLimit, reading, readInput, withDesk } from './command.ts';
import type { Output } from './output.ts';
import { agreed } from './questions.ts';
import { mayAsk, type Ways } from './ways.ts';
import { several, sum } from './words.ts';
import { say } from '../words/voice.ts';

export function addTo(program: Command, ways: Ways): void {
  const payments = program
    .command('payments')
    .summary('files of your bank, what their lines pay, and what is asked of you')
    .description('What came in on your accounts, read from files of the bank. A line is named by its number.');
  addImport(payments, ways);
  addReading(payments, ways);
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
}

function addImport(payments: Command, ways: Ways): void {
  reading(payments.command('import'))
    .description(
      'Read files of a bank: CAMT, MT940, OFX, QIF, CSV, or a ZIP of them. Shows what it would do and, on a terminal, asks; does it at once with --yes. What is certain becomes a payment; the rest is a question, and letters to whom it may concern wait for your answer. The same line is never taken twice.',
    )
    .argument('<file...>', 'the files; - for standard input')
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
    .action((files: string[], options: ImportOptions, command: Command) => importFiles(ways, command, files, options));
}

async function importFiles(ways: Ways, command: Command, files: string[], options: ImportOptions): Promise<void> {
  const inputs = await Promise.all(files.map((file) => readInput(ways, file)));
  await withDesk(ways, command, async (context) => {
    const { desk, out, json, now, zone } = context;
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
        return { ...done, shown: done.changed.map((line) => shownLine(w, line)) };
      });
    const isReal = options.yes === true && options.dryRun !== true;
    const first = attempt(isReal);
    if (json) out.json(forPrograms(first, isReal));
    else tell(out, first, isReal);
    if (!isReal && !json && options.dryRun !== true && isAnything(first)) {
      if (!mayAsk(ways, optionsOf(command))) out.say('To do it, repeat the command with --yes.');
      else if (await agreed(ways, 'Payments')) tell(out, attempt(true), true);
      else out.say('Nothing was done.');
    }
    refuse(first.files);
  });
}

type Done = PaymentImport & { shown: ShownLine[] };

function news({ files }: PaymentImport): number {
  return files.reduce((all, file) => all + file.news, 0);
}

function isAnything(done: PaymentImport): boolean {
  return done.changed.length + news(done) > 0;
}

/** Files that were not taken make the command fail, after all others were told. */
function refuse(files: readonly ReadFile[]): void {
  const refused = files.filter((file) => file.refused !== null);
  const [first] = refused;
  if (first?.refused == null) return;
  const { message, place, next } = first.refused;
  const others = refused.length > 1 ? ` (and ${several(refused.length - 1, 'other file')})` : '';
  throw new AppError('bad-input', `${message.replace(/\.$/, '')}${others}`, {
    where: place === '' ? first.file : `${first.file}, ${place}`,
    next,
  });
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

function tell(out: Output, done: Done, isDone: boolean): void {
  for (const file of done.files) tellFile(out, file);
  const changed = done.shown.filter((line) => line.state !== 'not-a-payment' && line.state !== 'unrelated');
  if (changed.length > 0) tellLines(out, changed);
  const counted = (state: LineState) => done.changed.filter((line) => line.state === state).length;
  const parts = [
    several(news(done), 'new line'),
    `${counted('matched')} matched`,
    `${several(counted('question'), 'question')}`,
    ...(counted('takes-back') > 0 ? [`${counted('takes-back')} taken back by the bank`] : []),
    `${counted('unrelated') + counted('not-a-payment')} without an invoice`,
  ];
  out.say(`${isDone ? 'Done' : 'Would be done'}: ${parts.join(', ')}.`);
  for (const { number, readTo } of done.accounts) out.say(`Account ${number}: ${readToWords(readTo)}.`);
  if (isDone && counted('question') > 0)
    out.say('Letters to whom they may concern wait. See: paletti payments questions');
}

function tellFile(
  out: Output,
  { file, format, refused, knownAs, lines, news: fresh, leftOut, warnings, map }: ReadFile,
): void {
  if (refused !== null) return out.warn(`${file}: ${refused.message} ${refused.next}`);
  const known = knownAs === null ? `${several(lines, 'line')}, ${fresh} new` : `read before, as ${knownAs}`;
  const pending = leftOut.pending === 0 ? '' : `, ${leftOut.pending} not booked yet`;
  out.say(`${file} (${format}): ${known}${pending}`);
  if (map !== null) out.say(`  read with ${map}`);
  if (leftOut.unreadable > 0)
    out.warn(`${file}: ${several(leftOut.unreadable, 'row')} without a day or a sum left out`);
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

function shownLine(r: Reader, line: BankLine): ShownLine {
  return {
    ...line,
    payments: paymentsOfLine(r, line.id),
    choices: line.choices.map((one, at) => shownChoice(r, line, one, at)),
  };
}

function shownChoice(r: Reader, line: BankLine, choice: LineChoice, at: number): ShownChoice {
  const name = (id: number) => clientName(r, id) ?? `client ${id}`;
  const evidence = choice.evidence.map((one) => evidenceInWords(one, line.currency, name));
  return { choice: at + 1, what: choiceWords(r, line, choice), evidence };
}

function choiceWords(r: Reader, line: BankLine, choice: LineChoice): string {
  const of = choice.clientId > 0 ? ` of ${clientName(r, choice.clientId) ?? ''}` : '';
  if (choice.kind === 'recorded') return `it is on record already${of}`;
  if (choice.kind === 'takes-back') return `takes back payment ${choice.lineId ?? ''}${of}`;
  const parts = choice.allocations.map(({ invoiceId, cents }) => {
    const invoice = invoiceById(r, invoiceId);
    if (invoice === undefined) return '';
    const amount = cents > 0 ? sum(cents, line.currency) : `counts as ${sum(openCents(invoice), invoice.currency)}`;
    return `${invoice.number} (${amount})`;
  });
  return `pays ${parts.join(', ')}${of}`;
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

function list({ desk, out, json }: DeskContext, options: { state: string; limit: string }): void {
  const state = parseWord(options.state, 'state', [...lineStates, 'all'] as const);
  const limit = parseLimit(options.limit);
  const { lines, known } = desk.store.read((r) => ({
    lines: listLines(r, { ...(state !== 'all' && { states: [state] }), limit }).map((line) => shownLine(r, line)),
    known: accounts(r),
  }));
  if (json) return out.json(lines);
  if (lines.length === 0) out.say('No such lines. Read a file of your bank: paletti payments import FILE');
  else tellLines(out, lines);
  for (const { number, readTo } of known) out.say(`Account ${number}: ${readToWords(readTo)}.`);
}

function tellLines(out: Output, lines: readonly ShownLine[]): void {
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: 'DAY' },
      { title: 'SUM', align: 'right' },
      { title: 'FROM', flexible: true },
      { title: 'STATE' },
      { title: 'WHAT', flexible: true, below: true },
    ],
    lines.map((line) => [
      String(line.id),
      line.bookedOn,
      sum(line.amountCents, line.currency),
      line.payerName ?? line.payerIban ?? '',
      line.state,
      whatWords(line),
    ]),
  );
}

function whatWords(line: ShownLine): string {
  const paid = line.payments.map(({ number }) => number).join(', ');
  return [paid, line.why === null ? '' : say(line.why, 'en')].filter((text) => text !== '').join(': ');
}

function questions({ desk, out, json }: DeskContext): void {
  const lines = desk.store.read((r) => listLines(r, { states: ['question'] }).map((line) => shownLine(r, line)));
  if (json) return out.json(lines);
  if (lines.length === 0) return out.say('Nothing is asked of you.');
  for (const line of lines.toReversed()) tellQuestion(out, line);
}

function tellQuestion(out: Output, line: ShownLine): void {
  const from = line.payerName === null ? '' : ` from ${line.payerName}`;
  out.heading(`Payment ${line.id}: ${sum(line.amountCents, line.currency)} of ${line.bookedOn}${from}`);
  if (line.text !== '') out.data(`  "${line.text}" (${line.file}, ${line.place})`);
  if (line.why !== null) out.data(`  ${say(line.why, 'en')}`);
  for (const { choice, what, evidence } of line.choices)
    out.data(`  ${choice}  ${what}${evidence.length === 0 ? '' : `: ${evidence.join('; ')}`}`);
  out.data(
    `  (use "paletti payments answer ${line.id} CHOICE", or none; "paletti payments link ${line.id} NUMBER" for another invoice)\n`,
  );
}

function show({ desk, out, json }: DeskContext, text: string): void {
  const id = parseId(text, 'payment');
  const line = desk.store.read((r) => {
    const found = lineById(r, id);
    return found && shownLine(r, found);
  });
  if (line === undefined)
    throw new AppError('not-found', `there is no payment ${id}`, { next: 'See: paletti payments' });
  if (json) return out.json(line);
  if (line.state === 'question') return tellQuestion(out, line);
  out.data(`Payment ${line.id}: ${sum(line.amountCents, line.currency)} of ${line.bookedOn} on ${line.account}`);
  out.data(`Stands in: ${line.file}, ${line.place}`);
  if (line.payerName !== null) out.data(`From: ${line.payerName}`);
  if (line.text !== '') out.data(`Text: ${line.text}`);
  out.data(
    `State: ${line.state}, by ${line.decidedBy === 'owner' ? 'you' : 'the rules'}${line.why === null ? '' : `: ${say(line.why, 'en')}`}`,
  );
  for (const payment of line.payments)
    out.data(`Pays: ${payment.number}, ${sum(payment.amountCents, payment.currency)}`);
}

// ---- deciding --------------------------------------------------------------------------------------------------------------

function addDeciding(payments: Command, ways: Ways): void {
  payments
    .command('answer')
    .description('Answer what is asked of a line, with the number of a choice, or none.')
    .argument('<id>', 'of the line')
    .argument('<choice>', 'its number, or none')
    .action((id: string, choice: string, _options, command: Command) =>
      withDesk(ways, command, ({ desk, out }) => {
        const word = choice === 'none' ? 'none' : parseId(choice, 'choice');
        told(out, desk, answerLine(desk, parseId(id, 'payment'), word));
      }),
    );
  payments
    .command('link')
    .description('Say which invoice a line pays; of several, how much of each unless all is paid: NUMBER=SUM.')
    .argument('<id>', 'of the line')
    .argument('<number...>', 'of the invoice, or NUMBER=SUM')
    .option('--client <client>', 'when two clients have an invoice of that number')
    .action((id: string, numbers: string[], options: { client?: string }, command: Command) =>
      withDesk(ways, command, ({ desk, out }) => {
        const line = parseId(id, 'payment');
        const currency = desk.store.read((r) => lineById(r, line))?.currency ?? 'EUR';
        told(
          out,
          desk,
          linkLine(
            desk,
            line,
            numbers.map((text) => linkOf(text, currency, options.client ?? null)),
          ),
        );
      }),
    );
  payments
    .command('undo')
    .description('Take back what a line became: its payments are taken back, and you are asked again.')
    .argument('<id>', 'of the line')
    .action((id: string, _options, command: Command) =>
      withDesk(ways, command, ({ desk, out }) => {
        undoLine(desk, parseId(id, 'payment'), desk.config.owner.accounts ?? []);
        out.say(`Undone. See: paletti payments show ${id}`);
      }),
    );
  payments
    .command('ignore')
    .description('A line pays no invoice: nothing is asked of it any more.')
    .argument('<id>', 'of the line')
    .requiredOption('--reason <text>', 'for the journal')
    .action((id: string, options: { reason: string }, command: Command) =>
      withDesk(ways, command, ({ desk, out }) => {
        ignoreLine(desk, parseId(id, 'payment'), options.reason);
        out.say(`Payment ${id} pays no invoice.`);
      }),
    );
}

function linkOf(text: string, currency: string, client: string | null): Link {
  const [, number = text, amount] = /^(.+)=([^=]+)$/.exec(text) ?? [];
  return { number, client, cents: amount === undefined ? null : parseMoney(amount, currency) };
}

function told(out: Output, desk: DeskContext['desk'], line: BankLine): void {
  const paid = desk.store.read((r) => paymentsOfLine(r, line.id));
  const what = paid.map(({ number, amountCents, currency }) => `${number} (${sum(amountCents, currency)})`).join(', ');
  out.say(what === '' ? `Payment ${line.id} is ${line.state}.` : `Payment ${line.id} pays ${what}.`);
}
