/** English: what letters and their states are called. */
import { namesOfKinds } from '../../rules/letter.ts';
import type { NameWords } from '../parts/names.ts';

export const holdReasons: NameWords['holdReasons'] = {
  promise: 'the client promised to pay',
  dispute: 'the client disputes it',
  reply: 'the client has answered; read it and decide',
  'out-of-office': 'the client is away',
  bounce: 'mail to this client comes back; mend the address',
  'payment-claimed': 'the client says it is paid; look at the bank',
  'payment-question': 'a payment on your account may be of this client; answer the question',
  manual: 'held by you',
  'opt-out': 'the client asked for no such mail',
};

export const names: NameWords = {
  letters: namesOfKinds('en'),
  letterStates: {
    held: 'waits',
    queued: 'to leave',
    sending: 'leaving',
    sent: 'sent',
    filed: 'sent',
    dropped: 'dropped',
    failed: 'refused by the server',
    unsure: 'may have left',
  },
  holdReasons,
};
