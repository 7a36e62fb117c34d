/** Every format through the one door, what each says, and what is refused in one sentence. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { booksIn, readBook } from '../../src/books/read.ts';
import { Refusal } from '../../src/books/refusal.ts';
import {
  camt,
  cii,
  fatturaPa,
  latin1,
  mt940,
  ofx,
  ordinaryBody,
  payment,
  pdfWith,
  qif,
  signed,
  ubl,
  utf8,
  zipOf,
} from './samples.ts';

const invoices = (bytes: Uint8Array) => readBook(bytes).invoices ?? [];
const statement = (bytes: Uint8Array) => {
  const [first] = readBook(bytes).statements ?? [];
  if (first === undefined) throw new Error('no statement');
  return first;
};
const refusal = (bytes: Uint8Array): Refusal => {
  try {
    readBook(bytes);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('it was read');
};

describe('a FatturaPA', () => {
  it('says who sold, who bought, what is asked and when', () => {
    expect(invoices(utf8(fatturaPa()))).toMatchObject([
      {
        kind: 'invoice',
        type: 'TD01',
        number: '12/A',
        date: '2026-10-05',
        currency: 'EUR',
        totalCents: 122_000,
        payableCents: 122_000,
        sumsAgree: true,
        seller: { name: 'Anna Rossi', vatId: 'IT01234567890', fiscalCode: 'RSSNNA80A41H501U' },
        buyer: { name: 'Bianchi S.r.l.', vatId: 'IT09876543210', pec: 'bianchi@pec.example' },
        instalments: [{ dueOn: '2026-11-04', dueFrom: 'stated', amountCents: 122_000, method: 'MP05' }],
      },
    ]);
  });

  it('keeps withholding tax and split VAT apart from what the client transfers', () => {
    const general = '<DatiRitenuta><ImportoRitenuta>200.00</ImportoRitenuta></DatiRitenuta>';
    const summary =
      '<DatiRiepilogo><ImponibileImporto>1000.00</ImponibileImporto><Imposta>220.00</Imposta><EsigibilitaIVA>S</EsigibilitaIVA></DatiRiepilogo>';
    const [invoice] = invoices(
      utf8(fatturaPa(ordinaryBody({ general, summary, payment: payment('2026-11-04', '800.00') }))),
    );
    expect(invoice).toMatchObject({
      withholdingCents: 20_000,
      splitPayment: true,
      splitVatCents: 22_000,
      payableCents: 80_000,
      sumsAgree: true,
    });
  });

  it('makes up no day when it states none', () => {
    const [invoice] = invoices(utf8(fatturaPa(ordinaryBody({ payment: payment('', '1220.00') }))));
    expect(invoice?.instalments).toMatchObject([{ dueOn: null, dueFrom: null }]);
  });

  it('asks for what is left beside an advance', () => {
    const both = payment('2026-10-05', '220.00', 'TP03') + payment('2026-11-04', '1000.00', 'TP01');
    expect(invoices(utf8(fatturaPa(ordinaryBody({ payment: both }))))[0]).toMatchObject({
      payableCents: 100_000,
      advanceOnly: false,
    });
  });

  it.each([
    ['TD04', 'credit-note'],
    ['TD08', 'credit-note'],
    ['TD16', 'self-invoice'],
    ['TD17', 'self-invoice'],
    ['TD23', 'self-invoice'],
    ['TD24', 'invoice'],
    ['TD26', 'invoice'],
    ['TD28', 'self-invoice'],
    ['TD06', 'invoice'],
  ])('of type %s is a %s', (type, kind) => {
    expect(invoices(utf8(fatturaPa(ordinaryBody({ type }))))[0]?.kind).toBe(kind);
  });

  it('may hold several invoices', () => {
    const two = invoices(utf8(fatturaPa(ordinaryBody({ number: '007' }) + ordinaryBody({ number: '8' }))));
    expect(two.map((each) => [each.index, each.number])).toEqual([
      [0, '007'],
      [1, '8'],
    ]);
  });

  it('is read in windows-1252, whatever it declares', () => {
    const text = fatturaPa().replace('Bianchi S.r.l.', 'Caff\u00e8 dell\u2019Orto');
    const bytes = Uint8Array.from(text, (letter) => (letter === '\u2019' ? 0x92 : letter.charCodeAt(0)));
    expect(invoices(bytes)[0]?.buyer.name).toBe('Caff\u00e8 dell\u2019Orto');
  });

  it.each(['whole', 'chunks'] as const)(
    'is found inside a signature (%s), in base64 and PEM, and inside a second one',
    (how) => {
      const file = signed(utf8(fatturaPa()), how);
      const base64 = file.toString('base64').replaceAll(/(.{64})/g, '$1\n');
      for (const bytes of [
        file,
        latin1(base64),
        latin1(`-----BEGIN CMS-----\n${base64}\n-----END CMS-----\n`),
        signed(file, how),
      ])
        expect(invoices(bytes)[0]?.number).toBe('12/A');
    },
  );

  it('that a notice of the exchange system speaks of is not that notice', () => {
    const notice =
      '<?xml version="1.0"?><types:NotificaScarto xmlns:types="t"><NomeFile>IT01234567890_00001.xml</NomeFile></types:NotificaScarto>';
    expect(refusal(utf8(notice))).toMatchObject({
      code: 'notification',
      message: expect.stringContaining('rejected'),
      next: expect.stringContaining('void'),
    });
  });
});

describe('other invoices', () => {
  it('UBL says what is left to pay, and to which account', () => {
    expect(invoices(utf8(ubl))).toMatchObject([
      {
        syntax: 'ubl',
        number: '2026/77',
        totalCents: 50_000,
        prepaidCents: 10_000,
        payableCents: 40_000,
        iban: 'IT60X0542811101000000123456',
        instalments: [{ dueOn: '2026-11-04', amountCents: 40_000 }],
        buyer: { name: 'Harbour Books Ltd' },
      },
    ]);
  });

  it('CII takes the total of its own currency, alone or inside a PDF', () => {
    for (const bytes of [utf8(cii), pdfWith(cii)])
      expect(invoices(bytes)).toMatchObject([
        {
          syntax: 'cii',
          number: 'RE-9',
          totalCents: 59_500,
          instalments: [{ dueOn: '2026-11-04', amountCents: 59_500 }],
        },
      ]);
  });

  it('a PDF of pages alone is refused', () => {
    expect(refusal(latin1('%PDF-1.4\n1 0 obj\nstream\nBT (Hello) ET\nendstream'))).toMatchObject({
      code: 'no-invoice',
    });
  });

  it('come out of a ZIP under their own names', () => {
    const found = booksIn(
      'export.zip',
      zipOf({ 'a.xml': utf8(fatturaPa()), 'deep/b.xml': utf8(ubl), '__MACOSX/a.xml': utf8('x') }),
    );
    expect(found.map((each) => each.name)).toEqual(['export.zip/a.xml', 'export.zip/deep/b.xml']);
    expect(found.flatMap((each) => invoices(each.bytes).map((invoice) => invoice.number))).toEqual(['12/A', '2026/77']);
  });
});

describe('a bank file', () => {
  it('CAMT: credits are positive, the payer is the other side, a reversal keeps its roles', () => {
    expect(statement(utf8(camt))).toMatchObject({
      account: 'IT60X0542811101000000123456',
      currency: 'EUR',
      sumsAgree: true,
      entries: [
        {
          amountCents: 122_000,
          bookingDate: '2026-11-03',
          status: 'BOOK',
          counterparty: 'Bianchi S.r.l.',
          counterpartyIban: 'DE02120300000000202051',
          remittance: 'Saldo fatt. 12/A',
          endToEndId: null,
        },
        { amountCents: -22_000, reversal: true, counterparty: 'Verdi' },
      ],
    });
  });

  it('MT940: the reversal of a credit takes money away, 30 February is the last day of it', () => {
    expect(statement(utf8(mt940))).toMatchObject({
      account: '10020030/1234567',
      sumsAgree: true,
      entries: [
        {
          amountCents: 122_000,
          valueDate: '2026-11-02',
          bookingDate: '2026-11-03',
          counterparty: 'Kunde GmbH',
          counterpartyIban: 'DE02120300000000202051',
          remittance: 'Rechnung 12',
          endToEndId: 'E2E-9',
        },
        {
          amountCents: -2000,
          reversal: true,
          valueDate: '2026-02-28',
          counterparty: 'B. Jansen',
          remittance: 'factuur 7',
          endToEndId: null,
        },
      ],
    });
  });

  it('OFX: tags without an end, comma sums, a day that no calendar has', () => {
    expect(statement(utf8(ofx))).toMatchObject({
      kind: 'bank',
      account: '77',
      entries: [
        {
          amountCents: 122_000,
          bookingDate: '2026-11-03',
          counterparty: 'Bianchi & C.',
          remittance: 'fatt. 12/A',
          id: 'a1',
        },
        { bookingDate: null, amountCents: -500 },
      ],
    });
  });

  it('QIF: the order of day and month is decided over the whole file', () => {
    expect(statement(utf8(qif))).toMatchObject({
      dateOrder: 'dmy',
      dateOrderStated: true,
      entries: [{ bookingDate: '2026-11-13', amountCents: 122_000 }, { bookingDate: '2026-11-05' }],
    });
    expect(statement(utf8('!Type:Bank\nD03/04/26\nT1\n^\n'))).toMatchObject({
      dateOrder: 'mdy',
      dateOrderStated: false,
    });
  });
});

describe('the CSV of a bank', () => {
  it.each([
    [
      'Poste',
      'Data;Valuta;Addebiti;Accrediti;Descrizione operazioni\n31/10/26;;;100,00;SALDO INIZIALE\n03/11/26;03/11/26;;1.220,00;BONIFICO DA Bianchi\n30/11/26;;;1.320,00;SALDO FINALE\n',
      {
        currency: 'EUR',
        sumsAgree: true,
        entries: [{ amountCents: 122_000, bookingDate: '2026-11-03', remittance: 'BONIFICO DA Bianchi' }],
      },
    ],
    [
      'UniCredit',
      'Data Registrazione;Data valuta;Descrizione;Importo (EUR)\n13.11.2026;13.11.2026;Bonifico Bianchi;1.220,00\n',
      { currency: 'EUR', entries: [{ amountCents: 122_000, bookingDate: '2026-11-13' }] },
    ],
    [
      'Fineco',
      'Data_Operazione;Data_Valuta;Entrate;Uscite;Descrizione;Descrizione_Completa;Stato\n13/11/2026;13/11/2026;1220,00;;Bonifico;Bonifico di Bianchi;Contabilizzato\n14/11/2026;;5,00;;Pos;Pos;In corso\n',
      { entries: [{ amountCents: 122_000, remittance: 'Bonifico di Bianchi', status: 'BOOK' }, { status: 'PDNG' }] },
    ],
    [
      'N26',
      '"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference","Account Name","Amount (EUR)","Original Amount"\n2026-11-03,2026-11-03,"Bianchi Srl",DE02120300000000202051,"Credit Transfer","fatt. 12/A",Main,1220.00,\n',
      {
        currency: 'EUR',
        entries: [
          {
            amountCents: 122_000,
            counterparty: 'Bianchi Srl',
            counterpartyIban: 'DE02120300000000202051',
            remittance: 'fatt. 12/A',
          },
        ],
      },
    ],
    [
      'Revolut',
      'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\nTOPUP,Current,2026-11-02 10:00:00,2026-11-03 10:00:01,From Bianchi,1220.00,1.00,EUR,COMPLETED,1219.00\nTRANSFER,Current,2026-11-04 10:00:00,,To X,-5.00,0.00,EUR,PENDING,\n',
      { entries: [{ amountCents: 121_900, grossCents: 122_000, feeCents: -100, bookingDate: '2026-11-03' }] },
    ],
    [
      'PayPal',
      '"Date","Name","Type","Status","Currency","Gross","Fee","Net","Transaction ID","Invoice Number"\n"13/11/2026","Bianchi","General Payment","Completed","EUR","1,220.00","-20.00","1,200.00","T1","12/A"\n',
      {
        entries: [
          {
            amountCents: 120_000,
            grossCents: 122_000,
            feeCents: -2000,
            id: 'T1',
            invoiceNumber: '12/A',
            bookingDate: '2026-11-13',
          },
        ],
      },
    ],
    [
      'bunq',
      '"Date","Amount","Account","Counterparty","Name","Description"\n"2026-11-03","1220.00","NL47BUNQ2025181418","NL89BUNQ2025105584","Bianchi","factuur 12"\n',
      { entries: [{ amountCents: 122_000, remittance: 'factuur 12' }] },
    ],
    [
      'Starling',
      'Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)\n13/11/2026,Harbour Books,INV 31,FASTER PAYMENT,915.00,1000.00\n',
      { currency: 'GBP', entries: [{ amountCents: 91_500, counterparty: 'Harbour Books', remittance: 'INV 31' }] },
    ],
  ])('%s is read by its headings', (_bank, text, wanted) => {
    expect(statement(utf8(text))).toMatchObject(wanted);
  });

  it('says so when day and month may change places', () => {
    expect(statement(utf8('Date,Description,Amount,Balance\n10/02/2026,x,-5.00,995.00\n')).ambiguous).toContain(
      '10/02/2026',
    );
    expect(
      statement(
        utf8('Date,Description,Amount,Balance\n05/01/2026,x,1.00,1\n05/02/2026,y,1.00,2\n05/03/2026,z,1.00,3\n'),
      ).entries[1]?.bookingDate,
    ).toBe('2026-05-02');
  });

  it.each([
    ['headings that are known to nobody', 'Foo;Bar\n1;2\n'],
    ['lines of its own before the headings', 'Account,77\n\nDate,Description,Amount\n2026-11-03,x,5.00\n'],
    [
      'a name for each side of a payment',
      'Buchungsdatum;Betrag;W\u00e4hrung;Auftraggebername;Empf\u00e4ngername\n13.11.2026;5,00;EUR;a;b\n',
    ],
  ])('asks for a mapping of %s', (_what, text) => {
    expect(refusal(utf8(text))).toMatchObject({ code: 'unknown-format', next: expect.stringContaining('--map') });
  });
});

describe('what is not taken whole is refused', () => {
  it.each([
    ['an empty file', new Uint8Array(), 'empty'],
    ['a detached signature', signed(utf8(fatturaPa()), 'detached'), 'not-signed-content'],
    ['a spreadsheet', latin1('\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1 xls'), 'spreadsheet'],
    [
      'a DOCTYPE',
      utf8('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><Invoice><ID>&b;</ID></Invoice>'),
      'document-type',
    ],
    ['elements without an end', utf8('<a>'.repeat(100)), 'too-deep'],
    [
      'an account message without a statement',
      utf8('<Document><BkToCstmrStmt></BkToCstmrStmt></Document>'),
      'no-statement',
    ],
    ['a sum that is none', utf8(ubl.replace('>400.00<', '>many<')), 'bad-sum'],
  ])('%s', (_what, bytes, code) => {
    expect(refusal(bytes).code).toBe(code);
  });

  it.each([0.5, 0.8, 0.95, 0.99])('XML cut off at %d of its length', (part) => {
    for (const text of [fatturaPa(), ubl, cii, camt])
      expect(refusal(utf8(text.slice(0, Math.floor(text.length * part)))).code).toBe('broken');
  });

  it('a ZIP cut off anywhere', () => {
    const zip = zipOf({ 'a.xml': utf8(fatturaPa()) });
    fc.assert(
      fc.property(fc.integer({ min: 4, max: zip.length - 1 }), (length) => {
        expect(() => booksIn('a.zip', zip.subarray(0, length))).toThrow(Refusal);
      }),
      { numRuns: 50 },
    );
  });

  it('nothing that is done to a file makes anything but a reading or a refusal', () => {
    const files = [
      utf8(fatturaPa()),
      utf8(ubl),
      utf8(cii),
      utf8(camt),
      utf8(mt940),
      utf8(ofx),
      utf8(qif),
      pdfWith(cii),
      signed(utf8(fatturaPa()), 'chunks'),
      zipOf({ 'a.xml': utf8(ubl) }),
    ];
    const change = fc.record({
      file: fc.nat(files.length - 1),
      edits: fc.array(
        fc.tuple(
          fc.double({ min: 0, max: 0.999, noNaN: true }),
          fc.nat(255),
          fc.constantFrom('set', 'drop', 'double', 'cut'),
        ),
        { minLength: 1, maxLength: 8 },
      ),
    });
    fc.assert(
      fc.property(change, ({ file, edits }) => {
        const bytes = edits.reduce((all, edit) => mutated(all, edit), files[file] as Uint8Array);
        const inside = take(() => booksIn('f', bytes)) ?? [];
        for (const each of inside) expect(() => take(() => readBook(each.bytes))).not.toThrow();
      }),
      { numRuns: 1500 },
    );
  });
});

type Edit = [number, number, string];

function mutated(bytes: Uint8Array, [at, value, how]: Edit): Uint8Array {
  const index = Math.floor(at * bytes.length);
  const [before, after] = [bytes.subarray(0, index), bytes.subarray(index + 1)];
  if (how === 'cut') return before;
  if (how === 'drop') return Buffer.concat([before, after]);
  return Buffer.concat([before, how === 'double' ? bytes.subarray(index, index + value) : Uint8Array.of(value), after]);
}

/** The result, or undefined for a refusal; every other error is one. */
function take<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
