/** When due dates were met: what late payment is measured by. */
import { duesOf, type Invoice } from './invoice.ts';
import { daysBetween, type LocalDay } from './time.ts';

export interface SettledDate {
  invoiceId: number;
  number: string;
  dueOn: LocalDay;
  /** negative when it was paid before it was due */
  daysLate: number;
}

/** When what each instalment asks for was covered: credit notes, then payments fill the earliest first. Unpaid ones are not among them. */
export function settledDates(invoice: Invoice): SettledDate[] {
  if (invoice.state === 'void' || invoice.state === 'written-off') return [];
  const payments = invoice.payments
    .filter((one) => one.reversedAt === null)
    .toSorted((a, b) => (a.receivedOn < b.receivedOn ? -1 : 1));
  let needed = 0;
  return duesOf(invoice).flatMap(({ instalment: { dueOn }, owedCents }) => {
    if (owedCents === 0) return [];
    needed += owedCents;
    let sum = 0;
    const covering = payments.find((payment) => (sum += payment.amountCents) >= needed);
    if (covering === undefined) return [];
    const { id: invoiceId, number } = invoice;
    return [{ invoiceId, number, dueOn, daysLate: daysBetween(dueOn, covering.receivedOn) }];
  });
}
