/**
 * The last step of the ladder only proposes: it opens an exit, on whose approval its letter waits. Also takes such an
 * exit back when the money comes, and warns while one cools off that then goes by itself. Writes no letter.
 */
import type { Client } from '../rules/client.ts';
import type { LadderStep } from '../rules/dunning.ts';
import { coolingWarning, exitState } from '../rules/exit.ts';
import type { Settings } from '../rules/settings.ts';
import { dayMs, dayOf, plus, type LocalDay } from '../rules/time.ts';
import type { Writer } from '../store/database.ts';
import { addExit, cancelExit, exitOfLetter, exitsOf, openExitOf, type StoredExit } from '../store/exits.ts';
import { note } from '../store/journal.ts';
import { notice } from '../store/notices.ts';
import type { Reason } from '../rules/reason.ts';
import { named } from '../rules/told.ts';

/** A step that ends the work, however it is written in the config. */
export function endsWork(step: Pick<LadderStep, 'effect' | 'letter'>): boolean {
  return step.effect === 'terminate' || step.letter === 'termination';
}

export type ExitGate = { exit: StoredExit } | { waits: Reason };

/**
 * @param wish.key of the step's letter
 * @returns the exit that the letter belongs to, proposed now when there was none; or why there is to be no letter
 */
export function gateOfExit(
  w: Writer,
  settings: Settings,
  wish: { client: Client; key: string; why: Reason },
): ExitGate {
  const { client, key } = wish;
  const open = openExitOf(w, client.id);
  if (open?.letterKey === key) return { exit: open };
  if (open !== undefined) {
    const { timeZone } = settings.owner;
    const state = exitState(open, { timeZone, coolingDays: settings.exit.coolingDays }, w.now);
    return { waits: { code: 'exit-open', state } };
  }
  if (exitOfLetter(w, key)?.cancelledBy !== 'owner') return { exit: propose(w, settings, wish) };
  return { waits: { code: 'exit-cancelled-by-you', clientId: client.id } };
}

function propose(
  w: Writer,
  settings: Settings,
  { client, key, why }: { client: Client; key: string; why: Reason },
): StoredExit {
  const alone = settings.exit.approval === 'auto';
  const exit = addExit(w, {
    clientId: client.id,
    proposedBy: 'dunning',
    letterKey: key,
    coolingFrom: alone ? w.now : null,
    reason: 'late-payment',
    ownWords: '',
    notice: { kind: 'days', days: client.terms.noticeDays ?? settings.exit.noticeDays },
    referral: '',
    handover: [],
  });
  note(w, {
    kind: 'exit-proposed',
    subject: `exit/${exit.id}`,
    clientId: client.id,
    why: { code: 'ladder-ends', because: why },
    data: { proposedBy: 'dunning', letterKey: key, approval: settings.exit.approval },
  });
  notice(w, `exit/${exit.id}/proposed`, {
    code: 'exit-proposed',
    client: named(client),
    because: why,
    before: proposedBefore(w, settings, exit),
  });
  warnWhileCooling(w, settings, client, exit);
  return exit;
}

/** On which days of the last year it was proposed before: a second proposal says so. */
export function proposedBefore(w: Writer, settings: Settings, exit: StoredExit): LocalDay[] {
  return exitsOf(w, exit.clientId)
    .filter((other) => other.id !== exit.id && other.proposedAt >= plus(exit.proposedAt, -365 * dayMs))
    .map((other) => dayOf(other.proposedAt, settings.owner.timeZone));
}

/** On each day of the cooling-off of an exit that then goes without a question, the owner is told. */
export function warnWhileCooling(w: Writer, settings: Settings, client: Client, exit: StoredExit): void {
  if (!goesAlone(settings, exit)) return;
  const { timeZone } = settings.owner;
  const facts = {
    client,
    timeZone,
    coolingDays: settings.exit.coolingDays,
    approval: 'auto',
  } as const;
  const warning = coolingWarning(exit, facts, w.now);
  if (warning === null) return;
  const { key, told } = warning;
  if (!notice(w, key, told)) return;
  note(w, { kind: 'exit-warned', subject: `exit/${exit.id}`, clientId: client.id, why: { code: 'told', told } });
}

/** Only what the ladder proposed goes without a question, and only for an owner who chose that. */
export function goesAlone(settings: Settings, exit: Pick<StoredExit, 'proposedBy'>): boolean {
  return settings.exit.approval === 'auto' && exit.proposedBy === 'dunning';
}

/** The money came, so the reason is gone: an exit of this ladder that has not left is taken back. */
export function takeBackExit(w: Writer, client: Client, keyPrefix: string, why: Reason): void {
  const exit = openExitOf(w, client.id);
  if (exit === undefined || !exit.letterKey.startsWith(keyPrefix) || exit.sentAt !== null) return;
  if (exit.letterState === 'sending' || exit.letterState === 'unsure') return;
  if (!cancelExit(w, exit.id, 'system', why)) return;
  note(w, { kind: 'exit-cancelled', subject: `exit/${exit.id}`, clientId: client.id, why });
  notice(w, `exit/${exit.id}/cancelled`, { code: 'exit-cancelled', client: named(client), because: why });
}
