/**
 * `npm run bench -- PART… [--sizes a,b] [--delay MS] [--minutes N] [--json FILE]`: measures the parts named, or all, and
 * prints a table for each. Every figure is a comparison within one run on one machine; nothing is asserted.
 */
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { cleanUp, note, say, table } from './measure.mjs';

const parts = ['first-read', 'arrival', 'burst', 'idle-pass', 'plan', 'idle', 'start', 'search', 'many'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string' },
    delay: { type: 'string', default: '40' },
    minutes: { type: 'string', default: '1' },
    largest: { type: 'string' },
    runs: { type: 'string' },
    json: { type: 'string' },
    'no-peers': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const unknown = positionals.filter((name) => !parts.includes(name));
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) note(`there is no part ${unknown.join(', ')}`);
  say(`npm run bench -- [${parts.join('|')}]… [--sizes 10000,100000] [--delay 40] [--minutes 1] [--largest BYTES] [--runs N] [--no-peers] [--json FILE]`);
  process.exitCode = unknown.length > 0 ? 2 : 0;
} else {
  await measureAll(positionals.length > 0 ? positionals : parts);
}

async function measureAll(names) {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => cleanUp().finally(() => process.exit(130)));
  const machine = { node: process.version, processor: cpus()[0]?.model, cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30) };
  say(`${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, Node ${machine.node}, ${new Date().toISOString().slice(0, 10)}`);
  const results = {};
  for (const name of names) {
    try {
      results[name] = await measureOne(name);
    } catch (error) {
      note(`${name}: ${error.stack}`);
      results[name] = { fault: error.message };
      process.exitCode = 1;
    } finally {
      await cleanUp();
    }
  }
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify({ machine, results }, null, 2));
}

async function measureOne(name) {
  const part = await import(`./parts/${name}.mjs`);
  const result = await part.measure({
    sizes: values.sizes?.split(',').map(Number) ?? part.sizes,
    delayMs: Number(values.delay),
    minutes: Number(values.minutes),
    runs: values.runs === undefined ? undefined : Number(values.runs),
    largest: values.largest === undefined ? undefined : Number(values.largest),
    peers: !values['no-peers'],
  });
  table(part.title, result.rows);
  for (const line of result.notes ?? []) say(`  ${line}`);
  return result;
}
