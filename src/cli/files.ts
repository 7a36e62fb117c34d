/**
 * Files that a person asked for, written for that person alone: whole or not at all, beside their place first, so that a
 * full disk costs nothing that was there. Follows no link, and replaces nothing but a plain file.
 */
import { randomBytes } from 'node:crypto';
import { link, lstat, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../errors.ts';
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
  return new AppError('conflict', 'the file is there already', {
    where: path,
    next: 'Name another one, or add --force.',
  });
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

const faults: Record<string, { what: string; next: string }> = {
  ENOSPC: { what: 'the disk is full', next: 'Free some space on that disk, or name a file on another one.' },
  EDQUOT: { what: 'your share of the disk is used up', next: 'Free some space, or name a file on another disk.' },
  EACCES: { what: 'you may not write there', next: 'Name a file in a folder of your own.' },
  EPERM: { what: 'you may not write there', next: 'Name a file in a folder of your own.' },
  EROFS: { what: 'that disk can only be read', next: 'Name a file on another disk.' },
  ENOENT: { what: 'there is no such folder', next: 'Make the folder first, or name another one.' },
  ENOTDIR: { what: 'a part of the path is no folder', next: 'Check the path.' },
  ENAMETOOLONG: { what: 'the name is too long', next: 'Name a shorter one.' },
  EIO: { what: 'the disk failed', next: 'Check the disk, or name a file on another one.' },
};

/** What the disk said, in words; what was there before is as it was. */
export function notWritten(path: string, cause: NodeJS.ErrnoException): unknown {
  const fault = faults[cause.code ?? ''];
  if (fault === undefined) return cause;
  return new AppError('bad-input', `the file was not written: ${fault.what}`, {
    where: path,
    next: fault.next,
    cause,
  });
}
