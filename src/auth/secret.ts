/**
 * Fetches a password from where the owner keeps it: environment, a command, a file of mode 0600, or the keyring (keyring.ts).
 * Never puts it, or what a command said, into an error message.
 */
import { execFile } from 'node:child_process';
import type { Stats } from 'node:fs';
import { AppError } from '../errors.ts';
import type { OAuthSettings } from './providers.ts';
import { keyringPlace, readKeyring } from './keyring.ts';
import { NotPlain, readPlainFile } from '../plain-file.ts';

/** Where a password is kept. `file` is absolute. */
export type SecretSource = { env: string } | { command: string[] } | { file: string } | { keyring: string };

/** How a server is told who logs in. A `tokenCommand` prints an access token, as a sign-in would give one. */
export type LoginSource = { password: SecretSource } | { oauth: OAuthSettings } | { tokenCommand: string[] };

const commandDeadlineMs = 30_000;
const largestBytes = 65_536;

/**
 * @param source from the config
 * @param env the environment: for `env`, and for the command that is run
 * @returns the password, without the line break at its end
 * @param options.signal ends a command that is still running
 * @throws AppError 'config' when it is not there, saying what to do
 */
export async function readSecret(
  source: SecretSource,
  env: NodeJS.ProcessEnv,
  options: { deadlineMs?: number; signal?: AbortSignal } = {},
): Promise<string> {
  if ('env' in source) return fromEnvironment(source.env, env);
  if ('command' in source) return fromCommand(source.command, env, options);
  if ('file' in source) return fromFile(source.file);
  return oneLine(await readKeyring(source.keyring, { env, ...options }), keyringPlace(source.keyring));
}

function fromEnvironment(name: string, env: NodeJS.ProcessEnv): string {
  const value = env[name];
  if (value !== undefined && value !== '') return oneLine(value, `environment variable ${name}`);
  throw new AppError(
    'config',
    { code: 'no-password-in-variable', name },
    { where: `password in the environment, ${name}` },
  );
}

async function fromCommand(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  { deadlineMs = commandDeadlineMs, signal }: { deadlineMs?: number; signal?: AbortSignal },
): Promise<string> {
  const [program, ...rest] = argv as [string, ...string[]];
  const output = await new Promise<string>((done, fail) => {
    const options = { env, timeout: deadlineMs, maxBuffer: largestBytes, killSignal: 'SIGKILL' as const, signal };
    const child = execFile(program, rest, options, (error, stdout) => {
      if (error === null) done(stdout);
      else fail(commandFault(program, error, deadlineMs));
    });
    child.stdin?.end();
  });
  return oneLine(output, `command ${program}`);
}

function commandFault(program: string, error: Error, deadlineMs: number): AppError {
  const { code, killed } = error as { code?: number | string; killed?: boolean };
  const what =
    code === 'ENOENT'
      ? 'was not found'
      : code === 'ABORT_ERR'
        ? 'was ended, as the program ends'
        : code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER'
          ? 'printed more than a password'
          : killed === true
            ? `gave no answer within ${Math.round(deadlineMs / 1000)} seconds`
            : typeof code === 'number'
              ? `ended with exit code ${code}`
              : 'could not be run';
  return new AppError('config', `the password command ${what}`, {
    where: program,
    next: 'Run the command by hand to see why. It takes no shell: pipes and variables do not work in it.',
  });
}

function fromFile(path: string): string {
  const refuse = (what: string, next?: string) =>
    new AppError('config', `the password file ${what}`, { where: path, ...(next !== undefined && { next }) });
  const look = ({ mode, size, uid }: Stats) => {
    const own = process.getuid?.();
    if (own !== undefined && (mode & 0o077) !== 0) throw refuse('can be read by others', `Run: chmod 600 ${path}`);
    if (own !== undefined && uid !== own && uid !== 0) throw refuse('belongs to another user');
    if (size > largestBytes) throw refuse('is too large');
  };
  try {
    return oneLine(readPlainFile(path, look).toString('utf8'), path);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (cause instanceof NotPlain) throw refuse('is not a plain file');
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const next = `Write the password into it, then: chmod 600 ${path}`;
    throw refuse(missing ? 'is not there' : 'cannot be opened', next);
  }
}

function oneLine(text: string, where: string): string {
  const value = text.replace(/\r?\n$/, '');
  if (value !== '' && !/[\r\n\0]/.test(value)) return value;
  throw new AppError('config', value === '' ? 'the password is empty' : 'the password has more than one line', {
    where,
    next: 'Exactly the password belongs there, and nothing else.',
  });
}
