/**
 * The fields of a delivery report: whom it is about and what became of it (RFC 3464, sections 2.2 and 2.3). Reads texts
 * of parts; believes nothing and ties it to no letter.
 */
import type { DeliveryStatus } from '../rules/message.ts';
import { addrSpec } from './addr-spec.ts';

const mostRecipients = 50;
const longestReport = 65_536;

/** @param texts of the parts of type message/delivery-status; each recipient's fields stand behind an empty line */
export function deliveryStatuses(texts: readonly string[]): DeliveryStatus[] {
  return texts
    .flatMap((text) => text.slice(0, longestReport).split(/\r?\n[ \t]*\r?\n/))
    .flatMap((block) => statusIn(block) ?? [])
    .slice(0, mostRecipients);
}

/** Null: the fields of the report as a whole, which name no recipient. */
function statusIn(block: string): DeliveryStatus | null {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if (name !== '' && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  const action = fields.get('action') ?? '';
  const status = fields.get('status') ?? '';
  const recipients = ['final-recipient', 'original-recipient'].flatMap((name) => recipientIn(fields.get(name)) ?? []);
  if (action === '' && recipients.length === 0) return null;
  return {
    action: /^[a-z]{1,20}/i.exec(action)?.[0].toLowerCase() ?? '',
    status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(status)?.[0] ?? '',
    recipients: [...new Set(recipients)],
  };
}

/** `rfc822; anna@firm.it`, with or without brackets. */
function recipientIn(value: string | undefined): string | null {
  if (value === undefined) return null;
  const address = addrSpec(value.slice(value.indexOf(';') + 1).replace(/[<>\s]/g, ''));
  return address === '' ? null : address;
}
