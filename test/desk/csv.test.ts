/** CSV in and out: nothing is lost on the way there and back, and a bad file says where. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv, readList, writeCsv, writeList } from '../../src/desk/csv.ts';
import { refusal } from './support.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readCsv(bytes(text), 'file.csv');

describe('cells', () => {
  const cell = fc
    .oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '=1+1',
        "'=1",
        '+39 06 1',
        '-5',
        '@SUM',
        "''@",
        ' a ',
        '"',
        'a\r\nb',
        '\t',
        '\n=x',
        "'quoted'",
        "a;=cmd|'/c calc'!A1",
        'a;;=1',
        "a;'=1",
        "a;''+1\t-2\r\n@x",
        'é;,',
        '＝1',
      ),
    )
    .filter((text) => !/\p{Cs}/u.test(text));

  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, fc.constant('x')), { minLength: 1, maxLength: 20 }), (rows) => {
        const file = read(writeCsv([['a', 'b', 'c'], ...rows]));
        expect(file.rows.map((row) => row.cells)).toEqual(rows);
      }),
    );
  });

  it.each(['=HYPERLINK("http://evil.example")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', "'=1", '＝1'])(
    '%j is no formula in the file',
    (text) => {
      const written = writeCsv([
        ['a', 'b'],
        [text, 'x'],
      ])
        .split('\r\n')
        .slice(1)
        .join('\r\n');
      expect(written.replace(/^"/, '')).toMatch(/^'/);
    },
  );

  it.each([';', '\t'])('begin no formula for a spreadsheet that divides at %j', (mark) => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constant('x'), cell), { minLength: 1, maxLength: 5 }), (rows) => {
        // As a spreadsheet reads that knows quotation marks only at the beginning of a cell of its own.
        for (const line of writeCsv(rows).split(/\r\n|\r|\n/)) {
          for (const part of line.split(mark)) expect(part.replace(/^"/, '')).not.toMatch(/^[=+\-@＝＋－＠]/);
        }
      }),
    );
  });

  it('of a list come back as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (items) => {
        expect(readList(writeList(items))).toEqual(items);
      }),
    );
    expect(writeList(['a@b.it', 'c@d.it'])).toBe('a@b.it; c@d.it');
  });
});

describe('a file', () => {
  it.each([
    ['commas', 'a,b\n1,2\n'],
    ['semicolons', 'a;b\r\n1;2\r\n'],
    ['tabs', 'a\tb\n1\t2'],
    ['a byte order mark', '\uFEFFa,b\n1,2'],
    ['old line ends', 'a,b\r1,2\r'],
    ['empty lines', '\n\na,b\n\n1,2\n,\n\n'],
    ['a comma in a quoted name', '"a",b\n1,2'],
    ['empty columns at the end', 'a;b;;\n1;2;;\n'],
    ['empty cells at the end of some rows', 'a;b\n1;2;;\n'],
    ['empty columns at the end of the first line only', 'a;b;;\n1;2\n'],
    ['a column without heading or cell in between', 'a;;b\n1;;2\n'],
    ['a row of blanks', 'a;b\n ; \n1;2\n'],
  ])('with %s is read', (_name, text) => {
    const { columns, rows } = read(text);
    expect(columns).toEqual(['a', 'b']);
    expect(rows.map((row) => row.cells)).toEqual([['1', '2']]);
  });

  it('knows the line on which each row begins', () => {
    const { rows } = read('a,b\n1,"x\ny\nz"\n\n2,"u\r\nv"\n3,w\n');
    expect(rows.map((row) => row.line)).toEqual([2, 6, 8]);
  });

  it.each([
    ['no bytes', '', /^the file is empty$/, /file\.csv$/],
    ['nothing but blanks', '\n,\n', /^the file is empty$/, /file\.csv$/],
    ['a row that is too short', 'a,b\n1,2\n3\n', /more or fewer cells/, /file\.csv:3/],
    ['a row that is too long', 'a,b\n1,2,3\n', /more or fewer cells/, /file\.csv:2/],
    ['an open quotation mark', 'a,b\n1,"2\n3,4\n', /never closed/, /file\.csv:/],
    ['a stray quotation mark', 'a,b\n1,x"y"\n', /quotation mark/, /file\.csv:2/],
    ['a column twice', 'a,a\n1,2\n', /twice/, /file\.csv:1/],
    ['a cell without a heading', 'a,b,\n1,2,3\n', /^3: the column has no heading/, /file\.csv:2/],
    ['a column without a heading in between', 'a,,b\n1,x,2\n', /no heading/, /file\.csv:2/],
  ] as const)('with %s is refused', (_name, text, message, where) => {
    const fault = refusal(() => read(text));
    expect(fault.code).toBe('bad-input');
    expect(fault.message).toMatch(message);
    expect(fault.where).toMatch(where);
  });

  it.each([
    ['windows-1252, as Excel saves it in Italy', Buffer.from('a,b\nPerch\xe9 \x80,2', 'latin1')],
    ['UTF-16', Buffer.from('\ufeffa,b\nPerché €,2', 'utf16le')],
    ['UTF-8 with a mark', Buffer.from('\ufeffa,b\nPerché €,2')],
  ])('in %s is read', (_name, file) => {
    expect(readCsv(file, 'file.csv').rows).toEqual([{ line: 2, cells: ['Perché €', '2'] }]);
  });

  it('that is no text is refused', () => {
    const fault = refusal(() => readCsv(Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0, 1, 2, 0xff]), 'file.csv'));
    expect(fault.message).toBe('the file is not text');
  });
});
