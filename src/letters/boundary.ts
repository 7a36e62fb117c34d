/**
 * Letters that say where the line is, from the settings and the register as they are on the day they leave: hours,
 * channels, terms, and the days that nobody chose by hand. Decides neither whether there is ground for one nor when it
 * leaves.
 */
import { AppError } from '../errors.ts';
import type { Client } from '../rules/client.ts';
import type { ContactHours } from '../rules/contact-hours.ts';
import { workingDayFrom } from '../rules/pay-by.ts';
import { hoursFor, type Settings } from '../rules/settings.ts';
import { addDays, dayOf, type Instant, type LocalDay } from '../rules/time.ts';
import { hoursInWords, isNever } from './hours.ts';
import type { Letters } from './library.ts';
import { hasPhone } from './words.ts';
import { type BoundaryFacts, type Delays, writeBoundary, type Written } from './write.ts';

export interface HoursFacts {
  hours: string;
  /** null when the phone is no channel, or has no hours */
  phoneHours: string | null;
  channels: readonly string[];
  answerWithinHours: number;
}

/** @param of.hours those that hold for the client */
export function boundaryHours(
  settings: Pick<Settings, 'owner' | 'phoneHours' | 'channels' | 'responseWindow'>,
  of: { hours: ContactHours; client: Pick<Client, 'language' | 'timeZone'> },
): HoursFacts {
  const { owner, phoneHours, channels, responseWindow } = settings;
  const { hours, client } = of;
  const reader = client.timeZone ?? owner.timeZone;
  const byPhone = hasPhone(channels) && !isNever(phoneHours.week);
  const others = byPhone ? [hours.timeZone, phoneHours.timeZone] : [];
  return {
    hours: hoursInWords(hours, client.language, { reader, others }),
    phoneHours: byPhone ? hoursInWords(phoneHours, client.language, { reader, others }) : null,
    channels,
    answerWithinHours: responseWindow.hours,
  };
}

/** What the owner chose by hand; null: as the record has it on the day the letter leaves. */
export interface BoundaryWish {
  kind: BoundaryFacts['kind'];
  /** from when it holds */
  from: LocalDay | null;
  /** by when the contract is to be signed, or the quotation is sent */
  by: LocalDay | null;
  project: string | null;
  /** hours in her own words */
  hours: string | null;
  /** the client's own sentence, and its day, for `boundary-scope` */
  quote: { text: string; on: LocalDay } | null;
  /** for `boundary-price`: the new rate; absent in letters that were written before there was one */
  rate?: { cents: number; currency: string; unit: 'hour' | 'day' | 'project' } | null;
  /** for `boundary-channel`: by which other channel requests have come */
  usedChannel?: string | null;
}

/** Days ahead where nobody chose one: the next working day, a few days for a quotation, a week for a signature. */
const daysAhead = { from: 1, quotation: 3, signature: 7, rate: 30 } as const;

/** @param of.on the moment it leaves. A chosen day that has passed by then is replaced. */
export function boundaryText(
  letters: Letters,
  settings: Settings,
  of: { client: Client; wish: BoundaryWish; on: Instant; delays?: Delays | undefined },
): Written {
  const written = writeBoundary(letters, boundaryFacts(settings, of));
  return { ...written, facts: { ...written.facts, wish: of.wish } };
}

function boundaryFacts(
  settings: Settings,
  { client, wish, on, delays }: { client: Client; wish: BoundaryWish; on: Instant; delays?: Delays | undefined },
): BoundaryFacts {
  const hours = hoursFor(settings, client);
  const today = dayOf(on, hours.timeZone);
  const ahead = (days: number) => workingDayFrom(hours, addDays(today, days));
  const chosen = (day: LocalDay | null, days: number) => (day !== null && day >= today ? day : ahead(days));
  const base = { client, owner: settings.owner };
  const project = wish.project ?? client.project;
  switch (wish.kind) {
    case 'boundary-hours': {
      const words = boundaryHours(settings, { hours, client });
      const from = chosen(wish.from, daysAhead.from);
      return {
        ...base,
        kind: wish.kind,
        ...words,
        hours: wish.hours ?? words.hours,
        from,
      };
    }
    case 'boundary-decisions': {
      const from = chosen(wish.from, daysAhead.from);
      return {
        ...base,
        kind: wish.kind,
        from,
        project,
        revisions: client.terms.revisionsIncluded,
      };
    }
    case 'boundary-scope':
      return {
        ...base,
        kind: wish.kind,
        scope: client.terms.scope,
        paused: client.workState === 'paused',
        quote: wish.quote?.text ?? '',
        quotedOn: wish.quote?.on ?? today,
        quotationOn: chosen(wish.by, daysAhead.quotation),
      };
    case 'boundary-contract': {
      const signBy = chosen(wish.by, daysAhead.signature);
      const { startedOn } = client.terms;
      const startOn = startedOn !== null && startedOn > today && startedOn > signBy ? startedOn : null;
      return { ...base, kind: wish.kind, project, signBy, startOn };
    }
    case 'boundary-price': {
      const { rate } = wish;
      if (rate === undefined || rate === null) throw new AppError('internal', 'a price letter without a rate');
      const { rateCents, rateUnit, currency } = client.terms;
      const isSameUnit = rateUnit === rate.unit && currency === rate.currency;
      return {
        ...base,
        kind: wish.kind,
        from: chosen(wish.from, daysAhead.rate),
        project,
        rateCents: rate.cents,
        currency: rate.currency,
        unit: rate.unit,
        rateBeforeCents: isSameUnit && rateCents !== rate.cents ? rateCents : null,
      };
    }
    case 'boundary-channel': {
      const from = chosen(wish.from, daysAhead.from);
      return { ...base, kind: wish.kind, from, channels: settings.channels, usedChannel: wish.usedChannel ?? null };
    }
    case 'welcome': {
      const words = boundaryHours(settings, { hours, client });
      const { does, doesNot } = settings.welcome;
      return {
        ...base,
        kind: wish.kind,
        ...words,
        hours: wish.hours ?? words.hours,
        project,
        paymentTerms: client.paymentTerms,
        does,
        doesNot,
      };
    }
    case 'delays': {
      if (delays === undefined) throw new AppError('internal', 'a ledger of delays without delays');
      return { ...base, kind: wish.kind, project, ...delays };
    }
  }
}
