/**
 * A TCP proxy that hands on every byte so many milliseconds later, in both directions, and as fast as it comes. Notes
 * what passes, for counting round trips. As a program: `node slow-line.mjs TO_PORT DELAY_MS` prints its own port.
 */
import { createConnection, createServer } from 'node:net';
import { argv } from 'node:process';

/** @param seen called as (direction, bytes, at) before the delay */
export async function slowLine(toPort, delayMs, seen = () => {}) {
  const server = createServer((near) => {
    near.setNoDelay(true);
    const far = createConnection(toPort, '127.0.0.1').setNoDelay(true);
    forward(near, far, delayMs, (bytes) => seen('out', bytes));
    forward(far, near, delayMs, (bytes) => seen('in', bytes));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: server.address().port, close: () => server.close() };
}

/** At most so much is under way, as on a line of 400 Mbit/s. */
const mostUnderWay = 4_000_000;

function forward(from, to, delayMs, seen) {
  let underWay = 0;
  from.on('data', (bytes) => {
    seen(bytes);
    underWay += bytes.length;
    if (underWay > mostUnderWay) from.pause();
    later(() => {
      if (!to.destroyed) to.write(bytes);
      underWay -= bytes.length;
      if (underWay <= mostUnderWay) from.resume();
    });
  });
  from.on('end', () => later(() => to.end()));
  from.on('error', () => to.destroy());
  from.on('close', () => later(() => to.destroy()));

  function later(work) {
    if (delayMs === 0) work();
    else setTimeout(() => work(), delayMs);
  }
}

if (argv[1]?.endsWith('slow-line.mjs')) {
  const { port } = await slowLine(Number(argv[2]), Number(argv[3]));
  process.stdout.write(`${port}\n`);
}
