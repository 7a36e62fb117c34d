/**
 * Paletti in a folder of its own, as its owner has it: a config.json, a password file, the command line at any moment of
 * a turned clock. Knows nothing of the cases that are played with it.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const main = join(import.meta.dirname, '..', '..', 'dist', 'main.js');
const clock = new URL('./turned-clock.mjs', import.meta.url).href;
export const zone = 'Europe/Rome';
/** No command takes longer, even on a busy machine. */
const deadlineMs = 120_000;

export class Program {
  #config;

  /** @param config the whole of config.json */
  constructor(config) {
    this.folder = mkdtempSync(join(tmpdir(), 'paletti-case-'));
    this.file('password', 'demo\n', 0o600);
    this.#config = config;
    this.#write();
  }

  /** @param change is handed the configuration as it is, and answers what it is from now on */
  configure(change) {
    this.#config = change(structuredClone(this.#config));
    this.#write();
  }

  file(name, text, mode = 0o644) {
    writeFileSync(join(this.folder, name), text, { mode });
    return join(this.folder, name);
  }

  /** One command line at a moment (milliseconds since 1970). @returns { code, out, err } */
  async type(at, ...words) {
    const env = {
      PATH: process.env.PATH, HOME: this.folder, TZ: zone, NO_COLOR: '1', COLUMNS: '160',
      NODE_OPTIONS: `--import=${clock}`, CASES_NOW: new Date(at).toISOString(),
    };
    const child = spawn(process.execPath, [main, '--no-input', ...words], { cwd: this.folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    return ended(child);
  }

  /** What a command with --json says. @throws Error when it fails */
  async json(at, ...words) {
    const { code, out, err } = await this.type(at, ...words, '--json');
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${err.trim()}`);
    return JSON.parse(out);
  }

  end() {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #write() {
    this.file('config.json', JSON.stringify(this.#config, null, 1));
  }
}

function ended(child) {
  let [out, err] = ['', ''];
  child.stdout.on('data', (piece) => (out += piece));
  child.stderr.on('data', (piece) => (err += piece));
  const late = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
  return new Promise((done) => {
    child.on('close', (code, signal) => {
      clearTimeout(late);
      done({ code: code ?? -1, out, err: signal === null ? err : `${err}ended by ${signal} after ${deadlineMs / 1000} s` });
    });
  });
}

/** '2026-11-02 09:48' or '2026-11-02' (then 10:00) on the wall clock of Rome -> milliseconds since 1970. */
export function moment(text) {
  const [day, time = '10:00'] = text.trim().split(/[ T]/);
  const asUtc = Date.parse(`${day}T${time.slice(0, 5)}:00Z`);
  if (Number.isNaN(asUtc)) throw new Error(`"${text}" is no moment`);
  const guess = asUtc - offsetAt(asUtc);
  return asUtc - offsetAt(guess);
}

/** How far the wall clock of Rome is ahead of UTC at a moment, in milliseconds. */
function offsetAt(at) {
  const shown = new Date(at).toLocaleString('sv-SE', { timeZone: zone });
  return Date.parse(`${shown.replace(' ', 'T')}Z`) - Math.floor(at / 1000) * 1000;
}

/** '2026-12-21', the day on the wall clock of Rome. */
export function dayOf(at) {
  return new Date(at).toLocaleDateString('sv-SE', { timeZone: zone });
}
