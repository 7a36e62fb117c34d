/** English: days and spans as they are said. */
import type { TimeWords } from '../parts/times.ts';
import { dayWords, several } from './grammar.ts';

export const times: TimeWords = {
  today: 'today',
  tomorrow: 'tomorrow',
  yesterday: 'yesterday',
  date: (day) => dayWords(day, 'year'),
  dayAt: (day, clock) => `${day} at ${clock}`,
  minutes: (amount) => `${amount} min`,
  hours: (amount) => `${amount} h`,
  days: (amount) => several(amount, 'day'),
  now: 'now',
  in: (span) => `in ${span}`,
  ago: (span) => `${span} ago`,
};
