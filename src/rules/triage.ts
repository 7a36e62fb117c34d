/**
 * Tells people's mail from what programs, lists and mail servers send, and says whether it may be answered by a program.
 * A table of conditions, the first that holds wins. Looks at one message alone: intervals, history and windows are in
 * acknowledgement. Sends nothing.
 */
import { authenticationOf } from './authentication.ts';
import { isChallenge } from './challenge.ts';
import { domainOf, plainAddress, plainAddresses } from './client.ts';
import { token, withoutComments } from './header-value.ts';
import type { FolderRole, MessageKind, ParsedMail } from './message.ts';
import { headersOf } from './message.ts';
import { absenceLists, namesReturn } from './absence.ts';
import { envelopeKind, type EnvelopeKind, unrewritten } from './envelope.ts';
import {
  answeringInside,
  automaticText,
  autoReplySubject,
  awayBeforeReply,
  awaySubject,
  bounceSubject,
  bounceText,
  complaintSender,
  complaintSubject,
  confirmingSubject,
  delaySubject,
  maybeAutoReplySubject,
  mayBeAutomatic,
  mayBeAway,
  receiptSubject,
  receiptText,
  reportFile,
  reportSubject,
} from './machine-words.ts';
import {
  autoPrefix,
  bulkPrecedence,
  bulkValues,
  campaignHeaders,
  daemonName,
  daemonSender,
  forwardedSubject,
  listDomain,
  listHeaders,
  listSender,
  mayBeReaction,
  noReplySender,
  noticeSender,
  outsideMark,
  reactionPart,
  reactionText,
  recallSubject,
  recallText,
  relayHeaders,
  replyPrecedence,
  robotHeaders,
  robotValues,
  schedulingMethods,
  spamHeaderName,
  spamHeaderValue,
  spamSubject,
  spamValues,
  suppressingValues,
  systemSender,
  tokenSender,
} from './robot-marks.ts';
import { plainSpelling } from './spelling.ts';
import type { Coded, NoFacts } from './coded.ts';

export { outOfOfficeUntil } from './absence.ts';
export { isPaymentClaim } from './claims.ts';

/** How the Message-IDs of Paletti's own letters begin: `<paletti.…@domain>`. */
export const ownMessageIdPrefix = 'paletti.';

/** What is not answered unless the owner wishes it. All are off when left out. */
export interface TriagePolicies {
  answerPostmaster?: boolean;
  /** notifications@, newsletter@, updates@ */
  answerNoticeSenders?: boolean;
  answerWhenOnlyInCc?: boolean;
  /** more recipients in To and Cc than this are a circular; 8 when left out */
  maxRecipients?: number;
  /** names that the owner's mail servers put into Authentication-Results, lower-cased; none: the topmost is believed */
  authServers?: readonly string[];
}

export interface TriageFacts {
  /** `sent`: the owner's side wrote it */
  role: FolderRole;
  /** where it lies; the same as the role when left out */
  folder?: FolderRole;
  /** it lies in the folder for unsolicited mail, and is a client's or a stranger's */
  junk?: 'client' | 'stranger' | undefined;
  /** it bears an address of the owner's, and the record knows a client who wrote it, through a group or a form of hers */
  behindOwn?: boolean;
  /** IMAP flags and keywords as the server has them */
  flags: readonly string[];
  /** every address of the owner, aliases too, any case */
  ownAddresses: readonly string[];
  /** MAIL FROM; '' or '<>' is the null sender, null or undefined is unknown: then Return-Path is read */
  envelopeFrom?: string | null;
  /** RCPT TO; null is known to be none; undefined is unknown: then Delivered-To and its kin are read */
  envelopeTo?: string | null;
  policies?: TriagePolicies;
}

export interface Verdict {
  kind: MessageKind;
  /** false for every robot, and for people who must not be answered by a program */
  answerable: boolean;
  /** stable, kebab-case, one for each condition; 'person' when none holds */
  code: TriageCode;
  /** the same code, with what was seen */
  why: TriageReason;
}

/** The condition that holds, because of what was seen. */
export type TriageReason = Coded<Record<TriageCode, { because: SeenReason }>>;

/** What was seen of a mail. Texts of the mail are cut to one short line. */
export type SeenReason = Coded<{
  'person-wrote': { from: string };
  'header-says': { name: string; value: string; so: HeaderSays };
  'subject-is': { subject: string; of: SubjectIs };
  'is-report': { of: 'delivery' | 'rejection' | 'receipt' | 'complaint' | 'encryption' | 'any' };
  'has-report': { type: string };
  'receipt-subject': { subject: string; without: 'sender' | 'word' };
  'file-is-report': { name: string };
  'postmaster-reports': NoFacts;
  'sender-called': { name: string };
  'sender-is': { address: string; isEnvelope: boolean; what: SenderIs };
  'your-address': { address: string; where: 'from' | 'envelope' | 'sender' };
  'your-side': { from: string };
  'your-sent': NoFacts;
  'your-form': NoFacts;
  'your-group': NoFacts;
  marked: { flag: string };
  'in-junk-folder': { byFilter: boolean };
  'gmail-reaction': NoFacts;
  'only-a-sign': { text: string };
  recalls: { subject: string };
  'calendar-says': { method: string };
  'auto-prefix': NoFacts;
  'first-sentence': { text: string };
  'asks-to-confirm': { subject: string };
  'begins-with-absence': NoFacts;
  'ends-as-automatic': NoFacts;
  'envelope-of': { address: string; whose: EnvelopeKind };
  'list-domain': { from: string };
  'mark-of-mailing': { from: string };
  'empty-envelope': NoFacts;
  'from-is-empty': NoFacts;
  'header-too-long': NoFacts;
  'by-certified-mail': NoFacts;
  'rule-forwarded': NoFacts;
  'found-forged': { found: string };
  'envelope-to-nobody': NoFacts;
  'none-of-yours': NoFacts;
  'only-a-copy': NoFacts;
  recipients: { amount: number; most: number };
}>;

/** What follows from a header. */
export type HeaderSays =
  | 'program'
  | 'many'
  | 'list'
  | 'spam'
  | 'campaign'
  | 'bulk-sender'
  | 'mailing-program'
  | 'service'
  | 'bulk-relay'
  | 'came-back'
  | 'other-paletti'
  | 'no-automatic-answer';

/** What a subject is that of. */
export type SubjectIs =
  | 'delivery-report'
  | 'delivery-report-sent-on'
  | 'complaint'
  | 'dmarc'
  | 'answering-machine'
  | 'perhaps-answering-machine'
  | 'spam';

/** What is known of an address by its look. */
export type SenderIs = 'no-reply' | 'program' | 'notices' | 'mail-server' | 'list' | 'postmaster';

/** The message and the facts with everything read once. */
interface Sight {
  mail: ParsedMail;
  facts: TriageFacts;
  policies: TriagePolicies;
  own: ReadonlySet<string>;
  from: string;
  /** the envelope sender, SRS and BATV undone; '' null sender; undefined unknown */
  envelope: string | undefined;
  /** which kinds of telling headers it bears */
  tells: ReadonlySet<Telling>;
  rewritten: boolean;
  /** a list's or a program's envelope */
  carrier: EnvelopeKind | undefined;
  /** it says which mail it answers */
  isReply: boolean;
  /** in plain spelling, which every list of words is written in */
  subject: string;
  /** the first words of its text, as written and in plain spelling */
  opening: string;
  plainOpening: string;
}

interface Condition {
  code: string;
  kind: MessageKind;
  /** @returns what was seen when it holds, or undefined */
  when(sight: Sight): SeenReason | undefined;
}

/**
 * The kind of a message and whether a program may answer it (RFC 3834, section 2; RFC 5230, section 4; MS-OXCMAIL).
 * `kind: 'human'` with `answerable: false` means: a person wrote it, keep the record and the deadline, but send
 * nothing by yourself. Headers inside an attached message never count: `mail.headers` holds the top level only.
 */
export function triage(mail: ParsedMail, facts: TriageFacts): Verdict {
  const sight = look(mail, facts);
  for (const { code, kind, when } of conditions) {
    const because = when(sight);
    if (because !== undefined) return { kind, answerable: false, code, why: { code, because } as TriageReason };
  }
  const because = { code: 'person-wrote', from: sight.from } as const;
  return { kind: 'human', answerable: true, code: 'person', why: { code: 'person', because } };
}

/**
 * An automatic answer that speaks of absence, or names a day on which somebody is there again. A person who writes that
 * she is away is none.
 */
export function isOutOfOffice(mail: ParsedMail): boolean {
  const saysSoAbove = absenceLists.absent.isIn(mail.subject);
  if (!saysSoAbove && !absenceLists.absent.isIn(mail.newText.slice(0, 1000)) && !namesReturn(mail)) return false;
  const { code } = triage(mail, { role: 'inbox', flags: [], ownAddresses: [] });
  if (answeringCodes.includes(code)) return true;
  if (code === 'maybe-auto-reply') return saysSoAbove;
  return code === 'precedence-bulk' && (mail.inReplyTo.length > 0 || saysSoAbove);
}

const answeringCodes = [
  'auto-submitted',
  'robot-header',
  'exchange-rules-loop',
  'precedence-auto-reply',
  'loop-mark',
  'auto-reply-subject',
  'automatic-text',
  'null-sender',
];

/** A delivery report that nothing is lost yet: the server still tries. */
export function isDelayReport(mail: ParsedMail): boolean {
  return delaySubject.isIn(mail.subject);
}

/** The codes `triage` can give, in the order they are tried. @internal for the test that wants a case for each */
export function triageCodes(): TriageCode[] {
  return [...conditions.map((condition) => condition.code), 'person'];
}

/** Whether two spellings name one mailbox: case and `+detail` do not count. */
export function isOwnAddress(address: string, ownAddresses: readonly string[]): boolean {
  return plainAddresses(ownAddresses).has(plainAddress(address));
}

/**
 * MAIL FROM as it concerns us: the one given, else the first Return-Path.
 * @returns lower-cased; '' for the null sender; undefined when unknown
 */
export function envelopeSender(mail: ParsedMail, envelopeFrom?: string | null): string | undefined {
  const given = envelopeFrom === undefined || envelopeFrom === null ? valuesOf(mail, 'return-path') : [envelopeFrom];
  const senders = given.map(bareSender);
  // Of several, whichever stands first, the empty one counts: an answer to it would be one too many.
  return senders.includes('') ? '' : senders[0];
}

/** The address of an envelope sender, lower-cased; '' for the null sender. */
export function bareSender(given: string): string {
  const bare = withoutComments(given).trim();
  return (/<([^<>]*)>/.exec(bare)?.[1] ?? bare).trim().toLowerCase();
}

/** Whether the envelope address was made for this delivery and names nobody (VERP, SRS, BATV). */
export function isRewritten(address: string): boolean {
  return unrewritten(address) !== address || envelopeKind(address, '', { isReply: false }) !== undefined;
}

/** Addresses in a header that the parser does not break up (Bcc, Resent-To …): comments and quoted names do not count. */
export function addressesIn(value: string): string[] {
  if (!value.includes('@')) return [];
  const entries = withoutQuoted(withoutComments(value)).split(/[,;]/);
  return entries.flatMap((entry) => {
    const words = (/<([^<>]*)>/.exec(entry)?.[1] ?? entry).split(/[\s<>:]+/);
    const found = words.find(isAroundAt);
    return found === undefined ? [] : [found.toLowerCase()];
  });
}

/** Something stands on either side of an @. */
function isAroundAt(word: string): boolean {
  const at = word.indexOf('@', 1);
  return at !== -1 && at < word.length - 1;
}

/** Quoted strings taken out, in one walk. A quotation mark that is never closed is text. */
function withoutQuoted(value: string): string {
  let [kept, open] = ['', -1];
  for (let at = 0; at < value.length; at += 1) {
    const letter = value[at];
    if (letter === '"') {
      if (open !== -1) kept += ' ';
      open = open === -1 ? at : -1;
    } else if (open === -1) kept += letter;
    else if (letter === '\\') at += 1;
  }
  return open === -1 ? kept : kept + value.slice(open);
}

/**
 * In this order: what is certain before what is guessed, and the delivery report before the automatic answer, because
 * many servers mark their bounces `Auto-Submitted: auto-replied`. The last group are people.
 */
const conditions = [
  // The owner's own Sent folder
  {
    code: 'own-folder',
    kind: 'own',
    when: ({ facts: { role, folder = role } }: Sight) =>
      role === 'sent' && folder === 'sent' ? { code: 'your-sent' } : undefined,
  },

  // Delivery reports and receipts
  { code: 'delivery-report', kind: 'bounce', when: deliveryReport },
  { code: 'failed-recipients', kind: 'bounce', when: (s: Sight) => present(s, 'x-failed-recipients') },
  { code: 'rejection', kind: 'bounce', when: rejection },
  { code: 'read-receipt', kind: 'receipt', when: readReceipt },
  { code: 'certified-mail-receipt', kind: 'receipt', when: (s: Sight) => present(s, 'x-ricevuta') },
  {
    code: 'certified-mail-envelope',
    kind: 'receipt',
    when: (s: Sight) => (s.mail.unwrapped ? undefined : present(s, 'x-trasporto')),
  },
  { code: 'complaint-report', kind: 'automatic', when: complaintReport },
  { code: 'server-report', kind: 'automatic', when: serverReport },
  { code: 'daemon-sender', kind: 'bounce', when: daemon },
  {
    code: 'report',
    kind: 'bounce',
    when: ({ mail }: Sight) => (mail.contentType === 'multipart/report' ? report('any') : undefined),
  },

  // Oneself
  { code: 'own-address', kind: 'own', when: ownAddress },
  { code: 'own-loop-mark', kind: 'own', when: ownLoopMark },
  { code: 'own-message-id', kind: 'own', when: ownMessageId },
  {
    code: 'own-side',
    kind: 'own',
    when: ({ facts, from }: Sight) => (facts.role === 'sent' ? { code: 'your-side', from } : undefined),
  },
  {
    code: 'bounce-subject',
    kind: 'bounce',
    when: (s: Sight) => (bounceSubject.isIn(s.subject) ? subjectOf(s, 'delivery-report') : undefined),
  },
  { code: 'bounce-text', kind: 'bounce', when: bounceOfPostmaster },

  // Spam
  { code: 'spam-keyword', kind: 'spam', when: spamKeyword },
  { code: 'spam-header', kind: 'spam', when: spamHeader },
  { code: 'spam-subject', kind: 'spam', when: spamTag },
  {
    code: 'spam-folder',
    kind: 'spam',
    when: ({ facts }: Sight) => (facts.junk === 'stranger' ? { code: 'in-junk-folder', byFilter: false } : undefined),
  },

  // A client behind an address of the owner's: no robot's, whatever the program that sent it on says of itself
  { code: 'own-form', kind: 'human', when: ownForm },

  // Programs that answer or report
  { code: 'reaction', kind: 'automatic', when: reaction },
  { code: 'recall', kind: 'automatic', when: recall },
  { code: 'calendar', kind: 'calendar', when: scheduling },
  { code: 'auto-submitted', kind: 'automatic', when: autoSubmitted },
  { code: 'robot-header', kind: 'automatic', when: robotHeader },
  { code: 'exchange-rules-loop', kind: 'automatic', when: rulesLoop },
  { code: 'precedence-auto-reply', kind: 'automatic', when: (s: Sight) => precedence(s, replyPrecedence) },
  { code: 'loop-mark', kind: 'automatic', when: loopMark },
  { code: 'other-paletti', kind: 'automatic', when: otherPaletti },
  { code: 'auto-reply-subject', kind: 'automatic', when: answeringMachineSubject },
  { code: 'automatic-text', kind: 'automatic', when: automaticOpening },
  { code: 'challenge', kind: 'automatic', when: challenge },

  // Lists and campaigns
  { code: 'own-group', kind: 'human', when: ownGroup },
  { code: 'list-header', kind: 'list', when: listHeader },
  { code: 'precedence-bulk', kind: 'list', when: (s: Sight) => precedence(s, bulkPrecedence) },
  { code: 'campaign-header', kind: 'list', when: campaignHeader },
  { code: 'list-envelope', kind: 'list', when: (s: Sight) => carried(s, 'list') },
  { code: 'list-sender', kind: 'list', when: listAddress },
  { code: 'bulk-mark', kind: 'list', when: bulkMark },

  // Senders that are no persons
  {
    code: 'no-reply-sender',
    kind: 'automatic',
    when: ({ from }: Sight) => senderIs(from, noReplySender, 'no-reply'),
  },
  {
    code: 'system-sender',
    kind: 'automatic',
    when: ({ from }: Sight) => senderIs(from, systemSender, 'program'),
  },
  { code: 'notice-sender', kind: 'automatic', when: noticeAccount },
  { code: 'program-envelope', kind: 'automatic', when: (s: Sight) => (s.isReply ? undefined : carried(s, 'program')) },
  { code: 'relay-header', kind: 'automatic', when: (s: Sight) => (s.isReply ? undefined : relayed(s)) },
  {
    code: 'null-sender',
    kind: 'bounce',
    when: ({ envelope }: Sight) => (envelope === '' ? { code: 'empty-envelope' } : undefined),
  },

  // People, and yet no program may answer
  {
    code: 'no-sender',
    kind: 'human',
    when: ({ from }: Sight) => (from === '' ? { code: 'from-is-empty' } : undefined),
  },
  {
    code: 'header-cut',
    kind: 'human',
    when: ({ mail }: Sight) => (mail.headerCut === true ? { code: 'header-too-long' } : undefined),
  },
  { code: 'forwarded-by-rule', kind: 'human', when: forwardedByRule },
  {
    code: 'certified-mail',
    kind: 'human',
    when: ({ mail }: Sight) => (mail.unwrapped ? { code: 'by-certified-mail' } : undefined),
  },
  { code: 'response-suppressed', kind: 'human', when: responseSuppressed },
  { code: 'dmarc-failed', kind: 'human', when: (s: Sight) => forged(s, (found) => found.startsWith('dmarc=fail')) },
  { code: 'authentication-failed', kind: 'human', when: (s: Sight) => forged(s, () => true) },
  {
    code: 'relayed-feedback-id',
    kind: 'human',
    when: (s: Sight) => present(s, 'feedback-id', 'bulk-relay'),
  },
  {
    code: 'forwarded-bounce',
    kind: 'human',
    when: (s: Sight) =>
      bounceSubject.isIn(s.subject.replace(forwardedSubject, '')) ? subjectOf(s, 'delivery-report-sent-on') : undefined,
  },
  { code: 'maybe-auto-reply', kind: 'human', when: perhapsMachine },
  { code: 'bounce-envelope', kind: 'human', when: (s: Sight) => carried(s, 'program') ?? relayed(s) },
  { code: 'robot-envelope', kind: 'human', when: robotEnvelope },
  {
    code: 'in-spam-folder',
    kind: 'human',
    when: ({ facts }: Sight) => (facts.junk === 'client' ? { code: 'in-junk-folder', byFilter: true } : undefined),
  },
  { code: 'postmaster', kind: 'human', when: postmaster },
  {
    code: 'no-envelope-recipient',
    kind: 'human',
    when: ({ facts }: Sight) =>
      facts.envelopeTo === null || facts.envelopeTo === '' ? { code: 'envelope-to-nobody' } : undefined,
  },
  { code: 'not-addressed', kind: 'human', when: notAddressed },
  { code: 'only-in-cc', kind: 'human', when: onlyInCc },
  { code: 'many-recipients', kind: 'human', when: manyRecipients },
] as const satisfies readonly Condition[];

export type TriageCode = (typeof conditions)[number]['code'] | 'person';

function look(mail: ParsedMail, facts: TriageFacts): Sight {
  const written = envelopeSender(mail, facts.envelopeFrom);
  const envelope = written === undefined ? undefined : unrewritten(written);
  const from = mail.from?.address.toLowerCase() ?? '';
  const isReply = mail.inReplyTo.length > 0 || mail.references.length > 0;
  const opening = mail.newText.slice(0, openingLength);
  return {
    mail,
    facts,
    policies: facts.policies ?? {},
    own: plainAddresses(facts.ownAddresses),
    from,
    envelope,
    tells: tellsOf(mail),
    rewritten: envelope !== written || (envelope !== undefined && isRewritten(envelope)),
    carrier: envelope === undefined ? undefined : envelopeKind(envelope, from, { isReply }),
    isReply,
    subject: plainSpelling(mail.subject).replace(outsideMark, ''),
    opening,
    plainOpening: plainSpelling(opening),
  };
}

/** Headers that conditions look for, by what they may tell. */
const tellingHeaders = {
  bulk: [...bulkValues.map(({ name }) => name), 'errors-to'],
  group: ['list-id', 'list-post', 'x-beenthere', 'mailing-list', 'x-mailing-list'],
  list: listHeaders,
  precedence: ['precedence', 'x-precedence', 'preference'],
  relay: relayHeaders,
  robot: [...robotHeaders, ...robotValues.map(({ name }) => name)],
  spam: spamValues.map(([name]) => name.toLowerCase()),
} as const;
type Telling = keyof typeof tellingHeaders | 'campaign';

/** Programs that send mail have a few hundred names between them; who invents others makes nothing grow. */
const namesKnown = new Map<string, readonly Telling[]>();
const mostNamesKnown = 2_000;

/** Most mails bear none: to look at their twenty names once costs less than to ask for a hundred of them. */
function tellsOf({ headers }: ParsedMail): ReadonlySet<Telling> {
  let tells: Set<Telling> | undefined;
  for (const { name } of headers) for (const tell of tellsOfName(name)) (tells ??= new Set()).add(tell);
  return tells ?? tellsNothing;
}

const tellsNothing: ReadonlySet<Telling> = new Set();

function tellsOfName(written: string): readonly Telling[] {
  let tells = namesKnown.get(written);
  if (tells === undefined) {
    const name = written.toLowerCase();
    tells = (Object.keys(tellingHeaders) as (keyof typeof tellingHeaders)[]).filter((telling) =>
      (tellingHeaders[telling] as readonly string[]).includes(name),
    );
    if (spamHeaderName.test(name)) tells = [...tells, 'spam'];
    if (isOfCampaign(name)) tells = [...tells, 'campaign'];
    if (namesKnown.size >= mostNamesKnown) namesKnown.clear();
    namesKnown.set(written, tells);
  }
  return tells;
}

// Delivery reports and receipts

function deliveryReport({ mail }: Sight): SeenReason | undefined {
  const isReport =
    mail.contentType === 'multipart/report' && mail.contentTypeParameters['report-type'] === 'delivery-status';
  if (isReport) return report('delivery');
  const part = mail.partTypes.find((type) => /^message\/(global-)?delivery-status$/.test(type));
  return part === undefined ? undefined : { code: 'has-report', type: part };
}

/** A server that refuses a mail by a disposition notification (RFC 5429, section 2.1.3): the reader never saw it. */
function rejection({ mail, from, subject }: Sight): SeenReason | undefined {
  if (mail.contentTypeParameters['report-type'] !== 'disposition-notification') return undefined;
  const isServers =
    /^(?:postmaster|mailer-daemon)@/.test(from) ||
    daemonName.test(mail.from?.name.trim() ?? '') ||
    valuesOf(mail, 'auto-submitted').some((value) => /\(rejected\)/i.test(value)) ||
    bounceSubject.isIn(subject);
  return isServers ? report('rejection') : undefined;
}

function readReceipt({ mail, envelope, subject }: Sight): SeenReason | undefined {
  const saysNothing = mail.newText.trim() === '' && mail.attachments.every(isTnef);
  if (receiptSubject.isIn(subject) && (envelope === '' || saysNothing || saysThatItWasRead(mail)))
    return {
      code: 'receipt-subject',
      subject: clip(mail.subject),
      without: envelope === '' ? 'sender' : 'word',
    };
  const isReport =
    mail.contentType === 'multipart/report' && mail.contentTypeParameters['report-type'] === 'disposition-notification';
  const part = mail.partTypes.some((type) => /^message\/(global-)?disposition-notification$/.test(type));
  return isReport || part ? report('receipt') : undefined;
}

const longestReceipt = 1_000;

/** A gateway has taken the part out that says so, and left the sentence. Who asks something is a person. */
function saysThatItWasRead({ text }: ParsedMail): boolean {
  return text.length <= longestReceipt && !text.includes('?') && receiptText.isIn(text.replace(/\s+/g, ' '));
}

/** Outlook's own format, which only Outlook reads. */
function isTnef({ name, type }: { name: string; type: string }): boolean {
  return type === 'application/ms-tnef' || name.toLowerCase() === 'winmail.dat';
}

function complaintReport(sight: Sight): SeenReason | undefined {
  const { mail, from, subject } = sight;
  const isReport =
    mail.contentTypeParameters['report-type'] === 'feedback-report' ||
    mail.partTypes.includes('message/feedback-report');
  if (isReport) return report('complaint');
  const returns =
    mail.partTypes.includes('message/rfc822') || mail.attachments.some(({ type }) => type === 'message/rfc822');
  const isProviders = complaintSender.test(localPart(from)) || returns;
  return isProviders && complaintSubject.isIn(subject) ? subjectOf(sight, 'complaint') : undefined;
}

/** What mail servers tell each other's owners of a domain, every day. */
function serverReport(sight: Sight): SeenReason | undefined {
  const { mail, subject } = sight;
  if (mail.contentTypeParameters['report-type'] === 'tlsrpt') return report('encryption');
  if (reportSubject.isIn(subject)) return subjectOf(sight, 'dmarc');
  const file = mail.attachments.find(({ name }) => reportFile.test(name));
  return file === undefined ? undefined : { code: 'file-is-report', name: clip(file.name) };
}

/** Postmaster may be a person; a report is told by its words. */
function bounceOfPostmaster({ mail, from }: Sight): SeenReason | undefined {
  const isReport = /^post[-_.]?master$/.test(localPart(from)) && bounceText.isIn(mail.newText.slice(0, 2000));
  return isReport ? { code: 'postmaster-reports' } : undefined;
}

function daemon(sight: Sight): SeenReason | undefined {
  const name = sight.mail.from?.name ?? '';
  if (daemonName.test(name.trim())) return { code: 'sender-called', name: clip(name) };
  return sender(sight, daemonSender, 'mail-server');
}

// Oneself

function ownAddress({ mail, from, own, envelope, facts }: Sight): SeenReason | undefined {
  if (facts.behindOwn === true) return undefined;
  if (from !== '' && own.has(plainAddress(from))) return { code: 'your-address', address: from, where: 'from' };
  const viaOwn = from === '' && envelope !== undefined && own.has(plainAddress(envelope));
  const sentBy = mail.sender?.address;
  if (viaOwn) return { code: 'your-address', address: envelope, where: 'envelope' };
  return from === '' && sentBy !== undefined && own.has(plainAddress(sentBy))
    ? { code: 'your-address', address: sentBy, where: 'sender' }
    : undefined;
}

function ownLoopMark(sight: Sight): SeenReason | undefined {
  const { mail, own } = sight;
  const value = valuesOf(mail, 'x-loop').find((line) =>
    addressesIn(line).some((address) => own.has(plainAddress(address))),
  );
  return value === undefined || isOwnGroup(sight) ? undefined : seen('X-Loop', value, 'came-back');
}

function ownMessageId({ mail, own }: Sight): SeenReason | undefined {
  const id = palettiId(mail);
  const isOurs = id !== undefined && [...own].some((address) => domainOf(address) === domainOf(id));
  return isOurs ? seen('Message-ID', id, 'came-back') : undefined;
}

/** Her site's form writes in her name; where the answer goes stands in Reply-To. */
function ownForm(sight: Sight): SeenReason | undefined {
  const isForm = sight.facts.behindOwn === true && !isOfGroup(sight);
  return isForm ? { code: 'your-form' } : undefined;
}

/** A group of the owner's sends on what people write to it. What a campaign sent to it stays a campaign's. */
function ownGroup(sight: Sight): SeenReason | undefined {
  const isOwn = sight.facts.behindOwn === true || isOwnGroup(sight);
  return isOwn && campaignHeader(sight) === undefined ? { code: 'your-group' } : undefined;
}

function isOfGroup({ mail }: Sight): boolean {
  return [...listHeaders, 'x-original-from', 'x-original-sender', 'precedence'].some(
    (name) => headersOf(mail, name).length > 0,
  );
}

/** The list is named like an address of hers: `List-Id: <studio.ferri.it>` for studio@ferri.it. */
function isOwnGroup({ mail, own, tells }: Sight): boolean {
  if (!tells.has('group')) return false;
  const named = tellingHeaders.group.flatMap((name) => headersOf(mail, name).map((value) => value.toLowerCase()));
  return [...own].some((address) => named.some((value) => namesList(value, address)));
}

function namesList(value: string, address: string): boolean {
  const inside = /<(?:mailto:)?([^<>?]*)/.exec(value)?.[1] ?? value.split(';', 1)[0]?.replace(/^list\s+/, '') ?? '';
  return inside.trim() === address || inside.trim() === address.replace('@', '.');
}

function otherPaletti({ mail }: Sight): SeenReason | undefined {
  const id = palettiId(mail);
  return id === undefined ? undefined : seen('Message-ID', id, 'other-paletti');
}

function palettiId(mail: ParsedMail): string | undefined {
  const id = mail.messageId?.trim().replace(/^<|>$/g, '').toLowerCase();
  return id?.startsWith(ownMessageIdPrefix) ? id : undefined;
}

// Spam

function spamKeyword({ facts }: Sight): SeenReason | undefined {
  const flag = facts.flags.find((keyword) => /^(\$|\\)?junk$/i.test(keyword));
  return flag === undefined ? undefined : { code: 'marked', flag };
}

/** A person's $NotJunk overrules the filter. */
function isKnownGood({ facts }: Sight): boolean {
  return facts.flags.some((keyword) => /^\$?(notjunk|nonjunk)$/i.test(keyword));
}

function spamHeader(sight: Sight): SeenReason | undefined {
  if (!sight.tells.has('spam') || isKnownGood(sight)) return undefined;
  for (const [name, value] of spamValues) {
    const hit = valuesOf(sight.mail, name).find((line) => value.test(line));
    if (hit !== undefined) return seen(name, hit, 'spam');
  }
  const line = sight.mail.headers.find(({ name, value }) => spamHeaderName.test(name) && spamHeaderValue.test(value));
  return line === undefined ? undefined : seen(line.name, line.value, 'spam');
}

function spamTag(sight: Sight): SeenReason | undefined {
  const isTagged = spamSubject.test(sight.subject) && !isKnownGood(sight);
  return isTagged ? subjectOf(sight, 'spam') : undefined;
}

// Programs that answer or report

function reaction({ mail }: Sight): SeenReason | undefined {
  if (mail.partTypes.includes(reactionPart)) return { code: 'gmail-reaction' };
  const said = firstLines(mail.newText, 3).find(
    (line) => line.length <= 200 && mayBeReaction(line) && reactionText.test(plainSpelling(line).trim()),
  );
  return said === undefined ? undefined : { code: 'only-a-sign', text: clip(said) };
}

/** Those that are not blank, of a text's first thousand characters. */
function firstLines(text: string, most: number): string[] {
  const lines: string[] = [];
  for (let at = 0; at < 1000 && at < text.length && lines.length < most; ) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, Math.min(end === -1 ? text.length : end, 1000));
    if (line.trim() !== '') lines.push(line);
    at = end === -1 ? text.length : end + 1;
  }
  return lines;
}

function recall({ mail, subject }: Sight): SeenReason | undefined {
  const isRecall = recallSubject.test(subject) && recallText.test(plainSpelling(mail.newText.slice(0, 1000)));
  return isRecall ? { code: 'recalls', subject: clip(mail.subject) } : undefined;
}

/** Somebody else's invitation, sent on with a word of one's own, is a person's mail. */
function scheduling(sight: Sight): SeenReason | undefined {
  const { mail } = sight;
  const method = mail.calendarMethod ?? '';
  if (isSentOn(sight)) return undefined;
  return schedulingMethods.includes(method.toUpperCase()) ? { code: 'calendar-says', method } : undefined;
}

function isSentOn({ mail, from, subject, isReply }: Sight): boolean {
  const organizer = mail.calendarOrganizer ?? null;
  if (organizer === null || organizer === from || mail.newText.trim() === '') return false;
  return forwardedSubject.test(subject) || isReply || hasCalendarFile(mail);
}

/** Put beside the text as a file: an invitation of its sender's stands in the mail without a name. */
function hasCalendarFile({ attachments }: ParsedMail): boolean {
  return attachments.some(({ name, type }) => type === 'text/calendar' && /\.ics$/i.test(name));
}

/** RFC 3834, section 5: anything but `no` is a program's. Comments and parameters are allowed; every occurrence counts. */
function autoSubmitted(sight: Sight): SeenReason | undefined {
  const value = valuesOf(sight.mail, 'auto-submitted').find((line) => token(line) !== 'no');
  if (value === undefined || isForwardedByRule(sight)) return undefined;
  return seen('Auto-Submitted', value, 'program');
}

function robotHeader({ mail, tells }: Sight): SeenReason | undefined {
  if (!tells.has('robot')) return undefined;
  for (const name of robotHeaders) {
    const value = valuesOf(mail, name).find(isNotTakenBack);
    if (value !== undefined) return seen(name, value, 'program');
  }
  for (const { name, value: pattern } of robotValues) {
    const value = valuesOf(mail, name).find((line) => pattern.test(line));
    if (value !== undefined) return seen(name, value, 'program');
  }
  return undefined;
}

function isNotTakenBack(line: string): boolean {
  return !/^(no|false|0|none)$/.test(token(line));
}

function rulesLoop(sight: Sight): SeenReason | undefined {
  return isForwardedByRule(sight) ? undefined : present(sight, 'x-ms-exchange-inbox-rules-loop');
}

function precedence(sight: Sight, words: readonly string[]): SeenReason | undefined {
  if (!sight.tells.has('precedence')) return undefined;
  for (const name of ['Precedence', 'X-Precedence', 'Preference']) {
    const value = valuesOf(sight.mail, name).find((line) => tokens(line).some((word) => words.includes(word)));
    if (value === undefined) continue;
    if (words === bulkPrecedence) return isForwardersMark(sight) ? undefined : seen(name, value, 'many');
    return seen(name, value, 'program');
  }
  return undefined;
}

/** Some forwarders call everything bulk: an answer that its own sender's address carried is nobody's circular. */
function isForwardersMark({ isReply, rewritten, envelope, from }: Sight): boolean {
  return isReply && rewritten && envelope === from;
}

/** Plain yes, or the sender's own address: how an answering program knows its own. */
function loopMark({ mail, from }: Sight): SeenReason | undefined {
  const isMark = (line: string) => ['yes', 'true', '1'].includes(token(line)) || addressesIn(line).includes(from);
  const value = valuesOf(mail, 'x-loop').find(isMark);
  return value === undefined ? undefined : seen('X-Loop', value, 'program');
}

function answeringMachineSubject(sight: Sight): SeenReason | undefined {
  const { mail, subject, isReply } = sight;
  if (autoReplySubject.isIn(subject) || awayBeforeReply.isIn(subject)) return subjectOf(sight, 'answering-machine');
  // A person who answers has "Re:" before it, a machine its own words.
  if (isReply && awaySubject.isIn(subject)) return subjectOf(sight, 'answering-machine');
  const answers = isReply || valuesOf(mail, 'in-reply-to').length > 0;
  return answers && autoPrefix.test(subject) ? { code: 'auto-prefix' } : undefined;
}

const openingLength = 240;

/** Words of another, of which a person speaks. */
const quoted = /["“«„][^"”»“]{0,200}["”»“]/gu;

/** The beginning and the end of what it says: programs put it there. */
function automaticOpening({ opening, plainOpening }: Sight): SeenReason | undefined {
  if (!mayBeAutomatic(plainOpening)) return undefined;
  const sentence = opening.split(/[.!?]\s|\n\s*\n/)[0] as string;
  return automaticText.isIn(sentence.replace(quoted, ' '))
    ? { code: 'first-sentence', text: clip(sentence) }
    : undefined;
}

/** A program that lets a mail through once its sender has answered. */
function challenge({ mail }: Sight): SeenReason | undefined {
  return isChallenge(mail) ? { code: 'asks-to-confirm', subject: clip(mail.subject) } : undefined;
}

function opensWithAbsence({ mail: { subject }, plainOpening: opening }: Sight): boolean {
  if (!mayBeAway(opening) || !absenceLists.absent.isIn(opening)) return false;
  return namesReturn({ subject, text: opening, newText: opening });
}

/** Enough to send nothing, too little to take it for a machine's: the window stays. */
function perhapsMachine(sight: Sight): SeenReason | undefined {
  const { mail, subject } = sight;
  const isLike = [maybeAutoReplySubject, answeringInside, awaySubject, confirmingSubject].some((list) =>
    list.isIn(subject),
  );
  if (isLike) return subjectOf(sight, 'perhaps-answering-machine');
  if (opensWithAbsence(sight)) return { code: 'begins-with-absence' };
  const end = mail.newText.length > openingLength ? mail.newText.slice(-openingLength) : mail.newText;
  return automaticText.isIn(end.replace(quoted, ' ')) ? { code: 'ends-as-automatic' } : undefined;
}

// Lists and campaigns

function listHeader(sight: Sight): SeenReason | undefined {
  return sight.tells.has('list') ? firstPresent(sight, listHeaders, 'list') : undefined;
}

/** A Feedback-ID that Amazon's relay puts on every mail, people's too, is judged among the people. */
function campaignHeader({ mail, tells }: Sight): SeenReason | undefined {
  const feedback = valuesOf(mail, 'feedback-id').find((line) => !/:amazonses\s*$/i.test(line));
  if (feedback !== undefined) return seen('Feedback-ID', feedback, 'bulk-sender');
  const line = tells.has('campaign') ? mail.headers.find(({ name }) => isOfCampaign(name.toLowerCase())) : undefined;
  return line === undefined ? undefined : seen(line.name, line.value, 'campaign');
}

const campaignNames = new Set<string>(campaignHeaders);
const campaignBeginnings = campaignHeaders.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));

function isOfCampaign(name: string): boolean {
  return campaignNames.has(name) || campaignBeginnings.some((beginning) => name.startsWith(beginning));
}

/** A list answers with the address of its bounces, a mailing program with one for each delivery (VERP). */
function carried({ envelope, carrier }: Sight, kind: EnvelopeKind): SeenReason | undefined {
  if (carrier !== kind || envelope === undefined) return undefined;
  return { code: 'envelope-of', address: envelope, whose: kind };
}

/** A desk called `…-request` that answers is people. */
function listAddress(sight: Sight): SeenReason | undefined {
  const { from, isReply } = sight;
  if (isReply && localPart(from).endsWith('-request')) return undefined;
  return sender(sight, listSender, 'list');
}

function bulkMark({ mail, from, tells }: Sight): SeenReason | undefined {
  const isMarked = tells.has('bulk');
  for (const { name, value: pattern } of isMarked ? bulkValues : []) {
    const value = valuesOf(mail, name).find((line) => pattern.test(line));
    if (value !== undefined) return seen(name, value, 'many');
  }
  const [local, domain] = [localPart(from), domainOf(from) ?? ''];
  if (listDomain.test(domain)) return { code: 'list-domain', from };
  if (tokenSender.test(local)) return { code: 'mark-of-mailing', from };
  const errors = (isMarked ? valuesOf(mail, 'errors-to') : [])
    .flatMap(addressesIn)
    .find((address) => envelopeKind(address, from, { isReply: true }) !== undefined);
  return errors === undefined ? undefined : seen('Errors-To', errors, 'mailing-program');
}

function relayed(sight: Sight): SeenReason | undefined {
  if (!sight.tells.has('relay')) return undefined;
  return firstPresent(sight, relayHeaders, 'service');
}

// Senders

function noticeAccount({ from, policies }: Sight): SeenReason | undefined {
  return policies.answerNoticeSenders ? undefined : senderIs(from, noticeSender, 'notices');
}

function robotEnvelope({ envelope, own, from, rewritten }: Sight): SeenReason | undefined {
  if (envelope === undefined || envelope === '') return undefined;
  const isOwn = from !== envelope && own.has(plainAddress(envelope));
  if (isOwn) return { code: 'your-address', address: envelope, where: 'envelope' };
  if (rewritten) return undefined;
  return senderIs(envelope, noReplySender, 'no-reply', true) ?? senderIs(envelope, systemSender, 'program', true);
}

function postmaster({ from, policies }: Sight): SeenReason | undefined {
  return policies.answerPostmaster ? undefined : senderIs(from, /^post[-_.]?master$/, 'postmaster');
}

/** Of both senders: the header's and the envelope's. */
function sender({ from, envelope, rewritten }: Sight, pattern: RegExp, what: SenderIs): SeenReason | undefined {
  const byHeader = senderIs(from, pattern, what);
  if (byHeader !== undefined || envelope === undefined || rewritten) return byHeader;
  return senderIs(envelope, pattern, what, true);
}

function senderIs(address: string, pattern: RegExp, what: SenderIs, isEnvelope = false): SeenReason | undefined {
  const local = localPart(address);
  const plus = local.indexOf('+');
  const holds = pattern.test(local) || (plus !== -1 && pattern.test(local.slice(0, plus)));
  return holds ? { code: 'sender-is', address, isEnvelope, what } : undefined;
}

// People, and yet no program may answer

function forwardedByRule(sight: Sight): SeenReason | undefined {
  return isForwardedByRule(sight) ? { code: 'rule-forwarded' } : undefined;
}

/**
 * Exchange marks mail that a mailbox rule redirects or forwards like a program's own. It is a person's when the rule
 * belongs to another mailbox than the sender's, or when the subject is that of a forward.
 */
function isForwardedByRule({ mail, from, subject }: Sight): boolean {
  const loops = valuesOf(mail, 'x-ms-exchange-inbox-rules-loop').flatMap(addressesIn);
  const marks = valuesOf(mail, 'auto-submitted').map(token);
  const isGenerated =
    marks.includes('auto-generated') && marks.every((mark) => mark === 'no' || mark === 'auto-generated');
  if (loops.length === 0 || !isGenerated || maybeAutoReplySubject.isIn(subject)) return false;
  return !loops.includes(from) || forwardedSubject.test(subject);
}

/**
 * All, OOF or AutoReply (MS-OXCMAIL, 2.2.3.2.14). Some Exchange sites stamp it on people's mail, so it stops only
 * the answer, never the record or the deadline.
 */
function responseSuppressed({ mail }: Sight): SeenReason | undefined {
  const value = valuesOf(mail, 'x-auto-response-suppress').find((line) =>
    tokens(line).some((word) => suppressingValues.includes(word)),
  );
  return value === undefined ? undefined : seen('X-Auto-Response-Suppress', value, 'no-automatic-answer');
}

/** @param by what must have been found: DMARC has a code of its own */
function forged({ mail, policies }: Sight, by: (found: string) => boolean): SeenReason | undefined {
  const { state, found } = authenticationOf(mail, policies.authServers);
  return state === 'failed' && by(found) ? { code: 'found-forged', found } : undefined;
}

/** RFC 5230, section 4.5: my address must be in To, Cc, Bcc or a Resent- header. */
function notAddressed(sight: Sight): SeenReason | undefined {
  const mine = addressesOfMine(sight);
  const named = [
    ...toAndCc(sight.mail),
    ...['bcc', 'resent-to', 'resent-cc', 'resent-bcc'].flatMap((name) =>
      valuesOf(sight.mail, name).flatMap(addressesIn),
    ),
  ];
  return named.some((address) => mine.has(plainAddress(address))) ? undefined : { code: 'none-of-yours' };
}

function onlyInCc(sight: Sight): SeenReason | undefined {
  const { mail, policies } = sight;
  const mine = addressesOfMine(sight);
  const isMine = ({ address }: { address: string }) => mine.has(plainAddress(address));
  const isCopy = mail.cc.some(isMine) && !mail.to.some(isMine);
  return isCopy && !policies.answerWhenOnlyInCc ? { code: 'only-a-copy' } : undefined;
}

function manyRecipients({ mail, policies }: Sight): SeenReason | undefined {
  const most = policies.maxRecipients ?? 8;
  const amount = new Set(toAndCc(mail)).size;
  return amount > most ? { code: 'recipients', amount, most } : undefined;
}

function toAndCc(mail: ParsedMail): string[] {
  return [...mail.to, ...mail.cc].map(({ address }) => address.toLowerCase());
}

/** The owner's addresses and the one it was delivered to (an alias she need not have listed). */
function addressesOfMine({ mail, facts, own }: Sight): Set<string> {
  if (facts.envelopeTo) return new Set([...own, plainAddress(addressesIn(facts.envelopeTo)[0] ?? facts.envelopeTo)]);
  const delivered = ['delivered-to', 'x-original-to', 'envelope-to', 'x-delivered-to'].flatMap((name) =>
    valuesOf(mail, name).slice(0, 1).flatMap(addressesIn),
  );
  return new Set([...own, ...delivered.map(plainAddress)]);
}

// Words and values

/** Presence of a header, whatever its value. */
function present(sight: Sight, name: string, so: HeaderSays = 'program'): SeenReason | undefined {
  return firstPresent(sight, [name], so);
}

function firstPresent({ mail }: Sight, names: readonly string[], so: HeaderSays): SeenReason | undefined {
  if (!names.some((name) => headersOf(mail, name).length > 0)) return undefined;
  const line = mail.headers.find((candidate) => names.includes(candidate.name));
  return line === undefined ? undefined : seen(line.name, line.value, so);
}

function valuesOf(mail: ParsedMail, name: string): readonly string[] {
  return headersOf(mail, name.toLowerCase());
}

function seen(name: string, value: string, so: HeaderSays): SeenReason {
  return { code: 'header-says', name, value: clip(value), so };
}

function subjectOf({ mail }: Sight, of: SubjectIs): SeenReason {
  return { code: 'subject-is', subject: clip(mail.subject), of };
}

function report(of: Extract<SeenReason, { code: 'is-report' }>['of']): SeenReason {
  return { code: 'is-report', of };
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return [...line].length > 60 ? `${[...line].slice(0, 59).join('')}…` : line;
}

function tokens(value: string): string[] {
  return withoutComments(value)
    .toLowerCase()
    .split(/[\s,;"]+/)
    .filter((word) => word !== '');
}

/** @param address lower-cased, as all in a Sight are */
function localPart(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 0 ? address : address.slice(0, at);
}
