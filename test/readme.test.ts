/** What the README says of the source is there: a file that moved would be looked for in vain. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const text = readFileSync(join(root, 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

it('every path that it names exists', () => {
  const named = [...text.matchAll(/`((?:src|test|bench|templates|data)\/[\w./-]+)`/g)].map(
    ([, path]) => path as string,
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

it('every script that it names is one of the package', () => {
  const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name as string);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

it('every folder of src in its map exists, and none is missing', () => {
  const map = /```\nsrc\/\n([\s\S]*?)\ntemplates\//.exec(text)?.[1] ?? '';
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).filter((name) => !map.includes(`  ${name}/`))).toEqual([]);
});

it('every picture that it shows is there, and light', () => {
  const shown = [...text.matchAll(/!\[[^\]]+\]\((\.github\/pictures\/[^)]+)\)/g)].map(([, path]) => path as string);
  expect(shown.length).toBeGreaterThan(2);
  for (const path of shown) expect([path, statSync(join(root, path)).size < 150_000]).toEqual([path, true]);
});
