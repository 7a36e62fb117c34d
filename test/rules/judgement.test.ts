/** The judgement of one message: kind, flag, window and acknowledgement together. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authenticationOf } from '../../src/rules/authentication.ts';
import type { Client } from '../../src/rules/client.ts';
import { noTerms } from '../../src/rules/client.ts';
import type { ContactHours } from '../../src/rules/contact-hours.ts';
import { parseWeek } from '../../src/rules/contact-hours.ts';
import type { JudgementFacts } from '../../src/rules/judgement.ts';
import { judge } from '../../src/rules/judgement.ts';
import { answerRecipient } from '../../src/rules/recipient.ts';
import type { Instant } from '../../src/rules/time.ts';
import { dayMs, hourMs, instant, plus, toIso } from '../../src/rules/time.ts';
import { aMail, client as clientAddress, owner } from './a-mail.ts';

const days = ['09:00-13:00', '14:00-18:00'];
const hours: ContactHours = {
  timeZone: 'Europe/Rome',
  week: parseWeek({ mon: days, tue: days, wed: days, thu: days, fri: days }),
  holiday: () => undefined,
  closures: [],
};

const bruno: Client = {
  id: 7,
  name: 'Firm',
  contactName: 'Bruno',
  kind: 'business',
  language: 'en',
  tone: 'informal',
  addresses: [clientAddress],
  contacts: [{ address: clientAddress, role: 'general', person: null }],
  domains: [],
  references: { vat: [], code: [], crm: [], tax: [], pec: [] },
  phone: null,
  hours: null,
  timeZone: null,
  workState: 'active',
  paymentTerms: null,
  project: null,
  notes: '',
  createdAt: instant('2026-01-01T00:00:00Z'),
  terms: noTerms,
  byHand: [],
};

const mondayTen = instant('2026-11-23T09:00:00Z');
const saturdayNight = instant('2026-11-21T21:04:00Z');

const toClients = { enabled: true, to: 'clients', holdMinutes: 30 } as const;

function factsWith(changes: Partial<JudgementFacts> = {}): JudgementFacts {
  const { mail = aMail(), envelopeFrom, client = bruno, acknowledgement = toClients } = changes;
  const authentication = authenticationOf(mail);
  const to = acknowledgement.to;
  return {
    mail,
    answer: answerRecipient({ mail, envelopeFrom, client, to, authentication, ownerWroteTo: () => false }),
    belief: null,
    waiting: { count: 0, perDay: 1 },
    role: 'inbox',
    receivedAt: mondayTen,
    flags: [],
    history: false,
    client: bruno,
    ownAddresses: [owner],
    hours,
    responseWindow: { hours: 72, count: 'elapsed' },
    acknowledgement,
    openWindow: null,
    lastAcknowledgedAt: null,
    activatedAt: instant('2026-11-01T00:00:00Z'),
    ...changes,
  };
}

function judged(changes: Partial<JudgementFacts> = {}) {
  const facts = factsWith(changes);
  return judge(facts, facts.receivedAt);
}

const openWindow = {
  id: 3,
  openedAt: plus(mondayTen, -dayMs),
  dueAt: plus(mondayTen, 2 * dayMs),
  promisedAt: null,
  acknowledged: false,
  believed: true,
};

describe('judge', () => {
  it("flags a client's Saturday night, opens the window and holds the acknowledgement until Monday at nine", () => {
    const judgement = judged({ receivedAt: saturdayNight });
    expect(judgement).toMatchObject({ kind: 'human', outOfHours: true, acknowledge: true, reason: 'acknowledge' });
    expect(judgement.outOfHoursWhy).toEqual({ code: 'closed-weekday', weekday: 'sat' });
    expect(judgement.minutesToOpening).toBe(34 * 60 + 56);
    expect(judgement.window).toMatchObject({ joins: null, opensAt: saturdayNight });
    expect(toIso(judgement.window?.dueAt as Instant)).toBe('2026-11-25T08:00:00Z');
    expect(toIso(judgement.holdUntil as Instant)).toBe('2026-11-23T08:00:00Z');
  });

  it('does not flag a message in contact hours', () => {
    expect(judged()).toMatchObject({ outOfHours: false, outOfHoursWhy: null, minutesToOpening: 0 });
  });

  it("joins the thread's open window and keeps its deadline", () => {
    const { window, acknowledge } = judged({ openWindow });
    expect(window).toEqual({ joins: 3, opensAt: openWindow.openedAt, dueAt: openWindow.dueAt });
    expect(acknowledge).toBe(true);
  });

  it('keeps a promise already mailed, whatever the deadline is now', () => {
    const promisedAt = plus(mondayTen, dayMs);
    expect(judged({ openWindow: { ...openWindow, promisedAt } }).window?.dueAt).toBe(promisedAt);
  });

  it('acknowledges once for a window', () => {
    const judgement = judged({ openWindow: { ...openWindow, acknowledged: true } });
    expect(judgement).toMatchObject({ acknowledge: false, reason: 'already-acknowledged', window: { joins: 3 } });
  });

  it('a window of mail that nobody believes begins anew with the first that is believed', () => {
    const doubtful = { ...openWindow, believed: false };
    const hers = judged({ openWindow: doubtful });
    expect(hers.window).toEqual({ joins: 3, opensAt: mondayTen, dueAt: plus(mondayTen, 3 * dayMs) });
    const belief = { believed: false, code: 'not-as-usual', why: { code: 'not-as-usual' } } as const;
    const another = judged({ openWindow: doubtful, belief });
    expect(another.window).toMatchObject({ joins: 3, opensAt: openWindow.openedAt, dueAt: openWindow.dueAt });
    expect(another).toMatchObject({ acknowledge: false, reason: 'not-believed' });
  });

  it('promises nothing in a window that is overdue', () => {
    const overdue = { ...openWindow, dueAt: plus(mondayTen, -hourMs) };
    expect(judged({ openWindow: overdue })).toMatchObject({
      acknowledge: false,
      reason: 'promise-past',
      window: { joins: 3 },
    });
  });

  it.each<[string, Partial<JudgementFacts>]>([
    ['response-suppressed', { mail: aMail(['X-Auto-Response-Suppress: DR, OOF, AutoReply']) }],
    ['dmarc-failed', { mail: aMail(['Authentication-Results: mx.example; dmarc=fail']) }],
    [
      'forwarded-by-rule',
      { mail: aMail(['Auto-Submitted: auto-generated', 'X-MS-Exchange-Inbox-Rules-Loop: c@firm.example']) },
    ],
    ['certified-mail', { mail: aMail(['X-Trasporto: posta-certificata'], { unwrapped: true }) }],
    ['not-addressed', { mail: aMail(['To: undisclosed-recipients:;']) }],
    ['only-in-cc', { mail: aMail(['To: c@x.example', `Cc: ${owner}`]) }],
    ['postmaster', { mail: aMail(['From: postmaster@firm.example']) }],
    ['no-valid-address', { mail: aMail(['From: bruno@localhost']) }],
    ['recently-acknowledged', { lastAcknowledgedAt: plus(mondayTen, -dayMs) }],
    ['acknowledgements-off', { acknowledgement: { enabled: false, to: 'clients', holdMinutes: 30 } }],
  ])('keeps the record, the flag and the window when the acknowledgement is refused: %s', (reason, changes) => {
    const judgement = judged({
      receivedAt: saturdayNight,
      ...changes,
      ...(reason === 'recently-acknowledged' && { receivedAt: mondayTen }),
    });
    expect(judgement).toMatchObject({ kind: 'human', acknowledge: false, reason, holdUntil: null });
    expect(judgement.window).not.toBeNull();
    expect(judgement.outOfHours).toBe(reason !== 'recently-acknowledged');
  });

  it.each<[string, string, Partial<JudgementFacts>]>([
    ['list', 'list-header', { mail: aMail(['List-Id: x']) }],
    ['bounce', 'null-sender', { envelopeFrom: '' }],
    ['automatic', 'auto-submitted', { mail: aMail(['Auto-Submitted: auto-replied']) }],
    ['automatic', 'no-reply-sender', { mail: aMail(['From: noreply@firm.example']) }],
    ['receipt', 'certified-mail-receipt', { mail: aMail(['X-Ricevuta: accettazione']) }],
    ['calendar', 'calendar', { mail: aMail([], { calendarMethod: 'REQUEST' }) }],
    ['spam', 'spam-keyword', { flags: ['$Junk'] }],
    ['own', 'own-address', { mail: aMail([`From: ${owner}`]) }],
  ])('opens no window for %s, saying %s, but still says whether it came out of hours', (kind, reason, changes) => {
    expect(judged({ receivedAt: saturdayNight, ...changes })).toMatchObject({
      kind,
      reason,
      window: null,
      acknowledge: false,
      outOfHours: true,
    });
  });

  it('judges history, but lets nothing follow from it', () => {
    expect(judged({ history: true, receivedAt: saturdayNight })).toMatchObject({
      kind: 'human',
      outOfHours: true,
      window: null,
      acknowledge: false,
      reason: 'history',
    });
  });

  it('treats what was received before the first start like history', () => {
    expect(judged({ activatedAt: plus(mondayTen, 1) })).toMatchObject({ window: null, reason: 'before-activation' });
  });

  it('leaves a stranger alone, unless everyone is answered', () => {
    expect(judged({ client: null })).toMatchObject({
      kind: 'human',
      window: null,
      acknowledge: false,
      reason: 'stranger',
    });
    const everyone = { enabled: true, to: 'everyone', holdMinutes: 30 } as const;
    expect(judged({ client: null, acknowledgement: everyone })).toMatchObject({
      acknowledge: false,
      reason: 'not-authenticated',
      window: { joins: null },
    });
    const mail = aMail(['Authentication-Results: mx; dmarc=pass']);
    expect(judged({ client: null, acknowledgement: everyone, mail })).toMatchObject({
      acknowledge: true,
      window: { joins: null },
    });
    expect(judged({ client: null, acknowledgement: everyone, mail: aMail(['From:']) })).toMatchObject({ window: null });
  });

  it("does not flag the owner's own mail in Sent", () => {
    expect(judged({ role: 'sent', receivedAt: saturdayNight, mail: aMail([`From: ${owner}`]) })).toMatchObject({
      kind: 'own',
      reason: 'own-folder',
      outOfHours: false,
      window: null,
    });
  });

  it('takes the envelope it is given before the Return-Path', () => {
    const mail = aMail(['Return-Path: <>']);
    expect(judged({ mail }).kind).toBe('bounce');
    expect(judged({ mail, envelopeFrom: clientAddress }).kind).toBe('human');
    expect(judged({ mail: aMail(['To: press@studio.example']), envelopeTo: 'press@studio.example' }).acknowledge).toBe(
      true,
    );
  });

  it("counts in the client's own hours, when they are given", () => {
    const tokyo: ContactHours = { ...hours, timeZone: 'Asia/Tokyo' };
    expect(judged({ hours: tokyo }).outOfHours).toBe(true);
  });

  it('does not lose a message when the studio never opens again', () => {
    const closed: ContactHours = { ...hours, week: parseWeek({}) };
    const judgement = judged({ hours: closed });
    expect(judgement).toMatchObject({ acknowledge: false, reason: 'never-open', minutesToOpening: null });
    expect(judgement.window?.dueAt).toBe(plus(mondayTen, 72 * hourMs));
  });

  it('gives the same judgement twice', () => {
    expect(judged({ receivedAt: saturdayNight })).toEqual(judged({ receivedAt: saturdayNight }));
  });

  it('acknowledges only with a window, and never a robot, history or a stranger, whatever the facts', () => {
    const lines = fc.subarray([
      'List-Id: x',
      'Auto-Submitted: auto-replied',
      'X-Auto-Response-Suppress: All',
      'From: noreply@firm.example',
      'To: c@x.example',
      'Authentication-Results: mx; dmarc=fail',
    ]);
    const arbitrary = fc.record({
      lines,
      history: fc.boolean(),
      known: fc.boolean(),
      joined: fc.boolean(),
      received: fc.integer({ min: instant('2026-11-02T00:00:00Z'), max: instant('2027-11-01T00:00:00Z') }),
    });
    fc.assert(
      fc.property(arbitrary, (given) => {
        const judgement = judged({
          mail: aMail(given.lines),
          history: given.history,
          client: given.known ? bruno : null,
          openWindow: given.joined ? openWindow : null,
          receivedAt: given.received as Instant,
        });
        const mayAnswer = given.lines.length === 0 && !given.history && given.known;
        const isPersons = judgement.kind === 'human' && !given.history && given.known;
        expect(judgement.window !== null).toBe(isPersons);
        expect(judgement.acknowledge && !mayAnswer).toBe(false);
        expect(judgement.acknowledge).toBe(judgement.holdUntil !== null);
        expect(judgement.acknowledge || !mayAnswer || given.joined).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
