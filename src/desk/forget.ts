/**
 * Erasing a client on request: what is in the way, what would go and what stays, and the act itself. Asks nobody: the
 * command does. Backups, dossiers, logs and the mails on the server are the owner's affair.
 */
import { AppError } from '../errors.ts';
import type { Client } from '../rules/client.ts';
import { openCents } from '../rules/invoice.ts';
import { asWritten, type Reason } from '../rules/reason.ts';
import { invoicesKeptFrom } from '../rules/retention.ts';
import { dayOf, type Instant, type TimeZone } from '../rules/time.ts';
import { findClient } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { openExitOf } from '../store/exits.ts';
import {
  forget,
  type Holdings,
  holdingsOf,
  isForgotten,
  names,
  type Remain,
  remainsOf,
  tracesOf,
} from '../store/forget.ts';
import { listInvoices } from '../store/invoices.ts';
import { listLetters } from '../store/outbox.ts';
import { act, type DeskParts } from './parts.ts';
import { openByCurrency, type Sum } from '../rules/money.ts';

const leavingStates = ['queued', 'sending', 'unsure'] as const;
type LeavingState = (typeof leavingStates)[number];

export interface ForgetView {
  client: Client;
  holdings: Holdings;
  /** why it should wait; empty when nothing is in the way */
  reasons: Reason[];
  /** a letter is being handed over at this moment: nothing helps but waiting */
  isSending: boolean;
  /** it was done before */
  isDone: boolean;
}

export function viewForget(r: Reader, who: string, { now, zone }: { now: Instant; zone: TimeZone }): ForgetView {
  const client = findClient(r, who);
  const leaving = listLetters(r, { clientId: client.id, states: leavingStates });
  return {
    client,
    holdings: holdingsOf(r, client, invoicesKeptFrom(dayOf(now, zone))),
    reasons: [
      ...leaving.map(({ id, state }) => ({ code: 'letter-on-its-way', id, state: state as LeavingState }) as const),
      ...(openExitOf(r, client.id) === undefined ? [] : [{ code: 'exit-is-running' } as const]),
      ...owedOf(r, client).map((sum) => ({ code: 'sum-is-owed', sum }) as const),
    ],
    isSending: leaving.some((letter) => letter.state === 'sending'),
    isDone: isForgotten(r, client.id),
  };
}

function owedOf(r: Reader, client: Client): Sum[] {
  const open = listInvoices(r, { clientId: client.id, state: 'open' });
  return openByCurrency(open.map((invoice) => ({ openCents: openCents(invoice), currency: invoice.currency })));
}

export interface ForgetOptions {
  zone: TimeZone;
  /** the client's name as it stands in the register */
  typed: string;
  evenSo: boolean;
  /** for the journal; names nobody; '': that the person asked for it */
  why: string;
}

/**
 * Erases the client, and then writes the file anew, so that nothing of it can be read out of the database. Done again,
 * only the second half is.
 * @returns what was erased, and where others' records still mention the person
 * @throws AppError 'bad-input' for another name; 'conflict' when something is in the way
 */
export function forgetClient(
  desk: DeskParts,
  who: string,
  options: ForgetOptions,
): { client: Client; holdings: Holdings; remains: Remain[]; wasDone: boolean } {
  const traces = desk.store.read((r) => tracesOf(r, findClient(r, who)));
  const done = act(desk, (w) => {
    const view = viewForget(w, who, { now: w.now, zone: options.zone });
    if (view.isDone) return view;
    refuse(view, options);
    if (names(options.why, traces)) throw namesThePerson();
    const keepFrom = invoicesKeptFrom(dayOf(w.now, options.zone));
    const why: Reason = options.why === '' ? { code: 'person-asked' } : asWritten(options.why);
    return { ...view, holdings: forget(w, view.client, { why, keepFrom }) };
  });
  desk.store.scrub();
  const { client, holdings, isDone: wasDone } = done;
  return { client, holdings, wasDone, remains: wasDone ? [] : desk.store.read((r) => remainsOf(r, traces)) };
}

function refuse({ client, reasons, isSending }: ForgetView, { typed, evenSo }: ForgetOptions): void {
  if (folded(typed) !== folded(client.name)) throw new AppError('bad-input', { code: 'wrong-name', name: client.name });
  if (reasons.length === 0 || (evenSo && !isSending)) return;
  throw new AppError('conflict', { code: 'not-forgotten-yet', client: client.name, because: reasons, isSending });
}

function folded(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

function namesThePerson(): AppError {
  return new AppError('bad-input', { code: 'reason-names-person' });
}
