/**
 * Plays all cases of a folder on the built program: `npm run cases -- DIR [--only ID,…] [--verbose] [--quick]`. The folder has the
 * form of test/cases: mail/cases.json, judge/cases.json, judge/out-of-office.json, money/cases.json, each if it is there.
 * Prints a table, ends with "N of M as wanted", and exits 1 when one is not. Each command is a process of its own, as
 * its owner would start it; with --quick all are performed in this one.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inProcess } from './cases/in-process.mjs';
import { JudgeApart } from './cases/judge-apart.mjs';
import { playMail } from './cases/mail.mjs';
import { playMoney } from './cases/money.mjs';
import { emptyMaildir, startDovecot, password } from './dovecot.mjs';
import { cleanUp, say } from './measure.mjs';

const [given, ...options] = process.argv.slice(2);
const folder = given === undefined ? undefined : resolve(given);
const verbose = options.includes('--verbose');
const begin = options.includes('--quick') ? inProcess(await import('./cases/built.mjs')) : undefined;
const only = options[options.indexOf('--only') + 1]?.split(',') ?? [];
const chosen = options.includes('--only') ? new Set(only) : null;
/** More than one waits for a pass to begin most of the time; more than two would only wait for each other. */
const atOnce = 2;
const apart = new JudgeApart();

if (folder === undefined || !existsSync(folder)) {
  say(folder === undefined ? 'cases: name a folder: npm run cases -- DIR [--only ID,…] [--verbose] [--quick]' : `cases: there is no folder ${folder}`);
  process.exitCode = 2;
} else {
  await main(folder);
}

async function main(root) {
  try {
    const results = await played(await casesIn(root));
    const wanted = results.filter((result) => result.ok).length;
    say(`\n${wanted} of ${results.length} as wanted`);
    if (wanted < results.length || results.length === 0) process.exitCode = 1;
  } finally {
    await apart.end();
    await cleanUp();
  }
}

/** Each as { id, kind, play }. */
async function casesIn(root) {
  const judge = join(root, 'judge');
  const mail = join(root, 'mail');
  const money = read(join(root, 'money', 'cases.json'));
  return [
    ...listIn(join(judge, 'cases.json')).map((one) => ({ id: one.file, kind: 'judge', play: () => apart.play('judge', one, { folder: judge }) })),
    ...listIn(join(judge, 'out-of-office.json')).map((one, at) => ({ id: `ooo-${at + 1}`, kind: 'absence', play: () => apart.play('absence', one, {}) })),
    ...(await mailCases(listIn(join(mail, 'cases.json')).filter(isChosen), mail)),
    ...listIn(join(root, 'money', 'cases.json')).map((one) => ({ id: one.id, kind: 'money', play: () => playMoney(one, money, begin) })),
  ].filter(isChosen);
}

/** Each has an account of its own on one server. */
async function mailCases(cases, mail) {
  const names = cases.map((_, at) => `case${at + 1}`);
  const accounts = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await emptyMaildir(name)])));
  const dovecot = cases.length === 0 ? null : await startDovecot(accounts);
  if (cases.length > 0 && dovecot === null) say('Dovecot is not installed: the mail cases are played on the embedded server.');
  const serverOf = (at) => (dovecot === null ? null : { port: dovecot.port, user: names[at], password });
  return cases.map((one, at) => ({ id: one.id, kind: 'mail', play: () => playMail(one, { folder: mail, server: serverOf(at) }, begin) }));
}

function isChosen({ id, file }) {
  return chosen === null || chosen.has(id ?? file);
}

function read(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { cases: [] };
}

function listIn(path) {
  const found = read(path);
  return Array.isArray(found) ? found : (found.cases ?? []);
}

/** Each line is printed as soon as its case and those before it are played. */
async function played(cases) {
  const width = Math.max(...cases.map(({ id }) => id.length), 0);
  const results = [];
  let [next, printed] = [0, 0];
  const worker = async () => {
    while (next < cases.length) {
      const at = next++;
      results[at] = await playedOne(cases[at]);
      while (results[printed] !== undefined) tell(cases[printed], results[printed++], width);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

async function playedOne(one) {
  try {
    return await one.play();
  } catch (error) {
    return { ok: false, seen: `could not be played: ${error.message.split('\n')[0]}`, detail: error.stack };
  }
}

function tell({ id, kind }, { ok, seen, detail }, width) {
  say(`${ok ? 'as wanted ' : 'NOT       '} ${kind.padEnd(7)} ${id.padEnd(width)}  ${ok && !verbose ? seen.slice(0, 100) : seen}`);
  if (verbose && detail !== '') say(detail.replace(/^/gm, '    '));
}
