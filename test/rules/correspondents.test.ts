/** Who may be a client, told from the mail of both ways: what is ticked, what is not, and why. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Circle, correspondents, type Exchanged, type Proposal } from '../../src/rules/correspondents.ts';
import { type Instant, instant, type LocalDay } from '../../src/rules/time.ts';

const own = 'anna@studio.example';
const circle: Circle = { own: [own], colleagues: [], clients: [], declined: new Map(), zone: 'Europe/Rome' };

const first = instant('2026-11-02T10:00:00+01:00');
let hours = 0;
const one = (direction: 'in' | 'out', address: string, rest: Partial<Exchanged> = {}): Exchanged => ({
  at: (first + ++hours * 3_600_000) as Instant,
  direction,
  address,
  name: '',
  kind: direction === 'in' ? 'human' : 'own',
  outOfHours: false,
  subject: 'Catalogo',
  text: 'Allora ci sentiamo domani.',
  copyOf: [],
  ...rest,
});
const both = (address: string, times: number, rest: Partial<Exchanged> = {}) =>
  Array.from({ length: times }, () => [one('in', address, rest), one('out', address, rest)]).flat();
const proposals = (letters: Exchanged[], around: Partial<Circle> = {}) =>
  correspondents(letters, { ...circle, ...around }).proposals;
const only = (letters: Exchanged[], around: Partial<Circle> = {}): Proposal => {
  const found = proposals(letters, around);
  expect(found).toHaveLength(1);
  return found[0] as Proposal;
};
const doubtOf = (letters: Exchanged[], around: Partial<Circle> = {}) => only(letters, around).doubt;

describe('who is proposed', () => {
  it('a company by its domain, with the person who writes most and everybody there', () => {
    const proposal = only([
      ...both('luca@bianchi-arredi.it', 3, { name: 'Bianchi, Luca' }),
      one('in', 'conti@bianchi-arredi.it', { name: 'Ufficio conti | Bianchi Arredi' }),
    ]);
    expect(proposal).toMatchObject({
      key: 'bianchi-arredi.it',
      name: 'Bianchi Arredi',
      contactName: 'Luca Bianchi',
      addresses: ['luca@bianchi-arredi.it', 'conti@bianchi-arredi.it'],
      domain: 'bianchi-arredi.it',
      received: 4,
      sent: 3,
      doubt: null,
    });
  });

  it('a company of which one person writes by the address alone', () => {
    expect(only(both('luca@bianchi.it', 2))).toMatchObject({ domain: null, addresses: ['luca@bianchi.it'] });
  });

  it('a person at a provider by the address, never by the domain', () => {
    const letters = both('luca.verdi@gmail.com', 3, { name: 'Luca Verdi', subject: 'Preventivo del sito' });
    expect(only(letters)).toMatchObject({
      key: 'luca.verdi@gmail.com',
      name: 'Luca Verdi',
      contactName: null,
      domain: null,
      doubt: null,
    });
    expect(proposals([...letters, ...both('sara@gmail.com', 2, { subject: 'Logo' })])).toHaveLength(2);
  });

  it('nobody with whom mail went one way only: they are counted', () => {
    const found = correspondents([one('in', 'a@nuovo.it'), one('out', 'b@altro.it'), ...both('c@terzo.it', 2)], circle);
    expect([found.proposals.map(({ key }) => key), found.oneWay]).toEqual([['terzo.it'], 2]);
  });

  it('nobody who is a client, by address or by domain, nor the owner herself', () => {
    const clients = [
      { id: 1, name: 'Bianchi', addresses: ['luca@bianchi.it'], domains: [] },
      { id: 2, name: 'Neri', addresses: [], domains: ['neri.it'] },
    ];
    const letters = [...both('luca@bianchi.it', 2), ...both('x@neri.it', 2), ...both('anna+prove@studio.example', 2)];
    expect(correspondents(letters, { ...circle, clients })).toEqual({ proposals: [], oneWay: 0, known: 2 });
  });

  it('those that are ticked first, the busiest first', () => {
    const letters = [
      ...both('zia@gmail.com', 9, { text: 'Un bacione dalla zia' }),
      ...both('a@poco.it', 2),
      ...both('b@molto.it', 5),
    ];
    expect(proposals(letters).map(({ key }) => key)).toEqual(['molto.it', 'poco.it', 'zia@gmail.com']);
  });

  it('with how she writes to them, and between which hours eight of ten of their mails come', () => {
    const at = (time: string) => instant(`2026-11-03T${time}:00+01:00`);
    const times = ['03:00', '09:10', '09:30', '10:00', '11:00', '12:00', '15:00', '16:00', '17:00', '18:20', '23:50'];
    const letters = [
      ...times.map((time) =>
        one('in', 'luca@bianchi.it', { at: at(time), outOfHours: time > '18:00' || time < '09:00' }),
      ),
      one('out', 'luca@bianchi.it', { text: 'Buongiorno, Le invio la bozza del catalogo con le foto.' }),
    ];
    expect(only(letters)).toMatchObject({
      writes: { from: 9 * 60 + 10, to: 18 * 60 + 20 },
      outOfHours: 3,
      tone: { value: 'formal' },
      language: { value: 'it' },
    });
  });
});

describe('who is not ticked, with the reason', () => {
  it('a mailing list and a program', () => {
    const kinds = ['list', 'automatic'] as const;
    const [list, robot] = kinds.map((kind) => doubtOf([one('in', 'x@gruppo.it', { kind }), one('out', 'x@gruppo.it')]));
    expect([list?.code, robot?.code]).toEqual(['list', 'robot']);
  });

  it('but a company whose programs write as well as its people is', () => {
    const letters = [...both('luca@bianchi.it', 2), one('in', 'noreply@bianchi.it', { kind: 'automatic' })];
    expect(only(letters)).toMatchObject({ doubt: null, addresses: ['luca@bianchi.it'], domain: null, received: 2 });
  });

  it('whoever writes from the own domain, unless that is a provider', () => {
    expect(doubtOf(both('marta@studio.example', 4))).toEqual({ code: 'own-domain', domain: 'studio.example' });
    const work = { subject: 'Il preventivo' };
    expect(doubtOf(both('luca@gmail.com', 4, work), { own: ['anna@gmail.com'] })).toBeNull();
  });

  it('a colleague who is named, and whoever gets copies of mail to several', () => {
    const named = doubtOf(both('p@altro.it', 3), { colleagues: ['p@altro.it'] });
    const copies = [['a@uno.it'], ['b@due.it']].map((copyOf) => one('out', 'p@altro.it', { copyOf }));
    expect([named?.code, doubtOf([...both('p@altro.it', 3), ...copies])]).toEqual([
      'named-colleague',
      { code: 'gets-copies', others: 2 },
    ]);
  });

  it('but not the partner of one client, nor a client to whom two others were added', () => {
    const copies = ['a@uno.it', 'c@uno.it'].map((to) => one('out', 'p@altro.it', { copyOf: [to] }));
    expect(doubtOf([...both('p@altro.it', 3), ...copies])).toBeNull();
  });

  it('family, and private mail that hardly speaks of work', () => {
    expect(doubtOf(both('mamma@libero.it', 3, { subject: '', text: 'Tanti baci, la mamma' }))).toMatchObject({
      code: 'family',
      words: 'Tanti baci, la mamma',
    });
    expect(doubtOf(both('gio@gmail.com', 6, { subject: 'Cena', text: 'A che ora ci vediamo?' }))?.code).toBe(
      'little-work',
    );
  });

  it('but a private address that speaks of work is ticked, a birthday between', () => {
    const letters = [
      ...both('gio@gmail.com', 3, { subject: 'Logo per il negozio' }),
      one('in', 'gio@gmail.com', { subject: 'Buon compleanno!' }),
    ];
    expect(doubtOf(letters)).toBeNull();
  });

  it('who bills the owner, unless she bills him', () => {
    const bill = one('in', 'info@tipografia.it', { text: 'Buongiorno,\nLe inviamo la nostra fattura di novembre.' });
    const letters = [...both('info@tipografia.it', 2), bill];
    expect(doubtOf(letters)).toEqual({ code: 'supplier', words: 'Le inviamo la nostra fattura di novembre.' });
    const hers = one('out', 'info@tipografia.it', { text: 'In allegato trova il preventivo per le vostre locandine.' });
    expect(doubtOf([...letters, hers])).toBeNull();
  });

  it('but not a client who speaks of her invoice', () => {
    const asks = [
      'Ci mandi la fattura entro fine mese?',
      'Abbiamo ricevuto la vostra fattura.',
      'La fattura va intestata a noi.',
    ];
    expect(
      asks.map((text) => doubtOf([...both('luca@bianchi.it', 2), one('in', 'luca@bianchi.it', { text })])),
    ).toEqual([null, null, null]);
  });

  it('one exchange without a word of work; with one it is', () => {
    const exchange = (text: string) => [
      one('in', 'x@nuovo.it', { subject: 'Ciao', text }),
      one('out', 'x@nuovo.it', { subject: 'Re: Ciao' }),
    ];
    expect(doubtOf(exchange('Grazie, a presto.'))?.code).toBe('once');
    expect(doubtOf(exchange('Vorrei un preventivo per il logo.'))).toBeNull();
  });

  it('whoever she said no to, and a new address of a client', () => {
    expect(doubtOf(both('x@no.it', 3), { declined: new Map([['no.it', '2026-11-20' as LocalDay]]) })).toEqual({
      code: 'declined',
      on: '2026-11-20',
    });
    const clients = [{ id: 7, name: 'Bianchi', addresses: ['luca@bianchi.it'], domains: [] }];
    const proposal = only([...both('luca@bianchi.it', 2), ...both('sara@bianchi.it', 2)], { clients });
    expect(proposal).toMatchObject({ addresses: ['sara@bianchi.it'], doubt: { code: 'of-client', id: 7 } });
  });

  it('a second address of somebody of the same name', () => {
    const work = { name: 'Luca Bianchi', subject: 'Preventivo' };
    const found = proposals([...both('luca@bianchi.it', 3, work), ...both('luca.b@gmail.com', 2, work)]);
    expect(found.map(({ key, doubt }) => [key, doubt?.code])).toEqual([
      ['bianchi.it', undefined],
      ['luca.b@gmail.com', 'same-name'],
    ]);
  });
});

it('whatever was written: each correspondent is accounted for once, and none of the owner or of a client is proposed', () => {
  const addresses = ['a@uno.it', 'b@uno.it', 'c@due.it', 'd@gmail.com', 'e@libero.it', own, 'f@cliente.it'];
  const kinds = ['human', 'list', 'automatic', 'own', 'calendar'] as const;
  const texts = ['Ciao', 'La nostra fattura', 'preventivo', 'mamma', '', '🙂', 'Le invio il preventivo'];
  const letter = fc.record({
    at: fc.integer({ min: 0, max: 90 * 24 }).map((hour) => (first + hour * 3_600_000) as Instant),
    direction: fc.constantFrom('in' as const, 'out' as const),
    address: fc.constantFrom(...addresses),
    name: fc.constantFrom('', 'Luca', 'Bianchi, Luca', '"x" <y@z.it>', '- (', 'Luca Neri'),
    kind: fc.constantFrom(...kinds),
    outOfHours: fc.boolean(),
    subject: fc.constantFrom(...texts),
    text: fc.constantFrom(...texts),
    copyOf: fc.subarray(addresses, { maxLength: 2 }),
  });
  const clients = [{ id: 1, name: 'Cliente', addresses: ['f@cliente.it'], domains: [] }];
  fc.assert(
    fc.property(fc.array(letter, { maxLength: 40 }), (letters) => {
      const found = correspondents(letters, { ...circle, clients });
      const shown = found.proposals.flatMap((proposal) => proposal.addresses);
      expect(shown).not.toContain(own);
      expect(shown).not.toContain('f@cliente.it');
      expect(new Set(shown).size).toBe(shown.length);
      const keys = new Set(
        letters
          .map(({ address }) => address)
          .filter((address) => address !== own)
          .map((address) =>
            address.endsWith('@gmail.com') || address.endsWith('@libero.it') ? address : address.split('@')[1],
          ),
      );
      expect(found.proposals.length + found.oneWay + found.known).toBe(keys.size);
      for (const { doubt, received, sent } of found.proposals)
        if (doubt === null) expect(Math.min(received, sent)).toBeGreaterThan(0);
    }),
  );
});
