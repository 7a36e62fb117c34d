/** Each reason as a person reads it, in both languages: whole sentences, and none of the other language. */
import { describe, expect, it } from 'vitest';
import { asWritten, type Reason } from '../../src/rules/reason.ts';
import { localDay } from '../../src/rules/time.ts';
import { say } from '../../src/words/voice.ts';

const closed = (from: string, to: string, note: string): Reason => ({
  code: 'in-closure',
  from: localDay(from),
  to: localDay(to),
  note,
});

const sentences: [Reason, string, string][] = [
  [asWritten('as it was said'), 'as it was said', 'as it was said'],
  [{ code: 'erased' }, '(erased)', '(cancellato)'],
  [{ code: 'closed-weekday', weekday: 'sun' }, 'Sunday', 'domenica'],
  [
    { code: 'after-closing', at: '21:04', closedAt: '18:00' },
    '21:04, after closing at 18:00',
    '21:04, dopo la chiusura delle 18:00',
  ],
  [
    { code: 'after-closing', at: '02:30', closedAt: '01:00' },
    '02:30, after closing at 01:00',
    '02:30, dopo la chiusura dell’01:00',
  ],
  [
    { code: 'before-opening', at: '07:10', opensAt: '09:00' },
    '07:10, before opening at 09:00',
    '07:10, prima dell’apertura delle 09:00',
  ],
  [
    { code: 'between-hours', at: '13:20', closedAt: '13:00', opensAt: '14:00' },
    '13:20, between 13:00 and 14:00',
    '13:20, tra le 13:00 e le 14:00',
  ],
  [
    { code: 'on-holiday', day: localDay('2026-04-25'), name: 'Festa della Liberazione' },
    '25 April, Festa della Liberazione',
    '25 aprile, Festa della Liberazione',
  ],
  [
    { code: 'on-holiday', day: localDay('2026-05-01'), name: 'Festa del Lavoro' },
    '1 May, Festa del Lavoro',
    '1º maggio, Festa del Lavoro',
  ],
  [
    closed('2026-08-10', '2026-08-24', 'ferie'),
    'closed from 10 to 24 August 2026: ferie',
    'chiuso dal 10 al 24 agosto 2026: ferie',
  ],
  [
    closed('2026-07-30', '2026-08-01', ''),
    'closed from 30 July to 1 August 2026',
    'chiuso dal 30 luglio al 1º agosto 2026',
  ],
  [
    closed('2026-12-24', '2027-01-06', 'ferie'),
    'closed from 24 December 2026 to 6 January 2027: ferie',
    'chiuso dal 24 dicembre 2026 al 6 gennaio 2027: ferie',
  ],
  [
    closed('2026-09-11', '2026-09-11', 'fiera'),
    'closed on 11 September 2026: fiera',
    'chiuso l’11 settembre 2026: fiera',
  ],
  [
    closed('2026-10-08', '2026-10-11', 'fiera'),
    'closed from 8 to 11 October 2026: fiera',
    'chiuso dall’8 all’11 ottobre 2026: fiera',
  ],
];

describe('say', () => {
  it.each(sentences)('%j: "%s", "%s"', (reason, english, italian) => {
    expect(say(reason, 'en')).toBe(english);
    expect(say(reason, 'it')).toBe(italian);
  });
});
