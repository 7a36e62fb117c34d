/**
 * No regular expression of the program takes more than linear time: each is found in the sources, and timed in a process
 * of its own on the worst texts that can be made out of it. A mail of 64 KB must not hold the daemon up.
 */
import { fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { parseAst } from 'vitest/node';

interface Pattern {
  where: string;
  source: string;
  flags: string;
}

interface Attack {
  before: string;
  pump: string;
  after: string;
}

interface Timed extends Pattern {
  fault: { attack: Attack; ms: number[]; size: number } | 'it does not end' | null;
}

const root = join(import.meta.dirname, '..', 'src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  .toSorted();

interface Node {
  type: string;
  [key: string]: unknown;
}

function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* nodesIn(one);
  else if (value !== null && typeof value === 'object') {
    if (typeof (value as Node).type === 'string') yield value as Node;
    for (const part of Object.values(value)) yield* nodesIn(part);
  }
}

const parsed = new Map(files.map((name) => [name, parseAst(readFileSync(join(root, name), 'utf8'), { lang: 'ts' })]));

/** `/…/` in the sources. */
function written(): Pattern[] {
  return [...parsed].flatMap(([where, tree]) =>
    [...nodesIn(tree)].flatMap(({ regex }) => {
      const found = regex as { pattern: string; flags: string } | undefined;
      return found === undefined ? [] : [{ where, source: found.pattern, flags: found.flags }];
    }),
  );
}

function made(tree: unknown): Node[] {
  return [...nodesIn(tree)].filter(
    ({ type, callee }) => type === 'NewExpression' && (callee as { name?: string }).name === 'RegExp',
  );
}

/** `new RegExp(…)`: those put together while a module loads are seen as they are; of one in a function the fixed parts. */
async function lookedAt(): Promise<Pattern[]> {
  const makers = [...parsed]
    .map(([where, tree]) => ({ where, calls: made(tree) }))
    .filter(({ calls }) => calls.length > 0);
  const loaded = await whileLoading(makers.map(({ where }) => where));
  const fixed = makers.flatMap(({ where, calls }) => calls.flatMap((call) => fixedPart(where, call)));
  const known = new Set([...loaded, ...fixed].map(({ where }) => where));
  const silent = makers.filter(
    ({ where, calls }) => !known.has(where) && !calls.every((call) => isOfLiteral(where, call)),
  );
  expect(silent.map(({ where }) => where)).toEqual([]);
  return [...loaded, ...fixed];
}

/** A module is loaded once. */
let seen: Promise<Pattern[]> | null = null;
const putTogether = () => (seen ??= lookedAt());

/** Of an expression that stands in the same file as `/…/`: that one is timed already. */
function isOfLiteral(where: string, call: Node): boolean {
  const [{ name }] = call['arguments'] as [{ name?: string }];
  return [...nodesIn(parsed.get(where))].some(({ type, id, init }) => {
    const isNamed = type === 'VariableDeclarator' && (id as { name?: string }).name === name;
    return isNamed && (init as { regex?: object } | null)?.regex !== undefined;
  });
}

async function whileLoading(modules: readonly string[]): Promise<Pattern[]> {
  const found: Pattern[] = [];
  const real = globalThis.RegExp;
  globalThis.RegExp = new Proxy(real, {
    construct: (target, args: [string | RegExp, string?], self) => {
      const one = Reflect.construct(target, args, self) as RegExp;
      const where = /[\\/]src[\\/]([^\s:?)]+\.ts)/.exec(new Error('here').stack ?? '')?.[1];
      if (where !== undefined) found.push({ where, source: one.source, flags: one.flags });
      return one;
    },
  });
  try {
    // another test file may have loaded them already
    vi.resetModules();
    for (const where of modules) await import(join(root, where));
  } finally {
    globalThis.RegExp = real;
  }
  return found;
}

function fixedPart(where: string, call: Node): Pattern[] {
  const [pattern, flags] = call['arguments'] as [Node, Node?];
  const pieces = pattern.type === 'TemplateLiteral' ? (pattern['quasis'] as { value: { cooked: string } }[]) : [];
  const source = pieces.map((piece) => piece.value.cooked).join('x');
  return pieces.length > 0 && compiles(source)
    ? [{ where, source, flags: (flags?.['value'] as string | undefined) ?? '' }]
    : [];
}

function compiles(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

/** Nothing is that slow unless it hangs: a single text takes some milliseconds. */
const silenceMs = 60_000;

function timesOf(patterns: readonly Pattern[]): Promise<Timed[]> {
  const timed: Timed[] = [];
  const child = fork(join(import.meta.dirname, 'support', 'regex-times.mjs'), { execArgv: [] });
  return new Promise((done, fail) => {
    let at: Pattern | null = null;
    const hung = () => {
      child.kill('SIGKILL');
      if (at !== null) timed.push({ ...at, fault: 'it does not end' });
      done(timed);
    };
    let silence = setTimeout(hung, silenceMs);
    child.on('error', fail);
    child.on('message', (message: { at?: Pattern; done?: Timed; end?: boolean }) => {
      clearTimeout(silence);
      if (message.at !== undefined) at = message.at;
      if (message.done !== undefined) timed.push(message.done);
      if (message.end === true) {
        child.disconnect();
        return done(timed);
      }
      silence = setTimeout(hung, silenceMs);
    });
    child.send(patterns);
  });
}

const unique = (patterns: readonly Pattern[]) => [
  ...new Map(patterns.map((one) => [`/${one.source}/${one.flags}`, one])).values(),
];

function words({ where, source, flags, fault }: Timed): string {
  const named = `${where}: /${source.slice(0, 120)}/${flags}`;
  if (fault === null || fault === 'it does not end') return `${named}: ${fault}`;
  const { attack, ms, size } = fault;
  const text = `${JSON.stringify(attack.before)}, ${JSON.stringify(attack.pump)} again and again, ${JSON.stringify(attack.after)}`;
  return `${named} takes ${ms.map(Math.round).join(', then ')} ms at ${size} letters: ${text}`;
}

describe('regular expressions', () => {
  it('are all found', async () => {
    expect(written().length).toBeGreaterThan(200);
    expect((await putTogether()).length).toBeGreaterThan(15);
  });

  it('take linear time on their worst texts', { timeout: 600_000 }, async () => {
    const slow = (await timesOf(unique([...written(), ...(await putTogether())]))).filter(
      ({ fault }) => fault !== null,
    );
    expect(slow.map(words)).toEqual([]);
  });

  it('would be found out otherwise', { timeout: 600_000 }, async () => {
    const sources = [String.raw`(?:a+)+$`, String.raw`"(?:[^"\\]|\\.)*"`, String.raw`\s+$`, String.raw`[^\s@]+@x`];
    const timed = await timesOf(sources.map((source) => ({ where: 'here', source, flags: '' })));
    expect(timed.map(({ fault }) => fault !== null)).toEqual([true, true, true, true]);
  });
});
