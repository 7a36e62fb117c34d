/** English: what jobs and the owner's hand do and see, as the journal, letters and holds keep it. */
import type { ExitState } from '../../../rules/exit.ts';
import type { HoldReason } from '../../../rules/hold.ts';
import type { JournalProblem } from '../../../rules/journal-problem.ts';
import type { NotedReason } from '../../../rules/noted.ts';
import { type SentencesOf, seenWords } from '../../parts/reasons.ts';
import { day, moment, several, sum, sums } from '../grammar.ts';
import { signNames } from '../names.ts';
import { told } from '../told.ts';

const mails: Partial<Record<HoldReason, string>> = {
  reply: 'an answer',
  bounce: 'a letter that came back',
  'out-of-office': 'an absence',
  'payment-claimed': 'a claim of payment',
};

const exits: Partial<Record<ExitState, string>> = {
  cooling: 'the cooling-off has begun',
  checklist: 'the cooling-off is over; the checklist is open',
  'notice-sent': 'the letter has left',
  'notice-running': 'the notice runs',
};

const afterGap = 'nothing above a reminder leaves without a fresh approval';

/** 'Bianchi', or 'luca@example.it, for Bianchi,' */
function writer(client: string, from: string | null): string {
  return from === null ? client : `${from || 'somebody'}, for ${client},`;
}

export const noted: SentencesOf<NotedReason> = {
  'client-gone': () => 'the client is no longer in the register',
  'mail-taken-away': ({ messageId }) =>
    `you deleted or moved the mail that it answers; if it needs no answer: paletti inbox answered ${messageId}`,
  'message-gone': () => 'the message that it answers is no longer on record',
  'writer-is-client': () => 'who wrote is a client by now',
  'to-yourself': ({ to }) => `${to} is your own address`,
  'not-the-writer': ({ to }) => `${to} did not write that message`,
  'occasion-over': () => 'what it is about is over, or is another matter by now',
  'not-answerable': ({ address }) => `${address} is no address that may be answered now`,
  'address-missing': ({ client }) => `${client} has no mail address in the register`,
  'address-is-yours': ({ client, own }) => `${own} is your own address, and the one on record of ${client}`,
  'other-address': ({ client, to }) => `such letters to ${client} go to ${to} now`,
  'address-gone': ({ client, from, to }) => `${from} is no longer an address of ${client}; it goes to ${to}`,
  'addressed-as': (reason) => `${reason.client} is addressed as ${reason.as} now`,
  'sender-gone': ({ from, to }) => `${from} is no longer your address; it goes from ${to}`,
  'calendar-shared': () => 'you let a calendar program read the dates; an earlier address lets in no more',
  'calendar-unshared': () => 'the address for calendar programs lets in no more',
  interrupted: () => 'the program ended while the letter was being handed over; it may have arrived',
  'stands-in-sent': () => 'it stands in Sent',
  'handed-over-before': () =>
    'it was handed over once before, in a time that this database has forgotten; it may have arrived',
  'cannot-be-built': ({ fault }, say) => `it cannot be built: ${say(fault)}; edit it`,
  'cannot-be-written': ({ fault }, say) => `it cannot be written as of today: ${say(fault)}`,
  'server-took-it': () => 'the server took it',
  'left-before': () => 'a letter with this key stands in Sent already; it is not sent again',
  'null-sender-refused': ({ fault }, say) => `${say(fault)}; the owner's address is used from now on`,
  'filed-by-provider': () => 'the provider files it by itself',
  'filed-now': () => 'a copy was put into Sent',
  'filed-before': () => 'Sent holds it already',
  'words-without-ground': () => 'what your words were written upon is not known any more',
  'subject-as-of-now': () => 'the subject you left as it was says the days as of now',
  'says-other': ({ lines }) =>
    `what it says has changed since it was written (${lines === 1 ? 'a line' : `${lines} lines`})`,
  'own-words-outdated': () =>
    'the text you wrote no longer fits the record; it was written anew, and yours is kept here',
  'words-given-back': ({ because }, say) =>
    `your own words no longer fitted, and it was written anew for you to look at: ${say(because)}`,
  'words-fit-no-more': ({ because }, say) => `your own words no longer fit: ${say(because)}`,
  'own-words-of-dropped': () => 'the letter that was dropped is written anew; the text you wrote is kept here',
  'no-answer-due': () => 'no answer is due any more',
  'promise-is-due': () => 'the answer it promises is already due',
  'answered-first': ({ because }, say) => `answered first: ${say(because)}`,
  'older-database': ({ letters }) =>
    `the database is older than what left: it does not know of ${letters === 1 ? 'a letter' : `${letters} letters`} handed over since (a backup was put back, or a file beside it was lost)`,
  'facts-changed': ({ facts }) => `what it says has changed: ${facts.join(', ')}`,

  'money-overdue': ({ currency }) => `money in ${currency} is overdue`,
  'open-again': () => 'money that it is about is open again',
  'case-gone': () => 'its case is no longer there',
  'paused-again': () => 'the work was paused again since it was written',
  'ground-lost': ({ because }, say) => `it has lost its ground: ${say(because)}`,
  'work-not-paused': () => 'the work is not paused any more',
  'money-settled': ({ hold }) => `the money it was about is settled (${hold})`,
  'time-passed': () => 'its time has passed',
  'not-looked-at': () => 'not looked at yet',
  'not-decided': () => 'overdue, and nothing is decided about it yet',
  'your-approval': () => 'your approval',
  'in-outbox': ({ step, because }, say) => `${step} is in the outbox and waits: ${say(because)}`,
  'rest-begins': ({ because }, say) => `${say(because)}; the rest begins with the reminder`,
  'step-next': ({ step, because }, say) => `${step} is next: ${say(because)}`,
  'held-by-mail': ({ times, since, reasons }) =>
    `held ${several(times, 'time')} by mail since ${day(since)} (${reasons.map((reason) => mails[reason] ?? reason).join(', ')})`,
  'not-dealt-with': ({ fault }, say) => `could not be dealt with: ${say(fault)}`,
  told: (reason, say) =>
    (told[reason.told.code] as (about: object, say: unknown) => { text: string })(reason.told, say).text,

  'history-read': ({ messages }) =>
    `${messages} messages were there before Paletti, or before the mailbox was renumbered: nothing is done about them`,
  'not-judged': ({ fault }, say) => `could not be judged: ${say(fault)}`,
  'window-opened': ({ messageId, doubt }, say) =>
    `message ${messageId} opened it${doubt === null ? '' : `, but ${say(doubt)}`}`,
  'windows-joined': ({ into }) =>
    `Its messages belong to the same thread as those of window ${into}, which is due earlier.`,
  unreadable: ({ fault }) => `It could not be read (${fault}); look at it in your mail program.`,
  replaced: ({ by }) => `The same message came again; message ${by} stands for it.`,
  'folder-new': ({ path }) => `${path}: it was made since the last look`,
  'folder-found': ({ path }) => `${path}: it is read from now on; what was there is history`,
  'folder-renumbered': ({ path, before, now }) =>
    `the server numbered ${path} anew (UIDVALIDITY ${before} -> ${now}); what was seen before is not acted upon again`,
  'received-ahead': ({ at }) =>
    `was received on ${moment(at)} by the server's account, which has not come yet; it counts as received now`,
  'in-thread': ({ where, from }) =>
    `your answer in the same thread ${where === 'sent' ? 'is in Sent' : `from ${from ?? 'you'} came to your inbox`}`,
  'same-subject': () => 'you wrote to the client on the same subject',
  'answered-flag': () => 'a message of it carries the \\Answered flag',
  'not-believed-report': ({ subject, to, because }, say) =>
    `perhaps a false report that "${subject}" to ${to} came back: it ${say(because)}`,
  'mail-not-believed': ({ because }, say) => `not believed: it ${say(because)}`,
  'foreign-letter': ({ subject }) =>
    `Sent holds a letter of Paletti that this database did not write ("${subject}"): another Paletti may watch this mailbox, or the database was restored from a backup`,
  'nobody-to-write-to': () => 'erased on request: there is nobody to write to',
  'client-away': ({ until }) =>
    until === null ? 'the client is away, until when is not said' : `the client is away until ${until}`,
  'came-back': ({ subject, to }) => `the letter "${subject}" to ${to} came back`,
  'writes-paid': ({ client, from, messageId }) =>
    `${writer(client, from)} writes that it is paid (message ${messageId})`,
  'wrote-back': ({ client, from, messageId }) => `${writer(client, from)} answered the letter (message ${messageId})`,
  'pause-over': ({ since }) => `sending was paused since ${moment(since)}; ${afterGap}`,
  'pass-gap': ({ since, until }) => `no pass ran between ${moment(since)} and ${moment(until)}; ${afterGap}`,

  'lines-crossed': ({ lines }, say) =>
    lines.map(({ sign, words }) => `${signNames[sign]} (${seenWords(words, say)})`).join('; '),

  'keyword-seen': ({ keyword, messageId }) => `your mail carries "${keyword}" in its subject (message ${messageId})`,
  'client-wrote': ({ messageId }) => `the client wrote (message ${messageId})`,
  'question-open': ({ messageId, days }) => `your question of message ${messageId} has no answer for ${days} days`,
  'request-over': ({ state }) => `the request is ${state}`,

  'all-paid': () => 'all that was owed is paid',
  'wait-for-money-over': ({ days, open }) => `${several(days, 'day')} have passed, and ${sums(open)} is still open`,
  'exit-came-to': ({ how, because }, say) =>
    how === 'cancelled' ? `cancelled: ${because === null ? '' : say(because)}` : how,
  'handover-items': ({ items }) => items.join('; '),
  'exit-open': ({ state }) => `an exit that you proposed is open already (${state})`,
  'exit-cancelled-by-you': ({ clientId }) =>
    `you cancelled the exit; the ladder stands still (to end it after all: paletti exit ${clientId} propose)`,
  'ladder-ends': ({ because }, say) => `the last step of the ladder: ${say(because)}`,
  'exit-is': ({ state }) => exits[state] ?? `the exit is ${state}`,
  'goes-alone': () =>
    'the cooling-off is over, and the configuration says that no question is asked (exit.approval "auto")',
  'letter-dropped-by-you': () => 'you dropped its letter',
  'your-exit': () => 'an exit that you proposed; it leaves when the exit is approved',
  'notice-has-run': () => 'the notice has run',
  'exit-report': () => 'the exit has ended: what was done, delivered, paid and is owed',
  'never-proposed': () => 'no exit was ever proposed for it',
  'exit-was-cancelled': ({ because }, say) =>
    `the exit was cancelled: ${because === null ? 'by the owner' : say(because)}`,
  'exit-not-approved': () => 'its exit is not approved',
  'approved-long-ago': () => 'it was approved before days without a pass; approve it afresh',
  'contract-signed': ({ on }) => `the contract was signed on ${day(on)}`,
  'chosen-day-passed': ({ on }) => `the day you chose has passed (${day(on)})`,

  'another-sends': ({ mailbox, host, since }) =>
    `another Paletti sends from the mailbox ${mailbox}: the one on the computer "${host}", since ${since}`,
  'taken-over': ({ host }) => `the owner has said "resume": letters leave from this computer, no longer from "${host}"`,
  'just-taken-over': () =>
    'this computer has just taken over from another: what that one had in hand has some minutes to end',

  'you-held': ({ reason, until, note }, say) =>
    `held by the owner (${reason}) ${until === null ? 'until released' : `until ${until}`}${note === null ? '' : `: ${say(note)}`}`,
  'you-released': ({ hold }) => `released by the owner${hold === null ? '' : ` (${hold})`}`,
  'hold-replaced': ({ hold }) => `replaced by a new one (${hold})`,
  'has-other-address': ({ hold }) => `the client has another address now (${hold})`,
  'you-say-sent': () => 'the owner says that it was sent',
  'you-say-not-sent': () => 'the owner says that it was not sent; it is tried again',
  'you-let-it-go': () => 'you let the next letter go',
  'question-answered': () => 'the question is answered',
  'payment-in-file': ({ file, line }) => `a file has a payment that may be on record already (${file}, line ${line})`,
  'bank-payment': (reason) => `${sum(reason.sum)} of ${reason.day}, payment ${reason.lineId}`,
};

export const journalProblems: SentencesOf<JournalProblem> = {
  'entry-missing': ({ entry }) => `entry ${entry} is missing before it`,
  'entry-does-not-follow': () => 'it does not follow the entry before it: one of the two was changed',
  'entry-text-changed': () => 'its text was changed',
  'erased-with-text': () => 'it was erased, yet has a text',
  'entry-head-changed': () => 'its time, kind, subject or digest was changed',
  'text-removed': () => 'its text was removed, and no later entry says so',
  'end-forgotten': () => 'the remembered end of the journal is gone',
  'entries-cut-off': ({ from, to }) => `entries ${from} to ${to} were cut off`,
  'other-end': () => 'the end is not the one that was remembered',
};
