/**
 * The report of one small year, in the terminal and as a page: the files in golden/ are the assertion. After a
 * deliberate change run vitest with -u, look at the page in a browser, and read the difference.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/errors.ts';
import { clientNamed, liveAYear } from '../support/year.ts';
import { config, openTerminal } from './terminal.ts';

const golden = (name: string) => join(import.meta.dirname, 'golden', name);

function afterAYear(options: Parameters<typeof openTerminal>[0] = {}) {
  const terminal = openTerminal(options);
  liveAYear(terminal.desk());
  return terminal;
}

describe('a year of a small studio', () => {
  it('reads well in the terminal', async () => {
    const { out, err } = await afterAYear().type('report');
    expect(err).toBe('');
    await expect(out).toMatchFileSnapshot(golden('report.txt'));
    expect(
      Math.max(
        ...out
          .split('\n')
          .filter((line) => /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) /.test(line))
          .map((line) => line.length),
      ),
    ).toBeLessThan(60);
  });

  it('reads well in the file of one client', async () => {
    const { out } = await afterAYear().type('clients', 'show', 'Bianchi');
    await expect(out).toMatchFileSnapshot(golden('client.txt'));
  });

  it('is a page that carries everything in itself', async () => {
    const terminal = afterAYear();
    const { err, out } = await terminal.type('report', '--html', 'year.html');
    expect(out).toBe('');
    expect(err).toContain('Written: ');
    const path = join(terminal.dir, 'year.html');
    const page = readFileSync(path, 'utf8');
    await expect(page).toMatchFileSnapshot(golden('report.html'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|javascript:|\bon[a-z]+=/i);
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\/|url\(/);
    const again = await terminal.type('report', '--html', 'year.html');
    expect(again.code).toBe(exitCodes.conflict);
    expect((await terminal.type('report', '--html', 'year.html', '--force')).code).toBe(0);
  });

  it('is told to a program', async () => {
    const report = await afterAYear().json('report', '--days', '30');
    expect(report).toMatchObject({
      now: '2026-11-23T09:00:00Z',
      since: '2026-10-24T09:00:00Z',
      days: 30,
      client: null,
    });
    expect(report.heat).toMatchObject({ total: 3, outOfHours: 3 });
    expect(report.clients.map((client: { name: string }) => client.name)).not.toContain('Editore Blu');
  });

  it('gives no sign to one whose mail is all lists and robots', async () => {
    const report = await afterAYear().json('report', '--client', 'Editore');
    expect(report.clients).toMatchObject([{ name: 'Editore Blu', messages: 0, signs: [], weight: 0 }]);
  });

  it('may be about one client', async () => {
    const { out } = await afterAYear().type('report', '--client', 'Caffè');
    expect(out).toContain('Report: Caffè Centrale at Anna Rossi');
    expect(out).toContain('3 messages, 3 out of hours, too few to tell a habit');
    expect(out).not.toContain('Trouble and revenue');
  });

  it('weighs as the configuration says', async () => {
    const signs = { weights: { 'no-pay': 0, 'late-pay': 0, 'no-contract': 0, 'different-philosophy': 10 } };
    const report = await afterAYear({ config: { ...config, signs } }).json('report');
    const [first] = report.clients;
    expect(first).toMatchObject({ name: 'Bianchi Srl', suggestion: { sign: 'different-philosophy' } });
    expect(first.signs[0]).toMatchObject({ sign: 'different-philosophy', weight: 10 });
    expect(first.signs.find((sign: { sign: string }) => sign.sign === 'no-pay').weight).toBe(0);
  });

  it.each([
    [['--days', '0'], 2, 'number of days'],
    [['--days', 'many'], 2, 'number of days'],
    [['--client', 'Nobody'], 1, 'no client'],
  ] as const)('refuses %j', async (words, expected, reason) => {
    const { code, err } = await openTerminal().type('report', ...words);
    expect(code).toBe(expected);
    expect(err).toContain(reason);
  });

  it('says so when nothing happened', async () => {
    const { out } = await openTerminal().type('report');
    expect(out).toContain('No messages of clients in this period.');
    expect(out).toContain('No answer was due in this period.');
    expect(out).toContain('Nothing is open.');
    expect(out).toContain('No sign weighs anything.');
  });
});

describe('what a stranger can write into the page', () => {
  it('stays text', async () => {
    const terminal = openTerminal();
    const name = '<script>alert(1)</script> & "Co"';
    const text = 'Urgente </blockquote><img src=x onerror=alert(1)> \u202Eentro oggi';
    clientNamed(terminal.desk(), { name, text, messages: 6 });
    await terminal.type('report', '--html', 'x.html');
    const page = readFileSync(join(terminal.dir, 'x.html'), 'utf8');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Co&quot;');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page).not.toMatch(/<script|<img|\u202E/);
    const { out } = await terminal.type('report');
    expect(out).not.toMatch(/\u202E/);
  });
});
