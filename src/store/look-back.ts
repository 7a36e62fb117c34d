/** Reads what the look back at a client who is gone is made of (rules/look-back): all of his record. Writes nothing. */
import type { Client } from '../rules/client.ts';
import { type LookBack, lookBack } from '../rules/look-back.ts';
import { sumsByCurrency } from '../rules/money.ts';
import type { Settings } from '../rules/settings.ts';
import { median } from '../rules/sign.ts';
import { earliest, type Instant } from '../rules/time.ts';
import { clientRecords } from './client-facts.ts';
import type { Reader } from './database.ts';
import type { StoredExit } from './exits.ts';
import { logEntries } from './log-entries.ts';
import { listLetters } from './outbox.ts';

const always = 0 as Instant;

/** @returns also what others bring in for an hour; null: not known */
export function readLookBack(
  r: Reader,
  settings: Settings,
  client: Client,
  exit: StoredExit,
): LookBack & { usualRate: { cents: number; currency: string } | null } {
  const endedAt = exit.endedAt ?? exit.sentAt ?? exit.proposedAt;
  const [record] = clientRecords(r, settings, { now: endedAt, since: always, clientId: client.id });
  if (record === undefined) throw new Error(`client ${client.id} is not in the register`);
  const spent = sumsByCurrency(logEntries(r, client.id).flatMap(({ cost }) => cost ?? []));
  const { facts, invoices } = record;
  const answeredAt = firstAnswer(r, client, exit);
  const zone = settings.owner.timeZone;
  return {
    ...lookBack({ facts, invoices, spent, answeredAt, endedAt, zone }),
    usualRate: usualRate(facts.others),
  };
}

/** The first letter that drew a line or paused the work; else the day on which the end was proposed. */
function firstAnswer(r: Reader, client: Client, exit: StoredExit): Instant {
  const letters = listLetters(r, { clientId: client.id, states: ['sent', 'filed'] });
  const told = letters.filter(({ kind, effect }) => kind.startsWith('boundary-') || effect === 'pause');
  return earliest(exit.proposedAt, ...told.flatMap(({ sentAt }) => sentAt ?? []));
}

function usualRate(others: readonly { currency: string; perHourCents: number | null }[]) {
  const rates = others.flatMap(({ currency, perHourCents }) =>
    perHourCents === null ? [] : [{ currency, cents: perHourCents }],
  );
  const currency = rates[0]?.currency;
  if (currency === undefined) return null;
  return {
    cents: Math.round(median(rates.filter((one) => one.currency === currency).map((one) => one.cents))),
    currency,
  };
}
