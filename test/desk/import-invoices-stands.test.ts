/** What a file of invoices may not do: guess a client, count a payment twice, undo what the owner did by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { registerClient } from '../../src/desk/clients.ts';
import { exportInvoices } from '../../src/desk/import-invoices.ts';
import { parseAnswers } from '../../src/desk/import-questions.ts';
import type { PlanOptions } from '../../src/desk/invoice-plan.ts';
import {
  correctInvoice,
  creditInvoice,
  dispute,
  markPaid,
  recordInvoice,
  takeBackCreditNote,
  takeBackPayment,
  voidByHand,
  writeOffByHand,
} from '../../src/desk/invoices.ts';
import { AppError } from '../../src/errors.ts';
import { openCents, paidCents } from '../../src/rules/invoice.ts';
import { holds } from '../../src/rules/hold.ts';
import { listHolds } from '../../src/store/holds.ts';
import { listInvoices } from '../../src/store/invoices.ts';
import { unseenNotices } from '../support/in-words.ts';
import { day, importFile, journalKinds, openTestDesk, refusal, type TestDesk } from './support.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const options = (over: Partial<PlanOptions> = {}): PlanOptions => ({
  file: 'f.csv',
  currency: 'EUR',
  today: day('2026-11-23'),
  ...over,
});
const imported = (desk: TestDesk, text: string, over: Partial<PlanOptions> = {}) =>
  importFile(desk, bytes(text), options(over));
const answered = (...texts: string[]) => ({ answers: parseAnswers(texts) });
const invoices = (desk: TestDesk) => desk.store.read((r) => listInvoices(r));
const one = (desk: TestDesk) => {
  const [found] = invoices(desk);
  if (found === undefined) throw new Error('there is no invoice');
  return found;
};

function studio(): TestDesk {
  const desk = openTestDesk();
  registerClient(desk, {
    name: 'Bianchi Arredi',
    addresses: ['b@bianchi.example'],
    references: { vat: ['IT01234567890'] },
  });
  registerClient(desk, { name: 'Rossi & Figli', addresses: ['r@rossi.example'], references: { code: ['C-3'] } });
  registerClient(desk, { name: "D'Angelo Studio", addresses: ['d@dangelo.example'], domains: ['dangelo.example'] });
  registerClient(desk, { name: '7', addresses: ['seven@seven.example'] });
  return desk;
}

const head = 'client,number,issuedOn,dueOn,total';
const row = (client: string, number = '1', rest = '2026-09-30,2026-10-30,1220.00') => `${client},${number},${rest}`;
const pay = (...payments: [string, string, string?][]) => {
  const list = payments.map(([receivedOn, amount, reference]) => ({
    receivedOn,
    amount,
    ...(reference ? { reference } : {}),
  }));
  return `"${JSON.stringify(list).replaceAll('"', '""')}"`;
};

describe('a client is named in a file', () => {
  it.each([
    ['by the whole name', 'bianchi  ARREDI', 'Bianchi Arredi'],
    ['by an address', 'R@rossi.example', 'Rossi & Figli'],
    ['by an address at its own domain', 'conti@dangelo.example', "D'Angelo Studio"],
    ['by the VAT number', '01234567890', 'Bianchi Arredi'],
    ['by the code of the accounts', 'c 3', 'Rossi & Figli'],
    ['by a name that is a number', '7', '7'],
  ])('%s', (_how, text, name) => {
    const desk = studio();
    expect(imported(desk, `${head}\n${row(text)}\n`).changes).toMatchObject([{ client: name, what: 'add' }]);
  });

  it.each([
    ['by our own row number', '3', /there is no client "3"/],
    ['by the beginning of its name', 'Bianchi', /did you mean Bianchi Arredi\?/],
    ['by a part of its name', 'Angelo', /did you mean D'Angelo Studio\?/],
    ['by an address at a provider', 'b@gmail.com', /there is no client/],
    ['by nothing', '', /names no client/],
  ])('and not %s', (_how, text, message) => {
    const desk = studio();
    const fault = refusal(() => imported(desk, `${head}\n${row('7')}\n${row(text, '2')}\n`));
    expect(fault.where).toBe('f.csv:3, column "client"');
    expect(fault.message).toMatch(message);
    expect(invoices(desk)).toEqual([]);
  });

  it('by columns of its own, which must agree', () => {
    const desk = studio();
    const file = 'Cliente,Partita IVA,Numero,Data,Scadenza,Totale\n';
    expect(imported(desk, `${file}Bianchi Srl,IT 01234567890,1,2026-09-30,2026-10-30,5\n`).changes).toMatchObject([
      { client: 'Bianchi Arredi' },
    ]);
    const fault = refusal(() => imported(desk, `${file}Rossi & Figli,01234567890,2,2026-09-30,2026-10-30,5\n`));
    expect(fault.message).toContain('are different clients');
  });
});

describe('what a file does not say', () => {
  it('leaves dispute, project, due day and state as they are', () => {
    const desk = studio();
    imported(desk, `${head},project,disputed\n${row('7')},Sito,100\n`);
    const before = invoices(desk);
    expect(imported(desk, 'client,number,issuedOn,total\n7,1,2026-09-30,1220.00\n').changes[0]?.what).toBe('unchanged');
    expect(imported(desk, `${head},project,disputed,state\n7,1,2026-09-30,,1220.00,,,\n`).changes[0]?.what).toBe(
      'unchanged',
    );
    expect(invoices(desk)).toEqual(before);
  });

  it('in columns it does not know is told', () => {
    const plan = imported(studio(), `${head},Note,Colour\n${row('7')},x,y\n`);
    expect(plan.ignored).toEqual(['Note', 'Colour']);
  });
});

describe('a payment seen again', () => {
  const file = (payments: string) => `${head},payments\n${row('7')},${payments}\n`;
  const byHand = (desk: TestDesk, amountCents: number | null, receivedOn: string, reference: string | null = null) =>
    markPaid(
      desk,
      { number: '1', client: null },
      { amountCents, receivedOn: day(receivedOn), reference, again: false },
    );

  it.each([
    ['with a reference that the record lacks', null, ['2026-10-30', '610', 'CRO 1']],
    ['with another reference', 'bonifico', ['2026-10-30', '610', 'CRO 1']],
    ['without the reference of the record', 'CRO 1', ['2026-10-30', '610']],
    ['on the day of the bank, some days before', null, ['2026-10-28', '610', 'CRO 1']],
    ['some days later, without a reference on either side', null, ['2026-11-02', '610']],
    ['split in two that come to more than is owed', null, ['2026-10-30', '1000', 'CRO 1']],
  ] as [string, string | null, [string, string, string?]][])(
    '%s is asked about, and letters wait',
    (_how, reference, payment) => {
      const desk = studio();
      imported(desk, `${head}\n${row('7')}\n`);
      byHand(desk, 61000, '2026-10-30', reference);
      const plan = imported(desk, file(pay(payment)));
      expect(plan).toMatchObject({
        changes: [{ what: 'asked' }],
        questions: [{ line: 2, answers: { same: expect.anything() } }],
      });
      expect(paidCents(one(desk))).toBe(61000);
      expect(desk.store.read((r) => listHolds(r))).toMatchObject([{ scope: 'invoice', reason: 'payment-claimed' }]);
      expect(desk.store.read((r) => unseenNotices(r))).toMatchObject([
        { next: expect.stringContaining('--answer 2=same') },
      ]);
      imported(desk, file(pay(payment)));
      expect(desk.store.read((r) => listHolds(r))).toHaveLength(1);
      imported(desk, file(pay(payment)), answered('2=same'));
      expect(paidCents(one(desk))).toBe(61000);
      expect(desk.store.read((r) => listHolds(r)).some((hold) => holds(hold, desk.clock.now()))).toBe(false);
      expect(imported(desk, file(pay(payment)))).toMatchObject({ changes: [{ what: 'unchanged' }], questions: [] });
    },
  );

  it('and answered with "second" is a second one', () => {
    const desk = studio();
    imported(desk, `${head}\n${row('7')}\n`);
    byHand(desk, 61000, '2026-10-30');
    imported(desk, file(pay(['2026-10-30', '610', 'CRO 1'])), answered('2=second'));
    expect(one(desk)).toMatchObject({ state: 'paid', payments: [{}, {}] });
    expect(imported(desk, file(pay(['2026-10-30', '610', 'CRO 1']))).changes[0]?.what).toBe('unchanged');
  });

  it.each([
    ['with other references on other days', 'CRO 1', ['2026-11-02', '610', 'CRO 2']],
    ['of another sum', 'CRO 1', ['2026-10-30', '600', 'CRO 2']],
    ['weeks later', null, ['2026-11-20', '610']],
  ] as [string, string | null, [string, string, string?]][])('%s is another payment', (_how, reference, payment) => {
    const desk = studio();
    imported(desk, `${head}\n${row('7')}\n`);
    byHand(desk, 61000, '2026-10-30', reference);
    expect(imported(desk, file(pay(payment))).changes[0]?.what).toBe('change');
    expect(one(desk).payments).toHaveLength(2);
  });

  it('by hand, after the file, is asked about as well', () => {
    const desk = studio();
    imported(desk, file(pay(['2026-10-30', '610', 'CRO 1'])));
    for (const on of ['2026-10-30', '2026-11-02']) {
      expect(refusal(() => byHand(desk, 61000, on)).next).toContain('--again');
      expect(refusal(() => byHand(desk, null, on)).next).toContain('--again');
    }
    expect(byHand(desk, 61000, '2026-11-02', 'CRO 2').invoice.state).toBe('paid');
  });

  it('that was taken back by hand is not brought back, nor by "paid"', () => {
    const desk = studio();
    const text = file(pay(['2026-10-30', '1220', 'bonifico']));
    imported(desk, text);
    takeBackPayment(desk, { number: '1', client: null }, null);
    expect(imported(desk, text).changes[0]?.what).toBe('unchanged');
    const plan = imported(desk, `${head},state\n${row('7')},paid\n`);
    expect(plan.changes).toMatchObject([{ what: 'unchanged', details: ['not paid: a payment was taken back'] }]);
    expect(one(desk).state).toBe('open');
  });

  it('and is said to have bounced is taken back, not added', () => {
    const desk = studio();
    imported(desk, file(pay(['2026-10-30', '1220', 'bonifico'])));
    const bounced = file(pay(['2026-10-30', '1220', 'bonifico'])).replace(
      '""bonifico""',
      '""bonifico"",""reversed"":true',
    );
    expect(imported(desk, bounced).changes[0]?.what).toBe('change');
    expect(one(desk)).toMatchObject({ state: 'open', payments: [{ reversedAt: expect.anything() }] });
    expect(imported(desk, bounced).changes[0]?.what).toBe('unchanged');
  });

  it('explains what was only said to be paid', () => {
    const desk = studio();
    imported(desk, `${head},state\n${row('7')},paid\n`);
    const text = file(pay(['2026-10-29', '1000', 'CRO 1'], ['2026-10-30', '220', 'CRO 2']));
    expect(imported(desk, text).changes[0]?.what).toBe('unchanged');
    expect(paidCents(one(desk))).toBe(122000);
  });

  it.each([
    ['a payment', `${head},payments\n${row('7')},${pay(['2027-02-11', '1220'])}\n`, 'payments'],
    ['the day of a payment', `${head},state,paidOn\n${row('7')},paid,2026-11-24\n`, 'paidOn'],
    ['a credit note', `${head},creditOf\n${row('7')},\n7,NC 1,2026-12-01,,-5,1\n`, 'issuedOn'],
  ])('%s that has not come yet is refused', (_what, text, column) => {
    const fault = refusal(() => imported(studio(), text));
    expect(fault.message).toContain('has not come yet');
    expect(fault.where).toContain(`column "${column}"`);
  });

  it('"paid" before the due day is not dated after today', () => {
    const desk = studio();
    imported(desk, `${head},state\n7,1,2026-11-20,2026-12-20,100,Pagata\n7,2,2026-11-20,2026-12-20,100,Saldata\n`);
    expect(invoices(desk).map((invoice) => invoice.payments[0]?.receivedOn)).toEqual(['2026-11-23', '2026-11-23']);
    imported(desk, `${head},state,Data pagamento\n7,3,2026-10-20,2026-11-20,100,pagata,2026-11-02\n`);
    expect(invoices(desk)[0]?.payments[0]?.receivedOn).toBe('2026-11-02');
  });
});

describe('an invoice under another number', () => {
  const known = `${head}\n${row('7', '0014')}\n${row('7', '1/2026', '2026-10-01,2026-11-01,100')}\n`;

  it.each([
    ['without its noughts', '14', '2026-09-30,2026-10-30,1220.00'],
    ['as a date', 'gen-26', '2026-10-01,2026-11-01,100'],
    ['as another number altogether', 'X9', '2026-10-01,2026-11-01,100'],
    ['with another due day', '14', '2026-09-30,2026-11-15,1220.00'],
  ])('%s is asked about once', (_how, number, rest) => {
    const desk = studio();
    imported(desk, known);
    const file = `${head}\n${row('7', number, rest)}\n`;
    expect(imported(desk, file)).toMatchObject({ changes: [{ what: 'asked' }], questions: [{ line: 2 }] });
    expect(invoices(desk)).toHaveLength(2);
    imported(desk, file, answered('2=same'));
    expect(imported(desk, file).questions).toEqual([]);
    expect(
      invoices(desk)
        .map((invoice) => invoice.number)
        .toSorted(),
    ).toEqual(['0014', '1/2026']);
  });

  it('and answered with "new" is another', () => {
    const desk = studio();
    imported(desk, known);
    imported(desk, `${head}\n${row('7', '14')}\n`, answered('2=new'));
    expect(invoices(desk)).toHaveLength(3);
    expect(imported(desk, `${head}\n${row('7', '14')}\n`)).toMatchObject({
      questions: [],
      changes: [{ what: 'unchanged' }],
    });
  });

  it('is the same when only blanks and case differ', () => {
    const desk = studio();
    imported(desk, `${head}\n${row('7', 'FPR 1/26')}\n`);
    expect(imported(desk, `${head}\n${row('7', 'fpr  1/26')}\n`).changes[0]?.what).toBe('unchanged');
  });

  it('is another when the file has the first one too', () => {
    const desk = studio();
    imported(desk, known);
    expect(imported(desk, `${known}${row('7', 'X9')}\n`)).toMatchObject({ questions: [] });
    expect(invoices(desk)).toHaveLength(3);
  });

  it('in the same file is asked about, whatever the order', () => {
    for (const rows of [
      ['0014', '14'],
      ['14', '0014'],
    ]) {
      const desk = studio();
      imported(desk, `${head}\n${rows.map((number) => row('7', number)).join('\n')}\n`);
      expect(invoices(desk).map((invoice) => invoice.number)).toEqual(['0014']);
    }
  });

  it('that was void does not come back under it', () => {
    const desk = studio();
    imported(desk, known);
    voidByHand(desk, { number: '0014', client: null }, '');
    expect(imported(desk, known).changes[0]?.what).toBe('unchanged');
    expect(imported(desk, `${head}\n${row('7', '14')}\n`).changes[0]?.what).toBe('asked');
    expect(imported(desk, `${head}\n${row('7', '0014', '2026-10-05,2026-11-05,1220.00')}\n`).changes[0]?.what).toBe(
      'asked',
    );
    imported(desk, `${head}\n${row('7', '0014', '2026-10-05,2026-11-05,1220.00')}\n`, answered('2=new'));
    expect(
      invoices(desk)
        .filter((invoice) => invoice.number === '0014')
        .map((invoice) => invoice.state),
    ).toEqual(['void', 'open']);
  });

  it('of another year is another, unless it was only dated anew at the turn of the year', () => {
    const desk = studio();
    imported(
      desk,
      `${head},state\n${row('7', '1', '2025-01-31,2025-03-02,500')},paid\n${row('7', '1', '2026-01-31,2026-03-02,500')},\n`,
    );
    expect(invoices(desk)).toHaveLength(2);
    imported(desk, `${head}\n${row('7', '9', '2026-01-02,2026-02-02,500')}\n`);
    expect(imported(desk, `${head}\n${row('7', '9', '2025-12-30,2026-01-30,500')}\n`).changes[0]?.what).toBe('asked');
  });

  it('answers nothing that was not asked', () => {
    const desk = studio();
    expect(refusal(() => imported(desk, known, answered('2=same'))).message).toBe('line 2 of the file asks nothing');
    imported(desk, known);
    expect(refusal(() => imported(desk, `${head}\n${row('7', '14')}\n`, answered('2=yes'))).next).toContain('same (');
    expect(refusal(() => parseAnswers(['same'])).code).toBe('usage');
  });
});

describe('a correction in the accounts', () => {
  it('is taken and shown, and journaled with what was there before', () => {
    const desk = studio();
    imported(desk, `${head}\n${row('7')}\n`);
    const plan = imported(desk, `${head}\n${row('7', '1', '2026-10-01,2026-11-30,1000')}\n`);
    expect(plan.changes).toMatchObject([
      {
        what: 'change',
        openCents: 100000,
        details: [
          'issued 2026-09-30 -> 2026-10-01',
          'due 2026-10-30 -> 2026-11-30',
          'total 1220.00 EUR -> 1000.00 EUR',
        ],
      },
    ]);
    expect(one(desk)).toMatchObject({
      issuedOn: '2026-10-01',
      totalCents: 100000,
      instalments: [{ dueOn: '2026-11-30' }],
    });
    expect(journalKinds(desk)).toContain('invoice-corrected');
  });

  it('does not undo one that was made by hand', () => {
    const desk = studio();
    imported(desk, `${head}\n${row('7')}\n`);
    correctInvoice(desk, { number: '1', client: null }, { dueOn: day('2026-12-31') }, '');
    const plan = imported(desk, `${head}\n${row('7', '1', '2026-09-30,2026-10-30,1000')}\n`);
    expect(plan.changes[0]?.details).toEqual(['total 1220.00 EUR -> 1000.00 EUR', 'dueOn stays as you set it']);
    expect(one(desk)).toMatchObject({ totalCents: 100000, instalments: [{ dueOn: '2026-12-31' }] });
  });

  it.each([
    ['another currency', `${head},currency\n${row('7')},USD\n`, 'currency'],
    ['a total below what is disputed', `${head}\n${row('7', '1', '2026-09-30,2026-10-30,10')}\n`, 'total'],
    ['a due day before the invoice', `${head}\n${row('7', '1', '2026-09-30,2026-09-01,1220')}\n`, 'dueOn'],
    ['the total of one that is due in parts', `${head}\n${row('7', '2', '2026-09-30,2026-10-30,1000')}\n`, 'dueOn'],
  ])('to %s is a fault by line', (_what, text, column) => {
    const desk = studio();
    imported(
      desk,
      `${head},instalments,disputed\n${row('7')},,500\n7,2,2026-09-30,,900,2026-10-30 450; 2026-11-30 450,\n`,
    );
    const before = invoices(desk);
    expect(refusal(() => imported(desk, text)).where).toContain(`:2, column "${column}"`);
    expect(invoices(desk)).toEqual(before);
  });
});

describe('what a file says anew', () => {
  const which = { number: '1', client: null };
  const columns = `${head},project,disputed,state`;
  const file = (over: Partial<Record<'issued' | 'due' | 'total' | 'project' | 'disputed' | 'state', string>> = {}) => {
    const { issued = '2026-09-30', due = '2026-10-30', total = '1220.00', project = 'Sito' } = over;
    return `${columns}\n7,1,${issued},${due},${total},${project},${over.disputed ?? '0'},${over.state ?? ''}\n`;
  };
  type Over = Parameters<typeof file>[0];
  const facts = (desk: TestDesk) => {
    const { issuedOn, instalments, totalCents, project, disputedCents, state } = one(desk);
    return { issuedOn, dueOn: instalments[0]?.dueOn, totalCents, project, disputedCents, state };
  };
  const byHand: Record<string, [Over, (desk: TestDesk, isBack: boolean) => unknown, Over]> = {
    issuedOn: [
      { issued: '2026-10-02' },
      (desk, back) => correctInvoice(desk, which, { issuedOn: day(back ? '2026-09-30' : '2026-10-01') }, ''),
      { issued: '2026-10-03' },
    ],
    dueOn: [
      { due: '2026-11-30' },
      (desk, back) => correctInvoice(desk, which, { dueOn: day(back ? '2026-10-30' : '2026-12-31') }, ''),
      { due: '2027-01-31' },
    ],
    totalCents: [
      { total: '1000.00' },
      (desk, back) => correctInvoice(desk, which, { totalCents: back ? 122000 : 90000 }, ''),
      { total: '800.00' },
    ],
    project: [
      { project: 'Negozio' },
      (desk, back) => correctInvoice(desk, which, { project: back ? 'Sito' : null }, ''),
      { project: 'Blog' },
    ],
    disputedCents: [
      { disputed: '100.00' },
      (desk, back) => dispute(desk, which, back ? 0 : 5000),
      { disputed: '200.00' },
    ],
  };

  it.each(Object.keys(byHand))('of its %s is taken where the owner left it, and kept as she set it', (field) => {
    const [first, act, second] = byHand[field] as (typeof byHand)[string];
    const left = studio();
    imported(left, file());
    const before = facts(left);
    imported(left, file(first));
    const after = facts(left);
    expect(Object.keys(before).filter((key) => before[key as 'state'] !== after[key as 'state'])).toEqual([field]);
    imported(left, file(second));
    expect(facts(left)).not.toEqual(after);

    for (const steps of [[false], [false, true]]) {
      const set = studio();
      imported(set, file());
      for (const isBack of steps) act(set, isBack);
      const hers = facts(set);
      const same = steps.length === 1 ? [file()] : [];
      for (const text of [...same, file(first), file(first), file(second), ...same]) {
        const { changes } = imported(set, text);
        expect(changes).toMatchObject([{ what: 'unchanged' }]);
        expect(facts(set)).toEqual(hers);
      }
      expect(imported(set, file(first)).changes[0]?.details).toEqual([expect.stringContaining('stays as you set it')]);
    }
  });

  it('and the owner has set alike is agreed upon, and corrected by the next file', () => {
    const desk = studio();
    imported(desk, file());
    correctInvoice(desk, which, { dueOn: day('2026-11-30') }, '');
    expect(imported(desk, file({ due: '2026-11-30' })).changes[0]).toMatchObject({ what: 'unchanged', details: [] });
    imported(desk, file({ due: '2026-12-15' }));
    expect(facts(desk).dueOn).toBe('2026-12-15');
  });

  it.each([
    ['paid', 'paid', (desk: TestDesk) => correctInvoice(desk, which, { totalCents: 150000 }, ''), 28000],
    [
      'written off',
      'written-off',
      (desk: TestDesk) => {
        markPaid(desk, which, { amountCents: 122000, receivedOn: day('2026-11-20'), reference: null, again: false });
        correctInvoice(desk, which, { totalCents: 150000 }, '');
      },
      28000,
    ],
  ] as [string, string, (desk: TestDesk) => unknown, number][])(
    'is not that it is %s, when it said so before the owner raised the total',
    (_how, state, act, open) => {
      const desk = studio();
      imported(desk, file({ state }));
      act(desk);
      expect(openCents(one(desk))).toBe(open);
      expect(imported(desk, file({ state })).changes).toMatchObject([{ what: 'unchanged' }]);
      expect(openCents(one(desk))).toBe(open);
    },
  );

  it('of the total of a paid invoice is said of a paid one', () => {
    const desk = studio();
    imported(desk, file({ state: 'paid' }));
    imported(desk, file({ state: 'paid', total: '1500.00' }));
    expect(one(desk)).toMatchObject({ state: 'paid', totalCents: 150000 });
  });

  it('against what the owner did is told', () => {
    const desk = studio();
    imported(desk, file({ state: 'paid' }));
    expect(imported(desk, file({ state: 'open' })).changes[0]?.details).toEqual(['stays paid']);
    expect(imported(desk, file({ state: 'open' })).changes[0]?.details).toEqual([]);
  });

  it('is compared with the record where no file spoke before', () => {
    const desk = studio();
    const typed = { client: '7', number: '1', issuedOn: day('2026-09-30'), currency: 'EUR', totalCents: 122000 };
    recordInvoice(desk, { ...typed, project: null, dueOn: day('2026-10-30'), instalments: null });
    correctInvoice(desk, which, { dueOn: day('2026-10-31') }, '');
    expect(imported(desk, file({ due: '2026-11-30', total: '1000.00' })).changes[0]?.details).toEqual([
      'total 1220.00 EUR -> 1000.00 EUR',
      'project',
      'dueOn stays as you set it',
    ]);
  });

  it('of the sum of one that is due in parts keeps the parts that the owner set', () => {
    const desk = studio();
    imported(desk, file());
    const parts = [
      { dueOn: day('2026-11-30'), amountCents: 22000 },
      { dueOn: day('2026-12-31'), amountCents: 100000 },
    ];
    correctInvoice(desk, which, { instalments: parts }, '');
    expect(imported(desk, file({ total: '1000.00' })).changes[0]?.details).toEqual(['total stays as you set it']);
    expect(one(desk)).toMatchObject({ totalCents: 122000, instalments: parts });
  });
});

describe('a credit note in a file', () => {
  const file = `${head},creditOf\n7,NC 1,2026-11-02,,-220.00,1\n${row('7')},\n`;

  it('lowers the invoice it names, wherever it stands, and once', () => {
    const desk = studio();
    imported(desk, file);
    expect(openCents(one(desk))).toBe(100000);
    expect(imported(desk, file).changes.map((change) => change.what)).toEqual(['unchanged', 'unchanged']);
    takeBackCreditNote(desk, { number: '1', client: null }, null);
    imported(desk, file);
    expect(openCents(one(desk))).toBe(122000);
  });

  it.each([
    [
      'by its kind',
      'client,tipo,number,issuedOn,dueOn,total,creditOf\n7,Fattura,1,2026-09-30,2026-10-30,1220,\n7,Nota di credito,NC1,2026-11-02,,220,1\n',
    ],
    [
      'by the code of its kind',
      'client,Tipo documento,number,issuedOn,dueOn,total,creditOf\n7,TD01,1,2026-09-30,2026-10-30,1220,\n7,TD04,NC1,2026-11-02,,220,1\n',
    ],
    ['by brackets', `${head},creditOf\n${row('7')},\n7,NC1,2026-11-02,,(220),1\n`],
  ])('is known %s', (_how, text) => {
    const desk = studio();
    imported(desk, text);
    expect(one(desk)).toMatchObject({ credits: [{ amountCents: 22000, number: 'NC1' }], payments: [] });
  });

  it('of a paid invoice leaves no money that never came', () => {
    const desk = studio();
    imported(desk, `${head},creditOf,state\n${row('7')},,paid\n7,NC 1,2026-11-02,,-220.00,1,\n`);
    expect([paidCents(one(desk)), openCents(one(desk)), one(desk).state]).toEqual([100000, 0, 'paid']);
  });

  it.each([
    [
      'two rows',
      `${head},creditOf\n${row('7')},\n7,NC 1,2026-11-02,,-800,1\n7,NC 2,2026-11-03,,-800,1\n`,
      ':4, column "total"',
    ],
    [
      'its own column',
      `${head},credits\n7,1,2026-09-30,2026-10-30,100.00,"[{""issuedOn"":""2026-10-01"",""amount"":""200""}]"\n`,
      ':2, column "credits"',
    ],
  ])('of more than a new invoice asks for, by %s, is a fault by line', (_how, text, where) => {
    const desk = studio();
    expect(refusal(() => imported(desk, text)).where).toContain(where);
    expect(invoices(desk)).toEqual([]);
  });

  it('entered by hand before is asked about', () => {
    const desk = studio();
    imported(desk, `${head}\n${row('7')}\n`);
    creditInvoice(
      desk,
      { number: '1', client: null },
      { amountCents: 22000, number: null, issuedOn: day('2026-11-03'), why: '', again: false },
    );
    expect(imported(desk, file).questions).toMatchObject([{ line: 2 }]);
    imported(desk, file, answered('2=same'));
    expect(openCents(one(desk))).toBe(100000);
  });

  it.each([
    ['of more than the invoice asks for', `${head},creditOf\n7,NC 1,2026-11-02,,-2000,1\n`, /is more than/],
    ['on an invoice that is not there', `${head},creditOf\n7,NC 1,2026-11-02,,-20,9\n`, /has no invoice 9/],
    ['that names none', `${head}\n7,NC 1,2026-11-02,,-20\n`, /belongs to/],
  ])('%s is a fault by line', (_what, text, message) => {
    const desk = studio();
    imported(desk, `${head}\n${row('7')}\n`);
    expect(refusal(() => imported(desk, text)).message).toMatch(message);
    expect(openCents(one(desk))).toBe(122000);
  });
});

describe('days', () => {
  const file = (...cells: string[]) =>
    `${head}\n${cells.map((cell, index) => `7,${index},${cell},2026-12-31,${index + 1}`).join('\n')}\n`;
  const issued = (desk: TestDesk) => invoices(desk).map((invoice) => invoice.issuedOn);

  it.each([
    ['Italian, as one of them shows', ['31/10/2026', '03/11/2026'], null, ['2026-10-31', '2026-11-03']],
    ['American, as one of them shows', ['10/31/2026', '11/03/2026'], null, ['2026-10-31', '2026-11-03']],
    ['by the word of the owner', ['03/11/2026'], 'dmy', ['2026-11-03']],
    ['by the other word of the owner', ['03/11/2026'], 'mdy', ['2026-03-11']],
    ['the same either way', ['11/11/2026'], null, ['2026-11-11']],
    ['with dots', ['3.11.2026'], null, ['2026-11-03']],
    ['with two digits for the year', ['31/10/26'], null, ['2026-10-31']],
    ['with a midnight', ['2026-10-31T00:00:00Z'], null, ['2026-10-31']],
  ] as [string, string[], 'dmy' | 'mdy' | null, string[]][])('%s', (_how, cells, dates, expected) => {
    const desk = studio();
    imported(desk, file(...cells), { dates });
    expect(issued(desk).toSorted()).toEqual(expected.toSorted());
  });

  it.each([
    ['that can be read in two ways', ['03/11/2026'], /--dates dmy/],
    ['that are written in both', ['31/10/2026', '10/31/2026'], /in both/],
    ['that are none', ['31/02/2026'], /not a day/],
    ['with a month of 13', ['2026-13-01'], /not a day/],
  ] as [string, string[], RegExp][])('%s are refused', (_how, cells, message) => {
    expect(refusal(() => imported(studio(), file(...cells))).message).toMatch(message);
  });

  it('inside of payments are read in the same order', () => {
    const desk = studio();
    imported(desk, `${head},payments\n7,1,30/09/2026,30/10/2026,1220,${pay(['03/11/2026', '10'])}\n`);
    expect(one(desk).payments).toMatchObject([{ receivedOn: '2026-11-03' }]);
  });
});

describe('for all files and acts', () => {
  const sums = fc.integer({ min: 1, max: 9 }).map((hundreds) => `${hundreds * 100}.00`);
  const days = fc.constantFrom('2026-08-01', '2026-08-15', '2026-09-01', '2026-09-30');
  const state = fc.constantFrom('', '', '', 'paid', 'written-off', 'open');
  const payments = fc.array(
    fc.tuple(
      fc.constantFrom('2026-10-01', '2026-11-01'),
      fc.constantFrom('50.00', '100.00'),
      fc.constantFrom('', 'CRO 1'),
    ),
    { maxLength: 2 },
  );
  const rows = fc.uniqueArray(
    fc.record({
      client: fc.constantFrom('7', 'Bianchi Arredi'),
      number: fc.constantFrom('1', '2', '3', '0014', '2026/5'),
      issued: days,
      total: sums,
      state,
      payments,
      disputed: fc.constantFrom('', '', '50.00'),
    }),
    { minLength: 1, maxLength: 5, selector: (entry) => `${entry.client} ${entry.number}` },
  );
  const columns = [...head.split(','), 'state', 'payments', 'disputed'];
  type Rows = typeof rows extends fc.Arbitrary<infer T> ? T : never;
  const cells = (entry: Rows[number]): string[] => [
    ...[entry.client, entry.number, entry.issued, '2026-10-30', entry.total, entry.state],
    ...[entry.payments.length === 0 ? '' : pay(...(entry.payments as [string, string, string?][])), entry.disputed],
  ];
  const text = (entries: Rows, order = columns.map((_, index) => index)) =>
    [columns, ...entries.map(cells)].map((line) => order.map((index) => line[index]).join(',')).join('\n');
  const picture = (desk: TestDesk) =>
    invoices(desk)
      .map(({ id: _id, instalments, payments: paid, credits, ...invoice }) => ({
        ...invoice,
        instalments: instalments.map(({ dueOn, amountCents }) => [dueOn, amountCents]),
        payments: paid
          .map((entry) => [entry.receivedOn, entry.amountCents, entry.reference, entry.reversedAt !== null].join())
          .toSorted((a, b) => (a < b ? -1 : 1)),
        credits: credits
          .map((entry) => [entry.issuedOn, entry.amountCents, entry.takenBackAt !== null].join())
          .toSorted((a, b) => (a < b ? -1 : 1)),
      }))
      .toSorted((a, b) => (JSON.stringify([a.clientId, a.number]) < JSON.stringify([b.clientId, b.number]) ? -1 : 1));

  const acts = fc.array(
    fc.tuple(
      fc.nat(),
      fc.constantFrom(
        'dispute',
        'settle',
        'pay',
        'pay-all',
        'reverse',
        'void',
        'void-again',
        'write-off',
        'due',
        'total',
        'renumber',
        'redate',
        'credit',
        'credit-all',
        'credit-back',
        'add',
      ),
    ),
    { maxLength: 6 },
  );
  function perform(desk: TestDesk, [pick, what]: [number, string], turn: number): void {
    const all = invoices(desk);
    const chosen = all[pick % all.length];
    if (chosen === undefined) return;
    const which = { number: chosen.number, client: String(chosen.clientId), year: Number(chosen.issuedOn.slice(0, 4)) };
    const payment = { amountCents: 7000 + turn, receivedOn: day('2026-11-20'), reference: null, again: true };
    const credit = { amountCents: 300 + turn, number: null, issuedOn: day('2026-11-21'), why: '', again: true };
    const done: Record<string, () => unknown> = {
      dispute: () => dispute(desk, which, 1000 + turn),
      settle: () => dispute(desk, which, 0),
      pay: () => markPaid(desk, which, payment),
      'pay-all': () => markPaid(desk, which, { ...payment, amountCents: null }),
      reverse: () => takeBackPayment(desk, which, chosen.payments.find((entry) => entry.reversedAt === null)?.id ?? 0),
      void: () => voidByHand(desk, which, ''),
      'void-again': () => {
        voidByHand(desk, which, '');
        const { clientId, number, issuedOn, currency } = chosen;
        recordInvoice(desk, {
          client: String(clientId),
          number,
          issuedOn,
          currency,
          totalCents: 5100 + turn,
          project: null,
          dueOn: day('2026-12-08'),
          instalments: null,
        });
      },
      'write-off': () => writeOffByHand(desk, which, ''),
      due: () => correctInvoice(desk, which, { dueOn: day('2026-12-24') }, ''),
      total: () => correctInvoice(desk, which, { totalCents: chosen.totalCents + 100 * (turn + 1) }, ''),
      renumber: () => correctInvoice(desk, which, { number: `N${turn}` }, ''),
      redate: () => correctInvoice(desk, which, { issuedOn: day('2025-12-31') }, ''),
      credit: () => creditInvoice(desk, which, credit),
      'credit-all': () => creditInvoice(desk, which, { ...credit, amountCents: null }),
      'credit-back': () => takeBackCreditNote(desk, which, null),
      add: () =>
        recordInvoice(desk, {
          client: '7',
          number: `A${turn}`,
          issuedOn: day('2026-07-07'),
          currency: 'EUR',
          totalCents: 4200 + turn,
          project: null,
          dueOn: day('2026-08-08'),
          instalments: null,
        }),
    };
    try {
      done[what]?.();
    } catch (fault) {
      if (!(fault instanceof AppError)) throw fault;
    }
  }

  /** Opening a database takes most of the time of a run: it is one, emptied of all that a file brings. */
  const emptied = (desk: TestDesk) =>
    desk.store.write(desk.clock.now(), (w) => {
      for (const table of ['invoices', 'cases', 'holds', 'notices', 'import_answers']) w.run(`DELETE FROM ${table}`);
    });
  // The same files and acts at each run; IMPORT_SEED=… and IMPORT_RUNS=… try others.
  const runs = {
    numRuns: Number(process.env['IMPORT_RUNS'] ?? 40),
    seed: Number(process.env['IMPORT_SEED'] ?? -951927152),
  };
  const journalLength = (desk: TestDesk) =>
    desk.store.read((r) => r.get<{ n: number }>('SELECT count(*) AS n FROM journal')?.n);

  const attempt = <T>(act: () => T): T | AppError => {
    try {
      return act();
    } catch (fault) {
      if (fault instanceof AppError) return fault;
      throw fault;
    }
  };

  it('importing twice changes nothing', () => {
    const desk = studio();
    fc.assert(
      fc.property(rows, (entries) => {
        emptied(desk);
        imported(desk, text(entries));
        const [before, journal] = [picture(desk), journalLength(desk)];
        imported(desk, text(entries));
        expect(picture(desk)).toEqual(before);
        expect(journalLength(desk)).toBe(journal);
      }),
      runs,
    );
  });

  it('importing after any acts by hand undoes none of them', () => {
    const desk = studio();
    fc.assert(
      fc.property(rows, acts, (entries, done) => {
        emptied(desk);
        imported(desk, text(entries));
        for (const [turn, act] of done.entries()) perform(desk, act, turn);
        const [before, journal] = [picture(desk), journalLength(desk)];
        imported(desk, text(entries));
        expect(picture(desk)).toEqual(before);
        expect(journalLength(desk)).toBe(journal);
      }),
      runs,
    );
  });

  it('importing the export changes nothing, after any acts by hand', () => {
    const desk = studio();
    fc.assert(
      fc.property(rows, acts, (entries, done) => {
        emptied(desk);
        imported(desk, text(entries));
        for (const [turn, act] of done.entries()) perform(desk, act, turn);
        const [before, journal] = [picture(desk), journalLength(desk)];
        const file = desk.store.read((r) => exportInvoices(r));
        for (const _time of [1, 2])
          expect(imported(desk, file).changes.filter((change) => change.what !== 'unchanged')).toEqual([]);
        expect(picture(desk)).toEqual(before);
        expect(journalLength(desk)).toBe(journal);
      }),
      runs,
    );
  });

  it('what is refused is refused by line, and the rest is done as planned, whatever was on record', () => {
    const desk = studio();
    fc.assert(
      fc.property(rows, acts, rows, (entries, done, others) => {
        emptied(desk);
        imported(desk, text(entries));
        for (const [turn, act] of done.entries()) perform(desk, act, turn);
        const before = picture(desk);
        const plan = attempt(() => importFile(desk, bytes(text(others)), options(), false));
        const result = attempt(() => imported(desk, text(others)));
        expect(result).toEqual(plan);
        if (plan instanceof AppError) {
          expect(plan.code).toBe('bad-input');
          expect(`${plan.where} ${plan.message}`).toMatch(/f\.csv:\d+/);
          expect(picture(desk)).toEqual(before);
          return;
        }
        const after = picture(desk);
        const again = imported(desk, text(others));
        expect(again.changes.filter((change) => change.what === 'add' || change.what === 'change')).toEqual([]);
        expect(picture(desk)).toEqual(after);
      }),
      runs,
    );
  });

  it('rows and columns in another order give the same record', () => {
    const [one, other] = [studio(), studio()];
    const order = fc.shuffledSubarray(
      columns.map((_, index) => index),
      { minLength: columns.length },
    );
    const shuffled = rows.chain((entries) =>
      fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length }), order),
    );
    fc.assert(
      fc.property(shuffled, ([entries, others, columnsOrder]) => {
        for (const desk of [one, other]) emptied(desk);
        imported(one, text(entries));
        imported(other, text(others, columnsOrder));
        expect(picture(other)).toEqual(picture(one));
      }),
      runs,
    );
  });

  it('a plan changes nothing, and says what the import does', () => {
    const desk = studio();
    fc.assert(
      fc.property(rows, (entries) => {
        emptied(desk);
        const before = journalLength(desk);
        const plan = importFile(desk, bytes(text(entries)), options(), false);
        expect(journalLength(desk)).toBe(before);
        expect(imported(desk, text(entries)).changes).toEqual(plan.changes);
        for (const change of plan.changes) {
          const recorded = invoices(desk).find((invoice) => invoice.number === change.number);
          if (change.what === 'add' && entries.filter((entry) => entry.number === change.number).length === 1)
            expect(openCents(recorded as never)).toBe(change.openCents);
        }
      }),
      runs,
    );
  });

  it('a file with one bad line is taken not at all', () => {
    const desk = studio();
    fc.assert(
      fc.property(rows, fc.nat(), fc.constantFrom('nobody', '', '3'), (entries, place, bad) => {
        emptied(desk);
        const lines = text(entries).split('\n');
        lines.splice(
          1 + (place % lines.length),
          0,
          cells({ ...(entries[0] as Rows[number]), client: bad as '7' }).join(','),
        );
        expect(() => imported(desk, lines.join('\n'))).toThrow(AppError);
        expect(invoices(desk)).toEqual([]);
      }),
      runs,
    );
  });
});
