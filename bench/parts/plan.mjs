/**
 * A year of `plan` and two dunning passes over a register: each client has ten invoices, one in twenty of them open.
 * The cost should follow the letters that are due, so that a tenfold register costs ten times as much and a second
 * pass nothing. The whole size, 10,000 clients with 100,000 invoices, is given with --sizes 10000.
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
export const sizes = [100, 1_000];
const openShare = 0.05;

export async function measure({ sizes: wanted }) {
  const rows = [];
  for (const clients of wanted) rows.push(await ofSize(clients));
  return { rows };
}

async function ofSize(clients) {
  const folder = temporaryFolder('plan');
  // so many clients need a higher cap than a freelancer's 20 letters a day, or a year is too short for their reminders;
  // the cap of the hour stays, so that a long queue waits for it
  const sending = { mode: 'live', perDay: 1_000 };
  const config = configAt(writeConfig(folder, { studio: 9 }, { sending }));
  const store = databaseOf(folder);
  const filled = await timed(() => fillInvoices(store, fillClients(store, clients), clients * 10, { open: openShare }));
  note(`${clients} clients filled in ${Math.round(filled.ms)} ms`);
  const letters = loadLetters({ templatesDir: join(import.meta.dirname, '..', '..', 'templates') });
  const cpuBefore = process.cpuUsage();
  const year = await timed(() => planFor({ config, clock: systemClock, store, letters }, silentLog, 365));
  const cpu = process.cpuUsage(cpuBefore);
  const planned = year.result.letters.length + year.result.waiting.length;
  const parts = { store, clock: systemClock, settings: config, letters, mailbox: 'studio', longGap: false };
  const first = await timed(() => dun(parts));
  const second = await timed(() => dun(parts));
  store.close();
  return {
    clients,
    invoices: clients * 10,
    'plan 365 days, s': year.ms / 1000,
    'of it processor, s': (cpu.user + cpu.system) / 1_000_000,
    'letters planned': planned,
    'ms a letter': year.ms / Math.max(1, planned),
    'first dunning pass, s': first.ms / 1000,
    'letters written': first.result,
    'ms each': first.ms / Math.max(1, first.result),
    'second pass, ms': second.ms,
  };
}
