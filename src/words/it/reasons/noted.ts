/** Italian: what jobs and the owner's hand do and see, as the journal, letters and holds keep it. */
import type { ExitState } from '../../../rules/exit.ts';
import type { HoldReason } from '../../../rules/hold.ts';
import type { JournalProblem } from '../../../rules/journal-problem.ts';
import type { NotedReason } from '../../../rules/noted.ts';
import { type SentencesOf, seenWords } from '../../parts/reasons.ts';
import { listed, moment, ofDay, on, several, since, step, sum, sums, until as untilDay } from '../grammar.ts';
import { holdNames, signNames } from '../names.ts';
import { told } from '../told.ts';
import { exitStates } from './exits.ts';

const mails: Partial<Record<HoldReason, string>> = {
  reply: 'una risposta',
  bounce: 'una lettera tornata indietro',
  'out-of-office': 'un’assenza',
  'payment-claimed': 'un pagamento annunciato',
};

const exits: Readonly<Record<ExitState, string>> = {
  proposed: 'la chiusura è proposta',
  cooling: 'la pausa di riflessione è cominciata',
  checklist: 'la pausa di riflessione è finita: la lista di controllo è aperta',
  approved: 'la chiusura è approvata',
  'notice-sent': 'la lettera è partita',
  'notice-running': 'il preavviso corre',
  ended: 'la chiusura è conclusa',
  cancelled: 'la chiusura è annullata',
};

const requestStates = { proposed: 'proposta', open: 'aperta', answered: 'già risposta', dropped: 'lasciata' } as const;

/** What a letter that ends the work says. */
const facts: Readonly<Record<string, string>> = {
  milestone: 'il traguardo',
  reason: 'il motivo',
  referral: 'chi può subentrare',
  handover: 'la consegna',
  onPayment: 'ciò che passa col pagamento',
  debts: 'gli importi',
  earlier: 'le lettere precedenti',
  clause: 'la clausola',
  unbilled: 'il lavoro da fatturare',
  refundBy: 'il rimborso',
  paused: 'la sospensione',
};

const afterGap = 'sopra il promemoria nulla parte senza una nuova approvazione';

/** «Bianchi», or «luca@example.it, per Bianchi,» */
function writer(client: string, from: string | null): string {
  return from === null ? client : `${from || 'qualcuno'}, per ${client},`;
}

export const noted: SentencesOf<NotedReason> = {
  'client-gone': () => 'il cliente non è più nel registro',
  'mail-taken-away': ({ messageId }) =>
    `hai cancellato o spostato il messaggio a cui risponde; se non serve una risposta: paletti inbox answered ${messageId}`,
  'message-gone': () => 'il messaggio a cui risponde non è più agli atti',
  'writer-is-client': () => 'chi ha scritto ora è un cliente',
  'to-yourself': ({ to }) => `${to} è un tuo indirizzo`,
  'not-the-writer': ({ to }) => `${to} non ha scritto quel messaggio`,
  'occasion-over': () => 'ciò di cui parla è finito, o ora è un’altra cosa',
  'not-answerable': ({ address }) => `a ${address} ora non si può rispondere`,
  'address-missing': ({ client }) => `${client} non ha un indirizzo di posta nel registro`,
  'address-is-yours': ({ client, own }) => `${own} è il tuo stesso indirizzo, ed è quello agli atti di ${client}`,
  'other-address': ({ client, to }) => `queste lettere a ${client} ora vanno a ${to}`,
  'address-gone': ({ client, from, to }) => `${from} non è più un indirizzo di ${client}: va a ${to}`,
  'addressed-as': (reason) => `${reason.client} ora è indicato come ${reason.as}`,
  'sender-gone': ({ from, to }) => `${from} non è più un tuo indirizzo: parte da ${to}`,
  'calendar-shared': () => 'un programma di calendario può leggere le date; un indirizzo dato prima non vale più',
  'calendar-unshared': () => 'l’indirizzo per i programmi di calendario non vale più',
  interrupted: () => 'il programma si è fermato mentre la lettera veniva consegnata: può essere arrivata',
  'stands-in-sent': () => 'sta nella posta inviata',
  'handed-over-before': () =>
    'era già stata consegnata una volta, in un tempo che questo archivio ha dimenticato: può essere arrivata',
  'cannot-be-built': ({ fault }, say) => `non si può comporre: ${say(fault)}; modificala`,
  'cannot-be-written': ({ fault }, say) => `oggi non si può scrivere: ${say(fault)}`,
  'server-took-it': () => 'il server l’ha presa',
  'left-before': () => 'una lettera con questa chiave sta già nella posta inviata: non viene inviata di nuovo',
  'null-sender-refused': ({ fault }, say) => `${say(fault)}; d’ora in poi si usa il tuo indirizzo`,
  'filed-by-provider': () => 'il fornitore la archivia da sé',
  'filed-now': () => 'una copia è stata messa nella posta inviata',
  'filed-before': () => 'nella posta inviata c’è già',
  'words-without-ground': () => 'non si sa più su che cosa erano scritte le tue parole',
  'subject-as-of-now': () => 'l’oggetto, che avevi lasciato com’era, dice i giorni di adesso',
  'says-other': ({ lines }) => `ciò che dice è cambiato da quando è stata scritta (${several(lines, 'riga', 'righe')})`,
  'own-words-outdated': () =>
    'il testo che avevi scritto non corrisponde più agli atti: è stata riscritta, e il tuo è conservato qui',
  'words-given-back': ({ because }, say) =>
    `le tue parole non corrispondevano più, e la lettera è stata riscritta perché tu la guardi: ${say(because)}`,
  'words-fit-no-more': ({ because }, say) => `le tue parole non corrispondono più: ${say(because)}`,
  'own-words-of-dropped': () =>
    'la lettera che era stata scartata è riscritta; il testo che avevi scritto è conservato qui',
  'no-answer-due': () => 'non è più attesa alcuna risposta',
  'promise-is-due': () => 'la risposta che promette è già dovuta',
  'answered-first': ({ because }, say) => `hai risposto prima: ${say(because)}`,
  'older-database': ({ letters }) =>
    `l’archivio è più vecchio di ciò che è partito: non conosce ${several(letters, 'lettera consegnata', 'lettere consegnate')} da allora (è stata rimessa una copia, o si è perso un file accanto)`,
  'facts-changed': (reason) => `ciò che dice è cambiato: ${listed(reason.facts.map((fact) => facts[fact] ?? fact))}`,

  'money-overdue': ({ currency }) => `ci sono soldi scaduti in ${currency}`,
  'open-again': () => 'i soldi di cui parla sono di nuovo aperti',
  'case-gone': () => 'il suo caso non c’è più',
  'paused-again': () => 'il lavoro è stato sospeso di nuovo da quando è stata scritta',
  'ground-lost': ({ because }, say) => `non ha più fondamento: ${say(because)}`,
  'work-not-paused': () => 'il lavoro non è più sospeso',
  'money-settled': ({ hold }) => `i soldi di cui si trattava sono sistemati (${holdNames[hold]})`,
  'time-passed': () => 'il suo tempo è passato',
  'not-looked-at': () => 'non ancora esaminato',
  'not-decided': () => 'scaduto, e non è ancora deciso nulla',
  'your-approval': () => 'la tua approvazione',
  'in-outbox': (reason, say) => `${step(reason.step)}: è tra le lettere e aspetta: ${say(reason.because)}`,
  'rest-begins': ({ because }, say) => `${say(because)}; il resto comincia con il promemoria`,
  'step-next': (reason, say) => `il prossimo passo è ${step(reason.step)}: ${say(reason.because)}`,
  'held-by-mail': (reason) =>
    `ferma ${several(reason.times, 'volta', 'volte')} per posta ${since(reason.since)} (${listed(reason.reasons.map((one) => mails[one] ?? holdNames[one]))})`,
  'not-dealt-with': ({ fault }, say) => `non si è potuto trattare: ${say(fault)}`,
  told: (reason, say) =>
    (told[reason.told.code] as (about: object, say: unknown) => { text: string })(reason.told, say).text,

  'history-read': ({ messages }) =>
    `${messages} messaggi c’erano già prima di Paletti, o prima che la casella venisse rinumerata: non se ne fa nulla`,
  'not-judged': ({ fault }, say) => `non si è potuto giudicare: ${say(fault)}`,
  'window-opened': ({ messageId, doubt }, say) =>
    `l’ha aperta il messaggio ${messageId}${doubt === null ? '' : `, ma la posta ${say(doubt)}`}`,
  'windows-joined': ({ into }) =>
    `i suoi messaggi stanno nella stessa conversazione di quelli della finestra ${into}, che scade prima`,
  unreadable: ({ fault }) => `non si è potuto leggere (${fault}): guardalo nel tuo programma di posta`,
  replaced: ({ by }) => `lo stesso messaggio è arrivato di nuovo: vale il messaggio ${by}`,
  'folder-new': ({ path }) => `${path}: creata dopo l’ultimo sguardo`,
  'folder-found': ({ path }) => `${path}: letta d’ora in poi; ciò che c’era è storia`,
  'folder-renumbered': ({ path, before, now }) =>
    `il server ha rinumerato ${path} (UIDVALIDITY ${before} -> ${now}): su ciò che era già visto non si agisce di nuovo`,
  'received-ahead': (reason) =>
    `ricevuto il ${moment(reason.at)} secondo il server, un momento che deve ancora venire: vale come ricevuto adesso`,
  'in-thread': ({ where, from }) =>
    where === 'sent'
      ? 'la tua risposta nella stessa conversazione è nella posta inviata'
      : `la tua risposta nella stessa conversazione è arrivata nella tua posta${from === null ? '' : ` da ${from}`}`,
  'same-subject': () => 'hai scritto al cliente con lo stesso oggetto',
  'answered-flag': () => 'un suo messaggio porta il contrassegno \\Answered',
  'not-believed-report': ({ subject, to, because }, say) =>
    `forse un falso avviso che «${subject}» a ${to} è tornata indietro: la posta ${say(because)}`,
  'mail-not-believed': ({ because }, say) => `non creduta: la posta ${say(because)}`,
  'foreign-letter': ({ subject }) =>
    `nella posta inviata c’è una lettera di Paletti che questo archivio non ha scritto («${subject}»): può darsi che un altro Paletti guardi questa casella, o che l’archivio venga da una copia`,
  'nobody-to-write-to': () => 'cancellato su richiesta: non c’è nessuno a cui scrivere',
  'client-away': ({ until }) =>
    until === null ? 'il cliente è assente, non dice fino a quando' : `il cliente è assente ${untilDay(until)}`,
  'came-back': ({ subject, to }) => `la lettera «${subject}» a ${to} è tornata indietro`,
  'writes-paid': ({ client, from, messageId }) =>
    `${writer(client, from)} scrive di aver pagato (messaggio ${messageId})`,
  'wrote-back': ({ client, from, messageId }) =>
    `${writer(client, from)} ha risposto alla lettera (messaggio ${messageId})`,
  'pause-over': (reason) => `gli invii erano in pausa dal ${moment(reason.since)}; ${afterGap}`,
  'pass-gap': (reason) => `nessun passaggio tra il ${moment(reason.since)} e il ${moment(reason.until)}; ${afterGap}`,

  'lines-crossed': ({ lines }, say) =>
    lines.map(({ sign, words }) => `${signNames[sign]} (${seenWords(words, say)})`).join('; '),

  'keyword-seen': ({ keyword, messageId }) =>
    `il tuo messaggio porta «${keyword}» nell’oggetto (messaggio ${messageId})`,
  'client-wrote': ({ messageId }) => `il cliente ha scritto (messaggio ${messageId})`,
  'question-open': ({ messageId, days }) =>
    `la tua domanda del messaggio ${messageId} è senza risposta da ${several(days, 'giorno', 'giorni')}`,
  'request-over': ({ state }) => `la richiesta è ${requestStates[state]}`,

  'all-paid': () => 'tutto il dovuto è pagato',
  'wait-for-money-over': ({ days, open }) =>
    `${several(days, 'giorno', 'giorni')} di attesa, e restano da pagare ${sums(open)}`,
  'exit-came-to': ({ how, because }, say) =>
    how === 'cancelled'
      ? `annullata${because === null ? '' : `: ${say(because)}`}`
      : how === 'ended'
        ? 'conclusa'
        : 'aperta',
  'handover-items': ({ items }) => items.join('; '),
  'exit-open': ({ state }) => `una chiusura che hai proposto è già aperta (${exitStates[state]})`,
  'exit-cancelled-by-you': ({ clientId }) =>
    `hai annullato la chiusura: la scala sta ferma (per chiudere comunque: paletti exit ${clientId} propose)`,
  'ladder-ends': ({ because }, say) => `l’ultimo gradino della scala: ${say(because)}`,
  'exit-is': ({ state }) => exits[state],
  'goes-alone': () =>
    'la pausa di riflessione è finita, e la configurazione dice di non chiedere (exit.approval "auto")',
  'letter-dropped-by-you': () => 'hai scartato la sua lettera',
  'your-exit': () => 'una chiusura che hai proposto tu: parte quando la chiusura è approvata',
  'notice-has-run': () => 'il preavviso è finito',
  'exit-report': () => 'il rapporto è concluso: che cosa è stato fatto, consegnato, pagato e resta da pagare',
  'never-proposed': () => 'per questa non è mai stata proposta una chiusura',
  'exit-was-cancelled': ({ because }, say) =>
    `la chiusura è stata annullata: ${because === null ? 'da te' : say(because)}`,
  'exit-not-approved': () => 'la sua chiusura non è approvata',
  'approved-long-ago': () => 'approvata prima di giorni senza alcun passaggio; approvala di nuovo',
  'contract-signed': (reason) => `il contratto è stato firmato ${on(reason.on)}`,
  'chosen-day-passed': (reason) => `il giorno che avevi scelto è passato (${on(reason.on)})`,

  'another-sends': (reason) =>
    `un altro Paletti invia dalla casella ${reason.mailbox}: quello sul computer «${reason.host}», ${since(reason.since)}`,
  'taken-over': ({ host }) => `hai detto «resume»: le lettere partono da questo computer, non più da «${host}»`,
  'just-taken-over': () =>
    'questo computer ha appena preso il posto di un altro: ciò che quello aveva in mano ha qualche minuto per finire',

  'you-held': (reason, say) =>
    `l’hai fermata tu (${holdNames[reason.reason]}) ${reason.until === null ? 'finché non la riprendi' : `fino a ${reason.until}`}${reason.note === null ? '' : `: ${say(reason.note)}`}`,
  'you-released': ({ hold }) => `ripresa da te${hold === null ? '' : ` (${holdNames[hold]})`}`,
  'hold-replaced': ({ hold }) => `sostituita da una nuova (${holdNames[hold]})`,
  'has-other-address': ({ hold }) => `il cliente ha ora un altro indirizzo (${holdNames[hold]})`,
  'you-say-sent': () => 'dici che è stata inviata',
  'you-say-not-sent': () => 'dici che non è stata inviata: si riprova',
  'you-let-it-go': () => 'hai lasciato partire la lettera successiva',
  'question-answered': () => 'la domanda ha avuto risposta',
  'payment-in-file': ({ file, line }) => `un file ha un pagamento che può essere già agli atti (${file}, riga ${line})`,
  'bank-payment': (reason) => `${sum(reason.sum)} ${ofDay(reason.day)}, pagamento ${reason.lineId}`,
};

export const journalProblems: SentencesOf<JournalProblem> = {
  'entry-missing': ({ entry }) => `prima manca la riga ${entry}`,
  'entry-does-not-follow': () => 'non segue la riga precedente: una delle due è stata cambiata',
  'entry-text-changed': () => 'il suo testo è stato cambiato',
  'erased-with-text': () => 'era stata cancellata, eppure ha un testo',
  'entry-head-changed': () => 'sono stati cambiati la sua ora, il tipo, l’oggetto o l’impronta',
  'text-removed': () => 'il suo testo è stato tolto, e nessuna riga successiva lo dice',
  'end-forgotten': () => 'la fine del registro, che era stata annotata, non c’è più',
  'entries-cut-off': ({ from, to }) => `le righe da ${from} a ${to} sono state tagliate via`,
  'other-end': () => 'la fine non è quella che era stata annotata',
};
