/** Twenty mailboxes in one process, beside one, in databases of growing size: memory and the time of a pass. */
import { pass } from '../../dist/jobs/pass.js';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { studioWith } from '../database.mjs';
import { median, run, timed } from '../measure.mjs';
import { configAt, databaseOf } from '../studio.mjs';
import { passParts } from './idle-pass.mjs';

export const title = 'one mailbox and twenty';
/** messages; a million takes a quarter of an hour to make the first time */
export const sizes = [10_000, 100_000];

export async function measure({ sizes: wanted, runs = 15 }) {
  const rows = [];
  for (const messages of wanted) for (const mailboxes of [1, 20]) rows.push(await inOwnProcess(messages, mailboxes, runs));
  return { rows };
}

/** So that each size has its own memory. */
async function inOwnProcess(messages, mailboxes, runs) {
  const made = await studioWith(sizeOf(messages, mailboxes));
  const script = `import(${JSON.stringify(import.meta.filename)}).then((part) => part.passes(${JSON.stringify(made)}, ${runs}))`;
  const { output, peakMb } = await run(process.execPath, ['-e', script]);
  const megabytes = statSync(join(made.folder, 'data', 'paletti.db')).size / 1_000_000;
  return { messages, mailboxes, ...JSON.parse(output), 'peak MB': peakMb, 'database MB': megabytes };
}

function sizeOf(messages, amount) {
  const mailboxes = Array.from({ length: amount }, (_, index) => (amount === 1 ? 'studio' : `box-${index}`));
  return { messages, clients: 200, invoices: 2_000, mailboxes };
}

/** @internal run in a process of its own */
export async function passes({ folder, config }, runs) {
  const store = databaseOf(folder);
  const parts = passParts(store, configAt(config));
  await pass(parts);
  const all = [];
  for (let count = 0; count < runs; count += 1) all.push((await timed(() => pass(parts))).ms);
  const tick = [];
  for (let count = 0; count < runs; count += 1) tick.push((await timed(() => pass(parts, ['deliver']))).ms);
  store.close();
  const { rss } = process.memoryUsage();
  process.stdout.write(JSON.stringify({ 'pass, ms': median(all), "each minute's, ms": median(tick), 'resident MB': rss / 1_048_576 }));
}
