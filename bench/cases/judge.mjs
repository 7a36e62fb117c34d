/**
 * Judges single mails, as `paletti decide FILE --as-client --json` does, and absences, and compares verdict, text and dates
 * with those wanted. In this process: nothing is sent and nothing is recorded.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayOf } from './program.mjs';

const owner = 'me@studio.example';
const client = 'anna@client.example';

/** Expected field -> what it is compared with, of { decision, mail }. */
const fields = {
  expectedKind: ({ decision }) => decision.kind,
  expectedAcknowledge: ({ decision }) => decision.acknowledge,
  expectedReason: ({ decision }) => decision.reason,
  expectedWindow: ({ decision }) => decision.window !== null,
  expectedClient: ({ decision }) => decision.client !== null,
  expectedOutOfHours: ({ decision }) => decision.outOfHours,
  expectedText: ({ mail }) => mail.text.trim(),
  expectedNewText: ({ mail }) => mail.newText.trim(),
  expectedSubject: ({ mail }) => mail.subject,
  expectedOoo: ({ absence }) => absence.isOne,
  expected: ({ absence }) => absence.until,
};

/** @param more what judges: decideMessage, HandClock, checkConfig, silentLog, parse, instant, isOutOfOffice, outOfOfficeUntil */
export async function playJudge(one, { folder }, more) {
  try {
    const bytes = readFileSync(join(folder, one.file));
    const mail = await more.parse(bytes);
    const decision = await decided(one, bytes, mail, more);
    return { id: one.file, ...compared(one, { decision, mail, absence: absenceIn(mail, one.at, more) }) };
  } catch (error) {
    return { id: one.file, ok: false, seen: `crash: ${error.message}`, detail: error.stack };
  }
}

/** An automatic answer without a file: subject, words and the moment it came. */
export async function playAbsence(one, _options, more) {
  const id = `${one.lang}: ${one.body}`;
  try {
    const mail = await more.parse(Buffer.from(answeringMachine(one).join('\r\n')));
    return { id, ...compared(one, { mail, absence: absenceIn(mail, one.at, more), decision: {} }) };
  } catch (error) {
    return { id, ok: false, seen: `crash: ${error.message}`, detail: error.stack };
  }
}

function answeringMachine({ subject, body, headers = ['Auto-Submitted: auto-replied'] }) {
  const word = (text) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
  const top = [`From: Anna Bianchi <${client}>`, `To: <${owner}>`, `Subject: ${word(subject)}`, 'Message-ID: <away@client.example>', ...headers];
  return [...top, 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', '', body, ''];
}

function absenceIn(mail, at = '2026-10-07T08:00:00Z', { instant: toInstant, isOutOfOffice: isOne, outOfOfficeUntil: until }) {
  const found = until(mail, toInstant(at), 'Europe/Rome');
  return { isOne: isOne(mail), until: typeof found === 'number' ? dayOf(found) : (found ?? null) };
}

async function decided({ at = '2026-10-07T08:00:00Z', mailFrom, rcptTo, asClient = true }, bytes, _mail, more) {
  const folder = mkdtempSync(join(tmpdir(), 'paletti-judge-'));
  const path = join(folder, 'config.json');
  try {
    const text = JSON.stringify(configuration);
    writeFileSync(path, text);
    const config = more.checkConfig(text, path);
    const asked = { asClient, now: more.instant(at), ...(mailFrom !== undefined && { mailFrom }), ...(rcptTo !== undefined && { rcptTo }) };
    return await more.decideMessage({ config, clock: new more.HandClock(more.instant(at)), log: more.silentLog }, bytes, asked);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const always = ['00:00-24:00'];
const server = { host: '127.0.0.1', user: 'me', password: { env: 'UNUSED' } };
const configuration = {
  owner: { name: 'Anna Rossi', addresses: [owner], language: 'it', timeZone: 'Europe/Rome' },
  contactHours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, always])),
  mailboxes: [{ name: 'studio', imap: server, smtp: { host: '127.0.0.1' } }],
};

function compared(one, seen) {
  const asked = Object.keys(one).filter((key) => key.startsWith('expected'));
  const unknown = asked.filter((key) => fields[key] === undefined).map((key) => `not understood: ${key}`);
  const wrong = asked.filter((key) => fields[key] !== undefined).flatMap((key) => {
    const [value, wanted] = [fields[key](seen), one[key]];
    return value === wanted ? [] : [`${name(key)} ${JSON.stringify(value)}, wanted ${JSON.stringify(wanted)}`];
  });
  const missed = wrong.length > 0 && isAtLeast(one.why, seen.decision) ? [] : wrong;
  const all = [...unknown, ...missed, ...(asked.length === 0 ? ['not understood: nothing is expected of it'] : [])];
  const kind = seen.decision.kind === undefined ? `absence, back ${seen.absence.until ?? '(no day)'}` : `${seen.decision.kind}, ${seen.decision.reason}`;
  return { ok: all.length === 0, seen: all.join('; ') || kind, detail: JSON.stringify({ ...seen, mail: { subject: seen.mail.subject, text: seen.mail.text, newText: seen.mail.newText } }, null, 1) };
}

/** What a case takes for enough: "at the least human/not answered", "at least human with a window". */
function isAtLeast(why = '', { kind, acknowledge, window }) {
  const enough = /\bat (?:the )?least (.*)$/s.exec(why)?.[1];
  if (enough === undefined) return false;
  const demands = [
    [/\bhuman\b/, kind === 'human'],
    [/\bnot answered\b/, acknowledge === false],
    [/\bwindow\b/, window !== null],
  ].filter(([phrase]) => phrase.test(enough));
  return demands.length > 0 && demands.every(([, holds]) => holds);
}

const name = (key) => (key === 'expected' ? 'day' : key.slice('expected'.length).replace(/^./, (letter) => letter.toLowerCase()));
