/** Message-IDs in odd clothes: two spellings of one identifier are equal. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageIdOf, messageIds } from '../../src/mail/identifiers.ts';
import { isDigestedId } from '../../src/rules/message-id.ts';

const word = fc.stringMatching(/^[a-zA-Z0-9!#$&'*+/^_`{|}~.-]{1,40}$/);
const id = fc.tuple(word, word).map(([left, right]) => `${left}@${right}`);

const clothes: Record<string, (id: string) => string> = {
  brackets: (text) => `<${text}>`,
  'no brackets': (text) => text,
  'words before it': (text) => `Your message of Monday <${text}>`,
  'folded after the bracket': (text) => `< ${text} >`,
  'folded inside': (text) => `<${text.replace('@', ' @ ')}>`,
  'encoded as a quoted word': (text) =>
    `=?utf-8?q?${[...`<${text}>`].map((letter) => `=${letter.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')}?=`,
  'encoded as base64': (text) => `=?UTF-8?B?${Buffer.from(`<${text}>`).toString('base64')}?=`,
  'encoded in two words': (text) =>
    `=?us-ascii?Q?=3C${text.slice(0, 3).replaceAll('_', '=5F')}?= =?us-ascii?Q?${text.slice(3).replaceAll('_', '=5F')}=3E?=`,
  'taken from a link': (text) => `%3C${text.replace('@', '%40')}%3E`,
};

describe('an identifier', () => {
  it.each(Object.entries(clothes))('is known in %s', (_what, dress) => {
    fc.assert(
      fc.property(id, (text) => {
        expect(messageIds(dress(text))).toEqual([`<${text}>`]);
        expect(messageIdOf(dress(text))).toBe(`<${text}>`);
      }),
    );
  });

  it('is one of many, in their order, whatever stands between', () => {
    fc.assert(
      fc.property(
        fc.array(id, { maxLength: 20 }),
        fc.constantFrom(' ', ', ', '\t', ' (a comment) '),
        (ids, between) => {
          expect(messageIds(ids.map((text) => `<${text}>`).join(between))).toEqual(ids.map((text) => `<${text}>`));
        },
      ),
    );
  });

  it('with blanks inside has none, so that every folding of it is equal', () => {
    expect(messageIds('<2026 11 30 Ordine 17@bianchi.example>')).toEqual(['<20261130Ordine17@bianchi.example>']);
  });

  it('too long to be kept stands as a digest, the same each time, which is never written into a letter', () => {
    const long = `${'a'.repeat(1_100)}@bianchi.example`;
    const folded = `<${long.slice(0, 500)} ${long.slice(500)}>`;
    expect(messageIds(folded)).toEqual(messageIds(`<${long}>`));
    expect(isDigestedId(messageIdOf(folded) as string)).toBe(true);
    expect(messageIds(`<${long.replace('a', 'b')}>`)).not.toEqual(messageIds(folded));
  });

  it('of the message itself may be a bare word', () => {
    expect(messageIdOf('20261130.17')).toBe('<20261130.17>');
    expect(messageIdOf('two words')).toBeNull();
    expect(messageIdOf('<>')).toBeNull();
    expect(messageIdOf(undefined)).toBeNull();
  });

  it('is not looked for in comments', () => {
    expect(messageIds('Message from "Anna (a@b.example)" of Monday')).toEqual([]);
    expect(messageIds(undefined)).toEqual([]);
  });
});
