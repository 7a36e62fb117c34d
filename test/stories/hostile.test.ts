import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { dossierOf } from '../../src/desk/dossier.ts';
import { dossierPage } from '../../src/desk/dossier-page.ts';
import { exportClients } from '../../src/desk/import-clients.ts';
import { listClients } from '../../src/store/clients.ts';
import { verifyJournal } from '../../src/store/journal.ts';
import { listMessages } from '../../src/store/messages.ts';
import { entries, unseenNotices } from '../support/in-words.ts';
import { terminalOf } from '../cli/terminal-of.ts';
import { harmful, hostileMails } from '../support/hostile-mail.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { wordsOf } from '../../src/words/voice.ts';

const generous = { sending: { mode: 'live', perDay: 1000, perHour: 1000 } };

/** Everything hostile arrives, each followed by a mail of a person who means well; then the morning goes by. */
async function besieged() {
  const studio = await openStudio({ now: '2026-11-23T10:00:00+01:00', config: generous });
  const mails = hostileMails(100);
  const well = studio.client('Giulia Verdi');
  for (const [index, { from, bytes }] of mails.entries()) {
    studio.client(`Cliente ${index}`, { addresses: [from] });
    studio.mailbox.put('inbox', bytes, studio.clock.now());
    studio.clientWrites({ from: well.addresses[0] as string, subject: `Domanda ${index}` });
  }
  const report = await studio.at('2026-11-23T10:05:00+01:00');
  await studio.until('2026-11-23T12:00:00+01:00', 30);
  return { studio, mails, report };
}

/** Header and body of what went over the wire. */
function partsOf(raw: string): { header: string; body: string } {
  const end = raw.indexOf('\r\n\r\n');
  return { header: raw.slice(0, end), body: raw.slice(end + 4) };
}

const headerNames = [
  ...['from', 'to', 'subject', 'message-id', 'date', 'mime-version', 'content-type', 'content-transfer-encoding'],
  ...['in-reply-to', 'references', 'auto-submitted', 'precedence', 'x-auto-response-suppress', 'x-loop'],
  'x-paletti-letter',
];

/** The bytes are one plain letter to one address, whatever its values were. */
async function expectOneLetter(raw: string, to: string): Promise<void> {
  const { header, body } = partsOf(raw);
  expect(header.replaceAll('\r\n', '')).toMatch(/^[\t\x20-\x7e]*$/);
  expect(body.replaceAll('\r\n', '')).toMatch(/^[\t\x20-\x7e]*$/);
  const mail = await simpleParser(raw);
  const names = mail.headerLines.map(({ key }) => key);
  expect(names.filter((name) => !headerNames.includes(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
  const addressed = [mail.to].flat().flatMap((field) => field?.value ?? []);
  expect(addressed.map(({ address }) => address)).toEqual([to]);
  expect([mail.cc, mail.bcc, mail.replyTo]).toEqual([undefined, undefined, undefined]);
  for (const text of [mail.subject, addressed[0]?.name, mail.text, mail.html || '']) expect(text).not.toMatch(harmful);
  expect(mail.html || '').not.toMatch(/<(?!\/?(?:html|head|meta|body|div|p|br|ul|li|!DOCTYPE)\b)/);
}

/** What the pages are made of; a client's words may add to it neither a tag nor an attribute. */
const pageTags =
  /^(?:!doctype|html|head|meta|title|style|body|main|header|footer|nav|section|article|h[1-4]|p|a|b|strong|em|span|div|br|pre|code|ul|ol|li|dl|dt|dd|table|caption|colgroup|col|thead|tbody|tr|th|td|svg|g|rect|line|text|path|circle|figure|figcaption|details|summary|time)$/;

function expectHarmlessPage(page: string): void {
  expect(page).not.toMatch(harmful);
  const tags = [...page.matchAll(/<\/?([^\s>/]*)([^>]*)>/g)];
  expect(tags.length).toBeGreaterThan(10);
  expect(tags.map(([, name = '']) => name.toLowerCase()).filter((name) => !pageTags.test(name))).toEqual([]);
  expect(tags.filter(([, , attributes = '']) => /\son\w+\s*=|javascript:/i.test(attributes))).toEqual([]);
}

/** The report, and the dossier of each client, as pages. */
async function pagesOf(studio: Studio): Promise<string[]> {
  const file = join(studio.config.dataDir, 'report.html');
  const { code } = await terminalOf(studio).type('report', '--html', file);
  expect(code).toBe(0);
  const options = { now: studio.clock.now(), zone: studio.config.owner.timeZone, studio: 'Studio', signDays: 90 };
  const dossiers = studio.app.store.read((r) =>
    listClients(r).map((client) => dossierOf(r, studio.config, client, options)),
  );
  return [readFileSync(file, 'utf8'), ...dossiers.map((dossier) => dossierPage(dossier, new Map(), wordsOf('en')))];
}

describe('hostile mail through the whole program', () => {
  it('is recorded, judged and answered like any other, and the mail behind it too', async () => {
    const { studio, mails, report } = await besieged();
    expect(report).toMatchObject({ recorded: mails.length * 2, quarantined: 0, judged: mails.length * 2, faults: [] });
    const messages = studio.app.store.read((r) => listMessages(r, { role: 'inbox' })).toReversed();
    const answered = new Set(studio.courier.taken.map(({ envelope }) => envelope.to));
    for (const [index, { name, from, reason }] of mails.entries()) {
      const [hostile, next] = [messages[index * 2], messages[index * 2 + 1]];
      const seen = {
        name,
        from: hostile?.mail.from?.address,
        kind: hostile?.judged?.kind,
        reason: hostile?.judged?.reason,
      };
      expect(seen).toEqual({ name, from, kind: 'human', reason: reason ?? 'acknowledge' });
      expect({ name, answered: answered.has(from) }).toEqual({ name, answered: reason === undefined });
      expect(next?.mail.subject).toBe(`Domanda ${index}`);
      // Whatever is not answered still has its deadline.
      expect(hostile?.judged?.windowId).not.toBeNull();
    }
    expect(studio.app.store.read((r) => unseenNotices(r)).map((notice) => notice.text)).toEqual([]);

    // Nothing of it can act: not on the wire,
    for (const { raw, envelope } of studio.courier.taken) await expectOneLetter(raw, envelope.to);
    // nor in the journal,
    for (const { why, data, subject } of studio.app.store.read((r) => entries(r))) {
      expect(why).not.toMatch(harmful);
      for (const value of stringsIn(data)) expect(value).not.toMatch(harmful);
      expect(subject).not.toMatch(harmful);
    }
    expect(studio.app.store.read((r) => verifyJournal(r))).toMatchObject({ ok: true });
    // nor in a file for a spreadsheet,
    expect(studio.app.store.read((r) => exportClients(r)).replaceAll('\r\n', '\n')).not.toMatch(harmful);
    // nor on a page,
    const pages = await pagesOf(studio);
    expect(pages.length).toBeGreaterThan(mails.length);
    for (const page of pages) expectHarmlessPage(page);
    // nor at a terminal.
    const { type } = terminalOf(studio);
    const shown = messages.filter((_, index) => index % 2 === 0).map(({ id }) => ['inbox', 'show', String(id)]);
    const written = studio.letters().map(({ id }) => ['outbox', 'show', String(id)]);
    const lists = [
      'status',
      'inbox',
      'outbox --all',
      'journal --limit 9999',
      'clients',
      'notices',
      'plan',
      'inbox search Ciao',
    ];
    for (const words of [...lists.map((line) => line.split(' ')), ...shown, ...written]) {
      for (const form of [[], ['--json']]) {
        const { code, out, err } = await type(...words, ...form);
        expect({ words, code, err }).toEqual({ words, code: 0, err });
        expect(`${out}${err}`).not.toBe('');
        expect(`${out}${err}`).not.toMatch(harmful);
      }
    }
  }, 60_000);
});

/** What an owner may paste into the register, or a file of hers hold. */
const values = [
  '{{constructor}} {{{signature}}} {{#each this}}',
  '<script>alert(1)</script><img src=x onerror=y>',
  '"evil@evil.example" <evil@evil.example>',
  'evil@evil.example, luca',
  'g: evil@evil.example;',
  '=?utf-8?Q?Luca=0D=0ABcc:_evil@evil.example?=',
  "O'Brien & Figli <b>S.r.l.</b>",
  'Luca \\" \\r\\nBcc: x',
  `=?=?=${'\u200f\u200b'}?=`,
  '日本語の会社 עברית',
  'x'.repeat(199),
];

describe('values of the register in a letter', () => {
  it('stay text: one recipient, no further header, no markup', async () => {
    const studio = await openStudio({ now: '2026-11-23T08:00:00+01:00', config: generous });
    for (const [index, value] of values.entries()) {
      const client = studio.client(`${value.slice(0, 190)} ${index}`, {
        addresses: [`luca@client${index}.example`],
        contactName: index % 2 === 0 ? value : null,
        project: value,
        language: index % 3 === 0 ? 'en' : 'it',
      });
      studio.invoice(client, {
        dueOn: '2026-11-12',
        number: index % 2 === 0 ? `<b>${index}</b> {{total}}` : value.slice(0, 60),
      });
    }
    await studio.until('2026-11-23T12:00:00+01:00', 30);
    expect(studio.courier.taken.map(({ envelope }) => envelope.to).toSorted()).toEqual(
      values.map((_, index) => `luca@client${index}.example`).toSorted(),
    );
    for (const { raw, envelope } of studio.courier.taken) await expectOneLetter(raw, envelope.to);
  });

  it.each(['Rossi\r\nBcc: evil@evil.example', 'Rossi\u001b[2J', 'Rossi \u202egnp.exe', 'Rossi\u2028x', 'Rossi\0'])(
    'are refused where they are not one line: %j',
    async (value) => {
      const studio = await openStudio({ now: '2026-11-23T08:00:00+01:00' });
      // A blank that breaks the line is folded in a name, and refused elsewhere.
      if (!/[\r\n\u2028]/.test(value)) expect(() => studio.client(value)).toThrow(/control character|line break/);
      expect(() => studio.client('Rossi', { contactName: value })).toThrow(/control character|line break/);
      expect(() => studio.client('Rossi', { project: value })).toThrow(/control character|line break/);
    },
  );

  it('a letter that cannot be built is the owner’s to mend, and the others leave', async () => {
    const studio = await openStudio({ now: '2026-11-23T08:00:00+01:00' });
    for (const name of ['Prima', 'Seconda']) studio.invoice(studio.client(name), { dueOn: '2026-11-12' });
    const compose = studio.courier.compose.bind(studio.courier);
    studio.courier.compose = (draft, stamp) => {
      if (draft.to.name === 'Prima') throw new AppError('bad-input', 'the letter’s Subject is none');
      return compose(draft, stamp);
    };
    await studio.until('2026-11-23T12:00:00+01:00', 30);
    expect(studio.courier.taken.map(({ envelope }) => envelope.to)).toEqual(['seconda@client.example']);
    expect(studio.letters().map(({ state, approval }) => [state, approval])).toEqual([
      ['held', 'ask'],
      ['filed', 'auto'],
    ]);
    expect(studio.app.store.read((r) => unseenNotices(r)).map(({ text }) => text)).toEqual([
      expect.stringContaining('cannot be built'),
    ]);
  });
});

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
