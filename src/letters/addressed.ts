/** A written letter with its client's address, its sender and its key, as the outbox takes it. Puts nothing anywhere. */
import type { Client } from '../rules/client.ts';
import type { Approval } from '../rules/letter.ts';
import type { Owner } from '../rules/settings.ts';
import type { Instant } from '../rules/time.ts';
import type { Written } from './write.ts';
import type { Reason } from '../rules/reason.ts';

export interface Addressing {
  key: string;
  client: Client;
  owner: Pick<Owner, 'addresses'>;
  mailbox: string;
  approval: Approval;
  notBefore: Instant;
  why: Reason;
  step?: string;
  /** the mail it goes on from, so that it stands in the same thread */
  answers?: { id: number; messageId: string | null; references: readonly string[] } | undefined;
}

/** To the first address of the client; about no case and no window. */
export function addressed({ kind, subject, text, facts }: Written, to: Addressing) {
  const { client, answers } = to;
  const inReplyTo = answers?.messageId ?? null;
  return {
    kind,
    subject,
    text,
    facts,
    inReplyTo,
    key: to.key,
    mailbox: to.mailbox,
    approval: to.approval,
    notBefore: to.notBefore,
    why: to.why,
    clientId: client.id,
    answersMessageId: answers?.id ?? null,
    windowId: null,
    caseId: null,
    step: to.step ?? null,
    language: client.language,
    tone: client.tone,
    recipient: client.addresses[0] ?? '',
    recipientName: client.contactName ?? client.name,
    sender: to.owner.addresses[0] ?? '',
    references: inReplyTo === null ? [] : [...(answers?.references ?? []), inReplyTo],
  };
}
