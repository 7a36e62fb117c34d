/**
 * The keyring of the desktop, asked by a process of its own: while a dialog waits to be answered the call does not come
 * back, and neither would the end of a program that makes it. On Linux it is the Secret Service alone: what the library
 * would fall back to forgets at the next start. Each way to fail is told apart by the library's words, its only mark.
 */
import { asOneLine } from '../rules/unsafe-characters.ts';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { AppError } from '../errors.ts';

const service = 'paletti';
const library = '@napi-rs/keyring';
const deadlineMs = 30_000;

export interface KeyringOptions {
  env: NodeJS.ProcessEnv;
  deadlineMs?: number;
  signal?: AbortSignal;
}

/** What the process of its own does. The secret goes in by standard input: the arguments stand in the list of processes. */
const program = `
const [path, act, service, account] = process.argv.slice(1);
const tell = (answer) => process.stdout.write(JSON.stringify(answer));
try {
  const { Entry } = require(path);
  const entry = new Entry(service, account, { linux: { store: 'secret-service' } });
  if (act === 'keep') entry.setPassword(require('node:fs').readFileSync(0, 'utf8'));
  tell({ value: entry.getPassword() });
} catch (fault) {
  tell({ fault: String(fault.message) });
}`;

export function keyringPlace(account: string): string {
  return `keyring, service "${service}", account "${account}"`;
}

/** @throws AppError 'config', which says what is wrong with the keyring and the next best place */
export async function readKeyring(account: string, options: KeyringOptions): Promise<string> {
  const value = await asked('read', account, options);
  if (value !== null && value !== '') return value;
  throw new AppError('config', 'the keyring holds no password under this name', {
    where: keyringPlace(account),
    next: `Keep it there: paletti auth keep ${account}`,
  });
}

/**
 * Read back before it is believed.
 * @throws AppError 'config', as above; nothing is kept then
 */
export async function keepInKeyring(account: string, secret: string, options: KeyringOptions): Promise<void> {
  if ((await asked('keep', account, options, secret)) === secret) return;
  throw new AppError('config', 'the keyring did not give back what it was given', {
    where: keyringPlace(account),
    next: otherPlaces,
  });
}

const otherPlaces = 'Keep the password in a file of mode 0600, or have a command print it: "file" or "command".';

async function asked(
  act: 'read' | 'keep',
  account: string,
  { env, deadlineMs: ms = deadlineMs, signal }: KeyringOptions,
  secret = '',
): Promise<string | null> {
  const line = ['-e', program, libraryPath(account), act, service, account];
  const output = await new Promise<string>((done, fail) => {
    // Killed hard: it would hang on the dialog otherwise.
    const options = { env, timeout: ms, killSignal: 'SIGKILL' as const, signal };
    const child = execFile(process.execPath, line, options, (error, stdout) =>
      error === null ? done(stdout) : fail(silent(error, account, ms)),
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(secret);
  });
  const { value = null, fault } = JSON.parse(output) as { value?: string | null; fault?: string };
  if (fault !== undefined) throw told(fault, account);
  return value;
}

/** Found from where this file is: the process has no file to look from. */
function libraryPath(account: string): string {
  try {
    return createRequire(import.meta.url).resolve(library);
  } catch (cause) {
    throw new AppError('config', 'the keyring needs a package that is not installed', {
      where: keyringPlace(account),
      next: `Run "npm install ${library}" beside Paletti. ${otherPlaces}`,
      cause,
    });
  }
}

function silent(error: Error, account: string, ms: number): AppError {
  const where = keyringPlace(account);
  const { code, killed } = error as { code?: string | number; killed?: boolean };
  if (code === 'ABORT_ERR')
    return new AppError('config', 'the keyring was not waited for, as the program ends', { where });
  if (killed === true)
    return new AppError(
      'config',
      `the keyring did not answer within ${Math.round(ms / 1000)} seconds: a dialog to unlock it waits`,
      {
        where,
        next: `Answer the dialog on the desktop; it is asked again by itself. ${otherPlaces}`,
      },
    );
  return new AppError('config', 'the keyring could not be asked', { where, next: otherPlaces });
}

/** What the library says, by situation, tried for real on GNOME's keyring. */
const situations: readonly { words: RegExp; message: string; next: string }[] = [
  {
    words: /dbus|d-bus|autolaunch|org\.freedesktop\.DBus|connection refused|ServiceUnknown|not provided by any/i,
    message: 'there is no desktop session whose keyring could be opened',
    next: 'A service that starts without a desktop, or a login over SSH, has none.',
  },
  {
    words: /prompt was dismissed|is ?locked|locked collection|interaction is not allowed/i,
    message: 'the keyring is locked, and nobody unlocked it',
    next: 'Log in to the desktop, or unlock it there ("Passwords and Keys").',
  },
  {
    words: /no result found/i,
    message: 'there is no keyring yet that could hold a password',
    next: 'Make one on the desktop ("Passwords and Keys": new password keyring, named Login).',
  },
  {
    words: /platform limit|too long/i,
    message: 'this is longer than the keyring of this system holds',
    next: '',
  },
];

function told(fault: string, account: string): AppError {
  const known = situations.find(({ words }) => words.test(fault));
  const plain = asOneLine(fault, 200);
  const { message, next } = known ?? { message: `the keyring cannot be opened: ${plain}`, next: '' };
  return new AppError('config', message, {
    where: keyringPlace(account),
    next: `${next} ${otherPlaces}`.trim(),
    cause: new Error(plain),
  });
}
