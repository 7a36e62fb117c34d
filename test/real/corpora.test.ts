/** Every file of the corpora as a message on a real server: each UID is on record afterwards, whatever is in it. */
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type App, openApp } from '../../src/app.ts';
import { HandClock } from '../../src/clock.ts';
import { checkConfig } from '../../src/config.ts';
import { silentLog } from '../../src/log.ts';
import { openMailbox } from '../../src/mail/mailbox.ts';
import { openParser } from '../../src/mail/parser.ts';
import { instant } from '../../src/rules/time.ts';
import { connectElsewhere, type Dovecot, startDovecot } from '../support/dovecot.ts';

const corpora = join(import.meta.dirname, '../../../shared/corpora');
const isThere = existsSync(corpora);
if (!isThere) process.stdout.write(`NOT TRIED: no corpora in ${corpora}\n`);

const now = instant('2024-11-24T09:00:00Z');

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** As the delivery agent of the server writes them, in the folder's own order. */
function deliverAll(maildir: string): number {
  const { uid, gid } = statSync(maildir);
  const files = filesBelow(corpora);
  for (const [index, file] of files.entries()) {
    const path = join(maildir, 'new', `${now / 1000}.M${index}P1.studio`);
    writeFileSync(path, readFileSync(file));
    chownSync(path, uid, gid);
  }
  return files.length;
}

function openOn({ host, tlsPort: port, ca, user, password }: Dovecot): Promise<App> {
  const folder = mkdtempSync(join(tmpdir(), 'paletti-real-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const server = { host, port, user, password: { env: 'UNUSED' } };
  const text = JSON.stringify({
    owner: {
      name: 'Anna',
      business: 'Studio',
      addresses: ['anna@studio.example'],
      language: 'it',
      timeZone: 'Europe/Rome',
    },
    contactHours: { mon: ['09:00-18:00'] },
    mailboxes: [{ name: 'studio', imap: server, smtp: server }],
    dataDir: 'data',
  });
  const imap = { host, port, user, secure: true, password: async () => password, tls: { ca } };
  const clock = new HandClock(now);
  const parts = { parser: openParser(), now: () => now, timeouts: { silence: 60_000, command: 120_000 } };
  return openApp({
    config: checkConfig(text, join(folder, 'config.json')),
    clock,
    log: silentLog,
    network: {
      mailbox: (one) => openMailbox({ ...one, imap }, parts),
      courier: (one) => ({ mailbox: one.name, compose: unused, send: unused, verify: unused }),
      close: async () => {},
    },
  });
}

const unused = async (): Promise<never> => {
  throw new Error('nothing is to leave');
};

async function uidsOf(dovecot: Dovecot): Promise<number[]> {
  const other = await connectElsewhere(dovecot);
  await other.mailboxOpen('INBOX');
  const uids = await other.search({ all: true }, { uid: true });
  await other.logout();
  return uids || [];
}

describe.skipIf(!isThere)('the corpora on a real server', () => {
  it('each message the server has is on record, read or put aside', { timeout: 300_000 }, async () => {
    const dovecot = await startDovecot();
    onTestFinished(() => dovecot.stop());
    const app = await openOn(dovecot);
    onTestFinished(() => app.shut());
    // The first start makes what is there history; what comes after it is recorded whole.
    await app.pass();
    const delivered = deliverAll(dovecot.maildir);
    const { recorded, faults } = await app.pass();
    expect(faults).toEqual([]);
    const uids = await uidsOf(dovecot);
    const sql = `SELECT m.uid FROM messages m JOIN folders f ON f.id = m.folder_id WHERE f.role = 'inbox' ORDER BY m.uid`;
    const onRecord = app.store.read((r) => r.all<{ uid: number }>(sql)).map(({ uid }) => uid);
    expect(onRecord).toEqual(uids.toSorted((a, b) => a - b));
    expect([recorded, uids.length]).toEqual([delivered, delivered]);
    expect(delivered).toBeGreaterThan(1_000);
    const again = await app.pass();
    expect([again.recorded, again.faults]).toEqual([0, []]);
  });
});
