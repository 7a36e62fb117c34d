/** What was found sound once: not examined again, and never believed where anything differs. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { withDefaults } from '../../src/config/defaults.ts';
import { readKnownConfig } from '../../src/config/known.ts';
import { configSchema } from '../../src/config/schema.ts';
import { instant, localDay } from '../../src/rules/time.ts';

const example = readFileSync(join(import.meta.dirname, '..', '..', 'config.example.json'), 'utf8');
const build = '1.0.0 v20.20.2 1795312800000';
let dir = '';
const file = () => join(dir, 'config.json');
const note = () => join(dir, 'data', 'config.sound.json');
const now = instant('2026-11-23T09:00:00Z');
const read = () => readConfig(file(), {}, dir, { program: build, now });
const known = (program = build) => readKnownConfig(file(), {}, dir, program);
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'paletti-known-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  mkdirSync(join(dir, 'data'), { mode: 0o700 });
  writeFileSync(file(), example);
});

describe('a sound configuration', () => {
  it('is known from then on, and means the same', () => {
    expect(known()).toBeUndefined();
    const checked = read();
    expect(plain(known())).toEqual(plain(checked));
    expect(known()?.hours.holiday(localDay('2026-12-25'))).toBe(checked.hours.holiday(localDay('2026-12-25')));
  });

  it('is known with the changes of its clocks, ten years back and two ahead', () => {
    read();
    const { zone } = JSON.parse(readFileSync(note(), 'utf8'));
    expect(zone).toMatchObject({ zone: 'Europe/Rome', offsetMs: 3_600_000 });
    const changes = zone.changes.map(({ at }: { at: number }) => new Date(at).toISOString().slice(0, 13));
    expect(changes).toHaveLength(26);
    expect(changes.slice(0, 2)).toEqual(['2016-03-27T01', '2016-10-30T01']);
    expect(changes.slice(-2)).toEqual(['2028-03-26T01', '2028-10-29T01']);
  });

  it('is noted once in a year, and again when the note was damaged', () => {
    const noted = (at = now) => {
      readConfig(file(), {}, dir, { program: build, now: at });
      return statSync(note()).ino;
    };
    const first = noted();
    expect(noted(instant('2026-12-31T22:00:00Z'))).toBe(first);
    writeFileSync(note(), JSON.stringify({ ...JSON.parse(readFileSync(note(), 'utf8')), zone: null }));
    noted();
    expect(known()).toBeDefined();
    noted(instant('2027-01-01T09:00:00Z'));
    expect(JSON.parse(readFileSync(note(), 'utf8')).year).toBe(2027);
  });

  it('is noted for its owner alone', () => {
    read();
    expect(statSync(note()).mode & 0o777).toBe(0o600);
  });

  it('is noted nowhere before there is a data folder, nor by whoever does not say which program it is', () => {
    readConfig(file(), {}, dir);
    expect(existsSync(note())).toBe(false);
    rmSync(join(dir, 'data'), { recursive: true });
    expect(read().owner.name).not.toBe('');
    expect(existsSync(join(dir, 'data'))).toBe(false);
  });
});

describe('what a text leaves out', () => {
  const whole = JSON.parse(example);
  const paths = (value: unknown, at: string[] = []): string[][] =>
    value === null || typeof value !== 'object'
      ? []
      : Object.entries(value).flatMap(([key, part]) => [[...at, key], ...paths(part, [...at, key])]);
  const without = (left: readonly string[][]) => {
    const copy = structuredClone(whole);
    for (const path of left) {
      const holder = path.slice(0, -1).reduce((part, key) => part?.[key], copy);
      if (holder !== undefined && !Array.isArray(holder)) delete holder[path.at(-1) as string];
    }
    return copy;
  };

  it('is filled in as the schema itself does', () => {
    let sound = 0;
    fc.assert(
      fc.property(fc.subarray(paths(whole), { maxLength: 12 }), (left) => {
        const value = without(left);
        const checked = configSchema.safeParse(value);
        if (!checked.success) return;
        sound += 1;
        expect(withDefaults(value)).toEqual(plain(checked.data));
      }),
      { numRuns: 300 },
    );
    expect(sound).toBeGreaterThan(30);
  });
});

describe('a note that somebody wrote', () => {
  const written = (change: object) => {
    const { sum: _sum, ...noted } = JSON.parse(readFileSync(note(), 'utf8'));
    const text = JSON.stringify({ ...noted, ...change });
    let sum = 0x811c9dc5;
    for (const byte of Buffer.from(text)) sum = Math.imul(sum ^ byte, 0x01000193);
    writeFileSync(note(), JSON.stringify({ ...JSON.parse(text), sum: sum >>> 0 }));
  };

  it('holds no server, no address, no password and no text of the configuration', () => {
    read();
    expect(Object.keys(JSON.parse(readFileSync(note(), 'utf8'))).toSorted()).toEqual(
      ['digest', 'holidays', 'program', 'sum', 'year', 'zone'].toSorted(),
    );
  });

  it('changes neither servers nor secrets nor how letters leave', () => {
    const checked = read();
    const command = { command: ['touch', join(dir, 'ran')] };
    const input = { ...JSON.parse(example), mailboxes: [{ imap: { host: 'evil.example', password: command } }] };
    written({ input, text: example, mailboxes: input.mailboxes, sending: { mode: 'live' } });
    const now = known();
    expect(now === undefined ? undefined : plain(now)).toEqual(plain(checked));
  });
});

describe('is examined anew', () => {
  beforeEach(() => void read());

  it('when a character of it changed, and then refused as ever', () => {
    writeFileSync(file(), example.replace('"owner"', '"ovner"'));
    expect(known()).toBeUndefined();
    expect(read).toThrow(/ovner is not a known key/);
  });

  it('by another build of the program', () => {
    expect(known('1.0.1 v20.20.2 1795312800000')).toBeUndefined();
  });

  it('when others could have written the note', () => {
    chmodSync(note(), 0o640);
    expect(known()).toBeUndefined();
    chmodSync(note(), 0o600);
    expect(known()).toBeDefined();
  });

  it.each(['', '{', 'null', '[]', '{"digest":1}'])('when the note is "%s"', (text) => {
    writeFileSync(note(), text);
    expect(known()).toBeUndefined();
  });
  it.each([
    { digest: 'another' },
    { zone: null },
    { zone: { zone: 'Europe/Rome', from: 0, to: 99_999, offsetMs: 0, changes: [] } },
    { sum: 0 },
  ])('when what the note says it means is damaged: %j', (damage) => {
    writeFileSync(note(), JSON.stringify({ ...JSON.parse(readFileSync(note(), 'utf8')), ...damage }));
    expect(known()).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')('when a pipe or a link stands in the place of the note', () => {
    const whole = join(dir, 'elsewhere.json');
    writeFileSync(whole, readFileSync(note()), { mode: 0o600 });
    rmSync(note());
    symlinkSync(whole, note());
    expect(known()).toBeUndefined();
    rmSync(note());
    execFileSync('mkfifo', ['-m', '600', note()]);
    expect(known()).toBeUndefined();
  });
});

it('a country without known holidays is refused each time, and never noted', () => {
  const config = JSON.parse(example);
  config.contactHours.holidays = { country: 'QQ' };
  writeFileSync(file(), JSON.stringify(config));
  for (const _time of [1, 2]) expect(read).toThrow(/contactHours\.holidays cannot be used: no holidays are known/);
  expect(known()).toBeUndefined();
});
