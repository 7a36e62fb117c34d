/**
 * Files that were dropped on the page, kept in memory between the preview and the word to take them. Each belongs to one
 * session; only the last few are kept, and nothing is written to disk.
 */
import { randomBytes } from 'node:crypto';
import type { DroppedFile } from '../desk/take-files.ts';

/** What one person may hold at a time, in bytes: more than a year of invoices and statements. */
export const mostBytes = 32 * 1024 * 1024;
const mostKept = 4;

export interface Upload {
  session: string;
  files: readonly DroppedFile[];
  options: Readonly<Record<string, string>>;
}

export class Uploads {
  readonly #kept = new Map<string, Upload>();

  /** @returns by what name it is asked for */
  keep(upload: Upload): string {
    const id = randomBytes(12).toString('base64url');
    this.#kept.set(id, upload);
    for (const old of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(old);
    }
    return id;
  }

  /** @returns undefined when it is another's, was taken, or had to make room */
  of(session: string, id: string): Upload | undefined {
    const upload = this.#kept.get(id);
    return upload?.session === session ? upload : undefined;
  }

  forget(id: string): void {
    this.#kept.delete(id);
  }
}
