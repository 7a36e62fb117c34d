import { describe, expect, it } from 'vitest';
import { templatesDir } from '../../src/app.ts';
import { previewLetter, sampleClient } from '../../src/desk/preview.ts';
import { writeBoundary } from '../../src/letters/write.ts';
import { boundaryHours } from '../../src/letters/boundary.ts';
import { loadLetters } from '../../src/letters/library.ts';
import { letterKinds } from '../../src/rules/letter.ts';
import type { Settings } from '../../src/rules/settings.ts';
import { addDays, dayOf, instant } from '../../src/rules/time.ts';
import { openStudio } from '../support/studio.ts';

const now = '2026-11-09T10:00:00+01:00';
const today = dayOf(instant(now), 'Europe/Rome');
const readers = (['it', 'en'] as const).flatMap((language) =>
  (['formal', 'informal'] as const).map((tone) => ({ language, tone })),
);
const letters = loadLetters({ templatesDir });

describe('a preview', () => {
  it.each(readers)('of each kind is a whole letter: $language, $tone', async (reader) => {
    const { config: settings } = await openStudio({ now });
    const client = sampleClient(reader);
    for (const kind of letterKinds) {
      const { subject, text } = previewLetter(kind, { letters, settings, client, debts: [], now: instant(now) });
      expect(`${subject}\n${text}`).not.toMatch(/\{\{|\}\}|undefined|\bnull\b|NaN/);
      expect(text.length).toBeGreaterThan(100);
    }
  });

  it.each([
    ['phone is a channel and has hours', ['email', 'phone'], true],
    ['phone is no channel', ['email'], false],
    ['phone is a channel without hours', ['email', 'phone'], false],
  ])('shows the phone hours as the letter does: %s', async (_, channels, hasHours) => {
    const { config: settings } = await openStudio({ now });
    const never = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
    const week = hasHours ? settings.hours.week : never;
    const own = { ...settings, channels, phoneHours: { ...settings.hours, week } } as Settings;
    for (const reader of readers) {
      const client = sampleClient(reader);
      const shown = previewLetter('boundary-hours', { letters, settings: own, client, debts: [], now: instant(now) });
      const words = boundaryHours(own, { hours: own.hours, client });
      const facts = { client, owner: own.owner, project: client.project, ...words, from: addDays(today, 7) };
      expect(shown.text).toBe(writeBoundary(letters, { kind: 'boundary-hours', ...facts }).text);
      expect(words.phoneHours !== null).toBe(hasHours);
    }
  });
});
