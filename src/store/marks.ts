/** Signs that only the owner can judge, as he marked them. A mark stands once; one taken away stays in the record. */
import type { OwnerMark } from '../rules/red-flags.ts';
import { fromIso, type Instant, toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { insertInto, instantOrNull } from './rows.ts';

export interface Mark {
  id: number;
  clientId: number;
  mark: OwnerMark;
  note: string;
  at: Instant;
  removedAt: Instant | null;
}

interface MarkRow {
  id: number;
  client_id: number;
  mark: OwnerMark;
  note: string;
  at: string;
  removed_at: string | null;
}

function toMark(row: MarkRow): Mark {
  const { id, mark, note } = row;
  return {
    ...{ id, mark, note },
    clientId: row.client_id,
    at: fromIso(row.at),
    removedAt: instantOrNull(row.removed_at),
  };
}

/** @returns false when it stands already with the same note; another note replaces the one that stands */
export function addMark(w: Writer, values: Pick<Mark, 'clientId' | 'mark' | 'note'>): boolean {
  const { clientId, mark, note } = values;
  const standing = standingMarks(w, clientId).find((one) => one.mark === mark);
  if (standing?.note === note) return false;
  removeMark(w, clientId, mark);
  insertInto(w, 'owner_marks', { client_id: clientId, mark, note, at: toIso(w.now) });
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
  return r
    .all<MarkRow>('SELECT * FROM owner_marks WHERE client_id = ? AND removed_at IS NULL ORDER BY id', clientId)
    .map(toMark);
}

/** Those taken away too, in the order they were set. */
export function marksOf(r: Reader, clientId: number): Mark[] {
  return r.all<MarkRow>('SELECT * FROM owner_marks WHERE client_id = ? ORDER BY id', clientId).map(toMark);
}

/** Of every client. */
export function allStandingMarks(r: Reader): Mark[] {
  return r.all<MarkRow>('SELECT * FROM owner_marks WHERE removed_at IS NULL ORDER BY client_id, id').map(toMark);
}
