/** English: what the owner is told, and what she may do next. */
import type { ToldWords } from '../parts/told.ts';

export const told: ToldWords = {
  'as-written': ({ text, next }) => ({ text, next }),
};
