/** What an entry of a client's timeline is about, in the words of a language; somebody's own words as they are. */
import type { HoldReason } from '../rules/hold.ts';
import type { LetterKind } from '../rules/letter.ts';
import type { Sum } from '../rules/money.ts';
import type { Reason } from '../rules/reason.ts';
import type { Instant, LocalDay } from '../rules/time.ts';
import { moneyWords } from './times.ts';
import { say } from './voice.ts';
import type { Words } from './words.ts';

/** What is known of it, where it is not somebody's own words. */
export interface HappenedFacts {
  /** of the invoice */
  number?: string;
  sum?: Sum;
  /** it counts for nothing any more */
  isTakenBack?: boolean;
  /** when it was written down, if that was later */
  enteredOn?: LocalDay;
  letter?: LetterKind;
  subject?: string;
  isUnsure?: boolean;
  hold?: HoldReason;
  note?: Reason | null;
  /** null: until the owner ends it */
  until?: Instant | null;
}

interface Happened {
  kind: string;
  text: string;
  facts: HappenedFacts | null;
}

interface Days {
  day(day: LocalDay): string;
  /** the day of a moment */
  dayOf(at: Instant): string;
}

export function happenedWords({ kind, text, facts }: Happened, words: Words, { day, dayOf }: Days): string {
  if (facts === null) return text;
  const { about } = words.terminal.clients.timeline;
  const { number, sum, enteredOn, isTakenBack, letter, hold, note, until } = facts;
  if (letter !== undefined)
    return `${words.terminal.codes.letter(letter)}${facts.isUnsure === true ? ` ${about.unsure}` : ''}: ${facts.subject}`;
  if (hold !== undefined) {
    const said = note == null ? undefined : say(note, words.language);
    const parts = [words.terminal.codes.hold(hold), number, said].filter((part) => part !== undefined);
    const isOver = until == null || kind === 'hold-ended';
    return `${parts.join(', ')}${isOver ? '' : about.until(dayOf(until))}`;
  }
  const amount = sum === undefined ? undefined : moneyWords(sum.cents, sum.currency, words);
  const back = isTakenBack === true ? ` ${about.takenBackLater}` : '';
  if (kind === 'credit') return `${about.credit(amount ?? '', number ?? '')}${back}`;
  if (kind === 'payment')
    return `${about.payment(amount ?? '', number ?? '')}${enteredOn === undefined ? '' : about.enteredOn(day(enteredOn))}${back}`;
  if (kind === 'reversal') return about.takenBack(about.payment(amount ?? '', number ?? ''));
  return [number, amount].filter((part) => part !== undefined).join(', ');
}
