/**
 * What a page is handed and how it answers: the desk, the reader's language and clock, the form tokens of her session.
 * Pages call views and verbs of the desk; they know no table and no rule of their own.
 */
import type { Context } from 'hono';
import type { WritingDesk } from '../app.ts';
import { AppError } from '../errors.ts';
import type { Language } from '../rules/language.ts';
import type { Instant, TimeZone } from '../rules/time.ts';
import type { Words } from '../words/words.ts';
import type { Outcome, Tickets } from './tickets.ts';

export interface Visit {
  desk: WritingDesk;
  tickets: Tickets;
  session: string;
  language: Language;
  words: Words;
  now: Instant;
  zone: TimeZone;
  /** where the page is served: scheme, host and port */
  home: string;
  /** the address asked for, without its query */
  path: string;
  /** what the form that led here did */
  outcome: Outcome | null;
}

export interface PageEnv {
  Variables: { visit: Visit };
}

export type PageContext = Context<PageEnv>;

export function visitOf(c: PageContext): Visit {
  return c.get('visit');
}

/** A number in an address. @throws AppError 'not-found' */
export function idIn(c: PageContext, words: Words): number {
  const text = c.req.param('id') ?? '';
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new AppError('not-found', words.page.faults.notFound);
}

/** One field of a form, as it was typed. */
export type Fields = Readonly<Record<string, string>>;

export function done(text: string, undo: Outcome['undo'] = null): Outcome {
  return { kind: 'done', text, undo };
}
