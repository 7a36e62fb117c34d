/** The house rules as a test: who imports whom, who reads the clock and the environment, what must not be left behind. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const source = join(root, 'src');
const files = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

const sources = files(source, '.ts').filter((file) => !file.endsWith('.d.ts'));
const textOf = (file: string) => readFileSync(file, 'utf8');
const nameOf = (file: string) => relative(source, file);
/** Comments are prose: they may name what code may not. */
const codeOf = (file: string) =>
  textOf(file)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '');

/** Folder -> what it may import of ours. A file directly in src counts as a place of its own. */
const mayImport: Record<string, readonly string[]> = {
  rules: ['rules'],
  // a fault is a value; the log has it in English
  'errors.ts': ['words'],
  'memory.ts': [],
  'config.ts': ['auth', 'config', 'errors.ts', 'rules'],
  'open-desk.ts': ['clock.ts', 'config.ts', 'errors.ts', 'store'],
  // these two, and main, put the pieces together
  'app.ts': [
    'auth',
    'clock.ts',
    'config',
    'config.ts',
    'desk',
    'errors.ts',
    'jobs',
    'letters',
    'log.ts',
    'mail',
    'memory.ts',
    'open-desk.ts',
    'plain-file.ts',
    'ports.ts',
    'rules',
    'store',
  ],
  'check-servers.ts': [
    'auth',
    'app.ts',
    'config.ts',
    'errors.ts',
    'jobs',
    'mail',
    'plain-file.ts',
    'ports.ts',
    'rules',
    'store',
    'words',
  ],
  'main.ts': [
    'app.ts',
    'auth',
    'check-servers.ts',
    'cli',
    'clock.ts',
    'config',
    'config.ts',
    'demo',
    'log.ts',
    'memory.ts',
    'open-desk.ts',
    'page',
    'rules',
    'words',
    'setup',
  ],
  'clock.ts': ['rules'],
  'durable.ts': [],
  'plain-file.ts': [],
  'ports.ts': ['rules'],
  'log.ts': ['rules', 'clock.ts'],
  auth: ['auth', 'rules', 'durable.ts', 'errors.ts', 'plain-file.ts'],
  setup: ['setup', 'auth', 'rules'],
  books: ['books', 'rules'],
  words: ['words', 'rules'],
  letters: ['letters', 'rules', 'errors.ts', 'plain-file.ts'],
  store: ['store', 'rules', 'durable.ts', 'errors.ts', 'ports.ts'],
  mail: ['mail', 'rules', 'ports.ts', 'errors.ts', 'log.ts'],
  jobs: ['jobs', 'rules', 'words', 'letters', 'store', 'ports.ts', 'clock.ts', 'log.ts', 'errors.ts'],
  desk: ['desk', 'rules', 'words', 'letters', 'books', 'store', 'config', 'clock.ts', 'errors.ts'],
  page: ['page', 'desk', 'words', 'letters', 'jobs', 'rules', 'app.ts', 'clock.ts', 'config.ts', 'errors.ts', 'log.ts'],
  config: ['auth', 'config', 'rules', 'errors.ts', 'plain-file.ts'],
  cli: [
    'auth',
    'cli',
    'setup',
    'desk',
    'store',
    'words',
    'config.ts',
    'rules',
    'errors.ts',
    'config',
    'log.ts',
    'clock.ts',
    'app.ts',
    'demo',
    'letters',
    'jobs',
  ],
  demo: [
    'demo',
    'cli',
    'config.ts',
    'app.ts',
    'clock.ts',
    'config',
    'desk',
    'errors.ts',
    'jobs',
    'letters',
    'log.ts',
    'mail',
    'ports.ts',
    'rules',
    'store',
    'words',
  ],
};

/** Package -> the only place that may import it. */
const onlyIn: Record<string, RegExp> = {
  'better-sqlite3': /^store\//,
  imapflow: /^mail\//,
  nodemailer: /^mail\//,
  mailparser: /^mail\//,
  'node-cron': /^jobs\/schedule\.ts$/,
  handlebars: /^letters\//,
  'hoodiecrow-imap': /^demo\//,
  'smtp-server': /^demo\//,
  commander: /^cli\//,
  // the more particular first
  'hono/html': /^page\/html\.ts$/,
  hono: /^page\//,
  oauth4webapi: /^auth\/sign-in\.ts$/,
  '@hono/node-server': /^page\//,
  pdfkit: /^desk\/dossier-pdf\.ts$/,
};

function importsOf(file: string): string[] {
  const found = [...codeOf(file).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)];
  return found.map((match) => match[1] as string);
}

function placeOf(path: string): string {
  const [first] = path.split('/') as [string];
  return first;
}

describe('tidy', () => {
  it('finds the sources', () => {
    expect(sources.length).toBeGreaterThan(60);
  });

  it('each place in src has its row', () => {
    const without = [...new Set(sources.map((file) => placeOf(nameOf(file))))].filter((place) => !(place in mayImport));
    expect(without).toEqual([]);
    expect(Object.keys(mayImport).filter((place) => !readdirSync(source).includes(place))).toEqual([]);
  });

  it('each folder imports only what the table allows', () => {
    const wrong = sources.flatMap((file) => {
      const allowed = mayImport[placeOf(nameOf(file))];
      if (allowed === undefined) return [`${nameOf(file)} stands in a place without a row in the table`];
      return importsOf(file)
        .filter((path) => path.startsWith('.'))
        .map((path) => nameOf(join(file, '..', path)))
        .filter((target) => !allowed.includes(placeOf(target)))
        .map((target) => `${nameOf(file)} imports ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('each technology has one importer', () => {
    const wrong = sources.flatMap((file) =>
      importsOf(file).flatMap((path) => {
        const name = Object.keys(onlyIn).find(
          (one) => path === one || path.startsWith(`${one}/`) || path === `${one}-node20`,
        );
        return name !== undefined && !onlyIn[name]?.test(nameOf(file)) ? [`${nameOf(file)} imports ${path}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  const banned: { what: RegExp; but: RegExp; instead: string }[] = [
    {
      what: /Date\.now\(|new Date\(\)|performance\.now\(/,
      but: /^clock\.ts$/,
      instead: 'take `now`, or a Clock, as an argument',
    },
    {
      what: /process\.env/,
      but: /^(main\.ts|config\.ts|config\/)/,
      instead: 'read the environment in main.ts or config/ and pass the value',
    },
    {
      what: /process\.exit\b(?!Code)/,
      but: /^$/,
      instead: 'set process.exitCode in main.ts and let the event loop empty',
    },
    { what: /process\.exitCode/, but: /^main\.ts$/, instead: 'throw an AppError; main.ts sets the exit code' },
    { what: /console\./, but: /^$/, instead: 'log through log.ts, or write to the streams the command was given' },
    { what: /\b(TODO|FIXME|XXX|HACK)\b/, but: /^$/, instead: 'do it, or write it down where it can be found' },
    { what: /@ts-(ignore|nocheck)|\bas any\b|: any\b/, but: /^$/, instead: 'say what the type is' },
    {
      what: /\bas (unknown as )?Recipient\b/,
      but: /^rules\/recipient\.ts$/,
      instead: 'let the register say whom a letter may go to',
    },
    {
      what: /\blanguage [!=]== '(?:it|en)'/,
      but: /^(?:words|letters\/languages)\//,
      instead: 'let the language say it: letters/languages for letters, words for screens',
    },
    {
      what: /\\u202[aA]|\\p\{C[cf]\}/,
      but: /^rules\/unsafe-characters\.ts$/,
      instead: 'rules/unsafe-characters.ts knows which characters harm, and what is done about them',
    },
    {
      what: /^\s*\.\.\.\{/m,
      but: /^$/,
      instead: 'write the literal: what is spread is not looked at for properties that nobody knows',
    },
    {
      what: /\bfault\.(?:message|next)\b/,
      but: /^(?!page\/)/,
      instead: 'sayFault says it in the language of whoever looks; the message of a fault is English, for the log',
    },
    { what: /rejectUnauthorized: false/, but: /^$/, instead: 'name the authority in the config: "ca"' },
  ];
  for (const { what, but, instead } of banned) {
    it(`no source matches ${what.source}: ${instead}`, () => {
      expect(sources.filter((file) => !but.test(nameOf(file)) && what.test(codeOf(file))).map(nameOf)).toEqual([]);
    });
  }

  it('each source says at its top what it is', () => {
    const without = sources.filter((file) => !/^(#!.*\n)?\/\*\*/.test(textOf(file)));
    expect(without.map(nameOf)).toEqual([]);
  });

  it('what is taken from the built program has its source: a file that moved would be found there by an old build only', () => {
    const users = ['bench', 'test', '.ci'].flatMap((folder) =>
      ['.ts', '.mjs', '.js', 'run'].flatMap((end) => files(join(root, folder), end)),
    );
    const missing = users.flatMap((file) =>
      [...textOf(file).matchAll(/dist\/([a-z/-]+)\.js/g)]
        .filter(([, path]) => !existsSync(join(source, `${path}.ts`)))
        .map(([taken]) => `${relative(root, file)}: ${taken}`),
    );
    expect(users.length).toBeGreaterThan(100);
    expect(missing).toEqual([]);
  });

  it('the same letters stand in all four template folders', () => {
    const folders = ['it/formal', 'it/informal', 'en/formal', 'en/informal'];
    const names = folders.map((folder) => readdirSync(join(root, 'templates', folder)).sort());
    for (const other of names) expect(other).toEqual(names[0]);
    expect(names[0]?.length).toBeGreaterThan(5);
  });

  it('the top level holds what was agreed and nothing else', () => {
    const agreed = [
      'src',
      'templates',
      'data',
      'test',
      'bench',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'config.example.json',
      'config.schema.json',
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
    ];
    const made = ['node_modules', 'dist', 'config.json', 'coverage'];
    const others = readdirSync(root).filter(
      (name) => !name.startsWith('.') && !agreed.includes(name) && !made.includes(name),
    );
    expect(others).toEqual([]);
  });
});
