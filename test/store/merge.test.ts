/** Two clients become one: whatever table knows of a client, nothing is left behind and nothing is lost. */
import { describe, expect, it } from 'vitest';
import type { Client } from '../../src/rules/client.ts';
import { caseOf, openCase } from '../../src/store/cases.ts';
import { clientById, findClient, noteRemoved, removedAddresses } from '../../src/store/clients.ts';
import type { Reader, Writer } from '../../src/store/database.ts';
import { addExit } from '../../src/store/exits.ts';
import { forget } from '../../src/store/forget.ts';
import { addHold, listHolds } from '../../src/store/holds.ts';
import { chainOf, note, verifyJournal } from '../../src/store/journal.ts';
import { entries, said } from '../support/in-words.ts';
import { addLogEntry } from '../../src/store/log-entries.ts';
import { addLogFile } from '../../src/store/log-files.ts';
import { addMark, standingMarks } from '../../src/store/marks.ts';
import { noteSignLine } from '../../src/store/sign-lines.ts';
import { messageById } from '../../src/store/messages.ts';
import { casePairs, countHandedOver, handedOver, mergeClients } from '../../src/store/merge.ts';
import { letterById } from '../../src/store/outbox.ts';
import { addProject, projectsOf } from '../../src/store/projects.ts';
import { addRequest } from '../../src/store/requests.ts';
import { putWatchedFile, setFileConcerns } from '../../src/store/watched-files.ts';
import { openWindow } from '../../src/store/windows.ts';
import * as make from './make.ts';
import { addConcerned, addLine, confirmAccount } from '../../src/store/bank-lines.ts';
import { accountOf, addFile } from '../../src/store/book-files.ts';
import { asWritten } from '../../src/rules/reason.ts';

const { day, inStore, later, now } = make;

/** A client with a row in each table that knows clients. */
function furnished(w: Writer, name: string): Client {
  const host = `${name.toLowerCase()}.example`;
  const from = { name, address: `a@${host}` };
  const early = make.client(w, { name: `${name} once`, addresses: [`old@${host}`] });
  const client = make.client(w, {
    name,
    addresses: [from.address, `b@${host}`],
    domains: [host],
    references: { vat: [name], code: [name] },
  });
  mergeClients(w, { from: early.id, into: client.id });
  noteRemoved(w, client.id, [`gone@${host}`]);
  const message = make.message(w, { from, messageId: `<1@${host}>`, subject: name });
  const threadId = messageById(w, message)?.threadId as number;
  openWindow(w, { threadId, clientId: client.id, openedBy: message, openedAt: now, dueAt: later });
  const invoice = make.invoice(w, { clientId: client.id, number: `${name}/1` });
  const dunned = openCase(w, client.id, name === 'Rossi' ? 'USD' : 'EUR');
  make.letter(w, { clientId: client.id, caseId: dunned.id, key: `dunning/${dunned.id}/1/a` });
  for (const [scope, scopeId] of [
    ['client', client.id],
    ['case', dunned.id],
    ['invoice', invoice.id],
  ] as const)
    addHold(w, { scope, scopeId, reason: 'manual', until: null, note: asWritten(name) });
  const entry = addLogEntry(w, {
    clientId: client.id,
    kind: 'call',
    at: now,
    minutes: 3,
    direction: 'in',
    text: name,
    project: null,
    outOfHours: false,
    outOfHoursWhy: null,
  });
  addLogFile(w, { logId: entry.id, clientId: client.id, name: 'shot.png', bytes: Buffer.from(name) });
  addMark(w, { clientId: client.id, mark: 'no-time', note: name });
  const sign = name === 'Rossi' ? 'no-pay' : 'pressure';
  noteSignLine(w, { clientId: client.id, sign, words: asWritten(name), weight: 1 });
  addProject(w, { clientId: client.id, name: 'Sito', state: 'active', startedOn: null, endedOn: null });
  addProject(w, { clientId: client.id, name, state: 'active', startedOn: null, endedOn: null });
  addRequest(w, {
    clientId: client.id,
    messageId: null,
    madeBy: 'owner',
    state: 'open',
    text: name,
    project: null,
    openedAt: now,
    dueOn: day('2026-12-01'),
    deliveryOn: null,
  });
  if (name === 'Rossi')
    addExit(w, {
      clientId: client.id,
      proposedBy: 'owner',
      letterKey: null,
      coolingFrom: null,
      reason: 'own-words',
      ownWords: 'x',
      notice: { kind: 'days', days: 30 },
      referral: '',
      handover: [],
    });
  const line = addLine(w, {
    key: name,
    accountId: accountOf(w, 'IT60X0542811101000000123456').id,
    place: 'line 2',
    bookedOn: day('2026-11-20'),
    fileId: addFile(w, { sha256: name, name: `${name}.csv`, format: 'bank-csv' }),
    amountCents: 100,
    currency: 'EUR',
    payerName: name,
    payerIban: null,
    text: name,
    bankReference: null,
    endToEnd: null,
    reversal: false,
  }) as number;
  putWatchedFile(w, { path: name, sizeBytes: 1, changedMs: 1, sha256: name, state: 'asked' });
  setFileConcerns(w, name, [client.id], { note: asWritten(name), why: asWritten(name) });
  addConcerned(w, line, client.id, asWritten('a payment may be of this client'));
  confirmAccount(w, `IBAN of ${name}`, client.id, line);
  note(w, {
    kind: 'client-added',
    subject: `client/${client.id}`,
    clientId: client.id,
    why: asWritten(`${name} is new`),
  });
  return clientById(w, client.id) as Client;
}

/** Tables and their columns that mean a client: by the name, or by what they refer to. */
function clientColumns(r: Reader): [string, string][] {
  const tables = r.all<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'",
  );
  return tables.flatMap(({ name }) => {
    const named = r.all<{ name: string }>("SELECT name FROM pragma_table_info(?) WHERE name LIKE '%client%'", name);
    const referring = r.all<{ name: string }>(
      `SELECT "from" AS name FROM pragma_foreign_key_list(?) WHERE "table" = 'clients'`,
      name,
    );
    const columns = new Set([...named, ...referring].map((column) => column.name));
    return [...columns].map((column): [string, string] => [name, column]);
  });
}

const rowsOf = (r: Reader, [table, column]: [string, string], id: number) =>
  r.get<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE ${column} = ?`, id)?.n ?? 0;

describe('two clients become one', () => {
  it('in every table of the schema that knows clients', () => {
    inStore((w) => {
      const columns = clientColumns(w);
      expect(columns.map(([table, column]) => `${table}.${column}`).toSorted()).toEqual(
        [...Object.keys(handedOver), 'journal'].map((table) => `${table}.client_id`).toSorted(),
      );
      const [from, into] = [furnished(w, 'Rossi'), furnished(w, 'Bianchi')];
      const both = columns.map((column) => [column, rowsOf(w, column, from.id), rowsOf(w, column, into.id)] as const);
      for (const [column, count] of both) expect([column, count > 0]).toEqual([column, true]);
      mergeClients(w, { from: from.id, into: into.id });
      for (const [column, had, has] of both) {
        const [table] = column;
        if (table === 'journal') continue;
        // a project of the same name is one; the earlier names of the one that went are kept with its own
        const apart = table === 'projects' ? -1 : table === 'merged_clients' ? 1 : 0;
        expect([table, rowsOf(w, column, from.id), rowsOf(w, column, into.id)]).toEqual([table, 0, had + has + apart]);
      }
      expect(clientById(w, from.id)).toBeUndefined();
      expect(w.all('PRAGMA foreign_key_check')).toEqual([]);
      expect(countHandedOver(w, from.id)).toEqual({});
      expect(listHolds(w, into.id)).toHaveLength(10);
      expect(w.all("SELECT * FROM holds WHERE scope = 'client' AND scope_id = ?", from.id)).toEqual([]);
    });
  });

  it('and the one that stays is written to where it was', () => {
    inStore((w) => {
      const [from, into] = [furnished(w, 'Rossi'), furnished(w, 'Bianchi')];
      mergeClients(w, { from: from.id, into: into.id });
      expect(clientById(w, into.id)?.addresses).toEqual([
        ...['a@bianchi.example', 'b@bianchi.example', 'old@bianchi.example'],
        ...['a@rossi.example', 'b@rossi.example', 'old@rossi.example'],
      ]);
    });
  });

  it('found by the number and the name that went, unless another has the name', () => {
    inStore((w) => {
      const [from, into] = [make.client(w, { name: 'Rossi', addresses: ['a@b.example'] }), make.client(w)];
      mergeClients(w, { from: from.id, into: into.id });
      expect([findClient(w, String(from.id)).id, findClient(w, 'ROSSI').id]).toEqual([into.id, into.id]);
      const third = make.client(w, { name: 'Verdi', addresses: ['v@v.example'] });
      mergeClients(w, { from: into.id, into: third.id });
      expect([findClient(w, String(from.id)).id, findClient(w, 'rossi').id]).toEqual([third.id, third.id]);
      const other = make.client(w, { name: 'Rossi', addresses: ['other@rossi.example'] });
      expect(other.id).not.toBe(from.id);
      expect(findClient(w, 'Rossi').id).toBe(other.id);
      expect(findClient(w, String(from.id)).id).toBe(third.id);
    });
  });

  it('in the journal, which still verifies, and is erased for both', () => {
    inStore((w) => {
      const [from, into] = [furnished(w, 'Rossi'), furnished(w, 'Bianchi')];
      mergeClients(w, { from: from.id, into: into.id });
      const said = chainOf(w, into.id).map((entry) => JSON.parse(entry.body ?? '{}').why.text);
      expect(said).toEqual(expect.arrayContaining(['Rossi is new', 'Bianchi is new']));
      expect(entries(w, { clientId: into.id }).map((entry) => entry.why)).toContain('Rossi is new');
      forget(w, clientById(w, into.id) as Client, { why: asWritten('asked'), keepFrom: day('2016-01-01') });
      expect(
        entries(w)
          .map((entry) => entry.why)
          .filter((why) => /Rossi|Bianchi/.test(why)),
      ).toEqual([]);
      expect(w.all('SELECT * FROM merged_clients')).toEqual([]);
      expect(verifyJournal(w)).toMatchObject({ ok: true });
    });
  });

  it('with what the owner took away from either, but for what is an address now', () => {
    inStore((w) => {
      const from = make.client(w, { name: 'Rossi', addresses: ['a@rossi.example'], domains: ['rossi.example'] });
      const into = make.client(w);
      noteRemoved(w, from.id, ['one@x.example', 'luca@bianchi.example']);
      noteRemoved(w, into.id, ['one@x.example', 'a@rossi.example', '@rossi.example']);
      mergeClients(w, { from: from.id, into: into.id });
      expect([...removedAddresses(w, into.id)]).toEqual(['one@x.example']);
    });
  });

  it('with one mark of a kind that stands, and one project of a name', () => {
    inStore((w) => {
      const [from, into] = [furnished(w, 'Rossi'), furnished(w, 'Bianchi')];
      mergeClients(w, { from: from.id, into: into.id });
      expect(standingMarks(w, into.id)).toMatchObject([{ mark: 'no-time', note: 'Bianchi' }]);
      expect(
        projectsOf(w, into.id)
          .map((project) => project.name)
          .toSorted(),
      ).toEqual(['Bianchi', 'Rossi', 'Sito']);
    });
  });

  it.each([
    ['of the one that goes, when only its letters have left', true, false, 'from'],
    ['of the one that stays, when only its letters have left', false, true, 'into'],
    ['of the one that stays, when no letter has left', false, false, 'into'],
  ])('with the case %s', (_how, fromAsked, intoAsked, stays) => {
    inStore((w) => {
      const clients = { from: make.client(w, { name: 'Rossi', addresses: ['a@b.example'] }), into: make.client(w) };
      const asked = { from: fromAsked, into: intoAsked };
      const open = (which: 'from' | 'into') => {
        const { id } = openCase(w, clients[which].id, 'EUR');
        addHold(w, { scope: 'case', scopeId: id, reason: 'manual', until: null, note: asWritten(which) });
        const key = `dunning/${id}/1/payment-reminder`;
        const letter = make.letterIn(w, asked[which] ? 'sent' : 'dropped', {
          key,
          clientId: clients[which].id,
          caseId: id,
          step: 'payment-reminder',
        });
        return { id, letter: letter.id };
      };
      const cases = { from: open('from'), into: open('into') };
      const merging = { from: clients.from.id, into: clients.into.id };
      expect(casePairs(w, merging)).toMatchObject([{ stays: cases[stays as 'from'].id, bothAsked: false }]);
      mergeClients(w, merging);
      expect(caseOf(w, merging.into, 'EUR')?.id).toBe(cases[stays as 'from'].id);
      expect(letterById(w, cases[stays as 'from'].letter)?.caseId).toBe(cases[stays as 'from'].id);
      expect(letterById(w, cases[stays === 'from' ? 'into' : 'from'].letter)?.caseId).toBeNull();
      expect(
        listHolds(w, merging.into)
          .map((hold) => said(hold.note))
          .toSorted(),
      ).toEqual(['from', 'into']);
    });
  });
});
