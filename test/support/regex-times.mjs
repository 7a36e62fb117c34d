/**
 * A process of its own that times regular expressions on their worst texts and says before each which one it is at, so
 * that one which never ends can be named. Processor time, which a busy machine does not change much.
 */
import { attacksOn } from './regex-attacks.mjs';

/** Letters. What is exponential takes long at the second size already. */
const exponential = [18, 26];
const first = 2_048;
/** A linear one takes as many times longer as the text is; what is clearly worse fails. */
const growths = [
  { from: first, to: 16_384, worst: 24 },
  { from: 16_384, to: 65_536, worst: 8 },
];
/** Of milliseconds: below, it is noise. */
const floor = { exponential: 60, first: 0.4, most: 30 };
const finalists = 3;

process.on('message', (patterns) => {
  void timed(patterns);
});

async function timed(patterns) {
  for (const pattern of patterns) {
    await say({ at: pattern });
    await say({ done: { ...pattern, fault: faultOf(pattern) } });
  }
  await say({ end: true });
}

/** Before the next one begins: while one is timed, nothing leaves. */
function say(message) {
  return new Promise((sent) => process.send(message, sent));
}

/** @returns null, or { attack, ms: at two sizes, size: the larger } of a text that takes too long */
function faultOf({ source, flags }) {
  const expression = new RegExp(source, flags.includes('g') ? flags : `${flags}g`);
  const attacks = attacksOn(source, flags);
  for (const attack of attacks) {
    const ms = exponential.map((size) => time(expression, attack, size));
    if (ms[1] > floor.exponential) return { attack, ms, size: exponential[1] };
  }
  const slow = attacks
    .map((attack) => ({ attack, ms: time(expression, attack, first) }))
    .filter(({ ms }) => ms > floor.first)
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, finalists);
  for (const { attack } of slow) {
    for (const { from, to, worst } of growths) {
      const ms = [from, to].map((size) => best(() => time(expression, attack, size)));
      if (ms[1] > floor.most && ms[1] > ms[0] * worst) return { attack, ms, size: to };
    }
  }
  return null;
}

function best(measure) {
  let least = Infinity;
  for (let round = 0; round < 3 && least > floor.most / 4; round += 1) least = Math.min(least, measure());
  return least;
}

function time(expression, { before, pump, after }, size) {
  const text = before + pump.repeat(Math.ceil(size / pump.length)) + after;
  expression.lastIndex = 0;
  const begun = process.cpuUsage();
  text.replace(expression, '');
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}
