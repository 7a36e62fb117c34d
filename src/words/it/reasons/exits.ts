/** Italian: what is said of an exit on its way: the checklist, what is worth knowing, why something may not be done now. */
import type { ExitState } from '../../../rules/exit.ts';
import type { ExitCheck, ExitRemark } from '../../../rules/exit-remarks.ts';
import type { Sum } from '../../../rules/money.ts';
import type { SentencesOf } from '../../parts/reasons.ts';
import { codes } from '../terminal/codes.ts';
import { joined } from '../../pieces.ts';
import { day, listed, ofDay, on, several, since, sums, until, withArticle } from '../grammar.ts';

export const exitStates: Readonly<Record<ExitState, string>> = {
  proposed: 'proposta',
  cooling: 'in pausa di riflessione',
  checklist: 'alla lista di controllo',
  approved: 'approvata',
  'notice-sent': 'con la disdetta inviata',
  'notice-running': 'con il preavviso in corso',
  ended: 'conclusa',
  cancelled: 'annullata',
};

export const checks: Readonly<Record<ExitCheck, string>> = {
  'contract-read': 'Hai riletto il contratto, o le carte che dicono che cosa è pattuito?',
  'duties-met': 'Hai fatto la tua parte?',
  'prepaid-delivered': 'Il lavoro pagato in anticipo è consegnato?',
  'owed-weighed': 'Hai pesato che cosa resta da incassare, e se conviene aspettarlo?',
  talked: 'Ne hai parlato col cliente, a voce?',
};

interface Owed {
  open: readonly Sum[];
  disputed: readonly Sum[];
}

function owedWords({ open, disputed }: Owed): string {
  return joined(', ', [
    open.length > 0 && `${sums(open)} da incassare`,
    disputed.length > 0 && `${sums(disputed)} in contestazione`,
  ]);
}

const days = (amount: number) => several(amount, 'giorno', 'giorni');

function paidWhen(daysLate: number): string {
  if (daysLate === 0) return 'in giornata';
  return daysLate > 0 ? `${days(daysLate)} dopo` : `${days(-daysLate)} prima`;
}

const talks: Readonly<Record<string, string>> = { call: 'telefonata', meeting: 'incontro' };

export const exits: SentencesOf<ExitRemark> = {
  'contract-on-record': ({ signedOn, noticeDays }) =>
    signedOn === null
      ? 'agli atti nessun contratto: rileggi il preventivo e le mail che dicono che cosa è compreso'
      : `contratto ${ofDay(signedOn)}, ${noticeDays === null ? 'nessun preavviso pattuito' : `${days(noticeDays)} di preavviso`}`,
  'duties-on-record': ({ owedSince, toAnswer }) =>
    owedSince === null
      ? `nessuna tua risposta è in ritardo${toAnswer === 0 ? '' : `; ${several(toAnswer, 'messaggio', 'messaggi')} a cui rispondere`}`
      : `il cliente aspetta una tua risposta ${since(owedSince)}`,
  'prepaid-on-record': ({ undelivered, until: paidUntil, deliveredOn }) => {
    if (undelivered.length > 0)
      return `pagato in anticipo, e da allora nulla consegnato: ${undelivered.map((one) => `${one.number} (pagata ${on(one.on)})`).join(', ')}`;
    if (paidUntil === null) return 'agli atti nulla di pagato in anticipo';
    return `il lavoro è pagato ${until(paidUntil)}; ${deliveredOn === null ? 'nessuna consegna annotata' : `ultima consegna ${on(deliveredOn)}`}`;
  },
  'owed-on-record': (owed) => owedWords(owed) || 'nulla da incassare',
  'talk-on-record': ({ talk }) =>
    talk === null ? 'nessuna telefonata o incontro annotato' : `${talks[talk.kind] ?? talk.kind} ${ofDay(talk.on)}`,
  'entry-is-no-talk': ({ entry }) =>
    `la voce ${entry} non è una telefonata o un incontro delle due settimane prima della proposta`,

  'thought-of-before': (reason) =>
    `era già stata proposta nell’ultimo anno (${reason.on.map(day).join(', ')}): ci stai ripensando; ascolta il tuo istinto`,
  'exits-in-a-year': (reason) =>
    `in un anno è la ${reason.exits}ª chiusura proposta: guarda chi accetti come cliente (paletti clients intake CLIENTE)`,
  'paid-ahead-until': (reason) => `il cliente ha pagato in anticipo ${until(reason.until)}: consegna, o restituisci`,
  'client-waits-for-you': () => 'il cliente aspetta una tua risposta',
  'work-unbilled': () => 'c’è lavoro annotato dopo l’ultima fattura: fatturalo; la lettera dice che lo farai',
  'needs-just-cause': () =>
    'agli atti non c’è una clausola di recesso: in Italia il professionista può recedere solo per giusta causa (art. 2237 c.c.), e in modo da evitare pregiudizio al cliente; falla leggere a un avvocato, o accordatevi sulla fine',
  'other-currencies-overdue': ({ currencies }) =>
    `ci sono soldi scaduti anche in ${listed(currencies)}; la lettera nomina una valuta sola`,

  'exit-not-taken-up': () => 'nessuno ha ancora accolto la proposta: la pausa di riflessione non è cominciata',
  'exit-still-cools': (reason) => `la pausa di riflessione dura ${until(reason.until)}`,
  'exit-is-cancelled': () => 'questa chiusura è stata annullata',
  'exit-is-already': ({ state }) => `questa chiusura è già ${exitStates[state]}`,
  'check-is-open': ({ item, note }, say) => `${codes.exitCheck(item)} non è spuntato: ${checks[item]} (${say(note)})`,
  'name-not-as-it-stands': ({ name }) => `scrivi il nome del cliente com’è agli atti: ${name}`,
  'milestone-not-said': () => 'di’ quale traguardo conclude il preavviso',
  'milestone-too-soon': ({ by, agreedDays }) =>
    `${withArticle('il', day(by))} è prima dei ${days(agreedDays)} di preavviso pattuiti`,
  'notice-not-whole-days': (reason) => `il preavviso va in giorni interi, non ${reason.days}`,
  'notice-too-short': (reason) => `il contratto chiede ${days(reason.agreedDays)} di preavviso, non ${reason.days}`,
  'exit-ended-already': () => 'questa chiusura è già conclusa',
  'no-notice-was-given': () => 'non è stata data alcuna disdetta; semmai annulla la chiusura',
  'milestone-not-reached': () => 'il traguardo che conclude il preavviso non è raggiunto',
  'notice-still-runs': (reason) => `il preavviso corre ${until(reason.until)}`,
  'exit-letter-left': () => 'la lettera è partita; parlane col cliente',
  'exit-letter-leaving': ({ state }) =>
    `la lettera ${state === 'sending' ? 'sta partendo' : 'forse è partita'}; prima chiarisci se è arrivata`,

  'reason-is-empty': () => 'di’ il motivo in una frase',
  'reason-is-a-list': () => 'un motivo solo, in una frase, non un elenco',
  'reason-too-long': ({ longest }) => `il motivo supera i ${longest} caratteri; accorcialo`,
  'reason-unreadable': () => 'il motivo non ha parole che si possano leggere',
  'reason-names-a-sign': ({ text }) => `«${text}» è il nome di un segnale, non una frase per un cliente`,
  'reason-unknown': ({ text, meant }) =>
    `«${text}» non è un motivo conosciuto${meant === null ? ', e una parola sola non fa una frase' : `; intendevi ${meant}?`}`,
  'not-what-the-record-shows': ({ reason, because }, say) =>
    `agli atti non risulta «${codes.exitReason(reason)}»: ${say(because)}`,
  'contract-is-signed': (reason) => `c’è un contratto ${ofDay(reason.on)}`,
  'nothing-is-overdue': () => 'nulla è scaduto',
  'paid-in-time': ({ settled }) => {
    if (settled.length === 0) return 'nulla è scaduto, e nessuna scadenza è ancora passata';
    const late = settled.filter(({ daysLate }) => daysLate > 0).length;
    const each = settled.map(({ number, daysLate }) => `${number}: ${paidWhen(daysLate)}`).join(', ');
    return `nulla è scaduto, e su ${several(settled.length, 'scadenza', 'scadenze')} ${several(late, 'pagata', 'pagate')} in ritardo (${each})`;
  },
  'hours-are-kept': ({ messages, messagesOutOfHours, contacts, contactsOutOfHours }) =>
    `su ${several(messages, 'messaggio', 'messaggi')} ${messagesOutOfHours} fuori dagli orari di contatto${contacts === 0 ? '' : `, e su ${several(contacts, 'contatto annotato', 'contatti annotati')} ${contactsOutOfHours}`}`,
  'signs-are-silent': ({ seen }, say) => (seen.length === 0 ? 'nulla del genere' : seen.map(say).join('; ')),

  'account-settled': () => 'i conti sono saldati',
  'handover-released': (owed) => `dato da te il via libera, con ${owedWords(owed)}`,
};
