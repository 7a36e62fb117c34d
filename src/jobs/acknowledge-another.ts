/**
 * One acknowledgement in 72 hours goes to an address, so that a mail which came while another waited got none. Where the
 * owner has thrown the other away, its acknowledgement asks her first, and the mail that lies there is acknowledged after
 * all: by the same judging as ever. Sends nothing.
 */
import { acknowledgementIntervalMs } from '../rules/acknowledgement.ts';
import { type Instant, plus } from '../rules/time.ts';
import { clientById } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { messageById, takenAway } from '../store/messages.ts';
import { type HeldAnswer, heldAnswers } from '../store/outbox-queue.ts';
import { openWindows, type Window, windowById } from '../store/windows.ts';
import { acknowledgementKinds } from '../rules/letter.ts';
import { acknowledgeAfterAll, type JudgeParts, lastAcknowledged } from './judge.ts';

export function acknowledgeAnother(parts: JudgeParts): void {
  const { store, clock } = parts;
  const now = clock.now();
  if (store.read((r) => passedOver(r, now)).length === 0) return;
  store.write(now, (w) => {
    for (const window of passedOver(w, now)) if (acknowledgeAfterAll(w, parts, window)) return;
  });
}

/** Windows of those to whom nothing goes now but what asks the owner about a mail that she has thrown away. */
function passedOver(r: Reader, now: Instant): Window[] {
  const thrownAway = heldAnswers(r, acknowledgementKinds).filter((letter) => isThrownAway(r, letter));
  return thrownAway.flatMap((letter) => {
    const client = letter.clientId === null ? undefined : clientById(r, letter.clientId);
    const last = lastAcknowledged(r, client, letter.recipient);
    const isTooSoon = last !== null && now < plus(last, acknowledgementIntervalMs);
    if (client === undefined || isTooSoon) return [];
    return openWindows(r, { clientId: client.id, believed: true }).filter(
      (window) =>
        window.id !== letter.windowId &&
        takenAway(r, window) === null &&
        messageById(r, window.openedBy)?.judged?.reason === 'recently-acknowledged',
    );
  });
}

function isThrownAway(r: Reader, { windowId }: HeldAnswer): boolean {
  const window = windowId === null ? undefined : windowById(r, windowId);
  return window?.state === 'open' && takenAway(r, window) !== null;
}
