/** Subjects without the marks of mail programs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseSubject, forwardMarks, isForwardSubject, replyMarks } from '../../src/rules/subject.ts';

const marks = [...replyMarks, ...forwardMarks];

describe('the base of a subject', () => {
  it.each([
    ['R: Re: Preventivo ', 'preventivo'],
    ['RIF: I: preventivo', 'preventivo'],
    ['AW: WG: Preventivo', 'preventivo'],
    ['Re[2]: preventivo', 'preventivo'],
    ['RE (3) : preventivo', 'preventivo'],
    ['Re^2: preventivo', 'preventivo'],
    ['回复：preventivo', 'preventivo'],
    ['Réf : preventivo', 'preventivo'],
    ['Re\u0301f: preventivo', 'preventivo'],
    ['[EXTERNAL] R: preventivo', 'preventivo'],
    ['[Bianchi] Re: Promemoria: fattura n. 14', 'promemoria: fattura n. 14'],
    ['***SPAM*** R: preventivo', 'preventivo'],
    ['[studio] Preventivo', '[studio] preventivo'],
    ['Re: [studio]   Preventivo', '[studio] preventivo'],
    ['Riferimento: la sua del 3 maggio', 'riferimento: la sua del 3 maggio'],
    ['Resoconto: maggio', 'resoconto: maggio'],
    ['Re:', ''],
    ['', ''],
  ])('of "%s" is "%s"', (subject, base) => {
    expect(baseSubject(subject)).toBe(base);
  });

  it('is the same behind any marks of any language, in any case, counted or not, however many', () => {
    const mark = fc
      .tuple(
        fc.constantFrom(...marks),
        fc.constantFrom('', '[2]', ' (3)', '^4'),
        fc.constantFrom(': ', ':', ' : ', '：'),
      )
      .chain(([word, number, colon]) =>
        fc.constantFrom(word, word.toUpperCase()).map((written) => `${written}${number}${colon}`),
      )
      // the capital of some letters is written with two, and does not come back
      .filter((written) => written.toLowerCase().normalize('NFC') === written.normalize('NFC').toLowerCase());
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 6 }), (before) => {
        expect(baseSubject(`${before.join('')}Il sito nuovo`)).toBe('il sito nuovo');
      }),
    );
  });

  it('has no marks left, whatever it was', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...marks, ':', ' ', '[', ']', 'à', 'x', '***spam***'), { maxLength: 20 }),
        (parts) => {
          const subject = parts.join('');
          expect(baseSubject(baseSubject(subject))).toBe(baseSubject(subject));
        },
      ),
    );
  });
});

it('a mail sent on is known by its newest mark', () => {
  for (const mark of forwardMarks) expect(isForwardSubject(`${mark}: Re: x`)).toBe(true);
  for (const mark of replyMarks) expect(isForwardSubject(`${mark}: Fwd: x`)).toBe(false);
});
