/**
 * Italian: what the program says to its owner, whom it addresses as `tu`. One entry for each reason that a rule can give;
 * no rule of its own.
 */
import { monthNames, monthsShort, weekdayNames, weekdaysShort } from '../rules/calendar.ts';
import type { LocalDay } from '../rules/time.ts';
import { dayParts, sharedParts, weekdayName } from './calendar.ts';
import type { Words } from './words.ts';

export const it: Words = {
  locale: 'it-IT',
  months: monthNames.it,
  monthsShort: monthsShort.it,
  weekdays: weekdayNames.it,
  weekdaysShort: weekdaysShort.it,
  times: {
    today: 'oggi',
    tomorrow: 'domani',
    yesterday: 'ieri',
    dayAt: (day, clock) => `${day} ${at(clock)}`,
    minutes: (amount) => `${amount} min`,
    hours: (amount) => `${amount} h`,
    days: (amount) => several(amount, 'giorno', 'giorni'),
    now: 'adesso',
    in: (span) => `tra ${span}`,
    ago: (span) => `${span} fa`,
  },
  letters: {
    acknowledgement: 'conferma di ricezione',
    'acknowledgement-out-of-hours': 'conferma di ricezione, fuori orario',
    'payment-reminder': 'promemoria di pagamento',
    'work-paused': 'sospensione dei lavori',
    'work-resumed': 'ripresa dei lavori',
    'payment-received': 'conferma di pagamento',
    'settled-otherwise': 'chiusura senza pagamento',
    termination: 'comunicazione di fine rapporto',
    'nudge-kind': 'sollecito gentile',
    'nudge-firm': 'sollecito deciso',
    'boundary-hours': 'lettera sugli orari',
    'boundary-decisions': 'lettera sulle decisioni',
    'boundary-scope': 'lettera su ciò che è compreso',
    'boundary-contract': 'lettera sul contratto',
    'final-report': 'rapporto finale',
  },
  letterStates: {
    held: 'in attesa',
    queued: 'in partenza',
    sending: 'sta partendo',
    sent: 'inviata',
    filed: 'inviata',
    dropped: 'scartata',
    failed: 'rifiutata dal server',
    unsure: 'forse partita',
  },
  reasons: {
    'as-written': ({ text }) => text,
    'closed-weekday': ({ weekday }, words) => weekdayName(weekday, words),
    'on-holiday': ({ day, name }) => `${dayWords(day, 'month')}, ${name}`,
    'in-closure': ({ from, to, note }) => noted(closedWords(from, to), note),
    'before-opening': ({ at, opensAt }) => `${at}, prima dell’apertura ${of(opensAt)}`,
    'between-hours': ({ at, closedAt, opensAt }) => `${at}, tra ${the(closedAt)} e ${the(opensAt)}`,
    'after-closing': ({ at, closedAt }) => `${at}, dopo la chiusura ${of(closedAt)}`,
  },
  page: {
    names: {
      today: 'Oggi',
      inbox: 'Posta',
      outbox: 'Lettere',
      clients: 'Clienti',
      money: 'Soldi',
      plan: 'Calendario',
      journal: 'Registro',
    },
    navigation: 'Pagine',
    toContent: 'Al contenuto',
    openUntil: (clock) => `Aperto fino ${at(clock)}`,
    openWithoutEnd: 'Aperto',
    closed: 'Chiuso',
    closedUntil: (moment) => `Chiuso fino a ${moment}`,
    lastRead: (when) => `ultima lettura ${when}`,
    today: {
      heading: (state, things) => `${stateWords[state]} ${thingsWords(things)}`,
      nextLeaves: (letter, to, when) => `Il resto va da sé: una ${letter} per ${to}, non prima di ${when}.`,
      nothingLeaves: 'Nessuna lettera in partenza.',
      stoppedHint:
        'Finché non riparte, la posta non viene letta e nulla parte: paletti run, oppure paletti service install.',
      pausedBecause: (why) => `Nessuna lettera parte: ${why}`,
      toAnswer: 'Da rispondere',
      noneToAnswer: 'Nessuno aspetta una risposta.',
      answerHint: 'Rispondi dalla tua posta come sempre.',
      late: 'in ritardo',
      left: (span) => `ancora ${span}`,
      share: (passed, of) => `${passed} ore su ${of} passate`,
      toApprove: (amount) => (amount === 1 ? 'Lettera da approvare' : 'Lettere da approvare'),
      noneToApprove: 'Nessuna lettera aspetta il tuo sì.',
      sendAt: (when) => `Invia ${when}`,
      endIsApprovedElsewhere: 'Chiude il rapporto: si approva insieme alla chiusura, dopo la sua lista di controllo.',
      overdue: 'Soldi in ritardo',
      noneOverdue: 'Niente è scaduto.',
      nextLook: (when) => `prossimo controllo ${when}`,
      whenSomethingHappens: 'aspetta che succeda qualcosa',
      leavesNext: 'In partenza',
      stop: 'Ferma',
      trouble: 'Non partite, o forse',
      notices: 'Da sapere o decidere',
      seen: 'Fatto',
      pauseAll: 'Mettere tutto in pausa',
      pauseHint: 'Nulla parte finché non riprendi. La posta continua a essere letta e annotata.',
      pause: 'Pausa',
      pauseUntilMonday: 'fino a lunedì',
      resume: 'Lascia ripartire le lettere',
    },
    letter: {
      to: 'A',
      from: 'Da',
      subject: 'Oggetto',
      text: 'Testo',
      edit: 'Modifica',
      drop: 'Non inviare',
      restore: 'Ripristina',
      retry: 'Riprova',
      wasSent: 'È partita',
      wasNotSent: 'Non è partita',
      save: 'Salva',
      why: 'Perché',
      notBefore: 'Non prima di',
      history: 'Storia',
      asTheClientSeesIt: 'Come la vede il cliente',
      waitsForYou: 'aspetta te',
    },
    outbox: {
      empty: 'Qui non ci sono lettere.',
      allStates: 'tutte',
      waiting: 'in attesa o in partenza',
      gone: 'inviate',
      filter: 'Stato',
      show: 'Mostra',
    },
    inbox: {
      empty: 'Qui non ci sono messaggi.',
      search: 'Cerca',
      found: (amount, text) => `${several(amount, 'messaggio', 'messaggi')} con «${text}»`,
      outOfHours: 'fuori orario',
      unanswered: 'senza risposta',
      all: 'tutti',
      answered: 'risposto',
      noAnswerNeeded: 'Non serve risposta',
      answeredOtherwise: 'Ho risposto altrove',
      quotation: 'Il testo intero, con le citazioni',
      judged: 'Giudizio',
      thread: 'Nella stessa conversazione',
      received: 'Ricevuto',
      client: 'Cliente',
      due: (when) => `risposta attesa ${when}`,
      noSubject: '(senza oggetto)',
      stranger: 'non è un cliente',
    },
    clients: {
      empty: 'Ancora nessun cliente: paletti clients add',
      open: 'Aperto',
      work: 'Lavoro',
      workStates: { active: 'in corso', paused: 'sospeso', ended: 'concluso' },
      invoices: 'Fatture',
      holds: 'In sospeso',
      untilReleased: 'quando lo riprendi tu',
      hold: 'Ferma tutte le lettere sui soldi',
      release: 'Riprendi',
      timeline: 'Che cosa è successo',
      noEntries: 'Non c’è ancora nulla.',
      logTitle: 'Annota una telefonata o una chat',
      logKind: 'Che cosa',
      logKinds: {
        call: 'telefonata',
        meeting: 'incontro',
        chat: 'chat',
        note: 'nota',
        work: 'lavoro',
        delivery: 'consegna',
      },
      minutes: 'Minuti',
      about: 'Di che cosa si trattava',
      log: 'Annota',
      entryKinds: {
        call: 'telefonata',
        meeting: 'incontro',
        chat: 'chat',
        note: 'nota',
        work: 'lavoro',
        delivery: 'consegna',
        lunch: 'pranzo',
        dinner: 'cena',
        price: 'prezzo rifiutato',
        attack: 'attacco',
        'message-in': 'dal cliente',
        'message-out': 'da te',
        letter: 'lettera',
        invoice: 'fattura',
        payment: 'pagamento',
        reversal: 'pagamento annullato',
      },
    },
    money: {
      empty: 'Qui non ci sono fatture.',
      openOnly: 'aperte',
      all: 'tutte',
      invoice: 'Fattura',
      due: 'Scadenza',
      total: 'Totale',
      open: 'Da incassare',
      state: 'Stato',
      states: {
        open: 'aperta',
        paid: 'pagata',
        void: 'annullata',
        'written-off': 'stralciata',
        credited: 'stornata',
      },
      late: (days) => `in ritardo di ${several(days, 'giorno', 'giorni')}`,
      disputed: 'contestata',
      paid: 'Pagato',
      amount: 'Importo',
      on: 'Ricevuto il',
      record: 'Ha pagato',
      takeBack: 'Annulla il pagamento',
    },
    plan: {
      heading: (days) => `I prossimi ${several(days, 'giorno', 'giorni')}`,
      none: 'Nessuna lettera partirebbe.',
      leaves: 'Partono',
      waits: 'Aspettano te fino alla fine',
      heldBack: 'Trattenute',
      yours: 'da approvare',
    },
    journal: {
      whole: (entries) => `Il registro è integro: ${several(entries, 'voce', 'voci')}.`,
      broken: (id, problem) => `Il registro è stato cambiato da altra mano: ${problem} (voce ${id}).`,
      erased: '(cancellato)',
      empty: 'Non è ancora successo nulla.',
    },
    done: {
      approved: (name, when) => `Approvata: ${name}. Non parte prima di ${when}.`,
      dropped: 'Non sarà inviata.',
      restored: 'Aspetta di nuovo te.',
      edited: 'Salvata. Aspetta la tua approvazione.',
      unchanged: 'Nulla è cambiato.',
      retried: 'Sarà riprovata.',
      settled: 'Annotato.',
      noticeSeen: 'Fatto.',
      answered: 'Annotato: non si aspetta più una risposta.',
      paused: 'In pausa. Nessuna lettera parte.',
      resumed: 'Le lettere ripartono.',
      held: 'Fermato: nessuna lettera sui soldi parte.',
      released: 'Ripreso.',
      logged: 'Annotato.',
      paid: (sum, number) => `Annotato: ${sum} per la fattura ${number}.`,
      takenBack: 'Annullato: non conta più.',
      undo: 'Annulla',
    },
    faults: {
      heading: 'Non è riuscito',
      next: 'Che cosa fare',
      notFound: 'Questa pagina non esiste.',
      notSignedIn: 'Qui non hai ancora accesso. Apri la pagina con: paletti page',
      usedAddress: 'Questo indirizzo è già stato usato, o è vecchio. Apri di nuovo la pagina con: paletti page',
      oldForm: 'Questo modulo è troppo vecchio. Torna indietro, ricarica la pagina e riprova.',
      internal: 'Qualcosa è andato storto nel programma stesso. È scritto nel registro di paletti page.',
    },
  },
};

const stateWords = {
  watching: 'Paletti è attivo.',
  stopped: 'Paletti non è in funzione.',
  paused: 'Paletti è in pausa.',
};

function thingsWords(things: number): string {
  if (things === 0) return 'Niente ti aspetta.';
  return things === 1 ? 'Una cosa per te.' : `${things} cose per te.`;
}

function several(amount: number, one: string, many: string): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

/** `all’1:00`, `alle 9:00` */
function at(clock: string): string {
  return isOne(clock) ? `all’${clock}` : `alle ${clock}`;
}

function closedWords(from: LocalDay, to: LocalDay): string {
  const last = dayWords(to, 'year');
  if (from === to) return `chiuso ${withArticle('il', last)}`;
  return `chiuso ${withArticle('dal', dayWords(from, sharedParts(from, to)))} ${withArticle('al', last)}`;
}

function noted(text: string, note: string): string {
  return note === '' ? text : `${text}: ${note}`;
}

/** '25', '25 aprile', '1º maggio 2026' */
function dayWords(day: LocalDay, upTo: 'day' | 'month' | 'year'): string {
  const [date, ...rest] = dayParts(day, it, upTo);
  return [date === '1' ? '1º' : date, ...rest].join(' ');
}

const elided = { il: 'l’', dal: 'dall’', al: 'all’' };

/** Eight and eleven begin with a vowel: `dall’8`, `l’11`. */
function withArticle(article: keyof typeof elided, day: string): string {
  return /^(?:8|11)(?!\d)/.test(day) ? `${elided[article]}${day}` : `${article} ${day}`;
}

/** One o’clock stands in the singular: `l’1:00`, `le 9:00`. */
function the(clock: string): string {
  return isOne(clock) ? `l’${clock}` : `le ${clock}`;
}

function of(clock: string): string {
  return isOne(clock) ? `dell’${clock}` : `delle ${clock}`;
}

function isOne(clock: string): boolean {
  return /^0?1:/.test(clock);
}
