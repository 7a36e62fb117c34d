/**
 * Until when an answering machine says that somebody is away: a table with the dates written out, in the languages of
 * clients, and sentences put together from every form of a date in each of six.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outOfOfficeUntil } from '../../src/rules/absence.ts';
import { addDays, instant, type LocalDay, localDay, weekdayOf } from '../../src/rules/time.ts';
import { aMail } from './a-mail.ts';

describe('outOfOfficeUntil, as it was asked first', () => {
  const received = instant('2026-11-23T09:00:00Z');
  const until = (text: string, subject = 'Out of Office', at = received) =>
    outOfOfficeUntil(aMail([`Subject: ${subject}`], { newText: text, text }), at, 'Europe/Rome');

  it.each([
    ['Sono in ferie. Torno il 7 gennaio.', '2027-01-07'],
    ['Rientrerò in ufficio lunedì 30 novembre.', '2026-11-30'],
    ['Sarò assente dal 24/12/2026 al 06/01/2027.', '2027-01-07'],
    ['Sarò assente dal 3 al 20 dicembre.', '2026-12-21'],
    ['Sono fuori sede fino al 24/12/2026', '2026-12-24'],
    ['Sono fuori fino al 5.12.2026.', '2026-12-05'],
    ['Assente sino al 3/12', '2026-12-03'],
    ["Fuori fino all'8 dicembre", '2026-12-08'],
    ['Sarò assente fino al 4 dicembre, al mio rientro il 7 dicembre risponderò.', '2026-12-07'],
    ['I am away, back on 12 January.', '2027-01-12'],
    ['I will be back in the office on Monday, November 30th, 2026.', '2026-11-30'],
    ['I am out until Monday 30 November.', '2026-11-30'],
    ['Away through the 1st of December', '2026-12-02'],
    ['I will return on 2026-12-14.', '2026-12-14'],
    ['I am out until 12/25/2026', '2026-12-25'],
    ['I am out until 25/12/2026', '2026-12-25'],
    ['I am away from 1 December to 4 December', '2026-12-05'],
    ['Returning\nto the office on\n3 December.', '2026-12-03'],
    ['Back on 23 November.', '2026-11-23'],
    ['Back 3 Dec. Zurück am 3.12. Torno il 3 dicembre.', '2026-12-03'],
  ])('%s', (text, day) => {
    expect(until(text)).toBe(day);
  });

  it.each([
    ['no date', 'I am out of the office and will answer when I am back.'],
    ['day and month could be swapped', 'I am out until 03/04/2027.'],
    ['the weekday does not fit', 'I am back on Tuesday 30 November.'],
    ['a day that is past', 'Back on 12 August 2026.'],
    ['without year, more than half a year off', 'Torno il 7 agosto.'],
    ['no such day', 'Torno il 31 novembre.'],
    ['two days of return', 'Torno il 3 dicembre. Carla torna il 4; io rientro il 5 dicembre.'],
    ['a clock time', 'Back at 9.12 tomorrow'],
    ['a date that belongs to something else', 'The fair is on 3 December.'],
    ['the next sentence', 'I will be back soon. The fair is on 3 December.'],
    ['get back to you', 'I will get back to you on 3 December.'],
    ['a telephone number', 'Until then call 06 1234567'],
    ['nothing', ''],
  ])('is unsure about %s', (_title, text) => {
    expect(until(text)).toBeNull();
  });

  it('reads the subject too', () => {
    expect(until('', 'Fuori ufficio fino al 4 dicembre')).toBe('2026-12-04');
  });

  it("reads the received day in the owner's zone", () => {
    const lateInRome = instant('2026-11-23T23:30:00Z');
    expect(until('Back on 23 November.', 'x', lateInRome)).toBeNull();
    expect(until('Back on 24 November.', 'x', lateInRome)).toBe('2026-11-24');
  });

  it('never gives a day before the receipt or more than half a year after, whatever the text', () => {
    const piece = fc.constantFrom(
      'torno il',
      'back on',
      'until',
      'fino al',
      '7',
      '31',
      '12/03',
      '2026',
      '1.1.27',
      'gennaio',
      'March',
      'lunedì',
      'Monday',
      'al',
      'dal',
      '.',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 15 }), (pieces) => {
        const day = until(pieces.join(' '));
        expect(day === null || (day >= '2026-11-23' && day <= '2027-05-25')).toBe(true);
      }),
    );
  });
});

/** Wednesday. */
const wednesday = instant('2026-10-07T08:00:00Z');
const read = (text: string, at = wednesday) =>
  outOfOfficeUntil(aMail(['Subject: x'], { newText: text, text }), at, 'Europe/Rome');

describe('an absence ends', () => {
  it.each<[string, string | null]>([
    // return
    ['Ab Montag, 19. Oktober, bin ich wieder erreichbar.', '2026-10-19'],
    ['Ich bin ab dem 19.10. wieder im Büro.', '2026-10-19'],
    ['Am 19.10.2026 bin ich zurück.', '2026-10-19'],
    ['Ich kehre am 19. Okt. zurück.', '2026-10-19'],
    ['Zurück am 19. Oktober.', '2026-10-19'],
    ['Sarò nuovamente in studio da lunedì 19 ottobre.', '2026-10-19'],
    ['Lo studio riapre lunedì 19 ottobre.', '2026-10-19'],
    ["Rientrero' il 21 dicembre", '2026-12-21'],
    ['Dal 19 ottobre sarò di nuovo operativa.', '2026-10-19'],
    ['Disponibile dal 19 ottobre.', '2026-10-19'],
    ['Volveré el 19/10/2026.', '2026-10-19'],
    ['Estaré de vuelta el lunes 19 de octubre.', '2026-10-19'],
    ['Je serai de retour le lundi 19 octobre 2026.', '2026-10-19'],
    ['De retour le 1er décembre.', '2026-12-01'],
    ['Ik ben maandag 19 oktober terug.', '2026-10-19'],
    ['Vanaf maandag 19 oktober ben ik weer bereikbaar.', '2026-10-19'],
    ['Ik ben terug op 19-10-2026.', '2026-10-19'],
    ['On PTO, returning Monday October 19.', '2026-10-19'],
    ['I am away until the 16th and back on Monday, October 19th.', '2026-10-19'],
    ['I will be out of the office starting 05/10/2026 and will not return until 19/10/2026.', '2026-10-19'],
    ['I am out. Back in two weeks.', '2026-10-21'],
    ['Torno tra dieci giorni.', '2026-10-17'],
    ['Zurück in 2 Wochen.', '2026-10-21'],
    ['Back tomorrow.', '2026-10-08'],
    ['Rientro dopodomani.', '2026-10-09'],
    ['Absent du bureau du 8/10 au 9/10, retour le 12/10.', '2026-10-12'],
    ['Sono assente nei giorni 8 e 9 ottobre.', '2026-10-10'],
    ['I am out of the office on 8 and 9 October.', '2026-10-10'],
    ['Ich bin zwei Wochen im Urlaub.', '2026-10-21'],
    // the last day away
    ['In ferie dal 12/10/2026 al 16/10/2026.', '2026-10-17'],
    ['Lo studio resta chiuso dal 12 al 16 ottobre.', '2026-10-17'],
    ['Sono assente 12-16 ottobre.', '2026-10-17'],
    ['Sono assente fino a venerdì 16 ottobre compreso.', '2026-10-17'],
    ['Assente da lunedì 12 a venerdì 16 ottobre.', '2026-10-17'],
    ['I am on leave from 12 October to 16 October.', '2026-10-17'],
    ['I am out of the office October 12 through October 16.', '2026-10-17'],
    ['I am out of the office October 12-16.', '2026-10-17'],
    ['Out of office through 16 October.', '2026-10-17'],
    ['Away until and including 16 October.', '2026-10-17'],
    ['Ich bin vom 12. bis 16. Oktober im Urlaub.', '2026-10-17'],
    ['Vom 12.10. bis zum 16.10.2026 bin ich nicht im Haus.', '2026-10-17'],
    ['Urlaub 12.-16.10.', '2026-10-17'],
    ['Ich bin bis einschließlich 16.10. abwesend.', '2026-10-17'],
    ["Je suis en congés jusqu'au 16 octobre inclus.", '2026-10-17'],
    ['Absente du 12 au 16 octobre.', '2026-10-17'],
    ['Estoy de vacaciones del 12 al 16 de octubre.', '2026-10-17'],
    ['Ik ben afwezig van 12 oktober tot en met 16 oktober.', '2026-10-17'],
    ['Ik ben met vakantie t/m 16 oktober.', '2026-10-17'],
    ['Lo studio è chiuso dal 24 dicembre al 6 gennaio.', '2027-01-07'],
    ['Assente dal 12 ottobre al 16.', '2026-10-17'],
    ['Absent du 12 octobre au 16.', '2026-10-17'],
    ['Ich bin vom 12. Oktober bis zum 16. im Urlaub.', '2026-10-17'],
    ['I am away from 10/12 to 10/16.', '2026-10-17'],
    // there again
    ['Sarò in ufficio lunedì 19 ottobre.', '2026-10-19'],
    ['I will be in the office on Monday 19 October.', '2026-10-19'],
    ['Ik ben niet bereikbaar. Vanaf 19 oktober ben ik er weer.', '2026-10-19'],
    ['Data di rientro: 19/10/2026', '2026-10-19'],
    ['Im Urlaub bis 16.10., ab 19.10. wieder da.', '2026-10-19'],
    ['Non sarò in ufficio lunedì 19 ottobre.', null],
    ['I will not be in the office on Monday 19 October.', null],
    // until
    ['I am away until October 19.', '2026-10-19'],
    ['Out of office until the 19th.', '2026-10-19'],
    ['Ich bin bis zum 16.10. nicht im Büro.', '2026-10-16'],
    ['Jag är på semester till och med den 16 oktober 2026.', '2026-10-17'],
    ['Jeg er på ferie til og med 16.10.2026.', '2026-10-17'],
    ['Ich bin bis 16. 10. 2026 im Urlaub.', '2026-10-16'],
    ['Jestem na urlopie do dnia 16.10.2026.', '2026-10-16'],
    ['Olen lomalla 16.10.2026 asti.', '2026-10-16'],
    ['Απουσιάζω μέχρι 16/10/2026.', '2026-10-16'],
    ['Sunt în concediu până pe 16.10.2026.', '2026-10-16'],
    ['16.10.2026 tarihine kadar izindeyim.', '2026-10-16'],
    ["Absent jusqu'au lundi 19 octobre.", '2026-10-19'],
    ['Ausente hasta el 19 de octubre.', '2026-10-19'],
    ['Afwezig tot 19 oktober.', '2026-10-19'],
    ["Sono fuori dall'ufficio fino al 19 ottobre.", '2026-10-19'],
    ['Away until 6/10/2027', null],
    // weekdays and lengths
    ['Out of office, back on Monday.', '2026-10-12'],
    ['Sono fuori sede e torno lunedì.', '2026-10-12'],
    ['Torno mercoledì.', '2026-10-14'],
    ['Ich bin am Montag wieder da.', '2026-10-12'],
    ['I am out of the office for two weeks.', '2026-10-21'],
    ['Sono in ferie per tre settimane.', '2026-10-28'],
    ['Ich bin für 10 Tage im Urlaub.', '2026-10-17'],
    ['Je suis en vacances pendant deux semaines.', '2026-10-21'],
    ['From 12 October I am on vacation for two weeks.', '2026-10-26'],
    // no day
    ['I am out of office. Back October 19, perhaps October 26.', null],
    ['Torno il 19 o il 20 ottobre.', null],
    ['Sono in maternità: scrivete al collega Neri.', null],
    ['Siamo aperti dal lunedì al venerdì.', null],
    ['Office hours: Monday to Friday, from 9 to 18.', null],
    ['Orario: dal 1 ottobre al 30 novembre aperti anche il sabato.', null],
    ['We answer within two days.', null],
    ['The offer is valid for two weeks.', null],
    ['I am away. The fair is from 12 to 16 October, open daily.', null],
    ['Ho ricevuto la sua richiesta per il 20 ottobre e rispondo al mio rientro.', null],
    ['I will call you back on 19 October.', null],
    ['Non sono disponibile dal 12 ottobre.', null],
    ['Sono in ferie per 3 giorni lavorativi.', null],
    ['Il 29 febbraio torno.', null],
    ['Back at 18.10 today', null],
    ['Tornato il 5 ottobre.', null],
    ['Version 2.10 until further notice', null],
  ])('%s', (text, day) => {
    expect(read(text)).toBe(day);
  });
});

interface Language {
  months: string[];
  weekdays: string[];
  /** how a day and a month are put together */
  dates: ((parts: Parts) => string)[];
  back: string[];
  until: string[];
  range: ((from: string, to: string) => string)[];
  inclusive: ((day: string) => string)[];
}
interface Parts {
  day: number;
  month: string;
  number: string;
  year: string;
  weekday: string;
}

const two = (value: number) => String(value).padStart(2, '0');
const dayMonth = (between = ' ', behind = '') => [
  ({ day, month }: Parts) => `${day}${behind}${between}${month}`,
  ({ day, month, year }: Parts) => `${day}${behind}${between}${month} ${year}`,
  ({ day, month, weekday }: Parts) => `${weekday} ${day}${behind}${between}${month}`,
];
const numeric =
  (mark: string) =>
  ({ day, number, year }: Parts) =>
    [two(day), number, year].join(mark);
const iso = ({ day, number, year }: Parts) => `${year}-${number}-${two(day)}`;

const languages: Record<string, Language> = {
  it: {
    months: 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre'.split(' '),
    weekdays: 'lunedì martedì mercoledì giovedì venerdì sabato domenica'.split(' '),
    dates: [...dayMonth(), numeric('/'), numeric('.'), iso],
    back: ['Rientro il', 'Tornerò il', 'Sarò di nuovo in ufficio il', 'Rientro in studio'],
    until: ['Sono assente fino al', "Sono fuori dall'ufficio sino al", 'In ferie fino al'],
    range: [(from, to) => `Sono in ferie dal ${from} al ${to}.`, (from, to) => `Chiuso da ${from} a ${to}.`],
    inclusive: [(day) => `Assente fino al ${day} compreso.`, (day) => `Assente fino al ${day} incluso.`],
  },
  en: {
    months: 'January February March April May June July August September October November December'.split(' '),
    weekdays: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' '),
    dates: [
      ...dayMonth(),
      ({ day, month }) => `${month} ${day}`,
      ({ day, month, year, weekday }) => `${weekday}, ${month} ${day}, ${year}`,
      iso,
    ],
    back: ['I will be back on', 'Returning on', 'I return to the office on'],
    until: ['I am away until', 'Out of office till', 'I am on leave until'],
    range: [(from, to) => `I am away from ${from} to ${to}.`, (from, to) => `On vacation ${from} through ${to}.`],
    inclusive: [(day) => `Out through ${day}.`, (day) => `Away until ${day} inclusive.`],
  },
  de: {
    months: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
    weekdays: 'Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag'.split(' '),
    dates: [...dayMonth(' ', '.'), numeric('.'), iso],
    back: ['Ich bin wieder im Büro am', 'Zurück am', 'Ich bin wieder erreichbar ab'],
    until: ['Ich bin abwesend bis', 'Ich bin im Urlaub bis zum', 'Nicht im Büro bis zum'],
    range: [(from, to) => `Ich bin vom ${from} bis zum ${to} im Urlaub.`],
    inclusive: [(day) => `Ich bin bis einschließlich ${day} abwesend.`],
  },
  fr: {
    months: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
    weekdays: 'lundi mardi mercredi jeudi vendredi samedi dimanche'.split(' '),
    dates: [...dayMonth(), numeric('/'), iso],
    back: ['De retour le', 'Je serai de nouveau joignable le', 'Je reviens le'],
    until: ["Je suis absente jusqu'au", "En congés jusqu'au"],
    range: [(from, to) => `Je suis en congés du ${from} au ${to}.`],
    inclusive: [(day) => `Absente jusqu'au ${day} inclus.`],
  },
  es: {
    months: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
    weekdays: 'lunes martes miércoles jueves viernes sábado domingo'.split(' '),
    dates: [...dayMonth(' de '), numeric('/'), iso],
    back: ['Volveré el', 'Estaré de vuelta el', 'Regreso el'],
    until: ['Estoy fuera de la oficina hasta el', 'De vacaciones hasta el'],
    range: [(from, to) => `Estoy de vacaciones del ${from} al ${to}.`],
    inclusive: [(day) => `Ausente hasta el ${day} inclusive.`],
  },
  nl: {
    months: 'januari februari maart april mei juni juli augustus september oktober november december'.split(' '),
    weekdays: 'maandag dinsdag woensdag donderdag vrijdag zaterdag zondag'.split(' '),
    dates: [...dayMonth(), numeric('-'), iso],
    back: ['Ik ben terug op', 'Weer bereikbaar op'],
    until: ['Ik ben afwezig tot', 'Met vakantie tot'],
    range: [(from, to) => `Ik ben afwezig van ${from} tot en met ${to}.`],
    inclusive: [(day) => `Met vakantie t/m ${day}.`, (day) => `Afwezig tot en met ${day}.`],
  },
};

const order = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function written(day: LocalDay, language: Language, form: number): string {
  const [year, number, date] = day.split('-') as [string, string, string];
  const parts: Parts = {
    day: Number(date),
    month: language.months[Number(number) - 1] as string,
    number,
    year,
    weekday: language.weekdays[order.indexOf(weekdayOf(day))] as string,
  };
  return (language.dates[form % language.dates.length] as (parts: Parts) => string)(parts);
}

const pick = <T>(all: readonly T[], which: number) => all[which % all.length] as T;
const spellings = [
  (text: string) => text,
  (text: string) => text.toUpperCase(),
  (text: string) => text.normalize('NFD'),
  (text: string) => text.replaceAll("'", '’'),
  (text: string) => text.replaceAll(' ', '\n'),
];

describe('every form of a date in six languages', () => {
  const arbitrary = fc.record({
    name: fc.constantFrom(...Object.keys(languages)),
    received: fc.integer({ min: 0, max: 1_500 }),
    ahead: fc.integer({ min: 2, max: 170 }),
    length: fc.integer({ min: 1, max: 25 }),
    form: fc.nat(20),
    which: fc.nat(20),
    spelling: fc.nat(4),
  });
  const sentence = {
    back: ({ back }: Language, day: string, which: number) => `${pick(back, which)} ${day}.`,
    until: ({ until }: Language, day: string, which: number) => `${pick(until, which)} ${day}.`,
    inclusive: ({ inclusive }: Language, day: string, which: number) => pick(inclusive, which)(day),
  };

  it.each(Object.keys(sentence) as (keyof typeof sentence)[])('%s', (meaning) => {
    fc.assert(
      fc.property(arbitrary, ({ name, received, ahead, form, which, spelling }) => {
        const language = languages[name] as Language;
        const today = addDays(localDay('2024-01-01'), received);
        const day = addDays(today, ahead);
        const text = pick(spellings, spelling)(sentence[meaning](language, written(day, language, form), which));
        expect([text, read(text, instant(`${today}T11:00:00Z`))]).toEqual([
          text,
          meaning === 'inclusive' ? addDays(day, 1) : day,
        ]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('from one day to another', () => {
    fc.assert(
      fc.property(arbitrary, ({ name, received, ahead, length, form, which, spelling }) => {
        const language = languages[name] as Language;
        const today = addDays(localDay('2024-01-01'), received);
        const last = addDays(today, ahead);
        const [from, to] = [addDays(last, -length), last].map((day) => written(day, language, form)) as [
          string,
          string,
        ];
        const text = pick(spellings, spelling)(pick(language.range, which)(from, to));
        expect([text, read(text, instant(`${today}T11:00:00Z`))]).toEqual([text, addDays(last, 1)]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives no day when two are named for a return', () => {
    fc.assert(
      fc.property(arbitrary, ({ name, received, ahead, length, form, which }) => {
        const language = languages[name] as Language;
        const today = addDays(localDay('2024-01-01'), received);
        const days = [addDays(today, ahead), addDays(today, ahead + length)].map((day) => written(day, language, form));
        const text = days.map((day) => sentence.back(language, day, which)).join(' ');
        const read2 = read(text, instant(`${today}T11:00:00Z`));
        // the second may be too far off to count
        expect(read2 === null || ahead + length > 183).toBe(true);
      }),
    );
  });
});
