/** Money that waits because of mail, again and again: what the record says of it, with the sum. Reads only. */
import type { Client } from '../rules/client.ts';
import { openSums } from '../rules/dunning.ts';
import { type HoldReason, rowOfHolds } from '../rules/hold.ts';
import type { Settings } from '../rules/settings.ts';
import { dayOf, type Instant } from '../rules/time.ts';
import { count, dayInWords } from '../rules/words.ts';
import { listCases, openCasesOf } from '../store/cases.ts';
import { clientById } from '../store/clients.ts';
import type { Reader, Writer } from '../store/database.ts';
import { listHolds } from '../store/holds.ts';
import { debtsOfClient } from '../store/invoices.ts';
import { type Reason, asWritten } from '../rules/reason.ts';
import { say } from '../words/voice.ts';
import type { Told } from '../rules/told.ts';

export interface WaitingMoney {
  clientId: number;
  client: string;
  /** what is open and overdue or not, in words, as in '1220.00 EUR' */
  sum: string;
  /** how often letters were held for mail since then */
  times: number;
  since: Instant;
  why: Reason;
}

const nouns: Partial<Record<HoldReason, string>> = {
  reply: 'an answer',
  bounce: 'a letter that came back',
  'out-of-office': 'an absence',
  'payment-claimed': 'a claim of payment',
};

/** @returns null when no money is open, or mail has held it only once */
function waitingOf(r: Reader, { owner }: Settings, client: Client, now: Instant): WaitingMoney | null {
  const row = rowOfHolds(listHolds(r, client.id), now);
  if (row === null) return null;
  const sum = openSums(openCasesOf(r, client.id).flatMap(({ currency }) => debtsOfClient(r, client.id, currency)));
  if (sum === '') return null;
  const reasons = [...new Set(row.reasons)].map((reason) => nouns[reason] ?? reason).join(', ');
  const why = `held ${count(row.count, 'time')} by mail since ${dayInWords(dayOf(row.since, owner.timeZone))} (${reasons})`;
  return { clientId: client.id, client: client.name, sum, times: row.count, since: row.since, why: asWritten(why) };
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
  return {
    code: 'as-written',
    text: `${waiting.sum} of ${client.name} keep waiting: ${say(waiting.why, 'en')}.`,
    next: `See: paletti clients show ${client.id}; to let the letters go: paletti clients release ${client.id}`,
  };
}
