/** What is kept as values, as the owner reads it in English: for tests that look at the words. */
import type { Reason } from '../../src/rules/reason.ts';
import { entries as keptEntries, type EntryFilter } from '../../src/store/journal.ts';
import { unseenNotices as keptNotices } from '../../src/store/notices.ts';
import type { Told } from '../../src/rules/told.ts';
import type { Reader } from '../../src/store/database.ts';
import { say, tell } from '../../src/words/voice.ts';

export function unseenNotices(r: Reader) {
  return keptNotices(r).map((notice) => ({ ...notice, ...tell(notice.told, 'en') }));
}

export function entries(r: Reader, filter: EntryFilter = {}) {
  return keptEntries(r, filter).map((entry) => ({ ...entry, why: said(entry.why) }));
}

/** '' where there is none */
export function said(why: Reason | null | undefined): string {
  return why === null || why === undefined ? '' : say(why, 'en');
}

/** What is told in words of the test's own. */
export function told(text: string, next = ''): Told {
  return { code: 'as-written', text, next };
}
