/** English: what the owner did, said or let be read. */
import type { OwnerReason, TermField } from '../../../rules/by-owner.ts';
import type { Reason } from '../../../rules/reason.ts';
import type { SentencesOf, Say } from '../../parts/reasons.ts';
import { day } from '../grammar.ts';
import { names } from '../names.ts';

const tones = { formal: 'formal', informal: 'informal' } as const;
const tongues = { it: 'Italian', en: 'English' } as const;

const terms: Readonly<Record<TermField, string>> = {
  contractSignedOn: 'the day the contract was signed',
  contractNone: 'that there is no contract',
  scope: 'the scope',
  revisionsIncluded: 'the rounds of changes',
  rateCents: 'the rate',
  rateUnit: 'the unit of the rate',
  currency: 'the currency',
  noticeDays: 'the notice',
  pauseClause: 'the clause of a pause',
  exitClause: 'the clause of an end',
  workPrepaidUntil: 'until when the work is paid ahead',
  startedOn: 'the day of the beginning',
  niche: 'the field',
  ladder: 'the ladder of letters',
  paymentTerms: 'the terms of payment',
};

/** ': because' or nothing */
function noted(note: Reason | null, say: Say): string {
  return note === null ? '' : `: ${say(note)}`;
}

export const byOwner: SentencesOf<OwnerReason> = {
  'you-approved': () => 'approved by the owner',
  'you-edited': () => 'edited by the owner; it waits for approval',
  'you-dropped': () => 'dropped by the owner',
  'you-restored': () => 'taken back by the owner; it waits for approval',
  'you-retry': () => 'to be tried again, by the owner',
  'you-decline': ({ messageId }) => `asked for by the owner: message ${messageId} is declined`,
  'you-work-again': () => 'you take up the work again',
  'you-set-work': ({ state }) => `the work is ${state} by the owner's word`,
  'became-one': () => 'two clients became one: it is written anew of both',
  'erased-on-request': () => 'erased on request',
  'person-asked': () => 'asked by the person',
  'you-paused': ({ until, note }, say) =>
    `paused by the owner${until === null ? '' : ` until ${until}`}${noted(note, say)}`,
  'you-resumed': () => 'resumed by the owner',

  'you-say-answered': () => 'the owner says that it is answered',
  'you-say-none-needed': () => 'the owner says that it needs no answer',
  'you-asked': () => 'asked by the owner',
  'you-took-up': () => 'the owner took the proposal up',

  'you-entered': () => 'entered by the owner',
  'you-changed': () => 'changed by the owner',
  imported: () => 'read from a file',
  'buyer-of-invoice': () => 'the buyer of an invoice that was read',
  'named-in-invoices': () => 'named in a file of invoices',
  'changed-by-import': () => 'changed by an import',
  'address-to-other': () => 'the address went to another client, by an import',
  'you-changed-terms': ({ fields }) =>
    `the owner changed what was agreed: ${fields.map((field) => terms[field]).join(', ')}`,
  'you-marked': ({ mark, note }) => `marked by the owner: ${mark}${note === '' ? '' : ` (${note})`}`,
  'you-unmarked': ({ mark }) => `unmarked by the owner: ${mark}`,
  'project-is': ({ project, state, on }) => `project "${project}" is ${state} as of ${day(on)}, by the owner's word`,
  'you-logged': ({ kind, outside }, say) =>
    `${kind} logged by the owner${outside === null ? '' : `, outside the hours: ${say(outside)}`}`,
  'dossier-made': () => 'a dossier was made by the owner',
  'became-client': ({ into, note }, say) => `is the client ${into} from now on, by the owner's word${noted(note, say)}`,
  'took-client-in': ({ from, note }, say) => `client ${from} became this one, by the owner's word${noted(note, say)}`,
  'you-changed-settings': ({ fields }) => `changed by the owner: ${fields.join(', ')}`,
  'you-put-settings-back': ({ fields }) => `the configuration before was put back by the owner: ${fields.join(', ')}`,
  'you-saved-wording': ({ letter, language, tone }) =>
    `the owner's own words were saved: ${names.letters[letter]}, ${tongues[language]}, ${tones[tone]}`,
  'you-dropped-wording': ({ letter, language, tone }) =>
    `the words of the program are used again: ${names.letters[letter]}, ${tongues[language]}, ${tones[tone]}`,
};
