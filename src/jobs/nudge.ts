/**
 * Open requests -> nudges. Proposes what was asked and forgotten, asks the ladder what is due, puts the letter into the
 * outbox, and speaks up to the owner when letters are switched off or used up. Sends nothing; a second run changes nothing.
 */
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Letters } from '../letters/library.ts';
import type { Client } from '../rules/client.ts';
import { needsApproval } from '../rules/letter.ts';
import { decideNudge, type NudgeDecision } from '../rules/requests.ts';
import type { Settings } from '../rules/settings.ts';
import { type Instant, toIso } from '../rules/time.ts';
import { clientById } from '../store/clients.ts';
import type { Store, Writer } from '../store/database.ts';
import { note } from '../store/journal.ts';
import { notice } from '../store/notices.ts';
import { askForApproval, letterByKey, putLetter, type Revival, revive } from '../store/outbox.ts';
import { explainRequest, requestById, requestsWaiting, type StoredRequest } from '../store/requests.ts';
import { endRequest, proposeRequests, settleAnswered } from './follow.ts';
import { addressQuestion } from './questions.ts';
import { delayAt, ladderOf, nudgeLetter, requestFacts } from './request-facts.ts';
import { faultReason } from '../rules/reason.ts';

export interface NudgeParts {
  store: Store;
  clock: Clock;
  settings: Settings;
  letters: Letters;
  /** the mailbox a nudge leaves from when no mail of it is known */
  mailbox: string;
}

/** @returns how many letters were written */
export function nudge(parts: NudgeParts): number {
  const { store, clock } = parts;
  const now = clock.now();
  store.write(now, (w) => proposeRequests(w, parts.settings));
  const waiting = store.read((r) => requestsWaiting(r));
  return waiting.reduce((written, { id }) => written + nudgeAlone(parts, id, now), 0);
}

/** A request that spoils its transaction is shown to the owner; the others do not wait for it. */
function nudgeAlone(parts: NudgeParts, id: number, now: Instant): number {
  const { store } = parts;
  try {
    return store.write(now, (w) => nudgeOne(w, parts, id));
  } catch (error) {
    if (error instanceof AppError && error.code === 'store') throw error;
    const fault = faultReason(error);
    store.write(now, (w) => {
      explainRequest(w, id, { code: 'not-dealt-with', fault });
      notice(w, `request/${id}/fault`, { code: 'request-failed', requestId: id, fault });
    });
    return 0;
  }
}

function nudgeOne(w: Writer, parts: NudgeParts, id: number): number {
  const { settings } = parts;
  const request = requestById(w, id);
  const client = request === undefined ? undefined : clientById(w, request.clientId);
  if (request === undefined || client === undefined) return 0;
  settleAnswered(w, settings, client);
  const open = requestById(w, id);
  if (open?.state === 'proposed' || open?.state === 'open') {
    if (client.workState === 'ended') drop(w, settings, client, open);
    else if (open.state === 'open') return decideOne(w, parts, client, open);
  }
  return 0;
}

function drop(w: Writer, settings: Settings, client: Client, request: StoredRequest): void {
  const why = { code: 'work-ended' } as const;
  endRequest(w, settings, client, request, { state: 'dropped', answeredBy: null, at: w.now, why });
}

function decideOne(w: Writer, parts: NudgeParts, client: Client, request: StoredRequest): number {
  const { settings } = parts;
  const facts = requestFacts(w, settings, request, client, w.now);
  const decision = decideNudge(ladderOf(settings), facts, w.now);
  explainRequest(w, request.id, decision.why);
  if (decision.kind === 'write') return write(w, parts, { client, request, decision });
  if (decision.kind === 'wait') speakUp(w, settings, { client, request, code: decision.code });
  return 0;
}

/** Silence that no letter will break is told to the owner, once. */
function speakUp(
  w: Writer,
  settings: Settings,
  { client, request, code }: { client: Client; request: StoredRequest; code: string },
): void {
  const { daysLost } = delayAt(settings, request, client, w.now);
  if (daysLost === 0 || (code !== 'switched-off' && code !== 'ladder-done')) return;
  notice(w, `request/${request.id}/${code}`, {
    code: 'silence-goes-on',
    client: client.name,
    requestId: request.id,
    text: request.text,
    dueOn: request.dueOn,
    isLadderDone: code === 'ladder-done',
  });
}

interface Due {
  client: Client;
  request: StoredRequest;
  decision: NudgeDecision & { kind: 'write' };
}

function write(w: Writer, parts: NudgeParts, { client, request, decision }: Due): number {
  const { step, notBefore, approval, why } = decision;
  if (client.addresses.length === 0) {
    const question = addressQuestion(client);
    notice(w, question.key, question.told);
    return 0;
  }
  const wanted = nudgeLetter(w, parts, { request, client, step, on: notBefore, approval, why });
  const known = letterByKey(w, wanted.key);
  const letter = known === undefined ? putLetter(w, wanted) : revived(w, known.id, wanted);
  if (letter === undefined) return 0;
  note(w, {
    kind: 'nudge-written',
    subject: `request/${request.id}`,
    clientId: client.id,
    why,
    data: { letter: letter.id, step: step.name, notBefore: toIso(notBefore) },
  });
  if (needsApproval(letter))
    askForApproval(w, letter.id, {
      code: 'letter-asks',
      id: letter.id,
      kind: letter.kind,
      client: client.name,
    });
  return 1;
}

/** The system took this nudge back before (the client was away): it is written anew under its key. */
function revived(w: Writer, id: number, wanted: RevivedText) {
  return revive(w, id, wanted) ? letterByKey(w, wanted.key) : undefined;
}

type RevivedText = Revival & { key: string };
