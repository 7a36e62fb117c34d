/** The kill switch by the owner's hand, with its line in the journal. Also marks notices as seen. */
import { type Instant, toIso } from '../rules/time.ts';
import { note } from '../store/journal.ts';
import { markSeen, settleNotices } from '../store/notices.ts';
import { pause, type Paused, resume } from '../store/pause.ts';
import { act, type DeskParts } from './parts.ts';
import { asWritten, type Reason } from '../rules/reason.ts';

/** @param values.until null: until {@link resumeSending} */
export function pauseSending(desk: DeskParts, values: { why: string; until: Instant | null }): Paused {
  const { until } = values;
  const typed = values.why.trim();
  const why: Reason = typed === '' ? { code: 'you-paused', until: null, note: null } : asWritten(typed);
  return act(desk, (w) => {
    pause(w, { why, until });
    const noted = typed === '' ? null : asWritten(typed);
    const end = until === null ? null : toIso(until);
    note(w, { kind: 'sending-paused', subject: 'sending', why: { code: 'you-paused', until: end, note: noted } });
    return { why, until };
  });
}

/** Why Paletti pauses by itself: what was said of it then is over once the owner lets letters leave. */
const pauseMatters = ['foreign-letter', 'older-database', 'another-paletti'];

/** @returns changed: false when nothing was paused */
export function resumeSending(desk: DeskParts): { changed: boolean } {
  return act(desk, (w) => {
    const changed = resume(w);
    for (const matter of pauseMatters) settleNotices(w, matter);
    if (changed) note(w, { kind: 'sending-resumed', subject: 'sending', why: { code: 'you-resumed' } });
    return { changed };
  });
}

export function noticesSeen(desk: DeskParts, which: number | 'all'): void {
  act(desk, (w) => markSeen(w, which));
}
