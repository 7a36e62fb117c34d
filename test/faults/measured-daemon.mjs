/**
 * The compiled app as it runs in earnest, its parsing threads and sockets included, in a process whose memory can be
 * measured: a pass at each moment its parent names, answered with what it did and the most memory it ever held.
 */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { openApp } from '../../dist/app.js';
import { HandClock } from '../../dist/clock.js';
import { readConfig } from '../../dist/config.js';
import { silentLog } from '../../dist/log.js';
import { peakMb } from './peak-memory.mjs';

const plan = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const clock = new HandClock(plan.start);
const app = await openApp({
  config: readConfig(plan.config, {}),
  clock,
  log: silentLog,
  readSecret: async () => plan.password,
});

async function passAt(moment) {
  clock.set(moment);
  const began = performance.now();
  const { faults, ...report } = await app.pass();
  const ms = Math.round(performance.now() - began);
  process.send({ ...report, faults: faults.map(String), ms, peakMb: peakMb() });
}

process.on('message', ({ moment }) => void passAt(moment));
process.on('disconnect', () => void app.shut().then(() => process.exit(0)));
process.send('ready');
