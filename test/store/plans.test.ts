/** With a million messages a scan is a minute: what the jobs ask on every pass has to go by an index. */
import { describe, expect, it } from 'vitest';
import { dayMs, type Instant } from '../../src/rules/time.ts';
import { caseOf, casesToLookAt, openCasesOf } from '../../src/store/cases.ts';
import { clientByAddress, editClient } from '../../src/store/clients.ts';
import type { Reader, Writer } from '../../src/store/database.ts';
import { activeHolds, expiredHolds } from '../../src/store/holds.ts';
import { debtsOfClient, dueWithoutCase, findInvoice } from '../../src/store/invoices.ts';
import { entries } from '../../src/store/journal.ts';
import * as messages from '../../src/store/messages.ts';
import { exitOfLetter, exitsOf, exitsToLookAt, openExitOf, openExits } from '../../src/store/exits.ts';
import * as requests from '../../src/store/requests.ts';
import { unseenNotices } from '../support/in-words.ts';
import * as outbox from '../../src/store/outbox.ts';
import * as queue from '../../src/store/outbox-queue.ts';
import { lastRun } from '../../src/store/runs.ts';
import * as windows from '../../src/store/windows.ts';
import { arrival, client, day, folder, mail, memoryStore, now, own, planning } from './make.ts';

const recipient = 'luca@bianchi.example';
const recent = (now - dayMs) as Instant;

const questions: [string, (r: Reader) => unknown][] = [
  ['unjudged', (r) => messages.unjudged(r, 100)],
  ['threadMessages', (r) => messages.threadMessages(r, 1)],
  ['wantedKeywords', (r) => messages.wantedKeywords(r, 'studio', 'inbox', 50)],
  ['messages of a client', (r) => messages.listMessages(r, { clientId: 1, limit: 20 })],
  ['messages since', (r) => messages.listMessages(r, { since: recent, limit: 20 })],
  ['messages out of hours', (r) => messages.listMessages(r, { outOfHours: true, limit: 20 })],
  ['messages unanswered', (r) => messages.listMessages(r, { unanswered: true })],
  ['messages of the owner', (r) => messages.listMessages(r, { role: 'sent', limit: 20 })],
  ['waitingIn', (r) => messages.waitingIn(r, { id: 1, uidValidity: '1' })],
  ['draftsIn', (r) => messages.draftsIn(r, { id: 1, uidValidity: '1' }, recent)],
  ['openWindows', (r) => windows.openWindows(r)],
  ['openWindows of a client', (r) => windows.openWindows(r, { clientId: 1 })],
  ['openWindows before', (r) => windows.openWindows(r, { dueBefore: now })],
  ['openWindowOfThread', (r) => windows.openWindowOfThread(r, 1)],
  ['openWindowsWithSubject', (r) => windows.openWindowsWithSubject(r, 1, 'preventivo')],
  ['heldDue', (r) => queue.heldDue(r, now)],
  ['isAnyMoving', (r) => queue.isAnyMoving(r, now)],
  ['approvalsDue', (r) => queue.approvalsDue(r, ['work-paused', 'final-report'], now)],
  ['countCapped', (r) => queue.countCapped(r)],
  ['queuedDue', (r) => queue.queuedDue(r, now)],
  ['waitingForApproval', (r) => queue.waitingForApproval(r)],
  ['inState', (r) => queue.inState(r, 'sent')],
  ['nextMove', (r) => queue.nextMove(r, now)],
  ['sentSince', (r) => queue.sentSince(r, recent)],
  ['sentSince of a client', (r) => queue.sentSince(r, recent, { clientId: 1 })],
  ['sentSince to an address', (r) => queue.sentSince(r, recent, { recipient })],
  ['lastSentTo', (r) => queue.lastSentTo(r, recipient, ['acknowledgement'])],
  ['lastWrittenTo', (r) => queue.lastWrittenTo(r, recipient, ['acknowledgement'])],
  ['letterByMessageId', (r) => outbox.letterByMessageId(r, '<a@b>')],
  ['letters of a case', (r) => outbox.listLetters(r, { caseId: 1 })],
  ['letters of a client', (r) => outbox.listLetters(r, { clientId: 1 })],
  ['casesToLookAt', (r) => casesToLookAt(r, now)],
  ['caseOf', (r) => caseOf(r, 1, 'EUR')],
  ['openCasesOf', (r) => openCasesOf(r, 1)],
  ['dueWithoutCase', (r) => dueWithoutCase(r, day('2026-11-23'))],
  ['debtsOfClient', (r) => debtsOfClient(r, 1, 'EUR')],
  ['expiredHolds', (r) => expiredHolds(r, now)],
  ['activeHolds', (r) => activeHolds(r, { clientId: 1, caseId: 1, invoiceIds: [1] })],
  ['clientByAddress', (r) => clientByAddress(r, recipient)],
  ['unseenNotices', (r) => unseenNotices(r)],
  ['lastRun', (r) => lastRun(r, 'dun')],
  ['requestsWaiting', (r) => requests.requestsWaiting(r)],
  ['requestsWaiting of a client', (r) => requests.requestsWaiting(r, 1)],
  ['listRequests of a client', (r) => requests.listRequests(r, { clientId: 1 })],
  ['requestOfMessage', (r) => requests.requestOfMessage(r, 1)],
  ['firstHumanMessage', (r) => requests.firstHumanMessage(r, 1, recent)],
  ['sentToClients', (r) => requests.sentToClients(r, recent, now)],
  ['openExitOf', (r) => openExitOf(r, 1)],
  ['openExits', (r) => openExits(r)],
  ['exitsOf', (r) => exitsOf(r, 1)],
  ['exitsToLookAt', (r) => exitsToLookAt(r, 'open', now)],
  ['exitsToLookAt of ended ones', (r) => exitsToLookAt(r, 'ended', now)],
  ['exitOfLetter', (r) => exitOfLetter(r, 'dunning/1/1/termination')],
  ['journal of a letter', (r) => entries(r, { subject: 'letter/1' })],
];

/** An index walked in its order is fine where LIMIT ends it, or where it holds only the open ones. */
const byPartialIndex =
  /USING (COVERING )?INDEX (messages_unjudged|messages_received|messages_out_of_hours|windows_open|windows_thread|notices_unseen|requests_open|exits_open|letters_acknowledging)\b/;

function scansOf(ask: (r: Reader) => unknown, r: Reader): string[] {
  const { reader, plans } = planning(r);
  ask(reader);
  expect(plans.length).toBeGreaterThan(0);
  const harmless = /^SCAN (\(subquery|constant row|CONSTANT ROW|\(compound|waiting$)/;
  return plans.filter((plan) => plan.startsWith('SCAN ') && !byPartialIndex.test(plan) && !harmless.test(plan));
}

describe.each(questions)('%s', (_name, ask) => {
  it('goes by an index', () => {
    expect(memoryStore().read((r) => scansOf(ask, r))).toEqual([]);
  });
});

describe('recording a message', () => {
  it('and adding a client’s address go by indexes', () => {
    memoryStore().write(now, (w) => {
      const into = folder(w);
      const { id } = client(w);
      const came = arrival({ mail: mail({ messageId: '<a@b.example>', references: ['<c@d.example>'] }) });
      const scans = scansOf((r) => {
        messages.recordArrival({ ...w, ...r } as Writer, into, came, { history: false, ownAddresses: [own] });
        editClient({ ...w, ...r } as Writer, id, { addresses: ['new@bianchi.example'], domains: ['bianchi.example'] });
      }, w);
      expect(scans).toEqual([]);
    });
  });
});

/**
 * Where a bound value is compared with a column by whose value a partial index chooses its rows, SQLite cannot know at
 * once whether the index holds them, and plans the statement anew whenever another value is bound.
 */
const chosenBy = (r: Reader): string[] => {
  const indexes = r.all<{ sql: string }>(
    "SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'messages'",
  );
  const conditions = indexes.map(({ sql }) => sql?.split(/\bWHERE\b/)[1] ?? '');
  return conditions.flatMap((text) => [...text.matchAll(/(\w+) = /g)].map((match) => match[1] as string));
};

const boundIn = (sql: string, columns: readonly string[]) =>
  columns.filter((column) => new RegExp(`\\b${column}\\s*(?:=|IS|<>)\\s*[?@:$]`).test(sql));

it('is planned once: no question about messages compares a bound value with a column that a partial index names', () => {
  memoryStore().write(now, (w) => {
    const columns = chosenBy(w);
    expect(columns).toEqual(expect.arrayContaining(['role', 'history', 'keyword_state', 'out_of_hours']));
    expect(boundIn('SELECT 1 FROM messages WHERE role = @role', columns)).toEqual(['role']);
    const into = folder(w);
    const { reader, asked } = planning(w);
    const came = arrival({ mail: mail({ messageId: '<a@b.example>', references: ['<c@d.example>'] }) });
    messages.recordArrival({ ...w, ...reader } as Writer, into, came, { history: false, ownAddresses: [own] });
    for (const [, ask] of questions) ask(reader);
    const about = asked.filter((sql) => /\bmessages\b/.test(sql));
    expect(about.length).toBeGreaterThan(10);
    expect(about.filter((sql) => boundIn(sql, columns).length > 0)).toEqual([]);
  });
});

it('looks for drafts among what was written to clients, not through the whole folder', () => {
  memoryStore().read((r) => {
    const { reader, plans } = planning(r);
    messages.draftsIn(reader, { id: 1, uidValidity: '1' }, recent);
    expect(plans.join()).toContain('messages_written');
  });
});

it('finds an invoice by its number without reading all', () => {
  memoryStore().write(now, (w) => {
    const scans = scansOf((r) => expect(() => findInvoice(r, '7')).toThrow('no invoice 7'), w);
    expect(scans).toEqual([]);
  });
});

it('looks for what was written to an address among the letters to it, not among all that wait', () => {
  memoryStore().read((r) => {
    const { reader, plans } = planning(r);
    queue.lastWrittenTo(reader, recipient, ['acknowledgement']);
    expect(plans.filter((plan) => plan.includes(' letters USING') && !plan.includes('letters_recipient'))).toEqual([]);
    expect(plans.join()).toContain('letters_recipient');
  });
});

it('can tell a scan when there is one', () => {
  expect(
    memoryStore().read((r) => scansOf((reader) => reader.all('SELECT * FROM messages WHERE why = ?', 'x'), r)),
  ).toHaveLength(1);
});
