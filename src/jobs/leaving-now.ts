/**
 * A letter that waits, as it would leave by the record of this moment: its words, its address, and what has changed
 * since it was written; or why it would not leave at all. What is shown of it, and what is approved, is this and nothing
 * older. Changes nothing: `deliver` does the same once more when it leaves.
 */
import type { Letters } from '../letters/library.ts';
import type { Client } from '../rules/client.ts';
import { nextOpening } from '../rules/contact-hours.ts';
import { unlessNeverOpen } from '../rules/dunning.ts';
import type { Letter } from '../rules/letter.ts';
import type { Reason } from '../rules/reason.ts';
import { lettersHoursFor, type Settings } from '../rules/settings.ts';
import { type Instant, latest } from '../rules/time.ts';
import type { Wording } from '../rules/wording-changes.ts';
import { clientById } from '../store/clients.ts';
import type { Reader, Store } from '../store/database.ts';
import { note } from '../store/journal.ts';
import { type Ground, letterById, rewrite, type Rewriting } from '../store/outbox.ts';
import { stale } from './fresh.ts';
import { addressNow, lostGround } from './may-go.ts';

export type { Ground };

/**
 * - `leaves`: as `letter` says
 * - `given-back`: the owner's own words fit no more, and are never sent so
 * - `stays`: it has lost its ground, or cannot be written
 */
export type Fate = 'leaves' | 'given-back' | 'stays';

export interface LeavingNow {
  letter: Letter;
  fate: Fate;
  /** why it is not as it was written; null: it is */
  because: Reason | null;
  /** line by line; of words that are given back, what the letter would say in their place */
  changes: readonly Wording[];
  /** what the program would say, where it is not what the outbox has */
  rewriting: Omit<Rewriting, 'why'> | null;
}

/** @returns as it is in the outbox for a letter that does not wait (any more) */
export function leavingNow(
  r: Reader,
  parts: { settings: Settings; letters: Letters },
  letter: Letter,
  now: Instant,
): LeavingNow {
  const asStored: LeavingNow = { letter, fate: 'leaves', because: null, changes: [], rewriting: null };
  if (letter.state !== 'held' && letter.state !== 'queued') return asStored;
  const context = { ...parts, longGap: false };
  const ground = lostGround(r, context, letter, now);
  if (ground !== undefined) return { ...asStored, fate: 'stays', because: ground };
  const client = letter.clientId === null ? undefined : clientById(r, letter.clientId);
  const { address, why } = addressNow(parts, { letter, client });
  const there = { ...letter, ...address };
  const verdict = stale(r, context, { letter: there, client }, leavesAt(parts.settings, client, letter.notBefore, now));
  if (verdict === undefined || verdict.go) return { ...asStored, letter: there, because: why };
  const { outcome, text, changes = [] } = verdict;
  if (text === undefined) return { ...asStored, letter: there, fate: 'stays', because: verdict.why };
  if (outcome === 'retitle') return { ...asStored, letter: { ...there, subject: text.subject }, because: verdict.why };
  const { why: because } = verdict;
  if (letter.edited) return { letter: there, fate: 'given-back', because, changes, rewriting: text };
  const { subject, text: words } = text;
  return { letter: { ...there, subject, text: words }, fate: 'leaves', because, changes, rewriting: text };
}

/** Letters of a list, each with the subject and the address that it would leave with. */
export function asTheyLeave<Listed extends Letter>(
  r: Reader,
  parts: { settings: Settings; letters: Letters },
  listed: readonly Listed[],
  now: Instant,
): Listed[] {
  return listed.map((letter) => {
    const { subject, recipient, recipientName } = leavingNow(r, parts, letter, now).letter;
    return { ...letter, subject, recipient, recipientName };
  });
}

/** What the owner's words stand upon who has it before her now, with the difference where there is one. */
export function groundOf({ letter, fate, rewriting }: LeavingNow): Ground | undefined {
  if (fate === 'given-back') return rewriting ?? undefined;
  return letter.edited ? undefined : { subject: letter.subject, text: letter.text };
}

/**
 * What its owner approves or edits is what would leave, and not what was written some days ago. Her own words stay.
 * @returns how it stands; undefined when there is no such letter
 */
export function bringUpToDate(
  parts: { store: Store; settings: Settings; letters: Letters },
  id: number,
  now: Instant,
): LeavingNow | undefined {
  return parts.store.write(now, (w) => {
    const letter = letterById(w, id);
    if (letter === undefined) return undefined;
    const found = leavingNow(w, parts, letter, now);
    const { fate, rewriting, because, changes } = found;
    if (
      fate !== 'leaves' ||
      rewriting === null ||
      because === null ||
      !rewrite(w, id, { ...rewriting, why: letter.why })
    )
      return found;
    const { clientId } = letter;
    note(w, { kind: 'letter-rewritten', subject: `letter/${id}`, clientId, why: because, data: { changes } });
    return found;
  });
}

/** At its time, in the hours of letters: a day that only passes until then is no change. */
function leavesAt(settings: Settings, client: Client | undefined, notBefore: Instant, now: Instant): Instant {
  const from = latest(notBefore, now);
  return unlessNeverOpen(
    () => nextOpening(lettersHoursFor(settings, client), from),
    () => from,
  );
}
