/**
 * One new message: from the server's acceptance until it is recorded and judged, with its acknowledgement in the outbox,
 * beside getmail --idle and then fetchmail --idle, which deliver the same message into a Maildir: in an empty inbox, and
 * in one that has been used for a while. Dovecot itself announces half a second late, and to each connection by a timer of
 * its own, so the time from the announcement is shown as well.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { Sqlite } from '../../dist/store/driver.js';
import { seenLine, startDaemon } from '../daemon.mjs';
import { emptyMaildir, giveAway, mailUser, password, startDovecot } from '../dovecot.mjs';
import { atEnd, installed, median, note, pause, percentile, run, started, temporaryFolder } from '../measure.mjs';
import { fillMaildir, MailSource } from '../sample-mail.mjs';
import { databaseOf, fillClients, program, writeConfig } from '../studio.mjs';

export const title = 'a new message, ms';
/** messages in the inbox before */
export const sizes = [0, 2_000];
const pollMs = 1;

/** @param options.runs arrivals in each inbox */
export async function measure({ sizes: inboxes, runs = 40, peers }) {
  const results = [];
  for (const inbox of inboxes)
    for (const peer of peers ? allPeers : [null]) results.push(await inInbox(inbox, runs, peer));
  return { rows: results.flatMap(({ rows }) => rows), notes: results.flatMap(({ notes = [] }) => notes) };
}

async function inInbox(inbox, amount, peer) {
  const maildir = await emptyMaildir('arrival');
  fillMaildir(maildir, inbox, { until: Date.now(), largest: 8_000, seed: 1 });
  await giveAway(maildir);
  const server = await startDovecot({ studio: maildir });
  if (server === null) return { rows: [], notes: ['skipped: dovecot is not installed'] };
  const line = await seenLine(server.port);
  const folder = temporaryFolder('arrival');
  const config = writeConfig(folder, { studio: line.port });
  const store = databaseOf(folder);
  fillClients(store, amount);
  store.close();
  // the first pass of all takes what it finds for history
  await run(process.execPath, [program, 'run', '--once', '--config', config]);
  line.state.idleAt = 0;
  await startDaemon(config, line);
  const theirs = await seenLine(server.port);
  const other = peer === null ? null : await startPeer(peer, theirs);
  const client = new ImapFlow({ host: '127.0.0.1', port: server.port, secure: false, doSTARTTLS: false, auth: { user: 'studio', pass: password }, logger: false });
  await client.connect();
  const runs = [];
  const database = new Sqlite(join(folder, 'data', 'paletti.db'), { readonly: true });
  const watch = { line, other, judged: judgedIn(database) };
  for (let number = 0; number < amount; number += 1) runs.push(await oneArrival(client, number, watch));
  database.close();
  await client.logout();
  return report(inbox, runs, peer?.name);
}

function judgedIn(database) {
  const wanted = database.prepare('SELECT 1 FROM messages m JOIN letters l ON l.answers_message_id = m.id WHERE m.message_id = ? AND m.judged_at IS NOT NULL');
  return (messageId) => wanted.get(messageId) !== undefined;
}

async function oneArrival(client, number, { line, other, judged }) {
  const at = new Date();
  const address = `client${number}@client${number}.example`;
  const messageId = `<arrival-${number}@client${number}.example>`;
  const text = new MailSource({ seed: number + 1 }).text(120);
  const mail = `From: Client <${address}>\r\nTo: anna@studio.example\r\nSubject: Domanda ${number}\r\nDate: ${at.toUTCString()}\r\nMessage-ID: ${messageId}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`;
  const before = other?.count() ?? 0;
  await pause(700 + ((number * 137) % 500));
  Object.assign(line.state, { announcedAt: 0, commands: 0 });
  if (other !== null) other.line.state.announcedAt = 0;
  await client.append('INBOX', Buffer.from(mail), [], at);
  const appended = performance.now();
  const seen = { ours: null, theirs: other === null ? undefined : null };
  const until = appended + 10_000;
  while ((seen.ours === null || seen.theirs === null) && performance.now() < until) {
    if (seen.ours === null && judged(messageId)) Object.assign(seen, { ours: performance.now() - appended, commands: line.state.commands, own: performance.now() - line.state.announcedAt });
    if (seen.theirs === null && other.count() > before) Object.assign(seen, { theirs: performance.now() - appended, theirOwn: performance.now() - other.line.state.announcedAt });
    await pause(pollMs);
  }
  return seen;
}

const allPeers = [
  {
    name: 'getmail',
    settings: ({ folder, port }) => ['[retriever]', 'type = SimpleIMAPRetriever', 'server = 127.0.0.1', `port = ${port}`, 'username = studio', `password = ${password}`, 'mailboxes = ("INBOX",)', '[destination]', 'type = Maildir', `path = ${folder}/mail/`, '[options]', 'read_all = false', 'delete = false'],
    args: ({ folder, rc }) => ['--idle', 'INBOX', '--getmaildir', folder, '--rcfile', rc],
  },
  {
    name: 'fetchmail',
    settings: ({ folder, port }) => [`poll 127.0.0.1 proto IMAP service ${port} auth password`, `  user studio password "${password}" sslproto "" keep idle mda "/bin/sh ${folder}/deliver"`],
    args: ({ folder, rc }) => ['--fetchmailrc', rc, '--pidfile', join(folder, 'pid'), '--nodetach', '--silent'],
  },
];

async function startPeer({ name, settings, args }, line) {
  if (installed(name) === null) {
    note(`${name} is not installed: skipped`);
    return null;
  }
  const folder = temporaryFolder(name);
  const rc = join(folder, 'rc');
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(folder, 'mail', part), { recursive: true });
  writeFileSync(rc, [...settings({ folder, port: line.port }), ''].join('\n'), { mode: 0o600 });
  // fetchmail hands a mail to a program; this is a Maildir delivery in one line
  writeFileSync(join(folder, 'deliver'), `cat > ${folder}/mail/tmp/$$ && mv ${folder}/mail/tmp/$$ ${folder}/mail/new/$$\n`);
  // getmail delivers nothing as root
  await giveAway(folder);
  const peer = started(name, args({ folder, rc }), { ...mailUser, env: { ...process.env, HOME: folder, FETCHMAILHOME: folder } });
  atEnd(async () => {
    peer.child.kill('SIGKILL');
    await peer.ended;
  });
  const delivered = join(folder, 'mail', 'new');
  await quiet(() => readdirSync(delivered).length);
  // it remembers what it has fetched; to count many files each millisecond would disturb both
  for (const file of readdirSync(delivered)) rmSync(join(delivered, file));
  if (peer.child.exitCode !== null) {
    note(`${name} ended: ${peer.said()}`);
    return null;
  }
  return { line, count: () => readdirSync(delivered).length };
}

/** Until it has fetched all there was, and idles. */
async function quiet(count) {
  for (let before = -1, now = 0; now !== before; now = count()) {
    before = now;
    await pause(3_000);
  }
}

function report(inbox, runs, peer) {
  const row = (what, values) => ({ what, 'messages in the inbox': inbox, median: median(values), '99th': percentile(values, 0.99), most: Math.max(...values) });
  const ours = runs.map((run) => run.ours ?? Number.NaN);
  const rows = [
    row('paletti: append accepted -> outbox row', ours),
    row("paletti: server's announcement -> outbox row", runs.map((run) => run.own ?? Number.NaN)),
    row('paletti: commands on the line until then', runs.map((run) => run.commands ?? Number.NaN)),
  ];
  const both = runs.filter((run) => run.theirs !== undefined && run.theirs !== null);
  if (both.length === 0) return { rows };
  rows.push(row(`${peer} --idle: append accepted -> in the Maildir`, both.map((run) => run.theirs)));
  rows.push(row(`${peer} --idle: server's announcement -> in the Maildir`, both.map((run) => run.theirOwn)));
  const quicker = both.filter((run) => run.own < run.theirOwn).length;
  const earlier = both.filter((run) => run.ours !== null && run.ours < run.theirs).length;
  return { rows, notes: [`inbox of ${inbox}, beside ${peer}: of ${both.length} runs, paletti was earlier in ${earlier}; from the server's announcement to each of the two on, quicker in ${quicker}`] };
}
