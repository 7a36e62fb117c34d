/** Hostile mail through real sockets and real parsing threads, in a process whose memory is measured. */
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { minuteMs, type Instant, plus } from '../../src/rules/time.ts';
import { addClient } from '../../src/store/clients.ts';
import { listMessages } from '../../src/store/messages.ts';
import { openStore } from '../../src/store/database.ts';
import { harmful, hostileMails } from '../support/hostile-mail.ts';
import { tally } from './figures.ts';
import { makePlace, password, type Place, raw, rome, startServers } from './world.ts';

const figures = { 'hostile inputs': 0, 'hostile losses': 0, 'hostile wrong answers': 0 };
const measured = { 'peak MB': 0, 'idle MB': 0, 'slowest pass ms': 0, 'median pass ms': 0 };
/** What a daemon with nothing to do needs is about half of it. */
const mostMb = 250;
/** A pass is held up when it takes so many times as long as most, and longer than any busy machine explains. */
const heldUp = { times: 10, ms: 5_000 };

afterAll(() => {
  tally(figures);
  const line = Object.entries({ ...figures, ...measured }).map(([name, count]) => `${name} ${count}`);
  process.stdout.write(`Hostile mail: ${line.join(', ')}\n`);
});

interface PassSaid {
  recorded: number;
  quarantined: number;
  sent: number;
  faults: string[];
  ms: number;
  peakMb: number;
}

const generous = { sending: { mode: 'live', perDay: 1000, perHour: 1000 } };

async function startDaemon(place: Place, start: Instant): Promise<{ pass(moment: Instant): Promise<PassSaid> }> {
  const file = join(place.dataDir, '..', 'measured.json');
  writeFileSync(file, JSON.stringify({ config: place.config.path, start, password }));
  const child = fork(join(import.meta.dirname, 'measured-daemon.mjs'), [file], {
    execArgv: [],
    env: { PATH: process.env['PATH'] },
  });
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    child.disconnect();
    await once(child, 'exit');
  });
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`the daemon ended with ${String(code ?? signal)}`);
  });
  ended.catch(() => {});
  const said = async () => (await Promise.race([once(child, 'message'), ended]))[0] as PassSaid;
  await said();
  return {
    pass: (moment) => {
      child.send({ moment });
      return said();
    },
  };
}

describe('hostile mail to the daemon', () => {
  it('costs neither the next message nor its memory', async () => {
    const servers = await startServers();
    const place = makePlace(servers, { config: generous });
    onTestFinished(async () => {
      await servers.stop();
      place.remove();
    });
    const start = rome('2026-11-23T10:00');
    const mails = hostileMails(100);
    const store = openStore(join(place.dataDir, 'paletti.db'), { now: start });
    store.write(start, (w) => {
      for (const { from } of mails) addClient(w, { name: from, addresses: [from] });
    });
    store.close();

    const daemon = await startDaemon(place, start);
    measured['idle MB'] = (await daemon.pass(start)).peakMb;
    let moment = start;
    const passes: { name: string; ms: number }[] = [];
    for (const [index, { name, bytes }] of mails.entries()) {
      moment = plus(start, (index + 1) * 15_000);
      servers.imap.append('inbox', { source: bytes, receivedAt: moment });
      const next = raw({
        from: 'giulia@person.example',
        subject: `Dopo ${index}`,
        messageId: `<n${index}@person.example>`,
      });
      servers.imap.append('inbox', { source: next, receivedAt: moment });
      const { recorded, quarantined, faults, ms, peakMb } = await daemon.pass(moment);
      expect({ name, recorded, quarantined, faults }).toEqual({ name, recorded: 2, quarantined: 0, faults: [] });
      expect({ name, isModest: peakMb < mostMb, peakMb }).toEqual({ name, isModest: true, peakMb });
      passes.push({ name, ms });
      figures['hostile inputs'] += 1;
    }
    const sorted = passes.map(({ ms }) => ms).toSorted((a, b) => a - b);
    const median = sorted[sorted.length >> 1] as number;
    Object.assign(measured, { 'slowest pass ms': sorted.at(-1), 'median pass ms': median });
    // The next message came with the hostile one: it was recorded no later than the pass ended.
    expect(passes.filter(({ ms }) => ms > heldUp.ms && ms > heldUp.times * median)).toEqual([]);
    for (const minutes of [40, 60, 90])
      measured['peak MB'] = (await daemon.pass(plus(moment, minutes * minuteMs))).peakMb;
    expect(measured['peak MB']).toBeLessThan(mostMb);

    const seen = openStore(join(place.dataDir, 'paletti.db'), { now: moment });
    const messages = seen.read((r) => listMessages(r, { role: 'inbox' })).toReversed();
    seen.close();
    figures['hostile losses'] += mails.length * 2 - messages.length;
    const answered = servers.smtp.commands
      .filter((line) => /^RCPT/i.test(line))
      .map((line) => /<(.*)>/.exec(line)?.[1]);
    for (const [index, { from, reason }] of mails.entries()) {
      const isWanted = reason === undefined;
      if (answered.includes(from) !== isWanted) figures['hostile wrong answers'] += 1;
      if (messages[index * 2 + 1]?.mail.subject !== `Dopo ${index}`) figures['hostile losses'] += 1;
    }
    expect(figures).toMatchObject({ 'hostile losses': 0, 'hostile wrong answers': 0 });
  }, 300_000);
});

describe('hostile mail to paletti decide', () => {
  const preload = join(import.meta.dirname, 'peak-memory.mjs');

  it('is judged within the same memory, and nothing of it reaches the terminal', async () => {
    const servers = await startServers();
    const place = makePlace(servers, { config: generous });
    onTestFinished(async () => {
      await servers.stop();
      place.remove();
    });
    const folder = dirname(place.config.path);
    const main = join(import.meta.dirname, '../../dist/main.js');
    for (const [index, { name, bytes, reason }] of hostileMails(100).entries()) {
      const file = join(folder, 'mail.eml');
      writeFileSync(file, bytes);
      const words = ['decide', file, '-c', place.config.path, '--as-client', '--now', '2026-11-23T10:00:00+01:00'];
      // In turn as a person reads it and as a program does.
      const form = index % 2 === 0 ? ['--json'] : [];
      const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', preload, main, ...words, ...form], {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], SAY_PEAK: '1' },
      });
      const peakMb = Number(/peak=(\d+)/.exec(stderr)?.[1]);
      expect({ name, status, stderr: stderr.replace(/peak=\d+/, '') }).toEqual({ name, status: 0, stderr: '' });
      expect(stdout).not.toMatch(harmful);
      expect(stdout).toContain(reason ?? 'acknowledge');
      expect({ name, isModest: peakMb < mostMb, peakMb }).toEqual({ name, isModest: true, peakMb });
      figures['hostile inputs'] += 1;
    }
  }, 300_000);
});
