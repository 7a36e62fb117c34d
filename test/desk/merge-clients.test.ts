/** Making two clients one: what the card takes over, what is in the way and what to do first, and what files say afterwards. */
import { describe, expect, it } from 'vitest';
import { changeClient, registerClient } from '../../src/desk/clients.ts';
import { exportClients, importClients } from '../../src/desk/import-clients.ts';
import { exportInvoices } from '../../src/desk/import-invoices.ts';
import { recordInvoice, voidByHand } from '../../src/desk/invoices.ts';
import { mergeInto, viewMerge } from '../../src/desk/merge-clients.ts';
import { openCase } from '../../src/store/cases.ts';
import { clientById, listClients, setWorkState } from '../../src/store/clients.ts';
import type { Writer } from '../../src/store/database.ts';
import { addExit, editExit, type NewExit } from '../../src/store/exits.ts';
import { listInvoices } from '../../src/store/invoices.ts';
import { entries } from '../support/in-words.ts';
import { letterById } from '../../src/store/outbox.ts';
import { addProject } from '../../src/store/projects.ts';
import * as make from '../store/make.ts';
import { day, importFile, openTestDesk, refusal, type TestDesk } from './support.ts';

interface Pair {
  from: number;
  into: number;
}

function pair(desk: TestDesk): Pair {
  const from = registerClient(desk, { name: 'Bianchi', addresses: ['conti@bianchi.example'] }).id;
  const into = registerClient(desk, { name: 'Bianchi Arredi Srl', addresses: ['luca@bianchi.example'] }).id;
  return { from, into };
}

const invoice = (desk: TestDesk, client: string, number: string, issuedOn = '2026-09-30') =>
  recordInvoice(desk, {
    client,
    number,
    issuedOn: day(issuedOn),
    currency: 'EUR',
    totalCents: 122000,
    project: null,
    dueOn: day('2026-10-30'),
    instalments: null,
  });
const scene = (desk: TestDesk, act: (w: Writer) => unknown) => desk.store.write(desk.clock.now(), act);
const merge = (desk: TestDesk, { from, into }: Pair, typed = 'Bianchi') =>
  mergeInto(desk, String(from), String(into), { typed, why: 'the accounts called it otherwise' });
const exit = (clientId: number): NewExit => ({
  clientId,
  proposedBy: 'owner',
  letterKey: null,
  coolingFrom: null,
  reason: 'own-words',
  ownWords: 'x',
  notice: { kind: 'days', days: 30 },
  referral: '',
  handover: [],
});
const asked = (w: Writer, clientId: number) => {
  const { id } = openCase(w, clientId, 'EUR');
  const step = { step: 'payment-reminder', key: `dunning/${id}/1/payment-reminder`, caseId: id };
  const letter = make.letter(w, { ...step, clientId });
  w.run("UPDATE letters SET state = 'sent', sent_at = created_at WHERE id = ?", letter.id);
};

describe('the card of the one that stays', () => {
  it('takes over what it does not have, and the other is told', () => {
    const desk = openTestDesk();
    const both = pair(desk);
    changeClient(desk, 'Bianchi', {
      phone: '06 1',
      contactName: 'Rag. Verdi',
      notes: 'calls at eight',
      project: 'Sito',
      references: { vat: ['IT01234567890'] },
      billing: [{ address: 'conti@bianchi.example', role: 'billing', person: 'Rag. Verdi' }],
      terms: { noticeDays: 60, scope: ['logo'] },
    });
    changeClient(desk, 'Bianchi Arredi Srl', { contactName: 'Luca', notes: 'pays late', terms: { noticeDays: 30 } });
    const view = desk.store.read((r) => viewMerge(r, 'Bianchi', String(both.into)));
    expect(view).toMatchObject({
      takes: ['phone 06 1', 'project Sito', 'scope logo', 'notes added'],
      leaves: ['contact Rag. Verdi (Luca stays)', 'noticeDays 60 (30 stays)'],
      obstacles: [],
    });
    merge(desk, both);
    expect(desk.store.read((r) => clientById(r, both.into))).toMatchObject({
      name: 'Bianchi Arredi Srl',
      phone: '06 1',
      contactName: 'Luca',
      notes: 'pays late\ncalls at eight',
      addresses: ['luca@bianchi.example', 'conti@bianchi.example'],
      references: { vat: ['01234567890'] },
      contacts: [{ role: 'general' }, { role: 'billing', person: 'Rag. Verdi' }],
      terms: { noticeDays: 30, scope: ['logo'] },
      byHand: expect.arrayContaining(['phone', 'terms.scope']),
    });
  });

  it('is journaled with the one that went', () => {
    const desk = openTestDesk();
    const both = pair(desk);
    merge(desk, both);
    const said = desk.store
      .read((r) => entries(r, { clientId: both.into }))
      .filter((one) => one.kind.includes('merged'));
    expect(said).toMatchObject([
      { subject: `client/${both.from}`, data: { card: { name: 'Bianchi', addresses: ['conti@bianchi.example'] } } },
      { subject: `client/${both.into}`, why: expect.stringContaining('the accounts called it otherwise') },
    ]);
  });

  it.each([
    ['active', 'paused'],
    ['paused', 'active'],
  ] as const)('of %s and %s work is paused: one of the two was told so', (one, other) => {
    const desk = openTestDesk();
    const both = pair(desk);
    scene(desk, (w) => [setWorkState(w, both.from, one), setWorkState(w, both.into, other)]);
    merge(desk, both);
    expect(desk.store.read((r) => clientById(r, both.into)?.workState)).toBe('paused');
  });
});

describe('a merge is refused, and says what to do first,', () => {
  it.each([
    ['while a letter is on its way', /on the wire/, (w, { from }) => make.letterIn(w, 'sending', { clientId: from })],
    ['while a letter is in doubt', /outbox resolve/, (w, { into }) => make.letterIn(w, 'unsure', { clientId: into })],
    [
      'while a letter waits with words of the owner',
      /outbox drop/,
      (w, { from }) => w.run('UPDATE letters SET edited = 1 WHERE id = ?', make.letter(w, { clientId: from }).id),
    ],
    [
      'while the letter that ends the work waits',
      /exit \d+ cancel/,
      (w, { from }) => make.letter(w, { clientId: from, kind: 'termination', key: 'exit/1' }),
    ],
    [
      'while both have an exit under way',
      /both have|exit \d+ cancel/,
      (w, { from, into }) => [addExit(w, exit(from)), addExit(w, exit(into))],
    ],
    [
      'while an exit is approved and its letter has not left',
      /approve --undo/,
      (w, { from }) => editExit(w, addExit(w, exit(from)).id, { approvedAt: w.now, approvedBy: 'owner' }),
    ],
    ['when the work for one has ended', /--work active/, (w, { from }) => setWorkState(w, from, 'ended')],
    ['when both were asked for money', /--state overdue/, (w, { from, into }) => [asked(w, from), asked(w, into)]],
    [
      'when both have an invoice of one number',
      /invoices void 2026\/1/,
      (w, { from, into }) => [make.invoice(w, { clientId: from }), make.invoice(w, { clientId: into })],
    ],
  ] as [string, RegExp, (w: Writer, both: Pair) => unknown][])('%s', (_when, next, prepare) => {
    const desk = openTestDesk();
    const both = pair(desk);
    scene(desk, (w) => prepare(w, both));
    const before = desk.store.read((r) => entries(r).length);
    const fault = refusal(() => merge(desk, both));
    expect(fault.code).toBe('conflict');
    expect(fault.next).toMatch(next);
    expect(desk.store.read((r) => [listClients(r).length, entries(r).length])).toEqual([2, before]);
  });

  it('when the name is another, or both are the same client', () => {
    const desk = openTestDesk();
    const both = pair(desk);
    expect(refusal(() => merge(desk, both, 'Bianchi Arredi Srl')).code).toBe('bad-input');
    expect(refusal(() => merge(desk, { from: both.into, into: both.into })).code).toBe('usage');
  });
});

describe('a merge', () => {
  it('with an exit of one of the two keeps it', () => {
    const desk = openTestDesk();
    const both = pair(desk);
    const { id } = scene(desk, (w) => addExit(w, exit(both.from))) as { id: number };
    merge(desk, both);
    expect(desk.store.read((r) => r.get('SELECT client_id FROM exits WHERE id = ?', id))).toEqual({
      client_id: both.into,
    });
  });

  it('lets no letter leave that asks one of the two alone for money', () => {
    const desk = openTestDesk();
    const both = pair(desk);
    const letter = scene(desk, (w) => {
      const { id } = openCase(w, both.from, 'EUR');
      return make.letter(w, {
        clientId: both.from,
        caseId: id,
        step: 'payment-reminder',
        key: `dunning/${id}/1/payment-reminder`,
      });
    }) as { id: number };
    const other = scene(desk, (w) =>
      make.letter(w, { clientId: both.from, kind: 'boundary-hours', key: 'boundary/1' }),
    ) as { id: number };
    expect(desk.store.read((r) => viewMerge(r, String(both.from), String(both.into))).letters).toEqual([letter.id]);
    merge(desk, both);
    expect(desk.store.read((r) => letterById(r, letter.id))).toMatchObject({ state: 'dropped', endedBy: 'system' });
    expect(desk.store.read((r) => letterById(r, other.id))).toMatchObject({ state: 'held', clientId: both.into });
  });

  it('of projects of one name in two states keeps that of the one that stays, and tells', () => {
    const desk = openTestDesk();
    const both = pair(desk);
    const project = { name: 'Sito', startedOn: null, endedOn: null };
    scene(desk, (w) => [
      addProject(w, { ...project, clientId: both.from, state: 'paused' }),
      addProject(w, { ...project, name: 'SITO', clientId: both.into, state: 'active' }),
    ]);
    expect(desk.store.read((r) => viewMerge(r, 'Bianchi', 'luca@bianchi.example')).leaves).toEqual([
      'project Sito paused (active stays)',
    ]);
    merge(desk, both);
  });
});

describe('no file undoes a merge:', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const imported = (desk: TestDesk, text: string) => importClients(desk, bytes(text), { file: 'c.csv', own: [] });
  const options = { file: 'i.csv', currency: 'EUR', today: day('2026-11-23') };

  it('the register as it was exported before', () => {
    const desk = openTestDesk();
    const both = pair(desk);
    changeClient(desk, 'Bianchi', { phone: '06 1', terms: { noticeDays: 60 } });
    changeClient(desk, 'Bianchi Arredi Srl', { terms: { noticeDays: 30 } });
    const file = desk.store.read((r) => exportClients(r));
    merge(desk, both);
    const before = desk.store.read((r) => listClients(r));
    const { changes, notes } = imported(desk, file);
    expect(changes.map((change) => change.what)).toEqual(['unchanged', 'unchanged']);
    expect(notes[0]).toEqual({ line: 2, reason: 'Bianchi is Bianchi Arredi Srl since you made them one' });
    expect(desk.store.read((r) => listClients(r))).toEqual(before);
  });

  it('a CRM that still has two', () => {
    const desk = openTestDesk();
    const both = pair(desk);
    merge(desk, both);
    const crm =
      'First Name,Last Name,Email,Company name\nLuca,B,luca@bianchi.example,Bianchi Arredi Srl\nRag,V,conti@bianchi.example,Bianchi\n';
    const more = `${crm}A,B,new@bianchi.example,Bianchi\nC,D,more@bianchi.example,Bianchi Arredi Srl\n`;
    expect(imported(desk, crm)).toMatchObject({
      questions: [],
      changes: [{ what: 'unchanged' }, { what: 'unchanged' }],
    });
    imported(desk, more);
    const [only, second] = desk.store.read((r) => listClients(r));
    expect(second).toBeUndefined();
    expect(only?.addresses).toEqual(expect.arrayContaining(['new@bianchi.example', 'more@bianchi.example']));
  });

  it('invoices that name the one that went', () => {
    const desk = openTestDesk();
    const both = pair(desk);
    invoice(desk, 'Bianchi', '1');
    invoice(desk, 'Bianchi Arredi Srl', '2');
    const file = desk.store.read((r) => exportInvoices(r));
    merge(desk, both);
    expect(importFile(desk, bytes(file), options).changes.map((change) => change.what)).toEqual([
      'unchanged',
      'unchanged',
    ]);
    importFile(desk, bytes('client,number,issuedOn,dueOn,total\nBianchi,3,2026-10-01,2026-11-01,5\n'), options);
    expect(desk.store.read((r) => listInvoices(r, { clientId: both.into })).map((one) => one.number)).toEqual([
      '1',
      '2',
      '3',
    ]);
  });

  it('numbers that one of the two declared void', () => {
    const desk = openTestDesk();
    const both = pair(desk);
    invoice(desk, 'Bianchi', '1');
    invoice(desk, 'Bianchi Arredi Srl', '1');
    voidByHand(desk, { number: '1', client: 'conti@bianchi.example' }, '');
    merge(desk, both);
    expect(desk.store.read((r) => listInvoices(r, { clientId: both.into })).map((one) => one.state)).toEqual([
      'void',
      'open',
    ]);
  });
});
