/** The daemon while nothing happens: memory, processor time and wake-ups, beside a Node process that only waits. */
import { seenLine, startDaemon } from '../daemon.mjs';
import { studioWith } from '../database.mjs';
import { emptyMaildir, startDovecot } from '../dovecot.mjs';
import { atEnd, memoryOf, note, pause, started, workOf } from '../measure.mjs';
import { sameFolders } from './start.mjs';

export const title = 'idle, with IDLE open';
/** messages in the database */
export const sizes = [100_000];
const settleMs = 20_000;
const lookMs = 200;

export async function measure({ sizes: [messages], minutes }) {
  const server = await startDovecot({ studio: await emptyMaildir('idle') });
  if (server === null) return { rows: [], notes: ['skipped: dovecot is not installed'] };
  const line = await seenLine(server.port);
  const { folder, config } = await studioWith({ messages }, { ports: { studio: line.port } });
  await sameFolders(folder, server.port);
  const daemon = await startDaemon(config, line);
  const plain = started(process.execPath, ['-e', 'setInterval(() => {}, 60_000)']);
  atEnd(() => plain.child.kill());
  note(`settling, then watching for ${minutes} min`);
  await pause(settleMs);
  const processes = { 'idle Node process': plain.child.pid, 'paletti run': daemon.child.pid };
  const before = Object.entries(processes).map(([what, pid]) => ({ what, pid, ...workOf(pid) }));
  const awake = await timesAwake(Object.values(processes), minutes * 60_000);
  const rows = before.map(({ what, pid, cpuMs, wakeUps }) => {
    const now = workOf(pid);
    const cpu = now.cpuMs - cpuMs;
    return {
      what,
      'resident MB': memoryOf(pid).residentMb,
      'processor ms': cpu,
      'processor %': (cpu / (minutes * 60_000)) * 100,
      'times awake/min': awake.get(pid) / minutes,
      'switches of the main thread/min': (now.wakeUps - wakeUps) / minutes,
    };
  });
  const above = rows[1]['resident MB'] - rows[0]['resident MB'];
  return { rows, notes: [`${messages} messages in the database; ${above.toFixed(0)} MB above the idle Node process`] };
}

/** How often each came out of a rest of at least a second. */
async function timesAwake(pids, ms) {
  const seen = new Map(pids.map((pid) => [pid, { times: 0, last: workOf(pid).wakeUps, at: Number.NEGATIVE_INFINITY }]));
  for (const end = performance.now() + ms; performance.now() < end; await pause(lookMs)) {
    for (const [pid, one] of seen) {
      const { wakeUps } = workOf(pid);
      if (wakeUps === one.last) continue;
      if (performance.now() - one.at > 1_000) one.times += 1;
      Object.assign(one, { last: wakeUps, at: performance.now() });
    }
  }
  return new Map([...seen].map(([pid, { times }]) => [pid, times]));
}
