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
  held.exec(process.argv[3]);
  console.log('locked');
  setTimeout(() => held.close(), Number(process.argv[4]));
  setInterval(() => {}, 1000);
`;

/** Another process that has taken the lock in the same way, or as `sql` says, and has it for so many milliseconds. */
async function holder(dataDir: string, sql = 'BEGIN EXCLUSIVE', ms = 600_000): Promise<ChildProcess> {
  const path = join(dataDir, 'daemon.lock');
  const args = ['--input-type=module', '-e', script, import.meta.filename, path, sql, String(ms)];
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
    ['--input-type=module', '-e', script, import.meta.filename, join(dir, 'daemon.lock'), 'BEGIN EXCLUSIVE', '0'],
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

it('is not given up because another came halfway at the same moment and went back', async () => {
  const dir = tempDir();
  lockDataDir(dir).release();
  await holder(dir, 'BEGIN; SELECT * FROM sqlite_schema', 60);
  const lock = lockDataDir(dir);
  expect(() => lockDataDir(dir)).toThrow(/already running/);
  lock.release();
});
