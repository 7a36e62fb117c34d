/**
 * Every letter as the client reads it, from the daemon's own hand (as-sent.ts): the file in golden/ is the assertion.
 * After a deliberate change of wording run `npx vitest run test/letters -u` and read what changed.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Reader } from '../../src/letters/library.ts';
import { letterKinds } from '../../src/rules/letter.ts';
import { lettersTo } from './as-sent.ts';
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

describe('the letters, as the daemon sends them', () => {
  test.each(readers)(
    '$language, $tone: each reads as agreed, has its golden file, and is as a letter must be',
    async (reader) => {
      const letters = await lettersTo(reader);
      for (const { name, subject, text, html } of letters) {
        await expect(`Subject: ${subject}\n\n${text}`).toMatchFileSnapshot(join(folderOf(reader), `${name}.txt`));
        if (inHtml.includes(name)) await expect(html).toMatchFileSnapshot(join(folderOf(reader), `${name}.html`));
      }
      expect(letters.map((letter) => [letter.name, problemsOf(letter, reader)])).toEqual(
        letters.map(({ name }) => [name, []]),
      );
      expect(new Set(letters.map(({ kind }) => kind)).size).toBe(letterKinds.length);
      const files = letters.flatMap(({ name }) => [`${name}.txt`, ...(inHtml.includes(name) ? [`${name}.html`] : [])]);
      expect(before.get(reader)).toEqual(files.toSorted());
    },
    300_000,
  );
});

describe('the letters of the four folders', () => {
  test('are the same letters', () => {
    const names = readers.map((reader) => filesIn(reader).join('\n'));
    expect(new Set(names).size).toBe(1);
  });
});
