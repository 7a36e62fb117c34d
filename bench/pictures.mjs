/**
 * The pictures of the README, from the sample studio in a real browser, so that they show what there is: npm run pictures.
 * Wants Chromium (apt-get install chromium). Serves on loopback only, in folders that are gone afterwards.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const root = join(import.meta.dirname, '..');
const program = join(root, 'dist/main.js');
const target = join(root, '.github/pictures');
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** what is shown, by the name of the picture; in English, as the README is */
const shown = { today: '/', client: '/clients/4', plan: '/plan' };

const executablePath = browsers.find((path) => existsSync(path));
if (executablePath === undefined) throw new Error('There is no Chromium: apt-get install chromium');

const dir = mkdtempSync(join(tmpdir(), 'paletti-pictures-'));
try {
  const told = spawnSync(process.execPath, [program, 'demo', '--dir', join(dir, 'demo')], { cwd: dir, stdio: 'ignore' });
  if (told.status !== 0) throw new Error(`the demonstration ended with ${told.status}`);
  const config = join(dir, 'demo', 'config.json');
  const source = JSON.parse(readFileSync(config, 'utf8'));
  writeFileSync(config, JSON.stringify({ ...source, owner: { ...source.owner, language: 'en' } }));
  const page = spawn(process.execPath, [program, 'page', '--no-open', '--json', '--config', config], {
    cwd: dir,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await pictures(await addressOf(page));
  } finally {
    page.kill('SIGINT');
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}

/** The one-time address, which is the first thing that is printed. */
async function addressOf(page) {
  let said = '';
  for await (const line of createInterface({ input: page.stdout })) {
    said += line;
    const url = /"url": ?"([^"]+)"/.exec(said)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`the page was not served: ${said}`);
}

async function pictures(address) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const view = await browser.newPage({ viewport: { width: 1120, height: 760 }, colorScheme: 'light' });
    await view.goto(address, { waitUntil: 'networkidle' });
    mkdirSync(target, { recursive: true });
    for (const [name, path] of Object.entries(shown)) {
      await view.goto(new URL(path, address).href, { waitUntil: 'load' });
      const picture = join(target, `${name}.jpg`);
      await view.screenshot({ path: picture, type: 'jpeg', quality: 78 });
      process.stdout.write(`${picture}\n`);
    }
  } finally {
    await browser.close();
  }
}
