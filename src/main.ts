#!/usr/bin/env node
/**
 * argv -> command. The only place that reads the environment and sets the exit code. Hands every command the ways to
 * the rest of the program, each loaded only when it is used.
 */
import { readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { LogLevel } from './log.ts';
import { languageOf } from './cli/language.ts';
import { perform } from './cli/perform.ts';
import { wantsColour } from './cli/output.ts';
import type { Ways } from './cli/ways.ts';
import { clockOf, systemClock } from './clock.ts';
import type { Config, SecretSource } from './config.ts';
import { stayLight } from './memory.ts';
import type { Place } from './rules/message.ts';
import { wordsOf } from './words/voice.ts';

const program = join(import.meta.dirname, 'main.js');
const interrupted = new AbortController();
const secrets = new Set<string>();

/** The first Ctrl-C asks the pass in hand to end; the second ends at once, as it does for all other commands. */
function listen(): void {
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort());
}

/** The password is fetched when a server asks for it, and from then on kept out of the log. */
async function secret(source: SecretSource): Promise<string> {
  const { readSecret } = await import('./auth/secret.ts');
  const value = await readSecret(source, process.env, { signal: interrupted.signal });
  secrets.add(value);
  return value;
}

/** What has just been renewed is good for an hour; what it replaced need not be looked for in every line. */
const mostTokens = 50;
const tokens: string[] = [];

function hide(token: string): void {
  if (secrets.has(token)) return;
  secrets.add(token);
  tokens.push(token);
  if (tokens.length > mostTokens) secrets.delete(tokens.shift() as string);
}

async function makeLog(config: Config, level: LogLevel) {
  const { makeLog: make } = await import('./log.ts');
  const isTerminal = process.stderr.isTTY === true;
  return make({
    clock: systemClock,
    timeZone: config.owner.timeZone,
    level,
    stream: process.stderr,
    secrets,
    form: process.env['PALETTI_LOG'] === 'json' ? 'json' : 'human',
    colour: isTerminal && wantsColour(process.stderr, process.env),
  });
}

function version(): string {
  const text = readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Which build of the program this is, on which Node and zone rules: what one found sound, another examines anew. */
function build(): string {
  return `${version()} ${process.version} ${process.versions['tz']} ${statSync(program).mtimeMs}`;
}

async function readConfig(path: string | undefined): Promise<Config> {
  const { readConfig: read } = await import('./config.ts');
  return clocked(read(path, process.env, process.cwd(), { program: build(), now: systemClock.now() }));
}

/** From here on the clock is that of the data folder: a demonstration's stands still. */
function clocked(config: Config): Config {
  ways.clock = clockOf(config.dataDir);
  return config;
}

async function knownConfig(path: string | undefined): Promise<Config | undefined> {
  const { readKnownConfig } = await import('./config/known.ts');
  const config = readKnownConfig(path, process.env, process.cwd(), build());
  return config && clocked(config);
}

/** What to type for this program here: what hints say must work where they are read. */
function calledAs(): string {
  const called = process.argv[1] ?? program;
  if (process.env['npm_command'] !== undefined) return 'npx paletti';
  return basename(called).startsWith('paletti') ? 'paletti' : `node ${relative(process.cwd(), called) || called}`;
}

async function show(said: { title: string; body: string }) {
  const { notify } = await import('./setup/notify.ts');
  return notify(said, { platform: process.platform, env: process.env });
}

const ways: Ways = {
  calledAs: calledAs(),
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  env: process.env,
  cwd: process.cwd(),
  clock: systemClock,
  version: version(),
  program,
  signal: interrupted.signal,
  readConfig,
  readKnownConfig: async (path) => (await knownConfig(path)) ?? readConfig(path),
  readConfigApart: async (path) => {
    const config = await knownConfig(path);
    if (config !== undefined) return config;
    const { spawnSync } = await import('node:child_process');
    const line = [program, 'config', 'check', ...(path === undefined ? [] : ['--config', path])];
    spawnSync(process.execPath, line, { stdio: 'ignore' });
    return (await knownConfig(path)) ?? readConfig(path);
  },
  checkConfig: async (text, path) => (await import('./config.ts')).checkConfig(text, path),
  configSchema: async () => (await import('./config/schema.ts')).jsonSchema(),
  makeLog,
  openDesk: async (config) => (await import('./open-desk.ts')).openDesk({ config, clock: ways.clock }),
  openWritingDesk: async (config) => (await import('./app.ts')).openWritingDesk({ config, clock: ways.clock }),
  openApp: async (config, log, progress) => {
    const { openApp } = await import('./app.ts');
    listen();
    const told =
      progress &&
      ((mailbox: string, folder: Place, done: number, total: number) => progress({ mailbox, folder, done, total }));
    const reread = () => ways.readConfigApart(config.path);
    return openApp({
      config,
      clock: systemClock,
      log,
      readSecret: secret,
      hide,
      reread,
      announce: (said) => void show(said),
      ...(told && { progress: told }),
    });
  },
  openMailboxes: async (config) => {
    const { openMailboxes } = await import('./app.ts');
    const log = await makeLog(config, 'error');
    return openMailboxes({ config, clock: systemClock, log, readSecret: secret, hide });
  },
  attachments: async (source) => (await import('./app.ts')).attachmentsIn(source),
  plan: async (desk, days, ladder) => {
    const [{ planFor }, { silentLog }] = await Promise.all([import('./app.ts'), import('./log.ts')]);
    return planFor(desk, silentLog, days, ladder);
  },
  decide: async (config, bytes, options) => {
    const [{ decideMessage }, { silentLog }] = await Promise.all([import('./app.ts'), import('./log.ts')]);
    return { ...(await decideMessage({ config, clock: ways.clock, log: silentLog }, bytes, options)) };
  },
  servePage: async (config) => {
    const { serve } = await import('./page/command.ts');
    listen();
    const log = await makeLog(config, 'warn');
    const reread = () => ways.readKnownConfig(config.path);
    return serve({ config, clock: ways.clock, wall: systemClock, log, reread, signal: interrupted.signal });
  },
  readSecret: secret,
  findServers: async (address) => (await import('./setup/discover.ts')).findServers(address),
  offeredBy: async (server) => (await import('./setup/probe.ts')).offeredBy(server),
  runCommand: async (line) => (await import('./setup/run-command.ts')).runCommand(line, process.env),
  follow: async (line) => (await import('./setup/run-command.ts')).follow(line),
  notify: show,
  openBrowser: async ({ dataDir }, address) => {
    const { openBrowser } = await import('./page/open.ts');
    return openBrowser(dataDir, address, process.platform, 'tokens/sign-in.html');
  },
  listen,
  checkServers: (config) => servers(config),
  demo: async (options) => {
    const { demo } = await import('./demo/demo.ts');
    listen();
    return demo({ ...ways, ...options });
  },
};

async function* servers(config: Config) {
  const [{ checkServers }, { openApp, openCouriers, openLogins }, { silentLog }] = await Promise.all([
    import('./check-servers.ts'),
    import('./app.ts'),
    import('./log.ts'),
  ]);
  const logins = await openLogins({ config, clock: systemClock, readSecret: secret });
  yield* checkServers(config, {
    open: () => openApp({ config, clock: systemClock, log: silentLog, readSecret: secret }),
    courier: await openCouriers(logins),
    logins,
    words: wordsOf(languageOf(ways)).terminal.doctor,
  });
}

/** The reader of our output went away (`paletti inbox | head`): that is no fault, and nobody is left to tell. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

stayLight();
process.exitCode = await perform(process.argv.slice(2), ways);
