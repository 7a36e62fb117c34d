/**
 * One page per data folder. Who comes second is let in by the one that is served: both meet in a file that only their
 * owner can read. The browser is sent through such a file as well, so that no address that lets in stands in `ps`.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../errors.ts';

/** How to reach the page that is served: its port, and the key that a second call shows to be let in. */
export interface Served {
  port: number;
  key: string;
}

const fileName = 'page.json';
const doorName = 'page-open.html';

export function newKey(): string {
  return randomBytes(24).toString('base64url');
}

export function noteServed(dataDir: string, served: Served): void {
  writePrivately(join(dataDir, fileName), JSON.stringify(served));
}

/** The files of a page that ended. */
export function forgetServed(dataDir: string): void {
  for (const name of [fileName, doorName]) rmSync(join(dataDir, name), { force: true });
}

/** A file that was there is replaced, not written into: its permissions would stay. */
function writePrivately(path: string, text: string): void {
  rmSync(path, { force: true });
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
}

/**
 * Asks the page that is served for an address that lets in.
 * @throws AppError 'already-running' when it does not answer
 */
export async function addressFromServed(dataDir: string): Promise<string> {
  try {
    const { port, key } = JSON.parse(readFileSync(join(dataDir, fileName), 'utf8')) as Served;
    const home = `http://127.0.0.1:${port}`;
    const answer = await fetch(`${home}/address`, {
      method: 'POST',
      headers: { origin: home, authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) throw new Error(`it answered ${answer.status}`);
    return (await answer.text()).trim();
  } catch (cause) {
    throw new AppError('already-running', 'the page of this data folder is served already, and does not answer', {
      where: join(dataDir, fileName),
      next: 'End the other "paletti page" with Ctrl-C, then try again.',
      cause,
    });
  }
}

/**
 * Sends the browser of the desktop there.
 * @param name of the file that sends it, within the data folder
 * @returns false when the system knows of none
 */
export function openBrowser(
  dataDir: string,
  address: string,
  platform: NodeJS.Platform,
  name: string = doorName,
): Promise<boolean> {
  const path = join(dataDir, name);
  const link = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  writePrivately(path, `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${link}">\n`);
  const [program, ...line] = opener(platform, path);
  return new Promise((resolve) => {
    const child = spawn(program as string, line, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

function opener(platform: NodeJS.Platform, path: string): string[] {
  if (platform === 'darwin') return ['open', path];
  if (platform === 'win32') return ['explorer.exe', path];
  return ['xdg-open', path];
}
