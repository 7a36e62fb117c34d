/** HTML mail as a person reads it, and hostile HTML at no more cost than its length. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlToText } from '../../src/mail/html-text.ts';

const read = (html: string) => htmlToText(html, 262_144);

describe('HTML becomes text', () => {
  const cases: [string, string, string][] = [
    ['words in a row', 'uno <b>due</b> <i>tre</i>', 'uno due tre'],
    ['a word broken by markup stays one', 'pre<b>ven</b>tivo', 'preventivo'],
    ['blanks and line ends in the source fold', 'uno\n   due\t\ttre', 'uno due tre'],
    ['br and div end a line', 'uno<br>due<div>tre</div>quattro', 'uno\ndue\ntre\nquattro'],
    ['paragraphs stand apart', '<p>uno</p><p>due</p>', 'uno\n\ndue'],
    ['list items', '<ul><li>uno</li><li>due</li></ul>', '- uno\n- due'],
    ['cells of a row', '<table><tr><td>Totale</td><td>12 €</td></tr></table>', 'Totale 12 €'],
    [
      'quoted mail gets its mark',
      'Va bene<blockquote>Quando?<br>Domani?</blockquote>',
      'Va bene\n\n> Quando?\n> Domani?',
    ],
    ['quoted within quoted', '<blockquote>a<blockquote>b</blockquote></blockquote>', '> a\n>\n> > b'],
    ['preformatted text keeps its lines', '<pre>a  b\nc</pre>', 'a  b\nc'],
    ['script, style and title vanish', '<title>x</title><style>p{}</style><script>1<2</script>uno', 'uno'],
    ['a comment vanishes', 'uno<!-- <p>due</p> -->tre', 'unotre'],
    ['doctype and processing marks vanish', '<!DOCTYPE html><?xml version="1"?>uno', 'uno'],
    ['named and numbered characters', 'perch&eacute; &amp; &#8364; &#x20AC; &nbsp;cos&igrave;', 'perché & € € così'],
    ['an unknown name stays', '&unknownname; &;', '&unknownname; &;'],
    ['no character from a wrong number', '&#0; &#1114112;', '&#0; &#1114112;'],
    ['a bracket that is no tag', 'a < b and 1<2', 'a < b and 1<2'],
    ['what follows a head that was never closed', '<head><p>uno</p>', 'uno'],
    ['nothing', '', ''],
  ];
  it.each(cases)('%s', (_, html, text) => {
    expect(read(html)).toBe(text);
  });

  it('stops at the limit', () => {
    expect(htmlToText('<p>parola</p>'.repeat(1_000), 100).length).toBeLessThanOrEqual(100);
  });

  it('never throws and never gives more than it was asked for', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '</',
      '<!--',
      '-->',
      '<script>',
      '</script',
      '<head>',
      '<pre>',
      '&',
      '&#x',
      ';',
      '<td',
      '"',
      '\n',
      'a ',
      '<blockquote>',
      '</p>',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 200 }), (pieces) => {
        expect(htmlToText(pieces.join(''), 300).length).toBeLessThanOrEqual(300);
      }),
    );
  });
});

describe('hostile HTML of a megabyte is read in one pass', () => {
  const megabyte = (piece: string) => piece.repeat(Math.ceil(1_048_576 / piece.length));
  // Anything that is not linear takes minutes here and runs into the limit of the test.
  it.each([
    '<div>',
    '</div>',
    '<blockquote>',
    '<table><tr><td>',
    '<head>',
    '<title>',
    '<script>',
    '<!--',
    '<',
    '</',
    '<a href="',
    '&',
    '&#',
    ' ',
    '\n',
    '<b>a</b>',
    '<pre>\n',
    '<svg><style>',
  ])('%j', (piece) => {
    expect(read(megabyte(piece)).length).toBeLessThanOrEqual(262_144);
  });
});
