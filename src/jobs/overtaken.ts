/**
 * What events have made pointless asks nobody any more: an acknowledgement that waits for approval though its promise is
 * past or its question answered is dropped, so is a letter about a pause or an end that no longer fits, and notices of
 * matters that are over are closed. Writes no letter.
 */
import type { Clock } from '../clock.ts';
import type { Letters } from '../letters/library.ts';
import { acknowledgementKinds } from '../rules/letter.ts';
import type { Settings } from '../rules/settings.ts';
import type { Instant } from '../rules/time.ts';
import type { Reader, Store } from '../store/database.ts';
import { drop, holdBack } from '../store/outbox.ts';
import { waitingInOwnWords, waitingOf, waitingWithEffect } from '../store/outbox-queue.ts';
import { closeOvertaken, standingNotices } from '../store/standing-notices.ts';
import { unseenNotices } from '../store/notices.ts';
import { windowById } from '../store/windows.ts';
import { leavingNow } from './leaving-now.ts';
import { lostGround } from './may-go.ts';
import { isSameReason, type Reason } from '../rules/reason.ts';

export interface OvertakenParts {
  store: Store;
  clock: Clock;
  settings: Settings;
  letters: Letters;
}

export function closeWhatIsOver(parts: OvertakenParts): void {
  const { store, clock, settings } = parts;
  const now = clock.now();
  const { timeZone } = settings.owner;
  const [letters, words, isNoticed] = store.read((r) => [
    [...overtakenLetters(r, now), ...groundless(r, parts, now)],
    outdatedWords(r, parts, now),
    standingNotices(r, now, timeZone).length < unseenNotices(r).length,
  ]);
  if (letters.length + words.length === 0 && !isNoticed) return;
  store.write(now, (w) => {
    for (const { id, notBefore, why } of words) holdBack(w, id, notBefore, why);
    for (const { id, why } of letters) drop(w, id, 'system', why);
    closeOvertaken(w, timeZone);
  });
}

function overtakenLetters(r: Reader, now: Instant): { id: number; why: Reason }[] {
  return waitingOf(r, acknowledgementKinds).flatMap(({ id, windowId }): { id: number; why: Reason }[] => {
    const window = windowId === null ? undefined : windowById(r, windowId);
    if (window?.state !== 'open') return [{ id, why: { code: 'no-answer-due' } }];
    return window.dueAt < now ? [{ id, why: { code: 'promise-is-due' } }] : [];
  });
}

/** Her own words that fit no more wait for another reason than they did: she sees it before she lets them go. */
function outdatedWords(r: Reader, parts: OvertakenParts, now: Instant) {
  return waitingInOwnWords(r).flatMap((letter) => {
    const { fate, because } = leavingNow(r, parts, letter, now);
    if (fate !== 'given-back' || because === null) return [];
    const why: Reason = { code: 'words-fit-no-more', because };
    return isSameReason(why, letter.waitsFor) ? [] : [{ id: letter.id, notBefore: letter.notBefore, why }];
  });
}

/** Nothing is paused, ended or taken up again that has ended, or is about to: the owner is not asked about it. */
function groundless(r: Reader, parts: OvertakenParts, now: Instant): { id: number; why: Reason }[] {
  return waitingWithEffect(r).flatMap((letter) => {
    const why = lostGround(r, { ...parts, longGap: false }, letter, now);
    return why === undefined ? [] : [{ id: letter.id, why }];
  });
}
