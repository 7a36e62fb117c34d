/**
 * The look before SMTP at a nudge, at the letter that ends the work, and at one that says where the line is: is there
 * still ground for it? What it says is looked at elsewhere (fresh). Changes nothing.
 */
import type { BoundaryWish } from '../letters/boundary.ts';
import type { Client } from '../rules/client.ts';
import { approvalLastsMs } from '../rules/dunning.ts';
import type { Letter } from '../rules/letter.ts';
import { stillWantedNudge } from '../rules/requests.ts';
import type { Settings } from '../rules/settings.ts';
import { dayOf, fromIso, type Instant } from '../rules/time.ts';
import { clientById } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { exitOfLetter, type StoredExit } from '../store/exits.ts';
import { factOf } from '../store/facts.ts';
import { requestById } from '../store/requests.ts';
import { gapEndedKey } from './long-gap.ts';
import type { LeaveVerdict } from './leave-verdict.ts';
import { ladderOf, requestFacts } from './request-facts.ts';
import type { Reason } from '../rules/reason.ts';

type Unwanted = Extract<LeaveVerdict, { go: false }>;

function not(outcome: Unwanted['outcome'], why: Reason, more: Partial<Unwanted> = {}): Unwanted {
  return { go: false, outcome, until: null, why, notice: null, ...more };
}

export function unwantedNudge(
  r: Reader,
  parts: { settings: Settings },
  { letter, requestId }: { letter: Letter; requestId: number },
  now: Instant,
): Unwanted | undefined {
  const request = requestById(r, requestId);
  const client = letter.clientId === null ? undefined : clientById(r, letter.clientId);
  if (request === undefined || client === undefined) return not('drop', { code: 'client-gone' });
  if (request.state !== 'open') return not('drop', request.closedWhy ?? { code: 'request-over', state: request.state });
  const verdict = stillWantedNudge(requestFacts(r, parts.settings, request, client, now), now);
  if (!verdict.wanted) return not(verdict.outcome === 'hold' ? 'wait' : 'drop', verdict.why, { until: verdict.until });
  const isStep = ladderOf(parts.settings).some((one) => one.name === letter.step);
  return isStep ? undefined : not('drop', { code: 'step-gone', step: letter.step ?? '' });
}

/** Nothing that ends the work leaves without an approved exit, whoever put it into the outbox. */
export function unwantedWithoutExit(r: Reader, letter: Letter): Unwanted | undefined {
  const exit = exitOfLetter(r, letter.key);
  if (exit === undefined) return not('ask', { code: 'never-proposed' });
  if (exit.cancelledAt !== null) return not('drop', { code: 'exit-was-cancelled', because: exit.cancelledWhy });
  return exit.approvedAt === null ? not('ask', { code: 'exit-not-approved' }) : undefined;
}

/** What the ladder does not look at, for the letter of an exit that the owner proposed. */
export function unwantedTermination(r: Reader, letter: Letter): Unwanted | undefined {
  const exit = exitOfLetter(r, letter.key) as StoredExit;
  if (clientById(r, exit.clientId) === undefined) return not('drop', { code: 'client-gone' });
  const gapEndedAt = factOf(r, gapEndedKey);
  if (gapEndedAt === undefined) return undefined;
  return (letter.approvedAt ?? letter.createdAt) < fromIso(gapEndedAt) - approvalLastsMs
    ? not('ask', { code: 'approved-long-ago' })
    : undefined;
}

/** A contract that was signed meanwhile is not asked for; and a day that the owner chose is hers to choose again. */
export function unwantedBoundary(
  { owner }: Pick<Settings, 'owner'>,
  { letter, client }: { letter: Letter; client: Client | undefined },
  now: Instant,
): Unwanted | undefined {
  const signedOn = client?.terms.contractSignedOn ?? null;
  if (letter.kind === 'boundary-contract' && signedOn !== null)
    return not('drop', { code: 'contract-signed', on: signedOn });
  const wish = letter.facts['wish'] as BoundaryWish | undefined;
  const chosen = [wish?.from ?? [], wish?.by ?? []].flat().find((day) => day < dayOf(now, owner.timeZone));
  if (chosen === undefined || (letter.approvedAt !== null && dayOf(letter.approvedAt, owner.timeZone) > chosen))
    return undefined;
  return not('ask', { code: 'chosen-day-passed', on: chosen });
}
