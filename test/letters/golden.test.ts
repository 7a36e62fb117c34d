/**
 * Every letter as the client reads it, from the daemon's own hand (as-sent.ts): the file in golden/ is the assertion.
 * After a deliberate change of wording run `npx vitest run test/letters -u` and read what changed.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Reader } from '../../src/letters/library.ts';
import { letterKinds } from '../../src/rules/letter.ts';
import { type SentLetter, stories } from './as-sent.ts';
import { problemsOf } from './form.ts';
import { readers } from './samples.ts';

const golden = join(import.meta.dirname, 'golden');
const folderOf = ({ language, tone }: Reader) => join(golden, `${language}-${tone}`);
const inHtml = ['payment-reminder', 'termination', 'work-paused-several'];

// Looked at before the snapshots below could write a missing file.
const before = new Map(readers.map((reader) => [reader, filesIn(reader)]));

function filesIn(reader: Reader): string[] {
  return existsSync(folderOf(reader)) ? readdirSync(folderOf(reader)).toSorted() : [];
}

describe.each(readers)('the letters to a reader of $language, $tone, as the daemon sends them', (reader) => {
  const read: SentLetter[] = [];

  test.each(stories)(
    'of %s read as agreed, and are as a letter must be',
    async (_what, tell) => {
      const letters = await tell(reader);
      read.push(...letters);
      for (const { name, subject, text, html } of letters) {
        await expect(`Subject: ${subject}\n\n${text}`).toMatchFileSnapshot(join(folderOf(reader), `${name}.txt`));
        if (inHtml.includes(name)) await expect(html).toMatchFileSnapshot(join(folderOf(reader), `${name}.html`));
      }
      expect(letters.map((letter) => [letter.name, problemsOf(letter, reader)])).toEqual(
        letters.map(({ name }) => [name, []]),
      );
    },
    300_000,
  );

  test('are of every kind, and each has its golden file', () => {
    expect(new Set(read.map(({ kind }) => kind)).size).toBe(letterKinds.length);
    const files = read.flatMap(({ name }) => [`${name}.txt`, ...(inHtml.includes(name) ? [`${name}.html`] : [])]);
    expect(before.get(reader)).toEqual(files.toSorted());
  });
});

describe('the letters of the four folders', () => {
  test('are the same letters', () => {
    const names = readers.map((reader) => filesIn(reader).join('\n'));
    expect(new Set(names).size).toBe(1);
  });
});
