/** Italian: money on the page, beside the list of invoices. */
import type { Evidence } from '../../rules/match-payments.ts';
import type { EvidenceForms, MoneyPageWords } from '../parts/money-page.ts';
import { several } from './grammar.ts';

export const moneyPage: MoneyPageWords = {
  ageing: 'Da incassare, per quanto è in ritardo',
  ages: ['non scaduto', '1–30 giorni', '31–60 giorni', '61–90 giorni', 'oltre 90 giorni'],
  disputed: 'contestato',
  questions: 'Incassi da attribuire',
  questionsHint: 'Finché non decidi, le lettere a chi potrebbe riguardare aspettano.',
  from: (payer) => `da ${payer}`,
  pays: (what, client) => `Paga ${what.join(', ')}${client === null ? '' : `, di ${client}`}`,
  isRecorded: (client) => `È già registrato${client === null ? '' : `, di ${client}`}`,
  takesBack: (client) => `Storna un pagamento${client === null ? '' : ` di ${client}`}`,
  evidence: evidenceWords,
  isIt: 'È questo',
  noneOfThese: 'Nessuno di questi',
  otherInvoice: 'Un’altra fattura, col suo numero',
  link: 'Attribuisci',
  cameTwice: 'È arrivato davvero due volte',
  answered: 'Annotato.',
  askedAgain: 'È di nuovo da decidere.',
  readTo: (account, day) => `${account}: ${day === null ? 'non ancora letto' : `letto fino a ${day}`}`,
  drop: 'Porta qui un file',
  dropHint:
    'Fatture (FatturaPA, UBL, CII, PDF con la fattura dentro, ZIP, CSV) ed estratti conto (CAMT, MT940, OFX, QIF, CSV). Prima vedi che cosa cambierebbe.',
  files: 'File',
  tables: 'Le tabelle CSV sono',
  tableKinds: { 'as-they-say': 'quel che dicono le colonne', invoices: 'fatture', bank: 'movimenti della banca' },
  addClients: 'Aggiungi i clienti che non conosco',
  look: 'Guarda che cosa c’è',
  previewHeading: 'Che cosa c’è nei file',
  previewHint: 'Non è ancora preso nulla.',
  refused: 'Non si può prendere',
  knownAs: (name) => `già letto, come ${name}`,
  file: 'File',
  what: 'Che cosa',
  doing: {
    add: 'nuova',
    change: 'cambia',
    unchanged: 'invariata',
    credit: 'nota di credito',
    void: 'annullata',
    'left-out': 'tralasciata',
    asked: 'da decidere',
  },
  lines: (lines, news) => `${several(lines, 'movimento', 'movimenti')}, ${several(news, 'nuovo', 'nuovi')}`,
  pendingLines: (pending) => several(pending, 'non ancora contabilizzato', 'non ancora contabilizzati'),
  unreadableLines: (rows) =>
    several(rows, 'riga senza giorno o importo, tralasciata', 'righe senza giorno o importo, tralasciate'),
  matched: (lines) => several(lines, 'movimento attribuito', 'movimenti attribuiti'),
  toDecide: (lines) => several(lines, 'movimento da decidere', 'movimenti da decidere'),
  take: 'Prendi',
  taken: 'Preso.',
  nothingToTake: 'Non c’è nulla di nuovo.',
  uploadGone: 'Questi file non ci sono più. Portali qui di nuovo.',
  tooLarge: 'I file insieme superano i 32 MB. Portane meno alla volta.',
  row: 'Riga',
  askedHint: 'Ciò che è da decidere resta com’è: paletti invoices import lo chiede riga per riga.',
  payments: 'Pagamenti',
  noPayments: 'Non è arrivato ancora nulla.',
  promise: 'Ha promesso di pagare',
  promiseHint: 'I solleciti su questa fattura aspettano che passi quel giorno.',
  promisedFor: 'Entro il',
  dispute: 'La contesta',
  disputeHint: 'La parte contestata non si sollecita; il resto va avanti.',
  disputedSum: 'Quanto (vuoto: tutto)',
  disputeOver: 'La contestazione è chiusa',
  void: 'Annulla la fattura',
  voidHint: 'La fattura non vale più e non si sollecita. Non si può tornare indietro.',
  writeOff: 'Stralcia',
  writeOffHint: 'I soldi non arriveranno e non si chiedono più. Non si può tornare indietro.',
  why: 'Perché, per il registro',
  issued: 'Emessa',
  done: {
    promised: (day) => `Annotato: i solleciti aspettano che passi ${day}.`,
    disputed: 'Annotato: la parte contestata non si sollecita.',
    settled: 'Annotato: la contestazione è chiusa.',
    voided: 'La fattura è annullata.',
    writtenOff: 'La fattura è stralciata.',
  },
  newer: 'Più recenti',
  older: 'Più vecchie',
  asCsv: 'CSV',
};

function evidenceWords(evidence: Evidence, { sum, day, name }: EvidenceForms): string {
  switch (evidence.code) {
    case 'names-invoice':
      return `nomina la ${evidence.number}`;
    case 'names-closed-invoice':
      return `nomina la ${evidence.number}, su cui non c’è più nulla da incassare`;
    case 'names-unknown-number':
      return `nomina ${evidence.written}, che non è una fattura agli atti`;
    case 'sum-is-open':
      return `${sum(evidence.cents)} è quanto resta da incassare`;
    case 'sum-less-withholding':
      return `${sum(evidence.openCents - evidence.withholdingCents)} = ${sum(evidence.openCents)} meno la ritenuta di ${sum(evidence.withholdingCents)}`;
    case 'sum-less-split-vat':
      return `${sum(evidence.openCents - evidence.splitVatCents)} = ${sum(evidence.openCents)} meno l’IVA di ${sum(evidence.splitVatCents)} (split payment)`;
    case 'sum-of-several':
      return `${sum(evidence.cents)} è la somma di ${evidence.count} fatture`;
    case 'stamp-duty':
      return `differisce del bollo di ${sum(evidence.cents)}`;
    case 'withholding-not-stated':
      return `${sum(evidence.cents)} è ${sum(evidence.openCents)} meno una ritenuta che la fattura non indica`;
    case 'short-by':
      return `${sum(evidence.cents)} in meno: forse le spese della banca`;
    case 'more-by':
      return `${sum(evidence.cents)} in più`;
    case 'part-payment':
      return `una parte di ${sum(evidence.openCents)}`;
    case 'other-currency':
      return `pagato in ${evidence.currency}, non nella valuta della fattura`;
    case 'account-of-client':
    case 'account-of-another-client':
      return `da un conto che ha già pagato per ${name(evidence.clientId)}`;
    case 'name-of-client':
      return `da qualcuno che si chiama come ${evidence.name}`;
    case 'on-record':
      return `un pagamento di quell’importo è già registrato per ${day(evidence.receivedOn)}`;
    case 'seen-in-another-file':
      return `in ${evidence.place} c’è un movimento con lo stesso importo e lo stesso ordinante`;
    case 'taken-back':
      return `la banca ha stornato ${sum(evidence.cents)} arrivati ${day(evidence.bookedOn)}${evidence.by === null ? '' : `: ${evidence.by}`}`;
  }
}
