/** The register at the desk: each act once, and again, with its line in the journal. */
import { describe, expect, it } from 'vitest';
import {
  changeClient,
  holdClient,
  logWithClient,
  registerClient,
  releaseClient,
  releaseHold,
} from '../../src/desk/clients.ts';
import { readerOf } from '../../src/rules/client.ts';
import type { ContactHours } from '../../src/rules/contact-hours.ts';
import { parseWeek } from '../../src/rules/contact-hours.ts';
import { type LetterKind, matterOf } from '../../src/rules/letter.ts';
import { inDays } from '../../src/rules/payment-terms.ts';
import { instant, plus, dayMs } from '../../src/rules/time.ts';
import { caseOf, lookAgain, openCase } from '../../src/store/cases.ts';
import { clientById, removedAddresses } from '../../src/store/clients.ts';
import { addHold, listHolds } from '../../src/store/holds.ts';
import { verifyJournal } from '../../src/store/journal.ts';
import { entries } from '../support/in-words.ts';
import { journalKinds, openTestDesk, refusal, zone } from './support.ts';
import { asWritten } from '../../src/rules/reason.ts';

const bianchi = { name: 'Bianchi Srl', addresses: ['laura@bianchi.example'], domains: ['bianchi.example'] };
const working = parseWeek({ mon: ['09:00-18:00'], tue: ['09:00-18:00'], wed: ['09:00-18:00'] });
const hours = (week = working): ContactHours => ({ timeZone: zone, week, holiday: () => undefined, closures: [] });

describe('a client', () => {
  it('is registered once, with a line in the journal', () => {
    const desk = openTestDesk();
    const client = registerClient(desk, bianchi);
    expect(client).toMatchObject({ id: 1, name: 'Bianchi Srl', addresses: ['laura@bianchi.example'] });
    expect(refusal(() => registerClient(desk, bianchi)).code).toBe('conflict');
    expect(journalKinds(desk)).toEqual(['client-added']);
  });

  it('cannot have a domain that millions share', () => {
    const fault = refusal(() => registerClient(openTestDesk(), { name: 'X', domains: ['Gmail.com'] }));
    expect(fault.message).toContain('mail provider');
    expect(fault.next).toContain('full addresses');
  });

  it('is changed, and the second time nothing changes', () => {
    const desk = openTestDesk();
    registerClient(desk, bianchi);
    const patch = { tone: 'informal' as const, paymentTerms: inDays(30) };
    expect(changeClient(desk, 'bianchi', patch).changed).toEqual(['tone', 'paymentTerms']);
    expect(changeClient(desk, 'bianchi', patch).changed).toEqual([]);
    expect(journalKinds(desk)).toEqual(['client-added', 'client-changed']);
  });

  it('with a mended address is written to again after a bounce', () => {
    const desk = openTestDesk();
    const client = registerClient(desk, bianchi);
    desk.store.write(desk.clock.now(), (w) =>
      addHold(w, { scope: 'client', scopeId: client.id, reason: 'bounce', until: null, note: null }),
    );
    changeClient(desk, '1', { project: 'Website' });
    expect(desk.store.read((r) => listHolds(r, 1))[0]?.endedAt).toBeNull();
    changeClient(desk, '1', { addresses: ['l.bianchi@bianchi.example'] });
    expect(desk.store.read((r) => listHolds(r, 1))[0]?.endedAt).toBe(desk.clock.now());
  });

  it('that nobody knows is a fault', () => {
    expect(refusal(() => changeClient(openTestDesk(), 'nobody', { notes: 'x' })).code).toBe('not-found');
  });
});

describe('a hold', () => {
  const values = { reason: 'manual' as const, until: null, note: 'on holiday' };

  it('is put once, replaced by another, and the case is looked at again', () => {
    const desk = openTestDesk();
    registerClient(desk, bianchi);
    desk.store.write(desk.clock.now(), (w) => lookAgain(w, openCase(w, 1, 'EUR').id, null, asWritten('quiet')));
    const { hold } = holdClient(desk, 'bianchi', values);
    expect(holdClient(desk, 'bianchi', values).hold.id).toBe(hold.id);
    expect(desk.store.read((r) => caseOf(r, 1, 'EUR'))?.lookAt).toBe(desk.clock.now());
    const longer = holdClient(desk, 'bianchi', { ...values, until: plus(desk.clock.now(), dayMs) }).hold;
    expect(longer.id).not.toBe(hold.id);
    const open = desk.store.read((r) => listHolds(r, 1)).filter((entry) => entry.endedAt === null);
    expect(open.map((entry) => entry.id)).toEqual([longer.id]);
    expect(journalKinds(desk)).toEqual(['client-added', 'hold-added', 'hold-ended', 'hold-added']);
  });

  it('is released, and the second time nothing is', () => {
    const desk = openTestDesk();
    registerClient(desk, bianchi);
    holdClient(desk, '1', values);
    expect(releaseClient(desk, '1').ended).toBe(1);
    expect(releaseClient(desk, '1').ended).toBe(0);
  });

  it('is released by its number', () => {
    const desk = openTestDesk();
    registerClient(desk, bianchi);
    const { hold } = holdClient(desk, '1', values);
    expect(releaseHold(desk, hold.id)).toEqual({ ended: true });
    expect(releaseHold(desk, hold.id)).toEqual({ ended: false });
    expect(refusal(() => releaseHold(desk, 99)).code).toBe('not-found');
  });
});

describe('a log entry', () => {
  const entry = { kind: 'call' as const, minutes: 12, direction: 'in' as const, text: 'about the logo', project: null };

  it.each([
    ['a call at night', 'call', 'in', '2026-11-17T21:00:00+01:00', true],
    ['a call outside the phone hours', 'call', 'in', '2026-11-17T15:00:00+01:00', true],
    ['a call in the phone hours', 'call', 'in', '2026-11-17T10:30:00+01:00', false],
    ['a chat by the contact hours', 'chat', 'in', '2026-11-17T15:00:00+01:00', false],
    ['a chat on Sunday', 'chat', 'in', '2026-11-22T15:00:00+01:00', true],
    ['a call the owner made at night', 'call', 'out', '2026-11-17T21:00:00+01:00', false],
    ['a note at night', 'note', 'in', '2026-11-17T21:00:00+01:00', false],
    ['work at night', 'work', 'in', '2026-11-17T21:00:00+01:00', false],
  ] as const)('%s', (_name, kind, direction, at, flagged) => {
    const desk = openTestDesk();
    registerClient(desk, bianchi);
    const phone = hours(parseWeek({ tue: ['10:00-12:00'] }));
    const { entry: kept } = logWithClient(
      desk,
      '1',
      { ...entry, kind, direction, at: instant(at) },
      { contact: hours(), phone },
    );
    expect(kept.outOfHours).toBe(flagged);
    expect(kept.outOfHoursWhy === null).toBe(!flagged);
  });

  it('by the hours of the client itself', () => {
    const desk = openTestDesk();
    registerClient(desk, { ...bianchi, hours: parseWeek({ sun: ['15:00-17:00'] }) });
    const at = instant('2026-11-22T15:30:00+01:00');
    expect(
      logWithClient(desk, '1', { ...entry, kind: 'chat', at }, { contact: hours(), phone: hours() }).entry.outOfHours,
    ).toBe(false);
  });

  it('needs words, and cannot lie in the future', () => {
    const desk = openTestDesk();
    registerClient(desk, bianchi);
    const both = { contact: hours(), phone: hours() };
    expect(refusal(() => logWithClient(desk, '1', { ...entry, at: desk.clock.now(), text: ' ' }, both)).code).toBe(
      'bad-input',
    );
    expect(refusal(() => logWithClient(desk, '1', { ...entry, at: plus(desk.clock.now(), 1000) }, both)).code).toBe(
      'bad-input',
    );
    expect(desk.store.read((r) => entries(r)).length).toBe(1);
    expect(desk.store.read((r) => verifyJournal(r)).ok).toBe(true);
  });
});

describe('contacts', () => {
  const billing = (address: string, person: string | null = null) => ({ address, role: 'billing' as const, person });

  it('for billing are addresses of the client too, and letters about money go there', () => {
    const desk = openTestDesk();
    registerClient(desk, { name: 'Bianchi', contactName: 'Laura', addresses: ['laura@bianchi.example'] });
    const { client } = changeClient(desk, 'Bianchi', { billing: [billing('conti@bianchi.example', 'Rag. Verdi')] });
    expect(client.addresses).toEqual(['laura@bianchi.example', 'conti@bianchi.example']);
    const read = (kind: LetterKind) => {
      const { addresses, contactName } = readerOf(client, matterOf(kind));
      return [addresses[0], contactName];
    };
    expect(read('payment-reminder')).toEqual(['conti@bianchi.example', 'Rag. Verdi']);
    expect(read('work-paused')).toEqual(['conti@bianchi.example', 'Rag. Verdi']);
    expect(read('termination')).toEqual(['laura@bianchi.example', 'Laura']);
    expect(read('boundary-hours')).toEqual(['laura@bianchi.example', 'Laura']);
    expect(changeClient(desk, 'Bianchi', { billing: [] }).client.contacts.map((one) => one.role)).toEqual([
      'general',
      'general',
    ]);
  });

  it('who keep the books are not greeted by the name of somebody else', () => {
    const desk = openTestDesk();
    const client = registerClient(desk, {
      name: 'Bianchi',
      contactName: 'Laura',
      addresses: ['laura@bianchi.example'],
      billing: [billing('conti@bianchi.example')],
    });
    expect(readerOf(client, 'billing')).toMatchObject({ contactName: null });
  });

  it('keep role and name when the list of addresses is changed, and go with their address', () => {
    const desk = openTestDesk();
    registerClient(desk, {
      name: 'Bianchi',
      addresses: ['a@bianchi.example'],
      billing: [billing('c@bianchi.example', 'Rag. Verdi')],
    });
    const more = changeClient(desk, 'Bianchi', { addresses: ['c@bianchi.example', 'b@bianchi.example'] }).client;
    expect(more.contacts).toEqual([
      billing('c@bianchi.example', 'Rag. Verdi'),
      { address: 'b@bianchi.example', role: 'general', person: null },
    ]);
  });
});

describe('what the owner sets by hand', () => {
  it('is remembered: values, what was agreed one by one, and addresses taken away', () => {
    const desk = openTestDesk();
    const { id } = registerClient(
      desk,
      { name: 'Bianchi', addresses: ['a@b.example', 'c@b.example'], domains: ['b.example'] },
      { language: 'en' },
    );
    changeClient(desk, 'Bianchi', { tone: 'informal', addresses: ['a@b.example'], domains: [] });
    const read = () => desk.store.read((r) => [clientById(r, id)?.byHand, [...removedAddresses(r, id)]]);
    expect(read()).toEqual([
      ['name', 'tone'],
      ['@b.example', 'c@b.example'],
    ]);
    changeClient(desk, 'Bianchi', { addresses: ['a@b.example', 'c@b.example'] });
    expect(read()[1]).toEqual(['@b.example']);
  });
});

describe('references', () => {
  it('belong to one client, in whatever spelling, and those of another kind stay', () => {
    const desk = openTestDesk();
    registerClient(desk, { name: 'Bianchi', references: { vat: ['IT 01234567890'], code: ['C-3'] } });
    const fault = refusal(() => registerClient(desk, { name: 'Verdi', references: { vat: ['01234567890'] } }));
    expect(fault).toMatchObject({ code: 'conflict', message: expect.stringContaining('belongs to Bianchi') });
    const { client } = changeClient(desk, 'Bianchi', { references: { code: ['C 4'] } });
    expect(client.references).toEqual({ vat: ['01234567890'], code: ['C4'], crm: [], tax: [], pec: [] });
    expect(changeClient(desk, 'Bianchi', { references: { code: ['C4'] } }).changed).toEqual([]);
  });
});
