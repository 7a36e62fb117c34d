/** What may be said of a letter that wants to leave: go, or what else is to be done with it. Types only. */
import type { Tone } from '../rules/client.ts';
import type { Language } from '../rules/language.ts';
import type { Letter, LetterKind } from '../rules/letter.ts';
import type { Instant } from '../rules/time.ts';
import type { Recipient } from '../rules/recipient.ts';
import type { Wording } from '../rules/wording-changes.ts';
import type { NewNotice } from '../store/notices.ts';
import type { Reason } from '../rules/reason.ts';

export type LeaveVerdict =
  /** to whom, by the register as it is now */
  | { go: true; recipient: Recipient }
  | {
      go: false;
      outcome: 'drop' | 'wait' | 'rewrite' | 'retitle' | 'readdress' | 'ask';
      /** null: at a later pass, once something has changed */
      until: Instant | null;
      why: Reason;
      /** what the owner has to hear of it */
      notice: NewNotice | null;
      /** for `rewrite` */
      text?: {
        subject: string;
        text: string;
        facts: Record<string, unknown>;
        language: Language;
        tone: Tone;
        kind?: LetterKind;
      };
      /** for `rewrite`: what it says otherwise, line by line */
      changes?: readonly Wording[];
      /** nothing else leaves before `until` either: a cap of all letters together is reached */
      isFull?: boolean;
      /** for `readdress` */
      address?: Pick<Letter, 'recipient' | 'recipientName' | 'sender'>;
    };
