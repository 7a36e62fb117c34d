/** The owner has no time for this client. Only he can judge it. */
import { markedSign } from '../sign.ts';

export const noTime = markedSign({
  name: 'no-time',
  title: 'no time',
  words: 'no time for it',
  weight: 1,
  type: 'not-for-you',
  answer: 'refer',
});
