/** Passwords come from where they are kept, and never show in a fault. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSecret, type SecretSource } from '../../src/auth/secret.ts';
import { AppError } from '../../src/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'paletti-secret-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = { PATH: process.env['PATH'] };
const node = process.execPath;
const print = (text: string): SecretSource => ({
  command: [node, '-e', `process.stdout.write(${JSON.stringify(text)})`],
});

function file(name: string, text: string, mode = 0o600): SecretSource {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return { file: path };
}

async function refusal(source: SecretSource, options = {}): Promise<AppError> {
  const fault = await readSecret(source, env, options).then(
    () => new Error('it was read'),
    (error: unknown) => error,
  );
  if (fault instanceof AppError) return fault;
  throw fault;
}

describe('a password', () => {
  it('comes from the environment', async () => {
    expect(await readSecret({ env: 'P' }, { P: ' pa ss\n' })).toBe(' pa ss');
  });

  it('comes from what a command prints, without the line break at its end', async () => {
    expect(await readSecret(print('s3cret\n'), env)).toBe('s3cret');
    expect(await readSecret(print('s3cret\r\n'), env)).toBe('s3cret');
  });

  it('comes from a file that only its owner can read', async () => {
    expect(await readSecret(file('good', 'pässword\n'), env)).toBe('pässword');
  });
});

describe('a command', () => {
  it('goes through no shell', async () => {
    const argument = '$(touch hacked); `id` | cat > x & "';
    const source = { command: [node, '-e', 'process.stdout.write(process.argv[1])', argument] };
    expect(await readSecret(source, env)).toBe(argument);
  });

  it('gets nothing to read', async () => {
    expect(
      await readSecret({ command: [node, '-e', "process.stdin.on('end', () => console.log('ended')).resume()"] }, env),
    ).toBe('ended');
  });

  it.each([
    ['is not there', { command: [join(folder, 'nothing')] }, /was not found/],
    ['fails', { command: [node, '-e', "console.error('s3cret'); process.exit(3)"] }, /exit code 3/],
    ['says nothing', print(''), /is empty/],
    ['says too much', print('s3cret\nand more'), /more than one line/],
    [
      'never ends printing',
      { command: [node, '-e', "setInterval(() => process.stdout.write('s3cret'.repeat(5000)), 0)"] },
      /more than a password/,
    ],
  ] as [string, SecretSource, RegExp][])('that %s is refused without its words', async (_name, source, message) => {
    const fault = await refusal(source);
    expect(fault.code).toBe('config');
    expect(fault.message).toMatch(message);
    expect(`${fault.message} ${fault.where} ${fault.next} ${String(fault.cause)}`).not.toContain('s3cret');
  });

  it('that hangs is ended', async () => {
    const fault = await refusal({ command: [node, '-e', 'setInterval(() => {}, 1000)'] }, { deadlineMs: 300 });
    expect(fault.message).toMatch(/gave no answer/);
  });
});

describe('a file', () => {
  it.each([0o640, 0o604, 0o644, 0o660])('of mode %o is refused, and says how to mend it', async (mode) => {
    const fault = await refusal(file(`mode-${mode}`, 's3cret', mode));
    expect(fault.message).toContain('can be read by others');
    expect(fault.next).toContain('chmod 600');
  });

  it.each([
    ['that is not there', { file: join(folder, 'nothing') }, /is not there/],
    ['that is a folder', { file: folder }, /not a plain file|read by others/],
    ['that is empty', file('empty', ''), /is empty/],
    ['of two lines', file('two', 's3cret\nx\n'), /more than one line/],
  ] as [string, SecretSource, RegExp][])('%s is refused', async (_name, source, message) => {
    const fault = await refusal(source);
    expect(fault.message).toMatch(message);
    expect(fault.message).not.toContain('s3cret');
  });
});

describe.skipIf(process.platform === 'win32')('a pipe', () => {
  it('in the place of the password is refused at once, and not waited for', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', ['-m', '600', path]);
    expect((await refusal({ file: path })).message).toContain('not a plain file');
  });
});

describe('elsewhere', () => {
  it.each(['MISSING', 'EMPTY'])('the variable %s holds none', async (name) => {
    const fault = await readSecret({ env: name }, { EMPTY: '' }).catch((error: unknown) => error as AppError);
    expect(fault).toMatchObject({ code: 'config', message: `the environment variable ${name} holds no password` });
  });

  it('a keyring that cannot be asked names the next best places', async () => {
    const fault = await refusal({ keyring: 'studio' });
    expect(`${fault.message} ${fault.where}`).toContain('keyring');
    expect(fault.next).toMatch(/"file" or "command"/);
  });
});
