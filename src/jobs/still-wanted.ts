/**
 * The look before SMTP at a nudge and at the letter that ends the work: still wanted, and does it still say the right
 * days? Changes nothing.
 */
import type { Letters } from '../letters/library.ts';
import { approvalLastsMs } from '../rules/dunning.ts';
import type { Letter } from '../rules/letter.ts';
import { stillWantedNudge } from '../rules/requests.ts';
import type { Settings } from '../rules/settings.ts';
import { fromIso, type Instant } from '../rules/time.ts';
import { clientById } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { exitOfLetter, type StoredExit } from '../store/exits.ts';
import { factOf } from '../store/facts.ts';
import { requestById } from '../store/requests.ts';
import { ladderTermination } from './dun.ts';
import { ownTermination, saysOther } from './exit.ts';
import { gapEndedKey } from './long-gap.ts';
import type { LeaveVerdict } from './leave-verdict.ts';
import { ladderOf, nudgeText, requestFacts } from './request-facts.ts';

type Unwanted = Extract<LeaveVerdict, { go: false }>;

interface Parts {
  settings: Settings;
  letters: Letters;
}

function not(outcome: Unwanted['outcome'], why: string, more: Partial<Unwanted> = {}): Unwanted {
  return { go: false, outcome, until: null, why, notice: null, ...more };
}

export function unwantedNudge(
  r: Reader,
  parts: Parts,
  { letter, requestId }: { letter: Letter; requestId: number },
  now: Instant,
): Unwanted | undefined {
  const request = requestById(r, requestId);
  const client = letter.clientId === null ? undefined : clientById(r, letter.clientId);
  if (request === undefined || client === undefined) return not('drop', 'the client is no longer in the register');
  if (request.state !== 'open') return not('drop', request.closedWhy ?? `the request is ${request.state}`);
  const verdict = stillWantedNudge(requestFacts(r, parts.settings, request, client, now), now);
  if (!verdict.wanted) return not(verdict.outcome === 'hold' ? 'wait' : 'drop', verdict.why, { until: verdict.until });
  const step = ladderOf(parts.settings).find((one) => one.name === letter.step);
  if (step === undefined) return not('drop', `${letter.step ?? 'it'} is no longer a step of the ladder`);
  if (letter.edited) return undefined;
  const text = nudgeText(parts, { request, client, step, on: now });
  const isSame =
    text.facts['daysLost'] === letter.facts['daysLost'] && text.facts['replyBy'] === letter.facts['replyBy'];
  return isSame ? undefined : not('rewrite', 'the days that were lost have changed since it was written', { text });
}

/** Nothing that ends the work leaves without an approved exit, whoever put it into the outbox. */
export function unwantedWithoutExit(r: Reader, letter: Letter): Unwanted | undefined {
  const exit = exitOfLetter(r, letter.key);
  if (exit === undefined) return not('ask', 'no exit was ever proposed for it');
  if (exit.cancelledAt !== null) return not('drop', `the exit was cancelled: ${exit.cancelledWhy ?? 'by the owner'}`);
  return exit.approvedAt === null ? not('ask', 'its exit is not approved') : undefined;
}

/** What the ladder does not look at, for the letter of an exit that the owner proposed. */
export function unwantedTermination(r: Reader, parts: Parts, letter: Letter, now: Instant): Unwanted | undefined {
  const exit = exitOfLetter(r, letter.key) as StoredExit;
  const client = clientById(r, exit.clientId);
  if (client === undefined) return not('drop', 'the client is no longer in the register');
  const gapEndedAt = factOf(r, gapEndedKey);
  if (gapEndedAt !== undefined && (letter.approvedAt ?? letter.createdAt) < fromIso(gapEndedAt) - approvalLastsMs)
    return not('ask', 'it was approved before days without a pass; approve it afresh');
  if (letter.edited) return undefined;
  const text = ownTermination(r, parts, { exit, client, on: now });
  return saysOther(text, letter)
    ? not('rewrite', 'what it says has changed since it was written', { text })
    : undefined;
}

/** The letter of the ladder that ends the work, when its exit or the day says something else by now. */
export function changedTermination(r: Reader, parts: Parts, letter: Letter, now: Instant): Unwanted | undefined {
  const client = letter.clientId === null ? undefined : clientById(r, letter.clientId);
  if (letter.edited || client === undefined) return undefined;
  const text = ladderTermination(r, parts, { client, letter, on: now });
  if (text === undefined || !saysOther(text, letter)) return undefined;
  return not('rewrite', 'what it says has changed since it was written', { text });
}
