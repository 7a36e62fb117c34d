/**
 * What events have made pointless asks nobody any more: an acknowledgement that waits for approval though its promise is
 * past or its question answered is dropped, and notices of matters that are over are closed. Writes no letter.
 */
import type { Clock } from '../clock.ts';
import { acknowledgementKinds } from '../rules/letter.ts';
import type { Settings } from '../rules/settings.ts';
import type { Instant } from '../rules/time.ts';
import type { Reader, Store } from '../store/database.ts';
import { drop } from '../store/outbox.ts';
import { waitingOf } from '../store/outbox-queue.ts';
import { closeOvertaken, standingNotices } from '../store/standing-notices.ts';
import { unseenNotices } from '../store/notices.ts';
import { windowById } from '../store/windows.ts';

export interface OvertakenParts {
  store: Store;
  clock: Clock;
  settings: Settings;
}

export function closeWhatIsOver({ store, clock, settings }: OvertakenParts): void {
  const now = clock.now();
  const { timeZone } = settings.owner;
  const [letters, isNoticed] = store.read((r) => [
    overtakenLetters(r, now),
    standingNotices(r, now, timeZone).length < unseenNotices(r).length,
  ]);
  if (letters.length === 0 && !isNoticed) return;
  store.write(now, (w) => {
    for (const { id, why } of letters) drop(w, id, 'system', why);
    closeOvertaken(w, timeZone);
  });
}

function overtakenLetters(r: Reader, now: Instant): { id: number; why: string }[] {
  return waitingOf(r, acknowledgementKinds).flatMap(({ id, windowId }) => {
    const window = windowId === null ? undefined : windowById(r, windowId);
    if (window?.state !== 'open') return [{ id, why: 'no answer is due any more' }];
    return window.dueAt < now ? [{ id, why: 'the answer it promises is already due' }] : [];
  });
}
