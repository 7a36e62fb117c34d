/**
 * The one gate for whom a letter may go to. A {@link Recipient} is made here and nowhere else, of what stands in the
 * register, so that no envelope can be built for an address that a mail brought along. Writes nothing.
 */
import type { Authentication } from './authentication.ts';
import { type Client, domainOf, isWritableAddress, plainAddress } from './client.ts';
import { headersOf, type ParsedMail } from './message.ts';
import { addressesIn, envelopeSender } from './triage.ts';
import type { Coded, NoFacts } from './coded.ts';

declare const throughTheGate: unique symbol;

/** One plain address that a letter may go to now. */
export type Recipient = string & { readonly [throughTheGate]: true };

type Addressed = Pick<Client, 'addresses'>;

function passed(address: string): Recipient | null {
  return isWritableAddress(address) ? (address as Recipient) : null;
}

/** Whom a letter to the client goes to; null: no address of hers that is ever written to stands in the register. */
export function recipientOf({ addresses }: Addressed): Recipient | null {
  return passed(addresses[0] ?? '');
}

/** That very address, as the register spells it; null: it is none of the client's. */
export function registered({ addresses }: Addressed, address: string): Recipient | null {
  const known = addresses.find((one) => one === address.toLowerCase());
  return known === undefined ? null : passed(known);
}

export interface AnswerFacts {
  mail: ParsedMail;
  /** MAIL FROM where it is known otherwise than by Return-Path */
  envelopeFrom?: string | null | undefined;
  /** whose message it is; null: a stranger's */
  client: Pick<Client, 'addresses' | 'domains'> | null;
  /** who gets acknowledgements */
  to: 'clients' | 'everyone';
  authentication: Authentication;
  /** whether the owner has written to From herself */
  ownerWroteTo(address: string): boolean;
}

export type Answer =
  | { recipient: Recipient }
  | {
      recipient: null;
      code: RecipientReason['code'];
    };

/** Why nobody is answered. */
export type RecipientReason = Coded<{ 'no-valid-address': NoFacts; 'not-authenticated': NoFacts }>;

const invalid: Answer = {
  recipient: null,
  code: 'no-valid-address',
};
const unproven: Answer = {
  recipient: null,
  code: 'not-authenticated',
};

/**
 * Whom an acknowledgement goes to (RFC 3834, section 4, stricter). From, when it stands in the client's register; else
 * the envelope sender, when that very address does. Of a client known by a domain, or where everyone is answered,
 * From too, when the receiving server authenticated it, or the owner has written to it before. Never Reply-To, Sender, or
 * an envelope that only claims to belong: that is how a forger would have us write to a third person.
 */
export function answerRecipient(facts: AnswerFacts): Answer {
  const { mail, client, to } = facts;
  const from = mail.from?.address.toLowerCase() ?? '';
  const envelope = envelopeSender(mail, facts.envelopeFrom);
  if (envelope === '' || !isWritableAddress(from) || namesSeveral(mail)) return invalid;
  const known = client === null ? null : (spelledInRegister(client, from) ?? registered(client, envelope ?? ''));
  if (known !== null) return { recipient: known };
  const mayBeHers = client === null ? to === 'everyone' : client.domains.includes(domainOf(from));
  const recipient = mayBeHers ? passed(from) : null;
  if (recipient === null) return invalid;
  const isProven = facts.authentication.state === 'passed' || (client !== null && facts.ownerWroteTo(from));
  return isProven ? { recipient } : unproven;
}

/**
 * Whom a no to a stranger goes to: the address that the owner typed, when the mail that it answers names it, and it alone,
 * as its author. Anyone else is not written to.
 */
export function declinedRecipient(mail: ParsedMail, typed: string): Recipient | null {
  const from = mail.from?.address.toLowerCase() ?? '';
  return from !== '' && from === typed.toLowerCase() && !namesSeveral(mail) ? passed(from) : null;
}

/** A `+detail` is the sender's own mark: the register's spelling is written to. */
function spelledInRegister(client: Addressed, from: string): Recipient | null {
  return registered(client, from) ?? registered(client, plainAddress(from));
}

/** Several authors: no telling whom to answer. */
function namesSeveral(mail: ParsedMail): boolean {
  return new Set(headersOf(mail, 'from').flatMap(addressesIn)).size > 1;
}
