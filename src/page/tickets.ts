/**
 * Who is signed in, and which forms of hers were sent already. A one-time address becomes a session; a session ends with
 * the process, or after a day without a look. Each form carries a token of its own, which works once: sent twice (a double
 * click, a reload) it tells the first outcome again. Kept in memory only: nothing of it is worth finding on disk.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../rules/digest.ts';
import { dayMs, type Instant, minuteMs } from '../rules/time.ts';

/** What a form did, as the next page says it. */
export interface Outcome {
  text: string;
  kind: 'done' | 'fault';
  /** takes it back: the address and the fields of a form; null when it cannot be taken back */
  undo: Undo | null;
  /** where it is told; else where the form stood */
  to?: string;
}

export interface Undo {
  path: string;
  fields: Record<string, string>;
}

interface Session {
  key: string;
  seenAt: Instant;
  /** by the token of the form */
  outcomes: Map<string, Promise<Outcome>>;
}

const addressMs = 5 * minuteMs;
const sessionMs = dayMs;
/** More than a person sends in a day; the oldest make room. */
const mostOutcomes = 1000;
const mostSessions = 50;

export class Tickets {
  /** by the digest of the token: a look-up tells nothing by its time */
  readonly #addresses = new Map<string, Instant>();
  readonly #sessions = new Map<string, Session>();

  /** @returns the token of an address that lets in once, within five minutes */
  address(now: Instant): string {
    const token = random();
    this.#addresses.set(sha256(token), now);
    return token;
  }

  /** @returns the cookie of a new session; null when the token is used, old or made up */
  enter(token: string, now: Instant): string | null {
    const madeAt = this.#addresses.get(sha256(token));
    this.#addresses.delete(sha256(token));
    if (madeAt === undefined || now - madeAt > addressMs) return null;
    const cookie = random();
    this.#sessions.set(sha256(cookie), { key: random(), seenAt: now, outcomes: new Map() });
    makeRoom(this.#sessions, mostSessions);
    return cookie;
  }

  /** @returns the id of the session; null when there is none, or it rested for a day */
  sessionOf(cookie: string | undefined, now: Instant): string | null {
    if (cookie === undefined) return null;
    const id = sha256(cookie);
    const session = this.#sessions.get(id);
    if (session === undefined) return null;
    if (now - session.seenAt > sessionMs) {
      this.#sessions.delete(id);
      return null;
    }
    session.seenAt = now;
    return id;
  }

  /** For one form that writes to one address, once. */
  formToken(session: string, path: string): string {
    const nonce = randomBytes(12).toString('base64url');
    return `${nonce}.${this.#signed(session, nonce, path)}`;
  }

  /**
   * Does what a form asks for, unless it did already.
   * @returns null when the token is not one of this session and address
   */
  async once(session: string, path: string, token: string, work: () => Promise<Outcome>): Promise<Outcome | null> {
    const [nonce = '', mac = ''] = token.split('.');
    const known = this.#sessions.get(session);
    if (known === undefined || !isSame(mac, this.#signed(session, nonce, path))) return null;
    const before = known.outcomes.get(nonce);
    if (before !== undefined) return before;
    // kept before it is done: the second of two clicks waits for the first
    const outcome = work();
    known.outcomes.set(nonce, outcome);
    makeRoom(known.outcomes, mostOutcomes);
    return outcome;
  }

  /** What the form with this token did, for the page that follows. */
  async outcome(session: string, nonce: string): Promise<Outcome | null> {
    return (await this.#sessions.get(session)?.outcomes.get(nonce)) ?? null;
  }

  #signed(session: string, nonce: string, path: string): string {
    const key = this.#sessions.get(session)?.key ?? '';
    return createHmac('sha256', key).update(`${nonce}\n${path}`).digest('base64url');
  }
}

function random(): string {
  return randomBytes(24).toString('base64url');
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(sha256(one)), Buffer.from(sha256(other))];
  return timingSafeEqual(a, b);
}

/** A Map keeps the order of entry. */
function makeRoom(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
