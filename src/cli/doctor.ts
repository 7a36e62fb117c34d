/** `paletti doctor`: numbered checks, each with its mending. Looks at everything and changes nothing. */
import { statfs, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Desk } from '../app.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { isOpen, nextClosing, nextOpening } from '../rules/contact-hours.ts';
import { groupedIban, needsBic } from '../rules/iban.ts';
import type { Invoice } from '../rules/invoice.ts';
import { jobNames } from '../rules/job-times.ts';
import { dayMs, hourMs, type Instant, weekdays } from '../rules/time.ts';
import { listClients } from '../store/clients.ts';
import { listInvoices } from '../store/invoices.ts';
import { entries, verifyJournal } from '../store/journal.ts';
import { isDataDirLocked } from '../store/lock.ts';
import { lastRun } from '../store/runs.ts';
import { optionsOf, outputOf, reading } from './command.ts';
import type { Output } from './output.ts';
import type { Config, Ways } from './ways.ts';
import { distance, moment, several } from './words.ts';

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
  const checks: Check[] = [];
  for await (const check of examine(ways, options)) {
    checks.push(check);
    if (options.json !== true) tell(out, check, checks.length);
  }
  if (options.json === true) out.json(checks);
  const bad = checks.filter(
    (check) => check.state === 'failed' || (options.strict === true && check.state === 'warning'),
  );
  const [first] = bad;
  if (first === undefined) return out.say(`\n${endWords(checks)}`);
  throw new AppError(first.code ?? 'internal', `${several(bad.length, 'check')} failed`, {
    next: first.next ?? 'Mend the first one, then run: paletti doctor',
  });
}

/** All is well only when nothing was warned of. */
function endWords(checks: readonly Check[]): string {
  const warnings = checks.filter(({ state }) => state === 'warning').length;
  return warnings === 0 ? 'All is well.' : `Nothing failed; ${several(warnings, 'warning')} to look at.`;
}

function tell(out: Output, check: Check, number: number): void {
  const colour = { ok: 'green', warning: 'yellow', failed: 'red' } as const;
  out.raw(`${String(number).padStart(2)}. ${out.style(colour[check.state], check.state.padEnd(7))} `);
  out.data(`${check.name}: ${check.found}`);
  if (check.next !== null && check.state !== 'ok') out.data(`            fix: ${check.next}`);
}

/** Stops where the next check would have nothing to stand on. */
async function* examine(ways: Ways, options: { config?: string; offline?: boolean }): AsyncGenerator<Check> {
  yield node();
  const config = await attempt('configuration', () => ways.readConfig(options.config));
  yield { ...config.check, found: config.value?.path ?? config.check.found };
  if (config.value === undefined) return;
  yield* folder(config.value);
  yield hours(config.value, ways);
  yield* sense(config.value);
  const desk = await attempt('database and templates', () => ways.openWritingDesk(config.value as Config));
  yield {
    ...desk.check,
    found: desk.value === undefined ? desk.check.found : `open, ${desk.value.letters.list().length} letters`,
  };
  if (desk.value !== undefined) yield* inside(desk.value, ways);
  if (options.offline === true) return;
  for await (const { name, found, fault, advice } of ways.checkServers(config.value)) {
    if (fault !== null) yield failed(name, fault);
    else yield advice === undefined ? ok(name, found) : warning(name, found, advice);
  }
}

function ok(name: string, found: string): Check {
  return { name, state: 'ok', found, next: null, code: null };
}

function warning(name: string, found: string, next: string): Check {
  return { name, state: 'warning', found, next, code: 'internal' };
}

function failed(name: string, fault: unknown): Check {
  const isNamed = fault instanceof AppError;
  const message = fault instanceof Error ? fault.message : String(fault);
  const where = isNamed && fault.where !== undefined ? ` (${fault.where})` : '';
  return {
    name,
    state: 'failed',
    found: `${message}${where}`,
    next: isNamed ? (fault.next ?? null) : null,
    code: isNamed ? fault.code : 'internal',
  };
}

async function attempt<T>(name: string, act: () => Promise<T>): Promise<{ check: Check; value: T | undefined }> {
  try {
    return { value: await act(), check: ok(name, '') };
  } catch (fault) {
    return { value: undefined, check: failed(name, fault) };
  }
}

function node(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNewEnough = major > 20 || (major === 20 && minor >= 19);
  if (isNewEnough) return ok('Node.js', process.versions.node);
  return failed(
    'Node.js',
    new AppError('internal', `${process.versions.node} is too old`, { next: 'Install Node.js 20.19 or newer.' }),
  );
}

async function* folder({ dataDir }: Config): AsyncGenerator<Check> {
  const name = 'data folder';
  const found = await stat(dataDir).catch(() => undefined);
  if (found === undefined) return yield ok(name, `${dataDir}, made at the first start`);
  const mode = found.mode & 0o777;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    yield warning(name, `${dataDir} can be read by others`, `Run: chmod 700 ${dataDir}`);
  else yield ok(name, dataDir);
  const disk = await statfs(dataDir);
  const free = disk.bavail * disk.bsize;
  const words = `${Math.round(free / 1_000_000)} MB free`;
  yield free < leastFreeBytes
    ? warning('disk', words, 'Make room: on a full disk nothing is sent.')
    : ok('disk', words);
}

/** What is allowed, and is seldom meant. */
function* sense({ hours: agreed, owner, mailboxes }: Config): Generator<Check> {
  const nights = weekdays.filter((day) => agreed.week[day].some(({ end }) => end > minutesOfDay));
  if (nights.length > 0)
    yield warning(
      'contact hours',
      `they go through the night of ${nights.join(', ')}`,
      'If the two times were exchanged, mend contactHours: the opening goes first, as in "09:00-18:00".',
    );
  yield account(owner);
  for (const { name, imap } of mailboxes) {
    const isAddress = imap.user.includes('@');
    if (isAddress && !owner.addresses.includes(imap.user.toLowerCase()))
      yield warning(
        `addresses of ${name}`,
        `the mailbox is that of ${imap.user}, which is none of your addresses`,
        'Add it to owner.addresses: mail to it is yours, and mail from it is no client.',
      );
  }
}

/** Where letters send the client's money, and in whose name: banks compare the two before they let it go. */
function account({ iban, accountHolder, bic, name, business }: Config['owner']): Check {
  const where = 'account';
  if (iban === '')
    return warning(
      where,
      'no IBAN is known: reminders do not say where the money goes',
      'Add it to the configuration: owner.iban',
    );
  if (bic === '' && needsBic(iban, 'EUR'))
    return warning(
      where,
      `${groupedIban(iban)} is outside SEPA, and a transfer to it needs a BIC`,
      'Add it to the configuration: owner.bic',
    );
  const found = `${groupedIban(iban)}, in the name of ${accountHolder === '' ? name : accountHolder}`;
  if (accountHolder !== '' || business === '') return ok(where, found);
  return warning(
    where,
    `${found}; whether it is in the name of ${business}, nobody has said`,
    'Write the name as the bank has it into the configuration: owner.accountHolder',
  );
}

function hours({ hours: agreed, owner }: Config, ways: Ways): Check {
  const now = ways.clock.now();
  try {
    const opens = nextOpening(agreed, now);
    const closes = isOpen(agreed, now) ? nextClosing(agreed, now) : null;
    const words = (at: Instant) => moment(at, now, owner.timeZone);
    const found = closes === null ? `next open ${words(opens)}` : `open now, until ${words(closes)}`;
    return ok('contact hours', `${found}, ${owner.timeZone}`);
  } catch (fault) {
    return failed(
      'contact hours',
      new AppError('config', (fault as Error).message, { next: 'Look at contactHours.closures.' }),
    );
  }
}

async function* inside(desk: Desk, ways: Ways): AsyncGenerator<Check> {
  const now = ways.clock.now();
  try {
    const whole = desk.store.check();
    yield whole.ok
      ? ok('database file', desk.store.path)
      : failed(
          'database file',
          new AppError('store', whole.problem, { next: 'Put back the newest backup, with Paletti stopped.' }),
        );
    const chain = desk.store.read((r) => verifyJournal(r));
    yield chain.ok
      ? ok('journal', `${chain.count} entries, whole`)
      : failed(
          'journal',
          new AppError('store', `entry ${chain.id}: ${chain.problem}`, {
            next: 'Compare with a backup: paletti journal verify',
          }),
        );
    const newest = desk.store.read((r) => entries(r, { limit: 1 })).at(-1);
    yield newest !== undefined && newest.at > now + hourMs
      ? warning('clock', `the newest entry lies ${distance(newest.at, now)}`, 'Set the clock of this machine.')
      : ok('clock', moment(now, now, desk.config.owner.timeZone));
    yield daemon(desk, ways);
    yield* register(desk);
  } catch (fault) {
    yield failed('database file', fault);
  } finally {
    desk.close();
  }
}

/** What in the register and the books points to a slip of the hand. */
function* register(desk: Desk): Generator<Check> {
  const [clients, invoices] = desk.store.read((r) => [listClients(r), listInvoices(r)] as const);
  const nameOf = new Map(clients.map(({ id, name }) => [id, name]));
  const counted = invoices.filter(({ state }) => state !== 'void');
  const nameIn = ({ number, issuedOn }: Invoice) => `${number} of ${issuedOn.slice(0, 4)}`;
  const byName = new Map<string, Invoice[]>();
  for (const invoice of counted) byName.set(nameIn(invoice), [...(byName.get(nameIn(invoice)) ?? []), invoice]);
  for (const [number, same] of byName) {
    if (same.length < 2) continue;
    const owners = same.map(({ clientId }) => nameOf.get(clientId) ?? '').join(' and ');
    yield warning('invoice numbers', `${number} stands for ${owners}`, 'If one is a mistake: paletti invoices void');
  }
  for (const client of clients) {
    for (const domain of client.domains) {
      const others = clients.filter(
        ({ id, addresses }) => id !== client.id && addresses.some((one) => one.endsWith(`@${domain}`)),
      );
      if (others.length > 0)
        yield warning(
          'domains',
          `${domain} is all of ${client.name}, but ${others.map(({ name }) => name).join(', ')} writes from it, too`,
          `If they are one: paletti clients edit ${client.id}; mail from an address goes to whom the address belongs.`,
        );
    }
  }
}

function daemon(desk: Desk, ways: Ways): Check {
  const now = ways.clock.now();
  const runs = desk.store.read((r) => jobNames.flatMap((job) => lastRun(r, job) ?? []));
  const broken = runs.find((run) => run.outcome === 'failed');
  if (broken !== undefined)
    return warning(
      'daemon',
      `it last failed ${distance(broken.startedAt, now)}: ${broken.detail}`,
      'See: paletti status',
    );
  if (isDataDirLocked(desk.config.dataDir)) return ok('daemon', 'is running');
  const last = runs.toSorted((a, b) => b.startedAt - a.startedAt)[0];
  if (last === undefined) return ok('daemon', 'has not run yet; start it with: paletti run');
  if (now - last.startedAt > dayMs)
    return warning(
      'daemon',
      `last at work ${distance(last.startedAt, now)}`,
      'Start it: paletti run, or: paletti service install',
    );
  return ok('daemon', `last at work ${distance(last.startedAt, now)}`);
}
