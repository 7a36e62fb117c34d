/**
 * A process that renews the sign-in of a data folder, again and again, as two commands and a daemon may do at once; or that
 * dies at the n-th call on the file of the sign-in. On the compiled program.
 * Usage: node renewing.mjs DATADIR SETTINGS TIMES [DIE-AT]
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [dataDir, settings, times, dieAt] = process.argv.slice(2);
let calls = 0;
if (dieAt !== undefined) {
  for (const name of ['openSync', 'writeSync', 'fsyncSync', 'ftruncateSync', 'closeSync', 'renameSync']) {
    const usual = fs[name];
    fs[name] = (...given) => {
      calls += 1;
      if (calls === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
      return usual(...given);
    };
  }
}
const { openTokens } = await import('../../dist/auth/tokens.js');
const { lockFile } = await import('../../dist/store/lock.js');
syncBuiltinESMExports();
calls = 0;
const tokens = openTokens({ dataDir, now: () => Date.now(), lock: lockFile, readSecret: async () => '' });
const seen = [];
try {
  // Each time as if the server had refused the last one, and that one were old.
  for (let time = 0; time < Number(times); time += 1) seen.push(await tokens('studio', JSON.parse(settings), seen.at(-1)));
  process.stdout.write(JSON.stringify({ calls, seen: seen.length }));
} catch (fault) {
  process.stdout.write(JSON.stringify({ calls, seen: seen.length, fault: `${fault.name}: ${fault.message}` }));
}
