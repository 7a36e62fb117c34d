/** The judge of corpora is judged: it must say so when a robot would be answered. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const script = join(import.meta.dirname, '../../bench/corpora.mjs');

/** Loaded before the script: a mail with one of these words breaks the program, or takes as long as nothing may. */
const spoiler = `
  import { performance } from 'node:perf_hooks';
  const { subarray } = Buffer.prototype;
  const now = performance.now.bind(performance);
  let late = 0;
  performance.now = () => now() + late;
  Buffer.prototype.subarray = function (from, to) {
    const isBody = to === 65536;
    if (isBody && this.includes('LOSE-IT')) throw new Error('a fault in the program');
    if (isBody && this.includes('HANG-ON')) late += 11_000;
    return subarray.call(this, from, to);
  };`;
const preload = ['--import', `data:text/javascript,${encodeURIComponent(spoiler)}`];

function corpora(files: Record<string, string>, kinds: Record<string, string> | null, before: readonly string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'paletti-corpora-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'mails'));
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(folder, 'mails', name), text.replaceAll('\n', '\r\n'));
  if (kinds !== null) {
    const rows = Object.entries(kinds).map(([name, kind]) => `mails/${name}\t${files[name]?.length}\t${kind}`);
    writeFileSync(join(folder, 'INDEX.tsv'), ['path\tbytes\tkind', ...rows, ''].join('\n'));
  }
  const { status, stdout } = spawnSync(process.execPath, [...before, script, folder], { encoding: 'utf8' });
  return { status, stdout };
}

const person = 'From: Luca <luca@client.example>\nTo: anna@studio.example\nSubject: Bozze\n\nCome va?\n';
const bounce = person
  .replace('Subject: Bozze', 'Subject: Undelivered Mail Returned to Sender')
  .replace('luca@', 'mailer-daemon@');
const list = person.replace('Subject', 'List-Id: <news.client.example>\nSubject');

describe('npm run corpora', () => {
  it('counts by kind, and ends well when people are answered and robots are not', () => {
    const { status, stdout } = corpora(
      { 'a.eml': person, 'b.eml': bounce, 'c.eml': list, 'd.eml': person + 'x'.repeat(70_000) },
      { 'a.eml': 'human/other', 'b.eml': 'bounce/DSN', 'c.eml': 'list/bulk', 'd.eml': 'human/other' },
    );
    expect(status).toBe(0);
    expect(stdout).toContain('human/other: 2 messages, 2 answered, 2 parsed, 1 truncated, 0 quarantined');
    expect(stdout).toContain('bounce/DSN: 1 messages, 0 answered, 1 parsed');
    expect(stdout).toMatch(/slowest: \d+ ms, mails\/.\.eml\npeak memory: \d+ MB/);
    expect(stdout).toContain('corpora: ok, 4 messages judged');
  });

  it.each(['bounce/DSN', 'list/bulk', 'auto-reply'])(
    'fails when a person is labelled %s, and names the mail',
    (kind) => {
      const { status, stdout } = corpora(
        { 'a.eml': person, 'b.eml': person },
        { 'a.eml': 'human/other', 'b.eml': kind },
      );
      expect(status).toBe(1);
      expect(stdout).toContain('ANSWERED, and should not be: 1\n    mails/b.eml');
      expect(stdout).toContain('corpora: FAILED');
    },
  );

  it.each([
    ['breaks the program', 'LOSE-IT', 'LOST: 1\n    mails/b.eml: Error: a fault in the program'],
    ['takes as long as nothing may', 'HANG-ON', 'HUNG: 1\n    mails/b.eml'],
  ])('fails when a mail %s, names it, and judges the others', (_, word, words) => {
    const kinds = { 'a.eml': 'human/other', 'b.eml': 'human/other', 'c.eml': 'human/other' };
    const { status, stdout } = corpora({ 'a.eml': person, 'b.eml': person + word, 'c.eml': person }, kinds, preload);
    expect(status).toBe(1);
    expect(stdout).toContain(words);
    expect(stdout).toContain('human/other: ');
    expect(stdout).toContain('2 answered');
    expect(stdout).toContain('corpora: FAILED, 3 messages judged');
  });

  it('judges what no index names, and each message of an mbox', () => {
    const mbox = `From luca Mon Nov 23 09:00:00 2026\n${person}\nFrom luca Mon Nov 23 09:01:00 2026\n${bounce}\n`;
    expect(corpora({ 'a.mbox': mbox, 'b.eml': person }, null)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('unlabelled: 3 messages, 2 answered'),
    });
    const { stdout } = corpora(
      { 'a.eml': person, 'b.eml': person, 'notes.txt': 'No mail at all.\n' },
      { 'a.eml': 'human/other' },
    );
    expect(stdout).toContain('unlabelled: 1 messages, 1 answered');
    expect(stdout).toContain('files that are no mail: 1');
  });

  it('without a folder says so, and nothing is wrong', () => {
    const { status, stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    expect({ status, isSkipped: stdout.includes('skipped') }).toEqual({ status: 0, isSkipped: true });
  });
});
