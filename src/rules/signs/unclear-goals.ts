/** The client does not know what he wants to reach. Only he can judge it. */
import { markedSign } from '../sign.ts';

export const unclearGoals = markedSign({
  name: 'unclear-goals',
  weight: 1,
  type: 'not-for-you',
  answer: 'ask-contract',
});
