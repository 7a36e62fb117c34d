/** Italian: what warning signs saw, and why one step is to be considered. */
import type { AdviceReason, CloseAndLate } from '../../../rules/advice.ts';
import type { SentencesOf } from '../../parts/reasons.ts';
import { clockHour, joined, share } from '../../pieces.ts';
import { hours, on, several, since, sum, sums } from '../grammar.ts';
import { markNames, signNames } from '../names.ts';
import { exitStates } from './exits.ts';

const each = { hour: 'l’ora', message: 'a messaggio' } as const;
const messages = (amount: number) => several(amount, 'messaggio', 'messaggi');
const days = (amount: number) => several(amount, 'giorno', 'giorni');

export const signs: SentencesOf<AdviceReason | CloseAndLate> = {
  'too-few': ({ shown }, say) => `${say(shown)}: troppo poco per dirlo`,
  'marked-by-you': ({ mark, note }) => `segnato da te: ${markNames[mark]}${note === '' ? '' : ` (${note})`}`,
  'shows-no-contract': ({ invoices, since: from }) =>
    invoices === null
      ? `niente contratto, come hai detto tu, e lavoro ${since(from)}`
      : `nessun contratto agli atti, e ${since(from)} lavoro e ${several(invoices, 'fattura', 'fatture')}`,
  'shows-refuses-contract': (shown) =>
    several(shown.messages, 'messaggio mette da parte il contratto', 'messaggi mettono da parte il contratto'),
  'shows-out-of-hours': ({ out, contacts, most }) =>
    `${out} su ${several(contacts, 'contatto', 'contatti')} (${share(out, contacts)}) fuori orario${most === null ? '' : `, perlopiù tra le ${clockHour(most)} e le ${clockHour(most + 1)}`}`,
  'shows-pressure': (shown) =>
    `${joined(', ', [
      shown.urgent > 0 && `${messages(shown.urgent)} con parole di urgenza o una scadenza in giornata`,
      shown.again > 0 &&
        `${several(shown.again, 'messaggio riscritto', 'messaggi riscritti')} prima che scadesse la risposta`,
    ])}, su ${shown.messages}`,
  'shows-silence': ({ requests, open, medianDays, longestDays }) =>
    `${several(requests, 'richiesta', 'richieste')}, ${open} ancora senza risposta; di solito risponde in ${days(medianDays)}, la volta più lunga in ${days(longestDays)}`,
  'shows-scope-creep': ({ requests, hasScope, changes }) =>
    joined('; ', [
      requests > 0 &&
        `${several(requests, 'richiesta', 'richieste')} in più, ${hasScope ? 'che nessuna voce di quanto pattuito comprende' : 'e agli atti non c’è che cosa è compreso'}`,
      changes !== null &&
        `${several(changes.messages, 'messaggio chiede', 'messaggi chiedono')} modifiche, ${several(changes.included, 'è compresa', 'sono comprese')}`,
    ]),
  'shows-indecision': (shown) =>
    `${several(shown.rounds, 'giro', 'giri')} di modifiche in ${days(shown.days)}, e nessuna decisione`,
  'shows-wasted-time': ({ talkMinutes, minutes }) =>
    `${hours(talkMinutes)} su ${hours(minutes)} annotate (${share(talkMinutes, minutes)}) sono telefonate, incontri e chat`,
  'shows-control': (shown) =>
    joined('; ', [
      shown.perPiece !== null && `${messages(shown.perPiece)} per ognuno dei ${shown.pieces} lavori consegnati`,
      shown.messages > 0 &&
        several(
          shown.messages,
          'messaggio in cui vuole approvare o essere sentito prima',
          'messaggi in cui vuole approvare o essere sentito prima',
        ),
    ]),
  'shows-low-pay': (shown) =>
    `${sum(shown.own)} ${each[shown.each]}, contro i ${sum(shown.usual)} che portano di solito ${several(shown.others, 'altro cliente', 'altri clienti')}`,
  'shows-refuses-price': ({ messages: said, logged }) =>
    joined('; ', [
      said > 0 &&
        several(said, 'messaggio rifiuta un prezzo o un aumento', 'messaggi rifiutano un prezzo o un aumento'),
      logged > 0 && `rifiutato ${several(logged, 'volta', 'volte')}, come hai annotato`,
    ]),
  'shows-late-pay': ({ medianDays, dueDates }) =>
    `di solito ${days(medianDays)} di ritardo, su ${several(dueDates, 'scadenza', 'scadenze')}`,
  'shows-pays-later': ({ messages: said, daysLate }) =>
    joined('; ', [
      said > 0 &&
        several(
          said,
          'messaggio rimanda il pagamento mentre si continua a lavorare',
          'messaggi rimandano il pagamento mentre si continua a lavorare',
        ),
      daysLate.length > 0 && `paga ogni volta più tardi (${daysLate.join(', ')} giorni di ritardo)`,
    ]),
  'shows-no-pay': ({ unpaid, longestDays, writtenOff }) =>
    joined('; ', [
      unpaid.length > 0 && `${sums(unpaid)} non pagati, i più vecchi da ${days(longestDays)}`,
      writtenOff > 0 && several(writtenOff, 'fattura data per persa', 'fatture date per perse'),
    ]),
  'shows-threat': ({ messages: said, logged }) =>
    joined('; ', [
      said > 0 && `${messages(said)} con parole di minaccia`,
      logged > 0 && several(logged, 'attacco annotato da te', 'attacchi annotati da te'),
    ]),
  'shows-closeness': ({ messages: said, meals }) =>
    joined('; ', [
      said > 0 && several(said, 'messaggio va oltre il lavoro', 'messaggi vanno oltre il lavoro'),
      meals > 0 && `${several(meals, 'pasto', 'pasti')} insieme`,
    ]),
  'shows-untraceable-channel': ({ chats, via }) =>
    `${several(chats, 'chat', 'chat')}${via.length === 0 ? '' : ` (${via.join(', ')})`} dove si era d’accordo per la posta`,
  'shows-own-hours': ({ late, done }) =>
    `${late} su ${several(done, 'tuo messaggio o lavoro', 'tuoi messaggi e lavori')} (${share(late, done)}) fuori orario`,

  'exit-under-way': ({ state }) => `una chiusura è già avviata: ${exitStates[state]}`,
  'threat-seen': ({ seen }, say) => `${say(seen)}: resta cortese, e tieni pronto il fascicolo`,
  'work-has-ended': () => 'il rapporto è concluso',
  'would-suit-others': ({ seen }, say) => `${say(seen)}: indica qualcuno a cui va bene, con --referral`,
  'paused-and-seen': ({ seen }, say) => `le attività sono sospese, e intanto ${say(seen)}`,
  'advance-agreed-and-seen': ({ seen }, say) => `avete pattuito il pagamento anticipato, eppure ${say(seen)}`,
  'was-it-a-no': ({ seen }, say) => `${say(seen)}; se era un no, annotalo`,
  'goes-on-in-spite': ({ seen }, say) => `lo hai già messo per iscritto, e continua: ${say(seen)}`,
  'asked-and-still': ({ seen }, say) => `lo hai chiesto per iscritto, eppure ${say(seen)}`,
  'signs-weigh-little': ({ weight }) =>
    weight === null ? 'nessun segnale pesa' : `i segnali pesano ${String(weight).replace('.', ',')}, che è poco`,
  'weighs-most': ({ sign, seen }, say) => `pesa più di tutto: ${signNames[sign]} (${say(seen)})`,
  'wrote-and-quiet-since': (reason) => `ne hai scritto ${on(reason.on)}, e da allora nulla mostra che continui`,
  'no-step-would-help': () => 'nulla che un passo possa cambiare',
  'close-and-late': ({ near, owing }, say) =>
    `troppa confidenza e pagamenti in ritardo: ${say(near)}; ${say(owing)}. A un amico i soldi si chiedono peggio`,
};
