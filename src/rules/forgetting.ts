/** Why a client should not be erased yet, as values. A type only. */
import type { Coded, NoFacts } from './coded.ts';
import type { Sum } from './money.ts';

export type ForgetReason = Coded<{
  'letter-on-its-way': { id: number; state: 'queued' | 'sending' | 'unsure' };
  'exit-is-running': NoFacts;
  'sum-is-owed': { sum: Sum };
}>;
