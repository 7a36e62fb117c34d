/** Answers from a big database: search, inbox, one client, report; as a function, and as a command from start to end. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listMessages, searchMessages } from '../../dist/store/messages.js';
import { studioWith } from '../database.mjs';
import { bigMaildir } from '../dovecot.mjs';
import { installed, median, note, run, temporaryFolder, timed } from '../measure.mjs';
import { vocabulary } from '../sample-mail.mjs';
import { databaseOf, program } from '../studio.mjs';

export const title = 'answers, ms (median)';
/** messages */
export const sizes = [1_000, 10_000, 100_000];
/** messages that notmuch indexes: at a hundred thousand it takes a quarter of an hour */
const mostForNotmuch = 10_000;

export async function measure({ sizes: wanted, runs = 5, peers }) {
  const rows = [];
  for (const messages of wanted) rows.push(await ofSize(messages, runs));
  const notes = peers ? await besideNotmuch(Math.min(mostForNotmuch, wanted.at(-1)), runs) : [];
  return { rows, notes };
}

const words = vocabulary(20_000);
/** frequent, middling, rare */
const queries = [words[3], words[800], words[15_000], `${words[40]} ${words[90]}`];

async function ofSize(messages, runs) {
  const { folder, config } = await studioWith({ messages, clients: Math.max(2, messages / 500), invoices: messages / 50 });
  const store = databaseOf(folder);
  const searches = [];
  for (let count = 0; count < runs; count += 1) for (const query of queries) searches.push((await timed(() => store.read((r) => searchMessages(r, query, 50)))).ms);
  const lists = [];
  for (let count = 0; count < runs; count += 1) lists.push((await timed(() => store.read((r) => listMessages(r, { limit: 50 })))).ms);
  store.close();
  const command = async (...args) => {
    const times = [];
    for (let count = 0; count < runs; count += 1) times.push((await run(process.execPath, [program, ...args, '--json', '--config', config])).ms);
    return median(times);
  };
  return {
    messages,
    'search, function': median(searches),
    '(most)': Math.max(...searches),
    'inbox, function': median(lists),
    'inbox list': await command('inbox', 'list'),
    'clients show': await command('clients', 'show', '1'),
    report: await command('report'),
    'the program alone': await alone(runs, program, '--version'),
    'Node alone': await alone(runs, '--eval', '0'),
  };
}

async function alone(runs, ...args) {
  const times = [];
  for (let count = 0; count < runs; count += 1) times.push((await run(process.execPath, args)).ms);
  return median(times);
}

async function besideNotmuch(messages, runs) {
  if (installed('notmuch') === null) return ['notmuch is not installed: skipped'];
  note(`notmuch indexes ${messages} messages first`);
  const { path } = await bigMaildir(messages);
  const folder = temporaryFolder('notmuch');
  mkdirSync(join(folder, 'db'));
  writeFileSync(join(folder, 'rc'), `[database]\npath=${folder}/db\nmail_root=${path}\n[user]\nname=Anna\nprimary_email=anna@studio.example\n[new]\ntags=new\n`);
  const env = { ...process.env, NOTMUCH_CONFIG: join(folder, 'rc') };
  const indexed = await run('notmuch', ['new', '--quiet'], { env });
  const times = [];
  for (let count = 0; count < runs; count += 1) for (const query of queries) times.push((await run('notmuch', ['search', '--limit=50', ...query.split(' ')], { env })).ms);
  return [`notmuch search over ${messages} messages (indexed in ${Math.round(indexed.ms / 1000)} s): median ${median(times).toFixed(1)} ms, most ${Math.max(...times).toFixed(1)} ms, as a command`];
}
