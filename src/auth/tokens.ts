/**
 * Gives an access token whenever a server asks who logs in, and renews it in silence before its time is over. One
 * refresher at a time on the whole machine; the new refresh token is on the disk before the new access token is used. A
 * sign-in that the provider has ended asks nobody any more: it says what to type. Signs nobody in.
 */
import { AppError, SignInNeeded } from '../errors.ts';
import { type Instant, minuteMs, plus } from '../rules/time.ts';
import { type Grant, refresh, type Refreshed } from './endpoint.ts';
import { type OAuthSettings, placeOf } from './providers.ts';
import type { SecretSource } from './secret.ts';
import {
  finishLeft,
  makeSignInFolder,
  readSignIn,
  removeSignIn,
  type Room,
  type SignIn,
  signInLockPath,
  signInPath,
  takeRoom,
} from './token-file.ts';

export interface TokenParts {
  /** absolute */
  dataDir: string;
  now(): Instant;
  /** @returns null while another process has it; it ends with the process, however that ends */
  lock(path: string): { release(): void } | null;
  readSecret(source: SecretSource): Promise<string>;
  /** whatever is a secret, to be kept out of the log */
  hide?(secret: string): void;
}

/**
 * @param refused the token that a server has just refused: then it is renewed though its time is not over, unless it was
 * made just now and so was not refused for its age
 * @throws SignInNeeded; AppError 'unreachable' when it cannot be renewed now, 'login-refused' when the client is not
 * accepted, 'store' when it cannot be written down
 */
export type TokenSource = (mailbox: string, oauth: OAuthSettings, refused?: string) => Promise<string>;

/** Renewed so long before its end: a session that begins now should not find it over. */
const reserveMs = 5 * minuteMs;
/** Refused within this time after it was made, it is not its age. */
const freshMs = 2 * minuteMs;
const lockLookMs = 100;
const lockPatienceMs = minuteMs;
/** After an answer that decides nothing the provider is left alone, longer each time. */
const firstRestMs = minuteMs / 4;
const longestRestMs = 10 * minuteMs;

/** By path, for the whole process: a second caller waits for the first one's answer. */
const inFlight = new Map<string, Promise<string>>();

interface Rest {
  until: Instant;
  from: Instant;
  count: number;
  fault: AppError;
}

export function openTokens(parts: TokenParts): TokenSource {
  const rests = new Map<string, Rest>();
  return async (mailbox, oauth, refused) => {
    const path = signInPath(parts.dataDir, mailbox);
    const held = soundSignIn(path, mailbox, oauth);
    const known = usable(held, parts.now(), refused);
    if (known !== null) return known;
    const running = inFlight.get(path);
    if (running !== undefined) return running;
    const renewal = new Renewal(parts, rests, { mailbox, oauth, refused }).run();
    const told = renewal.finally(() => inFlight.delete(path));
    inFlight.set(path, told);
    return told;
  };
}

/**
 * How a sign-in stands, without asking anybody.
 * @throws SignInNeeded when there is none, it was made for another client, or the provider has ended it
 */
export function soundSignIn(path: string, mailbox: string, oauth: OAuthSettings): SignIn {
  const { id, title } = placeOf(oauth);
  const signIn = readSignIn(path);
  const need = { mailbox, title, said: '' };
  if (signIn === null) throw new SignInNeeded(`${mailbox} is not signed in at ${title}`, { ...need, why: 'absent' });
  if (signIn.place !== id || signIn.clientId !== oauth.clientId) {
    const message = `the sign-in of ${mailbox} was made for another client or provider than config.json names`;
    throw new SignInNeeded(message, { ...need, why: 'foreign' });
  }
  if (signIn.ended !== null) throw endedBy(title, mailbox, signIn.ended.why);
  return signIn;
}

function endedBy(title: string, mailbox: string, said: string): SignInNeeded {
  const message = `${title} has ended the sign-in of ${mailbox} (${said})`;
  return new SignInNeeded(message, { mailbox, title, said, why: 'ended' });
}

/** Told by this machine's clock alone. One that was set back since then has made the time unknown. */
function usable({ accessToken, obtainedAt, lifetimeMs }: SignIn, now: Instant, refused?: string): string | null {
  const age = now - obtainedAt;
  const reserve = Math.min(reserveMs, lifetimeMs / 4);
  const isInTime = age >= -1000 && age < lifetimeMs - reserve;
  if (!isInTime) return null;
  return accessToken !== refused || age < Math.min(freshMs, lifetimeMs / 4) ? accessToken : null;
}

interface Asked {
  mailbox: string;
  oauth: OAuthSettings;
  refused: string | undefined;
}

class Renewal {
  readonly #parts: TokenParts;
  readonly #rests: Map<string, Rest>;
  readonly #asked: Asked;
  readonly #path: string;
  readonly #title: string;

  constructor(parts: TokenParts, rests: Map<string, Rest>, asked: Asked) {
    this.#parts = parts;
    this.#rests = rests;
    this.#asked = asked;
    this.#path = signInPath(parts.dataDir, asked.mailbox);
    this.#title = placeOf(asked.oauth).title;
  }

  async run(): Promise<string> {
    const { now } = this.#parts;
    const rest = this.#rests.get(this.#path);
    if (rest !== undefined && now() >= rest.from && now() < rest.until) throw rest.fault;
    const lock = await lockedSignIn(this.#parts, this.#asked.mailbox);
    try {
      finishLeft(this.#path);
      return await this.#renewed();
    } finally {
      lock.release();
    }
  }

  /** Read again: who held the lock may have renewed it. */
  async #renewed(): Promise<string> {
    const { mailbox, oauth, refused } = this.#asked;
    const held = soundSignIn(this.#path, mailbox, oauth);
    const known = usable(held, this.#parts.now(), refused);
    if (known !== null) return known;
    const secret = oauth.clientSecret === null ? null : await this.#parts.readSecret(oauth.clientSecret);
    const room = takeRoom(this.#path);
    try {
      const { clientId, clientProof, tokenEndpoint, refreshToken, scope } = held;
      this.#parts.hide?.(refreshToken);
      const client = { clientId, clientSecret: secret, clientProof };
      return this.#heed(await refresh({ tokenEndpoint, refreshToken, scope, ...client }), held, room);
    } finally {
      room.leave();
    }
  }

  #heed(answer: Refreshed, held: SignIn, room: Room): string {
    const now = this.#parts.now();
    if (answer.what === 'granted') {
      this.#rests.delete(this.#path);
      return this.#take(answer.grant, held, room);
    }
    if (answer.what === 'ended') {
      room.fill({ ...held, ended: { at: now, why: answer.why } });
      throw endedBy(this.#title, this.#asked.mailbox, answer.why);
    }
    if (answer.what === 'later') {
      const fault = this.#later(answer.why);
      if (answer.wasAnswered) this.#leaveAlone(fault, answer.notBeforeMs);
      throw fault;
    }
    throw new AppError(
      'login-refused',
      `${this.#title} does not accept the client of ${this.#asked.mailbox}: ${answer.why}`,
      {
        where: held.tokenEndpoint,
        next: 'Check oauth.clientId and oauth.clientSecret in config.json, and the client where you registered it.',
      },
    );
  }

  #take(grant: Grant, held: SignIn, room: Room): string {
    const now = this.#parts.now();
    const { accessToken, lifetimeMs, refreshTokenLifetimeMs: ends } = grant;
    this.#parts.hide?.(accessToken);
    if (grant.refreshToken !== null) this.#parts.hide?.(grant.refreshToken);
    const isReplaced = grant.refreshToken !== null && grant.refreshToken !== held.refreshToken;
    room.fill({
      ...held,
      accessToken,
      lifetimeMs,
      obtainedAt: now,
      refreshToken: grant.refreshToken ?? held.refreshToken,
      refreshTokenEndsAt: ends !== null ? plus(now, ends) : isReplaced ? null : held.refreshTokenEndsAt,
    });
    return accessToken;
  }

  #later(why: string): AppError {
    return new AppError(
      'unreachable',
      `the sign-in of ${this.#asked.mailbox} at ${this.#title} could not be renewed: ${why}`,
      {
        next: 'It is tried again by itself. If it stays so: paletti doctor',
      },
    );
  }

  #leaveAlone(fault: AppError, notBeforeMs: number): void {
    const count = (this.#rests.get(this.#path)?.count ?? 0) + 1;
    const ms = Math.min(longestRestMs, Math.max(notBeforeMs, firstRestMs * 2 ** (count - 1)));
    const from = this.#parts.now();
    this.#rests.set(this.#path, { count, fault, from, until: plus(from, ms) });
  }
}

/** @throws AppError 'unreachable' when another process keeps it for too long */
async function lockedSignIn(
  { dataDir, lock }: Pick<TokenParts, 'dataDir' | 'lock'>,
  mailbox: string,
): Promise<{ release(): void }> {
  makeSignInFolder(dataDir);
  const path = signInLockPath(dataDir, mailbox);
  for (let waited = 0; waited < lockPatienceMs; waited += lockLookMs) {
    const taken = lock(path);
    if (taken !== null) return taken;
    await new Promise((done) => setTimeout(done, lockLookMs));
  }
  throw new AppError(
    'unreachable',
    `another process of Paletti is renewing the sign-in of ${mailbox}, and does not end`,
    {
      where: path,
      next: 'End it, or wait: its answer has half a minute.',
    },
  );
}

/** A new sign-in, or its end. Under the lock, so that no renewal in hand writes over it. */
export async function replaceSignIn(
  parts: Pick<TokenParts, 'dataDir' | 'lock'>,
  mailbox: string,
  signIn: SignIn | null,
): Promise<void> {
  const lock = await lockedSignIn(parts, mailbox);
  const path = signInPath(parts.dataDir, mailbox);
  try {
    if (signIn === null) return removeSignIn(path);
    const room = takeRoom(path);
    room.fill(signIn);
  } finally {
    lock.release();
  }
}
