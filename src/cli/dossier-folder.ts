/**
 * The folder of a dossier: written beside its place under another name, and renamed when it is complete, so that nothing
 * half-done is ever found. That name is nobody else's, and is told before anything is written, so that what a killed run
 * left can be taken away later. Every file has mode 0600 and its line in SHA256SUMS. Knows nothing of what is in the files.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { dossierFormat } from '../desk/dossier.ts';
import { AppError } from '../errors.ts';

export const sumsFile = 'SHA256SUMS';
const topFiles = new Set(['index.html', 'dossier.pdf', 'data.json', 'journal.json', sumsFile]);
const ourFolders = new Set(['messages', 'letters', 'evidence']);

export interface WrittenFile {
  path: string;
  sha256: string;
}

export class DossierFolder {
  readonly #target: string;
  readonly #part: string;
  readonly #files: WrittenFile[] = [];

  /**
   * @param target where it is to stand in the end
   * @param begun is told where it is written until then, before it is
   * @throws AppError 'conflict' when something else stands there
   */
  constructor(target: string, begun: (part: string) => void = () => {}) {
    refuseOthers(target);
    this.#target = target;
    this.#part = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}${partEnd}`);
    begun(this.#part);
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    mkdirSync(this.#part, { mode: 0o700 });
    for (const folder of ourFolders) mkdirSync(join(this.#part, folder), { mode: 0o700 });
  }

  /** @param path in the dossier: a name of ours, never a word of a client */
  add(path: string, content: string | Uint8Array): WrittenFile {
    if (!isOurs(path)) throw new AppError('internal', `'${path}' is no file of a dossier`);
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    writeFileSync(join(this.#part, path), bytes, { mode: 0o600, flag: 'wx' });
    const file = { path, sha256: sha256(bytes) };
    this.#files.push(file);
    return file;
  }

  /** Writes the sums and puts the folder in its place; an earlier dossier there goes. @returns the sum of the sums */
  finish(): { sha256: string; files: number } {
    const lines = this.#files
      .toSorted((a, b) => (a.path < b.path ? -1 : 1))
      .map((file) => `${file.sha256}  ${file.path}\n`);
    const sums = lines.join('');
    writeFileSync(join(this.#part, sumsFile), sums, { mode: 0o600, flag: 'wx' });
    refuseOthers(this.#target);
    this.#takePlace();
    return { sha256: sha256(Buffer.from(sums)), files: this.#files.length + 1 };
  }

  /** After {@link finish} there is nothing to discard. */
  discard(): void {
    rmSync(this.#part, { recursive: true, force: true });
  }

  #takePlace(): void {
    if (!existsSync(this.#target)) return renameSync(this.#part, this.#target);
    const old = oldOf(this.#part);
    renameSync(this.#target, old);
    try {
      renameSync(this.#part, this.#target);
    } catch (error) {
      renameSync(old, this.#target);
      throw error;
    }
    rmSync(old, { recursive: true, force: true });
  }
}

const [partEnd, oldEnd] = ['.paletti-part', '.paletti-old'];

/** Where an earlier dossier stands while the new one takes its place. */
function oldOf(part: string): string {
  return `${part.slice(0, -partEnd.length)}${oldEnd}`;
}

/**
 * Takes away what a run that was killed left behind.
 * @param part as it was told at its beginning
 * @returns the path, when something lies there that is not a dossier's: it is left as it is
 */
export function sweepPart(part: string): string | null {
  const { 1: name } = /^\.(.*)\.[0-9a-f]{12}\.paletti-part$/.exec(basename(part)) ?? [];
  if (name === undefined) return null;
  const old = oldOf(part);
  const target = join(dirname(part), name);
  if (existsSync(old) && !existsSync(target)) renameSync(old, target);
  for (const left of [old, part]) {
    const stat = lstatSync(left, { throwIfNoEntry: false });
    if (stat === undefined) continue;
    if (!stat.isDirectory() || foreignIn(left, readdirSync(left)) !== undefined) return left;
    rmSync(left, { recursive: true, force: true });
  }
  return null;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function isOurs(path: string): boolean {
  if (topFiles.has(path)) return path !== sumsFile;
  return /^(messages|letters)\/\d{3,}\.eml$/.test(path) || /^evidence\/\d{3,}(\.[a-z0-9]{1,5})?$/.test(path);
}

/** Nothing, an empty folder, or a dossier of ours with nothing put into it: only these are written over. */
function refuseOthers(target: string): void {
  const stat = lstatSync(target, { throwIfNoEntry: false });
  if (stat === undefined) return;
  const bad = (what: string) =>
    new AppError('conflict', what, {
      where: target,
      next: 'Name another folder with --out; this one was left as it is.',
    });
  if (!stat.isDirectory()) throw bad('this is not a folder');
  const names = readdirSync(target);
  if (names.length === 0) return;
  if (!isDossier(target)) throw bad('the folder is not empty, and not a dossier');
  const foreign = foreignIn(target, names);
  if (foreign !== undefined) throw bad(`the dossier there holds something of yours: ${JSON.stringify(foreign)}`);
}

function isDossier(target: string): boolean {
  const path = join(target, 'data.json');
  if (!existsSync(join(target, sumsFile)) || !existsSync(path)) return false;
  const head = Buffer.alloc(64);
  const file = openSync(path, 'r');
  try {
    readSync(file, head);
  } finally {
    closeSync(file);
  }
  return head.toString('latin1').includes(`"format": "${dossierFormat}"`);
}

function foreignIn(target: string, names: readonly string[]): string | undefined {
  const top = names.find((name) => !topFiles.has(name) && !ourFolders.has(name));
  if (top !== undefined) return top;
  return [...ourFolders]
    .filter((folder) => names.includes(folder))
    .flatMap((folder) => readdirSync(join(target, folder)).map((name) => `${folder}/${name}`))
    .find((path) => !isOurs(path));
}
