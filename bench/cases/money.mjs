/**
 * Plays cases of money: commands and passes, one after the other on a turned clock, then a look at what left and what was
 * said. A case is as wanted when its fault does not show, what it expects does, and nothing broke on the way.
 */
import { createRequire } from 'node:module';
import { startEmbeddedImap } from '../../dist/demo/embedded-imap.js';
import { startSmtpSink } from '../../dist/demo/smtp-sink.js';
import { moment, Program } from './program.mjs';

const { simpleParser } = createRequire(import.meta.url)('mailparser');
const open = ['09:00-13:00', '14:00-18:00'];
const login = { user: 'studio', password: 'demo' };

/**
 * @param studio how a program is begun and typed to; another one is handed in where it runs in this process
 * @returns { id, ok, seen: what was seen, in a line, detail: everything that was said }
 */
export async function playMoney(one, { ladder }, begin = (config) => new Program(config)) {
  if (!one.steps) return { id: one.id, ok: false, seen: 'not understood: the case has no steps', detail: '' };
  const [imap, smtp] = [await startEmbeddedImap(login), await startSmtpSink(login)];
  const program = begin(configOf(one, ladder, imap, smtp));
  const story = { out: '', last: '', broken: [], detail: [] };
  try {
    for (const step of one.steps) await play(step, program, story);
    const mails = await lettersIn(smtp.messages);
    return { id: one.id, ...verdict(one, { ...story, mails }), detail: [...story.detail, mails].join('\n') };
  } finally {
    await program.end();
    await Promise.all([imap.stop(), smtp.stop()]);
  }
}

function configOf({ ladder, dunning, config }, common, imap, smtp) {
  const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, open]));
  const owner = { name: 'Anna Rossi', business: 'Studio Rossi', addresses: ['anna@studiorossi.example'], language: 'en', timeZone: 'Europe/Rome', signature: 'Anna Rossi', iban: 'IT60 X054 2811 1010 0000 0123 456' };
  const server = { host: '127.0.0.1', secure: false };
  return {
    owner,
    responseWindow: { hours: 72, count: 'elapsed' },
    acknowledgement: { enabled: true, holdMinutes: 30, to: 'clients' },
    sending: { mode: 'live' },
    contactHours: { ...week, sat: [], sun: [], holidays: { country: 'IT', extra: [] } },
    mailboxes: [{ name: 'studio', imap: { ...server, port: imap.port, user: login.user, password: { file: 'password' } }, smtp: { ...server, port: smtp.port } }],
    dataDir: 'data',
    dunning: { steps: ladder ?? common, ...dunning },
    ...config,
  };
}

async function play(step, program, story) {
  if (step.file !== undefined) return program.file(step.file, step.text);
  if (step.config !== undefined) return program.configure((config) => changed(config, step.config));
  const words = step.pass ? ['run', '--once', '--log-level', 'warn'] : step.cmd;
  const { code, out, err } = await program.type(moment(step.at), ...words);
  story.detail.push(`[${step.at}] ${words.join(' ')} -> ${code}`, out + err);
  if (step.pass && code !== 0) story.broken.push(`the pass of ${step.at} ended with ${code}: ${firstLine(err)}`);
  if (isBroken(code, err)) story.broken.push(`${words.join(' ')}: ${firstLine(err)}`);
  // without its client a case can show nothing
  if (!step.pass && words[0] === 'clients' && words[1] === 'add' && code !== 0) story.broken.push(`${words.join(' ')} was refused: ${firstLine(err)}`);
  if (!step.pass) story.out += story.last = out + err;
}

/** A fault of the program itself, or an end that it did not choose. */
function isBroken(code, err) {
  return code < 0 || /fault in the program itself|^\s+at .+:\d+:\d+\)?$/m.test(err);
}

const firstLine = (text) => text.trim().split('\n')[0];

/** { 'dunning.steps.1.name': 'x' }; null takes away. */
function changed(config, changes) {
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.');
    const last = keys.pop();
    const holder = keys.reduce((part, key) => (part[key] ??= {}), config);
    if (value !== null) holder[last] = value;
    else if (Array.isArray(holder)) holder.splice(Number(last), 1);
    else delete holder[last];
  }
  return config;
}

async function lettersIn(messages) {
  let text = '';
  for (const { envelope, raw } of messages) {
    const mail = await simpleParser(raw);
    text += `To: ${envelope.to}\nSubject: ${mail.subject}\n${mail.text}\n----\n`;
  }
  return text;
}

function verdict({ fault, expect }, seen) {
  const shows = (one) => (one.match !== undefined ? new RegExp(one.match, 's').test(seen[one.in]) : !new RegExp(one.missing, 's').test(seen[one.in]));
  const faults = fault === undefined ? [] : [fault].flat();
  const wrong = [...seen.broken];
  if (faults.length > 0 && faults.every(shows)) wrong.push(`the fault shows: ${faults.map((one) => one.match ?? `no ${one.missing}`).join(' and ')}`);
  for (const one of [expect ?? []].flat()) if (!shows(one)) wrong.push(`wanted in "${one.in}": ${one.match ?? `no ${one.missing}`}`);
  if (faults.length === 0 && expect === undefined) wrong.push('not understood: neither a fault nor what is expected is named');
  return { ok: wrong.length === 0, seen: wrong.join('; ') || 'the fault does not show' };
}
