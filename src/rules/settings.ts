/** What the owner has decided, as the rules and jobs read it. `config.ts` fills it from config.json; nothing is read here. */
import type { Colleague } from './colleague.ts';
import type { Client } from './client.ts';
import type { JobTimes } from './job-times.ts';
import type { Language } from './language.ts';
import { type ContactHours, inZoneToo, withWeek } from './contact-hours.ts';
import type { LadderStep } from './dunning.ts';
import type { DemandForm } from './formal-demand.ts';
import type { Approval, OccasionKind } from './letter.ts';
import type { Weights } from './red-flags.ts';
import type { TimeZone } from './time.ts';
import type { TriagePolicies } from './triage.ts';
import { decimalsOf } from './money.ts';

export interface Owner {
  name: string;
  business: string;
  /** lower-cased; the first is the default sender */
  addresses: string[];
  /** lower-cased: who answers clients for the owner */
  colleagues: string[];
  language: Language;
  timeZone: TimeZone;
  signature: string;
  /** '' when none is named */
  iban: string;
  /** in whose name the account is held; '' when it is not said: then it is the owner's name */
  accountHolder: string;
  /** '' when none is named */
  bic: string;
  /** the accounts that clients pay to, the IBAN among them: without blanks, in capitals */
  accounts?: readonly string[];
  /** VAT number and tax code, by which the owner's invoices are told from others; '' when none is named */
  vat?: string;
  taxCode?: string;
}

export interface Settings {
  owner: Owner;
  hours: ContactHours;
  phoneHours: ContactHours;
  /** when each job is meant to run: cron expressions, in the owner's time zone */
  jobs: JobTimes;
  channels: string[];
  responseWindow: { hours: number; count: 'elapsed' | 'working-days' };
  acknowledgement: {
    enabled: boolean;
    holdMinutes: number;
    to: 'clients' | 'everyone';
    /** a client who writes while the studio is closed is told of it before it opens again */
    duringClosures?: boolean;
    /** what of the doubtful is answered all the same */
    policies: Required<TriagePolicies>;
  };
  dunning: {
    steps: LadderStep[];
    /** null: the owner need not confirm that payments are recorded */
    paymentsCheckedWithinHours: number | null;
    resumeWithinDays: number;
    /** what the formal demand is, where Italian law holds */
    finalDemand: DemandForm;
    /** letters about what the client did or said about money: proposed to the owner, or not */
    occasions: Readonly<Record<OccasionKind, 'off' | 'ask'>>;
    thankForPayment: boolean;
    /** smallest sum that is worth a letter, in whole units (1.5 is 1.50 EUR): for a currency, and for any other */
    leastAmount: { default: number; by: Readonly<Record<string, number>> };
  };
  requests: {
    /** in the subject of the owner's mail it makes a request of it; '' is none */
    keyword: string;
    /** days that a request by keyword gives */
    dueDays: number;
    /** a question without an answer for so many days is proposed as a request; null: never */
    proposeAfterDays: number | null;
    nudges: 'off' | 'ask' | 'on';
    /** days of each nudge after the one before, the first after the due day */
    steps: number[];
  };
  /** whom the owner recommends: see rules/colleague */
  referrals: readonly Colleague[];
  /** what the welcome letter says that the owner does, and does not do: one line each */
  welcome: { does: readonly string[]; doesNot: readonly string[] };
  exit: { coolingDays: number; noticeDays: number; approval: Approval };
  sending: { mode: 'review' | 'live'; perClientPerDay: number; perDay: number; perHour: number };
  /** what each warning sign counts for */
  signs: { weights: Weights };
  /** how far back the first read of a mailbox goes */
  firstStartDays: number;
}

/** The smallest sum of a currency that is worth a letter, in minor units. */
export function leastCentsOf({ dunning }: Pick<Settings, 'dunning'>, currency: string): number {
  const { by, default: usual } = dunning.leastAmount;
  return Math.round((by[currency] ?? usual) * 10 ** decimalsOf(currency));
}

/** A client's own weekly hours and zone stand in for the owner's; holidays and closures stay hers. */
export function hoursFor(settings: Pick<Settings, 'hours'>, client: Client | undefined): ContactHours {
  if (client === undefined || client.hours === null) return settings.hours;
  return withWeek(settings.hours, client.hours, client.timeZone ?? undefined);
}

/**
 * When letters that come of themselves may leave to the client: in its own hours, where it has some. Where only its zone
 * is known, the owner's week is read on the client's clock, and her own hours must be open as well.
 */
export function lettersHoursFor(settings: Pick<Settings, 'hours'>, client: Client | undefined): ContactHours {
  if (client === undefined || client.hours !== null || client.timeZone === null) return hoursFor(settings, client);
  return inZoneToo(settings.hours, client.timeZone);
}
