/**
 * Who wrote a mail, wherever it lies: the owner's side or somebody else, and with which client it is. A client's mail
 * moved to Sent stays the client's; the owner's copy in INBOX stays the owner's. Does not tell people from programs.
 */
import { domainOf, plainAddress, plainAddresses } from './client.ts';
import { type FolderRole, headersOf, type ParsedMail } from './message.ts';
import { isPublicDomain } from './public-domains.ts';
import { addressesIn } from './triage.ts';

export interface AuthorshipFacts {
  /** where it lies */
  folder: FolderRole;
  /** the owner's, lower-cased */
  ownAddresses: readonly string[];
  /** who answers clients for her, lower-cased */
  colleagues: readonly string[];
  /** the id of the client that an address belongs to; asked only for addresses that may matter */
  clientOf(address: string): number | undefined;
}

export interface Authorship {
  /** `sent`: the owner's side wrote it; `inbox`: somebody else did */
  role: FolderRole;
  /** the client it is with */
  clientId: number | null;
  /** whom it is with: the author, or for the owner's own mail the first recipient who is a client, else the first */
  peer: string | null;
  /** it bears an address of the owner's, and a client stands behind it: a group or a form of her own sent it on */
  behindOwn: boolean;
}

/** Decided in this order: a client's own address, an address of the owner's with a client behind it, the owner's side. */
export function authorshipOf(mail: ParsedMail, facts: AuthorshipFacts): Authorship {
  const from = mail.from?.address ?? '';
  if (isOurs(from, facts)) return behindOwnAddress(mail, facts) ?? ownMail(mail, facts);
  const theirs = firstClient(sendersOf(mail), facts);
  if (theirs !== null) return { role: 'inbox', ...theirs, behindOwn: false };
  const behind = isOfTheHouse(from, facts.ownAddresses) ? behindOwnAddress(mail, facts) : null;
  if (behind !== null) return behind;
  if (facts.folder === 'sent' ? !isMovedThere(mail, facts) : isFromTheOffice(mail, facts)) return ownMail(mail, facts);
  return { role: 'inbox', clientId: null, peer: from === '' ? null : from, behindOwn: false };
}

function isOurs(address: string, { ownAddresses, colleagues }: AuthorshipFacts): boolean {
  if (address === '') return false;
  const plain = plainAddress(address);
  return plainAddresses(ownAddresses).has(plain) || plainAddresses(colleagues).has(plain);
}

/** All that From names: of several authors one may be a client. */
function sendersOf(mail: ParsedMail): string[] {
  const from = mail.from?.address ?? '';
  const [line = ''] = headersOf(mail, 'from');
  const all = line.includes(',') ? addressesIn(line) : [];
  return [from, ...all].filter((address) => address !== '');
}

/** Who wrote to a group or a form of the owner's that puts her own address into From. */
const namesBehind = ['x-original-from', 'x-original-sender', 'x-google-original-from', 'x-real-from'];

function behindOwnAddress(mail: ParsedMail, facts: AuthorshipFacts): Authorship | null {
  const named = namesBehind.flatMap((name) => headersOf(mail, name).flatMap(addressesIn));
  const replies = mail.replyTo.map(({ address }) => address);
  const candidates = [...named, ...replies].filter((address) => address !== '' && !isOurs(address, facts));
  if (facts.folder === 'sent' || candidates.length === 0) return null;
  const found = firstClient(candidates, facts);
  return found === null ? null : { role: 'inbox', ...found, behindOwn: true };
}

function ownMail(mail: ParsedMail, facts: AuthorshipFacts): Authorship {
  const others = recipientsOf(mail).filter((address) => !isOurs(address, facts));
  const found = firstClient(others, facts) ?? { clientId: null, peer: others[0] ?? null };
  return { role: 'sent', ...found, behindOwn: false };
}

/** In Sent, and yet to the owner and from nobody of hers: somebody else's, put there by hand or by a rule. */
function isMovedThere(mail: ParsedMail, facts: AuthorshipFacts): boolean {
  const named = recipientsOf(mail);
  return mail.from !== null && named.some((address) => isOurs(address, facts)) && firstClient(named, facts) === null;
}

/**
 * Nobody named this colleague, but the mail says it: it answers a client, comes from the owner's own domain, and that
 * domain is no provider's where anybody may live.
 */
function isFromTheOffice(mail: ParsedMail, facts: AuthorshipFacts): boolean {
  const domain = domainOf(mail.from?.address ?? '');
  if (mail.inReplyTo.length + mail.references.length === 0 || domain === '' || isPublicDomain(domain)) return false;
  const isHouse = facts.ownAddresses.some((own) => domainOf(own) === domain);
  return isHouse && firstClient(recipientsOf(mail), facts) !== null;
}

/**
 * At a domain of the owner's or below it, though no address of hers: what her site writes as (`wordpress@studio.example`),
 * or her lists. Never at a provider's, where anybody may live.
 */
export function isOfTheHouse(address: string, ownAddresses: readonly string[]): boolean {
  const domain = domainOf(address);
  const houses = ownAddresses.map(domainOf).filter((house) => house !== '' && !isPublicDomain(house));
  return houses.some((house) => domain === house || domain.endsWith(`.${house}`));
}

/** To and Cc, and the Bcc that only the sender's copy shows. */
export function recipientsOf(mail: ParsedMail): string[] {
  const seen = [...mail.to, ...mail.cc].map(({ address }) => address).filter((address) => address !== '');
  return [...seen, ...headersOf(mail, 'bcc').flatMap(addressesIn)];
}

function firstClient(
  addresses: readonly string[],
  { clientOf }: AuthorshipFacts,
): { clientId: number; peer: string } | null {
  for (const peer of addresses) {
    const clientId = clientOf(peer);
    if (clientId !== undefined) return { clientId, peer };
  }
  return null;
}
