/** What is unpaid for more than a month, or was given up. */
import { openByCurrency } from '../money.ts';
import { overdueDebts } from '../dunning.ts';
import { creditedCents, debtsOf, type Invoice, paidCents } from '../invoice.ts';
import { sign, speaks } from '../sign.ts';
import { dayOf, daysBetween } from '../time.ts';

const limits = {
  unpaidDays: 30,
  /** of the invoice: cents, or charges of a bank, are no money that does not come */
  trifleShare: 0.05,
} as const;

export const noPay = sign({
  name: 'no-pay',
  weight: 3,
  type: 'does-not-pay',
  answer: 'pause',
  rule(facts, now) {
    const today = dayOf(now, facts.hours.timeZone);
    const old = facts.invoices
      .filter((invoice) => !isTrifle(invoice))
      .flatMap((invoice) => overdueDebts(debtsOf(invoice), today))
      .filter((debt) => daysBetween(debt.dueOn, today) >= limits.unpaidDays);
    const lost = facts.invoices.filter((invoice) => invoice.state === 'written-off' && !isTrifle(invoice));
    if (old.length === 0 && lost.length === 0) return null;
    const longest = Math.max(0, ...old.map((debt) => daysBetween(debt.dueOn, today)));
    const invoiceIds = [...new Set([...old.map((debt) => debt.invoiceId), ...lost.map((invoice) => invoice.id)])];
    return speaks(
      lost.length > 0 ? 1 : longest / 90,
      { code: 'shows-no-pay', unpaid: openByCurrency(old), longestDays: longest, writtenOff: lost.length },
      invoiceIds.map((invoiceId) => ({ invoiceId })),
    );
  },
});

/** What is missing of it. */
function isTrifle(invoice: Invoice): boolean {
  const asked = invoice.totalCents - creditedCents(invoice);
  return asked - paidCents(invoice) < asked * limits.trifleShare;
}
