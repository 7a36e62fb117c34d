/** The client in the register, and how an address is matched to one. */
import type { WeeklyHours } from './contact-hours.ts';
import type { Language } from './language.ts';
import type { Instant, LocalDay, TimeZone } from './time.ts';

export type Tone = 'formal' | 'informal';
export type ClientKind = 'business' | 'consumer';
/** Whether work for the client goes on. `paused` only after a work-paused letter was sent; `ended` by the exit. */
export type WorkState = 'active' | 'paused' | 'ended';

export interface Client {
  id: number;
  name: string;
  /** how a letter addresses the person: 'Dott.ssa Bianchi', 'Luca'; falls back to `name` */
  contactName: string | null;
  kind: ClientKind;
  language: Language;
  tone: Tone;
  /** lower-cased; the first is the one Paletti writes to */
  addresses: string[];
  /** lower-cased; any address at one of these is this client's */
  domains: string[];
  /** own contact hours, instead of the owner's; holidays and closures stay the owner's */
  hours: WeeklyHours | null;
  timeZone: TimeZone | null;
  workState: WorkState;
  /** agreed days from invoice to due date */
  paymentDays: number | null;
  project: string | null;
  notes: string;
  createdAt: Instant;
  terms: Terms;
}

/** What was agreed (issue of the client file); every field may be unknown. */
export interface Terms {
  contractSignedOn: LocalDay | null;
  scope: string[];
  revisionsIncluded: number | null;
  /** minor units, with `currency` */
  rateCents: number | null;
  rateUnit: 'hour' | 'day' | 'project' | null;
  currency: string | null;
  noticeDays: number | null;
  /** where the contract lets the owner pause unpaid work, as a letter names it: 'art. 7 del contratto' */
  pauseClause: string | null;
  /** where the contract lets her end it */
  exitClause: string | null;
  workPrepaidUntil: LocalDay | null;
  startedOn: LocalDay | null;
  niche: string | null;
}

export const noTerms: Terms = {
  contractSignedOn: null,
  scope: [],
  revisionsIncluded: null,
  rateCents: null,
  rateUnit: null,
  currency: null,
  noticeDays: null,
  pauseClause: null,
  exitClause: null,
  workPrepaidUntil: null,
  startedOn: null,
  niche: null,
};

/**
 * One validated addr-spec: RFC 5321 dot-string local part and a host name of two labels or more; no quoted local
 * part, no comments, no groups, no address literals, no control characters. Deliberately stricter than the RFC:
 * what is refused here is never written to.
 */
export function isWritableAddress(text: string): boolean {
  if (text.length > 254) return false;
  const match =
    /^([A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*)@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63})$/.exec(
      text,
    );
  return match !== null && (match[1] as string).length <= 64 && text === text.trim();
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
