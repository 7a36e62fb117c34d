/**
 * What the suite counted, for its last line. Each file adds its figures; the sum is printed once, at the end. What must
 * never happen fails the suite even if a second try of the same test was green.
 */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lacks } from './machine.ts';

const place = 'PALETTI_FIGURES';

/** A slow machine explains none of these. */
const never = ['losses', 'doubles', 'wrong hours', 'secrets found', 'hostile losses'];

/** Adds to the figures of this run, by name as in 'crash points tried'. */
export function tally(figures: Record<string, number>): void {
  const path = process.env[place];
  if (path !== undefined) appendFileSync(path, `${JSON.stringify(figures)}\n`);
}

/** For vitest, around the whole suite: makes the place before, prints one line after. */
export default function setup(): () => void {
  const untried = lacks();
  const curable = untried.filter(({ remedy }) => remedy !== null);
  if (process.env['CI'] !== undefined && curable.length > 0)
    throw new Error(`not tried here: ${curable.map(({ what, remedy }) => `${what} (${remedy})`).join(', ')}`);
  const folder = mkdtempSync(join(tmpdir(), 'paletti-figures-'));
  const path = join(folder, 'figures');
  process.env[place] = path;
  return () => {
    const sums = summed(path);
    rmSync(folder, { recursive: true, force: true });
    const parts = [...sums].map(([name, count]) => `${name} ${count}`);
    const missing = untried.map(({ what }) => `NOT TRIED: ${what}`);
    process.stdout.write(`Faults: ${[...parts, ...missing].join(', ')}\n`);
    const wrong = never.filter((name) => (sums.get(name) ?? 0) > 0);
    if (wrong.length === 0) return;
    process.stdout.write(`FAILED: ${wrong.join(', ')} must be 0, whatever a second try said\n`);
    process.exitCode = 1;
  };
}

function summed(path: string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const line of existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [])
    for (const [name, count] of Object.entries(JSON.parse(line) as Record<string, number>))
      sums.set(name, (sums.get(name) ?? 0) + count);
  return sums;
}
