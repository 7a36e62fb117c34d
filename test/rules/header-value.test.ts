import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareValue, token, withoutComments } from '../../src/rules/header-value.ts';

describe('the structure of header values', () => {
  it.each([
    ['a; b', 'a; b', false],
    ['a (b; c) d', 'a  d', false],
    ['a (b (c) d) e', 'a  e', false],
    ['a "b; c" d', 'a  d', false],
    ['a ("b) c', 'a  c', false],
    ['a "(b" c', 'a  c', false],
    [String.raw`a "b\" ; c" d`, 'a  d', false],
    [String.raw`a (b \) ; c) d`, 'a  d', false],
    ['a ) b', 'a ) b', false],
    ['a (b; c', 'a (b; c', true],
    ['a "b; c', 'a "b; c', true],
  ])('%s', (value, text, open) => {
    expect(bareValue(value)).toEqual({ text, open });
  });

  it('a value without quotation marks and parentheses is its own', () => {
    fc.assert(
      fc.property(
        fc.string().map((text) => text.replace(/["()]/g, '')),
        (value) => {
          expect(bareValue(value)).toEqual({ text: value, open: false });
          expect(withoutComments(value)).toBe(value);
        },
      ),
    );
  });

  it('the first word', () => {
    expect(token(' No (really); x=1')).toBe('no');
  });
});
