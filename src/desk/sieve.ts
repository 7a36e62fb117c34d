/**
 * The Sieve script of the coming year, from the contact hours and the register of clients. Reads only; what a script is
 * made of stands in rules/sieve.
 */
import { outOfHoursKeyword } from '../rules/message.ts';
import { type HoursFor, sieveScript } from '../rules/sieve.ts';
import { hoursFor, type Settings } from '../rules/settings.ts';
import { dayMs, type Instant, plus } from '../rules/time.ts';
import { listClients } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';

export interface Sieve {
  script: string;
  from: Instant;
  /** it does nothing from here on: then a new one is made */
  until: Instant;
}

/** @param head lines of explanation, in words, for the day on which it ends */
export function sieveOfHours(
  r: Reader,
  settings: Pick<Settings, 'hours'>,
  { now, days, head }: { now: Instant; days: number; head: (until: Instant) => readonly string[] },
): Sieve {
  const until = plus(now, days * dayMs);
  const facts = { from: now, until, keyword: outOfHoursKeyword, head: head(until) };
  return { script: sieveScript({ ...facts, groups: groupsOf(r, settings) }), from: now, until };
}

/** Clients with hours of their own are asked apart. */
function groupsOf(r: Reader, settings: Pick<Settings, 'hours'>): HoursFor[] {
  const groups = new Map<string, HoursFor & { addresses: string[]; domains: string[] }>();
  for (const client of listClients(r)) {
    const key = client.hours === null ? '' : JSON.stringify([client.hours, client.timeZone]);
    const group = groups.get(key) ?? { hours: hoursFor(settings, client), addresses: [], domains: [] };
    group.addresses.push(...client.addresses);
    group.domains.push(...client.domains);
    groups.set(key, group);
  }
  return [...groups.values()];
}
