/** A mailbox in memory: what a server would hold. It parses real bytes with the real parser. Fails when told to. */
import { parse } from '../../src/mail/parse.ts';
import type { Arrival, FolderState, FurtherPlaces, Mailbox } from '../../src/ports.ts';
import { type Claim, claimIn } from '../../src/rules/claim.ts';
import { contentHash } from '../../src/rules/content-hash.ts';
import { type Place, roleOfPlace } from '../../src/rules/message.ts';
import { dayOf, type Instant, instant, type LocalDay } from '../../src/rules/time.ts';

export interface HeldMessage {
  uid: number;
  receivedAt: Instant;
  flags: string[];
  bytes: Uint8Array;
}

interface HeldFolder {
  uidValidity: string;
  uidNext: number;
  messages: HeldMessage[];
}

/** A mailbox in which a story can make things happen. */
export interface StoryMailbox extends Mailbox {
  /** thrown by the next look at the mailbox */
  failWith: Error | null;
  /** The server receives a message. */
  put(place: Place, raw: string | Uint8Array, receivedAt: Instant | string, flags?: string[]): number;
  /** Another program flags the message that stands at this place. */
  flag(place: Place, index: number, flag: string): void;
  count(place: Place): Promise<number>;
}

export class FakeMailbox implements StoryMailbox {
  readonly name: string;
  filesSent = false;
  /** thrown by the next call of any method */
  failWith: Error | null = null;
  readonly folders: Record<'inbox' | 'sent', HeldFolder> & Record<string, HeldFolder> = {
    inbox: { uidValidity: '1', uidNext: 1, messages: [] },
    sent: { uidValidity: '1', uidNext: 1, messages: [] },
  };
  /** how often a folder was opened */
  opened = 0;
  #wake: (() => void)[] = [];
  /** how often was waited for news of the inbox */
  waited = 0;
  /** the newest UID of the inbox that was told of */
  #told = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** The server receives a message. */
  put(place: Place, raw: string | Uint8Array, receivedAt: Instant | string, flags: string[] = []): number {
    const folder = this.#folder(place);
    const bytes = typeof raw === 'string' ? new TextEncoder().encode(raw.replace(/\r?\n/g, '\r\n')) : raw;
    const uid = folder.uidNext++;
    const at = typeof receivedAt === 'string' ? instant(receivedAt) : receivedAt;
    folder.messages.push({ uid, receivedAt: at, flags: [...flags], bytes });
    for (const wake of this.#wake.splice(0)) wake();
    return uid;
  }

  /** The server has a further folder, which the configuration asks for. */
  make(place: Place): void {
    this.folders[place] = { uidValidity: '1', uidNext: 1, messages: [] };
  }

  /** A rule, or a person, moves a message: the same bytes and the same date under another number. */
  move(from: Place, index: number, to: Place): void {
    const [message] = this.#folder(from).messages.splice(index, 1);
    if (message !== undefined) this.put(to, message.bytes, message.receivedAt, message.flags);
  }

  /** A person deletes a message. */
  remove(place: Place, index: number): void {
    this.#folder(place).messages.splice(index, 1);
  }

  /** What the configuration asks for, in words. */
  wanted = 'also';

  async places(): Promise<FurtherPlaces> {
    const own = `inbox:${this.ownMailFolder}`;
    const places = Object.keys(this.folders).filter((place) => place.includes(':') && place !== own) as Place[];
    return { wanted: this.wanted, places };
  }

  ownMailFolder: string | undefined;

  async makeFolder(path: string): Promise<boolean> {
    this.make(`inbox:${path}`);
    return true;
  }

  async takeOut(place: Place, uid: number): Promise<void> {
    this.#check();
    const { messages } = this.#folder(place);
    const at = messages.findIndex((message) => message.uid === uid);
    if (at >= 0) messages.splice(at, 1);
  }

  #folder(place: Place): HeldFolder {
    const folder = this.folders[place];
    if (folder === undefined) throw new Error(`there is no ${place}`);
    return folder;
  }

  flag(place: Place, index: number, flag: string): void {
    this.#folder(place).messages[index]?.flags.push(flag);
  }

  async count(place: Place): Promise<number> {
    return this.#folder(place).messages.length;
  }

  /** The server loses its numbering: the same messages, new UIDs. */
  renumber(place: Place): void {
    const folder = this.#folder(place);
    folder.uidValidity = String(Number(folder.uidValidity) + 1);
    folder.messages.forEach((message, index) => {
      message.uid = index + 1;
    });
    folder.uidNext = folder.messages.length + 1;
  }

  async open(place: Place): Promise<FolderState | null> {
    this.#check();
    this.opened += 1;
    if (place === `inbox:${this.ownMailFolder}` && this.folders[place] === undefined) return null;
    const { uidValidity, uidNext } = this.#folder(place);
    const path = place.includes(':')
      ? place.slice(place.indexOf(':') + 1)
      : { inbox: 'INBOX', sent: 'Sent' }[roleOfPlace(place)];
    return { role: roleOfPlace(place), path, uidValidity, uidNext, keywordsAllowed: true };
  }

  async list(place: Place, afterUid: number, since?: LocalDay): Promise<number[]> {
    this.#check();
    if (place === 'inbox') this.#told = this.folders.inbox.uidNext - 1;
    return this.#folder(place)
      .messages.filter(
        (message) => message.uid > afterUid && (since === undefined || dayOf(message.receivedAt, 'UTC') >= since),
      )
      .map((message) => message.uid);
  }

  async *fetch(place: Place, uids: number[]): AsyncIterable<Arrival> {
    this.#check();
    for (const uid of uids) {
      const held = this.#folder(place).messages.find((message) => message.uid === uid);
      if (held === undefined) continue;
      const source = held.bytes.slice(0, 65_536);
      const arrival = {
        uid,
        receivedAt: held.receivedAt,
        sizeBytes: held.bytes.length,
        flags: [...held.flags],
        contentHash: contentHash(source, held.bytes.length),
        truncated: source.length < held.bytes.length,
      };
      try {
        yield { ...arrival, mail: await parse(source, { truncated: arrival.truncated }), fault: null };
      } catch (error) {
        yield { ...arrival, mail: null, fault: String(error) };
      }
    }
  }

  async flags(place: Place, uids: number[]): Promise<Map<number, string[]>> {
    this.#check();
    const known = this.#folder(place).messages.filter((message) => uids.includes(message.uid));
    return new Map(known.map((message) => [message.uid, [...message.flags]]));
  }

  async mark(place: Place, uid: number, keyword: string): Promise<boolean> {
    this.#check();
    this.#folder(place)
      .messages.find((message) => message.uid === uid)
      ?.flags.push(keyword);
    return true;
  }

  async isInSent(messageId: string): Promise<boolean> {
    this.#check();
    return this.folders.sent.messages.some((message) => new TextDecoder().decode(message.bytes).includes(messageId));
  }

  async fileAsSent(bytes: Uint8Array, messageId: string, date: Instant): Promise<'filed' | 'there-already'> {
    if (await this.isInSent(messageId)) return 'there-already';
    this.put('sent', bytes, date, ['\\Seen']);
    return 'filed';
  }

  /** what stands in the folder "Paletti"; null: the server makes none */
  claimed: { uid: number; since: Instant; source: string }[] | null = [];

  async claims(): Promise<Claim[] | null> {
    this.#check();
    if (this.claimed === null) return null;
    return this.claimed.flatMap(({ uid, since, source }) => claimIn(source, uid, since) ?? []);
  }

  async putClaim(source: string, since: Instant): Promise<boolean> {
    this.#check();
    const uid = (this.claimed?.at(-1)?.uid ?? 0) + 1;
    return this.claimed !== null && this.claimed.push({ uid, since, source }) > 0;
  }

  async dropClaims(claims: readonly Claim[]): Promise<void> {
    this.#check();
    if (this.claimed !== null) this.claimed = this.claimed.filter((one) => !claims.some(({ uid }) => uid === one.uid));
  }

  async source(place: Place, uid: number): Promise<Uint8Array | null> {
    return this.#folder(place).messages.find((message) => message.uid === uid)?.bytes ?? null;
  }

  changed(_place: Place, signal: AbortSignal): Promise<void> {
    this.waited += 1;
    const isNew = this.folders.inbox.messages.some((message) => message.uid > this.#told);
    return new Promise((resolve) => {
      if (isNew) return resolve();
      this.#wake.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  reset(): void {}

  async close(): Promise<void> {}

  #check(): void {
    if (this.failWith === null) return;
    const error = this.failWith;
    this.failWith = null;
    throw error;
  }
}
