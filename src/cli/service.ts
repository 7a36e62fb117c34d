/**
 * `paletti service`: a systemd user unit or a launchd agent that starts Paletti at login. Writes that one file and
 * prints what to run; starts and stops nothing by itself.
 */
import { existsSync, realpathSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import type { SecretSource } from '../config.ts';
import { AppError } from '../errors.ts';
import { optionsOf, outputOf, reading } from './command.ts';
import { wordsOf } from '../words/voice.ts';
import { languageOf, ownerSpeaks } from './language.ts';
import type { Ways } from './ways.ts';
import type { Config } from './ways.ts';

const label = 'it.paletti.daemon';

/** What the file depends on. All paths are absolute. */
export interface ServiceFacts {
  platform: NodeJS.Platform;
  home: string;
  node: string;
  program: string;
  config: string;
  dataDir: string;
}

export interface Service {
  path: string;
  text: string;
  start: string[];
  stop: string[];
  look: string[];
}

/** @throws AppError 'usage' on a system without either */
export function serviceOf(facts: ServiceFacts): Service {
  if (facts.platform === 'linux') return systemd(facts);
  if (facts.platform === 'darwin') return launchd(facts);
  throw new AppError('usage', {
    code: 'no-service-here',
    node: facts.node,
    program: facts.program,
    config: facts.config,
  });
}

/** A user unit can neither order itself after the network nor see the laptop sleep: the daemon handles both. */
function systemd({ home, node, program, config, dataDir }: ServiceFacts): Service {
  const text = `[Unit]
Description=Paletti, a mail assistant
# a Node or a program that is gone is not looked for for ever
StartLimitIntervalSec=600
StartLimitBurst=10

[Service]
ExecStart=${[node, program, 'run', '--config', config].map(unitWord).join(' ')}
WorkingDirectory=${dirname(config).replaceAll('%', '%%')}
Restart=on-failure
RestartSec=30
# a wrong configuration, a refused login or a second daemon is not mended by trying again
RestartPreventExitStatus=2 3 5 6
UMask=0077
NoNewPrivileges=true
ProtectSystem=full
# its database: ${dataDir.replace(/[\r\n]/g, ' ')}

[Install]
WantedBy=default.target
`;
  return {
    path: join(home, '.config', 'systemd', 'user', 'paletti.service'),
    text,
    start: ['systemctl --user daemon-reload', 'systemctl --user enable --now paletti'],
    stop: ['systemctl --user disable --now paletti'],
    look: ['systemctl --user status paletti', 'journalctl --user -u paletti -f'],
  };
}

/** systemd.service(5), "Command lines": quotes, with \\ " % and $ escaped. */
function unitWord(text: string): string {
  const escaped = text.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /^[\w/.:@%+=-]+$/.test(escaped) ? escaped : `"${escaped}"`;
}

function launchd({ home, node, program, config }: ServiceFacts): Service {
  const words = [node, program, 'run', '--config', config]
    .map((word) => `    <string>${xml(word)}</string>`)
    .join('\n');
  const logs = join(home, 'Library', 'Logs', 'paletti.log');
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${label}</string>
  <key>ProgramArguments</key>
  <array>
${words}
  </array>
  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
  <key>ThrottleInterval</key>
  <integer>30</integer>
  <key>Umask</key>
  <integer>63</integer>
  <key>StandardErrorPath</key>
  <string>${xml(logs)}</string>
</dict>
</plist>
`;
  const path = join(home, 'Library', 'LaunchAgents', `${label}.plist`);
  return {
    path,
    text,
    start: [`launchctl bootstrap gui/$(id -u) "${path}"`],
    stop: [`launchctl bootout gui/$(id -u)/${label}`],
    look: [`launchctl print gui/$(id -u)/${label}`, `tail -f "${logs}"`],
  };
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * The path to write down for Node: a name that stays when Node is updated, if it leads to the same program. The path
 * a process knows of itself has the version in it (Homebrew's Cellar, nvm).
 */
export function stableNode(
  running: string,
  candidates: readonly string[],
  real: (path: string) => string | undefined,
): string {
  return candidates.find((candidate) => real(candidate) === real(running)) ?? running;
}

/** Folders of version managers: the path in the file breaks with the next update of Node. */
export function isFragile(node: string): boolean {
  return /[/\\](\.nvm|\.fnm|fnm_multishells|\.volta|\.asdf|\.nodenv|_npx|Cellar)[/\\]/.test(node);
}

/** The cache of npx is emptied without a word: what stands there is gone at some later login. */
export function vanishes(program: string): boolean {
  return /[/\\]_npx[/\\]/.test(program);
}

export function addTo(program: Command, ways: Ways): void {
  const service = program
    .command('service')
    .summary('start Paletti when you log in')
    .description('Start Paletti when you log in: a systemd user unit (Linux) or a launchd agent (macOS).');
  service
    .command('install')
    .description('Write the service file, and say what to run to start it.')
    .action((_options, command: Command) => install(ways, command));
  reading(service.command('status', { isDefault: true }))
    .description('Whether the service file is there and fits this Node, program and configuration.')
    .action((_options, command: Command) => status(ways, command));
  service
    .command('uninstall')
    .description('Take the service file away, and say what to run to stop it.')
    .action((_options, command: Command) => uninstall(ways, command));
}

async function serviceHere(ways: Ways, command: Command): Promise<{ service: Service; node: string; config: Config }> {
  const config = await ways.readConfig(optionsOf(command).config);
  ownerSpeaks(ways, config.owner.language);
  const node = stableNode(
    process.execPath,
    ['/opt/homebrew/bin/node', '/usr/local/bin/node', '/usr/bin/node'],
    realPath,
  );
  const home = ways.env['HOME'] ?? homedir();
  const { path, dataDir } = config;
  return {
    service: serviceOf({ platform: process.platform, home, node, program: ways.program, config: path, dataDir }),
    node,
    config,
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

async function install(ways: Ways, command: Command): Promise<void> {
  const { service, node, config } = await serviceHere(ways, command);
  const out = outputOf(ways, command);
  refuseWhatVanishes(ways.program);
  await mkdir(dirname(service.path), { recursive: true, mode: 0o700 });
  await writeFile(service.path, service.text, { mode: 0o600 });
  const words = wordsFor(ways);
  out.say(words.written(service.path));
  for (const line of service.start) out.command(line);
  out.say(words.look);
  for (const line of service.look) out.say(`  ${line}`);
  for (const name of variablesWithPasswords(config)) out.warn(words.variable(name));
  if (isFragile(node)) out.warn(words.fragile(node));
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
  const { service } = await serviceHere(ways, command);
  const out = outputOf(ways, command);
  const written = existsSync(service.path) ? await readFile(service.path, 'utf8') : null;
  const state = written === null ? 'absent' : written === service.text ? 'fits' : 'stale';
  if (optionsOf(command).json === true) return out.json({ path: service.path, state });
  const words = wordsFor(ways);
  out.data(`${words.states[state]} (${service.path})`);
  out.say(state === 'fits' ? words.runs(service.look[0] ?? '') : words.write);
}

/** Works without a configuration: it may be gone already. */
async function uninstall(ways: Ways, command: Command): Promise<void> {
  const home = ways.env['HOME'] ?? homedir();
  const service = serviceOf({ platform: process.platform, home, node: '', program: '', config: '', dataDir: '' });
  const out = outputOf(ways, command);
  const wasThere = existsSync(service.path);
  await rm(service.path, { force: true });
  const words = wordsFor(ways);
  out.say(wasThere ? words.removed(service.path) : words.wasNone);
  for (const line of service.stop) out.command(line);
}
