/** Letters as they are shown: with the client's name, and one with its history. Reads only. */
import { type Letter, needsApproval } from '../../rules/letter.ts';
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
