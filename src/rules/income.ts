/** What a client brings in for an hour of work and for a message of his, to set clients side by side. */
import { humanIn, type Income, minutesOf, type RuleFacts } from './sign.ts';

const limits = { loggedMinutes: 300, messages: 10 } as const;

/** Sums that one client brought in, and what he took for it. */
export interface Yield {
  /** at most one of each currency; of equal ones the first counts */
  paid: readonly { currency: string; cents: number }[];
  /** logged */
  minutes: number;
  /** written by people of his */
  messages: number;
}

/** What a client brings in for an hour logged and for a message of his; the currency is the one most was paid in. */
export function incomeFrom({ paid, minutes, messages }: Yield): Income | null {
  const [most] = paid.toSorted((a, b) => b.cents - a.cents);
  if (most === undefined || most.cents === 0) return null;
  return {
    currency: most.currency,
    perHourCents: minutes < limits.loggedMinutes ? null : Math.round((most.cents * 60) / minutes),
    perMessageCents: messages < limits.messages ? null : Math.round(most.cents / messages),
  };
}

/** {@link incomeFrom} what is known of one client. */
export function incomeOf(facts: Pick<RuleFacts, 'invoices' | 'log' | 'messages'>): Income | null {
  const paid = new Map<string, number>();
  for (const invoice of facts.invoices) {
    const cents = invoice.payments
      .filter((one) => one.reversedAt === null)
      .reduce((sum, one) => sum + one.amountCents, 0);
    paid.set(invoice.currency, (paid.get(invoice.currency) ?? 0) + cents);
  }
  return incomeFrom({
    paid: [...paid].map(([currency, cents]) => ({ currency, cents })),
    minutes: minutesOf(facts.log),
    messages: humanIn(facts).length,
  });
}
