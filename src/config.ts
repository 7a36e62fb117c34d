/**
 * config.json -> Config: typed, defaults filled, times parsed, paths absolute; or one fault that names every mistake.
 * Reads no password (see auth/secret.ts) and opens nothing but the config file.
 */
import type { Config } from './config/build.ts';
import { checkText } from './config/check.ts';
import { findConfig, readText } from './config/file.ts';
import { rememberSound } from './config/known.ts';
import type { ConfigInput } from './config/schema.ts';
import type { Instant } from './rules/time.ts';

export { findConfig };
export type { Config, MailboxConfig, ServerConfig } from './config/build.ts';
export type { LoginSource, SecretSource } from './auth/secret.ts';

/**
 * @param path the file; undefined looks in the usual places, from the current directory
 * @param remember which build of the program reads it, and when: then a sound text is remembered, see config/known.ts
 * @throws AppError 'config' naming file, line, column and JSON path of every fault
 */
export function readConfig(
  path: string | undefined,
  env: NodeJS.ProcessEnv,
  cwd: string = process.cwd(),
  remember?: { program: string; now: Instant },
): Config {
  const file = findConfig(path, env, cwd);
  const text = readText(file);
  const { input, config } = check(text, file);
  if (remember !== undefined) rememberSound({ text, input, program: remember.program }, remember.now, config);
  return config;
}

/**
 * @param text of config.json
 * @param path its absolute path: relative paths in it start from its folder
 * @throws AppError 'config' naming line, column and JSON path of every fault
 */
export function checkConfig(text: string, path: string): Config {
  return check(text, path).config;
}

function check(text: string, path: string): { input: ConfigInput; config: Config } {
  const checked = checkText(text, path);
  if ('error' in checked) throw checked.error();
  return checked;
}
