/** Where config.json is, and its text, unless somebody else could have written it. Knows nothing of what stands in it. */
import { existsSync, type Stats } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '../errors.ts';
import { NotPlain, readPlainFile, writableBy } from '../plain-file.ts';

const largestBytes = 1_000_000;

/**
 * Where the config file is looked for: the given path, else $PALETTI_CONFIG, else ./config.json, else
 * paletti/config.json in $XDG_CONFIG_HOME (~/.config).
 * @throws AppError 'config' when there is none, saying how to make one
 */
export function findConfig(given: string | undefined, env: NodeJS.ProcessEnv, cwd: string): string {
  const asked = given ?? (env['PALETTI_CONFIG'] || undefined);
  if (asked !== undefined) return resolve(cwd, asked);
  const home = env['XDG_CONFIG_HOME'] || join(env['HOME'] ?? homedir(), '.config');
  const places = [resolve(cwd, 'config.json'), join(home, 'paletti', 'config.json')];
  const found = places.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new AppError('config', { code: 'no-config-yet' }, { where: places.join(' or ') });
}

/** @throws AppError 'config', also for a file of somebody else: it may name a program that is run for the password */
export function readText(file: string): string {
  try {
    const bytes = readPlainFile(file, (stats) => refuseOthers(file, stats));
    if (bytes.length > largestBytes) throw new AppError('config', { code: 'config-too-large' }, { where: file });
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw cause instanceof AppError ? cause : unreadable(file, cause);
  }
}

function refuseOthers(file: string, stats: Stats): void {
  const by = writableBy(stats);
  if (by === null) return;
  throw new AppError(
    'config',
    by === 'others'
      ? 'others can write this configuration, and it may name programs that are run for you'
      : 'this configuration belongs to another user, and it may name programs that are run for you',
    {
      where: file,
      next:
        by === 'others'
          ? `Look through it, then run: chmod go-w ${file}`
          : 'Run Paletti as the user it belongs to; or look through it, and make it your own.',
    },
  );
}

function unreadable(file: string, cause: unknown): AppError {
  if (cause instanceof NotPlain) return new AppError('config', { code: 'config-no-file' }, { where: file });
  const { code } = cause as NodeJS.ErrnoException;
  const missing = code === 'ENOENT';
  if (code === 'EACCES' || code === 'EPERM')
    return new AppError('config', { code: 'config-not-yours' }, { where: file, cause });
  return new AppError(
    'config',
    missing ? 'there is no such configuration file' : 'the configuration cannot be read as UTF-8 text',
    {
      where: file,
      next: missing
        ? 'Run "paletti init", or: cp config.example.json config.json, edit it, then run "paletti doctor".'
        : 'Check the path, its permissions and its encoding.',
      cause,
    },
  );
}
