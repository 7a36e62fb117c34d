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
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { readKnownConfig } from '../../src/config/known.ts';
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

  it.each(['', '{', 'null', '[]', '{"text":1}'])('when the note is "%s"', (text) => {
    writeFileSync(note(), text);
    expect(known()).toBeUndefined();
  });
  it.each([
    { input: {} },
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
