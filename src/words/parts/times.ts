/** What a language says of days and spans. */
import type { LocalDay } from '../../rules/time.ts';

export interface TimeWords {
  today: string;
  tomorrow: string;
  yesterday: string;
  /** a day in a sentence: '15 May 2026' */
  date(day: LocalDay): string;
  /** 'tomorrow' and '9:00' -> 'tomorrow at 9:00' */
  dayAt(day: string, clock: string): string;
  minutes(amount: number): string;
  hours(amount: number): string;
  days(amount: number): string;
  now: string;
  in(span: string): string;
  ago(span: string): string;
}
