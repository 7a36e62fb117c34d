/** Stores in temporary folders, and the nouns that go into them. No expectations here. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { AppError } from '../../src/errors.ts';
import type { Client } from '../../src/rules/client.ts';
import type { Letter, LetterState } from '../../src/rules/letter.ts';
import { legalMoves } from '../../src/rules/letter.ts';
import type { ParsedMail } from '../../src/rules/message.ts';
import { type Instant, instant, type LocalDay } from '../../src/rules/time.ts';
import { addClient, type NewClient } from '../../src/store/clients.ts';
import { openStore, type Reader, type Store, type Writer } from '../../src/store/database.ts';
import { type Connection, Sqlite } from '../../src/store/driver.ts';
import { type Folder, folderOf, putFolder } from '../../src/store/folders.ts';
import { addInvoice, type NewInvoice } from '../../src/store/invoices.ts';
import { type Arrival, recordArrival } from '../../src/store/messages.ts';
import * as outbox from '../../src/store/outbox.ts';
import { asWritten } from '../../src/rules/reason.ts';

export const now = instant('2026-11-23T09:00:00Z');
export const later = instant('2026-11-23T10:00:00Z');
export const own = 'anna@studio.example';

export function day(text: string): LocalDay {
  return text as LocalDay;
}

export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'paletti-store-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export function memoryStore(): Store {
  const store = openStore(':memory:');
  onTestFinished(() => store.close());
  return store;
}

/** Closed by the test, or at its end. */
export function fileStore(path = join(tempDir(), 'paletti.db')): Store {
  const store = openStore(path);
  onTestFinished(() => store.close());
  return store;
}

/** Another connection to the same file, past the store: somebody's hand. */
export function rawConnection(path: string, options: { timeout?: number } = {}): Connection {
  const connection = new Sqlite(path, options);
  onTestFinished(() => void connection.close());
  return connection;
}

/** A store of one transaction: what the test writes and reads. */
export function inStore<T>(fn: (w: Writer) => T): T {
  return memoryStore().write(now, fn);
}

export function faultOf(act: () => unknown): AppError {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('expected a fault');
}

export function client(w: Writer, values: Partial<NewClient> = {}): Client {
  return addClient(w, { name: 'Bianchi', addresses: ['luca@bianchi.example'], ...values });
}

export function invoice(w: Writer, values: Partial<NewInvoice> & { clientId: number }) {
  const totalCents = values.totalCents ?? 122_000;
  return addInvoice(w, {
    number: '2026/1',
    issuedOn: day('2026-10-01'),
    currency: 'EUR',
    project: null,
    instalments: [{ dueOn: day('2026-10-31'), amountCents: totalCents }],
    ...values,
    totalCents,
  });
}

export function folder(w: Writer, values: Partial<Folder> = {}): Folder {
  const place = values.place ?? values.role ?? 'inbox';
  const known = folderOf(w, 'studio', place);
  const path = place === 'inbox' ? 'INBOX' : 'Sent';
  return known !== undefined && values.uidValidity === undefined
    ? known
    : putFolder(w, { mailbox: 'studio', place, path, uidValidity: '1', uidMark: 0, historyUpTo: 0, ...values });
}

export function mail(values: Partial<ParsedMail> = {}): ParsedMail {
  return {
    messageId: null,
    inReplyTo: [],
    references: [],
    from: { name: 'Luca Bianchi', address: 'luca@bianchi.example' },
    sender: null,
    replyTo: [],
    to: [{ name: 'Anna', address: own }],
    cc: [],
    subject: 'Preventivo',
    dateHeader: null,
    headers: [{ name: 'subject', value: 'Preventivo' }],
    contentType: 'text/plain',
    contentTypeParameters: {},
    partTypes: ['text/plain'],
    calendarMethod: null,
    text: 'Buongiorno',
    newText: 'Buongiorno',
    attachments: [],
    reportedMessageIds: [],
    unwrapped: false,
    ...values,
  };
}

let nextUid = 1;

export function arrival(values: Partial<Arrival> = {}): Arrival {
  const uid = values.uid ?? nextUid++;
  return {
    uid,
    receivedAt: now,
    sizeBytes: 1234,
    flags: [],
    contentHash: `hash of ${uid}`,
    truncated: false,
    mail: mail(),
    fault: null,
    ...values,
  };
}

/** Records one message and returns its id. */
export function message(
  w: Writer,
  values: Partial<ParsedMail> = {},
  options: { role?: 'inbox' | 'sent'; arrival?: Partial<Arrival>; history?: boolean } = {},
): number {
  const into = folder(w, { role: options.role ?? 'inbox' });
  const came = arrival({ mail: mail(values), ...options.arrival });
  return recordArrival(w, into, came, { history: options.history ?? false, ownAddresses: [own] }).id;
}

export function newLetter(values: Partial<outbox.NewLetter> = {}): outbox.NewLetter {
  return {
    key: 'dunning/1/1/reminder',
    kind: 'payment-reminder',
    mailbox: 'studio',
    clientId: null,
    answersMessageId: null,
    windowId: null,
    caseId: null,
    step: null,
    language: 'it',
    tone: 'formal',
    recipient: 'luca@bianchi.example',
    recipientName: 'Luca Bianchi',
    sender: own,
    subject: 'Sollecito',
    text: 'Gentile cliente',
    facts: { total: '10' },
    approval: 'auto',
    notBefore: now,
    why: asWritten('three days after it was due'),
    inReplyTo: null,
    references: [],
    ...values,
  };
}

export function letter(w: Writer, values: Partial<outbox.NewLetter> = {}): Letter {
  const put = outbox.putLetter(w, newLetter(values));
  if (put === undefined) throw new Error('the key was taken');
  return put;
}

export function frozen(id = 'a'): outbox.Frozen {
  return { messageId: `<${id}@studio.example>`, bytes: Buffer.from(`bytes of ${id}`), sha256: 'f'.repeat(64) };
}

/** A letter walked into a state by the moves of the outbox itself. */
export function letterIn(w: Writer, state: LetterState, values: Partial<outbox.NewLetter> = {}): Letter {
  const { id } = letter(w, { key: `in/${state}`, ...values });
  for (const step of wayTo(state)) walk(w, id, step, frozen(state));
  return outbox.letterById(w, id) as Letter;
}

function wayTo(state: LetterState): LetterState[] {
  const way: Record<LetterState, LetterState[]> = {
    held: [],
    queued: ['queued'],
    sending: ['queued', 'sending'],
    sent: ['queued', 'sending', 'sent'],
    filed: ['queued', 'sending', 'sent', 'filed'],
    failed: ['queued', 'sending', 'failed'],
    unsure: ['queued', 'sending', 'unsure'],
    dropped: ['dropped'],
  };
  return way[state];
}

function walk(w: Writer, id: number, to: LetterState, bytes: outbox.Frozen): void {
  const steps: Partial<Record<LetterState, () => boolean>> = {
    queued: () => outbox.release(w, id),
    sending: () => outbox.claim(w, id, bytes),
    sent: () => outbox.markSent(w, id),
    filed: () => outbox.markFiled(w, id),
    failed: () => outbox.fail(w, id, asWritten('550 no such user')),
    unsure: () => outbox.doubt(w, id, asWritten('the line was lost')),
    dropped: () => outbox.drop(w, id, 'system', asWritten('paid')),
  };
  if (steps[to]?.() !== true) throw new Error(`could not walk to ${to}`);
}

export const allStates = Object.keys(legalMoves) as LetterState[];

/** A reader that asks SQLite how it would find what is asked for. */
export function planning(r: Reader): { reader: Reader; plans: string[]; asked: string[] } {
  const plans: string[] = [];
  const asked: string[] = [];
  const explain: Reader['all'] = (sql, ...bindings) => {
    asked.push(sql);
    for (const { detail } of r.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...bindings)) plans.push(detail);
    return r.all(sql, ...bindings);
  };
  const reader: Reader = { ...r, all: explain, get: (sql, ...bindings) => explain(sql, ...bindings)[0] as never };
  return { reader, plans, asked };
}

export function minutesAfter(from: Instant, minutes: number): Instant {
  return (from + minutes * 60_000) as Instant;
}
