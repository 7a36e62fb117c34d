/**
 * Reads JSON and remembers where each value stands, so that a fault can name line and column, and one value can be
 * written anew without touching the rest.
 * Strict JSON (RFC 8259) and no duplicate keys; knows nothing of what the values mean.
 */

export interface Position {
  /** from 1 */
  line: number;
  /** from 1, in characters */
  column: number;
}

export type JsonPath = readonly (string | number)[];

/** From the first character to behind the last one. */
export interface Span {
  start: number;
  end: number;
}

export interface JsonText {
  value: unknown;
  /** Of the value alone, without its key; undefined when there is no such path. */
  spanOf(path: JsonPath): Span | undefined;
  /** Where its key begins; undefined when there is no such member. */
  keyAt(path: JsonPath): number | undefined;
  /** Where the value (for a member of an object: its key) stands; the nearest parent when there is no such path. */
  positionOf(path: JsonPath): Position;
}

/** The text is not JSON. `message` never repeats the text itself: it may hold a secret. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault';
  readonly position: Position;

  constructor(message: string, position: Position) {
    super(message);
    this.position = position;
  }
}

const deepest = 64;
const blank = /[ \t\r\n]*/y;
// A letter at a time: a repetition within a repetition would try every way to divide a text that is not closed.
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;

/**
 * @param source the text; a byte order mark at its start is passed over
 * @throws JsonFault at the first fault
 */
export function parseJson(source: string): JsonText {
  const reader = new Reader(source);
  const value = reader.document();
  return {
    value,
    positionOf: (path) => reader.positionOf(path),
    spanOf: (path) => reader.spanOf(path),
    keyAt: (path) => reader.offsetOf(path),
  };
}

class Reader {
  readonly #text: string;
  #at = 0;
  readonly #offsets = new Map<string, number>();
  readonly #spans = new Map<string, Span>();

  constructor(text: string) {
    this.#text = text;
    if (text.charCodeAt(0) === 0xfeff) this.#at = 1;
  }

  document(): unknown {
    this.#skip();
    if (this.#at >= this.#text.length) throw new JsonFault('the file is empty', { line: 1, column: 1 });
    const value = this.#value([], this.#at);
    this.#skip();
    if (this.#at < this.#text.length) this.#fail('there is more text after the end of the value');
    return value;
  }

  spanOf(path: JsonPath): Span | undefined {
    return this.#spans.get(JSON.stringify(path));
  }

  offsetOf(path: JsonPath): number | undefined {
    return this.#offsets.get(JSON.stringify(path));
  }

  positionOf(path: JsonPath): Position {
    for (let length = path.length; length >= 0; length--) {
      const offset = this.offsetOf(path.slice(0, length));
      if (offset !== undefined) return this.#position(offset);
    }
    return { line: 1, column: 1 };
  }

  #value(path: JsonPath, shownAt: number): unknown {
    if (path.length > deepest) this.#fail(`values are nested deeper than ${deepest} levels`);
    this.#offsets.set(JSON.stringify(path), shownAt);
    const start = this.#at;
    const value = this.#valueHere(path);
    this.#spans.set(JSON.stringify(path), { start, end: this.#at });
    return value;
  }

  #valueHere(path: JsonPath): unknown {
    const first = this.#text[this.#at];
    if (first === '{') return this.#object(path);
    if (first === '[') return this.#array(path);
    if (first === '"') return this.#string();
    const token = this.#match(word) ?? this.#match(number);
    if (token === undefined) this.#failAtValue(first);
    return JSON.parse(token);
  }

  #object(path: JsonPath): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    this.#list('}', () => {
      const keyAt = this.#at;
      if (this.#text[keyAt] !== '"') this.#fail('a key in double quotes belongs here');
      const key = this.#string();
      if (Object.hasOwn(result, key)) this.#fail('this key is there twice', keyAt);
      this.#skip();
      if (this.#text[this.#at] !== ':') this.#fail('a colon belongs after the key');
      this.#at++;
      this.#skip();
      const value = this.#value([...path, key], keyAt);
      Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
    });
    return result;
  }

  #array(path: JsonPath): unknown[] {
    const result: unknown[] = [];
    this.#list(']', () => result.push(this.#value([...path, result.length], this.#at)));
    return result;
  }

  #list(close: string, entry: () => void): void {
    this.#at++;
    this.#skip();
    if (this.#text[this.#at] === close) {
      this.#at++;
      return;
    }
    for (;;) {
      entry();
      this.#skip();
      const next = this.#text[this.#at];
      if (next !== ',' && next !== close) this.#fail(`a comma or ${close} belongs here`);
      const comma = this.#at++;
      if (next === close) return;
      this.#skip();
      if (this.#text[this.#at] === close) this.#fail('the comma after the last entry must go', comma);
    }
  }

  #string(): string {
    const token = this.#match(string);
    if (token === undefined) this.#fail('this text is not closed, or holds a line break or a wrong escape');
    return JSON.parse(token) as string;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #skip(): void {
    this.#match(blank);
    const two = this.#text.slice(this.#at, this.#at + 2);
    if (two === '//' || two === '/*') this.#fail('JSON takes no comments');
  }

  #failAtValue(first: string | undefined): never {
    if (first === "'") this.#fail('texts stand in double quotes');
    this.#fail('a value belongs here: a text in double quotes, a number, true, false, null, [ or {');
  }

  #fail(message: string, offset = this.#at): never {
    const what = offset >= this.#text.length ? 'the file ends in the middle of a value' : message;
    throw new JsonFault(what, this.#position(offset));
  }

  #position(offset: number): Position {
    const before = this.#text.slice(0, offset);
    const lineStart = before.lastIndexOf('\n') + 1;
    const bom = lineStart === 0 && before.charCodeAt(0) === 0xfeff ? 1 : 0;
    return { line: before.split('\n').length, column: offset - lineStart - bom + 1 };
  }
}
