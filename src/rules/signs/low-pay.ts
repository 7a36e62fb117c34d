/**
 * What the client brings in for an hour of billed work, or for a message where no hours are logged, against the median of
 * the owner's other clients. Earned is what was billed, whether or not it has arrived.
 */
import { billed, invoiceOf, median, sign, speaks, tooFew } from '../sign.ts';

const limits = {
  otherClients: 2,
  lowPayRatio: 0.7,
} as const;

export const lowPay = sign({
  name: 'low-pay',
  weight: 2,
  type: 'low-pay',
  answer: 'raise-price',
  rule(facts) {
    const own = facts.income;
    if (own === null) return null;
    const unit = own.perHourCents === null ? 'perMessageCents' : 'perHourCents';
    const cents = own[unit];
    if (cents === null) return null;
    const others = facts.others
      .filter((other) => other.currency === own.currency)
      .flatMap((other) => other[unit] ?? []);
    const usual = median(others);
    if (others.length === 0 || cents >= usual * limits.lowPayRatio) return null;
    const { currency } = own;
    const shown = {
      code: 'shows-low-pay',
      each: unit === 'perHourCents' ? 'hour' : 'message',
      own: { cents, currency },
      usual: { cents: Math.round(usual), currency },
      others: others.length,
    } as const;
    const evidence = billed(facts).slice(-5).map(invoiceOf);
    return others.length < limits.otherClients ? tooFew(shown, evidence) : speaks(1 - cents / usual, shown, evidence);
  },
});
