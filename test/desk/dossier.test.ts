/** The dossier as values, as a page and as a PDF: complete, in order, and harmless whatever a client has written. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkConfig } from '../../src/config.ts';
import { type Dossier, dossierOf, noteDossier } from '../../src/desk/dossier.ts';
import { mailFromRecord } from '../../src/desk/dossier-mail.ts';
import { dossierPage } from '../../src/desk/dossier-page.ts';
import { dossierPdf } from '../../src/desk/dossier-pdf.ts';
import { dossierSections, type FileFact, journalFile } from '../../src/desk/dossier-text.ts';
import { parse } from '../../src/mail/parse.ts';
import { sha256Of } from '../support/sums.ts';
import type { Client } from '../../src/rules/client.ts';
import { clientById } from '../../src/store/clients.ts';
import type { Reader, Writer } from '../../src/store/database.ts';
import { addExit } from '../../src/store/exits.ts';
import { addHold } from '../../src/store/holds.ts';
import { recordPayment } from '../../src/store/invoices.ts';
import { note } from '../../src/store/journal.ts';
import { entries } from '../support/in-words.ts';
import { addLogEntry } from '../../src/store/log-entries.ts';
import { addMark, removeMark } from '../../src/store/marks.ts';
import { messageById, saveJudgement, type StoredMessage } from '../../src/store/messages.ts';
import { addProject } from '../../src/store/projects.ts';
import { addRequest } from '../../src/store/requests.ts';
import { answerWindow, openWindow } from '../../src/store/windows.ts';
import { config } from '../cli/terminal.ts';
import * as make from '../store/make.ts';
import { day, openTestDesk, type TestDesk, zone } from './support.ts';
import { asWritten } from '../../src/rules/reason.ts';
import { wordsOf } from '../../src/words/voice.ts';
import { englishIn } from '../words/leftovers.ts';

const english = wordsOf('en');

const settings = checkConfig(JSON.stringify(config), 'config.json');
const now = make.now;
const evil = `<script>alert("1")</script>'"&<img src=x onerror=alert(1)> \u202Egnp.exe`;

/** A client of whom there is one of everything; each text of his is hostile. */
function scene(w: Writer): number {
  const client = make.client(w, {
    name: `Bianchi ${'<b>'} Srl`,
    project: `<script>`,
    notes: evil,
    terms: { scope: [evil] },
  });
  const other = make.client(w, { name: 'Verdi', addresses: ['ugo@verdi.example'] });
  make.message(w, { from: { name: 'Ugo', address: 'ugo@verdi.example' }, text: 'segreto di Verdi' });
  const received = (text: string) => ({ arrival: { receivedAt: make.minutesAfter(now, Number(text)) } });
  const from = { name: evil, address: 'luca@bianchi.example' };
  const attachments = [{ name: '../../etc/passwd"><script>', type: 'text/html', sizeBytes: 3 }];
  const first = make.message(
    w,
    {
      from,
      subject: `${evil} Preventivo`,
      text: evil,
      newText: `${evil}\nseconda riga`,
      messageId: '<1@bianchi.example>',
      attachments,
    },
    received('-600'),
  );
  const answer = make.message(
    w,
    {
      from: { name: 'Anna', address: make.own },
      to: [from],
      subject: 'Re: Preventivo',
      newText: 'Eccomi',
      messageId: '<a@studio.example>',
    },
    { role: 'sent', arrival: { receivedAt: make.minutesAfter(now, -300) } },
  );
  const threadId = messageById(w, first)?.threadId as number;
  const opened = { threadId, clientId: client.id, openedBy: first, openedAt: now, dueAt: make.later };
  const window = openWindow(w, opened);
  saveJudgement(w, first, {
    kind: 'human',
    outOfHours: true,
    outOfHoursWhy: { code: 'closed-weekday', weekday: 'sun' },
    minutesToOpening: 3,
    windowId: window.id,
    reason: 'out-of-hours',
    why: asWritten('A client wrote on Sunday.'),
  });
  answerWindow(w, window.id, { evidence: 'thread', answeredBy: answer, answeredAt: now });
  const letter = make.letterIn(w, 'filed', {
    clientId: client.id,
    subject: evil,
    text: `Gentile ${evil}\n\nsaluti`,
    key: 'a',
  });
  // Paletti's own letter, as it lies in Sent, stands among the letters
  make.message(w, { messageId: letter.messageId, from: { name: '', address: make.own }, to: [from] }, { role: 'sent' });
  make.letter(w, { clientId: client.id, key: 'b', subject: 'Waits' });
  const invoice = make.invoice(w, { clientId: client.id, number: '2026/7', project: evil });
  recordPayment(w, invoice.id, { amountCents: 22_000, receivedOn: day('2026-11-01'), reference: evil });
  addHold(w, { scope: 'client', scopeId: client.id, reason: 'promise', until: make.later, note: asWritten(evil) });
  addLogEntry(w, {
    clientId: client.id,
    kind: 'call',
    at: now,
    minutes: 12,
    direction: 'in',
    text: evil,
    project: null,
    outOfHours: true,
    outOfHoursWhy: asWritten('lunch'),
  });
  addProject(w, { clientId: client.id, name: evil, state: 'active', startedOn: null, endedOn: null });
  addMark(w, { clientId: client.id, mark: 'unclear-goals', note: evil });
  removeMark(w, client.id, 'unclear-goals');
  addRequest(w, {
    clientId: client.id,
    messageId: answer,
    madeBy: 'owner',
    state: 'open',
    text: evil,
    project: null,
    openedAt: now,
    dueOn: day('2026-12-01'),
    deliveryOn: null,
  });
  addExit(w, {
    clientId: client.id,
    proposedBy: 'owner',
    letterKey: null,
    coolingFrom: null,
    reason: 'own-words',
    ownWords: evil,
    notice: { kind: 'milestone', milestone: evil, by: null, reachedOn: null },
    referral: evil,
    handover: [],
  });
  note(w, {
    kind: 'client-added',
    subject: `client/${client.id}`,
    clientId: client.id,
    why: asWritten(evil),
    data: { name: evil },
  });
  note(w, { kind: 'client-added', subject: `client/${other.id}`, clientId: other.id, why: asWritten('about Verdi') });
  note(w, {
    kind: 'letter-sent',
    subject: `letter/${letter.id}`,
    clientId: client.id,
    why: asWritten('taken by the server'),
  });
  return client.id;
}

function clientOf(r: Reader, id: number): Client {
  return clientById(r, id) as Client;
}

const options = { now, zone, studio: 'Studio Rossi', signDays: 365 };

function made(): { desk: TestDesk; dossier: Dossier; files: Map<string, FileFact> } {
  const desk = openTestDesk();
  const id = desk.store.write(now, scene);
  const dossier = desk.store.read((r) => dossierOf(r, settings, clientOf(r, id), options));
  const paths = [...dossier.messages.map(({ file }) => file), ...dossier.letters.flatMap(({ file }) => file ?? [])];
  const files = new Map(paths.map((path) => [path, { sha256: 'a'.repeat(64), what: { code: 'whole' } as const }]));
  return { desk, dossier, files };
}

describe('the values', () => {
  it('hold everything of the client and nothing of another', () => {
    const { dossier } = made();
    expect(dossier.messages.map(({ file, role }) => [file, role])).toEqual([
      ['messages/002.eml', 'inbox'],
      ['messages/003.eml', 'sent'],
    ]);
    expect(dossier.messages[0]).toMatchObject({
      outOfHoursWhy: { code: 'closed-weekday', weekday: 'sun' },
      reason: 'out-of-hours',
      messageId: '<1@bianchi.example>',
      isCut: false,
      window: { evidence: 'thread', answeredBy: 3, state: 'answered' },
    });
    expect(dossier.letters.map(({ file, state }) => [file, state])).toEqual([
      ['letters/001.eml', 'filed'],
      [null, 'held'],
    ]);
    expect(dossier.marks).toMatchObject([{ mark: 'unclear-goals', removedAt: now }]);
    expect(
      [dossier.projects, dossier.invoices, dossier.holds, dossier.log, dossier.requests, dossier.exits].map(
        (list) => list.length,
      ),
    ).toEqual([1, 1, 1, 1, 1, 1]);
    expect(dossier.timeline.map(({ kind }) => kind).toSorted()).toEqual([
      'call',
      'invoice',
      'letter',
      'message-in',
      'message-out',
      'payment',
      'promise',
    ]);
    const timed = dossier.timeline.flatMap(({ at }) => at ?? []);
    expect(timed).toEqual(timed.toSorted((a, b) => a - b));
    expect(JSON.stringify(dossier)).not.toMatch(/Verdi/);
  });

  it('cut a long message and say so', () => {
    const desk = openTestDesk();
    const id = desk.store.write(now, (w) => {
      const client = make.client(w);
      make.message(w, { newText: 'x'.repeat(2000) });
      return client.id;
    });
    const [message] = desk.store.read((r) => dossierOf(r, settings, clientOf(r, id), options)).messages;
    expect(message).toMatchObject({ isCut: true, text: 'x'.repeat(1500) });
  });

  it('are of no use to nobody: a client without anything has a dossier too', async () => {
    const desk = openTestDesk();
    const id = desk.store.write(now, (w) => make.client(w).id);
    const dossier = desk.store.read((r) => dossierOf(r, settings, clientOf(r, id), options));
    expect(dossierSections(dossier, new Map(), english).map(({ title }) => title)).toEqual([
      ...['Client and terms', 'Warning signs', 'Timeline', 'Messages', 'Letters', 'Money', 'Log', 'Journal'],
    ]);
    expect(dossierPage(dossier, new Map(), english)).toContain('<p>Nothing.</p>');
    expect((await dossierPdf(dossier, new Map(), { font: null, words: english })).length).toBeGreaterThan(1000);
  });
});

describe('the page', () => {
  it('carries everything in itself, and no mark of a client’s making', () => {
    const { dossier, files } = made();
    const page = dossierPage(dossier, files, english);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|javascript:|<[^>]+\son[a-z]+=/i);
    expect(page).not.toMatch(/https?:\/\/|url\(/);
    expect(page).not.toContain('\u202E');
    const known =
      /^<(\/?(html|head|title|style|body|main|header|nav|section|article|h1|h2|h3|p|a|dl|dt|dd|pre|blockquote|table|thead|tbody|tr|th|td)|!doctype|meta)\b/;
    expect((page.match(/<[^>]*>/g) ?? []).filter((tag) => !known.test(tag))).toEqual([]);
    expect(
      [...page.matchAll(/href="([^"]*)"/g)]
        .map((match) => match[1] as string)
        .filter((link) => !/^(#s\d+|(messages|letters)\/\d+\.eml)$/.test(link)),
    ).toEqual([]);
  });

  it('shows what is asked of a dossier', () => {
    const { dossier, files } = made();
    const page = dossierPage(dossier, files, english);
    for (const text of [
      'window 1, due 2026-11-23 Mon 11:00: answered 2026-11-23 Mon 10:00 (an answer in the thread, message 3)',
      '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;',
      '\nseconda riga</pre>',
      'a'.repeat(64),
      '&lt;filed@studio.example&gt;',
      '220.00 EUR',
      'The whole journal was verified on 2026-11-23 Mon 10:00: 3 lines',
      'unclear goals',
      'href="letters/001.eml"',
    ])
      expect(page).toContain(text);
  });

  it('is in Italian for who reads Italian: headings, columns and names of facts have no English in them', () => {
    const { dossier, files } = made();
    const said = dossierSections(dossier, files, wordsOf('it')).flatMap(({ title, blocks }) => [
      title,
      ...blocks.flatMap((block) => {
        if (block.kind === 'table') return block.titles;
        return block.kind === 'text' ? [block.text] : block.facts.map(([name]) => name);
      }),
    ]);
    expect(said.length).toBeGreaterThan(80);
    expect(said.filter((text) => englishIn(text).length > 0)).toEqual([]);
    expect(dossierPage(dossier, files, wordsOf('it'))).toContain('<html lang="it"');
  });

  it('shouts when the journal is not sound', () => {
    const { dossier, files } = made();
    const verdict = { ok: false, id: 2, problem: { code: 'entry-text-changed' } } as const;
    expect(dossierPage({ ...dossier, journal: { ...dossier.journal, verdict } }, files, english)).toContain(
      'THE JOURNAL IS NOT SOUND: line 2: its text was changed.',
    );
  });
});

describe('the PDF', () => {
  const reader = 'pdftotext';
  const hasReader = spawnSync(reader, ['-v']).error === undefined;

  function textOf(pdf: Uint8Array): string {
    const dir = mkdtempSync(join(tmpdir(), 'paletti-pdf-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    writeFileSync(join(dir, 'a.pdf'), pdf);
    return execFileSync(reader, ['-layout', join(dir, 'a.pdf'), '-'], { encoding: 'utf8' });
  }

  it('is one, and the same every time', async () => {
    const { dossier, files } = made();
    const pdf = await dossierPdf(dossier, files, { font: null, words: english });
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
    expect(Buffer.from(pdf.subarray(-6)).toString().trim()).toBe('%%EOF');
    expect(Buffer.from(await dossierPdf(dossier, files, { font: null, words: english })).equals(Buffer.from(pdf))).toBe(
      true,
    );
  });

  it.skipIf(!hasReader)('says what the page says', async () => {
    const { dossier, files } = made();
    const text = textOf(await dossierPdf(dossier, files, { font: null, words: english })).replace(/\s+/g, ' ');
    for (const wanted of [
      'Dossier: Bianchi <b> Srl, kept by Studio Rossi',
      'answered 2026-11-23 Mon 10:00',
      'seconda riga',
      '2026/7',
      'Journal',
      '1 / ',
    ])
      expect(text).toContain(wanted);
    for (const { title } of dossierSections(dossier, files, english)) expect(text).toContain(title);
  });

  it.skipIf(!hasReader)('prints other letters as near as it can without a font, and says so', async () => {
    const { dossier, files } = made();
    const client = { ...dossier.client, name: 'Čapek, Żuk & Жук €' };
    const text = textOf(await dossierPdf({ ...dossier, client }, files, { font: null, words: english }));
    expect(text).toContain('Capek, Zuk & ??? €');
    expect(text).toContain('stand here as question marks');
    const odd = await dossierPdf({ ...dossier, client }, files, { font: Buffer.from('not a font'), words: english });
    expect(textOf(odd)).toContain('Capek, Zuk & ??? €');
  });

  it.skipIf(!hasReader)('breaks words that are wider than the page', async () => {
    const { dossier, files } = made();
    const client = { ...dossier.client, notes: `${'w'.repeat(400)} end` };
    expect(
      textOf(await dossierPdf({ ...dossier, client }, files, { font: null, words: english })).replace(/\s/g, ''),
    ).toContain(`${'w'.repeat(400)}end`);
  });
});

describe('journal.json', () => {
  it('can be verified with nothing but SHA-256', () => {
    const { dossier } = made();
    const file = JSON.parse(journalFile(dossier)) as JournalFile;
    expect(file.wholeJournal).toMatchObject({ ok: true, count: 3, verifiedAt: '2026-11-23T09:00:00Z' });
    expect(file.entries.map(({ id }) => id)).toEqual([1, 3]);
    for (const entry of file.entries) {
      const { previousHash, id, at, kind, subject, clientId, bodySha256 } = entry;
      expect(sha256Of(entry.body as string)).toBe(bodySha256);
      expect(sha256Of(JSON.stringify([previousHash, id, at, kind, subject, clientId, bodySha256]))).toBe(entry.hash);
    }
    expect(file.entries[0]?.next?.hash).toBe(file.entries[1]?.previousHash);
    expect(file.entries[1]?.hash).toBe(file.wholeJournal.head);
    expect(journalFile(dossier)).not.toContain('Verdi');
  });
});

interface JournalFile {
  wholeJournal: { ok: boolean; head: string };
  entries: Dossier['journal']['entries'];
}

describe('the line in the journal', () => {
  it('keeps the sum of the sums', () => {
    const { desk, dossier } = made();
    noteDossier(desk, dossier, { sha256: 'f'.repeat(64), files: 7 });
    const last = desk.store.read((r) => entries(r)).at(-1);
    expect(last).toMatchObject({
      kind: 'dossier-made',
      clientId: dossier.client.id,
      data: { files: 7, sha256: 'f'.repeat(64) },
    });
  });
});

describe('a mail file from the record', () => {
  function recorded(values: Parameters<typeof make.message>[1], fault: string | null = null): StoredMessage {
    return openTestDesk().store.write(now, (w) => {
      const id = make.message(w, values, fault === null ? {} : { arrival: { mail: null, fault } });
      return messageById(w, id) as StoredMessage;
    });
  }

  it('is read back with its header and text, and says what it is', async () => {
    const message = recorded({
      headers: [
        { name: 'from', value: 'Luca <luca@bianchi.example>' },
        { name: 'subject', value: '=?utf-8?q?Perch=C3=A9?=' },
        { name: 'references', value: Array.from({ length: 40 }, (_, i) => `<${i}@bianchi.example>`).join(' ') },
        { name: 'content-type', value: 'multipart/mixed; boundary=x' },
        { name: 'mime-version', value: '1.0' },
      ],
      text: 'Perché no?\n\nCiao',
      attachments: [{ name: 'listino.pdf', type: 'application/pdf', sizeBytes: 10 }],
    });
    const bytes = mailFromRecord(message, 'gone');
    const read = await parse(bytes, {});
    expect(read).toMatchObject({
      subject: 'Perché',
      from: { address: 'luca@bianchi.example' },
      contentType: 'text/plain',
    });
    expect(read.text.trim()).toBe('Perché no?\n\nCiao');
    expect(read.references).toHaveLength(40);
    const text = Buffer.from(bytes).toString();
    expect(text).toMatch(/^X-Paletti-Source: header and text from the record, not the message itself/);
    expect(text).toContain('X-Paletti-Attachment-Left-Out: listino.pdf (application/pdf)');
    expect(text).toContain('X-Original-Content-Type: multipart/mixed; boundary=x');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.split('\r\n').every((row) => row.length <= 998)).toBe(true);
  });

  it('puts very long lines into base64', async () => {
    const bytes = mailFromRecord(recorded({ text: 'è'.repeat(3000) }), 'not-asked');
    expect(Buffer.from(bytes).toString()).toContain('Content-Transfer-Encoding: base64');
    expect((await parse(bytes, {})).text.trim()).toBe('è'.repeat(3000));
  });

  it('lets no value begin a line of its own', () => {
    const message = recorded({ headers: [{ name: 'subject', value: 'a\r\nBcc: evil@x.example' }] });
    expect(Buffer.from(mailFromRecord(message, 'not-asked')).toString()).not.toMatch(/^Bcc/m);
  });

  it('stands for a message that could not be read, too', () => {
    const text = Buffer.from(mailFromRecord(recorded({}, 'too deep'), 'not-asked')).toString();
    expect(text).toContain('X-Paletti-Fault: too deep');
    expect(text).toContain('Date: Mon, 23 Nov 2026 09:00:00 +0000');
  });
});
