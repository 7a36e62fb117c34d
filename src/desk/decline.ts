/**
 * A kind no to a stranger who has asked for an offer, with somebody who could take the work. It goes to the very address
 * that the owner types, and only where a person wrote from it; it waits for her, whatever the mode. Sends nothing.
 */
import { AppError } from '../errors.ts';
import type { Letters } from '../letters/library.ts';
import { writeDecline } from '../letters/write.ts';
import type { Tone } from '../rules/client.ts';
import { referralOf } from '../rules/colleague.ts';
import { nextWorkingOpening } from '../rules/contact-hours.ts';
import type { Language } from '../rules/language.ts';
import type { Letter } from '../rules/letter.ts';
import type { Reason } from '../rules/reason.ts';
import { declinedRecipient } from '../rules/recipient.ts';
import { hoursFor, type Settings } from '../rules/settings.ts';
import { clientByAddress } from '../store/clients.ts';
import type { Writer } from '../store/database.ts';
import { note } from '../store/journal.ts';
import { lastFrom } from '../store/messages.ts';
import { letterByKey, putLetter } from '../store/outbox.ts';
import { act, type DeskParts } from './parts.ts';

export interface DeclineWish {
  /** as the stranger writes from it */
  address: string;
  /** a colleague of the configuration, or who could take the work, as the end of a sentence; null: nobody is named */
  referral: string | null;
  language: Language | null;
  tone: Tone | null;
}

export type DeclineDesk = DeskParts & { settings: Settings; letters: Letters };

/**
 * @returns `isNew: false` with the one that was written for that message already
 * @throws AppError 'conflict' for a client, 'not-found' where nobody wrote from the address
 */
export function declineStranger(desk: DeclineDesk, wish: DeclineWish): { letter: Letter; isNew: boolean } {
  return act(desk, (w) => {
    const address = wish.address.trim().toLowerCase();
    const client = clientByAddress(w, address);
    if (client !== undefined)
      throw new AppError('conflict', `${client.name} is a client; to end the work there is the exit`, {
        next: `See: paletti exit ${client.id} propose`,
      });
    const message = lastFrom(w, address);
    if (message === undefined)
      throw new AppError('not-found', `nobody has written from ${address}`, { next: 'See: paletti inbox list' });
    const known = letterByKey(w, keyOf(message.id));
    if (known !== undefined) return { letter: known, isNew: false };
    if (declinedRecipient(message.mail, address) === null)
      throw new AppError('conflict', `message ${message.id} is not surely from ${address}`, {
        next: `Read it: paletti inbox show ${message.id}; answer it yourself`,
      });
    return { letter: put(w, desk, { ...wish, address }), isNew: true };
  });
}

const keyOf = (messageId: number) => `decline/${messageId}`;

function put(w: Writer, desk: DeclineDesk, wish: DeclineWish): Letter {
  const { settings, letters } = desk;
  const message = lastFrom(w, wish.address) as NonNullable<ReturnType<typeof lastFrom>>;
  const { mail, id, mailbox } = message;
  const reader = { language: wish.language ?? settings.owner.language, tone: wish.tone ?? ('formal' as const) };
  const text = writeDecline(letters, {
    reader,
    recipientName: mail.from?.name ?? '',
    owner: settings.owner,
    referral: wish.referral === null ? null : referralOf(wish.referral, settings.referrals),
    originalSubject: mail.subject,
  });
  const why: Reason = { code: 'you-decline', messageId: id };
  const letter = putLetter(w, {
    key: keyOf(id),
    kind: text.kind,
    mailbox,
    subject: text.subject,
    text: text.text,
    facts: text.facts,
    why,
    clientId: null,
    answersMessageId: id,
    windowId: null,
    caseId: null,
    step: null,
    approval: 'ask',
    ...reader,
    recipient: wish.address,
    recipientName: mail.from?.name ?? '',
    sender: settings.owner.addresses[0] as string,
    notBefore: nextWorkingOpening(hoursFor(settings, undefined), w.now),
    inReplyTo: mail.messageId,
    references: mail.messageId === null ? [] : [...mail.references, mail.messageId],
  }) as Letter;
  note(w, { kind: 'letter-held', subject: `letter/${letter.id}`, clientId: null, why, data: { key: letter.key } });
  return letter;
}
