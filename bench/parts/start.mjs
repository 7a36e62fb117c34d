/** From the start of the program until it idles on the server, with many messages in the database. */
import { ImapFlow } from 'imapflow';
import { systemClock } from '../../dist/clock.js';
import { folderOf, putFolder } from '../../dist/store/folders.js';
import { seenLine, startDaemon } from '../daemon.mjs';
import { studioWith } from '../database.mjs';
import { emptyMaildir, password, startDovecot } from '../dovecot.mjs';
import { median, run } from '../measure.mjs';
import { databaseOf, program } from '../studio.mjs';

export const title = 'start to watching, ms';
/** messages in the database */
export const sizes = [1_000, 10_000, 100_000];

export async function measure({ sizes: wanted, runs = 3 }) {
  const rows = [];
  for (const messages of wanted) rows.push(await ofSize(messages, runs));
  return { rows: rows.filter((row) => row !== null) };
}

async function ofSize(messages, runs) {
  const server = await startDovecot({ studio: await emptyMaildir('start') });
  if (server === null) return null;
  const size = { messages, clients: Math.max(2, messages / 500), invoices: messages / 50 };
  const first = [];
  const times = [];
  for (let count = 0; count < runs; count += 1) {
    const line = await seenLine(server.port);
    const { folder, config } = await studioWith(size, { ports: { studio: line.port } });
    await sameFolders(folder, server.port);
    first.push(await startOnce(config, line));
    times.push(await startOnce(config, line));
  }
  const bare = [];
  for (let count = 0; count < runs; count += 1) bare.push((await run(process.execPath, [program, '--version'])).ms);
  return { messages, 'until it idles (median)': median(times), '(most)': Math.max(...times), 'first of the day: reads the file through': median(first), 'the program alone (--version)': median(bare) };
}

async function startOnce(config, line) {
  line.state.idleAt = 0;
  const begun = performance.now();
  const daemon = await startDaemon(config, line);
  const ms = line.state.idleAt - begun;
  daemon.child.kill('SIGTERM');
  await daemon.ended;
  return ms;
}

/** The made-up folders get the server's UIDVALIDITY, as if they had been read from it. */
export async function sameFolders(folder, port) {
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth: { user: 'studio', pass: password }, logger: false });
  await client.connect();
  const store = databaseOf(folder);
  for (const [role, path] of [['inbox', 'INBOX'], ['sent', 'Sent']]) {
    const { uidValidity } = await client.mailboxOpen(path);
    store.write(systemClock.now(), (w) => {
      const known = folderOf(w, 'studio', role);
      w.run('UPDATE messages SET uid_validity = ? WHERE folder_id = ?', String(uidValidity), known.id);
      putFolder(w, { ...known, path, uidValidity: String(uidValidity), uidMark: 0, historyUpTo: 0 });
    });
  }
  store.close();
  await client.logout();
}
