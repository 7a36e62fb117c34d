/**
 * A letter that waits is shown as it would leave now, in the terminal and on the page, with what has changed since it was
 * written; and what its owner approves or edits is that, and nothing older.
 */
import { expect, describe, it } from 'vitest';
import { editLetter } from '../../src/desk/outbox.ts';
import type { Client } from '../../src/rules/client.ts';
import { editClient } from '../../src/store/clients.ts';
import { listInvoices } from '../../src/store/invoices.ts';
import { letterById } from '../../src/store/outbox.ts';
import { terminalOf } from '../cli/terminal-of.ts';
import { served, Visitor } from '../page/visitor.ts';
import { openStudio, type Studio } from '../support/studio.ts';

const review = { sending: { mode: 'review' } };

/** A reminder of 1,220.00 that waits for approval on Monday 9 November at ten. */
async function reminded(): Promise<{ studio: Studio; client: Client; id: number }> {
  const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: review });
  const client = studio.client('Harper Ltd', { contactName: 'Ms Harper', language: 'en', tone: 'formal' });
  studio.invoice(client, { dueOn: '2026-11-03', number: 'A1' });
  await studio.at('2026-11-09T10:00:00+01:00');
  return { studio, client, id: studio.letters('payment-reminder')[0]?.id as number };
}

const paid = (studio: Studio, cents?: number) =>
  studio.paid(studio.app.store.read((r) => listInvoices(r))[0] as never, cents);
const stored = (studio: Studio, id: number) => studio.app.store.read((r) => letterById(r, id));
async function visiting(studio: Studio): Promise<Visitor> {
  const page = await served(studio);
  const visitor = new Visitor(page);
  await visitor.enter(page.address());
  return visitor;
}

describe('a letter that waits', () => {
  it('is shown as it was written while nothing has changed', async () => {
    const { studio, id } = await reminded();
    const { out } = await terminalOf(studio).type('outbox', 'show', String(id));
    expect(out).toContain('€1,220.00');
    expect(out).not.toContain('would leave now');
    expect(await (await visiting(studio)).text(`/outbox/${id}`)).not.toContain('would leave now');
  });

  it('after a part payment is shown with the sum of now, line by line, and in JSON', async () => {
    const { studio, id } = await reminded();
    paid(studio, 50_000);
    const terminal = terminalOf(studio);
    const { out } = await terminal.type('outbox', 'show', String(id));
    expect(out).toContain('This is how it would leave now');
    expect(out).toMatch(/- .*€1,220\.00[\s\S]*\+ .*€720\.00/);
    expect(out.slice(out.lastIndexOf('Ms Harper'))).toContain('Total to pay: €720.00');
    expect(await terminal.json('outbox', 'show', String(id))).toMatchObject({
      text: expect.stringContaining('Total to pay: €720.00'),
      now: { fate: 'leaves', because: expect.stringContaining('sums') },
    });
    expect(stored(studio, id)?.text).toContain('€1,220.00');
    const visitor = await visiting(studio);
    for (const path of ['/', `/outbox/${id}`]) {
      const page = await visitor.text(path);
      expect(page).toContain('This is how it would leave now');
      expect(page).toContain('Total to pay: €720.00');
    }
    expect(await visitor.text(`/outbox/${id}/html`)).toContain('720.00');
  });

  it.each([
    ['in the terminal', async (studio: Studio, id: number) => terminalOf(studio).type('outbox', 'approve', String(id))],
    ['on the page', async (studio: Studio, id: number) => (await visiting(studio)).click('/', `/outbox/${id}/approve`)],
  ])('is approved %s as it would leave, and leaves so', async (_where, approve) => {
    const { studio, id } = await reminded();
    paid(studio, 50_000);
    const said = await approve(studio, id);
    if (typeof said === 'object') expect(said.err).toMatch(/changed since[\s\S]*\+ .*€720\.00/);
    expect(stored(studio, id)?.text).toContain('Total to pay: €720.00');
    await studio.at('2026-11-09T10:30:00+01:00');
    expect(studio.courier.taken[0]?.raw).toContain('720.00');
  });

  it('to an address that is another by now is shown with that one', async () => {
    const { studio, client, id } = await reminded();
    studio.app.store.write(studio.clock.now(), (w) => editClient(w, client.id, { addresses: ['new@harper.example'] }));
    const { out } = await terminalOf(studio).type('outbox', 'show', String(id));
    expect(out).toContain('To: Ms Harper <new@harper.example>');
    expect(out).toContain('This is how it would leave now');
  });

  it('stands in every list with the subject and the address that it would leave with', async () => {
    const { studio, client, id } = await reminded();
    studio.app.store.write(studio.clock.now(), (w) =>
      editClient(w, client.id, { addresses: ['new@harper.example'], language: 'it' }),
    );
    expect(stored(studio, id)?.subject).toContain('Reminder');
    const terminal = terminalOf(studio);
    const now = { id, recipient: 'new@harper.example', subject: expect.stringContaining('Promemoria') };
    expect((await terminal.type('outbox')).out).toContain('Promemoria');
    expect(await terminal.json('outbox')).toMatchObject([now]);
    expect(await terminal.json('status')).toMatchObject({ waiting: [now] });
    const visitor = await visiting(studio);
    for (const path of ['/outbox', '/outbox.csv']) expect(await visitor.text(path)).toContain('Promemoria');
    // what has left is shown as it left
    await terminal.type('outbox', 'approve', String(id));
    await studio.at('2026-11-09T10:30:00+01:00');
    studio.app.store.write(studio.clock.now(), (w) => editClient(w, client.id, { language: 'en' }));
    expect(await terminal.json('outbox', 'list', '--all')).toMatchObject([now]);
  });

  it('about money that has come is shown as one that does not leave', async () => {
    const { studio, id } = await reminded();
    paid(studio);
    const terminal = terminalOf(studio);
    expect((await terminal.type('outbox', 'show', String(id))).out).toContain('It would not leave now');
    expect((await terminal.type('outbox', 'approve', String(id))).err).toContain('It would not leave now');
    await studio.at('2026-11-09T10:30:00+01:00');
    expect(studio.courier.taken).toEqual([]);
  });
});

describe('words of the owner’s own', () => {
  const own = 'Dear Ms Harper,\n\nas we said: A1, €1,220.00 in all.\n\nAnna\n';

  it('that fit no more are shown so, and status says that they wait for this', async () => {
    const { studio, id } = await reminded();
    editLetter(studio.app, id, { text: own });
    paid(studio, 50_000);
    const terminal = terminalOf(studio);
    const { out } = await terminal.type('outbox', 'show', String(id));
    expect(out).toContain('Your own words no longer fit');
    expect(out).toContain('A1, €1,220.00 in all');
    await studio.at('2026-11-09T10:30:00+01:00');
    expect((await terminal.type('status')).out.replace(/\s+/g, ' ')).toContain('your own words no longer fit');
    expect(await (await visiting(studio)).text('/')).toContain('your own words no longer fit');
    expect(stored(studio, id)).toMatchObject({ edited: true, text: own });
  });

  it('that were given back: status says why the letter waits', async () => {
    const { studio, id } = await reminded();
    editLetter(studio.app, id, { text: own });
    const terminal = terminalOf(studio);
    paid(studio, 50_000);
    expect((await terminal.type('outbox', 'approve', String(id))).err).toContain('Your own words no longer fit');
    await studio.at('2026-11-09T10:30:00+01:00');
    expect(studio.courier.taken).toEqual([]);
    expect(stored(studio, id)).toMatchObject({ edited: false, waitsFor: { code: 'words-given-back' } });
    expect((await terminal.type('status')).out.replace(/\s+/g, ' ')).toContain('your own words no longer fitted');
    await terminal.type('outbox', 'approve', String(id));
    expect((await terminal.type('status')).out).not.toContain('no longer fitted');
    await studio.at('2026-11-09T10:45:00+01:00');
    expect(studio.courier.taken).toHaveLength(1);
  });

  it('stand upon what she had before her: written after the payment they leave', async () => {
    const { studio, id } = await reminded();
    paid(studio, 50_000);
    const text = own.replace('1,220.00', '720.00');
    const visitor = await visiting(studio);
    expect(await visitor.text(`/outbox/${id}/edit`)).toContain('€720.00');
    await visitor.click(`/outbox/${id}/edit`, `/outbox/${id}/edit`, { subject: 'A1', text });
    await visitor.click('/', `/outbox/${id}/approve`);
    await studio.at('2026-11-09T10:30:00+01:00');
    expect(studio.courier.taken[0]?.raw).toContain('720.00 in all');
  });

  it('written over others that fitted no more leave, and those written before a payment do not', async () => {
    const { studio, id } = await reminded();
    const visitor = await visiting(studio);
    const form = `/outbox/${id}/edit`;
    const begun = await visitor.fields(form, form);
    paid(studio, 50_000);
    await visitor.post(form, { ...begun, subject: 'A1', text: own });
    const terminal = terminalOf(studio);
    expect((await terminal.type('outbox', 'show', String(id))).out).toContain('Your own words no longer fit');
    await visitor.click(form, form, { subject: 'A1', text: own.replace('1,220.00', '720.00') });
    expect((await terminal.type('outbox', 'show', String(id))).out).not.toContain('no longer fit');
    await terminal.type('outbox', 'approve', String(id));
    await studio.at('2026-11-09T10:30:00+01:00');
    expect(studio.courier.taken[0]?.raw).toContain('720.00 in all');
  });
});
