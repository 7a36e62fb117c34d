/** English: what is said of an exit on its way: the checklist, what is worth knowing, why something may not be done now. */
import type { ExitState } from '../../../rules/exit.ts';
import type { ExitCheck, ExitRemark } from '../../../rules/exit-remarks.ts';
import type { Sum } from '../../../rules/money.ts';
import type { SentencesOf } from '../../parts/reasons.ts';
import { joined } from '../../pieces.ts';
import { day, several, sums } from '../grammar.ts';

export const exitStates: Readonly<Record<ExitState, string>> = {
  proposed: 'proposed',
  cooling: 'cooling',
  checklist: 'checklist',
  approved: 'approved',
  'notice-sent': 'notice-sent',
  'notice-running': 'notice-running',
  ended: 'ended',
  cancelled: 'cancelled',
};

export const checks: Readonly<Record<ExitCheck, string>> = {
  'contract-read': 'Have you read the contract, or the papers that say what was agreed?',
  'duties-met': 'Have you met your own duties?',
  'prepaid-delivered': 'Is the work that was paid ahead delivered?',
  'owed-weighed': 'Have you weighed what is still owed, and whether to wait for it?',
  talked: 'Have you talked with the client, in a call or a meeting?',
};

interface Owed {
  open: readonly Sum[];
  disputed: readonly Sum[];
}

function owedWords({ open, disputed }: Owed): string {
  return joined(', ', [
    open.length > 0 && `${sums(open)} is open`,
    disputed.length > 0 && `${sums(disputed)} is disputed`,
  ]);
}

function paidWhen(daysLate: number): string {
  if (daysLate === 0) return 'on the day';
  return daysLate > 0 ? `${several(daysLate, 'day')} late` : `${several(-daysLate, 'day')} early`;
}

const nth = (amount: number) => `${amount}${amount === 3 ? 'rd' : 'th'}`;

export const exits: SentencesOf<ExitRemark> = {
  'contract-on-record': ({ signedOn, noticeDays }) =>
    signedOn === null
      ? 'no contract on record: read the offer and the mails that set the scope'
      : `contract of ${day(signedOn)}, ${noticeDays === null ? 'no notice agreed' : `${several(noticeDays, 'day')} of notice`}`,
  'duties-on-record': ({ owedSince, toAnswer }) =>
    owedSince === null
      ? `no answer of yours is overdue${toAnswer === 0 ? '' : `; ${several(toAnswer, 'message')} to answer`}`
      : `the client waits for your answer since ${day(owedSince)}`,
  'prepaid-on-record': ({ undelivered, until, deliveredOn }) => {
    if (undelivered.length > 0)
      return `paid in advance, and nothing delivered since: ${undelivered.map(({ number, on }) => `${number} (paid on ${day(on)})`).join(', ')}`;
    if (until === null) return 'nothing paid ahead on record';
    return `work is paid until ${day(until)}; ${deliveredOn === null ? 'no delivery is logged' : `last delivery ${day(deliveredOn)}`}`;
  },
  'owed-on-record': (owed) => owedWords(owed) || 'nothing is owed',
  'talk-on-record': ({ talk }) => (talk === null ? 'no call or meeting in the log' : `${talk.kind} of ${day(talk.on)}`),
  'entry-is-no-talk': ({ entry }) => `entry ${entry} is no call or meeting of the last two weeks before the proposal`,

  'thought-of-before': ({ on }) =>
    `this was proposed before in the last year (${on.map(day).join(', ')}): you think of it again; listen to your instinct`,
  'exits-in-a-year': ({ exits: amount }) =>
    `the ${nth(amount)} exit proposed within a year: look at whom you take on (paletti clients intake CLIENT)`,
  'paid-ahead-until': ({ until }) => `the client has paid ahead until ${day(until)}: deliver it or give it back`,
  'client-waits-for-you': () => 'the client waits for an answer of yours',
  'work-unbilled': () => 'work in the log is younger than the last invoice: bill it; the letter says you will',
  'needs-just-cause': () =>
    'no clause of the contract is on record: in Italy a professional may withdraw only for just cause (giusta causa, art. 2237 c.c.), and so that the client comes to no harm; have it read by a lawyer, or agree on the end',
  'other-currencies-overdue': ({ currencies }) =>
    `money in ${currencies.join(', ')} is overdue too; the letter names one currency only`,

  'exit-not-taken-up': () => 'nobody has taken the proposal up yet; the cooling-off has not begun',
  'exit-still-cools': ({ until }) => `the cooling-off runs until ${day(until)}`,
  'exit-is-cancelled': () => 'this exit was cancelled',
  'exit-is-already': ({ state }) => `this exit is already ${state}`,
  'check-is-open': ({ item, note }, say) => `${item} is not checked: ${checks[item]} (${say(note)})`,
  'name-not-as-it-stands': ({ name }) => `type the client's name as it stands: ${name}`,
  'milestone-not-said': () => 'say which milestone ends the notice',
  'milestone-too-soon': ({ by, agreedDays }) =>
    `${day(by)} is sooner than the ${several(agreedDays, 'day')} of notice agreed`,
  'notice-not-whole-days': ({ days }) => `the notice must be whole days, not ${days}`,
  'notice-too-short': ({ days, agreedDays }) =>
    `the contract asks for ${several(agreedDays, 'day')} of notice, not ${days}`,
  'exit-ended-already': () => 'this exit has ended already',
  'no-notice-was-given': () => 'no notice was given; cancel the exit instead',
  'milestone-not-reached': () => 'the milestone that ends the notice is not reached',
  'notice-still-runs': ({ until }) => `the notice runs until ${day(until)}`,
  'exit-letter-left': () => 'the letter has left; talk with the client instead',
  'exit-letter-leaving': ({ state }) => `the letter is ${state}; settle first whether it left`,

  'reason-is-empty': () => 'give the reason in one sentence',
  'reason-is-a-list': () => 'give one reason in one sentence, not a list',
  'reason-too-long': ({ longest }) => `the reason is longer than ${longest} characters; keep it short`,
  'reason-unreadable': () => 'the reason has no words that can be read',
  'reason-names-a-sign': ({ text }) => `"${text}" is the name of a warning sign, and no sentence for a client`,
  'reason-unknown': ({ text, meant }) =>
    `"${text}" is not a reason that is known${meant === null ? ', and one word is no sentence' : `; did you mean ${meant}?`}`,
  'not-what-the-record-shows': ({ reason, because }, say) => `${reason} is not what the record shows: ${say(because)}`,
  'contract-is-signed': ({ on }) => `a contract of ${day(on)} is on it`,
  'nothing-is-overdue': () => 'nothing is overdue',
  'paid-in-time': ({ settled }) => {
    if (settled.length === 0) return 'nothing is overdue, and no due date was met or missed yet';
    const late = settled.filter(({ daysLate }) => daysLate > 0).length;
    const each = settled.map(({ number, daysLate }) => `${number}: ${paidWhen(daysLate)}`).join(', ');
    return `nothing is overdue, and of ${several(settled.length, 'due date')} ${late} was paid late (${each})`;
  },
  'hours-are-kept': ({ messages, messagesOutOfHours, contacts, contactsOutOfHours }) =>
    `of ${several(messages, 'message')} ${messagesOutOfHours} came outside contact hours${contacts === 0 ? '' : `, and of ${several(contacts, 'contact')} in the log ${contactsOutOfHours}`}`,
  'signs-are-silent': ({ seen }, say) =>
    seen.length === 0 ? 'nothing of the kind is on it' : seen.map(say).join('; '),

  'account-settled': () => 'the account is settled',
  'handover-released': (owed) => `released by you, though ${owedWords(owed)}`,
};
