/** What tells this installation from another (see rules/claim): the computer, and the data folder on it. Writes nothing. */
import { realpathSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Site } from '../rules/claim.ts';

export function placeOf(dataDir: string): Site {
  const folder = realpathSync(dataDir);
  const { ino, birthtimeNs } = statSync(folder, { bigint: true });
  return { host: hostname(), folder, node: `${ino} ${birthtimeNs}` };
}
