import { describe, expect, it } from 'vitest';
import { instant } from '../../src/rules/time.ts';
import { touchOpenCases } from '../../src/store/cases.ts';
import { rememberForgotten } from '../../src/store/handovers.ts';
import { addHold } from '../../src/store/holds.ts';
import { listLetters } from '../../src/store/outbox.ts';
import { openStudio, rome } from '../support/studio.ts';
import { said } from '../support/in-words.ts';

describe('plan', () => {
  it('foretells by the same code what then really leaves', async () => {
    const studio = await openStudio({ now: '2026-11-02T08:00:00+01:00' });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-11-03' });
    studio.invoice(studio.client('Verdi Snc'), { dueOn: '2026-11-20', currency: 'USD' });
    const { letters, waiting } = await studio.app.plan(60);
    const foretold = letters.map((letter) => `${letter.kind} ${rome(letter.at)}`);
    expect(foretold).toEqual([
      'payment-reminder 2026-11-06 Fri 09:00',
      'work-paused 2026-11-13 Fri 09:00',
      'payment-reminder 2026-11-23 Mon 09:00',
      'work-paused 2026-11-30 Mon 09:00',
    ]);
    expect(letters.map((letter) => letter.needsApproval)).toEqual([false, true, false, true]);
    expect(waiting.map((letter) => letter.kind)).toEqual(['termination', 'termination']);
    for (let day = 0; day < 60; day++) {
      studio.clock.advance(86_400_000 / 2);
      studio.approveAll();
      await studio.app.pass();
      studio.clock.advance(86_400_000 / 2);
    }
  });

  it('names all money that will be overdue: in a letter, or with what holds it back, whatever that is', async () => {
    const studio = await openStudio({ now: '2026-11-02T10:00:00+01:00' });
    for (const [index, name] of ['Chiede', 'Paga', 'Promette', 'Tace', 'Contesta'].entries()) {
      const client = studio.client(name, name === 'Tace' ? { addresses: [], domains: ['tace.example'] } : {});
      studio.invoice(client, { dueOn: '2026-11-12', number: `${index + 1}` });
    }
    studio.clientWrites({ from: 'chiede@client.example', text: 'Quando mi mandi la bozza?' });
    await studio.app.pass();
    studio.app.store.write(studio.clock.now(), (w) => {
      const held = { scope: 'client' as const, scopeId: 3, reason: 'promise' as const, note: null };
      addHold(w, { ...held, until: instant('2027-03-01T00:00:00Z') });
      w.run('UPDATE invoices SET disputed_cents = 122000 WHERE id = 5');
    });
    const { letters, waiting, blocked } = await studio.app.plan(60);
    const named = new Set([...letters, ...waiting, ...blocked].map(({ client }) => client));
    expect([...named].toSorted()).toEqual(['Chiede', 'Paga', 'Promette', 'Tace']);
    for (const { client, why } of blocked) expect({ client, why: said(why) }).not.toMatchObject({ why: '' });
    expect(blocked.map(({ client }) => client)).toEqual(expect.arrayContaining(['Chiede', 'Promette', 'Tace']));
  });

  it('a letter that ends the work waits for the owner and says, at the end, the days as of then', async () => {
    const studio = await openStudio({ now: '2026-11-02T08:00:00+01:00' });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-10-03' });
    const subjects = async (days: number) => (await studio.app.plan(days)).waiting.map(({ subject }) => subject);
    expect(await subjects(40)).toEqual(['Recesso dall’incarico: l’ultimo giorno è il 10 gennaio 2027']);
    expect(await subjects(41)).toEqual(['Recesso dall’incarico: l’ultimo giorno è l’11 gennaio 2027']);
  });

  it('names what leaves at once, also in the middle of a second, and not what has just left', async () => {
    const studio = await openStudio({ now: '2026-11-09T09:30:00.700+01:00' });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-11-03' });
    const kinds = async () => (await studio.app.plan(1)).letters.map((letter) => letter.kind);
    expect(await kinds()).toEqual(['payment-reminder']);
    await studio.app.pass();
    expect(studio.courier.taken).toHaveLength(1);
    expect(await kinds()).toEqual([]);
  });

  it('leaves out what would not leave because an older database has forgotten that it left', async () => {
    const studio = await openStudio({ now: '2026-11-09T09:30:00+01:00' });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-11-03' });
    await studio.app.pass();
    const { store } = studio.app;
    const messageId = store.read((r) => listLetters(r))[0]?.messageId ?? '';
    const foretold = async () => (await studio.app.plan(1)).letters.map((letter) => letter.kind);
    store.write(studio.clock.now(), (w) => {
      w.run('DELETE FROM letters');
      touchOpenCases(w);
    });
    expect(await foretold()).toEqual(['payment-reminder']);
    store.write(studio.clock.now(), (w) =>
      rememberForgotten(w, { add: () => {}, after: () => [{ number: 9, messageId }] }),
    );
    expect(await foretold()).toEqual([]);
  });

  it('changes nothing', async () => {
    const studio = await openStudio({ now: '2026-11-02T08:00:00+01:00' });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-10-03' });
    await studio.app.plan(30);
    expect(studio.app.store.read((r) => listLetters(r))).toEqual([]);
    expect(studio.courier.taken).toEqual([]);
  });

  it('says what blocks the others', async () => {
    const studio = await openStudio({
      now: '2026-11-09T08:00:00+01:00',
      config: { dunning: { paymentsCheckedWithinHours: 24 } },
    });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-10-03' });
    const { letters, blocked } = await studio.app.plan(30);
    expect(letters).toEqual([]);
    expect(blocked).toMatchObject([{ client: 'Bianchi Srl', currency: 'EUR' }]);
    expect(said(blocked[0]?.why)).toMatch(/payment/i);
  });
});
