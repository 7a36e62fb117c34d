/**
 * What the dossier says, in order, as sections of plain blocks: the page and the PDF show the same. English around data
 * that stays in its own language. Knows neither HTML nor fonts.
 */
import { clockFace } from '../rules/contact-hours.ts';
import type { Client } from '../rules/client.ts';
import { openCents } from '../rules/invoice.ts';
import type { Address } from '../rules/message.ts';
import { type Instant, type LocalDay, toIso, wallClock, weekdayOf } from '../rules/time.ts';
import { count } from '../rules/words.ts';
import type { Window } from '../store/windows.ts';
import type { Dossier, DossierLetter, DossierMessage, Evidence } from './dossier.ts';
import { percentWords } from './interest.ts';
import { evidenceName, money, sampleWords } from './report-words.ts';
import { say, wordsOf } from '../words/voice.ts';
import { type Reason, reasonOf } from '../rules/reason.ts';

/** The dossier is written in English around data that stays in its own language. */
const words = wordsOf('en');

export type Fact = readonly [name: string, value: string];

export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'facts'; facts: readonly Fact[] }
  | { kind: 'table'; titles: readonly string[]; rows: readonly (readonly string[])[] }
  /** `file` is a path in the dossier; `text` keeps its lines */
  | {
      kind: 'entry';
      title: string;
      file: string | null;
      facts: readonly Fact[];
      text: string;
      quotes: readonly string[];
    };

export interface Section {
  title: string;
  blocks: readonly Block[];
}

/** What is known of a file of the dossier once it is written. */
export interface FileFact {
  /** in hex */
  sha256: string;
  /** where its bytes are from, as a clause */
  what: string;
}

export type Files = ReadonlyMap<string, FileFact>;

export function dossierTitle({ client, studio }: Dossier): string {
  return `Dossier: ${client.name}, kept by ${studio}`;
}

export function dossierIntro({ now, zone }: Dossier): string {
  return `Made by Paletti on ${moment(now, zone)}. Times are those of ${zone}; data.json has them in UTC. Check the files with: sha256sum -c SHA256SUMS`;
}

export function dossierSections(dossier: Dossier, files: Files): Section[] {
  const all: Section[] = [
    { title: 'Client and terms', blocks: [clientFacts(dossier), ...agreed(dossier)] },
    { title: 'Warning signs', blocks: signs(dossier) },
    { title: 'Timeline', blocks: timeline(dossier) },
    { title: 'First papers', blocks: firstPapers(dossier) },
    { title: 'Messages', blocks: dossier.messages.map((message) => messageEntry(message, dossier, files)) },
    { title: 'Letters', blocks: dossier.letters.map((letter) => letterEntry(letter, dossier, files)) },
    { title: 'Money', blocks: moneyBlocks(dossier) },
    { title: 'Interest by law', blocks: interestBlocks(dossier) },
    { title: 'Log', blocks: log(dossier) },
    { title: 'Evidence', blocks: dossier.evidence.map((one) => evidenceEntry(one, dossier, files)) },
    { title: 'Requests to the client', blocks: requests(dossier) },
    { title: 'Exits', blocks: dossier.exits.map((exit) => exitEntry(exit, dossier)) },
    { title: 'Journal', blocks: journal(dossier) },
  ];
  const asked = new Set(['Evidence', 'First papers', 'Interest by law', 'Requests to the client', 'Exits']);
  return all
    .filter(({ title, blocks }) => blocks.length > 0 || !asked.has(title))
    .map((section) =>
      section.blocks.length > 0 ? section : { ...section, blocks: [{ kind: 'text', text: 'Nothing.' }] },
    );
}

/** '2026-11-23 Mon 10:00', which sorts as it reads */
function moment(at: Instant, zone: string): string {
  const { day, weekday, minute } = wallClock(at, zone);
  return `${day} ${weekday.charAt(0).toUpperCase()}${weekday.slice(1)} ${clockFace(minute)}`;
}

/** '2026-11-23 Mon' */
function dayWords(day: LocalDay): string {
  const weekday = weekdayOf(day);
  return `${day} ${weekday.charAt(0).toUpperCase()}${weekday.slice(1)}`;
}

function momentOr(at: Instant | null, zone: string): string {
  return at === null ? '' : moment(at, zone);
}

/** Facts that are there. */
function known(facts: readonly Fact[]): Fact[] {
  return facts.filter(([, value]) => value !== '');
}

function tableOf(titles: readonly string[], rows: readonly (readonly string[])[]): Block[] {
  return rows.length === 0 ? [] : [{ kind: 'table', titles, rows }];
}

function clientFacts({ client, zone }: Dossier): Block {
  const { contactName, kind, language, tone, addresses, domains, workState, project, notes, createdAt } = client;
  return {
    kind: 'facts',
    facts: known([
      ['Number', String(client.id)],
      ['Name', client.name],
      ['Contact', contactName ?? ''],
      ['Addresses', addresses.join(', ')],
      ['Domains', domains.join(', ')],
      ['Kind', kind],
      ['Letters in', `${language}, ${tone}`],
      ['Work', workState],
      ['Project', project ?? ''],
      ['In the register since', moment(createdAt, zone)],
      ['Notes', notes],
      ...termFacts(client),
    ]),
  };
}

function termFacts({ terms, paymentTerms }: Client): Fact[] {
  const { rateCents, rateUnit, currency, revisionsIncluded, noticeDays, pauseClause, exitClause } = terms;
  return [
    ['Contract', contractWords(terms)],
    ['Work since', terms.startedOn ?? ''],
    ['Scope', terms.scope.join('; ')],
    ['Revisions included', revisionsIncluded === null ? '' : String(revisionsIncluded)],
    [
      'Rate',
      rateCents === null || currency === null
        ? ''
        : `${money({ cents: rateCents, currency }, words)} each ${rateUnit ?? 'unit'}`,
    ],
    ['Payment', paymentTerms === null ? '' : words.terminal.clients.paymentTerms(paymentTerms)],
    ['Notice', noticeDays === null ? '' : count(noticeDays, 'day')],
    ['Clause on pausing', pauseClause ?? ''],
    ['Clause on ending', exitClause ?? ''],
    ['Paid ahead until', terms.workPrepaidUntil ?? ''],
    ['Niche', terms.niche ?? ''],
  ];
}

function agreed({ projects, marks, zone }: Dossier): Block[] {
  return [
    ...tableOf(
      ['Project', 'State', 'From', 'To'],
      projects.map(({ name, state, startedOn, endedOn }) => [name, state, startedOn ?? '', endedOn ?? '']),
    ),
    ...tableOf(
      ['Mark of the owner', 'Set', 'Taken away', 'Note'],
      marks.map(({ mark, at, removedAt, note }) => [
        words.terminal.codes.sign(mark),
        moment(at, zone),
        momentOr(removedAt, zone),
        note,
      ]),
    ),
  ];
}

function signs({ signs: summary, zone }: Dossier): Block[] {
  const { suggestion, since, signs: found, weight } = summary;
  return [
    {
      kind: 'text',
      text: `Habits are counted since ${moment(since, zone)}: ${sampleWords(summary, words)}. A sign is a reason to look, not a verdict.`,
    },
    ...found.map((sign): Block => {
      const quoted = sign.evidence.filter((one) => one.quote !== undefined);
      const plain = sign.evidence.filter((one) => one.quote === undefined).map((one) => evidenceName(one, words));
      return {
        kind: 'entry',
        file: null,
        text: say(sign.words, 'en'),
        title: words.terminal.codes.sign(sign.sign),
        facts: known([
          ['Weighs', sign.tooFew ? 'nothing: too few to tell' : sign.weight.toFixed(2)],
          ['Read from', plain.join(', ')],
        ]),
        quotes: quoted.map((one) => `“${one.quote}” (${evidenceName(one, words)})`),
      };
    }),
    {
      kind: 'text',
      text: `${found.length === 0 ? 'No sign is to be seen' : `The signs weigh ${weight.toFixed(2)}`}. One step to consider: ${words.terminal.steps[suggestion.step]} (${say(suggestion.why, 'en')}).`,
    },
  ];
}

const kindNames: Record<string, string> = {
  'message-in': 'message of the client',
  'message-out': 'message of the owner',
  reversal: 'payment taken back',
};

function timeline({ timeline: entries, zone }: Dossier): Block[] {
  return tableOf(
    ['When', 'What', 'No.', 'About', 'Out of hours'],
    entries.map(({ at, day, kind, id, text, minutes, outOfHours }) => [
      at === null ? dayWords(day as LocalDay) : moment(at, zone),
      kindNames[kind] ?? kind,
      String(id),
      minutes === null ? text : `${text} (${minutes} min)`,
      outOfHours === null ? '' : say(outOfHours, 'en'),
    ]),
  );
}

function addressWords({ name, address }: Address): string {
  return name === '' ? address : `${name} <${address}>`;
}

function messageEntry(message: DossierMessage, { zone }: Dossier, files: Files): Block {
  const { id, role, receivedAt, subject, from, to, cc, messageId, kind, why, window, flags, attachments } = message;
  const file = files.get(message.file);
  const cut = message.isCut ? '\n[…]' : '';
  return {
    kind: 'entry',
    title: `${id}. ${role === 'inbox' ? 'In' : 'Out'}, ${moment(receivedAt, zone)}: ${subject || '(no subject)'}`,
    file: message.file,
    facts: known([
      ['From', from === null ? '' : addressWords(from)],
      ['To', to.map(addressWords).join(', ')],
      ['Copy', cc.map(addressWords).join(', ')],
      ['Out of hours', hoursWords(message)],
      ['Judged', [kind ?? 'not read', message.reason ?? '', whyWords(why)].filter((part) => part !== '').join(': ')],
      ['Answer', window === null ? '' : windowWords(window, zone)],
      ['Flags', flags.join(' ')],
      ['Attachments', attachments.map(({ name, type }) => `${name} (${type})`).join(', ')],
      ['Fault', message.fault ?? ''],
      ['Message-ID', messageId ?? 'none'],
      ['Its file', file?.what ?? ''],
      ['SHA-256', file?.sha256 ?? ''],
    ]),
    text: `${message.text}${cut}`,
    quotes: [],
  };
}

/** So many mails, the first, are what was agreed where no contract says it. */
const mostPapers = 10;

function firstPapers({ messages, client, zone }: Dossier): Block[] {
  const first = messages.slice(0, mostPapers);
  if (first.length === 0) return [];
  const isSigned = client.terms.contractSignedOn !== null;
  return [
    {
      kind: 'text',
      text: isSigned
        ? 'The first mails, beside the contract.'
        : 'No signed contract is on record: the first mails are what says what was agreed.',
    },
    ...tableOf(
      ['No.', 'When', 'From', 'Subject', 'Attachments', 'Its file'],
      first.map(({ id, receivedAt, from, subject, attachments, file }) => [
        ...[String(id), moment(receivedAt, zone), from === null ? '' : addressWords(from), subject],
        ...[attachments.map(({ name }) => name).join(', '), file],
      ]),
    ),
  ];
}

/** A file that the owner kept with an entry of the log. */
function evidenceEntry({ file, name, sha256, logId }: Evidence, { log: entries, zone }: Dossier, files: Files): Block {
  const entry = entries.find(({ id }) => id === logId);
  return {
    kind: 'entry',
    title: name,
    file,
    text: '',
    quotes: [],
    facts: known([
      ['Kept with', entry === undefined ? '' : `log ${logId}, ${entry.kind}, ${moment(entry.at, zone)}: ${entry.text}`],
      ['Its file', files.get(file)?.what ?? ''],
      ['SHA-256', sha256],
    ]),
  };
}

const evidenceWords: Record<NonNullable<Window['evidence']>, string> = {
  thread: 'an answer in the thread',
  subject: 'a message on the same subject',
  flag: 'the mail program marked it as answered',
  owner: 'by word of the owner',
};

function windowWords(window: Window, zone: string): string {
  const { state, dueAt, answeredAt, answeredBy, evidence, promisedAt, missedAt, id } = window;
  const promised = promisedAt === null ? '' : `, promised for ${moment(promisedAt, zone)}`;
  const missed = missedAt === null ? '' : ', missed';
  const how =
    evidence === null ? '' : ` (${evidenceWords[evidence]}${answeredBy === null ? '' : `, message ${answeredBy}`})`;
  const end = state === 'answered' ? `answered ${momentOr(answeredAt, zone)}${how}` : state;
  return `window ${id}, due ${moment(dueAt, zone)}${promised}${missed}: ${end}`;
}

function letterEntry(letter: DossierLetter, { zone }: Dossier, files: Files): Block {
  const file = letter.file === null ? undefined : files.get(letter.file);
  return {
    kind: 'entry',
    title: `${letter.id}. ${letter.kind}, ${letter.state}: ${letter.subject}`,
    file: letter.file,
    facts: known([
      ['To', addressWords({ name: letter.recipientName, address: letter.recipient })],
      ['From', letter.sender],
      ['Why', say(letter.why, 'en')],
      ['Written', moment(letter.createdAt, zone)],
      ['Approved', letter.approval === 'auto' ? 'needs none' : momentOr(letter.approvedAt, zone) || 'not yet'],
      ['Changed by hand', letter.edited ? 'yes' : ''],
      ['Left', momentOr(letter.sentAt, zone)],
      ['Filed in Sent', momentOr(letter.filedAt, zone)],
      ['Waits for', whyWords(letter.waitsFor)],
      ['Last fault', whyWords(letter.lastError)],
      ['Ended', letter.endedBy === null ? '' : `by ${letter.endedBy}: ${whyWords(letter.endedWhy)}`],
      ['Message-ID', letter.messageId ?? ''],
      ['Its file', file?.what ?? ''],
      ['SHA-256', file?.sha256 ?? ''],
    ]),
    text: letter.text.trimEnd(),
    quotes: [],
  };
}

/** The sheet, with the source of every rate. */
function interestBlocks({ invoices: all, interest }: Dossier): Block[] {
  if (all.length === 0) return [];
  const { law, none, until, invoices, totals, rates } = interest;
  if (law === null) return [{ kind: 'text', text: `None was worked out: ${whyWords(none)}.` }];
  const rows = invoices.flatMap(({ number, currency, rows: lines }) =>
    lines.map(({ dueOn, from, to, days, principalCents, basisPoints, exactCents }) => [
      ...[number, dueOn, from, to, String(days), money({ cents: principalCents, currency }, words)],
      ...[percentWords(basisPoints), money({ cents: Math.round(exactCents), currency }, words)],
    ]),
  );
  const missing = invoices.flatMap(({ number, none: why }) =>
    why?.code === 'no-rate' ? [[number, say(why.why, 'en')]] : [],
  );
  if (rows.length === 0 && missing.length === 0) return [{ kind: 'text', text: `Nothing was late on ${until}.` }];
  return [
    {
      kind: 'text',
      text: `Until ${until}, by ${law.name}: the reference rate and ${percentWords(law.marginBasisPoints)}. Worked out by a program, not legal advice; no letter asked for it.`,
    },
    ...tableOf(['Invoice', 'Due', 'From', 'To', 'Days', 'Sum', 'Rate', 'Interest'], rows),
    ...tableOf(
      ['Currency', 'Interest', 'Flat sums'],
      totals.map(({ currency, interestCents, flatCents }) => [
        currency,
        money({ cents: interestCents, currency }, words),
        money({ cents: flatCents, currency }, words),
      ]),
    ),
    ...tableOf(
      ['Half-year from', 'Reference rate', 'Source'],
      rates.map(({ from, basisPoints, source }) => [from, percentWords(basisPoints), source]),
    ),
    ...tableOf(['Not worked out', 'Why'], missing),
  ];
}

function moneyBlocks({ invoices, holds, cases, zone }: Dossier): Block[] {
  const sum = (cents: number, currency: string) => money({ cents, currency }, words);
  return [
    ...tableOf(
      ['Invoice', 'Issued', 'Due', 'Total', 'Open', 'Disputed', 'State', 'Project'],
      invoices.map((one) => [
        ...[one.number, one.issuedOn, one.instalments.map(({ dueOn }) => dueOn).join(', ')],
        ...[sum(one.totalCents, one.currency), sum(openCents(one), one.currency)],
        ...[one.disputedCents === 0 ? '' : sum(one.disputedCents, one.currency), one.state, one.project ?? ''],
      ]),
    ),
    ...tableOf(
      ['Payment for', 'Received', 'Sum', 'Reference', 'Reversed'],
      invoices.flatMap(({ number, currency, payments }) =>
        payments.map(({ receivedOn, amountCents, reference, reversedAt }) => [
          ...[number, receivedOn, sum(amountCents, currency), reference ?? '', momentOr(reversedAt, zone)],
        ]),
      ),
    ),
    ...tableOf(
      ['Credit note on', 'Issued', 'Sum', 'Its number', 'Why', 'Taken back'],
      invoices.flatMap(({ number, currency, credits }) =>
        credits.map((one) => [
          ...[number, one.issuedOn, sum(one.amountCents, currency), one.number ?? '', one.why],
          momentOr(one.takenBackAt, zone),
        ]),
      ),
    ),
    ...tableOf(
      ['Case', 'State', 'Cycle', 'Opened', 'Closed', 'Last decision'],
      cases.map(({ currency, state, cycle, openedAt, closedAt, why }) => [
        ...[currency, state, String(cycle), moment(openedAt, zone), momentOr(closedAt, zone)],
        whyWords(why),
      ]),
    ),
    ...tableOf(
      ['Hold on', 'Reason', 'Since', 'Until', 'Ended', 'Note'],
      holds.map(({ scope, scopeId, reason, createdAt, until, endedAt, note }) => [
        ...[scope === 'client' ? 'client' : `${scope} ${scopeId}`, reason, moment(createdAt, zone)],
        ...[until === null ? 'released' : moment(until, zone), momentOr(endedAt, zone), whyWords(note)],
      ]),
    ),
  ];
}

function log({ log: entries, zone }: Dossier): Block[] {
  return tableOf(
    ['No.', 'When', 'What', 'Began', 'Min', 'Text', 'Project', 'Out of hours', 'Written down'],
    entries.map((one) => [
      ...[String(one.id), moment(one.at, zone), one.kind],
      one.direction === null ? '' : one.direction === 'in' ? 'client' : 'owner',
      ...[one.minutes === null ? '' : String(one.minutes), one.text, one.project ?? ''],
      ...[hoursWords(one), moment(one.recordedAt, zone)],
    ]),
  );
}

function requests({ requests: asked, zone }: Dossier): Block[] {
  return asked.map((one) => ({
    kind: 'entry',
    file: null,
    text: one.text,
    quotes: [],
    title: `${one.id}. ${one.state}, asked ${moment(one.openedAt, zone)}`,
    facts: known([
      ['Message', one.messageId === null ? '' : String(one.messageId)],
      ['Due', one.dueOn],
      ['Delivery', one.deliveryOn ?? ''],
      ['Closed', one.closedAt === null ? '' : `${moment(one.closedAt, zone)}: ${whyWords(one.closedWhy)}`],
      ['Answered by', one.answeredBy === null ? '' : `message ${one.answeredBy}`],
      ['Days lost', one.daysLost === null ? '' : String(one.daysLost)],
      ['New delivery', one.newDeliveryOn ?? ''],
    ]),
  }));
}

function exitEntry(exit: Dossier['exits'][number], { zone }: Dossier): Block {
  const { notice } = exit;
  return {
    kind: 'entry',
    file: null,
    text: '',
    quotes: [],
    title: `${exit.id}. ${exit.notedState}, proposed ${moment(exit.proposedAt, zone)} by ${exit.proposedBy}`,
    facts: known([
      ['Reason', exit.reason === 'own-words' ? exit.ownWords : exit.reason],
      [
        'Notice',
        notice.kind === 'days'
          ? count(notice.days, 'day')
          : `until "${notice.milestone}"${notice.by === null ? '' : `, at the latest ${notice.by}`}`,
      ],
      ['Cooling-off from', momentOr(exit.coolingFrom, zone)],
      [
        'Checked',
        exit.checks
          .map(({ item, at, logId }) => `${item} (${moment(at, zone)}${logId === null ? '' : `, log ${logId}`})`)
          .join('; '),
      ],
      ['Approved', exit.approvedAt === null ? '' : `${moment(exit.approvedAt, zone)} by ${exit.approvedBy ?? ''}`],
      ['Letter left', momentOr(exit.sentAt, zone)],
      ['Referral', exit.referral],
      ['Handover', exit.handover.map(({ item, handedOn }) => `${item} (${handedOn ?? 'not yet'})`).join('; ')],
      ['Released though owed', momentOr(exit.releasedAt, zone)],
      ['Ended', momentOr(exit.endedAt, zone)],
      [
        'Cancelled',
        exit.cancelledAt === null ? '' : `${moment(exit.cancelledAt, zone)}: ${whyWords(exit.cancelledWhy)}`,
      ],
    ]),
  };
}

function journal({ journal: { verdict, entries }, now, zone }: Dossier): Block[] {
  const said = verdict.ok
    ? `The whole journal was verified on ${moment(now, zone)}: ${count(verdict.count, 'line')}, none changed, removed or put in; last hash ${verdict.head}.`
    : `THE JOURNAL IS NOT SOUND: line ${verdict.id}: ${verdict.problem}.`;
  return [
    {
      kind: 'text',
      text: `${said} ${entries.length} of them are about this client. journal.json has them with their hashes, and says how to check them.`,
    },
    ...tableOf(
      ['Line', 'When', 'What', 'About', 'Why', 'Hash'],
      entries.map((one) => [
        ...[
          String(one.id),
          moment(new Date(one.at).getTime() as Instant, zone),
          one.kind,
          one.subject,
          whyOf(one.body),
        ],
        `${one.hash.slice(0, 12)}…`,
      ]),
    ),
  ];
}

function whyOf(body: string | null): string {
  return body === null ? '(erased)' : say(reasonOf((JSON.parse(body) as { why: Reason | string }).why), 'en');
}

/** journal.json: the client's lines, and all that is needed to verify them without Paletti. */
export function journalFile({ journal: { verdict, entries }, client, now }: Dossier): string {
  const file = {
    format: 'paletti-journal/1',
    client: { id: client.id, name: client.name },
    howToVerify: [
      'body is JSON text: {"data":…,"why":…}. SHA-256 of its UTF-8 bytes, in hex, is bodySha256. It is null when it was erased on request; then its digest stays.',
      'SHA-256 of the JSON text of the list [previousHash, id, at, kind, subject, clientId, bodySha256], without blanks, is hash.',
      'previousHash is the hash of line id - 1, whoever it is about; next.hash is the hash of line id + 1. Where the neighbour is listed here too, the two must agree.',
      'The lines between are about others and are not here. "paletti journal verify" walks all of them; wholeJournal is what it said, and its head is the hash of the last line.',
    ],
    wholeJournal: { verifiedAt: toIso(now), ...verdict },
    entries,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function hoursWords({ outOfHours, outOfHoursWhy }: { outOfHours: boolean; outOfHoursWhy: Reason | null }): string {
  if (!outOfHours) return '';
  return outOfHoursWhy === null ? 'yes' : say(outOfHoursWhy, 'en');
}

function contractWords({ contractSignedOn, contractNone }: Client['terms']): string {
  if (contractSignedOn !== null) return `signed on ${contractSignedOn}`;
  return contractNone ? 'none' : 'none on record';
}

/** '' where there is none */
function whyWords(why: Reason | null): string {
  return why === null ? '' : say(why, 'en');
}
