import { describe, expect, it } from 'vitest';
import { noTerms } from '../../src/rules/client.ts';
import {
  addClient,
  clientByAddress,
  clientById,
  editClient,
  findClient,
  listClients,
  setWorkState,
} from '../../src/store/clients.ts';
import { messageById } from '../../src/store/messages.ts';
import { openWindow, windowById } from '../../src/store/windows.ts';
import type { Writer } from '../../src/store/database.ts';
import { client, day, faultOf, inStore, later, memoryStore, message, now, own } from './make.ts';

describe('adding', () => {
  it('keeps what was given and fills in the rest', () => {
    inStore((w) => {
      expect(
        addClient(w, { name: '  Studio  Bianchi ', addresses: [' Luca@Bianchi.example', 'luca@bianchi.example'] }),
      ).toEqual({
        id: 1,
        name: 'Studio Bianchi',
        contactName: null,
        kind: 'business',
        language: 'it',
        tone: 'formal',
        addresses: ['luca@bianchi.example'],
        contacts: [{ address: 'luca@bianchi.example', role: 'general', person: null }],
        domains: [],
        references: { vat: [], code: [], crm: [], tax: [], pec: [] },
        phone: null,
        hours: null,
        timeZone: null,
        workState: 'active',
        paymentTerms: null,
        project: null,
        notes: '',
        createdAt: now,
        terms: noTerms,
        byHand: [],
      });
      const hours = { mon: [{ start: 540, end: 780 }], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
      const full = {
        name: 'Smith & Co',
        contactName: 'John',
        kind: 'consumer' as const,
        language: 'en' as const,
        tone: 'informal' as const,
        addresses: ['b@smith.example', 'a@smith.example'],
        contacts: [
          { address: 'b@smith.example', role: 'general' as const, person: null },
          { address: 'a@smith.example', role: 'billing' as const, person: 'Ms Penny' },
        ],
        domains: ['smith.co.example'],
        references: { vat: ['GB123456789'], code: [], crm: ['9001'], tax: [], pec: [] },
        phone: '+44 20 1234',
        hours,
        timeZone: 'Europe/London',
        paymentTerms: { days: 30, endOfMonth: true, dayAfter: 10 },
        project: 'site',
        notes: 'likes tea',
        terms: {
          ...noTerms,
          contractSignedOn: day('2026-01-02'),
          scope: ['logo', 'site'],
          rateCents: 5000,
          currency: 'GBP',
        },
        byHand: [],
      };
      expect(addClient(w, full)).toEqual({ ...full, id: 2, workState: 'active', createdAt: now });
    });
  });

  it.each([
    ['a name in another case', { name: 'BIANCHI' }, 'Bianchi'],
    ['a name in accents of another case', { name: 'CAFFÈ' }, 'Caffè'],
    ['an address', { name: 'X', addresses: ['LUCA@bianchi.example'] }, 'Bianchi'],
    ['the second address', { name: 'X', addresses: ['x@x.example', 'luca@bianchi.example'] }, 'Bianchi'],
    ['a domain', { name: 'X', domains: ['@Verdi.example'] }, 'Verdi'],
  ])('refuses %s that is taken, naming whose it is, and keeps nothing', (_what, values, holder) => {
    const store = memoryStore();
    store.write(now, (w) => {
      client(w);
      client(w, { name: 'Verdi', addresses: [], domains: ['verdi.example'] });
      client(w, { name: 'Caffè', addresses: [] });
    });
    const fault = faultOf(() => store.write(now, (w) => addClient(w, values)));
    expect(fault.code).toBe('conflict');
    expect(fault.message).toContain(holder);
    expect(store.read(listClients)).toHaveLength(3);
  });

  it.each([
    { name: ' ' },
    { name: 'X', addresses: ['Luca <luca@x.example>'] },
    { name: 'X', addresses: ['a@b.example\r\nBcc: c@d.example'] },
    { name: 'X', addresses: [''] },
    { name: 'X', domains: ['localhost'] },
    { name: 'X', domains: ['a b.example'] },
  ])('refuses %j', (values) => {
    const fault = faultOf(() => inStore((w) => addClient(w, values)));
    expect(fault.code).toBe('bad-input');
    expect(fault.message).not.toContain('\n');
  });

  it("allows an address at another client's domain", () => {
    inStore((w) => {
      client(w, { name: 'Verdi', addresses: [], domains: ['verdi.example'] });
      const one = client(w, { name: 'Anna Verdi', addresses: ['anna@verdi.example'] });
      expect(clientByAddress(w, 'ANNA@verdi.example')?.id).toBe(one.id);
      expect(clientByAddress(w, 'other@verdi.example')?.name).toBe('Verdi');
      expect(clientByAddress(w, 'x@sub.verdi.example')).toBeUndefined();
    });
  });
});

describe('editing', () => {
  it('changes what is named and nothing else', () => {
    inStore((w) => {
      const before = client(w, { notes: 'old', terms: { scope: ['logo'] } });
      const after = editClient(w, before.id, { notes: 'new', terms: { rateCents: 1 }, project: 'p' });
      expect(after).toEqual({ ...before, notes: 'new', project: 'p', terms: { ...before.terms, rateCents: 1 } });
      expect(editClient(w, before.id, { project: null }).project).toBeNull();
    });
  });

  it('replaces the addresses as a list, the first being the one written to', () => {
    inStore((w) => {
      const { id } = client(w);
      expect(editClient(w, id, { addresses: ['new@bianchi.example', 'luca@bianchi.example'] }).addresses).toEqual([
        'new@bianchi.example',
        'luca@bianchi.example',
      ]);
      editClient(w, id, { addresses: [] });
      expect(clientByAddress(w, 'luca@bianchi.example')).toBeUndefined();
    });
  });

  it('may keep its own name, address and domain', () => {
    inStore((w) => {
      const one = client(w, { domains: ['bianchi.example'] });
      expect(editClient(w, one.id, { name: 'BIANCHI', addresses: one.addresses, domains: one.domains })).toEqual({
        ...one,
        name: 'BIANCHI',
      });
    });
  });

  it("refuses another's address and leaves both as they were", () => {
    const store = memoryStore();
    const [one] = store.write(now, (w) => [client(w), client(w, { name: 'Verdi', addresses: ['v@verdi.example'] })]);
    const fault = faultOf(() =>
      store.write(now, (w) => editClient(w, one?.id ?? 0, { notes: 'x', addresses: ['v@verdi.example'] })),
    );
    expect(fault.code).toBe('conflict');
    expect(store.read((r) => clientById(r, one?.id ?? 0))).toEqual(one);
  });

  it('of an unknown client is refused', () => {
    expect(faultOf(() => inStore((w) => editClient(w, 9, { notes: 'x' }))).code).toBe('not-found');
  });

  it('keeps the state of work', () => {
    inStore((w) => {
      const { id } = client(w);
      setWorkState(w, id, 'paused');
      expect(editClient(w, id, { notes: 'x' }).workState).toBe('paused');
    });
  });
});

const from = (address: string) => ({ from: { name: '', address } });

describe('earlier messages', () => {
  it('become those of a client who is added or gets the address, with window and thread', () => {
    inStore((w) => {
      const openedBy = message(w, from('luca@bianchi.example'));
      const toHim = message(w, { ...from(own), to: [{ name: '', address: 'luca@bianchi.example' }] }, { role: 'sent' });
      const other = message(w, from('x@bianchi.example'));
      const threadId = messageById(w, openedBy)?.threadId as number;
      const window = openWindow(w, { threadId, clientId: null, openedBy, openedAt: now, dueAt: later });
      const clientOf = (id: number) => messageById(w, id)?.clientId;
      const { id } = client(w);
      expect([openedBy, toHim, other].map(clientOf)).toEqual([id, id, null]);
      expect(windowById(w, window.id)?.clientId).toBe(id);
      expect(w.get('SELECT client_id FROM threads WHERE id = ?', threadId)).toEqual({ client_id: id });
      editClient(w, id, { domains: ['bianchi.example'] });
      expect(clientOf(other)).toBe(id);
    });
  });

  it('of another client stay his', () => {
    inStore((w) => {
      const { id } = client(w);
      const his = message(w);
      client(w, { name: 'Bianchi Spa', addresses: [], domains: ['bianchi.example'] });
      expect(messageById(w, his)?.clientId).toBe(id);
    });
  });
});

function register(w: Writer): void {
  for (const name of ['Bianchi', 'Bianco Srl', 'Studio Verdi', 'Rossi', 'Caffè Roma'])
    client(w, { name, addresses: [] });
  editClient(w, 4, { addresses: ['mario@rossi.example'], domains: ['rossi.example'] });
}

describe('finding', () => {
  it.each([
    ['3', 'Studio Verdi'],
    ['bianchi', 'Bianchi'],
    [' ROSSI ', 'Rossi'],
    ['stud', 'Studio Verdi'],
    ['bianco', 'Bianco Srl'],
    ['CAFFÈ', 'Caffè Roma'],
    ['mario@rossi.example', 'Rossi'],
    ['any@rossi.example', 'Rossi'],
  ])('%j finds %s', (wanted, name) => {
    inStore((w) => {
      register(w);
      expect(findClient(w, wanted).name).toBe(name);
    });
  });

  it.each([
    ['bian', 'conflict', 'Bianchi, Bianco Srl'],
    ['biancki', 'not-found', 'Bianchi'],
    ['verdi', 'not-found', 'Studio Verdi'],
    ['verde', 'not-found', 'Studio Verdi'],
    ['99', 'not-found', 'clients list'],
    ['', 'not-found', 'clients list'],
    ['%', 'not-found', 'clients list'],
    ['zzzzzz\n', 'not-found', 'clients list'],
    ['nobody@x.example', 'not-found', 'clients list'],
  ])('%j is a %s that helps: %s', (wanted, code, help) => {
    inStore((w) => {
      register(w);
      const fault = faultOf(() => findClient(w, wanted));
      expect(fault.code).toBe(code);
      expect(fault.next).toContain(help);
      expect(fault.message).not.toContain('\n');
    });
  });

  it('prefers a name that is a number to nothing', () => {
    inStore((w) => {
      client(w, { name: '2026', addresses: [] });
      expect(findClient(w, '2026').id).toBe(1);
    });
  });
});
