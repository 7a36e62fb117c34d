/**
 * What a delivery report says of one letter: given up, delayed, or done. Whether it is believed is in belief. Ties
 * nothing and changes nothing.
 */
import { plainAddress } from './client.ts';
import { type DeliveryStatus, headersOf, type ParsedMail } from './message.ts';
import { addressesIn, isDelayReport } from './triage.ts';

/** `delayed`: the server still tries. `done`: delivered, or handed on to where no report comes from (RFC 3464, 2.3.3). */
export type DeliveryOutcome = 'failed' | 'delayed' | 'done';

const outcomes: Record<string, DeliveryOutcome> = {
  failed: 'failed',
  delayed: 'delayed',
  delivered: 'done',
  relayed: 'done',
  expanded: 'done',
};

/** By the Action field, else by the class of Status, else, where there are none, by the subject: most say that it failed. */
export function outcomeOf(mail: ParsedMail, recipient: string): DeliveryOutcome {
  const found = statusesFor(mail, recipient).map(outcomeOfStatus);
  if (found.length === 0) return isDelayReport(mail) ? 'delayed' : 'failed';
  return (['failed', 'delayed', 'done'] as const).find((outcome) => found.includes(outcome)) ?? 'done';
}

/** What is said of this recipient; where the report names only others (a forwarded address), all that is said. */
function statusesFor({ deliveryStatus = [] }: ParsedMail, recipient: string): readonly DeliveryStatus[] {
  const own = deliveryStatus.filter(({ recipients }) => recipients.some((one) => isSame(one, recipient)));
  return own.length > 0 ? own : deliveryStatus;
}

function outcomeOfStatus({ action, status }: DeliveryStatus): DeliveryOutcome {
  return outcomes[action] ?? (status.startsWith('4') ? 'delayed' : status.startsWith('2') ? 'done' : 'failed');
}

/** Whom it says it is about: this recipient when he is among them, else the first; null: nobody. */
export function finalRecipientOf(mail: ParsedMail, recipient: string): string | null {
  const named = recipientsNamed(mail);
  return named.find((one) => isSame(one, recipient)) === undefined ? (named[0] ?? null) : recipient;
}

/** In its fields, or in the header by which some servers tell (Exim, Gmail). */
export function recipientsNamed(mail: ParsedMail): string[] {
  const inFields = (mail.deliveryStatus ?? []).flatMap(({ recipients }) => recipients);
  return [...inFields, ...headersOf(mail, 'x-failed-recipients').flatMap(addressesIn)];
}

function isSame(one: string, other: string): boolean {
  return plainAddress(one) === plainAddress(other);
}

export interface LetterSent {
  recipient: string;
  subject: string;
}

/**
 * Whether a report without the identifier of any letter is about this one: it names its recipient in a field, or, where
 * it has none, both its recipient and its subject in its words.
 */
export function isAbout(mail: ParsedMail, { recipient, subject }: LetterSent): boolean {
  const named = recipientsNamed(mail);
  if (named.length > 0) return named.some((one) => isSame(one, recipient));
  const said = `${mail.subject}\n${mail.text}`.toLowerCase();
  return said.includes(recipient.toLowerCase()) && said.replace(/\s+/g, ' ').includes(subject.toLowerCase());
}
