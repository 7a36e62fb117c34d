/** Client and owner have come too close for business. Only the owner can judge it. */
import { markedSign } from '../sign.ts';

export const tooClose = markedSign({
  name: 'too-close',
  weight: 1.5,
  type: 'too-close',
  answer: 'boundary',
});
