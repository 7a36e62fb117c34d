/** What the pass calls: new files of watched folders, and files that came by mail. The readers are loaded when one is there. */
import type { Language } from '../rules/language.ts';
import { dayOf, type TimeZone } from '../rules/time.ts';
import type { WatchFolder } from './folder-look.ts';
import { proposeMailFiles } from './mail-files.ts';
import type { DeskParts } from './parts.ts';
import { FileWatch } from './watch-files.ts';

export interface BooksSettings {
  owner: {
    vat?: string;
    taxCode?: string;
    accounts?: readonly string[];
    language: Language;
    timeZone: TimeZone;
  };
  watch: { folders: readonly WatchFolder[]; mail: boolean };
}

/** @param settings asked anew each time: the owner may change them */
export function bookWatch(desk: DeskParts, settings: () => BooksSettings): () => Promise<void> {
  const files = new FileWatch();
  return async () => {
    const { owner, watch } = settings();
    const { vat = '', taxCode = '', accounts = [], language, timeZone } = owner;
    const today = dayOf(desk.clock.now(), timeZone);
    await files.look(desk, { folders: watch.folders, owner: { vat, taxCode }, accounts, language, today });
    if (watch.mail) proposeMailFiles(desk);
  };
}
