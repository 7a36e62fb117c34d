/**
 * What the columns of a bank's CSV mean, by their headings: those of Intesa, UniCredit, Fineco, Poste, N26, Revolut,
 * Wise, PayPal, Qonto, bunq, Starling and some forty others, in six languages. An earlier heading wins over a later one.
 */

import { plainHeading } from './file-form.ts';

export type Meaning =
  | 'date'
  | 'value'
  | 'amount'
  | 'debit'
  | 'credit'
  | 'sign'
  | 'fee'
  | 'gross'
  | 'currency'
  | 'name'
  | 'iban'
  | 'text'
  | 'more'
  | 'balance'
  | 'account'
  | 'status'
  | 'pending'
  | 'id'
  | 'invoiceNumber'
  | 'refunded';

/** Headings in small letters, without accents and units in brackets. */
const headings: Record<Meaning, readonly string[]> = {
  date: [
    'completed date',
    'date completed (utc)',
    'data completamento',
    'settlement date',
    'booking date',
    'posting date',
    'posted date',
    'buchungstag',
    'buchungsdatum',
    'data contabile',
    'data registrazione',
    'data operazione',
    'data_operazione',
    'date operation',
    "date d'operation",
    'date de comptabilisation',
    'datum verrichting',
    'boekingsdatum',
    'data',
    'date',
    'datum',
    'fecha',
    'fecha operacion',
    'transaction date',
    'operation date',
    'created',
    'created date',
  ],
  value: [
    'value date',
    'valutadatum',
    'wertstellung',
    'data valuta',
    'data_valuta',
    'valuta',
    'date valeur',
    'date de valeur',
    'fecha valor',
    'rentedatum',
    'datum verrekening',
    'interest date',
  ],
  amount: [
    'net',
    'netto',
    'total amount',
    'amount',
    'importo',
    'betrag',
    'montant',
    'importe',
    'bedrag',
    'bedrag in eur',
    'importo in eur',
    'converted_amount',
    'transaction amount',
    'transactiebedrag',
  ],
  debit: [
    'addebiti',
    'uscite',
    'dare',
    'debit',
    'debet',
    'soll',
    'withdrawal',
    'withdrawals',
    'paid out',
    'money out',
    'cargo',
  ],
  credit: ['accrediti', 'entrate', 'avere', 'credit', 'haben', 'deposit', 'deposits', 'paid in', 'money in', 'abono'],
  sign: [
    'd/c',
    'af bij',
    'credit/debit',
    'debit/credit',
    'cdtdbtind',
    'segno',
    'soll/haben',
    's/h',
    'transaction type',
    'type',
  ],
  fee: ['fee', 'frais', 'commissioni', 'total fees', 'gebuhr', 'tariffa', 'commissione'],
  gross: ['gross', 'brut', 'lordo', 'brutto'],
  currency: [
    'currency',
    'divisa',
    'devise',
    'wahrung',
    'waehrung',
    'moneda',
    'munt',
    'converted_currency',
    'payment currency',
    'balance currency',
    'orig currency',
  ],
  name: [
    'counterparty',
    'counterparty name',
    'counter party',
    'partner name',
    'beguenstigter/zahlungspflichtiger',
    'name zahlungsbeteiligter',
    'auftraggeber/empfanger',
    'naam tegenpartij',
    'naam / omschrijving',
    'naam',
    'beneficiario',
    'ordinante',
    'controparte',
    'payee',
    'payer name',
    'name',
    'nom',
    'nome',
    'payee name',
    'counterparty_name',
    'partnername',
    'description (payee)',
  ],
  iban: [
    'counterparty iban',
    'partner iban',
    'partner-iban',
    'tegenrekening',
    'tegenrekening iban/bban',
    'iban zahlungsbeteiligter',
    'kontonummer/iban',
    'account number',
    'iban controparte',
    'iban beneficiario',
    'bank account',
    'compte bancaire',
    'number',
  ],
  text: [
    'payment reference',
    'verwendungszweck',
    'original description',
    'desc',
    'bank description',
    'descrizione completa',
    'descrizione_completa',
    'dettagli',
    'causale',
    'descrizione operazioni',
    'descrizione',
    'description',
    'omschrijving',
    'mededelingen',
    'umsatztext',
    'text',
    'buchungstext',
    'libelle',
    'label',
    'concepto',
    'remarque',
    'reference',
    'reason',
    'reden',
    'handelaar',
    'toelichting',
    'descrizione operazione',
    'operazione',
    'notes',
    'note',
    'statement_descriptor',
  ],
  more: ['omschrijving-1', 'omschrijving-2', 'omschrijving-3'],
  balance: [
    'balance',
    'solde',
    'saldo',
    'saldo na trn',
    'running balance',
    'runningbalance',
    'saldo contabile',
    'saldo disponibile',
    'saldo nach buchung',
    'kontostand',
    'closing balance',
  ],
  account: [
    'auftragskonto',
    'iban auftraggeberkonto',
    'iban/bban',
    'rekening',
    'kontonummer',
    'conto o carta',
    'account',
    'account name',
    'cuenta',
    'conto',
    'iban',
  ],
  status: ['status', 'state', 'stato', 'contabilizzazione', 'statut', 'estado'],
  pending: ['pending'],
  id: [
    'transaction id',
    'id',
    'transferwise id',
    'numero de transaction',
    'n° de transaction',
    'codice transazione',
    'transaction_id',
    'transactiereferentie',
    'num',
    'reference',
    'referencia',
    'reference no',
  ],
  invoiceNumber: ['invoice number', 'numero de facture', 'numero fattura', 'numero di fattura'],
  refunded: ['converted_amount_refunded'],
};

/** The meanings that a column may have, as --map names them. */
export const bankMeanings = Object.keys(headings) as readonly Meaning[];

export type Columns = Partial<Record<Meaning, number>> & { all: string[]; traits: Traits };

/** What a bank's file does beyond its headings. */
export interface Traits {
  /** of an account whose file never says it */
  currency?: string;
  /** the fee stands beside the sum, and what the account got is without it */
  feeBeside?: boolean;
}

/** Files whose headings alone would mislead: which heading means what there. */
const profiles: { has: readonly string[]; columns: Partial<Record<Meaning, string>>; traits?: Traits }[] = [
  { has: ['gross', 'fee', 'net', 'transaction id'], columns: { text: 'type', id: 'transaction id', amount: 'net' } },
  { has: ['brut', 'frais', 'net', 'devise'], columns: { text: 'description', amount: 'net' } },
  {
    has: ['lordo', 'tariffa', 'netto', 'valuta'],
    columns: { date: 'data', text: 'descrizione', amount: 'netto', currency: 'valuta', id: 'codice transazione' },
  },
  { has: ['auftragskonto', 'beguenstigter/zahlungspflichtiger', 'kontonummer'], columns: { iban: 'kontonummer' } },
  { has: ['addebiti', 'accrediti', 'descrizione operazioni'], columns: {}, traits: { currency: 'EUR' } },
  { has: ['entrate', 'uscite', 'descrizione_completa'], columns: {}, traits: { currency: 'EUR' } },
  { has: ['completed date', 'product', 'fee', 'state'], columns: {}, traits: { feeBeside: true } },
  {
    has: ['data di completamento', 'prodotto', 'costo', 'state'],
    columns: { date: 'data di completamento', fee: 'costo' },
    traits: { feeBeside: true },
  },
  {
    has: ['converted_amount', 'fee', 'statement_descriptor'],
    columns: {
      text: 'description',
      date: 'created',
      amount: 'converted_amount',
      currency: 'converted_currency',
      id: 'id',
      name: 'customer_description',
    },
    traits: { feeBeside: true },
  },
  {
    has: ['source account', 'bank description', 'gl code'],
    columns: { name: 'description', text: 'bank description', date: 'date' },
  },
  {
    has: ['original description', 'transaction type', 'account name', 'labels'],
    columns: { name: 'description', text: 'original description' },
  },
  { has: ['id', 'created', 'local_amount', 'category', 'receipt'], columns: { name: 'description', text: 'notes' } },
];

/** The columns of a row of headings; undefined when it is no such row: a day and a sum must be among them. */
export function columnsOf(row: readonly string[]): Columns | undefined {
  const all = row.map(plainHeading);
  const profile = profiles.find((each) => each.has.every((heading) => all.includes(heading)));
  const found: Columns = { all, traits: profile?.traits ?? {} };
  const taken = new Set<number>();
  const take = (meaning: Meaning, at: number) => {
    if (at === -1 || found[meaning] !== undefined || taken.has(at)) return;
    found[meaning] = at;
    taken.add(at);
  };
  for (const [meaning, name] of Object.entries(profile?.columns ?? {}) as [Meaning, string][])
    take(meaning, all.indexOf(name));
  for (const [meaning, names] of Object.entries(headings) as [Meaning, readonly string[]][])
    for (const name of names)
      take(
        meaning,
        all.findIndex((heading, at) => heading === name && !taken.has(at)),
      );
  const sum = found.amount !== undefined || (found.debit !== undefined && found.credit !== undefined);
  return found.date !== undefined && sum ? found : undefined;
}
