/// <reference lib="dom" />
/**
 * The page in a real browser: every page in both languages without a fault of the console or of accessibility, at any
 * width, with and without JavaScript; what others wrote runs nowhere.
 */
import { existsSync } from 'node:fs';
import axeCore from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Language } from '../../src/rules/language.ts';
import { letterById, putLetter } from '../../src/store/outbox.ts';
import { letter } from '../desk/support.ts';
import { served } from '../page/visitor.ts';
import { openStudio, type Studio } from '../support/studio.ts';

const { source: axe } = axeCore;
const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const line = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const languages: readonly Language[] = ['it', 'en'];
const hostile = '"><img src=x onerror="document.title=1"><script>document.title=2</script>';
const places = [
  '/',
  '/inbox',
  '/inbox/1',
  '/inbox?q=logo',
  '/outbox',
  '/outbox/1',
  '/outbox/1/edit',
  '/clients',
  '/clients/1',
  '/clients/1?show=money',
  '/clients/1/exit',
  '/money',
  '/money?show=all',
  '/money/1',
  '/plan',
  '/plan?part=ladder&letter=payment-reminder&after=20&gap=0&approval=ask',
  '/report',
  '/report?days=30',
  '/journal',
  '/journal?kind=letters&client=1&day=2026-11-20',
  '/settings',
  '/settings/change?part=closures&from=2026-12-24&to=2027-01-06&note=ferie',
  '/settings/change?part=closures&from=2026-12-24&to=2026-01-06&note=ferie',
  '/settings/earlier',
  '/settings/letters',
  '/settings/letters/it/formal/payment-reminder',
  '/nowhere',
];

let browser: Browser;
beforeAll(async () => {
  if (program === undefined) throw new Error('these tests need Chromium: apt-get install chromium');
  browser = await chromium.launch({ executablePath: program, headless: true, args: line });
});
afterAll(() => browser.close());

/** A studio in the middle of a day: a question out of hours, an overdue invoice, a letter that waits, hostile names. */
async function busyStudio(): Promise<Studio> {
  const studio = await openStudio({ now: '2026-11-20T10:00:00+01:00' });
  const client = studio.client('Bianchi', { contactName: 'Laura Bianchi' });
  studio.client(hostile, { addresses: ['mallory@client.example'] });
  studio.invoice(client, { number: '7', cents: 122_000, dueOn: '2026-11-02' });
  studio.app.store.write(studio.clock.now(), (w) => {
    putLetter(w, letter(studio.app, { clientId: client.id, text: `Gentile Laura,\n\n${hostile}\n` }));
  });
  await studio.at('2026-11-20T10:01:00+01:00');
  studio.clientWrites({
    from: `Laura <bianchi@client.example>`,
    subject: 'Il logo',
    text: `Quando arriva?\n${hostile}`,
  });
  studio.clientWrites({ from: 'Mallory <mallory@client.example>', subject: hostile, text: hostile });
  await studio.at('2026-11-20T19:30:00+01:00');
  return studio;
}

interface Visit {
  page: Page;
  home: string;
  faults: string[];
}

async function visit(
  studio: Studio,
  language: Language,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Visit> {
  const { address, port } = await served(studio, { language });
  const context: BrowserContext = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(`${page.url()}: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`http://127.0.0.1:${port}/`) && !request.url().startsWith('data:'))
      faults.push(`asked for ${request.url()}`);
  });
  await page.goto(address());
  await page.waitForURL(`http://127.0.0.1:${port}/`);
  return { page, home: `http://127.0.0.1:${port}`, faults };
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as {
      axe: { run(where: unknown, how: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const found = await tool.run(document, { resultTypes: ['violations'] });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  });
}

describe.each(languages)('every page in %s', (language) => {
  it.each(['light', 'dark'] as const)('reads well and is accessible, %s', async (colorScheme) => {
    const { page, home, faults } = await visit(await busyStudio(), language, { colorScheme });
    for (const place of places) {
      await page.goto(home + place);
      expect(await page.getAttribute('html', 'lang')).toBe(language);
      expect([place, await violations(page)]).toEqual([place, []]);
    }
    expect(faults.filter((fault) => !/nowhere: .*404|to=2026-01-06.*422/.test(fault))).toEqual([]);
  });

  it.each([360, 768, 820, 1600])('needs no sideways scrolling at %i pixels', async (width) => {
    const { page, home } = await visit(await busyStudio(), language, { viewport: { width, height: 800 } });
    for (const place of places) {
      await page.goto(home + place);
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect([place, over]).toEqual([place, 0]);
    }
  });

  it('works without JavaScript', async () => {
    const studio = await busyStudio();
    const { page, home } = await visit(studio, language, { javaScriptEnabled: false });
    await page.goto(`${home}/outbox/1`);
    await page.locator('form[action="/outbox/1/drop"] button').click();
    await page.waitForURL(/done=/);
    expect(studio.app.store.read((r) => letterById(r, 1))?.state).toBe('dropped');
    await page.locator('.outcome form button').click();
    await expect.poll(() => studio.app.store.read((r) => letterById(r, 1))?.state).toBe('held');
  });
});

describe('in the browser', () => {
  it('hours are painted on the strip of a day, and written in its field', async () => {
    const { page, home } = await visit(await busyStudio(), 'it');
    await page.goto(`${home}/settings`);
    const day = page.locator('.day').filter({ has: page.locator('#contactHours-sat') });
    const box = await day.locator('.strip').boundingBox();
    if (box === null) throw new Error('there is no strip');
    const at = (hour: number) => box.x + (box.width * (hour + 0.25)) / 24;
    await page.mouse.move(at(9), box.y + 5);
    await page.mouse.down();
    await page.mouse.move(at(11), box.y + 5, { steps: 12 });
    await page.mouse.up();
    expect(await day.locator('input').inputValue()).toBe('09:00-11:30');
    await page.mouse.move(at(10), box.y + 5);
    await page.mouse.down();
    await page.mouse.up();
    expect(await day.locator('input').inputValue()).toBe('09:00-10:00, 10:30-11:30');
    expect(await day.locator('rect').count()).toBe(2);
    await day.locator('input').fill('8-9');
    expect(await day.locator('rect').getAttribute('x')).toBe('480');
  });

  it('a letter is shown as it would read while its words are typed', async () => {
    const { page, home } = await visit(await busyStudio(), 'it');
    await page.goto(`${home}/settings/letters/it/formal/payment-reminder`);
    await page.locator('textarea').fill('Subject: Due righe\n\nEntro il {{payBy}}.\n');
    await expect.poll(() => page.locator('#preview .letter').textContent()).toMatch(/Due righe.*Entro il \S/s);
    await page.locator('textarea').fill('Subject: Due righe\n\n{{payby}}\n');
    await expect.poll(() => page.locator('#preview').textContent()).toContain('riga 3');
  });

  it('keys move between letters and decide', async () => {
    const studio = await busyStudio();
    const { page, home } = await visit(studio, 'it');
    await page.goto(home);
    await page.keyboard.press('j');
    await page.keyboard.press('d');
    await expect.poll(() => studio.app.store.read((r) => letterById(r, 1))?.state).toBe('dropped');
  });

  it('a page that is open shows what changed by another hand', async () => {
    const studio = await busyStudio();
    const { page } = await visit(studio, 'it');
    expect(await page.locator('.letter-row').count()).toBeGreaterThan(0);
    const { dropLetter } = await import('../../src/desk/outbox.ts');
    dropLetter(studio.app, 1, '');
    await expect.poll(() => page.locator('[data-letter="1"]').count()).toBe(0);
  });

  it('what is being typed is not swept away by news', async () => {
    const studio = await busyStudio();
    const { page, home } = await visit(studio, 'it');
    await page.goto(`${home}/outbox/1/edit`);
    await page.locator('textarea').fill('Mie parole.');
    const { noticesSeen } = await import('../../src/desk/sending.ts');
    noticesSeen(studio.app, 'all');
    await page.waitForTimeout(2500);
    expect(await page.locator('textarea').inputValue()).toBe('Mie parole.');
  });

  it('a page of another program on this machine cannot send a form of ours', async () => {
    const studio = await busyStudio();
    const { page, home } = await visit(studio, 'it');
    const { createServer } = await import('node:http');
    const other = createServer((_, answer) => {
      answer.setHeader('content-type', 'text/html');
      answer.end(
        `<form method="post" action="${home}/pause"><input name="once" value="a.b"></form><script>document.forms[0].submit()</script>`,
      );
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    await page.goto(`http://127.0.0.1:${port}/`);
    await expect.poll(() => page.textContent('body')).toContain('this did not come from the page itself');
    await page.goto(home);
    expect(await page.textContent('h1')).not.toContain('in pausa');
  });
});
