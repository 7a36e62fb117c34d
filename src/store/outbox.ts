/**
 * The outbox: its letters, and one function for each move of a letter, each an UPDATE guarded by the states it leaves, so
 * that of two who try at once one does nothing. Decides nothing about when or whether to send; whose turn it is is asked
 * in outbox-queue.
 */
import { AppError } from '../errors.ts';
import { isWritableAddress, type Tone } from '../rules/client.ts';
import type { Language } from '../rules/language.ts';
import {
  type Approval,
  effectOfLetter,
  type Letter,
  type LetterEffect,
  type LetterKind,
  type LetterState,
  mayMove,
  needsApproval,
} from '../rules/letter.ts';
import type { Reason } from '../rules/reason.ts';
import { type Instant, toIso } from '../rules/time.ts';
import type { Told } from '../rules/told.ts';
import { touchCaseOfLetter } from './cases.ts';
import type { Reader, Value, Writer } from './database.ts';
import { touchExit } from './exits.ts';
import { note } from './journal.ts';
import { noteNamed } from './letter-debts.ts';
import { notice, settleNotices } from './notices.ts';
import { atMost, Conditions, insertion, instantOrNull, marks, reasonOut, type Row } from './rows.ts';
import { Table } from './table.ts';

export type NewLetter = Omit<
  Letter,
  | 'id'
  | 'state'
  | 'waitsFor'
  | 'edited'
  | 'approvedAt'
  | 'messageId'
  | 'attempts'
  | 'nextTryAt'
  | 'lastError'
  | 'createdAt'
  | 'sentAt'
  | 'filedAt'
  | 'endedBy'
  | 'endedWhy'
  | 'effect'
  | 'why'
> & {
  why: Reason;
  /** that of its kind when left out */
  effect?: LetterEffect;
};

/** Until when a cap of all letters together keeps those that it keeps: see store/outbox-queue. */
export const fullUntilKey = 'sending.fullUntil';

/** What a cap keeps goes no sooner than the cap lets anything go. */
export const notBefore = `iif(capped = 1,
  max(not_before, coalesce((SELECT value FROM facts WHERE key = '${fullUntilKey}'), '')), not_before)`;

const letters = new Table<Letter>(
  'letters',
  {
    id: 'plain',
    key: 'plain',
    kind: 'plain',
    state: 'plain',
    mailbox: 'plain',
    clientId: 'plain',
    answersMessageId: 'plain',
    windowId: 'plain',
    caseId: 'plain',
    step: 'plain',
    effect: 'plain',
    language: 'plain',
    tone: 'plain',
    recipient: 'plain',
    recipientName: 'plain',
    sender: 'plain',
    subject: 'plain',
    text: 'plain',
    facts: 'json',
    edited: 'flag',
    approval: 'plain',
    approvedAt: 'instant',
    notBefore: 'instant',
    why: 'reason',
    waitsFor: 'reason',
    inReplyTo: 'plain',
    references: 'json',
    messageId: 'plain',
    attempts: 'plain',
    nextTryAt: 'instant',
    lastError: 'reason',
    createdAt: 'instant',
    sentAt: 'instant',
    filedAt: 'instant',
    endedBy: 'plain',
    endedWhy: 'reason',
  },
  { references: 'reference_ids' },
);

/** All but the bytes, which only the courier needs. */
const columns = letters.columns.replace('not_before', `${notBefore} AS not_before`);

/** Of a letter to which nothing has happened yet. */
const untouched = {
  edited: false,
  approvedAt: null,
  waitsFor: null,
  messageId: null,
  attempts: 0,
  nextTryAt: null,
  lastError: null,
  sentAt: null,
  filedAt: null,
  endedBy: null,
  endedWhy: null,
} satisfies Partial<Letter>;

/**
 * Puts a letter into the outbox, held.
 * @returns undefined when a letter with this key exists: a repeated decision makes no second letter
 * @throws AppError 'bad-input' for an address that is never written to, or a header value of more than one line
 */
export function putLetter(w: Writer, letter: NewLetter): Letter | undefined {
  refuseUnsafe(letter);
  const effect = letter.effect ?? effectOfLetter(letter.kind);
  const held = { ...letter, ...untouched, effect, state: 'held', createdAt: w.now } as const;
  const row = letters.row(held);
  const { changes, id } = w.run(`${insertion('letters', row)} ON CONFLICT (key) DO NOTHING`, row);
  if (changes !== 1) return undefined;
  noteNamed(w, id, letter.facts);
  return letters.read({ id, ...row });
}

function refuseUnsafe(letter: NewLetter): void {
  if (!isWritableAddress(letter.recipient)) throw badRecipient(`letter ${letter.key}`);
  const { subject, recipientName, sender, inReplyTo, references } = letter;
  for (const value of [subject, recipientName, sender, inReplyTo ?? '', ...references])
    refuseLines(value, `letter ${letter.key}`);
}

function badRecipient(place: string): AppError {
  return new AppError('bad-input', 'the recipient is not an address Paletti writes to', {
    where: place,
    next: 'Mend the address in the register: one plain address, name@host.',
  });
}

function refuseLines(value: string, place: string): void {
  if (!/[\r\n\0]/.test(value)) return;
  throw new AppError('bad-input', 'a header value of more than one line was refused', {
    where: place,
    next: 'Subject and names are one line each.',
  });
}

export function letterById(r: Reader, id: number): Letter | undefined {
  return one(r, 'id = ?', id);
}

export function letterByKey(r: Reader, key: string): Letter | undefined {
  return one(r, 'key = ?', key);
}

/** Those that left since, newest first; of one client when one is given. */
export function lettersSentSince(r: Reader, since: Instant, clientId?: number): Letter[] {
  const { where, values } = new Conditions()
    .add('sent_at IS NOT NULL')
    .given('sent_at >= ?', toIso(since))
    .given('client_id = ?', clientId);
  return lettersBy(r, `${where} ORDER BY sent_at DESC, id DESC LIMIT 200`, ...values);
}

export function letterByMessageId(r: Reader, messageId: string): Letter | undefined {
  return one(r, 'message_id = ?', messageId);
}

function one(r: Reader, condition: string, value: Value): Letter | undefined {
  const row = r.get<object>(`SELECT ${columns} FROM letters WHERE ${condition}`, value);
  return row && letters.read(row);
}

/** @param rest what follows FROM and the name of the table */
export function lettersBy(r: Reader, rest: string, ...values: Value[]): Letter[] {
  return r.all<object>(`SELECT ${columns} FROM letters ${rest}`, ...values).map(letters.read);
}

export interface LetterFilter {
  state?: LetterState;
  states?: readonly LetterState[];
  clientId?: number;
  caseId?: number;
  windowId?: number;
  limit?: number;
}

/** Newest first. */
export function listLetters(r: Reader, filter: LetterFilter = {}): Letter[] {
  const conditions = conditionsOf(filter);
  return lettersBy(r, `${conditions.where} ORDER BY id DESC ${atMost(filter.limit)}`, ...conditions.values);
}

/** How many letters are in one of these states; all when none is named. */
export function countLetters(r: Reader, filter: LetterFilter = {}): number {
  const { where, values } = conditionsOf(filter);
  return r.get<{ n: number }>(`SELECT count(*) AS n FROM letters ${where}`, ...values)?.n ?? 0;
}

function conditionsOf(filter: LetterFilter): Conditions {
  const states = filter.states ?? (filter.state === undefined ? undefined : [filter.state]);
  const conditions = new Conditions()
    .given('client_id = ?', filter.clientId)
    .given('case_id = ?', filter.caseId)
    .given('window_id = ?', filter.windowId);
  if (states !== undefined) conditions.add(`state IN (${marks(states)})`, ...states);
  return conditions;
}

/** 0 without one. Numbers rise, and none is given twice. */
export function newestLetterId(r: Reader): number {
  return r.get<{ id: number | null }>('SELECT max(id) AS id FROM letters')?.id ?? 0;
}

/** A letter without its texts and facts. */
export type LetterOutline = Pick<Letter, 'id' | 'key' | 'kind' | 'state' | 'step' | 'effect' | 'sentAt' | 'endedBy'>;

/** Of one case, newest first: for looking at a ladder, which wants none of the texts. */
export function outlinesOfCase(r: Reader, caseId: number): LetterOutline[] {
  return r
    .all<LetterOutline & { sent_at: string | null }>(
      'SELECT id, key, kind, state, step, effect, sent_at, ended_by AS endedBy FROM letters WHERE case_id = ? ORDER BY id DESC',
      caseId,
    )
    .map(({ sent_at, ...outline }) => ({ ...outline, sentAt: instantOrNull(sent_at) }));
}

interface Move {
  from: readonly LetterState[];
  to: LetterState;
  /** more conditions, besides id and state */
  only?: string;
  /** assignments besides the state; names refer to `values` */
  set?: string;
  values?: Row;
  /** a cap of all letters together keeps it from now on; any other move lets it be looked at again */
  capped?: boolean;
}

/** @returns false when the letter is not in one of those states, or a condition does not hold */
function move(w: Writer, id: number, { from, to, only, set, values, capped = false }: Move): boolean {
  for (const state of from)
    if (state !== to && !mayMove(state, to))
      throw new AppError('internal', `a letter cannot move from ${state} to ${to}`);
  const states = from.map((state) => `'${state}'`).join(', ');
  const sql = `UPDATE letters SET state = '${to}', capped = ${Number(capped)}${set === undefined ? '' : `, ${set}`}
    WHERE id = @id AND state IN (${states})${only === undefined ? '' : ` AND ${only}`}`;
  if (w.run(sql, { ...values, id }).changes === 0) return false;
  // two statements, because RETURNING would take longer
  const sqlMoved = `SELECT state, approval, approved_at AS approvedAt, kind, client_id AS clientId, case_id AS caseId
    FROM letters WHERE id = ?`;
  const moved = w.get<Moved>(sqlMoved, id) as Moved;
  if (moved.caseId !== null && ends.includes(to)) lookAtCase(w, moved.caseId);
  if (moved.clientId !== null && moved.kind === 'termination') touchExit(w, moved.clientId);
  settleOver(w, id, from, moved);
  return true;
}

type Moved = Pick<Letter, 'kind' | 'clientId' | 'caseId' | 'state' | 'approval'> & { approvedAt: string | null };

/** No notice outlives what it says of a letter, whichever move ended it. */
function settleOver(w: Writer, id: number, from: readonly LetterState[], moved: Moved): void {
  if (!needsApproval(moved)) settleNotices(w, approvalMatter(id));
  for (const state of ['unsure', 'failed'] as const)
    if (from.includes(state) && moved.state !== state) settleNotices(w, `${state}/${id}`);
}

const approvalMatter = (id: number) => `approve/${id}`;

const ends: readonly LetterState[] = ['sent', 'dropped', 'failed', 'unsure'];

/** A case waits for what becomes of its letter, and for nothing else meanwhile. */
function lookAtCase(w: Writer, id: number): void {
  const now = toIso(w.now);
  w.run('UPDATE cases SET look_at = ? WHERE id = ? AND (look_at IS NULL OR look_at > ?)', now, id, now);
}

/** What was frozen for the old text is thawed: a new text gets new bytes and a new Message-ID. */
const thaw = 'message_id = NULL, bytes = NULL, bytes_sha256 = NULL';

/** The owner lets a letter go that asks him. */
export function approve(w: Writer, id: number): boolean {
  return move(w, id, {
    from: ['held'],
    to: 'held',
    only: "approval = 'ask' AND approved_at IS NULL",
    set: 'approved_at = @now',
    values: { now: toIso(w.now) },
  });
}

/** What it asked for has been decided otherwise: it goes by its time. */
export function askNoMore(w: Writer, id: number): boolean {
  return move(w, id, { from: ['held'], to: 'held', only: "approval = 'ask'", set: "approval = 'auto'" });
}

/** The letter asks (again): after a long sleep, or because the owner thought better of it. */
export function withdrawApproval(w: Writer, id: number): boolean {
  return move(w, id, {
    from: ['held', 'queued'],
    to: 'held',
    only: "(approval = 'auto' OR approved_at IS NOT NULL)",
    set: "approval = 'ask', approved_at = NULL",
  });
}

/**
 * The letter waits for the owner's word, and she is told so: the one way in which a letter asks. What is told goes with
 * the waiting, see {@link settleOver}.
 */
export function askForApproval(w: Writer, id: number, told: Told): void {
  withdrawApproval(w, id);
  notice(w, `${approvalMatter(id)}/${toIso(w.now)}`, told);
}

/** In the facts of an edited letter: what the program had written, upon which the owner's words stand. */
const asWritten = 'asWritten';

/** What the program had written before the owner's own words; undefined when it is not known. */
export function writtenBeforeEdit({ facts }: Letter): { subject: string; text: string } | undefined {
  return facts[asWritten] as { subject: string; text: string } | undefined;
}

/** The owner's own words are about to be replaced: they stay in the history of the letter. */
function keepOwnWords(w: Writer, id: number, why: Reason): void {
  const letter = letterById(w, id);
  if (letter?.edited !== true) return;
  const { subject, text, clientId } = letter;
  note(w, {
    kind: 'own-words-kept',
    subject: `letter/${id}`,
    clientId,
    why,
    data: { subject, text },
  });
}

/** What the program would say, upon which the owner's own words stand; with its facts where those on record are older. */
export interface Ground {
  subject: string;
  text: string;
  facts?: Record<string, unknown>;
}

/**
 * The owner's own words: they wait for her word, also where the letter would have left by itself or was approved.
 * @param upon absent: what the letter says, or what her earlier words stood upon
 */
export function edit(
  w: Writer,
  id: number,
  { subject, text, upon }: { subject: string; text: string; upon?: Ground | undefined },
): boolean {
  refuseLines(subject, `letter ${id}`);
  const ground = upon === undefined ? null : JSON.stringify({ subject: upon.subject, text: upon.text });
  const facts = upon?.facts === undefined ? null : JSON.stringify(upon.facts);
  return move(w, id, {
    from: ['held', 'queued'],
    to: 'held',
    set: `facts = CASE WHEN @ground IS NOT NULL THEN json_set(coalesce(@facts, facts), '$.${asWritten}', json(@ground))
        WHEN edited = 1 THEN facts ELSE json_set(facts, '$.${asWritten}', json_object('subject', subject, 'text', text)) END,
      subject = @subject, text = @text, edited = 1, approval = 'ask', approved_at = NULL, ${thaw}`,
    values: { subject, text, ground, facts },
  });
}

export interface Rewriting {
  subject: string;
  text: string;
  facts: Record<string, unknown>;
  language: Language;
  tone: Tone;
  why: Reason;
  /** where what it says now is another letter: an acknowledgement at the end of its window */
  kind?: LetterKind;
}

/**
 * The facts changed under a letter that waits. It stays where it is; but where the owner's own words are replaced,
 * it is held and asks again, and they stay in its history.
 */
export function rewrite(w: Writer, id: number, letter: Rewriting): boolean {
  const { subject, text, language, tone, why } = letter;
  refuseLines(subject, `letter ${id}`);
  keepOwnWords(w, id, { code: 'own-words-outdated' });
  const values = {
    subject,
    text,
    language,
    tone,
    why: reasonOut(why),
    kind: letter.kind ?? null,
    facts: JSON.stringify(letter.facts),
  };
  const set = `kind = coalesce(@kind, kind), subject = @subject, text = @text, facts = @facts, language = @language, tone = @tone, why = @why, ${thaw}`;
  const asksAgain = `${set}, edited = 0, approval = 'ask', approved_at = NULL`;
  const isDone =
    move(w, id, { from: ['held', 'queued'], to: 'held', only: 'edited = 1', set: asksAgain, values }) ||
    move(w, id, { from: ['queued'], to: 'queued', set, values }) ||
    move(w, id, { from: ['held'], to: 'held', set, values });
  if (isDone) noteNamed(w, id, letter.facts);
  return isDone;
}

/** A subject that the owner left as it was, above her own text, says the days as of now. Her approval stands. */
export function retitle(w: Writer, id: number, subject: string): boolean {
  refuseLines(subject, `letter ${id}`);
  const set = `subject = @subject, facts = json_set(facts, '$.${asWritten}.subject', @subject), ${thaw}`;
  const change = { only: 'edited = 1', set, values: { subject } };
  return (
    move(w, id, { from: ['queued'], to: 'queued', ...change }) || move(w, id, { from: ['held'], to: 'held', ...change })
  );
}

/** Held no longer. Never without the approval it needs. */
export function release(w: Writer, id: number): boolean {
  return move(w, id, {
    from: ['held'],
    to: 'queued',
    only: "(approval = 'auto' OR approved_at IS NOT NULL)",
    set: `not_before = ${notBefore}`,
  });
}

/**
 * The client, or the owner, has another address or name now. Bytes for the old one are thawed.
 * @throws AppError 'bad-input' for an address that is never written to, or a name of more than one line
 */
export function readdress(
  w: Writer,
  id: number,
  { recipient, recipientName, sender }: Pick<Letter, 'recipient' | 'recipientName' | 'sender'>,
): boolean {
  if (!isWritableAddress(recipient)) throw badRecipient(`letter ${id}`);
  for (const value of [recipientName, sender]) refuseLines(value, `letter ${id}`);
  const values = { recipient, recipientName, sender };
  const set = `recipient = @recipient, recipient_name = @recipientName, sender = @sender, ${thaw}`;
  return (
    move(w, id, { from: ['queued'], to: 'queued', set, values }) ||
    move(w, id, { from: ['held'], to: 'held', set, values })
  );
}

/** Waits (longer), and says for what. @param capped a cap of all letters together keeps it: see {@link noteFull} */
export function holdBack(w: Writer, id: number, notBefore: Instant, waitsFor: Reason, capped = false): boolean {
  return move(w, id, {
    from: ['held', 'queued'],
    to: 'held',
    capped,
    set: 'not_before = @notBefore, waits_for = @waitsFor',
    values: { notBefore: toIso(notBefore), waitsFor: reasonOut(waitsFor) },
  });
}

export interface Frozen {
  messageId: string;
  bytes: Uint8Array;
  /** of the bytes, in hex */
  sha256: string;
}

/** Begins an attempt. A letter that was frozen before keeps its Message-ID and bytes: use {@link bytesOf} after it. */
export function claim(w: Writer, id: number, frozen: Frozen): boolean {
  return move(w, id, {
    from: ['queued'],
    to: 'sending',
    set: `attempts = attempts + 1, claimed_at = @now, next_try_at = NULL, waits_for = NULL, message_id = coalesce(message_id, @messageId),
      bytes_sha256 = iif(bytes IS NULL, @sha256, bytes_sha256), bytes = coalesce(bytes, @bytes)`,
    values: { ...frozen, now: toIso(w.now) },
  });
}

/** The server took it; or, from unsure, it was found in Sent or the owner says so. */
export function markSent(w: Writer, id: number): boolean {
  return move(w, id, {
    from: ['sending', 'unsure'],
    to: 'sent',
    set: 'sent_at = @now, last_error = NULL, next_try_at = NULL',
    values: { now: toIso(w.now) },
  });
}

/** Surely not sent; again later. @param options.countAttempt false when it was not the letter's fault (a refused login) */
export function defer(
  w: Writer,
  id: number,
  nextTryAt: Instant,
  error: Reason,
  options: { countAttempt: boolean },
): boolean {
  return move(w, id, {
    from: ['sending'],
    to: 'queued',
    set: 'next_try_at = @nextTryAt, last_error = @error, attempts = attempts - @back',
    values: { nextTryAt: toIso(nextTryAt), error: reasonOut(error), back: options.countAttempt ? 0 : 1 },
  });
}

/** Surely not sent, and never will be as it is. */
export function fail(w: Writer, id: number, error: Reason): boolean {
  return move(w, id, {
    from: ['sending'],
    to: 'failed',
    set: "last_error = @error, ended_by = 'system', ended_why = @error",
    values: { error: reasonOut(error) },
  });
}

/** The server may have it. */
export function doubt(w: Writer, id: number, error: Reason): boolean {
  return move(w, id, {
    from: ['sending'],
    to: 'unsure',
    set: 'last_error = @error, doubted = 1',
    values: { error: reasonOut(error) },
  });
}

export function markFiled(w: Writer, id: number): boolean {
  return move(w, id, { from: ['sent'], to: 'filed', set: 'filed_at = @now', values: { now: toIso(w.now) } });
}

/** It will not leave: said in the journal, and asked of nobody any more. */
export function drop(w: Writer, id: number, by: 'owner' | 'system', why: Reason): boolean {
  const dropped = move(w, id, {
    from: ['held', 'queued', 'unsure', 'failed'],
    to: 'dropped',
    set: 'ended_by = @by, ended_why = @why',
    values: { by, why: reasonOut(why) },
  });
  if (!dropped) return false;
  touchCaseOfLetter(w, id);
  const clientId = letterById(w, id)?.clientId ?? null;
  note(w, { kind: 'letter-dropped', subject: `letter/${id}`, clientId, why });
  return true;
}

/** The owner takes back her own drop: it waits for her as it was. Never what the server may have got once. */
export function restore(w: Writer, id: number): boolean {
  const restored = move(w, id, {
    from: ['dropped'],
    to: 'held',
    only: "ended_by = 'owner' AND doubted = 0",
    set: `approval = 'ask', approved_at = NULL, waits_for = NULL, attempts = 0, next_try_at = NULL, last_error = NULL,
      ended_by = NULL, ended_why = NULL`,
  });
  if (restored) touchCaseOfLetter(w, id);
  return restored;
}

export interface Revival extends Rewriting {
  notBefore: Instant;
  approval: Approval;
  /** the ladder may have changed since: what the step sends now */
  kind?: LetterKind;
  effect?: LetterEffect;
}

/**
 * The system takes back its own drop (a payment was reversed): the letter is written anew under its old key. Never
 * what the owner dropped, and never what the server may have got once.
 */
export function revive(w: Writer, id: number, letter: Revival): boolean {
  const { subject, text, language, tone, why, approval } = letter;
  refuseLines(subject, `letter ${id}`);
  const known = letterById(w, id);
  if (known?.state === 'dropped' && known.endedBy === 'system') keepOwnWords(w, id, { code: 'own-words-of-dropped' });
  const isBack = move(w, id, {
    from: ['dropped'],
    to: 'held',
    only: "ended_by = 'system' AND doubted = 0",
    set: `not_before = @notBefore, subject = @subject, text = @text, facts = @facts, language = @language, tone = @tone,
      kind = coalesce(@kind, kind), effect = coalesce(@effect, effect), why = @why, approval = @approval,
      approved_at = NULL, waits_for = NULL, edited = 0, attempts = 0, next_try_at = NULL, last_error = NULL, ended_by = NULL,
      ended_why = NULL, ${thaw}`,
    values: {
      subject,
      text,
      language,
      tone,
      why: reasonOut(why),
      approval,
      kind: letter.kind ?? null,
      effect: letter.effect ?? null,
      notBefore: toIso(letter.notBefore),
      facts: JSON.stringify(letter.facts),
    },
  });
  if (isBack) noteNamed(w, id, letter.facts);
  return isBack;
}

/** By the owner's word: try again. Bytes and Message-ID stay, so that a receiver who has it can see it is the same. */
export function requeue(w: Writer, id: number): boolean {
  return move(w, id, {
    from: ['failed', 'unsure'],
    to: 'queued',
    set: 'attempts = 0, next_try_at = NULL, ended_by = NULL, ended_why = NULL',
  });
}

/** What goes over the wire; undefined before the first attempt. */
export function bytesOf(r: Reader, id: number): Uint8Array | undefined {
  return r.get<{ bytes: Uint8Array | null }>('SELECT bytes FROM letters WHERE id = ?', id)?.bytes ?? undefined;
}

/** The bytes with the SHA-256 that was noted when they were frozen; undefined before the first attempt. */
export function frozenOf(r: Reader, id: number): { bytes: Uint8Array; sha256: string } | undefined {
  return r.get('SELECT bytes, bytes_sha256 AS sha256 FROM letters WHERE id = ? AND bytes IS NOT NULL', id);
}
