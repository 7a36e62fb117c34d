/**
 * Every page of a full record, found by following the links from Today, in both languages: nothing is printed that nobody
 * put into words, and neither language has a word of the other.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openWritingDesk, planFor, type WritingDesk } from '../../src/app.ts';
import { HandClock } from '../../src/clock.ts';
import { checkConfig } from '../../src/config.ts';
import { makeReport } from '../../src/desk/report.ts';
import { demo } from '../../src/demo/demo.ts';
import { silentLog } from '../../src/log.ts';
import { servePage } from '../../src/page/serve.ts';
import type { Language } from '../../src/rules/language.ts';
import { instant } from '../../src/rules/time.ts';
import { entries } from '../../src/store/journal.ts';
import { unknownWords } from './other-words.ts';
import { key, Visitor } from '../page/visitor.ts';

const languages: readonly Language[] = ['it', 'en'];
let dir: string;
/** where the story of the demonstration ends */
const end = instant('2026-12-09T18:00:00+01:00');

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'paletti-pages-'));
  const nowhere = { write: () => undefined };
  await demo({
    dir: 'demo',
    days: undefined,
    cwd: dir,
    env: {},
    stdout: nowhere,
    stderr: nowhere,
    program: 'paletti',
    signal: new AbortController().signal,
    clock: new HandClock(instant('2026-12-10T11:00:00+01:00')),
  });
}, 600_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function openedIn(language: Language): WritingDesk {
  const configFile = join(dir, 'demo', 'config.json');
  const source = JSON.parse(readFileSync(configFile, 'utf8')) as { owner: object };
  writeFileSync(configFile, JSON.stringify({ ...source, owner: { ...source.owner, language } }));
  const config = checkConfig(readFileSync(configFile, 'utf8'), configFile);
  const desk = openWritingDesk({ config, clock: new HandClock(end) });
  onTestFinished(() => desk.close());
  return desk;
}

async function visiting(desk: WritingDesk): Promise<Visitor> {
  const plan = (days: number, config = desk.config) => planFor({ ...desk, config }, silentLog, days);
  const page = await servePage({ desk, port: 0, log: silentLog, key, plan });
  onTestFinished(() => page.stop());
  const visitor = new Visitor(page);
  await visitor.enter(page.address());
  return visitor;
}

/** By address: every page that a link of another leads to. Of what is alike except for its number, the first ten. */
async function everyPage(visitor: Visitor): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const alike = new Map<string, number>();
  const asked = ['/'];
  for (let path = asked.shift(); path !== undefined; path = asked.shift()) {
    const kind = path.replace(/\d+/g, '0');
    const seen = alike.get(kind) ?? 0;
    if (found.has(path) || seen >= 10) continue;
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

/** What rules and verbs still say in English: the words of the signs, and a few reasons of the desk. */
function englishAsYet(desk: WritingDesk): string[] {
  const { clients } = desk.store.read((r) => makeReport(r, desk.config, { now: end, days: 3650 }));
  const signs = clients.flatMap((client) => [
    ...client.signs.map(({ words }) => words),
    client.suggestion.why,
    client.together ?? '',
  ]);
  const reasons = desk.store.read((r) => entries(r)).map(({ why }) => (why.code === 'as-written' ? why.text : ''));
  return [...signs, ...reasons].filter((words) => words !== '');
}

describe('every page of a full record', () => {
  it('prints nothing that nobody put into words, and has no word of the other language', async () => {
    const pages = new Map<Language, Map<string, string>>();
    for (const language of languages) pages.set(language, await everyPage(await visiting(openedIn(language))));
    const [it, en] = languages.map((language) => pages.get(language) as Map<string, string>) as [
      Map<string, string>,
      Map<string, string>,
    ];
    expect([...it.keys()]).toEqual([...en.keys()]);
    expect(it.size).toBeGreaterThan(60);
    const desk = openedIn('it');
    const asYet = englishAsYet(desk);
    const wrong = [...it.keys()].flatMap((path) =>
      unknownWords(desk.store, { it: it.get(path) as string, en: en.get(path) as string })
        .filter((words) => !asYet.some((one) => words.includes(one)))
        .map((words) => `${path}: ${words}`),
    );
    expect(wrong).toEqual([]);
  }, 600_000);
});
