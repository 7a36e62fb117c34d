/**
 * What starts Paletti at login, as files: a systemd user unit or a launchd agent, and the entry of the start menu that opens
 * its page. Says what they hold and where they stand; writes nothing.
 */
import { dirname, join } from 'node:path';
import { AppError } from '../errors.ts';

const label = 'it.paletti.daemon';
const unit = 'paletti';

/** What the file depends on. All paths are absolute. */
export interface ServiceFacts {
  platform: NodeJS.Platform;
  home: string;
  /** number of the user; launchd knows its sessions by it */
  user: number;
  node: string;
  program: string;
  config: string;
  dataDir: string;
}

/** A line for a shell, and the same as a program with its arguments. */
export type CommandLine = readonly [program: string, ...args: string[]];

export interface Service {
  path: string;
  text: string;
  /** what starts it now and at each login */
  start: CommandLine[];
  /** the same where it runs by an older file */
  restart: CommandLine[];
  stop: CommandLine[];
  /** for a person who wants to see it */
  look: string[];
  /** asks the system; see `stateIn` */
  ask: CommandLine[];
  /** reads the answers, in the order of `ask`; null: the system could not be asked */
  stateIn(answers: readonly Answer[]): ServiceState;
}

export interface Answer {
  /** null: it could not be run */
  code: number | null;
  out: string;
}

export interface ServiceState {
  /** it is started at each login */
  enabled: boolean | null;
  running: boolean | null;
}

const notAsked: ServiceState = { enabled: null, running: null };

/** A file that opens the page from the start menu. */
export interface MenuEntry {
  path: string;
  text: string;
  isProgram: boolean;
  /** what is taken away with it */
  whole: string;
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
    start: [
      ['systemctl', '--user', 'daemon-reload'],
      ['systemctl', '--user', 'enable', '--now', unit],
    ],
    restart: [
      ['systemctl', '--user', 'daemon-reload'],
      ['systemctl', '--user', 'enable', unit],
      ['systemctl', '--user', 'restart', unit],
    ],
    stop: [['systemctl', '--user', 'disable', '--now', unit]],
    ask: [
      ['systemctl', '--user', 'is-enabled', unit],
      ['systemctl', '--user', 'is-active', unit],
    ],
    stateIn: ([enabled, active]) => ({
      enabled: wordOf(enabled, (word) => word === 'enabled', ['disabled', 'not-found', 'masked', 'static', 'linked']),
      running: wordOf(active, (word) => word === 'active', [
        'inactive',
        'failed',
        'activating',
        'deactivating',
        'unknown',
      ]),
    }),
    look: ['systemctl --user status paletti', 'journalctl --user -u paletti -f'],
  };
}

/** Another word than those that are known is a fault, such as that of a session without systemd. */
function wordOf(answer: Answer | undefined, isSo: (word: string) => boolean, known: readonly string[]): boolean | null {
  const word = (answer?.out ?? '').trim().split(/\s/)[0] ?? '';
  if (isSo(word)) return true;
  return known.includes(word) ? false : null;
}

/** systemd.service(5), "Command lines": quotes, with \\ " % and $ escaped. */
function unitWord(text: string): string {
  const escaped = text.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /^[\w/.:@%+=-]+$/.test(escaped) ? escaped : `"${escaped}"`;
}

function launchd({ home, user, node, program, config }: ServiceFacts): Service {
  const domain = `gui/${user}`;
  const words = [node, program, 'run', '--config', config]
    .map((word) => `    <string>${xml(word)}</string>`)
    .join('\n');
  const logs = logFile(home);
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
    start: [['launchctl', 'bootstrap', domain, path]],
    restart: [
      ['launchctl', 'bootout', `${domain}/${label}`],
      ['launchctl', 'bootstrap', domain, path],
    ],
    stop: [['launchctl', 'bootout', `${domain}/${label}`]],
    ask: [['launchctl', 'print', `${domain}/${label}`]],
    stateIn: ([printed]) => {
      if (printed === undefined || printed.code === null) return notAsked;
      return {
        enabled: printed.code === 0,
        running: printed.out.split('\n').some((line) => line.trim() === 'state = running'),
      };
    },
    look: [`launchctl print ${domain}/${label}`, `tail -f "${logs}"`],
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

/** Who keeps what the service writes, and how it is shown; null where there is no service. */
export function logsOf(
  platform: NodeJS.Platform,
  home: string,
  { follow, lines }: { follow: boolean; lines: number },
): CommandLine | null {
  const more = follow ? ['-f'] : [];
  if (platform === 'linux') return ['journalctl', '--user', '-u', unit, '-n', String(lines), '--no-pager', ...more];
  return platform === 'darwin' ? ['tail', '-n', String(lines), ...more, logFile(home)] : null;
}

function logFile(home: string): string {
  return join(home, 'Library', 'Logs', 'paletti.log');
}

/** Null on a system without one. A person who uses the page never types a command. */
export function menuEntryOf(facts: ServiceFacts): MenuEntry | null {
  if (facts.platform === 'linux') return desktopEntry(facts);
  return facts.platform === 'darwin' ? application(facts) : null;
}

/** Desktop Entry Specification 1.5. */
function desktopEntry({ home, node, program, config }: ServiceFacts): MenuEntry {
  const line = [node, program, 'page', '--config', config].map(entryWord).join(' ');
  const text = `[Desktop Entry]
Type=Application
Name=Paletti
Comment=Contact hours, answers and payments
Comment[it]=Orari di contatto, risposte e pagamenti
Exec=${line}
Icon=internet-mail
Terminal=false
Categories=Office;Email;
`;
  const path = join(home, '.local', 'share', 'applications', 'paletti.desktop');
  return { path, text, isProgram: false, whole: path };
}

/** Quoted, with " ` $ and backslash escaped; then, as every string of such a file, its backslashes once more. */
function entryWord(text: string): string {
  const quoted = `"${text.replace(/["`$\\]/g, '\\$&')}"`;
  return quoted.replaceAll('\\', '\\\\').replaceAll('%', '%%');
}

/** The smallest application that macOS starts: a folder with a script in it. */
function application({ home, node, program, config }: ServiceFacts): MenuEntry {
  const line = [node, program, 'page', '--config', config].map(shellWord).join(' ');
  const whole = join(home, 'Applications', 'Paletti.app');
  return {
    path: join(whole, 'Contents', 'MacOS', 'Paletti'),
    text: `#!/bin/sh\nexec ${line}\n`,
    isProgram: true,
    whole,
  };
}

function shellWord(text: string): string {
  return /^[\w/.:@+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** As a person types it. */
export function inShell(line: CommandLine): string {
  return line.map(shellWord).join(' ');
}
