/** What asks for the owner's word is told as long as it asks, and no longer: along each way on which a letter is dropped. */
import { afterEach, describe, expect, it } from 'vitest';
import { approveLetter, dropLetter } from '../../src/desk/outbox.ts';
import { askClient, requestAnswered } from '../../src/desk/requests.ts';
import { setWorkByHand } from '../../src/desk/work-state.ts';
import type { Client } from '../../src/rules/client.ts';
import { needsApproval } from '../../src/rules/letter.ts';
import { localDay } from '../../src/rules/time.ts';
import { reversePayment, setDisputed } from '../../src/store/invoices.ts';
import { unseenNotices } from '../support/in-words.ts';
import { openStudio, type Studio } from '../support/studio.ts';

let studio: Studio;
const told = () =>
  studio.app.store.read((r) => unseenNotices(r)).filter(({ text }) => /waits for your approval/.test(text));
const toldOf = () => told().map(({ key }) => Number(key.split('/')[1]));
const waiting = () => studio.letters().filter(needsApproval);
const deskOf = () => ({ ...studio.app, settings: studio.config });

async function begin(config: Record<string, unknown> = {}): Promise<Client> {
  studio = await openStudio({ now: '2026-11-02T10:00:00+01:00', config });
  return studio.client('Bianchi Srl');
}

afterEach(() => {
  for (const { key } of told()) {
    expect(key).toMatch(/^approve\//);
    expect(waiting().map(({ id }) => id)).toContain(Number(key.split('/')[1]));
  }
});

/** A reminder and a pause have left; the work is paused. */
async function paused(client: Client) {
  const invoice = studio.invoice(client, { dueOn: '2026-10-20' });
  await studio.at('2026-11-03T10:00:00+01:00');
  await studio.at('2026-11-09T10:00:00+01:00');
  approveLetter(studio.app, waiting()[0]?.id as number);
  expect(told()).toEqual([]);
  await studio.at('2026-11-09T10:05:00+01:00');
  expect(studio.sent().at(-1)).toContain('work-paused');
  return invoice;
}

describe('a letter that asks', () => {
  it('about money: paid before it left; asks again when the money goes back', async () => {
    const client = await begin({ sending: { mode: 'review' } });
    const invoice = studio.invoice(client, { dueOn: '2026-10-30' });
    await studio.at('2026-11-03T10:00:00+01:00');
    const [first] = toldOf();
    expect(first).toBe(waiting()[0]?.id);
    const { payments } = studio.paid(invoice);
    await studio.at('2026-11-03T10:05:00+01:00');
    expect(told()).toEqual([]);
    studio.app.store.write(studio.clock.now(), (w) => reversePayment(w, payments[0]?.id as number));
    await studio.at('2026-11-05T10:00:00+01:00');
    expect(waiting()).toHaveLength(1);
    expect(toldOf()).toEqual([waiting()[0]?.id]);
  });

  it('a nudge: answered by telephone, by the desk alone', async () => {
    const client = await begin({ requests: { nudges: 'ask' } });
    const dueOn = localDay('2026-11-04');
    const wish = { messageId: null, text: 'I testi?', dueOn, deliveryOn: null, project: 'Sito' };
    const { request } = askClient(deskOf(), client.name, wish);
    await studio.at('2026-11-09T10:00:00+01:00');
    expect(told()).toHaveLength(1);
    requestAnswered(deskOf(), request.id, null);
    expect(told()).toEqual([]);
  });

  it('that the work goes on, of which no rule is sure: approved, or dropped, or the work taken up by hand', async () => {
    for (const answer of ['approve', 'drop', 'by hand'] as const) {
      const client = await begin();
      const invoice = await paused(client);
      studio.app.store.write(studio.clock.now(), (w) => setDisputed(w, invoice.id, invoice.totalCents));
      await studio.at('2026-11-10T10:00:00+01:00');
      const [letter] = waiting();
      expect(letter?.effect).toBe('resume');
      expect(told()).toMatchObject([{ text: expect.stringMatching(/disputed\. The work counts as paused\./) }]);
      if (answer === 'approve') approveLetter(studio.app, letter?.id as number);
      else if (answer === 'drop') dropLetter(studio.app, letter?.id as number, '');
      else setWorkByHand(studio.app, client.name, 'active');
      expect(told()).toEqual([]);
      await studio.at('2026-11-10T11:00:00+01:00');
      expect(told()).toEqual([]);
    }
  });
});
