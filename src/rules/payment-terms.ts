/**
 * Terms of payment: days from the invoice, from there to the end of the month, from there to a fixed day of the next.
 * Reads them as people write them ('30', '30 eom', '30 gg d.f.f.m. + 10'), and says when an invoice is due by them.
 */
import { addDays, type LocalDay, localDay } from './time.ts';

export interface PaymentTerms {
  /** from the day of issue */
  days: number;
  /** then to the last day of the month that the days lead to */
  endOfMonth: boolean;
  /** then to this day of the month after; null without one, and always without `endOfMonth` */
  dayAfter: number | null;
}

const longestDays = 365;

const fromInvoice = '(?:data ?fattura|dalla fattura|d ?f|net(?:ti?)?|from (?:the )?invoice)';
const toTheEnd = '(?:d ?f ?f ?m|fine ?mese|f ?m|eom|end of (?:the )?month)';
const shape = new RegExp(
  `^(\\d{1,3}) ?(?:gg|giorni|giorno|days?|d)?(?: ?${fromInvoice})?(?: ?(${toTheEnd})(?: ?(?:il|al|the|day|giorno|on the)? ?(\\d{1,2})(?:th)?(?: (?:gg|giorni|days?|del mese (?:successivo|dopo)))?)?)?$`,
);

const atOnce = /^(?:due (?:up)?on receipt|(?:up)?on receipt|a vista(?: fattura)?|(?:a )?vista fattura|immediato)$/;

/**
 * '30', 'net 30', '30 gg d.f.', '30 eom', '30 fine mese', '30 gg d.f.f.m. + 10', 'due on receipt'.
 * @throws RangeError for what is none
 */
export function parsePaymentTerms(text: string): PaymentTerms {
  const plain = text
    .toLowerCase()
    .replace(/\./g, '')
    .replace(/[\s,+]+/g, ' ')
    .trim();
  if (atOnce.test(plain)) return inDays(0);
  const [, days, end, day] = shape.exec(plain.replace(/^net(?:to)? /, '')) ?? [];
  const isDay = day === undefined || (Number(day) >= 1 && Number(day) <= 31);
  if (days === undefined || Number(days) > longestDays || !isDay)
    throw new RangeError(
      `"${text.trim()}" is not a number of days, nor terms of payment; write them as 30, 30 eom (days, then the end of that month) or 30 eom 10 (then the 10th)`,
    );
  return { days: Number(days), endOfMonth: end !== undefined, dayAfter: day === undefined ? null : Number(day) };
}

/**
 * A fixed day of the month after the invoice: '1', '1st', '15'.
 * @throws RangeError for what is no day of a month
 */
export function parsePaymentDay(text: string): PaymentTerms {
  const [, day = ''] = /^(\d{1,2})(?:st|nd|rd|th|º|°)?$/.exec(text.trim().toLowerCase()) ?? [];
  if (Number(day) < 1 || Number(day) > 31)
    throw new RangeError(`"${text.trim()}" is not a day of the month; write it as 1`);
  return { days: 0, endOfMonth: true, dayAfter: Number(day) };
}

/** The form that {@link parsePaymentTerms} reads back: '30', '30 eom', '30 eom 10'. */
export function writePaymentTerms({ days, endOfMonth, dayAfter }: PaymentTerms): string {
  return [String(days), ...(endOfMonth ? ['eom'] : []), ...(dayAfter === null ? [] : [String(dayAfter)])].join(' ');
}

/**
 * Calendar days are counted, not commercial months: 30 days and the end of the month from 31 January lead to 31 March.
 * Asked for later rather than earlier where the two readings differ.
 */
export function dueBy(terms: PaymentTerms, issuedOn: LocalDay): LocalDay {
  const counted = addDays(issuedOn, terms.days);
  if (!terms.endOfMonth) return counted;
  const end = endOfMonth(counted);
  if (terms.dayAfter === null) return end;
  const next = endOfMonth(addDays(end, 1));
  const fixed = `${next.slice(0, 8)}${String(terms.dayAfter).padStart(2, '0')}`;
  return fixed < next ? localDay(fixed) : next;
}

function endOfMonth(day: LocalDay): LocalDay {
  const month = Number(day.slice(5, 7));
  const next =
    month === 12
      ? `${Number(day.slice(0, 4)) + 1}-01-01`
      : `${day.slice(0, 5)}${String(month + 1).padStart(2, '0')}-01`;
  return addDays(localDay(next), -1);
}

/** Plain days from the invoice. */
export function inDays(days: number): PaymentTerms {
  return { days, endOfMonth: false, dayAfter: null };
}
