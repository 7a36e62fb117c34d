/**
 * Whether a mail may stop or delay letters about money: a claim of payment, an answer, an absence, a delivery report, a
 * question that waits. What is not believed is recorded and told to the owner, and nothing waits for it. Changes nothing.
 */
import type { Authentication } from './authentication.ts';
import { addDays, at, dayOf, type Instant, type TimeZone } from './time.ts';
import type { Coded, NoFacts } from './coded.ts';

export interface BeliefFacts {
  /** what the receiving server found of this mail */
  authentication: Authentication;
  /** how often earlier mail of this address was found to be its own, in the mailbox that received this one */
  timesAuthenticated: number;
  /** it names, in In-Reply-To or References, the Message-ID of a letter that left: whoever sent it got that letter */
  namesOurLetter: boolean;
}

export interface Belief {
  believed: boolean;
  code: 'authenticated' | 'names-our-letter' | 'as-usual' | 'authentication-failed' | 'not-as-usual' | 'false-report';
  /** what speaks for or against it */
  why: BeliefReason;
}

/** What is to be seen of a mail's origin. */
export type BeliefReason = Coded<{
  authenticated: { found: string };
  'names-our-letter': NoFacts;
  'origin-failed': { found: string };
  'not-as-usual': NoFacts;
  'as-usual': NoFacts;
  'report-with-sender': NoFacts;
  'report-about-other': { address: string };
  'report-of-server': NoFacts;
}>;

/** From so often on a missing authentication is out of the usual. */
const usualFrom = 2;

/**
 * A mail that names our letter is believed whatever else is wrong with it (a bad forwarder fails DMARC too), because a
 * hold that comes of it has an end, after which the owner is asked: see {@link mailHoldUntil}.
 */
export function believe({ authentication, timesAuthenticated, namesOurLetter }: BeliefFacts): Belief {
  const { state, found } = authentication;
  if (state === 'passed') return { believed: true, code: 'authenticated', why: { code: 'authenticated', found } };
  if (namesOurLetter) return { believed: true, code: 'names-our-letter', why: { code: 'names-our-letter' } };
  if (state === 'failed')
    return { believed: false, code: 'authentication-failed', why: { code: 'origin-failed', found } };
  if (timesAuthenticated >= usualFrom)
    return {
      believed: false,
      code: 'not-as-usual',
      why: { code: 'not-as-usual' },
    };
  return { believed: true, code: 'as-usual', why: { code: 'as-usual' } };
}

export interface ReportFacts {
  authentication: Authentication;
  /** every Return-Path of the report; a real one has the null sender (RFC 5321, section 6.1) */
  envelopeSenders: readonly string[];
  /** the address that the report says was not reached; null: it names none */
  finalRecipient: string | null;
  /** whom the letter that it names was sent to */
  recipient: string;
}

/**
 * Whether a report that one of our letters came back is the report of a mail server. The client knows the Message-ID of
 * the letter that she got, so that this alone proves nothing.
 */
export function believeReport(facts: ReportFacts): Belief {
  const { authentication, envelopeSenders, finalRecipient, recipient } = facts;
  const doubt = (why: BeliefReason): Belief => ({ believed: false, code: 'false-report', why });
  if (authentication.state === 'failed') return doubt({ code: 'origin-failed', found: authentication.found });
  if (envelopeSenders.some((sender) => sender !== '')) return doubt({ code: 'report-with-sender' });
  if (finalRecipient !== null && finalRecipient.toLowerCase() !== recipient.toLowerCase())
    return doubt({ code: 'report-about-other', address: finalRecipient });
  return { believed: true, code: 'as-usual', why: { code: 'report-of-server' } };
}

/** So many whole days a letter waits for what came by mail; then the owner is asked. */
export const mailHoldDays = 7;

/** Nothing that came by mail holds without end: the start of the day after those days. */
export function mailHoldUntil(receivedAt: Instant, zone: TimeZone): Instant {
  return at(addDays(dayOf(receivedAt, zone), mailHoldDays + 1), 0, zone);
}
