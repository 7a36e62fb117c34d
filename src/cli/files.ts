/**
 * Files that a person asked for, written for that person alone: whole or not at all, beside their place first, so that a
 * full disk costs nothing that was there. Follows no link, and replaces nothing but a plain file.
 */
import { randomBytes } from 'node:crypto';
import { link, lstat, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../errors.ts';
import type { WriteFault } from '../words/en/faults/sentences.ts';
import { wordsOf } from '../words/voice.ts';
import { languageOf } from './language.ts';
import type { Output } from './output.ts';
import type { Ways } from './ways.ts';

/**
 * To a file of mode 0600 when one is named, else to stdout.
 * @throws AppError 'conflict' when something is there already; 'bad-input' when it cannot be written, saying why
 */
export async function deliver(
  ways: Ways,
  out: Output,
  text: string,
  options: { output?: string; force?: boolean },
): Promise<void> {
  if (options.output === undefined) return out.raw(text);
  const path = resolve(ways.cwd, options.output);
  await refuse(path, options.force === true);
  const part = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.paletti-part`);
  try {
    await writeFile(part, text, { mode: 0o600, flag: 'wx', flush: true });
    await (options.force === true ? rename(part, path) : placed(part, path));
  } catch (cause) {
    throw cause instanceof AppError ? cause : notWritten(path, cause as NodeJS.ErrnoException);
  } finally {
    await rm(part, { force: true });
  }
  out.say(wordsOf(languageOf(ways)).terminal.daily.written(path));
}

async function refuse(path: string, force: boolean): Promise<void> {
  const stats = await lstat(path).catch(() => null);
  if (stats === null || (force && stats.isFile())) return;
  if (!force) throw thereAlready(path);
  const what = stats.isSymbolicLink() ? 'a link stands there' : 'what stands there is no plain file';
  throw new AppError('conflict', `${what}, and it is not written over`, { where: path, next: 'Name another one.' });
}

function thereAlready(path: string): AppError {
  return new AppError('conflict', { code: 'file-there' }, { where: path });
}

/** Not in the place of a file that came there meanwhile, where the disk knows hard links. */
async function placed(part: string, path: string): Promise<void> {
  try {
    await link(part, path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw thereAlready(path);
    await rename(part, path);
  }
}

/** By errno name. */
const faults: Readonly<Record<string, WriteFault>> = {
  ENOSPC: 'full',
  EDQUOT: 'share',
  EACCES: 'not-yours',
  EPERM: 'not-yours',
  EROFS: 'read-only',
  ENOENT: 'no-folder',
  ENOTDIR: 'no-path',
  ENAMETOOLONG: 'long-name',
  EIO: 'disk',
};

/** What the disk said, in words; what was there before is as it was. */
export function notWritten(path: string, cause: NodeJS.ErrnoException): unknown {
  const why = faults[cause.code ?? ''];
  if (why === undefined) return cause;
  return new AppError('bad-input', { code: 'file-not-written', why }, { where: path, cause });
}
