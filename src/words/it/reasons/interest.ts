/** Italian: why there is interest on late payment, or none. */
import type { InterestReason } from '../../../rules/interest.ts';
import type { SentencesOf } from '../../parts/reasons.ts';
import { on, several, since } from '../grammar.ts';

export const interest: SentencesOf<InterestReason> = {
  'law-for-business-only': () => 'la legge sui ritardi di pagamento vale tra imprese, non per i privati',
  'not-late-on': (reason) => `${on(reason.day)} non è in ritardo`,
  'no-rate-from': ({ half }) => `manca il tasso di riferimento del semestre che parte ${since(half)}`,
  'runs-from': ({ days, from, rate }) =>
    `${several(days, 'giorno', 'giorni')} ${since(from)}, ${rate === 'fixed-at-start' ? 'a un tasso solo, fissato all’inizio' : 'ogni semestre al suo tasso'}`,
  'void-owes-nothing': () => 'la fattura è annullata',
  'came-in-time': () => 'è stata pagata in tempo',
  'consumer-law-unknown': () =>
    'la legge sui ritardi di pagamento vale tra imprese; che cosa deve lì un privato non è noto',
  'country-unknown': () => 'non si sa di che Paese è il cliente: lo direbbe la sua partita IVA',
  'late-law-unknown': ({ country }) => `la legge sui ritardi di pagamento (${country}) qui non è nota`,
};
