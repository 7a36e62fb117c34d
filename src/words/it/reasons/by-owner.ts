/** Italian: what the owner did, said or let be read. */
import type { OwnerReason, TermField } from '../../../rules/by-owner.ts';
import type { Reason } from '../../../rules/reason.ts';
import type { SentencesOf, Say } from '../../parts/reasons.ts';
import { since } from '../grammar.ts';
import { names, signNames } from '../names.ts';

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
  'you-resumed': () => 'ripresi da te',

  'you-say-answered': () => 'dici che ha avuto risposta',
  'you-say-none-needed': () => 'dici che non serve una risposta',
  'you-asked': () => 'l’hai chiesto tu',
  'you-took-up': () => 'hai accolto la proposta',

  'you-entered': () => 'inserito da te',
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
};
