/** Loads what the gate wants to know of a message that is to be acknowledged. Decides nothing and writes nothing. */
import type { Client } from '../rules/client.ts';
import { type Answer, answerRecipient } from '../rules/recipient.ts';
import type { Settings } from '../rules/settings.ts';
import type { Reader } from '../store/database.ts';
import { hasWrittenTo, type StoredMessage } from '../store/messages.ts';
import { proofOf } from './sender-proof.ts';

/** Whom an acknowledgement of the message goes to, by the register as it is now. */
export function answerOf(
  r: Reader,
  settings: Settings,
  { message, client }: { message: StoredMessage; client: Client | undefined },
): Answer {
  const { to } = settings.acknowledgement;
  return answerRecipient({
    mail: message.mail,
    client: client ?? null,
    to,
    authentication: proofOf(r, settings, message),
    ownerWroteTo: (address) => client !== undefined && hasWrittenTo(r, client.id, address),
  });
}
