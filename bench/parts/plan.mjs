/**
 * A year of `plan` and one dunning pass over a big register: 10,000 clients with 100,000 invoices, one in twenty of
 * them open. What a year costs depends on what is due in it: growth is shown at a hundredth and a tenth of the size.
 */
import { systemClock } from '../../dist/clock.js';
import { planFor } from '../../dist/app.js';
import { dun } from '../../dist/jobs/dun.js';
import { loadLetters } from '../../dist/letters/library.js';
import { silentLog } from '../../dist/log.js';
import { join } from 'node:path';
import { note, temporaryFolder, timed } from '../measure.mjs';
import { configAt, databaseOf, fillClients, fillInvoices, writeConfig } from '../studio.mjs';

export const title = 'planning and dunning (365 days)';
/** clients; each has ten invoices */
export const sizes = [100, 300];
/** The whole size, given with --sizes 10000, takes long: see what a year costs for each letter. */
const openShare = 0.05;

export async function measure({ sizes: wanted }) {
  const rows = [];
  for (const clients of wanted) rows.push(await ofSize(clients));
  return { rows };
}

async function ofSize(clients) {
  const folder = temporaryFolder('plan');
  // so many clients need a higher cap than a freelancer's 20 letters a day, or a year is too short for their reminders
  const sending = { mode: 'live', perDay: 1_000 };
  const config = configAt(writeConfig(folder, { studio: 9 }, { sending }));
  const store = databaseOf(folder);
  const filled = await timed(() => fillInvoices(store, fillClients(store, clients), clients * 10, { open: openShare }));
  note(`${clients} clients filled in ${Math.round(filled.ms)} ms`);
  const letters = loadLetters({ templatesDir: join(import.meta.dirname, '..', '..', 'templates') });
  const year = await timed(() => planFor({ config, clock: systemClock, store, letters }, silentLog, 365));
  const parts = { store, clock: systemClock, settings: config, letters, mailbox: 'studio', longGap: false };
  const first = await timed(() => dun(parts));
  const second = await timed(() => dun(parts));
  store.close();
  return {
    clients,
    invoices: clients * 10,
    'plan 365 days, s': year.ms / 1000,
    'letters planned': year.result.letters.length + year.result.waiting.length,
    'first dunning pass, s': first.ms / 1000,
    'letters written': first.result,
    'ms each': first.ms / Math.max(1, first.result),
    'second pass, ms': second.ms,
  };
}
