/**
 * Judges every message under a folder as if its sender were a client and its recipient the owner, and prints what came
 * of it. Run by `npm run corpora -- PATH` on the compiled code. Exits 1 when a bounce, list mail or automatic answer
 * would be acknowledged, or when a message hung or was lost. Sends nothing and writes no file.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { performance } from 'node:perf_hooks';

/** No message may take longer. */
const deadlineMs = 10_000;
/** Kinds of an INDEX.tsv (path, bytes, kind) whose mail must never be answered. */
const robotKinds = /bounce|dsn|list|bulk|auto|mdn|arf|complaint/i;
const alwaysOpen = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const folder = process.argv[2];
const shows = process.argv.includes('--list');

if (folder === undefined || !existsSync(folder)) {
  print(`corpora: skipped, ${folder === undefined ? 'no folder was named' : `there is no folder ${folder}`}. Use: npm run corpora -- PATH [--list]`);
} else {
  await main(folder);
}

async function main(root) {
  const { parse } = await import('../dist/mail/parse.js');
  const { judge } = await import('../dist/rules/judgement.js');
  const { instant } = await import('../dist/rules/time.js');
  const { answerRecipient } = await import('../dist/rules/recipient.js');
  const kinds = indexedKinds(root);
  const tally = { byKind: new Map(), answeredRobots: [], quarantined: [], late: [], lost: [], mboxes: 0, noMail: 0 };
  const times = [];
  let peakBytes = 0;

  for (const path of filesUnder(root)) {
    const file = relative(root, path);
    const bytes = readFileSync(path);
    const kind = kinds.get(file) ?? (kinds.size === 0 || looksLikeMail(bytes) ? 'unlabelled' : undefined);
    if (kind === undefined) {
      tally.noMail++;
      continue;
    }
    for (const { name, source } of messagesIn(file, bytes, tally)) {
      const started = performance.now();
      const outcome = await within(deadlineMs, outcomeOf(source, { parse, judge, instant, answerRecipient }));
      const ms = performance.now() - started;
      times.push({ name, ms });
      peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
      count(tally, { name, kind, outcome: ms > deadlineMs ? 'late' : outcome });
    }
  }
  report(tally, times, peakBytes);
  const failures = tally.answeredRobots.length + tally.late.length + tally.lost.length;
  if (failures > 0) process.exitCode = 1;
}

/** As the daemon sees it: at most the first 64 KB, every sender a client, every recipient the owner. */
async function outcomeOf(source, { parse, judge, instant, answerRecipient }) {
  const limit = 65_536;
  const truncated = source.length > limit;
  let mail;
  try {
    mail = await parse(source.subarray(0, limit), { truncated });
  } catch (error) {
    if (error?.code === 'bad-input') return { state: 'quarantined', why: error.message, truncated };
    return { state: 'lost', why: String(error?.stack ?? error), truncated };
  }
  try {
    return { state: 'judged', truncated, mail, judgement: judge(factsFor(mail, instant, answerRecipient), instant('2026-11-23T10:00:00Z')) };
  } catch (error) {
    return { state: 'lost', why: String(error?.stack ?? error), truncated };
  }
}

/** The most inviting facts: nothing but the message itself may keep it from being answered. */
function factsFor(mail, instant, answerRecipient) {
  const week = Object.fromEntries(alwaysOpen.map((day) => [day, [{ start: 0, end: 1440 }]]));
  const recipients = [...mail.to, ...mail.cc].map(({ address }) => address).filter((address) => address !== mail.from?.address);
  const from = mail.from?.address.toLowerCase() ?? '';
  const registered = { addresses: [from], domains: [] };
  const proven = { authentication: { state: 'passed' }, ownerWroteTo: () => true };
  return {
    mail,
    role: 'inbox',
    receivedAt: instant('2026-11-23T09:59:00Z'),
    flags: [],
    history: false,
    answer: answerRecipient({ mail, client: registered, to: 'everyone', ...proven }),
    belief: null,
    waiting: { count: 0, perDay: 20 },
    client: { ...registered, id: 1, name: mail.from?.address ?? '', hours: null, timeZone: null, language: 'en', tone: 'formal' },
    ownAddresses: recipients,
    hours: { timeZone: 'UTC', week, holiday: () => undefined, closures: [] },
    responseWindow: { hours: 72, count: 'elapsed' },
    acknowledgement: { enabled: true, to: 'everyone', holdMinutes: 0 },
    openWindow: null,
    lastAcknowledgedAt: null,
    activatedAt: null,
  };
}

function count(tally, { name, kind, outcome }) {
  const row = tally.byKind.get(kind) ?? noCounts();
  tally.byKind.set(kind, row);
  row.messages++;
  if (outcome === 'late') return tally.late.push(name);
  if (outcome.truncated) row.truncated++;
  if (outcome.state === 'quarantined') row.quarantined++;
  if (outcome.state === 'quarantined') return tally.quarantined.push(`${name}: ${outcome.why}`);
  if (outcome.state === 'lost') return tally.lost.push(`${name}: ${outcome.why}`);
  row.parsed++;
  const { acknowledge, reason, window, why, kind: judged } = outcome.judgement;
  row.codes.set(reason, (row.codes.get(reason) ?? 0) + 1);
  if (window !== null) row.windows++;
  if (acknowledge) row.answered++;
  if (acknowledge && robotKinds.test(kind)) tally.answeredRobots.push(name);
  if (shows) print([kind, judged, reason, name, outcome.mail.from?.address ?? '-', outcome.mail.subject.slice(0, 60), why.slice(0, 120)].join('\t'));
}

function noCounts() {
  return { messages: 0, answered: 0, parsed: 0, truncated: 0, quarantined: 0, windows: 0, codes: new Map() };
}

function report(tally, times, peakBytes) {
  for (const [kind, { codes, ...counts }] of [...tally.byKind].toSorted()) {
    const said = Object.entries(counts).map(([name, amount]) => `${amount} ${name}`);
    print(`${kind}: ${said.join(', ')}`);
    for (const [code, amount] of [...codes].toSorted((a, b) => b[1] - a[1])) print(`    ${String(amount).padStart(5)}  ${code}`);
  }
  const slowest = times.toSorted((a, b) => b.ms - a.ms)[0];
  print(`mbox files taken apart: ${tally.mboxes}; files that are no mail: ${tally.noMail}`);
  if (slowest !== undefined) print(`slowest: ${Math.round(slowest.ms)} ms, ${slowest.name}`);
  print(`peak memory: ${Math.round(peakBytes / 1_048_576)} MB`);
  list('quarantined (shown to the owner, never answered)', tally.quarantined);
  list('ANSWERED, and should not be', tally.answeredRobots);
  list('HUNG', tally.late);
  list('LOST', tally.lost);
  const verdict = tally.answeredRobots.length + tally.late.length + tally.lost.length === 0 ? 'ok' : 'FAILED';
  print(`corpora: ${verdict}, ${times.length} messages judged`);
}

function print(line) {
  process.stdout.write(`${line}\n`);
}

function list(title, names) {
  if (names.length === 0) return;
  print(`${title}: ${names.length}`);
  for (const name of names) print(`    ${name}`);
}

function indexedKinds(root) {
  const path = join(root, 'INDEX.tsv');
  if (!existsSync(path)) return new Map();
  const rows = readFileSync(path, 'utf8').trim().split('\n').slice(1);
  return new Map(rows.map((row) => row.split('\t')).map(([name, , kind]) => [name, kind]));
}

function* filesUnder(root) {
  for (const entry of readdirSync(root, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(root, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (statSync(path).isFile() && entry.name !== 'INDEX.tsv') yield path;
  }
}

/** One, or each of those in an mbox (RFC 4155); a single message may begin with a "From " line too. */
function messagesIn(name, bytes, tally) {
  const text = bytes.subarray(0, 5).toString('latin1') === 'From ' ? bytes.toString('latin1') : '';
  const pieces = text.split(/(?<=\n)\r?\n(?=From \S+ .*\d{4}\r?\n)/);
  if (pieces.length < 2) return [{ name, source: bytes }];
  tally.mboxes++;
  return pieces.map((piece, index) => ({ name: `${name} #${index + 1}`, source: Buffer.from(piece, 'latin1') }));
}

/** A header of at least two lines, one of which is about a sender, a recipient or a subject. */
function looksLikeMail(bytes) {
  const [head = ''] = bytes.subarray(0, 8_192).toString('latin1').split(/\r?\n\r?\n/, 1);
  const unfolded = head.replace(/^From .*\r?\n/, '').replace(/\r?\n[ \t]+/g, ' ');
  const lines = unfolded.split(/\r?\n/);
  const isHeader = lines.length > 1 && lines.every((line) => /^[!-9;-~]+:/.test(line));
  return isHeader && /^(?:from|to|subject|received|return-path):/im.test(unfolded);
}

async function within(ms, promise) {
  let timer;
  const deadline = new Promise((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  return Promise.race([promise, deadline]).finally(() => clearTimeout(timer));
}
