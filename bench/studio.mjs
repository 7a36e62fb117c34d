/**
 * A made-up studio for measurements: its config, and a database filled with clients, invoices and messages through the
 * program's own compiled code. The same for the same sizes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../dist/clock.js';
import { readConfig } from '../dist/config.js';
import { addDays, dayOf } from '../dist/rules/time.js';
import { addClient } from '../dist/store/clients.js';
import { openStore } from '../dist/store/database.js';
import { addInvoice, recordPayment } from '../dist/store/invoices.js';
import { password } from './dovecot.mjs';
import { random } from './sample-mail.mjs';

export const program = join(import.meta.dirname, '..', 'dist', 'main.js');
/** For Node itself, such as `--cpu-prof`: to find where the time of a measurement goes. */
export const nodeArgs = (process.env.BENCH_NODE_ARGS ?? '').split(' ').filter((one) => one !== '');
export const owner = 'anna@studio.example';

/** Writes config.json into the folder. @param mailboxes { name: port } */
export function writeConfig(folder, mailboxes, more = {}) {
  const secret = join(folder, 'password');
  writeFileSync(secret, password, { mode: 0o600 });
  const open = ['00:00-24:00'];
  const config = {
    owner: { name: 'Anna Rossi', business: 'Studio Rossi', addresses: [owner], language: 'it', timeZone: 'Europe/Rome', signature: 'Anna Rossi', iban: 'IT60X0542811101000000123456' },
    contactHours: { mon: open, tue: open, wed: open, thu: open, fri: open, sat: open, sun: open, holidays: { country: 'IT', extra: [] }, closures: [] },
    sending: { mode: 'review' },
    mailboxes: Object.entries(mailboxes).map(([name, port]) => ({
      name,
      imap: { host: '127.0.0.1', port, secure: false, user: name, password: { file: secret } },
      smtp: { host: '127.0.0.1', port: 9, secure: false },
    })),
    dataDir: join(folder, 'data'),
    ...more,
  };
  mkdirSync(config.dataDir, { recursive: true });
  const path = join(folder, 'config.json');
  writeFileSync(path, JSON.stringify(config, null, 2));
  return path;
}

export function configAt(path) {
  return readConfig(path, process.env, process.cwd());
}

export function databaseOf(folder) {
  return openStore(join(folder, 'data', 'paletti.db'), { now: systemClock.now() });
}

/** Hundreds of clients in one transaction. @returns their ids */
export function fillClients(store, amount) {
  return store.write(systemClock.now(), (w) =>
    Array.from({ length: amount }, (_, number) => {
      const client = { name: `Client ${number}`, addresses: [`client${number}@client${number}.example`], domains: [`client${number}.example`] };
      return addClient(w, { ...client, language: number % 3 === 0 ? 'en' : 'it', tone: number % 2 === 0 ? 'formal' : 'informal' }).id;
    }),
  );
}

/**
 * Invoices spread over the clients.
 * @param options.open share that is not paid; those are due between 200 days ago and 60 days ahead
 */
export function fillInvoices(store, clientIds, amount, { open, seed = 3 }) {
  const next = random(seed);
  const now = systemClock.now();
  const today = dayOf(now, 'Europe/Rome');
  store.write(now, (w) => {
    for (let number = 0; number < amount; number += 1) {
      const totalCents = 10_000 + Math.floor(next() * 500_000);
      const isOpen = next() < open;
      const dueOn = addDays(today, isOpen ? 60 - Math.floor(next() * 260) : -30 - Math.floor(next() * 700));
      const clientId = clientIds[number % clientIds.length];
      const invoice = { clientId, number: `B${number}`, issuedOn: addDays(dueOn, -30), currency: 'EUR', totalCents, project: null };
      const { id } = addInvoice(w, { ...invoice, instalments: [{ dueOn, amountCents: totalCents }] });
      if (!isOpen) recordPayment(w, id, { amountCents: totalCents, receivedOn: dueOn, reference: null });
    }
  });
}
