/** Whether the day or the month comes first in 03/04/2026: a word that files leave open and their owner says. */

export const dayOrders = ['dmy', 'mdy'] as const;
export type DayOrder = (typeof dayOrders)[number];
