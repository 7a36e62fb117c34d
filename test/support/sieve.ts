/**
 * Reads and runs the part of Sieve that Paletti writes (RFC 5228; `currentdate` of RFC 5260): enough to ask a script, a
 * thousand times a second, what it would do at a moment. A real server is asked in test/real.
 */

export interface SieveMail {
  from: string;
  headers?: Record<string, string>;
}

/** @returns the flags that the script adds */
export function runSieve(script: string, mail: SieveMail, at: Date): string[] {
  return compiled(script)(mail, at);
}

type Test = (mail: SieveMail, at: Date) => boolean;

export function compiled(script: string): (mail: SieveMail, at: Date) => string[] {
  const reader = new Reader(script);
  reader.require();
  const commands: { test: Test; flag: string }[] = [];
  while (!reader.isAtEnd()) {
    reader.expect('if');
    const test = reader.test();
    for (const word of ['{', 'addflag']) reader.expect(word);
    commands.push({ test, flag: reader.string() });
    for (const word of [';', '}']) reader.expect(word);
  }
  return (mail, at) => commands.filter(({ test }) => test(mail, at)).map(({ flag }) => flag);
}

class Reader {
  readonly #words: string[];

  constructor(script: string) {
    const text = script.replace(/^#.*$/gm, '');
    this.#words = text.match(/"(?:\\.|[^"\\])*"|:?[a-z0-9]+|[()[\]{},;]|\S+/g) ?? [];
  }

  isAtEnd(): boolean {
    return this.#words.length === 0;
  }

  next(): string {
    const word = this.#words.shift();
    if (word === undefined) throw new Error('the script ends too soon');
    return word;
  }

  expect(wanted: string): void {
    const word = this.next();
    if (word !== wanted)
      throw new Error(`${wanted} is wanted, not ${word} before ${this.#words.slice(0, 5).join(' ')}`);
  }

  string(): string {
    const word = this.next();
    if (!/^".*"$/.test(word)) throw new Error(`${word} is no string`);
    return word.slice(1, -1).replace(/\\(.)/g, '$1');
  }

  strings(): string[] {
    if (this.#words[0] !== '[') return [this.string()];
    return this.#list('[', ']', () => this.string());
  }

  require(): void {
    this.expect('require');
    this.strings();
    this.expect(';');
  }

  #list<T>(open: string, close: string, item: () => T): T[] {
    this.expect(open);
    const items = [item()];
    for (let word = this.next(); word !== close; word = this.next()) {
      if (word !== ',') throw new Error(`a comma is wanted, not ${word}`);
      items.push(item());
    }
    return items;
  }

  test(): Test {
    const name = this.next();
    const tests = () => this.#list('(', ')', () => this.test());
    switch (name) {
      case 'not': {
        const test = this.test();
        return (mail, at) => !test(mail, at);
      }
      case 'allof': {
        const all = tests();
        return (mail, at) => all.every((test) => test(mail, at));
      }
      case 'anyof': {
        const any = tests();
        return (mail, at) => any.some((test) => test(mail, at));
      }
      case 'exists': {
        const names = this.strings();
        return ({ headers = {} }) => names.every((one) => headers[one] !== undefined);
      }
      case 'header':
        return this.#header();
      case 'address':
        return this.#address();
      case 'currentdate':
        return this.#date();
      default:
        throw new Error(`an unknown test: ${name}`);
    }
  }

  #header(): Test {
    const how = this.next();
    const [names, keys] = [this.strings(), this.strings()];
    return ({ headers = {} }) =>
      names
        .flatMap((name) => headers[name] ?? [])
        .some((value) => keys.some((key) => (how === ':is' ? value === key : value.includes(key))));
  }

  #address(): Test {
    const words = [this.next()];
    if (words[0] === ':domain') words.push(this.next());
    this.expect('"from"');
    const keys = this.strings().map((key) => key.toLowerCase());
    return ({ from }) => {
      const value = from.toLowerCase();
      return keys.includes(words[0] === ':domain' ? value.slice(value.indexOf('@') + 1) : value);
    };
  }

  #date(): Test {
    this.expect(':zone');
    const zone = this.string();
    const how = this.next() === ':value' ? this.string() : 'is';
    const part = this.string();
    const keys = this.strings();
    return (_mail, at) => {
      const value = partOf(part, zone, at);
      return keys.some((key) => (how === 'ge' ? value >= key : how === 'lt' ? value < key : value === key));
    };
  }
}

function partOf(part: string, zone: string, at: Date): string {
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/.exec(zone) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  const shown = new Date(at.getTime() + offset);
  const iso = shown.toISOString();
  const colon = `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const parts: Record<string, string> = {
    date: iso.slice(0, 10),
    time: iso.slice(11, 19),
    iso8601: `${iso.slice(0, 19)}${colon}`,
    weekday: String(shown.getUTCDay()),
  };
  const value = parts[part];
  if (value === undefined) throw new Error(`an unknown part of a date: ${part}`);
  return value;
}
