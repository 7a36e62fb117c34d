/** Credentials that end soon -> notices, one for each stage; what was renewed is no matter any more. Asks no server. */
import type { Clock } from '../clock.ts';
import { type Ending, stageOf } from '../rules/endings.ts';
import type { Settings } from '../rules/settings.ts';
import { dayOf, daysBetween, type LocalDay } from '../rules/time.ts';
import type { Store, Writer } from '../store/database.ts';
import { notice, settleNotices, unseenNotices } from '../store/notices.ts';

export interface EndingParts {
  store: Store;
  clock: Clock;
  settings: Settings;
  /** absent where nothing really logs in */
  endings?: () => readonly Ending[];
}

export function sayWhatEnds({ store, clock, settings, endings }: EndingParts): void {
  if (endings === undefined) return;
  const today = dayOf(clock.now(), settings.owner.timeZone);
  const due = endings().flatMap((ending) => {
    const stage = stageOf(ending, today);
    return stage === null ? [] : [{ ending, key: keyOf(ending, stage) }];
  });
  const isOpen = store.read((r) => unseenNotices(r).some(({ key }) => key.startsWith(prefix)));
  if (due.length > 0 || isOpen) store.write(clock.now(), (w) => tell(w, due, today));
}

const prefix = 'ends/';

function keyOf({ mailbox, what, on }: Ending, stage: string): string {
  return `${prefix}${mailbox}/${what}/${on}/${stage}`;
}

function tell(w: Writer, due: readonly { ending: Ending; key: string }[], today: LocalDay): void {
  const current = new Set(due.map(({ key }) => key));
  const over = unseenNotices(w).filter(({ key }) => key.startsWith(prefix) && !current.has(key));
  for (const { key } of over) settleNotices(w, key);
  for (const { ending, key } of due) notice(w, key, { code: 'ends', ...ending, days: daysBetween(today, ending.on) });
}
