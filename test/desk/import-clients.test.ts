/** Clients from files: our own there and back, HubSpot's and Teamwork's, and bad ones that are refused whole. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWeek, writeWeek } from '../../src/desk/client-columns.ts';
import { changeClient, registerClient } from '../../src/desk/clients.ts';
import { parseAnswers } from '../../src/desk/import-questions.ts';
import { exportClients, importClients, planClientImport } from '../../src/desk/import-clients.ts';
import { parseWeek } from '../../src/rules/contact-hours.ts';
import { inDays } from '../../src/rules/payment-terms.ts';
import { localDay } from '../../src/rules/time.ts';
import { listClients, type NewClient, setWorkState } from '../../src/store/clients.ts';
import { journalKinds, openTestDesk, refusal, type TestDesk } from './support.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const imported = (desk: TestDesk, text: string) => importClients(desk, bytes(text), { file: 'clients.csv', own: [] });
const clients = (desk: TestDesk) => desk.store.read((r) => listClients(r));
const known = (desk: TestDesk) =>
  clients(desk).map(({ id: _id, createdAt: _createdAt, byHand: _byHand, ...client }) => client);

const full: NewClient = {
  name: 'Perché "no", S.r.l.',
  contactName: 'Dott.ssa Bianchi',
  kind: 'consumer',
  language: 'en',
  tone: 'informal',
  addresses: ['b@two.example', 'a@one.example'],
  domains: ['one.example', 'zwei.example'],
  timeZone: 'Asia/Kolkata',
  hours: parseWeek({ mon: ['09:00-13:00', '14:00-18:00'], fri: ['22:00-02:00'] }),
  paymentTerms: { days: 60, endOfMonth: true, dayAfter: 10 },
  phone: '+39 06 123',
  project: '=cmd|calc',
  notes: '+39 06 123\r\nsecond line, "quoted"; and\tmore\n',
  terms: {
    contractSignedOn: localDay('2026-01-31'),
    scope: ['logo; three drafts', '[web]'],
    revisionsIncluded: 2,
    rateCents: 8050,
    rateUnit: 'hour',
    currency: 'CHF',
    noticeDays: 15,
    workPrepaidUntil: localDay('2026-12-31'),
    startedOn: localDay('2025-01-01'),
    niche: '@law',
  },
};

describe('our own file', () => {
  it('there and back loses nothing', () => {
    const desk = openTestDesk();
    registerClient(desk, full);
    registerClient(desk, { name: 'Plain', addresses: ['p@plain.example'], hours: parseWeek({}) });
    desk.store.write(desk.clock.now(), (w) => setWorkState(w, 1, 'paused'));
    const file = desk.store.read((r) => exportClients(r));
    const other = openTestDesk();
    expect(imported(other, file).changes.map((change) => change.what)).toEqual(['add', 'add']);
    expect(known(other)).toEqual(known(desk));
    expect(other.store.read((r) => exportClients(r))).toBe(file);
  });

  it('a second time changes nothing', () => {
    const desk = openTestDesk();
    registerClient(desk, full);
    const file = desk.store.read((r) => exportClients(r));
    const before = journalKinds(desk).length;
    expect(imported(desk, file).changes.map((change) => change.what)).toEqual(['unchanged']);
    expect(journalKinds(desk)).toHaveLength(before);
  });

  it('changes what it names and leaves what it does not', () => {
    const desk = openTestDesk();
    registerClient(desk, full);
    registerClient(desk, { name: 'Plain', addresses: ['p@plain.example'], notes: 'keep' });
    const plan = imported(desk, 'name;tone;Payment Days\nplain;informal;45\n');
    expect(plan.changes).toMatchObject([{ line: 2, name: 'Plain', what: 'change', changed: ['tone', 'paymentTerms'] }]);
    expect(clients(desk)[1]).toMatchObject({
      tone: 'informal',
      paymentTerms: inDays(45),
      notes: 'keep',
      addresses: ['p@plain.example'],
    });
  });

  it('is only looked at by the plan', () => {
    const desk = openTestDesk();
    const plan = desk.store.read((r) =>
      planClientImport(r, bytes('name,addresses\nNew,n@new.example\n'), { file: 'clients.csv', own: [] }),
    );
    expect(plan.changes).toMatchObject([{ what: 'add', name: 'New' }]);
    expect(clients(desk)).toEqual([]);
  });
});

it('a week there and back is the same week', () => {
  const block = fc
    .tuple(fc.integer({ min: 0, max: 1438 }), fc.integer({ min: 1, max: 1440 }))
    .filter(([from, to]) => from < to);
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  fc.assert(
    fc.property(fc.option(block), fc.option(block), (one, other) => {
      const text = (part: [number, number] | null) => (part === null ? [] : [`${clock(part[0])}-${clock(part[1])}`]);
      const week = parseWeek({ mon: text(one), sat: text(other) });
      expect(readWeek(writeWeek(week))).toEqual(week);
    }),
  );
});

describe("HubSpot's contacts", () => {
  const head =
    'Record ID,First Name,Last Name,Email,Phone Number,Associated Company,Company Domain Name,Preferred language,Time Zone,Lifecycle Stage';
  const file = `${head}
1,Laura,Bianchi,Laura@bianchi.example,+39 06 1,Bianchi Srl,bianchi.example,Italian,Europe/Rome,Customer
2,Marco,Neri,marco@bianchi.example,,Bianchi Srl,bianchi.example,,,Customer
3,Luca,Rossi,luca@gmail.com,,,,,europe_slash_rome,Lead
4,Nobody,Here,,,,,,,Lead
`;

  it('make one client of a company, and one of a person', () => {
    const desk = openTestDesk();
    const plan = imported(desk, file);
    expect(known(desk)).toMatchObject([
      {
        name: 'Bianchi Srl',
        contactName: 'Laura Bianchi',
        kind: 'business',
        language: 'it',
        timeZone: 'Europe/Rome',
        addresses: ['laura@bianchi.example', 'marco@bianchi.example'],
        domains: ['bianchi.example'],
      },
      {
        name: 'Luca Rossi',
        contactName: null,
        kind: 'consumer',
        timeZone: null,
        addresses: ['luca@gmail.com'],
        domains: [],
      },
    ]);
    expect(plan.skipped).toEqual([{ line: 5, reason: 'has no mail address' }]);
    expect(plan.ignored).toEqual(['Lifecycle Stage']);
    expect(imported(desk, file).changes.map((change) => change.what)).toEqual(['unchanged', 'unchanged']);
  });

  it('add addresses to a client that is known, and change nothing else', () => {
    const desk = openTestDesk();
    registerClient(desk, {
      name: 'Bianchi Srl',
      addresses: ['old@bianchi.example'],
      language: 'en',
      contactName: 'Dott.ssa',
    });
    expect(imported(desk, file).changes[0]).toMatchObject({ what: 'change', changed: ['addresses', 'domains'] });
    expect(known(desk)[0]).toMatchObject({
      language: 'en',
      contactName: 'Dott.ssa',
      addresses: ['old@bianchi.example', 'laura@bianchi.example', 'marco@bianchi.example'],
    });
  });
});

it("Teamwork's companies and people", () => {
  const desk = openTestDesk();
  imported(
    desk,
    'Name,Domains,Permissions,Email,Website,Industry,Details\nVerdi SpA,"verdi.example, verdi.test",all,info@verdi.example,https://verdi.example,Law,long known\n',
  );
  imported(desk, 'First Name;Last Name;Email Address;Company\nAda;Verdi;ada@verdi.example;Verdi SpA\n');
  expect(known(desk)).toMatchObject([
    {
      name: 'Verdi SpA',
      domains: ['verdi.example', 'verdi.test'],
      addresses: ['info@verdi.example', 'ada@verdi.example'],
      notes: 'long known',
    },
  ]);
});

describe('a bad file is refused whole:', () => {
  const head = 'name,addresses,tone,paymentDays,contractSignedOn,rate,hours';
  it.each([
    ['an unknown column', 'name,adresses\nA,a@a.example\n', ':1', /is not a known column; did you mean "addresses"/],
    ['no name column', 'addresses\na@a.example\n', ':1', /no such column/],
    ['no column with addresses', 'First Name,Last Name\nA,B\n', ':1', /no column holds mail addresses/],
    [
      'a wrong address',
      `${head}\nA,a@a.example,,,,,\nB,b@b,,,,,\n`,
      ':3, column "addresses"',
      /"b@b" is not a plain mail address/,
    ],
    ['no name', `${head}\n,a@a.example,,,,,\n`, ':2, column "name"', /is empty/],
    ['an unknown tone', `${head}\nA,a@a.example,loud,,,,\n`, ':2, column "tone"', /"loud" is not a tone/],
    ['days that are none', `${head}\nA,a@a.example,,many,,,\n`, ':2, column "paymentDays"', /number of days/],
    ['a day that is none', `${head}\nA,a@a.example,,,31/01/2026,,\n`, ':2, column "contractSignedOn"', /YYYY-MM-DD/],
    ['a sum that reads in two ways', `${head}\nA,a@a.example,,,,1.220,\n`, ':2, column "rate"', /two ways/],
    ['hours that are none', `${head}\nA,a@a.example,,,,,lun 9-13\n`, ':2, column "hours"', /./],
    [
      'an address twice',
      `${head}\nA,a@a.example,,,,,\nB,a@a.example,,,,,\n`,
      ':3, column "addresses"',
      /in line 2 too/,
    ],
    ['a name twice', `${head}\nA,a@a.example,,,,,\na,b@b.example,,,,,\n`, ':3, column "name"', /in line 2 too/],
    [
      'an address of another client',
      `${head}\nNew,old@old.example; n@new.example,,,,,\nOther,o@old.example,,,,,\n`,
      'column "addresses"',
      /belongs to Old/,
    ],
    ['a line break in a name', 'name,addresses\n"A\nB",a@a.example\n', ':2, column "name"', /line break/],
  ])('%s', (_name, text, where, message) => {
    const desk = openTestDesk();
    registerClient(desk, { name: 'Old', addresses: ['first@old.example', 'old@old.example', 'o@old.example'] });
    changeClient(desk, 'Old', { notes: 'before' });
    const before = [known(desk), journalKinds(desk)];
    const fault = refusal(() => imported(desk, text));
    expect(fault.code).toBe('bad-input');
    expect(`${fault.where} ${fault.message}`).toContain(where.split(', ').at(-1));
    expect(`${fault.message}`).toMatch(message);
    expect(fault.next).toContain('nothing of it was taken');
    expect([known(desk), journalKinds(desk)]).toEqual(before);
  });

  it.each([
    ['an address of the owner', 'name,addresses\nA,a@a.example\nMe,n@n.example; Anna@Studio.example\n'],
    ['her address with a detail', 'name,addresses\nA,a@a.example\nMe,anna+old@studio.example\n'],
  ])('%s', (_name, text) => {
    const desk = openTestDesk();
    const fault = refusal(() =>
      importClients(desk, bytes(text), { file: 'clients.csv', own: ['anna@studio.example'] }),
    );
    expect(fault).toMatchObject({ code: 'bad-input', where: 'clients.csv:3, column "addresses"' });
    expect(fault.message).toMatch(/anna(\+old)?@studio\.example is your own address/i);
    expect(clients(desk)).toEqual([]);
  });

  it('several faults are all told', () => {
    const fault = refusal(() => imported(openTestDesk(), 'name,addresses,tone\n,a@a,loud\nB,b@b.example,quiet\n'));
    expect(fault.message).toMatch(
      /^the file has 4 faults:\n {2}line 2, column "name".*\n.*"tone".*\n.*"addresses".*\n {2}line 3, column "tone"/s,
    );
  });
});

describe('a file of a CRM', () => {
  const head = 'Record ID,First Name,Last Name,Email,Associated Company,Company Domain Name,Associated Company IDs';
  const twice = (desk: TestDesk, text: string) => {
    const before = [known(desk), journalKinds(desk).length];
    imported(desk, text);
    expect([known(desk), journalKinds(desk).length]).toEqual(before);
  };
  const answered = (desk: TestDesk, text: string, ...answers: string[]) =>
    importClients(desk, bytes(text), { file: 'c.csv', own: [], answers: parseAnswers(answers) });

  it('has two companies of one name as two clients, by their ids', () => {
    const desk = openTestDesk();
    const text = `${head}\n300,A,A,a@uno.example,Studio Uno,,9001\n301,B,B,b@due.example,Studio Uno,,9002\n`;
    imported(desk, text);
    expect(known(desk).map((client) => [client.name, client.addresses])).toEqual([
      ['Studio Uno', ['a@uno.example']],
      ['Studio Uno', ['b@due.example']],
    ]);
    expect(refusal(() => changeClient(desk, 'studio uno', { notes: 'x' })).next).toContain('b@due.example');
    twice(desk, text);
  });

  it('without ids asks whether two of one name and two domains are one', () => {
    const desk = openTestDesk();
    const text = `${head}\n300,A,A,a@uno.example,Studio Uno,uno.example,\n301,B,B,b@due.example,Studio Uno,due.example,\n302,C,C,c@tre.example,Tre,,\n`;
    expect(imported(desk, text)).toMatchObject({
      questions: [{ line: 2 }],
      changes: [{ what: 'asked' }, { what: 'asked' }, { what: 'add' }],
    });
    expect(known(desk).map((client) => client.name)).toEqual(['Tre']);
    answered(desk, text, '2=one');
    expect(known(desk)).toMatchObject([{ addresses: ['a@uno.example', 'b@due.example'] }, { name: 'Tre' }]);
    twice(desk, text);
  });

  it('answered with "two" has a client for each domain, also when it is read again and grows', () => {
    const desk = openTestDesk();
    const rows = (more = '') =>
      `${head}\n300,A,A,a@uno.example,Studio Uno,uno.example,\n301,B,B,b@due.example,Studio Uno,due.example,\n302,C,C,c@uno.example,Studio Uno,,\n${more}`;
    answered(desk, rows(), '2=two');
    const addresses = () =>
      known(desk)
        .map((client) => client.addresses.toSorted().join(' '))
        .toSorted();
    expect(addresses()).toEqual(['a@uno.example c@uno.example', 'b@due.example']);
    twice(desk, rows());
    imported(desk, rows('303,D,D,d@due.example,Studio Uno,,\n'));
    expect(addresses()).toEqual(['a@uno.example c@uno.example', 'b@due.example d@due.example']);
    const file = desk.store.read((r) => exportClients(r));
    expect(imported(desk, file).changes.map((change) => change.what)).toEqual(['unchanged', 'unchanged']);
    expect(refusal(() => imported(desk, 'name,phone\nStudio Uno,06 1\n')).message).toContain(
      'is the name of 2 clients',
    );
  });

  it('answered with "two" knows which of them is on record, and leaves a person at a provider', () => {
    const desk = openTestDesk();
    registerClient(desk, { name: 'Studio Uno', addresses: ['z@due.example'], notes: 'known' });
    const text = `${head}\n300,A,A,a@uno.example,Studio Uno,,\n301,B,B,b@due.example,Studio Uno,,\n302,C,C,c@gmail.com,Studio Uno,,\n`;
    expect(answered(desk, text, '2=two').changes.map((change) => change.what)).toEqual(['add', 'change', 'asked']);
    expect(known(desk).map((client) => [client.addresses, client.notes])).toEqual([
      [['z@due.example', 'b@due.example'], 'known'],
      [['a@uno.example'], ''],
    ]);
    const bare = openTestDesk();
    registerClient(bare, { name: 'Studio Uno' });
    expect(refusal(() => answered(bare, text, '2=two')).message).toContain('is on record without an address');
  });

  it('asks about a person who moved to another company, and takes the other rows', () => {
    const desk = openTestDesk();
    imported(
      desk,
      'First Name,Last Name,Email,Associated Company\nAnna,Bianchi,anna@bianchi.example,Bianchi\nLuca,Neri,luca@bianchi.example,Bianchi\n',
    );
    const moved =
      'First Name,Last Name,Email,Associated Company\nAnna,Bianchi,anna@bianchi.example,Verdi\nUgo,Blu,ugo@blu.example,Blu\n';
    expect(imported(desk, moved)).toMatchObject({
      questions: [{ line: 2, answers: { move: expect.anything(), stay: expect.anything() } }],
    });
    expect(known(desk).map((client) => client.name)).toEqual(['Bianchi', 'Blu']);
    answered(desk, moved, '2=move');
    expect(known(desk)).toMatchObject([
      { name: 'Bianchi', addresses: ['luca@bianchi.example'] },
      { name: 'Blu' },
      { name: 'Verdi', addresses: ['anna@bianchi.example'] },
    ]);
    twice(desk, moved);
  });

  it('does not bring back an address that the owner took away', () => {
    const desk = openTestDesk();
    const text =
      'First Name,Last Name,Email,Associated Company\nAnna,Bianchi,anna@bianchi.example,Bianchi\nLuca,Neri,luca@bianchi.example,Bianchi\n';
    imported(desk, text);
    changeClient(desk, 'Bianchi', { addresses: ['anna@bianchi.example'], tone: 'informal' });
    expect(imported(desk, text)).toMatchObject({
      changes: [{ what: 'unchanged' }],
      notes: [{ reason: expect.stringContaining('luca@bianchi.example') }],
    });
    twice(desk, text);
    changeClient(desk, 'Bianchi', { addresses: ['anna@bianchi.example', 'luca@bianchi.example'] });
    expect(imported(desk, text).notes).toEqual([]);
  });

  it('with a domain of a provider, or the owner among the contacts, is taken without them', () => {
    const desk = openTestDesk();
    const text = `${head}\n200,Ugo,Gi,ugo@gmail.com,Gialli,gmail.com,\n201,Ida,Ro,ida@libero.it,Rossi & C,libero.it,\n202,Anna,Me,anna@studio.example,Me,,\n`;
    const plan = importClients(desk, bytes(text), { file: 'c.csv', own: ['anna@studio.example'] });
    expect(plan.notes.map(({ line }) => line).toSorted((a, b) => a - b)).toEqual([2, 3, 4]);
    expect(known(desk)).toMatchObject([
      { name: 'Gialli', addresses: ['ugo@gmail.com'], domains: [] },
      { name: 'Rossi & C', addresses: ['ida@libero.it'], domains: [] },
    ]);
  });

  it('in Italian has persons as persons, with the name that stands there', () => {
    const desk = openTestDesk();
    imported(
      desk,
      'Nome;Email;Telefono\nGreta Conti;greta@conti.example;+39 333 1234567\nFerrari Srl;luca@ferrari.example;\n',
    );
    imported(
      desk,
      'Nome;Cognome;Ragione sociale;Email;Partita IVA\nLuca;Neri;Neri & Figli;luca@neri.example;IT01234567890\n',
    );
    imported(desk, 'Ragione sociale;Referente;Email\nBlu;Ada Blu;ada@blu.example\n');
    expect(known(desk)).toMatchObject([
      { name: 'Blu', contactName: 'Ada Blu', kind: 'business' },
      { name: 'Ferrari Srl', kind: 'business' },
      { name: 'Greta Conti', kind: 'consumer', phone: '+39 333 1234567' },
      { name: 'Neri & Figli', contactName: 'Luca Neri', kind: 'business', references: { vat: ['01234567890'] } },
    ]);
  });

  it('in another order gives the same register', () => {
    const rows = [
      '103,Anna,B,anna@b.example,B Group,b.example,100',
      '104,Luca,N,luca@b-group.example,B Group,b.example,100',
      '300,A,A,a@uno.example,Studio Uno,,9001',
      '301,B,B,b@due.example,Studio Uno,,9002',
      '400,Ugo,Gi,ugo@gmail.com,,gmail.com,',
    ];
    const picture = (desk: TestDesk) =>
      known(desk)
        .map((client) => JSON.stringify(client))
        .toSorted((a, b) => (a < b ? -1 : 1));
    const usual = openTestDesk();
    imported(usual, `${head}\n${rows.join('\n')}\n`);
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        const desk = openTestDesk();
        imported(desk, `${head}\n${shuffled.join('\n')}\n`);
        expect(picture(desk)).toEqual(picture(usual));
      }),
      { numRuns: 15 },
    );
  });
});

it('what the owner set by hand stands against our own file as well', () => {
  const desk = openTestDesk();
  const file = 'name,addresses,tone,notes\nBianchi,a@b.example; c@b.example,formal,old\n';
  imported(desk, file);
  changeClient(desk, 'Bianchi', { tone: 'informal', addresses: ['a@b.example'], phone: '06 1234' });
  const before = known(desk);
  const plan = imported(desk, file);
  expect(plan.notes.map(({ reason }) => reason)).toEqual([
    'tone stays as you set it by hand',
    'the absence of c@b.example stays as you set it by hand',
  ]);
  expect(known(desk)).toEqual(before);
  imported(desk, file.replace('old', 'new'));
  expect(known(desk)[0]?.notes).toBe('new');
});
