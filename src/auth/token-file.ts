/**
 * The sign-in of one mailbox: `tokens/NAME.json` in the data folder, mode 0600, in no database and so in no backup and no
 * dossier. A new one is on the disk, whole, before anybody uses what stands in it. Asks no server.
 */
import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFolder } from '../durable.ts';
import { AppError } from '../errors.ts';
import { readPlainFile } from '../plain-file.ts';
import { fromIso, type Instant, toIso } from '../rules/time.ts';

/** How the client shows who it is (RFC 6749, section 2.3.1). */
export type ClientProof = 'none' | 'post' | 'basic';

export interface SignIn {
  /** the place and the client that it was made for: another one needs a sign-in of its own */
  place: string;
  clientId: string;
  clientProof: ClientProof;
  tokenEndpoint: string;
  /** where it is taken back; null: nowhere */
  revocationEndpoint: string | null;
  /** sent when it is renewed; null: nothing is */
  scope: string | null;
  signedInAt: Instant;
  refreshToken: string;
  /** null: the server does not say */
  refreshTokenEndsAt: Instant | null;
  accessToken: string;
  obtainedAt: Instant;
  lifetimeMs: number;
  /** the server takes the refresh token no more: nobody is asked until the owner signs in again */
  ended: { at: Instant; why: string } | null;
}

const version = 1;
const folderName = 'tokens';
const largestBytes = 262_144;

export function signInPath(dataDir: string, mailbox: string): string {
  return join(dataDir, folderName, `${mailbox}.json`);
}

/** Locked while a sign-in is renewed or replaced: by the kernel, so that nothing is left behind by a process that dies. */
export function signInLockPath(dataDir: string, mailbox: string): string {
  return join(dataDir, folderName, `${mailbox}.lock`);
}

/** @throws AppError 'store' when the folder cannot be made */
export function makeSignInFolder(dataDir: string): void {
  try {
    mkdirSync(join(dataDir, folderName), { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw writeFault(join(dataDir, folderName), cause);
  }
}

/**
 * @returns null when there is none
 * @throws AppError 'config' when others can read it, or it is not as it was written
 */
export function readSignIn(path: string): SignIn | null {
  try {
    return parse(readPlainFile(path, (stats) => lookAt(path, stats)).toString('utf8'), path);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw fileFault(path, 'cannot be read', 'Look at its permissions.', cause);
  }
}

function lookAt(path: string, { mode, size, uid }: Stats): void {
  const own = process.getuid?.();
  if (own !== undefined && (mode & 0o077) !== 0)
    throw fileFault(path, 'can be read by others', `Run: chmod 600 ${path}`);
  if (own !== undefined && uid !== own && uid !== 0) throw fileFault(path, 'belongs to another user', 'Sign in again.');
  if (size > largestBytes) throw fileFault(path, 'is too large', 'Sign in again.');
}

function fileFault(path: string, what: string, next: string, cause?: unknown): AppError {
  return new AppError('config', `the file of a sign-in ${what}`, { where: path, next, cause });
}

/** Times stand in it as people read them. */
type Written = { [Key in keyof SignIn]: SignIn[Key] extends Instant ? string : unknown };

function parse(text: string, path: string): SignIn {
  try {
    const { version: found, ...read } = JSON.parse(text) as Written & { version: number };
    if (found !== version) throw new Error(`version ${found}`);
    const ended = read.ended as { at: string; why: string } | null;
    const endsAt = read.refreshTokenEndsAt as string | null;
    const sound = {
      ...(read as unknown as SignIn),
      signedInAt: fromIso(read.signedInAt),
      obtainedAt: fromIso(read.obtainedAt),
      refreshTokenEndsAt: endsAt === null ? null : fromIso(endsAt),
      ended: ended === null ? null : { at: fromIso(ended.at), why: String(ended.why) },
    };
    const texts = [sound.place, sound.clientId, sound.tokenEndpoint, sound.refreshToken, sound.accessToken];
    if (texts.some((one) => typeof one !== 'string' || one === '')) throw new Error('something is missing');
    if (!(sound.lifetimeMs > 0)) throw new Error('no lifetime');
    return sound;
  } catch (cause) {
    throw fileFault(path, 'is damaged', 'Sign in again.', cause);
  }
}

function textOf(signIn: SignIn): string {
  const { ended, refreshTokenEndsAt: endsAt, signedInAt, obtainedAt } = signIn;
  return `${JSON.stringify({
    version,
    ...signIn,
    signedInAt: toIso(signedInAt),
    obtainedAt: toIso(obtainedAt),
    refreshTokenEndsAt: endsAt === null ? null : toIso(endsAt),
    ended: ended === null ? null : { ...ended, at: toIso(ended.at) },
  })}\n`;
}

/** Room on the disk for a sign-in that is not known yet. */
export interface Room {
  /** Puts it in the place of the old one: when this returns, it is there after a power cut, too. */
  fill(signIn: SignIn): void;
  /** Gives the room back, if it was not filled. */
  leave(): void;
}

/**
 * What a process that was killed had written, and not yet put in its place: its room was filled, blanks at the end are no
 * harm. Only under the lock.
 */
export function finishLeft(path: string): void {
  const beside = `${path}.new`;
  if (!readable(beside, (left) => left.obtainedAt >= (readSignIn(path)?.obtainedAt ?? 0))) return;
  renameSync(beside, path);
  syncFolder(dirname(path));
}

/** Tokens are a few kilobytes at most. */
const roomBytes = 32_768;

/**
 * Taken before a server is asked for a token that replaces the one in hand: a full disk is found while the old one is
 * still good. Only under the lock.
 * @throws AppError 'store'
 */
export function takeRoom(path: string): Room {
  const beside = `${path}.new`;
  let file: number | null = null;
  const leave = () => {
    if (file !== null) closeSync(file);
    if (file !== null) rmSync(beside, { force: true });
    file = null;
  };
  try {
    rmSync(beside, { force: true });
    file = openSync(beside, 'wx', 0o600);
    writeSync(file, Buffer.alloc(roomBytes, ' '), 0, roomBytes, 0);
    fsyncSync(file);
  } catch (cause) {
    leave();
    throw writeFault(path, cause);
  }
  const fill = (signIn: SignIn) => {
    if (file === null) throw new Error('no room was taken');
    try {
      const bytes = Buffer.from(textOf(signIn));
      writeSync(file, bytes, 0, bytes.length, 0);
      ftruncateSync(file, bytes.length);
      fsyncSync(file);
      closeSync(file);
      file = null;
      renameSync(beside, path);
      syncFolder(dirname(path));
    } catch (cause) {
      throw writeFault(path, cause);
    }
  };
  return { fill, leave };
}

function writeFault(path: string, cause: unknown): AppError {
  const { code = '' } = cause as NodeJS.ErrnoException;
  return new AppError('store', `the sign-in cannot be written down: ${code === 'ENOSPC' ? 'the disk is full' : code}`, {
    where: path,
    next: 'Make room, or look at the permissions of the data folder.',
    passing: true,
    cause,
  });
}

export function removeSignIn(path: string): void {
  for (const file of [path, `${path}.new`]) rmSync(file, { force: true });
}

/** The page that sent the browser to sign in: it holds what the answer is known by. */
export function removeDoor(dataDir: string): void {
  rmSync(join(dataDir, folderName, 'sign-in.html'), { force: true });
}

function readable(path: string, fits: (signIn: SignIn) => boolean): boolean {
  try {
    const signIn = readSignIn(path);
    return signIn !== null && fits(signIn);
  } catch {
    return false;
  }
}
