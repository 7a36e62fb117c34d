/**
 * Letters that say where the line is, filled from the record. Each is put into the outbox and waits for the owner,
 * whatever the mode. Sends nothing.
 */
import { AppError } from '../errors.ts';
import { addressed } from '../letters/addressed.ts';
import { type BoundaryWish as WrittenWish, boundaryText } from '../letters/boundary.ts';
import { isNever } from '../letters/hours.ts';
import type { Letters } from '../letters/library.ts';
import type { BoundaryFacts } from '../letters/write.ts';
import type { Client } from '../rules/client.ts';
import { type ContactHours, nextWorkingOpening } from '../rules/contact-hours.ts';
import { grouped } from '../rules/grouped.ts';
import type { Letter } from '../rules/letter.ts';
import type { Reason } from '../rules/reason.ts';
import { hoursFor, type Settings } from '../rules/settings.ts';
import { isWithin, sentences } from '../rules/sign-words.ts';
import { hears } from '../rules/red-flags.ts';
import { dayMs, dayOf, type Instant, type LocalDay, plus } from '../rules/time.ts';
import { dayInWords } from '../rules/words.ts';
import { findClient } from '../store/clients.ts';
import type { Reader, Writer } from '../store/database.ts';
import { ledgerOf } from '../store/delays.ts';
import { note } from '../store/journal.ts';
import { logEntries } from '../store/log-entries.ts';
import { listMessages, messageById, type StoredMessage } from '../store/messages.ts';
import { letterByKey, listLetters, putLetter } from '../store/outbox.ts';
import { act, type DeskParts } from './parts.ts';
import { bad } from './values.ts';

export type LetterDesk = DeskParts & { settings: Settings; letters: Letters; mailbox: string };

/** As the owner types it; `boundary` is the letter on contact hours and channels. */
export const boundaryWords = [
  ...['boundary', 'hours', 'decisions', 'scope', 'contract', 'price', 'channel', 'welcome', 'delays'],
] as const;
export type BoundaryWord = (typeof boundaryWords)[number];

export interface BoundaryWish {
  word: BoundaryWord;
  /** the client's message that is quoted, for `scope`; null: the last that asks for more */
  quoteId: number | null;
  /** the sentence, when it is not the one that is found */
  quoteText: string | null;
  /** the hours in words, in place of those of the record */
  hours: string | null;
  /** from when it holds; the next working day when null */
  from: LocalDay | null;
  /** by when the contract is to be signed, or the quotation is sent */
  by: LocalDay | null;
  project: string | null;
  /** for `price` */
  rate?: WrittenWish['rate'];
}

type BoundaryKind = BoundaryFacts['kind'];

const kindOf: Record<BoundaryWord, BoundaryKind> = {
  boundary: 'boundary-hours',
  hours: 'boundary-hours',
  decisions: 'boundary-decisions',
  scope: 'boundary-scope',
  contract: 'boundary-contract',
  price: 'boundary-price',
  channel: 'boundary-channel',
  welcome: 'welcome',
  delays: 'delays',
};

/**
 * @param who number or name of the client
 * @returns `isNew: false` with the one that waits already, which is left as it is
 * @throws AppError 'bad-input', 'not-found', 'conflict' when the record gives no ground for the letter
 */
export function writeBoundaryLetter(
  desk: LetterDesk,
  who: string,
  wish: BoundaryWish,
): { client: Client; letter: Letter; isNew: boolean } {
  return act(desk, (w) => {
    const client = findClient(w, who);
    const kind = kindOf[wish.word];
    const waiting = listLetters(w, { clientId: client.id, states: ['held', 'queued'] }).find(
      (letter) => letter.kind === kind,
    );
    if (waiting !== undefined) return { client, letter: waiting, isNew: false };
    if (client.addresses.length === 0)
      throw new AppError('conflict', { code: 'client-without-address', client: client.name, id: client.id });
    const found = ground(w, desk.settings, { client, kind, wish }, w.now);
    const letter = put(w, desk, { client, kind, wish, ...found });
    return { client, letter, isNew: true };
  });
}

interface Ground {
  /** the evidence */
  why: Reason;
  quote: WrittenWish['quote'];
  answers: StoredMessage | undefined;
  usedChannel?: string | null;
}

interface Context {
  client: Client;
  wish: BoundaryWish;
  settings: Settings;
  hours: ContactHours;
}

function ground(
  r: Reader,
  settings: Settings,
  { client, kind, wish }: { client: Client; kind: BoundaryKind; wish: BoundaryWish },
  now: Instant,
): Ground {
  const hours = hoursFor(settings, client);
  const today = dayOf(now, hours.timeZone);
  for (const day of [wish.from, wish.by]) if (day !== null && day < today) throw bad({ code: 'day-past', day });
  const context = { client, wish, settings, hours };
  switch (kind) {
    case 'boundary-hours':
      return hoursGround(r, context, now);
    case 'boundary-decisions':
      return decisionsGround(context);
    case 'boundary-scope':
      return scopeGround(r, context, now);
    case 'boundary-contract':
      return contractGround(context);
    case 'boundary-price':
      return priceGround(context);
    case 'boundary-channel':
      return channelGround(r, context, now);
    case 'welcome':
      return hoursOnRecord(context, { code: 'how-you-work' });
    case 'delays':
      return delaysGround(r, context, now);
  }
}

/** How far back evidence is counted and looked for. */
const evidenceDays = 90;
const evidenceMs = evidenceDays * dayMs;

function hoursOnRecord({ client, wish, hours }: Context, why: Reason): Ground {
  if (wish.hours === null && isNever(hours.week))
    throw new AppError('conflict', { code: 'no-contact-hours', client: client.name });
  return { why, quote: null, answers: undefined };
}

function priceGround({ client, wish }: Context): Ground {
  if (wish.rate === null || wish.rate === undefined)
    throw bad('the letter needs the new rate', 'Give --rate 60 and --unit hour, day or project.');
  const { rateCents, currency, rateUnit } = client.terms;
  const rate =
    rateCents === null ? null : { cents: rateCents, currency: currency ?? 'EUR', unit: rateUnit ?? 'project' };
  return { why: { code: 'you-ask-price', rate }, quote: null, answers: undefined };
}

/** Chats by any channel but the traceable ones; the one used most is named. */
function channelGround(r: Reader, { client, settings }: Context, now: Instant): Ground {
  const accepted = new Set(settings.channels.map((channel) => channel.toLowerCase()));
  const via = logEntries(r, client.id)
    .filter(({ kind, at, direction }) => kind === 'chat' && direction !== 'out' && at >= now - evidenceMs)
    .flatMap((entry) => entry.via ?? [])
    .filter((channel) => !accepted.has(channel.toLowerCase()));
  const most = [...grouped(via, (channel) => channel)].toSorted(([, a], [, b]) => b.length - a.length)[0];
  const why: Reason =
    most === undefined
      ? { code: 'you-asked-for-it' }
      : { code: 'chats-by', chats: most[1].length, channel: most[0], days: evidenceDays };
  return { why, quote: null, answers: undefined, usedChannel: most?.[0] ?? null };
}

function delaysGround(r: Reader, { client, settings }: Context, now: Instant): Ground {
  const { waits, totalDays } = ledgerOf(r, settings, client, now);
  if (waits.length === 0)
    throw new AppError('conflict', `no question to ${client.name} has waited for its answer, as far as is on record`, {
      next: `Note one: paletti requests add ${client.id} "…"`,
    });
  const why: Reason = { code: 'questions-waited', questions: waits.length, days: totalDays };
  return { why, quote: null, answers: undefined };
}

function hoursGround(r: Reader, context: Context, now: Instant): Ground {
  const { client } = context;
  hoursOnRecord(context, { code: 'you-asked-for-it' });
  const received = listMessages(r, {
    clientId: client.id,
    role: 'inbox',
    kind: 'human',
    since: plus(now, -evidenceMs),
  });
  const outside = received.filter((message) => message.judged?.outOfHours === true).length;
  const why: Reason = { code: 'came-outside', outside, messages: received.length, days: evidenceDays };
  return { why, quote: null, answers: undefined };
}

function decisionsGround({ client }: Context): Ground {
  const revisions = client.terms.revisionsIncluded;
  return {
    why: revisions === null ? { code: 'you-asked-for-it' } : { code: 'revisions-agreed', revisions },
    quote: null,
    answers: undefined,
  };
}

function scopeGround(r: Reader, { client, wish, hours }: Context, now: Instant): Ground {
  const { message, quote } = quoted(r, client, wish, now);
  const on = dayOf(message.receivedAt, hours.timeZone);
  const why: Reason = { code: 'message-says', messageId: message.id, on, quote };
  return { why, quote: { text: quote, on }, answers: message };
}

function quoted(
  r: Reader,
  client: Client,
  wish: BoundaryWish,
  now: Instant,
): { message: StoredMessage; quote: string } {
  const message = wish.quoteId === null ? lastAskingForMore(r, client, now) : clientsMessage(r, client, wish.quoteId);
  const all = sentences(message.mail.newText);
  const given = wish.quoteText?.replace(/\s+/g, ' ').trim();
  if (given !== undefined && given !== '') {
    const flat = message.mail.newText.replace(/\s+/g, ' ');
    if (!flat.includes(given)) throw bad({ code: 'not-said', id: message.id });
    return { message, quote: given };
  }
  const quote =
    all.find((sentence) => isMore(sentence, client)) ?? all.find((sentence) => sentence.length > 20) ?? all[0];
  if (quote === undefined) throw bad({ code: 'nothing-to-quote', id: message.id });
  return { message, quote };
}

function isMore(sentence: string, client: Client): boolean {
  return hears('asksForMore', sentence) && !isWithin(sentence, client.terms.scope);
}

function lastAskingForMore(r: Reader, client: Client, now: Instant): StoredMessage {
  const found = listMessages(r, {
    clientId: client.id,
    role: 'inbox',
    kind: 'human',
    since: plus(now, -evidenceMs),
  }).find((message) => sentences(message.mail.newText).some((sentence) => isMore(sentence, client)));
  if (found !== undefined) return found;
  throw new AppError('not-found', { code: 'nobody-asks-more', client: client.name });
}

function clientsMessage(r: Reader, client: Client, id: number): StoredMessage {
  const message = messageById(r, id);
  if (message === undefined) throw new AppError('not-found', { code: 'no-message', id });
  if (message.clientId === client.id && message.role === 'inbox') return message;
  throw new AppError('conflict', { code: 'not-written-by', id, client: client.name });
}

function contractGround({ client }: Context): Ground {
  const { contractSignedOn } = client.terms;
  if (contractSignedOn !== null)
    throw new AppError('conflict', `the contract was signed on ${dayInWords(contractSignedOn)}`, {
      next: `If that is wrong: paletti clients edit ${client.id}`,
    });
  return {
    why: { code: 'no-contract-on-record' },
    quote: null,
    answers: undefined,
  };
}

function put(
  w: Writer,
  desk: LetterDesk,
  {
    client,
    kind,
    wish,
    why,
    quote,
    answers,
    usedChannel,
  }: Ground & { client: Client; kind: BoundaryKind; wish: BoundaryWish },
): Letter {
  const { settings } = desk;
  const key = freeKey(w, client, kind);
  const to = { key, client, owner: settings.owner, approval: 'ask' as const, why };
  const notBefore = nextWorkingOpening(hoursFor(settings, client), w.now);
  const { from, by, project, hours, rate } = wish;
  const text = boundaryText(desk.letters, settings, {
    client,
    on: notBefore,
    wish: { kind, from, by, project, hours, quote, rate: rate ?? null, usedChannel: usedChannel ?? null },
    delays: kind === 'delays' ? ledgerOf(w, settings, client, notBefore) : undefined,
  });
  const letter = putLetter(
    w,
    addressed(text, {
      ...to,
      mailbox: answers?.mailbox ?? desk.mailbox,
      notBefore,
      answers: answers && { id: answers.id, messageId: answers.mail.messageId, references: answers.mail.references },
    }),
  ) as Letter;
  note(w, { kind: 'letter-held', subject: `letter/${letter.id}`, clientId: client.id, why, data: { key } });
  return letter;
}

function freeKey(r: Reader, client: Client, kind: BoundaryKind): string {
  const keyOf = (number: number) => `boundary/${client.id}/${kind}/${number}`;
  let number = 1;
  while (letterByKey(r, keyOf(number)) !== undefined) number += 1;
  return keyOf(number);
}
