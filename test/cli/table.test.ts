/** Columns as a terminal counts them, and nothing from outside that a terminal would obey. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean, cleanJson, fit, table, widthOf, wrapLines } from '../../src/cli/table.ts';

describe('the width of', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['Perché', 6],
    ['Perche\u0301', 6],
    ['日本', 4],
    ['👍', 2],
    ['👨‍👩‍👧', 2],
    ['한', 2],
    ['ｱ', 1],
    ['Ａ', 2],
  ])('%j is %i', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });
});

describe('a table without a terminal', () => {
  it('cuts nothing, and lets no long cell push the other lines far', () => {
    const long = 'x'.repeat(200);
    const lines = table(
      [{ title: 'A', flexible: true }, { title: 'B' }],
      [
        ['short', '1'],
        [long, '2'],
      ],
    ).split('\n');
    expect(lines[1]).toBe(`${'short'.padEnd(60)}  1`);
    expect(lines[2]).toBe(`${long}  2`);
  });
});

describe('a cell', () => {
  it.each([
    ['an escape sequence', '\u001b[31mred\u001b[0m', '[31mred[0m'],
    ['a title for the window', '\u001b]0;owned\u0007x', ']0;ownedx'],
    ['line breaks', 'a\r\nb\nc\u2028d', 'a b c d'],
    ['a tab', 'a\tb', 'a b'],
    ['text turned around', 'invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['C1 controls', 'a\u009b31mb', 'a31mb'],
    ['a backspace', 'ab\u0008c', 'abc'],
    ['half a pair', 'a\ud800b', 'ab'],
    ['a zero-width space', 'pay\u200bpal', 'paypal'],
  ])('loses %s', (_name, text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  it('of any text is one line without control characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(clean(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });

  it('in JSON is escaped, and means the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = cleanJson(JSON.stringify({ text }, null, 2));
        expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(JSON.parse(json)).toEqual({ text });
      }),
    );
    expect(cleanJson('"a\u009bb\u{e0041}"')).toBe('"a\\u009bb\\udb40\\udc41"');
  });

  it('is cut to a width, never through a character', () => {
    expect(fit('Preventivo', 10)).toBe('Preventivo');
    expect(fit('Preventivo', 6)).toBe('Preve…');
    expect(fit('日本語', 4)).toBe('日…');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }).map(clean), fc.integer({ min: 1, max: 20 }), (text, width) => {
        expect(widthOf(fit(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('prose on a terminal', () => {
  it('is broken between words, under the beginning of its sentence', () => {
    expect(wrapLines('  21  Ferrari has not answered your question', 24)).toBe(
      '  21  Ferrari has not\n      answered your\n      question',
    );
    expect(wrapLines('  next:  See: paletti outbox', 20)).toBe('  next:  See:\n         paletti\n         outbox');
  });

  it('keeps short lines, blank lines and words that are too long as they are', () => {
    const text = `a b  c\n\n${'x'.repeat(50)}`;
    expect(wrapLines(text, 20)).toBe(text);
    expect(wrapLines(text, undefined)).toBe(text);
  });

  it('is never wider than the terminal when its words are not', () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom('a', 'è', '日'), minLength: 1, maxLength: 5 }));
    fc.assert(
      fc.property(words, fc.integer({ min: 12, max: 40 }), (list, width) => {
        const text = list.join(' ');
        const lines = wrapLines(text, width).split('\n');
        expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
        expect(lines.join(' ')).toBe(text);
      }),
    );
  });
});

describe('a table', () => {
  const columns = [
    { title: 'ID', align: 'right' as const },
    { title: 'NAME', flexible: true },
    { title: 'SUM', align: 'right' as const },
  ];

  it('stands in columns, also with wide characters', () => {
    const rows = [
      ['1', '日本', '5.00'],
      ['12', 'Perché', '1220.00'],
    ];
    expect(table(columns, rows)).toBe('ID  NAME        SUM\n 1  日本       5.00\n12  Perché  1220.00\n');
  });

  it('without rows is nothing', () => {
    expect(table(columns, [])).toBe('');
  });

  it('is as wide as it needs when nobody said how wide', () => {
    expect(table(columns, [['1', 'x'.repeat(300), '1']]).split('\n')[1]).toHaveLength(309);
  });

  it('gives way in its flexible column only', () => {
    const lines = table(columns, [['1', 'A very long name of a client', '1220.00']], { width: 30 }).split('\n');
    expect(lines[1]).toBe(' 1  A very long name…  1220.00');
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(30);
  });

  it('stays readable on a terminal that is too narrow', () => {
    expect(table(columns, [['1', 'A very long name', '1220.00']], { width: 5 }).split('\n')[1]).toBe(
      ' 1  A very…   1220.00',
    );
  });
});
