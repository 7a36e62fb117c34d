/** `paletti doctor`: numbered checks, each with its mending. Looks at everything and changes nothing. */
import { statfs, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Desk } from '../app.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import type { Client } from '../rules/client.ts';
import { isOpen, nextClosing, nextOpening } from '../rules/contact-hours.ts';
import { groupedIban, needsBic } from '../rules/iban.ts';
import { halfYearOf } from '../rules/interest.ts';
import type { Invoice } from '../rules/invoice.ts';
import { lateLaw, lawCodeOf } from '../rules/late-law.ts';
import { jobNames } from '../rules/job-times.ts';
import { dayMs, dayOf, daysBetween, hourMs, type Instant, type LocalDay, weekdays } from '../rules/time.ts';
import { listClients } from '../store/clients.ts';
import { listInvoices } from '../store/invoices.ts';
import { entries, verifyJournal } from '../store/journal.ts';
import { isDataDirLocked } from '../store/lock.ts';
import { lastRun } from '../store/runs.ts';
import { optionsOf, outputOf, reading } from './command.ts';
import type { Output } from './output.ts';
import { isAmiss, lookAtService } from './service.ts';
import type { Terminal } from './terminal.ts';
import type { Ways } from './ways.ts';
import type { Config } from './ways.ts';
import type { DoctorWords } from '../words/parts/terminal.ts';
import type { Language } from '../rules/language.ts';
import { sayFault, tell as tellOf, wordsOf } from '../words/voice.ts';
import { endingsOf } from '../auth/endings.ts';
import { stageOf } from '../rules/endings.ts';
import { languageOf, ownerSpeaks } from './language.ts';
import { type Voice, voiceIn } from './voice.ts';

interface Check {
  name: string;
  state: 'ok' | 'warning' | 'failed';
  found: string;
  next: string | null;
  code: ErrorCode | null;
}

const minutesOfDay = 1440;
const leastFreeBytes = 200_000_000;

export function addTo(program: Command, ways: Ways): void {
  reading(program.command('doctor'))
    .summary('check everything, and say how to mend what is wrong')
    .description(
      'Checks the program, the configuration, the database and every server, and says how to mend what is wrong. Sends nothing.',
    )
    .option('--offline', 'leave the servers out')
    .option('--strict', 'take warnings for failures')
    .action((_options, command: Command) => doctor(ways, command));
}

async function doctor(ways: Ways, command: Command): Promise<void> {
  const options = optionsOf<{ offline?: boolean; strict?: boolean }>(command);
  const out = outputOf(ways, command);
  const checks = await looked(ways, options, (check, number) => {
    if (options.json !== true) tell(out, check, number, wordsFor(ways));
  });
  if (options.json === true) out.json(checks);
  const bad = checks.filter(
    (check) => check.state === 'failed' || (options.strict === true && check.state === 'warning'),
  );
  const [first] = bad;
  if (first === undefined) return out.say(`\n${endWords(checks, wordsFor(ways))}`);
  throw new AppError(first.code ?? 'internal', { code: 'checks-failed', amount: bad.length, next: first.next });
}

/** The same look for whoever has just set up: it tells what is wrong, and refuses nothing. */
export async function lookOver(ways: Ways, out: Output, options: LookOptions): Promise<void> {
  const checks = await looked(ways, options, (check, number) => tell(out, check, number, wordsFor(ways)));
  if (checks.every(({ state }) => state !== 'failed')) out.say(`\n${endWords(checks, wordsFor(ways))}`);
}

interface LookOptions {
  config?: string;
  offline?: boolean;
}

async function looked(
  ways: Ways,
  options: LookOptions,
  each: (check: Check, number: number) => void,
): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for await (const check of examine(ways, options)) each(check, checks.push(check));
  return checks;
}

/** What the configuration says of the language counts from the check on that reads it. */
function wordsFor(ways: Ways): DoctorWords {
  return wordsOf(languageOf(ways)).terminal.doctor;
}

/** All is well only when nothing was warned of. */
function endWords(checks: readonly Check[], words: DoctorWords): string {
  const warnings = checks.filter(({ state }) => state === 'warning').length;
  return warnings === 0 ? words.well : words.warnings(warnings);
}

function tell(out: Output, check: Check, number: number, words: DoctorWords): void {
  const colour = { ok: 'green', warning: 'yellow', failed: 'red' } as const;
  out.raw(`${String(number).padStart(2)}. ${out.style(colour[check.state], words.states[check.state].padEnd(7))} `);
  out.data(`${check.name}: ${check.found}`);
  if (check.next !== null && check.state !== 'ok') out.data(`            ${words.fix(check.next)}`);
}

/** Stops where the next check would have nothing to stand on. */
async function* examine(ways: Ways, options: LookOptions): AsyncGenerator<Check> {
  yield node(languageOf(ways));
  const config = await attempt(wordsFor(ways).names.configuration, languageOf(ways), () =>
    ways.readConfig(options.config),
  );
  yield { ...config.check, found: config.value?.path ?? config.check.found };
  if (config.value === undefined) return;
  ownerSpeaks(ways, config.value.owner.language);
  const words = wordsFor(ways);
  const voice = voiceIn(languageOf(ways), { now: ways.clock.now(), zone: config.value.owner.timeZone });
  yield* folder(config.value, words);
  yield hours(config.value, ways, voice);
  yield* sense(config.value, words);
  yield* watched(config.value, words);
  yield* endings(config.value, ways);
  yield* service(config.value, ways);
  const desk = await attempt(words.names.database, languageOf(ways), () =>
    ways.openWritingDesk(config.value as Config),
  );
  yield {
    ...desk.check,
    found: desk.value === undefined ? desk.check.found : words.open(desk.value.letters.list().length),
  };
  if (desk.value !== undefined) yield* inside(desk.value, ways, voice);
  if (options.offline === true) return;
  for await (const { name, found, fault, advice } of ways.checkServers(config.value)) {
    if (fault !== null) yield failed(name, fault, languageOf(ways));
    else yield advice === undefined ? ok(name, found) : warning(name, found, advice);
  }
}

/** Folders in which files of invoices and payments are waited for. */
/** Of the laws that clients who are businesses are under: without a rate there is no sheet of interest. */
function* rates({ config, store }: Desk, today: LocalDay, { names, rates: words }: DoctorWords): Generator<Check> {
  const clients = store.read((r) => listClients(r)).filter(({ kind }) => kind === 'business');
  const codes = new Set(clients.map((client) => lawCodeOf(client)).filter((code) => typeof code === 'string'));
  const half = halfYearOf(today);
  const laws = [...codes].map((code) =>
    lateLaw(code, { kind: 'business', contractOn: null, more: config.interest.rates }),
  );
  const missing = laws.find((law) => 'terms' in law && !law.terms.rates.some(({ from }) => from === half));
  if (missing !== undefined && 'series' in missing)
    yield warning(names.rates, words.missing(missing.series, half), words.add);
  else if (laws.length > 0) yield ok(names.rates, words.known(half));
}

/** The unit against what really runs; where there is none, or the system has none, there is nothing to compare. */
async function* service(config: Config, ways: Ways): AsyncGenerator<Check> {
  const { names, service: words } = wordsFor(ways);
  const look = await lookAtService(ways, config).catch((fault: unknown) => {
    if (fault instanceof AppError && fault.code === 'usage') return null;
    throw fault;
  });
  if (look === null) return;
  if (look.file === 'absent') return yield ok(names.service, words.absent);
  if (!isAmiss(look)) return yield ok(names.service, look.running === true ? words.runs : words.fits);
  const found = look.file === 'stale' ? words.stale : look.enabled === false ? words.notEnabled : words.notRunning;
  yield warning(names.service, found, words.repair);
}

/** Only what ends within two weeks, or has ended. */
function* endings({ mailboxes, dataDir, owner }: Config, ways: Ways): Generator<Check> {
  const today = dayOf(ways.clock.now(), owner.timeZone);
  for (const ending of endingsOf(mailboxes, dataDir, owner.timeZone)) {
    if (stageOf(ending, today) === null) continue;
    const told = { code: 'ends', ...ending, days: daysBetween(today, ending.on) } as const;
    const { text, next } = tellOf(told, languageOf(ways));
    yield warning(wordsFor(ways).names.ending(ending.mailbox), text, next);
  }
}

async function* watched({ watch, owner }: Config, { names, watched: words }: DoctorWords): AsyncGenerator<Check> {
  for (const { path } of watch.folders) {
    const isThere = await stat(path).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    yield isThere ? ok(names.watched, path) : warning(names.watched, words.missing(path), words.make);
  }
  if (watch.folders.length > 0 && (owner.vat ?? '') === '' && (owner.taxCode ?? '') === '')
    yield warning(names.watched, words.unknown, words.number);
}

function ok(name: string, found: string): Check {
  return { name, state: 'ok', found, next: null, code: null };
}

function warning(name: string, found: string, next: string): Check {
  return { name, state: 'warning', found, next, code: 'internal' };
}

function failed(name: string, fault: unknown, language: Language): Check {
  const isNamed = fault instanceof AppError;
  const { what: message, next } =
    fault instanceof Error ? sayFault(fault, language) : { what: String(fault), next: undefined };
  const where = isNamed && fault.where !== undefined ? ` (${fault.where})` : '';
  return {
    name,
    state: 'failed',
    found: `${message}${where}`,
    next: next ?? null,
    code: isNamed ? fault.code : 'internal',
  };
}

async function attempt<T>(
  name: string,
  language: Language,
  act: () => Promise<T>,
): Promise<{ check: Check; value: T | undefined }> {
  try {
    return { value: await act(), check: ok(name, '') };
  } catch (fault) {
    return { value: undefined, check: failed(name, fault, language) };
  }
}

function node(language: Language): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNewEnough = major > 20 || (major === 20 && minor >= 19);
  if (isNewEnough) return ok('Node.js', process.versions.node);
  return failed(
    'Node.js',
    new AppError('internal', { code: 'node-too-old', version: process.versions.node }),
    language,
  );
}

async function* folder({ dataDir }: Config, words: DoctorWords): AsyncGenerator<Check> {
  const { names } = words;
  const found = await stat(dataDir).catch(() => undefined);
  if (found === undefined) return yield ok(names.folder, words.folder.madeLater(dataDir));
  const mode = found.mode & 0o777;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    yield warning(names.folder, words.folder.readByOthers(dataDir), words.folder.close(dataDir));
  else yield ok(names.folder, dataDir);
  const disk = await statfs(dataDir);
  const free = disk.bavail * disk.bsize;
  const said = words.disk.free(Math.round(free / 1_000_000));
  yield free < leastFreeBytes ? warning(names.disk, said, words.disk.fix) : ok(names.disk, said);
}

/** What is allowed, and is seldom meant. */
function* sense({ hours: agreed, owner, mailboxes }: Config, words: DoctorWords): Generator<Check> {
  const nights = weekdays.filter((day) => agreed.week[day].some(({ end }) => end > minutesOfDay));
  if (nights.length > 0) yield warning(words.names.hours, words.nights.found(nights.join(', ')), words.nights.fix);
  yield account(owner, words);
  for (const { name, imap } of mailboxes) {
    const isAddress = imap.user.includes('@');
    if (isAddress && !owner.addresses.includes(imap.user.toLowerCase()))
      yield warning(words.names.addresses(name), words.notYours.found(imap.user), words.notYours.fix);
  }
}

/** Where letters send the client's money, and in whose name: banks compare the two before they let it go. */
function account({ iban, accountHolder, bic, name, business }: Config['owner'], words: DoctorWords): Check {
  const where = words.names.account;
  const { account: said } = words;
  if (iban === '') return warning(where, said.noIban, said.noIbanFix);
  if (bic === '' && needsBic(iban, 'EUR')) return warning(where, said.noBic(groupedIban(iban)), said.noBicFix);
  const found = said.found(groupedIban(iban), accountHolder === '' ? name : accountHolder);
  if (accountHolder !== '' || business === '') return ok(where, found);
  return warning(where, said.unsaid(found, business), said.unsaidFix);
}

function hours({ hours: agreed, owner }: Config, ways: Terminal, { t, moment, language }: Voice): Check {
  const now = ways.clock.now();
  const { names, hours: words } = t.doctor;
  try {
    const opens = nextOpening(agreed, now);
    const closes = isOpen(agreed, now) ? nextClosing(agreed, now) : null;
    const zone = owner.timeZone;
    return ok(names.hours, closes === null ? words.next(moment(opens), zone) : words.now(moment(closes), zone));
  } catch (fault) {
    return failed(names.hours, new AppError('config', { code: 'never-open', why: (fault as Error).message }), language);
  }
}

async function* inside(desk: Desk, ways: Ways, voice: Voice): AsyncGenerator<Check> {
  const now = ways.clock.now();
  const { doctor: words } = voice.t;
  const { names } = words;
  try {
    yield* rates(desk, dayOf(ways.clock.now(), desk.config.owner.timeZone), wordsFor(ways));
    const whole = desk.store.check();
    yield whole.ok
      ? ok(names.file, desk.store.path)
      : failed(names.file, new AppError('store', { code: 'database-problem', problem: whole.problem }), voice.language);
    const chain = desk.store.read((r) => verifyJournal(r));
    yield chain.ok
      ? ok(names.journal, words.journal(chain.count))
      : failed(
          names.journal,
          new AppError('store', { code: 'journal-entry', id: chain.id, problem: chain.problem }),
          voice.language,
        );
    const newest = desk.store.read((r) => entries(r, { limit: 1 })).at(-1);
    yield newest !== undefined && newest.at > now + hourMs
      ? warning(names.clock, words.clock.ahead(voice.distance(newest.at)), words.clock.fix)
      : ok(names.clock, voice.moment(now));
    yield daemon(desk, now, voice);
    yield* register(desk, words);
  } catch (fault) {
    yield failed(names.file, fault, voice.language);
  } finally {
    desk.close();
  }
}

/** What in the register and the books points to a slip of the hand. */
function* register(desk: Desk, words: DoctorWords): Generator<Check> {
  const [clients, invoices] = desk.store.read((r) => [listClients(r), listInvoices(r)] as const);
  const nameOf = new Map(clients.map(({ id, name }) => [id, name]));
  const byName = new Map<string, Invoice[]>();
  for (const invoice of invoices.filter(({ state }) => state !== 'void')) {
    const name = `${invoice.issuedOn.slice(0, 4)} ${invoice.number}`;
    byName.set(name, [...(byName.get(name) ?? []), invoice]);
  }
  for (const [first, ...others] of byName.values()) {
    if (first === undefined || others.length === 0) continue;
    const owners = [first, ...others].map(({ clientId }) => nameOf.get(clientId) ?? '');
    const found = words.twice.found(first.number, first.issuedOn.slice(0, 4), owners);
    yield warning(words.names.invoices, found, words.twice.fix);
  }
  for (const { client, domain, others } of sharedDomains(clients)) {
    const found = words.domain.found(domain, client.name, others.map(({ name }) => name).join(', '));
    yield warning(words.names.domains, found, words.domain.fix(client.id));
  }
}

/** Domains of one client from which others write as well. */
function sharedDomains(clients: readonly Client[]): { client: Client; domain: string; others: Client[] }[] {
  return clients.flatMap((client) =>
    client.domains.flatMap((domain) => {
      const others = clients.filter(
        ({ id, addresses }) => id !== client.id && addresses.some((one) => one.endsWith(`@${domain}`)),
      );
      return others.length === 0 ? [] : [{ client, domain, others }];
    }),
  );
}

function daemon(desk: Desk, now: Instant, { t, distance }: Voice): Check {
  const { names, daemon: words } = t.doctor;
  const runs = desk.store.read((r) => jobNames.flatMap((job) => lastRun(r, job) ?? []));
  const broken = runs.find((run) => run.outcome === 'failed');
  if (broken !== undefined)
    return warning(names.daemon, words.failed(distance(broken.startedAt), broken.detail), words.failedFix);
  if (isDataDirLocked(desk.config.dataDir)) return ok(names.daemon, words.running);
  const last = runs.toSorted((a, b) => b.startedAt - a.startedAt)[0];
  if (last === undefined) return ok(names.daemon, words.never);
  const found = words.last(distance(last.startedAt));
  return now - last.startedAt > dayMs ? warning(names.daemon, found, words.start) : ok(names.daemon, found);
}
