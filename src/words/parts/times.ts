/** What a language says of days and spans. */

export interface TimeWords {
  today: string;
  tomorrow: string;
  yesterday: string;
  /** 'tomorrow' and '9:00' -> 'tomorrow at 9:00' */
  dayAt(day: string, clock: string): string;
  minutes(amount: number): string;
  hours(amount: number): string;
  days(amount: number): string;
  now: string;
  in(span: string): string;
  ago(span: string): string;
}
