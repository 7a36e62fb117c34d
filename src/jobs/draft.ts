/** A letter in the outbox -> what the courier composes: names, headers, the HTML alternative. Builds no bytes. */
import { oneLine } from '../letters/clean.ts';
import { htmlOf } from '../letters/html.ts';
import type { Draft } from '../ports.ts';
import { isAcknowledgementKind, type Letter } from '../rules/letter.ts';
import type { Recipient } from '../rules/recipient.ts';
import type { Settings } from '../rules/settings.ts';

const longestName = 100;
const longestSubject = 400;

export function draftOf(settings: Settings, letter: Letter, recipient: Recipient): Draft {
  const { owner } = settings;
  return {
    from: { name: oneLine(owner.business === '' ? owner.name : owner.business, longestName), address: letter.sender },
    to: { name: oneLine(letter.recipientName, longestName), address: recipient },
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
