/**
 * Preloaded into a process (`node --import`): says at its end, on stderr, the most memory it ever held. Linux counts it
 * anew for each program; what getrusage tells includes that of the process it was started from.
 */
import { readFileSync, writeSync } from 'node:fs';

export function peakMb() {
  try {
    return Math.round(Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'latin1'))[1]) / 1024);
  } catch {
    return Math.round(process.resourceUsage().maxRSS / 1024);
  }
}

if (process.env['SAY_PEAK'] === '1') process.on('exit', () => writeSync(2, `peak=${peakMb()}`));
