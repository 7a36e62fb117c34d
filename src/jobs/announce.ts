/**
 * What waits for the owner -> one word for the desktop, gathered, in her hours, once for each matter. Only what asks something of
 * her; what it says stands in the notices anyway. Shows nothing itself.
 */
import type { Clock } from '../clock.ts';
import { isOpen } from '../rules/contact-hours.ts';
import type { Settings } from '../rules/settings.ts';
import type { Store } from '../store/database.ts';
import { factOf, setFact } from '../store/facts.ts';
import { unseenNotices } from '../store/notices.ts';
import { tell, wordsOf } from '../words/voice.ts';

export interface AnnounceParts {
  store: Store;
  clock: Clock;
  settings: Settings;
}

export interface Announcement {
  title: string;
  body: string;
}

const toldUpToKey = 'desktop/told-up-to';

/**
 * Written down before it is shown: what the desktop does not show is not shown again and again.
 * @returns null when there is nothing new, nothing to do, or the studio is closed
 */
export function announcement({ store, clock, settings }: AnnounceParts): Announcement | null {
  const now = clock.now();
  if (!isOpen(settings.hours, now)) return null;
  const { language } = settings.owner;
  const [upTo, unseen] = store.read((r) => [Number(factOf(r, toldUpToKey) ?? 0), unseenNotices(r)] as const);
  const fresh = unseen.filter(({ id }) => id > upTo);
  const newest = Math.max(0, ...fresh.map(({ id }) => id));
  if (newest === 0) return null;
  store.write(now, (w) => setFact(w, toldUpToKey, String(newest)));
  const asking = fresh.map(({ told }) => tell(told, language)).filter(({ next }) => next !== '');
  const [first] = asking;
  if (first === undefined) return null;
  return { title: wordsOf(language).terminal.daily.desktop.title(asking.length), body: first.text };
}
