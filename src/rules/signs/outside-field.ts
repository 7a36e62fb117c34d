/** The work is outside what the owner knows. Only he can judge it. */
import { markedSign } from '../sign.ts';

export const outsideField = markedSign({
  name: 'outside-field',
  weight: 1,
  type: 'not-for-you',
  answer: 'refer',
});
