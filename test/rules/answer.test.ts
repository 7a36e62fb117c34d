/** What counts as an answer: the rule alone, with everything that may differ made up. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerTo, noAnswer, type Question, type Reply } from '../../src/rules/answer.ts';
import { instant, minuteMs, plus } from '../../src/rules/time.ts';
import { aMail, client, owner } from './a-mail.ts';

const openedAt = instant('2026-11-24T10:00:00+01:00');
const colleague = 'carla@firm.example';

const question = (values: Partial<Question> = {}): Question => ({
  messageIds: new Set(['<q1@firm.example>', '<q2@firm.example>']),
  openedAt,
  baseSubjects: ['the brochure'],
  inThread: true,
  isAsker: (address) => address === client,
  copiedTo: [colleague],
  ...values,
});

const usual = [`From: Anna <${owner}>`, `To: ${client}`, 'Message-ID: <a@studio.example>'];
const nameOf = (line: string) => line.slice(0, line.indexOf(':'));

const reply = (lines: string[] = [], values: Partial<Reply> = {}): Reply => ({
  mail: aMail([...lines, ...usual.filter((line) => !lines.some((one) => nameOf(one) === nameOf(line)))]),
  flags: ['\\Seen'],
  receivedAt: plus(openedAt, minuteMs),
  baseSubject: 'the brochure',
  ...values,
});

const naming = 'In-Reply-To: <q2@firm.example>';

describe('an answer', () => {
  it('that names any of the messages counts, whenever it came and whatever it is called', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000, max: 10_000 }),
        fc.constantFrom('<q1@firm.example>', '<q2@firm.example>'),
        fc.constantFrom('In-Reply-To', 'References'),
        fc.boolean(),
        (minutes, id, name, inThread) => {
          const given = reply([`${name}: ${id}`, 'Subject: Otherwise'], {
            receivedAt: plus(openedAt, minutes * minuteMs),
            baseSubject: 'otherwise',
          });
          expect(answerTo(given, question({ inThread }))).toMatchObject({ answers: true, evidence: 'thread' });
        },
      ),
    );
  });

  it('to nobody who asked is none, however it names the question', () => {
    const others = fc.constantFrom(owner, 'x@third.example', 'hello@studio.example', '');
    fc.assert(
      fc.property(others, others, fc.boolean(), (to, cc, inThread) => {
        const given = reply([`To: ${to}`, ...(cc === '' ? [] : [`Cc: ${cc}`]), naming]);
        expect(answerTo(given, question({ inThread })).answers).toBe(false);
      }),
    );
  });

  it.each<[string, string[], Partial<Reply>, Partial<Question>, string]>([
    ['in the thread, later', [], { baseSubject: 'x' }, {}, 'in-thread'],
    ['in the thread, at the same second', [], { receivedAt: openedAt }, {}, 'in-thread'],
    ['in the thread, but earlier', [], { receivedAt: plus(openedAt, -minuteMs) }, {}, 'earlier'],
    ['on the subject', [], {}, { inThread: false }, 'same-subject'],
    ['on another subject', [], { baseSubject: 'x' }, { inThread: false }, 'other-matter'],
    ['to one who had a copy', [`To: ${colleague}`, naming], {}, {}, 'names-it'],
    ['sent on to one who had a copy', [`To: ${colleague}`, naming, 'Subject: Fwd: The brochure'], {}, {}, 'to-others'],
    ['sent on with the client in Cc', ['To: x@third.example', `Cc: ${client}`, naming], {}, {}, 'names-it'],
    ['with the client in Bcc alone', [`To: ${owner}`, `Bcc: ${client}`, naming], {}, {}, 'names-it'],
    ['an invitation', [naming], { mail: { ...reply([naming]).mail, calendarMethod: 'REQUEST' } }, {}, 'names-it'],
    ['a draft', [naming], { flags: ['\\Draft'] }, {}, 'draft'],
    ['a draft of Thunderbird', [naming, 'X-Mozilla-Draft-Info: internal/draft'], {}, {}, 'draft'],
    ['a draft of Apple Mail', [naming, 'X-Uniform-Type-Identifier: com.apple.mail-draft'], {}, {}, 'draft'],
    ['a letter of Paletti', [naming, 'Message-ID: <paletti.1@studio.example>'], {}, {}, 'own-letter'],
    ['one that was given another Message-ID', [naming, 'X-Paletti-Letter: 1'], {}, {}, 'own-letter'],
    ['marked as no robot’s', [naming, 'Auto-Submitted: no'], {}, {}, 'names-it'],
    ['from an address that looks like a program’s', ['From: noreply@studio.example', naming], {}, {}, 'names-it'],
  ])('%s', (_what, lines, given, asked, code) => {
    expect(answerTo(reply(lines, given), question(asked)).code).toBe(code);
  });
});

it.each([
  'Auto-Submitted: auto-replied',
  'X-Autoreply: yes',
  'X-Vacation: on',
  'Precedence: auto_reply',
  'X-Loop: yes',
  'Subject: Risposta automatica: The brochure',
  'Subject: Automatic reply: The brochure',
])('her own vacation notice is known by "%s"', (line) => {
  expect(noAnswer(reply([line]).mail, [])).toBe('automatic');
});
