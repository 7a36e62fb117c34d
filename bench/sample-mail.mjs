/**
 * Mail of a made-up studio, the same for the same seed: clients, strangers, newsletters, bounces, replies with
 * quotations, HTML twins and attachments, in sizes as mailboxes have them. Writes Maildir files; knows no server.
 */
import { closeSync, mkdirSync, openSync, utimesSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** mulberry32: small, fast, and the same everywhere. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const syllables = 'ra be lo ti mu na sto per con ven dra fi gu pra les tor man ci sul vo'.split(' ');
const days = 60;
const hourMs = 3_600_000;

/** Words of a language that is none, the short ones often, as in real text. */
export function vocabulary(size, seed = 7) {
  const next = random(seed);
  return Array.from({ length: size }, () => {
    const length = 1 + Math.floor(next() * 4);
    return Array.from({ length }, () => syllables[Math.floor(next() * syllables.length)]).join('');
  });
}

export class MailSource {
  #next;
  #words = vocabulary(20_000);
  #bulk;
  #bulkAt = 0;
  /** per address: what it wrote last, which it may come back to */
  #written = new Map();
  #options;

  /** @param options.clients how many clients write; @param options.largest bytes of the largest attachment */
  constructor({ seed = 1, clients = 200, largest = 8_000_000, owner = 'anna@studio.example' } = {}) {
    this.#next = random(seed);
    this.#options = { clients, largest, owner };
    this.#bulk = bulkOf(Math.max(largest, 1_000_000), this.#next);
  }

  /** @returns the bytes of message `index` of `total`, and when the server received it */
  message(index, total, until) {
    const next = this.#next;
    const share = next();
    const receivedAt = new Date(until - ((total - index) / total) * days * 24 * hourMs);
    if (share < 0.12) return { receivedAt, bytes: this.#newsletter(index, receivedAt) };
    if (share < 0.14) return { receivedAt, bytes: this.#bounce(index, receivedAt) };
    return { receivedAt, bytes: this.#personal(index, receivedAt, share < 0.75) };
  }

  /** One short message of a client, for arrivals. */
  short(index, receivedAt) {
    return this.#assemble({ ...this.#person(true), index, receivedAt, text: this.text(120), html: false, attachment: 0 });
  }

  text(words) {
    const next = this.#next;
    const chosen = [];
    for (let at = 0; at < words; at += 1) {
      // the square makes the first words of the list frequent
      chosen.push(this.#words[Math.floor(next() ** 3 * this.#words.length)]);
      if (at % 11 === 10) chosen.push('\r\n');
    }
    return chosen.join(' ');
  }

  #person(isClient) {
    const number = Math.floor(this.#next() * this.#options.clients);
    return isClient
      ? { name: `Client ${number}`, address: `client${number}@client${number}.example` }
      : { name: `Somebody ${number}`, address: `somebody${number}@elsewhere${number}.example` };
  }

  #personal(index, receivedAt, isClient) {
    const next = this.#next;
    const person = this.#person(isClient);
    const answers = next() < 0.45 ? this.#written.get(person.address) : undefined;
    const quotes = answers === undefined ? '' : `\r\n\r\nOn Monday Anna wrote:\r\n> ${this.text(300).replaceAll('\n', '\n> ')}`;
    const text = this.text(80 + Math.floor(next() ** 2 * 700)) + quotes;
    return this.#assemble({ ...person, index, receivedAt, answers, text, html: next() < 0.6, attachment: this.#attachmentSize() });
  }

  /** 5 of 100 have one; the sizes spread over three orders of magnitude, about 1.2 MB on average. */
  #attachmentSize() {
    const next = this.#next;
    if (next() > 0.053) return 0;
    const { largest } = this.#options;
    return Math.floor(Math.min(largest, 8_000 * 10 ** (3 * next())));
  }

  #assemble({ name, address, index, receivedAt, answers, text, html, attachment }) {
    const id = `<bench-${index}@${address.split('@')[1]}>`;
    this.#written.set(address, id);
    const head = [
      `Return-Path: <${address}>`,
      `Received: from mail.${address.split('@')[1]} by mx.studio.example; ${receivedAt.toUTCString()}`,
      `DKIM-Signature: v=1; a=rsa-sha256; d=${address.split('@')[1]}; b=${this.#base64(200, false)}`,
      `From: ${name} <${address}>`,
      `To: Anna Rossi <${this.#options.owner}>`,
      `Subject: ${answers === undefined ? '' : 'Re: '}${this.text(5).trim()}`,
      `Date: ${receivedAt.toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: ${id}`,
      ...(answers === undefined ? [] : [`In-Reply-To: ${answers}`, `References: ${answers}`]),
      'MIME-Version: 1.0',
    ];
    return Buffer.from([...head, ...bodyOf(text, { html, attachment: attachment > 0 ? this.#base64(attachment, true) : '' })].join('\r\n'));
  }

  #newsletter(index, receivedAt) {
    const text = this.text(400);
    const list = `list${index % 12}.example`;
    const head = [
      `Return-Path: <bounces@${list}>`,
      `From: News <news@${list}>`,
      `To: ${this.#options.owner}`,
      `Subject: ${this.text(6).trim()}`,
      `Date: ${receivedAt.toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: <news-${index}@${list}>`,
      `List-Id: <news.${list}>`,
      `List-Unsubscribe: <https://${list}/out>`,
      'Precedence: bulk',
      'MIME-Version: 1.0',
    ];
    return Buffer.from([...head, ...bodyOf(text, { html: true, attachment: '', heavy: true })].join('\r\n'));
  }

  #bounce(index, receivedAt) {
    return Buffer.from(
      [
        'Return-Path: <>',
        'From: Mail Delivery System <MAILER-DAEMON@mx.studio.example>',
        `To: ${this.#options.owner}`,
        'Subject: Undelivered Mail Returned to Sender',
        `Date: ${receivedAt.toUTCString().replace('GMT', '+0000')}`,
        `Message-ID: <bounce-${index}@mx.studio.example>`,
        'Auto-Submitted: auto-replied',
        'MIME-Version: 1.0',
        'Content-Type: multipart/report; report-type=delivery-status; boundary="r"',
        '',
        '--r',
        'Content-Type: text/plain; charset=utf-8',
        '',
        this.text(60),
        '--r',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.studio.example',
        '',
        `Final-Recipient: rfc822; gone${index}@nowhere.example`,
        'Action: failed',
        'Status: 5.1.1',
        '--r--',
        '',
      ].join('\r\n'),
    );
  }

  #base64(bytes, lines) {
    const length = Math.ceil((bytes * 4) / 3);
    if (this.#bulkAt + length > this.#bulk.length) this.#bulkAt = Math.floor(this.#next() * 1000);
    const piece = this.#bulk.slice(this.#bulkAt, this.#bulkAt + length);
    this.#bulkAt += 4_001;
    return lines ? piece : piece.replaceAll('\r\n', '');
  }
}

function bulkOf(bytes, next) {
  const block = Buffer.alloc(bytes);
  for (let at = 0; at + 4 <= bytes; at += 4) block.writeUInt32LE(Math.floor(next() * 4_294_967_296), at);
  return block.toString('base64').replaceAll(/.{76}/g, '$&\r\n');
}

function bodyOf(text, { html, attachment, heavy = false }) {
  const plain = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', text];
  const twin = html ? ['--alt', ...plain, '--alt', ...htmlOf(text, heavy), '--alt--'] : [];
  const inner = html ? ['Content-Type: multipart/alternative; boundary="alt"', '', ...twin] : plain;
  if (attachment === '') return [...inner, ''];
  return [
    'Content-Type: multipart/mixed; boundary="mix"',
    '',
    '--mix',
    ...inner,
    '--mix',
    'Content-Type: application/pdf; name="offerta.pdf"',
    'Content-Disposition: attachment; filename="offerta.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    attachment,
    '--mix--',
    '',
  ];
}

function htmlOf(text, heavy) {
  const style = heavy ? ' style="font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:20px;color:#333333;margin:0 0 12px 0"' : '';
  const cell = heavy ? `<table width="100%" cellpadding="0" cellspacing="0" border="0"${style}><tr><td${style}>` : '<div>';
  const paragraphs = text.split('\r\n').map((line) => `${cell}${line}${heavy ? '</td></tr></table>' : '</div>'}`);
  return ['Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', `<html><body>${paragraphs.join('\r\n')}</body></html>`];
}

/**
 * Fills a Maildir's `cur` with `total` messages received over the 60 days before `until`.
 * @returns how many bytes they make
 */
export function fillMaildir(folder, total, { until, ...options }) {
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(folder, part), { recursive: true });
  const source = new MailSource(options);
  let sum = 0;
  for (let index = 0; index < total; index += 1) {
    const { bytes, receivedAt } = source.message(index, total, until);
    const seconds = Math.floor(receivedAt.getTime() / 1000);
    const path = join(folder, 'cur', `${seconds}.M${String(index).padStart(7, '0')}P1.bench,S=${bytes.length}:2,S`);
    const file = openSync(path, 'w', 0o644);
    writeSync(file, bytes);
    closeSync(file);
    utimesSync(path, seconds, seconds);
    sum += bytes.length;
  }
  return sum;
}
