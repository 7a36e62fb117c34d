/**
 * Any letter as it would read today: with the client's own facts where there are some, else with made-up ones.
 * Writes nothing and sends nothing.
 */
import { letterLanguages } from '../letters/languages/index.ts';
import { writeClosing } from '../letters/closing.ts';
import { hoursInWords } from '../letters/hours.ts';
import type { Letters } from '../letters/library.ts';
import { boundaryHours } from '../letters/boundary.ts';
import {
  type DunningKind,
  writeAcknowledgement,
  writeBoundary,
  writeDecline,
  writeDunning,
  writeFinalReport,
  writeNudge,
  type Written,
} from '../letters/write.ts';
import type { Client, Tone } from '../rules/client.ts';
import type { ClosingKind } from '../rules/closing.ts';
import type { Language } from '../rules/language.ts';
import { type ContactHours, nextWorkingDay, withWeek } from '../rules/contact-hours.ts';
import { demandLaw } from '../rules/formal-demand.ts';
import type { Debt } from '../rules/invoice.ts';
import { isAcknowledgementKind, isOfFamily, type KindOf, type LetterKind } from '../rules/letter.ts';
import { payByDay } from '../rules/pay-by.ts';
import { inDays } from '../rules/payment-terms.ts';
import { dueAt } from '../rules/response-window.ts';
import type { Settings } from '../rules/settings.ts';
import { addDays, dayMs, dayOf, type Instant, type LocalDay, plus } from '../rules/time.ts';

export type PreviewClient = Pick<
  Client,
  'id' | 'name' | 'contactName' | 'kind' | 'language' | 'tone' | 'hours' | 'timeZone' | 'project'
>;

export interface Preview extends Written {
  /** some facts were made up */
  isSample: boolean;
}

/** Somebody to write to when no client is named. */
export function sampleClient(reader: { language: Language; tone: Tone }): PreviewClient {
  const { contactName } = letterLanguages[reader.language].sample;
  return {
    id: 0,
    name: 'Example Ltd',
    contactName,
    kind: 'business',
    ...reader,
    hours: null,
    timeZone: null,
    project: 'Website',
  };
}

interface PreviewFacts {
  letters: Letters;
  settings: Settings;
  client: PreviewClient;
  /** what the client owes now, in one currency; may be empty */
  debts: readonly Debt[];
  now: Instant;
}

/** @throws AppError 'template' when the template cannot be filled */
export function previewLetter(kind: LetterKind, facts: PreviewFacts): Preview {
  if (isAcknowledgementKind(kind)) return { ...acknowledgement(kind, facts), isSample: true };
  if (isOfFamily(kind, 'closing')) return { ...atTheEnd(kind, facts), isSample: true };
  if (isMoneyKind(kind)) return { ...aboutMoney(kind, facts), isSample: facts.debts.length === 0 };
  return { ...others(kind as OtherKind, facts), isSample: true };
}

function isMoneyKind(kind: LetterKind): kind is DunningKind {
  return isOfFamily(kind, 'dunning') || isOfFamily(kind, 'asking') || isOfFamily(kind, 'confirming');
}

function acknowledgement(kind: KindOf<'acknowledgement'>, facts: PreviewFacts): Written {
  const { letters, settings, client, now } = facts;
  const hours = hoursOf(facts);
  const today = dayOf(now, hours.timeZone);
  const closure = { from: today, to: addDays(today, 10), reopensAt: plus(now, 11 * dayMs) };
  return writeAcknowledgement(letters, {
    reader: client,
    recipientName: client.contactName ?? client.name,
    owner: settings.owner,
    originalSubject: letterLanguages[client.language].sample.question,
    receivedAt: now,
    promisedAt: dueAt(settings.responseWindow, hours, now),
    hours: hoursInWords(hours, client.language, { reader: client.timeZone ?? settings.owner.timeZone }),
    channels: settings.channels,
    outside: kind === 'acknowledgement-out-of-hours' ? { kind: 'week' } : null,
    closure: kind === 'acknowledgement-closed' ? closure : null,
    isLate: kind === 'acknowledgement-late',
    timeZone: hours.timeZone,
  });
}

function hoursOf({ settings, client }: PreviewFacts): ContactHours {
  return withWeek(settings.hours, client.hours, client.timeZone);
}

function aboutMoney(kind: DunningKind, facts: PreviewFacts): Written {
  const { letters, settings, client, debts, now } = facts;
  const today = dayOf(now, settings.owner.timeZone);
  const shown = debts.length === 0 ? [sampleDebt(today)] : debts;
  const hours = hoursOf(facts);
  const { steps, resumeWithinDays } = settings.dunning;
  const step = steps.find((one) => one.letter === kind)?.name ?? null;
  return writeDunning(letters, {
    kind,
    client,
    owner: settings.owner,
    debts: shown,
    currency: (shown[0] as Debt).currency,
    today,
    earlier: kind === 'payment-reminder' ? [] : [{ kind: 'payment-reminder', on: addDays(today, -7) }],
    resumeWithinDays,
    payBy: payByDay({ ladder: steps, step, dueOn: shown.map((debt) => debt.dueOn), leavesOn: today, hours }),
    noticeOn: addDays(today, settings.exit.noticeDays),
    ...sampleOccasion(shown[0] as Debt, today),
    law: demandLaw({
      ownerZone: settings.owner.timeZone,
      kind: client.kind,
      form: settings.dunning.finalDemand,
    }),
  });
}

/** What a letter about money may tell of, besides what is owed. */
function sampleOccasion({ number, issuedOn, openCents }: Debt, today: LocalDay) {
  return {
    next: { effect: 'pause', on: addDays(today, 8) },
    payment: { cents: Math.ceil(openCents / 2), on: today },
    promise: { cents: openCents, by: addDays(today, 5), number },
    dispute: { cents: Math.ceil(openCents / 2), number, issuedOn, answerBy: addDays(today, 3) },
  } as const;
}

/** As if the first debt were paid now, or void. */
function atTheEnd(kind: ClosingKind, { letters, settings, client, debts, now }: PreviewFacts): Written {
  const today = dayOf(now, settings.owner.timeZone);
  const debt = debts[0] ?? sampleDebt(today);
  const parts = [{ ...debt, cents: debt.openCents }];
  const isPaid = kind !== 'settled-otherwise';
  return writeClosing(letters, {
    kind,
    client,
    today,
    owner: settings.owner,
    currency: debt.currency,
    settlement: {
      received: isPaid ? parts : [],
      receivedOn: isPaid ? today : null,
      voided: isPaid ? [] : parts,
      credited: [],
      disputed: [],
    },
    resumes: kind !== 'payment-received',
    pausedOn: addDays(today, -3),
    nothingRemains: isPaid,
    hours: settings.hours,
    resumeWithinDays: settings.dunning.resumeWithinDays,
  });
}

function sampleDebt(today: LocalDay): Debt {
  return {
    invoiceId: 0,
    instalmentId: 0,
    number: '2026/014',
    currency: 'EUR',
    project: null,
    issuedOn: addDays(today, -40),
    dueOn: addDays(today, -10),
    amountCents: 122_000,
    openCents: 122_000,
  };
}

type OtherKind = Exclude<LetterKind, DunningKind | KindOf<'closing'> | KindOf<'acknowledgement'>>;

function others(kind: OtherKind, facts: PreviewFacts): Written {
  const { letters, settings, client, debts, now } = facts;
  const { owner } = settings;
  const today = dayOf(now, owner.timeZone);
  const common = { client, owner, project: client.project };
  const words = letterLanguages[client.language].sample;
  switch (kind) {
    case 'nudge-kind':
    case 'nudge-firm':
      return writeNudge(letters, {
        ...common,
        kind,
        request: words.request,
        askedOn: addDays(today, -7),
        daysLost: 7,
        newDeliveryOn: addDays(today, 21),
        replyBy: addDays(today, 7),
      });
    case 'boundary-hours': {
      const words = boundaryHours(settings, { hours: hoursOf(facts), client });
      return writeBoundary(letters, { ...common, ...words, kind, from: addDays(today, 7) });
    }
    case 'boundary-decisions':
      return writeBoundary(letters, { ...common, kind, from: addDays(today, 7), revisions: 2 });
    case 'boundary-scope':
      return writeBoundary(letters, {
        ...common,
        kind,
        quote: words.quote,
        quotedOn: addDays(today, -2),
        scope: [words.item],
        quotationOn: addDays(today, 5),
        paused: false,
      });
    case 'boundary-contract':
      return writeBoundary(letters, { ...common, kind, signBy: addDays(today, 7), startOn: addDays(today, 14) });
    case 'boundary-price':
      return writeBoundary(letters, {
        ...common,
        kind,
        from: addDays(today, 30),
        rateCents: 6_000,
        rateBeforeCents: 5_000,
        currency: 'EUR',
        unit: 'hour',
      });
    case 'boundary-channel':
      return writeBoundary(letters, {
        ...common,
        kind,
        from: addDays(today, 7),
        channels: settings.channels,
        usedChannel: 'WhatsApp',
      });
    case 'welcome': {
      const { does, doesNot } = settings.welcome;
      const words = boundaryHours(settings, { hours: hoursOf(facts), client });
      return writeBoundary(letters, { ...common, ...words, kind, paymentTerms: inDays(30), does, doesNot });
    }
    case 'delays':
      return writeBoundary(letters, {
        ...common,
        kind,
        totalDays: 9,
        moved: [],
        waits: [{ question: words.request, askedOn: addDays(today, -9), answeredOn: null, days: 9 }],
      });
    case 'decline':
      return writeDecline(letters, {
        reader: client,
        recipientName: client.contactName ?? client.name,
        owner,
        referral: null,
        originalSubject: letterLanguages[client.language].sample.enquiry,
      });
    case 'final-report':
      return writeFinalReport(letters, {
        ...common,
        endsOn: today,
        today,
        done: [words.item],
        delivered: [words.item],
        payments: [],
        debts,
        currency: debts[0]?.currency ?? 'EUR',
        elsewhere: [],
        disputed: [],
        isClear: debts.length === 0,
        replyBy: nextWorkingDay(hoursOf(facts), addDays(today, 14)),
        payBy: nextWorkingDay(hoursOf(facts), addDays(today, 14)),
      });
  }
}
