/** Ladders by name: what hurts is announced by a letter of its own, a client may be on another ladder, and plan shows both. */
import { describe, expect, it } from 'vitest';
import { changeTerms } from '../../src/desk/client-terms.ts';
import { notePromise } from '../../src/desk/invoices.ts';
import { localDay, plus, dayMs } from '../../src/rules/time.ts';
import { setDisputed } from '../../src/store/invoices.ts';
import { said } from '../support/in-words.ts';
import { openStudio, type Studio } from '../support/studio.ts';

/** A pass at ten each day; whatever waits is let go. */
async function days(studio: Studio, count: number, approve = true): Promise<void> {
  for (let day = 0; day < count; day += 1) {
    await studio.at(plus(studio.clock.now(), dayMs));
    if (approve) studio.approveAll();
    if (approve) await studio.at(plus(studio.clock.now(), 60_000));
  }
}

describe('the ladder that announces', () => {
  it('gives at least seven days before a pause and fifteen before the end is proposed, and names them', async () => {
    const studio = await openStudio({ now: '2026-05-04T10:00:00+02:00', config: { dunning: { ladder: 'announced' } } });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-05-03', number: '2026/014' });
    await days(studio, 60);
    expect(studio.sent().map((line) => line.slice(0, line.indexOf(' ') + 11))).toEqual([
      'payment-reminder 2026-05-06',
      'pause-notice 2026-05-13',
      'work-paused 2026-05-21',
      'final-demand 2026-06-04',
    ]);
    const [, notice, pause, demand] = studio.letters();
    expect(notice?.text).toContain('Le chiedo di saldare entro mercoledì 20 maggio 2026.');
    expect(notice?.text).toContain('dal 21 maggio 2026 sospendo i lavori in corso');
    expect(pause?.text).toContain('come annunciato il 13 maggio 2026');
    expect(demand?.subject).toContain('richiesta formale di pagamento entro');
    expect(demand?.text).toContain('costituzione in mora');
    expect(demand?.text).toContain('D.Lgs. 231/2002');
    expect(studio.letters('termination')).toHaveLength(1);
    const days15 = studio.letters('termination')[0]?.createdAt as number;
    expect(days15 - (demand?.sentAt as number)).toBeGreaterThan(15 * dayMs);
  });

  it('a formal demand asks, whatever the step says; a consumer is told of no law on business debts', async () => {
    const steps = [
      { letter: 'payment-reminder', afterDays: 3 },
      { letter: 'final-demand', afterDays: 10, approval: 'auto' },
    ];
    const studio = await openStudio({ now: '2026-05-04T10:00:00+02:00', config: { dunning: { steps } } });
    studio.invoice(studio.client('Maria Verdi', { kind: 'consumer' }), { dueOn: '2026-05-03', number: 'A' });
    await days(studio, 14, false);
    expect(studio.letters('final-demand')).toMatchObject([{ state: 'held', approval: 'ask' }]);
    expect(studio.letters('final-demand')[0]?.text).not.toContain('231/2002');
  });

  it('pauses nothing while the client is talking about it: his answer holds the pause, and then asks', async () => {
    const studio = await openStudio({ now: '2026-05-04T10:00:00+02:00', config: { dunning: { ladder: 'announced' } } });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-05-03', number: '2026/014' });
    await days(studio, 10);
    const notice = studio.letters('pause-notice')[0];
    expect(notice?.sentAt).not.toBeNull();
    const inReplyTo = notice?.messageId as string;
    studio.clientWrites({ from: 'bianchi.srl@client.example', inReplyTo, subject: 'Re', text: 'Posso pagare a rate?' });
    await studio.at(plus(studio.clock.now(), 60_000));
    studio.ownerAnswers({ to: 'bianchi.srl@client.example', subject: 'Re', text: 'Va bene.' });
    await days(studio, 7, false);
    expect(studio.letters('work-paused')).toEqual([]);
  });
});

describe('a client with a ladder of her own', () => {
  it('is on it, while the others are on the studio’s', async () => {
    const studio = await openStudio({ now: '2026-05-04T10:00:00+02:00' });
    const [gentle, usual] = [studio.client('Amica'), studio.client('Bianchi Srl')];
    changeTerms(studio.app, gentle.name, { ladder: 'gentle' });
    for (const client of [gentle, usual]) studio.invoice(client, { dueOn: '2026-05-08', number: client.name });
    await days(studio, 40);
    const of = (name: string) =>
      studio.letters().filter(({ recipient, sentAt }) => recipient.startsWith(name) && sentAt);
    expect(of('amica').map(({ step }) => step)).toEqual(['before-due', 'payment-reminder', 'second-reminder']);
    expect(of('bianchi').map(({ step }) => step)).toEqual(['payment-reminder', 'work-paused']);
  });

  it('plan shows what would change on another one, and changes nothing', async () => {
    const studio = await openStudio({ now: '2026-05-04T10:00:00+02:00' });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-05-03', number: 'A' });
    const { terminalOf } = await import('../cli/terminal-of.ts');
    const { out } = await terminalOf(studio).type('plan', '--days', '40', '--ladder', 'announced', '--json');
    const shown = JSON.parse(out) as { anew: { kind: string }[]; gone: { kind: string }[] };
    expect(shown.anew.map(({ kind }) => kind)).toContain('pause-notice');
    expect(shown.gone.map(({ kind }) => kind)).toContain('work-paused');
    expect(studio.letters()).toEqual([]);
  });
});

describe('what a client did or said of money', () => {
  it('is answered only where the configuration asks for it, and then by the owner’s word', async () => {
    const studio = await openStudio({ now: '2026-05-04T10:00:00+02:00' });
    const invoice = studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-04-20', number: 'A' });
    await studio.at('2026-05-04T10:10:00+02:00');
    studio.paid(invoice, 50_000);
    await days(studio, 3, false);
    expect(studio.letters('part-payment')).toEqual([]);
  });

  it('a letter that names a day to pay by is followed by no step of the ladder before that day is over', async () => {
    const occasions = { 'part-payment': 'ask' };
    const studio = await openStudio({ now: '2026-05-04T10:00:00+02:00', config: { dunning: { occasions } } });
    const invoice = studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-04-28', number: 'A' });
    await studio.at('2026-05-04T10:10:00+02:00');
    await studio.at('2026-05-07T10:10:00+02:00');
    studio.paid(invoice, 50_000);
    await studio.at('2026-05-08T10:10:00+02:00');
    studio.approveAll();
    await studio.at('2026-05-08T10:20:00+02:00');
    const [letter] = studio.letters('part-payment');
    expect(letter?.sentAt).not.toBeNull();
    const payBy = letter?.facts['payBy'] as string;
    await days(studio, 30);
    const pause = studio.letters('work-paused')[0];
    expect(new Date(pause?.sentAt as number).toISOString().slice(0, 10) > payBy).toBe(true);
  });

  it('lost its ground before it left: paid, released, settled', async () => {
    const occasions = { 'part-payment': 'ask', 'promise-confirmed': 'ask', 'dispute-noted': 'ask' };
    const studio = await openStudio({ now: '2026-05-04T10:00:00+02:00', config: { dunning: { occasions } } });
    const [one, two, three] = ['A', 'B', 'C'].map((number) =>
      studio.invoice(studio.client(`Cliente ${number}`), { dueOn: '2026-04-20', number }),
    );
    await studio.at('2026-05-04T10:10:00+02:00');
    studio.paid(one as NonNullable<typeof one>, 50_000);
    notePromise(
      studio.app,
      { number: 'B', client: null },
      { day: localDay('2026-05-20'), zone: 'Europe/Rome', note: '' },
    );
    studio.app.store.write(studio.clock.now(), (w) => setDisputed(w, three?.id as number, 1_000));
    await studio.at('2026-05-05T10:00:00+02:00');
    expect(studio.letters().map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['part-payment', 'promise-confirmed', 'dispute-noted']),
    );
    studio.paid(one as NonNullable<typeof one>, 72_000);
    studio.paid(two as NonNullable<typeof two>);
    studio.app.store.write(studio.clock.now(), (w) => setDisputed(w, three?.id as number, 0));
    studio.approveAll();
    await studio.at('2026-05-05T10:20:00+02:00');
    const words = studio
      .letters()
      .filter(({ key }) => key.startsWith('occasion/'))
      .map(({ state, endedWhy }) => [state, said(endedWhy)]);
    expect(words).toEqual(Array(3).fill(['dropped', 'what it is about is over, or is another matter by now']));
  });
});
