/**
 * Clients proposed from the mailbox: who writes with the owner both ways, each with the reason where it is not ticked. What
 * she ticks becomes a client, in one transaction; what she takes the tick from is remembered. Sends nothing.
 */
import { AppError } from '../errors.ts';
import type { Client } from '../rules/client.ts';
import { type Correspondents, correspondents, type Proposal } from '../rules/correspondents.ts';
import type { Language } from '../rules/language.ts';
import { dayMs, dayOf, type Instant, type LocalDay, plus, type TimeZone } from '../rules/time.ts';
import { clientById, listClients, nameKey } from '../store/clients.ts';
import { exchangedSince } from '../store/correspondence.ts';
import type { Reader, Writer } from '../store/database.ts';
import { factOf, setFact } from '../store/facts.ts';
import { newestMessageId } from '../store/messages.ts';
import { changeIn, registerIn } from './clients.ts';
import { act, type DeskParts } from './parts.ts';

export interface Owner {
  addresses: readonly string[];
  colleagues: readonly string[];
  language: Language;
  timeZone: TimeZone;
}

/** @throws AppError 'not-found' when no mail was read yet */
export function proposedClients(
  r: Reader,
  owner: Owner,
  { now, days }: { now: Instant; days: number },
): Correspondents {
  if (newestMessageId(r) === 0) throw new AppError('not-found', { code: 'no-mail-read' });
  return correspondents(exchangedSince(r, plus(now, -days * dayMs)), {
    own: owner.addresses.map((address) => address.toLowerCase()),
    colleagues: owner.colleagues,
    clients: listClients(r),
    declined: declinedIn(r),
    zone: owner.timeZone,
  });
}

/** What was not ticked although it was proposed. */
const declinedKey = 'learn/declined';

function declinedIn(r: Reader): Map<string, LocalDay> {
  return new Map(JSON.parse(factOf(r, declinedKey) ?? '[]') as [string, LocalDay][]);
}

/** @param choice.declined proposals that she took the tick from */
export function takeClients(
  desk: DeskParts,
  owner: Owner,
  choice: { chosen: readonly Proposal[]; declined: readonly Proposal[] },
): Client[] {
  return act(desk, (w) => {
    const clients = choice.chosen.map((proposal) => taken(w, proposal, owner.language));
    noteDeclined(w, owner, choice);
    return clients;
  });
}

function taken(w: Writer, proposal: Proposal, usual: Language): Client {
  const { addresses, domain, contactName, doubt, received, sent } = proposal;
  const why = { code: 'you-ticked', received, sent } as const;
  const client = doubt?.code === 'of-client' ? clientById(w, doubt.id) : undefined;
  if (client !== undefined) {
    return changeIn(w, client, { addresses: [...client.addresses, ...addresses] }, why).client;
  }
  const values = {
    contactName,
    addresses,
    domains: domain === null ? [] : [domain],
    language: proposal.language?.value ?? usual,
    tone: proposal.tone?.value ?? 'formal',
  };
  return registerIn(w, { name: freeName(w, proposal), ...values }, why);
}

/** Two companies may be called the same, and so may two people. */
function freeName(r: Reader, { name, key }: Proposal): string {
  const isTaken = listClients(r).some((client) => nameKey(client.name) === nameKey(name));
  return isTaken ? `${name} (${key})` : name;
}

function noteDeclined(
  w: Writer,
  { timeZone }: Owner,
  { chosen, declined }: { chosen: readonly Proposal[]; declined: readonly Proposal[] },
): void {
  const known = declinedIn(w);
  for (const { key } of chosen) known.delete(key);
  for (const { key } of declined) if (!known.has(key)) known.set(key, dayOf(w.now, timeZone));
  setFact(w, declinedKey, JSON.stringify([...known]));
}
