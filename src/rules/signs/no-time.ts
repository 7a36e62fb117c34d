/** The owner has no time for this client. Only he can judge it. */
import { markedSign } from '../sign.ts';

export const noTime = markedSign({
  name: 'no-time',
  weight: 1,
  type: 'not-for-you',
  answer: 'refer',
});
