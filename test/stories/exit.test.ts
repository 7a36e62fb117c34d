/** The way out of the work for a client: every refusal, every way back, the notice, the end; and the ladder's proposal. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { changeClient, logWithClient } from '../../src/desk/clients.ts';
import {
  approveExit,
  cancelByHand,
  checkItem,
  endByHand,
  type ExitDesk,
  type ExitWish,
  handOver,
  previewExit,
  proposeExit,
  undoApproval,
  viewExit,
  writeReport,
} from '../../src/desk/exit.ts';
import { approveLetter, dropLetter, editLetter } from '../../src/desk/outbox.ts';
import { askClient } from '../../src/desk/requests.ts';
import { type Client, noTerms } from '../../src/rules/client.ts';
import { instant, localDay } from '../../src/rules/time.ts';
import { clientById } from '../../src/store/clients.ts';
import { addInvoice } from '../../src/store/invoices.ts';
import { openExitOf } from '../../src/store/exits.ts';
import { verifyJournal } from '../../src/store/journal.ts';
import { entries, unseenNotices } from '../support/in-words.ts';
import { approve } from '../../src/store/outbox.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { say, tell } from '../../src/words/voice.ts';
import type { Told } from '../../src/rules/told.ts';

const deskOf = (studio: Studio): ExitDesk => ({ ...studio.app, settings: studio.config, mailbox: 'studio' });
const nothing: ExitWish = {
  reason: null,
  noticeDays: null,
  milestone: null,
  by: null,
  referral: null,
  handover: [],
  onPayment: [],
};
const noted = (studio: Studio) => studio.app.store.read((r) => unseenNotices(r)).map((notice) => notice.text);
/** Also those that were overtaken: a warning of a day is over with the day. */
const everNoted = (studio: Studio) =>
  studio.app.store
    .read((r) => r.all<{ told: string }>('SELECT told FROM notices'))
    .map(({ told }) => tell(JSON.parse(told) as Told, 'en').text);
const view = (studio: Studio, client: Client) =>
  studio.app.store.read((r) => viewExit(r, studio.config, client.name, studio.clock.now()));
const stateOf = (studio: Studio, client: Client) => view(studio, client).state;
const clientOf = (studio: Studio, client: Client) => studio.app.store.read((r) => clientById(r, client.id));

/** Moves the clock without a pass. */
function turn(studio: Studio, moment: string): void {
  studio.clock.set(instant(moment));
}

/** One pass at ten each morning. */
async function days(studio: Studio, until: string): Promise<void> {
  await studio.until(`${until}T10:00:00+01:00`, 1440);
}

function talk(studio: Studio, client: Client, at: string): void {
  const hours = { contact: studio.config.hours, phone: studio.config.phoneHours };
  const call = { kind: 'call', minutes: 20, direction: 'out', text: 'Detto tutto.', project: null } as const;
  logWithClient(studio.app, client.name, { ...call, at: instant(at) }, hours);
}

function checkAll(studio: Studio, client: Client): void {
  talk(studio, client, new Date(studio.clock.now() - 3_600_000).toISOString());
  for (const item of ['contract-read', 'duties-met', 'prepaid-delivered', 'owed-weighed', 'talked'])
    checkItem(deskOf(studio), client.name, item, { undo: false, logId: null });
}

/** Proposed on Monday 2 November at ten, for one word of a reason. */
async function proposed(
  wish: Partial<ExitWish> = {},
  patch: Partial<Client> = {},
  config: Record<string, unknown> = {},
): Promise<{ studio: Studio; client: Client }> {
  const studio = await openStudio({ now: '2026-11-02T10:00:00+01:00', config });
  const client = studio.client('Bianchi Srl', patch);
  proposeExit(deskOf(studio), client.name, { ...nothing, reason: 'scope', ...wish });
  return { studio, client };
}

/** Past the cooling-off and the checklist, approved on Thursday 5 November at half past ten. */
async function approved(wish: Partial<ExitWish> = {}, patch: Partial<Client> = {}) {
  const { studio, client } = await proposed(wish, patch);
  await days(studio, '2026-11-05');
  turn(studio, '2026-11-05T10:30:00+01:00');
  checkAll(studio, client);
  approveExit(deskOf(studio), client.name, 'Bianchi Srl');
  return { studio, client };
}

describe('the exit that the owner proposes', () => {
  it('goes from the cooling-off to the end, and says each state in the journal', async () => {
    const { studio, client } = await proposed({
      referral: 'lo Studio Neri',
      handover: ['accessi al sito', 'file sorgente'],
    });
    expect(stateOf(studio, client)).toBe('cooling');
    await days(studio, '2026-11-04');
    expect(stateOf(studio, client)).toBe('cooling');
    expect(studio.letters()).toMatchObject([{ kind: 'termination', state: 'held', approvedAt: null, key: 'exit/1' }]);
    await days(studio, '2026-11-05');
    expect(stateOf(studio, client)).toBe('checklist');
    expect(noted(studio).some((text) => text.includes('the checklist waits for you'))).toBe(true);
    turn(studio, '2026-11-05T10:30:00+01:00');
    checkAll(studio, client);
    approveExit(deskOf(studio), client.name, 'Bianchi Srl');
    await studio.at('2026-11-05T10:31:00+01:00');
    expect(studio.sent()).toEqual(['termination 2026-11-05 Thu 10:31']);
    expect(stateOf(studio, client)).toBe('notice-sent');
    await days(studio, '2026-11-07');
    expect(stateOf(studio, client)).toBe('notice-running');
    expect(clientOf(studio, client)?.workState).toBe('active');
    // The 5th of December is the last day of the notice.
    await days(studio, '2026-12-05');
    expect(stateOf(studio, client)).toBe('notice-running');
    await days(studio, '2026-12-07');
    expect(stateOf(studio, client)).toBe('ended');
    expect(clientOf(studio, client)?.workState).toBe('ended');
    expect(studio.letters('final-report')).toMatchObject([{ state: 'held', approval: 'ask', approvedAt: null }]);
    const kinds = studio.app.store.read((r) => entries(r, { subject: 'exit/1' })).map((entry) => entry.kind);
    expect(kinds.filter((kind) => kind !== 'exit-checked')).toEqual([
      'exit-proposed',
      'exit-checklist',
      'exit-approved',
      'exit-notice-sent',
      'exit-notice-running',
      'exit-ended',
    ]);
    expect(studio.app.store.read((r) => verifyJournal(r))).toMatchObject({ ok: true });
  });

  it('the letter that waits says the days as of each day, and an address that comes has it written on the same day', async () => {
    const { studio, client } = await proposed({}, { addresses: [] });
    await studio.at('2026-11-02T10:05:00+01:00');
    expect(studio.letters('termination')).toEqual([]);
    changeClient(studio.app, client.name, { addresses: ['luca@bianchi.example'] });
    await studio.at('2026-11-02T10:10:00+01:00');
    const subject = () => studio.letters('termination')[0]?.subject;
    expect(subject()).toBe('Recesso dall’incarico: l’ultimo giorno è il 2 dicembre 2026');
    proposeExit(deskOf(studio), client.name, { ...nothing, noticeDays: 60 });
    await studio.at('2026-11-02T10:15:00+01:00');
    expect(subject()).toBe('Recesso dall’incarico: l’ultimo giorno è il 1º gennaio 2027');
    await days(studio, '2026-11-03');
    expect(subject()).toBe('Recesso dall’incarico: l’ultimo giorno è il 2 gennaio 2027');
  });

  it('the letter has one reason, the day, the referral and what is handed over', async () => {
    const { studio } = await approved({ referral: 'lo Studio Neri', handover: ['accessi al sito'] });
    await studio.at('2026-11-05T10:31:00+01:00');
    const [letter] = studio.letters('termination');
    expect(letter?.subject).toBe('Recesso dall’incarico: l’ultimo giorno è il 5 dicembre 2026');
    expect(letter?.text).toContain('Il motivo è uno: le richieste vanno oltre quanto concordato.');
    expect(letter?.text).toContain('- accessi al sito');
    expect(letter?.text).toContain('Le segnalo lo Studio Neri.');
  });

  it.each([
    [
      'it',
      'formal',
      'con questa lettera recedo dall’incarico. L’ultimo giorno è il 5 dicembre 2026. Il motivo è uno: non ho più il tempo che il progetto richiede.',
    ],
    [
      'it',
      'informal',
      'ti scrivo per chiudere la nostra collaborazione. L’ultimo giorno è il 5 dicembre 2026. Il motivo è uno: non ho più il tempo che il progetto richiede.',
    ],
    [
      'en',
      'formal',
      'With this letter I end our engagement. The last day is 5 December 2026. There is one reason: I no longer have the time that the project needs.',
    ],
    [
      'en',
      'informal',
      'I’m writing to end our work together. The last day is 5 December 2026. There’s one reason: I no longer have the time that the project needs.',
    ],
  ] as const)('speaks %s, %s', async (language, tone, sentence) => {
    const { studio } = await approved({ reason: 'no-capacity' }, { language, tone });
    await studio.at('2026-11-05T10:31:00+01:00');
    expect(studio.letters('termination')[0]?.text).toContain(sentence);
  });

  it.each([
    [
      'it',
      'Recesso dall’incarico al completamento di “il catalogo”',
      'L’incarico si chiude con il completamento di “il catalogo”, al più tardi il 29 gennaio 2027.',
    ],
    [
      'en',
      'Notice of termination on completion of “il catalogo”',
      'It runs until “il catalogo” is complete, and no later than 29 January 2027.',
    ],
    [
      'it informal',
      'La nostra collaborazione si chiude con “il catalogo”',
      'Si chiude con il completamento di “il catalogo”, al più tardi il 29 gennaio 2027.',
    ],
    [
      'en informal',
      'Our work together ends with “il catalogo”',
      'It runs until “il catalogo” is complete, and no later than 29 January 2027.',
    ],
  ] as const)('a milestone ends it, %s', async (reader, subject, words) => {
    const [language, tone = 'formal'] = reader.split(' ') as ['it' | 'en', 'informal' | undefined];
    const wish = { milestone: 'il catalogo', by: localDay('2027-01-29') };
    const { studio, client } = await approved(wish, { language, tone });
    await studio.at('2026-11-05T10:31:00+01:00');
    expect(studio.letters('termination')[0]).toMatchObject({ subject, text: expect.stringContaining(words) });
    await days(studio, '2026-11-20');
    expect(() => endByHand(deskOf(studio), client.name, null)).toThrow(/notice runs until 29 January 2027/);
    expect(() => endByHand(deskOf(studio), client.name, localDay('2026-11-25'))).toThrow(/future/);
    expect(() => endByHand(deskOf(studio), client.name, localDay('2026-11-20'))).toThrow(
      /notice runs until 20 November/,
    );
    const { report } = endByHand(deskOf(studio), client.name, localDay('2026-11-19'));
    expect(report?.state).toBe('held');
    expect(noted(studio)).toContain(`The final report to ${client.name} waits for your approval.`);
    expect(studio.app.store.read((r) => entries(r, { subject: `letter/${report?.id}` }))).toMatchObject([
      { kind: 'letter-held', why: expect.stringContaining('the exit has ended'), clientId: client.id },
    ]);
    expect(stateOf(studio, client)).toBe('ended');
    await studio.at('2026-11-21T10:00:00+01:00');
    expect(studio.letters('final-report')).toHaveLength(1);
  });

  it('the owner’s own words are one sentence, not a list', async () => {
    const studio = await openStudio({ now: '2026-11-02T10:00:00+01:00' });
    const client = studio.client('Bianchi Srl');
    const propose = (wish: Partial<ExitWish>) => () =>
      proposeExit(deskOf(studio), client.name, { ...nothing, ...wish });
    expect(propose({})).toThrow(/takes one reason/);
    expect(propose({ reason: 'Pagate tardi. Scrivete di notte.' })).toThrow(/not a list/);
    expect(propose({ reason: 'pagate tardi; scrivete di notte' })).toThrow(/not a list/);
    expect(propose({ reason: 'x'.repeat(161) })).toThrow(/longer than 160/);
    expect(propose({ reason: 'late-paymnt' })).toThrow(/did you mean late-payment/);
    expect(propose({ reason: 'late-payment' })).toThrow(/nothing is overdue, and no due date was met or missed yet/);
    expect(propose({ reason: 'scope', noticeDays: 10, milestone: 'x' })).toThrow(/either days or a milestone/);
    expect(propose({ reason: 'scope', by: localDay('2027-01-01') })).toThrow(/latest day of a milestone/);
    expect(() =>
      viewExit(
        studio.app.store.read((r) => r),
        studio.config,
        client.name,
        studio.clock.now(),
      ),
    ).toThrow(/no open exit/);
    expect(propose({ reason: 'il mio lavoro cambia strada' })().exit.ownWords).toBe('il mio lavoro cambia strada');
    expect(propose({})().changed).toBe(false);
  });

  it('never less notice than the contract gives', async () => {
    const studio = await openStudio({ now: '2026-11-02T10:00:00+01:00' });
    const client = studio.client('Bianchi Srl', { terms: { ...noTerms, noticeDays: 60 } });
    const wish = { ...nothing, reason: 'scope' };
    expect(() => proposeExit(deskOf(studio), client.name, { ...wish, noticeDays: 30 })).toThrow(/60 days of notice/);
    expect(proposeExit(deskOf(studio), client.name, wish).exit.notice).toEqual({ kind: 'days', days: 60 });
  });
});

describe('what refuses an approval', () => {
  it('the cooling-off, each open item, a name typed otherwise', async () => {
    const { studio, client } = await proposed();
    const desk = deskOf(studio);
    expect(() => approveExit(desk, client.name, 'Bianchi Srl')).toThrow(/cooling-off runs until 5 November 2026/);
    turn(studio, '2026-11-05T10:30:00+01:00');
    expect(() => approveExit(desk, client.name, 'Bianchi Srl')).toThrow(
      /contract-read is not checked.*duties-met is not checked.*prepaid-delivered.*owed-weighed.*talked is not checked/,
    );
    expect(() => checkItem(desk, client.name, 'talked', { undo: false, logId: null })).toThrow(/no call or meeting/);
    expect(() => checkItem(desk, client.name, 'coffee', { undo: false, logId: null })).toThrow(/no item/);
    checkAll(studio, client);
    expect(() => approveExit(desk, client.name, 'bianchi srl')).toThrow(/type the client's name/);
    expect(() => approveExit(desk, client.name, '')).toThrow(/type the client's name/);
    checkItem(desk, client.name, 'duties-met', { undo: true, logId: null });
    expect(() => approveExit(desk, client.name, 'Bianchi Srl')).toThrow(/duties-met is not checked/);
    checkItem(desk, client.name, 'duties-met', { undo: false, logId: null });
    expect(approveExit(desk, client.name, '  Bianchi  Srl ').changed).toBe(true);
    expect(approveExit(desk, client.name, 'Bianchi Srl').changed).toBe(false);
    expect(() => checkItem(desk, client.name, 'talked', { undo: true, logId: null })).toThrow(/checklist is closed/);
    expect(() => proposeExit(desk, client.name, { ...nothing, reason: 'scope' })).toThrow(/cannot be changed/);
  });

  it('an old talk is not about this, nor is another client’s entry', async () => {
    const studio = await openStudio({ now: '2026-10-01T10:00:00+02:00' });
    const client = studio.client('Bianchi Srl');
    talk(studio, client, '2026-10-01T09:00:00+02:00');
    turn(studio, '2026-11-02T10:00:00+01:00');
    proposeExit(deskOf(studio), client.name, { ...nothing, reason: 'scope' });
    expect(() => checkItem(deskOf(studio), client.name, 'talked', { undo: false, logId: null })).toThrow(
      /no call or meeting/,
    );
    expect(() => checkItem(deskOf(studio), client.name, 'talked', { undo: false, logId: 1 })).toThrow(
      /entry 1 is no call/,
    );
  });

  it('the outbox does not approve what ends the work; the exit does', async () => {
    const { studio, client } = await proposed();
    await studio.at('2026-11-03T10:00:00+01:00');
    const id = studio.letters('termination')[0]?.id as number;
    expect(() => approveLetter(studio.app, id)).toThrow(/its exit is not approved/);
    // Past the desk, by another door: it is asked for again and does not leave.
    studio.app.store.write(studio.clock.now(), (w) => approve(w, id));
    await studio.at('2026-11-03T11:00:00+01:00');
    expect(studio.courier.taken).toEqual([]);
    expect(studio.letters('termination')).toMatchObject([{ state: 'held', approvedAt: null }]);
    expect(stateOf(studio, client)).toBe('cooling');
  });

  it('a second proposal within a year says so', async () => {
    const { studio, client } = await proposed();
    cancelByHand(deskOf(studio), client.name, 'ci siamo chiariti');
    turn(studio, '2027-03-01T10:00:00+01:00');
    const again = proposeExit(deskOf(studio), client.name, { ...nothing, reason: 'scope' });
    expect(again.warnings).toContainEqual({ code: 'thought-of-before', on: ['2026-11-02'] });
    cancelByHand(deskOf(studio), client.name, '');
    turn(studio, '2028-04-01T10:00:00+01:00');
    const later = proposeExit(deskOf(studio), client.name, { ...nothing, reason: 'scope' });
    expect(later.warnings.map(({ code }) => code)).not.toContain('thought-of-before');
    expect(view(studio, client).earlier.map((one) => say(one.end, 'en'))).toEqual([
      'cancelled: ci siamo chiariti',
      'cancelled: cancelled by the owner',
    ]);
  });
});

describe('the way back', () => {
  it('in the cooling-off, at the checklist and approved: nothing leaves', async () => {
    for (const until of ['2026-11-03', '2026-11-05']) {
      const { studio, client } = await proposed();
      await days(studio, until);
      cancelByHand(deskOf(studio), client.name, 'ripensato');
      await days(studio, '2026-11-12');
      expect(stateOf(studio, client)).toBe('cancelled');
      expect(studio.letters('termination')).toMatchObject([{ state: 'dropped', endedBy: 'owner' }]);
      expect(() => cancelByHand(deskOf(studio), client.name, '')).toThrow(/no open exit/);
    }
    const { studio, client } = await approved();
    cancelByHand(deskOf(studio), client.name, 'ripensato');
    await days(studio, '2026-11-12');
    expect(studio.courier.taken).toEqual([]);
    expect(stateOf(studio, client)).toBe('cancelled');
  });

  it('an approval is taken back, and given again', async () => {
    const { studio, client } = await approved();
    expect(undoApproval(deskOf(studio), client.name).changed).toBe(true);
    expect(undoApproval(deskOf(studio), client.name).changed).toBe(false);
    await studio.at('2026-11-06T10:00:00+01:00');
    expect(studio.courier.taken).toEqual([]);
    expect(stateOf(studio, client)).toBe('checklist');
    approveExit(deskOf(studio), client.name, 'Bianchi Srl');
    await studio.at('2026-11-06T11:00:00+01:00');
    await studio.at('2026-11-06T11:01:00+01:00');
    expect(studio.sent()).toHaveLength(1);
    // Sent on the 6th: the notice runs until the 6th.
    expect(studio.letters('termination')[0]?.text).toContain('6 dicembre 2026');
  });

  it('its letter dropped in the outbox: the exit is cancelled', async () => {
    const { studio, client } = await approved();
    dropLetter(studio.app, studio.letters('termination')[0]?.id as number, '');
    await studio.at('2026-11-06T10:00:00+01:00');
    expect(view(studio, client)).toMatchObject({
      state: 'cancelled',
      exit: { cancelledWhy: { code: 'letter-dropped-by-you' } },
    });
    expect(studio.courier.taken).toEqual([]);
  });

  it('edited after the approval it asks once more, and leaves as the owner wrote it', async () => {
    const { studio } = await approved();
    const id = studio.letters('termination')[0]?.id as number;
    editLetter(studio.app, id, { text: 'Finisce qui, con trenta giorni di preavviso.' });
    await studio.at('2026-11-06T10:00:00+01:00');
    expect(studio.courier.taken).toEqual([]);
    approveLetter(studio.app, id);
    await studio.at('2026-11-06T11:00:00+01:00');
    expect(studio.courier.taken[0]?.raw).toContain('Finisce qui');
  });

  it('not once the letter has left', async () => {
    const { studio, client } = await approved();
    await studio.at('2026-11-05T10:31:00+01:00');
    expect(() => cancelByHand(deskOf(studio), client.name, '')).toThrow(/the letter has left/);
    expect(() => undoApproval(deskOf(studio), client.name)).toThrow(/the letter has left/);
    expect(() => endByHand(deskOf(studio), client.name, null)).toThrow(/notice runs until 5 December 2026/);
  });

  it('what was changed before the approval is in the letter', async () => {
    const { studio, client } = await proposed();
    await studio.at('2026-11-03T10:00:00+01:00');
    proposeExit(deskOf(studio), client.name, { ...nothing, reason: 'no-contract', noticeDays: 45 });
    await studio.at('2026-11-04T10:00:00+01:00');
    expect(studio.letters('termination')).toMatchObject([
      { state: 'held', text: expect.stringContaining('il contratto non è stato firmato') },
    ]);
    expect(
      studio.app.store.read((r) => previewExit(r, deskOf(studio), client.name, studio.clock.now())).text,
    ).toContain('19 dicembre 2026');
  });
});

describe('the money in the letter of a late payment', () => {
  const becauseOfPayment = (studio: Studio, client: Client) =>
    proposeExit(deskOf(studio), client.name, { ...nothing, reason: 'late-payment' });
  const previewed = (studio: Studio, client: Client) =>
    studio.app.store.read((r) => previewExit(r, deskOf(studio), client.name, studio.clock.now())).text;

  it('is what is overdue: no instalment that is not due yet, nor one due on the day itself', async () => {
    const { studio, client } = await proposed();
    const instalments = ['2026-10-05', '2026-11-02', '2026-12-05'].map((dueOn) => ({
      dueOn: localDay(dueOn),
      amountCents: 10_000,
    }));
    studio.app.store.write(studio.clock.now(), (w) =>
      addInvoice(w, {
        clientId: client.id,
        number: '12',
        issuedOn: localDay('2026-09-05'),
        currency: 'EUR',
        totalCents: 30_000,
        project: null,
        instalments,
      }),
    );
    becauseOfPayment(studio, client);
    expect(previewed(studio, client)).toContain('100,00');
    expect(previewed(studio, client)).not.toMatch(/200,00|300,00/);
    await days(studio, '2026-11-02');
    await studio.at('2026-11-02T10:05:00+01:00');
    const debts = () => studio.letters('termination')[0]?.facts['debts'] as { dueOn: string }[];
    expect(debts().map(({ dueOn }) => dueOn)).toEqual(['2026-10-05']);
    // The second one was due on Monday: on Tuesday it is late too, and the letter that waits says so.
    await days(studio, '2026-11-03');
    expect(debts().map(({ dueOn }) => dueOn)).toEqual(['2026-10-05', '2026-11-02']);
  });

  it('has words of its own when nothing is overdue', async () => {
    const { studio, client } = await proposed();
    // both were paid on Monday, weeks after they were due
    for (const dueOn of ['2026-09-20', '2026-10-10']) studio.paid(studio.invoice(client, { dueOn }));
    studio.invoice(client, { dueOn: '2026-11-20', number: '7' });
    becauseOfPayment(studio, client);
    expect(previewed(studio, client)).toContain('Il motivo è uno: i pagamenti arrivano ripetutamente in ritardo.');
    expect(previewed(studio, client)).not.toContain('1.220,00');
  });

  it('is cited as written about before only where a letter named it, once it was late', async () => {
    const steps = [
      { name: 'before', letter: 'payment-reminder', afterDays: -3 },
      { letter: 'payment-reminder', afterDays: 3 },
    ];
    const studio = await openStudio({ now: '2026-10-05T10:00:00+02:00', config: { dunning: { steps } } });
    const client = studio.client('Bianchi Srl');
    const earlier = studio.invoice(client, { dueOn: '2026-10-02', number: '1' });
    await days(studio, '2026-10-06');
    studio.paid(earlier);
    studio.invoice(client, { dueOn: '2026-10-30', number: '2' });
    // the word before the due day leaves on the 27th
    await days(studio, '2026-10-31');
    expect(studio.sent().map((line) => line.split(' ')[0])).toEqual(['payment-reminder', 'payment-reminder']);
    becauseOfPayment(studio, client);
    expect(previewed(studio, client)).toMatch(/Fattura n\. 2 /);
    expect(previewed(studio, client)).not.toContain('già scritto');
    await days(studio, '2026-11-03');
    expect(studio.sent()).toHaveLength(3);
    expect(previewed(studio, client)).toContain('proposito:\n\n- promemoria di pagamento del 2 novembre 2026\n\n');
  });

  it('is in the currency with the most overdue, not in that of the oldest open debt', async () => {
    const { studio, client } = await proposed();
    studio.invoice(client, { dueOn: '2026-09-01', number: '1', cents: 5_000, currency: 'CHF' });
    studio.invoice(client, { dueOn: '2026-10-01', number: '2', cents: 70_000 });
    studio.invoice(client, { dueOn: '2026-10-02', number: '3', cents: 30_000 });
    studio.invoice(client, { dueOn: '2026-12-24', number: '4', cents: 900_000, currency: 'USD' });
    becauseOfPayment(studio, client);
    await studio.at('2026-11-02T10:05:00+01:00');
    expect(studio.letters('termination')).toMatchObject([
      { facts: { currency: 'EUR', totalCents: 100_000, debts: [{ number: '2' }, { number: '3' }] } },
    ]);
    expect(view(studio, client).warnings).toContainEqual({ code: 'other-currencies-overdue', currencies: ['CHF'] });
  });
});

describe('during the notice and after it', () => {
  it('no nudges, dunning goes on, what passes on payment stays closed while money is owed', async () => {
    const { studio, client } = await approved({ handover: ['accessi al sito'], onPayment: ['file'] });
    Object.assign(studio.config.requests, { nudges: 'on' });
    await studio.at('2026-11-05T10:31:00+01:00');
    askClient({ ...studio.app, settings: studio.config }, client.name, {
      messageId: null,
      text: 'Le foto?',
      dueOn: localDay('2026-11-06'),
      deliveryOn: null,
      project: null,
    });
    const invoice = studio.invoice(client, { dueOn: '2026-11-10', number: '7' });
    await days(studio, '2026-11-25');
    expect(studio.letters().filter((letter) => letter.kind.startsWith('nudge'))).toEqual([]);
    expect(studio.sent().map((line) => line.split(' ')[0])).toEqual(['termination', 'payment-reminder']);
    const desk = deskOf(studio);
    const hand = (wish: Partial<Parameters<typeof handOver>[2]>) =>
      handOver(desk, client.name, { add: [], onPayment: [], done: [], release: false, ...wish });
    expect(hand({})).toMatchObject({
      released: false,
      why: { code: 'owed-on-record', open: [{ cents: 122_000, currency: 'EUR' }], disputed: [] },
    });
    expect(() => hand({ done: [2] })).toThrow(/item 2 of the handover to Bianchi Srl passes on payment: 1220.00 EUR/);
    expect(hand({ done: [1] }).items).toMatchObject([{ handedOn: '2026-11-25' }, { handedOn: null, onPayment: true }]);
    studio.paid(invoice);
    expect(hand({ done: [2] })).toMatchObject({
      released: true,
      items: [{ handedOn: '2026-11-25' }, { handedOn: '2026-11-25' }],
    });
    expect(() => hand({ done: [3] })).toThrow(/no item 3/);
    await days(studio, '2026-12-07');
    const [report] = studio.letters('final-report');
    expect(report?.text).toContain('- accessi al sito');
    expect(report?.text).toContain('Totale ricevuto: 1.220,00');
    expect(report?.text).toContain('Ad oggi non risultano importi scaduti.');
    const again = writeReport(desk, client.name);
    expect(again.report.id).toBe(report?.id);
    approveLetter(studio.app, again.report.id);
    await studio.at('2026-12-07T11:00:00+01:00');
    expect(() => writeReport(desk, client.name)).toThrow(/final report is letter \d+ \((?:sent|filed)\)/);
    expect(() => proposeExit(desk, client.name, { ...nothing, reason: 'scope' })).toThrow(/has ended already/);
  });

  it('the owner may release it although money is owed', async () => {
    const { studio, client } = await approved({ onPayment: ['file'] });
    studio.invoice(client, { dueOn: '2026-12-10' });
    const wish = { add: [], onPayment: ['foto'], done: [2], release: true };
    const released = handOver(deskOf(studio), client.name, wish);
    expect(released).toMatchObject({
      released: true,
      why: { code: 'handover-released', open: [{ cents: 122_000, currency: 'EUR' }], disputed: [] },
      items: [
        { item: 'file', handedOn: null },
        { item: 'foto', handedOn: '2026-11-05' },
      ],
    });
    expect(() => writeReport(deskOf(studio), client.name)).toThrow(/no notice was given/);
  });

  it('the end closes what was asked', async () => {
    const { studio, client } = await approved();
    await studio.at('2026-11-05T10:31:00+01:00');
    askClient({ ...studio.app, settings: studio.config }, client.name, {
      messageId: null,
      text: 'Le foto?',
      dueOn: null,
      deliveryOn: null,
      project: null,
    });
    await days(studio, '2026-12-08');
    const asked = studio.app.store.read((r) => entries(r, { subject: 'request/1' }));
    expect(asked.at(-1)).toMatchObject({ kind: 'request-dropped', why: 'the work for this client has ended' });
  });

  it('asleep after the approval: it asks afresh', async () => {
    const { studio } = await approved();
    await studio.at('2026-11-12T10:00:00+01:00');
    expect(studio.courier.taken).toEqual([]);
    const [letter] = studio.letters('termination');
    expect(letter).toMatchObject({ state: 'held', approvedAt: null });
    approveLetter(studio.app, letter?.id as number);
    await studio.at('2026-11-12T11:00:00+01:00');
    await studio.at('2026-11-12T11:01:00+01:00');
    expect(studio.courier.taken).toHaveLength(1);
    expect(studio.courier.taken[0]?.raw.replaceAll('=\r\n', '')).toContain('12 dicembre 2026');
  });
});

describe('the exit that the ladder proposes', () => {
  const ladder = (approval: 'ask' | 'auto', more: Record<string, unknown> = {}) => ({
    dunning: {
      steps: [
        { letter: 'payment-reminder', afterDays: 3, approval: 'auto' },
        { letter: 'termination', afterDays: 10, afterPreviousDays: 5, approval: 'ask' },
      ],
    },
    exit: { approval },
    ...more,
  });

  /** The reminder goes on Monday 2 November, the last step comes on Monday 9. */
  async function late(config: Record<string, unknown>) {
    const studio = await openStudio({ now: '2026-10-31T10:00:00+01:00', config });
    const client = studio.client('Bianchi Srl');
    const invoice = studio.invoice(client, { dueOn: '2026-10-30', number: '12' });
    await days(studio, '2026-11-09');
    return { studio, client, invoice };
  }

  it('waits for the owner at every turn, and leaves in the pass after her approval', async () => {
    const { studio, client } = await late(ladder('ask'));
    expect(studio.sent()).toEqual(['payment-reminder 2026-11-02 Mon 10:00']);
    expect(stateOf(studio, client)).toBe('proposed');
    expect(studio.letters('termination')).toMatchObject([
      { state: 'held', approvedAt: null, key: 'dunning/1/1/termination' },
    ]);
    expect(noted(studio).filter((text) => text.startsWith('To end the work for Bianchi Srl is proposed'))).toHaveLength(
      1,
    );
    await days(studio, '2026-11-20');
    expect(stateOf(studio, client)).toBe('proposed');
    expect(() => approveExit(deskOf(studio), client.name, 'Bianchi Srl')).toThrow(/nobody has taken the proposal up/);
    const taken = proposeExit(deskOf(studio), client.name, { ...nothing, referral: 'lo Studio Neri' });
    expect(taken.did).toBe('taken-up');
    await days(studio, '2026-11-23');
    turn(studio, '2026-11-23T10:30:00+01:00');
    checkAll(studio, client);
    approveExit(deskOf(studio), client.name, 'Bianchi Srl');
    await studio.at('2026-11-23T10:31:00+01:00');
    expect(studio.sent()).toEqual(['payment-reminder 2026-11-02 Mon 10:00', 'termination 2026-11-23 Mon 10:31']);
    const text = studio.letters('termination')[0]?.text;
    expect(text).toContain('la fattura qui sotto non è stata saldata');
    expect(text).toContain('promemoria di pagamento del 2 novembre 2026');
    expect(text).toContain('23 dicembre 2026');
    expect(text).toContain('lo Studio Neri');
    await days(studio, '2026-12-24');
    expect(stateOf(studio, client)).toBe('ended');
    expect(studio.letters('termination')).toHaveLength(1);
  });

  it('cancelled by the owner, the ladder stands still and proposes nothing again', async () => {
    const { studio, client } = await late(ladder('ask'));
    cancelByHand(deskOf(studio), client.name, 'aspettiamo');
    await days(studio, '2026-12-20');
    expect(studio.letters('termination')).toMatchObject([{ state: 'dropped', endedBy: 'owner' }]);
    expect(studio.app.store.read((r) => openExitOf(r, client.id))).toBeUndefined();
    expect(studio.courier.taken).toHaveLength(1);
    // Her own proposal is another matter, with a letter of its own.
    proposeExit(deskOf(studio), client.name, { ...nothing, reason: 'late-payment' });
    await days(studio, '2026-12-21');
    expect(studio.letters('termination').map((letter) => letter.key)).toEqual(['dunning/1/1/termination', 'exit/2']);
  });

  it('the money comes: the exit is taken back, approved or not', async () => {
    const { studio, client, invoice } = await late(ladder('ask'));
    proposeExit(deskOf(studio), client.name, nothing);
    turn(studio, '2026-11-12T18:30:00+01:00');
    checkAll(studio, client);
    approveExit(deskOf(studio), client.name, 'Bianchi Srl');
    studio.paid(invoice);
    await days(studio, '2026-11-20');
    expect(view(studio, client)).toMatchObject({ state: 'cancelled', exit: { cancelledBy: 'system' } });
    expect(studio.letters('termination')).toMatchObject([{ state: 'dropped', endedBy: 'system' }]);
    expect(studio.courier.taken).toHaveLength(1);
  });

  it('an exit of the owner that is open already stands for it', async () => {
    const studio = await openStudio({ now: '2026-10-31T10:00:00+01:00', config: ladder('ask') });
    const client = studio.client('Bianchi Srl');
    studio.invoice(client, { dueOn: '2026-10-30' });
    proposeExit(deskOf(studio), client.name, { ...nothing, reason: 'scope' });
    await days(studio, '2026-11-20');
    expect(studio.letters('termination').map((letter) => letter.key)).toEqual(['exit/1']);
  });

  it('"auto": a warning on each day of the cooling-off, then the letter goes', async () => {
    const { studio, client } = await late(ladder('auto'));
    expect(stateOf(studio, client)).toBe('cooling');
    expect(studio.letters('termination')).toMatchObject([{ state: 'held', approval: 'ask' }]);
    await days(studio, '2026-11-11');
    const warnings = () => everNoted(studio).filter((text) => text.includes('goes without a question'));
    expect(warnings()).toHaveLength(3);
    expect(studio.sent()).toHaveLength(1);
    await days(studio, '2026-11-13');
    expect(studio.sent()[1]).toMatch(/^termination 2026-11-1[23] /);
    expect(warnings()).toHaveLength(3);
    expect(stateOf(studio, client)).toMatch(/^notice-/);
    expect(studio.app.store.read((r) => openExitOf(r, client.id))).toMatchObject({ approvedBy: 'system' });
  });

  it('"auto" can be cancelled on any of those days', async () => {
    const { studio, client } = await late(ladder('auto'));
    await days(studio, '2026-11-11');
    cancelByHand(deskOf(studio), client.name, '');
    await days(studio, '2026-11-30');
    expect(studio.sent()).toHaveLength(1);
  });

  it('"auto" in review mode still waits for a hand', async () => {
    const { studio, client } = await late(ladder('auto', { sending: { mode: 'review' } }));
    studio.approveAll();
    await days(studio, '2026-11-10');
    await days(studio, '2026-11-30');
    expect(studio.sent()).toHaveLength(1);
    const [letter] = studio.letters('termination');
    expect(letter).toMatchObject({ state: 'held', approvedAt: null });
    approveLetter(studio.app, letter?.id as number);
    await studio.at('2026-11-30T11:00:00+01:00');
    await studio.at('2026-11-30T11:01:00+01:00');
    expect(studio.sent()).toHaveLength(2);
    expect(stateOf(studio, client)).toBe('notice-sent');
  });

  it('"auto" is for the ladder: what the owner proposes she approves', async () => {
    const { studio, client } = await proposed({}, {}, { exit: { approval: 'auto' } });
    await days(studio, '2026-11-30');
    expect(stateOf(studio, client)).toBe('checklist');
    expect(studio.courier.taken).toEqual([]);
  });
});

describe('an exit that was to be looked at later', () => {
  const notedState = (studio: Studio, client: Client) =>
    studio.app.store.read((r) => openExitOf(r, client.id))?.notedState;

  it('moves on at the first pass after its cooling-off was made shorter', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'paletti-exit-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const before = await openStudio({
      now: '2026-11-20T10:00:00+01:00',
      dataDir,
      config: { exit: { coolingDays: 14 } },
    });
    const client = before.client('Bianchi Srl');
    proposeExit(deskOf(before), client.name, { ...nothing, reason: 'scope' });
    await days(before, '2026-11-24');
    expect(notedState(before, client)).toBe('cooling');
    await before.app.shut();
    const after = await openStudio({
      now: '2026-11-24T10:30:00+01:00',
      dataDir,
      config: { exit: { coolingDays: 1 } },
    });
    await after.at('2026-11-24T10:32:00+01:00');
    expect(notedState(after, client)).toBe('checklist');
  });

  it('is looked at again once a clock that was a year ahead is set right', async () => {
    const studio = await openStudio({ now: '2026-11-20T10:00:00+01:00' });
    const client = studio.client('Bianchi Srl');
    proposeExit(deskOf(studio), client.name, { ...nothing, reason: 'scope' });
    const lookAt = () =>
      studio.app.store.read((r) => r.get<{ at: string }>('SELECT look_at AS at FROM exits'))?.at.slice(0, 10);
    await studio.at('2027-11-20T10:05:00+01:00');
    expect(lookAt()).toBe('2027-11-20');
    await studio.at('2026-11-21T10:05:00+01:00');
    expect(lookAt()).toBe('2026-11-21');
  });
});
