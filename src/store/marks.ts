/** Signs that only the owner can judge, as he marked them. A mark stands once; one taken away stays in the record. */
import type { OwnerMark } from '../rules/red-flags.ts';
import { type Instant, toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { Table } from './table.ts';

export interface Mark {
  id: number;
  clientId: number;
  mark: OwnerMark;
  note: string;
  at: Instant;
  removedAt: Instant | null;
}

const marked = new Table<Mark>('owner_marks', {
  id: 'plain',
  clientId: 'plain',
  mark: 'plain',
  note: 'plain',
  at: 'instant',
  removedAt: 'instant',
});

/** @returns false when it stands already with the same note; another note replaces the one that stands */
export function addMark(w: Writer, values: Pick<Mark, 'clientId' | 'mark' | 'note'>): boolean {
  const { clientId, mark, note } = values;
  const standing = standingMarks(w, clientId).find((one) => one.mark === mark);
  if (standing?.note === note) return false;
  removeMark(w, clientId, mark);
  marked.insert(w, { clientId, mark, note, at: w.now });
  return true;
}

/** @returns false when it did not stand */
export function removeMark(w: Writer, clientId: number, mark: OwnerMark): boolean {
  const { changes } = w.run(
    'UPDATE owner_marks SET removed_at = ? WHERE client_id = ? AND mark = ? AND removed_at IS NULL',
    ...[toIso(w.now), clientId, mark],
  );
  return changes === 1;
}

/** Those that stand, in the order they were set. */
export function standingMarks(r: Reader, clientId: number): Mark[] {
  return marked.many(r, 'WHERE client_id = ? AND removed_at IS NULL ORDER BY id', clientId);
}

/** Those taken away too, in the order they were set. */
export function marksOf(r: Reader, clientId: number): Mark[] {
  return marked.many(r, 'WHERE client_id = ? ORDER BY id', clientId);
}

/** Of every client. */
export function allStandingMarks(r: Reader): Mark[] {
  return marked.many(r, 'WHERE removed_at IS NULL ORDER BY client_id, id');
}
