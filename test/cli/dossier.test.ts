/** `paletti dossier` from end to end: mail arrives, letters leave, and the folder is checked by programs that are not ours. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDesk } from '../../src/app.ts';
import { DossierFolder } from '../../src/cli/dossier-folder.ts';
import { dossierBegun, dossierParts } from '../../src/desk/dossier.ts';
import { AppError, exitCodes } from '../../src/errors.ts';
import { entries } from '../../src/store/journal.ts';
import { bytesOf } from '../../src/store/outbox.ts';
import type { FakeMailbox } from '../support/fake-mailbox.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { sha256Of } from '../support/sums.ts';
import { openTerminal, type Said, type Terminal } from './terminal.ts';

/** Programs of the system that the folder is checked with, where they are there. */
const summer = 'sha256sum';
const pdfReader = 'pdftotext';

interface Scene {
  studio: Studio;
  terminal: Terminal;
  dir: string;
  type(...words: string[]): Promise<Said>;
}

/** A client with a hostile name writes on a Sunday, is acknowledged on Monday, answered, and pays late. The daemon's lock is held all the while. */
async function scene(): Promise<Scene> {
  const studio = await openStudio({ now: '2026-11-20T10:00:00+01:00' });
  const client = studio.client('Rossi & "Figli" <b>../../x</b>', { addresses: ['luca@rossi.example'] });
  studio.client('Verdi', { addresses: ['ugo@verdi.example'] });
  await studio.app.pass();
  studio.clock.advance(60_000);
  const first = studio.clientWrites(
    {
      from: '"</pre><script>x</script>" <luca@rossi.example>',
      subject: '<img src=x> urgente',
      text: 'Ciao\n<script>alert(1)</script>',
    },
    '2026-11-22T11:00:00+01:00',
  );
  studio.clientWrites({ from: 'ugo@verdi.example', text: 'segreto' }, '2026-11-22T11:00:00+01:00');
  await studio.at('2026-11-22T11:05:00+01:00');
  await studio.until('2026-11-23T10:00:00+01:00', 60);
  studio.ownerAnswers({ to: 'luca@rossi.example', inReplyTo: first.messageId });
  studio.invoice(client, { number: '2026/7', dueOn: '2026-11-10' });
  await studio.at('2026-11-23T12:00:00+01:00');
  const dir = mkdtempSync(join(tmpdir(), 'paletti-dossier-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const terminal = openTerminal({
    config: null,
    ways: {
      cwd: dir,
      clock: studio.clock,
      readConfig: async () => studio.config,
      openDesk: async (config) => openDesk({ config, clock: studio.clock }),
      openMailboxes: async () => ({ mailboxes: [studio.mailbox], close: async () => {} }),
    },
  });
  return { studio, terminal, dir, type: (...words) => terminal.type('dossier', 'Rossi', ...words) };
}

function allFiles(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .toSorted();
}

function check(dir: string): { status: number | null; stdout: string } {
  const { status, stdout } = spawnSync(summer, ['-c', 'SHA256SUMS'], {
    cwd: dir,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return { status, stdout };
}

describe('the folder', () => {
  it('is complete, private, and every sum of it is right', async () => {
    const { type, dir } = await scene();
    const { code, out, err } = await type('--out', 'file');
    expect([code, out]).toEqual([0, `${join(dir, 'file')}\n`]);
    expect(err).toContain('messages from the record, header and text only; whole ones: --fetch');
    const folder = join(dir, 'file');
    const files = allFiles(folder);
    expect(files).toEqual([
      ...['SHA256SUMS', 'data.json', 'dossier.pdf', 'index.html', 'journal.json'],
      ...['letters/001.eml', 'messages/001.eml', 'messages/005.eml'],
    ]);
    const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8');
    const lines = files
      .filter((file) => file !== 'SHA256SUMS')
      .map((file) => `${sha256Of(readFileSync(join(folder, file)))}  ${file}\n`);
    expect(sums).toBe(lines.join(''));
    expect(err).toContain(sha256Of(sums));
    expect(readdirSync(dir)).toEqual(['file']);
    for (const path of [folder, join(folder, 'messages')]) expect(statSync(path).mode & 0o777).toBe(0o700);
    for (const file of files) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    for (const file of files.filter((name) => !name.endsWith('.pdf')))
      expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/segreto|\bverdi\b/i);
  });

  it.skipIf(spawnSync(summer, ['--version']).error !== undefined)(
    'passes sha256sum -c, and a file that was tampered with is found',
    async () => {
      const { type, dir } = await scene();
      await type('--out', 'file');
      const folder = join(dir, 'file');
      expect(check(folder)).toMatchObject({ status: 0, stdout: expect.not.stringContaining('FAILED') });
      appendFileSync(join(folder, 'messages/001.eml'), ' ');
      expect(check(folder)).toMatchObject({ status: 1, stdout: expect.stringContaining('messages/001.eml: FAILED') });
    },
  );

  it('holds the letters as they left, and the PDF as one', async () => {
    const { type, dir, studio } = await scene();
    await type('--out', 'file');
    const letter = readFileSync(join(dir, 'file/letters/001.eml'));
    expect(letter.equals(Buffer.from(studio.app.store.read((r) => bytesOf(r, 1)) as Uint8Array))).toBe(true);
    const data = JSON.parse(readFileSync(join(dir, 'file/data.json'), 'utf8')) as {
      files: { path: string; what: string }[];
      messages: object[];
      journal: object;
    };
    expect(data.files.find(({ path }) => path === 'letters/001.eml')?.what).toContain(
      'the digest is the one noted then',
    );
    expect(data).toMatchObject({ format: 'paletti-dossier/1', now: '2026-11-23T11:00:00Z', journal: { ok: true } });
    expect(data.messages).toMatchObject([
      {
        receivedAt: '2026-11-22T10:00:00Z',
        outOfHoursWhy: 'Sunday',
        outOfHoursWhyReason: { code: 'closed-weekday', weekday: 'sun' },
        window: { state: 'answered', evidence: 'thread', dueAt: '2026-11-25T10:00:00Z' },
      },
      { role: 'sent' },
    ]);
    expect(readFileSync(join(dir, 'file/dossier.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    if (spawnSync(pdfReader, ['-v']).error === undefined) {
      const text = execFileSync(pdfReader, [join(dir, 'file/dossier.pdf'), '-'], { encoding: 'utf8' });
      expect(text).toContain('2026/7');
    }
    const page = readFileSync(join(dir, 'file/index.html'), 'utf8');
    expect(page).not.toMatch(/<script|<img|<b>/);
    expect(page).toContain('Rossi &amp; &quot;Figli&quot; &lt;b&gt;../../x&lt;/b&gt;');
  });

  it('is remembered in the journal by the sum of its sums', async () => {
    const { terminal, studio } = await scene();
    const made = await terminal.json('dossier', 'Rossi', '--out', 'file');
    expect(made).toMatchObject({ files: 8, messages: 2, whole: 0, journal: { ok: true } });
    const [last] = studio.app.store.read((r) => entries(r, { limit: 1 }));
    expect(last).toMatchObject({ kind: 'dossier-made', data: { sha256: made.sha256, files: 8 } });
  });
});

describe('--fetch', () => {
  it('gets the messages whole, and says that they are as they arrived', async () => {
    const { type, dir, studio } = await scene();
    expect((await type('--out', 'file', '--fetch')).err).not.toContain('from the record');
    const source = await studio.mailbox.source('inbox', 1);
    expect(readFileSync(join(dir, 'file/messages/001.eml')).equals(Buffer.from(source as Uint8Array))).toBe(true);
    expect(readFileSync(join(dir, 'file/index.html'), 'utf8')).toContain('as it arrived: the digest taken then agrees');
  });

  it('knows a message that is another one now', async () => {
    const { type, dir, studio } = await scene();
    const held = (studio.mailbox as FakeMailbox).folders.inbox.messages[0] as { bytes: Uint8Array };
    held.bytes = Buffer.from(Buffer.from(held.bytes).toString().replace('Ciao', 'Addio'));
    await type('--out', 'file', '--fetch');
    expect(readFileSync(join(dir, 'file/index.html'), 'utf8')).toContain(
      'its digest is NOT the one taken when it arrived',
    );
  });

  it.each([
    ['gone', 'it is gone from the server', (mailbox: FakeMailbox) => void mailbox.folders.inbox.messages.splice(0)],
    ['numbered anew', 'the server has numbered its folder anew', (mailbox: FakeMailbox) => mailbox.renumber('inbox')],
  ])('puts header and text in their place when they are %s', async (_what, said, happen) => {
    const { type, dir, studio } = await scene();
    happen(studio.mailbox as FakeMailbox);
    expect((await type('--out', 'file', '--fetch')).err).toContain('1 message from the record, header and text only.');
    const mail = readFileSync(join(dir, 'file/messages/001.eml'), 'utf8');
    expect(mail.replace(/\r\n /g, ' ')).toContain(
      `X-Paletti-Source: header and text from the record, not the message itself (${said})`,
    );
    expect(mail).toContain('Message-Id: <m1@client.example>');
    expect(mail).toContain('<script>alert(1)</script>');
  });

  it('leaves nothing behind when the server cannot be reached', async () => {
    const { type, dir, studio } = await scene();
    studio.mailbox.failWith = new AppError('unreachable', 'no route', { where: 'imap.studio.example:993' });
    expect((await type('--out', 'file', '--fetch')).code).toBe(exitCodes.unreachable);
    expect(readdirSync(dir)).toEqual([]);
  });
});

describe('where it is written', () => {
  it('replaces an earlier dossier, and an empty folder', async () => {
    const { type, dir } = await scene();
    mkdirSync(join(dir, 'file'));
    for (let times = 0; times < 2; times += 1) expect((await type('--out', 'file')).code).toBe(0);
    expect(readdirSync(dir)).toEqual(['file']);
    expect(check(join(dir, 'file')).status).toBe(0);
  });

  it.each([
    [
      'a folder with something in it',
      (dir: string) => (mkdirSync(join(dir, 'file')), writeFileSync(join(dir, 'file/a.txt'), 'mine')),
    ],
    ['a file', (dir: string) => writeFileSync(join(dir, 'file'), 'mine')],
    ['a link', (dir: string) => (mkdirSync(join(dir, 'there')), symlinkSync(join(dir, 'there'), join(dir, 'file')))],
    [
      'something that only looks like a dossier',
      (dir: string) => (
        mkdirSync(join(dir, 'file')),
        writeFileSync(join(dir, 'file/data.json'), '{}'),
        writeFileSync(join(dir, 'file/SHA256SUMS'), '')
      ),
    ],
  ])('refuses %s', async (_what, make) => {
    const { type, dir } = await scene();
    make(dir);
    const before = allFiles(dir);
    const { code, err } = await type('--out', 'file');
    expect(code).toBe(exitCodes.conflict);
    expect(err).toContain('Name another folder');
    expect(allFiles(dir)).toEqual(before);
  });

  it.each(['notes.txt', 'messages/mine.eml', 'letters/..x'])(
    'refuses a dossier into which %s was put',
    async (name) => {
      const { type, dir } = await scene();
      await type('--out', 'file');
      writeFileSync(join(dir, 'file', name), 'mine');
      const { code, err } = await type('--out', 'file');
      expect(code).toBe(exitCodes.conflict);
      expect(err).toContain(name);
      expect(existsSync(join(dir, 'file', name))).toBe(true);
    },
  );

  it('has to be told where, for whom, and how far back', async () => {
    const { type, terminal } = await scene();
    expect((await type()).code).toBe(exitCodes.usage);
    expect((await terminal.type('dossier', 'Nobody', '--out', 'file')).code).toBe(exitCodes['not-found']);
    expect((await type('--out', 'file', '--days', '0')).code).toBe(exitCodes.usage);
  });

  it('is swept away where a run was killed, and nothing else is', async () => {
    const { type, dir, studio } = await scene();
    const killed = (part: string) => {
      dossierBegun(studio.app, { path: part, clientId: 1, pid: 999_999_999 });
      mkdirSync(join(part, 'messages'), { recursive: true });
      writeFileSync(join(part, 'messages', '001.eml'), 'her whole file');
    };
    const [left, used] = ['a', 'b'].map((letter) => join(dir, `.file.${letter.repeat(12)}.paletti-part`)) as [
      string,
      string,
    ];
    killed(left);
    killed(used);
    writeFileSync(join(used, 'my notes'), 'mine');
    const foreign = join(dir, '.file.paletti-part');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'mine'), 'mine');
    const { code, err } = await type('--out', 'file');
    expect(code).toBe(0);
    expect([existsSync(left), existsSync(join(used, 'my notes')), existsSync(join(foreign, 'mine'))]).toEqual([
      false,
      true,
      true,
    ]);
    expect(err).toContain(used);
    expect(studio.app.store.read((r) => dossierParts(r))).toEqual([]);
  });

  it('that stood there before comes back, where a run was killed between two names', async () => {
    const { type, dir, studio } = await scene();
    await type('--out', 'file');
    const part = join(dir, `.file.${'c'.repeat(12)}.paletti-part`);
    renameSync(join(dir, 'file'), part.replace('.paletti-part', '.paletti-old'));
    dossierBegun(studio.app, { path: part, clientId: 1, pid: 999_999_999 });
    expect((await type('--out', 'other')).code).toBe(0);
    expect(readdirSync(dir).toSorted()).toEqual(['file', 'other']);
  });

  it('that was never finished is named when its client is forgotten', async () => {
    const { terminal, dir, studio } = await scene();
    const part = join(dir, `.file.${'d'.repeat(12)}.paletti-part`);
    dossierBegun(studio.app, { path: part, clientId: 1, pid: 999_999_999 });
    mkdirSync(part);
    const { code, err } = await terminal.type(
      'clients',
      'forget',
      '1',
      '--confirm',
      'Rossi & "Figli" <b>../../x</b>',
      '--even-so',
    );
    expect([code, err]).toEqual([0, expect.stringContaining(part)]);
  });

  it('takes no name that is not its own', async () => {
    const { dir } = await scene();
    const folder = new DossierFolder(join(dir, 'x'));
    for (const path of ['../x', 'messages/../../x.eml', 'messages/a.eml', 'SHA256SUMS', 'letters/1.eml', ''])
      expect(() => folder.add(path, 'x')).toThrow(/no file of a dossier/);
    folder.discard();
    expect(readdirSync(dir)).toEqual([]);
  });
});

describe('evidence that was logged', () => {
  it('is in the folder as it was kept, with its digest, and stands in the journal', async () => {
    const { type, terminal, dir } = await scene();
    writeFileSync(join(dir, 'una stella.PNG'), 'bytes of a picture');
    const logged = await terminal.type('clients', 'log', 'Rossi', 'attack', 'one star', '--file', 'una stella.PNG');
    expect(logged).toMatchObject({ code: 0 });
    const digest = sha256Of('bytes of a picture');
    expect(logged.out + logged.err).toContain(digest);
    await type('--out', 'file');
    expect(readFileSync(join(dir, 'file', 'evidence', '001.png'), 'utf8')).toBe('bytes of a picture');
    const page = readFileSync(join(dir, 'file', 'index.html'), 'utf8');
    expect(page).toContain('una stella.PNG');
    expect(page).toContain(digest);
    expect(readFileSync(join(dir, 'file', 'journal.json'), 'utf8')).toContain(digest);
    expect((await type('--out', 'file')).code).toBe(0);
  });

  it('is refused when it is empty or not there, and nothing is logged', async () => {
    const { terminal, dir } = await scene();
    writeFileSync(join(dir, 'empty.png'), '');
    for (const name of ['empty.png', 'missing.png'])
      expect((await terminal.type('clients', 'log', 'Rossi', 'attack', 'x', '--file', name)).code).toBe(1);
    expect((await terminal.json('clients', 'show', 'Rossi')).log).toEqual([]);
  });
});

describe('the first papers', () => {
  it('are the first mails, as what was agreed where there is no contract', async () => {
    const { type, dir } = await scene();
    await type('--out', 'file');
    const page = readFileSync(join(dir, 'file', 'index.html'), 'utf8');
    expect(page).toContain('First papers');
    expect(page).toContain('No signed contract is on record');
  });

  it('what the owner learned by an exit is hers alone: no dossier has it', async () => {
    const { studio, type, dir } = await scene();
    studio.app.store.write(studio.clock.now(), (w) => {
      w.run(
        `INSERT INTO exits (client_id, proposed_at, proposed_by, reason, notice, noted_state, lesson)
         VALUES (1, '2026-11-23T10:00:00Z', 'owner', 'scope', '{"kind":"days","days":30}', 'proposed', '{"rule":"own-words","words":"MAIPIÙ"}')`,
      );
    });
    await type('--out', 'file');
    for (const name of ['data.json', 'index.html', 'journal.json'])
      expect(readFileSync(join(dir, 'file', name), 'utf8')).not.toMatch(/MAIPIÙ|lesson/);
  });
});
