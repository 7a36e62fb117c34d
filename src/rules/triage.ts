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
  code: string;
  /** a sentence for a person, naming what was seen */
  why: string;
}

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
  /** @returns why it holds, as a sentence, or undefined */
  when(sight: Sight): string | undefined;
}

/**
 * The kind of a message and whether a program may answer it (RFC 3834, section 2; RFC 5230, section 4; MS-OXCMAIL).
 * `kind: 'human'` with `answerable: false` means: a person wrote it, keep the record and the deadline, but send
 * nothing by yourself. Headers inside an attached message never count: `mail.headers` holds the top level only.
 */
export function triage(mail: ParsedMail, facts: TriageFacts): Verdict {
  const sight = look(mail, facts);
  for (const { code, kind, when } of conditions) {
    const why = when(sight);
    if (why !== undefined) return { kind, answerable: false, code, why };
  }
  return { kind: 'human', answerable: true, code: 'person', why: `a person, ${sight.from}, wrote to you` };
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
export function triageCodes(): string[] {
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
const conditions: readonly Condition[] = [
  // The owner's own Sent folder
  {
    code: 'own-folder',
    kind: 'own',
    when: ({ facts: { role, folder = role } }) =>
      sayIf(role === 'sent' && folder === 'sent', 'it lies in your Sent folder'),
  },

  // Delivery reports and receipts
  { code: 'delivery-report', kind: 'bounce', when: deliveryReport },
  { code: 'failed-recipients', kind: 'bounce', when: (s) => present(s, 'x-failed-recipients') },
  { code: 'rejection', kind: 'bounce', when: rejection },
  { code: 'read-receipt', kind: 'receipt', when: readReceipt },
  { code: 'certified-mail-receipt', kind: 'receipt', when: (s) => present(s, 'x-ricevuta') },
  {
    code: 'certified-mail-envelope',
    kind: 'receipt',
    when: (s) => (s.mail.unwrapped ? undefined : present(s, 'x-trasporto')),
  },
  { code: 'complaint-report', kind: 'automatic', when: complaintReport },
  { code: 'server-report', kind: 'automatic', when: serverReport },
  { code: 'daemon-sender', kind: 'bounce', when: daemon },
  {
    code: 'report',
    kind: 'bounce',
    when: ({ mail }) =>
      sayIf(mail.contentType === 'multipart/report', 'it is a multipart/report, which only mail software writes'),
  },

  // Oneself
  { code: 'own-address', kind: 'own', when: ownAddress },
  { code: 'own-loop-mark', kind: 'own', when: ownLoopMark },
  { code: 'own-message-id', kind: 'own', when: ownMessageId },
  {
    code: 'own-side',
    kind: 'own',
    when: ({ facts, from }) => sayIf(facts.role === 'sent', () => `${from || 'it'} is on your side`),
  },
  {
    code: 'bounce-subject',
    kind: 'bounce',
    when: ({ mail, subject }) =>
      sayIf(bounceSubject.isIn(subject), () => `the subject "${clip(mail.subject)}" is that of a delivery report`),
  },
  { code: 'bounce-text', kind: 'bounce', when: bounceOfPostmaster },

  // Spam
  { code: 'spam-keyword', kind: 'spam', when: spamKeyword },
  { code: 'spam-header', kind: 'spam', when: spamHeader },
  { code: 'spam-subject', kind: 'spam', when: spamTag },
  {
    code: 'spam-folder',
    kind: 'spam',
    when: ({ facts }) => sayIf(facts.junk === 'stranger', 'it lies in the folder for unsolicited mail'),
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
  { code: 'precedence-auto-reply', kind: 'automatic', when: (s) => precedence(s, replyPrecedence) },
  { code: 'loop-mark', kind: 'automatic', when: loopMark },
  { code: 'other-paletti', kind: 'automatic', when: otherPaletti },
  { code: 'auto-reply-subject', kind: 'automatic', when: answeringMachineSubject },
  { code: 'automatic-text', kind: 'automatic', when: automaticOpening },
  { code: 'challenge', kind: 'automatic', when: challenge },

  // Lists and campaigns
  { code: 'own-group', kind: 'human', when: ownGroup },
  { code: 'list-header', kind: 'list', when: listHeader },
  { code: 'precedence-bulk', kind: 'list', when: (s) => precedence(s, bulkPrecedence) },
  { code: 'campaign-header', kind: 'list', when: campaignHeader },
  { code: 'list-envelope', kind: 'list', when: (s) => carried(s, 'list') },
  { code: 'list-sender', kind: 'list', when: listAddress },
  { code: 'bulk-mark', kind: 'list', when: bulkMark },

  // Senders that are no persons
  {
    code: 'no-reply-sender',
    kind: 'automatic',
    when: ({ from }) => senderIs(from, noReplySender, 'says that nobody reads answers'),
  },
  {
    code: 'system-sender',
    kind: 'automatic',
    when: ({ from }) => senderIs(from, systemSender, 'is the account of a program'),
  },
  { code: 'notice-sender', kind: 'automatic', when: noticeAccount },
  { code: 'program-envelope', kind: 'automatic', when: (s) => (s.isReply ? undefined : carried(s, 'program')) },
  { code: 'relay-header', kind: 'automatic', when: (s) => (s.isReply ? undefined : relayed(s)) },
  {
    code: 'null-sender',
    kind: 'bounce',
    when: ({ envelope }) =>
      sayIf(envelope === '', 'the envelope sender is empty (<>): whoever sent it wants no answer'),
  },

  // People, and yet no program may answer
  {
    code: 'no-sender',
    kind: 'human',
    when: ({ from }) => sayIf(from === '', 'the header "From" names no address'),
  },
  {
    code: 'header-cut',
    kind: 'human',
    when: ({ mail }) =>
      sayIf(mail.headerCut === true, 'its header is longer than any program or person writes, and was not read whole'),
  },
  { code: 'forwarded-by-rule', kind: 'human', when: forwardedByRule },
  {
    code: 'certified-mail',
    kind: 'human',
    when: ({ mail }) =>
      sayIf(mail.unwrapped, 'it came by certified mail (PEC), where an automatic answer would be a legal act'),
  },
  { code: 'response-suppressed', kind: 'human', when: responseSuppressed },
  { code: 'dmarc-failed', kind: 'human', when: (s) => forged(s, (found) => found.startsWith('dmarc=fail')) },
  { code: 'authentication-failed', kind: 'human', when: (s) => forged(s, () => true) },
  {
    code: 'relayed-feedback-id',
    kind: 'human',
    when: (s) => present(s, 'feedback-id', 'a relay for bulk mail carried it'),
  },
  {
    code: 'forwarded-bounce',
    kind: 'human',
    when: ({ mail, subject }) =>
      sayIf(
        bounceSubject.isIn(subject.replace(forwardedSubject, '')),
        () => `the subject "${clip(mail.subject)}" is that of a delivery report sent on`,
      ),
  },
  { code: 'maybe-auto-reply', kind: 'human', when: perhapsMachine },
  { code: 'bounce-envelope', kind: 'human', when: (s) => carried(s, 'program') ?? relayed(s) },
  { code: 'robot-envelope', kind: 'human', when: robotEnvelope },
  {
    code: 'in-spam-folder',
    kind: 'human',
    when: ({ facts }) => sayIf(facts.junk === 'client', 'a filter put it into the folder for unsolicited mail'),
  },
  { code: 'postmaster', kind: 'human', when: postmaster },
  {
    code: 'no-envelope-recipient',
    kind: 'human',
    when: ({ facts }) => sayIf(facts.envelopeTo === null || facts.envelopeTo === '', 'the envelope names no recipient'),
  },
  { code: 'not-addressed', kind: 'human', when: notAddressed },
  { code: 'only-in-cc', kind: 'human', when: onlyInCc },
  { code: 'many-recipients', kind: 'human', when: manyRecipients },
];

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

function deliveryReport({ mail }: Sight): string | undefined {
  const isReport =
    mail.contentType === 'multipart/report' && mail.contentTypeParameters['report-type'] === 'delivery-status';
  if (isReport) return 'it is a delivery report (multipart/report; report-type=delivery-status)';
  const part = mail.partTypes.find((type) => /^message\/(global-)?delivery-status$/.test(type));
  return sayIf(part !== undefined, () => `it has a part of type ${part}, a delivery report`);
}

/** A server that refuses a mail by a disposition notification (RFC 5429, section 2.1.3): the reader never saw it. */
function rejection({ mail, from, subject }: Sight): string | undefined {
  if (mail.contentTypeParameters['report-type'] !== 'disposition-notification') return undefined;
  const isServers =
    /^(?:postmaster|mailer-daemon)@/.test(from) ||
    daemonName.test(mail.from?.name.trim() ?? '') ||
    valuesOf(mail, 'auto-submitted').some((value) => /\(rejected\)/i.test(value)) ||
    bounceSubject.isIn(subject);
  return sayIf(isServers, 'a mail server refused your mail (disposition-notification)');
}

function readReceipt({ mail, envelope, subject }: Sight): string | undefined {
  const saysNothing = mail.newText.trim() === '' && mail.attachments.every(isTnef);
  if ((envelope === '' || saysNothing) && receiptSubject.isIn(subject))
    return `its subject "${clip(mail.subject)}", without ${envelope === '' ? 'an envelope sender' : 'a word'}, is that of a read receipt`;
  const isReport =
    mail.contentType === 'multipart/report' && mail.contentTypeParameters['report-type'] === 'disposition-notification';
  const part = mail.partTypes.some((type) => /^message\/(global-)?disposition-notification$/.test(type));
  return sayIf(isReport || part, 'it is a read receipt (disposition-notification)');
}

/** Outlook's own format, which only Outlook reads. */
function isTnef({ name, type }: { name: string; type: string }): boolean {
  return type === 'application/ms-tnef' || name.toLowerCase() === 'winmail.dat';
}

function complaintReport({ mail, from, subject }: Sight): string | undefined {
  const isReport =
    mail.contentTypeParameters['report-type'] === 'feedback-report' ||
    mail.partTypes.includes('message/feedback-report');
  if (isReport) return 'it is a complaint report (feedback-report)';
  const returns =
    mail.partTypes.includes('message/rfc822') || mail.attachments.some(({ type }) => type === 'message/rfc822');
  const isProviders = complaintSender.test(localPart(from)) || returns;
  return sayIf(
    isProviders && complaintSubject.isIn(subject),
    () => `its subject "${clip(mail.subject)}" is that of a complaint report`,
  );
}

/** What mail servers tell each other's owners of a domain, every day. */
function serverReport({ mail, subject }: Sight): string | undefined {
  if (mail.contentTypeParameters['report-type'] === 'tlsrpt') return 'it is a report on encryption (tlsrpt)';
  if (reportSubject.isIn(subject)) return `its subject "${clip(mail.subject)}" is that of a DMARC report`;
  const file = mail.attachments.find(({ name }) => reportFile.test(name));
  return sayIf(file !== undefined, () => `its attachment "${clip(file?.name ?? '')}" is a DMARC report`);
}

/** Postmaster may be a person; a report is told by its words. */
function bounceOfPostmaster({ mail, from }: Sight): string | undefined {
  const isReport = /^post[-_.]?master$/.test(localPart(from)) && bounceText.isIn(mail.newText.slice(0, 2000));
  return sayIf(isReport, 'it comes from postmaster and says that a mail was not delivered');
}

function daemon(sight: Sight): string | undefined {
  const name = sight.mail.from?.name ?? '';
  if (daemonName.test(name.trim())) return `the sender calls itself "${clip(name)}"`;
  return sender(sight, daemonSender, 'is that of a mail server');
}

// Oneself

function ownAddress({ mail, from, own, envelope, facts }: Sight): string | undefined {
  if (facts.behindOwn === true) return undefined;
  if (from !== '' && own.has(plainAddress(from))) return `it comes from your own address ${from}`;
  const viaOwn = from === '' && envelope !== undefined && own.has(plainAddress(envelope));
  const sentBy = mail.sender?.address;
  if (viaOwn) return `its envelope sender is your own address ${envelope}`;
  return sayIf(
    from === '' && sentBy !== undefined && own.has(plainAddress(sentBy)),
    () => `its sender is your own address ${sentBy}`,
  );
}

function ownLoopMark(sight: Sight): string | undefined {
  const { mail, own } = sight;
  const value = valuesOf(mail, 'x-loop').find((line) =>
    addressesIn(line).some((address) => own.has(plainAddress(address))),
  );
  return value === undefined || isOwnGroup(sight)
    ? undefined
    : seen('X-Loop', value, 'it is a letter of Paletti that came back');
}

function ownMessageId({ mail, own }: Sight): string | undefined {
  const id = palettiId(mail);
  const isOurs = id !== undefined && [...own].some((address) => domainOf(address) === domainOf(id));
  return isOurs ? seen('Message-ID', id, 'it is a letter of Paletti that came back') : undefined;
}

/** Her site's form writes in her name; where the answer goes stands in Reply-To. */
function ownForm(sight: Sight): string | undefined {
  const isForm = sight.facts.behindOwn === true && !isOfGroup(sight);
  return sayIf(isForm, 'a client wrote it through a form of your own, which puts your address into From');
}

/** A group of the owner's sends on what people write to it. What a campaign sent to it stays a campaign's. */
function ownGroup(sight: Sight): string | undefined {
  const isOwn = sight.facts.behindOwn === true || isOwnGroup(sight);
  return sayIf(
    isOwn && campaignHeader(sight) === undefined,
    'it came through a group of your own, where an answer would reach all',
  );
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

function otherPaletti({ mail }: Sight): string | undefined {
  const id = palettiId(mail);
  return id === undefined ? undefined : seen('Message-ID', id, 'it was written by another Paletti');
}

function palettiId(mail: ParsedMail): string | undefined {
  const id = mail.messageId?.trim().replace(/^<|>$/g, '').toLowerCase();
  return id?.startsWith(ownMessageIdPrefix) ? id : undefined;
}

// Spam

function spamKeyword({ facts }: Sight): string | undefined {
  const flag = facts.flags.find((keyword) => /^(\$|\\)?junk$/i.test(keyword));
  return sayIf(flag !== undefined, () => `the mail server or a person marked it ${flag}`);
}

/** A person's $NotJunk overrules the filter. */
function isKnownGood({ facts }: Sight): boolean {
  return facts.flags.some((keyword) => /^\$?(notjunk|nonjunk)$/i.test(keyword));
}

function spamHeader(sight: Sight): string | undefined {
  if (!sight.tells.has('spam') || isKnownGood(sight)) return undefined;
  for (const [name, value] of spamValues) {
    const hit = valuesOf(sight.mail, name).find((line) => value.test(line));
    if (hit !== undefined) return seen(name, hit, 'the spam filter caught it');
  }
  const line = sight.mail.headers.find(({ name, value }) => spamHeaderName.test(name) && spamHeaderValue.test(value));
  return line === undefined ? undefined : seen(line.name, line.value, 'the spam filter caught it');
}

function spamTag(sight: Sight): string | undefined {
  const isTagged = spamSubject.test(sight.subject) && !isKnownGood(sight);
  return sayIf(isTagged, () => `the spam filter marked its subject "${clip(sight.mail.subject)}"`);
}

// Programs that answer or report

function reaction({ mail }: Sight): string | undefined {
  if (mail.partTypes.includes(reactionPart)) return 'somebody put a sign to your message (a reaction of Gmail)';
  const said = firstLines(mail.newText, 3).find(
    (line) => line.length <= 200 && mayBeReaction(line) && reactionText.test(plainSpelling(line).trim()),
  );
  return said === undefined ? undefined : `it says only "${clip(said)}": a sign put to your message`;
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

function recall({ mail, subject }: Sight): string | undefined {
  const isRecall = recallSubject.test(subject) && recallText.test(plainSpelling(mail.newText.slice(0, 1000)));
  return sayIf(isRecall, () => `its sender wants to take a message back ("${clip(mail.subject)}")`);
}

/** Somebody else's invitation, sent on with a word of one's own, is a person's mail. */
function scheduling(sight: Sight): string | undefined {
  const { mail } = sight;
  const method = mail.calendarMethod ?? '';
  if (isSentOn(sight)) return undefined;
  return sayIf(schedulingMethods.includes(method.toUpperCase()), () => `it is a calendar's message (METHOD:${method})`);
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
function autoSubmitted(sight: Sight): string | undefined {
  const value = valuesOf(sight.mail, 'auto-submitted').find((line) => token(line) !== 'no');
  if (value === undefined || isForwardedByRule(sight)) return undefined;
  return seen('Auto-Submitted', value, 'a program sent it');
}

function robotHeader({ mail, tells }: Sight): string | undefined {
  if (!tells.has('robot')) return undefined;
  for (const name of robotHeaders) {
    const value = valuesOf(mail, name).find(isNotTakenBack);
    if (value !== undefined) return seen(name, value, 'a program sent it');
  }
  for (const { name, value: pattern } of robotValues) {
    const value = valuesOf(mail, name).find((line) => pattern.test(line));
    if (value !== undefined) return seen(name, value, 'a program sent it');
  }
  return undefined;
}

function isNotTakenBack(line: string): boolean {
  return !/^(no|false|0|none)$/.test(token(line));
}

function rulesLoop(sight: Sight): string | undefined {
  return isForwardedByRule(sight) ? undefined : present(sight, 'x-ms-exchange-inbox-rules-loop');
}

function precedence(sight: Sight, words: readonly string[]): string | undefined {
  if (!sight.tells.has('precedence')) return undefined;
  for (const name of ['Precedence', 'X-Precedence', 'Preference']) {
    const value = valuesOf(sight.mail, name).find((line) => tokens(line).some((word) => words.includes(word)));
    if (value === undefined) continue;
    if (words === bulkPrecedence) return isForwardersMark(sight) ? undefined : seen(name, value, 'it went to many');
    return seen(name, value, 'a program sent it');
  }
  return undefined;
}

/** Some forwarders call everything bulk: an answer that its own sender's address carried is nobody's circular. */
function isForwardersMark({ isReply, rewritten, envelope, from }: Sight): boolean {
  return isReply && rewritten && envelope === from;
}

/** Plain yes, or the sender's own address: how an answering program knows its own. */
function loopMark({ mail, from }: Sight): string | undefined {
  const isMark = (line: string) => ['yes', 'true', '1'].includes(token(line)) || addressesIn(line).includes(from);
  const value = valuesOf(mail, 'x-loop').find(isMark);
  return value === undefined ? undefined : seen('X-Loop', value, 'a program sent it');
}

function answeringMachineSubject({ mail, subject, isReply }: Sight): string | undefined {
  const why = () => `the subject "${clip(mail.subject)}" is that of an answering machine`;
  if (autoReplySubject.isIn(subject)) return why();
  // A person who answers has "Re:" before it, a machine its own words.
  if (isReply && awaySubject.isIn(subject)) return why();
  const answers = isReply || valuesOf(mail, 'in-reply-to').length > 0;
  return sayIf(answers && autoPrefix.test(subject), 'it is a reply whose subject begins with "Auto:"');
}

const openingLength = 240;

/** The beginning and the end of what it says: programs put it there. */
function automaticOpening({ opening, plainOpening }: Sight): string | undefined {
  if (!mayBeAutomatic(plainOpening)) return undefined;
  const sentence = opening.split(/[.!?]\s|\n\s*\n/)[0] as string;
  return sayIf(
    automaticText.isIn(sentence),
    () => `its first sentence says that a program wrote it: "${clip(sentence)}"`,
  );
}

/** A program that lets a mail through once its sender has answered. */
function challenge({ mail }: Sight): string | undefined {
  return sayIf(isChallenge(mail), () => `a program asks you to confirm your mail: "${clip(mail.subject)}"`);
}

function opensWithAbsence({ mail: { subject }, plainOpening: opening }: Sight): boolean {
  if (!mayBeAway(opening) || !absenceLists.absent.isIn(opening)) return false;
  return namesReturn({ subject, text: opening, newText: opening });
}

/** Enough to send nothing, too little to take it for a machine's: the window stays. */
function perhapsMachine(sight: Sight): string | undefined {
  const { mail, subject } = sight;
  const isLike = [maybeAutoReplySubject, answeringInside, awaySubject, confirmingSubject].some((list) =>
    list.isIn(subject),
  );
  if (isLike) return `the subject "${clip(mail.subject)}" is like that of an answering machine`;
  if (opensWithAbsence(sight)) return 'it begins with an absence and names its end, as answering machines do';
  const end = mail.newText.length > openingLength ? mail.newText.slice(-openingLength) : mail.newText;
  return sayIf(automaticText.isIn(end), 'it says that it was written automatically');
}

// Lists and campaigns

function listHeader(sight: Sight): string | undefined {
  return sight.tells.has('list') ? firstPresent(sight, listHeaders, 'it went through a list or to many') : undefined;
}

/** A Feedback-ID that Amazon's relay puts on every mail, people's too, is judged among the people. */
function campaignHeader({ mail, tells }: Sight): string | undefined {
  const feedback = valuesOf(mail, 'feedback-id').find((line) => !/:amazonses\s*$/i.test(line));
  if (feedback !== undefined) return seen('Feedback-ID', feedback, 'a bulk sender marked it');
  const line = tells.has('campaign') ? mail.headers.find(({ name }) => isOfCampaign(name.toLowerCase())) : undefined;
  return line === undefined ? undefined : seen(line.name, line.value, 'a campaign sent it');
}

const campaignNames = new Set<string>(campaignHeaders);
const campaignBeginnings = campaignHeaders.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));

function isOfCampaign(name: string): boolean {
  return campaignNames.has(name) || campaignBeginnings.some((beginning) => name.startsWith(beginning));
}

/** A list answers with the address of its bounces, a mailing program with one for each delivery (VERP). */
function carried({ envelope, carrier }: Sight, kind: EnvelopeKind): string | undefined {
  const whose = kind === 'list' ? 'list software' : 'a program that counts what comes back';
  return sayIf(carrier === kind, () => `the envelope sender ${envelope} is that of ${whose}`);
}

/** A desk called `…-request` that answers is people. */
function listAddress(sight: Sight): string | undefined {
  const { from, isReply } = sight;
  if (isReply && localPart(from).endsWith('-request')) return undefined;
  return sender(sight, listSender, 'is that of list software');
}

function bulkMark({ mail, from, tells }: Sight): string | undefined {
  const isMarked = tells.has('bulk');
  for (const { name, value: pattern } of isMarked ? bulkValues : []) {
    const value = valuesOf(mail, name).find((line) => pattern.test(line));
    if (value !== undefined) return seen(name, value, 'it went to many');
  }
  const [local, domain] = [localPart(from), domainOf(from) ?? ''];
  if (listDomain.test(domain)) return `the sender ${from} writes from a domain for lists`;
  if (tokenSender.test(local)) return `the sender ${from} bears the mark of one mailing`;
  const errors = (isMarked ? valuesOf(mail, 'errors-to') : [])
    .flatMap(addressesIn)
    .find((address) => envelopeKind(address, from, { isReply: true }) !== undefined);
  return errors === undefined ? undefined : seen('Errors-To', errors, 'a mailing program sent it');
}

function relayed(sight: Sight): string | undefined {
  if (!sight.tells.has('relay')) return undefined;
  return firstPresent(sight, relayHeaders, 'a program sent it through a service for many');
}

// Senders

function noticeAccount({ from, policies }: Sight): string | undefined {
  return policies.answerNoticeSenders ? undefined : senderIs(from, noticeSender, 'usually sends notices');
}

function robotEnvelope({ envelope, own, from, rewritten }: Sight): string | undefined {
  if (envelope === undefined || envelope === '') return undefined;
  const isOwn = from !== envelope && own.has(plainAddress(envelope));
  if (isOwn) return `its envelope sender ${envelope} is your own address`;
  if (rewritten) return undefined;
  const why =
    senderIs(envelope, noReplySender, 'says that nobody reads answers') ??
    senderIs(envelope, systemSender, 'is the account of a program');
  return why?.replace('the sender', 'the envelope sender');
}

function postmaster({ from, policies }: Sight): string | undefined {
  return policies.answerPostmaster
    ? undefined
    : senderIs(from, /^post[-_.]?master$/, 'is a person or a program, one cannot tell');
}

/** Of both senders: the header's and the envelope's. */
function sender({ from, envelope, rewritten }: Sight, pattern: RegExp, what: string): string | undefined {
  const byHeader = senderIs(from, pattern, what);
  if (byHeader !== undefined || envelope === undefined || rewritten) return byHeader;
  return senderIs(envelope, pattern, what)?.replace('the sender', 'the envelope sender');
}

function senderIs(address: string, pattern: RegExp, what: string): string | undefined {
  const local = localPart(address);
  const plus = local.indexOf('+');
  const holds = pattern.test(local) || (plus !== -1 && pattern.test(local.slice(0, plus)));
  return holds ? `the sender ${address} ${what}` : undefined;
}

// People, and yet no program may answer

function forwardedByRule(sight: Sight): string | undefined {
  return sayIf(
    isForwardedByRule(sight),
    'a mailbox rule forwarded it (Auto-Submitted: auto-generated): a person wrote it, but an answer may go astray',
  );
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
function responseSuppressed({ mail }: Sight): string | undefined {
  const value = valuesOf(mail, 'x-auto-response-suppress').find((line) =>
    tokens(line).some((word) => suppressingValues.includes(word)),
  );
  return value === undefined
    ? undefined
    : seen('X-Auto-Response-Suppress', value, 'the sender wants no automatic answer');
}

/** @param by what must have been found: DMARC has a code of its own */
function forged({ mail, policies }: Sight, by: (found: string) => boolean): string | undefined {
  const { state, found } = authenticationOf(mail, policies.authServers);
  return sayIf(
    state === 'failed' && by(found),
    () => `your mail server found the sender forged (Authentication-Results: ${found})`,
  );
}

/** RFC 5230, section 4.5: my address must be in To, Cc, Bcc or a Resent- header. */
function notAddressed(sight: Sight): string | undefined {
  const mine = addressesOfMine(sight);
  const named = [
    ...toAndCc(sight.mail),
    ...['bcc', 'resent-to', 'resent-cc', 'resent-bcc'].flatMap((name) =>
      valuesOf(sight.mail, name).flatMap(addressesIn),
    ),
  ];
  return sayIf(
    !named.some((address) => mine.has(plainAddress(address))),
    'none of your addresses is among its recipients',
  );
}

function onlyInCc(sight: Sight): string | undefined {
  const { mail, policies } = sight;
  const mine = addressesOfMine(sight);
  const isMine = ({ address }: { address: string }) => mine.has(plainAddress(address));
  const isCopy = mail.cc.some(isMine) && !mail.to.some(isMine);
  return sayIf(isCopy && !policies.answerWhenOnlyInCc, 'you were only sent a copy (Cc)');
}

function manyRecipients({ mail, policies }: Sight): string | undefined {
  const most = policies.maxRecipients ?? 8;
  const amount = new Set(toAndCc(mail)).size;
  return sayIf(amount > most, () => `it went to ${amount} recipients, more than ${most}`);
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
function present(sight: Sight, name: string, so = 'a program sent it'): string | undefined {
  return firstPresent(sight, [name], so);
}

function firstPresent({ mail }: Sight, names: readonly string[], so: string): string | undefined {
  if (!names.some((name) => headersOf(mail, name).length > 0)) return undefined;
  const line = mail.headers.find((candidate) => names.includes(candidate.name));
  return line === undefined ? undefined : seen(line.name, line.value, so);
}

function valuesOf(mail: ParsedMail, name: string): readonly string[] {
  return headersOf(mail, name.toLowerCase());
}

/** @param why put together only when it is said: most conditions do not hold */
function sayIf(holds: boolean, why: string | (() => string)): string | undefined {
  if (!holds) return undefined;
  return typeof why === 'string' ? why : why();
}

function seen(name: string, value: string, so: string): string {
  return `the header "${name}: ${clip(value)}" says so: ${so}`;
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
