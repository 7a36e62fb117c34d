/**
 * Who of those that the owner writes with may be a client: letters of both ways -> one proposal each, ticked or not, with the
 * reason why not. A company is known by its domain, a person at a mail provider by the address. Proposes only: the owner ticks.
 */
import { domainOf, plainAddress, plainAddresses, type Tone } from './client.ts';
import type { Coded, NoFacts } from './coded.ts';
import { grouped } from './grouped.ts';
import type { Language } from './language.ts';
import { mannerOf, sentencesOf, type Shown } from './manner.ts';
import type { MessageKind } from './message.ts';
import { phrases } from './phrases.ts';
import { isPublicDomain } from './public-domains.ts';
import { type Instant, type LocalDay, type TimeZone, wallClock } from './time.ts';

/** One mail between the owner and one address. */
export interface Exchanged {
  at: Instant;
  direction: 'in' | 'out';
  /** of the other, lower-cased */
  address: string;
  /** of the other, as the mail has it; '' without one */
  name: string;
  kind: MessageKind;
  outOfHours: boolean;
  subject: string;
  /** what is new in it */
  text: string;
  /** of a mail of which the other got a copy (Cc): whom it was written to */
  copyOf: readonly string[];
}

export interface Circle {
  /** the owner's, lower-cased */
  own: readonly string[];
  /** who answers clients for her, lower-cased */
  colleagues: readonly string[];
  clients: readonly { id: number; name: string; addresses: readonly string[]; domains: readonly string[] }[];
  /** keys of proposals that she said no to, and when */
  declined: ReadonlyMap<string, LocalDay>;
  zone: TimeZone;
}

/** Why a proposal is not ticked. */
export type Doubt = Coded<{
  list: NoFacts;
  robot: NoFacts;
  'own-domain': { domain: string };
  'named-colleague': NoFacts;
  /** gets copies of mail to so many others */
  'gets-copies': { others: number };
  family: { words: string };
  'little-work': NoFacts;
  /** bills the owner */
  supplier: { words: string };
  once: NoFacts;
  'same-name': { name: string; as: string };
  'of-client': { id: number; client: string };
  declined: { on: LocalDay };
}>;

export interface Proposal {
  /** by which it is chosen: a domain, or an address at a provider */
  key: string;
  name: string;
  /** the person who writes most; null where the client is that person, or no name is known */
  contactName: string | null;
  /** of people, the one who writes most first */
  addresses: string[];
  /** a company of which several people write; null: the addresses alone */
  domain: string | null;
  language: Shown<Language> | null;
  tone: Shown<Tone> | null;
  received: number;
  sent: number;
  outOfHours: number;
  /** minutes of the day between which eight of ten of their mails come; null with less than four */
  writes: { from: number; to: number } | null;
  lastAt: Instant;
  /** null: ticked */
  doubt: Doubt | null;
}

export interface Correspondents {
  /** those that are ticked first, the busiest first */
  proposals: Proposal[];
  /** with whom mail went one way only */
  oneWay: number;
  /** who are clients already */
  known: number;
}

const work = phrases([
  'preventiv*',
  'fattur*',
  'progett*',
  'logo|sito|grafic*|brochure|catalog*|locandina|volantin*|impaginat*|illustrazion*|testi|traduzion*|render',
  'consegn*',
  'contratt*',
  'bozz*',
  'revision*|modific*',
  'riunion*|call',
  'brief*',
  'offert*',
  'lavoro|lavori|commessa|incarico',
  'scadenz*',
  'pagament*|bonific*|acconto|saldo',
  'client*',
  'campagna|sondaggio|analisi|relazione|documentazione',
  'invoice*|quote|estimate|project*|deadline*|draft*|revision*|contract*|website|design*|deliver*|meeting|proposal*|budget|payment*|feedback|mockup*|copy',
]);
const kin = phrases([
  'mamma|papa|nonn*|zia|zio|zii|cugin*|fratell*|sorell*|nipot*',
  'amore|tesoro|baci|bacioni',
  'ti voglio bene',
  'compleanno',
  'mum|mom|dad|grandma|grandpa|aunt|uncle|cousin',
  'love you',
  'happy birthday',
]);
const billsUs = phrases([
  'nostra|ns fattura|parcella',
  'le|ti|vi invi*|allego|alleghiamo|mando|mandiamo la|nostra|mia fattura|parcella|notula',
  'la|sua|vostra fattura .. disponibile|emessa|allegata',
  'estratto conto',
  'f24',
  'dichiarazione dei redditi',
  'rinnov* .. dominio|hosting|abbonamento|polizza',
  'bolletta|bollette',
  'our invoice',
  'your invoice|bill|statement is|.. available|attached|ready',
  'renewal of your',
]);
const billsThem = phrases([
  'le|ti|vi invi*|allego|mando .. fattura|preventivo|offerta|parcella|bozz*',
  'in allegato|allegat* .. fattura|preventivo|offerta|bozz*|avviso',
  'mia fattura|parcella',
  'il preventivo',
  'my invoice|quote',
  'attached .. invoice|quote|estimate|draft*',
  'here is .. invoice|quote|estimate|draft*',
]);

/** Below this many each way without a word of work, it is one exchange and no custom. */
const leastEachWay = 2;
/** Of the mails of a person at a provider, one in so many speaks of work. */
const workShare = 4;
/** Copies of mail to so many others are a colleague's. */
const mostCopies = 2;

export function correspondents(letters: readonly Exchanged[], circle: Circle): Correspondents {
  const own = plainAddresses(circle.own);
  const others = letters.filter(({ address }) => address !== '' && !own.has(plainAddress(address)));
  const groups = [...grouped(others, ({ address }) => keyOf(address))];
  const known = groups.filter(([, ones]) => ones.every(({ address }) => clientOf(address, circle) !== undefined));
  const open = groups.filter((group) => !known.includes(group));
  const both = open.filter(([, ones]) => goesBothWays(ones));
  const proposals = both.map(([key, ones]) => proposalOf(key, ones, circle));
  return {
    proposals: inOrder(proposals.map((proposal) => withSameName(proposal, proposals))),
    oneWay: open.length - both.length,
    known: known.length,
  };
}

/** A company by its domain, a person at a provider by the address. */
export function keyOf(address: string): string {
  const domain = domainOf(address);
  return isPublicDomain(domain) ? address : domain;
}

function goesBothWays(ones: readonly Exchanged[]): boolean {
  return ones.some(({ direction }) => direction === 'in') && ones.some(({ direction }) => direction === 'out');
}

function clientOf(address: string, { clients }: Circle): Circle['clients'][number] | undefined {
  const isTheirs = ({ addresses, domains }: Circle['clients'][number]) =>
    addresses.includes(address) || domains.includes(domainOf(address));
  return clients.find(isTheirs);
}

function proposalOf(key: string, all: readonly Exchanged[], circle: Circle): Proposal {
  const ones = all.filter(({ address }) => clientOf(address, circle) === undefined);
  const people = ones.filter(({ direction, kind }) => direction === 'out' || kind === 'human');
  const received = people.filter(({ direction }) => direction === 'in');
  const sent = people.filter(({ direction }) => direction === 'out').toSorted((a, b) => b.at - a.at);
  const addresses = byFrequency(received.length > 0 ? received : people);
  const isCompany = !key.includes('@');
  const person = personIn(people, addresses[0] ?? '');
  const manner = mannerOf(sent.map(({ text }) => text));
  return {
    key,
    name: isCompany ? nameOfDomain(key) : (person ?? key),
    contactName: isCompany ? person : null,
    addresses,
    domain: isCompany && addresses.length > 1 ? key : null,
    ...manner,
    received: received.length,
    sent: sent.length,
    outOfHours: received.filter(({ outOfHours }) => outOfHours).length,
    writes: usualTimes(received, circle.zone),
    lastAt: Math.max(...ones.map(({ at }) => at)) as Instant,
    doubt: doubtOf(key, { all, ones: people }, circle),
  };
}

function byFrequency(ones: readonly Exchanged[]): string[] {
  const groups = [...grouped(ones, ({ address }) => address)];
  return groups.toSorted(([, a], [, b]) => b.length - a.length).map(([address]) => address);
}

interface Group {
  /** all that came and went, clients of the register too */
  all: readonly Exchanged[];
  /** what people wrote */
  ones: readonly Exchanged[];
}

/** The surest reason first. */
function doubtOf(key: string, { all, ones }: Group, circle: Circle): Doubt | null {
  const domains = new Set(circle.own.map(domainOf).filter((domain) => !isPublicDomain(domain)));
  if (domains.has(key)) return { code: 'own-domain', domain: key };
  if (ones.some(({ address }) => circle.colleagues.includes(address))) return { code: 'named-colleague' };
  const client = circle.clients.find(({ addresses }) => addresses.some((address) => keyOf(address) === key));
  if (client !== undefined) return { code: 'of-client', id: client.id, client: client.name };
  const on = circle.declined.get(key);
  if (on !== undefined) return { code: 'declined', on };
  const received = ones.filter(({ direction }) => direction === 'in');
  if (received.length === 0) return { code: all.some(({ kind }) => kind === 'list') ? 'list' : 'robot' };
  return doubtOfPeople(key, ones, received);
}

function doubtOfPeople(key: string, ones: readonly Exchanged[], received: readonly Exchanged[]): Doubt | null {
  const others = new Set(ones.flatMap(({ copyOf }) => copyOf.map(keyOf)).filter((other) => other !== key));
  if (others.size >= mostCopies) return { code: 'gets-copies', others: others.size };
  const sent = ones.filter(({ direction }) => direction === 'out');
  const billed = firstHeard(received, billsUs.hears);
  if (billed !== undefined && firstHeard(sent, billsThem.hears) === undefined)
    return { code: 'supplier', words: billed };
  const working = ones.filter((one) => speaks(one, work.hears)).length;
  if (key.includes('@')) {
    const relatives = ones.filter((one) => speaks(one, kin.hears)).length;
    if (relatives > 0 && relatives >= working) return { code: 'family', words: firstHeard(ones, kin.hears) ?? '' };
    if (working * workShare < ones.length) return { code: 'little-work' };
  }
  const isCustom = Math.min(received.length, sent.length) >= leastEachWay;
  return isCustom || working > 0 ? null : { code: 'once' };
}

function speaks({ subject, text }: Exchanged, hears: (sentence: string) => boolean): boolean {
  return [subject, ...sentencesOf(text)].some(hears);
}

const longestWords = 60;

function firstHeard(ones: readonly Exchanged[], hears: (sentence: string) => boolean): string | undefined {
  const sentence = ones.flatMap(({ subject, text }) => [subject, ...sentencesOf(text)]).find(hears);
  if (sentence === undefined) return undefined;
  const letters = [...sentence];
  return letters.length <= longestWords
    ? sentence
    : `${letters
        .slice(0, longestWords - 1)
        .join('')
        .trimEnd()}…`;
}

/** A person with a second address may be the same one: the owner knows, and no program guesses. */
function withSameName(proposal: Proposal, all: readonly Proposal[]): Proposal {
  const name = proposal.contactName ?? proposal.name;
  if (proposal.doubt !== null || !proposal.key.includes('@') || !name.includes(' ')) return proposal;
  const isSame = (other: Proposal) =>
    other !== proposal && (other.contactName ?? other.name).toLowerCase() === name.toLowerCase();
  const other = all.find(isSame);
  if (other === undefined) return proposal;
  // of two addresses at providers the busier one stays ticked
  const isBusier = other.key.includes('@') && proposal.received >= other.received && proposal.key < other.key;
  return isBusier ? proposal : { ...proposal, doubt: { code: 'same-name', name, as: other.key } };
}

function inOrder(proposals: readonly Proposal[]): Proposal[] {
  const weight = ({ received, sent }: Proposal) => received + sent;
  return proposals.toSorted(
    (a, b) => Number(a.doubt !== null) - Number(b.doubt !== null) || weight(b) - weight(a) || (a.key < b.key ? -1 : 1),
  );
}

const leastForTimes = 4;

/** From the first tenth to the last, so that one mail at night does not stand for all. */
function usualTimes(received: readonly Exchanged[], zone: TimeZone): Proposal['writes'] {
  if (received.length < leastForTimes) return null;
  const minutes = received.map(({ at }) => wallClock(at, zone).minute).toSorted((a, b) => a - b);
  const at = (share: number) => minutes[Math.round((minutes.length - 1) * share)] as number;
  return { from: at(0.1), to: at(0.9) };
}

/** The name that the person signs mail with; null for an address in its place, or a name that is none. */
function personIn(ones: readonly Exchanged[], address: string): string | null {
  const named = ones.filter((one) => one.address === address).map(({ direction, name }) => ({ direction, name }));
  // their own spelling before the one in the owner's address book
  const names = [...named.filter(({ direction }) => direction === 'in'), ...named].map(({ name }) => plainName(name));
  return names.find((name) => name !== '') ?? null;
}

function plainName(name: string): string {
  const [first = ''] = name
    .replace(/^'|'$|"/g, '')
    .replace(/\s+/g, ' ')
    .split(/ [|–—-] | ?\(/);
  const [family, given, ...more] = first.split(',').map((part) => part.trim());
  const whole = given !== undefined && more.length === 0 ? `${given} ${family}` : first;
  const plain = whole.replace(/\s+/g, ' ').trim();
  return plain.includes('@') || !/\p{L}/u.test(plain) || plain.length > 60 ? '' : plain;
}

const secondLevel = new Set(['co', 'com', 'org', 'net', 'gov', 'ac', 'edu']);
const noNames = new Set(['mail', 'posta', 'pec', 'email', 'smtp', 'www']);

/** 'bianchi-arredi.it' -> 'Bianchi Arredi' */
function nameOfDomain(domain: string): string {
  const labels = domain.split('.').slice(0, -1);
  const inner = labels.length > 1 && secondLevel.has(labels.at(-1) as string) ? labels.slice(0, -1) : labels;
  const telling = inner.filter((label) => !noNames.has(label));
  const words = (telling.length > 0 ? telling : inner).flatMap((label) => label.split(/[-_]+/));
  return words.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join(' ');
}
