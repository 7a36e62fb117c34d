import { describe, expect, it } from 'vitest';
import { setWorkByHand } from '../../src/desk/work-state.ts';
import { at, instant, localDay, minuteMs, plus } from '../../src/rules/time.ts';
import { caseOf, listCases, touchClient } from '../../src/store/cases.ts';
import { clientById } from '../../src/store/clients.ts';
import { addHold } from '../../src/store/holds.ts';
import { reversePayment, setDisputed } from '../../src/store/invoices.ts';
import { entries, unseenNotices, said } from '../support/in-words.ts';
import { approve } from '../../src/store/outbox.ts';
import { pausedSince } from '../../src/store/outbox-queue.ts';
import { openStudio, type Studio } from '../support/studio.ts';

const allAuto = {
  dunning: {
    steps: [
      { letter: 'payment-reminder', afterDays: 3, approval: 'auto' },
      { letter: 'work-paused', afterDays: 10, afterPreviousDays: 5, approval: 'auto' },
      { letter: 'termination', afterDays: 30, afterPreviousDays: 15, approval: 'ask' },
    ],
  },
};

const journal = (studio: Studio) => studio.app.store.read((r) => entries(r));

/** Sends what waits, except what ends the work: a person's hand at each dawn. */
async function untilApproving(studio: Studio, moment: string): Promise<void> {
  const end = instant(moment);
  while (studio.clock.now() < end) {
    for (const letter of studio.letters()) {
      if (letter.state === 'held' && letter.kind !== 'termination')
        studio.app.store.write(studio.clock.now(), (w) => approve(w, letter.id));
    }
    await studio.until(new Date(Math.min(end, studio.clock.now() + 3_600_000)).toISOString(), 60);
  }
}

describe('stories of late payment', () => {
  it('forty-days-late-gets-one-step-at-a-time', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: allAuto });
    const client = studio.client('Bianchi Srl');
    studio.invoice(client, { dueOn: '2026-09-30', number: '12' });
    await studio.until('2026-12-20T12:00:00+01:00', 60);
    expect(studio.sent()).toEqual(['payment-reminder 2026-11-09 Mon 09:00', 'work-paused 2026-11-16 Mon 09:00']);
    expect(studio.letters('termination')).toMatchObject([{ state: 'held', approvedAt: null }]);
    expect(studio.app.store.read((r) => clientById(r, client.id))?.workState).toBe('paused');
  });

  it('a letter that has left is told at once, whatever the job that let it go', async () => {
    const config = { sending: { mode: 'review' } };
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config });
    const client = studio.client('Bianchi Srl');
    studio.invoice(client, { dueOn: '2026-11-03' });
    await studio.at('2026-11-09T09:00:00+01:00');
    const found = () => studio.app.store.read((r) => caseOf(r, client.id, 'EUR'));
    expect(found()?.lookAt).not.toBeNull();
    studio.approveAll();
    await studio.at('2026-11-09T09:30:00+01:00', ['receive', 'judge', 'deliver']);
    expect(studio.sent()).toEqual(['payment-reminder 2026-11-09 Mon 09:30']);
    expect(found()).toMatchObject({ state: 'open', why: { code: 'step-goes-on', step: 'work-paused' } });
    expect(found()?.lookAt).toBeGreaterThan(instant('2026-11-10T00:00:00+01:00') - 1);
    const before = [found(), journal(studio).length];
    await studio.at('2026-11-09T09:35:00+01:00', ['receive', 'judge', 'dun', 'deliver']);
    expect([found(), journal(studio).length]).toEqual(before);
  });

  it('a case that is new in the pass of another client’s letter waits for its bell', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: { sending: { mode: 'review' } } });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-11-03' });
    const other = studio.client('Verdi Srl');
    studio.invoice(other, { dueOn: '2026-11-03', number: '2' });
    await studio.at('2026-11-09T09:00:00+01:00');
    const [letter] = studio.letters().filter((one) => one.clientId !== other.id);
    studio.app.store.write(studio.clock.now(), (w) => {
      approve(w, letter?.id ?? 0);
      touchClient(w, other.id);
    });
    const before = studio.app.store.read((r) => caseOf(r, other.id, 'EUR'));
    await studio.at('2026-11-09T09:30:00+01:00', ['receive', 'judge', 'deliver']);
    expect(studio.sent()).toHaveLength(1);
    expect(studio.app.store.read((r) => caseOf(r, other.id, 'EUR'))).toEqual(before);
  });

  it('the journal has a line when a letter about money is put into the outbox, once', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: { sending: { mode: 'review' } } });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-11-03' });
    await studio.at('2026-11-09T09:00:00+01:00');
    await studio.at('2026-11-10T09:00:00+01:00');
    const [letter] = studio.letters();
    expect(journal(studio).filter((entry) => entry.kind === 'letter-held')).toMatchObject([
      {
        subject: `letter/${letter?.id}`,
        clientId: letter?.clientId,
        why: said(letter?.why),
        data: { key: letter?.key, notBefore: '2026-11-09T08:00:00Z' },
      },
    ]);
  });

  it('paid-between-plan-and-sending', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: { sending: { mode: 'review' } } });
    const invoice = studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-11-03' });
    await studio.at('2026-11-09T09:00:00+01:00');
    expect(studio.letters()).toMatchObject([{ kind: 'payment-reminder', state: 'held' }]);
    studio.approveAll();
    studio.paid(invoice);
    await studio.until('2026-12-30T12:00:00+01:00', 240);
    expect(studio.courier.taken).toEqual([]);
    expect(studio.letters()).toMatchObject([{ state: 'dropped', endedBy: 'system' }]);
    expect(studio.app.store.read((r) => listCases(r))).toMatchObject([{ state: 'closed' }]);
  });

  it('a payment recorded in the instant before the claim stops the letter', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: allAuto });
    const invoice = studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-11-03' });
    await studio.at('2026-11-09T08:30:00+01:00');
    const search = studio.mailbox.isInSent.bind(studio.mailbox);
    studio.mailbox.isInSent = async (messageId) => {
      studio.paid(invoice);
      return search(messageId);
    };
    await studio.app.pass();
    studio.clock.set(instant('2026-11-09T09:00:00+01:00'));
    await studio.app.pass();
    expect(studio.courier.taken).toEqual([]);
  });

  it('partial-payment-skips-no-step', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: allAuto });
    const client = studio.client('Bianchi Srl');
    const old = studio.invoice(client, { dueOn: '2026-10-01', number: '1', cents: 50_000 });
    studio.invoice(client, { dueOn: '2026-11-10', number: '2', cents: 30_000 });
    await studio.until('2026-11-10T12:00:00+01:00', 60);
    expect(studio.sent()).toEqual(['payment-reminder 2026-11-09 Mon 09:00']);
    studio.paid(old, 20_000);
    await studio.until('2026-11-17T18:00:00+01:00', 60);
    // The older invoice is still the earliest unpaid one: the pause comes, with its rest. The other one is asked for apart.
    expect(studio.sent()).toEqual([
      'payment-reminder 2026-11-09 Mon 09:00',
      'payment-reminder 2026-11-13 Fri 09:00',
      'work-paused 2026-11-16 Mon 09:00',
    ]);
    expect(studio.letters('work-paused')[0]?.text).toMatch(/n\. 1 del .*300,00 EUR ancora da saldare su 500,00/);
    expect(studio.letters('work-paused')[0]?.text).not.toContain('n. 2 ');
    studio.paid(old, 30_000);
    await studio.until('2026-12-07T18:00:00+01:00', 60);
    expect(studio.letters('termination')).toEqual([]);
  });

  it('promise-kept-and-promise-broken', async () => {
    const studio = await openStudio({ now: '2026-11-05T08:00:00+01:00', config: allAuto });
    const promise = (clientId: number, until: string) =>
      studio.app.store.write(studio.clock.now(), (w) => {
        const found = caseOf(w, clientId, 'EUR');
        addHold(w, {
          scope: 'client',
          scopeId: clientId,
          reason: 'promise',
          until: at(localDay(until), 1440, 'Europe/Rome'),
          note: null,
        });
        return found;
      });
    const kept = studio.client('Kept Srl');
    const broken = studio.client('Broken Srl');
    const keptInvoice = studio.invoice(kept, { dueOn: '2026-11-03', number: 'K1' });
    studio.invoice(broken, { dueOn: '2026-11-03', number: 'B1' });
    promise(kept.id, '2026-11-13');
    promise(broken.id, '2026-11-13');
    await studio.until('2026-11-12T12:00:00+01:00', 60);
    expect(studio.sent()).toEqual([]);
    studio.paid(keptInvoice);
    await studio.until('2026-11-16T18:00:00+01:00', 60);
    expect(studio.sent()).toEqual(['payment-reminder 2026-11-16 Mon 09:00']);
    expect(studio.courier.taken[0]?.envelope.to).toBe('broken.srl@client.example');
    const notices = studio.app.store.read((r) => unseenNotices(r));
    expect(notices.some((notice) => notice.text.includes('Broken Srl') && notice.text.includes('still open'))).toBe(
      true,
    );
  });

  it('friday-evening-step-waits-for-monday', async () => {
    const studio = await openStudio({ now: '2026-11-13T18:30:00+01:00', config: allAuto });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-11-10' });
    await studio.until('2026-11-16T12:00:00+01:00', 15);
    expect(studio.sent()).toEqual(['payment-reminder 2026-11-16 Mon 09:00']);
  });

  it('two-currencies-two-letters', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: allAuto });
    const client = studio.client('Bianchi Srl');
    studio.invoice(client, { dueOn: '2026-11-01', number: 'E1', currency: 'EUR' });
    studio.invoice(client, { dueOn: '2026-11-02', number: 'U1', currency: 'USD' });
    studio.invoice(client, { dueOn: '2026-11-03', number: 'E2', currency: 'EUR' });
    await studio.until('2026-11-11T12:00:00+01:00', 60);
    // One mail to a client on one day: the second currency follows on the next.
    expect(studio.sent()).toEqual(['payment-reminder 2026-11-09 Mon 09:00', 'payment-reminder 2026-11-10 Tue 09:00']);
    const [euro, dollar] = studio.letters('payment-reminder').map((letter) => letter.text);
    expect([euro?.includes('E1'), euro?.includes('E2'), euro?.includes('U1')]).toEqual([true, true, false]);
    expect([dollar?.includes('U1'), dollar?.includes('E1')]).toEqual([true, false]);
  });

  it('work is paused once: the letter about another currency says since when', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: allAuto });
    const client = studio.client('Bianchi Srl', { language: 'en' });
    const euro = studio.invoice(client, { dueOn: '2026-11-01', number: 'E1' });
    const dollar = studio.invoice(client, { dueOn: '2026-11-02', number: 'U1', currency: 'USD' });
    await studio.until('2026-11-18T12:00:00+01:00', 60);
    const texts = studio.letters('work-paused').map((letter) => letter.text);
    expect(texts).toEqual([
      expect.stringContaining('pausing all work in progress from today'),
      expect.stringContaining('Work in progress has been paused since 16 November 2026 and stays paused'),
    ]);
    expect(texts[1]).not.toContain('from today');
    for (const invoice of [euro, dollar]) studio.paid(invoice);
    await studio.until('2026-11-20T12:00:00+01:00', 60);
    expect(studio.letters('work-resumed').map((letter) => letter.text)).toEqual([
      expect.stringContaining('The work paused on 16 November 2026 will resume'),
    ]);
  });

  it('a client who waits for an answer is asked for no money, until the owner has written to him about anything', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: allAuto });
    const client = studio.client('Bianchi Srl');
    const to = client.addresses[0] as string;
    studio.invoice(client, { dueOn: '2026-11-06' });
    await studio.until('2026-11-09T10:00:00+01:00', 60);
    studio.clientWrites({ from: to, subject: 'Il logo', text: 'Quando arriva il logo?' });
    await studio.until('2026-11-17T12:00:00+01:00', 60);
    const money = () => studio.sent().filter((one) => !one.startsWith('acknowledgement'));
    expect(money()).toEqual(['payment-reminder 2026-11-09 Mon 09:00']);
    studio.ownerAnswers({ to, subject: 'Preventivo', headers: ['Auto-Submitted: auto-replied'] });
    await studio.until('2026-11-18T12:00:00+01:00', 60);
    expect(money()).toHaveLength(1);
    studio.ownerAnswers({ to, subject: 'Domani ti chiamo' });
    await studio.until('2026-11-19T12:00:00+01:00', 60);
    expect(money().slice(1)).toEqual(['work-paused 2026-11-19 Thu 09:00']);
  });

  it('a letter names no pause that the owner ended by hand', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: allAuto });
    const client = studio.client('Bianchi Srl', { language: 'en' });
    studio.invoice(client, { dueOn: '2026-11-01', number: 'E1' });
    await studio.until('2026-11-16T12:00:00+01:00', 60);
    const { store } = studio.app;
    for (const state of ['active', 'paused'] as const) {
      studio.clock.set(plus(studio.clock.now(), minuteMs));
      setWorkByHand({ store, clock: studio.clock }, String(client.id), state);
    }
    expect(studio.app.store.read((r) => pausedSince(r, client.id))).toBe(studio.clock.now());
  });

  it('a letter about work that the owner paused in silence says since when, and so does the one that it goes on', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: allAuto });
    const client = studio.client('Harper Ltd', { language: 'en', tone: 'formal' });
    const invoice = studio.invoice(client, { dueOn: '2026-11-06', number: 'E1' });
    await studio.until('2026-11-11T12:00:00+01:00', 60);
    setWorkByHand({ store: studio.app.store, clock: studio.clock }, String(client.id), 'paused');
    await studio.until('2026-11-16T12:00:00+01:00', 60);
    const [pause] = studio.letters('work-paused');
    expect(pause?.sentAt).not.toBeNull();
    expect(pause?.text).toContain('has been paused since 11 November 2026');
    expect(pause?.text).not.toContain('from today');
    studio.paid(invoice);
    await studio.until('2026-11-17T12:00:00+01:00', 60);
    expect(studio.letters('work-resumed')[0]?.text).toContain('paused on 11 November 2026');
  });

  it('reversed-payment-reopens', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: allAuto });
    const client = studio.client('Bianchi Srl');
    const invoice = studio.invoice(client, { dueOn: '2026-10-01' });
    await studio.until('2026-11-16T12:00:00+01:00', 60);
    expect(studio.sent()).toHaveLength(2);
    const paid = studio.paid(invoice);
    await studio.until('2026-11-17T12:00:00+01:00', 60);
    expect(studio.sent().at(-1)).toBe('work-resumed 2026-11-17 Tue 09:00');
    expect(studio.app.store.read((r) => clientById(r, client.id))?.workState).toBe('active');
    studio.app.store.write(studio.clock.now(), (w) => reversePayment(w, paid.payments[0]?.id as number));
    await studio.app.pass();
    const told = studio.app.store.read((r) => unseenNotices(r)).find((one) => one.key.startsWith('back/'));
    expect(told?.next).toContain(`paletti clients edit ${client.id} --work paused`);
    await studio.until('2026-11-24T12:00:00+01:00', 60);
    // The client was told that all is well: the ladder begins anew, not on the same day, and the owner is told.
    expect(studio.sent().slice(3)).toEqual([
      'payment-reminder 2026-11-18 Wed 09:00',
      'work-paused 2026-11-23 Mon 09:00',
    ]);
    // nothing slipped the attention of one who was thanked for his payment
    expect(studio.letters('payment-reminder').at(-1)?.text).toContain(
      'il 17 novembre 2026 Le ho confermato un pagamento che poi non è risultato accreditato: questa fattura non risulta',
    );
    expect(studio.app.store.read((r) => caseOf(r, client.id, 'EUR'))).toMatchObject({ state: 'open', cycle: 2 });
    expect(studio.app.store.read((r) => clientById(r, client.id))?.workState).toBe('paused');
    // the ladder has begun: there is nothing to know or decide about that any more
    expect(studio.app.store.read((r) => unseenNotices(r)).filter((one) => one.key.startsWith('back/'))).toEqual([]);
  });

  it('a payment taken back before anything was said of it goes on where it was, with days to pay', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: allAuto });
    const client = studio.client('Bianchi Srl');
    const invoice = studio.invoice(client, { dueOn: '2026-10-01' });
    await studio.until('2026-11-16T12:00:00+01:00', 60);
    studio.clock.set(instant('2026-11-16T18:30:00+01:00'));
    const paid = studio.paid(invoice);
    await studio.at('2026-11-16T18:31:00+01:00');
    studio.app.store.write(studio.clock.now(), (w) => reversePayment(w, paid.payments[0]?.id as number));
    await studio.until('2026-11-20T12:00:00+01:00', 60);
    expect(studio.sent()).toHaveLength(2);
    expect(studio.letters('work-resumed')).toMatchObject([{ state: 'dropped' }]);
    expect(studio.app.store.read((r) => clientById(r, client.id))?.workState).toBe('paused');
    expect(studio.app.store.read((r) => caseOf(r, client.id, 'EUR'))).toMatchObject({ state: 'open', cycle: 1 });
  });

  it('a pause is answered by its own money, though another invoice has begun a cycle since', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: allAuto });
    const client = studio.client('Bianchi Srl');
    const invoice = studio.invoice(client, { dueOn: '2026-10-01' });
    await studio.at('2026-11-09T09:00:00+01:00');
    for (const day of ['11', '13', '15', '16']) await studio.at(`2026-11-${day}T09:30:00+01:00`);
    expect(studio.sent().at(-1)).toBe('work-paused 2026-11-16 Mon 09:30');
    studio.app.store.write(studio.clock.now(), (w) => setDisputed(w, invoice.id, invoice.totalCents));
    await studio.at('2026-11-17T09:00:00+01:00');
    expect(studio.letters('settled-otherwise')).toMatchObject([{ state: 'held', approval: 'ask' }]);
    studio.invoice(client, { dueOn: '2026-11-16', cents: 50, number: 'small' });
    await studio.at('2026-11-18T09:00:00+01:00');
    expect(studio.app.store.read((r) => caseOf(r, client.id, 'EUR'))?.cycle).toBe(2);
    studio.app.store.write(studio.clock.now(), (w) => setDisputed(w, invoice.id, 0));
    studio.paid(invoice);
    await studio.at('2026-11-19T09:00:00+01:00');
    expect(studio.sent().at(-1)).toBe('work-resumed 2026-11-19 Thu 09:00');
    expect(studio.letters('settled-otherwise')).toMatchObject([{ state: 'dropped' }]);
    expect(studio.app.store.read((r) => clientById(r, client.id))?.workState).toBe('active');
  });

  it('paying all that the pause named ends it, though another invoice was reminded of meanwhile', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: allAuto });
    const client = studio.client('Bianchi Srl', { language: 'en' });
    const first = studio.invoice(client, { dueOn: '2026-10-01', number: 'A' });
    studio.invoice(client, { dueOn: '2026-11-14', number: 'B', cents: 50_000 });
    await studio.until('2026-11-18T12:00:00+01:00', 60);
    expect(studio.sent()).toEqual([
      'payment-reminder 2026-11-09 Mon 09:00',
      'work-paused 2026-11-16 Mon 09:00',
      'payment-reminder 2026-11-17 Tue 09:00',
    ]);
    studio.paid(first);
    await studio.until('2026-11-20T12:00:00+01:00', 60);
    expect(studio.sent()[3]).toBe('work-resumed 2026-11-18 Wed 14:00');
    const resumed = studio.letters('work-resumed')[0]?.text;
    expect(resumed).toContain('Invoice A');
    expect(resumed).not.toMatch(/Invoice B|Nothing remains/);
    // B has had its reminder: next is a pause of its own, never the termination of a pause that was about A.
    await studio.until('2026-12-10T12:00:00+01:00', 60);
    expect(studio.sent().slice(4)).toEqual(['work-paused 2026-11-24 Tue 09:00']);
    expect(studio.letters('work-paused').at(-1)?.text).toMatch(
      /Further to my reminder of 17 November 2026[^]*Invoice B/,
    );
    expect(studio.letters('work-paused').at(-1)?.text).not.toContain('Invoice A');
  });

  it('who keeps a promise about one invoice is not paused for another that the pause did not name', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: allAuto });
    const client = studio.client('Bianchi Srl', { language: 'en' });
    const named = studio.invoice(client, { dueOn: '2026-10-01', number: 'A' });
    const promised = studio.invoice(client, { dueOn: '2026-10-02', number: 'C' });
    await studio.until('2026-11-10T12:00:00+01:00', 60);
    const until = instant('2026-12-01T00:00:00+01:00');
    studio.app.store.write(studio.clock.now(), (w) =>
      addHold(w, { scope: 'invoice', scopeId: promised.id, reason: 'promise', until, note: null }),
    );
    await studio.until('2026-11-16T12:00:00+01:00', 60);
    expect(studio.letters('work-paused')[0]?.text).not.toContain('Invoice C');
    studio.paid(named);
    await studio.until('2026-11-17T12:00:00+01:00', 60);
    expect(studio.sent().at(-1)).toBe('work-resumed 2026-11-17 Tue 09:00');
    expect(studio.app.store.read((r) => clientById(r, client.id))?.workState).toBe('active');
    await studio.until('2026-12-03T12:00:00+01:00', 60);
    expect(studio.sent().slice(3)).toEqual(['work-paused 2026-12-01 Tue 09:00']);
    expect(studio.letters('work-paused').at(-1)?.text).toMatch(
      /Further to my reminder of 9 November 2026[^]*Invoice C/,
    );
  });

  it('work resumes once, and only if the pause was really sent', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00' });
    const never = studio.client('Mai Sospeso');
    const invoice = studio.invoice(never, { dueOn: '2026-10-01' });
    await studio.until('2026-11-20T12:00:00+01:00', 60);
    expect(studio.letters('work-paused')).toMatchObject([{ state: 'held', approval: 'ask' }]);
    studio.paid(invoice);
    await studio.until('2026-11-25T12:00:00+01:00', 60);
    expect(studio.sent()).toEqual(['payment-reminder 2026-11-09 Mon 09:00']);
    expect(studio.letters('work-resumed')).toEqual([]);
  });

  it('an answer to the reminder holds the ladder until the owner decides', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: allAuto });
    const client = studio.client('Bianchi Srl');
    studio.invoice(client, { dueOn: '2026-10-30' });
    await studio.until('2026-11-09T12:00:00+01:00');
    const reminder = studio.letters()[0]?.messageId as string;
    const { messageId } = studio.clientWrites({
      from: 'bianchi.srl@client.example',
      subject: 'Re: Promemoria',
      inReplyTo: reminder,
      text: 'Ne parliamo?',
    });
    studio.ownerAnswers({ to: 'bianchi.srl@client.example', inReplyTo: messageId }, '2026-11-09T13:30:00+01:00');
    await studio.until('2026-12-20T12:00:00+01:00', 240);
    expect(studio.sent()).toEqual(['payment-reminder 2026-11-09 Mon 09:00']);
    expect(
      studio.app.store.read((r) => unseenNotices(r)).some((notice) => notice.text.includes('answered the letter')),
    ).toBe(true);
  });

  it('no letter about money while the client waits for an overdue answer', async () => {
    const studio = await openStudio({ now: '2026-11-02T08:00:00+01:00', config: allAuto });
    const client = studio.client('Bianchi Srl');
    studio.clientWrites({ from: 'bianchi.srl@client.example', subject: 'Quando consegni?' });
    await studio.until('2026-11-06T12:00:00+01:00', 60);
    studio.invoice(client, { dueOn: '2026-11-02' });
    await studio.until('2026-11-12T12:00:00+01:00', 120);
    expect(studio.letters('payment-reminder').filter((letter) => letter.sentAt !== null)).toEqual([]);
    studio.ownerAnswers({ to: 'bianchi.srl@client.example', subject: 'Re: Quando consegni?' });
    await studio.until('2026-11-13T12:00:00+01:00', 60);
    expect(studio.sent().at(-1)).toBe('payment-reminder 2026-11-13 Fri 09:00');
  });

  it('laptop-asleep-for-twenty-days', async () => {
    const studio = await openStudio({ now: '2026-11-02T08:00:00+01:00', config: allAuto });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-11-03' });
    await studio.at('2026-11-02T18:00:00+01:00');
    await studio.at('2026-11-23T09:30:00+01:00');
    expect(studio.sent()).toEqual(['payment-reminder 2026-11-23 Mon 09:30']);
    await studio.until('2026-12-02T12:00:00+01:00', 60);
    expect(studio.sent()).toEqual(['payment-reminder 2026-11-23 Mon 09:30', 'work-paused 2026-11-30 Mon 09:30']);
  });

  it('asleep with an approved pause in the outbox: it asks afresh', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00' });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-10-01' });
    await studio.until('2026-11-16T08:00:00+01:00', 60);
    await untilApproving(studio, '2026-11-16T08:30:00+01:00');
    await studio.until('2026-11-14T08:30:00+01:00', 60);
    const pause = () => studio.letters('work-paused')[0];
    studio.app.store.write(studio.clock.now(), (w) => approve(w, pause()?.id as number));
    // Shut before it could leave, opened again five days later.
    await studio.at('2026-11-21T10:00:00+01:00', ['judge']);
    await studio.until('2026-11-23T12:00:00+01:00', 60);
    expect(pause()).toMatchObject({ state: 'held', approvedAt: null });
    expect(studio.sent()).toHaveLength(1);
  });
});
