/**
 * A look at the watched folders: what is new is taken when all of it is certain, else asked about by one notice, and
 * letters to whom it may concern wait. Files stay where they are. What was asked is tried again after an hour: a client
 * may be in the register by then, or a mapping confirmed.
 */
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { sha256 } from '../rules/digest.ts';
import { asWritten } from '../rules/reason.ts';
import { dayMs, hourMs, type Instant, plus } from '../rules/time.ts';
import type { Writer } from '../store/database.ts';
import { note } from '../store/journal.ts';
import { notice, noticeAgain, settleNotices } from '../store/notices.ts';
import {
  dropWatchedFile,
  isAskedBefore,
  putWatchedFile,
  setFileConcerns,
  type WatchedFile,
  watchedFiles,
} from '../store/watched-files.ts';
import { FolderLook, type FolderFault, type SeenFile, seenFile, type WatchFolder } from './folder-look.ts';
import { act, type DeskParts } from './parts.ts';
import type { TakeOptions, Taking } from './take-file.ts';

export interface WatchOptions extends Omit<TakeOptions, 'account'> {
  folders: readonly WatchFolder[];
}

export interface WatchReport {
  taken: number;
  asked: number;
}

const largestBytes = 50_000_000;
const askedAgainAfter = hourMs;
/** A file that is still being written grows meanwhile. */
const settleMs = 1_000;

/** For as long as the program runs: what it saw last. */
export class FileWatch {
  readonly #look = new FolderLook();
  readonly #wait: () => Promise<unknown>;
  #faulty = new Set<string>();

  /** @param wait until what is being written has grown */
  constructor(wait: () => Promise<unknown> = () => setTimeout(settleMs)) {
    this.#wait = wait;
  }

  /** Costs a look at the stamps of the folders when nothing is new. @throws AppError 'store' */
  async look(desk: DeskParts, options: WatchOptions): Promise<WatchReport> {
    const now = desk.clock.now();
    if (desk.store.read((r) => isAskedBefore(r, plus(now, -askedAgainAfter))))
      for (const { path } of options.folders) this.#look.forget(path);
    const seen = this.#look.look(options.folders, now);
    this.#tellFaults(desk, seen.faults);
    if (seen.folders.length === 0) return { taken: 0, asked: 0 };
    const known = new Map(desk.store.read((r) => watchedFiles(r)).map((file) => [file.path, file]));
    dropGone(desk, known, seen);
    const isKnown = (file: SeenFile) => isSame(file, known.get(file.path));
    const again = seen.files.filter((file) => isKnown(file) && isDue(known.get(file.path), now));
    const fresh = [...(await this.#settled(seen.files.filter((file) => !isKnown(file)))), ...again];
    return fresh.length === 0 ? { taken: 0, asked: 0 } : takeAll(desk, fresh, options);
  }

  /** Once, and again when it is so after a week; what is mended is settled. */
  #tellFaults(desk: DeskParts, faults: readonly FolderFault[]): void {
    const now = new Set(faults.map(({ path }) => path));
    const mended = [...this.#faulty].filter((path) => !now.has(path));
    const fresh = faults.filter(({ path }) => !this.#faulty.has(path));
    this.#faulty = now;
    if (mended.length + fresh.length === 0) return;
    act(desk, (w) => {
      for (const path of mended) settleNotices(w, folderKey(path));
      for (const { path, why } of fresh) {
        const said = { code: 'folder-unread', path, fault: asWritten(why) } as const;
        noticeAgain(w, folderKey(path), () => said, 7 * dayMs);
      }
    });
  }

  /** Those that stand still; the others are looked at in the next pass. */
  async #settled(files: readonly SeenFile[]): Promise<SeenFile[]> {
    if (files.length === 0) return [];
    await this.#wait();
    return files.filter((file) => {
      const now = seenFile(file.path, file.folder);
      const stands = now?.sizeBytes === file.sizeBytes && now.changedMs === file.changedMs;
      if (!stands) this.#look.forget(file.folder.path);
      return stands;
    });
  }
}

function folderKey(path: string): string {
  return `watch-folder/${sha256(path).slice(0, 16)}`;
}

function isSame(file: SeenFile, known: WatchedFile | undefined): boolean {
  return known?.sizeBytes === file.sizeBytes && known.changedMs === file.changedMs;
}

function isDue(known: WatchedFile | undefined, now: Instant): boolean {
  return known?.state === 'asked' && known.lookedAt <= plus(now, -askedAgainAfter);
}

async function takeAll(desk: DeskParts, files: readonly SeenFile[], options: WatchOptions): Promise<WatchReport> {
  const { takeFile } = await import('./take-file.ts');
  const report = { taken: 0, asked: 0 };
  const take = (file: SeenFile): Taking => takeOne(desk, file, options, takeFile);
  // what one of them brings may be what another waits for: a credit note, and the invoice that it names
  const first = files.map((file) => ({ file, taking: take(file) }));
  const again = first.some(({ taking }) => taking.state === 'taken');
  const last = first.map(({ file, taking }) => ({
    file,
    taking: taking.state === 'asked' && again ? take(file) : taking,
  }));
  act(desk, (w) => {
    for (const { file, taking } of last) {
      tell(w, file, taking);
      report.taken += taking.state === 'taken' ? 1 : 0;
      report.asked += taking.state === 'asked' ? 1 : 0;
    }
  });
  return report;
}

type TakeFile = (
  desk: DeskParts,
  file: { name: string; path: string; bytes: Uint8Array },
  options: TakeOptions,
) => Taking;

function takeOne(desk: DeskParts, file: SeenFile, options: WatchOptions, takeFile: TakeFile): Taking {
  const nothing = { next: '', concerns: [], asked: 0, warnings: [] };
  if (file.sizeBytes > largestBytes)
    return {
      ...nothing,
      state: 'asked',
      why: { code: 'file-too-big', megabytes: Math.round(file.sizeBytes / 1e6), most: 50 },
    };
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file.path);
  } catch (fault) {
    return {
      ...nothing,
      state: 'asked',
      why: { code: 'file-unreadable', fault: String((fault as NodeJS.ErrnoException).code) },
    };
  }
  const taking = takeFile(
    desk,
    { name: file.name, path: file.path, bytes },
    { ...options, account: file.folder.account },
  );
  const { sizeBytes, changedMs, path } = file;
  act(desk, (w) => putWatchedFile(w, { path, sizeBytes, changedMs, sha256: sha256(bytes), state: taking.state }));
  return taking;
}

function tell(w: Writer, { path, name }: SeenFile, { state, why, next, concerns, asked, warnings }: Taking): void {
  const key = `watch/${sha256(path).slice(0, 16)}`;
  setFileConcerns(w, path, concerns, {
    note: { code: 'file-waits', name, because: why },
    why: { code: 'question-answered' },
  });
  if (state === 'asked') return void notice(w, key, { code: 'file-asks', name, because: why, next });
  settleNotices(w, key);
  if (state === 'taken')
    note(w, { kind: 'file-read', subject: `file/${name}`, why: { code: 'file-taken', path, what: why } });
  if (asked > 0) notice(w, `${key}/lines`, { code: 'file-lines-asked', name, payments: asked });
  for (const warning of warnings) notice(w, `${key}/sums`, { code: 'file-warns', name, warning: asWritten(warning) });
}

/** What was asked about a file that is there no more is asked no longer. */
function dropGone(
  desk: DeskParts,
  known: Map<string, WatchedFile>,
  { files, folders }: { files: readonly SeenFile[]; folders: readonly string[] },
): void {
  const there = new Set(files.map(({ path }) => path));
  const gone = [...known.values()].filter(
    ({ path, state }) =>
      state === 'asked' && !there.has(path) && folders.some((folder) => path.startsWith(`${folder}/`)),
  );
  if (gone.length === 0) return;
  act(desk, (w) => {
    for (const { path } of gone) {
      dropWatchedFile(w, path, { code: 'file-gone' });
      settleNotices(w, `watch/${sha256(path).slice(0, 16)}`);
    }
  });
}
