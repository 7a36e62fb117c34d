import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { checkTemplates, type Letters, loadLetters, type Reader } from '../../src/letters/library.ts';
import type { Value, Values } from '../../src/letters/values.ts';
import { type Variables, variablesOf } from '../../src/letters/variables.ts';
import { letterKinds } from '../../src/rules/letter.ts';
import { readers, samples, templatesDir } from './samples.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'letters-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Writes files into the owner's folder and gives its path. */
function own(files: Record<string, string | Uint8Array>): string {
  const folder = join(dir, 'own');
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

function faultsOf(files: Record<string, string | Uint8Array>): string[] {
  const overrideDir = own(files);
  return checkTemplates({ templatesDir, overrideDir }).map(
    ({ file, line, problem }) => `${file.replace(`${overrideDir}/`, '')}:${line}: ${problem}`,
  );
}

function thrown(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const formal: Reader = { language: 'it', tone: 'formal' };
const letter = (text: string) => `Subject: Oggetto\n\n${text}\n`;

describe('the templates that come with Paletti', () => {
  test('are without fault, and the same letters stand in all four folders', () => {
    const letters = loadLetters({ templatesDir });
    expect(letters.check()).toEqual([]);
    for (const reader of readers) {
      const kinds = letters.list().filter(({ language, tone }) => language === reader.language && tone === reader.tone);
      expect(kinds.map(({ kind }) => kind)).toEqual([...letterKinds]);
      expect(kinds.some(({ overridden }) => overridden)).toBe(false);
    }
  });

  test.each(letterKinds.flatMap((kind) => readers.map(({ language, tone }) => `${language}/${tone}/${kind}.hbs`)))(
    '%s missing is noticed',
    (name) => {
      const copy = join(dir, 'templates');
      cpSync(templatesDir, copy, { recursive: true });
      rmSync(join(copy, name));
      expect(checkTemplates({ templatesDir: copy })).toEqual([
        { file: join(copy, name), line: 1, problem: 'this letter has no template' },
      ]);
    },
  );

  test('use straight marks nowhere, so that every letter is set alike', () => {
    for (const { file } of loadLetters({ templatesDir }).list()) {
      expect(readFileSync(file, 'utf8')).not.toMatch(/['"`´]/);
    }
  });
});

describe('a template is refused, with file and line', () => {
  const it = 'it/formal/payment-reminder.hbs';
  test.each<[string, string, string]>([
    [
      'an unknown variable',
      letter('{{greeting}}\n\n{{totale}}'),
      `${it}:5: "totale" is not known here; did you mean "total"?`,
    ],
    ['an unknown variable in the subject', 'Subject: {{nome}}\n\nTesto\n', `${it}:1: "nome" is not known here`],
    ['a variable of the list outside of it', letter('{{number}}'), `${it}:3: "number" is not known here`],
    [
      'a variable from outside inside the list',
      letter('{{#each invoices}}\n{{iban}}\n{{/each}}'),
      `${it}:4: "iban" is not known here`,
    ],
    [
      'an optional variable without its question',
      letter('{{iban}}'),
      `${it}:3: "iban" may be absent: put it inside {{#if iban}} … {{/if}}`,
    ],
    [
      'an optional variable in the wrong branch',
      letter('{{#if iban}}a{{else}}\n{{iban}}{{/if}}'),
      `${it}:4: "iban" may be absent`,
    ],
    [
      'an optional variable under unless',
      letter('{{#unless iban}}\n{{iban}}{{/unless}}'),
      `${it}:4: "iban" may be absent`,
    ],
    ['a printed flag', letter('{{several}}'), `${it}:3: "several" is yes or no: ask it with {{#if several}}`],
    ['a printed list', letter('{{invoices}}'), `${it}:3: "invoices" is a list: walk it with {{#each invoices}}`],
    ['a walk over what is no list', letter('{{#each total}}x{{/each}}'), `${it}:3: "total" is not a list`],
    [
      'an unknown partial',
      letter('{{> it/invoicess}}'),
      `${it}:3: there is no partial "it/invoicess"; did you mean "it/invoices"?`,
    ],
    ['a dynamic partial', letter('{{> (lookup . "iban")}}'), `${it}:3: a partial must be named outright`],
    ['a partial with values', letter('{{> it/invoices number="1"}}'), `${it}:3: {{> it/invoices}} takes no values`],
    ['an inline partial', letter('{{#*inline "a"}}x{{/inline}}'), `${it}:3: only values`],
    ['a partial block', letter('{{#> it/invoices}}x{{/it/invoices}}'), `${it}:3: only values`],
    ['with', letter('{{#with invoices}}x{{/with}}'), `${it}:3: {{#with}} is not supported`],
    ['lookup', letter('{{lookup invoices 0}}'), `${it}:3: {{lookup …}} is not known`],
    ['log', letter('{{log total}}'), `${it}:3: {{log …}} is not known`],
    ['an own block', letter('{{#invoices}}x{{/invoices}}'), `${it}:3: {{#invoices}} is not supported`],
    ['a prototype', letter('{{constructor}}'), `${it}:3: "constructor" is not known here`],
    ['a path', letter('{{total.length}}'), `${it}:3: "total.length" is not supported: use plain names`],
    ['the proto', letter('{{__proto__}}'), `${it}:3: "__proto__" is not known here`],
    ['this', letter('{{this}}'), `${it}:3: "this" is not supported`],
    ['the parent', letter('{{#each invoices}}{{../total}}{{/each}}'), `${it}:3: "../total" is not supported`],
    ['private data', letter('{{@root}}'), `${it}:3: "@root" is not supported`],
    ['block names', letter('{{#each invoices as |one|}}x{{/each}}'), `${it}:3: names after "as" are not supported`],
    ['a literal', letter('{{"x"}}'), `${it}:3: a fixed value in braces`],
    ['an article without its date', letter('{{il}}'), `${it}:3: {{il}} takes one date`],
    ['an article with a literal', letter('{{il "8"}}'), `${it}:3: {{il}} takes one date`],
    ['an open block', letter('a\n\n{{#if iban}}b'), `${it}:5: cannot be read: it ends before all braces are closed`],
    ['broken braces', letter('a\n{{#if}\n'), `${it}:4: cannot be read: `],
    ['no subject', 'Oggetto: x\n\nTesto\n', `${it}:1: the first line must be "Subject: " and a subject`],
    ['an empty subject', 'Subject: \n\nTesto\n', `${it}:1: the first line must be "Subject: " and a subject`],
    ['a second header', 'Subject: x\nBcc: a@b.example\n\nTesto\n', `${it}:2: the line after the subject must be empty`],
    ['no text', 'Subject: x\n\n\n', `${it}:3: there is no text below the subject`],
    ['an empty file', '', `${it}:1: the first line must be "Subject: " and a subject`],
    ['a large file', `Subject: x\n\n${'x'.repeat(70_000)}\n`, `${it}:1: is larger than 64 KB`],
  ])('for %s', (_what, source, expected) => {
    const faults = faultsOf({ [it]: source });
    expect(faults[0]).toContain(expected);
    expect(faults).toHaveLength(1);
  });

  test('when it is not UTF-8', () => {
    expect(faultsOf({ [it]: Uint8Array.of(0x53, 0xe8, 0x0a) })).toEqual([`${it}:1: is not UTF-8 text`]);
  });

  test('when its name is no letter, with the nearest name', () => {
    expect(faultsOf({ 'it/formal/payment-remainder.hbs': letter('x') })).toEqual([
      'it/formal/payment-remainder.hbs:1: is no letter of Paletti; did you mean it/formal/payment-reminder.hbs?',
    ]);
    expect(faultsOf({ 'it/formal/termination.txt': letter('x') }).at(-1)).toBe(
      'it/formal/termination.txt:1: is not a template: its name must end in .hbs',
    );
  });

  test('when a partial is at fault, once and in the partial', () => {
    const faults = faultsOf({ 'partials/it/payment.hbs': 'Totale: {{total}}\nIBAN: {{ibn}}\n' });
    expect(faults[0]).toBe('partials/it/payment.hbs:2: "ibn" is not known here; did you mean "iban"?');
    expect(new Set(faults).size).toBe(faults.length);
  });

  test('when a partial contains itself', () => {
    expect(faultsOf({ 'partials/it/payment.hbs': '{{> it/payment}}\n' })[0]).toBe(
      'partials/it/payment.hbs:1: the partial "it/payment" contains itself',
    );
  });

  test('when the folder is not there', () => {
    expect(checkTemplates({ templatesDir, overrideDir: join(dir, 'nowhere') })).toEqual([
      { file: join(dir, 'nowhere'), line: 1, problem: 'there is no such folder' },
    ]);
  });

  test('and loading says so, with every place and what to do', () => {
    const overrideDir = own({ [it]: letter('{{totale}}\n{{ibna}}') });
    const fault = thrown(() => loadLetters({ templatesDir, overrideDir }));
    expect(fault.code).toBe('template');
    expect(fault.where).toBe(`${join(overrideDir, it)}:3`);
    expect(fault.message).toContain('did you mean "total"?');
    expect(fault.message).toContain(`${join(overrideDir, it)}:4: "ibna" is not known here; did you mean "iban"?`);
    expect(fault.next).toContain('mend the file');
  });
});

describe("the owner's own folder", () => {
  const values: Values = { greeting: 'Gentile Dott.ssa Bianchi', signature: 'Anna', ...settled() };
  function settled(): Values {
    const none = {
      invoices: null,
      invoiceCount: null,
      firstNumber: null,
      total: null,
      surplus: null,
      voided: null,
      credited: null,
      disputed: null,
    };
    return { several: false, oneSum: false, nothingRemains: false, ...none };
  }

  test('goes before ours, file by file', () => {
    const overrideDir = own({
      'it/formal/payment-received.hbs': 'Subject: Grazie\n\n{{greeting}}, saldato.\n{{signature}}\n',
    });
    const letters = loadLetters({ templatesDir, overrideDir });
    expect(letters.render('payment-received', formal, values)).toEqual({
      subject: 'Grazie',
      text: 'Gentile Dott.ssa Bianchi, saldato.\nAnna\n',
    });
    expect(letters.render('payment-received', { ...formal, tone: 'informal' }, values).text).toContain(
      'il pagamento è arrivato',
    );
    expect(
      letters
        .list()
        .filter(({ overridden }) => overridden)
        .map(({ file }) => file),
    ).toEqual([join(overrideDir, 'it/formal/payment-received.hbs')]);
  });

  test('may replace a partial, add one, be written on Windows, and hold notes', () => {
    const overrideDir = own({
      'it/formal/payment-received.hbs':
        '\uFEFFSubject: Grazie\r\n\r\n{{greeting}},\r\n{{> mio/saluto}}\r\n{{signature}}\r\n',
      'partials/mio/saluto.hbs': 'un saluto\n',
      'README.md': 'i miei testi',
      '.DS_Store': 'x',
      'it/formal/payment-received.hbs~': 'old',
    });
    const letters = loadLetters({ templatesDir, overrideDir });
    expect(letters.render('payment-received', formal, values).text).toBe(
      'Gentile Dott.ssa Bianchi,\nun saluto\nAnna\n',
    );
  });

  test('is read again by check(), while render() stays with what was loaded', () => {
    const overrideDir = own({ 'it/formal/payment-received.hbs': 'Subject: Grazie\n\n{{greeting}}\n' });
    const letters = loadLetters({ templatesDir, overrideDir });
    writeFileSync(join(overrideDir, 'it/formal/payment-received.hbs'), 'Subject: Grazie\n\n{{greting}}\n');
    expect(letters.check()).toHaveLength(1);
    expect(letters.render('payment-received', formal, values).subject).toBe('Grazie');
  });

  test('a subject that grows past the limit is refused when rendered', () => {
    const overrideDir = own({ 'it/formal/payment-received.hbs': 'Subject: {{greeting}}\n\nTesto\n' });
    const letters = loadLetters({ templatesDir, overrideDir });
    const fault = thrown(() => letters.render('payment-received', formal, { ...values, greeting: 'x'.repeat(300) }));
    expect(fault.message).toBe('the subject of the letter is longer than 256 characters');
    expect(fault.where).toBe(`${join(overrideDir, 'it/formal/payment-received.hbs')}:1`);
  });
});

/** Catches what each sample hands to the templates. */
function valuesOf(name: string, reader: Reader): { kind: (typeof letterKinds)[number]; values: Values } {
  let caught: { kind: (typeof letterKinds)[number]; values: Values } | undefined;
  const spy: Letters = {
    render: (kind, _reader, values) => {
      caught = { kind, values };
      return { subject: 'x', text: 'x\n' };
    },
    list: () => [],
    check: () => [],
    source: () => '',
    worded: () => ({ letters: null, faults: [] }),
  };
  samples[name]?.(spy, reader);
  if (caught === undefined) throw new Error(`no sample ${name}`);
  return caught;
}

describe('a value at render', () => {
  const letters = loadLetters({ templatesDir });
  const cases = Object.keys(samples).map((name) => ({ name, ...valuesOf(name, formal) }));

  /** Every copy of the values with one of them, at any depth, replaced or dropped. */
  function* spoilt(
    values: Values,
    variables: Variables,
    bad: Value | undefined,
  ): Generator<{ path: string; values: Values }> {
    for (const [name, variable] of Object.entries(variables)) {
      const rest = { ...values };
      if (bad === undefined) delete (rest as Record<string, Value>)[name];
      else (rest as Record<string, Value>)[name] = bad;
      yield { path: name, values: rest };
      const list = values[name];
      if (variable.type !== 'list' || !Array.isArray(list)) continue;
      for (const inner of spoilt(list[0] as Values, variable.fields, bad))
        yield { path: `${name} 1.${inner.path}`, values: { ...values, [name]: [inner.values, ...list.slice(1)] } };
    }
  }

  /** What the library said, by the place that was spoilt. */
  function answers(kind: (typeof letterKinds)[number], values: Values, bad: Value | undefined): [string, AppError][] {
    return [...spoilt(values, variablesOf[kind], bad)].map(({ path, values: less }) => [
      path,
      thrown(() => letters.render(kind, formal, less)),
    ]);
  }

  test.each(cases)('$name: without its text it has the same subject', ({ kind, values }) => {
    const { subject, text } = letters.render(kind, formal, values);
    expect(letters.render(kind, formal, values, 'subject')).toEqual({ subject, text: '' });
    expect(text).not.toBe('');
  });

  test.each(cases)('$name: without its text it refuses the same values', ({ kind, values }) => {
    for (const { values: less } of spoilt(values, variablesOf[kind], undefined)) {
      const { message } = thrown(() => letters.render(kind, formal, less));
      expect(thrown(() => letters.render(kind, formal, less, 'subject')).message).toBe(message);
    }
  });

  test.each(cases)('$name: any one missing is refused by name', ({ kind, values }) => {
    const said = answers(kind, values, undefined);
    const unsaid = said.filter(
      ([path, { message }]) => !message.endsWith(`the value "${path.split('.').at(-1)}" is missing`),
    );
    expect(unsaid).toEqual([]);
    expect(said.length).toBeGreaterThanOrEqual(Object.keys(variablesOf[kind]).length);
  });

  test.each<[string, Value]>([
    ['an empty text', ''],
    ['blanks', ' \n '],
    ['only marks that cannot be seen', '\u200B\u202E\u0000'],
    ['a number', 42 as unknown as Value],
    ['an object', {} as unknown as Value],
    ['an empty list', []],
    ['a list of texts', ['x'] as unknown as Value],
  ])('%s is refused wherever it stands', (_what, bad) => {
    const said = cases.flatMap(({ kind, values }) => answers(kind, values, bad));
    expect(said.length).toBeGreaterThan(cases.length);
    expect(said.filter(([, { code }]) => code !== 'template')).toEqual([]);
  });

  test('null is refused where it may not be absent, and where its companions are given', () => {
    const { values } = valuesOf('payment-reminder', formal);
    expect(thrown(() => letters.render('payment-reminder', formal, { ...values, total: null })).message).toContain(
      '"total"',
    );
    const { values: paid } = valuesOf('payment-received', formal);
    expect(thrown(() => letters.render('payment-received', formal, { ...paid, firstNumber: null })).message).toContain(
      'the value "firstNumber" must be given exactly when "invoices" is',
    );
  });

  test('an unknown one is refused with the nearest name', () => {
    const { kind, values } = valuesOf('termination', formal);
    expect(thrown(() => letters.render(kind, formal, { ...values, raeson: 'x' })).message).toBe(
      'it/formal/termination: the value "raeson" is not known; did you mean "reason"?',
    );
  });

  test('one of a prototype does not count', () => {
    const { kind, values } = valuesOf('payment-received', formal);
    const { greeting, ...rest } = values;
    const inherited = Object.assign(Object.create({ greeting }), rest) as Values;
    expect(thrown(() => letters.render(kind, formal, inherited)).message).toContain('"greeting" is missing');
  });
});
