/** The words of the letters on the page: read, tried, saved, taken back; what is refused is written nowhere. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStudio } from '../support/studio.ts';
import { served, Visitor } from './visitor.ts';

const address = '/settings/letters/it/formal/payment-reminder';
const own = 'Subject: Fattura\n\n{{greeting}}\n\nun promemoria.\n';

async function visiting() {
  const studio = await openStudio({ now: '2026-11-23T10:00:00+01:00' });
  const client = studio.client('Bianchi', { contactName: 'Laura Bianchi', tone: 'informal', language: 'en' });
  studio.invoice(client, { number: '77/A', dueOn: '2026-11-10' });
  const page = await served(studio);
  const visitor = new Visitor(page);
  await visitor.enter(page.address());
  const folder = join(page.configFile, '..', 'letters');
  const file = join(folder, 'it', 'formal', 'payment-reminder.hbs');
  const source = async () => /<textarea[^>]*>(.*?)<\/textarea>/s.exec(await visitor.text(address))?.[1] ?? '';
  const preview = async (fields: Record<string, string>) => {
    const text = await (await visitor.post(`${address}/preview`, fields)).text();
    return /<section id="preview".*?<\/section>/s.exec(text)?.[0] ?? text;
  };
  return {
    studio,
    page,
    visitor,
    folder,
    file,
    source,
    preview,
    config: () => JSON.parse(readFileSync(page.configFile, 'utf8')),
  };
}

it('a letter is read as it would be today, with made-up facts or those of a client, in the language of the words', async () => {
  const { visitor, preview } = await visiting();
  expect(await visitor.text('/settings/letters')).toContain(`href="${address}"`);
  expect(await visitor.text(address)).toContain('Some of its facts are made up.');
  const mine = await preview({ source: `${own}{{firstNumber}}\n`, client: '1' });
  expect(mine).toMatch(/Gentile Laura Bianchi.*77\/A/s);
  expect(mine).not.toContain('made up');
});

it('what is not sound is refused, with its line, and written nowhere', async () => {
  const { visitor, folder, preview } = await visiting();
  const source = 'Subject: Fattura\n\n{{greting}}\n';
  const shown = await preview({ source });
  expect(shown).toMatch(/line 3: .*greting/);
  expect(await visitor.click(address, address, { source })).toContain('role="alert"');
  expect(existsSync(folder)).toBe(false);
});

it('what is saved stands in her folder, which the configuration names from then on, and the next letter uses it', async () => {
  const { visitor, page, folder, file, source, config } = await visiting();
  expect(await visitor.click(address, address, { source: own.replaceAll('\n', '\r\n') })).toContain('Saved:');
  expect([readFileSync(file, 'utf8'), config().templatesDir]).toEqual([own, 'letters']);
  expect(statSync(folder).mode & 0o077).toBe(0);
  expect(await source()).toBe(own);
  const owned = page.desk.letters.list().filter(({ overridden }) => overridden);
  expect(owned.map(({ kind, language, tone }) => [kind, language, tone])).toEqual([
    ['payment-reminder', 'it', 'formal'],
  ]);
  expect(await visitor.click(address, address, { source: own })).toContain('Nothing was changed.');
  await visitor.click(address, address, { source: own.replace('un promemoria', 'due righe') });
  expect(readFileSync(`${file}~`, 'utf8')).toBe(own);
});

it('the words of the program are used again at one click, and her own are kept beside', async () => {
  const { visitor, file, source } = await visiting();
  const ours = await source();
  await visitor.click(address, address, { source: own });
  expect(await visitor.click(address, `${address}/drop`)).toContain('words of Paletti again');
  expect([existsSync(file), readFileSync(`${file}~`, 'utf8'), await source()]).toEqual([false, own, ours]);
});

it('a script in the words is text in the preview', async () => {
  const { preview } = await visiting();
  const shown = await preview({ source: 'Subject: <script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n' });
  expect(shown).toContain('&lt;script&gt;');
  expect(shown).not.toMatch(/<script|<img/);
});

it('there is no letter but those there are', async () => {
  const { visitor } = await visiting();
  for (const path of [
    '/settings/letters/it/formal/nothing',
    '/settings/letters/it/formal/..%2f..%2fx',
    '/settings/letters/de/formal/termination',
  ])
    expect((await visitor.get(path)).status).toBe(404);
});
