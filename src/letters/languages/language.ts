/**
 * What a language has to know for letters beside its templates: how it writes sums, dates, counts and lists, and the
 * phrases that code puts into them. One file for each language fills it; a piece that one leaves out does not compile.
 */
import type { Client, Tone } from '../../rules/client.ts';
import type { ExitReason } from '../../rules/exit.ts';
import type { Debt } from '../../rules/invoice.ts';
import type { PaymentTerms } from '../../rules/payment-terms.ts';

/** One, and more than one. */
export type OneAndMany = readonly [one: string, many: string];

export type Countable = 'day' | 'working-day' | 'hour' | 'invoice' | 'revision';
export type RateUnit = NonNullable<Client['terms']['rateUnit']>;
export type Channel = 'email' | 'phone' | 'video call' | 'meeting';

export interface LetterLanguage {
  /** for the names of time zones, which come from Intl */
  locale: string;
  /** `1.220,00 EUR`, `€1,220.00`. @param cents integer minor units */
  money(cents: number, currency: string): string;
  /** `15 maggio 2026`. @param of.dayOfMonth from 1 */
  day(of: { dayOfMonth: number; month: string; year: number }): string;
  /** `alle 9:00`. @param hour of `clock`, 0 to 23 */
  atClock(clock: string, hour: number): string;
  /** The name of a zone's time at one moment, from that of Intl. */
  zoneName(name: string): string;
  /** The name of a zone's time all year round, from that of Intl. */
  zoneOfYear(name: string): string;
  /** `per hour`, behind a sum */
  perUnit: Readonly<Record<RateUnit, string>>;
  /** `30 days from the invoice, end of month` */
  paymentTerms(terms: PaymentTerms): string;
  counted: Readonly<Record<Countable, OneAndMany>>;
  /** The word before the last of a list. @param last what stands behind it */
  and(last: string): string;
  /** Of a formal greeting and an informal one: before a name, and without one. */
  greetings: Readonly<Record<Tone, readonly [toName: string, toNobody: string]>>;
  /** whether a formal letter to a company without a contact names the company */
  greetsCompanies: boolean;
  /** whether many write the family name first, so that a first word is a given name only where it is known as one */
  mayBeginWithFamilyName: boolean;
  /** what stands for the subject of a mail that had none */
  withoutSubject: string;
  channels: Readonly<Record<Channel, string>>;
  /** Why the work ends where invoices are open: the end of 'There is one reason: …'. */
  unpaid(of: { several: boolean; paidInPart: boolean }): string;
  /** Each ends the sentence 'There is one reason: …'. */
  exitReasons: Readonly<Record<Exclude<ExitReason, 'own-words'>, string>>;
  creditNotes: OneAndMany;
  /** What has to be transferred is less than the document says, and the client should find the same sum. */
  keptFor: Readonly<Record<NonNullable<Debt['keptFor']> | 'withholding', string>>;
  instalment(position: number, of: number): string;
  /** before the numbers in a reference for the bank */
  invoices: OneAndMany;
  /** so many more invoices, in a reference for the bank */
  others(count: number): string;
  /** made up, for a letter that is shown without a client */
  sample: Readonly<Record<'contactName' | 'question' | 'enquiry' | 'request' | 'quote' | 'item', string>>;
}
