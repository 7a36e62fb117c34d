/**
 * Where the claims of a mailbox stand (see rules/claim): in a folder "Paletti" of their own, which is made when the first
 * letter is about to leave; where the server makes none, in Sent. Runs on a line that it is given, and decides nothing.
 */
import type { FetchMessageObject, ImapFlow, MailboxObject } from 'imapflow';
import { type Claim, claimIn } from '../rules/claim.ts';
import type { Instant } from '../rules/time.ts';
import { isRefusal } from './imap-fault.ts';
import { selected } from './selected.ts';

const ownFolder = 'Paletti';
/** A folder with more than this holds other things, too: then the claims in it are searched for. */
const fewMessages = 20;

export class ClaimFolder {
  readonly #sentPath: (client: ImapFlow) => Promise<string | null>;
  /** where the last look found or would put them */
  #path: string | null = null;
  #isSent = false;

  constructor(sentPath: (client: ImapFlow) => Promise<string | null>) {
    this.#sentPath = sentPath;
  }

  /**
   * Selected afresh each time: what another program has just put there must be seen. While it has to be Sent, the folder
   * is looked for each time, too: two installations must come to the same place.
   */
  async read(client: ImapFlow): Promise<Claim[] | null> {
    this.#isSent = false;
    const box = (await selected(client, ownFolder)) ?? (await this.#made(client)) ?? (await this.#sent(client));
    if (box === null) {
      this.#path = null;
      return null;
    }
    this.#path = box.path;
    const uids = box.exists === 0 ? '' : await this.#candidates(client, box.exists);
    return uids === '' ? [] : this.#fetched(client, uids);
  }

  async put(client: ImapFlow, source: string, since: Instant): Promise<boolean> {
    if (this.#path === null) return false;
    try {
      const done = await client.append(this.#path, Buffer.from(source), ['\\Seen'], new Date(since));
      if (done === false) throw new Error('the connection was lost');
      return true;
    } catch (error) {
      if (isRefusal(error)) return false;
      throw error;
    }
  }

  async drop(client: ImapFlow, claims: readonly Claim[]): Promise<void> {
    if (claims.length === 0 || this.#path === null || (await selected(client, this.#path)) === null) return;
    const uids = claims.map(({ uid }) => uid).join(',');
    // Without UIDPLUS everything in the folder that is marked would go: in Sent that is the owner's to say.
    const isSafe = !this.#isSent || client.capabilities.has('UIDPLUS');
    if (isSafe) await client.messageDelete(uids, { uid: true });
    else await client.messageFlagsAdd(uids, ['\\Deleted'], { uid: true });
    if (!client.usable) throw new Error('the connection was lost');
  }

  /** Looked at again after a refusal, too: of two that make it at the same moment one is refused. */
  async #made(client: ImapFlow): Promise<MailboxObject | null> {
    try {
      await client.mailboxCreate(ownFolder);
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
    return selected(client, ownFolder);
  }

  async #sent(client: ImapFlow): Promise<MailboxObject | null> {
    const path = await this.#sentPath(client);
    this.#isSent = path !== null;
    return path === null ? null : selected(client, path);
  }

  async #candidates(client: ImapFlow, count: number): Promise<string> {
    if (!this.#isSent && count <= fewMessages) return '1:*';
    const found = await client.search({ header: { 'x-paletti-claim': true } }, { uid: true });
    if (!Array.isArray(found)) throw new Error('the connection was lost, or the search refused');
    return found.join(',');
  }

  async #fetched(client: ImapFlow, uids: string): Promise<Claim[]> {
    const found: Claim[] = [];
    const query = { uid: true, flags: true, internalDate: true, headers: ['x-paletti-claim'] };
    for await (const message of client.fetch(uids, query, { uid: true })) {
      const claim = claimOf(message);
      if (claim !== null) found.push(claim);
    }
    if (!client.usable) throw new Error('the connection was lost');
    return found;
  }
}

function claimOf({ uid, flags, internalDate, headers }: FetchMessageObject): Claim | null {
  if (headers === undefined || flags?.has('\\Deleted') === true) return null;
  const since = new Date(internalDate ?? 0).getTime();
  return claimIn(headers.toString('latin1'), uid, (Number.isNaN(since) ? 0 : since) as Instant);
}
