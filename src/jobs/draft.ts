/** A letter in the outbox -> what the courier composes: names, headers, the HTML alternative. Builds no bytes. */
import { AppError } from '../errors.ts';
import { oneLine } from '../letters/clean.ts';
import { htmlOf } from '../letters/html.ts';
import type { Draft } from '../ports.ts';
import { isWritableAddress } from '../rules/client.ts';
import { isAcknowledgementKind, type Letter } from '../rules/letter.ts';
import type { Settings } from '../rules/settings.ts';

const longestName = 100;
const longestSubject = 400;

/** @throws AppError 'bad-input' when the letter's recipient is no address that is ever written to */
export function draftOf(settings: Settings, letter: Letter): Draft {
  if (!isWritableAddress(letter.recipient))
    throw new AppError('bad-input', `letter ${letter.id} has no address that can be written to`);
  const { owner } = settings;
  return {
    from: { name: oneLine(owner.business === '' ? owner.name : owner.business, longestName), address: letter.sender },
    to: { name: oneLine(letter.recipientName, longestName), address: letter.recipient },
    subject: oneLine(letter.subject, longestSubject),
    text: letter.text,
    html: isAcknowledgementKind(letter.kind) ? null : htmlOf(letter.text, letter.language),
    inReplyTo: letter.inReplyTo,
    references: letter.references,
    headers: headersFor(letter),
  };
}

/** An acknowledgement answers by itself (RFC 3834); a letter that goes by its step says so; one approved by hand is a person's. */
function headersFor(letter: Letter): Record<string, string> {
  const mark = { 'X-Paletti-Letter': letter.kind };
  if (isAcknowledgementKind(letter.kind)) {
    return {
      ...mark,
      'Auto-Submitted': 'auto-replied',
      'X-Auto-Response-Suppress': 'All',
      Precedence: 'bulk',
      'X-Loop': letter.sender,
    };
  }
  return letter.approvedAt === null ? { ...mark, 'Auto-Submitted': 'auto-generated' } : mark;
}
