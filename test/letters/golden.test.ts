/**
 * Every letter as the client reads it: the file in golden/ is the assertion. After a deliberate change of wording run
 * `npx vitest run test/letters -u` and read what changed.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { htmlOf } from '../../src/letters/html.ts';
import { loadLetters } from '../../src/letters/library.ts';
import { letterKinds } from '../../src/rules/letter.ts';
import { readers, samples, templatesDir } from './samples.ts';

const letters = loadLetters({ templatesDir });
const golden = join(import.meta.dirname, 'golden');

const cases = readers.flatMap((reader) =>
  Object.entries(samples).map(([name, write]) => {
    const written = write(letters, reader);
    const text = `Subject: ${written.subject}\n\n${written.text}`;
    return { name: `${reader.language}-${reader.tone}/${name}`, reader, written, text };
  }),
);
const htmlCases = cases.filter(({ name }) => /\/(acknowledgement|payment-reminder-several|termination)$/.test(name));
const files = [...cases.map(({ name }) => `${name}.txt`), ...htmlCases.map(({ name }) => `${name}.html`)];
// Looked at before the snapshots below could write a missing file.
const absent = files.filter((file) => !existsSync(join(golden, file)));

describe('the letters', () => {
  test.each(cases)('$name reads as agreed', async ({ name, text }) => {
    await expect(text).toMatchFileSnapshot(join(golden, `${name}.txt`));
  });

  test.each(htmlCases)('$name reads as agreed in HTML', async ({ name, written, reader }) => {
    await expect(htmlOf(written.text, reader.language)).toMatchFileSnapshot(join(golden, `${name}.html`));
  });

  test('each has its golden file, and each golden file its letter', () => {
    const found = readdirSync(golden, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.(txt|html)$/.test(file),
    );
    expect(absent).toEqual([]);
    expect(found.map((file) => file.replaceAll('\\', '/')).toSorted()).toEqual([...files].toSorted());
  });

  test('there is a sample of every kind in every folder', () => {
    const seen = new Set(cases.map(({ written, reader }) => `${written.kind} ${reader.language} ${reader.tone}`));
    expect(seen.size).toBe(letterKinds.length * readers.length);
  });
});

/** Words of the other tone: *tu* in a letter with *Lei*, *Lei* in one with *tu*, contractions in formal English. */
const otherTone: Readonly<Record<string, RegExp>> = {
  'it-formal': /\b(ti|tuo|tua|tue|tuoi|te)\b/i,
  'it-informal': /\b(Lei|Le|La|Suo|Sua|Suoi|Sue) [a-z]/,
  'en-formal': /’(ve|ll|m|s|d|re|t)\b/,
  'en-informal': /\b(I am|I will|do not|does not)\b/,
};

describe('every letter', () => {
  test.each(cases)('$name has no odd spacing', ({ written: { subject, text } }) => {
    expect(subject).toBe(subject.trim());
    expect(`${subject}\n${text}`).not.toMatch(/ {2}|\t|[^\S\n]\n|\n{3}|\r| [,.;:?!)]|\( |[,.;:]{2}/);
    expect(text).toMatch(/^\S[^\n]*,\n\n\S[\s\S]*\S\n$/);
  });

  test.each(cases)('$name says neither "1 days" nor "the 8th" wrongly', ({ written: { subject, text } }) => {
    const all = `${subject}\n${text}`;
    expect(all).not.toMatch(/\b1 (giorni|ore|fatture|revisioni|days|hours|invoices|revisions|working days)\b/);
    expect(all).not.toMatch(/\b(il|del|al|dal) (8|11) /);
    expect(all).not.toMatch(/(l’|dell’|all’|dall’)(?!8 |11 )\d/);
    expect(all).not.toMatch(/\b(undefined|null|NaN|Invalid)\b|\[object/);
    expect(all).not.toMatch(/[{}]/);
  });

  test.each(cases)('$name begs, threatens and hurries nobody', ({ written: { subject, text } }) => {
    expect(`${subject}\n${text}`).not.toMatch(
      /urgent|urgenz|immediat|scus[aio]|spiacent|purtroppo|sorry|apolog|unfortunately|regret|legal action|avvocat|legali|lawyer|court|tribunale|!/i,
    );
  });

  test.each(cases)('$name keeps to its tone', ({ reader, written: { text } }) => {
    expect(text).not.toMatch(otherTone[`${reader.language}-${reader.tone}`] as RegExp);
  });

  test.each(cases)('$name is short', ({ written: { text } }) => {
    const own = text
      .split('\n')
      .filter((line) => !/^(- |IBAN|BIC|Intestatario|Causale|Account|Payment reference)/.test(line));
    const words = own.join(' ').split(/\s+/).length;
    expect(words).toBeLessThanOrEqual(120);
    expect(words).toBeGreaterThanOrEqual(45);
  });
});
