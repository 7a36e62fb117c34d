/** The work is outside the market the owner works for. Only he can judge it. */
import { markedSign } from '../sign.ts';

export const outsideNiche = markedSign({
  name: 'outside-niche',
  weight: 0.5,
  type: 'not-for-you',
  answer: 'refer',
});
