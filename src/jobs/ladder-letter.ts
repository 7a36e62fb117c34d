/** Puts a letter of a case into the outbox, or takes one back that the system dropped. Decides nothing. */
import type { Written } from '../letters/write.ts';
import { type Client, readerOf } from '../rules/client.ts';
import { type Approval, type Letter, type LetterEffect, matterOf, needsApproval } from '../rules/letter.ts';
import type { Settings } from '../rules/settings.ts';
import { type Instant, toIso } from '../rules/time.ts';
import type { Case } from '../store/cases.ts';
import type { Writer } from '../store/database.ts';
import { note } from '../store/journal.ts';
import { askForApproval, letterByKey, putLetter, revive } from '../store/outbox.ts';
import type { Reason } from '../rules/reason.ts';
import type { Told } from '../rules/told.ts';

/** @param id of the letter */
export type Asks = (id: number) => Told;

export interface LadderLetter {
  dunned: Case;
  /** with an address */
  client: Client;
  key: string;
  step: string | null;
  kind: Letter['kind'];
  effect: LetterEffect;
  text: Written;
  approval: Approval;
  notBefore: Instant;
  why: Reason;
  /** what the owner is told when it waits for her word; null where her word is given otherwise */
  asks: Asks | null;
}

/** @returns the letter of this key, whether it was put, taken back, or stands there already */
export function putLadderLetter(
  w: Writer,
  { settings, mailbox }: { settings: Settings; mailbox: string },
  wish: LadderLetter,
): Letter | undefined {
  const { key, kind, effect, text, approval, notBefore, why } = wish;
  const client = readerOf(wish.client, matterOf(kind));
  const { subject, facts } = text;
  const known = letterByKey(w, key);
  if (known !== undefined) {
    const isBack = revive(w, known.id, { ...text, notBefore, why, approval, kind, effect });
    return isBack ? noteHeld(w, letterByKey(w, key), wish.asks) : letterByKey(w, key);
  }
  const letter = putLetter(w, {
    key,
    kind,
    effect,
    mailbox,
    subject,
    text: text.text,
    facts,
    approval,
    notBefore,
    why,
    clientId: client.id,
    answersMessageId: null,
    windowId: null,
    caseId: wish.dunned.id,
    step: wish.step,
    language: client.language,
    tone: client.tone,
    recipient: client.addresses[0] as string,
    recipientName: client.contactName ?? client.name,
    sender: settings.owner.addresses[0] as string,
    inReplyTo: null,
    references: [],
  });
  return noteHeld(w, letter, wish.asks);
}

function noteHeld(w: Writer, letter: Letter | undefined, asks: Asks | null): Letter | undefined {
  if (letter === undefined) return undefined;
  const { id, key, clientId, why, notBefore } = letter;
  const data = { key, notBefore: toIso(notBefore) };
  note(w, { kind: 'letter-held', subject: `letter/${id}`, clientId, why, data });
  if (asks !== null && needsApproval(letter)) askForApproval(w, id, asks(id));
  return letter;
}
