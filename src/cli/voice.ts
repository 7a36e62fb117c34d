/**
 * How a command speaks to the owner: her language, and moments, spans and sums as a terminal shows them, short and in
 * her zone. Decides nothing; not for letters.
 */
import type { Language } from '../rules/language.ts';
import type { Reason } from '../rules/reason.ts';
import { dayOf, type Instant, type LocalDay, type TimeZone, wallClock, weekdayOf, weekdays } from '../rules/time.ts';
import type { TerminalWords } from '../words/parts/terminal.ts';
import { distanceWords, moneyWords, spanWords } from '../words/times.ts';
import { say, wordsOf, tell } from '../words/voice.ts';
import type { Words } from '../words/words.ts';
import type { Told } from '../rules/told.ts';
import type { Telling } from '../words/parts/told.ts';

export interface Voice {
  language: Language;
  words: Words;
  /** what a language says in the terminal */
  t: TerminalWords;
  /** 'Mon 23 Nov 09:00'; with the year when it is another one than now's */
  moment(at: Instant): string;
  /** 'Mon 23 Nov'; with the year when it is another one than now's */
  day(day: LocalDay): string;
  /** for who asks for a day, or for the day of a moment */
  days: { day(day: LocalDay): string; dayOf(at: Instant): string };
  /** 'in 3 h', '2 days ago', 'now' */
  distance(at: Instant): string;
  /** '3 h', '2 days' */
  span(ms: number): string;
  /** '1,220.00 EUR' */
  sum(cents: number, currency: string): string;
  /** a reason as part of a sentence; '' where there is none */
  why(reason: Reason | null): string;
  /** the same as a sentence of its own */
  sentence(reason: Reason): string;
  /** a notice: whole sentences, with the next step */
  told(told: Told): Telling;
}

/** @param here.zone the owner's */
export function voiceIn(language: Language, { now, zone }: { now: Instant; zone: TimeZone }): Voice {
  const words = wordsOf(language);
  const day = (of: LocalDay) => dayShort(of, dayOf(now, zone), words);
  return {
    language,
    words,
    t: words.terminal,
    moment: (at) => {
      const wall = wallClock(at, zone);
      return `${day(wall.day)} ${two(Math.floor(wall.minute / 60))}:${two(wall.minute % 60)}`;
    },
    day,
    days: { day, dayOf: (at) => day(dayOf(at, zone)) },
    distance: (at) => distanceWords(at, now, words),
    span: (ms) => spanWords(ms, words),
    sum: (cents, currency) => moneyWords(cents, currency, words),
    why: (reason) => (reason === null ? '' : say(reason, language)),
    sentence: (reason) => asSentence(say(reason, language)),
    told: (told) => tell(told, language),
  };
}

function dayShort(day: LocalDay, today: LocalDay, words: Words): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const otherYear = today.startsWith(day.slice(0, 5)) ? '' : ` ${year}`;
  return `${words.weekdaysShort[weekdays.indexOf(weekdayOf(day))]} ${date} ${words.monthsShort[month - 1]}${otherYear}`;
}

function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** A value of several lines as one. */
export function unbroken(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' ');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
