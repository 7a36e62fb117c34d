/**
 * `node bench/mutations.mjs DIR [COUNT]`: breaks the files of DIR/files in COUNT ways (20,000 unless said), from a seed, and
 * reads each: it must be read whole or refused, in bounded time. Also times DIR/files/malicious as they are. Exits 1 on a
 * crash, on a reading of more than two seconds, or on a malicious file that takes more than 100 ms or 50 MB.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { booksIn, readBook } from '../dist/books/read.js';
import { Refusal } from '../dist/books/refusal.js';

const [folder, wanted = '20000'] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node bench/mutations.mjs DIR [COUNT]');
  process.exit(2);
}
const root = join(folder, 'files');
const paths = readdirSync(root, { recursive: true }).map(String).filter((path) => statSync(join(root, path)).isFile());
const small = paths.filter((path) => !path.startsWith('malicious') && statSync(join(root, path)).size < 200_000);

/** A generator with a seed (mulberry32). */
let state = 17;
const roll = () => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
};
const below = (count) => Math.floor(roll() * count);

const ways = {
  cut: (bytes) => bytes.subarray(0, below(bytes.length)),
  flip: (bytes) => {
    const copy = Buffer.from(bytes);
    for (let n = 1 + below(8); n > 0; n -= 1) copy[below(copy.length)] = below(256);
    return copy;
  },
  drop: (bytes) => {
    const at = below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(200))]);
  },
  double: (bytes) => {
    const [at, size] = [below(bytes.length), 1 + below(2_000)];
    const part = bytes.subarray(at, at + size);
    return Buffer.concat([bytes.subarray(0, at), part, part, part, bytes.subarray(at + size)]);
  },
  insert: (bytes) => {
    const words = ['<', '>', '"', "'", '&', ']]>', '<!DOCTYPE a>', ';', '\n', '\r', '\0', '-', '9'.repeat(400), ':61:', '<STMTTRN>', '(', '^'];
    const at = below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(words[below(words.length)]), bytes.subarray(at)]);
  },
  numbers: (bytes) => Buffer.from(bytes.toString('latin1').replaceAll(/\d/g, (digit) => (roll() < 0.02 ? String(below(10)) : digit)), 'latin1'),
};

function read(name, bytes) {
  try {
    for (const inside of booksIn(name, bytes)) readBook(inside.bytes);
    return 'read';
  } catch (fault) {
    if (fault instanceof Refusal) return 'refused';
    throw fault;
  }
}

const tally = { read: 0, refused: 0, crashed: 0, slow: 0 };
const names = Object.keys(ways);
const started = process.hrtime.bigint();
const cache = new Map();
for (let n = 0; n < Number(wanted); n += 1) {
  const path = small[below(small.length)];
  const bytes = cache.get(path) ?? readFileSync(join(root, path));
  cache.set(path, bytes);
  if (bytes.length === 0) continue;
  let broken = bytes;
  for (let times = 1 + below(3); times > 0 && broken.length > 0; times -= 1) broken = ways[names[below(names.length)]](broken);
  const from = process.hrtime.bigint();
  try {
    tally[read(path, broken)] += 1;
  } catch (fault) {
    tally.crashed += 1;
    console.log(`CRASH ${n} ${path}: ${String(fault.stack).slice(0, 300)}`);
  }
  const ms = Number(process.hrtime.bigint() - from) / 1e6;
  if (ms > 2_000) {
    tally.slow += 1;
    console.log(`SLOW ${n} ${path}: ${ms.toFixed(0)} ms`);
  }
}
const seconds = Number(process.hrtime.bigint() - started) / 1e9;
console.log(`${wanted} mutations in ${seconds.toFixed(0)} s: ${tally.read} read, ${tally.refused} refused, ${tally.crashed} crashed, ${tally.slow} slow`);

let bad = 0;
for (const path of paths.filter((each) => each.startsWith('malicious'))) {
  const bytes = readFileSync(join(root, path));
  read(path, Buffer.from('x'));
  const [before, from] = [process.memoryUsage().rss, process.hrtime.bigint()];
  const verdict = read(path, bytes);
  const [ms, mb] = [Number(process.hrtime.bigint() - from) / 1e6, (process.memoryUsage().rss - before) / 1e6];
  const isBad = ms > 100 || mb > 50;
  bad += isBad ? 1 : 0;
  console.log(`${isBad ? 'BAD ' : ''}${path}: ${verdict}, ${ms.toFixed(1)} ms, ${Math.max(0, mb).toFixed(0)} MB`);
}
process.exit(tally.crashed + tally.slow + bad === 0 ? 0 : 1);
