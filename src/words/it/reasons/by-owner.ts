/** Italian: what the owner did, said or let be read. */
import type { OwnerReason, TermField } from '../../../rules/by-owner.ts';
import type { ForgetReason } from '../../../rules/forgetting.ts';
import type { Reason } from '../../../rules/reason.ts';
import { type SentencesOf, type Say, seenWords } from '../../parts/reasons.ts';
import { ofDay, on as onDay, several, since, sum } from '../grammar.ts';
import { names, signNames } from '../names.ts';
import { codes } from '../terminal/codes.ts';
import { lessons } from '../terminal/lessons.ts';

const tones = { formal: 'con il Lei', informal: 'con il tu' } as const;
const tongues = { it: 'italiano', en: 'inglese' } as const;
const works = { active: 'in corso', paused: 'sospeso', ended: 'concluso' } as const;
const logged = {
  call: 'telefonata annotata',
  meeting: 'incontro annotato',
  chat: 'chat annotata',
  note: 'nota annotata',
  work: 'lavoro annotato',
  delivery: 'consegna annotata',
  lunch: 'pranzo annotato',
  dinner: 'cena annotata',
  price: 'discorso di prezzo annotato',
  attack: 'attacco annotato',
} as const;

const terms: Readonly<Record<TermField, string>> = {
  contractSignedOn: 'il giorno della firma del contratto',
  contractNone: 'il fatto che non c’è contratto',
  scope: 'che cosa è compreso',
  revisionsIncluded: 'i giri di modifiche',
  rateCents: 'la tariffa',
  rateUnit: 'l’unità della tariffa',
  currency: 'la valuta',
  noticeDays: 'il preavviso',
  pauseClause: 'la clausola di sospensione',
  exitClause: 'la clausola di recesso',
  workPrepaidUntil: 'fino a quando il lavoro è pagato in anticipo',
  startedOn: 'il giorno di inizio',
  niche: 'il settore',
  ladder: 'la scala delle lettere',
  paymentTerms: 'i termini di pagamento',
};

/** ': perché' or nothing */
function noted(note: Reason | null, say: Say): string {
  return note === null ? '' : `: ${say(note)}`;
}

export const forgetting: SentencesOf<ForgetReason> = {
  'letter-on-its-way': ({ id, state }) => `la lettera ${id} è ${names.letterStates[state]}`,
  'exit-is-running': () => 'è in corso una chiusura',
  'sum-is-owed': (reason) => `restano da incassare ${sum(reason.sum)}`,
};

export const byOwner: SentencesOf<OwnerReason> = {
  'you-approved': () => 'l’hai approvata tu',
  'you-edited': () => 'l’hai modificata tu: aspetta la tua approvazione',
  'you-dropped': () => 'l’hai scartata tu',
  'you-restored': () => 'l’hai ripresa tu: aspetta la tua approvazione',
  'you-retry': () => 'si riprova, come hai chiesto tu',
  'you-decline': ({ messageId }) => `l’hai chiesta tu: al messaggio ${messageId} si risponde di no`,
  'you-work-again': () => 'riprendi tu il lavoro',
  'you-set-work': ({ state }) => `hai detto tu che il lavoro è ${works[state]}`,
  'became-one': () => 'due clienti sono diventati uno: viene riscritta per entrambi',
  'erased-on-request': () => 'cancellata su richiesta',
  'person-asked': () => 'l’ha chiesto la persona',
  'you-paused': ({ until, note }, say) =>
    `in pausa per tua decisione${until === null ? '' : ` fino a ${until}`}${noted(note, say)}`,
  'you-resumed': () => 'hai fatto ripartire gli invii',

  'you-say-answered': () => 'dici che ha avuto risposta',
  'you-say-none-needed': () => 'dici che non serve una risposta',
  'you-asked': () => 'l’hai chiesto tu',
  'you-took-up': () => 'hai accolto la proposta',

  'you-entered': () => 'inserito da te',
  'you-ticked': ({ received, sent }) =>
    `proposto dalla posta (${several(received, 'messaggio ricevuto', 'messaggi ricevuti')}, ${several(sent, 'inviato', 'inviati')}), scelto da te`,
  'you-changed': () => 'modificato da te',
  imported: () => 'letto da un file',
  'buyer-of-invoice': () => 'è il cliente di una fattura letta',
  'named-in-invoices': () => 'indicato in un file di fatture',
  'changed-by-import': () => 'modificato da un’importazione',
  'address-to-other': () => 'l’indirizzo è passato a un altro cliente, con un’importazione',
  'you-changed-terms': ({ fields }) => `hai cambiato gli accordi: ${fields.map((field) => terms[field]).join(', ')}`,
  'you-marked': ({ mark, note }) => `segno messo da te: ${signNames[mark]}${note === '' ? '' : ` (${note})`}`,
  'you-unmarked': ({ mark }) => `segno tolto da te: ${signNames[mark]}`,
  'project-is': (reason) =>
    `il progetto «${reason.project}» è ${works[reason.state]} ${since(reason.on)}, come hai detto tu`,
  'you-logged': ({ kind, outside }, say) =>
    `${logged[kind]} da te${outside === null ? '' : `, fuori orario: ${say(outside)}`}`,
  'dossier-made': () => 'hai preparato un fascicolo',
  'became-client': ({ into, note }, say) => `d’ora in poi è il cliente ${into}, come hai detto tu${noted(note, say)}`,
  'took-client-in': ({ from, note }, say) =>
    `il cliente ${from} è diventato questo, come hai detto tu${noted(note, say)}`,
  'you-changed-settings': ({ fields }) => `modificate da te: ${fields.join(', ')}`,
  'you-put-settings-back': ({ fields }) => `hai rimesso le impostazioni di prima: ${fields.join(', ')}`,
  'you-saved-wording': ({ letter, language, tone }) =>
    `hai salvato parole tue: ${names.letters[letter]}, in ${tongues[language]}, ${tones[tone]}`,
  'you-dropped-wording': ({ letter, language, tone }) =>
    `tornano le parole del programma: ${names.letters[letter]}, in ${tongues[language]}, ${tones[tone]}`,

  'you-proposed-exit': ({ reason, words }) => `proposta da te: ${words === '' ? codes.exitReason(reason) : words}`,
  'you-took-exit-up': () => 'hai accolto la proposta: comincia la pausa di riflessione',
  'you-checked': ({ item, note, undone }, say) =>
    `${codes.exitCheck(item)}: ${undone ? 'di nuovo da fare' : 'fatto'}${note === '' ? '' : `; ${seenWords(note, say)}`}`,
  'you-approved-by-name': () => 'l’hai approvata tu, scrivendo il nome del cliente',
  'exit-was-approved': ({ exitId }) => `la sua chiusura (${exitId}) è stata approvata`,
  'you-took-approval-back': () => 'hai ritirato l’approvazione',
  'exit-approval-back': ({ exitId }) => `l’approvazione della sua chiusura (${exitId}) è stata ritirata`,
  'you-cancelled': () => 'l’hai annullata tu',
  'you-ended-exit': () => 'conclusa da te: il preavviso è finito',
  'milestone-reached': (reason) => `il traguardo è stato raggiunto ${onDay(reason.on)}`,
  'you-learned': ({ lesson }) => `hai imparato: ${lessons.said(lesson)}`,
  'you-dropped-lesson': () => 'hai tolto ciò che avevi imparato',

  'you-asked-for-it': () => 'l’hai chiesta tu',
  'how-you-work': () => 'come lavori, per un cliente che comincia',
  'you-ask-price': ({ rate }) =>
    `l’hai chiesta tu; ${rate === null ? 'nessuna tariffa agli atti' : `oggi ${sum(rate)} per ${codes.rateUnit(rate.unit)}`}`,
  'chats-by': ({ chats, channel, days }) =>
    `${several(chats, 'messaggio', 'messaggi')} via ${channel} in ${several(days, 'giorno', 'giorni')}`,
  'questions-waited': ({ questions, days }) =>
    `${several(questions, 'domanda ha aspettato', 'domande hanno aspettato')}, in tutto ${several(days, 'giorno', 'giorni')}`,
  'came-outside': ({ outside, messages, days }) =>
    `${several(outside, 'messaggio', 'messaggi')} su ${messages} fuori orario in ${several(days, 'giorno', 'giorni')}`,
  'revisions-agreed': ({ revisions }) =>
    `l’hai chiesta tu; ${several(revisions, 'revisione concordata', 'revisioni concordate')}`,
  'message-says': ({ messageId, on, quote }) => `messaggio ${messageId} ${ofDay(on)}: «${quote}»`,
  'no-contract-on-record': () => 'agli atti non c’è un contratto firmato',

  'no-book': () => 'non è una fattura né un file della banca',
  'file-too-big': ({ megabytes, most }) => `pesa ${megabytes} MB: se ne leggono al massimo ${most}`,
  'file-unreadable': ({ fault }) => `non si può leggere (${fault})`,
  'file-gone': () => 'il file non c’è più',
  'file-waits': ({ name, because }, say) => `${name}: ${say(because)}`,
  'file-taken': ({ path, what }, say) => `${say(what)}, da ${path}`,
  'took-bank-lines': ({ lines }) => several(lines, 'nuovo movimento della banca', 'nuovi movimenti della banca'),
  'took-invoices': ({ added, credits, leftOut }) =>
    [
      several(added, 'nuova fattura', 'nuove fatture'),
      ...(credits > 0 ? [several(credits, 'nota di credito', 'note di credito')] : []),
      ...(leftOut > 0 ? [several(leftOut, 'tralasciata', 'tralasciate')] : []),
    ].join(', '),
  'took-table': ({ added, changed }) =>
    `${several(added, 'nuova fattura', 'nuove fatture')}, ${several(changed, 'cambiata', 'cambiate')}`,
  'document-asks': ({ number, client, because, more }, say) => {
    const who = `${number === null ? '' : `fattura ${number}`}${client === null ? '' : ` di ${client}`}`.trim();
    const others = more > 0 ? `, e ${several(more, 'altro documento', 'altri documenti')}` : '';
    return `${who}: ${because.map(say).join('; ')}${others}`;
  },
  'would-be-void': () => 'verrebbe annullata: il sistema di interscambio l’ha scartata',
  'row-asks': ({ line, question, more }, say) =>
    `riga ${line}: ${say(question)}${more > 0 ? ` (e ${several(more, 'altra domanda', 'altre domande')})` : ''}`,
};
