/** Italian: every reason that a rule can give, joined from its parts. No rule of its own. */
import type { Sentences } from '../parts/reasons.ts';
import { banked } from './reasons/banked.ts';
import { byOwner, forgetting } from './reasons/by-owner.ts';
import { hours } from './reasons/hours.ts';
import { acknowledgement, belief, seen } from './reasons/mail.ts';
import { dunning, held, nudges, occasion, sending, settled } from './reasons/money.ts';
import { exits } from './reasons/exits.ts';
import { interest } from './reasons/interest.ts';
import { journalProblems, noted } from './reasons/noted.ts';
import { ownMail } from './reasons/own-mail.ts';
import { signs } from './reasons/signs.ts';

export const reasons: Sentences = {
  'as-written': ({ text }) => text,
  erased: () => '(cancellato)',
  ...hours,
  ...seen,
  ...belief,
  ...acknowledgement,
  ...held,
  ...dunning,
  ...occasion,
  ...settled,
  ...nudges,
  ...sending,
  ...noted,
  ...journalProblems,
  ...ownMail,
  ...signs,
  ...exits,
  ...interest,
  ...byOwner,
  ...forgetting,
  ...banked,
};
