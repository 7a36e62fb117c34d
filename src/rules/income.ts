/** What a client brings in for an hour of billed work and for a message of his, to set clients side by side. */
import type { Income } from './sign.ts';

const limits = { workMinutes: 300, messages: 10 } as const;

/** Sums that one client was billed, and what he took for it. */
export interface Yield {
  /** billed less what the owner spent on him; at most one of each currency; of equal ones the first counts */
  earned: readonly { currency: string; cents: number }[];
  /** of work that was logged up to the last invoice: what came after it is not billed yet */
  billedMinutes: number;
  /** written by people of his */
  messages: number;
}

/** The currency is the one in which most was earned. */
export function incomeFrom({ earned, billedMinutes, messages }: Yield): Income | null {
  const [most] = earned.toSorted((a, b) => b.cents - a.cents);
  if (most === undefined || most.cents <= 0) return null;
  return {
    currency: most.currency,
    perHourCents: billedMinutes < limits.workMinutes ? null : Math.round((most.cents * 60) / billedMinutes),
    perMessageCents: messages < limits.messages ? null : Math.round(most.cents / messages),
  };
}
