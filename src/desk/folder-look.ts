/**
 * Which files of the watched folders are new or changed since the last look. A folder whose own stamp stands still is
 * not gone through again, except now and then for files that were written over in their place. Reads no file.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { kindInFolder } from '../rules/book-names.ts';
import { type Instant, minuteMs, plus } from '../rules/time.ts';

export interface WatchFolder {
  path: string;
  account: string | null;
}

export interface SeenFile {
  path: string;
  name: string;
  folder: WatchFolder;
  sizeBytes: number;
  /** by the file system, in milliseconds of the epoch */
  changedMs: number;
}

export interface FolderFault {
  path: string;
  why: string;
}

export interface Seen {
  files: SeenFile[];
  faults: FolderFault[];
  /** of the folders that were gone through */
  folders: string[];
}

const againAfter = 15 * minuteMs;

export class FolderLook {
  readonly #seen = new Map<string, { stamp: number; again: Instant }>();

  /** Everything in the folders that changed since the last look; nothing of those that stand still. */
  look(folders: readonly WatchFolder[], now: Instant): Seen {
    const seen: Seen = { files: [], faults: [], folders: [] };
    for (const folder of folders) {
      try {
        const stamp = statSync(folder.path).mtimeMs;
        const before = this.#seen.get(folder.path);
        if (before !== undefined && before.stamp === stamp && now < before.again) continue;
        seen.files.push(...filesIn(folder));
        seen.folders.push(folder.path);
        this.#seen.set(folder.path, { stamp, again: plus(now, againAfter) });
      } catch (fault) {
        seen.faults.push({ path: folder.path, why: whyNot(fault as NodeJS.ErrnoException) });
      }
    }
    return seen;
  }

  /** Something in it was not ready: it is gone through at the next look, whatever its stamp. */
  forget(path: string): void {
    this.#seen.delete(path);
  }
}

function filesIn(folder: WatchFolder): SeenFile[] {
  return readdirSync(folder.path, { withFileTypes: true }).flatMap((entry): SeenFile[] => {
    if (!entry.isFile() || kindInFolder(entry.name) === null) return [];
    const file = seenFile(join(folder.path, entry.name), folder);
    return file === undefined ? [] : [file];
  });
}

/** @returns undefined when it is gone, or empty: not written yet */
export function seenFile(path: string, folder: WatchFolder): SeenFile | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isFile() || stats.size === 0) return undefined;
  const name = path.slice(folder.path.length + 1);
  return { path, name, folder, sizeBytes: stats.size, changedMs: Math.round(stats.mtimeMs) };
}

function whyNot({ code }: NodeJS.ErrnoException): string {
  return code === 'ENOENT'
    ? 'it is not there'
    : code === 'EACCES'
      ? 'you may not read it'
      : `it cannot be read (${code})`;
}
