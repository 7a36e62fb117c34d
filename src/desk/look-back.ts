/**
 * The look back at a client whose work has ended, for the owner alone, and what she learned by it: stored with the exit,
 * and held against everybody whom she takes on after him. Writes no letter.
 */
import { AppError } from '../errors.ts';
import type { Client } from '../rules/client.ts';
import {
  type Lesson,
  lessonOf,
  type LessonRule,
  lessonRules,
  type LessonState,
  lessonState,
  type Rate,
} from '../rules/lesson.ts';
import type { LookBack } from '../rules/look-back.ts';
import type { Reason } from '../rules/reason.ts';
import type { Settings } from '../rules/settings.ts';
import { dayOf } from '../rules/time.ts';
import { clientName, findClient } from '../store/clients.ts';
import type { Reader, Writer } from '../store/database.ts';
import { editExit, exitsOf, exitsWithLessons, type StoredExit } from '../store/exits.ts';
import { note } from '../store/journal.ts';
import { readLookBack } from '../store/look-back.ts';
import { hasWelcomed } from '../store/lessons.ts';
import { act, type DeskParts } from './parts.ts';
import { bad } from './values.ts';

export interface LookBackView extends LookBack {
  client: { id: number; name: string };
  /** the rule that would have helped; the price is an hour's worth of what others pay, where that is known */
  proposed: { rule: LessonRule; rate: Rate | null };
  lesson: Lesson | null;
}

/** @throws AppError 'conflict' before notice was given: a look back is for the end */
export function viewLookBack(r: Reader, settings: Settings, who: string): LookBackView {
  return viewOf(r, settings, endedOne(r, who));
}

function viewOf(r: Reader, settings: Settings, { client, exit }: { client: Client; exit: StoredExit }): LookBackView {
  const { usualRate, ...found } = readLookBack(r, settings, client, exit);
  const rule = lessonOf(found.firstSign?.type ?? null);
  const rate = rule === 'least-rate' && usualRate !== null ? { ...usualRate, unit: 'hour' as const } : null;
  return {
    ...found,
    client: { id: client.id, name: client.name },
    proposed: { rule, rate },
    lesson: exit.lesson,
  };
}

function endedOne(r: Reader, who: string): { client: Client; exit: StoredExit } {
  const client = findClient(r, who);
  const exit = exitsOf(r, client.id).findLast((one) => one.sentAt !== null);
  if (exit === undefined)
    throw new AppError('conflict', { code: 'look-back-early', client: client.name, id: client.id });
  return { client, exit };
}

export interface LessonWish {
  /** a word of {@link lessonRules}, or one sentence; null: none */
  rule: string | null;
  rate: Rate | null;
  /** take it away again */
  drop: boolean;
}

/**
 * Takes up what was learned, in place of what was taken up before.
 * @throws AppError 'bad-input' for no sentence, or a price without a sum
 */
export function takeUpLesson(desk: DeskParts & { settings: Settings }, who: string, wish: LessonWish): LookBackView {
  return act(desk, (w) => {
    const found = endedOne(w, who);
    const view = viewOf(w, desk.settings, found);
    const lesson = wish.drop ? null : lessonIn(wish, view, dayOf(w.now, desk.settings.owner.timeZone));
    put(w, found.exit, lesson);
    return { ...view, lesson };
  });
}

function put(w: Writer, exit: StoredExit, lesson: Lesson | null): void {
  editExit(w, exit.id, { lesson });
  const why: Reason = lesson === null ? { code: 'you-dropped-lesson' } : { code: 'you-learned', lesson };
  note(w, { kind: 'lesson', subject: `exit/${exit.id}`, clientId: exit.clientId, why, data: { lesson } });
}

function lessonIn({ rule, rate }: LessonWish, view: LookBackView, on: Lesson['on']): Lesson {
  const type = view.firstSign?.type ?? null;
  const text = rule?.replace(/\s+/g, ' ').trim() ?? '';
  const word = lessonRules.find((one) => one === text && one !== 'own-words');
  if (rate !== null && text !== '' && word !== 'least-rate') throw bad({ code: 'lesson-rule-or-rate' });
  if (rate !== null || word === 'least-rate') {
    const price = rate ?? view.proposed.rate;
    if (price === null) throw bad({ code: 'lesson-without-rate', id: view.client.id });
    return { rule: 'least-rate', rate: price, words: '', type, on };
  }
  if (word !== undefined) return { rule: word, rate: null, words: '', type, on };
  if (text === '' || text.length > 160)
    throw bad({ code: 'lesson-sentence', known: lessonRules.slice(0, -1).join(', ') });
  return { rule: 'own-words', rate: null, words: text, type, on };
}

export interface HeldLesson {
  lesson: Lesson;
  /** who taught it */
  taughtBy: string;
  state: LessonState;
}

/** Everything the owner has learned by others, held against one client who came after them. */
export function lessonsFor(r: Reader, client: Client): HeldLesson[] {
  const welcomed = hasWelcomed(r, client.id);
  return exitsWithLessons(r)
    .filter((exit) => exit.clientId !== client.id && client.createdAt >= exit.proposedAt)
    .flatMap((exit) => {
      if (exit.lesson === null) return [];
      const state = lessonState(exit.lesson, { ...client, welcomed });
      return [{ lesson: exit.lesson, taughtBy: clientName(r, exit.clientId) ?? '', state }];
    });
}
