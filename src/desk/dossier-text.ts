/**
 * What the dossier says, in order, as sections of plain blocks: the page and the PDF show the same. The reader's language
 * around data that stays in its own. Knows neither HTML nor fonts.
 */
import { clockFace } from '../rules/contact-hours.ts';
import type { Client } from '../rules/client.ts';
import { openCents } from '../rules/invoice.ts';
import type { Address } from '../rules/message.ts';
import { type Reason, reasonOf } from '../rules/reason.ts';
import {
  dayOf,
  type Instant,
  type LocalDay,
  type TimeZone,
  toIso,
  wallClock,
  weekdayOf,
  weekdays,
} from '../rules/time.ts';
import type { Window } from '../store/windows.ts';
import { happenedWords } from '../words/happened.ts';
import type { DossierWords } from '../words/parts/terminal.ts';
import { say } from '../words/voice.ts';
import type { Words } from '../words/words.ts';
import type { Dossier, DossierLetter, DossierMessage, Evidence } from './dossier.ts';
import type { FromRecord } from './dossier-mail.ts';
import { percentWords } from './interest.ts';
import { evidenceName, money, sampleWords } from './report-words.ts';

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
  what: Source;
}

/** Where the bytes of a file are from; `sha256`: the digest that was noted, which is another one. */
export type Source =
  | { code: 'as-handed-over' | 'as-kept' | 'whole' | 'not-as-arrived' }
  | { code: 'not-as-handed-over' | 'not-as-kept'; sha256: string }
  | { code: 'from-record'; missing: FromRecord };

export type Files = ReadonlyMap<string, FileFact>;

/** What a reader of it reads: the dossier, in her language. */
interface Shown extends Dossier {
  words: Words;
  t: DossierWords;
}

export function dossierTitle({ client, studio }: Dossier, words: Words): string {
  return words.terminal.dossier.title(client.name, studio);
}

export function dossierIntro({ now, zone }: Dossier, words: Words): string {
  return words.terminal.dossier.intro(moment(now, { zone, words }), zone);
}

export function dossierSections(record: Dossier, files: Files, words: Words): Section[] {
  const t = words.terminal.dossier;
  const dossier: Shown = { ...record, words, t };
  const all: Record<keyof DossierWords['sections'], Block[]> = {
    client: [clientFacts(dossier), ...agreed(dossier)],
    signs: signs(dossier),
    timeline: timeline(dossier),
    papers: firstPapers(dossier),
    messages: dossier.messages.map((message) => messageEntry(message, dossier, files)),
    letters: dossier.letters.map((letter) => letterEntry(letter, dossier, files)),
    money: moneyBlocks(dossier),
    interest: interestBlocks(dossier),
    log: log(dossier),
    evidence: dossier.evidence.map((one) => evidenceEntry(one, dossier, files)),
    requests: requests(dossier),
    exits: dossier.exits.map((exit) => exitEntry(exit, dossier)),
    journal: journal(dossier),
  };
  const asked: readonly string[] = ['evidence', 'papers', 'interest', 'requests', 'exits'];
  return Object.entries(all)
    .filter(([name, blocks]) => blocks.length > 0 || !asked.includes(name))
    .map(([name, blocks]) => ({
      title: t.sections[name as keyof typeof all],
      blocks: blocks.length > 0 ? blocks : [{ kind: 'text', text: t.nothing }],
    }));
}

interface Reader {
  zone: TimeZone;
  words: Words;
}

/** '2026-11-23 Mon 10:00', which sorts as it reads */
function moment(at: Instant, { zone, words }: Reader): string {
  const { day, minute } = wallClock(at, zone);
  return `${dayWords(day, words)} ${clockFace(minute)}`;
}

/** '2026-11-23 Mon' */
function dayWords(day: LocalDay, { weekdaysShort }: Words): string {
  return `${day} ${weekdaysShort[weekdays.indexOf(weekdayOf(day))]}`;
}

function momentOr(at: Instant | null, reader: Reader): string {
  return at === null ? '' : moment(at, reader);
}

/** Facts that are there. */
function known(facts: readonly Fact[]): Fact[] {
  return facts.filter(([, value]) => value !== '');
}

function tableOf(titles: readonly string[], rows: readonly (readonly string[])[]): Block[] {
  return rows.length === 0 ? [] : [{ kind: 'table', titles, rows }];
}

function clientFacts(dossier: Shown): Block {
  const { client, words, t } = dossier;
  const { contactName, kind, language, tone, addresses, domains, workState, project, notes, createdAt } = client;
  const { codes } = words.terminal;
  return {
    kind: 'facts',
    facts: known([
      [t.client.number, String(client.id)],
      [t.client.name, client.name],
      [t.client.contact, contactName ?? ''],
      [t.client.addresses, addresses.join(', ')],
      [t.client.domains, domains.join(', ')],
      [t.client.kind, codes.kind(kind)],
      [t.client.letters, `${codes.language(language)}, ${codes.tone(tone)}`],
      [t.client.work, codes.work(workState)],
      [t.client.project, project ?? ''],
      [t.client.since, moment(createdAt, dossier)],
      [t.client.notes, notes],
      ...termFacts(client, words),
    ]),
  };
}

function termFacts({ terms, paymentTerms }: Client, words: Words): Fact[] {
  const { rateCents, rateUnit, currency, revisionsIncluded, noticeDays, pauseClause, exitClause } = terms;
  const { codes, clients, dossier } = words.terminal;
  const t = dossier.terms;
  const unit = rateUnit === null ? null : codes.rateUnit(rateUnit);
  return [
    [t.contract, contractWords(terms, t)],
    [t.since, terms.startedOn ?? ''],
    [t.scope, terms.scope.join('; ')],
    [t.revisions, revisionsIncluded === null ? '' : String(revisionsIncluded)],
    [t.rate, rateCents === null || currency === null ? '' : t.each(money({ cents: rateCents, currency }, words), unit)],
    [t.payment, paymentTerms === null ? '' : clients.paymentTerms(paymentTerms)],
    [t.notice, noticeDays === null ? '' : dossier.days(noticeDays)],
    [t.pauseClause, pauseClause ?? ''],
    [t.exitClause, exitClause ?? ''],
    [t.paidAhead, terms.workPrepaidUntil ?? ''],
    [t.niche, terms.niche ?? ''],
  ];
}

function agreed(dossier: Shown): Block[] {
  const { projects, marks, words, t } = dossier;
  const { codes } = words.terminal;
  return [
    ...tableOf(
      t.projects,
      projects.map(({ name, state, startedOn, endedOn }) => [
        ...[name, codes.project(state), startedOn ?? '', endedOn ?? ''],
      ]),
    ),
    ...tableOf(
      t.marks,
      marks.map(({ mark, at, removedAt, note }) => [
        ...[codes.sign(mark), moment(at, dossier), momentOr(removedAt, dossier), note],
      ]),
    ),
  ];
}

function signs(dossier: Shown): Block[] {
  const { words, t } = dossier;
  const { suggestion, since, signs: found, weight } = dossier.signs;
  return [
    { kind: 'text', text: t.signs.counted(moment(since, dossier), sampleWords(dossier.signs, words)) },
    ...found.map((sign): Block => {
      const quoted = sign.evidence.filter((one) => one.quote !== undefined);
      const plain = sign.evidence.filter((one) => one.quote === undefined).map((one) => evidenceName(one, words));
      return {
        kind: 'entry',
        file: null,
        text: whyWords(sign.words, words),
        title: words.terminal.codes.sign(sign.sign),
        facts: known([
          [t.signs.weighs, sign.tooFew ? t.signs.nothing : words.terminal.report.weight(sign.weight)],
          [t.signs.readFrom, plain.join(', ')],
        ]),
        quotes: quoted.map((one) => `“${one.quote}” (${evidenceName(one, words)})`),
      };
    }),
    {
      kind: 'text',
      text: t.signs.step(
        found.length === 0 ? null : words.terminal.report.weight(weight),
        words.terminal.steps[suggestion.step],
        whyWords(suggestion.why, words),
      ),
    },
  ];
}

function timeline(dossier: Shown): Block[] {
  const { timeline: entries, words, t, zone } = dossier;
  const days = { day: (on: LocalDay) => on, dayOf: (at: Instant) => dayOf(at, zone) };
  return tableOf(
    t.timeline,
    entries.map((entry) => {
      const about = happenedWords(entry, words, days);
      return [
        entry.at === null ? dayWords(entry.day as LocalDay, words) : moment(entry.at, dossier),
        t.happened[entry.kind],
        String(entry.id),
        entry.minutes === null ? about : `${about} (${entry.minutes} min)`,
        whyWords(entry.outOfHours, words),
      ];
    }),
  );
}

function addressWords({ name, address }: Address): string {
  return name === '' ? address : `${name} <${address}>`;
}

function messageEntry(message: DossierMessage, dossier: Shown, files: Files): Block {
  const { id, role, receivedAt, subject, from, to, cc, messageId, kind, why, window, flags, attachments } = message;
  const { words } = dossier;
  const t = dossier.t.message;
  const file = files.get(message.file);
  const cut = message.isCut ? '\n[…]' : '';
  const judged = [kind === null ? t.notRead : words.terminal.codes.message(kind), message.reason ?? ''];
  return {
    kind: 'entry',
    title: t.title(id, role === 'inbox', moment(receivedAt, dossier), subject),
    file: message.file,
    facts: known([
      [t.from, from === null ? '' : addressWords(from)],
      [t.to, to.map(addressWords).join(', ')],
      [t.copy, cc.map(addressWords).join(', ')],
      [t.outOfHours, hoursWords(message, dossier)],
      [t.judged, [...judged, whyWords(why, words)].filter((part) => part !== '').join(': ')],
      [t.answer, window === null ? '' : windowWords(window, dossier)],
      [t.flags, flags.join(' ')],
      [t.attachments, attachments.map(({ name, type }) => `${name} (${type})`).join(', ')],
      [t.fault, message.fault ?? ''],
      [t.messageId, messageId ?? t.none],
      [t.file, file === undefined ? '' : sourceWords(file.what, words)],
      [t.sum, file?.sha256 ?? ''],
    ]),
    text: `${message.text}${cut}`,
    quotes: [],
  };
}

/** So many mails, the first, are what was agreed where no contract says it. */
const mostPapers = 10;

function firstPapers(dossier: Shown): Block[] {
  const { messages, client } = dossier;
  const t = dossier.t.papers;
  const first = messages.slice(0, mostPapers);
  if (first.length === 0) return [];
  return [
    { kind: 'text', text: client.terms.contractSignedOn === null ? t.unsigned : t.signed },
    ...tableOf(
      t.columns,
      first.map(({ id, receivedAt, from, subject, attachments, file }) => [
        ...[String(id), moment(receivedAt, dossier), from === null ? '' : addressWords(from), subject],
        ...[attachments.map(({ name }) => name).join(', '), file],
      ]),
    ),
  ];
}

/** A file that the owner kept with an entry of the log. */
function evidenceEntry({ file, name, sha256, logId }: Evidence, dossier: Shown, files: Files): Block {
  const { t, words } = dossier;
  const entry = dossier.log.find(({ id }) => id === logId);
  const source = files.get(file)?.what;
  const keptWith =
    entry === undefined ? '' : t.evidence.entry(logId, t.happened[entry.kind], moment(entry.at, dossier), entry.text);
  return {
    kind: 'entry',
    title: name,
    file,
    text: '',
    quotes: [],
    facts: known([
      [t.evidence.keptWith, keptWith],
      [t.message.file, source === undefined ? '' : sourceWords(source, words)],
      [t.message.sum, sha256],
    ]),
  };
}

function windowWords(window: Window, dossier: Shown): string {
  const { state, dueAt, answeredAt, answeredBy, evidence, promisedAt, missedAt, id } = window;
  const t = dossier.t.window;
  const promised = promisedAt === null ? '' : t.promised(moment(promisedAt, dossier));
  const how = evidence === null ? null : t.how[evidence];
  const end = state === 'answered' ? t.answered(momentOr(answeredAt, dossier), how, answeredBy) : t.states[state];
  return `${t.due(id, moment(dueAt, dossier))}${promised}${missedAt === null ? '' : t.missed}: ${end}`;
}

function letterEntry(letter: DossierLetter, dossier: Shown, files: Files): Block {
  const { words } = dossier;
  const { letter: t, message } = dossier.t;
  const { codes } = words.terminal;
  const file = letter.file === null ? undefined : files.get(letter.file);
  return {
    kind: 'entry',
    title: t.title(letter.id, codes.letter(letter.kind), codes.letterState(letter.state), letter.subject),
    file: letter.file,
    facts: known([
      [message.to, addressWords({ name: letter.recipientName, address: letter.recipient })],
      [message.from, letter.sender],
      [t.why, whyWords(letter.why, words)],
      [t.written, moment(letter.createdAt, dossier)],
      [t.approved, letter.approval === 'auto' ? t.needsNone : momentOr(letter.approvedAt, dossier) || t.notYet],
      [t.byHand, letter.edited ? message.yes : ''],
      [t.left, momentOr(letter.sentAt, dossier)],
      [t.filed, momentOr(letter.filedAt, dossier)],
      [t.waitsFor, whyWords(letter.waitsFor, words)],
      [t.lastFault, whyWords(letter.lastError, words)],
      [t.ended, letter.endedBy === null ? '' : t.endedBy(letter.endedBy, whyWords(letter.endedWhy, words))],
      [message.messageId, letter.messageId ?? ''],
      [message.file, file === undefined ? '' : sourceWords(file.what, words)],
      [message.sum, file?.sha256 ?? ''],
    ]),
    text: letter.text.trimEnd(),
    quotes: [],
  };
}

/** The sheet, with the source of every rate. */
function interestBlocks({ invoices: all, interest, words, t: { interest: t } }: Shown): Block[] {
  if (all.length === 0) return [];
  const { law, none, until, invoices, totals, rates } = interest;
  if (law === null) return [{ kind: 'text', text: t.none(whyWords(none, words)) }];
  const rows = invoices.flatMap(({ number, currency, rows: lines }) =>
    lines.map(({ dueOn, from, to, days, principalCents, basisPoints, exactCents }) => [
      ...[number, dueOn, from, to, String(days), money({ cents: principalCents, currency }, words)],
      ...[percentWords(basisPoints), money({ cents: Math.round(exactCents), currency }, words)],
    ]),
  );
  const missing = invoices.flatMap(({ number, none: why }) =>
    why?.code === 'no-rate' ? [[number, whyWords(why.why, words)]] : [],
  );
  if (rows.length === 0 && missing.length === 0) return [{ kind: 'text', text: t.nothing(until) }];
  return [
    { kind: 'text', text: t.by(until, law.name, percentWords(law.marginBasisPoints)) },
    ...tableOf(t.columns, rows),
    ...tableOf(
      t.totals,
      totals.map(({ currency, interestCents, flatCents }) => [
        currency,
        money({ cents: interestCents, currency }, words),
        money({ cents: flatCents, currency }, words),
      ]),
    ),
    ...tableOf(
      t.rates,
      rates.map(({ from, basisPoints, source }) => [from, percentWords(basisPoints), source]),
    ),
    ...tableOf(t.missing, missing),
  ];
}

function moneyBlocks(dossier: Shown): Block[] {
  const { invoices, holds, cases, words } = dossier;
  const { money: t } = dossier.t;
  const { codes } = words.terminal;
  const sum = (cents: number, currency: string) => money({ cents, currency }, words);
  return [
    ...tableOf(
      t.invoices,
      invoices.map((one) => [
        ...[one.number, one.issuedOn, one.instalments.map(({ dueOn }) => dueOn).join(', ')],
        ...[sum(one.totalCents, one.currency), sum(openCents(one), one.currency)],
        one.disputedCents === 0 ? '' : sum(one.disputedCents, one.currency),
        ...[codes.invoice(one.state), one.project ?? ''],
      ]),
    ),
    ...tableOf(
      t.payments,
      invoices.flatMap(({ number, currency, payments }) =>
        payments.map(({ receivedOn, amountCents, reference, reversedAt }) => [
          ...[number, receivedOn, sum(amountCents, currency), reference ?? '', momentOr(reversedAt, dossier)],
        ]),
      ),
    ),
    ...tableOf(
      t.credits,
      invoices.flatMap(({ number, currency, credits }) =>
        credits.map((one) => [
          ...[number, one.issuedOn, sum(one.amountCents, currency), one.number ?? '', one.why],
          momentOr(one.takenBackAt, dossier),
        ]),
      ),
    ),
    ...tableOf(
      t.cases,
      cases.map(({ currency, state, cycle, openedAt, closedAt, why }) => [
        ...[currency, t.caseStates[state], String(cycle), moment(openedAt, dossier), momentOr(closedAt, dossier)],
        whyWords(why, words),
      ]),
    ),
    ...tableOf(
      t.holds,
      holds.map(({ scope, scopeId, reason, createdAt, until, endedAt, note }) => [
        scope === 'client' ? codes.holdScope(scope) : `${codes.holdScope(scope)} ${scopeId}`,
        ...[codes.hold(reason), moment(createdAt, dossier)],
        ...[until === null ? t.released : moment(until, dossier), momentOr(endedAt, dossier), whyWords(note, words)],
      ]),
    ),
  ];
}

function log(dossier: Shown): Block[] {
  const { happened, log: t } = dossier.t;
  return tableOf(
    t.columns,
    dossier.log.map((one) => [
      ...[String(one.id), moment(one.at, dossier), happened[one.kind]],
      one.direction === null ? '' : one.direction === 'in' ? t.client : t.owner,
      ...[one.minutes === null ? '' : String(one.minutes), one.text, one.project ?? ''],
      ...[hoursWords(one, dossier), moment(one.recordedAt, dossier)],
    ]),
  );
}

function requests(dossier: Shown): Block[] {
  const { requests: asked, words } = dossier;
  const { request: t } = dossier.t;
  return asked.map((one) => ({
    kind: 'entry',
    file: null,
    text: one.text,
    quotes: [],
    title: t.title(one.id, words.terminal.codes.request(one.state), moment(one.openedAt, dossier)),
    facts: known([
      [t.message, one.messageId === null ? '' : String(one.messageId)],
      [t.due, one.dueOn],
      [t.delivery, one.deliveryOn ?? ''],
      [t.closed, one.closedAt === null ? '' : `${moment(one.closedAt, dossier)}: ${whyWords(one.closedWhy, words)}`],
      [t.answeredBy, one.answeredBy === null ? '' : t.byMessage(one.answeredBy)],
      [t.daysLost, one.daysLost === null ? '' : String(one.daysLost)],
      [t.newDelivery, one.newDeliveryOn ?? ''],
    ]),
  }));
}

function exitEntry(exit: Dossier['exits'][number], dossier: Shown): Block {
  const { notice } = exit;
  const { words } = dossier;
  const { exit: t, letter, days } = dossier.t;
  const { codes } = words.terminal;
  const checked = exit.checks.map(({ item, at, logId }) => t.check(codes.exitCheck(item), moment(at, dossier), logId));
  const handed = exit.handover.map(({ item, handedOn }) => `${item} (${handedOn ?? letter.notYet})`);
  return {
    kind: 'entry',
    file: null,
    text: '',
    quotes: [],
    title: t.title(exit.id, codes.exit(exit.notedState), moment(exit.proposedAt, dossier), exit.proposedBy),
    facts: known([
      [t.reason, exit.reason === 'own-words' ? exit.ownWords : codes.exitReason(exit.reason)],
      [t.notice, notice.kind === 'days' ? days(notice.days) : t.milestone(notice.milestone, notice.by)],
      [t.cooling, momentOr(exit.coolingFrom, dossier)],
      [t.checked, checked.join('; ')],
      [t.approved, exit.approvedAt === null ? '' : t.approvedBy(moment(exit.approvedAt, dossier), exit.approvedBy)],
      [t.left, momentOr(exit.sentAt, dossier)],
      [t.referral, exit.referral],
      [t.handover, handed.join('; ')],
      [t.released, momentOr(exit.releasedAt, dossier)],
      [t.ended, momentOr(exit.endedAt, dossier)],
      [
        t.cancelled,
        exit.cancelledAt === null ? '' : `${moment(exit.cancelledAt, dossier)}: ${whyWords(exit.cancelledWhy, words)}`,
      ],
    ]),
  };
}

function journal(dossier: Shown): Block[] {
  const { verdict, entries } = dossier.journal;
  const { journal: t } = dossier.t;
  const { words, now } = dossier;
  const said = verdict.ok
    ? t.sound(moment(now, dossier), verdict.count, verdict.head)
    : t.unsound(verdict.id, whyWords(verdict.problem, words));
  return [
    { kind: 'text', text: `${said} ${t.about(entries.length)}` },
    ...tableOf(
      t.columns,
      entries.map((one) => [
        ...[String(one.id), moment(new Date(one.at).getTime() as Instant, dossier)],
        ...[one.kind, one.subject, whyOf(one.body, words), `${one.hash.slice(0, 12)}…`],
      ]),
    ),
  ];
}

function whyOf(body: string | null, words: Words): string {
  const why = body === null ? ({ code: 'erased' } as const) : (JSON.parse(body) as { why: Reason | string }).why;
  return whyWords(reasonOf(why), words);
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

function hoursWords(
  { outOfHours, outOfHoursWhy }: { outOfHours: boolean; outOfHoursWhy: Reason | null },
  { words, t }: Shown,
): string {
  if (!outOfHours) return '';
  return outOfHoursWhy === null ? t.message.yes : whyWords(outOfHoursWhy, words);
}

function contractWords({ contractSignedOn, contractNone }: Client['terms'], t: DossierWords['terms']): string {
  if (contractSignedOn !== null) return t.signedOn(contractSignedOn);
  return contractNone ? t.noContract : t.noneOnRecord;
}

/** '' where there is none */
function whyWords(why: Reason | null, words: Words): string {
  return why === null ? '' : say(why, words.language);
}

/** Where the bytes of a file are from, as a clause. */
export function sourceWords(source: Source, words: Words): string {
  const { files: t } = words.terminal.dossier;
  switch (source.code) {
    case 'from-record':
      return t.fromRecord(t.missing[source.missing]);
    case 'not-as-handed-over':
      return t.notAsHandedOver(source.sha256);
    case 'not-as-kept':
      return t.notAsKept(source.sha256);
    case 'as-handed-over':
      return t.asHandedOver;
    case 'as-kept':
      return t.asKept;
    case 'whole':
      return t.whole;
    case 'not-as-arrived':
      return t.notAsArrived;
  }
}
