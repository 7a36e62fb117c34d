/**
 * The faults Paletti can name. A fault says what happened, where, and what to do next.
 * Outcomes of the business (no letter due, a hold) are values and never appear here.
 */
import { sentences } from './words/en/faults/sentences.ts';
import { reasons } from './words/en/reasons.ts';
import type { Fault } from './words/parts/faults.ts';
import type { Say } from './words/parts/reasons.ts';
import type { Said } from './words/said.ts';
import { sayingOf } from './words/saying.ts';

/** Each code maps to one exit code of the command line (DESIGN 6.1). */
export type ErrorCode =
  | 'internal'
  | 'usage'
  | 'config'
  | 'unreachable'
  | 'login-refused'
  | 'already-running'
  | 'waits-for-approval'
  | 'not-found'
  | 'conflict'
  | 'bad-input'
  | 'store'
  | 'template'
  | 'stopped';

export const exitCodes: Record<ErrorCode, number> = {
  internal: 1,
  usage: 2,
  config: 3,
  unreachable: 4,
  'login-refused': 5,
  'already-running': 6,
  'waits-for-approval': 7,
  'not-found': 1,
  conflict: 1,
  'bad-input': 1,
  store: 1,
  template: 1,
  // as a shell says of a program that Ctrl-C ended
  stopped: 130,
};

export interface FaultDetail {
  /** file, file:line:column, JSON path or host:port */
  where?: string;
  /** the next command or act, as a sentence */
  next?: string;
  /** it goes away without a change to the program or its files: a full disk, a lock. The daemon waits and tries again */
  passing?: boolean;
  cause?: unknown;
}

const sayInEnglish = sayingOf(reasons);

/** As the log has it. */
function inEnglish(fault: Fault): Said {
  const sentence = sentences[fault.code] as (facts: Fault, say: Say) => Said;
  return sentence(fault, sayInEnglish);
}

/** A fault a person can act on. `message` and `next` are English, for the log; no secret and no mail body is in them. */
export class AppError extends Error {
  override readonly name: string = 'AppError';
  readonly code: ErrorCode;
  /** what went wrong, as a value that each language says; null: as it is written, by a server or by the program for itself */
  readonly fault: Fault | null;
  readonly where: string | undefined;
  readonly next: string | undefined;
  readonly passing: boolean;

  constructor(code: ErrorCode, what: Fault | string, detail: FaultDetail = {}) {
    const { what: message, next } = typeof what === 'string' ? { what, next: detail.next } : inEnglish(what);
    super(message, { cause: detail.cause });
    this.code = code;
    this.fault = typeof what === 'string' ? null : what;
    this.where = detail.where;
    this.next = next;
    this.passing = detail.passing === true;
  }
}

/** A fault of a server or of the line to it; one of the store, or of the program, is none. */
export function isOfTheNetwork(error: unknown): error is AppError {
  return error instanceof AppError && error.code !== 'store' && error.code !== 'internal';
}

/**
 * The owner has to sign in anew. No server is asked until then, so that nobody has to be left alone for a while, as after a
 * refused password.
 */
export class SignInNeeded extends AppError {
  override readonly name = 'SignInNeeded';
  readonly need: SignInNeed;

  constructor(message: string, need: SignInNeed) {
    super('login-refused', message, { next: `Sign in: paletti auth login ${need.mailbox}` });
    this.need = need;
  }
}

/** Why: never signed in, signed in for another client or provider, or ended by the provider, in its words. */
export interface SignInNeed {
  mailbox: string;
  /** of the provider, as a person knows it */
  title: string;
  why: 'absent' | 'foreign' | 'ended';
  /** '' when the provider said nothing */
  said: string;
}

/** What happened, where, and what to do next, in one line. */
export function inOneLine({ message, where, next }: Pick<AppError, 'message' | 'where' | 'next'>): string {
  return [message, where, next].filter((part) => part !== undefined).join('; ');
}

/**
 * How a hand-over to SMTP ended when it did not end well (DESIGN 4.6):
 * `retry` surely not sent, may be tried again; `refused` surely not sent, never will be;
 * `unsure` the server may have it.
 */
export type DeliveryOutcome = 'retry' | 'refused' | 'unsure';

/** What went wrong matters to the queue: a refused login stops it, a refused null sender changes the envelope. */
export type DeliveryReason = 'connection' | 'login' | 'tls' | 'sender' | 'recipient' | 'content' | 'server';

export class DeliveryError extends AppError {
  override readonly name = 'DeliveryError';
  readonly outcome: DeliveryOutcome;
  readonly reason: DeliveryReason;
  readonly responseCode: number | undefined;

  constructor(
    outcome: DeliveryOutcome,
    reason: DeliveryReason,
    message: string,
    detail: FaultDetail & { responseCode?: number } = {},
  ) {
    super(reason === 'login' ? 'login-refused' : 'unreachable', message, detail);
    this.outcome = outcome;
    this.reason = reason;
    this.responseCode = detail.responseCode;
  }
}
