/** The keyring, on a real Secret Service where the machine has one; its faults wherever the tests run. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keepInKeyring, readKeyring } from '../../src/auth/keyring.ts';

const has = (program: string) => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const hasSecretService = process.platform === 'linux' && has('dbus-daemon') && has('gnome-keyring-daemon');

/** A session of its own: bus, home and keyring are this test's alone. */
function session(act: (env: NodeJS.ProcessEnv) => void): NodeJS.ProcessEnv {
  const home = mkdtempSync(join(tmpdir(), 'pk-'));
  const [address = '', pid = ''] = execFileSync(
    'dbus-daemon',
    ['--session', '--fork', '--print-address=1', '--print-pid=1'],
    {
      env: { ...process.env, HOME: home, XDG_RUNTIME_DIR: home },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
    .toString()
    .split('\n');
  const env = { PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: home, DBUS_SESSION_BUS_ADDRESS: address };
  onTestFinished(() => {
    process.kill(Number(pid));
    rmSync(home, { recursive: true, force: true });
  });
  act(env);
  return env;
}

function startKeyring(env: NodeJS.ProcessEnv, password: string): void {
  const daemon = spawn('gnome-keyring-daemon', ['--unlock', '--components=secrets', '--foreground'], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  daemon.stdin?.end(`${password}\n`);
  onTestFinished(() => void daemon.kill());
}

const refusal = (act: Promise<unknown>) =>
  act.then(
    () => null,
    (fault: unknown) => fault,
  );
const otherPlaces = expect.stringContaining('file of mode 0600');

describe.runIf(process.platform === 'linux')('without a desktop session', () => {
  it('a keyring is not asked for long, and the next best places are named', async () => {
    const env = {
      PATH: process.env['PATH'],
      HOME: '/nonexistent',
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus',
    };
    for (const act of [() => readKeyring('studio', { env }), () => keepInKeyring('studio', 'x', { env })])
      expect(await refusal(act())).toMatchObject({
        code: 'config',
        message: 'there is no desktop session whose keyring could be opened',
        next: otherPlaces,
      });
  });
});

describe.runIf(hasSecretService)('the keyring of a desktop', () => {
  it('keeps a password, gives it back, and says when there is none', async () => {
    const env = session((own) => startKeyring(own, 'of-the-desktop'));
    await expect.poll(() => refusal(keepInKeyring('studio', 'pæss "word"', { env }))).toBeNull();
    expect(await readKeyring('studio', { env })).toBe('pæss "word"');
    expect(await refusal(readKeyring('other', { env }))).toMatchObject({
      message: expect.stringContaining('no password'),
      next: 'Keep it there: paletti auth keep other',
    });
  });

  it('that nobody serves is a fault with the next best places', async () => {
    const env = session(() => {});
    expect(await refusal(keepInKeyring('studio', 'x', { env }))).toMatchObject({ code: 'config', next: otherPlaces });
  });
});

describe.runIf(process.platform === 'linux')('a dialog that waits', () => {
  it('is not waited for beyond the deadline, and the program can end', async () => {
    // A bus that takes the call and never answers, as while a person is asked.
    const { createServer } = await import('node:net');
    const path = join(mkdtempSync(join(tmpdir(), 'pb-')), 'bus');
    const silent = createServer((line) => void line.on('error', () => {}));
    await new Promise<void>((done) => silent.listen(path, done));
    onTestFinished(() => void silent.close());
    const env = { PATH: process.env['PATH'], HOME: '/nonexistent', DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` };
    const fault = await refusal(readKeyring('studio', { env, deadlineMs: 1_500 }));
    expect(fault).toMatchObject({ code: 'config', message: expect.stringContaining('a dialog to unlock it waits') });
    const ending = new AbortController();
    const asked = refusal(readKeyring('studio', { env, signal: ending.signal }));
    ending.abort();
    expect(await asked).toMatchObject({ message: expect.stringContaining('as the program ends') });
  });
});
