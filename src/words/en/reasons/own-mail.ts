/** English: why a mail of the owner's own waits, stays, or how its sending ended. */
import type { OwnMailReason } from '../../../rules/own-mail.ts';
import type { SentencesOf } from '../../parts/reasons.ts';

export const ownMail: SentencesOf<OwnMailReason> = {
  'own-mail-waits': () => 'it waits for contact hours',
  'own-mail-to-nobody': () => 'it has no recipient yet',
  'own-mail-without-subject': () => 'it has no subject yet',
  'own-mail-not-yours': ({ from }) =>
    from === '' ? 'it names no sender' : `it comes from ${from}, which is none of your addresses`,
  'own-mail-bad-address': ({ address }) => `${address} is no address that can be written to`,
  'own-mail-too-large': ({ megabytes }) => `it is larger than ${megabytes} MB`,
  'own-mail-unreadable': ({ fault }, say) => `it cannot be read: ${say(fault)}`,
  'own-mail-never-open': () => 'the hours that it waits for never open',
  'own-mail-stands-in-sent': () => 'a mail with its Message-ID stands in Sent; it is not sent a second time',
  'own-mail-unsure': () => 'it may have arrived: nobody knows, as the line broke while it was handed over',
  'own-mail-refused': ({ fault }, say) => `the server did not take it: ${say(fault)}`,
  'own-mail-partly': ({ addresses }) => `it left, but the server did not take it for ${addresses.join(', ')}`,
  'own-mail-put-back': () => 'you took it out of the folder',
  'own-mail-first': ({ subject }) => `your own mail "${subject}" leaves first`,
};
