/** Attacks by mail, each played for forty days: who is written to, and what keeps a client's money waiting. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type LocalDay, localDay } from '../../src/rules/time.ts';
import { releaseClient } from '../../src/desk/clients.ts';
import { caseOf } from '../../src/store/cases.ts';
import { clientIdByAddress } from '../../src/store/clients.ts';
import { activeHolds, listHolds } from '../../src/store/holds.ts';
import { unseenNotices, said } from '../support/in-words.ts';
import { approve } from '../../src/store/outbox.ts';
import { terminalOf } from '../cli/terminal-of.ts';
import { type ClientMail, makeStudio, openStudio, owner, type Studio } from '../support/studio.ts';

const carla = 'carla@client.example';
const victim = (day: number) => `victim${day}@third.example`;
const result = (results: string) => `Authentication-Results: mx.studio.example; ${results}`;
const forged = result('spf=fail smtp.mailfrom=evil.example; dmarc=fail header.from=client.example');
const proven = result('dkim=pass header.d=client.example; dmarc=pass header.from=client.example');

const ladder = {
  steps: [
    { letter: 'payment-reminder', afterDays: 3, approval: 'auto' },
    { letter: 'work-paused', afterDays: 10, afterPreviousDays: 5, approval: 'auto' },
    { letter: 'termination', afterDays: 60, afterPreviousDays: 15, approval: 'ask' },
  ],
};
const start = localDay('2026-11-02');
/** What leaves in forty days when nobody interferes. */
const undisturbed = ['payment-reminder 2026-11-05', 'work-paused 2026-11-12'];

interface Attack {
  config?: Record<string, unknown>;
  /** mail of hers from before Paletti began */
  before?: ClientMail[];
  /** what comes in the morning of a day, from 0; the Message-ID of the newest letter that left, if one did */
  morning(day: number, letterId: string | undefined): readonly (ClientMail | string)[];
  days?: number;
  /** the owner answers all of it within the hour */
  answers?: boolean;
}

/** Carla owes an invoice that was due on the first day. Every day mail comes at eight, and passes run through the day. */
async function played({ config, before = [], morning, days = 40, answers = false }: Attack) {
  const studio = await makeStudio({ now: '2026-11-02T07:00:00+01:00', config: { dunning: ladder, ...config } });
  const client = studio.client('Carla', { addresses: [carla] });
  for (const mail of before) studio.clientWrites(mail, '2026-10-20T10:00:00+01:00');
  await studio.app.pass();
  studio.invoice(client, { dueOn: '2026-11-02', number: '1' });
  for (let day = 0; day < days; day += 1) {
    const date = addDays(start, day);
    const last = studio.letters().findLast((letter) => letter.sentAt !== null && letter.caseId !== null);
    for (const mail of morning(day, last?.messageId ?? undefined)) arrive(studio, mail, date, answers);
    for (const time of ['08:05', '09:30']) await studio.until(`${date}T${time}:00+01:00`, 1500);
  }
  return { studio, client };
}

function arrive(studio: Studio, mail: ClientMail | string, date: LocalDay, answers: boolean): void {
  const at = `${date}T08:00:00+01:00`;
  if (typeof mail === 'string') return void studio.mailbox.put('inbox', mail, at);
  const { messageId } = studio.clientWrites(mail, at);
  if (answers) studio.ownerAnswers({ to: carla, inReplyTo: messageId }, `${date}T08:30:00+01:00`);
}

const recipients = (studio: Studio) => [...new Set(studio.courier.taken.map(({ envelope }) => envelope.to))];
const aboutMoney = (studio: Studio) =>
  studio
    .sent()
    .filter((line) => !line.startsWith('acknowledgement'))
    .map((line) => line.split(' ').slice(0, 2).join(' '));
/** Of mail; what the record says of the money itself is told besides. */
const noticesOf = (studio: Studio) =>
  studio.app.store.read((r) => unseenNotices(r)).filter(({ key }) => !/^(sign|standstill)\//.test(key));
const textsOf = (studio: Studio, key: string) =>
  noticesOf(studio)
    .filter((notice) => notice.key.startsWith(key))
    .map(({ text }) => text);

describe('a crafted mail a day', () => {
  const from = `Carla <${carla}>`;
  it.each<[string, (day: number) => ClientMail]>([
    [
      'with the envelope and Sender of another each day',
      (day) => ({ from, headers: [`Return-Path: <${victim(day)}>`, `Sender: ${victim(day)}`] }),
    ],
    [
      'with an SRS envelope',
      (day) => ({
        from,
        headers: [`Return-Path: <SRS0=a=b=third.example=victim${day}@client.example>`, `Sender: ${victim(day)}`],
      }),
    ],
    [
      'with any name at the client’s domain',
      (day) => ({ from, headers: [`Return-Path: <victim${day}@client.example>`] }),
    ],
    [
      'with a name of the domain behind BATV',
      (day) => ({ from, headers: [`Return-Path: <prvs=0123456=victim${day}@client.example>`] }),
    ],
    [
      'with an answer wanted elsewhere',
      (day) => ({
        from,
        headers: [`Reply-To: ${victim(day)}`, `Resent-From: ${victim(day)}`, `Errors-To: ${victim(day)}`],
      }),
    ],
    ['with a mark behind the name', (day) => ({ from: `carla+victim${day}@client.example` })],
  ])('%s: nobody but the client is written to', async (_, crafted) => {
    const { studio } = await played({
      morning: (day) => [{ ...crafted(day), subject: `WIN A PRIZE ${day} http://evil.example/` }],
    });
    expect(recipients(studio)).toEqual([carla]);
    for (const { raw } of studio.courier.taken) expect(raw).not.toContain('third.example');
  });

  it.each<[string, (day: number) => ClientMail]>([
    ['two authors', (day) => ({ from: `${carla}, ${victim(day)}` })],
    ['two From lines', (day) => ({ from: carla, headers: [`From: ${victim(day)}`] })],
    ['a route', () => ({ from: 'victim%third.example@client.example' })],
    ['a bang path', () => ({ from: 'third.example!victim@client.example' })],
    ['neither sent nor signed by the domain', () => ({ from, headers: [result('spf=fail; dkim=fail; dmarc=none')] })],
    ['a policy that cannot be read', () => ({ from, headers: [result('dmarc=permerror')] })],
    ['dmarc=fail', () => ({ from, headers: [forged] })],
  ])('%s: nobody is', async (_, crafted) => {
    const { studio } = await played({ morning: (day) => [{ ...crafted(day), subject: `Hello ${day}` }], days: 12 });
    expect(studio.sent().filter((line) => line.startsWith('acknowledgement'))).toEqual([]);
  });

  it('under any name of a client’s domain: only whom the server proves, or the owner has written to', async () => {
    const studio = await openStudio({ now: '2026-11-02T08:00:00+01:00' });
    studio.client('Carla', { addresses: [carla], domains: ['client.example'] });
    studio.ownerAnswers({ to: 'known@client.example', subject: 'Ciao' });
    await studio.at('2026-11-02T08:05:00+01:00');
    for (const name of ['stranger', 'known', 'victim%third.example', 'third.example!victim'])
      studio.clientWrites({ from: `${name}@client.example`, subject: name });
    for (const name of ['proven', 'a%b', 'x!y'])
      studio.clientWrites({ from: `${name}@client.example`, subject: name, headers: [proven] });
    await studio.until('2026-11-05T18:00:00+01:00', 120);
    expect(recipients(studio).toSorted()).toEqual(['known@client.example', 'proven@client.example']);
  });
});

describe('for no mail whatever does a letter leave to an address that the gate does not know', () => {
  const piece = fc.constantFrom(
    carla,
    'carla',
    'victim',
    '@',
    'client.example',
    'third.example',
    '%',
    '!',
    '+x',
    '=',
    ',',
    ' ',
    '<',
    '>',
    '"',
    ':',
    ';',
    'SRS0=a=b=',
    'prvs=1=',
    '\\',
    '(',
    ')',
  );
  const address = fc.oneof(
    fc.constantFrom(
      carla,
      'desk@agency.example',
      'any@dom.example',
      'victim@third.example',
      'Carla <CARLA@Client.Example>',
      `"${carla}" <victim@third.example>`,
      `victim@third.example, ${carla}`,
      'victim%third.example@client.example',
      '<>',
    ),
    fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join('')),
  );
  const name = fc.constantFrom(
    'Return-Path',
    'Sender',
    'Reply-To',
    'From',
    'Resent-From',
    'Resent-Sender',
    'X-Original-From',
    'Errors-To',
    'Bcc',
    'X-Envelope-From',
    'Delivered-To',
  );
  const header = fc.oneof(
    fc.tuple(name, address).map(([field, value]) => `${field}: ${value}`),
    fc.constantFrom(
      forged,
      proven,
      result('dmarc=pass'),
      result('dkim=pass header.d=third.example'),
      'Received: from evil by mx.studio.example',
      'X-Trasporto: posta-certificata',
    ),
  );
  const mail = fc.record({ from: address, headers: fc.array(header, { maxLength: 5 }) });

  it.each(['clients', 'everyone'] as const)(
    'to: %s',
    async (to) => {
      let left = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(mail, { minLength: 8, maxLength: 30 }), async (mails) => {
          const config = {
            acknowledgement: { to, holdMinutes: 0 },
            sending: { mode: 'live', perDay: 1000, perHour: 1000 },
          };
          const studio = await openStudio({ now: '2026-11-02T09:00:00+01:00', config });
          studio.client('Carla', { addresses: [carla, 'desk@agency.example'] });
          studio.client('Domain', { addresses: [], domains: ['dom.example'] });
          for (const [index, one] of mails.entries()) studio.clientWrites({ ...one, subject: `Hello ${index}` });
          for (const day of ['02', '03', '04', '05']) await studio.at(`2026-11-${day}T10:00:00+01:00`);
          const registered = [carla, 'desk@agency.example'];
          left += studio.courier.taken.length;
          for (const { envelope, raw } of studio.courier.taken) {
            const answered = studio.letters().find((letter) => raw.includes(letter.messageId as string));
            const wrote = studio.app.store.read((r) =>
              r.get<{ from: string; mail: string }>(
                'SELECT from_address AS "from", mail FROM messages WHERE id = ?',
                answered?.answersMessageId ?? 0,
              ),
            );
            const isFrom = wrote?.from === envelope.to && wrote.mail.includes('=pass');
            const isKnown = studio.app.store.read((r) => clientIdByAddress(r, envelope.to)) !== undefined;
            expect({
              to: envelope.to,
              may: registered.includes(envelope.to) || (isFrom && (isKnown || to === 'everyone')),
            }).toEqual({ to: envelope.to, may: true });
          }
        }),
        { numRuns: 12 },
      );
      expect(left).toBeGreaterThan(0);
    },
    120_000,
  );
});

/** A delivery report as RFC 3464 wants it, about the letter. */
function report(letterId: string, change: { returnPath?: string; from?: string; headers?: string[] } = {}): string {
  const { returnPath = '', from = 'MAILER-DAEMON@mx.client.example', headers = [] } = change;
  return [
    `Return-Path: <${returnPath}>`,
    ...headers,
    `From: Mail Delivery System <${from}>`,
    `To: ${owner}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Message-ID: <report${letterId.slice(1, -1)}>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'No such user.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.client.example',
    '',
    `Final-Recipient: rfc822; ${carla}`,
    'Action: failed',
    'Status: 5.1.1',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${letterId}`,
    '--b--',
    '',
  ].join('\n');
}

describe('a false report that a letter came back', () => {
  it.each([
    ['by a person', { returnPath: 'stranger@evil.example', from: 'stranger@evil.example' }],
    ['in the name of a mail server, by a person', { returnPath: 'stranger@evil.example' }],
    ['with an empty envelope of its own below', { returnPath: 'stranger@evil.example', headers: ['Return-Path: <>'] }],
    ['that failed DMARC', { headers: [forged] }],
    ['that is neither sent nor signed by its domain', { headers: [result('spf=fail; dkim=none; dmarc=none')] }],
  ])('%s stops nothing, and is told once', async (_, change) => {
    const { studio, client } = await played({
      morning: (day, letterId) => (letterId === undefined || day % 4 > 0 ? [] : [report(letterId, change)]),
    });
    expect(aboutMoney(studio)).toEqual(undisturbed);
    expect(studio.app.store.read((r) => listHolds(r, client.id))).toEqual([]);
    expect(textsOf(studio, 'bounce/')).toEqual([]);
    expect(textsOf(studio, 'false-report/')).toEqual([expect.stringContaining('erhaps a false report')]);
  });

  it('that looks right holds for a week, and then asks before the next letter', async () => {
    const told = new Set<string>();
    const { studio, client } = await played({
      morning: (_, letterId) => {
        if (letterId === undefined || told.has(letterId)) return [];
        told.add(letterId);
        return [report(letterId)];
      },
    });
    expect(studio.app.store.read((r) => listHolds(r, client.id))).toMatchObject([
      { reason: 'bounce', until: expect.any(Number), askedAt: expect.any(Number), endedAt: null },
    ]);
    expect(aboutMoney(studio)).toEqual([undisturbed[0]]);
    expect(textsOf(studio, 'hold-ended/')).toEqual([expect.stringContaining('asks you first')]);
    const [pause] = studio.letters('work-paused');
    expect(pause).toMatchObject({
      state: 'held',
      approval: 'ask',
      why: { code: 'step-due', asks: { hold: 'bounce', how: 'question' } },
    });
    // Her word lets it go, and answers the question.
    studio.app.store.write(studio.clock.now(), (w) => approve(w, pause?.id ?? 0));
    await studio.until('2026-12-14T12:00:00+01:00', 60);
    expect(aboutMoney(studio)).toEqual([undisturbed[0], 'work-paused 2026-12-11']);
    expect(studio.app.store.read((r) => activeHolds(r, { clientId: client.id }))).toEqual([]);
  });
});

describe('mail in a client’s name that is not believed', () => {
  const usually = Array.from({ length: 3 }, (_, index) => ({
    from: carla,
    subject: `Prima ${index}`,
    headers: [proven],
  }));
  type Mails = [string, (day: number) => Partial<ClientMail>[]];
  type Doubt = [string, string[], ClientMail[], string];
  const each = ([what, mails]: Mails, [why, ...doubt]: Doubt) => [what, why, mails, ...doubt] as const;
  const oneClaim: Mails = [
    'one claim of payment',
    (day) => (day === 4 ? [{ subject: 'I have paid', text: 'Ho pagato ieri, ecco la distinta.' }] : []),
  ];
  const attacks: Mails[] = [
    oneClaim,
    ['a greeting each day', (day) => [{ subject: `Hello ${day}` }]],
    ['a claim of payment each day', (day) => [{ subject: `Paid ${day}`, text: 'Ho pagato ieri, ecco la distinta.' }]],
    [
      'an absence every six days',
      (day) =>
        day % 6 === 0
          ? [{ subject: 'Fuori ufficio', text: 'Sono fuori ufficio.', headers: ['Auto-Submitted: auto-replied'] }]
          : [],
    ],
  ];
  const failsDmarc: Doubt = ['it fails DMARC', [forged], [], "Mail in Carla's name failed DMARC"];
  const otherDoubts: Doubt[] = [
    [
      'neither sent nor signed',
      [result('spf=fail; dkim=fail; dmarc=none')],
      [],
      "Mail in Carla's name failed authentication",
    ],
    [
      'nothing proves it, and her mail usually is proven',
      [],
      usually,
      "Mail in Carla's name is authenticated by nothing",
    ],
    [
      'a proof of somebody else',
      [result('dkim=pass header.d=evil.example; dmarc=none')],
      usually,
      "Mail in Carla's name is authenticated by nothing",
    ],
    [
      'a proof below the server’s own word',
      [result('dmarc=none'), 'Received: from a by b', proven],
      usually,
      "Mail in Carla's name is authenticated by nothing",
    ],
  ];
  it.each([...attacks.map((attack) => each(attack, failsDmarc)), ...otherDoubts.map((doubt) => each(oneClaim, doubt))])(
    '%s, and %s, delays no letter and costs one notice',
    async (_, _why, mails, headers, before, said) => {
      const { studio, client } = await played({
        before,
        morning: (day) =>
          mails(day).map((mail) => ({ from: carla, ...mail, headers: [...headers, ...(mail.headers ?? [])] })),
      });
      expect(aboutMoney(studio)).toEqual(undisturbed);
      expect(studio.app.store.read((r) => listHolds(r, client.id))).toEqual([]);
      expect(noticesOf(studio).map(({ text }) => text)).toEqual([expect.stringContaining(said)]);
    },
  );

  it('cannot make it usual that nothing proves it, however often it comes', async () => {
    const { studio } = await played({
      before: usually,
      morning: (day) =>
        day < 30
          ? Array.from({ length: 5 }, (_, index) => ({ from: carla, subject: `Hello ${day}/${index}` }))
          : [{ from: carla, subject: 'Paid', text: 'Ho pagato ieri.' }],
    });
    expect(aboutMoney(studio)).toEqual(undisturbed);
    expect(noticesOf(studio)).toHaveLength(1);
  });

  it('is believed where her mail is never proven, for a week', async () => {
    const { studio, client } = await played({
      answers: true,
      morning: (day) => (day === 4 ? [{ from: carla, subject: 'Pagato', text: 'Ho pagato ieri.' }] : []),
    });
    expect(studio.app.store.read((r) => listHolds(r, client.id))).toMatchObject([
      { reason: 'payment-claimed', askedAt: expect.any(Number) },
    ]);
    expect(studio.letters('work-paused')).toMatchObject([{ state: 'held', approval: 'ask' }]);
  });
});

describe('a proof that the sender wrote himself, where the owner’s server writes none', () => {
  const others = Array.from({ length: 12 }, (_, index) => ({
    from: `a@other${index}.example`,
    subject: `Altro ${index}`,
  }));
  const selfMade = 'Authentication-Results: mx.studio.example; dmarc=pass header.from=client.example';

  it('makes no stranger one who is answered', async () => {
    const { studio } = await played({
      before: others,
      config: { acknowledgement: { to: 'everyone' } },
      morning: () => [{ from: 'v@third.example', headers: [selfMade.replace('client', 'third')] }],
      days: 5,
    });
    expect(recipients(studio)).toEqual([carla]);
    expect(aboutMoney(studio)).toEqual([undisturbed[0]]);
  });

  it('does not make it unusual that the client’s own mail has none', async () => {
    const { studio, client } = await played({
      before: others,
      answers: true,
      morning: (day) =>
        day < 4
          ? [{ from: carla, subject: `Hello ${day}`, headers: [selfMade] }]
          : day === 4
            ? [{ from: carla, subject: 'Pagato', text: 'Ho pagato ieri.' }]
            : [],
      days: 12,
    });
    expect(studio.app.store.read((r) => listHolds(r, client.id))).toMatchObject([{ reason: 'payment-claimed' }]);
  });
});

describe('what a client writes herself', () => {
  it('an answer to the letter holds for a week although DMARC fails; then nothing leaves unasked', async () => {
    const { studio, client } = await played({
      answers: true,
      morning: (day, letterId) =>
        day === 4 && letterId !== undefined
          ? [{ from: carla, subject: 'R: Promemoria', text: 'Ho pagato ieri.', inReplyTo: letterId, headers: [forged] }]
          : [],
    });
    expect(studio.app.store.read((r) => listHolds(r, client.id))).toMatchObject([
      { reason: 'payment-claimed', endedAt: null, askedAt: expect.any(Number) },
    ]);
    expect(aboutMoney(studio)).toEqual([undisturbed[0]]);
    expect(studio.letters('work-paused')).toMatchObject([{ state: 'held', approval: 'ask' }]);
    releaseClient({ store: studio.app.store, clock: studio.clock }, 'Carla');
    expect(studio.app.store.read((r) => activeHolds(r, { clientId: client.id }))).toEqual([]);
  });

  it('claims again and again are shown with their sum, at once', async () => {
    const { studio } = await played({
      morning: (day) =>
        day > 3 && day % 5 === 0
          ? [{ from: carla, subject: `Pagato ${day}`, text: 'Ho pagato ieri.', headers: [proven] }]
          : [],
      days: 12,
    });
    expect(textsOf(studio, 'waiting/')).toEqual([
      '1220.00 EUR of Carla keep waiting: held 2 times by mail since 7 November 2026 (a claim of payment).',
    ]);
    expect((await terminalOf(studio).type('status')).out).toContain('1220.00 EUR of Carla keep waiting: held 2 times');
  });

  it('absences one after the other keep nothing waiting for good', async () => {
    const away = {
      from: carla,
      subject: 'Fuori ufficio',
      text: 'Sono fuori ufficio.',
      headers: ['Auto-Submitted: auto-replied', proven],
    };
    const { studio, client } = await played({ morning: (day) => (day % 6 === 0 ? [away] : []) });
    const found = studio.app.store.read((r) => listHolds(r, client.id));
    expect(found.map(({ reason }) => reason)).toEqual(Array(3).fill('out-of-office'));
    expect(textsOf(studio, 'waiting/')).toEqual([expect.stringContaining('1220.00 EUR of Carla keep waiting')]);
    // By the end of November the letter is there, for the owner to decide.
    expect(studio.letters('payment-reminder')).toMatchObject([{ state: 'held', approval: 'ask' }]);
    expect(said(studio.app.store.read((r) => caseOf(r, client.id, 'EUR'))?.why)).not.toContain('is away, until');
  });
});
