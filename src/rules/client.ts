/** The client in the register, and how an address is matched to one. */
import type { WeeklyHours } from './contact-hours.ts';
import type { Language } from './language.ts';
import type { PaymentTerms } from './payment-terms.ts';
import type { Instant, LocalDay, TimeZone } from './time.ts';

export type Tone = 'formal' | 'informal';
export type ClientKind = 'business' | 'consumer';
/** Whether work for the client goes on. `paused` only after a work-paused letter was sent; `ended` by the exit. */
export type WorkState = 'active' | 'paused' | 'ended';

/** `billing`: letters about money go there, if there is one. */
export type ContactRole = 'general' | 'billing';

/** An address of a client, and who is behind it. */
export interface Contact {
  /** lower-cased */
  address: string;
  role: ContactRole;
  /** how a letter addresses the person; null when not known */
  person: string | null;
}

/** What else a client is known by in files: VAT number, code of the accounts, id in a CRM, tax code, certified address. */
export type ReferenceKind = 'vat' | 'code' | 'crm' | 'tax' | 'pec';

/** By kind, as {@link referenceKey} writes them. */
export type References = Record<ReferenceKind, string[]>;

export interface Client {
  id: number;
  name: string;
  /** how a letter addresses the person: 'Dott.ssa Bianchi', 'Luca'; falls back to `name` */
  contactName: string | null;
  kind: ClientKind;
  language: Language;
  tone: Tone;
  /** lower-cased; the first is the one Paletti writes to, unless the letter has another addressee: see {@link readerOf} */
  addresses: string[];
  /** the same addresses in the same order, with who is behind them */
  contacts: Contact[];
  /** lower-cased; any address at one of these is this client's */
  domains: string[];
  references: References;
  phone: string | null;
  /** own contact hours, instead of the owner's; holidays and closures stay the owner's */
  hours: WeeklyHours | null;
  timeZone: TimeZone | null;
  workState: WorkState;
  /** agreed, from invoice to due date */
  paymentTerms: PaymentTerms | null;
  project: string | null;
  notes: string;
  createdAt: Instant;
  terms: Terms;
  /** members that the owner set by hand: no import changes them */
  byHand: string[];
}

/**
 * The client as letters about one matter see him: the address they go to is the first, the name they greet is that of
 * the person behind it. About money that is the contact for billing, if there is one.
 */
export function readerOf(client: Client, matter: ContactRole): Client {
  const contact = client.contacts.find((one) => one.role === matter) ?? client.contacts[0];
  if (contact === undefined) return client;
  const others = client.addresses.filter((address) => address !== contact.address);
  // the name on record is not that of whoever keeps the books, unless there is one address for all
  const isSomebodyElse = contact.role === 'billing' && others.length > 0;
  const contactName = isSomebodyElse ? contact.person : (client.contactName ?? contact.person);
  return { ...client, addresses: [contact.address, ...others], contactName };
}

/** As references are compared: blanks, marks and case make no difference, nor does the country of an Italian VAT number. */
export function referenceKey(kind: ReferenceKind, text: string): string {
  if (kind === 'pec') return text.trim().toLowerCase();
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return kind === 'vat' ? plain.replace(/^IT(?=\d{11}$)/, '') : plain;
}

/** Ladders that come with the program: see rules/ladders. */
export const ladderNames = ['three', 'announced', 'gentle'] as const;
export type LadderName = (typeof ladderNames)[number];

/** What was agreed (issue of the client file); every field may be unknown. */
export interface Terms {
  contractSignedOn: LocalDay | null;
  /** the owner said that there is none; a contract that is neither signed nor denied is not told */
  contractNone: boolean;
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
  /** the ladder of letters for this client (rules/ladders); null: the studio's */
  ladder: LadderName | null;
}

export const noTerms: Terms = {
  contractSignedOn: null,
  contractNone: false,
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
  ladder: null,
};

/**
 * One validated addr-spec: RFC 5321 dot-string local part and a host name of two labels or more; no quoted local
 * part, no comments, no groups, no address literals, no control characters; no `%` or `!`, by which a server may be
 * told to send it on to another (RFC 5321, section 3.6.1 and appendix C), and no leading `-`, which a program may take
 * for an option. Deliberately stricter than the RFC: what is refused here is never written to.
 */
export function isWritableAddress(text: string): boolean {
  if (text.length > 254) return false;
  const match =
    /^(?!-)([A-Za-z0-9#$&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9#$&'*+/=?^_`{|}~-]+)*)@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63})$/.exec(
      text,
    );
  // Mail programs called by servers take what begins with a hyphen for one of their options.
  return match !== null && (match[1] as string).length <= 64 && !text.startsWith('-') && text === text.trim();
}

/**
 * The addresses at which the reader of this one reads: those that stand in the register are one person's, or one desk's,
 * while each of those known by a domain alone has a reader of its own.
 */
export function addressesOfReader(client: Pick<Client, 'addresses'> | undefined, address: string): string[] {
  return client?.addresses.includes(address) === true ? client.addresses : [address];
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** Those of the owner are compared with every message's. */
const plainOnes = new WeakMap<readonly string[], ReadonlySet<string>>();

/** {@link plainAddress} of each. @param addresses a list that does not change */
export function plainAddresses(addresses: readonly string[]): ReadonlySet<string> {
  let plain = plainOnes.get(addresses);
  if (plain === undefined) {
    plain = new Set(addresses.map(plainAddress));
    plainOnes.set(addresses, plain);
  }
  return plain;
}

/** Lower-cased, without the `+detail` by which people sort their mail. */
export function plainAddress(address: string): string {
  const lower = address.trim().toLowerCase();
  const at = lower.lastIndexOf('@');
  if (at < 0) return lower;
  const plus = lower.slice(0, at).indexOf('+', 1);
  return `${lower.slice(0, plus === -1 ? at : plus)}${lower.slice(at)}`;
}
