/**
 * What a page is handed and how it answers: the desk, the reader's language and clock, the form tokens of her session.
 * Pages call views and verbs of the desk; they know no table and no rule of their own.
 */
import type { Context } from 'hono';
import type { Desk } from '../app.ts';
import { AppError } from '../errors.ts';
import type { Language } from '../rules/language.ts';
import type { Instant, TimeZone } from '../rules/time.ts';
import type { Words } from '../words/words.ts';
import type { Outcome, Tickets } from './tickets.ts';

export interface Visit {
  desk: Desk;
  tickets: Tickets;
  session: string;
  language: Language;
  words: Words;
  now: Instant;
  zone: TimeZone;
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

/**
 * What a form asks for: done once, then told on the page that it came from.
 * @param work does it, and says what was done; an {@link AppError} is told as well
 */
export async function write(c: PageContext, fields: Fields, work: (visit: Visit) => Outcome): Promise<Response> {
  const visit = visitOf(c);
  const token = fields['once'] ?? '';
  const outcome = await visit.tickets.once(visit.session, visit.path, token, async () => attempted(visit, work));
  if (outcome === null) throw new AppError('conflict', visit.words.page.faults.oldForm);
  const back = backTo(fields['back']);
  back.searchParams.set('done', token.split('.')[0] ?? '');
  // 303: what follows is a GET, so that a reload sends nothing again (RFC 9110, section 15.4.4)
  return c.redirect(`${back.pathname}${back.search}`, 303);
}

function attempted(visit: Visit, work: (visit: Visit) => Outcome): Outcome {
  try {
    return work(visit);
  } catch (fault) {
    if (!(fault instanceof AppError)) throw fault;
    const next = fault.next === undefined ? '' : ` ${fault.next}`;
    return { kind: 'fault', text: `${fault.message}.${next}`, undo: null };
  }
}

/** An address of this page only, whatever the field says. */
function backTo(field: string | undefined): URL {
  const home = 'http://page.invalid';
  const url = URL.canParse(field ?? '', home) ? new URL(field ?? '', home) : new URL(home);
  return url.origin === home ? url : new URL(home);
}

export function done(text: string, undo: Outcome['undo'] = null): Outcome {
  return { kind: 'done', text, undo };
}
