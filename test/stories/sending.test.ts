import { copyFileSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { resumeSending } from '../../src/desk/sending.ts';
import { DeliveryError } from '../../src/errors.ts';
import { maxAttempts } from '../../src/rules/sending.ts';
import { instant } from '../../src/rules/time.ts';
import { verifyJournal } from '../../src/store/journal.ts';
import { unseenNotices } from '../support/in-words.ts';
import { editClient } from '../../src/store/clients.ts';
import { approve, requeue } from '../../src/store/outbox.ts';
import { lastRun } from '../../src/store/runs.ts';
import { openStudio, Studio } from '../support/studio.ts';

const lost = () => new DeliveryError('unsure', 'connection', 'the line was lost after the text had gone out');

function signInNotices({ app }: Studio): unknown[] {
  const notices = app.store.read((r) => unseenNotices(r)).filter(({ key }) => key.startsWith('sign-in/'));
  return notices.map(({ text, next }) => ({ text, next }));
}

/** Keys of those the owner has yet to see, or of all there ever were. */
function loginNotices({ app }: Studio, options: { seen?: boolean } = {}): string[] {
  const which = options.seen === true ? '' : ' AND seen_at IS NULL';
  const sql = `SELECT key FROM notices WHERE key LIKE 'login/%'${which} ORDER BY id`;
  return app.store.read((r) => r.all<{ key: string }>(sql)).map(({ key }) => key);
}

describe('stories of sending', () => {
  it('review-mode-sends-nothing-unapproved', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: { sending: { mode: 'review' } } });
    const client = studio.client('Bianchi Srl');
    studio.invoice(client, { dueOn: '2026-10-30' });
    studio.clientWrites({ from: 'verdi@altro.example' });
    studio.clientWrites({ from: 'bianchi.srl@client.example' });
    await studio.until('2026-11-11T12:00:00+01:00', 60);
    expect(studio.courier.taken).toEqual([]);
    const waiting = studio.letters().filter((letter) => letter.state === 'held');
    expect(waiting.map((letter) => letter.kind).sort()).toEqual(['acknowledgement-out-of-hours', 'payment-reminder']);
    for (const letter of waiting) studio.app.store.write(studio.clock.now(), (w) => approve(w, letter.id));
    await studio.until('2026-11-12T12:00:00+01:00', 60);
    expect(studio.courier.taken).toHaveLength(2);
  });

  it('killed-while-sending-is-unsure-not-resent', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00' });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-10-30' });
    await studio.at('2026-11-09T08:30:00+01:00');
    // The process dies between the claim and the answer of the server: the promise never comes back.
    const dies = new Promise<never>(() => {});
    const send = studio.courier.send.bind(studio.courier);
    studio.courier.send = () => dies;
    studio.clock.set((studio.clock.now() + 30 * 60_000) as never);
    void studio.app.pass();
    // until it is handed over; on a busy machine that may take its time
    while (studio.letters()[0]?.state !== 'sending') await new Promise((resolve) => setTimeout(resolve, 5));
    studio.courier.send = send;
    await studio.until('2026-11-12T12:00:00+01:00', 120);
    expect(studio.courier.taken).toEqual([]);
    expect(studio.letters()[0]?.state).toBe('unsure');
    expect(studio.app.store.read((r) => unseenNotices(r)).some((notice) => notice.key.startsWith('unsure/'))).toBe(
      true,
    );
    // The owner looked: it never arrived. Only now it leaves, with the Message-ID it had.
    const messageId = studio.letters()[0]?.messageId;
    studio.app.store.write(studio.clock.now(), (w) => requeue(w, studio.letters()[0]?.id as number));
    await studio.until('2026-11-13T12:00:00+01:00', 60);
    expect(studio.courier.taken).toHaveLength(1);
    expect(studio.courier.taken[0]?.raw).toContain(messageId as string);
  });

  it('an unsure letter that stands in Sent is sent', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00' });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-10-30' });
    studio.courier.failWith.push(lost());
    await studio.until('2026-11-09T09:30:00+01:00');
    const [letter] = studio.letters();
    expect(letter?.state).toBe('unsure');
    studio.mailbox.put(
      'sent',
      `From: anna@studio.example\nTo: x@client.example\nMessage-ID: ${letter?.messageId}\nSubject: x\n\nx\n`,
      studio.clock.now(),
    );
    await studio.until('2026-11-09T12:30:00+01:00');
    expect(studio.letters()[0]?.state).toBe('filed');
    expect(studio.courier.taken).toEqual([]);
  });

  it('a refused null sender gets the owner’s address from then on', async () => {
    const studio = await openStudio({ now: '2026-11-09T10:00:00+01:00' });
    studio.client('Bianchi Srl');
    studio.client('Verdi Srl');
    studio.clientWrites({ from: 'bianchi.srl@client.example' });
    studio.courier.failWith.push(
      new DeliveryError('refused', 'sender', '550 empty sender not allowed', { responseCode: 550 }),
    );
    await studio.until('2026-11-09T12:30:00+01:00');
    expect(studio.courier.taken.map(({ envelope }) => envelope.from)).toEqual(['anna@studio.example']);
    studio.clientWrites({ from: 'verdi.srl@client.example' });
    await studio.until('2026-11-09T16:30:00+01:00');
    expect(studio.courier.taken.map(({ envelope }) => envelope.from)).toEqual([
      'anna@studio.example',
      'anna@studio.example',
    ]);
  });

  it('a refused login burns no attempt and tells the owner once', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00' });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-10-30' });
    for (let i = 0; i < 3; i++)
      studio.courier.failWith.push(new DeliveryError('retry', 'login', '535 bad credentials', { responseCode: 535 }));
    await studio.until('2026-11-09T09:45:00+01:00', 1);
    expect(studio.letters()[0]).toMatchObject({ state: 'queued', attempts: 0 });
    expect(studio.courier.failWith.length).toBeGreaterThan(0);
    expect(loginNotices(studio)).toHaveLength(1);
    await studio.until('2026-11-09T12:00:00+01:00');
    expect(studio.courier.taken).toHaveLength(1);
    expect(loginNotices(studio)).toEqual([]);
    studio.invoice(studio.client('Verdi Srl'), { dueOn: '2026-10-30' });
    studio.courier.failWith.push(new DeliveryError('retry', 'login', '535 bad credentials', { responseCode: 535 }));
    await studio.until('2026-11-10T09:45:00+01:00', 5);
    expect(studio.courier.failWith).toEqual([]);
    expect(loginNotices(studio, { seen: true })).toHaveLength(2);
  });

  it.each([
    ['it is surely not sent', () => new DeliveryError('retry', 'connection', 'the mail server was silent'), 3],
    ['it may have arrived', lost, 2],
  ])('a silent server is asked once in a pass, however many letters are due: %s', async (_, fault, sent) => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00' });
    for (const name of ['Bianchi', 'Neri', 'Verdi']) studio.invoice(studio.client(name), { dueOn: '2026-10-30' });
    await studio.at('2026-11-09T08:30:00+01:00');
    const send = vi.spyOn(studio.courier, 'send');
    studio.courier.failWith.push(fault());
    studio.clock.set(instant('2026-11-09T09:30:00+01:00'));
    expect(await studio.app.pass()).toMatchObject({ sent: 0, waiting: 3 });
    expect(send).toHaveBeenCalledTimes(1);
    expect(studio.letters().map(({ attempts }) => attempts)).toEqual([1, 0, 0]);
    expect(await studio.app.pass()).toMatchObject({ sent: 2 });
    await studio.until('2026-11-09T12:00:00+01:00');
    expect(studio.courier.taken).toHaveLength(sent);
  });

  it('a letter that is put off again and again fails after some days, and the owner is told', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00' });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-10-30' });
    const greylisted = () => new DeliveryError('retry', 'recipient', '450 4.2.0 greylisted', { responseCode: 450 });
    for (let i = 0; i < maxAttempts; i++) studio.courier.failWith.push(greylisted());
    const told = () => studio.app.store.read((r) => unseenNotices(r)).filter(({ key }) => key.startsWith('failed/'));
    await studio.until('2026-11-13T18:00:00+01:00', 120);
    expect(studio.letters()[0]).toMatchObject({ state: 'queued' });
    expect(told()).toEqual([]);
    await studio.until('2026-11-27T18:00:00+01:00', 120);
    expect(studio.courier.failWith).toEqual([]);
    expect(studio.letters()[0]).toMatchObject({ state: 'failed', attempts: maxAttempts });
    expect(told()).toMatchObject([
      { text: expect.stringContaining('450 4.2.0 greylisted'), next: expect.stringContaining('paletti outbox retry') },
    ]);
    expect(studio.courier.taken).toEqual([]);
  });

  it('a mailbox that refused the login is never silently passed over', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00' });
    const { AppError } = await import('../../src/errors.ts');
    studio.mailbox.failWith = new AppError('login-refused', 'the mail server refused the login');
    expect((await studio.app.pass()).faults).toMatchObject([{ code: 'login-refused' }]);
    expect(loginNotices(studio)).toHaveLength(1);
    expect((await studio.app.pass()).faults).toMatchObject([
      {
        code: 'login-refused',
        message: expect.stringContaining('until 08:01'),
        next: expect.stringContaining('doctor'),
      },
    ]);
    expect(studio.app.store.read((r) => lastRun(r, 'receive'))).toMatchObject({ outcome: 'failed' });
    await studio.at('2026-11-09T08:02:00+01:00');
    expect((await studio.app.pass()).faults).toEqual([]);
    expect(loginNotices(studio)).toEqual([]);
    expect(studio.app.store.read((r) => lastRun(r, 'receive'))).toMatchObject({ outcome: 'ok' });
  });

  it('a sign-in that the provider has ended is one notice with one command, and asks no server until the next one', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00' });
    const { SignInNeeded } = await import('../../src/errors.ts');
    const need = { mailbox: 'studio', title: 'Google', why: 'ended', said: 'invalid_grant: revoked' } as const;
    for (const time of ['08:00', '08:05', '12:00', '18:00']) {
      await studio.at(`2026-11-09T${time}:00+01:00`);
      studio.mailbox.failWith = new SignInNeeded('Google has ended the sign-in of studio', need);
      expect((await studio.app.pass()).faults).toMatchObject([{ next: 'Sign in: paletti auth login studio' }]);
    }
    expect(signInNotices(studio)).toEqual([
      {
        text: expect.stringMatching(/studio.*Google.*invalid_grant: revoked/),
        next: 'paletti auth login studio',
      },
    ]);
    expect(loginNotices(studio)).toEqual([]);
    // No wait once it is mended: nobody was refused anything.
    await studio.at('2026-11-09T18:00:30+01:00');
    expect((await studio.app.pass()).faults).toEqual([]);
    expect(signInNotices(studio)).toEqual([]);
  });

  it('a client with an address of the owner gets no letter, and she is told', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00' });
    studio.invoice(studio.client('Bianchi Srl', { addresses: ['info@studio.example'] }), { dueOn: '2026-10-30' });
    await studio.until('2026-11-09T12:00:00+01:00');
    expect(studio.courier.taken).toEqual([]);
    expect(studio.app.store.read((r) => unseenNotices(r)).map((one) => one.text)).toContainEqual(
      expect.stringContaining('info@studio.example is your own address'),
    );
  });

  it('without a look at the mailbox nothing leaves', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00' });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-10-30' });
    await studio.at('2026-11-09T08:30:00+01:00');
    studio.clock.set((studio.clock.now() + 3_600_000) as never);
    const { AppError } = await import('../../src/errors.ts');
    studio.mailbox.failWith = new AppError('unreachable', 'no route to host');
    const report = await studio.app.pass();
    expect(report.faults).toHaveLength(1);
    expect(studio.courier.taken).toEqual([]);
    await studio.app.pass();
    expect(studio.courier.taken).toHaveLength(1);
  });

  it.each(['as it was', 'with an address corrected since'])(
    'after a restored backup no letter leaves a second time, %s',
    async (how) => {
      const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00' });
      const client = studio.client('Bianchi Srl');
      studio.invoice(client, { dueOn: '2026-10-30' });
      await studio.at('2026-11-09T08:30:00+01:00');
      const backupDir = mkdtempSync('/tmp/paletti-story-');
      await studio.app.store.backup(join(backupDir, 'yesterday.db'));
      await studio.until('2026-11-09T12:00:00+01:00');
      expect(studio.courier.taken).toHaveLength(1);

      copyFileSync(join(backupDir, 'yesterday.db'), join(backupDir, 'paletti.db'));
      const restored = new Studio({ now: '2026-11-09T12:30:00+01:00', dataDir: backupDir });
      Object.assign(restored, { mailbox: studio.mailbox, courier: studio.courier });
      await restored.open();
      if (how !== 'as it was')
        restored.app.store.write(restored.clock.now(), (w) =>
          editClient(w, client.id, { addresses: ['conti@bianchi.example'] }),
        );
      await restored.until('2026-11-12T12:00:00+01:00', 60);
      expect(studio.courier.taken).toHaveLength(1);
      expect(restored.app.store.read((r) => unseenNotices(r)).some(({ key }) => key.startsWith('foreign-letter'))).toBe(
        true,
      );
      // her word on the copy, and on the other Paletti, lets the rest go; the copy in Sent says which letter it was, whomever it went to
      for (const day of ['2026-11-13', '2026-11-16']) {
        resumeSending({ store: restored.app.store, clock: restored.clock });
        await restored.until(`${day}T12:00:00+01:00`, 60);
      }
      expect(studio.courier.taken).toHaveLength(1);
      const [known, told] = [restored, studio].map((one) => one.letters('payment-reminder')[0]);
      expect(known).toMatchObject({ state: 'filed', messageId: told?.messageId });
      await restored.app.shut();
    },
  );

  it('the journal of a busy week verifies', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00' });
    const client = studio.client('Bianchi Srl');
    studio.invoice(client, { dueOn: '2026-10-30' });
    studio.clientWrites({ from: 'bianchi.srl@client.example' });
    await studio.until('2026-11-14T12:00:00+01:00', 60);
    expect(studio.app.store.read((r) => verifyJournal(r))).toMatchObject({ ok: true });
  });
});
