/** A real database and a clock that is turned by hand, for the acts at the desk. */
import { onTestFinished } from 'vitest';
import { HandClock } from '../../src/clock.ts';
import { type ImportOptions, importInvoices, type InvoiceImport } from '../../src/desk/import-invoices.ts';
import { type DeskParts, tried } from '../../src/desk/parts.ts';
import { AppError } from '../../src/errors.ts';
import type { NewLetter } from '../../src/store/outbox.ts';
import { instant, type LocalDay } from '../../src/rules/time.ts';
import { openStore } from '../../src/store/database.ts';
import { entries } from '../support/in-words.ts';
import { asWritten } from '../../src/rules/reason.ts';

export interface TestDesk extends DeskParts {
  clock: HandClock;
}

/** Monday 23 November 2026, ten in the morning in Rome. */
export function openTestDesk(now = '2026-11-23T10:00:00+01:00'): TestDesk {
  const store = openStore(':memory:');
  onTestFinished(() => store.close());
  return { store, clock: new HandClock(instant(now)) };
}

/** As `invoices import --yes` does it; with `isReal: false` as its preview. */
export function importFile(desk: DeskParts, bytes: Uint8Array, options: ImportOptions, isReal = true): InvoiceImport {
  return tried(desk, isReal, (w) => importInvoices(w, bytes, options));
}

export const zone = 'Europe/Rome';

export function day(text: string): LocalDay {
  return text as LocalDay;
}

export function journalKinds(desk: DeskParts): string[] {
  return desk.store.read((r) => entries(r).map((entry) => entry.kind));
}

export function refusal(act: () => unknown): AppError {
  try {
    act();
  } catch (fault) {
    if (fault instanceof AppError) return fault;
    throw fault;
  }
  throw new Error('it was accepted');
}

export function letter(desk: DeskParts, values: Partial<NewLetter> = {}): NewLetter {
  return {
    key: 'dunning/1/1/payment-reminder',
    kind: 'payment-reminder',
    mailbox: 'studio',
    clientId: null,
    answersMessageId: null,
    windowId: null,
    caseId: null,
    step: null,
    language: 'it',
    tone: 'formal',
    recipient: 'laura@bianchi.example',
    recipientName: 'Laura Bianchi',
    sender: 'anna@studio.example',
    subject: 'Promemoria',
    text: 'Gentile Laura,\n\nun promemoria.\n',
    facts: {},
    approval: 'ask',
    notBefore: desk.clock.now(),
    why: asWritten('three days late'),
    inReplyTo: null,
    references: [],
    ...values,
  } as NewLetter;
}
