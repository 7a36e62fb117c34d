/** When due dates were met: what late payment is measured by. */
import { creditedCents, type Invoice } from './invoice.ts';
import { daysBetween, type LocalDay } from './time.ts';

export interface SettledDate {
  invoiceId: number;
  number: string;
  dueOn: LocalDay;
  /** negative when it was paid before it was due */
  daysLate: number;
}

/** When each instalment was covered: credit notes, then payments fill the earliest first. Unpaid ones are not among them. */
export function settledDates(invoice: Invoice): SettledDate[] {
  if (invoice.state === 'void' || invoice.state === 'written-off') return [];
  const payments = invoice.payments
    .filter((one) => one.reversedAt === null)
    .toSorted((a, b) => (a.receivedOn < b.receivedOn ? -1 : 1));
  let credit = creditedCents(invoice);
  let needed = 0;
  return invoice.instalments.flatMap(({ dueOn, amountCents }) => {
    const credited = Math.min(credit, amountCents);
    credit -= credited;
    if (credited === amountCents) return [];
    needed += amountCents - credited;
    let sum = 0;
    const covering = payments.find((payment) => (sum += payment.amountCents) >= needed);
    if (covering === undefined) return [];
    const { id: invoiceId, number } = invoice;
    return [{ invoiceId, number, dueOn, daysLate: daysBetween(dueOn, covering.receivedOn) }];
  });
}
