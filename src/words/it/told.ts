/** Italian: what the owner is told, and what she may do next. */
import type { ToldWords } from '../parts/told.ts';
import { auth } from './auth.ts';

export const told: ToldWords = {
  'as-written': ({ text, next }) => ({ text, next }),
  'sign-in-wanted': (need) => ({ text: auth.needed[need.why](need), next: `paletti auth login ${need.mailbox}` }),
};
