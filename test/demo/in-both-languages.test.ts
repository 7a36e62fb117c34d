/**
 * The studio of the demonstration in the terminal and on the page, in both languages: every command that reads, a few that
 * act or refuse, and every kind of page. Neither language has a word of the other, and nothing is printed that nobody put into words.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { HandClock } from '../../src/clock.ts';
import { checkConfig, readConfig } from '../../src/config.ts';
import { demo } from '../../src/demo/demo.ts';
import type { Language } from '../../src/rules/language.ts';
import { instant } from '../../src/rules/time.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { openTerminal } from '../cli/terminal.ts';
import { piecesOfPage, piecesOfTerminal, unknownWords } from '../words/other-words.ts';
import { key, Visitor } from '../page/visitor.ts';
import { openWritingDesk, planFor } from '../../src/app.ts';
import { silentLog } from '../../src/log.ts';
import { servePage } from '../../src/page/serve.ts';

let dir: string;
/** where the story of the demonstration ends */
const end = '2026-12-09T18:00:00+01:00';

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'paletti-words-'));
  const nowhere = { write: () => undefined };
  await demo({
    dir: 'demo',
    days: undefined,
    cwd: dir,
    env: {},
    stdout: nowhere,
    stderr: nowhere,
    signal: new AbortController().signal,
    program: 'paletti',
    clock: new HandClock(instant('2026-12-10T11:00:00+01:00')),
  });
}, 600_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const ofLetters = /^\/(?:settings\/letters\/|outbox\/\d+\/)/;

interface Ids {
  clients: number[];
  invoices: string[];
  letters: number[];
  messages: number[];
}

/** As they are typed; each in both languages, one after the other. */
const commands = ({ clients, invoices, letters, messages }: Ids): string[][] => [
  ...['status', 'week', 'plan', 'inbox', 'requests', 'exit', 'journal', 'notices', 'jobs', 'report'].map((one) => [
    one,
  ]),
  ...[
    ['clients', 'list'],
    ['invoices', 'list', '--all'],
    ['payments', 'questions'],
    ['payments', 'list'],
  ],
  ...[['journal', 'verify'], ['templates', 'list'], ['templates', 'check'], ['config', 'check'], ['doctor']],
  ...[
    ['plan', '--ladder', 'announced'],
    ['report', '--days', '3650'],
  ],
  ...clients.flatMap((id) => [
    ['clients', 'show', String(id)],
    ['clients', 'timeline', String(id)],
    ['exit', String(id)],
    ['exit', String(id), 'look-back'],
    ['clients', 'intake', String(id)],
    ['clients', 'forget', String(id)],
  ]),
  ...[
    ['invoices', 'interest', '1'],
    ['exit', '1', 'propose', '--reason', 'silence'],
    ['exit', '1', 'propose', '--reason', 'scop'],
  ],
  ...invoices.flatMap((number) => [
    ['invoices', 'interest', number, '--law', 'it'],
    ['invoices', 'paid', number, '--on', '2027-06-01'],
  ]),
  ...letters.map((id) => ['outbox', 'show', String(id)]),
  ...messages.map((id) => ['inbox', 'show', String(id)]),
];

it('no command has a word of the other language, nor prints what nobody put into words', async () => {
  const terminal = openTerminal({ config: null, now: end, ways: { cwd: join(dir, 'demo') } });
  terminal.ways.readConfig = async (path) => readConfig(path, { HOME: dir }, join(dir, 'demo'));
  const store = openStore(join(dir, 'demo', 'paletti.db'));
  onTestFinished(() => store.close());
  const numbers = (sql: string) => store.read((r) => r.all<{ id: number }>(sql).map(({ id }) => id));
  const wrong = new Map<string, string>();
  const config = readFileSync(join(dir, 'demo', 'config.json'), 'utf8');
  const ids = {
    clients: numbers('SELECT id FROM clients'),
    invoices: store
      .read((r) => r.all<{ number: string }>('SELECT number FROM invoices LIMIT 2'))
      .map((one) => one.number),
    // a letter that waits is shown as it would leave now, which is written nowhere
    letters: numbers("SELECT max(id) AS id FROM letters WHERE state <> 'held' GROUP BY kind, state"),
    messages: numbers('SELECT max(id) AS id FROM messages GROUP BY kind'),
  };
  for (const words of commands(ids)) {
    const said = {} as Record<Language, string[]>;
    for (const language of ['it', 'en'] as const) {
      const { out, err } = await terminal.type(...words, '--lang', language);
      said[language] = piecesOfTerminal(`${out}\n${err}`);
    }
    for (const piece of unknownWords(store, said, config)) if (!wrong.has(piece)) wrong.set(piece, words.join(' '));
  }
  expect([...wrong].map(([piece, command]) => `${command}: ${piece}`)).toEqual([]);
}, 600_000);

/**
 * Every page that a link of another leads to; of what is alike but for its number, the first. Letters are shown as they
 * would leave now and templates as they stand: their words are nobody's on a page.
 */
async function everyPage(visitor: Visitor): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const alike = new Map<string, number>();
  const asked = ['/'];
  for (let path = asked.shift(); path !== undefined; path = asked.shift()) {
    const kind = path.replace(/\d+/g, '0').replace(/\?.*/, '?');
    const seen = alike.get(kind) ?? 0;
    if (found.has(path) || seen >= 1 || ofLetters.test(path)) continue;
    alike.set(kind, seen + 1);
    const answer = await visitor.get(path);
    const text = await answer.text();
    expect([path, answer.status]).toEqual([path, 200]);
    if (!(answer.headers.get('content-type') ?? '').startsWith('text/html')) continue;
    found.set(path, text);
    for (const [, link] of text.matchAll(/ (?:href|src)="(\/[^"#]*)/g))
      asked.push((link as string).replaceAll('&amp;', '&'));
  }
  return found;
}

/** The one letter that waits: its subject says the days of now. */
function waiting(store: Store): number {
  return store.read((r) => r.get<{ id: number }>("SELECT id FROM letters WHERE state = 'held'")?.id ?? 0);
}

it('no page has, nor the dossier on it', async () => {
  const configFile = join(dir, 'demo', 'config.json');
  const pages = {} as Record<Language, Map<string, string>>;
  for (const language of ['it', 'en'] as const) {
    const source = JSON.parse(readFileSync(configFile, 'utf8')) as { owner: object };
    const text = JSON.stringify({ ...source, owner: { ...source.owner, language } });
    const desk = openWritingDesk({ config: checkConfig(text, configFile), clock: new HandClock(instant(end)) });
    onTestFinished(() => desk.close());
    const plan = (days: number, config = desk.config) => planFor({ ...desk, config }, silentLog, days);
    const page = await servePage({ desk, port: 0, log: silentLog, key, plan });
    onTestFinished(() => page.stop());
    const visitor = new Visitor(page);
    await visitor.enter(page.address());
    pages[language] = await everyPage(visitor);
  }
  const store = openStore(join(dir, 'demo', 'paletti.db'));
  onTestFinished(() => store.close());
  const subjects = /<h1>([^<]*)/.exec(pages.it.get(`/outbox/${waiting(store)}`) ?? '')?.[1] ?? '';
  const config = `${readFileSync(configFile, 'utf8')}\n${subjects}`;
  expect([...pages.it.keys()]).toEqual([...pages.en.keys()]);
  expect(pages.it.size).toBeGreaterThan(20);
  const wrong = [...pages.it.keys()].flatMap((path) => {
    const shown = { it: piecesOfPage(pages.it.get(path) as string), en: piecesOfPage(pages.en.get(path) as string) };
    return unknownWords(store, shown, config).map((piece) => `${path}: ${piece}`);
  });
  expect(wrong).toEqual([]);
}, 600_000);
