/**
 * config.json -> Config: typed, defaults filled, times parsed, paths absolute; or one fault that names every mistake.
 * Reads no password (see config/secret.ts) and opens nothing but the config file.
 */
import { buildConfig, type Config } from './config/build.ts';
import { type ConfigFault, configError, faultsOfIssues, place } from './config/faults.ts';
import { findConfig, readText } from './config/file.ts';
import { JsonFault, type JsonText, parseJson } from './config/json-text.ts';
import { rememberSound } from './config/known.ts';
import { type ConfigInput, configSchema, jsonSchema } from './config/schema.ts';
import { AppError } from './errors.ts';
import { nearest } from './rules/nearest.ts';
import { checkPlace } from './rules/holidays.ts';
import type { Instant } from './rules/time.ts';

export { findConfig };
export type { Config, MailboxConfig, ServerConfig } from './config/build.ts';
export type { SecretSource } from './config/secret.ts';

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
  const json = parseText(text, path);
  const shape = configSchema.safeParse(json.value);
  if (!shape.success)
    throw configError(path, json, faultsOfIssues(shape.error.issues, { schema: jsonSchema(), nearest }));
  const { config, faults } = buildConfig(shape.data, path);
  const all = [...faults, ...holidayFaults(shape.data)];
  if (all.length > 0) throw configError(path, json, all);
  return { input: shape.data, config };
}

/** Looking the country up takes longer than all else: it is done here once, not by each command. */
function holidayFaults({ contactHours }: ConfigInput): ConfigFault[] {
  try {
    checkPlace(contactHours.holidays);
    return [];
  } catch (cause) {
    return [{ path: ['contactHours', 'holidays'], message: `cannot be used: ${(cause as Error).message}` }];
  }
}

function parseText(text: string, path: string): JsonText {
  try {
    return parseJson(text);
  } catch (fault) {
    if (!(fault instanceof JsonFault)) throw fault;
    throw new AppError('config', `this is not JSON: ${fault.message}`, {
      where: place(path, fault.position),
      next: 'Mend the line, then run: paletti config check',
    });
  }
}
