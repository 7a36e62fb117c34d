/**
 * Journal and database -> lines of the story: one for each thing that a person would tell, with its reason. It reads
 * what was recorded, never the script, so it can only tell what Paletti really did.
 */
import { kindRecords, type Letter } from '../rules/letter.ts';
import { debtsOf, openCents } from '../rules/invoice.ts';
import type { MessageKind } from '../rules/message.ts';
import {
  dayMs,
  dayOf,
  fromIso,
  hourMs,
  type Instant,
  minuteMs,
  plus,
  type TimeZone,
  wallClock,
} from '../rules/time.ts';
import { plainSum } from '../rules/money.ts';
import { sumInWords } from '../rules/words.ts';
import { caseById } from '../store/cases.ts';
import { clientById } from '../store/clients.ts';
import type { Reader, Store } from '../store/database.ts';
import { invoiceById } from '../store/invoices.ts';
import { type Entry, entries } from '../store/journal.ts';
import { logEntries } from '../store/log-entries.ts';
import { messageById, type StoredMessage } from '../store/messages.ts';
import { letterById } from '../store/outbox.ts';
import { type Window, windowById } from '../store/windows.ts';
import type { Line, Mark } from './page.ts';
import type { Reason } from '../rules/reason.ts';
import { say } from '../words/voice.ts';

export interface ToldLine extends Line {
  at: Instant;
  /** a letter about money that left */
  letter?: Letter;
}

/** Reads the journal on from where it stopped the last time. */
export class Chronicle {
  readonly #store: Store;
  readonly #zone: TimeZone;
  #lastId = 0;
  #since: Instant | undefined;

  constructor(store: Store, zone: TimeZone) {
    this.#store = store;
    this.#zone = zone;
  }

  /** What has happened since the last call, in order. */
  next(): ToldLine[] {
    return this.#store.read((r) => {
      const fresh = entries(r, this.#since === undefined ? {} : { since: this.#since }).filter(
        (entry) => entry.id > this.#lastId,
      );
      const last = fresh.at(-1);
      if (last !== undefined) [this.#lastId, this.#since] = [last.id, last.at];
      return new Telling(r, this.#zone, fresh).lines();
    });
  }
}

/** Entries that say nothing a reader would miss: they belong to others that are told. */
const untold = new Set([
  ...['letter-held', 'letter-sending', 'letter-filed', 'window-opened', 'case-opened', 'client-added'],
  'history-judged',
]);

/** Waits of a case that only mean "later", or whose hold was told when it began. */
const plainWaits = new Set(['not-yet', 'closed-hours', 'mail-today', 'pending', 'ladder-done', 'hold']);

const robotWords: Record<Exclude<MessageKind, 'human'>, string> = {
  automatic: 'sent by a program: recorded, never answered',
  list: 'a newsletter or list: recorded, never answered',
  bounce: 'a letter came back: recorded, never answered',
  receipt: 'a receipt: recorded, never answered',
  calendar: 'an invitation by a calendar: recorded, never answered',
  spam: 'marked as spam: recorded, never answered',
  own: 'your own mail',
};

/** Why a person's message is not acknowledged, where a few words say it. The others are told as recorded. */
const refusalWords: Record<string, string> = {
  stranger: 'not a client: recorded, not acknowledged',
  'recently-acknowledged': 'no second acknowledgement within 72 hours',
};

const warningWords: Record<string, string> = {
  '24h': 'your answer is due within 24 hours',
  '4h': 'your answer is due within 4 hours',
  missed: 'your answer is overdue',
};

type Teller = (entry: Entry) => ToldLine | undefined;

class Telling {
  readonly #r: Reader;
  readonly #zone: TimeZone;
  readonly #fresh: readonly Entry[];
  /** drops that were told together with the answer that brought them about */
  readonly #toldDrops = new Set<number>();

  readonly #tellers: Record<string, Teller> = {
    'message-judged': (entry) => this.#message(entry),
    'window-answered': (entry) => this.#answer(entry),
    'window-warned': (entry) => this.#warning(entry),
    'letter-dropped': (entry) => this.#drop(entry),
    'letter-sent': (entry) => this.#sent(entry),
    'letter-approved': (entry) => this.#aboutLetter(entry, 'you', (name) => `approved the ${name}`),
    'letter-waits': (entry) => this.#letterWaits(entry),
    'approval-lapsed': (entry) => this.#aboutLetter(entry, 'asks', (name) => `the ${name} asks again: ${said(entry)}`),
    'case-decided': (entry) => this.#case(entry),
    'payment-recorded': (entry) => this.#payment(entry),
    'invoice-added': (entry) => this.#invoice(entry, 'note', this.#dueWords(entry)),
    'invoice-voided': (entry) => this.#invoice(entry, 'you', 'void', [{ text: `why: ${said(entry)}` }]),
    'invoice-disputed': (entry) => this.#invoice(entry, 'hold', 'a dispute', [{ text: said(entry) }]),
    'promise-noted': (entry) => this.#invoice(entry, 'hold', this.#promiseWords(entry)),
    'promise-kept': (entry) => this.#line(entry, 'done', '', said(entry)),
    'promise-lapsed': (entry) => this.#line(entry, 'hold', '', said(entry)),
    'promise-broken': (entry) => this.#line(entry, 'warn', '', said(entry)),
    'hold-added': (entry) =>
      this.#line(entry, 'hold', this.#who(entry), 'no letter about money for now', [{ text: `why: ${said(entry)}` }]),
    'hold-ended': (entry) => this.#holdEnded(entry),
    'client-changed': (entry) => this.#changed(entry),
    'exit-proposed': (entry) => this.#exitProposed(entry),
    'log-added': (entry) => this.#logged(entry),
    'request-proposed': (entry) => this.#line(entry, 'warn', this.#who(entry), 'silence', [{ text: said(entry) }]),
    'request-answered': (entry) =>
      this.#line(entry, 'note', this.#who(entry), 'no longer silent', [{ text: said(entry) }]),
  };

  constructor(r: Reader, zone: TimeZone, fresh: readonly Entry[]) {
    this.#r = r;
    this.#zone = zone;
    this.#fresh = fresh;
  }

  lines(): ToldLine[] {
    return this.#fresh
      .filter((entry) => !untold.has(entry.kind))
      .map((entry) => (this.#tellers[entry.kind] ?? ((one) => this.#other(one)))(entry))
      .filter((line) => line !== undefined);
  }

  #line(entry: Entry, mark: Mark, who: string, text: string, details: Line['details'] = []): ToldLine {
    return { at: entry.at, time: timeOf(entry.at, this.#zone), mark, who, text, details };
  }

  /** What is new in the journal and has no sentence here yet is told in the journal's own words. */
  #other(entry: Entry): ToldLine {
    return this.#line(entry, 'note', this.#who(entry), `${entry.kind}: ${said(entry)}`);
  }

  #who({ clientId }: Pick<Entry, 'clientId'>): string {
    return clientId === null ? '' : (clientById(this.#r, clientId)?.name ?? '');
  }

  #message(entry: Entry): ToldLine | undefined {
    const message = messageById(this.#r, idOf(entry));
    if (message === undefined || message.history) return undefined;
    return message.role === 'sent' ? this.#ownMail(entry, message) : this.#incoming(entry, message);
  }

  #ownMail(entry: Entry, message: StoredMessage): ToldLine | undefined {
    const isAnswer = this.#fresh.some((one) => one.kind === 'window-answered' && one.data?.['by'] === message.id);
    const isLetter = message.mail.headers.some((header) => header.name === 'x-paletti-letter');
    if (isAnswer || isLetter) return undefined;
    return this.#line(entry, 'you', this.#peerOf(message), `wrote: ${message.mail.subject}`);
  }

  #incoming(entry: Entry, message: StoredMessage): ToldLine {
    const isHuman = message.judged?.kind === 'human';
    const details = isHuman ? this.#humanDetails(message) : [{ text: robotWords[kindOf(message)] }];
    const line = this.#line(entry, isHuman ? 'mail' : 'robot', this.#peerOf(message), message.mail.subject, details);
    return { ...line, short: true };
  }

  #peerOf(message: StoredMessage): string {
    const peer = message.role === 'sent' ? message.mail.to[0] : message.mail.from;
    return this.#who(message) || peer?.name || peer?.address || '';
  }

  #humanDetails(message: StoredMessage): Line['details'] {
    const { judged } = message;
    if (judged === null) return [];
    const flag = flagOf('out of hours', judged.outOfHoursWhy);
    const held = this.#fresh.find(
      (entry) => entry.kind === 'letter-held' && this.#letterOf(entry)?.answersMessageId === message.id,
    );
    if (held === undefined)
      return [...flag, { text: refusalWords[judged.reason] ?? `no acknowledgement: ${say(judged.why, 'en')}` }];
    const until = this.#letterOf(held)?.notBefore ?? held.at;
    return [...flag, { text: `acknowledgement held until ${momentInWords(until, held.at, this.#zone)}` }];
  }

  #letterOf(entry: Entry): Letter | undefined {
    return entry.subject.startsWith('letter/') ? letterById(this.#r, idOf(entry)) : undefined;
  }

  #answer(entry: Entry): ToldLine | undefined {
    const window = windowById(this.#r, idOf(entry));
    if (window === undefined) return undefined;
    const opener = messageById(this.#r, window.openedBy);
    const dropped = this.#fresh.find(
      (one) => one.kind === 'letter-dropped' && this.#letterOf(one)?.windowId === window.id,
    );
    const details =
      dropped === undefined
        ? []
        : [{ text: 'acknowledgement dropped: the answer was faster', style: 'magenta' as const }];
    if (dropped !== undefined) this.#toldDrops.add(dropped.id);
    const who = opener === undefined ? this.#who(entry) : this.#peerOf(opener);
    return this.#line(entry, 'you', who, answerWords(window), [...lateDetails(window, this.#zone), ...details]);
  }

  #drop(entry: Entry): ToldLine | undefined {
    if (this.#toldDrops.has(entry.id)) return undefined;
    return this.#aboutLetter(entry, 'drop', (name) => `${name} dropped`, [{ text: `why: ${said(entry)}` }]);
  }

  #aboutLetter(
    entry: Entry,
    mark: Mark,
    words: (name: string) => string,
    details: Line['details'] = [],
  ): ToldLine | undefined {
    const letter = this.#letterOf(entry);
    if (letter === undefined) return undefined;
    return this.#line(entry, mark, this.#who(letter), words(kindRecords[letter.kind].called), details);
  }

  #sent(entry: Entry): ToldLine | undefined {
    const letter = this.#letterOf(entry);
    if (letter === undefined) return undefined;
    const window = letter.windowId === null ? undefined : windowById(this.#r, letter.windowId);
    if (window !== undefined) {
      const due = momentInWords(window.dueAt, entry.at, this.#zone);
      return this.#line(entry, 'ack', this.#whoGets(letter), `promises an answer by ${due}`);
    }
    const sent = `${kindRecords[letter.kind].called} sent`;
    return { ...this.#line(entry, 'letter', this.#whoGets(letter), sent, this.#letterDetails(letter)), letter };
  }

  #whoGets(letter: Letter): string {
    return this.#who(letter) || letter.recipientName || letter.recipient;
  }

  #letterDetails(letter: Letter): Line['details'] {
    const state = letter.clientId === null ? undefined : clientById(this.#r, letter.clientId)?.workState;
    const details: Line['details'] = [{ text: letter.subject, style: 'italic' }];
    if (letter.step !== null) details.push({ text: `why: ${whyOf(letter)}` });
    if (letter.kind === 'work-paused' && state === 'paused')
      details.push({ text: 'work for this client is paused now', style: 'yellow' });
    return details;
  }

  #case(entry: Entry): ToldLine | undefined {
    const letterId = entry.data?.['letter'];
    const code = entry.data?.['code'];
    if (typeof letterId === 'number') return this.#askForApproval(entry, letterId);
    if (typeof code === 'string') {
      if (plainWaits.has(code)) return undefined;
      return this.#line(entry, 'wait', this.#who(entry), 'a letter about money waits', [
        { text: `why: ${said(entry)}` },
      ]);
    }
    // What an open case waits for besides its ladder, an exit, is told by the exit itself.
    return caseById(this.#r, idOf(entry))?.state === 'closed'
      ? this.#line(entry, 'done', this.#who(entry), said(entry))
      : undefined;
  }

  #letterWaits(entry: Entry): ToldLine | undefined {
    const letter = this.#letterOf(entry);
    if (letter === undefined) return undefined;
    const until = momentInWords(letter.notBefore, entry.at, this.#zone);
    const details = [{ text: `until ${until}: ${said(entry)}` }];
    return this.#line(entry, 'wait', this.#who(letter), `${kindRecords[letter.kind].called} waits`, details);
  }

  /** Told by its letter when that is written at once. */
  #exitProposed(entry: Entry): ToldLine | undefined {
    const isWritten = this.#fresh.some(
      (one) => one.clientId === entry.clientId && one.kind === 'case-decided' && one.data?.['letter'] !== undefined,
    );
    if (isWritten) return undefined;
    return this.#line(entry, 'asks', this.#who(entry), 'the end of the work is proposed', [
      { text: `why: ${said(entry).replace(askWords, '')}` },
      endsNothing,
    ]);
  }

  /** A letter that goes by itself is told when it leaves. */
  #askForApproval(entry: Entry, letterId: number): ToldLine | undefined {
    const letter = letterById(this.#r, letterId);
    if (letter === undefined || letter.approval === 'auto') return undefined;
    const text = `${kindRecords[letter.kind].called} waits for approval`;
    const details: Line['details'] = [{ text: `why: ${whyOf(letter)}` }];
    if (letter.kind === 'termination') details.push(endsNothing);
    return this.#line(entry, 'asks', this.#who(entry), text, details);
  }

  #warning(entry: Entry): ToldLine {
    const window = windowById(this.#r, idOf(entry));
    const opener = window === undefined ? undefined : messageById(this.#r, window.openedBy);
    const words = warningWords[String(entry.data?.['key'])];
    if (opener === undefined || words === undefined) return this.#line(entry, 'warn', '', said(entry));
    return this.#line(entry, 'warn', this.#peerOf(opener), words);
  }

  #payment(entry: Entry): ToldLine {
    const invoice = invoiceById(this.#r, idOf(entry));
    const payment = invoice?.payments.at(-1);
    if (invoice === undefined || payment === undefined) return this.#invoice(entry, 'paid', said(entry));
    const rest = openCents(invoice);
    const left = rest === 0 ? 'all of it' : `${plainSum(rest, invoice.currency)} left`;
    return this.#invoice(entry, 'paid', `${sumInWords(payment.amountCents, invoice.currency)}, ${left}`);
  }

  #promiseWords(entry: Entry): string {
    const until = entry.data?.['until'];
    // A promise ends with its day, at midnight.
    return typeof until === 'string'
      ? `promised by ${dayWords(dayOf(plus(fromIso(until), -1), this.#zone))}`
      : said(entry);
  }

  /** A hold that the owner ended, one that its matter ended, or one whose time has passed: that one speaks up, with the name. */
  #holdEnded(entry: Entry): ToldLine | undefined {
    if (!entry.subject.startsWith('hold/')) return this.#line(entry, 'hold', '', said(entry));
    if (said(entry).startsWith('the money it was about is settled')) return undefined;
    if (said(entry).startsWith('released by the owner'))
      return this.#line(entry, 'you', this.#who(entry), 'decided: the ladder goes on');
    return this.#line(entry, 'hold', this.#who(entry), 'the hold ends', [{ text: `why: ${said(entry)}` }]);
  }

  #logged(entry: Entry): ToldLine {
    const logged = logEntries(this.#r, entry.clientId ?? 0).find((one) => one.id === entry.data?.['entry']);
    if (logged === undefined) return this.#line(entry, 'you', this.#who(entry), said(entry));
    const flag = flagOf('outside the hours', logged.outOfHoursWhy);
    const text = `logged a ${logged.kind} of ${momentInWords(logged.at, entry.at, this.#zone)}`;
    return this.#line(entry, 'you', this.#who(entry), text, [...flag, { text: logged.text }]);
  }

  #changed(entry: Entry): ToldLine {
    const changed = entry.data?.['changed'];
    const names = Array.isArray(changed) ? changed.join(', ') : 'the client';
    const address = entry.clientId === null ? undefined : clientById(this.#r, entry.clientId)?.addresses[0];
    const isAddress = Array.isArray(changed) && changed.includes('addresses') && address !== undefined;
    const details = isAddress ? [{ text: address }] : [];
    return this.#line(
      entry,
      'you',
      this.#who(entry),
      isAddress ? 'entered a new address' : `changed ${names}`,
      details,
    );
  }

  #invoice(entry: Entry, mark: Mark, text: string, details: Line['details'] = []): ToldLine {
    return this.#line(entry, mark, this.#who(entry), `invoice ${String(entry.data?.['number'])}: ${text}`, details);
  }

  #dueWords(entry: Entry): string {
    const invoice = invoiceById(this.#r, idOf(entry));
    const [debt] = invoice === undefined ? [] : debtsOf(invoice);
    if (debt === undefined) return String(entry.data?.['total']);
    return `${sumInWords(debt.openCents, debt.currency)}, due on ${dayWords(debt.dueOn)}`;
  }
}

function kindOf(message: StoredMessage): Exclude<MessageKind, 'human'> {
  const kind = message.judged?.kind ?? 'automatic';
  return kind === 'human' ? 'automatic' : kind;
}

/** The reason without its last words: that the letter asks first is said by the line itself. */
function whyOf(letter: Letter): string {
  return say(letter.why, 'en').replace(askWords, '');
}

const askWords = /; asks you first[^;]*$/;

const endsNothing: Line['details'][number] = {
  text: 'Paletti ends nothing by itself: this waits for a person',
  style: 'yellow',
};

function idOf({ subject }: Entry): number {
  return Number(subject.slice(subject.indexOf('/') + 1));
}

function answerWords({ answeredAt, openedAt, evidence }: Window): string {
  const after = answeredAt === null ? '' : ` after ${spanInWords(answeredAt - openedAt)}`;
  return evidence === 'owner' ? 'settled it otherwise' : `answered${after}`;
}

function lateDetails({ answeredAt, dueAt }: Window, zone: TimeZone): Line['details'] {
  if (answeredAt === null || answeredAt <= dueAt) return [];
  return [{ text: `late: it was due on ${momentInWords(dueAt, answeredAt, zone)}`, style: 'yellow' }];
}

function timeOf(at: Instant, zone: TimeZone): string {
  const { minute } = wallClock(at, zone);
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** '10:35' on the same day, 'Mon 2 Nov 09:00' on another. */
export function momentInWords(at: Instant, now: Instant, zone: TimeZone): string {
  const day = dayOf(at, zone);
  return day === dayOf(now, zone) ? timeOf(at, zone) : `${dayWords(day)} ${timeOf(at, zone)}`;
}

/** 'Mon 2 Nov' */
export function dayWords(day: string): string {
  return dayFormat(day, { weekday: 'short', day: 'numeric', month: 'short' });
}

/** 'Mon 26 October 2026' */
export function longDay(day: string): string {
  const weekday = dayFormat(day, { weekday: 'short' });
  return `${weekday} ${dayFormat(day, { day: 'numeric', month: 'long', year: 'numeric' })}`;
}

function dayFormat(day: string, parts: Intl.DateTimeFormatOptions): string {
  const text = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  return text.replace(',', '').replace('Sept', 'Sep');
}

/** '17 min', '13 h 38 min', '5 days' */
function spanInWords(ms: number): string {
  if (ms < hourMs) return `${Math.round(ms / minuteMs)} min`;
  if (ms >= 3 * dayMs) return `${Math.floor(ms / dayMs)} days ${Math.floor((ms % dayMs) / hourMs)} h`;
  return `${Math.floor(ms / hourMs)} h ${Math.floor((ms % hourMs) / minuteMs)} min`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function flagOf(what: string, why: Reason | null): { text: string; style: 'yellow' }[] {
  return why === null ? [] : [{ text: `${what}: ${say(why, 'en')}`, style: 'yellow' }];
}

function said({ why }: Entry): string {
  return say(why, 'en');
}
