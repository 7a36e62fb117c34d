/** English: what was seen of a mail, whether it is believed, and why it is acknowledged or not. */
import type { AcknowledgementReason } from '../../../rules/acknowledgement.ts';
import type { BeliefReason } from '../../../rules/belief.ts';
import type { RecipientReason } from '../../../rules/recipient.ts';
import type { HeaderSays, SeenReason, SenderIs, SubjectIs } from '../../../rules/triage.ts';
import type { SentencesOf } from '../../parts/reasons.ts';
import { moment } from '../grammar.ts';

const headers: Readonly<Record<HeaderSays, string>> = {
  program: 'a program sent it',
  many: 'it went to many',
  list: 'it went through a list or to many',
  spam: 'the spam filter caught it',
  campaign: 'a campaign sent it',
  'bulk-sender': 'a bulk sender marked it',
  'mailing-program': 'a mailing program sent it',
  service: 'a program sent it through a service for many',
  'bulk-relay': 'a relay for bulk mail carried it',
  'came-back': 'it is a letter of Paletti that came back',
  'other-paletti': 'it was written by another Paletti',
  'no-automatic-answer': 'the sender wants no automatic answer',
};

const subjects: Readonly<Record<SubjectIs, string>> = {
  'delivery-report': 'is that of a delivery report',
  'delivery-report-sent-on': 'is that of a delivery report sent on',
  complaint: 'is that of a complaint report',
  dmarc: 'is that of a DMARC report',
  'answering-machine': 'is that of an answering machine',
  'perhaps-answering-machine': 'is like that of an answering machine',
  spam: 'was marked by the spam filter',
};

const senders: Readonly<Record<SenderIs, string>> = {
  'no-reply': 'says that nobody reads answers',
  program: 'is the account of a program',
  notices: 'usually sends notices',
  'mail-server': 'is that of a mail server',
  list: 'is that of list software',
  postmaster: 'is a person or a program, one cannot tell',
};

const reports = {
  delivery: 'it is a delivery report (multipart/report; report-type=delivery-status)',
  rejection: 'a mail server refused your mail (disposition-notification)',
  receipt: 'it is a read receipt (disposition-notification)',
  complaint: 'it is a complaint report (feedback-report)',
  encryption: 'it is a report on encryption (tlsrpt)',
  any: 'it is a multipart/report, which only mail software writes',
} as const;

const yours = {
  from: 'it comes from your own address',
  envelope: 'its envelope sender is your own address',
  sender: 'its sender is your own address',
} as const;

export const seen: SentencesOf<SeenReason> = {
  'person-wrote': ({ from }) => `a person, ${from}, wrote to you`,
  'header-says': ({ name, value, so }) => `the header "${name}: ${value}" says so: ${headers[so]}`,
  'subject-is': ({ subject, of }) => `the subject "${subject}" ${subjects[of]}`,
  'is-report': ({ of }) => reports[of],
  'has-report': ({ type }) => `it has a part of type ${type}, a delivery report`,
  'receipt-subject': ({ subject, without }) =>
    `its subject "${subject}", without ${without === 'sender' ? 'an envelope sender' : 'a word'}, is that of a read receipt`,
  'file-is-report': ({ name }) => `its attachment "${name}" is a DMARC report`,
  'postmaster-reports': () => 'it comes from postmaster and says that a mail was not delivered',
  'sender-called': ({ name }) => `the sender calls itself "${name}"`,
  'sender-is': ({ address, isEnvelope, what }) =>
    `the ${isEnvelope ? 'envelope sender' : 'sender'} ${address} ${senders[what]}`,
  'your-address': ({ address, where }) => `${yours[where]} ${address}`,
  'your-side': ({ from }) => `${from || 'it'} is on your side`,
  'your-sent': () => 'it lies in your Sent folder',
  'your-form': () => 'a client wrote it through a form of your own, which puts your address into From',
  'your-group': () => 'it came through a group of your own, where an answer would reach all',
  marked: ({ flag }) => `the mail server or a person marked it ${flag}`,
  'in-junk-folder': ({ byFilter }) =>
    byFilter ? 'a filter put it into the folder for unsolicited mail' : 'it lies in the folder for unsolicited mail',
  'gmail-reaction': () => 'somebody put a sign to your message (a reaction of Gmail)',
  'only-a-sign': ({ text }) => `it says only "${text}": a sign put to your message`,
  recalls: ({ subject }) => `its sender wants to take a message back ("${subject}")`,
  'calendar-says': ({ method }) => `it is a calendar's message (METHOD:${method})`,
  'auto-prefix': () => 'it is a reply whose subject begins with "Auto:"',
  'first-sentence': ({ text }) => `its first sentence says that a program wrote it: "${text}"`,
  'asks-to-confirm': ({ subject }) => `a program asks you to confirm your mail: "${subject}"`,
  'begins-with-absence': () => 'it begins with an absence and names its end, as answering machines do',
  'ends-as-automatic': () => 'it says that it was written automatically',
  'envelope-of': ({ address, whose }) =>
    `the envelope sender ${address} is that of ${whose === 'list' ? 'list software' : 'a program that counts what comes back'}`,
  'list-domain': ({ from }) => `the sender ${from} writes from a domain for lists`,
  'mark-of-mailing': ({ from }) => `the sender ${from} bears the mark of one mailing`,
  'empty-envelope': () => 'the envelope sender is empty (<>): whoever sent it wants no answer',
  'from-is-empty': () => 'the header "From" names no address',
  'header-too-long': () => 'its header is longer than any program or person writes, and was not read whole',
  'by-certified-mail': () => 'it came by certified mail (PEC), where an automatic answer would be a legal act',
  'rule-forwarded': () =>
    'a mailbox rule forwarded it (Auto-Submitted: auto-generated): a person wrote it, but an answer may go astray',
  'found-forged': ({ found }) => `your mail server found the sender forged (Authentication-Results: ${found})`,
  'envelope-to-nobody': () => 'the envelope names no recipient',
  'none-of-yours': () => 'none of your addresses is among its recipients',
  'only-a-copy': () => 'you were only sent a copy (Cc)',
  recipients: ({ amount, most }) => `it went to ${amount} recipients, more than ${most}`,
};

/** To stand after "it". */
export const belief: SentencesOf<BeliefReason> = {
  authenticated: ({ found }) => `is authenticated (${found})`,
  'names-our-letter': () => 'names a letter of ours, which only who got it can',
  'origin-failed': ({ found }) => `failed ${found.startsWith('dmarc=fail') ? 'DMARC' : 'authentication'} (${found})`,
  'not-as-usual': () => 'is authenticated by nothing, as mail of this address usually is',
  'as-usual': () => 'came as mail of this address usually comes',
  'report-with-sender': () => 'has an envelope sender, which no report of a mail server has',
  'report-about-other': ({ address }) => `is about ${address}, to whom the letter was not sent`,
  'report-of-server': () => 'is the report of a mail server',
};

export const acknowledgement: SentencesOf<AcknowledgementReason | RecipientReason> = {
  history: () => 'it was there before Paletti, or before the mailbox was renumbered',
  'before-activation': () => 'it was received before Paletti first started',
  stranger: () => 'the sender is not in the register of clients',
  'acknowledgements-off': () => 'acknowledgements are switched off',
  'not-believed': ({ because }, say) => `its sender is doubtful: it ${say(because)}`,
  'no-valid-address': () => 'it names no single valid address of the register to answer to',
  'not-authenticated': () =>
    'nothing proves that it comes from the address in From, which does not stand in the register itself',
  'no-window': () => 'no answer is due for it',
  'window-answered': () => 'you have answered already',
  'window-closed': () => 'you have settled that no answer is due',
  'already-acknowledged': () => 'an acknowledgement was already written for this response window',
  'never-open': () => 'there are no contact hours within a year in which it could leave',
  'recently-acknowledged': () => 'the same reader was sent an acknowledgement less than 72 hours before',
  'enough-waiting': ({ count, perDay }) =>
    `${count} acknowledgements wait already, of which ${perDay} may leave on a day`,
  'promise-past': ({ due }) => `it could leave after the answer is due (${moment(due)} (${due.zone}))`,
  acknowledge: ({ because }, say) => `${say(because)}; an acknowledgement leaves, unless you answer first`,
  thanks: () => 'a person thanks for your answer, or says that it came: nothing is asked',
};
