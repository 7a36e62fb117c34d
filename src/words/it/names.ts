/** Italian: what letters and their states are called. */
import { namesOfKinds } from '../../rules/letter.ts';
import type { NameWords } from '../parts/names.ts';

export const names: NameWords = {
  letters: namesOfKinds('it'),
  letterStates: {
    held: 'in attesa',
    queued: 'in partenza',
    sending: 'sta partendo',
    sent: 'inviata',
    filed: 'inviata',
    dropped: 'scartata',
    failed: 'rifiutata dal server',
    unsure: 'forse partita',
  },
};
