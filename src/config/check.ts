/** A text of config.json held against the shape and all that only shows when values are seen together. Opens nothing. */
import type { AppError } from '../errors.ts';
import { checkPlace } from '../rules/holidays.ts';
import { nearest } from '../rules/nearest.ts';
import { buildConfig, type Config } from './build.ts';
import { type ConfigFault, configError, faultsOfIssues, parseText } from './faults.ts';
import type { JsonText } from './json-text.ts';
import { type ConfigInput, configSchema, jsonSchema } from './schema.ts';

/** What a text means, or all that is wrong with it. */
export type Checked =
  | { input: ConfigInput; config: Config; faults: readonly [] }
  | { faults: readonly [ConfigFault, ...ConfigFault[]]; error(): AppError };

/**
 * @param path absolute path of the file: relative paths in it start from its folder
 * @throws AppError 'config' when it is no JSON
 */
export function checkText(text: string, path: string): Checked {
  const json = parseText(text, path);
  const shape = configSchema.safeParse(json.value);
  if (!shape.success) return refused(path, json, faultsOfIssues(shape.error.issues, { schema: jsonSchema(), nearest }));
  const { config, faults } = buildConfig(shape.data, path);
  const all = [...faults, ...holidayFaults(shape.data)];
  return all.length > 0 ? refused(path, json, all) : { input: shape.data, config, faults: [] };
}

function refused(path: string, json: JsonText, faults: readonly ConfigFault[]): Checked {
  return { faults: faults as [ConfigFault, ...ConfigFault[]], error: () => configError(path, json, faults) };
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
