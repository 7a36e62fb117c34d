/** Files that a person asked for, written for that person alone. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '../errors.ts';
import type { Output } from './output.ts';
import type { Ways } from './ways.ts';

/** To a file of mode 0600 when one is named, else to stdout. @throws AppError 'conflict' when it is there already */
export async function deliver(
  ways: Ways,
  out: Output,
  text: string,
  options: { output?: string; force?: boolean },
): Promise<void> {
  if (options.output === undefined) return out.raw(text);
  const path = resolve(ways.cwd, options.output);
  if (existsSync(path) && options.force !== true) {
    throw new AppError('conflict', 'the file is there already', {
      where: path,
      next: 'Name another one, or add --force.',
    });
  }
  await writeFile(path, text, { mode: 0o600 });
  out.say(`Written: ${path}`);
}
