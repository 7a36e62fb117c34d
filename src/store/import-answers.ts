/** What the owner answered to questions about rows of a file, so that the same row asks once. */
import { toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';

/** @param key a digest that names nobody */
export function answerTo(r: Reader, key: string): string | undefined {
  return r.get<{ answer: string }>('SELECT answer FROM import_answers WHERE key = ?', key)?.answer;
}

export function noteAnswer(w: Writer, key: string, answer: string): void {
  w.run(
    `INSERT INTO import_answers (key, answer, at) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET answer = excluded.answer, at = excluded.at`,
    ...[key, answer, toIso(w.now)],
  );
}
