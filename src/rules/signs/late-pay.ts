/** Days from due to paid. Whether they grow is another sign (pays-later). */
import { settledDates } from '../settled-dates.ts';
import { median, sign, speaks, tooFew } from '../sign.ts';

const limits = {
  dueDates: 3,
  lateDays: 5,
} as const;

export const latePay = sign({
  name: 'late-pay',
  weight: 1.5,
  type: 'pays-later',
  answer: 'in-advance',
  rule(facts) {
    const paid = facts.invoices
      .flatMap(settledDates)
      .map((one) => ({ ...one, daysLate: Math.max(0, one.daysLate) }))
      .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
    const late = paid.filter((one) => one.daysLate > 0);
    if (late.length === 0) return null;
    const evidence = late.slice(-5).map(({ invoiceId }) => ({ invoiceId }));
    const middle = median(paid.map((one) => one.daysLate));
    const shown = { code: 'shows-late-pay', medianDays: middle, dueDates: paid.length } as const;
    if (paid.length < limits.dueDates) return tooFew(shown, evidence);
    return middle < limits.lateDays ? null : speaks(middle / 30, shown, evidence);
  },
});
