/**
 * Whether the work for a client goes on, by the owner's word: at once and in silence, or with a letter that tells the
 * client, and then from the moment it leaves. Sends nothing.
 */
import { AppError } from '../errors.ts';
import { addressed } from '../letters/addressed.ts';
import { writeResumption } from '../letters/closing.ts';
import type { Client, WorkState } from '../rules/client.ts';
import { nextWorkingOpening } from '../rules/contact-hours.ts';
import type { Letter } from '../rules/letter.ts';
import type { Reason } from '../rules/reason.ts';
import { lettersHoursFor } from '../rules/settings.ts';
import { toIso } from '../rules/time.ts';
import { listCases, touchClient } from '../store/cases.ts';
import { clientById, findClient, setWorkState } from '../store/clients.ts';
import type { Writer } from '../store/database.ts';
import { openExitOf } from '../store/exits.ts';
import { note } from '../store/journal.ts';
import { settleNotices } from '../store/notices.ts';
import { drop, listLetters, putLetter } from '../store/outbox.ts';
import { pausedSince } from '../store/outbox-queue.ts';
import type { LetterDesk } from './letter.ts';
import { act, type DeskParts } from './parts.ts';

export const workWords = ['active', 'paused'] as const satisfies readonly WorkState[];
export type WorkWord = (typeof workWords)[number];

/**
 * Nobody is told. A letter that waits and says otherwise has lost its ground, and is dropped.
 * @throws AppError 'conflict' for work that has ended and is to be paused, or is about to end and is to be taken up
 */
export function setWorkByHand(desk: DeskParts, who: string, state: WorkWord): { client: Client; changed: boolean } {
  return act(desk, (w) => {
    const client = findClient(w, who);
    if (client.workState === state) return { client, changed: false };
    refuseEnded(w, client, state);
    setWorkState(w, client.id, state);
    const why = { code: 'you-set-work', state } as const;
    dropResumptions(w, client, why);
    for (const { id } of listCases(w).filter((one) => one.clientId === client.id)) settleNotices(w, `closing/${id}`);
    note(w, { kind: 'work-state', subject: `client/${client.id}`, clientId: client.id, why });
    touchClient(w, client.id);
    return { client: clientById(w, client.id) as Client, changed: true };
  });
}

function refuseEnded(w: Writer, client: Client, state: WorkWord): void {
  if (client.workState !== 'ended') return;
  const isEnding = openExitOf(w, client.id) !== undefined;
  if (state === 'active' && !isEnding) return;
  throw new AppError('conflict', { code: 'work-ended', client: client.name, id: client.id });
}

function dropResumptions(w: Writer, client: Client, why: Reason): void {
  for (const { id, effect } of listLetters(w, { clientId: client.id, states: ['held', 'queued'] }))
    if (effect === 'resume') drop(w, id, 'system', why);
}

/**
 * Writes the letter that says that the work goes on, and about no money. It waits for approval; the work is active once
 * it has left.
 * @returns `isNew: false` with the one that waits already
 * @throws AppError 'conflict' when the work is not paused, or there is nobody to write to
 */
export function proposeResumption(desk: LetterDesk, who: string): { client: Client; letter: Letter; isNew: boolean } {
  return act(desk, (w) => {
    const client = findClient(w, who);
    if (client.workState !== 'paused')
      throw new AppError('conflict', `the work for ${client.name} is ${client.workState}, not paused`);
    if (client.addresses.length === 0)
      throw new AppError('conflict', { code: 'client-without-address', client: client.name, id: client.id });
    const known = listLetters(w, { clientId: client.id, states: ['held', 'queued'] }).find(
      (letter) => letter.effect === 'resume',
    );
    if (known !== undefined) return { client, letter: known, isNew: false };
    return { client, letter: put(w, desk, client), isNew: true };
  });
}

function put(w: Writer, desk: LetterDesk, client: Client): Letter {
  const { settings } = desk;
  const notBefore = nextWorkingOpening(lettersHoursFor(settings, client), w.now);
  const pausedOn = pausedSince(w, client.id);
  const text = writeResumption(desk.letters, settings, { client, pausedOn, on: notBefore });
  const why = { code: 'you-work-again' } as const;
  const letter = putLetter(w, {
    ...addressed(text, {
      client,
      why,
      owner: settings.owner,
      mailbox: desk.mailbox,
      approval: 'ask',
      key: `work/${client.id}/${toIso(w.now)}`,
      notBefore,
    }),
    effect: 'resume',
  }) as Letter;
  note(w, { kind: 'letter-held', subject: `letter/${letter.id}`, clientId: client.id, why });
  return letter;
}
