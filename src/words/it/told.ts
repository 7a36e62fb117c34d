/** Italian: what the owner is told, and what she may do next. */
import type { ToldOf } from '../../rules/told.ts';
import type { StandstillMatter } from '../../rules/standstill.ts';
import type { Wording } from '../../rules/wording-changes.ts';
import type { Say } from '../parts/reasons.ts';
import type { Telling, ToldWords } from '../parts/told.ts';
import { auth } from './auth.ts';
import { day, listed, moment, on as onDay, several, sum, sums, until as untilDay } from './grammar.ts';
import { holdReasons, names } from './names.ts';
import { codes } from './terminal/codes.ts';
import { lessons } from './terminal/lessons.ts';
import { waysOn } from './ways.ts';

const tell = (text: string, next = ''): Telling => ({ text, next });

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const asks = (id: number) => `paletti outbox show ${id}; paletti outbox approve ${id}`;

/** «IBAN: …» ora è «IBAN: …» */
function changesWords(changes: readonly Wording[], of: number): string {
  const words = changes.map(({ was, now }) => {
    if (was === '') return `nuovo: «${now}»`;
    return now === '' ? `tolto: «${was}»` : `«${was}» ora è «${now}»`;
  });
  return [...words, ...(of > changes.length ? [`e altri ${of - changes.length}`] : [])].join('; ');
}

const paused = (isPaused: boolean) => (isPaused ? ' Il lavoro risulta sospeso.' : '');

const days = (amount: number) => several(amount, 'giorno', 'giorni');

/** What overdue money waits for, as the end of a sentence, and the commands that decide. */
function standstill(matter: StandstillMatter, say: Say): { why: string; next: string } {
  if (matter.code === 'owner-owes') return forAnswer(matter.mails, matter.messageId);
  if ('letterId' in matter) return forLetter(matter);
  const note = matter.note === null ? '' : ` (${say(matter.note)})`;
  const asked = matter.code === 'asks' ? ', e nessuno ha deciso' : '';
  return { why: `${holdReasons[matter.hold]}${asked}${note}`, next: waysOn(matter.hold, matter.about) };
}

function forAnswer(mails: number, messageId: number): { why: string; next: string } {
  return {
    why:
      mails === 1 ? 'il cliente aspetta una tua risposta' : `${mails} messaggi del cliente aspettano una tua risposta`,
    next: `Rispondi per posta, oppure: paletti inbox show ${messageId}; se non serve risposta: paletti inbox answered ${messageId}`,
  };
}

function forLetter(matter: Extract<StandstillMatter, { letterId: number }>): { why: string; next: string } {
  const { letterId: id, kind } = matter;
  const name = `lettera «${names.letters[kind]}»`;
  switch (matter.code) {
    case 'approval':
      return {
        why: `${name}: aspetta la tua approvazione`,
        next: `Leggila: paletti outbox show ${id}; ${kind === 'termination' ? `parte con la sua chiusura, oppure: paletti outbox drop ${id}` : `poi approve ${id}, edit ${id} oppure drop ${id}`}`,
      };
    case 'unsure':
      return {
        why: `${name}: non si sa se è partita`,
        next: `Guarda nella posta inviata, poi: paletti outbox resolve ${id} --sent, oppure --not-sent`,
      };
    case 'failed':
      return {
        why: `${name}: rifiutata dal server di posta`,
        next: `Rimedia alla causa, poi: paletti outbox retry ${id}; oppure: paletti outbox drop ${id}`,
      };
    case 'dropped':
      return {
        why: `${name}: l’hai scartata, e la scala sta ferma`,
        next: `Per riprenderla: paletti outbox restore ${id}; per rinunciare ai soldi: paletti invoices write-off …`,
      };
  }
}

const due = { missed: 'in ritardo', '24h': 'dovuta entro 24 ore', '4h': 'dovuta entro 4 ore' } as const;
const dueMany = { missed: 'in ritardo', '24h': 'dovute entro 24 ore', '4h': 'dovute entro 4 ore' } as const;

function endingNext(what: ToldOf<'ends'>['what'], mailbox: string): string {
  if (what === 'sign-in') return `paletti auth login ${mailbox}`;
  if (what === 'certificate') return 'Fatti dare quello nuovo e mettilo al posto del file indicato da «ca»';
  return 'Creane una nuova presso il fornitore, mettila al posto della vecchia e scrivi il suo ultimo giorno in config.json: mailboxes[].passwordUntil; poi: paletti doctor';
}

export const told: ToldWords = {
  'as-written': ({ text, next }) => tell(text, next),
  'sign-in-wanted': (need) => ({ text: auth.needed[need.why](need), next: `paletti auth login ${need.mailbox}` }),

  'letter-asks': ({ id, kind, client }) =>
    tell(`Una lettera a ${client} (${names.letters[kind]}) aspetta la tua approvazione.`, asks(id)),
  'report-asks': ({ id, client }) => tell(`Il rapporto finale per ${client} aspetta la tua approvazione.`, asks(id)),
  'closing-asks': ({ id, client, why, isPaused }, say) =>
    tell(`${client}: ${say(why)}.${paused(isPaused)} Una lettera che lo dice aspetta la tua approvazione.`, asks(id)),
  'approval-lapsed': ({ id, subject, because }, say) =>
    tell(`La lettera «${subject}» aspetta una nuova approvazione: ${say(because)}.`, `paletti outbox approve ${id}`),
  'own-words-replaced': ({ id, to, subject, because, changes, of }, say) =>
    tell(
      `Le tue parole a ${to} («${subject}») non sono partite: ${say(because)}${changes.length === 0 ? '' : ` (${changesWords(changes, of)})`}. La lettera è stata riscritta e aspetta te; il tuo testo è conservato.`,
      `paletti outbox show ${id} mostra entrambi; poi: paletti outbox edit ${id}, oppure approve ${id}`,
    ),
  'letter-unsure': ({ id, subject, to }) =>
    tell(
      `Non si sa se la lettera «${subject}» a ${to} sia arrivata; da sola non viene inviata di nuovo.`,
      `Guarda nella posta inviata o chiedi, poi: paletti outbox resolve ${id} --sent, oppure --not-sent`,
    ),
  'letter-failed': ({ id, subject, to, fault }, say) =>
    tell(
      `La lettera «${subject}» a ${to} non è stata inviata: ${say(fault)}.`,
      `paletti outbox show ${id}; poi paletti outbox retry ${id} oppure drop ${id}`,
    ),
  'letter-challenged': ({ subject, to, messageId }) =>
    tell(
      `La lettera «${subject}» a ${to} aspetta in un filtro che chiede se l’ha scritta una persona (messaggio ${messageId}).`,
      `Leggilo: paletti inbox show ${messageId}; fai ciò che dice dal tuo programma di posta, o scrivi tu a ${to}`,
    ),
  'letter-returned': ({ subject, to, client }) =>
    tell(
      `La lettera «${subject}» a ${to} è tornata indietro.`,
      `Correggi l’indirizzo: paletti clients edit ${client.id} --address …, poi paletti clients release ${client.id}`,
    ),
  'letters-capped': ({ because }, say) => tell(`Delle lettere aspettano: ${say(because)}.`, 'Vedi: paletti outbox'),
  'no-address': ({ client, own }) =>
    tell(
      own === null
        ? `Le lettere a ${client.name} aspettano: nel registro non c’è un indirizzo di posta a cui scrivere.`
        : `Le lettere a ${client.name} aspettano: ${own} è il tuo stesso indirizzo, ed è quello agli atti di ${client.name}.`,
      `Aggiungine uno: paletti clients edit ${client.id} --address …`,
    ),
  'letter-asks-still': ({ id, kind, client, days: waiting }) =>
    tell(
      `La lettera «${names.letters[kind]}» a ${client || 'un cliente'} aspetta la tua approvazione da ${days(waiting)}.`,
      `paletti outbox show ${id}; poi approve ${id}, edit ${id} oppure drop ${id}`,
    ),
  'letter-unsure-still': ({ id, kind, client, days: waiting }) =>
    tell(
      `La lettera «${names.letters[kind]}» a ${client || 'un cliente'}: da ${days(waiting)} non si sa se è partita.`,
      `Guarda nella posta inviata, poi: paletti outbox resolve ${id} --sent, oppure --not-sent`,
    ),
  gap: ({ how, since }) =>
    tell(
      `${how === 'away' ? 'Paletti è mancato' : 'Nulla è potuto partire'} dal ${moment(since)}: sopra il promemoria nulla parte senza una tua nuova approvazione.`,
      'paletti outbox',
    ),
  'work-still-paused': ({ client }) =>
    tell(
      `Hai scartato la lettera che dice che il lavoro per ${client.name} riprende: risulta ancora sospeso.`,
      `Se riprende: paletti clients edit ${client.id} --work active`,
    ),

  'payments-unchecked': ({ withinHours }) =>
    tell(
      `Le lettere sui soldi aspettano: da ${several(withinHours, 'ora', 'ore')} nessun pagamento è stato registrato o confermato.`,
      'Leggi un file della banca: paletti payments import FILE; o registra ciò che è arrivato: paletti invoices paid NUMBER; se non è arrivato nulla: paletti invoices checked',
    ),
  'case-settled': ({ client, why, isPaused }, say) =>
    tell(
      `${client.name}: ${say(why)}.${paused(isPaused)}`,
      isPaused ? `Se riprende: paletti clients edit ${client.id} --work active (con --letter lo dici al cliente)` : '',
    ),
  'too-little-owed': ({ client, numbers, ...about }) =>
    tell(
      `${client.name}: ${sum(about.sum)} scaduti (${numbers.join(', ')}), troppo poco per una lettera.`,
      `Per rinunciare: ${numbers.map((number) => `paletti invoices write-off ${number} --client ${client.id}`).join('; ')}`,
    ),
  surplus: ({ client, parts }) => {
    const of = `${parts[0]?.number ?? ''} --client ${client.id}`;
    return tell(
      `${client.name} ha pagato più di quanto chiesto (${parts.map((part) => `${sum(part.sum)} sulla ${part.number}`).join(', ')}): le lettere su altre fatture aspettano.`,
      `Metti ogni parte al suo posto: paletti invoices reverse ${of}, poi paid NUMBER --amount SUM per ciascuna; ciò che hai restituito non si inserisce`,
    );
  },
  'settled-is-open': ({ client }) =>
    tell(
      `A ${client.name} era stato detto che la cosa era sistemata, e i suoi soldi sono di nuovo aperti: la scala ricomincia dal promemoria, domani al più presto. Il lavoro intanto continua.`,
      `Per sospenderlo: paletti clients edit ${client.id} --work paused; per aspettare: paletti clients hold ${client.id}`,
    ),
  'promise-kept': ({ client, on }) => tell(`${client.name} ha mantenuto la promessa di pagare entro ${onDay(on)}.`),
  'promise-broken': ({ client, on, open, numbers = [] }) => {
    const number = `${numbers[0] ?? 'NUMBER'} --client ${client.id}`;
    return tell(
      `${client.name} aveva promesso di pagare entro ${onDay(on)}, e sono ancora aperti ${sums(open)}. La scala va avanti.`,
      `Se è arrivato: paletti invoices paid ${number}; se c’è un nuovo giorno: paletti invoices promise ${number} --by DAY`,
    );
  },
  'promise-lapsed': ({ client, on, disputed, came }) => {
    const rest = disputed.length === 0 ? 'non si chiede più nulla' : `${sums(disputed)} sono contestati`;
    const what = `${came ? 'è arrivato un pagamento' : 'non è arrivato nulla'}, e ${rest}`;
    return tell(`È passato il giorno entro cui ${client.name} aveva promesso di pagare, ${day(on)}: ${what}.`);
  },
  'hold-ended': ({ client, on, reason, open, disputed = [] }) => {
    const nothing =
      disputed.length === 0
        ? 'non c’è nulla di aperto'
        : `${sums(disputed)} sono contestati, e non c’è altro di aperto`;
    const rest = open.length === 0 ? nothing : `sono aperti ${sums(open)} e la scala va avanti`;
    return tell(
      `L’attesa per ${client.name} (${holdReasons[reason]}) è finita ${onDay(on)}; ${rest}.`,
      open.length === 0 ? '' : 'metti una nuova attesa se deve aspettare ancora',
    );
  },
  'hold-asks': ({ client, on, reason, open, about }) =>
    tell(
      `L’attesa per ${client.name} (${holdReasons[reason]}) è finita ${onDay(on)}; sono aperti ${sums(open)} e la prossima lettera prima chiede a te.`,
      waysOn(reason, about),
    ),
  'reply-holds': ({ reason, note, scope, about }, say) =>
    tell(
      `${say(note)}: nessun’altra lettera ${scope === 'case' ? 'su questi soldi' : 'di questo tipo'} finché non decidi.`,
      waysOn(reason, about),
    ),
  'stands-still': ({ client, open, overdueDays, matter, days: waiting }, say) => {
    const { why, next } = standstill(matter, say);
    const since = waiting < 1 ? '' : `, da ${days(waiting)}`;
    return tell(
      `${sums(open)} di ${client || 'un cliente'}, scaduti da ${days(overdueDays)}, aspettano te: ${why}${since}.`,
      next,
    );
  },
  'money-waits': ({ client, open, because }, say) =>
    tell(
      `${sums(open)} di ${client.name} continuano ad aspettare: ${say(because)}.`,
      `Vedi: paletti clients show ${client.id}; per lasciar partire le lettere: paletti clients release ${client.id}`,
    ),
  'not-dunned': ({ client, fault }, say) =>
    tell(
      `I soldi scaduti di ${client.name || 'un cliente'} non si sono potuti trattare: ${say(fault)}.`,
      `paletti clients show ${client.id}`,
    ),
  'import-asks': ({ client, number, file, line, note }, say) =>
    tell(
      `I promemoria sulla fattura ${number} di ${client} aspettano: ${say(note)}.`,
      `Rispondi: paletti invoices import ${file} --yes --answer ${line}=same (già agli atti) oppure ${line}=second (un secondo)`,
    ),

  'mail-doubted': ({ client, because, times, subject, says, messageId }, say) => {
    const what = `«${subject}»${says === null ? '' : says === 'away' ? ', che dice di un’assenza' : ', che dice di un pagamento'}`;
    return tell(
      `La posta a nome di ${client.name} ${say(because)}: ${times === 1 ? what : `${times} volte, l’ultima ${what}`}. Nessuna lettera sui soldi aspetta per questo.`,
      `Leggila: paletti inbox show ${messageId}; se è davvero sua, ferma le lettere: paletti clients hold ${client.id}`,
    );
  },
  'false-report': ({ client, subject, to, because, times, messageId }, say) => {
    const what = `forse un falso avviso che «${subject}» a ${to} è tornata indietro: la posta ${say(because)}`;
    return tell(
      `${times === 1 ? capital(what) : `${times} volte ${what}`}. Nessuna lettera aspetta per questo.`,
      `Leggilo: paletti inbox show ${messageId}; se è vero: paletti clients edit ${client.id} --address …`,
    );
  },
  'client-writes': ({ client, text, isThreat, isEnded, times, messageId }) =>
    tell(
      `${client.name} scrive «${text}»${isEnded ? ', anche se il lavoro è concluso; non parte alcuna conferma' : ''}${times > 1 ? ` (finora ${times} volte)` : ''}.`,
      `Leggilo: paletti inbox show ${messageId}. ${isThreat ? 'Resta cortese, rispondi una volta sola e per iscritto; tutta' : 'Tutta'} la documentazione: paletti dossier ${client.id} --out dossier-${client.id}; un attacco altrove: paletti clients log ${client.id} attack …`,
    ),
  unjudged: ({ messageId, fault }, say) =>
    tell(`Il messaggio ${messageId} non si è potuto giudicare: ${say(fault)}.`, `paletti inbox show ${messageId}`),
  'in-junk': ({ client, subject, folder, messageId }) =>
    tell(
      `Un messaggio di ${client}, «${subject}», sta in «${folder}» e aspetta la tua risposta.`,
      `paletti inbox show ${messageId}; spostalo in INBOX nel tuo programma di posta`,
    ),
  'answer-due': ({ key, who, subject, messageId }) =>
    tell(`La risposta a ${who || 'qualcuno'} («${subject}») è ${due[key]}`, `paletti inbox show ${messageId}`),
  'answers-due': ({ key, who, waiting, subject }) =>
    tell(
      `Le risposte ${who === null ? 'a sconosciuti' : `a ${who}`} sono ${dueMany[key]}: aspettano ${waiting} messaggi, il primo «${subject}»`,
      'paletti inbox --unanswered',
    ),
  'question-unanswered': ({ client, days, question, requestId }) =>
    tell(
      `${client} non risponde alla tua domanda da ${several(days, 'giorno', 'giorni')}: «${question}»`,
      `Per contarla: paletti requests accept ${requestId}; per lasciarla: paletti requests drop ${requestId}`,
    ),
  'question-open-still': ({ client, days: waiting, question, requestId }) =>
    tell(
      `Una domanda a ${client || 'un cliente'} è senza risposta da ${days(waiting)}, e aspetta di diventare una richiesta: «${question}».`,
      `paletti requests accept ${requestId}, oppure drop ${requestId}`,
    ),
  'silence-goes-on': ({ client, requestId, text, dueOn, isLadderDone }) =>
    tell(
      `${client} non ha risposto a «${text}», attesa per ${onDay(dueOn)}, ${isLadderDone ? 'dopo tutti i solleciti' : 'e i solleciti sono spenti'}.`,
      `paletti requests list; quando ha risposto: paletti requests answered ${requestId}`,
    ),
  'request-failed': ({ requestId, fault }, say) =>
    tell(`La richiesta ${requestId} non si è potuta trattare: ${say(fault)}.`, 'paletti requests list'),

  'exit-proposed': ({ client, because, before }, say) => {
    const again =
      before.length === 0 ? '' : ` Era già stata proposta nell’ultimo anno (${listed(before.map((one) => day(one)))}).`;
    return tell(
      `Si propone di chiudere il lavoro per ${client.name}: ${say(because)}.${again}`,
      `paletti exit ${client.id} status; per accogliere la proposta: paletti exit ${client.id} propose; per lasciarla: paletti exit ${client.id} cancel`,
    );
  },
  'exit-cooling': ({ client, until, alone }) =>
    tell(
      `La chiusura con ${client.name} è in pausa di riflessione ${untilDay(until)}; ${alone ? 'poi la lettera di fine rapporto parte senza chiedere' : 'poi si apre la lista di controllo'}. Si può annullare.`,
      `paletti exit ${client.id} cancel`,
    ),
  'exit-checklist': ({ client }) =>
    tell(
      `La pausa di riflessione per la chiusura con ${client.name} è finita: la lista di controllo aspetta te.`,
      `paletti exit ${client.id} status`,
    ),
  'exit-waits-still': ({ client, state, days: waiting }) =>
    tell(
      `La chiusura con ${client.name || 'un cliente'} è stata proposta ${days(waiting)} fa, e ${state === 'proposed' ? 'nessuno l’ha accolta' : 'la sua lista di controllo aspetta te'}.`,
      `paletti exit ${client.id} status; per lasciarla: paletti exit ${client.id} cancel`,
    ),
  'exit-refused': ({ client, because }, say) =>
    tell(
      `La chiusura con ${client.name} non può andare da sola: ${because.map(say).join('; ')}.`,
      `paletti exit ${client.id} status`,
    ),
  'exit-woken': ({ client, because }, say) =>
    tell(
      `La chiusura con ${client.name} va avanti: ${say(because)}. È iniziata la pausa di riflessione.`,
      `paletti exit ${client.id} status; per lasciarla: paletti exit ${client.id} cancel`,
    ),
  'exit-left': ({ client }) =>
    tell(
      `La lettera che chiude il lavoro per ${client.name} è partita: il preavviso corre.`,
      `paletti exit ${client.id} status`,
    ),
  'exit-ended': ({ client }) => tell(`Il lavoro per ${client.name} è concluso.`, `paletti exit ${client.id} handover`),
  'line-crossed': ({ client, lines, advice }, say) =>
    tell(
      `Con ${client.name} un limite è superato: ${lines.map(({ sign, words }) => `${codes.sign(sign)} (${say(words)})`).join('; ')}.`,
      advice === null
        ? `Vedi: paletti clients show ${client.id}`
        : `Da valutare (${say(advice.why)}): ${advice.command}`,
    ),
  'lines-crossed-already': ({ clients, heaviest }) =>
    tell(
      `Con ${several(clients, 'cliente un limite è già superato', 'clienti un limite è già superato')}, più di tutti con ${heaviest}.`,
      'Vedi: paletti report',
    ),
  'lesson-again': ({ client, sign, lesson, taughtBy }) =>
    tell(
      `Il primo segnale di ${client.name} lo conosci da ${taughtBy}: ${codes.sign(sign)}. Che cosa hai imparato allora: ${lessons.said(lesson)}.`,
      `paletti clients show ${client.id}`,
    ),
  'exit-cancelled': ({ client, because }, say) => tell(`La chiusura con ${client.name} è annullata: ${say(because)}.`),
  'exit-failed': ({ exitId, fault }, say) => tell(`La chiusura ${exitId} non si è potuta trattare: ${say(fault)}.`),

  'file-asks': ({ name, because, next }, say) => tell(`${name} aspetta una tua parola: ${say(because)}.`, next),
  'file-lines-asked': ({ name, payments }) =>
    tell(`${name}: ${several(payments, 'incasso è', 'incassi sono')} da attribuire.`, 'paletti payments questions'),
  'file-warns': ({ name, warning }, say) => tell(`${name}: ${say(warning)}.`),
  'folder-unread': ({ path, fault }, say) =>
    tell(`La cartella ${path} non viene letta: ${say(fault)}.`, 'Correggi «watch.folders» in config.json.'),

  ends: ({ mailbox, what, of, on, days: left }) => {
    const subject = {
      password: `La password di ${mailbox}`,
      'sign-in': `L’accesso di ${mailbox} a ${of}`,
      certificate: `Il certificato ${of}, con cui si riconosce il server di ${mailbox},`,
    }[what];
    const when = left < 0 ? `è scaduta ${onDay(on)}` : `scade ${onDay(on)}`;
    const said = what === 'password' ? when : when.replace('scaduta', 'scaduto');
    return tell(
      `${subject} ${said}${left < 0 ? '' : `, ${left === 0 ? 'oggi' : `fra ${days(left)}`}`}.`,
      endingNext(what, mailbox),
    );
  },
  'no-sent': ({ mailbox }) =>
    tell(
      `La casella ${mailbox} non ha una cartella della posta inviata: le risposte che dai altrove non si possono vedere.`,
      'Indica la cartella in config.json: mailboxes[].sent',
    ),
  'received-ahead': ({ messageId, at }) =>
    tell(
      `Il messaggio ${messageId} è stato ricevuto il ${moment(at)} secondo il server, un momento che deve ancora venire: vale come ricevuto adesso.`,
      `Controlla che l’orologio di questo computer sia giusto; poi: paletti inbox show ${messageId}`,
    ),
  'login-refused': ({ mailbox, how, fault }, say) =>
    tell(
      `Il server ha rifiutato l’accesso per ${how === 'reading' ? 'leggere' : 'inviare da'} ${mailbox}: ${say(fault)}.`,
      'Controlla la password: paletti doctor',
    ),
  'own-mail-stays': ({ subject, because }, say) => {
    const next: Partial<Record<typeof because.code, string>> = {
      'own-mail-unsure': 'È arrivato? Allora cancellalo dalla cartella; altrimenti toglilo e rimettilo',
      'own-mail-partly': 'Riscrivi a loro, quando gli indirizzi saranno giusti',
      'own-mail-stands-in-sent': 'Cancellalo dalla cartella, o rispediscilo dal tuo programma di posta',
    };
    return tell(
      `Il tuo messaggio «${subject}»: ${say(because)}.`,
      next[because.code] ?? 'Toglilo dalla cartella, correggilo e rimettilo. Vedi: paletti outbox own',
    );
  },
  unmarked: ({ mailbox }) =>
    tell(
      `Il server di posta non lascia mettere a Paletti un biglietto nella casella ${mailbox} (la cartella «Paletti»): due copie di Paletti che inviano nello stesso momento non si vedrebbero.`,
      'Usa Paletti su un solo computer, o crea la cartella «Paletti» nel tuo programma di posta',
    ),
  'another-paletti': ({ because }, say) =>
    tell(
      `Da qui non parte nulla: ${say(because)}.`,
      'Ferma l’altro. Per inviare invece da questo computer: paletti resume',
    ),
  'foreign-letter': ({ because }, say) =>
    tell(
      `${capital(say(because))}. Nulla parte finché non decidi.`,
      'Assicurati che ci sia un solo Paletti in funzione, leggi `paletti outbox`, poi `paletti resume`',
    ),
  'older-database': ({ because }, say) =>
    tell(
      `Nulla parte finché non decidi: ${say(because)}.`,
      'Inserisci ciò che manca, confronta `paletti outbox` con la posta inviata, poi: paletti resume',
    ),
};
