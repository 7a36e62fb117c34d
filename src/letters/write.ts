/**
 * One function for each letter: typed facts in, subject and text out. Turns facts into the words of the reader's
 * language and hands them to the templates. Decides neither whether a letter is due nor when it leaves.
 */
import { AppError } from '../errors.ts';
import type { Client } from '../rules/client.ts';
import type { Language } from '../rules/language.ts';
import type { Debt } from '../rules/invoice.ts';
import type { LetterKind } from '../rules/letter.ts';
import type { Owner } from '../rules/settings.ts';
import { type Instant, type LocalDay, type TimeZone, toIso } from '../rules/time.ts';
import { cleanText, oneLine } from './clean.ts';
import { demandValues, headline, inOrder, nothingOwed, settledValues, totalCents } from './demand.ts';
import { count, day, dayAndTime, moment, money, series } from './format.ts';
import { greetingOf, greetingToWriter } from './greeting.ts';
import type { Letters, Reader } from './library.ts';
import type { Values } from './values.ts';

export interface Written {
  kind: LetterKind;
  /** one line */
  subject: string;
  /** ends with a line feed */
  text: string;
  /** plain JSON: what the text was made from, to see later whether it still holds */
  facts: Record<string, unknown>;
}

export type OwnerFacts = Pick<Owner, 'name' | 'business' | 'signature' | 'iban'>;
export type ClientFacts = Pick<Client, 'id' | 'name' | 'contactName' | 'kind' | 'language' | 'tone'>;

/** Limits for words that others wrote, in code points; longer ones are cut and show it. */
const limits = { subject: 200, quote: 400, item: 300, project: 120 } as const;

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
  channels: readonly string[];
  outOfHours: boolean;
  /** the zone in which times are named */
  timeZone: TimeZone;
}

/** Received, and answered by then. @throws AppError `template` when a fact is empty */
export function writeAcknowledgement(letters: Letters, facts: AcknowledgementFacts): Written {
  const { reader, receivedAt, promisedAt, timeZone } = facts;
  const { language } = reader;
  const subject = oneLine(facts.originalSubject, limits.subject);
  const kind = facts.outOfHours ? 'acknowledgement-out-of-hours' : 'acknowledgement';
  const values: Values = {
    greeting: greetingToWriter(facts.recipientName, reader),
    signature: signatureOf(facts.owner),
    originalSubject: subject === '' ? withoutSubject[language] : subject,
    receivedAt: dayAndTime(receivedAt, timeZone, language),
    promisedAt: moment(promisedAt, timeZone, language),
    hours: facts.hours,
    ...channelValues(facts.channels, language),
  };
  return written(letters, kind, reader, values, {
    recipientName: facts.recipientName,
    originalSubject: facts.originalSubject,
    receivedAt: toIso(receivedAt),
    promisedAt: toIso(promisedAt),
    hours: facts.hours,
    channels: facts.channels,
    outOfHours: facts.outOfHours,
    timeZone,
  });
}

const withoutSubject: Readonly<Record<Language, string>> = { it: 'messaggio ricevuto', en: 'message received' };

// --- money

export type DunningKind = 'payment-reminder' | 'work-paused' | 'work-resumed' | 'payment-received' | 'termination';

export interface EarlierLetter {
  kind: LetterKind;
  on: LocalDay;
}

export interface DunningFacts {
  kind: DunningKind;
  client: ClientFacts;
  owner: OwnerFacts;
  /** what is asked for; for `work-resumed` and `payment-received` what was asked for and is now paid (may be empty) */
  debts: readonly Debt[];
  currency: string;
  /** the day the letter is written for, in the client's zone */
  today: LocalDay;
  /** letters of the same matter that were sent, in any order */
  earlier: readonly EarlierLetter[];
  /** working days from payment to the resumption of work */
  resumeWithinDays: number;
  /** a last day to pay; it must lie before the next step of the ladder. Without it the letter says 'in the next days' */
  payBy?: LocalDay | undefined;
  /** termination: the day the notice ends, or ends at the latest */
  noticeOn?: LocalDay | undefined;
  /** termination: what is still completed, instead of a day or before it */
  milestone?: string | undefined;
  /** termination: the one reason, as the end of the sentence 'There is one reason: …' */
  reason?: string | undefined;
  /** termination: who could take over, as the end of the sentence 'I can recommend …' */
  referral?: string | undefined;
  /** termination: what is handed over, one line each */
  handover?: readonly string[] | undefined;
}

/**
 * A letter about money.
 * @throws AppError `template` when a fact is empty; `internal` for mixed currencies, or a termination without its day
 * or without a reason
 */
export function writeDunning(letters: Letters, facts: DunningFacts): Written {
  const { client, owner, kind, currency, today, earlier, resumeWithinDays } = facts;
  const debts = inOrder(facts.debts, currency);
  const values = { ...letterValues(client, owner), ...dunningValues({ ...facts, debts }) };
  return written(letters, kind, client, values, {
    debts,
    currency,
    today,
    earlier,
    resumeWithinDays,
    payBy: facts.payBy,
    noticeOn: facts.noticeOn,
    milestone: facts.milestone,
    reason: facts.reason,
    referral: facts.referral,
    handover: facts.handover,
    clientId: client.id,
    contactName: client.contactName,
    iban: owner.iban,
    totalCents: totalCents(debts),
  });
}

function dunningValues(facts: DunningFacts): Values {
  switch (facts.kind) {
    case 'payment-reminder':
      return reminderValues(facts);
    case 'work-paused':
      return pauseValues(facts);
    case 'work-resumed':
      return resumeValues(facts);
    case 'payment-received':
      return settledValues(facts.debts, { currency: facts.currency, language: facts.client.language });
    case 'termination':
      return terminationValues(facts);
  }
}

function askedFor(facts: DunningFacts): Values {
  const { language } = facts.client;
  if (facts.debts.length === 0) throw new AppError('internal', `a letter (${facts.kind}) that asks for nothing`);
  return { ...demandValues(facts.debts, { ...facts, language }), ...headline(facts.debts, language) };
}

function reminderValues(facts: DunningFacts): Values {
  return {
    ...askedFor(facts),
    upcoming: facts.debts.every((debt) => debt.dueOn >= facts.today),
    payBy: dayOrNull(facts.payBy, facts.client.language),
  };
}

function pauseValues(facts: DunningFacts): Values {
  const { language } = facts.client;
  return {
    ...askedFor(facts),
    reminderOn: dayOrNull(lastOf(facts.earlier, 'payment-reminder'), language),
    resumeWithin: resumeWithin(facts),
    payBy: dayOrNull(facts.payBy, language),
  };
}

function resumeValues(facts: DunningFacts): Values {
  const { currency, earlier, client } = facts;
  return {
    ...settledValues(facts.debts, { currency, language: client.language }),
    pausedOn: dayOrNull(lastOf(earlier, 'work-paused'), client.language),
    resumeWithin: resumeWithin(facts),
  };
}

/** Never 'within 0 working days': what is promised leaves room for the day the letter is read. */
function resumeWithin({ resumeWithinDays, client }: DunningFacts): string {
  return count(Math.max(1, resumeWithinDays), 'working-day', client.language);
}

function terminationValues(facts: DunningFacts): Values {
  const { client, noticeOn, debts } = facts;
  const { language } = client;
  const milestone = oneLine(facts.milestone ?? '', limits.project) || null;
  if (noticeOn === undefined && milestone === null)
    throw new AppError('internal', 'a termination letter needs the day its notice ends, or a milestone');
  return {
    ...(debts.length === 0 ? nothingOwed : demandValues(debts, { ...facts, language })),
    noticeOn: dayOrNull(noticeOn, language),
    milestone,
    reason: endOfSentence(facts.reason ?? unpaid(debts, language)),
    earlier: listOrNull(earlierValues(facts.earlier, language)),
    handover: itemsOrNull(facts.handover),
    referral: endOfSentence(facts.referral ?? '') || null,
  };
}

function unpaid(debts: readonly Debt[], language: Language): string {
  if (debts.length === 0) throw new AppError('internal', 'a termination of a client who owes nothing needs its reason');
  const several = new Set(debts.map((debt) => debt.invoiceId)).size > 1;
  if (language === 'it')
    return several ? 'le fatture qui sotto non sono state pagate' : 'la fattura qui sotto non è stata pagata';
  return several ? 'the invoices below have not been paid' : 'the invoice below has not been paid';
}

const letterNames: Readonly<Partial<Record<LetterKind, Record<Language, string>>>> = {
  'payment-reminder': { it: 'promemoria di pagamento', en: 'payment reminder' },
  'work-paused': { it: 'avviso di sospensione dei lavori', en: 'notice of paused work' },
  'boundary-hours': { it: 'lettera su orari e canali di contatto', en: 'letter on contact hours and channels' },
  'boundary-decisions': { it: 'lettera su decisioni e approvazioni', en: 'letter on decisions and approvals' },
  'boundary-scope': { it: 'lettera sulle richieste oltre gli accordi', en: 'letter on requests beyond the agreement' },
  'boundary-contract': { it: 'lettera sul contratto da firmare', en: 'letter on the contract to be signed' },
};

/** Only letters that asked for something; thanks are no step on the way. */
function earlierValues(earlier: readonly EarlierLetter[], language: Language): Values[] {
  return earlier
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .flatMap(({ kind, on }) => {
      const letter = letterNames[kind]?.[language];
      return letter === undefined ? [] : [{ letter, on: day(on, language) }];
    });
}

function lastOf(earlier: readonly EarlierLetter[], kind: LetterKind): LocalDay | undefined {
  const days = earlier.filter((letter) => letter.kind === kind).map((letter) => letter.on);
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
      }
    | { kind: 'boundary-contract'; project: string | null; signBy: LocalDay; startOn: LocalDay | null }
  );

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
        answerWithin: count(facts.answerWithinHours, 'hour', language),
      };
    case 'boundary-decisions':
      return {
        from: day(facts.from, language),
        project: projectOrNull(facts.project),
        revisions: facts.revisions === null ? null : count(facts.revisions, 'revision', language),
      };
    case 'boundary-scope':
      return {
        quote: quoted(facts.quote),
        quotedOn: day(facts.quotedOn, language),
        scope: itemsOrNull(facts.scope),
        quotationOn: day(facts.quotationOn, language),
      };
    case 'boundary-contract':
      return {
        project: projectOrNull(facts.project),
        signBy: day(facts.signBy, language),
        startOn: dayOrNull(facts.startOn ?? undefined, language),
      };
  }
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
  payments: readonly { number: string; amountCents: number; on: LocalDay }[];
  /** what is still open; may be empty */
  debts: readonly Debt[];
  currency: string;
  /** until when differences can be reported */
  replyBy?: LocalDay | undefined;
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
    project: projectOrNull(facts.project),
    endsOn: day(facts.endsOn, language),
    done: itemsOrNull(facts.done),
    delivered: itemsOrNull(facts.delivered),
    replyBy: dayOrNull(facts.replyBy, language),
  };
  return written(letters, 'final-report', client, values, {
    ...rest,
    clientId: client.id,
    totalCents: totalCents(debts),
  });
}

function paymentValues({ payments, currency, client }: FinalReportFacts): Values {
  if (payments.length === 0) return { payments: null, paidTotal: null };
  const { language } = client;
  return {
    payments: payments.map(({ number, amountCents, on }) => ({
      number: oneLine(number, limits.item),
      amount: money(amountCents, currency, language),
      on: day(on, language),
    })),
    paidTotal: money(
      payments.reduce((sum, payment) => sum + payment.amountCents, 0),
      currency,
      language,
    ),
  };
}

// --- common

function written(letters: Letters, kind: LetterKind, reader: Reader, values: Values, facts: object): Written {
  const { language, tone } = reader;
  const rendered = letters.render(kind, { language, tone }, values);
  const made = Object.entries({ language, tone, ...facts }).filter(([, value]) => value !== undefined);
  return { kind, ...rendered, facts: Object.fromEntries(made) };
}

function letterValues(client: ClientFacts, owner: OwnerFacts): Values {
  return { greeting: greetingOf(client), signature: signatureOf(owner) };
}

/** The owner's signature; without one, the name and under it the business. */
function signatureOf({ signature, name, business }: OwnerFacts): string {
  const own = cleanText(signature).trim();
  if (own !== '') return own;
  return [name, business].filter((part) => part.trim() !== '').join('\n');
}

const channelNames: Readonly<Record<string, Record<Language, string>>> = {
  email: { it: 'email', en: 'email' },
  mail: { it: 'email', en: 'email' },
  phone: { it: 'telefono', en: 'phone' },
  'video call': { it: 'videochiamata', en: 'video call' },
};

/** Channels that the config names in English are said in the reader's language; any other is said as it is written. */
function channelValues(channels: readonly string[], language: Language): Values {
  const named = channels.map(
    (channel) => channelNames[channel.trim().toLowerCase()]?.[language] ?? oneLine(channel, 80),
  );
  return { channels: series(named, language), severalChannels: named.length > 1 };
}

function dayOrNull(on: LocalDay | undefined, language: Language): string | null {
  return on === undefined ? null : day(on, language);
}

function projectOrNull(project: string | null): string | null {
  return oneLine(project ?? '', limits.project) || null;
}

function listOrNull(items: readonly Values[]): readonly Values[] | null {
  return items.length === 0 ? null : items;
}

function itemsOrNull(items: readonly string[] | undefined): readonly Values[] | null {
  const lines = (items ?? []).map((item) => oneLine(item, limits.item)).filter((item) => item !== '');
  return listOrNull(lines.map((item) => ({ item })));
}

/** One line, without the quotation marks that the template sets. */
function quoted(text: string): string {
  return oneLine(text, limits.quote).replace(/^["“«„]+\s*|\s*["”»]+$/gu, '');
}

/** One line without a full stop: the template's sentence goes on, or sets its own. */
function endOfSentence(text: string): string {
  return oneLine(text, limits.quote).replace(/[.;:,\s]+$/u, '');
}
