/**
 * `paletti service`: writes the file that starts Paletti at login and the entry that opens its page, has the system take it up,
 * and looks whether it did. Where the system cannot be asked, it says what to run.
 */
import { existsSync, realpathSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import type { SecretSource } from '../config.ts';
import { AppError } from '../errors.ts';
import { optionsOf, outputOf, reading } from './command.ts';
import { wordsOf } from '../words/voice.ts';
import { languageOf, ownerSpeaks } from './language.ts';
import type { Output } from './output.ts';
import {
  type CommandLine,
  inShell,
  isFragile,
  menuEntryOf,
  type Service,
  type ServiceFacts,
  serviceOf,
  type ServiceState,
  stableNode,
  vanishes,
} from './service-file.ts';
import type { Ways } from './ways.ts';
import type { Config } from './ways.ts';

export function addTo(program: Command, ways: Ways): void {
  const service = program
    .command('service')
    .summary('start Paletti when you log in')
    .description('Start Paletti when you log in: a systemd user unit (Linux) or a launchd agent (macOS).');
  service
    .command('install')
    .description(
      'Write the service file and an entry of the start menu that opens the page; start it, and see that it runs.',
    )
    .option('--no-start', 'only write the files, and say what to run')
    .action((_options, command: Command) => install(ways, command));
  reading(service.command('status', { isDefault: true }))
    .description('Whether the service file fits this Node, program and configuration, is started at login, and runs.')
    .action((_options, command: Command) => status(ways, command));
  service
    .command('repair')
    .description('Mend what `service status` finds: write the file anew, have it started at login, start it.')
    .action((_options, command: Command) => repair(ways, command));
  service
    .command('uninstall')
    .description('Stop it, and take its files away.')
    .action((_options, command: Command) => uninstall(ways, command));
}

export interface ServiceLook extends ServiceState {
  path: string;
  file: 'absent' | 'fits' | 'stale';
}

/** The file against this Node, program and configuration, and what the system says of it. @throws AppError 'usage' where there is none */
export async function lookAtService(ways: Ways, config: Config): Promise<ServiceLook> {
  return lookAt(ways, serviceOf(factsFor(ways, config)));
}

async function lookAt(ways: Ways, service: Service): Promise<ServiceLook> {
  const { path, text } = service;
  const written = existsSync(path) ? await readFile(path, 'utf8') : null;
  const file = written === null ? 'absent' : written === text ? 'fits' : 'stale';
  if (file === 'absent') return { path, file, enabled: false, running: false };
  const answers = [];
  for (const line of service.ask) answers.push(await ways.runCommand(line));
  return { path, file, ...service.stateIn(answers) };
}

/** What is known to be wrong; what the system does not say is not. */
export function isAmiss({ file, enabled, running }: ServiceLook): boolean {
  return file !== 'fits' || enabled === false || running === false;
}

export function homeOf({ env }: Pick<Ways, 'env'>): string {
  return env['HOME'] ?? homedir();
}

function factsFor(ways: Ways, { path, dataDir }: Pick<Config, 'path' | 'dataDir'>): ServiceFacts {
  const candidates = ['/opt/homebrew/bin/node', '/usr/local/bin/node', '/usr/bin/node'];
  return {
    platform: process.platform,
    home: homeOf(ways),
    user: process.getuid?.() ?? 0,
    node: stableNode(process.execPath, candidates, realPath),
    program: ways.program,
    config: path,
    dataDir,
  };
}

function secretsOf(login: Config['mailboxes'][number]['imap']['login']): SecretSource[] {
  if ('password' in login) return [login.password];
  return 'oauth' in login && login.oauth.clientSecret !== null ? [login.oauth.clientSecret] : [];
}

/** Variables of a terminal that a service started at login does not have. */
function variablesWithPasswords({ mailboxes }: Config): string[] {
  const sources = mailboxes.flatMap(({ imap, smtp }) => [imap.login, smtp.login].flatMap(secretsOf));
  return [...new Set(sources.flatMap((source) => ('env' in source ? [source.env] : [])))];
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

async function configured(ways: Ways, command: Command): Promise<Config> {
  const config = await ways.readConfig(optionsOf(command).config);
  ownerSpeaks(ways, config.owner.language);
  return config;
}

async function install(ways: Ways, command: Command): Promise<void> {
  const config = await configured(ways, command);
  const facts = factsFor(ways, config);
  const out = outputOf(ways, command);
  refuseWhatVanishes(ways.program);
  const service = serviceOf(facts);
  const before = await lookAt(ways, service);
  await writeFiles(service, facts, out, wordsFor(ways));
  for (const name of variablesWithPasswords(config)) out.warn(wordsFor(ways).variable(name));
  if (isFragile(facts.node)) out.warn(wordsFor(ways).fragile(facts.node));
  // a password that a service does not have is no reason to try, and to be locked out
  const mayStart = optionsOf<{ start: boolean }>(command).start && variablesWithPasswords(config).length === 0;
  const lines = before.file === 'stale' && before.running === true ? service.restart : service.start;
  await begin(ways, out, service, { lines, mayStart });
}

async function writeFiles(
  service: Service,
  facts: ServiceFacts,
  out: Output,
  words: ReturnType<typeof wordsFor>,
): Promise<void> {
  await mkdir(dirname(service.path), { recursive: true, mode: 0o700 });
  await writeFile(service.path, service.text, { mode: 0o600 });
  out.say(words.written(service.path));
  const entry = menuEntryOf(facts);
  if (entry === null) return;
  await mkdir(dirname(entry.path), { recursive: true, mode: 0o700 });
  await writeFile(entry.path, entry.text, { mode: entry.isProgram ? 0o700 : 0o600 });
  out.say(words.entry(entry.path));
}

/** Has the system take it up and looks whether it did; where that fails, what to run is said. */
async function begin(
  ways: Ways,
  out: Output,
  service: Service,
  { lines, mayStart }: { lines: readonly CommandLine[]; mayStart: boolean },
): Promise<void> {
  const words = wordsFor(ways);
  const refusal = mayStart ? await runAll(ways, lines) : null;
  const state = mayStart ? await lookAt(ways, service) : null;
  out.did({ service: state ?? { path: service.path } });
  if (state?.enabled === true && state.running === true) return out.say(words.runsNow);
  if (refusal !== null) out.warn(words.notStarted(refusal));
  out.say(words.run);
  for (const line of lines) out.command(inShell(line));
  out.say(words.look);
  for (const line of service.look) out.say(`  ${line}`);
}

/** @returns what the first one that failed said; null when all went well */
async function runAll(ways: Ways, lines: readonly CommandLine[]): Promise<string | null> {
  for (const line of lines) {
    const { code, out } = await ways.runCommand(line);
    if (code !== 0) return `${inShell(line)}: ${out.trim().split('\n')[0] || String(code)}`;
  }
  return null;
}

function wordsFor(ways: Ways) {
  return wordsOf(languageOf(ways)).terminal.setup.service;
}

function refuseWhatVanishes(program: string): void {
  if (!vanishes(program)) return;
  throw new AppError('usage', 'the program runs from the cache of npx, which is emptied without a word', {
    where: program,
    next: 'Install it to stay: npm install -g paletti. Then: paletti service install',
  });
}

async function status(ways: Ways, command: Command): Promise<void> {
  const look = await lookAtService(ways, await configured(ways, command));
  const out = outputOf(ways, command);
  const { path, file, enabled, running } = look;
  if (optionsOf(command).json === true) return out.json({ path, state: file, enabled, running });
  const words = wordsFor(ways);
  out.data(`${words.states[file]} (${path})`);
  if (file !== 'absent') {
    out.data(words.enabled[String(enabled) as 'true']);
    out.data(words.running[String(running) as 'true']);
  }
  if (file === 'absent') out.say(words.write);
  else if (isAmiss(look)) out.say(words.mend);
}

async function repair(ways: Ways, command: Command): Promise<void> {
  const config = await configured(ways, command);
  const facts = factsFor(ways, config);
  const out = outputOf(ways, command);
  refuseWhatVanishes(ways.program);
  const service = serviceOf(facts);
  const before = await lookAt(ways, service);
  const words = wordsFor(ways);
  if (!isAmiss(before)) return out.say(words.nothingToMend);
  if (before.file !== 'fits') await writeFiles(service, facts, out, words);
  const lines = before.running === true ? service.restart : service.start;
  await begin(ways, out, service, { lines, mayStart: variablesWithPasswords(config).length === 0 });
}

/** Works without a configuration: it may be gone already. */
async function uninstall(ways: Ways, command: Command): Promise<void> {
  const facts = factsFor(ways, { path: '', dataDir: '' });
  const service = serviceOf(facts);
  const out = outputOf(ways, command);
  const wasThere = existsSync(service.path);
  const refusal = wasThere ? await runAll(ways, service.stop) : null;
  await rm(service.path, { force: true });
  const entry = menuEntryOf(facts);
  if (entry !== null) await rm(entry.whole, { recursive: true, force: true });
  const words = wordsFor(ways);
  if (wasThere && refusal === null) return out.say(words.stopped(service.path));
  out.say(wasThere ? words.removed(service.path) : words.wasNone);
  for (const line of service.stop) out.command(inShell(line));
}
