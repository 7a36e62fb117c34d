/**
 * Makes the worst texts for a regular expression out of the expression itself: what each of its repetitions may match,
 * many times over, with and without what stands before it, and an end that does not fit. Runs nothing.
 */

/** Letters tried where an expression names none of its own. */
const usual = ['a', 'A', '0', ' ', '\t', '\n', '\r', '.', ',', ':', ';', '-', '_', '=', '+', '@', '<', '>', '"', "'", '\\', '/', '(', ')', '[', '#', '&', '!', '*', '%', '$', 'é', '\u0300', '\u0001', '\u00a0', '\u2028', '\u200b', '中'];
const misfits = ['', '\u0001', '\n', 'a'];
const mostPumps = 100;
const mostSamples = 10;

/**
 * @returns texts as { before, pump, after }: `before`, then `pump` as often as one likes, then `after`
 */
export function attacksOn(source, flags) {
  const tree = new Parser(source, flags).parse();
  const letters = lettersOf(tree, source);
  const pumps = new Map();
  const add = (before, pump) => pump !== '' && pumps.size < mostPumps && pumps.set(`${before}\u0000${pump}`, { before, pump });
  for (const { prefix, body } of repetitions(tree, '', letters)) {
    for (const pump of samples(body, letters)) {
      add('', pump);
      add(prefix, pump);
      add('', prefix + pump);
    }
  }
  for (const letter of letters) add('', letter);
  for (const one of letters.slice(0, 8)) for (const other of letters.slice(0, 8)) add('', one + other);
  return [...pumps.values()].flatMap(({ before, pump }) => misfits.map((after) => ({ before, pump, after })));
}

/** Letters that stand in the expression, those that its classes take, and a few usual ones: the first matter most. */
function lettersOf(tree, source) {
  const own = [...source].filter((letter) => !/[\\()[\]{}?*+|^$]/.test(letter));
  const escaped = { n: '\n', r: '\r', t: '\t', s: ' ', S: 'x', d: '0', w: 'a' };
  const meant = [...source.matchAll(/\\(.)/g)].map(([, letter]) => escaped[letter] ?? letter);
  const spread = [...new Set([...meant, ...own])];
  const sets = setsIn(tree);
  const useful = [...spread, ...usual].filter((letter) => sets.some((set) => set.test(letter)));
  return [...new Set(useful)].slice(0, 24);
}

function setsIn(node) {
  if (node.type === 'set') return [node];
  return (node.parts ?? []).flatMap(setsIn);
}

/** Every repetition in the tree, with a text that leads up to it. */
function* repetitions(node, prefix, letters) {
  if (node.type === 'alternatives') for (const part of node.parts) yield* repetitions(part, prefix, letters);
  else if (node.type === 'repeat') {
    if (node.most > 8) yield { prefix, body: node.parts[0] };
    yield* repetitions(node.parts[0], prefix, letters);
  } else if (node.type === 'look') yield* repetitions(node.parts[0], '', letters);
  else if (node.type === 'sequence') {
    let before = prefix;
    for (const part of node.parts) {
      yield* repetitions(part, before, letters);
      before += samples(part, letters)[0] ?? '';
    }
  }
}

/** A few texts that the node matches. */
function samples(node, letters) {
  if (node.type === 'set') return letters.filter((letter) => node.test(letter)).concat(usual.filter((letter) => node.test(letter))).slice(0, 6);
  if (node.type === 'alternatives') return node.parts.flatMap((part) => samples(part, letters).slice(0, 3)).slice(0, mostSamples);
  if (node.type === 'repeat') {
    const bodies = samples(node.parts[0], letters);
    return bodies.map((body) => body.repeat(Math.min(Math.max(node.least, 1), 90)));
  }
  if (node.type !== 'sequence') return [''];
  const each = node.parts.map((part) => samples(part, letters));
  const base = each.map((list) => list[0] ?? '');
  const varied = each.flatMap((list, at) => list.slice(1, 4).map((text) => [...base.slice(0, at), text, ...base.slice(at + 1)].join('')));
  return [base.join(''), ...varied].slice(0, mostSamples);
}

/** As much of the grammar as is needed: what repeats, what alternates, what takes one letter. */
class Parser {
  #source;
  #flags;
  #at = 0;

  constructor(source, flags) {
    this.#source = source;
    this.#flags = flags.replace(/[gy]/g, '');
  }

  parse() {
    const tree = this.#alternatives();
    if (this.#at < this.#source.length) throw new Error(`not understood at ${this.#at}: ${this.#source}`);
    return tree;
  }

  #alternatives() {
    const parts = [this.#sequence()];
    while (this.#source[this.#at] === '|') {
      this.#at++;
      parts.push(this.#sequence());
    }
    return { type: 'alternatives', parts };
  }

  #sequence() {
    const parts = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at])) parts.push(this.#repeated());
    return { type: 'sequence', parts };
  }

  #repeated() {
    const atom = this.#atom();
    const match = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.#source.slice(this.#at));
    if (match === null) return atom;
    this.#at += match[0].length;
    const [, sign, least, comma, most] = match;
    const range = sign === undefined ? [Number(least), comma === '' ? Number(least) : most === '' ? Infinity : Number(most)] : { '*': [0, Infinity], '+': [1, Infinity], '?': [0, 1] }[sign];
    return { type: 'repeat', least: range[0], most: range[1], parts: [atom] };
  }

  #atom() {
    const rest = this.#source.slice(this.#at);
    const group = /^\((?:\?(?:(:)|(<?[=!])|<([A-Za-z]\w*)>))?/.exec(rest);
    if (group !== null) return this.#group(group);
    if (rest[0] === '^' || rest[0] === '$') return this.#take(1, { type: 'assert' });
    if (/^\\[bB]/.test(rest)) return this.#take(2, { type: 'assert' });
    const reference = /^\\(?:[1-9]\d*|k<[^>]+>)/.exec(rest);
    if (reference !== null) return this.#take(reference[0].length, { type: 'assert' });
    const set = /^(?:\[(?:[^\]\\]|\\.)*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\.|.)/su.exec(rest)[0];
    return this.#take(set.length, setOf(set, this.#flags));
  }

  #group([opening, , look]) {
    this.#at += opening.length;
    const inside = this.#alternatives();
    this.#at++;
    return look === undefined ? inside : { type: 'look', parts: [inside] };
  }

  #take(length, node) {
    this.#at += length;
    return node;
  }
}

function setOf(source, flags) {
  const one = new RegExp(`^(?:${source})$`, flags);
  return { type: 'set', test: (letter) => one.test(letter) };
}
