/** Italian: days and spans as they are said. */
import type { TimeWords } from '../parts/times.ts';
import { at, dayWords, several } from './grammar.ts';

export const times: TimeWords = {
  today: 'oggi',
  tomorrow: 'domani',
  yesterday: 'ieri',
  date: (day) => dayWords(day, 'year'),
  dayAt: (day, clock) => `${day} ${at(clock)}`,
  minutes: (amount) => `${amount} min`,
  hours: (amount) => `${amount} h`,
  days: (amount) => several(amount, 'giorno', 'giorni'),
  now: 'adesso',
  in: (span) => `tra ${span}`,
  ago: (span) => `${span} fa`,
};
