/** `paletti run`: the daemon in the foreground, or one pass. One line per fact on stderr; Ctrl-C ends it cleanly. */
import type { Command } from 'commander';
import type { App } from '../app.ts';
import { AppError, inOneLine } from '../errors.ts';
import type { Log, LogLevel } from '../log.ts';
import { wordsOf, say } from '../words/voice.ts';
import { optionsOf, outputOf, reading } from './command.ts';
import { languageOf, ownerSpeaks } from './language.ts';
import type { Terminal } from './terminal.ts';
import type { Ways } from './ways.ts';
import type { Progress } from './ways.ts';

interface Options {
  once?: boolean;
  logLevel: string;
}

const levels: readonly LogLevel[] = ['silent', 'error', 'warn', 'info', 'debug'];

export function addTo(program: Command, ways: Ways): void {
  reading(program.command('run'))
    .summary('watch the mailboxes and do what is due; with --once, one pass')
    .description(
      'Watches the mailboxes and does what is due, until Ctrl-C. With --once: receive, judge, dun, deliver and file exactly once.',
    )
    .option('--once', 'one pass, then end')
    .option('--log-level <level>', `one of: ${levels.join(', ')}`, 'info')
    .action((_options, command: Command) => run(ways, command));
}

async function run(ways: Ways, command: Command): Promise<void> {
  const options = optionsOf<Options>(command);
  // only who stays for long cares what the examination leaves behind
  const read = options.once === true ? ways.readKnownConfig : ways.readConfigApart;
  const config = await read(options.config);
  ownerSpeaks(ways, config.owner.language);
  const log = await ways.makeLog(config, levelOf(options.quiet === true ? 'warn' : options.logLevel));
  const app = await ways.openApp(config, log, progressIn(log));
  try {
    if (options.once === true) await once(ways, command, app);
    else await forever(ways, app, log);
  } catch (fault) {
    // whatever broke off because of it is no fault of its own
    if (options.once === true && ways.signal.aborted) throw stopped(fault);
    throw fault;
  } finally {
    await app.shut();
  }
}

async function forever(ways: Terminal, app: App, log: Log): Promise<void> {
  const { owner, sending, mailboxes, dataDir } = app.config;
  const names = mailboxes.map((mailbox) => mailbox.name).join(', ');
  log.info('start', `watching ${names} for ${owner.name}; sending: ${sending.mode}; data: ${dataDir}`);
  if (sending.mode === 'review') log.info('start', 'review mode: every letter waits for "paletti outbox approve"');
  await app.run(ways.signal);
  log.info('end', 'everything is written down; goodbye');
}

async function once(ways: Ways, command: Command, app: App): Promise<void> {
  const report = await app.pass(undefined, ways.signal);
  const out = outputOf(ways, command);
  const { faults, ...counts } = report;
  const isJson = optionsOf(command).json === true;
  const { run: words } = wordsOf(languageOf(ways)).terminal.daily;
  if (isJson)
    out.json({ ...counts, faults: faults.map(({ code, message, where, next }) => ({ code, message, where, next })) });
  else out.say(words.pass(report));
  if (ways.signal.aborted) throw stopped();
  if (report.paused !== null && !isJson) out.say(words.paused(say(report.paused, languageOf(ways))));
  const [first, ...others] = faults;
  for (const fault of isJson ? [] : others) out.warn(inOneLine(fault));
  if (first !== undefined) throw first;
}

function stopped(cause?: unknown): AppError {
  return new AppError('stopped', { code: 'stopped-early' }, { cause });
}

/** A large mailbox takes minutes the first time: one line each tenth of the way. */
function progressIn(log: Log): (step: Progress) => void {
  const told = new Map<string, number>();
  return ({ mailbox, folder, done, total }) => {
    const key = `${mailbox}/${folder}`;
    const tenth = Math.floor((done / total) * 10);
    if (total < 200 || told.get(key) === tenth) return;
    told.set(key, tenth);
    log.info('progress', `${mailbox} ${folder}: ${done} of ${total} messages read`);
  };
}

function levelOf(text: string): LogLevel {
  const level = levels.find((candidate) => candidate === text);
  if (level !== undefined) return level;
  throw new AppError('usage', { code: 'no-log-level', text, known: levels.join(', ') });
}
