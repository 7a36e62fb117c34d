/**
 * The script of `paletti sieve` run by Pigeonhole (Debian's dovecot-sieve) over a mailbox with a message for every hour of
 * a year: each is flagged exactly when it is out of contact hours. The moment is taken from the Date field there, as a
 * test cannot wait for a year; a second test runs the script as it is, at four moments of a turned clock.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ContactHours, isOpen, parseWeek } from '../../src/rules/contact-hours.ts';
import { sieveScript } from '../../src/rules/sieve.ts';
import { dayMs, hourMs, instant, localDay, plus } from '../../src/rules/time.ts';
import { mailOwner } from '../support/dovecot.ts';

const run = promisify(execFile);
const keyword = '$PalettiOutOfHours';
const office = ['09:00-13:00', '14:00-18:00'];
const hours: ContactHours = {
  timeZone: 'Europe/Rome',
  week: parseWeek({ mon: office, tue: office, wed: office, thu: office, fri: ['09:00-13:00'], sat: ['22:00-02:30'] }),
  holiday: (day) => (day === '2026-12-08' ? 'Immacolata' : undefined),
  closures: [{ from: localDay('2026-12-24'), to: localDay('2027-01-06'), note: 'ferie' }],
};
const from = instant('2026-11-30T12:00:00+01:00');
const groups = [{ hours, addresses: ['luca@bianchi.example'], domains: [] }];
const script = sieveScript({ from, until: plus(from, 366 * dayMs), groups, keyword, head: ['Paletti'] });

let home: string;
let config: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'ps-'));
  await chmod(home, 0o755);
  config = join(home, 'conf');
  const owner = await mailOwner();
  for (const name of ['mail', 'mail/cur', 'mail/new', 'mail/tmp', 'base']) await mkdir(join(home, name));
  const lines = [
    ...[`mail_uid = ${owner.uid}`, `mail_gid = ${owner.gid}`, `mail_home = ${home}/mail`],
    ...[`mail_location = maildir:${home}/mail`, `base_dir = ${home}/base`, 'ssl = no'],
    `first_valid_uid = ${owner.uid}`,
    'import_environment = TZ LD_PRELOAD FAKETIME',
  ];
  await writeFile(config, `${lines.join('\n')}\n`);
  await run('chown', ['-R', `${owner.uid}:${owner.gid}`, home]);
});

afterEach(() => rm(home, { recursive: true, force: true }));

const mail = (at: number) =>
  `From: Luca <luca@bianchi.example>\r\nTo: anna@studio.example\r\nDate: ${new Date(at).toUTCString()}\r\nSubject: Ciao\r\n\r\nCiao\r\n`;

describe('a mail server', () => {
  it('flags every hour of a year as the hours say', { timeout: 300_000 }, async () => {
    const moments = Array.from({ length: 366 * 24 }, (_, index) => plus(from, index * hourMs));
    for (const at of moments) await writeFile(join(home, 'mail/cur', `${at}.x:2,`), mail(at), { mode: 0o666 });
    const byDate = script.replace(/currentdate (:zone "\S+" :(?:is|value "\w\w")) /g, 'date $1 "date" ');
    expect(byDate).not.toContain('currentdate');
    await writeFile(join(home, 'a.sieve'), byDate);
    await run('chmod', ['-R', 'a+rwX', home]);
    await run('sieve-filter', ['-c', config, '-e', '-W', '-C', join(home, 'a.sieve'), 'INBOX']);
    expect(await flagged()).toEqual(moments.filter((at) => !isOpen(hours, at)).map(String));
  });

  it.each([
    ['2026-12-01 09:30:00', false],
    ['2026-12-01 13:30:00', true],
    ['2026-12-08 10:00:00', true],
    ['2027-06-01 08:30:00', true],
  ])('asks its own clock: %s in Rome, out of hours: %s', async (local, isOut) => {
    await writeFile(join(home, 'a.sieve'), script);
    await writeFile(join(home, 'a.eml'), mail(from));
    await run('chmod', ['-R', 'a+rwX', home]);
    const [folder = ''] = (await readdir('/usr/lib')).filter((name) => name.endsWith('-linux-gnu'));
    const preload = `/usr/lib/${folder}/faketime/libfaketime.so.1`;
    const env = { ...process.env, LD_PRELOAD: preload, FAKETIME: local, TZ: 'Europe/Rome' };
    const done = await run('sieve-test', ['-c', config, join(home, 'a.sieve'), join(home, 'a.eml')], { env });
    expect(done.stdout.includes(keyword)).toBe(isOut);
  });
});

/** Names of the messages with the keyword: a letter in the file's name stands for it (Maildir of Dovecot). */
async function flagged(): Promise<string[]> {
  const keywords = await readFile(join(home, 'mail/dovecot-keywords'), 'utf8');
  const index = Number(new RegExp(`^(\\d+) \\${keyword}$`, 'm').exec(keywords)?.[1]);
  const letter = String.fromCodePoint(97 + index);
  const names = await readdir(join(home, 'mail/cur'));
  return names
    .filter((name) => name.split(':2,')[1]?.includes(letter))
    .map((name) => name.split('.')[0] as string)
    .toSorted();
}
