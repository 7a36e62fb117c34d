/** What the owner learned by others, held against one client, as the terminal shows it. */
import type { HeldLesson } from '../desk/look-back.ts';
import type { Told } from './import-questions.ts';

/** Nothing where nothing was learned. */
export function sayLessons({ out, voice }: Told, client: string, held: readonly HeldLesson[]): void {
  const { lessons: words } = voice.t;
  if (held.length === 0) return;
  out.data(words.heading(client));
  for (const { lesson, taughtBy, state } of held) out.data(`  ${words.line(words.said(lesson), taughtBy, state)}`);
}
