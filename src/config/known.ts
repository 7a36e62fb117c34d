/**
 * Remembers beside the database that a text of config.json was found sound, and of the years around the holidays and when
 * the clocks change, so that the next command need not load the schema, the calendars of all countries and the zone rules
 * to find the same again. What the text means is read from the text itself: the note names no server, no address and no
 * password. A shortcut only: when text, program or platform differ, or the note is not ours alone, it is as if there were
 * none.
 */
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { buildConfig, type Config, dataDirOf } from './build.ts';
import { withDefaults } from './defaults.ts';
import { findConfig, readText } from './file.ts';
import { parseJson } from './json-text.ts';
import { type HolidayYears, holidayYears } from '../rules/holidays.ts';
import { type Instant, learnZone, type ZoneYears, zoneYears } from '../rules/time.ts';
import type { ConfigInput } from './schema.ts';

/** What was found sound, and by which build of the program. */
interface Sound {
  /** of the text */
  digest: string;
  program: string;
  /** when it was found; what was worked out is of the years around */
  year: number;
  holidays: HolidayYears;
  zone: ZoneYears;
}

const noteName = 'config.sound.json';

/**
 * @param program which build reads it; it must be told apart from every other
 * @returns undefined: it has to be checked
 * @throws AppError 'config' when there is no file, or it cannot be read
 */
export function readKnownConfig(
  path: string | undefined,
  env: NodeJS.ProcessEnv,
  cwd: string,
  program: string,
): Config | undefined {
  const file = findConfig(path, env, cwd);
  const text = readText(file);
  const known = recall(text, file);
  return known?.digest === digestOf(text) && known.program === program ? builtOf(text, known, file) : undefined;
}

/** A note that was damaged since is none. */
function builtOf(text: string, { holidays, zone }: Sound, file: string): Config | undefined {
  try {
    const input = withDefaults(parseJson(text).value) as ConfigInput;
    const { config, faults } = buildConfig(input, file, holidays);
    if (faults.length > 0) return undefined;
    learnZone(zone);
    return config;
  } catch {
    return undefined;
  }
}

function recall(text: string, file: string): Sound | null {
  try {
    const { dataDir = 'data' } = parseJson(text).value as { dataDir?: string };
    return noteIn(dataDirOf({ dataDir }, resolve(file)));
  } catch {
    return null;
  }
}

/** @throws when there is none, or it is not ours alone, or not as it was written */
function noteIn(dataDir: string): Sound {
  const { sum, ...sound } = JSON.parse(readOwn(join(dataDir, noteName))) as Sound & { sum: number };
  if (sum !== sumOf(sound)) throw new Error('it was damaged');
  return sound;
}

/** FNV-1a of 32 bits: against a damaged disk, not against a person. Cryptography would have to be loaded first. */
function fnv(text: string, start: number): number {
  let sum = start;
  for (const byte of Buffer.from(text)) sum = Math.imul(sum ^ byte, 0x01000193);
  return sum >>> 0;
}

function sumOf(sound: Sound): number {
  return fnv(JSON.stringify(sound), 0x811c9dc5);
}

/** Whether the text is the same: two sums and its length, as one of 32 bits could agree by chance. */
function digestOf(text: string): string {
  return [fnv(text, 0x811c9dc5), fnv(text.split('').toReversed().join(''), 0x01234567), text.length].join('-');
}

/** A note that somebody else could have written could name another command for the password. */
function readOwn(path: string): string {
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
  try {
    const stat = fstatSync(descriptor);
    const isOurs = process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & 0o077) === 0);
    if (!stat.isFile() || !isOurs) throw new Error('not ours');
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

/** Where the folder is not there yet, or cannot be written to, nothing is remembered. */
export function rememberSound(
  { text, input, program }: { text: string; input: ConfigInput; program: string },
  now: Instant,
  { dataDir, path }: Pick<Config, 'dataDir' | 'path'>,
): void {
  const sound = { digest: digestOf(text), program, year: new Date(now).getUTCFullYear() };
  if (!existsSync(dataDir) || isNoted(sound, { text, dataDir, file: path })) return;
  try {
    write({ ...sound, ...yearsAround(input, sound.year) }, join(dataDir, noteName));
  } catch {
    // It only saves time. What is wrong with the folder is said when the record in it is opened.
  }
}

/** To work the years out takes some tens of milliseconds: it is done once in a year. */
function isNoted(
  { digest, program, year }: Pick<Sound, 'digest' | 'program' | 'year'>,
  { text, dataDir, file }: { text: string; dataDir: string; file: string },
) {
  try {
    const noted = noteIn(dataDir);
    const isSame = noted.digest === digest && noted.program === program && noted.year === year;
    return isSame && builtOf(text, noted, file) !== undefined;
  } catch {
    return false;
  }
}

/** Holidays: of the year that reports look back on, and as far as letters are planned. Clocks: as old as invoices get. */
function yearsAround({ contactHours, owner }: ConfigInput, year: number): Pick<Sound, 'holidays' | 'zone'> {
  const years = [year - 1, year, year + 1, year + 2];
  return {
    holidays: holidayYears({ ...contactHours.holidays, language: owner.language }, years),
    zone: zoneYears(owner.timeZone, year - 10, year + 2),
  };
}

function write(sound: Sound, path: string): void {
  const part = `${path}.${process.pid}`;
  try {
    writeFileSync(part, JSON.stringify({ ...sound, sum: sumOf(sound) }), { mode: 0o600, flag: 'wx' });
    renameSync(part, path);
  } catch {
    rmSync(part, { force: true });
  }
}
