/** Money that waits because of mail, again and again: what the record says of it, with the sum. Reads only. */
import type { Client } from '../rules/client.ts';
import { rowOfHolds } from '../rules/hold.ts';
import type { Settings } from '../rules/settings.ts';
import { openByCurrency, type Sum } from '../rules/money.ts';
import { dayOf, type Instant } from '../rules/time.ts';
import { listCases, openCasesOf } from '../store/cases.ts';
import { clientById } from '../store/clients.ts';
import type { Reader, Writer } from '../store/database.ts';
import { listHolds } from '../store/holds.ts';
import { debtsOfClient } from '../store/invoices.ts';
import type { Reason } from '../rules/reason.ts';
import { type Told, named } from '../rules/told.ts';

export interface WaitingMoney {
  clientId: number;
  client: string;
  /** what is open, overdue or not; not empty */
  open: readonly Sum[];
  /** how often letters were held for mail since then */
  times: number;
  since: Instant;
  why: Reason;
}

/** @returns null when no money is open, or mail has held it only once */
function waitingOf(r: Reader, { owner }: Settings, client: Client, now: Instant): WaitingMoney | null {
  const row = rowOfHolds(listHolds(r, client.id), now);
  if (row === null) return null;
  const open = openByCurrency(
    openCasesOf(r, client.id).flatMap(({ currency }) => debtsOfClient(r, client.id, currency)),
  );
  if (open.length === 0) return null;
  const { count: times, since } = row;
  const reasons = [...new Set(row.reasons)];
  const why = { code: 'held-by-mail', times, since: dayOf(since, owner.timeZone), reasons } as const;
  return { clientId: client.id, client: client.name, open, times, since, why };
}

/** Of every client whose overdue money mail has held more than once lately. */
export function waitingMoney(r: Reader, settings: Settings, now: Instant): WaitingMoney[] {
  const ids = [...new Set(listCases(r, { state: 'open' }).map(({ clientId }) => clientId))];
  return ids.flatMap((id) => {
    const client = clientById(r, id);
    return client === undefined ? [] : (waitingOf(r, settings, client, now) ?? []);
  });
}

export function waitingNotice(w: Writer, settings: Settings, client: Client): Told | null {
  const waiting = waitingOf(w, settings, client, w.now);
  if (waiting === null) return null;
  return { code: 'money-waits', client: named(client), open: waiting.open, because: waiting.why };
}
