/**
 * The first read of a mailbox: recorded, judged and searchable, beside mbsync + notmuch, beside a bare loop that fetches
 * the same bytes, and beside the libraries alone, which fetch, parse and index them without a rule or a guarantee. Then
 * over a slow line, and with ten times the messages for its memory.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bigMaildir, password, readAhead, startDovecot } from '../dovecot.mjs';
import { atEnd, installed, note, run, started, temporaryFolder, writeOut } from '../measure.mjs';
import { nodeArgs, program, writeConfig } from '../studio.mjs';

export const title = 'first read of a mailbox';
export const sizes = [10_000];

export async function measure({ sizes: wanted, delayMs, largest, peers = true }) {
  const rows = [];
  for (const size of wanted) rows.push(...(await ofSize(size, { delayMs, largest, peers })));
  return { rows };
}

async function ofSize(size, { delayMs, largest, peers }) {
  const mailbox = await bigMaildir(size, { largest });
  readAhead(mailbox.path);
  const server = await startDovecot({ bench: mailbox.path });
  if (server === null) return [{ what: 'skipped: dovecot is not installed' }];
  const line = await behind(server.port, delayMs);
  const tell = row(size, mailbox.bytes);
  // makes Dovecot's own index, which the first of them would otherwise pay for
  await bareLoop(server.port, { warm: true });
  // A host is at times twice as fast as at others, for minutes: each is measured before, between and after the peers.
  const bares = [];
  const libraries = [];
  const reads = [];
  const again = async () => {
    bares.push(await bareLoop(server.port));
    libraries.push(await librariesAlone(server.port));
    reads.push(await paletti(server.port, size));
  };
  await again();
  const slow = tell(`paletti, line of ${delayMs} ms each way`, await paletti(line, size));
  const slowBare = tell(`bare loop, line of ${delayMs} ms each way`, await bareLoop(line));
  const others = peers ? await mbsyncAndNotmuch(server.port, tell, again) : await alone(again);
  const bare = tell('bare ImapFlow loop, first 64 KB', middle(bares));
  const least = tell('ImapFlow, mailparser and FTS5 alone', middle(libraries));
  const ours = tell('paletti run --once', middle(reads));
  note(`paletti run --once took ${reads.map(({ ms }) => (ms / 1000).toFixed(1)).join(', ')} s; the middle one counts`);
  const rows = [bare, least, ours, slow, slowBare, ...others];
  for (const one of rows) one['times as long as paletti'] = one.s === null ? null : one.s / ours.s;
  return rows;
}

async function alone(again) {
  await again();
  await again();
  return [];
}

function middle(results) {
  const sorted = results.toSorted((a, b) => a.ms - b.ms);
  return { ...sorted[Math.floor(sorted.length / 2)], peakMb: Math.max(...results.map(({ peakMb }) => peakMb)) };
}

function row(size, bytes) {
  return (what, { ms, peakMb, cpuMs }) => ({
    what,
    messages: size,
    'MB': Math.round(bytes / 1_000_000),
    s: ms / 1000,
    'messages/s': (size / ms) * 1000,
    'processor s': cpuMs === undefined ? null : cpuMs / 1000,
    'peak MB': peakMb,
  });
}

async function behind(port, delayMs) {
  const proxy = started(process.execPath, [join(import.meta.dirname, '..', 'slow-line.mjs'), String(port), String(delayMs)]);
  atEnd(() => proxy.child.kill());
  return new Promise((resolve) => proxy.child.stdout.once('data', (data) => resolve(Number(data))));
}

function bareLoop(port, { warm = false } = {}) {
  const args = [join(import.meta.dirname, '..', 'bare-loop.mjs'), String(port), 'bench', password, warm ? '1' : '65536'];
  return run(process.execPath, args);
}

function librariesAlone(port) {
  writeOut();
  const args = [join(import.meta.dirname, '..', 'libraries-alone.mjs'), String(port), 'bench', password, '65536', temporaryFolder('libraries')];
  return run(process.execPath, args);
}

async function paletti(port, size) {
  writeOut();
  const folder = temporaryFolder('first-read');
  const config = writeConfig(folder, { bench: port });
  const result = await run(process.execPath, [...nodeArgs, program, 'run', '--once', '--config', config, '--json'], { allowFailure: true, cwd: folder });
  const { recorded, judged } = JSON.parse(result.output);
  if (recorded !== size || judged !== size) throw new Error(`recorded ${recorded} and judged ${judged} of ${size}: ${result.errors}`);
  return result;
}

/** @param between called after the first of the two, and after the second */
async function mbsyncAndNotmuch(port, tell, between) {
  if (installed('mbsync') === null || installed('notmuch') === null) {
    note('mbsync (isync) or notmuch is not installed: skipped');
    return alone(between);
  }
  const folder = temporaryFolder('mbsync');
  const mail = join(folder, 'mail');
  mkdirSync(mail);
  writeFileSync(join(folder, 'mbsyncrc'), mbsyncConfig(port, mail));
  writeOut();
  const pulled = await run('mbsync', ['-q', '-c', join(folder, 'mbsyncrc'), 'bench']);
  await between();
  writeFileSync(join(folder, 'notmuchrc'), `[database]\npath=${mail}\n[user]\nname=Anna\nprimary_email=anna@studio.example\n[new]\ntags=new\n`);
  writeOut();
  const indexed = await run('notmuch', ['new', '--quiet'], { env: { ...process.env, NOTMUCH_CONFIG: join(folder, 'notmuchrc') } });
  await between();
  return [
    tell('mbsync', pulled),
    tell('notmuch new', indexed),
    tell('mbsync + notmuch', { ms: pulled.ms + indexed.ms, cpuMs: pulled.cpuMs + indexed.cpuMs, peakMb: Math.max(pulled.peakMb, indexed.peakMb) }),
  ];
}

function mbsyncConfig(port, mail) {
  return [
    'IMAPAccount bench',
    'Host 127.0.0.1',
    `Port ${port}`,
    'User bench',
    `Pass ${password}`,
    'SSLType None',
    'AuthMechs LOGIN',
    '',
    'IMAPStore far',
    'Account bench',
    '',
    'MaildirStore near',
    `Path ${mail}/`,
    `Inbox ${mail}/INBOX`,
    '',
    'Channel bench',
    'Far :far:',
    'Near :near:',
    'Patterns INBOX',
    'Create Near',
    'Sync Pull',
    'SyncState *',
    '',
  ].join('\n');
}

