/**
 * What is still to happen in the demonstration, in order of time: the timetable, the owner's acts, and the reactions to
 * letters as these are written or leave. Carries nothing out.
 */
import { type Letter, needsApproval } from '../rules/letter.ts';
import { addDays, dayOf, type Instant, minuteMs, plus } from '../rules/time.ts';
import { acts, type Happening, type Reaction, reactions } from './sample-acts.ts';
import { timetable } from './sample-mail.ts';
import type { ClientKey } from './sample-studio.ts';
import { atTime, type StoryDays } from './story-days.ts';

export interface Due {
  at: Instant;
  happens: Happening;
  /** the letter that brought it about */
  letter: Letter | null;
}

export class Agenda {
  readonly #days: StoryDays;
  #due: Due[];
  #waiting: readonly Reaction[] = reactions;

  constructor(days: StoryDays) {
    this.#days = days;
    const mails = timetable
      .filter((mail) => mail.day >= 0)
      .map(
        ({ day, time, ...mail }): Due => ({
          at: days.moment(day, time),
          happens: { what: 'mail', mail },
          letter: null,
        }),
      );
    const owners = acts.map(({ day, time, happens }): Due => ({ at: days.moment(day, time), happens, letter: null }));
    this.#due = [...mails, ...owners];
    this.#sort();
  }

  /** When the next thing happens; undefined: nothing more. */
  next(): Instant | undefined {
    return this.#due[0]?.at;
  }

  /** Takes out what happens up to and at a moment. */
  take(now: Instant): Due[] {
    const taken = this.#due.filter((due) => due.at <= now);
    this.#due = this.#due.slice(taken.length);
    return taken;
  }

  /** Looks which letters have come to where somebody reacts, and notes when. Each reaction happens once. */
  noteLetters(letters: readonly { letter: Letter; client: ClientKey }[], now: Instant): void {
    const still: Reaction[] = [];
    for (const reaction of this.#waiting) {
      const cause = letters.find((one) => one.client === reaction.client && isCause(one.letter, reaction));
      if (cause === undefined) still.push(reaction);
      else this.#due.push({ at: this.#momentOf(reaction, now), happens: reaction.happens, letter: cause.letter });
    }
    this.#waiting = still;
    this.#sort();
  }

  #momentOf({ after }: Reaction, now: Instant): Instant {
    if ('minutes' in after) return plus(now, after.minutes * minuteMs);
    const { zone } = this.#days;
    const day = addDays(dayOf(now, zone), after.days);
    const at = atTime(day, after.time, zone);
    return at > now ? at : atTime(addDays(day, 1), after.time, zone);
  }

  /** Stable, so that what stands first in the data happens first. */
  #sort(): void {
    this.#due = this.#due.toSorted((a, b) => a.at - b.at);
  }
}

function isCause(letter: Letter, { letter: kind, when }: Reaction): boolean {
  return letter.kind === kind && (when === 'left' ? letter.sentAt !== null : needsApproval(letter));
}
