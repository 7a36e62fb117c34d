/** Signs that nobody can read, in what others wrote: they stand in no letter, and keep none from leaving. */
import { describe, expect, it } from 'vitest';
import { proposeExit } from '../../src/desk/exit.ts';
import { recordInvoice } from '../../src/desk/invoices.ts';
import { askClient } from '../../src/desk/requests.ts';
import { noTerms } from '../../src/rules/client.ts';
import { localDay } from '../../src/rules/time.ts';
import { openStudio } from '../support/studio.ts';

const unreadable = [
  ['what could not be decoded', '\uFFFD\uFFFD'],
  ['signs of no width', '\u200B\u2060'],
  ['a sign that hides the order of bytes', '\uFEFF'],
] as const;

describe.each(unreadable)('%s', (_what, signs) => {
  it('in a subject, a name, a request, a number and a clause keeps no letter from leaving', async () => {
    const now = '2026-11-02T10:00:00+01:00';
    const studio = await openStudio({ now, config: { requests: { nudges: 'on' } } });
    const client = studio.client('Verdi', {
      contactName: signs,
      project: signs,
      addresses: ['luca@client.example'],
      terms: { ...noTerms, pauseClause: signs, exitClause: signs },
    });
    studio.invoice(client, { dueOn: '2026-10-28', number: `A${signs}7` });
    studio.clientWrites({ from: `"${signs}" <luca@client.example>`, subject: signs });
    const text = `Quali${signs} testi?`;
    const desk = { ...studio.app, settings: studio.config };
    const wish = { messageId: null, dueOn: localDay('2026-11-03'), text, project: signs, deliveryOn: null };
    askClient(desk, client.name, wish);
    await studio.until('2026-11-12T10:00:00+01:00', 60);
    const left = new Set(
      studio.letters().map((letter) => `${letter.kind} ${letter.sentAt === null ? letter.state : 'left'}`),
    );
    expect([...left].filter((line) => !line.endsWith(' left'))).toEqual([]);
    expect(left).toContain('acknowledgement left');
    expect(left).toContain('payment-reminder left');
    expect(studio.courier.taken.map(({ raw }) => raw).join('')).not.toMatch(/[\uFFFD\u200B\u2060\uFEFF]/);
  });

  it('alone is refused where something is to be read', async () => {
    const studio = await openStudio({ now: '2026-11-02T10:00:00+01:00' });
    const client = studio.client('Verdi');
    const desk = { ...studio.app, settings: studio.config, mailbox: 'studio' };
    const wish = { messageId: null, dueOn: null, project: null, deliveryOn: null };
    expect(() => askClient(desk, client.name, { ...wish, text: `“${signs}”` })).toThrow('no words for what was asked');
    const invoice = { client: client.name, number: signs, issuedOn: localDay('2026-11-01'), project: null };
    expect(() =>
      recordInvoice(desk, { ...invoice, currency: 'EUR', totalCents: 100, dueOn: null, instalments: [] }),
    ).toThrow(/no sign that can be read|has no number/);
    const exit = { noticeDays: null, milestone: null, by: null, referral: null, handover: [], onPayment: [] };
    expect(() => proposeExit(desk, client.name, { ...exit, reason: `${signs}…` })).toThrow('no words that can be read');
  });
});
