/**
 * The outbox: one function for each move of a letter, each an UPDATE guarded by the states it leaves, so that of two
 * who try at once one does nothing. Decides nothing about when or whether to send.
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
import { fromIso, type Instant, toIso } from '../rules/time.ts';
import { touchCaseOfLetter } from './cases.ts';
import type { Reader, Value, Writer } from './database.ts';
import { factOf, setFact } from './facts.ts';
import { touchExit } from './exits.ts';
import { note } from './journal.ts';
import { noteNamed } from './letter-debts.ts';
import { notice, settleNotices } from './notices.ts';
import { atMost, Conditions, insertion, instantOrNull, marks, type Row } from './rows.ts';

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
> & {
  /** that of its kind when left out */
  effect?: LetterEffect;
};

interface LetterRow {
  id: number;
  key: string;
  kind: LetterKind;
  state: LetterState;
  mailbox: string;
  client_id: number | null;
  answers_message_id: number | null;
  window_id: number | null;
  case_id: number | null;
  step: string | null;
  effect: LetterEffect;
  language: Language;
  tone: Tone;
  recipient: string;
  recipient_name: string;
  sender: string;
  subject: string;
  text: string;
  facts: string;
  edited: number;
  approval: Approval;
  approved_at: string | null;
  not_before: string;
  why: string;
  waits_for: string | null;
  in_reply_to: string | null;
  reference_ids: string;
  message_id: string | null;
  attempts: number;
  next_try_at: string | null;
  last_error: string | null;
  created_at: string;
  sent_at: string | null;
  filed_at: string | null;
  ended_by: Letter['endedBy'];
  ended_why: string | null;
}

const fullUntilKey = 'sending.fullUntil';
const fullWhyKey = 'sending.fullWhy';

/** What a cap keeps goes no sooner than the cap lets anything go. */
const notBefore = `iif(capped = 1,
  max(not_before, coalesce((SELECT value FROM facts WHERE key = '${fullUntilKey}'), '')), not_before)`;

/** All but the bytes, which only the courier needs. */
const columns = `id, key, kind, state, mailbox, client_id, answers_message_id, window_id, case_id, step, effect, language, tone,
  recipient, recipient_name, sender, subject, text, facts, edited, approval, approved_at, ${notBefore} AS not_before, why, waits_for, in_reply_to,
  reference_ids, message_id, attempts, next_try_at, last_error, created_at, sent_at, filed_at, ended_by, ended_why`;

function toLetter(row: LetterRow): Letter {
  const { id, key, kind, state, mailbox, step, effect, language, tone, recipient, sender, subject, text } = row;
  const { approval, why, attempts } = row;
  return {
    id,
    key,
    kind,
    state,
    mailbox,
    step,
    effect,
    language,
    tone,
    recipient,
    sender,
    subject,
    text,
    approval,
    why,
    attempts,
    clientId: row.client_id,
    answersMessageId: row.answers_message_id,
    windowId: row.window_id,
    caseId: row.case_id,
    recipientName: row.recipient_name,
    facts: JSON.parse(row.facts) as Record<string, unknown>,
    edited: row.edited === 1,
    approvedAt: instantOrNull(row.approved_at),
    notBefore: fromIso(row.not_before),
    waitsFor: row.waits_for,
    inReplyTo: row.in_reply_to,
    references: JSON.parse(row.reference_ids) as string[],
    messageId: row.message_id,
    nextTryAt: instantOrNull(row.next_try_at),
    lastError: row.last_error,
    createdAt: fromIso(row.created_at),
    sentAt: instantOrNull(row.sent_at),
    filedAt: instantOrNull(row.filed_at),
    endedBy: row.ended_by,
    endedWhy: row.ended_why,
  };
}

/** Of a letter to which nothing has happened yet. */
const untouched = {
  edited: 0,
  approved_at: null,
  waits_for: null,
  message_id: null,
  attempts: 0,
  next_try_at: null,
  last_error: null,
  sent_at: null,
  filed_at: null,
  ended_by: null,
  ended_why: null,
} satisfies Partial<LetterRow>;

/**
 * Puts a letter into the outbox, held.
 * @returns undefined when a letter with this key exists: a repeated decision makes no second letter
 * @throws AppError 'bad-input' for an address that is never written to, or a header value of more than one line
 */
export function putLetter(w: Writer, letter: NewLetter): Letter | undefined {
  refuseUnsafe(letter);
  const row = newRow(letter, w.now);
  const { changes, id } = w.run(`${insertion('letters', row)} ON CONFLICT (key) DO NOTHING`, row);
  if (changes !== 1) return undefined;
  noteNamed(w, id, letter.facts);
  return toLetter({ id, ...row });
}

function newRow(letter: NewLetter, now: Instant): Omit<LetterRow, 'id'> & Row {
  const { key, kind, mailbox, step, language, tone, recipient, sender, subject, text, approval, why } = letter;
  return {
    key,
    kind,
    mailbox,
    step,
    language,
    tone,
    recipient,
    sender,
    subject,
    text,
    approval,
    why,
    state: 'held',
    effect: letter.effect ?? effectOfLetter(kind),
    client_id: letter.clientId,
    answers_message_id: letter.answersMessageId,
    window_id: letter.windowId,
    case_id: letter.caseId,
    recipient_name: letter.recipientName,
    facts: JSON.stringify(letter.facts),
    not_before: toIso(letter.notBefore),
    in_reply_to: letter.inReplyTo,
    reference_ids: JSON.stringify(letter.references),
    created_at: toIso(now),
    ...untouched,
  };
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
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
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
  return r
    .all<LetterRow>(`SELECT ${columns} FROM letters ${where} ORDER BY sent_at DESC, id DESC LIMIT 200`, ...values)
    .map(toLetter);
}

export function letterByMessageId(r: Reader, messageId: string): Letter | undefined {
  return one(r, 'message_id = ?', messageId);
}

function one(r: Reader, condition: string, value: Value): Letter | undefined {
  const row = r.get<LetterRow>(`SELECT ${columns} FROM letters WHERE ${condition}`, value);
  return row && toLetter(row);
}

function many(r: Reader, rest: string, ...values: Value[]): Letter[] {
  return r.all<LetterRow>(`SELECT ${columns} FROM letters ${rest}`, ...values).map(toLetter);
}

export interface LetterFilter {
  state?: LetterState;
  states?: LetterState[];
  clientId?: number;
  caseId?: number;
  windowId?: number;
  limit?: number;
}

/** Newest first. */
export function listLetters(r: Reader, filter: LetterFilter = {}): Letter[] {
  const conditions = conditionsOf(filter);
  return many(r, `${conditions.where} ORDER BY id DESC ${atMost(filter.limit)}`, ...conditions.values);
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
 * @param said as a sentence; `next` when there is more to do than to read and approve it
 */
export function askForApproval(w: Writer, id: number, said: { text: string; next?: string }): void {
  withdrawApproval(w, id);
  const next = said.next ?? `paletti outbox show ${id}; paletti outbox approve ${id}`;
  notice(w, `${approvalMatter(id)}/${toIso(w.now)}`, said.text, next);
}

/** In the facts of an edited letter: what the program had written, upon which the owner's words stand. */
const asWritten = 'asWritten';

/** What the program had written before the owner's own words; undefined when it is not known. */
export function writtenBeforeEdit({ facts }: Letter): { subject: string; text: string } | undefined {
  return facts[asWritten] as { subject: string; text: string } | undefined;
}

/** The owner's own words are about to be replaced: they stay in the history of the letter. */
function keepOwnWords(w: Writer, id: number, why: string): void {
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

/** The owner's own words. An approval given for the old ones lapses. */
export function edit(w: Writer, id: number, { subject, text }: { subject: string; text: string }): boolean {
  refuseLines(subject, `letter ${id}`);
  return move(w, id, {
    from: ['held', 'queued'],
    to: 'held',
    set: `facts = iif(edited = 1, facts, json_set(facts, '$.${asWritten}', json_object('subject', subject, 'text', text))),
      subject = @subject, text = @text, edited = 1, approved_at = NULL, ${thaw}`,
    values: { subject, text },
  });
}

export interface Rewriting {
  subject: string;
  text: string;
  facts: Record<string, unknown>;
  language: Language;
  tone: Tone;
  why: string;
}

/**
 * The facts changed under a letter that waits. It stays where it is; but where the owner's own words are replaced,
 * it is held and asks again, and they stay in its history.
 */
export function rewrite(w: Writer, id: number, letter: Rewriting): boolean {
  const { subject, text, language, tone, why } = letter;
  refuseLines(subject, `letter ${id}`);
  keepOwnWords(w, id, 'the text you wrote no longer fits the record; it was written anew, and yours is kept here');
  const values = {
    subject,
    text,
    language,
    tone,
    why,
    facts: JSON.stringify(letter.facts),
  };
  const set = `subject = @subject, text = @text, facts = @facts, language = @language, tone = @tone, why = @why, ${thaw}`;
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
export function holdBack(w: Writer, id: number, notBefore: Instant, waitsFor: string, capped = false): boolean {
  return move(w, id, {
    ...{ from: ['held', 'queued'], to: 'held', capped },
    set: 'not_before = @notBefore, waits_for = @waitsFor',
    values: { notBefore: toIso(notBefore), waitsFor },
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
  error: string,
  options: { countAttempt: boolean },
): boolean {
  return move(w, id, {
    from: ['sending'],
    to: 'queued',
    set: 'next_try_at = @nextTryAt, last_error = @error, attempts = attempts - @back',
    values: { nextTryAt: toIso(nextTryAt), error, back: options.countAttempt ? 0 : 1 },
  });
}

/** Surely not sent, and never will be as it is. */
export function fail(w: Writer, id: number, error: string): boolean {
  return move(w, id, {
    from: ['sending'],
    to: 'failed',
    set: "last_error = @error, ended_by = 'system', ended_why = @error",
    values: { error },
  });
}

/** The server may have it. */
export function doubt(w: Writer, id: number, error: string): boolean {
  return move(w, id, {
    from: ['sending'],
    to: 'unsure',
    set: 'last_error = @error, doubted = 1',
    values: { error },
  });
}

export function markFiled(w: Writer, id: number): boolean {
  return move(w, id, { from: ['sent'], to: 'filed', set: 'filed_at = @now', values: { now: toIso(w.now) } });
}

/** It will not leave: said in the journal, and asked of nobody any more. */
export function drop(w: Writer, id: number, by: 'owner' | 'system', why: string): boolean {
  const dropped = move(w, id, {
    from: ['held', 'queued', 'unsure', 'failed'],
    to: 'dropped',
    set: 'ended_by = @by, ended_why = @why',
    values: { by, why },
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
  if (known?.state === 'dropped' && known.endedBy === 'system')
    keepOwnWords(w, id, 'the letter that was dropped is written anew; the text you wrote is kept here');
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
      why,
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

/**
 * A cap of all letters together is reached: those it keeps are not looked at before that moment. One that is in force
 * already keeps its end, unless this one ends sooner.
 */
export function noteFull(w: Writer, until: Instant, why: string): void {
  const known = factOf(w, fullUntilKey) ?? '';
  if (known > toIso(w.now) && known <= toIso(until)) return;
  setFact(w, fullUntilKey, toIso(until));
  setFact(w, fullWhyKey, why);
}

/** What {@link noteFull} said last, in words. */
export function lastFullWhy(r: Reader): string | undefined {
  return factOf(r, fullWhyKey);
}

/** 0 without one. Numbers rise, and none is given twice. */
export function newestLetterId(r: Reader): number {
  return r.get<{ id: number | null }>('SELECT max(id) AS id FROM letters')?.id ?? 0;
}

/** How many letters are in one of these states; all when none is named. */
export function countLetters(r: Reader, filter: LetterFilter = {}): number {
  const { where, values } = conditionsOf(filter);
  return r.get<{ n: number }>(`SELECT count(*) AS n FROM letters ${where}`, ...values)?.n ?? 0;
}

/** How many letters a cap of all letters together keeps. */
export function countCapped(r: Reader): number {
  return r.get<{ count: number }>(`SELECT count(*) AS count FROM letters WHERE ${held} AND capped = 1`)?.count ?? 0;
}

const held = "state = 'held' AND (approval = 'auto' OR approved_at IS NOT NULL)";
const acknowledges = "kind IN ('acknowledgement', 'acknowledgement-out-of-hours')";

/** Enough to take its turn. */
export type DueLetter = Pick<Letter, 'id' | 'key'>;

/**
 * Held letters whose time has come and which need no approval or have it: acknowledgements first, then the one that
 * has waited longest. Those that a cap keeps come all at one time, when it is over.
 */
export function heldDue(r: Reader, now: Instant, limit?: number): DueLetter[] {
  const free = {
    index: 'letters_due',
    where: `${held} AND capped = 0 AND not_before <= @now`,
    order: 'not_before, id',
  };
  const capped = { index: 'letters_capped', where: `${held} AND capped = 1`, order: 'id' };
  const isCapOver = (factOf(r, fullUntilKey) ?? '') <= toIso(now);
  const ids = (isCapOver ? [free, capped] : [free]).flatMap(({ index, where, order }) => [
    `SELECT id FROM letters INDEXED BY letters_acknowledging WHERE ${where} AND ${acknowledges}`,
    `SELECT id FROM (SELECT id FROM letters INDEXED BY ${index} WHERE ${where} ORDER BY ${order} ${atMost(limit)})`,
  ]);
  return r.all(
    `SELECT id, key FROM letters WHERE id IN (${ids.join(' UNION ')})
     ORDER BY NOT ${acknowledges}, ${notBefore}, id ${atMost(limit)}`,
    { now: toIso(now) },
  );
}

/** Queued letters that may be tried now: acknowledgements first, then the one that has waited longest. */
export function queuedDue(r: Reader, now: Instant): DueLetter[] {
  return r.all(
    `SELECT id, key FROM letters WHERE state = 'queued' AND (next_try_at IS NULL OR next_try_at <= ?)
     ORDER BY NOT ${acknowledges}, not_before, id`,
    toIso(now),
  );
}

export function inState(r: Reader, state: LetterState): Letter[] {
  // not bound: with each value SQLite would prepare the statement anew, because of the indexes of one state
  return many(r, `WHERE state = '${state}' ORDER BY not_before, id`);
}

export function waitingForApproval(r: Reader): Letter[] {
  return many(r, "WHERE state = 'held' AND approval = 'ask' AND approved_at IS NULL ORDER BY not_before, id");
}

/** Held letters of these kinds that wait for the owner's word. */
export function waitingOf(r: Reader, kinds: readonly LetterKind[]): { id: number; windowId: number | null }[] {
  return r.all(
    `SELECT id, window_id AS windowId FROM letters WHERE state = 'held' AND approval = 'ask' AND approved_at IS NULL
       AND kind IN (${marks(kinds)}) ORDER BY id`,
    ...kinds,
  );
}

/** Numbers of the letters of these kinds whose time has come and which wait for the owner's word only. */
export function approvalsDue(r: Reader, kinds: readonly LetterKind[], now: Instant): number[] {
  return r
    .all<{ id: number }>(
      `SELECT id FROM letters INDEXED BY letters_asking WHERE state = 'held' AND approval = 'ask' AND approved_at IS NULL
         AND kind IN (${marks(kinds)}) AND not_before <= ? ORDER BY not_before, id`,
      ...kinds,
      toIso(now),
    )
    .map(({ id }) => id);
}

/** Whether any letter is on its way, or could be let go now. */
export function isAnyMoving(r: Reader, now: Instant): boolean {
  const row = r.get<{ moving: number }>(
    `SELECT EXISTS (SELECT 1 FROM letters WHERE state IN ('sending', 'unsure'))
       OR EXISTS (SELECT 1 FROM letters WHERE state = 'queued' AND (next_try_at IS NULL OR next_try_at <= @now))
       OR EXISTS (SELECT 1 FROM letters INDEXED BY letters_due WHERE ${held} AND capped = 0 AND not_before <= @now)
       OR EXISTS (SELECT 1 FROM letters WHERE ${held} AND capped = 1 AND @fullUntil <= @now)
         AS moving`,
    { now: toIso(now), fullUntil: factOf(r, fullUntilKey) ?? '' },
  );
  return row?.moving === 1;
}

export interface SentFilter {
  clientId?: number;
  recipient?: string;
  automaticOnly?: boolean;
}

/** What has left since then, and what may be leaving: those in sending or unsure count from their last attempt. */
export function sentSince(r: Reader, since: Instant, filter: SentFilter = {}): Letter[] {
  const asked = () => {
    const conditions = new Conditions()
      .given('client_id = ?', filter.clientId)
      .given('recipient = ?', filter.recipient);
    return filter.automaticOnly === true ? conditions.add("approval = 'auto'") : conditions;
  };
  const left = asked().add('sent_at >= ?', toIso(since));
  const leaving = asked().add("state IN ('sending', 'unsure')").add('claimed_at >= ?', toIso(since));
  return [left, leaving]
    .flatMap((conditions) => many(r, conditions.where, ...conditions.values))
    .toSorted((a, b) => a.id - b.id);
}

/** How many letters but this one have left since then, or may be leaving: {@link sentSince}, counted. */
export function countSentSince(r: Reader, since: Instant, exceptId: number): number {
  return (
    r.get<{ count: number }>(
      `SELECT (SELECT count(*) FROM letters WHERE sent_at >= @since AND id <> @exceptId)
         + (SELECT count(*) FROM letters
            WHERE state IN ('sending', 'unsure') AND claimed_at >= @since AND id <> @exceptId) AS count`,
      { since: toIso(since), exceptId },
    )?.count ?? 0
  );
}

export interface Addressee {
  recipient: string;
  clientId: number | null;
}

/** Kinds of the letters but this one that left for the address or the client since then, or may be leaving. */
export function kindsSentTo(r: Reader, to: Addressee, since: Instant, exceptId: number): LetterKind[] {
  const left = "(sent_at >= @since OR (state IN ('sending', 'unsure') AND claimed_at >= @since))";
  return r
    .all<{ kind: LetterKind }>(
      `SELECT id, kind FROM letters WHERE recipient = @recipient AND ${left} AND id <> @exceptId
       UNION SELECT id, kind FROM letters WHERE client_id = @clientId AND ${left} AND id <> @exceptId`,
      { ...to, since: toIso(since), exceptId },
    )
    .map((row) => row.kind);
}

/** When the last letter left that paused the work for this client; null when none did. */
export function lastPauseOf(r: Reader, clientId: number): Instant | null {
  const sql = "SELECT max(sent_at) AS at FROM letters WHERE client_id = ? AND effect = 'pause'";
  return instantOrNull(r.get<{ at: string | null }>(sql, clientId)?.at ?? null);
}

/** When the last letter left for this client, if it was since then. */
export function lastSentToClient(r: Reader, clientId: number, since: Instant): Instant | null {
  const row = r.get<{ at: string | null }>(
    'SELECT max(sent_at) AS at FROM letters WHERE client_id = ? AND sent_at >= ?',
    clientId,
    toIso(since),
  );
  return instantOrNull(row?.at ?? null);
}

/** Whether a letter of these kinds, other than this one, waits for the client and may leave before then. */
export function isWaitingFor(
  r: Reader,
  clientId: number,
  of: { kinds: readonly LetterKind[]; before: Instant; exceptId: number },
): boolean {
  return (
    r.get(
      `SELECT 1 FROM letters WHERE client_id = ? AND +state IN ('held', 'queued') AND kind IN (${marks(of.kinds)})
         AND not_before < ? AND id <> ? AND (approval = 'auto' OR approved_at IS NOT NULL) LIMIT 1`,
      clientId,
      ...of.kinds,
      toIso(of.before),
      of.exceptId,
    ) !== undefined
  );
}

/** How many acknowledgements wait for the client. @param clientId null: for strangers */
export function countAcknowledgementsWaiting(r: Reader, clientId: number | null): number {
  const row = r.get<{ count: number }>(
    `SELECT count(*) AS count FROM letters INDEXED BY letters_acknowledging
     WHERE state = 'held' AND ${acknowledges} AND client_id IS ?`,
    clientId,
  );
  return row?.count ?? 0;
}

/** When the last letter of these kinds left, or may have left, for this address. */
export function lastSentTo(r: Reader, recipient: string, kinds: readonly LetterKind[]): Instant | undefined {
  const sent = `recipient = ? AND kind IN (${marks(kinds)})`;
  const { at } = r.get<{ at: string | null }>(
    `SELECT max(at) AS at FROM (
       SELECT max(sent_at) AS at FROM letters WHERE sent_at IS NOT NULL AND ${sent}
       UNION ALL SELECT max(claimed_at) FROM letters WHERE state IN ('sending', 'unsure') AND ${sent})`,
    recipient,
    ...kinds,
    recipient,
    ...kinds,
  ) ?? { at: null };
  return instantOrNull(at) ?? undefined;
}

/** When a letter of these kinds last left for this address, or was written and still waits. */
export function lastWrittenTo(r: Reader, recipient: string, kinds: readonly LetterKind[]): Instant | undefined {
  const sent = lastSentTo(r, recipient, kinds);
  const waiting = r.get<{ at: string | null }>(
    `SELECT max(created_at) AS at FROM letters
     WHERE state IN ('held', 'queued') AND recipient = ? AND kind IN (${marks(kinds)})`,
    recipient,
    ...kinds,
  );
  const written = instantOrNull(waiting?.at ?? null) ?? undefined;
  return sent === undefined || (written !== undefined && written > sent) ? written : sent;
}

/** What kept letters back, or those of one client, may be over: what waits for something is looked at in the next pass. */
export function lookAgainAtWaiting(w: Writer, clientId?: number): void {
  w.run(
    `UPDATE letters SET not_before = @now, capped = 0
     WHERE state = 'held' AND waits_for IS NOT NULL AND (not_before > @now OR capped = 1)
       ${clientId === undefined ? '' : 'AND client_id = @clientId'}`,
    { now: toIso(w.now), ...(clientId === undefined ? {} : { clientId }) },
  );
}

/** The earliest moment after `from` at which a waiting letter may move by itself; undefined when none waits for one. */
export function nextMove(r: Reader, from: Instant): Instant | undefined {
  const row = r.get<{ at: string | null }>(
    `SELECT min(at) AS at FROM (
       SELECT min(not_before) AS at FROM letters WHERE state = 'held' AND capped = 0 AND not_before > @from
       UNION ALL SELECT value FROM facts WHERE key = '${fullUntilKey}' AND value > @from
         AND EXISTS (SELECT 1 FROM letters WHERE ${held} AND capped = 1)
       UNION ALL SELECT min(next_try_at) FROM letters WHERE state = 'queued' AND next_try_at > @from)`,
    { from: toIso(from) },
  );
  return instantOrNull(row?.at ?? null) ?? undefined;
}
