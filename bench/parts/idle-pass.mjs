/** A pass with nothing to do, in databases of three sizes: what it costs must follow from what is due. */
import { join } from 'node:path';
import { systemClock } from '../../dist/clock.js';
import { pass } from '../../dist/jobs/pass.js';
import { quietCourier, quietMailbox } from '../../dist/jobs/quiet-network.js';
import { loadLetters } from '../../dist/letters/library.js';
import { silentLog } from '../../dist/log.js';
import { studioWith } from '../database.mjs';
import { median, percentile, timed } from '../measure.mjs';
import { configAt, databaseOf } from '../studio.mjs';

export const title = 'a pass with nothing to do, ms';
/** messages; one invoice for each fifty, one client for each five hundred */
export const sizes = [1_000, 10_000, 100_000];
const templatesDir = join(import.meta.dirname, '..', '..', 'templates');

export async function measure({ sizes: wanted, runs = 30 }) {
  const rows = [];
  for (const messages of wanted) rows.push(await ofSize(messages, runs));
  return { rows };
}

async function ofSize(messages, runs) {
  const size = { messages, clients: Math.max(2, messages / 500), invoices: messages / 50 };
  const { folder, config } = await studioWith(size);
  const store = databaseOf(folder);
  const parts = passParts(store, configAt(config));
  const first = await timed(() => pass(parts));
  const times = [];
  for (let count = 0; count < runs; count += 1) times.push((await timed(() => pass(parts))).ms);
  const tick = [];
  for (let count = 0; count < runs; count += 1) tick.push((await timed(() => pass(parts, ['deliver']))).ms);
  store.close();
  return { messages, invoices: size.invoices, clients: size.clients, 'first pass (letters due)': first.ms, letters: first.result.written, 'all jobs, nothing due (median)': median(times), '(99th)': percentile(times, 0.99), "each minute's (median)": median(tick) };
}

export function passParts(store, config) {
  const names = config.mailboxes.map((one) => one.name);
  return {
    store, clock: systemClock, settings: config, letters: loadLetters({ templatesDir }), log: silentLog, spread: () => 0,
    mailboxes: names.map((name) => quietMailbox(store, name)),
    couriers: names.map((name) => quietCourier(name, () => {})),
  };
}
