/** What comes back after a letter about money: answers however they come, reports, challenges. */
import { describe, expect, it } from 'vitest';
import { listHolds } from '../../src/store/holds.ts';
import { unseenNotices } from '../support/in-words.ts';
import { openStudio, owner, type Studio } from '../support/studio.ts';

const monday = '2026-11-30T11:00:00+01:00';
const client = 'b@bianchi.example';

interface Sent {
  studio: Studio;
  messageId: string;
  subject: string;
}

/** A reminder has left. */
async function reminded(): Promise<Sent> {
  const studio = await openStudio({ now: '2026-11-30T09:30:00+01:00' });
  const bianchi = studio.client('Bianchi Srl', { addresses: [client] });
  studio.invoice(bianchi, { number: '14', cents: 61_000, dueOn: '2026-11-20' });
  await studio.at('2026-11-30T10:00:00+01:00');
  const [letter] = studio.letters('payment-reminder');
  expect(letter?.state).toBe('filed');
  return { studio, messageId: letter?.messageId as string, subject: letter?.subject as string };
}

const holds = (studio: Studio) =>
  studio.app.store.read((r) => listHolds(r)).map(({ reason, until }) => ({ reason, ends: until !== null }));
const notices = (studio: Studio) => studio.app.store.read((r) => unseenNotices(r)).map(({ text }) => text);

/** What a story puts into the inbox, with the letter's own identifier and subject in it. */
type Written = (sent: Sent) => string[];

const text = (lines: string[], body: string) => [...lines, 'Message-ID: <r@x.example>', '', body, ''];
const answering =
  (from: string, more: string[] = [], body = 'Ne parlo con il titolare.'): Written =>
  ({ messageId, subject }) =>
    text([`From: ${from}`, `To: ${owner}`, `Subject: R: ${subject}`, `In-Reply-To: ${messageId}`, ...more], body);
const onSubject =
  (prefix: string): Written =>
  ({ subject }) =>
    text([`From: ${client}`, `To: ${owner}`, `Subject: ${prefix}${subject}`], 'Ne parlo con il titolare.');

const dsn =
  (action: string, more: { id?: boolean; recipient?: string; returnPath?: string; own?: boolean } = {}): Written =>
  ({ messageId, subject }) => [
    'From: Mail Delivery System <MAILER-DAEMON@mx.studio.example>',
    `To: ${owner}`,
    'Subject: Rapporto',
    'Message-ID: <dsn@mx.studio.example>',
    `Return-Path: ${more.returnPath ?? '<>'}`,
    ...(more.own === true ? [`In-Reply-To: ${messageId}`] : []),
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    '',
    'Vede sotto.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.studio.example',
    '',
    `Final-Recipient: rfc822; ${more.recipient ?? client}`,
    `Action: ${action}`,
    ...(more.id === false
      ? []
      : ['', '--b', 'Content-Type: text/rfc822-headers', '', `Message-ID: ${messageId}`, `Subject: ${subject}`]),
    '',
    '--b--',
  ];

const table: [what: string, written: Written, holds: string | null, notice: string | null][] = [
  [
    'from a private address',
    answering('Anna <anna81@gmail.example>', [], 'Ho pagato ieri la fattura 14.'),
    'payment-claimed',
    'writes that it is paid',
  ],
  [
    'from a colleague of the client',
    answering('Luca <l@holding.example>', [`Cc: ${client}`]),
    'reply',
    'answered the letter',
  ],
  [
    'through a desk that marks everything automatic',
    answering(client, ['Auto-Submitted: auto-generated', 'X-Auto-Response-Suppress: All']),
    'reply',
    'answered the letter',
  ],
  [
    'through a list',
    answering('Luca <l@holding.example>', ['List-Id: <ufficio.holding.example>', 'Precedence: list']),
    'reply',
    'answered the letter',
  ],
  ['from an address that says noreply', answering('noreply@desk.example'), 'reply', 'answered the letter'],
  ['without references, in Italian', onSubject('R: '), 'reply', 'answered the letter'],
  ['without references, in German', onSubject('AW: '), 'reply', 'answered the letter'],
  ['without references, behind a tag', onSubject('[EXTERNAL] RIF: '), 'reply', 'answered the letter'],
  ['without a mark either', onSubject(''), 'reply', 'answered the letter'],
  [
    'a claim in a mail that a program sent',
    () =>
      text(
        [`From: ${client}`, `To: ${owner}`, 'Subject: Avviso', 'Auto-Submitted: auto-generated'],
        'Abbiamo pagato la fattura 14.',
      ),
    'payment-claimed',
    'writes that it is paid',
  ],
  [
    'of a stranger who names nothing',
    ({ subject }) => text(['From: x@y.example', `To: ${owner}`, `Subject: R: ${subject}`], 'Ho pagato la fattura 14.'),
    null,
    null,
  ],
  [
    'a receipt',
    answering(client, ['Content-Type: multipart/report; report-type=disposition-notification; boundary="b"']),
    null,
    null,
  ],
  [
    'an absence',
    answering(client, ['Auto-Submitted: auto-replied'], 'Sono fuori ufficio fino al 4 dicembre.'),
    'out-of-office',
    null,
  ],
  ['a report: failed', dsn('failed'), 'bounce', 'came back'],
  ['a report: failed, without identifiers inside', dsn('failed', { id: false }), 'bounce', 'came back'],
  ['a report: failed, tied by its own In-Reply-To', dsn('failed', { id: false, own: true }), 'bounce', 'came back'],
  ['a report: delayed', dsn('delayed'), null, null],
  ['a report: delivered', dsn('delivered'), null, null],
  ['a report: relayed', dsn('relayed'), null, null],
  ['a report: expanded', dsn('expanded'), null, null],
  ['a report about somebody else', dsn('failed', { recipient: 'x@y.example' }), null, 'false report'],
  ['a report with a sender', dsn('failed', { returnPath: '<x@y.example>' }), null, 'false report'],
  [
    'a bounce in plain words',
    ({ messageId, subject }) =>
      text(
        [
          'From: Mail Delivery Subsystem <mailer-daemon@provider.example>',
          `To: ${owner}`,
          `Subject: Mancato recapito: ${subject}`,
          `In-Reply-To: ${messageId}`,
          'Return-Path: <>',
        ],
        `L'indirizzo ${client} non esiste.`,
      ),
    'bounce',
    'came back',
  ],
  [
    'a challenge',
    () =>
      text(
        [`From: ${client}`, `To: ${owner}`, 'Subject: Your email requires verification verify#H3x', 'Precedence: junk'],
        'To complete this verification, simply reply to this message and leave the subject line intact.',
      ),
    null,
    'waits in a filter',
  ],
];

describe('what comes back after a letter', () => {
  it.each(table)('%s', async (_what, written, hold, notice) => {
    const sent = await reminded();
    const { studio } = sent;
    studio.mailbox.put('inbox', written(sent).join('\n'), monday);
    await studio.at(monday);
    expect(holds(studio)).toEqual(hold === null ? [] : [{ reason: hold, ends: true }]);
    if (notice === null) expect(notices(studio)).toEqual([]);
    else expect(notices(studio).join('\n')).toContain(notice);
    // and nobody who is not the client is written to
    await studio.at('2026-12-01T17:00:00+01:00');
    expect(studio.courier.taken.every(({ envelope }) => envelope.to === client)).toBe(true);
  });
});
