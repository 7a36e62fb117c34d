/** The client will not sign, though asked: heavier than a contract that is missing. Only he can judge it. */
import { markedSign } from '../sign.ts';

export const willNotSign = markedSign({
  name: 'will-not-sign',
  weight: 3,
  type: 'without-contract',
  answer: 'end',
});
