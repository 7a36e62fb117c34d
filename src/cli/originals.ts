/** Whole messages from the mail servers, for commands that want what the record does not keep. Changes nothing there. */
import type { FromRecord } from '../desk/dossier-mail.ts';
import type { StoredMessage } from '../store/messages.ts';
import type { Mailboxes } from './ways.ts';

/** Messages as the servers have them now. A folder is opened once; one that was numbered anew is not asked for old numbers. */
export class Originals {
  readonly #servers: Mailboxes;
  readonly #uidValidity = new Map<string, string | null>();

  constructor(servers: Mailboxes) {
    this.#servers = servers;
  }

  /** @throws AppError when the server cannot be reached: then nothing is written */
  async of({ mailbox: name, place, uid, uidValidity }: StoredMessage): Promise<Uint8Array | FromRecord> {
    const mailbox = this.#servers.mailboxes.find((one) => one.name === name);
    if (mailbox === undefined) return 'no-mailbox';
    const key = `${place}/${name}`;
    if (!this.#uidValidity.has(key)) this.#uidValidity.set(key, (await mailbox.open(place))?.uidValidity ?? null);
    const present = this.#uidValidity.get(key);
    if (present !== null && present !== uidValidity) return 'renumbered';
    const source = present === null ? null : await mailbox.source(place, uid);
    return source ?? 'gone';
  }
}
