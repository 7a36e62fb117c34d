/**
 * The least that a reader with these libraries does, without a rule or a guarantee: ImapFlow fetches the first bytes of
 * every message, mailparser reads them in a thread, and SQLite keeps text and full-text index. PORT USER PASSWORD BYTES
 * FOLDER
 */
import { join } from 'node:path';
import { argv } from 'node:process';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import { Sqlite } from '../dist/store/driver.js';

const groupSize = 200;
const mostWaiting = 500;

if (isMainThread) await main(argv.slice(2));
else parentPort.on('message', (sources) => Promise.all(sources.map(read)).then((mails) => parentPort.postMessage(mails)));

async function read(source) {
  const { subject = '', from, text = '' } = await simpleParser(Buffer.from(source), { skipImageLinks: true, skipTextToHtml: true, skipTextLinks: true });
  return [subject, from?.text ?? '', text];
}

async function main([port, user, pass, bytes, folder]) {
  const database = new Sqlite(join(folder, 'mail.db'));
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE mail (id INTEGER PRIMARY KEY, subject, sender, text); CREATE VIRTUAL TABLE words USING fts5 (subject, sender, text, content = '')");
  const insert = database.prepare('INSERT INTO mail (subject, sender, text) VALUES (?, ?, ?)');
  const index = database.prepare('INSERT INTO words (rowid, subject, sender, text) VALUES (?, ?, ?, ?)');
  const record = database.transaction((mails) => {
    for (const mail of mails) index.run(insert.run(...mail).lastInsertRowid, ...mail);
  });
  const thread = new Worker(new URL(import.meta.url));
  let [count, waiting, wake] = [0, 0, () => {}];
  let group = [];
  thread.on('message', (mails) => {
    waiting -= mails.length;
    count += mails.length;
    group.push(...mails);
    if (group.length >= groupSize) record(group.splice(0));
    wake();
  });
  const until = async (holds) => {
    while (!holds()) await new Promise((resolve) => (wake = resolve));
  };
  const client = new ImapFlow({ host: '127.0.0.1', port: Number(port), secure: false, doSTARTTLS: false, auth: { user, pass }, logger: false });
  await client.connect();
  await client.mailboxOpen('INBOX');
  const query = { uid: true, flags: true, internalDate: true, size: true, source: { start: 0, maxLength: Number(bytes) } };
  let sources = [];
  for await (const { source } of client.fetch('1:*', query)) {
    sources.push(new Uint8Array(source));
    if (sources.length < 20) continue;
    waiting += sources.length;
    thread.postMessage(sources, sources.map(({ buffer }) => buffer));
    sources = [];
    await until(() => waiting < mostWaiting);
  }
  waiting += sources.length;
  thread.postMessage(sources);
  await until(() => waiting === 0);
  record(group);
  await Promise.all([client.logout(), thread.terminate()]);
  database.close();
  process.stdout.write(`${count}\n`);
}
