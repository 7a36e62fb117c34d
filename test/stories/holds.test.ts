/** A hold keeps every letter that its table names, on the way the daemon takes; and what the owner sends by hand it does not. */
import { describe, expect, it } from 'vitest';
import { holdClient, releaseClient } from '../../src/desk/clients.ts';
import { notePromise } from '../../src/desk/invoices.ts';
import { writeBoundaryLetter } from '../../src/desk/letter.ts';
import { approveLetter } from '../../src/desk/outbox.ts';
import { askClient } from '../../src/desk/requests.ts';
import { proposeResumption } from '../../src/desk/work-state.ts';
import type { Client } from '../../src/rules/client.ts';
import { type HeldFamily, type HoldReason, holdReasons, holdTable } from '../../src/rules/hold.ts';
import type { Invoice } from '../../src/rules/invoice.ts';
import { instant, localDay } from '../../src/rules/time.ts';
import { setWorkState } from '../../src/store/clients.ts';
import { addHold } from '../../src/store/holds.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { said } from '../support/in-words.ts';

const config = {
  requests: { nudges: 'on' },
  dunning: { thankForPayment: true, occasions: { 'part-payment': 'ask', 'promise-confirmed': 'ask' } },
};
const deskOf = (studio: Studio) => ({ ...studio.app, settings: studio.config });
const hold = (studio: Studio, client: Client, reason: HoldReason, until: string | null = null) =>
  studio.app.store.write(studio.clock.now(), (w) =>
    addHold(w, {
      scope: 'client',
      scopeId: client.id,
      reason,
      note: null,
      until: until === null ? null : instant(until),
    }),
  );

async function begin(): Promise<{ studio: Studio; client: Client }> {
  const studio = await openStudio({ now: '2026-11-02T10:00:00+01:00', config });
  return { studio, client: studio.client('Bianchi Srl') };
}

/** Brings about a letter of the family that would leave by Tuesday 10 November, at eleven. @param stop is called before it may */
const occasions: Record<HeldFamily, (studio: Studio, client: Client, stop: () => void) => Promise<void>> = {
  async acknowledgement(studio, _, stop) {
    stop();
    studio.clientWrites({ from: 'bianchi.srl@client.example', subject: 'Domanda', text: 'Quando arriva il sito?' });
    await studio.at('2026-11-02T10:05:00+01:00');
    await studio.at('2026-11-02T11:00:00+01:00');
  },
  async dunning(studio, client, stop) {
    stop();
    studio.invoice(client, { dueOn: '2026-10-30' });
    await studio.at('2026-11-03T10:00:00+01:00');
    await studio.at('2026-11-10T11:00:00+01:00');
  },
  async closing(studio, client, stop) {
    const invoice = studio.invoice(client, { dueOn: '2026-10-30' });
    await studio.at('2026-11-03T10:00:00+01:00');
    expect(studio.sent()).toEqual(['payment-reminder 2026-11-03 Tue 10:00']);
    stop();
    studio.paid(invoice);
    await studio.at('2026-11-09T10:00:00+01:00');
    await studio.at('2026-11-10T11:00:00+01:00');
  },
  asking: (studio, client, stop) => answered(studio, client, stop, (invoice) => studio.paid(invoice, 50_000)),
  confirming: (studio, client, stop) =>
    answered(studio, client, stop, (invoice) => {
      const by = { day: localDay('2026-11-20'), zone: 'Europe/Rome', note: '' };
      notePromise(studio.app, { number: invoice.number, client: null }, by);
    }),
  async nudge(studio, client, stop) {
    stop();
    const dueOn = localDay('2026-11-04');
    const wish = { messageId: null, text: 'I testi?', dueOn, deliveryOn: null, project: 'Sito' };
    askClient(deskOf(studio), client.name, wish);
    await studio.at('2026-11-09T10:00:00+01:00');
    await studio.at('2026-11-10T11:00:00+01:00');
  },
};

/** Reminded, something happens, and a letter about it is written, which the owner lets go. */
async function answered(studio: Studio, client: Client, stop: () => void, happens: (invoice: Invoice) => void) {
  const invoice = studio.invoice(client, { dueOn: '2026-10-30' });
  await studio.at('2026-11-03T10:00:00+01:00');
  happens(invoice);
  await studio.at('2026-11-04T10:00:00+01:00');
  studio.approveAll();
  stop();
  await studio.at('2026-11-04T11:00:00+01:00');
}

const kindsOf: Record<HeldFamily, string> = {
  acknowledgement: 'acknowledgement',
  dunning: 'payment-reminder',
  closing: 'payment-received',
  nudge: 'nudge-kind',
  asking: 'part-payment',
  confirming: 'promise-confirmed',
};
const left = (studio: Studio, family: HeldFamily) =>
  studio.letters().some((letter) => letter.kind === kindsOf[family] && letter.sentAt !== null);

describe('a hold on the client', () => {
  const cells = holdReasons
    .flatMap((reason) => (Object.keys(holdTable[reason]) as HeldFamily[]).map((family) => [reason, family] as const))
    // a case of which all is disputed is not closed, so nothing says that it is
    .filter(([reason, family]) => reason !== 'dispute' || family !== 'closing');
  it.each(cells)('%s: a letter of %s waits or leaves as the table says', async (reason, family) => {
    const { studio, client } = await begin();
    await occasions[family](studio, client, () => hold(studio, client, reason));
    expect(left(studio, family)).toBe(!holdTable[reason][family]);
  });

  it('put while the letter is on its way keeps it, says so, and its release lets it go at once', async () => {
    const { studio, client } = await begin();
    studio.clientWrites({ from: 'bianchi.srl@client.example', text: 'Quando arriva il sito?' });
    await studio.at('2026-11-02T10:05:00+01:00');
    const until = instant('2026-11-04T00:00:00+01:00');
    holdClient(deskOf(studio), client.name, { reason: 'manual', until, note: 'parlo io' });
    await studio.at('2026-11-02T11:00:00+01:00');
    expect(said(studio.letters()[0]?.waitsFor)).toBe('held by you, until 3 November 2026 (parlo io)');
    releaseClient(deskOf(studio), client.name);
    await studio.at('2026-11-02T11:01:00+01:00');
    expect(studio.sent()).toEqual(['acknowledgement 2026-11-02 Mon 11:01']);
  });

  it('"work resumes" waits too, and the work stays paused until it leaves', async () => {
    const { studio, client } = await begin();
    const invoice = studio.invoice(client, { dueOn: '2026-10-20' });
    await studio.at('2026-11-03T10:00:00+01:00');
    await studio.at('2026-11-09T10:00:00+01:00');
    studio.approveAll();
    await studio.at('2026-11-09T10:05:00+01:00');
    expect(studio.sent().at(-1)).toBe('work-paused 2026-11-09 Mon 10:05');
    holdClient(deskOf(studio), client.name, { reason: 'opt-out', until: null, note: '' });
    studio.paid(invoice);
    await studio.at('2026-11-10T10:00:00+01:00');
    expect(studio.letters('work-resumed')).toMatchObject([{ state: 'held', sentAt: null }]);
    releaseClient(deskOf(studio), client.name);
    await studio.at('2026-11-10T10:30:00+01:00');
    expect(studio.sent().at(-1)).toBe('work-resumed 2026-11-10 Tue 10:30');
  });

  it('does not stay the owner’s own hand', async () => {
    const { studio, client } = await begin();
    for (const reason of ['manual', 'opt-out'] as const) hold(studio, client, reason);
    studio.app.store.write(studio.clock.now(), (w) => setWorkState(w, client.id, 'paused'));
    const desk = { ...deskOf(studio), mailbox: 'studio' };
    const wish = { quoteId: null, quoteText: null, hours: null, from: null, by: null, project: null } as const;
    const letters = [
      writeBoundaryLetter(desk, client.name, { ...wish, word: 'contract' }).letter,
      proposeResumption(desk, client.name).letter,
    ];
    for (const { id } of letters) approveLetter(studio.app, id);
    await studio.at('2026-11-02T11:00:00+01:00');
    expect(studio.sent()).toEqual(['boundary-contract 2026-11-02 Mon 11:00', 'settled-otherwise 2026-11-02 Mon 11:00']);
  });
});
