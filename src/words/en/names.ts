/** English: what letters and their states are called. */
import { namesOfKinds } from '../../rules/letter.ts';
import type { NameWords } from '../parts/names.ts';

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
};
