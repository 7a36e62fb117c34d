/**
 * Puts the rules about one arrived message together: its kind, the out-of-hours flag, the response window it opens or
 * joins, and the acknowledgement. Changes nothing and reads no clock.
 */
import type { AcknowledgementFacts, AcknowledgementSettings } from './acknowledgement.ts';
import { decideAcknowledgement } from './acknowledgement.ts';
import type { Belief } from './belief.ts';
import type { Client } from './client.ts';
import type { ContactHours } from './contact-hours.ts';
import { explain, NoOpeningError } from './contact-hours.ts';
import type { FolderRole, MessageKind, ParsedMail } from './message.ts';
import { isCourtesy } from './courtesy.ts';
import type { Reason } from './reason.ts';
import type { Answer } from './recipient.ts';
import type { ResponseWindow } from './response-window.ts';
import { dueAt } from './response-window.ts';
import type { Instant } from './time.ts';
import { hourMs, plus } from './time.ts';
import type { TriagePolicies, Verdict } from './triage.ts';
import { triage } from './triage.ts';

export interface JudgementFacts {
  mail: ParsedMail;
  role: FolderRole;
  /** see TriageFacts */
  folder?: FolderRole;
  behindOwn?: boolean;
  junk?: 'client' | 'stranger' | undefined;
  /** in its thread the owner's side wrote last: what is new may only say thank you */
  followsAnswer?: boolean;
  /** of the owner */
  ownNames?: readonly string[];
  /** INTERNALDATE */
  receivedAt: Instant;
  flags: readonly string[];
  /** recorded as history: judged, but never acted upon */
  history: boolean;
  /** null: a stranger */
  client: Client | null;
  ownAddresses: readonly string[];
  /** see TriageFacts */
  envelopeFrom?: string | null;
  envelopeTo?: string | null;
  policies?: TriagePolicies;
  /** see AcknowledgementFacts */
  answer: Answer | null;
  belief: Belief | null;
  waiting: AcknowledgementFacts['waiting'];
  /** those that hold for this client */
  hours: ContactHours;
  responseWindow: ResponseWindow;
  acknowledgement: AcknowledgementSettings;
  /** the thread's window that is not yet answered; null: none */
  openWindow: {
    id: number;
    openedAt: Instant;
    dueAt: Instant;
    /** what an acknowledgement has already promised: frozen */
    promisedAt: Instant | null;
    /** an acknowledgement was written for it */
    acknowledged: boolean;
    /** nothing waits for one that is not, until a message joins that is */
    believed: boolean;
  } | null;
  /** when an acknowledgement to this address was last written; null: never */
  lastAcknowledgedAt: Instant | null;
  /** see AcknowledgementFacts */
  toldOfClosure?: boolean;
  /** when Paletti first started here; null: unknown, or history, which it does not matter for */
  activatedAt: Instant | null;
}

export interface Judgement {
  kind: MessageKind;
  outOfHours: boolean;
  /** null when in hours */
  outOfHoursWhy: Reason | null;
  /** 0 in hours; null when nothing opens for more than a year */
  minutesToOpening: number | null;
  /** `joins`: the window's id, or null when the message opens one. Null altogether: no answer is due. */
  window: { joins: number | null; opensAt: Instant; dueAt: Instant } | null;
  acknowledge: boolean;
  /** stable code, see triage and acknowledgement */
  reason: string;
  why: Reason;
  holdUntil: Instant | null;
}

/**
 * Judges one message. Whatever becomes of the acknowledgement, a person's message keeps its flag and its window: only
 * robots, history and strangers who are not answered open none.
 */
export function judge(facts: JudgementFacts, now: Instant): Judgement {
  const verdict = triage(facts.mail, facts);
  const isThanks = verdict.kind === 'human' && asksNothing(facts);
  const window = opensWindow(facts, verdict) && !isThanks ? windowOf(facts) : null;
  const decision = decideAcknowledgement(
    {
      settings: facts.acknowledgement,
      verdict,
      isClient: facts.client !== null,
      isEnded: facts.client?.workState === 'ended',
      history: facts.history,
      receivedAt: facts.receivedAt,
      activatedAt: facts.activatedAt,
      answer: facts.answer,
      belief: facts.belief,
      waiting: facts.waiting,
      window: window && { state: 'open', dueAt: window.dueAt, acknowledged: facts.openWindow?.acknowledged ?? false },
      lastAcknowledgedAt: facts.lastAcknowledgedAt,
      hours: facts.hours,
      toldOfClosure: facts.toldOfClosure === true,
    },
    now,
  );
  return { kind: verdict.kind, ...hoursFlag(facts), window, ...(isThanks ? thanked : decision) };
}

const thanked = {
  acknowledge: false,
  reason: 'thanks',
  why: { code: 'thanks' },
  holdUntil: null,
} as const;

/** Bare thanks in a thread that waits for nothing. Where something waits, they join it like any message. */
function asksNothing({ mail, client, openWindow, followsAnswer = false, ownNames = [] }: JudgementFacts): boolean {
  if (openWindow !== null || !followsAnswer || mail.attachments.length > 0) return false;
  const names = [mail.from?.name, client?.name, client?.contactName, ...ownNames].flatMap((name) => name ?? []);
  return isCourtesy(mail.newText, [...names, ...localNames(mail)]);
}

/** `anna.bianchi@firm.it` signs as Anna Bianchi, of Firm. */
function localNames({ from }: ParsedMail): string[] {
  return (from?.address ?? '').split('@').map((part) => part.replace(/[._+-]|\.\w+$/g, ' '));
}

/** The owner's own mail is never out of hours. */
function hoursFlag({ role, hours, receivedAt }: JudgementFacts) {
  if (role === 'sent') return { outOfHours: false, outOfHoursWhy: null, minutesToOpening: null };
  const { open, why, minutesToOpening } = explain(hours, receivedAt);
  return { outOfHours: !open, outOfHoursWhy: why, minutesToOpening };
}

function opensWindow(facts: JudgementFacts, verdict: Verdict): boolean {
  const isPast = facts.history || (facts.activatedAt !== null && facts.receivedAt < facts.activatedAt);
  const isHeard = facts.client !== null || (facts.acknowledgement.to === 'everyone' && verdict.code !== 'no-sender');
  return verdict.kind === 'human' && !isPast && isHeard;
}

/**
 * A promise already mailed stands, whatever the calendar says today. A window that was opened by mail nobody believes
 * begins anew with the first that is believed.
 */
function windowOf(facts: JudgementFacts): NonNullable<Judgement['window']> {
  const { openWindow, receivedAt, belief } = facts;
  if (openWindow !== null && !openWindow.believed && belief?.believed !== false)
    return { joins: openWindow.id, opensAt: receivedAt, dueAt: openWindow.promisedAt ?? dueOf(facts) };
  if (openWindow === null) return { joins: null, opensAt: receivedAt, dueAt: dueOf(facts) };
  return { joins: openWindow.id, opensAt: openWindow.openedAt, dueAt: openWindow.promisedAt ?? openWindow.dueAt };
}

/** A calendar that never opens again must not lose a client's message: then the hours alone count. */
function dueOf({ responseWindow, hours, receivedAt }: JudgementFacts): Instant {
  try {
    return dueAt(responseWindow, hours, receivedAt);
  } catch (error) {
    if (error instanceof NoOpeningError) return plus(receivedAt, responseWindow.hours * hourMs);
    throw error;
  }
}
