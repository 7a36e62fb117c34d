/** Holds: why a client's, a case's or an invoice's letters wait, with an end or an owner's decision. */
import type { Instant } from './time.ts';

export const holdReasons = [
  'promise',
  'dispute',
  'reply',
  'out-of-office',
  'bounce',
  'payment-claimed',
  'manual',
  'opt-out',
] as const;
export type HoldReason = (typeof holdReasons)[number];

/** Reasons a person may give; the others come from what happens. */
export const handHoldReasons = ['manual', 'opt-out', 'out-of-office'] as const satisfies readonly HoldReason[];
export type HandHoldReason = (typeof handHoldReasons)[number];

export type HoldScope = 'client' | 'case' | 'invoice';

export interface Hold {
  id: number;
  scope: HoldScope;
  scopeId: number;
  reason: HoldReason;
  /** null: until the owner ends it */
  until: Instant | null;
  note: string;
  createdAt: Instant;
  endedAt: Instant | null;
}

/** Stops at the moment of its end: `until` itself is free. */
export function holds(hold: Hold, now: Instant): boolean {
  return hold.endedAt === null && (hold.until === null || now < hold.until);
}
