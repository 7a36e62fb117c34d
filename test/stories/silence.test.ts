/** A client who does not answer: what becomes a request, when it is nudged, and everything that stops a nudge. */
import { describe, expect, it } from 'vitest';
import {
  acceptProposal,
  askClient,
  dropRequest,
  type RequestWish,
  requestAnswered,
  showRequests,
} from '../../src/desk/requests.ts';
import { approveLetter, editLetter } from '../../src/desk/outbox.ts';
import type { Client } from '../../src/rules/client.ts';
import { localDay } from '../../src/rules/time.ts';
import { addExit, editExit } from '../../src/store/exits.ts';
import { addHold } from '../../src/store/holds.ts';
import { verifyJournal } from '../../src/store/journal.ts';
import { entries, unseenNotices, said } from '../support/in-words.ts';
import { listRequests } from '../../src/store/requests.ts';
import { openStudio, type Studio } from '../support/studio.ts';

const switchedOn = { requests: { nudges: 'on' } };

const deskOf = (studio: Studio) => ({ ...studio.app, settings: studio.config });
const requestsOf = (studio: Studio) => studio.app.store.read((r) => listRequests(r));
const notices = (studio: Studio) => studio.app.store.read((r) => unseenNotices(r)).map((notice) => notice.text);

/** One pass at ten each morning. */
async function days(studio: Studio, until: string): Promise<void> {
  await studio.until(`${until}T10:00:00+01:00`, 1440);
}

/** Monday 2 November; asked for Wednesday 4, so the first nudge is due on Saturday 7 and goes on Monday 9. */
async function asked(
  config: Record<string, unknown> = switchedOn,
  patch: Partial<Client> = {},
): Promise<{ studio: Studio; client: Client; id: number }> {
  const studio = await openStudio({ now: '2026-11-02T10:00:00+01:00', config });
  const client = studio.client('Bianchi Srl', patch);
  const { request } = askClient(deskOf(studio), client.name, {
    messageId: null,
    text: 'Mi manda i testi della home?',
    dueOn: localDay('2026-11-04'),
    deliveryOn: localDay('2026-11-20'),
    project: 'Sito nuovo',
  });
  return { studio, client, id: request.id };
}

describe('the ladder of nudges', () => {
  it('kind, then firm, each counted from the one before, then the owner decides', async () => {
    const { studio } = await asked();
    await days(studio, '2026-12-31');
    expect(studio.sent()).toEqual([
      'nudge-kind 2026-11-09 Mon 10:00',
      'nudge-firm 2026-11-16 Mon 10:00',
      'nudge-firm 2026-11-30 Mon 10:00',
    ]);
    const [kind, firm] = studio.letters();
    // Five days after Wednesday 4: Friday 20 becomes Wednesday 25.
    expect(kind?.text).toContain('Finora si sono persi 5 giorni, quindi la consegna passa al 25 novembre 2026');
    expect(kind?.text).toContain('“Mi manda i testi della home?”');
    expect(kind?.subject).toBe('In attesa di una Sua risposta: Sito nuovo');
    // Twelve days: 2 December.
    expect(firm?.text).toContain('la nuova data di consegna è il 2 dicembre 2026');
    expect(notices(studio).some((text) => text.includes('after every nudge'))).toBe(true);
    expect(studio.letters()).toHaveLength(3);
    expect(studio.app.store.read((r) => verifyJournal(r))).toMatchObject({ ok: true });
  });

  it('nothing is nudged unless the owner switched it on; the silence is told once', async () => {
    const { studio } = await asked({});
    await days(studio, '2026-12-01');
    expect(studio.letters()).toEqual([]);
    expect(notices(studio).filter((text) => text.includes('nudges are switched off'))).toHaveLength(1);
  });

  it('with "ask" each waits for the owner, and says the days of the day it leaves', async () => {
    const { studio } = await asked({ requests: { nudges: 'ask' } });
    await studio.at('2026-11-09T10:00:00+01:00');
    expect(studio.letters()).toMatchObject([{ kind: 'nudge-kind', state: 'held', approval: 'ask' }]);
    studio.clock.set((studio.clock.now() + 3 * 86_400_000) as never);
    approveLetter(studio.app, studio.letters()[0]?.id as number);
    await studio.app.pass();
    await studio.app.pass();
    expect(studio.sent()).toEqual(['nudge-kind 2026-11-12 Thu 10:00']);
    expect(studio.courier.taken[0]?.raw.replaceAll('=\r\n', '')).toContain('8 giorni');
  });

  it('words of the owner are sent as she wrote them', async () => {
    const { studio } = await asked({ requests: { nudges: 'ask' } });
    await studio.at('2026-11-09T10:00:00+01:00');
    const id = studio.letters()[0]?.id as number;
    editLetter(studio.app, id, { text: 'Aspetto i testi.' });
    studio.clock.set((studio.clock.now() + 86_400_000) as never);
    approveLetter(studio.app, id);
    await studio.at(studio.clock.now());
    expect(studio.courier.taken[0]?.raw).toContain('Aspetto i testi.');
  });

  it('in review mode "on" waits too', async () => {
    const { studio } = await asked({ ...switchedOn, sending: { mode: 'review' } });
    await studio.at('2026-11-09T10:00:00+01:00');
    expect(studio.letters()).toMatchObject([{ state: 'held', approval: 'ask' }]);
  });

  it('speaks the client’s language and tone', async () => {
    const { studio } = await asked(switchedOn, { language: 'en', tone: 'informal', contactName: 'Tom Lowe' });
    await studio.at('2026-11-09T10:00:00+01:00');
    const [letter] = studio.letters();
    expect(letter?.text).toMatch(/^Hi Tom/);
    expect(letter?.text).toContain('5 days');
    expect(letter?.text).toContain('25 November 2026');
  });
});

describe('what stops a nudge', () => {
  it('any answer of a person there, in any thread; what the silence cost stays in the record', async () => {
    const { studio, id } = await asked();
    await days(studio, '2026-11-12');
    studio.clientWrites({ from: 'bianchi.srl@client.example', subject: 'Tutt’altro' }, '2026-11-12T11:00:00+01:00');
    await days(studio, '2026-12-10');
    expect(studio.letters().filter((letter) => letter.kind.startsWith('nudge'))).toHaveLength(1);
    expect(requestsOf(studio)).toMatchObject([
      { id, state: 'answered', daysLost: 8, newDeliveryOn: '2026-11-30', answeredBy: expect.any(Number) },
    ]);
    const [entry] = studio.app.store
      .read((r) => entries(r, { subject: `request/${id}` }))
      .filter((one) => one.kind === 'request-answered');
    expect(entry?.data).toMatchObject({ daysLost: 8, deliveryOn: '2026-11-20', newDeliveryOn: '2026-11-30' });
  });

  const found = (results: string) => `Authentication-Results: mx.studio.example; ${results}`;
  it.each<[string, string]>([
    ['fails DMARC', found('spf=fail smtp.mailfrom=evil.example; dmarc=fail header.from=client.example')],
    ['is neither sent nor signed by its domain', found('spf=fail; dkim=fail; dmarc=none')],
    ['has a policy that cannot be read', found('dmarc=permerror')],
  ])('no mail that %s: it may be anybody’s', async (_, line) => {
    const { studio } = await asked();
    studio.clientWrites({ from: 'bianchi.srl@client.example', headers: [line] }, '2026-11-05T11:00:00+01:00');
    await days(studio, '2026-11-18');
    expect(studio.sent()).toEqual(['nudge-kind 2026-11-09 Mon 10:00', 'nudge-firm 2026-11-16 Mon 10:00']);
    expect(requestsOf(studio)).toMatchObject([{ state: 'open' }]);
    // her own mail ends it, and the moment of the other does not count
    studio.clientWrites({ from: 'bianchi.srl@client.example' }, '2026-11-18T11:00:00+01:00');
    await studio.at('2026-11-18T11:05:00+01:00');
    expect(requestsOf(studio)).toMatchObject([{ state: 'answered', daysLost: 14 }]);
  });

  it('an answer takes back the nudge that waits', async () => {
    const { studio } = await asked({ requests: { nudges: 'ask' } });
    await studio.at('2026-11-09T10:00:00+01:00');
    const nudge = studio.letters()[0]?.id as number;
    approveLetter(studio.app, nudge);
    studio.clientWrites({ from: 'bianchi.srl@client.example' }, '2026-11-09T10:01:00+01:00');
    await studio.at('2026-11-09T10:05:00+01:00');
    expect(studio.letters('nudge-kind')).toMatchObject([{ state: 'dropped', endedBy: 'system' }]);
  });

  it('a robot’s mail is no answer, and an out-of-office parks it until its date', async () => {
    const { studio } = await asked();
    studio.clientWrites(
      {
        from: 'bianchi.srl@client.example',
        subject: 'Risposta automatica: fuori sede',
        text: 'Sono fuori ufficio, rientro il 23 novembre 2026.',
        headers: ['Auto-Submitted: auto-replied'],
      },
      '2026-11-05T11:00:00+01:00',
    );
    await studio.at('2026-11-09T10:00:00+01:00');
    expect(studio.letters()).toEqual([]);
    const [shown] = studio.app.store.read((r) => showRequests(r, studio.config, { all: false }, studio.clock.now()));
    expect(shown).toMatchObject({ shownState: 'parked', state: 'open' });
    await days(studio, '2026-11-24');
    expect(studio.sent()).toEqual(['nudge-kind 2026-11-23 Mon 10:00']);
  });

  it('the owner’s word: answered by telephone, or dropped', async () => {
    const { studio, id } = await asked();
    await studio.at('2026-11-09T10:00:00+01:00');
    expect(requestAnswered(deskOf(studio), id, null)).toMatchObject({ changed: true, request: { daysLost: 5 } });
    expect(requestAnswered(deskOf(studio), id, null).changed).toBe(false);
    expect(() => dropRequest(deskOf(studio), id, '')).toThrow(/answered already/);
    await days(studio, '2026-12-10');
    expect(studio.letters()).toHaveLength(1);
  });

  it('a hold of the owner', async () => {
    const { studio, client } = await asked();
    studio.app.store.write(studio.clock.now(), (w) =>
      addHold(w, { scope: 'client', scopeId: client.id, reason: 'manual', until: null, note: null }),
    );
    await days(studio, '2026-11-20');
    expect(studio.letters()).toEqual([]);
    expect(said(requestsOf(studio)[0]?.why)).toContain('held by you');
  });

  it('open dunning: one thing at a time', async () => {
    const { studio, client } = await asked();
    const invoice = studio.invoice(client, { dueOn: '2026-11-03' });
    await days(studio, '2026-11-12');
    expect(studio.letters().map((letter) => letter.kind)).toEqual(['payment-reminder']);
    studio.paid(invoice);
    await studio.until('2026-11-13T12:00:00+01:00', 60);
    expect(studio.letters('nudge-kind')).toHaveLength(1);
  });

  it('an exit on its way, and the end of the work, which closes the request', async () => {
    const { studio, client, id } = await asked();
    studio.app.store.write(studio.clock.now(), (w) => {
      const exit = addExit(w, {
        clientId: client.id,
        proposedBy: 'owner',
        letterKey: 'elsewhere',
        coolingFrom: w.now,
        reason: 'no-capacity',
        ownWords: '',
        notice: { kind: 'days', days: 30 },
        referral: '',
        handover: [],
      });
      editExit(w, exit.id, { approvedAt: w.now, approvedBy: 'owner', notedState: 'approved' });
    });
    await days(studio, '2026-11-12');
    expect(studio.letters().filter((letter) => letter.kind.startsWith('nudge'))).toEqual([]);
    expect(requestsOf(studio)).toMatchObject([{ id, state: 'open', why: { code: 'exit-runs' } }]);
  });

  it('the client waits for an overdue answer of the owner', async () => {
    const { studio } = await asked();
    // Not after the request, so it is no answer to it.
    studio.clientWrites({ from: 'bianchi.srl@client.example' }, '2026-11-02T10:00:00+01:00');
    await days(studio, '2026-11-11');
    expect(studio.letters().filter((letter) => letter.kind.startsWith('nudge'))).toEqual([]);
    expect(requestsOf(studio)[0]).toMatchObject({ state: 'open', why: { code: 'answer-owed' } });
  });

  it('outside contact hours it waits, and a held one is looked at again before it leaves', async () => {
    const { studio } = await asked();
    await studio.at('2026-11-07T10:00:00+01:00');
    await studio.at('2026-11-08T22:00:00+01:00');
    expect(studio.letters()).toEqual([]);
    await studio.at('2026-11-09T08:00:00+01:00');
    expect(studio.courier.taken).toEqual([]);
    await studio.at('2026-11-09T09:00:00+01:00');
    expect(studio.sent()).toEqual(['nudge-kind 2026-11-09 Mon 09:00']);
  });
});

describe('what becomes a request', () => {
  it('the keyword in the subject of the owner’s mail, once for a thread; the nudge stays in it', async () => {
    const studio = await openStudio({ now: '2026-11-02T10:00:00+01:00', config: switchedOn });
    const client = studio.client('Bianchi Srl');
    studio.ownerAnswers({
      to: 'bianchi.srl@client.example',
      subject: '[?] Testi della home',
      text: 'Gentile Bianchi,\nci manda i testi della home?\n',
    });
    await studio.at('2026-11-02T10:05:00+01:00');
    studio.ownerAnswers({
      to: 'bianchi.srl@client.example',
      subject: 'Re: [?] Testi della home',
      inReplyTo: '<o1@studio.example>',
    });
    await studio.at('2026-11-02T11:00:00+01:00');
    expect(requestsOf(studio)).toMatchObject([
      {
        clientId: client.id,
        madeBy: 'keyword',
        state: 'open',
        text: 'ci manda i testi della home?',
        dueOn: '2026-11-05',
      },
    ]);
    await days(studio, '2026-11-10');
    expect(studio.letters('nudge-kind')).toMatchObject([
      { inReplyTo: '<o1@studio.example>', references: ['<o1@studio.example>'], state: 'filed' },
    ]);
    // The nudge that now stands in Sent asks something too: it makes no request of itself.
    await days(studio, '2026-11-20');
    expect(requestsOf(studio)).toHaveLength(1);
  });

  it('a question without an answer for five days is proposed, and counts only when the owner says so', async () => {
    const studio = await openStudio({ now: '2026-11-02T10:00:00+01:00', config: switchedOn });
    studio.client('Bianchi Srl');
    studio.client('Verdi Snc');
    studio.ownerAnswers({ to: 'bianchi.srl@client.example', subject: 'Testi', text: 'Ci manda i testi della home?' });
    studio.ownerAnswers({ to: 'verdi.snc@client.example', subject: 'Foto', text: 'Ci manda le foto del negozio?' });
    studio.ownerAnswers({ to: 'verdi.snc@client.example', subject: 'Saluti', text: 'Ecco la bozza.' });
    studio.clientWrites({ from: 'verdi.snc@client.example' }, '2026-11-04T10:00:00+01:00');
    await days(studio, '2026-11-06');
    expect(requestsOf(studio)).toEqual([]);
    await days(studio, '2026-11-20');
    expect(requestsOf(studio)).toMatchObject([
      { madeBy: 'question', state: 'proposed', text: 'Ci manda i testi della home?' },
    ]);
    expect(studio.letters().filter((letter) => letter.kind.startsWith('nudge'))).toEqual([]);
    expect(notices(studio).filter((text) => text.includes('Ci manda i testi'))).toHaveLength(1);
    const id = requestsOf(studio)[0]?.id as number;
    expect(acceptProposal(deskOf(studio), id, { dueOn: null, deliveryOn: null }).changed).toBe(true);
    expect(acceptProposal(deskOf(studio), id, { dueOn: null, deliveryOn: null }).changed).toBe(false);
    await studio.until('2026-11-23T12:00:00+01:00', 60);
    expect(studio.letters('nudge-kind')).toHaveLength(1);
  });

  it('history asks for nothing', async () => {
    const studio = await openStudio({ now: '2026-11-02T10:00:00+01:00', config: switchedOn });
    studio.client('Bianchi Srl');
    studio.ownerAnswers({ to: 'anna@studio.example', subject: '[?] a me stessa', text: 'Mi ricordo di questo?' });
    await days(studio, '2026-11-12');
    expect(requestsOf(studio)).toEqual([]);
  });

  it('refuses what makes no sense', async () => {
    const { studio, client } = await asked();
    studio.clientWrites({ from: 'bianchi.srl@client.example' }, '2026-11-02T09:00:00+01:00');
    await studio.at('2026-11-02T10:05:00+01:00');
    const wish: RequestWish = { messageId: null, text: 'Le foto?', dueOn: null, deliveryOn: null, project: null };
    const ask = (patch: Partial<RequestWish>) => () => askClient(deskOf(studio), client.name, { ...wish, ...patch });
    expect(ask({ text: ' ' })).toThrow(/no words/);
    expect(ask({ dueOn: localDay('2026-11-01') })).toThrow(/before the day it was asked/);
    expect(ask({ deliveryOn: localDay('2026-11-03') })).toThrow(/before the answer is due/);
    expect(ask({ messageId: 1 })).toThrow(/the client's, not yours/);
    expect(ask({ messageId: 99 })).toThrow(/no message 99/);
    expect(ask({ text: 'x'.repeat(401) })).toThrow(/longer than 400/);
    expect(() => askClient(deskOf(studio), 'Nessuno', wish)).toThrow(/no client/);
    expect(() => acceptProposal(deskOf(studio), 77, { dueOn: null, deliveryOn: null })).toThrow(/no request 77/);
    expect(requestsOf(studio)).toHaveLength(1);
  });
});
