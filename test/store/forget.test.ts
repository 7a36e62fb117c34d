/** Forgetting a person: afterwards the bytes of every file of the database are searched. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Client } from '../../src/rules/client.ts';
import { openCase } from '../../src/store/cases.ts';
import { clientById } from '../../src/store/clients.ts';
import type { Reader, Store, Writer } from '../../src/store/database.ts';
import { columnsOf, type Erasure, erasures } from '../../src/store/erasure.ts';
import { addExit } from '../../src/store/exits.ts';
import { forget, holdingsOf, isForgotten, names, remainsOf, tracesOf } from '../../src/store/forget.ts';
import { addHold, listHolds } from '../../src/store/holds.ts';
import { invoiceById, listInvoices, recordPayment } from '../../src/store/invoices.ts';
import { chainOf, note, verifyJournal } from '../../src/store/journal.ts';
import { entries, told } from '../support/in-words.ts';
import { addLogEntry } from '../../src/store/log-entries.ts';
import { addLogFile } from '../../src/store/log-files.ts';
import { addMark } from '../../src/store/marks.ts';
import { messageById, saveJudgement, searchMessages, unjudged } from '../../src/store/messages.ts';
import { notice } from '../../src/store/notices.ts';
import { letterById } from '../../src/store/outbox.ts';
import { addProject } from '../../src/store/projects.ts';
import { addRequest } from '../../src/store/requests.ts';
import { openWindow, windowById } from '../../src/store/windows.ts';
import * as make from './make.ts';
import { asWritten } from '../../src/rules/reason.ts';

const { day, fileStore, later, now, own } = make;
const why = asWritten('asked by letter of 20 November');
const keepFrom = day('2016-01-01');

/** Words that occur nowhere but with this person. */
const secrets = [
  ...['Quintiliani', 'Ermenegilda', 'gilda@quintiliani.example', 'quintiliani', 'Cinematografo', 'pterodattilo'],
  ...[
    'zanzibar',
    'melanzana',
    'ornitorinco',
    'bonifico di gilda',
    'gilda-17@',
    'caleidoscopio',
    'taccagna',
    'salamandra',
    'xilofono',
  ],
  ...['stravagante', 'Quokka', 'brontolona', 'trapezista'],
];

function scene(w: Writer): { client: Client; other: Client; ids: Record<string, number> } {
  const client = make.client(w, {
    name: 'Quintiliani Srl',
    contactName: 'Ermenegilda',
    addresses: ['gilda@quintiliani.example'],
    project: 'Cinematografo',
    notes: 'pterodattilo',
    terms: { scope: ['zanzibar'] },
  });
  const other = make.client(w, { name: 'Verdi', addresses: ['ugo@verdi.example'] });
  const from = { name: 'Ermenegilda', address: 'gilda@quintiliani.example' };
  const message = make.message(w, {
    from,
    messageId: '<gilda-17@quintiliani.example>',
    subject: 'melanzana',
    text: 'un ornitorinco',
    newText: 'x',
    headers: [{ name: 'x-mailer', value: 'caleidoscopio' }],
  });
  const stranger = make.message(w, {
    from: { name: 'Zio', address: 'zio@altrove.example' },
    messageId: '<z@altrove.example>',
    inReplyTo: ['<gilda-17@quintiliani.example>'],
    text: 'Il xilofono, gilda@quintiliani.example scrisse: melanzana',
  });
  const sent = make.message(
    w,
    { from: { name: 'Anna', address: own }, to: [from], subject: 'Re: melanzana', text: 'ornitorinco, certo' },
    { role: 'sent' },
  );
  const kept = make.message(w, { from: { name: 'Ugo', address: 'ugo@verdi.example' }, text: 'tartaruga' });
  const threadId = messageById(w, message)?.threadId as number;
  const window = openWindow(w, { threadId, clientId: client.id, openedBy: message, openedAt: now, dueAt: later });
  const judged = {
    kind: 'human',
    outOfHours: true,
    outOfHoursWhy: { code: 'closed-weekday', weekday: 'sun' },
    minutesToOpening: 5,
    reason: 'x',
  } as const;
  saveJudgement(w, message, { ...judged, windowId: window.id, why: asWritten('from gilda@quintiliani.example') });
  const recipient = 'gilda@quintiliani.example';
  const letter = make.letterIn(w, 'filed', {
    clientId: client.id,
    recipient,
    recipientName: 'Ermenegilda',
    key: 'ack/1',
    windowId: window.id,
    subject: 'Re: melanzana',
    text: 'Gentile Ermenegilda',
    facts: { name: 'Quintiliani' },
    answersMessageId: message,
  });
  const early = make.letterIn(w, 'held', { recipient, recipientName: 'Ermenegilda', key: 'ack/0' });
  const entry = addLogEntry(w, {
    clientId: client.id,
    kind: 'call',
    at: now,
    minutes: 3,
    direction: 'in',
    text: 'taccagna',
    project: null,
    outOfHours: false,
    outOfHoursWhy: null,
  });
  addLogFile(w, { logId: entry.id, clientId: client.id, name: 'salamandra.png', bytes: Buffer.from('salamandra') });
  addMark(w, { clientId: client.id, mark: 'no-time', note: 'stravagante' });
  addProject(w, { clientId: client.id, name: 'Quokka', state: 'active', startedOn: null, endedOn: null });
  addRequest(w, {
    clientId: client.id,
    messageId: sent,
    madeBy: 'owner',
    state: 'open',
    text: 'i testi di ornitorinco?',
    project: null,
    openedAt: now,
    dueOn: day('2026-12-01'),
    deliveryOn: null,
  });
  addExit(w, {
    clientId: client.id,
    proposedBy: 'owner',
    letterKey: null,
    coolingFrom: null,
    reason: 'own-words',
    ownWords: 'brontolona',
    notice: { kind: 'days', days: 30 },
    referral: 'trapezista',
    handover: [],
  });
  const invoice = make.invoice(w, { clientId: client.id, number: '2026/7', project: 'Cinematografo' });
  recordPayment(w, invoice.id, { amountCents: 122_000, receivedOn: day('2026-11-01'), reference: 'bonifico di gilda' });
  make.invoice(w, { clientId: other.id, number: '2026/8' });
  addHold(w, { scope: 'client', scopeId: client.id, reason: 'manual', until: null, note: asWritten('taccagna') });
  openCase(w, client.id, 'EUR');
  notice(w, `approve/${letter.id}/1`, told('A letter to somebody waits.'));
  notice(w, 'file-checked', told('nothing of hers'));
  notice(w, 'cap/x', told('Letters to Quintiliani Srl wait.'));
  note(w, {
    kind: 'client-added',
    subject: `client/${client.id}`,
    clientId: client.id,
    why: asWritten('new'),
    data: { name: client.name },
  });
  note(w, { kind: 'message-judged', subject: `message/${stranger}`, why: asWritten('a stranger: Il xilofono') });
  note(w, { kind: 'long-gap', subject: 'pass', why: asWritten('mail of gilda@quintiliani.example could not be read') });
  note(w, { kind: 'client-added', subject: `client/${other.id}`, clientId: other.id, why: asWritten('Verdi is new') });
  return {
    client,
    other,
    ids: { message, stranger, sent, kept, window: window.id, letter: letter.id, early: early.id },
  };
}

/** Every byte of every file beside the database, as text. */
function bytesBeside(store: Store): string {
  const dir = dirname(store.path);
  const names = readdirSync(dir).filter((name) => name.startsWith(basename(store.path)));
  return names.map((name) => readFileSync(join(dir, name), 'latin1')).join('\n');
}

function found(store: Store): string[] {
  const bytes = bytesBeside(store).toLowerCase();
  return secrets.filter((secret) => bytes.includes(secret.toLowerCase()));
}

/** Terms of the search index, which keeps words in pieces that no search for bytes would find. */
function indexed(store: Store): string[] {
  const raw = make.rawConnection(store.path);
  raw.exec("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'messages_text', 'row')");
  return raw.prepare('SELECT term FROM temp.terms').pluck().all() as string[];
}

function forgotten() {
  const store = fileStore();
  const { client, other, ids } = store.write(now, scene);
  const traces = store.read((r) => tracesOf(r, client));
  const before = found(store);
  const holdings = store.write(later, (w) => forget(w, clientById(w, client.id) as Client, { why, keepFrom }));
  store.scrub();
  return { store, client, other, ids, traces, before, holdings };
}

describe('forgetting a client', () => {
  it('leaves nothing of the person in any file of the database', () => {
    const { store, before } = forgotten();
    expect(before).toEqual(secrets);
    expect(found(store)).toEqual([]);
    expect(indexed(store)).toContain('tartaruga');
    expect(indexed(store).filter((term) => /quint|ermen|melan|ornit|xilo|gilda|zio/.test(term))).toEqual([]);
  });

  it('counts what it took', () => {
    const { holdings } = forgotten();
    expect(holdings).toEqual({ messages: 3, letters: 2, records: 6, entries: 3, invoices: 1, oldInvoices: 0 });
  });

  it('keeps the journal whole, with a line that says so', () => {
    const { store, client } = forgotten();
    expect(store.read(verifyJournal)).toMatchObject({ ok: true });
    const last = store.read((r) => entries(r)).at(-1);
    expect(last).toMatchObject({
      kind: 'client-forgotten',
      subject: `client/${client.id}`,
      clientId: null,
      why: why.text,
    });
    expect(last?.data).toMatchObject({ messages: 3, letters: 2 });
    expect(store.read((r) => isForgotten(r, client.id))).toBe(true);
  });

  it('keeps invoices as figures under a name that says nothing', () => {
    const { store, client } = forgotten();
    const [invoice] = store.read((r) => listInvoices(r, { clientId: client.id }));
    expect(invoice).toMatchObject({ number: '2026/7', totalCents: 122_000, state: 'paid', project: null });
    expect(invoice?.payments).toMatchObject([{ amountCents: 122_000, receivedOn: '2026-11-01', reference: null }]);
    expect(store.read((r) => clientById(r, client.id))).toMatchObject({
      name: `(forgotten client ${client.id})`,
      contactName: null,
      addresses: [],
      domains: [],
      notes: '',
      project: null,
      workState: 'ended',
      terms: { scope: [] },
    });
    expect(store.read((r) => listHolds(r, client.id))).toEqual([]);
  });

  it('leaves everybody else as they were', () => {
    const { store, other, ids } = forgotten();
    store.read((r) => {
      expect(clientById(r, other.id)?.addresses).toEqual(['ugo@verdi.example']);
      expect(messageById(r, ids['kept'] as number)).toMatchObject({ clientId: other.id, mail: { text: 'tartaruga' } });
      expect(searchMessages(r, 'tartaruga', 5)).toHaveLength(1);
      expect(entries(r, { clientId: other.id })).toMatchObject([{ why: 'Verdi is new' }]);
      expect(r.all<{ key: string }>('SELECT key FROM notices').map(({ key }) => key)).toEqual(['file-checked']);
      expect(listInvoices(r, { clientId: other.id })).toHaveLength(1);
    });
  });

  it('keeps of messages, windows and letters only that they were', () => {
    const { store, ids } = forgotten();
    store.read((r) => {
      for (const name of ['message', 'stranger', 'sent'])
        expect(messageById(r, ids[name] as number)).toMatchObject({
          clientId: null,
          judged: { reason: 'erased', kind: null, outOfHours: false },
          mail: { from: null, subject: '(erased)', text: '', headers: [], messageId: null },
        });
      expect(windowById(r, ids['window'] as number)).toMatchObject({ clientId: null, state: 'waived' });
      expect(letterById(r, ids['letter'] as number)).toMatchObject({
        state: 'filed',
        recipient: '',
        text: '',
        messageId: null,
      });
      expect(letterById(r, ids['early'] as number)).toMatchObject({ state: 'dropped', recipient: '', facts: {} });
      expect(unjudged(r, 10).map(({ id }) => id)).toEqual([ids['kept']]);
    });
  });

  it('gives up the keys of letters, because numbers are used again', () => {
    const { store } = forgotten();
    const again = store.write(later, (w) => make.letter(w, { key: 'ack/1' }));
    expect(again.key).toBe('ack/1');
  });

  it('does not take the mails back when the server numbers its folder anew', () => {
    const store = fileStore();
    const contentHash = 'of the same bytes';
    const parsed = { from: { name: 'Ermenegilda', address: 'gilda@quintiliani.example' }, text: 'ornitorinco' };
    const [client, first] = store.write(now, (w) => [
      make.client(w, { name: 'Quintiliani Srl', addresses: ['gilda@quintiliani.example'] }),
      make.message(w, parsed, { arrival: { uid: 4, contentHash } }),
    ]);
    store.write(later, (w) => forget(w, client, { why, keepFrom }));
    const [again, fault] = store.write(later, (w) => {
      make.folder(w, { uidValidity: '2' });
      const one = make.message(w, parsed, { arrival: { uid: 1, contentHash }, history: true });
      make.folder(w, { uidValidity: '3' });
      return [
        one,
        make.message(w, {}, { arrival: { uid: 9, contentHash, mail: null, fault: 'broken' }, history: true }),
      ];
    });
    store.scrub();
    expect(again).not.toBe(first);
    for (const id of [again, fault])
      expect(store.read((r) => messageById(r, id))).toMatchObject({
        clientId: null,
        fault: null,
        mail: { subject: '(erased)', from: null, text: '' },
        judged: { reason: 'erased' },
      });
    expect(found(store)).toEqual([]);
    expect(indexed(store).filter((term) => /quint|ornit/.test(term))).toEqual([]);
  });

  it('records what the person writes from then on as a stranger’s', () => {
    const { store } = forgotten();
    const id = store.write(later, (w) =>
      make.message(w, { from: { name: 'Ermenegilda', address: 'gilda@quintiliani.example' }, text: 'nuovo' }),
    );
    expect(store.read((r) => messageById(r, id))).toMatchObject({
      clientId: null,
      judged: null,
      mail: { text: 'nuovo' },
    });
  });

  it('says where others still mention the person', () => {
    const store = fileStore();
    const { client, other } = store.write(now, scene);
    const { id } = store.write(now, (w) =>
      addLogEntry(w, {
        clientId: other.id,
        kind: 'note',
        at: now,
        minutes: null,
        direction: null,
        project: null,
        text: 'sent by quintiliani srl',
        outOfHours: false,
        outOfHoursWhy: null,
      }),
    );
    const cc = [{ name: '', address: 'gilda@quintiliani.example' }];
    const message = store.write(now, (w) =>
      make.message(w, { from: { name: 'Ugo', address: 'ugo@verdi.example' }, cc }),
    );
    const traces = store.read((r) => tracesOf(r, client));
    store.write(later, (w) => forget(w, client, { why, keepFrom }));
    expect(store.read((r) => remainsOf(r, traces))).toEqual([
      { table: 'log_entries', id },
      { table: 'messages', id: message },
    ]);
  });
});

describe('every column of every table', () => {
  const marker = 'zzwhatcamelater';
  const tablesOf = (r: Reader) =>
    r
      .all<{ name: string }>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('messages_text_'));

  it('has a fate: cleared unless named as kept, with the reason and the law', () => {
    make.memoryStore().read((r) => {
      expect(Object.keys(erasures).toSorted()).toEqual(tablesOf(r));
      for (const [table, erasure] of Object.entries(erasures)) {
        const columns = columnsOf(r, table).map(({ name }) => name);
        if (erasure.fate === 'kept') expect({ table, columns: erasure.columns }).toEqual({ table, columns });
        if (erasure.fate === 'deleted') expect(columns).toContain(erasure.by[0]);
        if (erasure.fate === 'kept' || erasure.fate === 'deleted') continue;
        const kept = erasure.kept.flatMap((one) => one.columns);
        const isSetToo = (name: string) => erasure.fate === 'cleared' && name in (erasure.as ?? {});
        expect({ table, unknown: kept.filter((name) => !columns.includes(name)) }).toEqual({ table, unknown: [] });
        expect({ table, twice: kept.filter((name, at) => kept.indexOf(name) !== at || isSetToo(name)) }).toEqual({
          table,
          twice: [],
        });
        for (const { why: reason, law } of erasure.kept)
          expect([reason, law].every((text) => text.length > 5)).toBe(true);
      }
      const journal = erasures['journal'] as Extract<Erasure, { fate: 'by-hand' }>;
      const held = [...journal.kept.flatMap((one) => one.columns), 'body'];
      expect(held.toSorted()).toEqual(
        columnsOf(r, 'journal')
          .map(({ name }) => name)
          .toSorted(),
      );
    });
  });

  it('one that a later version adds is erased without a word of anybody’s', () => {
    const store = fileStore();
    const { client } = store.write(now, scene);
    const own = Object.entries(erasures).filter(([, { fate }]) => fate === 'cleared' || fate === 'deleted');
    store.write(now, (w) => {
      for (const [table] of own) {
        w.run(`ALTER TABLE ${table} ADD COLUMN later TEXT`);
        w.run(`ALTER TABLE ${table} ADD COLUMN later_too TEXT NOT NULL DEFAULT ''`);
        const { by } = erasures[table] as Extract<Erasure, { fate: 'cleared' }>;
        w.run(`UPDATE ${table} SET later = @marker, later_too = @marker WHERE ${by[0]} = ${by[0]}`, { marker });
      }
      // what is another's stays as it is
      for (const table of ['messages', 'invoices', 'threads'])
        w.run(
          `UPDATE ${table} SET later = '', later_too = '' WHERE client_id IS NOT ? AND client_id IS NOT NULL`,
          client.id,
        );
      for (const table of ['instalments', 'invoice_said'])
        w.run(
          `UPDATE ${table} SET later = '', later_too = ''
           WHERE invoice_id NOT IN (SELECT id FROM invoices WHERE client_id = ?)`,
          client.id,
        );
      for (const table of ['clients', 'client_addresses'])
        w.run(
          `UPDATE ${table} SET later = '', later_too = '' WHERE ${table === 'clients' ? 'id' : 'client_id'} <> ?`,
          client.id,
        );
    });
    store.write(later, (w) => forget(w, clientById(w, client.id) as Client, { why, keepFrom }));
    store.scrub();
    expect(bytesBeside(store)).not.toContain(marker);
  });
});

describe('invoices', () => {
  it('of more than ten years ago go, unless something is still open on them', () => {
    const store = fileStore();
    const old = (w: Writer, clientId: number, number: string) =>
      make.invoice(w, {
        clientId,
        number,
        issuedOn: day('2015-03-01'),
        instalments: [{ dueOn: day('2015-04-01'), amountCents: 122_000 }],
      });
    const pay = (w: Writer, id: number, receivedOn: string) =>
      recordPayment(w, id, { amountCents: 122_000, receivedOn: day(receivedOn), reference: null });
    const left = store.write(now, (w) => {
      const client = make.client(w);
      pay(w, old(w, client.id, 'A').id, '2015-05-01');
      pay(w, old(w, client.id, 'B').id, '2016-05-01');
      old(w, client.id, 'C');
      expect(holdingsOf(w, client, keepFrom)).toMatchObject({ invoices: 2, oldInvoices: 1 });
      forget(w, client, { why, keepFrom });
      return listInvoices(w, { clientId: client.id }).map(({ number }) => number);
    });
    expect(left.toSorted()).toEqual(['B', 'C']);
  });

  it('with money open stay open, and a hold keeps everybody quiet', () => {
    const store = fileStore();
    store.write(now, (w) => {
      const client = make.client(w);
      const { id } = make.invoice(w, { clientId: client.id });
      forget(w, client, { why, keepFrom });
      expect(invoiceById(w, id)?.state).toBe('open');
      expect(listHolds(w, client.id)).toMatchObject([{ reason: 'opt-out', until: null, endedAt: null }]);
    });
  });
});

describe('naming a person', () => {
  it.each([
    ['mail of Luca Neri, again', true],
    ['luca neri', true],
    ['x@neri.example', true],
    ['Luca Nerini', false],
    ['Gianluca Neri', false],
    ['nothing', false],
  ])('%s: %s', (text, expected) => {
    expect(names(text, ['luca neri', 'neri.example'])).toBe(expected);
  });
});

describe('the chain of one client', () => {
  it('has its entries with their neighbours’ hashes, and those that name it by its things', () => {
    const store = fileStore();
    const chain = store.write(now, (w) => {
      const { client, other } = { client: make.client(w), other: make.client(w, { name: 'Verdi', addresses: [] }) };
      note(w, { kind: 'a', subject: `client/${client.id}`, clientId: client.id, why: asWritten('one') });
      note(w, { kind: 'b', subject: `client/${other.id}`, clientId: other.id, why: asWritten('two') });
      const message = make.message(w);
      note(w, { kind: 'c', subject: `message/${message}`, why: asWritten('three') });
      return chainOf(w, client.id);
    });
    expect(chain.map(({ id, kind, next }) => [id, kind, next?.id])).toEqual([
      [1, 'a', 2],
      [3, 'c', undefined],
    ]);
    expect(chain[0]).toMatchObject({
      previousHash: '0'.repeat(64),
      body: '{"data":null,"why":{"code":"as-written","text":"one"}}',
      erasedAt: null,
    });
    expect(chain[1]?.previousHash).toBe(chain[0]?.next?.hash);
  });
});

describe('writing the file anew', () => {
  it('says so when another program reads it', () => {
    const store = fileStore();
    store.write(now, (w) => make.client(w));
    const reading = make.rawConnection(store.path);
    reading.exec('BEGIN; SELECT count(*) FROM clients');
    reading.prepare('SELECT * FROM clients').all();
    store.write(later, (w) => make.client(w, { name: 'Verdi', addresses: [] }));
    expect(make.faultOf(() => store.scrub())).toMatchObject({ code: 'store', passing: true });
    reading.exec('COMMIT');
    expect(() => store.scrub()).not.toThrow();
  });

  it('does no harm to a store in memory', () => {
    const store = make.memoryStore();
    store.write(now, (w) => make.client(w));
    store.scrub();
    expect(store.read((r) => clientById(r, 1)?.name)).toBe('Bianchi');
  });
});
