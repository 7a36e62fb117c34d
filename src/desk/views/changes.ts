/** Whether anything in the record changed since the last look: by another process, or by this one. */
import type { Reader } from '../../store/database.ts';

/** The same text as long as nothing was written. */
export function changeMark(r: Reader): string {
  // data_version counts the commits of others (https://sqlite.org/pragma.html#pragma_data_version), the journal our own
  const others = r.get<{ data_version: number }>('PRAGMA data_version');
  const own = r.get<{ n: number }>('SELECT total_changes() AS n');
  return `${others?.data_version} ${own?.n}`;
}
