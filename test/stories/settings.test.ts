/** A daemon that runs takes up what its owner changes in config.json and in her own letters: whole and sound, or not at all. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { checkConfig } from '../../src/config.ts';
import type { Log } from '../../src/log.ts';
import { hourMs } from '../../src/rules/time.ts';
import { openWindows } from '../../src/store/windows.ts';
import { openStudio, type Studio } from '../support/studio.ts';

/** A daemon on a configuration that stands in a file, and what it logs. */
async function daemon() {
  const dataDir = mkdtempSync(join(tmpdir(), 'paletti-settings-'));
  const file = join(dataDir, 'config.json');
  const logged: string[] = [];
  const line = (_event: string, text: string) => void logged.push(text);
  const log: Log = { info: line, warn: line, error: line };
  const reread = async () => checkConfig(readFileSync(file, 'utf8'), file);
  const studio = await openStudio({ now: '2026-11-23T10:00:00+01:00', dataDir, log, reread });
  studio.client('Bianchi');
  const write = (change: Record<string, unknown>) =>
    writeFileSync(file, JSON.stringify({ ...studio.source, ...change }), { mode: 0o600 });
  write({});
  const stop = new AbortController();
  const running = studio.app.run(stop.signal);
  return { studio, logged, file, write, end: () => (stop.abort(), running) };
}

const subjects = ['Uno', 'Due', 'Tre'];

/** News: the daemon looks at once. @returns in how many hours an answer is due */
async function hoursToAnswer(studio: Studio): Promise<number> {
  const known = studio.app.store.read((r) => openWindows(r)).length;
  studio.clientWrites({ from: 'bianchi@client.example', subject: subjects[known] as string });
  await vi.waitFor(() => expect(studio.app.store.read((r) => openWindows(r))).toHaveLength(known + 1), {
    timeout: 30_000,
  });
  const [window] = studio.app.store.read((r) => openWindows(r)).toSorted((a, b) => b.id - a.id);
  return ((window?.dueAt ?? 0) - (window?.openedAt ?? 0)) / hourMs;
}

it('what is changed while it runs is in force for the next message', async () => {
  const { studio, logged, write, end } = await daemon();
  expect(await hoursToAnswer(studio)).toBe(72);
  write({ responseWindow: { hours: 24 } });
  expect(await hoursToAnswer(studio)).toBe(24);
  expect(logged.filter((text) => text.includes('in force'))).toEqual(['the changed configuration is in force']);
  await end();
});

it('what is not sound is told once, and the configuration before stays in force', async () => {
  const { studio, logged, file, write, end } = await daemon();
  await hoursToAnswer(studio);
  writeFileSync(file, '{ "owner": {');
  expect(await hoursToAnswer(studio)).toBe(72);
  expect(await hoursToAnswer(studio)).toBe(72);
  expect(logged.filter((text) => text.includes('stays the one before'))).toHaveLength(1);
  write({ responseWindow: { hours: 48 } });
  await end();
});

it('other servers are opened at the start only, and that is said', async () => {
  const { studio, logged, write, end } = await daemon();
  const [mailbox] = studio.source['mailboxes'] as [{ imap: object }];
  write({
    responseWindow: { hours: 24 },
    mailboxes: [{ ...mailbox, imap: { ...mailbox.imap, host: 'other.example' } }],
  });
  expect(await hoursToAnswer(studio)).toBe(72);
  expect(logged.join()).toContain('end Paletti and start it again');
  await end();
});

it('her own letters are read anew when a file of them changes, and a fault in one leaves all as they were', async () => {
  const { studio, logged, file, write, end } = await daemon();
  const folder = join(file, '..', 'letters', 'it', 'formal');
  const letter = join(folder, 'acknowledgement.hbs');
  mkdirSync(folder, { recursive: true });
  write({ templatesDir: 'letters' });
  await hoursToAnswer(studio);
  writeFileSync(letter, 'Subject: Re: {{nothing}}\n\nX\n');
  await hoursToAnswer(studio);
  expect(logged.join()).toContain('acknowledgement.hbs:1');
  expect(studio.letters('acknowledgement').every(({ text }) => text.length > 20)).toBe(true);
  await end();
});

it('money that waited by the old ladder is looked at by the new one in the next pass', async () => {
  const studio = await openStudio({ now: '2026-11-23T08:00:00+01:00' });
  const client = studio.client('Bianchi');
  studio.invoice(client, { number: '7', dueOn: '2026-11-16' });
  const steps = (afterDays: number) => [{ letter: 'payment-reminder', afterDays }];
  await studio.restartWith({ dunning: { steps: steps(20) } });
  await studio.at('2026-11-23T09:00:00+01:00');
  await studio.at('2026-11-24T09:00:00+01:00');
  expect(studio.sent()).toEqual([]);
  await studio.restartWith({ dunning: { steps: steps(5) } });
  await studio.at('2026-11-24T09:00:30+01:00');
  expect(studio.sent()).toEqual(['payment-reminder 2026-11-24 Tue 09:00']);
});
