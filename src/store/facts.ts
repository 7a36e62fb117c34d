/** Single values that outlive a run: what is remembered per mailbox, when it was last awake. No secrets. */
import type { Reader, Writer } from './database.ts';

export function factOf(r: Reader, key: string): string | undefined {
  return r.get<{ value: string }>('SELECT value FROM facts WHERE key = ?', key)?.value;
}

export function setFact(w: Writer, key: string, value: string): void {
  w.run(
    'INSERT INTO facts (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    key,
    value,
  );
}
