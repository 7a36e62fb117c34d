/** Money that came, as files of the bank tell it: no reminder to who paid, and a question where it is not certain. */
import { describe, expect, it } from 'vitest';
import { importPayments } from '../../src/desk/import-payments.ts';
import { tried } from '../../src/desk/parts.ts';
import { markPaid } from '../../src/desk/invoices.ts';
import { answerLine, ignoreLine, linkLine, undoLine } from '../../src/desk/payments.ts';
import { recordPayment, writeOff } from '../../src/store/invoices.ts';
import { openCents, surplusCents, type Invoice } from '../../src/rules/invoice.ts';
import type { Client } from '../../src/rules/client.ts';
import { dayOf, localDay } from '../../src/rules/time.ts';
import { caseOf } from '../../src/store/cases.ts';
import { listLines } from '../../src/store/bank-lines.ts';
import { accounts } from '../../src/store/book-files.ts';
import { addInvoice, invoiceById } from '../../src/store/invoices.ts';
import { entries, said as inWords } from '../support/in-words.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { bankCsv as csv, camt, ownAccount as own, type Row } from '../support/money-files.ts';

const live = { dunning: { steps: [{ letter: 'payment-reminder', afterDays: 3, approval: 'auto' }] } };

let files = 0;
function drop(studio: Studio, bytes: Buffer, name = `conto-${++files}.csv`) {
  return tried(studio.app, true, (w) =>
    importPayments(w, [{ name, bytes }], {
      accounts: studio.config.owner.accounts ?? [],
      account: null,
      currency: 'EUR',
      today: dayOf(studio.clock.now(), 'Europe/Rome'),
    }),
  );
}

const state = (studio: Studio, invoice: Invoice) => studio.app.store.read((r) => invoiceById(r, invoice.id) as Invoice);
const lines = (studio: Studio) => studio.app.store.read((r) => listLines(r)).toReversed();
const why = (studio: Studio, client: Client) => inWords(studio.app.store.read((r) => caseOf(r, client.id, 'EUR'))?.why);

const said = (studio: Studio, kind: string) =>
  studio.app.store.read((r) => entries(r)).filter((entry) => entry.kind === kind);

const monday = '2026-11-09T08:00:00+01:00';
const open = () => openStudio({ now: monday, config: live });
const account = (n: number) => `DE0212030000000020205${n}`;

describe('money that came', () => {
  it('paid-yesterday-file-today-no-reminder', async () => {
    const studio = await open();
    const bianchi = studio.client('Bianchi Srl');
    const verdi = studio.client('Studio Verdi');
    const paid = studio.invoice(bianchi, { dueOn: '2026-11-05', number: '14/2026' });
    studio.invoice(verdi, { dueOn: '2026-11-05', number: '15/2026' });
    drop(studio, csv([['2026-11-08', 122_000, 'BIANCHI SRL', 'saldo fatt. 14/2026']]));
    expect(state(studio, paid).state).toBe('paid');
    await studio.until('2026-11-12T18:00:00+01:00', 60);
    expect(studio.letters('payment-reminder').map((letter) => letter.clientId)).toEqual([verdi.id]);
    const [entry] = said(studio, 'payment-recorded');
    expect(JSON.stringify(entry)).toMatch(/conto-\d+\.csv, row 1/);
  });

  it('number-of-another-client-asks, and both wait until it is answered', async () => {
    const studio = await open();
    const bianchi = studio.client('Bianchi Srl');
    const verdi = studio.client('Studio Verdi');
    studio.invoice(bianchi, { dueOn: '2026-10-01', number: '10/2026' });
    drop(studio, csv([['2026-11-02', 122_000, 'BIANCHI SRL', 'fatt 10/2026', account(1)]]));
    const own = studio.invoice(bianchi, { dueOn: '2026-11-05', number: '14/2026', cents: 80_000 });
    const others = studio.invoice(verdi, { dueOn: '2026-11-05', number: '15/2026', cents: 80_000 });
    drop(studio, csv([['2026-11-08', 80_000, 'BIANCHI SRL', 'saldo fatt. 15/2026', account(1)]]));
    expect(lines(studio).at(-1)).toMatchObject({ state: 'question' });
    await studio.until('2026-11-12T18:00:00+01:00', 60);
    expect(studio.letters('payment-reminder')).toEqual([]);
    for (const client of [bianchi, verdi])
      expect(why(studio, client)).toMatch(/a payment on your account may be of this client; answer the question/);
    const line = lines(studio).at(-1);
    const choice = line?.choices.findIndex((one) => one.clientId === bianchi.id) ?? -1;
    answerLine(studio.app, line?.id ?? 0, choice + 1);
    expect([state(studio, own).state, state(studio, others).state]).toEqual(['paid', 'open']);
    await studio.until('2026-11-13T18:00:00+01:00', 60);
    expect(studio.letters('payment-reminder').map((letter) => letter.clientId)).toEqual([verdi.id]);
  });

  it('reversed-by-the-bank: the case goes on, with the evidence of both lines', async () => {
    const studio = await open();
    const client = studio.client('Bianchi Srl');
    const invoice = studio.invoice(client, { dueOn: '2026-11-05', number: '14/2026' });
    drop(
      studio,
      camt([['2026-11-06', 122_000, 'Bianchi Srl', 'fatt. 14/2026', account(1)]], { endToEnd: 'E2E-77' }),
      'a.xml',
    );
    expect(state(studio, invoice).state).toBe('paid');
    drop(
      studio,
      camt([['2026-11-10', -122_000, 'Bianchi Srl', 'storno', account(1)]], { endToEnd: 'E2E-77', reversal: true }),
      'b.xml',
    );
    expect(openCents(state(studio, invoice))).toBe(122_000);
    expect(lines(studio).map((line) => line.state)).toEqual(['reversed', 'takes-back']);
    const told = JSON.stringify(said(studio, 'payment-reversed'));
    expect(told).toMatch(/b\.xml, (?:line|entry) \d+/);
    expect(told).toContain('E2E-77');
    await studio.until('2026-11-25T18:00:00+01:00', 120);
    expect(studio.letters('payment-reminder')).toHaveLength(1);
  });

  it('a debit of the same sum that no word links to the payment is asked about, and undone by the owner', async () => {
    const studio = await open();
    const client = studio.client('Bianchi Srl');
    const invoice = studio.invoice(client, { dueOn: '2026-11-05', number: '14/2026' });
    drop(studio, csv([['2026-11-06', 122_000, 'Bianchi Srl', 'fatt. 14/2026']]));
    drop(studio, csv([['2026-11-08', -122_000, '', 'STORNO']]));
    expect(lines(studio).map((line) => line.state)).toEqual(['matched', 'question']);
    expect(state(studio, invoice).state).toBe('paid');
    answerLine(studio.app, lines(studio)[1]?.id ?? 0, 1);
    expect(openCents(state(studio, invoice))).toBe(122_000);
    undoLine(studio.app, lines(studio)[1]?.id ?? 0, []);
    expect(lines(studio).map((line) => line.state)).toEqual(['question', 'question']);
  });

  it('same-file-twice, and the next file with the same days, count each line once', async () => {
    const studio = await open();
    const client = studio.client('Bianchi Srl');
    const invoice = studio.invoice(client, { dueOn: '2026-12-05', number: '14/2026' });
    const first: Row[] = [
      ['2026-11-06', 122_000, 'Bianchi Srl', 'fatt. 14/2026'],
      ['2026-11-06', 500, 'Caffe', 'mancia'],
      ['2026-11-06', 500, 'Caffe', 'mancia'],
    ];
    const bytes = csv(first);
    expect(drop(studio, bytes, 'a.csv').files).toMatchObject([{ news: 3 }]);
    expect(drop(studio, bytes, 'b.csv').files).toMatchObject([{ news: 0, knownAs: 'a.csv' }]);
    expect(drop(studio, csv([['2026-11-07', 900, 'Altro', ''], ...first]), 'c.csv').files).toMatchObject([{ news: 1 }]);
    expect(drop(studio, camt([['2026-11-06', 122_000, 'Bianchi', 'FATT 14/2026']]), 'd.xml').files).toMatchObject([
      { news: 0 },
    ]);
    expect(state(studio, invoice).payments).toHaveLength(1);
    expect(surplusCents(state(studio, invoice))).toBe(0);
  });

  it('the same money on another day in another kind of file is asked about', async () => {
    const studio = await open();
    const client = studio.client('Bianchi Srl');
    studio.invoice(client, { dueOn: '2026-12-05', number: '14/2026' });
    const second = studio.invoice(client, { dueOn: '2026-12-05', number: '15/2026', cents: 50_000 });
    drop(studio, csv([['2026-11-06', 122_000, 'Bianchi Srl', 'fatt. 14/2026', account(1)]]));
    const third = studio.invoice(client, { dueOn: '2026-12-06', number: '16/2026' });
    drop(studio, camt([['2026-11-08', 122_000, 'Bianchi Srl', 'bonifico', account(1)]]), 'd.xml');
    expect(lines(studio).map((line) => line.state)).toEqual(['matched', 'question']);
    expect(lines(studio)[1]?.choices.map((choice) => choice.kind)).toEqual(['recorded', 'pays']);
    answerLine(studio.app, lines(studio)[1]?.id ?? 0, 1);
    expect([second, third].map((invoice) => state(studio, invoice).state)).toEqual(['open', 'open']);
  });

  it('withholding-tax-is-not-a-part-payment', async () => {
    const studio = await open();
    const client = studio.client('Bianchi Srl');
    const invoice = studio.app.store.write(studio.clock.now(), (w) =>
      addInvoice(w, {
        clientId: client.id,
        number: '14/2026',
        issuedOn: localDay('2026-10-05'),
        currency: 'EUR',
        project: null,
        totalCents: 122_000,
        withholdingCents: 20_000,
        instalments: [{ dueOn: localDay('2026-11-05'), amountCents: 122_000, withheldCents: 20_000 }],
      }),
    );
    expect(openCents(invoice)).toBe(102_000);
    drop(studio, csv([['2026-11-08', 102_000, 'Bianchi Srl', 'fatt. 14/2026']]));
    expect(state(studio, invoice)).toMatchObject({ state: 'paid' });
    await studio.until('2026-11-20T18:00:00+01:00', 120);
    expect(studio.sent()).toEqual([]);
  });

  it('a client who withheld nothing has paid, and nothing too much', async () => {
    const studio = await open();
    const client = studio.client('Bianchi Srl');
    const invoice = studio.app.store.write(studio.clock.now(), (w) =>
      addInvoice(w, {
        clientId: client.id,
        number: '14/2026',
        issuedOn: localDay('2026-10-05'),
        currency: 'EUR',
        project: null,
        totalCents: 122_000,
        withholdingCents: 20_000,
        instalments: [{ dueOn: localDay('2026-11-05'), amountCents: 122_000, withheldCents: 20_000 }],
      }),
    );
    drop(studio, csv([['2026-11-08', 122_000, 'Bianchi Srl', 'fatt. 14/2026']]));
    expect(state(studio, invoice).state).toBe('paid');
    expect(surplusCents(state(studio, invoice))).toBe(0);
  });

  it('bank charges are never written off by themselves', async () => {
    const studio = await open();
    const client = studio.client('Bianchi Srl');
    const invoice = studio.invoice(client, { dueOn: '2026-11-05', number: '14/2026', cents: 100_000 });
    drop(studio, csv([['2026-11-08', 98_500, 'Bianchi Srl', 'invoice 14/2026']]));
    expect(lines(studio)[0]).toMatchObject({
      state: 'question',
      choices: [{ evidence: [{}, {}, { code: 'short-by', cents: 1500 }] }],
    });
    answerLine(studio.app, lines(studio)[0]?.id ?? 0, 1);
    expect(openCents(state(studio, invoice))).toBe(1500);
  });

  it('a batch over several invoices is asked about and then divided', async () => {
    const studio = await open();
    const client = studio.client('Bianchi Arredi Srl');
    const both = [
      studio.invoice(client, { dueOn: '2026-11-05', number: '14/2026', cents: 100_000 }),
      studio.invoice(client, { dueOn: '2026-11-05', number: '15/2026', cents: 40_000 }),
    ];
    drop(studio, csv([['2026-11-08', 140_000, 'BIANCHI ARREDI', 'saldo']]));
    expect(lines(studio)[0]).toMatchObject({ state: 'question' });
    answerLine(studio.app, lines(studio)[0]?.id ?? 0, 1);
    expect(both.map((invoice) => state(studio, invoice).state)).toEqual(['paid', 'paid']);
  });

  it('two invoices of the same sum: which one is asked, both clients of that sum wait', async () => {
    const studio = await open();
    const client = studio.client('Bianchi Srl');
    studio.invoice(client, { dueOn: '2026-11-05', number: '14/2026', cents: 100_000 });
    const second = studio.invoice(client, { dueOn: '2026-11-05', number: '15/2026', cents: 100_000 });
    drop(studio, csv([['2026-11-08', 100_000, 'Bianchi Srl', 'saldo']]));
    const [line] = lines(studio);
    expect(line?.choices.length).toBeGreaterThanOrEqual(2);
    await studio.until('2026-11-12T18:00:00+01:00', 60);
    expect(studio.sent()).toEqual([]);
    linkLine(studio.app, line?.id ?? 0, [{ number: '15/2026', client: null, cents: null }]);
    expect(state(studio, second).state).toBe('paid');
  });

  it.each([
    ['a line placed by hand beside what was entered by hand', true],
    ['what is entered by hand beside a line', false],
  ])('%s is asked about', async (_what, handFirst) => {
    const studio = await open();
    const client = studio.client('Bianchi Srl');
    const invoice = studio.invoice(client, { dueOn: '2026-11-05', number: '14/2026' });
    const name = { number: '14/2026', client: null };
    const byHand = (again: boolean) =>
      markPaid(studio.app, name, {
        amountCents: 50_000,
        receivedOn: localDay('2026-11-07'),
        reference: 'CRO 4711',
        again,
      });
    const byLine = (again: boolean) =>
      linkLine(studio.app, lines(studio)[0]?.id ?? 0, [{ ...name, cents: 50_000 }], again);
    if (handFirst) byHand(false);
    drop(studio, csv([['2026-11-08', 50_000, 'Rossi Laura', 'acconto trn 0815']]));
    if (!handFirst) byLine(false);
    const again = handFirst ? byLine : byHand;
    expect(() => again(false)).toThrow(expect.objectContaining({ code: 'conflict' }));
    expect(openCents(state(studio, invoice))).toBe(72_000);
    again(true);
    expect(openCents(state(studio, invoice))).toBe(22_000);
  });

  it('paid twice is asked, and once answered it is the client’s money', async () => {
    const studio = await open();
    const client = studio.client('Bianchi Srl');
    const invoice = studio.invoice(client, { dueOn: '2026-11-05', number: '14/2026' });
    drop(studio, csv([['2026-11-06', 122_000, 'Bianchi Srl', 'fatt. 14/2026']]));
    drop(studio, csv([['2026-11-08', 122_000, 'Bianchi Srl', 'fatt. 14/2026 bis']]));
    expect(lines(studio).map((line) => line.state)).toEqual(['matched', 'question']);
    expect(state(studio, invoice).payments).toHaveLength(1);
    answerLine(studio.app, lines(studio)[1]?.id ?? 0, 1);
    expect(surplusCents(state(studio, invoice))).toBe(122_000);
  });

  it('paid before it was due is paid, and the letter before due does not go', async () => {
    const steps = [{ letter: 'payment-reminder', afterDays: -3, approval: 'auto' }];
    const studio = await openStudio({ now: monday, config: { dunning: { steps } } });
    const client = studio.client('Bianchi Srl');
    const invoice = studio.invoice(client, { dueOn: '2026-11-20', number: '14/2026' });
    drop(studio, csv([['2026-11-08', 122_000, 'Bianchi Srl', 'fatt. 14/2026']]));
    expect(state(studio, invoice).state).toBe('paid');
    await studio.until('2026-11-25T18:00:00+01:00', 120);
    expect(studio.sent()).toEqual([]);
  });

  it('paid after it was written off is asked, and then paid', async () => {
    const studio = await open();
    const client = studio.client('Bianchi Srl');
    const invoice = studio.invoice(client, { dueOn: '2026-11-05', number: '14/2026' });
    studio.app.store.write(studio.clock.now(), (w) => writeOff(w, invoice.id));
    drop(studio, csv([['2026-11-08', 122_000, 'Bianchi Srl', 'fatt. 14/2026']]));
    expect(lines(studio)[0]?.state).toBe('question');
    answerLine(studio.app, lines(studio)[0]?.id ?? 0, 1);
    expect(state(studio, invoice).state).toBe('paid');
  });

  it('a payment that the owner entered by hand is not counted again', async () => {
    const studio = await open();
    const client = studio.client('Bianchi Srl');
    const invoice = studio.invoice(client, { dueOn: '2026-11-05', number: '14/2026' });
    studio.app.store.write(studio.clock.now(), (w) =>
      recordPayment(w, invoice.id, { amountCents: 122_000, receivedOn: localDay('2026-11-05'), reference: null }),
    );
    drop(studio, csv([['2026-11-08', 122_000, 'Bianchi Srl', 'fatt. 14/2026', account(1)]]));
    expect(lines(studio)[0]?.state).toBe('matched');
    expect(state(studio, invoice).payments).toHaveLength(1);
    undoLine(studio.app, lines(studio)[0]?.id ?? 0, []);
    expect(state(studio, invoice).state).toBe('paid');
  });

  it('a spouse’s account is asked about, and known after the answer', async () => {
    const studio = await open();
    const client = studio.client('Mario Bianchi');
    const first = studio.invoice(client, { dueOn: '2026-11-05', number: '14/2026', cents: 100_000 });
    drop(studio, csv([['2026-11-06', 99_000, 'LUCIA ROSSI', 'fatt 14/2026', account(3)]]));
    expect(lines(studio)[0]?.state).toBe('question');
    answerLine(studio.app, lines(studio)[0]?.id ?? 0, 1);
    const second = studio.invoice(client, { dueOn: '2026-11-05', number: '15/2026', cents: 70_000 });
    drop(studio, csv([['2026-11-08', 70_000, 'LUCIA ROSSI', 'saldo', account(3)]]));
    expect(state(studio, second).state).toBe('paid');
    expect(openCents(state(studio, first))).toBe(1000);
  });

  it('an account confirmed for two clients is nobody’s; undoing a match unlearns it', async () => {
    const studio = await open();
    const [one, two] = [studio.client('Bianchi Srl'), studio.client('Verdi Srl')];
    studio.invoice(one, { dueOn: '2026-11-05', number: '14/2026', cents: 100_000 });
    studio.invoice(two, { dueOn: '2026-11-05', number: '24/2026', cents: 50_000 });
    drop(studio, csv([['2026-11-06', 100_000, 'STUDIO COMM', 'fatt. 14/2026', account(4)]]));
    drop(studio, csv([['2026-11-06', 50_000, 'STUDIO COMM', 'fatt. 24/2026', account(4)]]));
    const asked = lines(studio)[1];
    expect(asked?.state).toBe('question');
    answerLine(studio.app, asked?.id ?? 0, 1);
    studio.invoice(one, { dueOn: '2026-11-05', number: '15/2026', cents: 70_000 });
    drop(studio, csv([['2026-11-08', 70_000, 'STUDIO COMM', 'saldo', account(4)]]));
    expect(lines(studio)[2]?.state).toBe('unrelated');
    undoLine(studio.app, asked?.id ?? 0, []);
    drop(studio, csv([['2026-11-09', 100, 'Altro', 'x']]));
    expect(lines(studio)[2]?.state).toBe('matched');
  });

  it('another currency counts as all that is open, when the owner says so', async () => {
    const studio = await open();
    const client = studio.client('Harbour Cafe');
    const invoice = studio.invoice(client, { dueOn: '2026-11-05', number: '14/2026', currency: 'USD', cents: 100_000 });
    drop(studio, csv([['2026-11-06', 92_000, 'Harbour Cafe', 'invoice 14/2026']]));
    expect(lines(studio)[0]?.state).toBe('question');
    answerLine(studio.app, lines(studio)[0]?.id ?? 0, 1);
    expect(state(studio, invoice).state).toBe('paid');
  });

  it('what pays no invoice is ignored with a reason, and the letters go again', async () => {
    const studio = await open();
    const client = studio.client('Bianchi Srl');
    studio.invoice(client, { dueOn: '2026-11-05', number: '14/2026' });
    drop(studio, csv([['2026-11-08', 10_000, 'Bianchi Srl', 'fatt. 14/2026']]));
    await studio.until('2026-11-10T18:00:00+01:00', 60);
    expect(studio.sent()).toEqual([]);
    ignoreLine(studio.app, lines(studio)[0]?.id ?? 0, 'rimborso spese');
    await studio.until('2026-11-11T18:00:00+01:00', 60);
    expect(studio.letters('payment-reminder')).toHaveLength(1);
  });

  it('an invoice that is recorded after its payment came is found to be paid', async () => {
    const studio = await open();
    const client = studio.client('Bianchi Srl');
    drop(studio, csv([['2026-11-08', 122_000, 'Rossi', 'fatt. 14/2026']]));
    expect(lines(studio)[0]?.state).toBe('unrelated');
    const invoice = studio.invoice(client, { dueOn: '2026-11-05', number: '14/2026' });
    drop(studio, csv([['2026-11-09', 100, 'Altro', 'x']]));
    expect(state(studio, invoice).state).toBe('paid');
    expect(lineState(studio)).toEqual(['matched', 'unrelated']);
  });
});

const lineState = (studio: Studio) => lines(studio).map((line) => line.state);

describe('how fresh the accounts are', () => {
  const stale = { dunning: { ...live.dunning, paymentsCheckedWithinHours: 24 } };

  it('a file up to the last booking day is as good as looking', async () => {
    const studio = await openStudio({ now: monday, config: stale });
    const client = studio.client('Bianchi Srl');
    studio.invoice(client, { dueOn: '2026-11-05', number: '14/2026' });
    await studio.until('2026-11-09T12:00:00+01:00', 30);
    expect(why(studio, client)).toMatch(/payment/);
    expect(studio.sent()).toEqual([]);
    // Monday morning: Friday is the last day on which a bank has booked
    drop(studio, csv([['2026-11-06', 900, 'Altro', 'x']]));
    await studio.until('2026-11-09T18:00:00+01:00', 30);
    expect(studio.letters('payment-reminder').filter((letter) => letter.sentAt !== null)).toHaveLength(1);
    expect(studio.app.store.read((r) => accounts(r))).toEqual([{ id: 1, number: own, readTo: '2026-11-06' }]);
  });

  it('an old file is not, nor is a payment in it, nor one account of two', async () => {
    const config = { ...stale, owner: undefined };
    const studio = await openStudio({ now: monday, config: { dunning: config.dunning } });
    const client = studio.client('Bianchi Srl');
    studio.invoice(client, { dueOn: '2026-11-05', number: '14/2026' });
    const paid = studio.invoice(client, { dueOn: '2026-11-05', number: '15/2026', cents: 5000 });
    drop(studio, csv([['2026-11-05', 5000, 'Bianchi Srl', 'fatt. 15/2026']]));
    expect(state(studio, paid).state).toBe('paid');
    await studio.until('2026-11-10T12:00:00+01:00', 30);
    expect(studio.sent()).toEqual([]);
  });
});
