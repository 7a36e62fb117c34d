import { describe, expect, it, onTestFinished } from 'vitest';
import { listCases, openCase } from '../../src/store/cases.ts';
import { listClients } from '../../src/store/clients.ts';
import type { Store } from '../../src/store/database.ts';
import { factOf, setFact } from '../../src/store/facts.ts';
import { addHold, listHolds } from '../../src/store/holds.ts';
import { listInvoices, recordPayment } from '../../src/store/invoices.ts';
import { entries, note, verifyJournal } from '../../src/store/journal.ts';
import { listMessages, messageById, saveJudgement, unjudged } from '../../src/store/messages.ts';
import { notice, settleNotices, unseenNotices } from '../../src/store/notices.ts';
import * as outbox from '../../src/store/outbox.ts';
import { lastRun, recordRun } from '../../src/store/runs.ts';
import { openWindow, openWindows, openWindowsWithSubject, waiveWindow, windowById } from '../../src/store/windows.ts';
import {
  allStates,
  client,
  day,
  fileStore,
  invoice,
  later,
  letter,
  letterIn,
  memoryStore,
  message,
  minutesAfter,
  now,
} from './make.ts';
import { told } from '../support/in-words.ts';
import { asWritten } from '../../src/rules/reason.ts';

function copyOf(store: Store): Store {
  const copy = store.copyToMemory();
  onTestFinished(() => copy.close());
  return copy;
}

const judgement = {
  kind: 'human' as const,
  outOfHours: false,
  outOfHoursWhy: null,
  minutesToOpening: null,
  windowId: null,
  reason: 'in-hours',
  why: asWritten('A client wrote.'),
};

const seen = (of: Store) =>
  of.read((r) => [
    listClients(r),
    listInvoices(r),
    listCases(r),
    listHolds(r),
    outbox.listLetters(r),
    factOf(r, 'a'),
    lastRun(r, 'dun'),
    outbox.listLetters(r, { states: ['sending', 'unsure', 'failed'] }).map(({ id }) => outbox.bytesOf(r, id)),
  ]);

describe.each([
  ['a file', fileStore],
  ['a store in memory', memoryStore],
])('a copy of %s', (_what, open) => {
  it('has the register, the money and all letters', () => {
    const store = open();
    store.write(now, (w) => {
      const { id } = invoice(w, { clientId: client(w).id });
      recordPayment(w, id, { amountCents: 5, receivedOn: day('2026-11-01'), reference: null });
      openCase(w, 1, 'EUR');
      addHold(w, { scope: 'client', scopeId: 1, reason: 'manual', until: null, note: null });
      setFact(w, 'a', '1');
      recordRun(w, { job: 'dun', startedAt: now, outcome: 'ok', detail: '' });
      for (const state of allStates) letterIn(w, state);
    });
    expect(seen(copyOf(store))).toEqual(seen(store));
  });

  it('has the messages that somebody waits for, and leaves out the others', () => {
    const store = open();
    const ids = store.write(now, (w) => {
      client(w);
      const [waits, joined, answered, done, about] = [1, 2, 3, 4, 5].map((n) =>
        message(w, { subject: `Mail ${n}` }),
      ) as [number, number, number, number, number];
      const fresh = message(w);
      const threadOf = (id: number) => messageById(w, id)?.threadId as number;
      const window = { clientId: 1, openedAt: now, dueAt: later };
      const opened = openWindow(w, { ...window, threadId: threadOf(waits), openedBy: waits });
      const closed = openWindow(w, { ...window, threadId: threadOf(answered), openedBy: answered });
      waiveWindow(w, closed.id);
      saveJudgement(w, waits, { ...judgement, windowId: opened.id });
      saveJudgement(w, joined, { ...judgement, windowId: opened.id });
      saveJudgement(w, answered, { ...judgement, windowId: closed.id });
      for (const id of [done, about]) saveJudgement(w, id, judgement);
      letter(w, { answersMessageId: about, windowId: closed.id });
      return { kept: [fresh, about, joined, waits], fresh, closed: closed.id };
    });
    const copy = copyOf(store);
    expect(copy.read((r) => listMessages(r).map(({ id }) => id))).toEqual(ids.kept);
    expect(copy.read((r) => unjudged(r, 10))).toEqual(store.read((r) => unjudged(r, 10)));
    expect(copy.read((r) => openWindows(r))).toEqual(store.read((r) => openWindows(r)));
    expect(copy.read((r) => openWindowsWithSubject(r, 1, 'mail 1'))).toHaveLength(1);
    expect(copy.read((r) => windowById(r, ids.closed)?.state)).toBe('waived');
  });

  it('lives its own life: nothing written to it reaches the original', () => {
    const store = open();
    store.write(now, (w) => {
      letter(w, { clientId: client(w).id });
      note(w, { kind: 'a', subject: 'b', why: asWritten('c') });
    });
    const copy = copyOf(store);
    copy.write(later, (w) => {
      client(w, { name: 'Verdi', addresses: ['v@verdi.example'] });
      outbox.release(w, 1);
      note(w, { kind: 'd', subject: 'e', why: asWritten('f') });
      message(w, {}, { arrival: { receivedAt: minutesAfter(now, 1) } });
    });
    expect(store.read((r) => [listClients(r).length, listMessages(r).length, outbox.letterById(r, 1)?.state])).toEqual([
      1,
      0,
      'held',
    ]);
    expect(store.read(verifyJournal)).toMatchObject({ ok: true, count: 1 });
    expect(copy.path).toBe(':memory:');
  });

  it('tells nobody what happens in it: no journal, no notices, no runs', () => {
    const store = open();
    store.write(now, (w) => {
      note(w, { kind: 'a', subject: 'b', why: asWritten('c') });
      notice(w, 'matter/1', told('Something happened.'));
    });
    const copy = copyOf(store);
    copy.write(later, (w) => {
      note(w, { kind: 'd', subject: 'e', why: asWritten('f') });
      expect(notice(w, 'matter/2', told('Something else happened.'))).toBe(true);
      settleNotices(w, 'matter/2');
      recordRun(w, { job: 'dun', startedAt: later, outcome: 'ok', detail: '' });
    });
    expect(copy.read((r) => [entries(r), unseenNotices(r), lastRun(r, 'dun')])).toEqual([[], [], undefined]);
    expect(store.read((r) => [entries(r).length, unseenNotices(r).length])).toEqual([1, 1]);
  });

  it('keeps the rules of the schema', () => {
    const copy = copyOf(open());
    expect(copy.read((r) => r.get('PRAGMA foreign_keys'))).toEqual({ foreign_keys: 1 });
    expect(() => copy.write(now, (w) => openCase(w, 99, 'EUR'))).toThrow(/FOREIGN KEY/);
  });

  it('can be copied again', () => {
    const store = open();
    store.write(now, (w) => client(w));
    expect(copyOf(copyOf(store)).read(listClients)).toHaveLength(1);
  });
});
