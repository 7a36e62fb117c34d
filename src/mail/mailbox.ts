/**
 * One account on an IMAP server, as ports.ts wants it. Every UID asked for is accounted for: delivered, gone, or
 * named with the reason why it could not be read. Remembers nothing between two starts; sends nothing.
 */
import type {
  FetchMessageObject,
  FetchQueryObject,
  ImapFlow,
  ListResponse,
  MailboxObject,
  SearchObject,
} from 'imapflow';
import { AppError } from '../errors.ts';
import type { Arrival, FolderState, FolderSurvey, FurtherPlaces, Mailbox } from '../ports.ts';
import { chunks } from '../rules/grouped.ts';
import { contentHash } from '../rules/content-hash.ts';
import type { Claim } from '../rules/claim.ts';
import { type ParsedMail, type Place, roleOfPlace } from '../rules/message.ts';
import { type Instant, type LocalDay, untilNextFull } from '../rules/time.ts';
import { ClaimFolder } from './claim-folder.ts';
import { imapFault, isRefusal } from './imap-fault.ts';
import {
  type Alive,
  defaultImapTimeouts,
  type ImapConfig,
  ImapLine,
  type ImapTimeouts,
  largestPiece,
  pause,
} from './imap-line.ts';
import type { PackedMail, Parser } from './parser.ts';
import { alsoPaths, surveyed } from './further-folders.ts';
import { selected } from './selected.ts';
import { filesSentItself, sentLikePaths, sentPath } from './sent-folder.ts';

export interface MailboxConfig {
  name: string;
  imap: ImapConfig;
  /**
   * 'auto', or the path of the folder of sent mail; of several the first is where letters are filed, and the others are
   * read. With 'auto' alone every folder that looks like one is read.
   */
  sent: string | readonly string[];
  /** further folders that clients' mail is filed in: paths, or patterns with `*`; '/' stands for the server's delimiter */
  also?: readonly string[];
  /** the folder in which the owner's own mails wait for hours */
  sendInHours?: string | undefined;
  /** default: known by the host */
  filesSent?: boolean;
}

export interface MailboxParts {
  parser: Pick<Parser, 'parse'>;
  now: () => Instant;
  log?: { warn(event: string, text: string): void };
  /** bytes of each message that are fetched; default 65,536 */
  firstBytes?: number;
  timeouts?: Partial<ImapTimeouts>;
}

/** Messages in the first FETCH of many: at most 10 MB. */
const firstBatch = 150;
/**
 * Each after it has as many as make up so much, going by the one before: fewer waits for a far server. After a break it
 * has half as many, so that a line that carries little at a time gets on.
 */
const batchBytes = 5_000_000;
const largestBatch = 300;
/** No server takes a message of so many bytes. */
const largestSource = 157_286_400;
/** Keywords of one message: servers know some dozens, and no filter of ours asks for more. */
const mostFlags = 200;
/** More than so many new ones are listed first. */
const mostInTail = 20;
/** UIDs in one command that answers with little each. */
const manyUids = 2_000;
/** A line that breaks at the same message again and again: from this time on the message is passed over. */
const mostBreaks = 3;
/** Before IDLE is asked for again on a server that refused it. */
const refusedIdlePause = 30_000;
/** Within so much most servers answer: less than the moment for which the tick has the laptop awake. */
const soonAnswered = 200;
/** Before IDLE is begun again after another command. */
const brokenIdlePause = 500;

export function openMailbox(config: MailboxConfig, parts: MailboxParts): Mailbox {
  return new ImapMailbox(config, parts);
}

interface Opened {
  path: string;
  uidValidity: string;
  /** UIDs below this one have been asked for */
  uidNext: number;
}

/** Folders that the doctor looks into, and messages in each: more would keep a person waiting. */
const mostSurveyed = 60;
const mostSenders = 200;

const asSent = (path: string): Place => `sent:${path}`;
const asInbox = (path: string): Place => `inbox:${path}`;

class ImapMailbox implements Mailbox {
  readonly name: string;
  readonly filesSent: boolean;
  readonly ownMailFolder: string | undefined;
  readonly #config: MailboxConfig;
  readonly #parts: MailboxParts;
  readonly #line: ImapLine;
  readonly #firstBytes: number;
  /** as the server listed them last */
  #folders: readonly ListResponse[] | undefined;
  #batchSize = firstBatch;
  readonly #claims: ClaimFolder;
  #opened = new Map<Place, Opened>();
  /** how often the line broke while a message was awaited, by folder, UIDVALIDITY and UID */
  #breaks = new Map<string, number>();

  constructor(config: MailboxConfig, parts: MailboxParts) {
    this.name = config.name;
    this.filesSent = config.filesSent ?? filesSentItself(config.imap.host);
    this.ownMailFolder = config.sendInHours;
    this.#config = config;
    this.#parts = parts;
    this.#firstBytes = parts.firstBytes ?? 65_536;
    this.#line = new ImapLine(config.imap, { ...defaultImapTimeouts, ...parts.timeouts });
    this.#claims = new ClaimFolder((client) => this.#pathOf(client, 'sent'));
  }

  async open(place: Place): Promise<FolderState | null> {
    return this.#line.do(`open ${place}`, async (client) => {
      const path = await this.#pathOf(client, place);
      const box = path === null ? null : await selected(client, path);
      if (path === null || box === null) {
        // A folder of sent mail that was deleted may come back under another name.
        this.#folders = undefined;
        return null;
      }
      const state = { path, uidValidity: String(box.uidValidity), uidNext: await nextUid(client, box) };
      this.#opened.set(place, { ...state });
      return { role: roleOfPlace(place), ...state, keywordsAllowed: box.permanentFlags?.has('\\*') ?? true };
    });
  }

  async list(place: Place, afterUid: number, since?: LocalDay): Promise<number[]> {
    return this.#in(place, `search ${place}`, async (client) => {
      const uid = `${afterUid + 1}:*`;
      // What is new is little, and must not be lost to a server that says its ranges wrongly.
      const found =
        since === undefined
          ? await searched(client, { uid })
          : await listed(client, { uid, since: new Date(`${since}T00:00:00Z`) });
      // 'n:*' always names the last message, even below n (RFC 3501, section 6.4.8).
      const uids = found.filter((uid) => uid > afterUid);
      const opened = this.#opened.get(place);
      if (opened !== undefined) opened.uidNext = Math.max(opened.uidNext, (uids.at(-1) ?? 0) + 1);
      return uids;
    });
  }

  async tail(place: Place, from: { uidValidity: string; afterUid: number }): Promise<Arrival[] | null> {
    const opened = this.#opened.get(place);
    if (opened === undefined || opened.uidValidity !== from.uidValidity) return null;
    const asked = Array.from({ length: mostInTail }, (_, index) => from.afterUid + 1 + index);
    if (asked.some((uid) => this.#breaksAt(place, uid) > 0)) return null;
    const arrivals = await this.#delivered(place, asked);
    const uids = asked.filter((uid) => arrivals.has(uid));
    const last = from.afterUid + uids.length;
    // A gap may be a message that was not delivered: then each UID is accounted for in the longer way.
    if (uids.length === 0 || uids.length === mostInTail || uids.at(-1) !== last) return null;
    opened.uidNext = Math.max(opened.uidNext, last + 1);
    return Promise.all(arrivals.values());
  }

  /** While one batch is handed out, the next is fetched and parsed: never more than two are held. */
  async *fetch(place: Place, uids: number[]): AsyncGenerator<Arrival> {
    this.#batchSize = Math.min(this.#batchSize, firstBatch);
    const left = [...new Set(uids)].toSorted((a, b) => a - b);
    const next = () => (left.length === 0 ? null : this.#ahead(place, left.splice(0, this.#batchSize)));
    for (let coming = next(); coming !== null; ) {
      const batch = await coming;
      coming = next();
      for (const arrival of batch) yield await arrival;
    }
  }

  async flags(place: Place, uids: number[]): Promise<Map<number, string[]>> {
    const flags = new Map<number, string[]>();
    for (const chunk of chunks(
      uids.toSorted((a, b) => a - b),
      manyUids,
    )) {
      await this.#in(place, 'read flags', async (client, alive) => {
        const wanted = new Set(chunk);
        const query = { uid: true, flags: true };
        await fetched(client, chunk, {
          query,
          alive,
          each: (m) => wanted.has(m.uid) && flags.set(m.uid, flagsOf(m)),
        });
      });
    }
    return flags;
  }

  async mark(place: Place, uid: number, keyword: string): Promise<boolean> {
    return this.#in(place, 'set a keyword', async (client) => {
      const box = client.mailbox;
      if (box === false || box.readOnly === true) return false;
      const allowed = box.permanentFlags;
      if (allowed !== undefined && !allowed.has('\\*') && !allowed.has(keyword)) return false;
      const taken = await client.messageFlagsAdd(String(uid), [keyword], { uid: true });
      if (!client.usable) throw lostLine();
      return taken;
    });
  }

  async isInSent(messageId: string): Promise<boolean> {
    return this.#line.do('search Sent', async (client) => {
      for (const [index, path] of (await this.#sentPaths(client)).entries()) {
        // Selected afresh: what another program filed meanwhile must be seen.
        if ((await this.#reselect(client, index === 0 ? 'sent' : `sent:${path}`, path)) === null) continue;
        const found = await searched(client, { header: { 'message-id': messageId } });
        if (found.length > 0) return true;
      }
      return false;
    });
  }

  async places(): Promise<FurtherPlaces> {
    const { sent, also = [] } = this.#config;
    const wanted = JSON.stringify({ sent, also });
    return this.#line.do('list the folders', async (client) => {
      // Without patterns nothing is looked for that could be made meanwhile, and one look a connection is enough.
      if (also.length > 0) this.#folders = undefined;
      const sents = await this.#sentPaths(client);
      const listed = await this.#listed(client);
      const others = alsoPaths(listed, also, this.ownMailFolder === undefined ? sents : [...sents, this.ownMailFolder]);
      const there = sents.slice(1).filter((path) => listed.some((folder) => folder.path === path));
      return { wanted, places: [...there.map(asSent), ...others.map(asInbox)] };
    });
  }

  async survey(since: LocalDay): Promise<FolderSurvey> {
    const { also = [] } = this.#config;
    this.#folders = undefined;
    const found = await this.#line.do('list the folders', async (client) => {
      const listed = await this.#listed(client);
      const sents = await this.#sentPaths(client);
      return {
        ...surveyed(listed, also, sents),
        gone: sents.filter((path) => !listed.some((one) => one.path === path)),
      };
    });
    const unread: FolderSurvey['unread'] = [];
    for (const path of found.unread.slice(0, mostSurveyed))
      unread.push({ path, senders: await this.#sendersIn(path, since) });
    const { gone, sentLike } = found;
    const read = found.read.filter((path) => !gone.includes(path));
    return { read, sentLike, unmatched: [...found.unmatched, ...gone], unread };
  }

  /** One entry a message, lower-cased; of a folder with many the newest. A folder that cannot be opened holds none. */
  #sendersIn(path: string, since: LocalDay): Promise<string[]> {
    return this.#line.do(`look into ${path}`, async (client, alive) => {
      if ((await selected(client, path).catch(() => null)) === null) return [];
      const uids = (await searched(client, { since: new Date(`${since}T00:00:00Z`) })).slice(-mostSenders);
      const senders: string[] = [];
      const each = (message: FetchMessageObject) => {
        for (const { address } of message.envelope?.from ?? []) if (address) senders.push(address.toLowerCase());
      };
      if (uids.length > 0) await fetched(client, uids, { query: { uid: true, envelope: true }, alive, each });
      return senders;
    });
  }

  async fileAsSent(bytes: Uint8Array, messageId: string, date: Instant): Promise<'filed' | 'there-already'> {
    if (await this.isInSent(messageId)) return 'there-already';
    const sent = this.#opened.get('sent');
    if (sent === undefined) throw this.#noSent();
    await this.#line.do('file a letter in Sent', async (client) => {
      const filed = await client.append(sent.path, Buffer.from(bytes), ['\\Seen'], new Date(date));
      if (!filed) throw lostLine();
    });
    return 'filed';
  }

  async makeFolder(path: string): Promise<boolean> {
    return this.#line.do(`make the folder ${path}`, async (client) => {
      try {
        await client.mailboxCreate(path);
        await client.mailboxSubscribe(path);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        return false;
      }
      if (!client.usable) throw lostLine();
      this.#folders = undefined;
      return true;
    });
  }

  async takeOut(place: Place, uid: number): Promise<void> {
    await this.#in(place, 'take out a message', async (client) => {
      await client.messageDelete(String(uid), { uid: true });
      if (!client.usable) throw lostLine();
    });
  }

  paths(): Promise<string[]> {
    return this.#line.do('list folders', async (client) => (await client.list()).map(({ path }) => path));
  }

  claims(): Promise<Claim[] | null> {
    return this.#line.do('read who sends from here', (client) => this.#claims.read(client));
  }

  putClaim(source: string, since: Instant): Promise<boolean> {
    return this.#line.do('note who sends from here', (client) => this.#claims.put(client, source, since));
  }

  dropClaims(claims: readonly Claim[]): Promise<void> {
    return this.#line.do('take back who sends from here', (client) => this.#claims.drop(client, claims));
  }

  async source(place: Place, uid: number): Promise<Uint8Array | null> {
    const pieces: Uint8Array[] = [];
    for (let start = 0; start < largestSource; start += largestPiece) {
      const piece = await this.#piece(place, uid, start);
      // Beyond the end some servers answer with nothing at all.
      if (piece === null) return start === 0 ? null : Buffer.concat(pieces);
      pieces.push(piece);
      if (piece.length < largestPiece) return Buffer.concat(pieces);
    }
    throw new AppError('unreachable', 'the message is larger than any is', { where: this.#line.where });
  }

  #piece(place: Place, uid: number, start: number): Promise<Uint8Array | null> {
    return this.#in(place, 'read a message', async (client, alive) => {
      let piece: Uint8Array | null = null;
      await fetched(client, [uid], {
        query: { uid: true, source: { start, maxLength: largestPiece } },
        alive,
        each: (m) => {
          if (m.uid === uid && m.source !== undefined) piece = m.source;
        },
      });
      return piece;
    });
  }

  async changed(place: Place, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const sign = new Sign(signal);
      try {
        const client = await this.#listened(place, sign);
        if (client === null) return;
        await Promise.race([sign.seen, this.#idled(client)]);
        if (sign.isSeen) return;
      } finally {
        sign.stop();
      }
    }
  }

  reset(): void {
    this.#line.reset();
  }

  close(): Promise<void> {
    return this.#line.close();
  }

  /** Listens from before the folder is looked at, so that nothing falls between looking and idling. Null: it is there. */
  #listened(place: Place, sign: Sign): Promise<ImapFlow | null> {
    return this.#in(place, `watch ${place}`, async (client) => {
      sign.listen(client, this.#line.where);
      const opened = this.#opened.get(place) as Opened;
      const found = await searched(client, { uid: `${opened.uidNext}:*` });
      return found.some((uid) => uid >= opened.uidNext) ? null : client;
    });
  }

  /** Ends when another command broke in, or the server ended it. The pause keeps a server that ends it at once quiet. */
  async #idled(client: ImapFlow): Promise<void> {
    let isAsked = false;
    const beat = setTimeout(
      () => {
        isAsked = true;
        void this.#beat(client);
      },
      untilNextFull(this.#line.timeouts.silence, this.#parts.now()),
    );
    const refused = (await client.idle().finally(() => clearTimeout(beat))) === false;
    if (refused) await pause(refusedIdlePause);
    else if (!isAsked) await pause(brokenIdlePause);
  }

  /**
   * A half-open line says nothing, and looks like one where nothing happens. Waited for is in two steps: Node wakes for
   * a timer that was cleared, too, and most answers come within the first.
   */
  async #beat(client: ImapFlow): Promise<void> {
    const { greeting } = this.#line.timeouts;
    let late = setTimeout(() => {
      late = setTimeout(() => client.close(), Math.max(0, greeting - soonAnswered));
    }, soonAnswered);
    await client.noop().catch(() => client.close());
    clearTimeout(late);
  }

  /** Runs with the folder selected, and still the one that was opened. */
  #in<T>(place: Place, what: string, act: (client: ImapFlow, alive: Alive) => Promise<T>): Promise<T> {
    return this.#line.do(what, async (client, alive) => {
      await this.#select(client, place);
      return act(client, alive);
    });
  }

  async #select(client: ImapFlow, place: Place): Promise<void> {
    const known = this.#opened.get(place);
    const path = known?.path ?? (await this.#pathOf(client, place));
    if (path === null) throw this.#noSent();
    if (client.mailbox !== false && client.mailbox.path === path) return;
    if ((await this.#reselect(client, place, path)) !== null) return;
    throw new AppError('not-found', `the folder ${path} is gone`, { where: this.#line.where });
  }

  /** Selects, and refuses a folder whose UIDs are no longer those that were opened. */
  async #reselect(client: ImapFlow, place: Place, path: string): Promise<MailboxObject | null> {
    const known = this.#opened.get(place);
    const box = await selected(client, path);
    if (box === null) return null;
    const uidValidity = String(box.uidValidity);
    if (known === undefined) this.#opened.set(place, { path, uidValidity, uidNext: await nextUid(client, box) });
    else if (known.uidValidity !== uidValidity) throw this.#renumbered(path);
    return box;
  }

  async #pathOf(client: ImapFlow, place: Place): Promise<string | null> {
    if (place === 'inbox') return 'INBOX';
    if (place !== 'sent') return place.slice(place.indexOf(':') + 1);
    const [first = 'auto'] = this.#sent;
    return first === 'auto' ? sentPath(await this.#listed(client)) : first;
  }

  get #sent(): readonly string[] {
    const { sent } = this.#config;
    return typeof sent === 'string' ? [sent] : sent;
  }

  async #listed(client: ImapFlow): Promise<readonly ListResponse[]> {
    return (this.#folders ??= await client.list());
  }

  /** Every folder of sent mail that is there or named, the one that letters are filed in first. */
  async #sentPaths(client: ImapFlow): Promise<string[]> {
    const first = await this.#pathOf(client, 'sent');
    const isAuto = this.#sent.length === 1 && this.#sent[0] === 'auto';
    const others = isAuto ? sentLikePaths(await this.#listed(client)) : this.#sent.slice(1);
    return [...new Set([...(first === null ? [] : [first]), ...others])];
  }

  #noSent(): AppError {
    return new AppError('not-found', `the mailbox ${this.name} has no folder of sent mail`, {
      where: this.#line.where,
      next: 'Name it in config.json: mailboxes[].sent',
    });
  }

  #renumbered(path: string): AppError {
    return new AppError('conflict', `the server has numbered ${path} anew`, {
      where: this.#line.where,
      next: 'It is opened anew by itself at the next pass.',
    });
  }

  // --- fetching, with an account of every UID ---

  /** Begun now, awaited later: its failure is reported where it is awaited. */
  #ahead(place: Place, uids: number[]): Promise<Promise<Arrival>[]> {
    const batch = this.#batch(place, uids);
    batch.catch(() => {});
    return batch;
  }

  async #batch(place: Place, uids: number[]): Promise<Promise<Arrival>[]> {
    const suspects = uids.filter((uid) => this.#breaksAt(place, uid) > 0);
    const arrivals = await this.#delivered(
      place,
      uids.filter((uid) => !suspects.includes(uid)),
    );
    const missing = uids.filter((uid) => !arrivals.has(uid));
    for (const uid of await this.#stillThere(place, missing)) {
      const alone = await this.#alone(place, uid);
      if (alone !== null) arrivals.set(uid, Promise.resolve(alone));
    }
    return uids.map((uid) => arrivals.get(uid)).filter((arrival) => arrival !== undefined);
  }

  async #delivered(place: Place, uids: number[]): Promise<Map<number, Promise<Arrival>>> {
    const arrivals = new Map<number, Promise<Arrival>>();
    if (uids.length === 0) return arrivals;
    const wanted = new Set(uids);
    let bytes = 0;
    const each = (message: FetchMessageObject) => {
      if (!wanted.has(message.uid) || message.source === undefined) return;
      bytes += message.source.length;
      arrivals.set(message.uid, this.#arrival(message));
    };
    try {
      await this.#in(place, 'fetch messages', (client, alive) =>
        fetched(client, uids, { query: this.#query, alive, each }),
      );
    } catch (error) {
      this.#batchSize = Math.ceil(this.#batchSize / 2);
      // A refusal of the whole may be about one: each that did not come is asked for alone.
      if (isRefusal((error as AppError).cause)) return arrivals;
      this.#noteBreak(
        place,
        uids.find((uid) => !arrivals.has(uid)),
      );
      throw error;
    }
    this.#batchSize = batchSizeFor(bytes / arrivals.size);
    return arrivals;
  }

  get #query(): FetchQueryObject {
    // Never bodyStructure: imapflow passes over a message nested deeper than 25 levels without a word.
    return {
      uid: true,
      flags: true,
      internalDate: true,
      size: true,
      source: { start: 0, maxLength: this.#firstBytes },
    };
  }

  /** Source, then header, then nothing but the flags; null when it is gone. */
  async #alone(place: Place, uid: number): Promise<Arrival | null> {
    if (this.#breaksAt(place, uid) >= mostBreaks)
      return this.#unread(uid, undefined, 'the connection broke each time it was asked for');
    const { source: _, ...rest } = this.#query;
    let last: FetchMessageObject | undefined;
    for (const query of [this.#query, { ...rest, headers: true }, rest]) {
      const message = await this.#one(place, uid, query);
      if (message?.source !== undefined) return this.#arrival(message);
      if (message?.headers !== undefined) return this.#arrival({ ...message, source: message.headers });
      last = message ?? last;
    }
    const there = await this.#stillThere(place, [uid]);
    return there.length > 0 ? this.#unread(uid, last, 'the server does not deliver it') : null;
  }

  async #stillThere(place: Place, uids: number[]): Promise<number[]> {
    if (uids.length === 0) return [];
    const found = await this.#in(place, 'search messages', (client) => searched(client, { uid: ranges(uids) }));
    return uids.filter((uid) => found.includes(uid));
  }

  async #one(place: Place, uid: number, query: FetchQueryObject): Promise<FetchMessageObject | undefined> {
    let found: FetchMessageObject | undefined;
    const each = (message: FetchMessageObject) => {
      if (message.uid === uid) found = message;
    };
    try {
      await this.#in(place, 'fetch a message', (client, alive) => fetched(client, [uid], { query, alive, each }));
    } catch (error) {
      if (isRefusal((error as AppError).cause)) return undefined;
      this.#noteBreak(place, uid);
      throw error;
    }
    return found;
  }

  /** Not async itself: what an async function has at hand stays in memory while it waits, and the source need not. */
  #arrival(message: FetchMessageObject): Promise<Arrival> {
    const source = message.source as Buffer;
    const truncated = (message.size ?? 0) > source.length;
    // named one by one: of an object spread out and added to, V8 makes a shape that no other shares
    const { uid, receivedAt, sizeBytes, flags } = this.#facts(message);
    const facts = { uid, receivedAt, sizeBytes, flags, contentHash: contentHash(source, sizeBytes), truncated };
    return this.#read(facts, this.#parts.parser.parse(source, { truncated }));
  }

  async #read(facts: Omit<Arrival, 'mail' | 'fault'>, parsing: Promise<PackedMail>): Promise<Arrival> {
    try {
      return new ReadArrival(facts, await parsing);
    } catch (error) {
      const fault = error instanceof Error ? error.message : String(error);
      this.#parts.log?.warn('unreadable', `${this.name}: message ${facts.uid} cannot be read: ${fault}`);
      return { ...facts, mail: null, fault };
    }
  }

  #unread(uid: number, message: FetchMessageObject | undefined, fault: string): Arrival {
    this.#parts.log?.warn('unreadable', `${this.name}: message ${uid} cannot be read: ${fault}`);
    const facts =
      message === undefined ? { uid, receivedAt: this.#parts.now(), sizeBytes: 0, flags: [] } : this.#facts(message);
    return { ...facts, contentHash: '', truncated: true, mail: null, fault };
  }

  #facts(message: FetchMessageObject): Pick<Arrival, 'uid' | 'receivedAt' | 'sizeBytes' | 'flags'> {
    const received = new Date(message.internalDate ?? Number.NaN).getTime();
    return {
      uid: message.uid,
      receivedAt: Number.isNaN(received) ? this.#parts.now() : (received as Instant),
      sizeBytes: message.size ?? message.source?.length ?? 0,
      flags: flagsOf(message),
    };
  }

  #breaksAt(place: Place, uid: number): number {
    return this.#breaks.get(this.#keyOf(place, uid)) ?? 0;
  }

  #noteBreak(place: Place, uid: number | undefined): void {
    if (uid === undefined) return;
    this.#breaks.set(this.#keyOf(place, uid), this.#breaksAt(place, uid) + 1);
  }

  #keyOf(place: Place, uid: number): string {
    return `${place}/${this.#opened.get(place)?.uidValidity ?? ''}/${uid}`;
  }
}

/** As many as mean anything, each of a length that a keyword has. */
function flagsOf({ flags }: FetchMessageObject): string[] {
  return [...(flags ?? [])].slice(0, mostFlags).filter((flag) => flag.length <= 255);
}

/** One whose mail stays packed. A class: an object with a getter of its own has a shape that no other shares, too. */
class ReadArrival implements Arrival {
  readonly uid: number;
  readonly receivedAt: Instant;
  readonly sizeBytes: number;
  readonly flags: string[];
  readonly contentHash: string;
  readonly truncated: boolean;
  readonly fault = null;
  readonly #packed: PackedMail;

  constructor(facts: Omit<Arrival, 'mail' | 'fault'>, packed: PackedMail) {
    this.uid = facts.uid;
    this.receivedAt = facts.receivedAt;
    this.sizeBytes = facts.sizeBytes;
    this.flags = facts.flags;
    this.contentHash = facts.contentHash;
    this.truncated = facts.truncated;
    this.#packed = packed;
  }

  get mail(): ParsedMail {
    return this.#packed.unpack();
  }

  release(): void {
    this.#packed.release();
  }
}

/** Waits for the first sign of new mail, a lost line, or the caller's signal. */
class Sign {
  readonly seen: Promise<void>;
  isSeen = false;
  #stops: (() => void)[] = [];
  #resolve: () => void = () => {};
  #reject: (fault: AppError) => void = () => {};

  constructor(signal: AbortSignal) {
    this.seen = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.seen.catch(() => {});
    const stop = () => this.#see();
    signal.addEventListener('abort', stop);
    this.#stops.push(() => signal.removeEventListener('abort', stop));
  }

  listen(client: ImapFlow, where: string): void {
    const path = client.mailbox === false ? '' : client.mailbox.path;
    const grown = (event: { path: string; count: number; prevCount: number }) => {
      if (event.path === path && event.count > event.prevCount) this.#see();
    };
    const lost = () => this.#reject(imapFault(new Error('the connection was closed'), 'watch for new mail', where));
    client.on('exists', grown);
    client.on('close', lost);
    this.#stops.push(() => client.off('exists', grown).off('close', lost));
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  #see(): void {
    this.isSeen = true;
    this.#resolve();
  }
}

/** A server need not say UIDNEXT (RFC 3501, section 6.3.1); without it, what is there now must not look new. */
async function nextUid(client: ImapFlow, box: MailboxObject): Promise<number> {
  if (box.uidValidity === undefined) throw new AppError('unreachable', 'the mail server gives no UIDVALIDITY');
  return box.uidNext ?? ((await searched(client, { all: true })).at(-1) ?? 0) + 1;
}

/** imapflow answers false where the server refused, and where the line was lost. */
async function searched(client: ImapFlow, query: SearchObject): Promise<number[]> {
  const found = await client.search(query, { uid: true });
  if (Array.isArray(found)) return found.toSorted((a, b) => a - b);
  throw client.usable ? new AppError('unreachable', 'the mail server refused a search') : lostLine();
}

/**
 * For what may be many: a plain answer takes a kilobyte of memory for each message while it is read, ranges (ESEARCH,
 * RFC 4731) next to nothing. Where they do not make up the number that the server counts, it is asked in the plain way.
 */
async function listed(client: ImapFlow, query: SearchObject): Promise<number[]> {
  const found = await client.search(query, { uid: true, returnOptions: ['ALL', 'COUNT'] });
  if (Array.isArray(found)) return found.toSorted((a, b) => a - b);
  const uids = found === false || found === undefined ? null : uidsIn(found.all ?? '', found.count);
  return uids ?? searched(client, query);
}

/** No folder has so many: a short answer that counts more must not fill the memory. */
const mostListed = 16_777_216;

/** [1, 2, 3, 7] for '1:3,7' and 4; null when that is not their number, or is none that can be. */
function uidsIn(set: string, count: number | undefined): number[] | null {
  const uids: number[] = [];
  for (const part of set === '' ? [] : set.split(',')) {
    const [first = Number.NaN, last = first] = part.split(':').map(Number);
    const size = Math.abs(last - first) + 1;
    if (count === undefined || count > mostListed || !(uids.length + size <= count)) return null;
    for (let uid = Math.min(first, last); uid <= Math.max(first, last); uid += 1) uids.push(uid);
  }
  return uids.length === count ? uids.toSorted((a, b) => a - b) : null;
}

function lostLine(): Error {
  return new Error('the connection was lost');
}

interface Fetching {
  query: FetchQueryObject;
  alive: Alive;
  each: (message: FetchMessageObject) => unknown;
}

/** Nothing is awaited in the loop: a command inside it would wait for ever, and a slow reader would look like a dead line. */
async function fetched(client: ImapFlow, uids: number[], { query, alive, each }: Fetching): Promise<void> {
  for await (const message of client.fetch(ranges(uids), query, { uid: true })) {
    alive();
    each(message);
  }
}

/** '1:3,7' for [1, 2, 3, 7]. */
function ranges(uids: readonly number[]): string {
  const parts: string[] = [];
  for (let index = 0; index < uids.length; ) {
    const first = uids[index] as number;
    let last = first;
    for (index += 1; uids[index] === last + 1; index += 1) last += 1;
    parts.push(first === last ? `${first}` : `${first}:${last}`);
  }
  return parts.join(',');
}

/** @param bytesOfOne of a message, on average; NaN where there was none */
function batchSizeFor(bytesOfOne: number): number {
  const size = Number.isNaN(bytesOfOne) ? firstBatch : Math.floor(batchBytes / bytesOfOne);
  return Math.min(Math.max(size, 1), largestBatch);
}
