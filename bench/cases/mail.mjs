/**
 * Plays mail cases: a client writes, other mail comes or is filed, the program passes, and what it recorded, held, noticed
 * and sent is compared with what is wanted. On Dovecot where it is installed, else on the embedded server.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { startEmbeddedImap } from '../../dist/demo/embedded-imap.js';
import { startSmtpSink } from '../../dist/demo/smtp-sink.js';
import { dayMeant, settingOf, wantedOf } from './mail-words.mjs';
import { dayOf, moment, Program } from './program.mjs';

const { simpleParser } = createRequire(import.meta.url)('mailparser');
const owner = 'giulia@studioferri.example';
const minute = 60_000;
/** Long enough for a held acknowledgement to have left. */
const holdMinutes = 30;

/**
 * @param folder of the cases: files are named relative to it
 * @param server { port, user, password } of an empty account; null: an embedded one is begun for it
 */
export async function playMail(one, { folder, server = null }, begin = (config) => new Program(config)) {
  const [setting, wanted] = [settingOf(one), wantedOf(one)];
  const unclear = [...setting.unclear, ...wanted.unclear, ...(one.steps ?? []).flatMap(unknownIn)];
  if (unclear.length > 0) return { id: one.id, ok: false, seen: `not understood: ${unclear.join('; ')}`, detail: '' };
  const embedded = server === null ? await startEmbeddedImap() : null;
  const account = server ?? { port: embedded.port, user: embedded.user, password: embedded.password };
  const smtp = await startSmtpSink({ user: account.user, password: account.password });
  const program = begin(configOf(setting, account, smtp.port));
  program.file('password', `${account.password}\n`, 0o600);
  const box = await openBox(account);
  try {
    const scene = new Scene({ one, setting, folder, program, box, smtp, begin });
    await scene.play();
    return { id: one.id, ...(await scene.verdict(wanted.all)), detail: scene.detail.join('\n') };
  } finally {
    await box.logout().catch(() => {});
    await program.end();
    await smtp.stop();
    await embedded?.stop();
  }
}

const known = ['folder', 'file', 'flags', 'minutesAgo', 'note'];
const unknownIn = (step) => Object.keys(step).filter((key) => !known.includes(key)).map((key) => `a step with "${key}"`);

async function openBox({ port, user, password }) {
  const box = new ImapFlow({ host: '127.0.0.1', port, secure: false, auth: { user, pass: password }, logger: false });
  box.on('error', () => {});
  await box.connect();
  return box;
}

function configOf({ mode, owned, colleagues, also, config }, { port, user }, smtpPort) {
  const whole = (address) => (address.endsWith('@') ? `${address}studioferri.example` : address);
  const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, ['00:00-24:00']]));
  const server = { host: '127.0.0.1', secure: false };
  return {
    owner: {
      name: 'Giulia Ferri', business: 'Studio Ferri', language: 'it', timeZone: 'Europe/Rome', signature: 'Giulia Ferri', iban: 'IT60X0542811101000000123456',
      addresses: [...new Set([owner, 'studio@studioferri.example', ...owned.map(whole)])],
      ...(colleagues.length > 0 && { colleagues: colleagues.map(whole) }),
    },
    contactHours: week,
    acknowledgement: { enabled: true, holdMinutes, to: 'clients' },
    sending: { mode },
    mailboxes: [
      {
        name: 'studio',
        imap: { ...server, port, user, password: { file: 'password' } },
        smtp: { ...server, port: smtpPort },
        ...(also.length > 0 && { also }),
      },
    ],
    dataDir: 'data',
    ...config,
  };
}

class Scene {
  detail = [];
  #broken = [];
  #stepsAt = 0;

  constructor(parts) {
    Object.assign(this, parts);
    this.now = moment(`${this.setting.day} 11:00`) - 20 * minute;
  }

  async play() {
    const { setting } = this;
    for (const name of [...setting.folders, ...this.one.steps.map((step) => step.folder)]) await this.#folder(name);
    for (const { name, addresses } of setting.clients) {
      await this.#said('clients', 'add', name, ...addresses.flatMap((address) => ['--address', address]), '--language', 'it');
    }
    await this.#pass();
    if (setting.invoices.length > 0) await this.#remind();
    if (setting.asksFirst) await this.#ask();
    if (setting.answersFirst) await this.#put('Sent', this.#named('a1'), { flags: ['\\Seen'] });
    if (setting.answersFirst) await this.#pass();
    this.#stepsAt = this.now;
    await this.#steps();
  }

  /** An invoice that is overdue: the reminder leaves. */
  async #remind() {
    const [{ name }] = this.setting.clients;
    for (const { number, total, currency, issued, due } of this.setting.invoices) {
      await this.#said('invoices', 'add', number, '--client', name, '--total', total, '--currency', currency, '--issued', issued, '--due', due);
    }
    this.now = moment(`${this.setting.day} 11:00`);
    await this.#pass();
    if (this.smtp.messages.length === 0) this.#broken.push('no reminder left');
  }

  async #ask() {
    const { q1 } = this.setting;
    const stands = this.#standsForFirst();
    const source = stands === null ? this.#named('q1') : this.#read(stands.file);
    await this.#put('INBOX', q1.messageId === null ? source : withMessageId(source, q1.messageId), { minutesAgo: q1.minutesAgo });
    await this.#pass();
  }

  /** A step that has q1's Message-ID and is no second copy is the first message itself, written otherwise. */
  #standsForFirst() {
    if (this.setting.isSecondCopy || !this.setting.asksFirst) return null;
    const idOf = (bytes) => /^Message-ID: (.*)$/im.exec(bytes.toString('latin1'))?.[1].trim();
    const first = idOf(this.#named('q1'));
    return this.one.steps.find(({ folder, file }) => folder === 'INBOX' && idOf(this.#read(file)) === first) ?? null;
  }

  async #steps() {
    const { q1, flagged, laterMinutes } = this.setting;
    const stands = this.#standsForFirst();
    for (const step of this.one.steps) if (step !== stands) await this.#put(step.folder, this.#read(step.file), step);
    if (this.one.steps.length === 0 && q1.messageId !== null) await this.#put('Sent', answering(this.#named('a1'), q1.messageId), { flags: ['\\Seen'] });
    await this.#pass();
    if (flagged !== null) await this.#flag(flagged);
    this.now += Math.max(holdMinutes + 15, laterMinutes) * minute;
    await this.#pass();
  }

  async #flag({ flag, uid }) {
    await this.box.mailboxOpen('INBOX');
    await this.box.messageFlagsAdd(String(uid), [flag], { uid: true });
    await this.box.mailboxClose();
    await this.#pass();
  }

  async #folder(name) {
    if (name === 'INBOX' || name === 'Sent') return;
    await this.box.mailboxCreate(name);
    await this.box.mailboxSubscribe(name).catch(() => {});
  }

  async #put(folder, source, { flags = [], minutesAgo = 0 }) {
    const done = await this.box.append(folder, this.#tied(source), flags, new Date(this.now - minutesAgo * minute));
    if (done === false) this.#broken.push(`the server did not take a message into ${folder}`);
    this.now += minute;
  }

  /** The Message-ID of our letter, where the message names it. */
  #tied(source) {
    const letter = this.smtp.messages.at(-1);
    const id = letter === undefined ? undefined : /^Message-ID:\s*(<[^>]+>)/im.exec(letter.raw.toString('latin1'))?.[1];
    return id === undefined ? source : Buffer.from(source.toString('latin1').replaceAll('<LETTER-MESSAGE-ID>', id), 'latin1');
  }

  async #pass() {
    await this.#said('run', '--once', '--log-level', 'warn');
    this.now += minute;
  }

  async #said(...words) {
    const { code, out, err } = await this.program.type(this.now, ...words);
    this.detail.push(`[${new Date(this.now).toISOString()}] ${words.join(' ')} -> ${code}`, out + err);
    if (code !== 0) this.#broken.push(`${words.join(' ')} ended with ${code}: ${err.trim().split('\n')[0]}`);
  }

  #read(file) {
    return readFileSync(join(this.folder, file));
  }

  /** 'q1' -> eml/q1.eml, 'a1' -> eml/a1-answer.eml */
  #named(short) {
    const file = readdirSync(join(this.folder, 'eml')).find((name) => new RegExp(`^${short}(?:-.*)?\\.eml$`).test(name));
    return file === undefined ? Buffer.from(samples[short].join('\r\n')) : this.#read(join('eml', file));
  }

  async verdict(all) {
    const asked = new Set(all.flat().flatMap((expect) => Object.keys(expect)));
    const seen = await this.#look(asked);
    this.detail.push(JSON.stringify(seen, null, 1));
    const wrong = [...this.#broken];
    for (const alternatives of all) {
      const faults = alternatives.map((expect) => this.#faultsIn(expect, seen));
      if (faults.every((list) => list.length > 0)) wrong.push(...faults[0]);
    }
    return { ok: wrong.length === 0, seen: wrong.join('; ') || summary(seen) };
  }

  async #look(asked) {
    const { program, now, setting } = this;
    const letters = await program.json(now, 'outbox', 'list', '--all', '--limit', '500');
    const ours = new Set(letters.map(({ messageId }) => messageId));
    const lists = [await this.#list(), await this.#list('--sent')];
    // in the order they were recorded, without the copies of our own letters
    const messages = lists.flat().filter(({ messageId }) => !ours.has(messageId)).toSorted((a, b) => a.id - b.id);
    const isAlone = this.#standsForFirst() !== null || !setting.asksFirst;
    const before = (setting.asksFirst ? 1 : 0) + (setting.answersFirst ? 1 : 0);
    const steps = isAlone ? messages : messages.slice(before);
    const sent = await Promise.all(this.smtp.messages.map(async ({ envelope, raw }) => ({ to: envelope.to, raw: raw.toString('latin1'), mail: await simpleParser(raw) })));
    return {
      first: messages[0],
      steps,
      texts: asked.has('readable') ? await this.#texts(steps) : [],
      windows: messages.map(({ window }) => window).filter((window) => window !== null),
      acks: letters.filter(({ kind }) => kind === 'acknowledgement'),
      holds: (await program.json(now, 'clients', 'show', setting.clients[0].name)).holds,
      notices: (await program.json(now, 'notices')).filter(({ at }) => Date.parse(at) >= Math.floor(this.#stepsAt / 1000) * 1000),
      sent: sent.map(({ to, raw, mail }) => ({ to, subject: mail.subject, toShown: mail.to?.text ?? '', isAck: /^Auto-Submitted: auto-replied/im.test(raw) })),
      doctor: asked.has('doctor') ? await this.#doctor() : '',
      alone: asked.has('acknowledgement') && setting.asksFirst && !setting.answersFirst ? await this.#alone() : [],
    };
  }

  /** What a client's step would be answered if no mail had come before it: else the first one's acknowledgement hides it. */
  async #alone() {
    const fresh = this.begin(configOf(this.setting, { port: 9, user: 'nobody' }, 9));
    try {
      const decisions = [];
      for (const { folder, file } of this.one.steps) {
        if (folder === 'INBOX') decisions.push(await fresh.json(this.now, 'decide', join(this.folder, file), '--as-client'));
      }
      return decisions;
    } finally {
      await fresh.end();
    }
  }

  #list(...more) {
    return this.program.json(this.now, 'inbox', 'list', '--limit', '500', ...more);
  }

  async #texts(messages) {
    const texts = [];
    for (const { id } of messages) texts.push((await this.program.json(this.now, 'inbox', 'show', String(id))).text);
    return texts;
  }

  async #doctor() {
    const { out, err } = await this.program.type(this.now, 'doctor');
    return out + err;
  }

  #faultsIn(expect, seen) {
    const faults = [];
    for (const [name, value] of Object.entries(expect)) {
      const check = checks[name];
      const fault = check === undefined ? `not understood: "${name}"` : check(value, seen, this);
      if (fault !== null) faults.push(fault);
    }
    return faults;
  }

  get foldersNamed() {
    return [...this.setting.folders, ...this.one.steps.map(({ folder }) => folder)].filter((name) => name !== 'INBOX' && name !== 'Sent');
  }
}

const shownWindow = (window) => (window == null ? 'no window' : `window ${window.state}${window.evidence === null ? '' : `/${window.evidence}`}`);

/** What is expected -> the fault as a sentence, or null. */
const checks = {
  window: (value, { first, steps, windows }) => {
    const window = first?.window ?? null;
    if (value === 'none') return steps.every((step) => step.window === null) ? null : shownWindow(steps.find((step) => step.window !== null).window);
    if (window !== null && window.state === value) return null;
    return `${shownWindow(window)}${windows.length > 1 ? `, of ${windows.length}` : ''}`;
  },
  evidence: (value, { first }) => (first?.window?.evidence === value ? null : `known by ${first?.window?.evidence ?? 'nothing'}`),
  newWindow: (value, { first, steps }) => {
    const fresh = steps.filter((step) => step.id !== first?.id && step.window !== null && step.window.id !== first?.window?.id);
    return fresh.length > 0 === value ? null : value ? 'no new window' : 'a new window';
  },
  sameThread: (value, { first, steps }) => {
    const others = steps.filter((step) => step.id !== first?.id);
    const isSame = others.length > 0 && others.every((step) => step.threadId === first?.threadId);
    return isSame === value ? null : value ? 'a thread of its own' : 'the same thread';
  },
  acknowledgement: (value, { acks, first, steps, alone }) => {
    const states = (list) => (list.length === 0 ? 'no acknowledgement' : list.map((ack) => `acknowledgement ${ack.state}`).join(', '));
    const ofFirst = acks.filter((ack) => ack.answersMessageId === first?.id || (first?.window != null && ack.windowId === first.window.id));
    const ofSteps = acks.filter((ack) => steps.some(({ id }) => id === ack.answersMessageId) && ack.state !== 'dropped');
    if (value === 'none' && alone.some((decision) => decision.acknowledge)) return 'acknowledged, come alone';
    if (value === 'none') return ofSteps.length === 0 ? null : states(ofSteps);
    if (value === 'kept') return ofFirst.length > 0 && ofFirst.every((ack) => ack.state !== 'dropped') ? null : states(ofFirst);
    if (value === 'dropped') return ofFirst.some((ack) => ack.state === 'dropped') ? null : states(ofFirst);
    const left = [...ofFirst, ...ofSteps].filter((ack) => ['held', 'queued', 'sending', 'sent', 'filed'].includes(ack.state));
    return left.length > 0 ? null : states(acks);
  },
  acknowledgedOncePerAddress: (_hours, { sent }) => {
    const to = sent.filter((one) => one.isAck).flatMap((one) => one.to);
    return new Set(to).size === to.length ? null : `acknowledged twice: ${to.join(', ')}`;
  },
  hold: (value, { holds }) => {
    const said = holds.length === 0 ? 'no hold' : holds.map((hold) => `hold ${hold.reason} until ${hold.until ?? 'released'}`).join(', ');
    if (value === 'none') return holds.length === 0 ? null : said;
    const isMeant = ({ reason }) => value === 'any' || [value].flat().includes(reason);
    return holds.some(isMeant) ? null : said;
  },
  holdUntil: (value, { holds }, scene) => {
    const day = dayMeant(value, scene.setting.day);
    return holds.some((hold) => hold.until !== null && dayOf(Date.parse(hold.until)) === day) ? null : `hold until ${holds.map((hold) => hold.until).join(', ') || '(none)'}`;
  },
  holdEnds: (value, { holds }) => (holds.every((hold) => hold.until !== null) === value ? null : 'a hold without end'),
  notice: (value, { notices }) => {
    if (typeof value === 'string') return notices.some(({ text }) => new RegExp(value, 's').test(text)) ? null : `no notice of ${value}`;
    return notices.length > 0 === value ? null : value ? 'no notice' : `notice: ${notices[0].text}`;
  },
  client: (value, { steps, first }) => {
    const of = steps.length > 0 ? steps : [first];
    const isKnown = of.length > 0 && of.every((step) => (typeof value === 'string' ? step?.client === value : step?.client != null));
    return isKnown === (value !== false) ? null : value === false ? 'taken for a client' : 'not taken for the client';
  },
  kind: (value, { steps, first }) => {
    const of = steps.length > 0 ? steps : [first];
    return of.some((step) => step?.judged?.kind === value) ? null : `kind ${of.map((step) => step?.judged?.kind).join(', ')}`;
  },
  readable: (_value, { texts }) => (texts.some((text) => /�|Ã[\u0080-¿]/u.test(text)) ? `text: ${texts.join(' ').slice(0, 80)}` : null),
  subject: (value, { sent, first, steps }) => contains(value, [...sent.map((one) => one.subject), first?.subject, ...steps.map((step) => step.subject)], 'subject'),
  to: (value, { sent }) => contains(value, sent.map((one) => one.toShown), 'To'),
  doctor: (_value, { doctor }, scene) => (scene.foldersNamed.some((name) => doctor.includes(name)) ? null : 'doctor names no such folder'),
};

/** "Perché …" is in each of those that are alike, and nothing is damaged in any. */
function contains(value, all, what) {
  const wanted = value.replace(/\s*(?:…|\.\.\.)$/, '');
  const texts = all.filter((text) => text !== undefined && text !== null);
  const isRight = texts.some((text) => text.includes(wanted)) && texts.every((text) => !text.includes('\uFFFD'));
  return isRight ? null : `${what}: ${texts.join(' | ') || '(none)'}`;
}

function summary({ first, steps, acks, holds, notices }) {
  const parts = [
    first === undefined ? 'nothing recorded' : shownWindow(first.window),
    ...steps.map((step) => step.judged?.kind ?? 'not judged'),
    ...acks.map((ack) => `acknowledgement ${ack.state}`),
    ...holds.map((hold) => `hold ${hold.reason}`),
    ...(notices.length > 0 ? [`${notices.length} notice${notices.length > 1 ? 's' : ''}`] : []),
  ];
  return parts.join(', ');
}

/** Folded before the id: within it there is no blank to fold at. */
function withMessageId(source, id) {
  return Buffer.from(source.toString('latin1').replace(/^Message-ID:.*$/im, `Message-ID:${id.length > 60 ? '\r\n ' : ' '}${id}`), 'latin1');
}

function answering(source, id) {
  const text = source.toString('latin1').replace(/^Subject:.*$/im, 'Subject: Il sito');
  return Buffer.from(text.replace(/^(In-Reply-To|References):.*$/gim, `$1:\r\n ${id}`), 'latin1');
}

const head = (from, to, subject, id) => [`From: ${from}`, `To: ${to}`, `Subject: ${subject}`, 'Date: Mon, 30 Nov 2026 10:00:00 +0000', `Message-ID: <${id}>`, 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8'];
const [anna, giulia] = ['Anna Bianchi <anna@bianchi.example>', `Giulia Ferri <${owner}>`];

/** Used where a folder of cases does not bring its own. */
const samples = {
  q1: [...head(anna, giulia, 'Preventivo sito', 'q1@bianchi.example'), '', 'Buongiorno, avrei bisogno di un preventivo. Grazie, Anna', ''],
  a1: [...head(giulia, anna, 'Re: Preventivo sito', 'a1@studioferri.example'), 'In-Reply-To: <q1@bianchi.example>', 'References: <q1@bianchi.example>', '', 'Gentile Anna, ecco il preventivo.', ''],
};
