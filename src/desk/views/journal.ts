/**
 * The journal as it is shown: by client, kind and day; and whether its chain is whole, which a process that shows it
 * remembers until it is asked again. Reads only.
 */
import type { Instant } from '../../rules/time.ts';
import { clientName } from '../../store/clients.ts';
import type { Reader } from '../../store/database.ts';
import { entries, type Entry, verifyJournal, type Verdict } from '../../store/journal.ts';
import type { JournalKind } from '../../words/parts/page.ts';

/** What an entry is about begins with one of these. */
export const journalKinds: Readonly<Record<JournalKind, readonly string[]>> = {
  mail: ['message/', 'messages/', 'window/', 'windows', 'folder/', 'mailbox/'],
  letters: ['letter/', 'outbox', 'sending'],
  money: ['invoice/', 'case/', 'hold/', 'bank-line/', 'file/', 'payments'],
  clients: ['client/', 'clients/', 'project/'],
  exits: ['exit/', 'request/'],
  program: ['pass', 'settings', 'wording/'],
};

export interface JournalFilter {
  kind: JournalKind | null;
  clientId: number | null;
  /** the day's first moment, and the next one's; null: any day */
  day: { from: Instant; until: Instant } | null;
  most: number;
}

export interface EntryView extends Entry {
  client: string | null;
}

/** Newest first. */
export function viewJournal(r: Reader, { kind, clientId, day, most }: JournalFilter): EntryView[] {
  const found = entries(r, {
    limit: most,
    ...(kind !== null && { about: journalKinds[kind] }),
    ...(clientId !== null && { clientId }),
    ...(day !== null && { since: day.from, until: day.until }),
  });
  const names = new Map<number, string | null>();
  return found.toReversed().map((entry) => ({ ...entry, client: nameOf(r, entry.clientId, names) }));
}

function nameOf(r: Reader, id: number | null, names: Map<number, string | null>): string | null {
  if (id === null) return null;
  if (!names.has(id)) names.set(id, clientName(r, id) ?? null);
  return names.get(id) ?? null;
}

/** The chain, gone through at a moment. */
export interface Verified {
  verdict: Verdict;
  at: Instant;
}

/** Goes through the whole chain: about a second for some hundred thousand entries. */
export function verifyChain(r: Reader, now: Instant): Verified {
  return { verdict: verifyJournal(r), at: now };
}

/** How many entries there are, without reading them. */
export function journalLength(r: Reader): number {
  return entries(r, { limit: 1 })[0]?.id ?? 0;
}
