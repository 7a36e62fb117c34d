/**
 * Why something was decided, as a value: a stable code and the facts that it speaks of, never a sentence. Each rule owns
 * the reasons it gives; this is the list of all, which the languages in `words/` must be able to say. Says nothing itself.
 */
import type { AdviceReason, CloseAndLate } from './advice.ts';
import type { AcknowledgementReason } from './acknowledgement.ts';
import type { BeliefReason } from './belief.ts';
import type { BankedReason } from './banked.ts';
import type { OwnerReason } from './by-owner.ts';
import type { SettledReason } from './closing.ts';
import type { ClosedReason, NoOpening } from './contact-hours.ts';
import type { DunningReason } from './dunning.ts';
import type { ExitRemark } from './exit-remarks.ts';
import type { ForgetReason } from './forgetting.ts';
import type { InterestReason } from './interest.ts';
import type { HeldReason } from './hold.ts';
import type { JournalProblem } from './journal-problem.ts';
import type { NotedReason } from './noted.ts';
import type { NudgeReason } from './requests.ts';
import type { OccasionReason } from './occasion.ts';
import type { OwnMailReason } from './own-mail.ts';
import type { RecipientReason } from './recipient.ts';
import type { SendingReason } from './sending.ts';
import type { SeenReason, TriageReason } from './triage.ts';

/** What was written as a sentence before reasons were values, or by a person. */
export interface AsWritten {
  code: 'as-written';
  text: string;
}

/** The texts were taken away on the person's request. */
export interface Erased {
  code: 'erased';
}

export type Reason =
  | AcknowledgementReason
  | AdviceReason
  | AsWritten
  | Erased
  | BankedReason
  | BeliefReason
  | ClosedReason
  | CloseAndLate
  | DunningReason
  | ExitRemark
  | ForgetReason
  | InterestReason
  | JournalProblem
  | HeldReason
  | NoOpening
  | NotedReason
  | NudgeReason
  | OccasionReason
  | OwnMailReason
  | OwnerReason
  | SendingReason
  | RecipientReason
  | SeenReason
  | SettledReason
  | TriageReason;
export type ReasonCode = Reason['code'];
export type ReasonOf<Code extends ReasonCode> = Extract<Reason, { code: Code }>;

export function asWritten(text: string): AsWritten {
  return { code: 'as-written', text };
}

/** As an older database keeps it: a sentence, before reasons were values. */
export function reasonOf(kept: Reason | string): Reason {
  return typeof kept === 'string' ? asWritten(kept) : kept;
}

/** What a program or a server said of a fault. */
export function faultReason(error: unknown): AsWritten {
  return asWritten(error instanceof Error ? error.message : String(error));
}

/** The same code with the same facts. */
export function isSameReason(one: Reason | null | undefined, other: Reason | null | undefined): boolean {
  if (one === null || one === undefined || other === null || other === undefined) return one === other;
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, fact]) => fact !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, fact]) => [name, sorted(fact)]),
  );
}
