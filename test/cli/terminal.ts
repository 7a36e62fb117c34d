/** A terminal for the tests: commands run in this process, on a real database in a folder of their own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { attachmentsIn, openDesk, openWritingDesk, planFor, type WritingDesk } from '../../src/app.ts';
import { perform } from '../../src/cli/perform.ts';
import type { Ways } from '../../src/cli/ways.ts';
import { HandClock } from '../../src/clock.ts';
import { checkConfig, readConfig } from '../../src/config.ts';
import { jsonSchema } from '../../src/config/schema.ts';
import { silentLog } from '../../src/log.ts';
import { findServers } from '../../src/setup/discover.ts';
import { type Instant, instant } from '../../src/rules/time.ts';

export const config = {
  owner: {
    name: 'Anna Rossi',
    addresses: ['anna@studio.example'],
    language: 'it',
    timeZone: 'Europe/Rome',
    iban: 'IT60X0542811101000000123456',
  },
  contactHours: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['09:00-13:00', '14:00-18:00']]),
  ),
  mailboxes: [
    {
      name: 'studio',
      imap: { host: 'imap.studio.example', user: 'anna', password: { env: 'MAIL_PASSWORD' } },
      smtp: { host: 'smtp.studio.example' },
    },
  ],
};

export interface Said {
  code: number;
  out: string;
  err: string;
}

export interface Terminal {
  dir: string;
  clock: HandClock;
  ways: Ways;
  /** one command line, its words separated */
  type(...words: string[]): Promise<Said>;
  /** what a command with --json says */
  json(...words: string[]): Promise<any>;
  /** the desk behind the commands, for setting a scene and for looking at what came of it */
  desk(): WritingDesk;
}

const nobody = async () => Promise.reject(new Error('no network in this test'));
const noNetwork = { mx: nobody, srv: nobody, text: nobody };

/** @param options.now Monday morning unless said otherwise */
export function openTerminal(
  options: { now?: string; config?: object | null; columns?: number; ways?: Partial<Ways> } = {},
): Terminal {
  const dir = mkdtempSync(join(tmpdir(), 'paletti-cli-'));
  const clock = new HandClock(instant(options.now ?? '2026-11-23T10:00:00+01:00'));
  const said = { out: '', err: '' };
  const sink = (name: 'out' | 'err') => ({
    write: (text: string) => (said[name] += text),
    ...(options.columns && { isTTY: true, columns: options.columns }),
  });
  if (options.config !== null) writeFileSync(join(dir, 'config.json'), JSON.stringify(options.config ?? config));
  const desks: WritingDesk[] = [];
  const ways: Ways = {
    stdout: sink('out'),
    stderr: sink('err'),
    stdin: Readable.from([]),
    // the studio of the tests is Italian; what it says is read here in English unless a test asks otherwise
    env: { HOME: dir, NO_COLOR: '1', PALETTI_LANG: 'en' },
    cwd: dir,
    clock,
    version: '0.0.0',
    program: '/opt/paletti/dist/main.js',
    signal: new AbortController().signal,
    readConfig: async (path) => readConfig(path, { HOME: dir }, dir),
    readKnownConfig: (path) => ways.readConfig(path),
    readConfigApart: (path) => ways.readConfig(path),
    checkConfig: async (text, path) => checkConfig(text, path),
    configSchema: async () => jsonSchema(),
    makeLog: async () => silentLog,
    openDesk: async (config) => openDesk({ config, clock }),
    openWritingDesk: async (config) => openWritingDesk({ config, clock }),
    openApp: async () => Promise.reject(new Error('no network in this test')),
    openMailboxes: async () => Promise.reject(new Error('no network in this test')),
    attachments: (source) => attachmentsIn(source),
    plan: (desk, days) => planFor(desk, silentLog, days),
    decide: async () => Promise.reject(new Error('not in this test')),
    readSecret: async () => Promise.reject(new Error('no secret in this test')),
    findServers: (address) => findServers(address, noNetwork),
    offeredBy: async () => null,
    runCommand: async () => ({ code: null, out: '' }),
    follow: async () => null,
    notify: async () => ({ ok: false, why: 'no desktop in this test' }),
    openBrowser: async () => false,
    listen: () => {},
    checkServers: async function* () {},
    servePage: () => Promise.reject(new Error('this test serves no page')),
    demo: async () => 'config.json',
    ...options.ways,
  };
  onTestFinished(() => {
    for (const desk of desks) desk.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const type = async (...words: string[]): Promise<Said> => {
    Object.assign(said, { out: '', err: '' });
    const code = await perform(words, ways);
    return { code, ...said };
  };
  return {
    dir,
    clock,
    ways,
    type,
    json: async (...words) => {
      const { code, out, err } = await type(...words, '--json');
      if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${err}`);
      return JSON.parse(out);
    },
    desk: () => {
      const desk = openWritingDesk({ config: readConfig(undefined, { HOME: dir }, dir), clock });
      desks.push(desk);
      return desk;
    },
  };
}

/** Moments in tests are written as the owner's clock shows them in winter. */
export function rome(local: string): Instant {
  return instant(`${local.replace(' ', 'T')}:00+01:00`);
}
