/**
 * What a letter says is read when it leaves. Each line of the tables changes one thing in the record between the writing
 * and the leaving of a letter, and says what the client reads.
 */
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { writeBoundaryLetter, type BoundaryWish } from '../../src/desk/letter.ts';
import { approveLetter, editLetter } from '../../src/desk/outbox.ts';
import { askClient } from '../../src/desk/requests.ts';
import { proposeResumption, setWorkByHand } from '../../src/desk/work-state.ts';
import { type Client, noTerms } from '../../src/rules/client.ts';
import { instant, localDay } from '../../src/rules/time.ts';
import { DeliveryError } from '../../src/errors.ts';
import { editClient } from '../../src/store/clients.ts';
import { listInvoices, reversePayment } from '../../src/store/invoices.ts';
import { entries, unseenNotices } from '../support/in-words.ts';
import { letterById } from '../../src/store/outbox.ts';
import { pause } from '../../src/store/pause.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { asWritten } from '../../src/rules/reason.ts';

const review = { sending: { mode: 'review' } };
const newIban = 'DE89370400440532013000';

interface Set {
  studio: Studio;
  client: Client;
}

/** A reminder that waits for approval on Monday 9 November at ten. */
async function reminded(patch: Partial<Client> = {}): Promise<Set & { id: number }> {
  const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: review });
  const client = studio.client('Bianchi Srl', { contactName: 'Luca Bianchi', ...patch });
  studio.invoice(client, { dueOn: '2026-11-03', number: 'A1', cents: 100_000 });
  studio.invoice(client, { dueOn: '2026-11-04', number: 'A2', cents: 20_000 });
  await studio.at('2026-11-09T10:00:00+01:00');
  return {
    studio,
    client,
    id: studio.letters('payment-reminder')[0]?.id as number,
  };
}

const plain: BoundaryWish = {
  word: 'boundary',
  quoteId: null,
  quoteText: null,
  hours: null,
  from: null,
  by: null,
  project: null,
};
const deskOf = (studio: Studio) => ({ ...studio.app, settings: studio.config, mailbox: 'studio' });

function change({ studio, client }: Set, patch: Partial<Client>): void {
  studio.app.store.write(studio.clock.now(), (w) => editClient(w, client.id, patch));
}

const mailsOf = ({ courier }: Studio) =>
  Promise.all(courier.taken.map(({ bytes }) => simpleParser(Buffer.from(bytes))));

/** What changed, and what is read afterwards in it and nowhere. */
const changes: [string, (set: Set) => void, RegExp, RegExp | null][] = [
  ['the IBAN', ({ studio }) => Object.assign(studio.config.owner, { iban: newIban }), /IBAN: DE89 3704/, /IT60/],
  [
    'the account holder',
    ({ studio }) => Object.assign(studio.config.owner, { accountHolder: 'Rossi snc' }),
    /Intestatario: Rossi snc/,
    null,
  ],
  [
    'the signature',
    ({ studio }) => Object.assign(studio.config.owner, { signature: 'Anna R.' }),
    /\nAnna R\.\n/,
    /Anna Rossi\n$/,
  ],
  [
    'the language',
    (set) => change(set, { language: 'en' }),
    /Dear Luca Bianchi,[\s\S]*Kind regards/,
    /Gentile|Cordiali/,
  ],
  ['the tone', (set) => change(set, { tone: 'informal' }), /Ciao Luca,[\s\S]*A presto/, /Gentile|Cordiali/],
  ['the contact', (set) => change(set, { contactName: 'Maria Verdi' }), /Gentile Maria Verdi,/, /Luca/],
  [
    'a payment',
    ({ studio, client }) => void studio.paid(invoiceOf({ studio, client }, 'A2')),
    /fattura n\. A1[\s\S]*Totale da saldare: 1\.000,00 EUR/,
    /A2/,
  ],
  [
    'a part payment',
    ({ studio, client }) => void studio.paid(invoiceOf({ studio, client }, 'A1'), 40_000),
    /già ricevuti: 400,00 EUR/,
    null,
  ],
  [
    'one more invoice',
    ({ studio, client }) => void studio.invoice(client, { dueOn: '2026-11-05', number: 'A3' }),
    /3 fatture[\s\S]*n\. A3/,
    null,
  ],
];

function invoiceOf({ studio, client }: Set, number: string) {
  const found = studio.app.store
    .read((r) => listInvoices(r, { clientId: client.id }))
    .find((one) => one.number === number);
  if (found === undefined) throw new Error(`no invoice ${number}`);
  return found;
}

describe('a letter about money that waited', () => {
  it.each(changes)('says %s as of the day it leaves', async (_what, act, isRead, isNowhere) => {
    const set = await reminded();
    const { studio, id } = set;
    studio.clock.set((studio.clock.now() + 3_600_000) as never);
    act(set);
    approveLetter(studio.app, id);
    await studio.at('2026-11-09T11:30:00+01:00');
    const [mail, ...more] = await mailsOf(studio);
    expect(more).toEqual([]);
    const all = `${mail?.subject}\n${mail?.text}\n`;
    expect(all).toMatch(isRead);
    if (isNowhere !== null) expect(`${all}${mail?.html || ''}`).not.toMatch(isNowhere);
    const letter = studio.app.store.read((r) => letterById(r, id));
    expect(`${letter?.subject}\n${letter?.text}`).toBe(`${mail?.subject}\n${mail?.text}`);
  });

  it('goes in the pass it is due, with the frozen bytes of the new text, and only once', async () => {
    const set = await reminded();
    Object.assign(set.studio.config.owner, { iban: newIban });
    approveLetter(set.studio.app, set.id);
    await set.studio.at('2026-11-09T10:05:00+01:00');
    await set.studio.at('2026-11-09T10:06:00+01:00');
    expect(set.studio.courier.taken).toHaveLength(1);
    expect(kinds(set)).toContain('letter-rewritten');
  });

  it('that could not be handed over is written anew for the next try', async () => {
    const set = await reminded();
    const { studio, id } = set;
    approveLetter(studio.app, id);
    studio.courier.failWith.push(new DeliveryError('retry', 'server', '451 later'));
    await studio.at('2026-11-09T10:05:00+01:00');
    Object.assign(studio.config.owner, { iban: newIban });
    await studio.at('2026-11-09T12:05:00+01:00');
    const [mail] = await mailsOf(studio);
    expect(mail?.text).toContain('IBAN: DE89 3704');
    expect(mail?.text).not.toContain('IT60');
  });

  it('names a day to pay by that is to come, however long it waited', async () => {
    const { studio, id } = await reminded();
    await studio.at('2026-11-25T10:00:00+01:00');
    approveLetter(studio.app, id);
    await studio.at('2026-11-25T10:05:00+01:00');
    const [mail] = await mailsOf(studio);
    expect(mail?.text).toContain('entro venerdì 27 novembre 2026');
  });
});

/** What changed of the client's addresses, where a letter about money goes then, and one about the work. */
const readdressed: [string, Partial<Client>, string, string][] = [
  [
    'a contact for billing was added',
    {
      addresses: ['bianchi.srl@client.example', 'conti@client.example'],
      contacts: [contact('bianchi.srl@client.example'), contact('conti@client.example', 'billing')],
    },
    ...(['conti@client.example', 'bianchi.srl@client.example'] as const),
  ],
  [
    'another address was put first',
    { addresses: ['luca@client.example', 'bianchi.srl@client.example'] },
    ...(['luca@client.example', 'luca@client.example'] as const),
  ],
  [
    'the address is another',
    { addresses: ['luca@client.example'] },
    ...(['luca@client.example', 'luca@client.example'] as const),
  ],
  [
    'an address was added behind the first',
    { addresses: ['bianchi.srl@client.example', 'luca@client.example'] },
    ...(['bianchi.srl@client.example', 'bianchi.srl@client.example'] as const),
  ],
];

function contact(address: string, role: 'general' | 'billing' = 'general') {
  return { address, role, person: null };
}

describe('the address is read when the letter leaves:', () => {
  const to = ({ courier }: Studio) => courier.taken.map(({ envelope }) => envelope.to);

  it.each(readdressed)('%s', async (_what, patch, money, work) => {
    const reminder = await reminded();
    change(reminder, patch);
    approveLetter(reminder.studio.app, reminder.id);
    await reminder.studio.at('2026-11-09T10:30:00+01:00');
    await reminder.studio.at('2026-11-09T10:35:00+01:00');
    expect(to(reminder.studio)).toEqual([money]);
    expect(reminder.studio.app.store.read((r) => letterById(r, reminder.id))?.recipient).toBe(money);

    const studio = await openStudio({ now: '2026-11-09T10:00:00+01:00', config: review });
    const client = studio.client('Bianchi Srl');
    const { letter } = writeBoundaryLetter(deskOf(studio), client.name, { ...plain, word: 'hours' });
    change({ studio, client }, patch);
    approveLetter(studio.app, letter.id);
    await studio.at('2026-11-09T10:30:00+01:00');
    expect(to(studio)).toEqual([work]);
  });

  it("one for billing that is so no more gets no letter, though the address is still the client's", async () => {
    const addresses = ['bianchi.srl@client.example', 'conti@client.example'];
    const contacts = [contact('bianchi.srl@client.example'), contact('conti@client.example', 'billing')];
    const set = await reminded({ addresses, contacts });
    expect(set.studio.letters('payment-reminder')[0]?.recipient).toBe('conti@client.example');
    change(set, { contacts: [] });
    approveLetter(set.studio.app, set.id);
    await set.studio.at('2026-11-09T10:30:00+01:00');
    expect(to(set.studio)).toEqual(['bianchi.srl@client.example']);
  });
});

function kinds({ studio }: Pick<Set, 'studio'>): string[] {
  return studio.app.store.read((r) => entries(r)).map(({ kind }) => kind);
}

const own = 'Caro Luca,\n\ncome detto al telefono: A1 e A2, in tutto 1.200,00.\n\nAnna\n';

describe('the owner’s own words', () => {
  it.each(changes)(
    'upon which %s has changed do not leave; they are given back with what changed, and kept',
    async (_what, act, isRead) => {
      const set = await reminded();
      const { studio, id } = set;
      editLetter(studio.app, id, { text: own });
      approveLetter(studio.app, id);
      act(set);
      await studio.at('2026-11-09T10:30:00+01:00');
      await studio.at('2026-11-09T17:00:00+01:00');
      expect(studio.courier.taken).toEqual([]);
      const letter = studio.app.store.read((r) => letterById(r, id));
      expect(letter).toMatchObject({ state: 'held', approval: 'ask', approvedAt: null, edited: false });
      expect(`${letter?.subject}\n${letter?.text}`).toMatch(isRead);
      const history = studio.app.store.read((r) => entries(r, { subject: `letter/${id}` }));
      expect(history).toContainEqual(
        expect.objectContaining({
          kind: 'own-words-kept',
          data: { subject: expect.any(String), text: own },
        }),
      );
      const told = studio.app.store.read((r) => unseenNotices(r)).filter(({ text }) => text.includes('own words'));
      expect(told).toMatchObject([
        {
          text: expect.stringContaining('did not leave'),
          next: expect.stringContaining(`outbox show ${id}`),
        },
      ]);
      expect(told[0]?.text).toMatch(/ is now |new: |gone: |addressed as/);
    },
  );

  it('that still fit leave as they are', async () => {
    const { studio, id } = await reminded();
    editLetter(studio.app, id, { text: own });
    approveLetter(studio.app, id);
    await studio.at('2026-11-09T10:30:00+01:00');
    const [mail] = await mailsOf(studio);
    expect(mail?.text).toBe(own);
  });

  it('leave a day later, while the day they name is to come', async () => {
    const { studio, id } = await reminded();
    editLetter(studio.app, id, { text: own });
    studio.clock.set((studio.clock.now() + 9 * 3_600_000) as never);
    approveLetter(studio.app, id);
    await studio.at('2026-11-10T09:00:00+01:00');
    expect((await mailsOf(studio))[0]?.text).toBe(own);
  });

  it('leave days later, when they name no day', async () => {
    const { studio, id } = await reminded();
    editLetter(studio.app, id, { text: own });
    await studio.at('2026-11-25T10:00:00+01:00');
    approveLetter(studio.app, id);
    await studio.at('2026-11-25T10:05:00+01:00');
    expect((await mailsOf(studio))[0]?.text).toBe(own);
  });

  it('do not leave once the day they name has passed', async () => {
    const { studio, id } = await reminded();
    const by = /entro \p{L}+ (\d+ novembre 2026)/u.exec(studio.letters()[0]?.text ?? '')?.[1] as string;
    const dated = `Caro Luca,\n\nmi paghi entro il ${by}?\n\nAnna\n`;
    editLetter(studio.app, id, { text: dated });
    await studio.at('2026-11-25T10:00:00+01:00');
    approveLetter(studio.app, id);
    await studio.at('2026-11-25T10:05:00+01:00');
    expect(studio.courier.taken).toEqual([]);
    expect(kinds({ studio })).toContain('own-words-kept');
  });

  it('leave when she writes them again upon the new facts', async () => {
    const set = await reminded();
    const { studio, id } = set;
    editLetter(studio.app, id, { text: own });
    approveLetter(studio.app, id);
    Object.assign(studio.config.owner, { iban: newIban });
    await studio.at('2026-11-09T10:30:00+01:00');
    editLetter(studio.app, id, { text: own });
    approveLetter(studio.app, id);
    await studio.at('2026-11-09T10:35:00+01:00');
    expect((await mailsOf(studio))[0]?.text).toBe(own);
  });

  it('of a second edit stand upon what the program had written, not upon the first edit', async () => {
    const { studio, id } = await reminded();
    editLetter(studio.app, id, { text: 'Uno.' });
    editLetter(studio.app, id, { text: own });
    approveLetter(studio.app, id);
    await studio.at('2026-11-09T10:30:00+01:00');
    expect((await mailsOf(studio))[0]?.text).toBe(own);
  });

  it('of a letter that was dropped and is written anew are kept', async () => {
    const set = await reminded();
    const { studio, id } = set;
    editLetter(studio.app, id, { text: own });
    for (const number of ['A1', 'A2']) studio.paid(invoiceOf(set, number));
    await studio.at('2026-11-09T10:30:00+01:00');
    expect(studio.app.store.read((r) => letterById(r, id))?.state).toBe('dropped');
    studio.app.store.write(studio.clock.now(), (w) => {
      for (const number of ['A1', 'A2']) {
        const invoice = listInvoices(w, { clientId: set.client.id }).find((one) => one.number === number);
        reversePayment(w, invoice?.payments[0]?.id ?? 0);
      }
    });
    await studio.at('2026-11-10T10:30:00+01:00');
    const kept = studio.app.store.read((r) => entries(r)).filter(({ kind }) => kind === 'own-words-kept');
    expect(kept).toMatchObject([{ data: { text: own } }]);
  });
});

describe('every other kind', () => {
  it.each(['boundary', 'decisions', 'contract'] as const)('a letter on %s: language, tone, days', async (word) => {
    const studio = await openStudio({ now: '2026-11-06T10:00:00+01:00' });
    const client = studio.client('Bianchi Srl', { contactName: 'Luca Bianchi' });
    const { letter } = writeBoundaryLetter(deskOf(studio), client.name, { ...plain, word });
    change({ studio, client }, { language: 'en', tone: 'informal' });
    approveLetter(studio.app, letter.id);
    await studio.at('2026-11-23T10:00:00+01:00');
    const [mail] = await mailsOf(studio);
    expect(mail?.text).toMatch(/^Hi Luca,[\s\S]*Best,/);
    expect(mail?.text).toMatch(word === 'contract' ? /by 30 November 2026/ : /from 24 November 2026/);
  });

  it('a day the owner chose stays, and when it has passed she is asked again', async () => {
    const studio = await openStudio({ now: '2026-11-06T10:00:00+01:00' });
    const client = studio.client('Bianchi Srl');
    const from = localDay('2026-11-18');
    const { letter } = writeBoundaryLetter(deskOf(studio), client.name, { ...plain, from });
    approveLetter(studio.app, letter.id);
    studio.app.store.write(studio.clock.now(), (w) =>
      pause(w, { why: asWritten('a test'), until: instant('2026-11-19T09:00:00+01:00') }),
    );
    await studio.at('2026-11-10T10:00:00+01:00');
    await studio.at('2026-11-19T10:00:00+01:00');
    expect(studio.courier.taken).toEqual([]);
    expect(studio.app.store.read((r) => letterById(r, letter.id))).toMatchObject({ state: 'held', approvedAt: null });
    expect(
      studio.app.store
        .read((r) => unseenNotices(r))
        .map(({ text }) => text)
        .join(),
    ).toContain('the day you chose has passed');
  });

  it('a contract that was signed meanwhile is not asked for', async () => {
    const studio = await openStudio({ now: '2026-11-06T10:00:00+01:00' });
    const client = studio.client('Bianchi Srl');
    const { letter } = writeBoundaryLetter(deskOf(studio), client.name, { ...plain, word: 'contract' });
    change({ studio, client }, { terms: { ...noTerms, contractSignedOn: localDay('2026-11-06') } });
    approveLetter(studio.app, letter.id);
    await studio.at('2026-11-09T10:00:00+01:00');
    expect(studio.courier.taken).toEqual([]);
    expect(studio.app.store.read((r) => letterById(r, letter.id))).toMatchObject({ state: 'dropped' });
  });

  it('an acknowledgement: language, signature, hours', async () => {
    const studio = await openStudio({ now: '2026-11-06T20:00:00+01:00' });
    const client = studio.client('Bianchi Srl', { contactName: 'Luca Bianchi' });
    studio.clientWrites({ from: 'Luca Bianchi <bianchi.srl@client.example>' });
    await studio.at('2026-11-06T20:05:00+01:00');
    expect(studio.letters('acknowledgement-out-of-hours')).toHaveLength(1);
    change({ studio, client }, { language: 'en', tone: 'informal' });
    Object.assign(studio.config.owner, { signature: 'A. R.' });
    await studio.at('2026-11-09T09:00:00+01:00');
    const [mail] = await mailsOf(studio);
    expect(mail?.subject).toBe('Auto: Preventivo');
    expect(mail?.text).toMatch(/^Hi Luca,[\s\S]*at 20:00, outside my contact hours[\s\S]*Best,\nA\. R\.\n$/);
  });

  it('word that the work goes on: by a day that is to come', async () => {
    const studio = await openStudio({ now: '2026-11-02T10:00:00+01:00' });
    const client = studio.client('Bianchi Srl');
    const desk = { ...studio.app, settings: studio.config, mailbox: 'studio' };
    setWorkByHand(desk, client.name, 'paused');
    const { letter } = proposeResumption(desk, client.name);
    expect(letter.text).toContain('riprendono entro mercoledì 4 novembre 2026');
    studio.clock.set(instant('2026-11-12T10:00:00+01:00'));
    approveLetter(studio.app, letter.id);
    await studio.at('2026-11-12T10:05:00+01:00');
    const [mail] = await mailsOf(studio);
    expect(mail?.text).toContain('riprendono entro lunedì 16 novembre 2026');
  });

  it('a nudge: language, tone, the days lost', async () => {
    const config = { requests: { nudges: 'ask' } };
    const studio = await openStudio({ now: '2026-11-02T10:00:00+01:00', config });
    const client = studio.client('Bianchi Srl', { contactName: 'Luca Bianchi' });
    askClient({ ...studio.app, settings: studio.config }, client.name, {
      messageId: null,
      text: 'Le foto?',
      dueOn: localDay('2026-11-03'),
      deliveryOn: null,
      project: null,
    });
    await studio.until('2026-11-20T10:00:00+01:00', 240);
    const [nudge] = studio.letters().filter(({ kind }) => kind.startsWith('nudge'));
    change({ studio, client }, { language: 'en', tone: 'informal' });
    approveLetter(studio.app, nudge?.id as number);
    await studio.at('2026-11-20T10:30:00+01:00');
    const [mail] = await mailsOf(studio);
    expect(mail?.text).toMatch(/^Hi Luca,[\s\S]*The wait so far is 17 days/);
  });
});
