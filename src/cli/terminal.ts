/** What a command has of the terminal in which it was typed: streams, folder, environment, clock, Ctrl-C. Opens nothing. */
import type { Readable } from 'node:stream';
import type { Clock } from '../clock.ts';

export interface Sink {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

export interface Terminal {
  stdout: Sink;
  stderr: Sink;
  stdin: Readable & { isTTY?: boolean };
  env: NodeJS.ProcessEnv;
  cwd: string;
  clock: Clock;
  version: string;
  /** the compiled program, for the service file */
  program: string;
  /** how the program is called here, as in 'npx paletti'; absent: 'paletti' */
  calledAs?: string;
  /** aborted by Ctrl-C or a request to end */
  signal: AbortSignal;
  /** From now on the first Ctrl-C aborts `signal` instead of ending the program. */
  listen(): void;
}

/** What may be asked of the person: only on a terminal, and not with --no-input. */
export function mayAsk(terminal: Terminal, options: { input?: boolean }): boolean {
  return terminal.stdin.isTTY === true && terminal.stderr.isTTY === true && options.input !== false;
}
