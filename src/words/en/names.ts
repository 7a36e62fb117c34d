/** English: what letters and their states are called. */
import type { NameWords } from '../parts/names.ts';

export const names: NameWords = {
  letters: {
    acknowledgement: 'acknowledgement',
    'acknowledgement-out-of-hours': 'acknowledgement, out of hours',
    'payment-reminder': 'payment reminder',
    'work-paused': 'work paused',
    'work-resumed': 'work resumes',
    'payment-received': 'payment received',
    'settled-otherwise': 'settled without payment',
    termination: 'notice of termination',
    'nudge-kind': 'kind nudge',
    'nudge-firm': 'firm nudge',
    'boundary-hours': 'letter about hours',
    'boundary-decisions': 'letter about decisions',
    'boundary-scope': 'letter about scope',
    'boundary-contract': 'letter about the contract',
    'final-report': 'final report',
  },
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
