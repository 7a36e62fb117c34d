/**
 * What a person may do with the register of clients: add, change, hold, release, log a call. Each is one transaction
 * with its line in the journal. Reads no terminal and writes no letter.
 */
import { AppError } from '../errors.ts';
import type { Client, Contact } from '../rules/client.ts';
import { type ContactHours, explain, withWeek } from '../rules/contact-hours.ts';
import type { HandHoldReason, Hold, HoldReason } from '../rules/hold.ts';
import { type Instant, toIso } from '../rules/time.ts';
import { isOwnAddress } from '../rules/triage.ts';
import { touchClient } from '../store/cases.ts';
import {
  addClient,
  type ClientPatch,
  editClient,
  findClient,
  forgetRemoved,
  type NewClient,
  noteByHand,
  noteRemoved,
} from '../store/clients.ts';
import type { Writer } from '../store/database.ts';
import { touchExit } from '../store/exits.ts';
import { addHold, endHold, listHolds } from '../store/holds.ts';
import { note } from '../store/journal.ts';
import { addLogEntry, type LogEntry, type LogKind } from '../store/log-entries.ts';
import { addLogFile, type LogFile } from '../store/log-files.ts';
import { act, type DeskParts } from './parts.ts';
import { bad } from './values.ts';
import { type Reason, asWritten, isSameReason } from '../rules/reason.ts';

/** Providers whose domain belongs to millions: a client is known there by address only. */
const sharedDomains = new Set(
  `gmail.com googlemail.com outlook.com outlook.it hotmail.com hotmail.it live.com live.it msn.com yahoo.com yahoo.it
  ymail.com icloud.com me.com mac.com aol.com proton.me protonmail.com pm.me gmx.com gmx.de gmx.net web.de mail.com
  fastmail.com zoho.com libero.it virgilio.it tin.it alice.it tiscali.it inwind.it iol.it email.it fastwebnet.it
  aruba.it pec.it legalmail.it postecert.it pec.aruba.it poste.it tim.it vodafone.it`.split(/\s+/),
);

/** Whether it is a mail provider's, and no one client's. */
export function isSharedDomain(domain: string): boolean {
  return sharedDomains.has(domain.toLowerCase());
}

/** @throws AppError 'bad-input' for a domain that everybody shares */
export function refuseSharedDomains(domains: readonly string[]): void {
  const shared = domains.find(isSharedDomain);
  if (shared === undefined) return;
  throw bad({ code: 'provider-domain', domain: shared });
}

/**
 * A slip in the register must not make the owner write to herself, nor take her own mail for a client's.
 * @throws AppError 'bad-input' for an address that is one of `own`
 */
export function refuseOwnAddresses(addresses: readonly string[], own: readonly string[]): void {
  const found = addresses.find((address) => isOwnAddress(address, own));
  if (found === undefined) return;
  throw bad({ code: 'own-address', address: found });
}

/** @throws AppError 'conflict' when a name, address or domain is another client's; 'bad-input' for a wrong one */
export function registerClient(desk: DeskParts, values: NewClient & ByHand, defaults: ClientPatch = {}): Client {
  return act(desk, (w) => {
    const client = registerIn(w, { ...defaults, ...values, ...withBilling(null, values) }, { code: 'you-entered' });
    noteByHand(w, client.id, byHandOf(values));
    return client;
  });
}

/** What a person types of a client: the addresses for billing apart from the others. */
export type ByHand = ClientPatch & { billing?: readonly Contact[] };

/** The addresses for billing are the client's too; whoever was for billing before and is not named is so no longer. */
function withBilling(before: Client | null, { addresses, billing }: ByHand): ClientPatch {
  if (billing === undefined) return {};
  const all = new Set([...(addresses ?? before?.addresses ?? []), ...billing.map((contact) => contact.address)]);
  const contactFor = (address: string): Contact => {
    const known = before?.contacts.find((contact) => contact.address === address);
    const named = billing.find((contact) => contact.address === address);
    return {
      address,
      role: named === undefined ? 'general' : 'billing',
      person: named?.person ?? known?.person ?? null,
    };
  };
  return { addresses: [...all], contacts: [...all].map(contactFor) };
}

/** The members that a person named; what was agreed one by one. Addresses and domains are remembered when they are taken away. */
export function byHandOf(patch: ByHand): string[] {
  const { addresses: _addresses, domains: _domains, billing, terms = {}, ...values } = patch;
  const plain = billing === undefined ? values : { ...values, contacts: billing };
  const given = (values: object) =>
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  return [...given(plain), ...given(terms).map((key) => `terms.${key}`)];
}

export function registerIn(w: Writer, values: NewClient, why: Reason): Client {
  refuseSharedDomains(values.domains ?? []);
  const client = addClient(w, values);
  note(w, {
    kind: 'client-added',
    subject: `client/${client.id}`,
    clientId: client.id,
    why,
    data: { name: client.name },
  });
  return client;
}

/**
 * @param who number or name
 * @returns the client as it is now; nothing is written when nothing changes
 */
export function changeClient(desk: DeskParts, who: string, patch: ByHand): { client: Client; changed: string[] } {
  return act(desk, (w) => {
    const before = findClient(w, who);
    const { billing: _billing, ...plain } = { ...patch, ...withBilling(before, patch) };
    const done = changeIn(w, before, plain, { code: 'you-changed' });
    noteByHand(w, before.id, byHandOf(patch));
    noteTakenAway(w, before, done.client);
    return done;
  });
}

function noteTakenAway(w: Writer, before: Client, after: Client): void {
  const all = (client: Client) => [...client.addresses, ...client.domains.map((domain) => `@${domain}`)];
  const [had, has] = [all(before), all(after)];
  noteRemoved(
    w,
    after.id,
    had.filter((one) => !has.includes(one)),
  );
  forgetRemoved(w, after.id, has);
}

export function changeIn(
  w: Writer,
  before: Client,
  patch: Partial<NewClient>,
  why: Reason,
): { client: Client; changed: string[] } {
  const changed = changedMembers(before, patch);
  if (changed.length === 0) return { client: before, changed };
  refuseSharedDomains(patch.domains ?? []);
  const client = editClient(w, before.id, patch);
  touchExit(w, client.id);
  note(w, { kind: 'client-changed', subject: `client/${client.id}`, clientId: client.id, why, data: { changed } });
  if (client.addresses[0] !== before.addresses[0]) {
    endHolds(w, client.id, { only: 'bounce', code: 'has-other-address' });
  }
  return { client, changed };
}

/** Which members of the client the patch would change; of terms and references those that it names. */
export function changedMembers(before: Client, patch: ClientPatch): (keyof ClientPatch & keyof Client)[] {
  const wanted: ClientPatch = {
    ...patch,
    ...(patch.terms === undefined ? {} : { terms: { ...before.terms, ...patch.terms } }),
    ...(patch.references === undefined ? {} : { references: { ...before.references, ...patch.references } }),
  };
  return (Object.keys(wanted) as (keyof ClientPatch & keyof Client)[]).filter(
    (key) => wanted[key] !== undefined && JSON.stringify(wanted[key]) !== JSON.stringify(before[key]),
  );
}

export interface ClientHold {
  reason: HandHoldReason;
  /** null: until it is released */
  until: Instant | null;
  note: string;
}

/** What waits for it: rules/hold. A hold of the same reason is replaced. */
export function holdClient(desk: DeskParts, who: string, values: ClientHold): { client: Client; hold: Hold } {
  return act(desk, (w) => {
    const client = findClient(w, who);
    const same = listHolds(w, client.id).find((hold) => isSameHold(hold, client.id, values));
    if (same !== undefined) return { client, hold: same };
    endHolds(w, client.id, { only: values.reason, code: 'hold-replaced' });
    const { reason, until } = values;
    const words = noteOf(values.note);
    const hold = addHold(w, { scope: 'client', scopeId: client.id, reason, until, note: words });
    note(w, {
      kind: 'hold-added',
      subject: `client/${client.id}`,
      clientId: client.id,
      why: { code: 'you-held', reason, until: until === null ? null : toIso(until), note: words },
    });
    touchClient(w, client.id);
    return { client, hold };
  });
}

function noteOf(text: string): Reason | null {
  return text === '' ? null : asWritten(text);
}

function isSameHold(hold: Hold, clientId: number, values: ClientHold): boolean {
  const isOpenHere = hold.endedAt === null && hold.scope === 'client' && hold.scopeId === clientId;
  return (
    isOpenHere &&
    hold.reason === values.reason &&
    hold.until === values.until &&
    isSameReason(hold.note, noteOf(values.note))
  );
}

/** Ends every hold of the client, its cases and its invoices. */
export function releaseClient(desk: DeskParts, who: string): { client: Client; ended: number } {
  return act(desk, (w) => {
    const client = findClient(w, who);
    return { client, ended: endHolds(w, client.id, { code: 'you-released' }) };
  });
}

/** Ends one hold by its number. */
export function releaseHold(desk: DeskParts, id: number): { ended: boolean } {
  return act(desk, (w) => {
    const hold = listHolds(w).find((entry) => entry.id === id);
    if (hold === undefined) throw new AppError('not-found', { code: 'no-hold', id });
    const why = { code: 'you-released', hold: hold.reason } as const;
    if (!endHold(w, id, why)) return { ended: false };
    note(w, { kind: 'hold-ended', subject: `hold/${id}`, why });
    if (hold.scope === 'client') touchClient(w, hold.scopeId);
    return { ended: true };
  });
}

type HoldEnd = 'you-released' | 'hold-replaced' | 'has-other-address';

function endHolds(w: Writer, clientId: number, options: { only?: HoldReason; code: HoldEnd }): number {
  const open = listHolds(w, clientId).filter((hold) => hold.endedAt === null);
  const chosen = open.filter((hold) => options.only === undefined || hold.reason === options.only);
  for (const hold of chosen) {
    const why = { code: options.code, hold: hold.reason } as Reason;
    endHold(w, hold.id, why);
    note(w, { kind: 'hold-ended', subject: `hold/${hold.id}`, clientId, why });
  }
  if (chosen.length > 0) touchClient(w, clientId);
  return chosen.length;
}

export interface NewLog {
  kind: LogKind;
  at: Instant;
  minutes: number | null;
  direction: 'in' | 'out' | null;
  text: string;
  project: string | null;
  via?: string | null;
  cost?: LogEntry['cost'];
  /** kept with the entry, with their digests */
  files?: readonly { name: string; bytes: Uint8Array }[];
}

/** A database is no place for films. */
const longestFile = 20 * 1024 * 1024;

/**
 * Logs a call, chat, meeting, meal, note or work. What the client began outside the agreed hours is flagged: calls by the
 * phone hours, the others by the contact hours.
 */
export function logWithClient(
  desk: DeskParts,
  who: string,
  wish: NewLog,
  hours: { contact: ContactHours; phone: ContactHours },
): { client: Client; entry: LogEntry; files: LogFile[] } {
  const { files: given = [], ...values } = wish;
  const unfit = given.find(({ bytes }) => bytes.length === 0 || bytes.length > longestFile);
  if (unfit !== undefined) throw bad({ code: 'evidence-unfit', file: unfit.name, most: longestFile / 1024 / 1024 });
  if (values.text.trim() === '') throw bad({ code: 'entry-without-text' });
  if (values.at > desk.clock.now()) throw bad({ code: 'entry-in-future' });
  return act(desk, (w) => {
    const client = findClient(w, who);
    const why = outOfHoursWhy(values, client, hours);
    const entry = addLogEntry(w, { ...values, clientId: client.id, outOfHours: why !== null, outOfHoursWhy: why });
    const files = given.map((file) => addLogFile(w, { ...file, logId: entry.id, clientId: client.id }));
    note(w, {
      kind: 'log-added',
      subject: `client/${client.id}`,
      clientId: client.id,
      why: { code: 'you-logged', kind: values.kind, outside: why },
      data: {
        entry: entry.id,
        text: values.text,
        outOfHours: why ?? undefined,
        files: files.length === 0 ? undefined : files.map(({ name, sha256 }) => ({ name, sha256 })),
      },
    });
    return { client, entry, files };
  });
}

/** A lunch or a dinner is a meeting, too. */
function isMeeting(kind: LogKind): boolean {
  return kind === 'meeting' || kind === 'lunch' || kind === 'dinner';
}

function outOfHoursWhy(
  values: NewLog,
  client: Client,
  hours: { contact: ContactHours; phone: ContactHours },
): Reason | null {
  const begunByClient = values.kind === 'call' || values.kind === 'chat' || isMeeting(values.kind);
  if (!begunByClient || values.direction === 'out') return null;
  const agreed = values.kind === 'call' ? hours.phone : withWeek(hours.contact, client.hours, client.timeZone);
  return explain(agreed, values.at).why;
}
