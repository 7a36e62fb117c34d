/** The look of the story: widths, colour, and nothing harmful out of a mail. */
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { widthOf } from '../../src/cli/table.ts';
import { type Line, Page, wrap } from '../../src/demo/page.ts';
import { Progress } from '../../src/demo/progress.ts';

function sink(options: { isTTY?: boolean; columns?: number } = {}) {
  const written: string[] = [];
  return { ...options, write: (text: string) => void written.push(text), text: () => written.join('') };
}

const line: Line = { time: '09:00', mark: 'mail', who: 'Bianchi', text: 'Ciao', details: [] };

describe('Page', () => {
  it('fits the terminal, from 60 to 100 columns', () => {
    const widths = [undefined, 40, 72, 80, 250].map((columns) => new Page(sink({ columns }), {}).width);
    expect(widths).toEqual([80, 60, 72, 80, 100]);
  });

  it('keeps every line within the width', () => {
    const out = sink({ columns: 72 });
    const page = new Page(out, {});
    const long = 'una frase lunga con parole di ogni misura '.repeat(6);
    page.line({ ...line, who: 'Un nome molto molto molto lungo', text: long, details: [{ text: long }] });
    page.letter({ to: 'Anna <anna@studiorossi.example>', subject: long, text: `${long}\n\n${long}` });
    page.day('Mon 26 October 2026');
    page.pair('a', long, { leftWidth: 10 });
    for (const one of out.text().split('\n')) expect(widthOf(one)).toBeLessThanOrEqual(72);
  });

  it('prints no control character that stood in a mail', () => {
    const out = sink();
    const page = new Page(out, {});
    const nasty = 'a\u001b[2J\u001b]0;x\u0007\u202Eb\rc';
    page.line({ ...line, who: nasty, text: nasty, details: [{ text: nasty }] });
    page.letter({ to: nasty, subject: nasty, text: `${nasty}\nsecond line` });
    expect(out.text()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u);
    expect(out.text()).toContain('second line');
  });

  const colours = [
    [{ isTTY: true }, {}, true],
    [{ isTTY: true }, { NO_COLOR: '1' }, false],
    [{ isTTY: true }, { TERM: 'dumb' }, false],
    [{ isTTY: false }, {}, false],
  ] as const;
  it.each(colours)('sink %j with environment %j: colour %s', (options, env, wanted) => {
    const out = sink(options);
    new Page(out, env).line({ ...line, details: [{ text: 'why', style: 'yellow' }] });
    expect(out.text().includes('\u001b[')).toBe(wanted);
    expect(stripVTControlCharacters(out.text())).toContain('09:00  mail   Bianchi');
  });

  it('cuts the subject of a mail to one line', () => {
    const out = sink();
    new Page(out, {}).line({ ...line, text: 'parola '.repeat(30), short: true });
    expect(out.text().trimEnd().split('\n')).toHaveLength(1);
    expect(out.text()).toContain('…');
  });
});

describe('wrap', () => {
  it.each([
    ['', 10, ['']],
    ['one two three', 7, ['one two', 'three']],
    ['averyverylongword x', 5, ['averyverylongword', 'x']],
  ])('%j in %i columns', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });
});

describe('Progress', () => {
  it('writes over itself on a terminal, and takes itself away', () => {
    const out = sink({ isTTY: true });
    const progress = new Progress(out, 45);
    progress.show(3, 'Thu');
    progress.clear();
    progress.clear();
    expect(out.text()).not.toContain('\n');
    expect(out.text()).toContain('day 3 of 45');
    expect(out.text().endsWith('\r\u001b[K')).toBe(true);
    expect(out.text().split('\r')).toHaveLength(3);
  });

  it('is a few plain lines elsewhere', () => {
    const out = sink();
    const progress = new Progress(out, 45);
    for (let day = 0; day < 45; day += 1) progress.show(day, 'some day');
    progress.clear();
    expect(out.text()).not.toContain('\u001b');
    expect(out.text().trimEnd().split('\n')).toHaveLength(3);
  });
});
