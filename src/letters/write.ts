/**
 * One function for each letter: typed facts in, subject and text out. Turns facts into the words of the reader's
 * language and hands them to the templates. Decides neither whether a letter is due nor when it leaves.
 */
import { type Sum, sumsByCurrency } from '../rules/money.ts';
import { AppError } from '../errors.ts';
import type { Client } from '../rules/client.ts';
import type { Language } from '../rules/language.ts';
import type { Debt } from '../rules/invoice.ts';
import type { DemandLaw } from '../rules/formal-demand.ts';
import { kindRecords, type KindOf, type LetterKind } from '../rules/letter.ts';
import type { LetterPart } from '../rules/letter-kinds.ts';
import type { PaymentTerms } from '../rules/payment-terms.ts';
import type { Owner } from '../rules/settings.ts';
import type { SettledPart } from '../rules/settlement.ts';
import { type Instant, type LocalDay, type TimeZone, toIso } from '../rules/time.ts';
import { cleanText, oneLine, withoutEnd } from './clean.ts';
import { demandValues, headline, inOrder, nothingOwed, openInvoices, settledParts, totalCents } from './demand.ts';
import { channelValues, quoted, withinQuotes } from './words.ts';
import { count, day, dayAndTime, moment, money, paymentTerms, rate, series, weekdayDay } from './format.ts';
import { letterLanguages } from './languages/index.ts';
import { greetingOf, greetingToWriter } from './greeting.ts';
import type { Outside } from './hours.ts';
import type { Letters, Reader } from './library.ts';
import type { Values } from './values.ts';

export interface Written extends Reader {
  kind: LetterKind;
  /** one line */
  subject: string;
  /** ends with a line feed */
  text: string;
  /** plain JSON: what the text was made from, to see later whether it still holds */
  facts: Record<string, unknown>;
}

export type OwnerFacts = Pick<Owner, 'name' | 'business' | 'signature' | 'iban' | 'accountHolder' | 'bic'>;
export type ClientFacts = Pick<Client, 'id' | 'name' | 'contactName' | 'kind' | 'language' | 'tone'>;

/** Limits for words that others wrote, in code points; longer ones are cut and show it. */
const limits = { subject: 230, item: 300, project: 120, clause: 160 } as const;

// --- acknowledgement

export interface AcknowledgementFacts {
  reader: Reader;
  /** the client's contact name, or the name in the From header; '' when there is none */
  recipientName: string;
  owner: OwnerFacts;
  originalSubject: string;
  receivedAt: Instant;
  /** by when the answer is promised */
  promisedAt: Instant;
  /** contact hours in words, in the reader's language */
  hours: string;
  /** null or absent: the phone is no channel, or has no hours of its own */
  phoneHours?: string | null;
  channels: readonly string[];
  /** null: it came in contact hours */
  outside: Outside | null;
  /** it leaves while the studio is closed, and tells of that; absent: it does not */
  closure?: { from: LocalDay; to: LocalDay; reopensAt: Instant } | null;
  /** it leaves when the window is about to end, without an answer */
  isLate?: boolean;
  /** the zone of the hours, in which times are named */
  timeZone: TimeZone;
}

/** Received, and answered by then. @throws AppError `template` when a fact is empty */
export function writeAcknowledgement(letters: Letters, facts: AcknowledgementFacts): Written {
  const { reader, receivedAt, promisedAt, timeZone } = facts;
  const { language } = reader;
  const subject = oneLine(facts.originalSubject, limits.subject);
  const { outside, closure = null } = facts;
  const kind = acknowledgementKind(facts);
  const values: Values = {
    greeting: greetingToWriter(facts.recipientName, reader),
    signature: signatureOf(facts.owner),
    originalSubject: subject === '' ? letterLanguages[language].withoutSubject : subject,
    receivedAt: dayAndTime(receivedAt, timeZone, language),
    promisedAt: moment(promisedAt, timeZone, language),
    hours: facts.hours,
    phoneHours: facts.phoneHours ?? null,
    ...channelValues(facts.channels, language),
    ...(kind === 'acknowledgement-out-of-hours' && outside !== null ? outsideValues(outside, language) : {}),
    ...(closure === null ? {} : closureValues(closure, timeZone, language)),
  };
  return written(letters, kind, reader, values, {
    recipientName: facts.recipientName,
    originalSubject: facts.originalSubject,
    receivedAt: toIso(receivedAt),
    promisedAt: toIso(promisedAt),
    hours: facts.hours,
    ...(facts.phoneHours == null ? {} : { phoneHours: facts.phoneHours }),
    channels: facts.channels,
    outside,
    timeZone,
    ...(closure === null ? {} : { closure: { ...closure, reopensAt: toIso(closure.reopensAt) } }),
  });
}

function acknowledgementKind({ outside, closure = null, isLate }: AcknowledgementFacts): KindOf<'acknowledgement'> {
  if (closure !== null) return 'acknowledgement-closed';
  if (isLate === true) return 'acknowledgement-late';
  return outside === null ? 'acknowledgement' : 'acknowledgement-out-of-hours';
}

function closureValues(
  { from, to, reopensAt }: NonNullable<AcknowledgementFacts['closure']>,
  zone: TimeZone,
  language: Language,
): Values {
  const isOneDay = from === to;
  return {
    closedOn: isOneDay ? day(from, language) : null,
    closedFrom: isOneDay ? null : day(from, language),
    closedTo: isOneDay ? null : day(to, language),
    reopensAt: dayAndTime(reopensAt, zone, language),
  };
}

function outsideValues(outside: Outside, language: Language): Values {
  const isClosure = outside.kind === 'closure';
  const isOneDay = isClosure && outside.from === outside.to;
  return {
    holiday: outside.kind === 'holiday',
    closedOn: isOneDay ? day(outside.from, language) : null,
    closedFrom: isClosure && !isOneDay ? day(outside.from, language) : null,
    closedTo: isClosure && !isOneDay ? day(outside.to, language) : null,
  };
}

// --- money

/** A letter that asks for money, or notes what the client said of it. */
export type DunningKind = KindOf<'dunning' | 'asking' | 'confirming'>;

export interface EarlierLetter {
  kind: LetterKind;
  on: LocalDay;
  /** it left out some of what is asked for now; absent when it named all of it */
  isPartial?: true;
}

export interface DunningFacts {
  kind: DunningKind;
  client: ClientFacts;
  owner: OwnerFacts;
  /** what is asked for */
  debts: readonly Debt[];
  currency: string;
  /** the day the letter is written for, in the client's zone */
  today: LocalDay;
  /** letters that were sent and asked for some of the same money, in any order */
  earlier: readonly EarlierLetter[];
  /** working days from payment to the resumption of work */
  resumeWithinDays: number;
  /** what the next step does to the work, and the first day on which it may; absent when it does nothing to it */
  next?: { effect: 'pause' | 'terminate'; on: LocalDay } | undefined;
  /** the last day to pay; every letter that asks for money has one (rules/pay-by) */
  payBy?: LocalDay | undefined;
  /** payment-reminder: when a letter confirmed a payment of it that has been taken back since */
  confirmedOn?: LocalDay | undefined;
  /** when the letter left that paused the work, where it is paused */
  pausedOn?: LocalDay | undefined;
  /** final-demand: what the law gives it */
  law?: DemandLaw | undefined;
  /** part-payment: what came, and when */
  payment?: { cents: number; on: LocalDay } | undefined;
  /** what the client promised to pay, by when, of which invoice */
  promise?: { cents: number; by: LocalDay; number: string } | undefined;
  /** what the client disputes, and the day of the owner's answer to it */
  dispute?: { cents: number; number: string; issuedOn: LocalDay; answerBy: LocalDay } | undefined;
  /** work-paused and termination: what the contract says of it, as in 'art. 7 del contratto' */
  clause?: string | undefined;
  /** termination: the last day of the notice */
  noticeOn?: LocalDay | undefined;
  /** termination: what is still completed, instead of a day or before it */
  milestone?: string | undefined;
  /** termination: the one reason, as the end of the sentence 'There is one reason: …' */
  reason?: string | undefined;
  /** termination: it is for just cause (art. 2237 of the Italian civil code); said in Italian only */
  justCause?: boolean | undefined;
  /** termination: who could take over, as the end of the sentence 'I can recommend …' */
  referral?: string | undefined;
  /** termination: what is the client's own and handed over in any case, one line each */
  handover?: readonly string[] | undefined;
  /** termination: the owner's work that passes to the client with the payment, one line each */
  onPayment?: readonly string[] | undefined;
  /** termination: work was done that no invoice has asked for yet */
  unbilled?: boolean | undefined;
  /** termination: by when what was paid ahead and not used is given back */
  refundBy?: LocalDay | undefined;
  /** termination: the work is paused when the letter leaves */
  paused?: boolean | undefined;
}

/**
 * A letter about money.
 * @throws AppError `template` when a fact is empty; `internal` for mixed currencies, a demand without a day to pay by, or
 * a termination without its day or its reason
 */
export function writeDunning(letters: Letters, facts: DunningFacts): Written {
  const { client, owner, kind, ...rest } = facts;
  const debts = inOrder(facts.debts, facts.currency);
  const values = { ...letterValues(client, owner), ...dunningValues({ ...facts, debts }) };
  return written(letters, kind, client, values, {
    ...rest,
    debts,
    clientId: client.id,
    contactName: client.contactName,
    iban: owner.iban,
    totalCents: totalCents(debts),
  });
}

/** What each part of such a letter says. */
const moneyParts: Partial<Record<LetterPart, (facts: DunningFacts) => Values>> = {
  demand: askedFor,
  'demand-if-any': (facts) =>
    facts.debts.length === 0
      ? nothingOwed
      : demandValues(facts.debts, { ...facts, payBy: facts.payBy, language: facts.client.language }),
  upcoming: ({ debts, today }) => ({
    upcoming: debts.every((debt) => debt.dueOn >= today),
    severalDue: new Set(debts.map((debt) => debt.dueOn)).size > 1,
  }),
  'reminder-on': (facts) => ({
    reminderOn: dayOrNull(lastOf(facts.earlier, 'payment-reminder'), facts.client.language),
  }),
  'confirmed-on': (facts) => ({ confirmedOn: dayOrNull(facts.confirmedOn, facts.client.language) }),
  'announced-on': (facts) => ({ announcedOn: dayOrNull(lastOf(facts.earlier, 'pause-notice'), facts.client.language) }),
  'pause-may-follow': pauseDay,
  'pause-follows': pauseDay,
  'end-may-follow': ({ next }) => ({ mayEnd: next?.effect === 'terminate' }),
  'resume-within': (facts) => ({ resumeWithin: resumeWithin(facts.resumeWithinDays, facts.client.language) }),
  clause: (facts) => ({ clause: clauseOrNull(facts) }),
  'paused-on': (facts) => ({ pausedOn: dayOrNull(facts.pausedOn, facts.client.language) }),
  law: ({ kind, law }) => ({ ...(law ?? missing(kind, 'what the law gives it')) }),
  payment: ({ kind, payment = missing(kind, 'a payment'), currency, client: { language } }) => ({
    received: money(payment.cents, currency, language),
    receivedOn: day(payment.on, language),
  }),
  promise: ({ kind, promise = missing(kind, 'a promise'), currency, client: { language } }) => ({
    promisedSum: money(promise.cents, currency, language),
    promisedBy: weekdayDay(promise.by, language),
    promisedInvoice: oneLine(promise.number, limits.project),
  }),
  dispute: ({ kind, dispute = missing(kind, 'a dispute'), currency, client: { language } }) => ({
    disputedSum: money(dispute.cents, currency, language),
    disputedInvoice: oneLine(dispute.number, limits.project),
    disputedIssued: day(dispute.issuedOn, language),
    answerBy: weekdayDay(dispute.answerBy, language),
  }),
  end: endValues,
};

function missing(kind: LetterKind, what: string): never {
  throw new AppError('internal', `a letter (${kind}) without ${what}`);
}

function dunningValues(facts: DunningFacts): Values {
  const { kind } = facts;
  const values = kindRecords[kind].says.map((part) => (moneyParts[part] ?? missing(kind, `values for ${part}`))(facts));
  return Object.assign({}, ...values) as Values;
}

function askedFor(facts: DunningFacts): Values {
  const { language } = facts.client;
  if (facts.debts.length === 0) throw new AppError('internal', `a letter (${facts.kind}) that asks for nothing`);
  return {
    ...demandValues(facts.debts, { ...facts, payBy: facts.payBy, language }),
    ...headline(facts.debts, language),
  };
}

function pauseDay({ next, client }: DunningFacts): Values {
  return { pausesOn: dayOrNull(next?.effect === 'pause' ? next.on : undefined, client.language) };
}

/** Never 'within 0 working days': what is promised leaves room for the day the letter is read. */
function resumeWithin(days: number, language: Language): string {
  return count(Math.max(1, days), 'working-day', language);
}

function clauseOrNull({ clause }: DunningFacts): string | null {
  return endOfSentence(oneLine(clause ?? '', limits.clause)) || null;
}

function endValues(facts: DunningFacts): Values {
  const { client, noticeOn, debts, today } = facts;
  const { language } = client;
  const milestone = withinQuotes(oneLine(facts.milestone ?? '', limits.project)) || null;
  if (noticeOn === undefined && milestone === null)
    throw new AppError('internal', 'a termination letter needs the day its notice ends, or a milestone');
  const endsToday = noticeOn !== undefined && noticeOn <= today;
  return {
    noticeOn: dayOrNull(noticeOn, language),
    endsToday,
    milestone,
    reason: endOfSentence(facts.reason ?? unpaid(debts, language)),
    justCause: facts.justCause === true,
    earlier: listOrNull(earlierValues(facts.earlier, language)),
    handoverBy: dayOrNull(endsToday ? (facts.payBy ?? noticeOn) : noticeOn, language),
    handover: itemsOrNull(facts.handover),
    onPayment: debts.length === 0 ? null : itemsOrNull(facts.onPayment),
    unbilled: facts.unbilled === true,
    refundBy: dayOrNull(facts.refundBy, language),
    paused: facts.paused === true,
    referral: endOfSentence(facts.referral ?? '') || null,
  };
}

/** Of one that is paid in part it is not so that nothing was paid. */
function unpaid(debts: readonly Debt[], language: Language): string {
  if (debts.length === 0) throw new AppError('internal', 'a termination of a client who owes nothing needs its reason');
  const several = new Set(debts.map((debt) => debt.invoiceId)).size > 1;
  const paidInPart = debts.some((debt) => (debt.paidCents ?? 0) > 0);
  return letterLanguages[language].unpaid({ several, paidInPart });
}

/** Only letters that asked for something; thanks are no step on the way. */
function earlierValues(earlier: readonly EarlierLetter[], language: Language): Values[] {
  return earlier
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .flatMap(({ kind, on }) => {
      const letter = kindRecords[kind].asEarlier?.[language];
      return letter === undefined ? [] : [{ letter, on: day(on, language) }];
    });
}

/** The last of the kind that named all that is asked for now: "further to my reminder of …" is about all of it. */
function lastOf(earlier: readonly EarlierLetter[], kind: LetterKind): LocalDay | undefined {
  const days = earlier.filter((letter) => letter.kind === kind && letter.isPartial !== true).map((letter) => letter.on);
  return days.toSorted().at(-1);
}

// --- silence

export interface NudgeFacts {
  kind: 'nudge-kind' | 'nudge-firm';
  client: ClientFacts;
  owner: OwnerFacts;
  project: string | null;
  /** what was asked, in the owner's words; quoted */
  request: string;
  askedOn: LocalDay;
  /** calendar or working days, as the owner counts them */
  daysLost: number;
  /** null when no delivery date was agreed */
  newDeliveryOn: LocalDay | null;
  replyBy: LocalDay;
}

/** An answer is missing, and delivery moves by as much. @throws AppError `template` when a fact is empty */
export function writeNudge(letters: Letters, facts: NudgeFacts): Written {
  const { client, owner, kind, ...rest } = facts;
  const { language } = client;
  const values: Values = {
    ...letterValues(client, owner),
    project: projectOrNull(facts.project),
    request: quoted(facts.request),
    askedOn: day(facts.askedOn, language),
    daysLost: count(facts.daysLost, 'day', language),
    oneDay: facts.daysLost === 1,
    newDelivery: dayOrNull(facts.newDeliveryOn ?? undefined, language),
    replyBy: day(facts.replyBy, language),
  };
  return written(letters, kind, client, values, { ...rest, clientId: client.id });
}

// --- where the line is

interface BoundaryCommon {
  client: ClientFacts;
  owner: OwnerFacts;
}

export type BoundaryFacts = BoundaryCommon &
  (
    | {
        kind: 'boundary-hours';
        from: LocalDay;
        hours: string;
        /** null when the phone is no channel */
        phoneHours: string | null;
        channels: readonly string[];
        /** hours of the response window, by whichever count */
        answerWithinHours: number;
      }
    | {
        kind: 'boundary-decisions';
        from: LocalDay;
        project: string | null;
        /** agreed revisions for each delivery */
        revisions: number | null;
      }
    | {
        kind: 'boundary-scope';
        /** the client's own sentence */
        quote: string;
        quotedOn: LocalDay;
        /** what was agreed, one line each; may be empty */
        scope: readonly string[];
        quotationOn: LocalDay;
        /** the work is paused: then it is not said that it goes on */
        paused: boolean;
      }
    | { kind: 'boundary-contract'; project: string | null; signBy: LocalDay; startOn: LocalDay | null }
    | {
        kind: 'boundary-price';
        from: LocalDay;
        project: string | null;
        /** minor units */
        rateCents: number;
        /** what is agreed until then; null: nothing on record */
        rateBeforeCents: number | null;
        currency: string;
        unit: 'hour' | 'day' | 'project';
      }
    | {
        kind: 'boundary-channel';
        from: LocalDay;
        channels: readonly string[];
        /** by which other one requests have come; null: none is on record */
        usedChannel: string | null;
      }
    | {
        kind: 'welcome';
        project: string | null;
        hours: string;
        /** as for `boundary-hours` */
        phoneHours: string | null;
        channels: readonly string[];
        answerWithinHours: number;
        /** agreed; null: not on record */
        paymentTerms: PaymentTerms | null;
        /** what the owner does and does not do, one line each; may be empty */
        does: readonly string[];
        doesNot: readonly string[];
      }
    | ({ kind: 'delays'; project: string | null } & Delays)
  );

/** What the work has waited for, from the client's own mails. */
export interface Delays {
  /** the oldest first; at least one */
  waits: readonly { question: string; askedOn: LocalDay; answeredOn: LocalDay | null; days: number }[];
  moved: readonly { delivery: string; from: LocalDay; to: LocalDay }[];
  /** on which an answer was missing; days on which two were are one */
  totalDays: number;
}

/** Says where the line is, and no more. @throws AppError `template` when a fact is empty */
export function writeBoundary(letters: Letters, facts: BoundaryFacts): Written {
  const { client, owner, kind, ...rest } = facts;
  const values = { ...letterValues(client, owner), ...boundaryValues(facts) };
  return written(letters, kind, client, values, { ...rest, clientId: client.id });
}

function boundaryValues(facts: BoundaryFacts): Values {
  const { language } = facts.client;
  switch (facts.kind) {
    case 'boundary-hours':
      return {
        from: day(facts.from, language),
        hours: facts.hours,
        phoneHours: facts.phoneHours,
        ...channelValues(facts.channels, language),
        answerWithin: answerWithin(facts.answerWithinHours, language),
      };
    case 'boundary-decisions':
      return {
        from: day(facts.from, language),
        project: projectOrNull(facts.project),
        revisions:
          facts.revisions === null || facts.revisions === 0 ? null : count(facts.revisions, 'revision', language),
        noRevisions: facts.revisions === 0,
      };
    case 'boundary-scope':
      return {
        quote: quoted(facts.quote),
        quotedOn: day(facts.quotedOn, language),
        scope: itemsOrNull(facts.scope),
        quotationOn: day(facts.quotationOn, language),
        paused: facts.paused,
      };
    case 'boundary-contract':
      return {
        project: projectOrNull(facts.project),
        signBy: day(facts.signBy, language),
        startOn: dayOrNull(facts.startOn ?? undefined, language),
      };
    case 'boundary-price': {
      const { rateCents, rateBeforeCents: before, currency, unit } = facts;
      return {
        from: day(facts.from, language),
        project: projectOrNull(facts.project),
        rate: rate(rateCents, currency, unit, language),
        rateBefore: before === null ? null : rate(before, currency, unit, language),
      };
    }
    case 'boundary-channel':
      return {
        from: day(facts.from, language),
        usedChannel: facts.usedChannel === null ? null : oneLine(facts.usedChannel, 40),
        ...channelValues(facts.channels, language),
      };
    case 'welcome':
      return {
        project: projectOrNull(facts.project),
        hours: facts.hours,
        phoneHours: facts.phoneHours,
        ...channelValues(facts.channels, language),
        answerWithin: answerWithin(facts.answerWithinHours, language),
        paymentTerms: facts.paymentTerms === null ? null : paymentTerms(facts.paymentTerms, language),
        does: itemsOrNull(facts.does),
        doesNot: itemsOrNull(facts.doesNot),
      };
    case 'delays':
      return { project: projectOrNull(facts.project), ...delayValues(facts, language) };
  }
}

function delayValues({ waits, moved, totalDays }: Delays, language: Language): Values {
  return {
    waits: waits.map(({ question, askedOn, answeredOn, days }) => ({
      question: quoted(question),
      askedOn: day(askedOn, language),
      answeredOn: dayOrNull(answeredOn ?? undefined, language),
      days: count(days, 'day', language),
    })),
    moved: listOrNull(
      moved.map(({ delivery, from, to }) => ({
        delivery: oneLine(delivery, limits.project),
        from: day(from, language),
        to: day(to, language),
      })),
    ),
    totalDays: count(totalDays, 'day', language),
    open: waits.some(({ answeredOn }) => answeredOn === null),
  };
}

/** For a stranger, too: who has asked for an offer that is not to be made. */
export function writeDecline(
  letters: Letters,
  facts: { reader: Reader; recipientName: string; owner: OwnerFacts; originalSubject: string; referral: string | null },
): Written {
  const { reader, recipientName, owner, referral } = facts;
  const subject = oneLine(facts.originalSubject.replace(/^(?:\s*(?:re|r|fwd?|i|rif)\s*:)+\s*/iu, ''), limits.subject);
  const values: Values = {
    greeting: greetingToWriter(recipientName, reader),
    signature: signatureOf(owner),
    originalSubject: subject === '' ? letterLanguages[reader.language].withoutSubject : subject,
    referral: endOfSentence(referral ?? '') || null,
  };
  return written(letters, 'decline', reader, values, {
    recipientName,
    originalSubject: facts.originalSubject,
    referral,
  });
}

/**
 * What the rule of the response window comes to in working days, counted from the next opening: by either count an
 * answer is due by then, and often earlier.
 */
function answerWithin(hours: number, language: Language): string {
  return count(Math.ceil(hours / 24), 'working-day', language);
}

// --- the end

export interface FinalReportFacts {
  client: ClientFacts;
  owner: OwnerFacts;
  project: string | null;
  /** the last day of the work together */
  endsOn: LocalDay;
  today: LocalDay;
  /** one line each; may be empty */
  done: readonly string[];
  delivered: readonly string[];
  payments: readonly { number: string; amountCents: number; currency: string; on: LocalDay }[];
  /** what is still open in the currency of the letter; may be empty, and is not while something is open elsewhere */
  debts: readonly Debt[];
  currency: string;
  /** what is open in other currencies */
  elsewhere: readonly Debt[];
  /** what is disputed and stands in neither list */
  disputed: readonly SettledPart[];
  /** nothing is open in any currency, and nothing was given up */
  isClear: boolean;
  /** until when differences can be reported */
  replyBy: LocalDay;
  /** until when what is open is to be paid; not before it is due */
  payBy: LocalDay;
}

/** What was done, delivered, paid and is owed. @throws AppError `template`, or `internal` for mixed currencies */
export function writeFinalReport(letters: Letters, facts: FinalReportFacts): Written {
  const { client, owner, ...rest } = facts;
  const debts = inOrder(facts.debts, facts.currency);
  const { language } = client;
  const values: Values = {
    ...letterValues(client, owner),
    ...(debts.length === 0 ? nothingOwed : demandValues(debts, { ...facts, language })),
    ...paymentValues(facts),
    elsewhere: listOrNull(openInvoices(facts.elsewhere, { language, today: facts.today })),
    elsewhereTotal: sumsOrNull(
      facts.elsewhere.map((debt) => ({ ...debt, cents: debt.openCents })),
      language,
    ),
    disputed: settledParts(facts.disputed, language),
    clear: facts.isClear,
    project: projectOrNull(facts.project),
    endsOn: day(facts.endsOn, language),
    done: itemsOrNull(facts.done),
    delivered: itemsOrNull(facts.delivered),
    replyBy: weekdayDay(facts.replyBy, language),
  };
  return written(letters, 'final-report', client, values, {
    ...rest,
    clientId: client.id,
    totalCents: totalCents(debts),
  });
}

function paymentValues({ payments, client }: FinalReportFacts): Values {
  const { language } = client;
  return {
    payments: listOrNull(
      payments.map(({ number, amountCents, currency, on }) => ({
        number: oneLine(number, limits.item),
        amount: money(amountCents, currency, language),
        on: day(on, language),
      })),
    ),
    paidTotal: sumsOrNull(
      payments.map((one) => ({ ...one, cents: one.amountCents })),
      language,
    ),
  };
}

/** One sum for each currency: '1.220,00 EUR e 500,00 USD'; null for nothing. */
function sumsOrNull(parts: readonly Sum[], language: Language): string | null {
  const words = sumsByCurrency(parts).map(({ cents, currency }) => money(cents, currency, language));
  return series(words, language) || null;
}

// --- common

export function written(letters: Letters, kind: LetterKind, reader: Reader, values: Values, facts: object): Written {
  const { language, tone } = reader;
  const rendered = letters.render(kind, { language, tone }, values);
  const made = Object.entries({ language, tone, ...facts }).filter(([, value]) => value !== undefined);
  return { kind, language, tone, ...rendered, facts: Object.fromEntries(made) };
}

export function letterValues(client: ClientFacts, owner: OwnerFacts): Values {
  return { greeting: greetingOf(client), signature: signatureOf(owner) };
}

/** The owner's signature; without one, the name and under it the business. */
function signatureOf({ signature, name, business }: OwnerFacts): string {
  const own = cleanText(signature).trim();
  if (own !== '') return own;
  return [name, business].filter((part) => part.trim() !== '').join('\n');
}

export function dayOrNull(on: LocalDay | undefined, language: Language): string | null {
  return on === undefined ? null : day(on, language);
}

function projectOrNull(project: string | null): string | null {
  return withinQuotes(oneLine(project ?? '', limits.project)) || null;
}

function listOrNull(items: readonly Values[]): readonly Values[] | null {
  return items.length === 0 ? null : items;
}

function itemsOrNull(items: readonly string[] | undefined): readonly Values[] | null {
  const lines = (items ?? []).map((item) => oneLine(item, limits.item)).filter((item) => item !== '');
  return listOrNull(lines.map((item) => ({ item })));
}

/** One line without a full stop: the template's sentence goes on, or sets its own. */
function endOfSentence(text: string): string {
  return withoutEnd(oneLine(text, 400), '.;:,!?… ');
}
