/** Where config.json is, and its text. Knows nothing of what stands in it. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '../errors.ts';

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
  throw new AppError('config', 'there is no configuration yet', {
    where: places.join(' or '),
    next: 'Run "paletti init", or: cp config.example.json config.json, edit it, then run "paletti doctor".',
  });
}

/** @throws AppError 'config' */
export function readText(file: string): string {
  try {
    const bytes = readFileSync(file);
    if (bytes.length > largestBytes)
      throw new AppError('config', 'the configuration is larger than 1 MB', { where: file });
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    const missing = code === 'ENOENT';
    if (code === 'EACCES' || code === 'EPERM')
      throw new AppError('config', 'the configuration may not be read by you', {
        where: file,
        next: 'It is somebody else’s, or its mode is wrong: as its owner, chmod 600; otherwise name your own with --config.',
        cause,
      });
    throw new AppError(
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
}
