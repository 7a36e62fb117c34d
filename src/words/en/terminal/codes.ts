/**
 * English: what codes are called in the terminal. Here they are shown as they are, since they are typed so in options.
 * What stands here the other languages must bring as well.
 */
import type { WorkState } from '../../../rules/client.ts';
import type { ExitCheck, ExitReason, ExitState } from '../../../rules/exit.ts';
import type { HoldReason, HoldScope } from '../../../rules/hold.ts';
import type { InvoiceState } from '../../../rules/invoice.ts';
import type { LetterKind, LetterState } from '../../../rules/letter.ts';
import type { LineState } from '../../../rules/bank-line.ts';
import type { Sign } from '../../../rules/red-flags.ts';
import type { Language } from '../../../rules/language.ts';
import type { MessageKind } from '../../../rules/message.ts';
import { signNames } from '../names.ts';

const same = <Code extends string>(code: Code): string => code;

export const codes = {
  letter: same<LetterKind>,
  letterState: same<LetterState>,
  yours: 'held: yours',
  message: same<MessageKind>,
  invoice: same<InvoiceState>,
  work: same<WorkState>,
  request: same<'proposed' | 'open' | 'answered' | 'dropped' | 'parked'>,
  exit: same<ExitState>,
  exitReason: same<ExitReason>,
  exitCheck: same<ExitCheck>,
  hold: same<HoldReason>,
  holdScope: same<HoldScope>,
  line: same<LineState>,
  project: same<'active' | 'paused' | 'ended'>,
  /** of a client */
  kind: same<'business' | 'consumer'>,
  language: same<Language>,
  tone: same<'formal' | 'informal'>,
  sign: (sign: Sign): string => signNames[sign],
  rateUnit: same<'hour' | 'day' | 'project'>,
};
