import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { lockDataDir } from '../../src/store/lock.ts';
import { faultOf, fileStore, tempDir } from './make.ts';

const script = `
  import { createRequire } from 'node:module';
  const Sqlite = createRequire(process.argv[1])(Number(process.versions.napi) < 10 ? 'better-sqlite3-node20' : 'better-sqlite3');
  const held = new Sqlite(process.argv[2], { timeout: 0 });
  held.exec('BEGIN EXCLUSIVE');
  console.log('locked');
  setInterval(() => {}, 1000);
`;

/** Another process that has taken the lock in the same way. */
async function holder(dataDir: string): Promise<ChildProcess> {
  const args = ['--input-type=module', '-e', script, import.meta.filename, join(dataDir, 'daemon.lock')];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

it('is held by one, and free again when released', () => {
  const dir = tempDir();
  const lock = lockDataDir(dir);
  const fault = faultOf(() => lockDataDir(dir));
  expect(fault).toMatchObject({ code: 'already-running', where: join(dir, 'daemon.lock') });
  expect(fault.next).toContain('paletti status');
  lock.release();
  lock.release();
  lockDataDir(dir).release();
});

it('still holds after another try in the same process', async () => {
  const dir = tempDir();
  const lock = lockDataDir(dir);
  onTestFinished(() => lock.release());
  expect(() => lockDataDir(dir)).toThrow(/already running/);
  const other = spawn(
    process.execPath,
    ['--input-type=module', '-e', script, import.meta.filename, join(dir, 'daemon.lock')],
    { stdio: 'ignore' },
  );
  const [code] = await once(other, 'exit');
  expect(code).not.toBe(0);
});

it('is refused while another process has it, and freed by SIGKILL', async () => {
  const dir = tempDir();
  lockDataDir(dir).release();
  const child = await holder(dir);
  expect(faultOf(() => lockDataDir(dir)).code).toBe('already-running');
  child.kill('SIGKILL');
  await once(child, 'exit');
  lockDataDir(dir).release();
});

it('leaves the database to the command line', () => {
  const dir = tempDir();
  const lock = lockDataDir(dir);
  onTestFinished(() => lock.release());
  expect(fileStore(join(dir, 'paletti.db')).check()).toEqual({ ok: true });
});

it.skipIf(process.platform === 'win32')('is a private file', () => {
  const dir = tempDir();
  const lock = lockDataDir(dir);
  onTestFinished(() => lock.release());
  expect(statSync(join(dir, 'daemon.lock')).mode & 0o777).toBe(0o600);
});
