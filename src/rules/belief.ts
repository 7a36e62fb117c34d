/**
 * Whether a mail may stop or delay letters about money: a claim of payment, an answer, an absence, a delivery report, a
 * question that waits. What is not believed is recorded and told to the owner, and nothing waits for it. Changes nothing.
 */
import type { Authentication } from './authentication.ts';
import { addDays, at, dayOf, type Instant, type TimeZone } from './time.ts';

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
  /** what speaks for or against it, to stand after "it": 'failed DMARC (dmarc=fail)' */
  why: string;
}

/** From so often on a missing authentication is out of the usual. */
const usualFrom = 2;

/**
 * A mail that names our letter is believed whatever else is wrong with it (a bad forwarder fails DMARC too), because a
 * hold that comes of it has an end, after which the owner is asked: see {@link mailHoldUntil}.
 */
export function believe({ authentication, timesAuthenticated, namesOurLetter }: BeliefFacts): Belief {
  const { state, found } = authentication;
  if (state === 'passed') return { believed: true, code: 'authenticated', why: `is authenticated (${found})` };
  if (namesOurLetter)
    return { believed: true, code: 'names-our-letter', why: 'names a letter of ours, which only who got it can' };
  if (state === 'failed') return { believed: false, code: 'authentication-failed', why: failureWords(found) };
  if (timesAuthenticated >= usualFrom)
    return {
      believed: false,
      code: 'not-as-usual',
      why: 'is authenticated by nothing, as mail of this address usually is',
    };
  return { believed: true, code: 'as-usual', why: 'came as mail of this address usually comes' };
}

function failureWords(found: string): string {
  return `failed ${found.startsWith('dmarc=fail') ? 'DMARC' : 'authentication'} (${found})`;
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
  const doubt = (why: string): Belief => ({ believed: false, code: 'false-report', why });
  if (authentication.state === 'failed') return doubt(failureWords(authentication.found));
  if (envelopeSenders.some((sender) => sender !== ''))
    return doubt('has an envelope sender, which no report of a mail server has');
  if (finalRecipient !== null && finalRecipient.toLowerCase() !== recipient.toLowerCase())
    return doubt(`is about ${finalRecipient}, to whom the letter was not sent`);
  return { believed: true, code: 'as-usual', why: 'is the report of a mail server' };
}

/** So many whole days a letter waits for what came by mail; then the owner is asked. */
export const mailHoldDays = 7;

/** Nothing that came by mail holds without end: the start of the day after those days. */
export function mailHoldUntil(receivedAt: Instant, zone: TimeZone): Instant {
  return at(addDays(dayOf(receivedAt, zone), mailHoldDays + 1), 0, zone);
}
