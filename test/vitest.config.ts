import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// `npm test` needs no installed server. The suites that do (test/real, test/faults, test/browser) are named on the command line:
// PALETTI_SUITE=real|faults|page.
const suite = process.env['PALETTI_SUITE'];

const suites: Record<string, string[]> = {
  // The same stories as in `npm test`, on a real server.
  real: ['test/real/**/*.test.ts', 'test/stories/{answering,dunning,sending,clocks}.test.ts'],
  faults: ['test/faults/**/*.test.ts'],
  page: ['test/browser/**/*.test.ts'],
};

export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    include: suite === undefined ? ['test/**/*.test.ts'] : (suites[suite] ?? []),
    exclude: suite === undefined ? ['test/real/**', 'test/faults/**', 'test/browser/**'] : [],
    testTimeout: suite === undefined ? 60_000 : 180_000,
    hookTimeout: 60_000,
    // A busy machine is waited for; what comes is seen at once.
    expect: { poll: { timeout: 30_000 } },
    // Prints what the suite counted, as its last line.
    globalSetup: suite === 'faults' ? ['test/faults/figures.ts'] : [],
    maxWorkers: 2,
    // The modules of src are loaded once for each worker and not for each of two hundred files: no file leaves anything behind
    // in them. The suites with servers and processes of their own are few files, and each begins afresh.
    isolate: suite !== undefined,
  },
});
