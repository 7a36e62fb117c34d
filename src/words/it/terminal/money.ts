/** Italian: `paletti invoices` and `paletti payments`. */
import type { MoneyWords } from '../../parts/terminal.ts';
import { dayWith, several } from '../grammar.ts';

export const money: MoneyWords = {
  none: 'Nessuna fattura così.',
  columns: {
    invoice: 'FATTURA',
    client: 'CLIENTE',
    due: 'SCADENZA',
    total: 'TOTALE',
    open: 'DA INCASSARE',
    state: 'STATO',
  },
  late: (days) => `in ritardo di ${several(days, 'giorno', 'giorni')}`,
  open: 'aperta',
  disputed: (state) => `${state}, contestata`,
  added: (number, client, total, due) => `Fattura ${number} di ${client}: ${total}, scadenza ${due}.`,
  twin: (twin, client, number) =>
    `la fattura ${twin} di ${client} ha lo stesso giorno e lo stesso importo; se è la stessa: paletti invoices void ${number}`,
  unchanged: (number) => `La fattura ${number} resta com’è.`,
  edited: (number, issued, total, due, open) =>
    `Fattura ${number} ${dayWith('del', issued)}: ${total}, scadenza ${due}; da incassare ${open}.`,
  takenBack: (number, open) => `Annullato. Da incassare sulla ${number}: ${open}.`,
  credited: (number, credited, total, open) =>
    `Stornato sulla ${number}: ${credited} di ${total}; da incassare ${open}.`,
  surplus: (sum) => `sono arrivati ${sum} più del dovuto: sono del cliente`,
  stillDisputed: (sum, number) =>
    `${sum} risultano ancora contestati; se la nota di credito chiude la questione: paletti invoices dispute ${number} --settled`,
  checked: 'Annotato: a questo momento tutti i pagamenti sono registrati.',
  paid: (number) => `La fattura ${number} è pagata.`,
  partPaid: (number, rest) => `Annotato. Da incassare sulla ${number}: ${rest}.`,
  overpaid: (sum) => `sono arrivati ${sum} più di quanto era aperto`,
  voided: (number, changed) => `La fattura ${number} ${changed ? 'è annullata' : 'era già annullata'}.`,
  writtenOff: (number, changed) => `La fattura ${number} ${changed ? 'è stralciata' : 'era già stralciata'}.`,
  disputedOn: (number, disputed, total) => `Contestati sulla ${number}: ${disputed} di ${total}.`,
  promised: (number, day) => `I solleciti per la ${number} aspettano che passi ${dayWith('il', day)}.`,
  invoice: (number, issued, client) => `Fattura: ${number} ${dayWith('del', issued)}, ${client}`,
  state: (state) => `Stato: ${state}`,
  total: (total, credited, paid, open) =>
    `Totale: ${total}${credited === null ? '' : `, stornati ${credited}`}, pagati ${paid}, da incassare ${open}`,
  disputedSum: (sum) => `Contestati: ${sum}`,
  project: (project) => `Progetto: ${project}`,
  instalment: (due, sum) => `Scadenza: ${due}, ${sum}`,
  payment: (id, what, isBack) => `Pagamento ${id}: ${what}${isBack ? ' (annullato)' : ''}`,
  creditNote: (id, what, isBack) => `Nota di credito ${id}: ${what}${isBack ? ' (annullata)' : ''}`,
  hold: (id, reason, until) => `Blocco ${id}: ${reason}, ${until === null ? 'finché non lo togli' : `fino a ${until}`}`,
  interest: {
    columns: { from: 'DAL', to: 'AL', days: 'GIORNI', sum: 'SOMMA', rate: 'TASSO', interest: 'INTERESSI' },
    total: (interest, flat) => `Interessi ${interest}, importo forfettario ${flat}.`,
    law: (law, margin, until) => `Secondo ${law}: tasso di riferimento + ${margin}, fino al ${until}.`,
    none: 'Nessun interesse.',
    advice: 'Non è un parere legale. Nessuna lettera lo chiede.',
  },
  exported: {
    invoices: (amount) =>
      `${several(amount, 'fattura', 'fatture')}; in Xero indica che gli importi comprendono l’imposta.`,
    creditNotes: (amount) =>
      `${amount === 1 ? 'c’è una nota di credito che non è' : `ci sono ${amount} note di credito che non sono`} nel file: inserisci${amount === 1 ? 'la' : 'le'} in Xero a mano`,
  },
  import: {
    columns: {
      file: 'FILE',
      line: 'RIGA',
      client: 'CLIENTE',
      invoice: 'FATTURA',
      what: 'CHE COSA',
      total: 'TOTALE',
      open: 'DA INCASSARE',
      detail: 'DETTAGLIO',
    },
    what: {
      add: 'nuova',
      change: 'cambia',
      credit: 'nota di credito',
      void: 'annullata',
      unchanged: 'invariata',
      'left-out': 'tralasciata',
      asked: 'da decidere',
    },
    readAs: (form) => `Il file è ${form}`,
    newClient: (name) => `Nuovo cliente: ${name}`,
    leftOut: (line, number, why) => `Tralasciata, riga ${line}, ${number}: ${why}`,
    knownAs: (file, name) => `${file}: già letto, come ${name}`,
    asked: (number, client, what) => `${number}${client === null ? '' : ` di ${client}`}: ${what}`,
    done: (isDone, n) =>
      `${isDone ? 'Fatto' : 'Si farebbe'}: ${[
        several(n.add, 'aggiunta', 'aggiunte'),
        several(n.change, 'modificata', 'modificate'),
        ...(n.credit > 0 ? [several(n.credit, 'nota di credito', 'note di credito')] : []),
        ...(n.void > 0 ? [several(n.void, 'annullata', 'annullate')] : []),
        several(n.unchanged, 'invariata', 'invariate'),
        several(n.leftOut, 'tralasciata', 'tralasciate'),
        several(n.asked, 'da decidere, lasciata com’è', 'da decidere, lasciate come sono'),
      ].join(', ')}.`,
    title: 'Fatture',
  },
  payments: {
    title: 'Incassi',
    done: (isDone, n) =>
      `${isDone ? 'Fatto' : 'Si farebbe'}: ${[
        several(n.lines, 'movimento nuovo', 'movimenti nuovi'),
        several(n.matched, 'attribuito', 'attribuiti'),
        several(n.questions, 'da decidere', 'da decidere'),
        ...(n.takenBack > 0 ? [several(n.takenBack, 'stornato dalla banca', 'stornati dalla banca')] : []),
        `${n.without} senza fattura`,
      ].join(', ')}.`,
    lettersWait: 'Le lettere a chi potrebbe riguardare aspettano. Vedi: paletti payments questions',
    file: (file, format, lines, fresh, pending) =>
      `${file} (${format}): ${several(lines, 'movimento', 'movimenti')}, ${several(fresh, 'nuovo', 'nuovi')}${notBooked(pending)}`,
    known: (file, format, name, pending) => `${file} (${format}): già letto, come ${name}${notBooked(pending)}`,
    readWith: (map) => `letto con ${map}`,
    unreadable: (file, rows) =>
      `${file}: ${several(rows, 'riga senza giorno o importo, tralasciata', 'righe senza giorno o importo, tralasciate')}`,
    recorded: (of) => `è già registrato${of === null ? '' : `, di ${of}`}`,
    takesBack: (payment, of) => `storna il pagamento ${payment}${of === null ? '' : ` di ${of}`}`,
    countsAs: (sum) => `vale come ${sum}`,
    pays: (what, of) => `paga ${what}${of === null ? '' : ` di ${of}`}`,
    client: (id) => `cliente ${id}`,
    none: 'Nessun movimento così. Leggi un file della banca: paletti payments import FILE',
    columns: { day: 'GIORNO', sum: 'IMPORTO', from: 'DA', state: 'STATO', what: 'CHE COSA' },
    nothingAsked: 'Non c’è nulla da decidere.',
    question: (id, sum, day, from) =>
      `Incasso ${id}: ${sum} ${dayWith('del', day)}${from === null ? '' : ` da ${from}`}`,
    answerHint: (id) =>
      `(usa "paletti payments answer ${id} SCELTA", oppure none; "paletti payments link ${id} NUMERO" per un’altra fattura)`,
    line: (id, sum, day, account) => `Movimento ${id}: ${sum} ${dayWith('del', day)} su ${account}`,
    standsIn: (place) => `Si trova in: ${place}`,
    from: (payer) => `Da: ${payer}`,
    text: (text) => `Causale: ${text}`,
    state: (state, by, why) =>
      `Stato: ${state}, deciso ${by === 'owner' ? 'da te' : 'dalle regole'}${why === '' ? '' : `: ${why}`}`,
    paysLine: (number, sum) => `Paga: ${number}, ${sum}`,
    undone: (id) => `Annullato. Vedi: paletti payments show ${id}`,
    ignored: (id) => `L’incasso ${id} non paga alcuna fattura.`,
    is: (id, state) => `Il movimento ${id} è ${state}.`,
    paysWhat: (id, what) => `L’incasso ${id} paga ${what}.`,
  },
};

function notBooked(pending: number): string {
  return pending === 0 ? '' : `, ${several(pending, 'non ancora contabilizzato', 'non ancora contabilizzati')}`;
}
