/**
 * One line per fact, to stderr: JSON for machines, or `HH:MM word: sentence` for people. It redacts what it knows to
 * be secret; callers still pass no mail bodies. Rotates nothing: the service manager keeps the lines.
 */
import { asOneLine } from './rules/unsafe-characters.ts';
import { styleText } from 'node:util';
import { pino } from 'pino';
import type { Clock } from './clock.ts';
import { type TimeZone, toIso, wallClock } from './rules/time.ts';

export type LogData = Record<string, string | number | boolean | null | undefined>;

export interface Log {
  /** @param event a stable word, as in 'received' @param text a sentence for a person */
  info(event: string, text: string, data?: LogData): void;
  warn(event: string, text: string, data?: LogData): void;
  error(event: string, text: string, data?: LogData): void;
}

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

export interface LogOptions {
  clock: Clock;
  /** for the HH:MM of the human form */
  timeZone: TimeZone;
  level: LogLevel;
  form: 'json' | 'human';
  colour: boolean;
  /** usually process.stderr */
  stream: { write(text: string): unknown };
  /** secrets fetched so far; looked at for every line, so that it may grow */
  secrets?: ReadonlySet<string>;
}

const secretKeys = ['password', 'pass', 'secret', 'token', 'accessToken', 'refreshToken', 'authorization'];

/** A log that writes nothing: for tests and quiet commands. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

export function makeLog(options: LogOptions): Log {
  const { clock, form, level, stream, secrets = new Set<string>() } = options;
  const write = (line: string) => stream.write(hide(form === 'json' ? line : humanLine(line, options), secrets));
  const logger = pino(
    {
      level,
      base: null,
      messageKey: 'text',
      timestamp: () => `,"at":"${toIso(clock.now())}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secretKeys, censor: '[hidden]' },
    },
    { write },
  );
  const at =
    (severity: 'info' | 'warn' | 'error') =>
    (event: string, text: string, data: LogData = {}) =>
      logger[severity]({ event, ...data }, asOneLine(text));
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

function hide(line: string, secrets: ReadonlySet<string>): string {
  let shown = line;
  for (const secret of secrets) {
    if (secret.length >= 4)
      shown = shown.replaceAll(secret, '[hidden]').replaceAll(JSON.stringify(secret).slice(1, -1), '[hidden]');
  }
  return shown;
}

function humanLine(line: string, options: LogOptions): string {
  const { level, event, text } = JSON.parse(line) as { level: string; event: string; text: string };
  const { minute } = wallClock(options.clock.now(), options.timeZone);
  const time = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  const word = options.colour ? colourOf(level, event) : event;
  return `${time} ${word}: ${text}\n`;
}

function colourOf(level: string, word: string): string {
  const style = level === 'error' ? 'red' : level === 'warn' ? 'yellow' : 'bold';
  return styleText(style, word, { validateStream: false });
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
