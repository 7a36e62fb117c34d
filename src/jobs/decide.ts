/**
 * One raw message, judged as if it had just been received: by the daemon's own judging, in a transaction that is
 * undone. Nothing is written, sent or asked of a server.
 */
import { AppError } from '../errors.ts';
import type { MessageKind, ParsedMail } from '../rules/message.ts';
import { noTerms } from '../rules/client.ts';
import type { Letter } from '../rules/letter.ts';
import type { Instant } from '../rules/time.ts';
import { addClient, clientByAddress, clientById } from '../store/clients.ts';
import type { Reader, Writer } from '../store/database.ts';
import { factOf, setFact } from '../store/facts.ts';
import { type Folder, folderOf, putFolder } from '../store/folders.ts';
import { messageById, recordArrival, type StoredMessage } from '../store/messages.ts';
import { listLetters } from '../store/outbox.ts';
import { windowById } from '../store/windows.ts';
import { toIso } from '../rules/time.ts';
import { answerOf } from './answer-recipient.ts';
import { draftOf } from './draft.ts';
import { activatedKey, type JudgeParts, judgeOne } from './judge.ts';
import { say } from '../words/voice.ts';

export interface DecideOptions {
  /** envelope sender, '' for the null one; undefined: what Return-Path says */
  mailFrom?: string;
  /** envelope recipient; undefined: what Delivered-To says */
  rcptTo?: string;
  /** take the sender to be a client */
  asClient: boolean;
  now: Instant;
}

/** The JSON of `paletti decide`; moments are ISO 8601 UTC. */
export interface Decision {
  client: string | null;
  kind: MessageKind;
  outOfHours: boolean;
  outOfHoursWhy: string | null;
  window: { opensAt: string; dueAt: string } | null;
  acknowledge: boolean;
  /** stable code */
  reason: string;
  why: string;
  holdUntil: string | null;
  letter: {
    envelope: { from: string; to: string };
    headers: Record<string, string>;
    subject: string;
    text: string;
  } | null;
}

export interface DecideParts extends JudgeParts {
  /** name of the mailbox it would have arrived in */
  mailbox: string;
}

/** Carries the result out of the transaction that it undoes. */
class Undo extends Error {
  readonly decision: Decision;

  constructor(decision: Decision) {
    super('undone on purpose');
    this.decision = decision;
  }
}

/** @param source the raw message, for its size only */
export function decide(parts: DecideParts, mail: ParsedMail, sizeBytes: number, options: DecideOptions): Decision {
  try {
    return parts.store.write(options.now, (w) => {
      throw new Undo(decideIn(w, parts, withEnvelope(mail, options), sizeBytes, options));
    });
  } catch (thrown) {
    if (thrown instanceof Undo) return thrown.decision;
    throw thrown;
  }
}

/** What the receiving server would have written on top (RFC 5321 section 4.4; Delivered-To by custom). */
function withEnvelope(mail: ParsedMail, { mailFrom, rcptTo }: DecideOptions): ParsedMail {
  const headers = [...mail.headers];
  const put = (name: string, value: string) => {
    for (let i = headers.length - 1; i >= 0; i -= 1) if (headers[i]?.name === name) headers.splice(i, 1);
    headers.unshift({ name, value });
  };
  if (rcptTo !== undefined) put('delivered-to', rcptTo);
  if (mailFrom !== undefined) put('return-path', `<${mailFrom}>`);
  return { ...mail, headers };
}

function decideIn(
  w: Writer,
  parts: DecideParts,
  mail: ParsedMail,
  sizeBytes: number,
  options: DecideOptions,
): Decision {
  if (factOf(w, activatedKey) === undefined) setFact(w, activatedKey, toIso(options.now));
  if (options.asClient) takeAsClient(w, parts, mail);
  const folder = inbox(w, parts.mailbox);
  const arrival = {
    uid: Number.MAX_SAFE_INTEGER,
    receivedAt: options.now,
    sizeBytes,
    flags: [],
    // Never the same content as one already there: it is judged as if it were new.
    contentHash: `decide ${toIso(options.now)}`,
    truncated: false,
    mail,
    fault: null,
  };
  const { addresses: ownAddresses, colleagues } = parts.settings.owner;
  const { id } = recordArrival(w, folder, arrival, { history: false, ownAddresses, colleagues });
  const recorded = messageById(w, id);
  if (recorded === undefined) throw new AppError('internal', 'the message could not be recorded for judging');
  const { holdUntil } = judgeOne(w, parts, recorded);
  const message = messageById(w, id);
  const judged = message?.judged;
  if (judged == null || judged.kind === null) throw new AppError('internal', 'the message could not be judged');
  const window = judged.windowId === null ? undefined : windowById(w, judged.windowId);
  const letter = listLetters(w, { states: ['held'] }).find((one) => one.answersMessageId === id);
  return {
    client: (message?.clientId == null ? undefined : clientById(w, message.clientId)?.name) ?? null,
    kind: judged.kind,
    outOfHours: judged.outOfHours,
    outOfHoursWhy: judged.outOfHoursWhy && say(judged.outOfHoursWhy, 'en'),
    window: window === undefined ? null : { opensAt: toIso(window.openedAt), dueAt: toIso(window.dueAt) },
    acknowledge: letter !== undefined,
    reason: judged.reason,
    why: say(judged.why, 'en'),
    holdUntil: letter === undefined || holdUntil === null ? null : toIso(holdUntil),
    letter: letter === undefined ? null : letterShown(w, parts, letter, message as StoredMessage),
  };
}

/** A register entry for the sender, in the owner's language, unless there is one. */
function takeAsClient(w: Writer, parts: DecideParts, mail: ParsedMail): void {
  const address = mail.from?.address ?? '';
  if (address === '' || parts.settings.owner.addresses.includes(address) || clientByAddress(w, address) !== undefined)
    return;
  try {
    addClient(w, {
      name: address,
      contactName: mail.from?.name === '' ? null : (mail.from?.name ?? null),
      kind: 'business',
      language: parts.settings.owner.language,
      tone: 'formal',
      addresses: [address],
      domains: [],
      hours: null,
      timeZone: null,
      paymentTerms: null,
      project: null,
      notes: '',
      terms: noTerms,
    });
  } catch (error) {
    // An address that is never written to cannot be registered; the message is then a stranger's, as it would be.
    if (!(error instanceof AppError)) throw error;
  }
}

function inbox(w: Writer, mailbox: string): Folder {
  return (
    folderOf(w, mailbox, 'inbox') ??
    putFolder(w, { mailbox, place: 'inbox', path: 'INBOX', uidValidity: '1', uidMark: 0, historyUpTo: 0 })
  );
}

function letterShown(r: Reader, { settings }: DecideParts, letter: Letter, message: StoredMessage): Decision['letter'] {
  const client = message.clientId === null ? undefined : clientById(r, message.clientId);
  const { recipient } = answerOf(r, settings, { message, client });
  if (recipient === null) return null;
  const draft = draftOf(settings, letter, recipient);
  const headers: Record<string, string> = {
    From: `${draft.from.name} <${draft.from.address}>`,
    To: draft.to.name === '' ? draft.to.address : `${draft.to.name} <${draft.to.address}>`,
    Subject: draft.subject,
    ...(draft.inReplyTo === null ? {} : { 'In-Reply-To': draft.inReplyTo }),
    ...(draft.references.length === 0 ? {} : { References: draft.references.join(' ') }),
    ...draft.headers,
  };
  return { envelope: { from: '', to: recipient }, headers, subject: letter.subject, text: letter.text };
}
