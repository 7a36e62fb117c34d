/**
 * The register of clients: names, addresses and domains, each of which belongs to one client only. A client who is
 * added (or gets an address) also gets the earlier messages of it. Knows no invoices.
 */
import { isOneLine } from '../rules/unsafe-characters.ts';
import { AppError } from '../errors.ts';
import {
  type Client,
  type ClientKind,
  type Contact,
  type ContactRole,
  domainOf,
  isWritableAddress,
  type LadderName,
  noTerms,
  plainAddress,
  referenceKey,
  type ReferenceKind,
  type References,
  type Terms,
  type Tone,
  type WorkState,
} from '../rules/client.ts';
import type { Language } from '../rules/language.ts';
import type { WeeklyHours } from '../rules/contact-hours.ts';
import { parsePaymentTerms, type PaymentTerms, writePaymentTerms } from '../rules/payment-terms.ts';
import { fromIso, type TimeZone, toIso } from '../rules/time.ts';
import type { Reader, Value, Writer } from './database.ts';
import { insertInto, type Row } from './rows.ts';

export interface NewClient {
  name: string;
  /** another client has the name, and it is known that these are two */
  sameName?: boolean;
  contactName?: string | null;
  /** 'business' unless said */
  kind?: ClientKind;
  /** 'it' unless said */
  language?: Language;
  /** 'formal' unless said */
  tone?: Tone;
  addresses?: readonly string[];
  /** role and person of some of the addresses; without it those that stay keep theirs */
  contacts?: readonly Contact[];
  domains?: readonly string[];
  /** a kind that is absent stays as it is */
  references?: Partial<References>;
  phone?: string | null;
  hours?: WeeklyHours | null;
  timeZone?: TimeZone | null;
  paymentTerms?: PaymentTerms | null;
  project?: string | null;
  notes?: string;
  terms?: Partial<Terms>;
}

/** What an edit may name. */
export type ClientPatch = Partial<NewClient>;

interface ClientRow {
  id: number;
  name: string;
  contact_name: string | null;
  kind: ClientKind;
  language: Language;
  tone: Tone;
  hours: string | null;
  time_zone: string | null;
  work_state: WorkState;
  payment_terms: string | null;
  project: string | null;
  notes: string;
  terms: string;
  by_hand: string;
  phone: string | null;
  created_at: string;
  contacts: string;
  domains: string;
  client_references: string;
}

/** Ordered below the aggregates: to order inside of them takes five times as long. */
const select = `SELECT c.*,
    (SELECT json_group_array(json_object('address', address, 'role', role, 'person', person)) FROM (
       SELECT * FROM client_addresses WHERE client_id = c.id ORDER BY position)) AS contacts,
    (SELECT json_group_array(domain) FROM (
       SELECT domain FROM client_domains WHERE client_id = c.id ORDER BY domain)) AS domains,
    (SELECT json_group_array(json_object('kind', kind, 'reference', reference)) FROM (
       SELECT * FROM client_references WHERE client_id = c.id ORDER BY kind, reference)) AS client_references
  FROM clients c`;

function toClient(row: ClientRow): Client {
  const { id, name, kind, language, tone, phone, project, notes } = row;
  const contacts = JSON.parse(row.contacts) as Contact[];
  return {
    id,
    name,
    kind,
    language,
    tone,
    phone,
    project,
    notes,
    contacts,
    contactName: row.contact_name,
    addresses: contacts.map((contact) => contact.address),
    domains: JSON.parse(row.domains) as string[],
    references: toReferences(JSON.parse(row.client_references) as { kind: ReferenceKind; reference: string }[]),
    hours: row.hours === null ? null : (JSON.parse(row.hours) as WeeklyHours),
    timeZone: row.time_zone,
    workState: row.work_state,
    paymentTerms: row.payment_terms === null ? null : parsePaymentTerms(row.payment_terms),
    byHand: JSON.parse(row.by_hand) as string[],
    createdAt: fromIso(row.created_at),
    terms: { ...noTerms, ...(JSON.parse(row.terms) as Partial<Terms>) },
  };
}

function toReferences(rows: readonly { kind: ReferenceKind; reference: string }[]): References {
  const of = (kind: ReferenceKind) => rows.filter((row) => row.kind === kind).map((row) => row.reference);
  return { vat: of('vat'), code: of('code'), crm: of('crm'), tax: of('tax'), pec: of('pec') };
}

/** Names are compared by this: those that differ in case, width or blanks only are one. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/**
 * @throws AppError 'conflict' naming the client who has the name, an address or a domain already; 'bad-input' for an
 *   address that is never written to, or no name
 */
export function addClient(w: Writer, client: NewClient): Client {
  const name = client.sameName === true ? plainName(client.name) : checkedName(w, client.name);
  const id = insertInto(w, 'clients', {
    name,
    name_key: nameKey(name),
    kind: 'business',
    language: 'it',
    tone: 'formal',
    ...columnsOf({ ...client, name: undefined, terms: { ...noTerms, ...client.terms } }),
    created_at: toIso(w.now),
  });
  putAddresses(w, id, client.addresses ?? []);
  putContacts(w, id, client.contacts ?? []);
  putDomains(w, id, client.domains ?? []);
  putReferences(w, id, client.references ?? {});
  return clientById(w, id) as Client;
}

/** Ladders that clients are on by their own name. */
export function laddersInUse(r: Reader): LadderName[] {
  const sql = "SELECT DISTINCT terms ->> 'ladder' AS name FROM clients WHERE terms ->> 'ladder' IS NOT NULL";
  return r.all<{ name: LadderName }>(sql).map(({ name }) => name);
}

/**
 * Changes what the patch names; addresses and domains are replaced as whole lists, terms field by field.
 * @throws AppError as {@link addClient}, or 'not-found'
 */
export function editClient(w: Writer, id: number, patch: ClientPatch): Client {
  const client = clientById(w, id);
  if (client === undefined) throw unknownClient(String(id), '');
  const name = patch.name === undefined || patch.name === client.name ? client.name : checkedName(w, patch.name, id);
  const terms = { ...client.terms, ...patch.terms };
  const row: Row = { ...columnsOf({ ...patch, name: undefined, terms }), name, name_key: nameKey(name) };
  const assignments = Object.keys(row).map((column) => `${column} = @${column}`);
  w.run(`UPDATE clients SET ${assignments.join(', ')} WHERE id = @id`, { ...row, id });
  if (patch.addresses !== undefined) putAddresses(w, id, patch.addresses);
  if (patch.contacts !== undefined) putContacts(w, id, patch.contacts);
  if (patch.domains !== undefined) putDomains(w, id, patch.domains);
  if (patch.references !== undefined) putReferences(w, id, patch.references);
  return clientById(w, id) as Client;
}

/** Remembers that the owner set these by hand: an import leaves them as they are. */
export function noteByHand(w: Writer, id: number, members: readonly string[]): void {
  const known = clientById(w, id)?.byHand ?? [];
  const all = [...new Set([...known, ...members])];
  if (all.length > known.length) w.run('UPDATE clients SET by_hand = ? WHERE id = ?', JSON.stringify(all), id);
}

/** Remembers that the owner took these addresses (or '@' and a domain) away from the client: no file brings them back. */
export function noteRemoved(w: Writer, id: number, addresses: readonly string[]): void {
  const sql = `INSERT INTO removed_addresses (client_id, address, removed_at) VALUES (?, ?, ?)
    ON CONFLICT (client_id, address) DO UPDATE SET removed_at = excluded.removed_at`;
  for (const address of addresses) w.run(sql, id, address, toIso(w.now));
}

/** The owner gave them back by hand. */
export function forgetRemoved(w: Writer, id: number, addresses: readonly string[]): void {
  for (const address of addresses)
    w.run('DELETE FROM removed_addresses WHERE client_id = ? AND address = ?', id, address);
}

/** What the owner took away from the client by hand: addresses, and domains with their '@'. */
export function removedAddresses(r: Reader, id: number): Set<string> {
  const rows = r.all<{ address: string }>('SELECT address FROM removed_addresses WHERE client_id = ?', id);
  return new Set(rows.map((row) => row.address));
}

export function setWorkState(w: Writer, id: number, state: WorkState): void {
  w.run('UPDATE clients SET work_state = ? WHERE id = ?', state, id);
}

function refuseControls(field: string, value: string | null | undefined): void {
  if (value == null || isOneLine(value)) return;
  throw new AppError('bad-input', `the ${field} has a line break or a control character: '${shown(value)}'`, {
    next: 'Write it as one line of plain text.',
  });
}

/** The plain columns that are given; what is undefined is left to the default or as it was. */
function columnsOf(client: Partial<NewClient>): Row {
  refuseControls('contact name', client.contactName);
  refuseControls('project', client.project);
  refuseControls('phone number', client.phone);
  const given: Record<string, Value | undefined> = {
    contact_name: client.contactName,
    kind: client.kind,
    language: client.language,
    tone: client.tone,
    hours: client.hours && JSON.stringify(client.hours),
    time_zone: client.timeZone,
    payment_terms: client.paymentTerms && writePaymentTerms(client.paymentTerms),
    phone: client.phone,
    project: client.project,
    notes: client.notes,
    terms: client.terms && JSON.stringify(client.terms),
  };
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, Value] => entry[1] !== undefined));
}

function plainName(name: string): string {
  const trimmed = name.replace(/\s+/g, ' ').trim();
  refuseControls('name', trimmed);
  if (trimmed === '') throw new AppError('bad-input', { code: 'client-without-name' });
  return trimmed;
}

function checkedName(r: Reader, name: string, ownId = 0): string {
  const trimmed = plainName(name);
  const other = r.get<{ name: string }>(
    'SELECT name FROM clients WHERE name_key = ? AND id <> ?',
    nameKey(name),
    ownId,
  );
  if (other === undefined) return trimmed;
  throw new AppError('conflict', { code: 'client-name-taken', name: other.name });
}

function putAddresses(w: Writer, clientId: number, given: readonly string[]): void {
  const addresses = [...new Set(given.map((address) => address.trim().toLowerCase()))];
  for (const address of addresses) refuseAddress(w, clientId, address);
  const known = new Map(
    w
      .all<Contact>('SELECT address, role, person FROM client_addresses WHERE client_id = ?', clientId)
      .map((contact) => [contact.address, contact]),
  );
  w.run('DELETE FROM client_addresses WHERE client_id = ?', clientId);
  for (const [position, address] of addresses.entries()) {
    const { role, person } = known.get(address) ?? { role: 'general' as ContactRole, person: null };
    insertInto(w, 'client_addresses', { address, client_id: clientId, position, role, person });
    linkEarlier(w, clientId, domainOf(address), address);
  }
}

/** Who is behind the addresses; one that is not the client's is refused, one that is left out is a general one. */
function putContacts(w: Writer, clientId: number, contacts: readonly Contact[]): void {
  w.run("UPDATE client_addresses SET role = 'general', person = NULL WHERE client_id = ?", clientId);
  for (const { address, role, person } of contacts) {
    refuseControls('name of a contact', person);
    const { changes } = w.run(
      'UPDATE client_addresses SET role = ?, person = ? WHERE client_id = ? AND address = ?',
      ...[role, person, clientId, address.trim().toLowerCase()],
    );
    if (changes === 1) continue;
    throw new AppError('bad-input', { code: 'no-address-of-client', address: shown(address) });
  }
}

function putReferences(w: Writer, clientId: number, given: Partial<References>): void {
  for (const [kind, references] of Object.entries(given) as [ReferenceKind, string[]][]) {
    w.run('DELETE FROM client_references WHERE client_id = ? AND kind = ?', clientId, kind);
    for (const key of new Set(references.map((reference) => referenceKey(kind, reference)))) {
      const other = clientIdByReference(w, kind, key);
      if (other !== undefined) throw taken(`${kind} ${shown(key)}`, clientName(w, other) ?? '');
      if (key !== '') insertInto(w, 'client_references', { kind, reference: key, client_id: clientId });
    }
  }
}

/** @param reference in any spelling */
export function clientIdByReference(r: Reader, kind: ReferenceKind, reference: string): number | undefined {
  const sql = 'SELECT client_id AS id FROM client_references WHERE kind = ? AND reference = ?';
  return r.get<{ id: number }>(sql, kind, referenceKey(kind, reference))?.id;
}

function refuseAddress(r: Reader, clientId: number, address: string): void {
  if (!isWritableAddress(address))
    throw new AppError('bad-input', { code: 'address-refused', address: shown(address) });
  const other = ownerOf(r, 'client_addresses', 'address', address);
  if (other !== undefined && other.id !== clientId) throw taken(address, other.name);
}

function putDomains(w: Writer, clientId: number, given: readonly string[]): void {
  const domains = [...new Set(given.map((domain) => domain.trim().toLowerCase().replace(/^@/, '')))];
  for (const domain of domains) refuseDomain(w, clientId, domain);
  w.run('DELETE FROM client_domains WHERE client_id = ?', clientId);
  for (const domain of domains) {
    insertInto(w, 'client_domains', { domain, client_id: clientId });
    linkEarlier(w, clientId, domain);
  }
}

function refuseDomain(r: Reader, clientId: number, domain: string): void {
  if (!isWritableAddress(`a@${domain}`))
    throw new AppError('bad-input', { code: 'domain-refused', domain: shown(domain) });
  const other = ownerOf(r, 'client_domains', 'domain', domain);
  if (other !== undefined && other.id !== clientId) throw taken(domain, other.name);
}

/** As much of a bad value as helps to find it, on one line. */
function shown(text: string): string {
  return JSON.stringify(text.slice(0, 80)).slice(1, -1);
}

function ownerOf(r: Reader, table: string, column: string, value: string): { id: number; name: string } | undefined {
  return r.get(`SELECT c.id, c.name FROM ${table} t JOIN clients c ON c.id = t.client_id WHERE t.${column} = ?`, value);
}

function taken(value: string, name: string): AppError {
  return new AppError('conflict', { code: 'belongs-to-other', value, name });
}

/** What `anna+…@firm.it` looks like to GLOB, or a pattern that nothing fits where the address has signs that mean something there. */
function detailedPattern(address: string): string {
  return /[[\]*?]/.test(address) ? '' : address.replace('@', '+*@');
}

/**
 * Gives strangers' messages to the client they turn out to be from (or the owner's messages to them), with their
 * windows and threads. An address that is some other client's is not taken by a domain.
 */
function linkEarlier(w: Writer, clientId: number, domain: string, address?: string): void {
  const found = w.all<{ id: number; thread_id: number }>(
    `UPDATE messages SET client_id = @client WHERE client_id IS NULL AND peer_domain = @domain
       AND (@address IS NULL OR peer_address = @address OR peer_address GLOB @detailed)
     RETURNING id, thread_id`,
    { client: clientId, domain, address: address ?? null, detailed: detailedPattern(address ?? '') },
  );
  for (const { id, thread_id } of found) {
    w.run(
      'UPDATE windows SET client_id = ? WHERE client_id IS NULL AND thread_id = ? AND opened_by = ?',
      clientId,
      thread_id,
      id,
    );
    w.run('UPDATE threads SET client_id = ? WHERE client_id IS NULL AND id = ?', clientId, thread_id);
  }
}

/** For lists of many letters, which want no more of each client. */
export function clientName(r: Reader, id: number): string | undefined {
  return r.get<{ name: string }>('SELECT name FROM clients WHERE id = ?', id)?.name;
}

export function clientById(r: Reader, id: number): Client | undefined {
  const row = r.get<ClientRow>(`${select} WHERE c.id = ?`, id);
  return row && toClient(row);
}

/** By the address itself, else by its domain. */
export function clientByAddress(r: Reader, address: string): Client | undefined {
  const id = clientIdByAddress(r, address);
  return id === undefined ? undefined : clientById(r, id);
}

/** {@link clientByAddress} without the rest of the client. */
export function clientIdByAddress(r: Reader, address: string): number | undefined {
  const wanted = address.toLowerCase();
  const plain = plainAddress(wanted);
  const [local] = plain.split('@') as [string];
  // all in one question, which is asked about every message; ',' is what follows '+'
  const found = r.all<Registered>(
    `SELECT address, client_id AS id FROM client_addresses WHERE address IN (?, ?)
     UNION ALL SELECT address, client_id FROM client_addresses WHERE address > ? AND address < ?
     UNION ALL SELECT NULL, client_id FROM client_domains WHERE domain = ?`,
    ...[wanted, plain, `${local}+`, `${local},`, domainOf(wanted)],
  );
  return found.length === 0 ? undefined : nearest(found, { wanted, plain });
}

interface Registered {
  /** null: known by the domain */
  address: string | null;
  id: number;
}

/** `anna+sito@` and `anna@` are one mailbox, whichever of them is registered; where that leaves two clients, nobody's. */
function nearest(found: Registered[], { wanted, plain }: { wanted: string; plain: string }): number | undefined {
  const exact = found.find(({ address }) => address === wanted);
  if (exact !== undefined) return exact.id;
  const kin = found.filter(({ address }) => address !== null && plainAddress(address) === plain);
  const ids = new Set(kin.map(({ id }) => id));
  return ids.size === 1 ? [...ids][0] : found.find(({ address }) => address === null)?.id;
}

/** By name. */
export function listClients(r: Reader): Client[] {
  return r.all<ClientRow>(`${select} ORDER BY c.name_key`).map(toClient);
}

/**
 * @param wanted id, name, address, or the beginning of a name
 * @throws AppError 'not-found' with the nearest names, 'conflict' when several names begin so
 */
export function findClient(r: Reader, wanted: string): Client {
  const text = wanted.trim();
  const exact = exactly(r, text);
  if (exact !== undefined) return exact;
  const key = nameKey(text);
  const names = r.all<{ id: number; name: string; name_key: string }>('SELECT id, name, name_key FROM clients');
  const beginning = key === '' ? [] : names.filter((client) => client.name_key.startsWith(key));
  if (beginning.length === 1) return clientById(r, (beginning[0] as { id: number }).id) as Client;
  if (beginning.length > 1)
    throw ambiguous(
      text,
      beginning.map((client) => client.name),
    );
  throw unknownClient(
    text,
    nearestNames(
      text,
      names.map((client) => client.name),
    ),
  );
}

function exactly(r: Reader, text: string): Client | undefined {
  const byId = /^[1-9]\d{0,14}$/.test(text)
    ? (clientById(r, Number(text)) ?? mergedAs(r, { id: Number(text) }))
    : undefined;
  if (byId !== undefined) return byId;
  const [row, second] = r.all<ClientRow>(`${select} WHERE c.name_key = ? ORDER BY c.id`, nameKey(text));
  if (row !== undefined && second !== undefined)
    throw new AppError('conflict', {
      code: 'two-clients',
      name: row.name,
      known: [row, second].map((one) => `${one.id} (${toClient(one).addresses[0] ?? ''})`).join(', '),
    });
  if (row !== undefined) return toClient(row);
  return (text.includes('@') ? clientByAddress(r, text) : undefined) ?? mergedAs(r, { name: text });
}

/** The client that one has become which had this number or name. */
function mergedAs(r: Reader, had: { id: number } | { name: string }): Client | undefined {
  const found = formerClients(r).filter((one) =>
    'id' in had ? one.id === had.id : nameKey(one.name) === nameKey(had.name),
  );
  const ids = new Set(found.map((one) => one.clientId));
  return ids.size === 1 ? clientById(r, [...ids][0] as number) : undefined;
}

/** Numbers and names of clients that have become others, and what they are now. */
export function formerClients(r: Reader): { id: number; name: string; clientId: number }[] {
  return r.all('SELECT id, name, client_id AS clientId FROM merged_clients ORDER BY id');
}

function ambiguous(text: string, names: string[]): AppError {
  return new AppError('conflict', {
    code: 'several-clients',
    text: shown(text),
    known: `${names.toSorted().slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`,
  });
}

function unknownClient(text: string, names: string): AppError {
  return new AppError('not-found', { code: 'no-client', text: shown(text), near: names });
}

/** Up to three names that contain the text, or differ from it in few letters, as 'A or B'; '' when none does. */
export function nearestNames(text: string, names: readonly string[]): string {
  const key = nameKey(text);
  const far = Math.max(2, Math.floor(key.length / 3));
  return names
    .map((name) => ({ name, distance: distanceOf(key, nameKey(name)) }))
    .filter(({ distance }) => distance <= far)
    .toSorted((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, 3)
    .map(({ name }) => name)
    .join(' or ');
}

/** Edits to the whole name or, when fewer, to one of its words; 0 when it contains the text. */
function distanceOf(key: string, name: string): number {
  if (key !== '' && name.includes(key)) return 0;
  return Math.min(...[name, ...name.split(' ')].map((word) => edits(key, word)));
}

/** Levenshtein's distance, one row at a time. */
function edits(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (above[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, (above[j] as number) + 1, (row[j - 1] as number) + 1));
    }
    above = row;
  }
  return above[b.length] as number;
}
