/** English: what letters and their states are called. */
import { namesOfKinds } from '../../rules/letter.ts';
import type { Sign } from '../../rules/red-flags.ts';
import type { MarkName } from '../../rules/sign-reason.ts';
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

/** What a warning sign is called: 'out of hours'. */
export const signNames: Readonly<Record<Sign, string>> = {
  'no-contract': 'no contract',
  'refuses-contract': 'refuses the contract',
  'out-of-hours': 'out of hours',
  pressure: 'pressure',
  silence: 'silence',
  'scope-creep': 'scope creep',
  indecision: 'indecision',
  'wasted-time': 'wasted time',
  control: 'control',
  'low-pay': 'low pay',
  'refuses-price': 'refuses the price',
  'late-pay': 'late pay',
  'pays-later': 'pays later',
  'no-pay': 'no pay',
  threat: 'attack or threat',
  closeness: 'closeness',
  'untraceable-channel': 'untraceable channel',
  'own-hours': 'your own hours',
  'no-time': 'no time',
  'outside-field': 'outside your field',
  'different-philosophy': 'different philosophy',
  'outside-niche': 'outside your niche',
  'unclear-goals': 'unclear goals',
  'will-not-sign': 'will not sign',
  'too-close': 'too close',
};

/** What the owner says by a mark. */
export const markNames: Readonly<Record<MarkName, string>> = {
  'no-time': 'no time for it',
  'outside-field': 'outside your field',
  'different-philosophy': 'a different philosophy',
  'outside-niche': 'outside your niche',
  'unclear-goals': 'unclear goals',
  'will-not-sign': 'will not sign',
  'too-close': 'too close',
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
