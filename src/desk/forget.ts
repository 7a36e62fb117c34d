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
import { count } from '../rules/words.ts';
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
import { openByCurrency } from '../rules/money.ts';
import { sumInWords } from '../rules/words.ts';

export interface ForgetView {
  client: Client;
  holdings: Holdings;
  /** why it should wait, each as a clause; empty when nothing is in the way */
  reasons: string[];
  /** a letter is being handed over at this moment: nothing helps but waiting */
  isSending: boolean;
  /** it was done before */
  isDone: boolean;
}

export function viewForget(r: Reader, who: string, { now, zone }: { now: Instant; zone: TimeZone }): ForgetView {
  const client = findClient(r, who);
  const leaving = listLetters(r, { clientId: client.id, states: ['queued', 'sending', 'unsure'] });
  return {
    client,
    holdings: holdingsOf(r, client, invoicesKeptFrom(dayOf(now, zone))),
    reasons: [
      ...leaving.map((letter) => `letter ${letter.id} is ${letter.state}`),
      ...(openExitOf(r, client.id) === undefined ? [] : ['an exit is running']),
      ...owedOf(r, client),
    ],
    isSending: leaving.some((letter) => letter.state === 'sending'),
    isDone: isForgotten(r, client.id),
  };
}

function owedOf(r: Reader, client: Client): string[] {
  const open = listInvoices(r, { clientId: client.id, state: 'open' });
  return openByCurrency(open.map((invoice) => ({ openCents: openCents(invoice), currency: invoice.currency }))).map(
    ({ cents, currency }) => `${sumInWords(cents, currency)} is owed`,
  );
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
  throw new AppError('conflict', `${client.name} cannot be forgotten yet: ${reasons.join('; ')}`, {
    next: isSending
      ? 'A letter is on the wire at this moment: try again in a minute.'
      : 'Settle it first. With --even-so what waits is dropped unsent, an exit ends without its letter, and what is owed stays in the books while nobody is reminded of it.',
  });
}

function folded(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

function namesThePerson(): AppError {
  return new AppError('bad-input', { code: 'reason-names-person' });
}

/** What goes, and what stays and why, as sentences. */
export function forgetWords(holdings: Holdings): { goes: string; stays: string } {
  const { messages, letters, records, entries, invoices, oldInvoices } = holdings;
  const old = oldInvoices === 0 ? '' : `, ${count(oldInvoices, 'invoice')} of more than ten years ago`;
  return {
    goes: `${count(messages, 'message')}, ${count(letters, 'letter')}, ${count(records, 'record')} (log, projects, marks, requests, exits, holds), the texts of ${entries} journal entries, name, addresses, terms and notes${old}`,
    stays:
      invoices === 0
        ? 'that there was a client, in the journal, without a text'
        : `${count(invoices, 'invoice')} as number, days and sums, without a name: Italian law wants them kept for ten years (Civil Code, article 2220; GDPR, Article 17(3)(b))`,
  };
}
