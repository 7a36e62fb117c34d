/** Client and owner think differently about the work. Only he can judge it. */
import { markedSign } from '../sign.ts';

export const differentPhilosophy = markedSign({
  name: 'different-philosophy',
  weight: 1,
  type: 'not-for-you',
  answer: 'end',
});
