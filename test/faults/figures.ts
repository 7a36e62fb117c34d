/** What the suite counted, for its last line. Each file adds its figures; the sum is printed once, at the end. */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const place = 'PALETTI_FIGURES';

/** Adds to the figures of this run, by name as in 'crash points tried'. */
export function tally(figures: Record<string, number>): void {
  const path = process.env[place];
  if (path !== undefined) appendFileSync(path, `${JSON.stringify(figures)}\n`);
}

/** For vitest, around the whole suite: makes the place before, prints one line after. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'paletti-figures-'));
  const path = join(folder, 'figures');
  process.env[place] = path;
  return () => {
    const sums = new Map<string, number>();
    for (const line of existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [])
      for (const [name, count] of Object.entries(JSON.parse(line) as Record<string, number>))
        sums.set(name, (sums.get(name) ?? 0) + count);
    rmSync(folder, { recursive: true, force: true });
    process.stdout.write(`Faults: ${[...sums].map(([name, count]) => `${name} ${count}`).join(', ')}\n`);
  };
}
