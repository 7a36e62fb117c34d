/** English: what the owner did, said or let be read. */
import type { OwnerReason, TermField } from '../../../rules/by-owner.ts';
import type { ForgetReason } from '../../../rules/forgetting.ts';
import type { Reason } from '../../../rules/reason.ts';
import { type SentencesOf, type Say, seenWords } from '../../parts/reasons.ts';
import { day, several, sum } from '../grammar.ts';
import { names } from '../names.ts';
import { lessons } from '../terminal/lessons.ts';

const tones = { formal: 'formal', informal: 'informal' } as const;
const units = { hour: 'an hour', day: 'a day', project: 'a project' } as const;
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

const leaving = { queued: 'queued', sending: 'sending', unsure: 'unsure' } as const;

export const forgetting: SentencesOf<ForgetReason> = {
  'letter-on-its-way': ({ id, state }) => `letter ${id} is ${leaving[state]}`,
  'exit-is-running': () => 'an exit is running',
  'sum-is-owed': (reason) => `${sum(reason.sum)} is owed`,
};

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
  'you-ticked': ({ received, sent }) =>
    `proposed from the mailbox (${several(received, 'mail', 'mails')} from there, ${sent} to it), ticked by the owner`,
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

  'you-proposed-exit': ({ reason, words }) => `proposed by the owner: ${words === '' ? reason : words}`,
  'you-took-exit-up': () => 'the owner took the proposal up; the cooling-off begins',
  'you-checked': ({ item, note, undone }, say) =>
    `${item}: ${undone ? 'open again' : 'done'}${note === '' ? '' : `; ${seenWords(note, say)}`}`,
  'you-approved-by-name': () => "approved by the owner, by typing the client's name",
  'exit-was-approved': ({ exitId }) => `its exit (${exitId}) was approved`,
  'you-took-approval-back': () => 'the owner took the approval back',
  'exit-approval-back': ({ exitId }) => `the approval of its exit (${exitId}) was taken back`,
  'you-cancelled': () => 'cancelled by the owner',
  'you-ended-exit': () => 'ended by the owner; the notice has run',
  'milestone-reached': (reason) => `the milestone was reached on ${day(reason.on)}`,
  'you-learned': ({ lesson }) => `the owner learned: ${lessons.said(lesson)}`,
  'you-dropped-lesson': () => 'the owner dropped what she had learned',

  'you-asked-for-it': () => 'asked for by the owner',
  'how-you-work': () => 'how you work, for a client who begins',
  'you-ask-price': ({ rate }) =>
    `asked for by the owner; ${rate === null ? 'no rate is on record' : `now ${sum(rate)} ${units[rate.unit]}`}`,
  'chats-by': ({ chats, channel, days }) => `${several(chats, 'chat')} by ${channel} in ${days} days`,
  'questions-waited': ({ questions, days }) =>
    `${several(questions, 'question')} waited, ${several(days, 'day')} in all`,
  'came-outside': ({ outside, messages, days }) =>
    `${outside} of ${several(messages, 'message')} in ${days} days came outside contact hours`,
  'revisions-agreed': ({ revisions }) => `asked for by the owner; ${several(revisions, 'revision')} agreed`,
  'message-says': ({ messageId, on, quote }) => `message ${messageId} of ${day(on)}: "${quote}"`,
  'no-contract-on-record': () => 'no signed contract is on record',

  'no-book': () => 'it is no invoice and no file of a bank',
  'file-too-big': ({ megabytes, most }) => `it has ${megabytes} MB; at most ${most} are read`,
  'file-unreadable': ({ fault }) => `it cannot be read (${fault})`,
  'file-gone': () => 'the file is no longer there',
  'file-waits': ({ name, because }, say) => `${name}: ${say(because)}`,
  'file-taken': ({ path, what }, say) => `${say(what)}, from ${path}`,
  'took-bank-lines': ({ lines }) => `${several(lines, 'new line')} of the bank`,
  'took-invoices': ({ added, credits, leftOut }) =>
    [
      several(added, 'new invoice'),
      ...(credits > 0 ? [several(credits, 'credit note')] : []),
      ...(leftOut > 0 ? [`${leftOut} left out`] : []),
    ].join(', '),
  'took-table': ({ added, changed }) => `${several(added, 'new invoice')}, ${changed} changed`,
  'document-asks': ({ number, client, because, more }, say) => {
    const who = `${number === null ? '' : `invoice ${number}`}${client === null ? '' : ` of ${client}`}`.trim();
    return `${who}: ${because.map(say).join('; ')}${more > 0 ? `, and ${several(more, 'further document')}` : ''}`;
  },
  'would-be-void': () => 'it would be made void: the exchange system rejected it',
  'row-asks': ({ line, question, more }, say) =>
    `line ${line}: ${say(question)}${more > 0 ? ` (and ${several(more, 'further question')})` : ''}`,
};
