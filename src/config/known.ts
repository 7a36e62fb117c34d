/**
 * Remembers beside the database that a text of config.json was found sound, what it means with all defaults, and of the
 * years around the holidays and when the clocks change, so that the next command need not load the schema, the calendars
 * of all countries and the zone rules to find the same again. A shortcut only: when text, program or platform differ, or
 * the note is not ours alone, it is as if there were none.
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
import { findConfig, readText } from './file.ts';
import { parseJson } from './json-text.ts';
import { type HolidayYears, holidayYears } from '../rules/holidays.ts';
import { type Instant, learnZone, type ZoneYears, zoneYears } from '../rules/time.ts';
import type { ConfigInput } from './schema.ts';

/** What was found sound, and by which build of the program. */
interface Sound {
  text: string;
  input: ConfigInput;
  program: string;
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
  return known?.text === text && known.program === program ? builtOf(known, file) : undefined;
}

/** A note that was damaged since is none. */
function builtOf({ input, holidays, zone }: Sound, file: string): Config | undefined {
  try {
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
    return JSON.parse(readOwn(join(dataDirOf({ dataDir }, resolve(file)), noteName))) as Sound;
  } catch {
    return null;
  }
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
export function rememberSound(sound: Omit<Sound, 'holidays' | 'zone'>, now: Instant, dataDir: string): void {
  if (existsSync(dataDir)) write({ ...sound, ...yearsAround(now, sound.input) }, join(dataDir, noteName));
}

/** The year that reports look back on, and as far as letters are planned. */
function yearsAround(now: Instant, { contactHours, owner }: ConfigInput): Pick<Sound, 'holidays' | 'zone'> {
  const year = new Date(now).getUTCFullYear();
  const years = [year - 1, year, year + 1, year + 2] as const;
  return {
    holidays: holidayYears({ ...contactHours.holidays, language: owner.language }, years),
    zone: zoneYears(owner.timeZone, years[0], years[3]),
  };
}

function write(sound: Sound, path: string): void {
  const part = `${path}.${process.pid}`;
  try {
    writeFileSync(part, JSON.stringify(sound), { mode: 0o600, flag: 'wx' });
    renameSync(part, path);
  } catch {
    rmSync(part, { force: true });
  }
}
