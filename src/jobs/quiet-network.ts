/**
 * A network that is not there: a mailbox in which nothing arrives and a courier that takes all. For `plan`, which
 * runs the daemon's own passes on a copy of the database. Opens no connection.
 */
import type { Courier, FolderState, Mailbox } from '../ports.ts';
import { type Place, roleOfPlace } from '../rules/message.ts';
import type { Store } from '../store/database.ts';
import { folderOf } from '../store/folders.ts';

/** Shows the folders as the database last saw them, and nothing new in them. */
export function quietMailbox(store: Store, name: string): Mailbox {
  const open = (place: Place): FolderState => {
    const known = store.read((r) => folderOf(r, name, place));
    const uidNext = Math.max(known?.uidMark ?? 0, known?.historyUpTo ?? 0) + 1;
    const { path = place, uidValidity = '1' } = known ?? {};
    return { role: roleOfPlace(place), path, uidValidity, uidNext, keywordsAllowed: false };
  };
  return {
    name,
    filesSent: true,
    open: async (place) => open(place),
    list: async () => [],
    fetch: async function* () {},
    flags: async () => new Map(),
    mark: async () => false,
    isInSent: async () => false,
    fileAsSent: async () => 'there-already',
    claims: async () => null,
    putClaim: async () => false,
    dropClaims: async () => {},
    source: async () => null,
    changed: (_role, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
    reset: () => {},
    close: async () => {},
  };
}

/** Takes every letter. What may leave is not even composed (see jobs/deliver). */
export function quietCourier(mailbox: string): Courier {
  return {
    mailbox,
    compose: async () => new Uint8Array(),
    send: async () => {},
    verify: async () => {},
  };
}
