/**
 * A database with many messages, made once and kept in the system's temporary folder, copied for each measurement.
 * Recording and judging are the program's own; the texts are made up without the detour over MIME.
 */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../dist/clock.js';
import { judge } from '../dist/jobs/judge.js';
import { loadLetters } from '../dist/letters/library.js';
import { silentLog } from '../dist/log.js';
import { parse } from '../dist/mail/parse.js';
import { openStore } from '../dist/store/database.js';
import { setFact } from '../dist/store/facts.js';
import { putFolder } from '../dist/store/folders.js';
import { recordArrival } from '../dist/store/messages.js';
import { migrations } from '../dist/store/migrations/index.js';
import { createHash } from 'node:crypto';
import { note, temporaryFolder } from './measure.mjs';
import { MailSource, random } from './sample-mail.mjs';
import { configAt, fillClients, fillInvoices, owner, writeConfig } from './studio.mjs';

const templatesDir = join(import.meta.dirname, '..', 'templates');
const dayMs = 86_400_000;
const schema = createHash('sha256').update(migrations.join()).digest('hex').slice(0, 8);

/**
 * A studio's folder with config.json and a database of so many messages.
 * @param size.mailboxes names; the messages are spread over them
 * @param ports per mailbox, for a server; default: none answers
 */
export async function studioWith(size, { ports } = {}) {
  const { messages, clients = 200, invoices = 2_000, mailboxes = ['studio'] } = size;
  const folder = temporaryFolder('studio');
  const config = writeConfig(folder, ports ?? Object.fromEntries(mailboxes.map((name) => [name, 9])));
  const kept = join(tmpdir(), `paletti-bench-db-${messages}-${clients}-${invoices}-${mailboxes.length}-${schema}.db`);
  if (!existsSync(kept)) await make(kept, config, { messages, clients, invoices, mailboxes });
  mkdirSync(join(folder, 'data'), { recursive: true, mode: 0o700 });
  copyFileSync(kept, join(folder, 'data', 'paletti.db'));
  return { folder, config };
}

async function make(path, config, { messages, clients, invoices, mailboxes }) {
  note(`making a database of ${messages} messages, ${clients} clients, ${invoices} invoices in ${mailboxes.length} mailboxes`);
  const part = `${path}.part`;
  for (const end of ['', '-wal', '-shm']) rmSync(part + end, { force: true });
  const store = openStore(part, { now: systemClock.now() });
  const ids = fillClients(store, clients);
  fillInvoices(store, ids, invoices, { open: 0.1 });
  const settings = configAt(config);
  const letters = loadLetters({ templatesDir });
  const makeMail = await mailMaker(clients);
  const now = systemClock.now();
  const folders = store.write(now, (w) => {
    setFact(w, 'activated-at', new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'));
    return mailboxes.map((mailbox) => {
      putFolder(w, { mailbox, role: 'sent', path: 'Sent', uidValidity: '1', uidMark: 0, historyUpTo: 0 });
      return putFolder(w, { mailbox, role: 'inbox', path: 'INBOX', uidValidity: '1', uidMark: messages, historyUpTo: messages });
    });
  });
  for (let start = 0; start < messages; start += 1_000) {
    store.write(now, (w) => {
      for (let index = start; index < Math.min(messages, start + 1_000); index += 1) {
        const arrival = makeMail(index, now - (1 - index / messages) * 365 * dayMs);
        recordArrival(w, folders[index % folders.length], arrival, { history: true, ownAddresses: [owner] });
      }
    });
    judge({ store, clock: systemClock, settings, letters, log: silentLog });
  }
  store.close();
  renameSync(part, path);
}

async function mailMaker(clients) {
  const source = new MailSource({ seed: 11, clients });
  const next = random(12);
  const base = await parse(source.short(0, new Date(0)));
  return (index, at) => {
    const number = Math.floor(next() * clients);
    const address = next() < 0.7 ? `client${number}@client${number}.example` : `somebody${number}@elsewhere${number}.example`;
    const text = source.text(60 + Math.floor(next() ** 2 * 400));
    const messageId = `<made-${index}@bench.example>`;
    const mail = { ...base, messageId, from: { name: `Writer ${number}`, address }, subject: source.text(5), text, newText: text };
    return { uid: index + 1, receivedAt: Math.floor(at / 1000) * 1000, sizeBytes: 2_000 + text.length + index, flags: [], contentHash: messageId, truncated: false, mail, fault: null };
  };
}
