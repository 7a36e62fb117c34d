/**
 * A second memory of what was handed over to a mail server, outside the database: one line for each attempt, numbered.
 * It shows that the database is older than what left (a restored backup, a lost write-ahead log). Decides nothing.
 */
import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { factOf, setFact } from './facts.ts';
import { storeFault } from './faults.ts';

export interface Handover {
  number: number;
  messageId: string;
}

export interface Handovers {
  /**
   * Called after the commit that numbered it and before the server is spoken to: so the database is never behind.
   * @throws AppError 'store' when the line cannot be made durable
   */
  add(handover: Handover): void;
  /** Those with a higher number, in order. */
  after(number: number): Handover[];
}

/** In the data folder. */
export const handoversFile = 'handovers.log';

const countKey = 'handovers';

/** Numbers the hand-over that this transaction begins. */
export function countHandover(w: Writer): number {
  const number = handoversCounted(w) + 1;
  setFact(w, countKey, String(number));
  return number;
}

export function handoversCounted(r: Reader): number {
  return Number(factOf(r, countKey) ?? 0);
}

const forgottenKey = (messageId: string) => `forgotten/${messageId}`;

/**
 * What left and is not counted here: the database is older than it. Kept, so that it is found once and never sent blindly.
 * @returns how many were found now
 */
export function rememberForgotten(w: Writer, handovers: Handovers): number {
  const forgotten = handovers.after(handoversCounted(w));
  for (const { number, messageId } of forgotten) {
    setFact(w, forgottenKey(messageId), toIso(w.now));
    setFact(w, countKey, String(number));
  }
  return forgotten.length;
}

/** A letter with this Message-ID was handed over once, in a time this database has forgotten. */
export function isForgotten(r: Reader, messageId: string): boolean {
  return factOf(r, forgottenKey(messageId)) !== undefined;
}

/** @throws AppError 'store' when the file cannot be read */
export function openHandovers(dataDir: string): Handovers {
  const path = join(dataDir, handoversFile);
  const text = readLines(path);
  const known = text.split('\n').flatMap(parseLine);
  // A line that was cut short by a crash is left as it is; the next begins on a line of its own.
  let isCut = text !== '' && !text.endsWith('\n');
  return {
    add(handover) {
      appendDurably(path, `${isCut ? '\n' : ''}${handover.number} ${handover.messageId}\n`);
      isCut = false;
      known.push(handover);
    },
    after: (number) => known.filter((handover) => handover.number > number),
  };
}

function readLines(path: string): string {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  } catch (error) {
    throw storeFault(error, path);
  }
}

function parseLine(line: string): Handover[] {
  const [, number, messageId] = /^(\d{1,15}) (<[^<>\s]+>)$/.exec(line) ?? [];
  return number === undefined || messageId === undefined ? [] : [{ number: Number(number), messageId }];
}

function appendDurably(path: string, text: string): void {
  try {
    const file = openSync(path, 'a', 0o600);
    try {
      appendFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw storeFault(error, path);
  }
}
