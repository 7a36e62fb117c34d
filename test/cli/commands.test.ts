/** Commands on a real database: what they print, as text and as JSON, and what they leave. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pauseSending } from '../../src/desk/sending.ts';
import { putLetter } from '../../src/store/outbox.ts';
import { notice } from '../../src/store/notices.ts';
import { messageById, recordArrival, saveJudgement } from '../../src/store/messages.ts';
import { putFolder } from '../../src/store/folders.ts';
import { openWindow } from '../../src/store/windows.ts';
import { letter } from '../desk/support.ts';
import { config, openTerminal, rome, type Terminal } from './terminal.ts';
import { told } from '../support/in-words.ts';
import { asWritten } from '../../src/rules/reason.ts';

const bianchi = ['clients', 'add', 'Bianchi Srl', '--address', 'laura@bianchi.example', '--payment-days', '30'];

/** A message of the client at night, judged, with its window open. */
function message(terminal: Terminal, subject = 'Il logo\u001b[31m nuovo', mailbox = 'studio'): number {
  const desk = terminal.desk();
  return desk.store.write(rome('2026-11-21 21:04'), (w) => {
    const folder = putFolder(w, {
      mailbox,
      place: 'inbox',
      path: 'INBOX',
      uidValidity: '1',
      uidMark: 0,
      historyUpTo: 0,
    });
    const mail = {
      messageId: mailbox === 'studio' ? '<m1@bianchi.example>' : `<${mailbox}@bianchi.example>`,
      inReplyTo: [],
      references: [],
      sender: null,
      replyTo: [],
      cc: [],
      dateHeader: null,
      headers: [],
      from: { name: 'Laura Bianchi', address: 'laura@bianchi.example' },
      to: [{ name: '', address: 'anna@studio.example' }],
      subject,
      contentType: 'text/plain',
      contentTypeParameters: {},
      partTypes: ['text/plain'],
      calendarMethod: null,
      attachments: [],
      text: 'Quando arriva il logo?\n\u001b]0;owned\u0007',
      newText: 'Quando arriva il logo?',
      reportedMessageIds: [],
      unwrapped: false,
    };
    const arrival = {
      uid: 1,
      receivedAt: w.now,
      sizeBytes: 900,
      flags: [],
      contentHash: `abc ${mailbox}`,
      truncated: false,
      mail,
      fault: null,
    };
    const { id } = recordArrival(w, folder, arrival, { history: false, ownAddresses: ['anna@studio.example'] });
    const window = openWindow(w, {
      threadId: messageById(w, id)?.threadId ?? 0,
      clientId: 1,
      openedBy: id,
      openedAt: w.now,
      dueAt: rome('2026-11-24 21:04'),
    });
    saveJudgement(w, id, {
      kind: 'human',
      outOfHours: true,
      outOfHoursWhy: { code: 'closed-weekday', weekday: 'sat' },
      minutesToOpening: 2156,
      windowId: window.id,
      reason: 'client-message',
      why: asWritten('a person wrote'),
    });
    return id;
  });
}

function heldLetter(terminal: Terminal, values: object = {}): number {
  const desk = terminal.desk();
  return (
    desk.store.write(terminal.clock.now(), (w) => putLetter(w, letter(desk, { clientId: 1, ...values }))) as {
      id: number;
    }
  ).id;
}

describe('clients', () => {
  it('are added, listed, shown, edited, held and released', async () => {
    const terminal = openTerminal();
    const asked = [
      'Is there a signed contract? Tell it once: paletti clients terms 1 --contract DAY, or --contract none',
      'To tell how you work (hours, channels, answers, payment): paletti letter 1 welcome',
      'What to settle before the work begins: paletti clients intake 1',
    ].join('\n');
    expect((await terminal.type(...bianchi)).err).toBe(`Bianchi Srl is client 1.\n${asked}\n`);
    expect((await terminal.type('clients')).out).toMatch(/Bianchi Srl {2}laura@bianchi\.example {2}it formal/);
    await terminal.type(
      'clients',
      'edit',
      'bianchi',
      '--tone',
      'informal',
      '--hours',
      'mon 10:00-12:00',
      '--currency',
      'EUR',
      '--rate',
      '80,50',
    );
    const { client } = await terminal.json('clients', 'show', 'laura@bianchi.example');
    expect(client).toMatchObject({
      tone: 'informal',
      paymentTerms: { days: 30, endOfMonth: false, dayAfter: null },
      terms: { rateCents: 8050, currency: 'EUR' },
      createdAt: '2026-11-23T09:00:00Z',
    });
    expect((await terminal.type('clients', 'edit', '1', '--hours', '')).err).toContain('changed hours');
    expect((await terminal.type('clients', 'hold', '1', '--until', '2026-11-30')).err).toContain(
      'until Tue 1 Dec 00:00',
    );
    expect((await terminal.json('clients'))[0]).toMatchObject({ name: 'Bianchi Srl', onHold: true });
    expect((await terminal.type('clients', 'release', '1')).err).toContain('1 hold of Bianchi Srl ended');
    expect((await terminal.json('clients'))[0]).toMatchObject({ onHold: false });
  });

  it('with a wrong value are refused, naming the option', async () => {
    const terminal = openTerminal();
    const { code, err } = await terminal.type('clients', 'add', 'X', '--address', 'a@b', '--payment-days', '30');
    expect([code, err]).toEqual([2, expect.stringContaining('--address: "a@b" is not a plain mail address')]);
    expect((await terminal.type('clients', 'add', 'X', '--time-zone', 'Roma')).err).toContain(
      '--time-zone: "Roma" is not a time zone',
    );
    expect(await terminal.json('clients')).toEqual([]);
  });

  it('who are not known are answered with the nearest', async () => {
    const terminal = openTerminal();
    await terminal.type(...bianchi);
    const { code, err } = await terminal.type('clients', 'show', 'Bianki');
    expect(code).toBe(1);
    expect(err).toContain('Bianchi Srl');
  });

  it('have calls logged, and flagged at night', async () => {
    const terminal = openTerminal();
    await terminal.type(...bianchi);
    const { err } = await terminal.type(
      'clients',
      'log',
      'Bianchi',
      'call',
      'about',
      'the',
      'logo',
      '--at',
      '2026-11-22 21:30',
      '--minutes',
      '12',
    );
    expect(err).toMatch(/call, Sun 22 Nov 21:30, 12 min\. Out of hours: Sunday/);
    expect((await terminal.json('clients', 'show', '1')).log).toMatchObject([
      { text: 'about the logo', at: '2026-11-22T20:30:00Z', minutes: 12, outOfHours: true },
    ]);
  });

  it('are imported only with --yes, and exported to a file for its owner alone', async () => {
    const terminal = openTerminal();
    writeFileSync(join(terminal.dir, 'in.csv'), 'name,addresses\nVerdi,v@verdi.example\nRossi,r@rossi.example\n');
    const preview = await terminal.type('clients', 'import', 'in.csv');
    expect(preview.out).toMatch(/2 {2}Verdi {3}add {3}v@verdi\.example/);
    expect(preview.err).toMatch(/Would be done: 2 added.*\n.*--yes/);
    expect(await terminal.json('clients')).toEqual([]);
    expect((await terminal.type('clients', 'import', 'in.csv', '--yes')).err).toContain('Done: 2 added');
    expect((await terminal.json('clients', 'import', 'in.csv', '--yes')).changes).toMatchObject([
      { what: 'unchanged' },
      { what: 'unchanged' },
    ]);
    expect((await terminal.type('clients', 'export', '-o', 'out.csv')).code).toBe(0);
    expect(statSync(join(terminal.dir, 'out.csv')).mode & 0o777).toBe(0o600);
    expect((await terminal.type('clients', 'export', '-o', 'out.csv')).code).toBe(1);
    expect((await terminal.type('clients', 'export')).out).toBe(readFileSync(join(terminal.dir, 'out.csv'), 'utf8'));
  });
});

describe('invoices', () => {
  it('are added, paid in parts, reversed, disputed, promised, written off', async () => {
    const terminal = openTerminal();
    await terminal.type(...bianchi);
    const add = await terminal.type(
      'invoices',
      'add',
      '2026/7',
      '--client',
      'Bianchi',
      '--total',
      '1.220,00',
      '--issued',
      '2026-10-01',
    );
    expect(add.err).toBe('Invoice 2026/7 of Bianchi Srl: 1,220.00 EUR, due 2026-10-31.\n');
    expect((await terminal.type('invoices')).out).toMatch(
      /2026\/7 {3}Bianchi Srl {2}2026-10-31 {2}1,220\.00 EUR {2}1,220\.00 EUR {2}23 days late/,
    );
    expect(
      (
        await terminal.type(
          'invoices',
          'paid',
          '2026/7',
          '--amount',
          '500',
          '--on',
          'yesterday',
          '--reference',
          'CRO 1',
        )
      ).err,
    ).toContain('Open on 2026/7: 720.00 EUR');
    expect((await terminal.type('invoices', 'dispute', '2026/7', '--amount', '20')).err).toContain(
      'Disputed on 2026/7: 20.00 EUR',
    );
    expect((await terminal.type('invoices', 'promise', '2026/7', '--by', '2026-11-27')).err).toContain(
      'wait until 2026-11-27 has passed',
    );
    const shown = await terminal.json('invoices', 'show', '2026/7');
    expect(shown).toMatchObject({
      openCents: 72000,
      disputedCents: 2000,
      currency: 'EUR',
      holds: [{ reason: 'promise', until: '2026-11-27T23:00:00Z' }],
    });
    expect((await terminal.type('invoices', 'reverse', '2026/7')).err).toContain('Open on 2026/7: 1,220.00 EUR');
    expect((await terminal.type('invoices', 'write-off', '2026/7')).err).toContain('is written off');
    expect((await terminal.type('invoices', 'show', '2026/7')).out).toMatch(
      /Payment 1: 2026-11-22, 500\.00 EUR, CRO 1 \(taken back\)/,
    );
    expect((await terminal.json('invoices', 'list', '--state', 'all'))[0]).toMatchObject({ state: 'written-off' });
  });

  it('take no payment of tomorrow', async () => {
    const terminal = openTerminal();
    await terminal.type(...bianchi);
    await terminal.type('invoices', 'add', '7', '--client', '1', '--total', '100');
    const { code, err } = await terminal.type('invoices', 'paid', '7', '--on', 'tomorrow');
    expect(code).toBe(1);
    expect(err).toContain('paletti invoices promise');
  });

  it('go out and in again', async () => {
    const terminal = openTerminal();
    await terminal.type(...bianchi);
    await terminal.type(
      'invoices',
      'add',
      '7',
      '--client',
      '1',
      '--total',
      '100',
      '--instalment',
      '2026-12-01:40',
      '--instalment',
      '2027-01-01:60',
    );
    await terminal.type('invoices', 'export', '-o', 'out.csv');
    expect((await terminal.json('invoices', 'import', 'out.csv')).changes).toMatchObject([
      { number: '7', what: 'unchanged' },
    ]);
  });
});

describe('the outbox', () => {
  it('is listed, shown, approved, edited, dropped', async () => {
    const terminal = openTerminal();
    await terminal.type(...bianchi);
    const id = heldLetter(terminal);
    expect((await terminal.type('outbox')).out).toMatch(
      /1 {2}held: yours {2}payment-reminder {2}Bianchi Srl {2}Mon 23 Nov 10:00 {2}Promemoria/,
    );
    expect((await terminal.type('status', '--check')).code).toBe(7);
    expect((await terminal.type('outbox', 'approve', `${id}`)).err).toContain(
      'approved; it leaves once Paletti runs: paletti run',
    );
    expect((await terminal.type('outbox', 'approve', `${id}`)).err).toContain('needs no approval');
    expect((await terminal.type('status', '--check')).code).toBe(0);
    writeFileSync(join(terminal.dir, 'text.txt'), 'Ciao Laura.\n');
    await terminal.type('outbox', 'edit', `${id}`, '--subject', 'Fattura', '--text', 'text.txt');
    const shown = await terminal.json('outbox', 'show', `${id}`);
    expect(shown).toMatchObject({
      subject: 'Fattura',
      text: 'Ciao Laura.\n',
      edited: true,
      needsApproval: true,
      notBefore: '2026-11-23T09:00:00Z',
    });
    expect(shown.history.map((entry: { kind: string }) => entry.kind)).toEqual(['letter-approved', 'letter-edited']);
    expect((await terminal.type('outbox', 'show', `${id}`)).out).toMatch(
      /State: held: yours[\s\S]*Ciao Laura\.[\s\S]*letter-edited: edited by the owner/,
    );
    await terminal.type('outbox', 'drop', `${id}`, '--why', 'paid by hand');
    expect(await terminal.json('outbox')).toEqual([]);
    expect((await terminal.json('outbox', 'list', '--state', 'dropped'))[0]).toMatchObject({
      endedWhy: 'paid by hand',
      endedBy: 'owner',
    });
  });

  it('moves nothing when one of the numbers is wrong', async () => {
    const terminal = openTerminal();
    await terminal.type(...bianchi);
    heldLetter(terminal);
    expect((await terminal.type('outbox', 'drop', '1', 'x')).code).toBe(2);
    expect(await terminal.json('outbox')).toHaveLength(1);
  });

  it('asks for an editor only on a terminal', async () => {
    const terminal = openTerminal();
    await terminal.type(...bianchi);
    heldLetter(terminal);
    const { code, err } = await terminal.type('outbox', 'edit', '1');
    expect([code, err]).toEqual([2, expect.stringContaining('--subject or --text')]);
  });
});

describe('a value that cannot be read', () => {
  it.each([
    [['invoices', 'paid', '7', '--on', '20.11.2026']],
    [['invoices', 'list', '--state', 'bogus']],
    [['inbox', 'list', '--limit', '0']],
    [['inbox', 'list', '--kind', 'bogus']],
    [['inbox', 'list', '--since', 'soon']],
    [['journal', '--limit', 'all']],
    [['pause', '--until', 'never']],
    [['clients', 'add', 'Verdi', '--address', 'v@verdi.example', '--time-zone', 'Rome']],
  ])('is a fault of usage: %j', async (words) => {
    const terminal = openTerminal();
    await terminal.type(...bianchi);
    await terminal.type('invoices', 'add', '7', '--client', '1', '--total', '100');
    const { code, err } = await terminal.type(...words);
    expect(err).toMatch(/next:/);
    expect(code).toBe(2);
  });
});

describe('the inbox', () => {
  it('fits a terminal of 80 columns, with the sender and the subject to be read', async () => {
    const terminal = openTerminal({ columns: 80, now: '2026-11-30T10:00:00+01:00' });
    await terminal.type(...bianchi);
    message(terminal);
    const { out } = await terminal.type('inbox');
    for (const line of out.trimEnd().split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(out).toMatch(/^ID +RECEIVED +FROM +SUBJECT +HOURS +STATE\n/);
    expect(out).toMatch(/Bianchi Srl +Il logo\[31m nuovo +Saturday +\d+ days late\n/);
  });

  it('of several mailboxes says which, and shows one alone', async () => {
    const terminal = openTerminal();
    await terminal.type(...bianchi);
    message(terminal, 'Il logo');
    expect((await terminal.type('inbox')).out).not.toContain('MAILBOX');
    message(terminal, 'Il sito', 'casa');
    const { out } = await terminal.type('inbox');
    expect(out).toMatch(/^ID +RECEIVED +MAILBOX +FROM/);
    expect(out).toMatch(/ casa +Bianchi Srl +Il sito/);
    expect(await terminal.json('inbox', '--mailbox', 'casa')).toMatchObject([{ mailbox: 'casa', subject: 'Il sito' }]);
    const { err, code } = await terminal.type('inbox', '--mailbox', 'csa');
    expect(code).toBe(1);
    expect(err).toContain('casa, studio');
  });

  it('is listed, shown, searched, and nothing in it reaches the terminal but text', async () => {
    const terminal = openTerminal();
    await terminal.type(...bianchi);
    const id = message(terminal);
    const { out } = await terminal.type('inbox');
    expect(out).toMatch(/Sat 21 Nov 21:04 {2}Bianchi Srl {2}Il logo\[31m nuovo {2}Saturday {2}due in 35 h/);
    for (const words of [['inbox'], ['inbox', 'show', `${id}`], ['inbox', 'search', 'logo']]) {
      expect((await terminal.type(...words)).out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
    }
    expect(
      (
        await terminal.json(
          'inbox',
          'list',
          '--out-of-hours',
          '--unanswered',
          '--client',
          '1',
          '--kind',
          'human',
          '--since',
          '2026-11-20',
        )
      )[0],
    ).toMatchObject({
      id,
      receivedAt: '2026-11-21T20:04:00Z',
      client: 'Bianchi Srl',
      subject: expect.stringContaining('Il logo'),
      judged: { outOfHoursWhy: 'Saturday' },
      window: { dueAt: '2026-11-24T20:04:00Z' },
    });
    expect(await terminal.json('inbox', 'search', 'logo', 'quando')).toHaveLength(1);
    expect(await terminal.json('inbox', 'search', 'AND (')).toEqual([]);
    expect((await terminal.type('inbox', 'show', '99')).code).toBe(1);
  });

  it('is told what was answered elsewhere: the acknowledgement is dropped with it', async () => {
    const terminal = openTerminal();
    await terminal.type(...bianchi);
    const id = message(terminal);
    heldLetter(terminal, { key: 'ack/1', kind: 'acknowledgement', windowId: 1, approval: 'auto' });
    expect((await terminal.type('inbox', 'answered', `${id}`)).err).toContain('is noted as answered');
    expect((await terminal.type('inbox', 'answered', `${id}`)).err).toContain('waits for no answer');
    expect((await terminal.json('inbox'))[0].window).toMatchObject({
      state: 'answered',
      evidence: 'owner',
      answeredAt: '2026-11-23T09:00:00Z',
    });
    expect((await terminal.json('outbox', 'list', '--all'))[0]).toMatchObject({ state: 'dropped' });
  });

  it('is told what needs no answer', async () => {
    const terminal = openTerminal();
    await terminal.type(...bianchi);
    await terminal.type('inbox', 'answered', `${message(terminal)}`, '--no-answer-needed');
    expect((await terminal.json('inbox'))[0].window.state).toBe('waived');
  });
});

describe('status', () => {
  it('of a new studio says what to type', async () => {
    const { code, out } = await openTerminal().type('status');
    expect(code).toBe(0);
    expect(out).toMatch(/Paletti for Anna Rossi\. Sending: review/);
    expect(out).toContain('paletti run');
    expect(out).toContain('Nothing waits for you');
  });

  it('tells what waits, what leaves, what to answer, what to know, and that sending is paused', async () => {
    const terminal = openTerminal({ columns: 100 });
    await terminal.type(...bianchi);
    message(terminal);
    heldLetter(terminal);
    heldLetter(terminal, { key: 'x', kind: 'work-resumed', approval: 'auto', notBefore: rome('2026-11-24 09:00') });
    const desk = terminal.desk();
    desk.store.write(terminal.clock.now(), (w) =>
      notice(w, 'login', told('the login was refused', 'Run: paletti doctor')),
    );
    pauseSending(desk, { why: 'holiday', until: null });
    const { out } = await terminal.type('status');
    expect(out).toMatch(/Nothing leaves: holiday\n {2}\(use "paletti resume"/);
    expect(out).toMatch(/To know or decide[\s\S]*the login was refused[\s\S]*paletti doctor/);
    expect(out).toMatch(/Waits for your approval\n {2}\(use "paletti outbox show ID"[\s\S]*payment-reminder/);
    expect(out).toMatch(/To answer[\s\S]*Tue 24 Nov 21:04/);
    expect(out).toMatch(/Leaves next[\s\S]*work-resumed[\s\S]*Tue 24 Nov 09:00/);
    expect(
      Math.max(
        ...out
          .split('\n')
          .filter((line) => line.startsWith('  ') && line.includes('  '))
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(120);
    const json = await terminal.json('status');
    expect(json).toMatchObject({
      now: '2026-11-23T09:00:00Z',
      mode: 'review',
      paused: { why: 'holiday', until: null },
      waiting: [{ kind: 'payment-reminder' }],
      next: [{ notBefore: '2026-11-24T08:00:00Z' }],
      toAnswer: [{ dueAt: '2026-11-24T20:04:00Z' }],
    });
  });
});

describe('pause and resume', () => {
  it('until a day, and back', async () => {
    const terminal = openTerminal();
    expect((await terminal.type('pause', '--until', 'tomorrow', '--why', 'away')).err).toContain(
      'until Wed 25 Nov 00:00',
    );
    expect((await terminal.json('status')).paused).toMatchObject({ why: 'away', until: '2026-11-24T23:00:00Z' });
    terminal.clock.set(rome('2026-11-25 00:00'));
    expect((await terminal.json('status')).paused).toBeNull();
    terminal.clock.set(rome('2026-11-24 12:00'));
    expect((await terminal.type('resume')).err).toBe('Letters may leave again.\n');
    expect((await terminal.type('resume')).err).toBe('Nothing was paused.\n');
  });
});

describe('notices', () => {
  it('are listed until they are seen', async () => {
    const terminal = openTerminal();
    const desk = terminal.desk();
    desk.store.write(terminal.clock.now(), (w) => notice(w, 'a', told('first', 'Do this')));
    expect((await terminal.type('notices')).out).toBe('1  Mon 23 Nov 10:00  first\n     next: Do this\n');
    expect((await terminal.type('notices', 'seen', '9')).code).toBe(1);
    await terminal.type('notices', 'seen', '1');
    expect(await terminal.json('notices')).toEqual([]);
  });
});

describe('journal', () => {
  it('is listed and verified', async () => {
    const terminal = openTerminal();
    await terminal.type(...bianchi);
    expect((await terminal.type('journal')).out).toMatch(/client-added {2}client\/1 {2}entered by the owner/);
    expect(await terminal.json('journal', 'list', '--client', 'Bianchi', '--since', 'today')).toHaveLength(1);
    expect(await terminal.json('journal', 'verify')).toMatchObject({ ok: true, count: 1 });
    expect((await terminal.type('journal', 'verify')).out).toContain('The journal is whole');
  });
});

describe('templates', () => {
  it('are listed, checked, and read as they would leave', async () => {
    const terminal = openTerminal();
    expect((await terminal.json('templates')).length).toBeGreaterThan(20);
    expect((await terminal.type('templates', 'check')).code).toBe(0);
    await terminal.type(...bianchi);
    await terminal.type('invoices', 'add', '2026/7', '--client', '1', '--total', '1220', '--issued', '2026-10-01');
    const { out } = await terminal.type('templates', 'preview', 'payment-reminder', '--client', 'Bianchi');
    expect(out).toMatch(/^Subject: .*2026\/7[\s\S]*1\.220,00/);
    expect((await terminal.type('templates', 'preview', 'reminder')).err).toContain('Known are: acknowledgement');
  });
});

describe('plan', () => {
  it('tells what would leave, and changes nothing', async () => {
    const terminal = openTerminal();
    await terminal.type(...bianchi);
    await terminal.type('invoices', 'add', '2026/7', '--client', '1', '--total', '1220', '--issued', '2026-10-01');
    const plan = await terminal.json('plan', '--days', '30');
    expect(plan.letters[0]).toMatchObject({
      kind: 'payment-reminder',
      client: 'Bianchi Srl',
      at: expect.stringMatching(/^2026-11-\d\dT.*Z$/),
    });
    expect((await terminal.type('plan')).out).toContain('payment-reminder');
    expect(await terminal.json('outbox', 'list', '--all')).toEqual([]);
    expect((await terminal.type('plan', '--days', '0')).code).toBe(2);
  });
});

describe('backup', () => {
  it('is one file for its owner alone, and replaces nothing unasked', async () => {
    const terminal = openTerminal();
    const path = (await terminal.type('backup')).out.trim();
    expect(path).toBe(join(terminal.dir, 'data', 'backups', 'paletti-2026-11-23T090000Z.db'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect((await terminal.type('backup', 'data/backups/paletti-2026-11-23T090000Z.db')).code).toBe(1);
    expect((await terminal.type('backup', 'other.db')).code).toBe(0);
    expect(existsSync(join(terminal.dir, 'other.db'))).toBe(true);
  });

  it.each([['templates', 'list'], ['plan'], ['letter', 'contract', 'Bianchi'], ['exit', 'list']])(
    'stop %s %s when one is bad, before there is a record',
    async (...words) => {
      const terminal = withBadTemplate();
      const { code, err } = await terminal.type(...words);
      expect(code).toBe(1);
      expect(err).toContain('the letter templates cannot be used');
      expect(existsSync(join(terminal.dir, 'data'))).toBe(false);
    },
  );

  it('stop nobody from reading the record', async () => {
    const terminal = withBadTemplate();
    for (const words of [['inbox'], ['clients'], ['status']]) expect((await terminal.type(...words)).code).toBe(0);
  });
});

function withBadTemplate() {
  const terminal = openTerminal({ config: { ...config, templatesDir: 'own' } });
  mkdirSync(join(terminal.dir, 'own', 'it', 'formal'), { recursive: true });
  writeFileSync(join(terminal.dir, 'own', 'it', 'formal', 'payment-reminder.hbs'), 'Subject: x\n\n{{nothing}}\n');
  return terminal;
}
