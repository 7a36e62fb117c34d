/** Letters as they are shown: with the client's name, and one with its history. Reads only. */
import { type ContactHours, nextOpening, NoOpeningError } from '../../rules/contact-hours.ts';
import { type Letter, needsApproval } from '../../rules/letter.ts';
import { type Instant, latest } from '../../rules/time.ts';
import { clientName } from '../../store/clients.ts';
import type { Reader } from '../../store/database.ts';
import { entries, type Entry } from '../../store/journal.ts';
import { letterById, type LetterFilter, listLetters } from '../../store/outbox.ts';

export interface LetterView extends Letter {
  client: string | null;
  needsApproval: boolean;
}

function withClient(r: Reader, letter: Letter): LetterView {
  const client = letter.clientId === null ? null : (clientName(r, letter.clientId) ?? null);
  return { ...letter, client, needsApproval: needsApproval(letter) };
}

/** Newest first. */
export function viewLetters(r: Reader, filter: LetterFilter): LetterView[] {
  return listLetters(r, filter).map((letter) => withClient(r, letter));
}

export function viewLetter(r: Reader, id: number): { letter: LetterView; history: Entry[] } | undefined {
  const letter = letterById(r, id);
  return letter && { letter: withClient(r, letter), history: entries(r, { subject: `letter/${id}` }) };
}

/** When it can leave at the soonest: at its time, in contact hours. What else it waits for may keep it longer. */
export function soonest({ notBefore }: Pick<Letter, 'notBefore'>, hours: ContactHours, now: Instant): Instant {
  const from = latest(notBefore, now);
  return openingFrom(hours, from) ?? from;
}

/** Null when nothing opens for more than a year. */
export function openingFrom(hours: ContactHours, from: Instant): Instant | null {
  try {
    return nextOpening(hours, from);
  } catch (error) {
    if (error instanceof NoOpeningError) return null;
    throw error;
  }
}

/** The moment that a list shows of a letter: when it left, or when it may; where that is at once, since when. */
export function shownTime(letter: Letter, hours: ContactHours, now: Instant): Instant {
  const { sentAt, state, notBefore } = letter;
  if (sentAt !== null) return sentAt;
  if (state !== 'held' && state !== 'queued') return notBefore;
  const at = soonest(letter, hours, now);
  return at === now ? notBefore : at;
}
