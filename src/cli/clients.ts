/**
 * `paletti clients`: the register: add, show, edit, hold, log, learn, import, export, merge, forget. What changes it or reads files is
 * loaded by the commands that do: `show` and `list` start without.
 */
import type { Command } from 'commander';
import type { ClientImport } from '../desk/import-clients.ts';
import { parseUntil, parseWord } from '../desk/values.ts';
import { AppError } from '../errors.ts';
import type { Client } from '../rules/client.ts';
import { handHoldReasons, type Hold, holds } from '../rules/hold.ts';
import { type Invoice, openCents } from '../rules/invoice.ts';
import { findClient, listClients, type NewClient } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { listHolds } from '../store/holds.ts';
import { listInvoices } from '../store/invoices.ts';
import { logEntries } from '../store/log-entries.ts';
import { listLetters } from '../store/outbox.ts';
import { openWindows } from '../store/windows.ts';
import type { ByHand } from '../desk/clients.ts';
import { openSums } from '../desk/views/clients.ts';
import type { FieldOptions } from './client-fields.ts';
import {
  addClientFile,
  type ClientFile,
  clientFileOf,
  sayProjectsAndMarks,
  sayTerms,
  sayTimeline,
} from './client-file.ts';
import { collect, type DeskContext, optionsOf, outputOf, parseId, reading, readInput, withDesk } from './command.ts';
import { addForget } from './forget.ts';
import { addMerge } from './merge.ts';
import { addIntake } from './intake.ts';
import { addLearn } from './learn.ts';
import { counted, tellQuestions, type Told } from './import-questions.ts';
import { sayLessons } from './lessons.ts';
import { sayClientSigns } from './signs.ts';
import type { Voice } from './voice.ts';
import type { WorkOptions } from './work-state.ts';
import type { Ways } from './ways.ts';

export function addTo(program: Command, ways: Ways): void {
  const clients = program
    .command('clients')
    .summary('the register of clients')
    .description('The register of clients. A client is named by number, name, the beginning of the name, or address.');
  addReading(clients, ways);
  addRegister(clients, ways);
  addHolds(clients, ways);
  addFiles(clients, ways);
  addClientFile(clients, ways);
  addIntake(clients, ways);
  addLearn(clients, ways);
  addMerge(clients, ways);
  addForget(clients, ways);
}

function addReading(clients: Command, ways: Ways): void {
  reading(clients.command('list', { isDefault: true }))
    .description('All clients.')
    .action((_options, command: Command) => withDesk(ways, command, list));
  reading(clients.command('show'))
    .description('One client: what was agreed, what is owed, what waits.')
    .argument('<client>', 'number, name or address')
    .action((who: string, _options, command: Command) => withDesk(ways, command, (context) => show(context, who)));
}

function withFields(command: Command): Command {
  return command
    .option('--address <address>', 'a mail address; may be repeated, the first is the one written to', collect)
    .option(
      '--billing <address>',
      'where letters about money go, also as "Rag. Verdi <conti@firm.example>"; "" for none',
      collect,
    )
    .option('--domain <domain>', 'a mail domain of the client alone; may be repeated', collect)
    .option('--contact <name>', 'how letters address the person, as in "Dott.ssa Bianchi"')
    .option('--kind <kind>', 'business or consumer')
    .option('--language <language>', 'it or en')
    .option('--tone <tone>', 'formal (Lei) or informal (tu)')
    .option('--hours <week>', 'own contact hours: "mon 09:00-13:00 14:00-18:00; tue 09:00-13:00"; "" for yours')
    .option('--time-zone <zone>', 'as in Europe/Rome')
    .option(
      '--payment-days <terms>',
      'agreed, from invoice to due date: 30, "30 eom" (then the end of that month), "30 eom 10" (then the 10th)',
    )
    .option('--payment-day <day>', 'invoices are paid on this day of the month after: 1')
    .option('--phone <number>', 'to call')
    .option('--vat <number>', 'VAT number, by which files may name the client')
    .option('--tax-code <code>', 'tax code (codice fiscale), by which invoices may name the client')
    .option('--pec <address>', 'certified address')
    .option('--code <code>', 'of the client in your accounts, by which files may name it')
    .option('--project <text>', 'what you work on')
    .option('--notes <text>', 'for yourself')
    .option('--contract-signed <day>', 'YYYY-MM-DD; none when there is none')
    .option('--currency <code>', 'of the rate')
    .option('--rate <sum>', 'agreed rate')
    .option('--rate-unit <unit>', 'hour, day or project')
    .option('--notice-days <days>', 'agreed notice');
}

/** All that letters may go to by what was typed. */
function addressesIn({ addresses = [], billing = [] }: Partial<Pick<ByHand, 'addresses' | 'billing'>>): string[] {
  return [...addresses, ...billing.map((contact) => contact.address)];
}

const register = () => import('../desk/clients.ts');

function addRegister(clients: Command, ways: Ways): void {
  withFields(clients.command('add'))
    .description('Add a client.')
    .argument('<name>', 'the name of the person or company')
    .action((name: string, _options, command: Command) =>
      withDesk(ways, command, async ({ desk, out, voice }) => {
        const { clients: words } = voice.t;
        const { refuseOwnAddresses, registerClient } = await register();
        const { lessonsFor } = await import('../desk/look-back.ts');
        const { fieldsOf } = await import('./client-fields.ts');
        const values = fieldsOf({ ...optionsOf<FieldOptions>(command), name });
        refuseOwnAddresses(addressesIn(values), desk.config.owner.addresses);
        const client = registerClient(desk, values as NewClient, { language: desk.config.owner.language });
        out.say(words.added(client.name, client.id));
        if (client.terms.contractSignedOn === null && !client.terms.contractNone)
          out.say(words.tellContract(client.id));
        if (client.addresses.length > 0) out.say(words.tellWelcome(client.id));
        out.say(words.tellIntake(client.id));
        const held = desk.store.read((r) => lessonsFor(r, client));
        sayLessons({ out, voice }, client.name, held);
        if (client.addresses.length + client.domains.length === 0) out.warn(words.noAddress(client.id));
      }),
    );
  withFields(clients.command('edit'))
    .description('Change a client. An empty text takes a value away; --address and --domain replace the whole list.')
    .argument('<client>', 'number, name or address')
    .option('--name <name>', 'a new name')
    .option('--work <state>', 'active or paused: whether your work for the client goes on')
    .option('--letter', 'with --work active: tell the client too, by a letter that waits for your approval')
    .action(async (who: string, options: WorkOptions, command: Command) => {
      const { editWork } = await import('./work-state.ts');
      if (await editWork(ways, command, { who, options })) return;
      await withDesk(ways, command, async ({ desk, out, voice }) => {
        const { changeClient, refuseOwnAddresses } = await register();
        const { fieldsOf } = await import('./client-fields.ts');
        const values = fieldsOf(optionsOf<FieldOptions>(command));
        refuseOwnAddresses(addressesIn(values), desk.config.owner.addresses);
        const { client, changed } = changeClient(desk, who, values as Partial<NewClient>);
        out.say(voice.t.clients.changed(client.name, changed));
      });
    });
}

function addHolds(clients: Command, ways: Ways): void {
  clients
    .command('hold')
    .description('Let no automatic letter leave to the client, for a time or until released.')
    .argument('<client>', 'number, name or address')
    .option('--until <when>', 'a day (to its end), 3h, 5d, 2w, or a moment in ISO 8601')
    .option('--reason <reason>', `${handHoldReasons.join(', ')} (keeps what asks the client for something)`, 'manual')
    .option('--note <text>', 'for yourself', '')
    .action((who: string, options: { until?: string; reason: string; note: string }, command: Command) =>
      withDesk(ways, command, async ({ desk, out, now, zone, voice }) => {
        const { holdClient } = await register();
        const until = options.until === undefined ? null : parseUntil(options.until, { now, zone });
        const reason = parseWord(options.reason, 'reason', handHoldReasons);
        const { client } = holdClient(desk, who, { reason, until, note: options.note });
        out.say(voice.t.clients.held(client.name, client.id, until === null ? null : voice.moment(until)));
      }),
    );
  clients
    .command('release')
    .description('End every hold of the client, of its cases and invoices; or one hold by its number.')
    .argument('[client]', 'number, name or address')
    .option('--hold <id>', 'this hold only')
    .action((who: string | undefined, options: { hold?: string }, command: Command) =>
      withDesk(ways, command, async ({ desk, out, voice }) => {
        const { clients: words } = voice.t;
        const { releaseClient, releaseHold } = await register();
        if (options.hold !== undefined) {
          const { ended } = releaseHold(desk, parseId(options.hold, 'hold'));
          return out.say(words.holdEnded(options.hold, ended));
        }
        if (who === undefined) throw new AppError('usage', { code: 'client-or-hold' });
        const { client, ended } = releaseClient(desk, who);
        out.say(words.released(client.name, ended));
      }),
    );
}

function addFiles(clients: Command, ways: Ways): void {
  reading(clients.command('import'))
    .description(
      'Import clients from CSV: columns of `clients export`, or an export of HubSpot or Teamwork. Shows what it would do; does it with --yes. A file with a fault is refused whole.',
    )
    .argument('<file>', 'the CSV file; - for standard input')
    .option('--yes', 'do it')
    .option('--dry-run', 'only show what it would do, which is the default')
    .option('--answer <line=word>', 'answers what a row asks, as in 3=move; may be repeated', collect)
    .action(async (file: string, options: { yes?: boolean; dryRun?: boolean; answer?: string[] }, command: Command) => {
      const { bytes, name } = await readInput(ways, file);
      const isReal = options.yes === true && options.dryRun !== true;
      await withDesk(ways, command, async ({ desk, out, json, voice }) => {
        const { importClients, planClientImport } = await import('../desk/import-clients.ts');
        const { parseAnswers } = await import('../desk/import-questions.ts');
        const source = { file: name, own: desk.config.owner.addresses, answers: parseAnswers(options.answer) };
        const plan = isReal
          ? importClients(desk, bytes, source)
          : desk.store.read((r) => planClientImport(r, bytes, source));
        if (json)
          out.json({
            done: isReal,
            ...plan,
            changes: plan.changes.map(({ existing: _existing, values: _values, ...change }) => change),
          });
        else tellImport({ out, voice }, plan, isReal, file);
      });
    });
  clients
    .command('export')
    .description(
      'Write all clients as CSV. A cell that a spreadsheet would take for a formula gets an apostrophe, which import takes away again.',
    )
    .option('-o, --output <file>', 'a file instead of standard output')
    .option('--force', 'replace the file if it is there')
    .action((_options, command: Command) =>
      withDesk(ways, command, async ({ desk }) => {
        const { exportClients } = await import('../desk/import-clients.ts');
        const { deliver } = await import('./files.ts');
        const text = desk.store.read((r) => exportClients(r));
        await deliver(ways, outputOf(ways, command), text, optionsOf(command));
      }),
    );
}

function tellImport({ out, voice }: Told, plan: ClientImport, isDone: boolean, file: string): void {
  const { import: words } = voice.t.clients;
  const lines = plan.changes.filter((change) => change.what !== 'unchanged');
  out.table(
    [
      { title: words.columns.line, align: 'right' },
      { title: words.columns.client, flexible: true },
      { title: words.columns.what },
      { title: words.columns.detail, flexible: true },
    ],
    lines.map(({ line, name, what, changed, values }) => [
      String(line),
      name,
      words.what[what],
      what === 'add' ? (values.addresses ?? []).join(', ') : changed.join(', '),
    ]),
  );
  for (const { line, reason } of plan.skipped) out.warn(words.passedOver(line, reason));
  for (const { line, reason } of plan.notes) out.warn(words.line(line, reason));
  tellQuestions({ out, voice }, plan.questions, `paletti clients import ${file} --yes`);
  if (plan.ignored.length > 0) out.say(words.ignored(plan.ignored.join(', ')));
  out.say(words.done(isDone, counted(plan.changes)));
  if (!isDone && lines.length > 0) out.say(words.toDoIt);
}

function list({ desk, out, json, now, voice }: DeskContext): void {
  const { clients: words, codes } = voice.t;
  const rows = desk.store.read((r) => {
    const invoices = listInvoices(r, { state: 'open' });
    const active = listHolds(r).filter((hold) => holds(hold, now));
    return listClients(r).map((client) => ({
      ...client,
      open: openSums(invoices.filter(({ clientId }) => clientId === client.id)),
      onHold: isHeld(active, client, invoices),
    }));
  });
  if (json) return out.json(rows);
  if (rows.length === 0) return out.say(words.noneYet);
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: words.columns.client, flexible: true },
      { title: words.columns.address, flexible: true },
      { title: words.columns.writes },
      { title: words.columns.work },
      { title: words.columns.open, align: 'right' },
      { title: '' },
    ],
    rows.map((client) => [
      String(client.id),
      client.name,
      client.addresses[0] ?? (client.domains[0] === undefined ? '' : `@${client.domains[0]}`),
      words.writes(codes.language(client.language), codes.tone(client.tone)),
      codes.work(client.workState),
      client.open.map(({ cents, currency }) => voice.sum(cents, currency)).join(' + '),
      client.onHold ? words.onHold : '',
    ]),
  );
}

function isHeld(active: readonly Hold[], client: Client, invoices: readonly Invoice[]): boolean {
  const own = new Set(invoices.filter((invoice) => invoice.clientId === client.id).map((invoice) => invoice.id));
  return active.some(
    (hold) =>
      (hold.scope === 'client' && hold.scopeId === client.id) || (hold.scope === 'invoice' && own.has(hold.scopeId)),
  );
}

function fileOf(r: Reader, context: DeskContext, who: string) {
  const client = findClient(r, who);
  return {
    client,
    holds: listHolds(r, client.id).filter((hold) => hold.endedAt === null),
    invoices: listInvoices(r, { clientId: client.id }),
    windows: openWindows(r, { clientId: client.id }),
    letters: listLetters(r, { clientId: client.id, limit: 10 }),
    log: logEntries(r, client.id),
    ...clientFileOf(r, client, context),
  };
}

async function show(context: DeskContext, who: string): Promise<void> {
  const { desk, out, json, voice } = context;
  const { clients: words, codes } = voice.t;
  const { lessonsFor } = await import('../desk/look-back.ts');
  const file = desk.store.read((r) => {
    const found = fileOf(r, context, who);
    return { ...found, lessons: lessonsFor(r, found.client) };
  });
  if (json)
    return out.json({ ...file, letters: file.letters.map(({ facts: _facts, text: _text, ...letter }) => letter) });
  for (const [name, text] of clientLines(file.client, await ownHours(file.client), voice))
    if (text !== '') out.data(`${name}: ${text}`);
  out.heading(`\n${words.heading.agreed}`);
  sayTerms(context, file.client);
  sayLessons(
    context,
    file.client.name,
    file.lessons.filter(({ state }) => state !== 'kept'),
  );
  sayProjectsAndMarks(context, file);
  const sections: [string, string[]][] = [
    [
      words.heading.holds,
      file.holds.map(({ id, scope, reason, until, note }) =>
        words.hold(
          id,
          codes.holdScope(scope),
          codes.hold(reason),
          until === null ? null : voice.moment(until),
          voice.why(note),
        ),
      ),
    ],
    [
      words.heading.invoices,
      file.invoices.map((invoice) =>
        words.invoice(
          invoice.number,
          codes.invoice(invoice.state),
          voice.sum(invoice.totalCents, invoice.currency),
          voice.sum(openCents(invoice), invoice.currency),
        ),
      ),
    ],
    [words.heading.windows, file.windows.map((window) => words.window(window.openedBy, voice.moment(window.dueAt)))],
    [
      words.heading.letters,
      file.letters.map(
        ({ id, state, kind, sentAt, notBefore }) =>
          `${id}  ${codes.letterState(state)}  ${codes.letter(kind)}  ${voice.moment(sentAt ?? notBefore)}`,
      ),
    ],
  ];
  for (const [title, lines] of sections) {
    if (lines.length === 0) continue;
    out.heading(`\n${title}`);
    for (const line of lines) out.data(`  ${line}`);
  }
  showFile(context, file);
}

function showFile(context: DeskContext, file: ClientFile): void {
  const { out, voice } = context;
  const { heading } = voice.t.clients;
  if (file.timeline.length > 0) {
    out.heading(`\n${heading.last(file.summary.id)}`);
    sayTimeline(context, file.timeline);
  }
  out.heading(`\n${heading.signs}`);
  sayClientSigns(context, file.summary);
}

async function ownHours({ hours }: Client): Promise<string> {
  if (hours === null) return '';
  const { writeWeek } = await import('../desk/client-columns.ts');
  return writeWeek(hours);
}

function clientLines(client: Client, hours: string, { t }: Voice): [string, string][] {
  const { labels } = t.clients;
  const { language, tone, kind, work } = t.codes;
  return [
    [labels.client, `${client.id}, ${client.name}${client.contactName === null ? '' : ` (${client.contactName})`}`],
    [labels.writes, `${language(client.language)}, ${tone(client.tone)}, ${kind(client.kind)}`],
    [labels.addresses, client.addresses.join(', ')],
    ...client.contacts
      .filter((contact) => contact.role === 'billing')
      .map(({ address, person }): [string, string] => [
        labels.billing,
        person === null ? address : `${address} (${person})`,
      ]),
    [labels.phone, client.phone ?? ''],
    [labels.vat, client.references.vat.join(', ')],
    [labels.tax, client.references.tax.join(', ')],
    [labels.pec, client.references.pec.join(', ')],
    [labels.code, client.references.code.join(', ')],
    [labels.domains, client.domains.join(', ')],
    [labels.work, work(client.workState)],
    [labels.project, client.project ?? ''],
    [labels.hours, hours],
    [labels.timeZone, client.timeZone ?? ''],
    [labels.notes, client.notes.replace(/\s+/g, ' ')],
  ];
}
