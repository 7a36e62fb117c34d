/** From the store to the signs: what counts and what counts for nothing, on both sides of the first start. */
import { describe, expect, it } from 'vitest';
import { type ClientRecord, clientRecords, periodStart, type SignSettings } from '../../src/store/client-facts.ts';
import { makeReport } from '../../src/desk/report.ts';
import { timeline } from '../../src/desk/timeline.ts';
import { parseWeek } from '../../src/rules/contact-hours.ts';
import type { MessageKind, ParsedMail } from '../../src/rules/message.ts';
import { defaultWeights, type OwnerMark } from '../../src/rules/red-flags.ts';
import { addDays, dayMs, dayOf, hourMs, type Instant, plus, toIso } from '../../src/rules/time.ts';
import { openStore, type Store, type Writer } from '../../src/store/database.ts';
import { addInvoice, recordPayment } from '../../src/store/invoices.ts';
import { addLogEntry, type LogKind } from '../../src/store/log-entries.ts';
import { addMark } from '../../src/store/marks.ts';
import { saveJudgement } from '../../src/store/messages.ts';
import { addRequest, closeRequest } from '../../src/store/requests.ts';
import { answerWindow, openWindow, waiveWindow } from '../../src/store/windows.ts';
import { client, day, letterIn, memoryStore, message, now, own } from './make.ts';
import { asWritten } from '../../src/rules/reason.ts';

const office = ['09:00-18:00'];
const settings: SignSettings = {
  hours: {
    timeZone: 'Europe/Rome',
    week: parseWeek({ mon: office, tue: office, wed: office, thu: office, fri: office }),
    holiday: () => undefined,
    closures: [],
  },
  responseWindow: { hours: 72, count: 'elapsed' },
  signs: { weights: defaultWeights },
};
const to = [{ name: 'Luca', address: 'luca@bianchi.example' }];
const daysAgo = (days: number, hours = 0) => plus(now, -days * dayMs + hours * hourMs);

interface Written {
  text?: string;
  subject?: string;
  kind?: MessageKind;
  out?: boolean;
  night?: boolean;
  live?: boolean;
  windowId?: number;
  from?: ParsedMail['from'];
  messageId?: string | null;
}

function writes(w: Writer, at: Instant, values: Written = {}): number {
  const { text = 'Va bene, grazie.', subject = 'Sito', out = false } = values;
  const from = values.from ?? (out ? { name: '', address: own } : { name: 'Luca', address: 'luca@bianchi.example' });
  const mail = { from, subject, text, newText: text, messageId: values.messageId ?? null, ...(out && { to }) };
  const id = message(w, mail, {
    role: out ? 'sent' : 'inbox',
    arrival: { receivedAt: at },
    history: values.live !== true,
  });
  saveJudgement(w, id, {
    kind: values.kind ?? (out ? 'own' : 'human'),
    outOfHours: values.night === true,
    outOfHoursWhy: null,
    minutesToOpening: 0,
    windowId: values.windowId ?? null,
    reason: 'x',
    why: asWritten('y'),
  });
  return id;
}

function logs(w: Writer, kind: LogKind, at: Instant, minutes: number | null = null): void {
  const direction = kind === 'call' ? ('in' as const) : null;
  addLogEntry(w, {
    clientId: 1,
    kind,
    at,
    minutes,
    direction,
    text: 'x',
    project: null,
    outOfHours: false,
    outOfHoursWhy: null,
  });
}

function recordOf(scene: (w: Writer) => void, days = 365): ClientRecord {
  const store = memoryStore();
  store.write(now, (w) => {
    client(w);
    scene(w);
  });
  return recordsIn(store, days)[0] as ClientRecord;
}

function recordsIn(store: Store, days = 365, clientId?: number): ClientRecord[] {
  return store.read((r) => clientRecords(r, settings, { now, since: periodStart(now, days), clientId }));
}

const signsOf = (record: ClientRecord) => record.flags.filter((flag) => !flag.tooFew).map((flag) => flag.sign);

/** Six messages at night, each on a subject of its own. */
function nights(w: Writer, kind: MessageKind = 'human'): void {
  for (let index = 1; index <= 6; index += 1)
    writes(w, daysAgo(index * 10, 12), { subject: `Tema ${index}`, night: true, text: 'Urgente, entro oggi!', kind });
}

describe('the habit of the hours', () => {
  it('is counted from people’s mail, that of before the first start too', () => {
    expect(signsOf(recordOf((w) => nights(w)))).toEqual(['out-of-hours', 'pressure']);
  });

  it.each(['list', 'automatic', 'bounce', 'receipt', 'calendar', 'spam'] as const)('is no habit of a %s', (kind) => {
    expect(recordOf((w) => nights(w, kind)).flags).toEqual([]);
  });

  it('is not counted from before the period', () => {
    expect(recordOf((w) => nights(w), 9).flags).toEqual([]);
  });

  it('says so when the sample is small', () => {
    const record = recordOf((w) => void writes(w, daysAgo(3, 12), { night: true }));
    expect(record.flags).toMatchObject([{ sign: 'out-of-hours', tooFew: true }]);
    expect(record.suggestion.step).toBe('keep');
  });
});

describe('the windows', () => {
  it('of the past are worked out, answered in the thread or on the same subject', () => {
    const record = recordOf((w) => {
      writes(w, daysAgo(20), { subject: 'Preventivo' });
      writes(w, daysAgo(19), { subject: 'Re: Preventivo', out: true });
      writes(w, daysAgo(10), { subject: 'Logo' });
    });
    expect(record.promises.map(({ answeredAt, past }) => [answeredAt !== null, past])).toEqual([
      [true, true],
      [false, true],
    ]);
  });

  it('that were kept stand for themselves, and one that was waived for nothing', () => {
    const record = recordOf((w) => {
      for (const [index, end] of (['answered', 'waived', 'open'] as const).entries()) {
        const at = daysAgo(9 - index);
        const id = writes(w, at, { subject: `Tema ${index}`, live: true });
        const window = openWindow(w, {
          threadId: index + 1,
          clientId: 1,
          openedBy: id,
          openedAt: at,
          dueAt: plus(at, 72 * hourMs),
        });
        w.run('UPDATE messages SET window_id = ? WHERE id = ?', window.id, id);
        if (end === 'waived') waiveWindow(w, window.id);
        if (end === 'answered')
          answerWindow(w, window.id, { evidence: 'owner', answeredBy: null, answeredAt: plus(at, hourMs) });
      }
    });
    expect(record.promises.map(({ answeredAt, past }) => [answeredAt !== null, past])).toEqual([
      [true, false],
      [false, false],
    ]);
    expect(record.facts.windows.map((window) => window.messageIds.length)).toEqual([1, 1]);
  });

  it('are not answered by a letter that Paletti wrote', () => {
    const record = recordOf((w) => {
      const letter = letterIn(w, 'sent', { clientId: 1, kind: 'acknowledgement' });
      writes(w, daysAgo(20));
      writes(w, daysAgo(19), { out: true, messageId: letter.messageId, text: 'Quando? ' });
    });
    expect(record.promises).toMatchObject([{ answeredAt: null }]);
    expect(record.facts.requests).toEqual([]);
  });
});

describe('silence', () => {
  /** Three questions, each answered after so many days. */
  function questions(w: Writer, days: number): void {
    for (const index of [1, 2, 3]) {
      writes(w, daysAgo(index * 40), { out: true, subject: `Foto ${index}`, text: 'Quale foto preferisci?' });
      writes(w, daysAgo(index * 40 - days), { subject: `Re: Foto ${index}` });
    }
  }

  it.each([
    ['a week', 7, ['silence']],
    ['a day', 1, []],
  ])('of %s to an answer', (_name, days, expected) => {
    expect(signsOf(recordOf((w) => questions(w, days)))).toEqual(expected);
  });

  it('shows the message that asked', () => {
    const [flag] = recordOf((w) => questions(w, 7)).flags;
    expect(flag?.evidence.every((one) => typeof one.messageId === 'number')).toBe(true);
  });

  it('is broken by a call', () => {
    expect(
      signsOf(
        recordOf((w) => {
          questions(w, 7);
          for (const index of [1, 2, 3]) logs(w, 'call', daysAgo(index * 40 - 1));
        }),
      ),
    ).toEqual([]);
  });

  it('takes a request as it was noted: dropped is none, proposed is the question it was', () => {
    const count = (state: 'open' | 'dropped' | 'proposed') =>
      recordOf((w) => {
        const id = writes(w, daysAgo(20), { out: true, text: 'Quale foto?' });
        const values = {
          clientId: 1,
          messageId: id,
          madeBy: 'question' as const,
          text: 'foto',
          project: null,
          deliveryOn: null,
        };
        const openedAt = daysAgo(20);
        const dueOn = addDays(dayOf(openedAt, 'Europe/Rome'), 5);
        const request = addRequest(w, { ...values, openedAt, dueOn, state: state === 'open' ? 'open' : 'proposed' });
        const end = {
          state: 'dropped' as const,
          answeredBy: null,
          at: now,
          why: asWritten('x'),
          daysLost: 0,
          newDeliveryOn: null,
        };
        if (state === 'dropped') closeRequest(w, request?.id ?? 0, end);
      }).facts.requests.map((request) => request.dueOn);
    expect(count('open')).toEqual(['2026-11-08']);
    expect(count('dropped')).toEqual([]);
    expect(count('proposed')).toEqual(['2026-11-06']);
  });
});

describe('work and money', () => {
  it('knows that the work began before the period', () => {
    const record = recordOf((w) => {
      w.run('UPDATE clients SET terms = \'{"contractNone":true}\'');
      logs(w, 'work', daysAgo(500), 60);
      logs(w, 'note', daysAgo(600));
    });
    expect(record.flags.find((flag) => flag.sign === 'no-contract')?.words).toMatchObject({ since: '2025-07-11' });
  });

  it('has no work in a talk or a note', () => {
    expect(recordOf((w) => logs(w, 'call', daysAgo(5), 10)).flags.map((flag) => flag.sign)).not.toContain(
      'no-contract',
    );
  });

  it('compares with the others, in the same currency', () => {
    const store = memoryStore();
    store.write(now, (w) => {
      for (const [index, cents] of [10_000, 100_000, 120_000].entries()) {
        const { id } = client(w, { name: `Client ${index}`, addresses: [`c${index}@client.example`] });
        for (let sent = 0; sent < 12; sent += 1)
          writes(w, daysAgo(sent * 5 + 1), {
            from: { name: '', address: `c${index}@client.example` },
            subject: `T ${sent}`,
          });
        const { id: invoice } = addInvoice(w, {
          clientId: id,
          number: `${index}`,
          issuedOn: day('2026-09-01'),
          currency: 'EUR',
          totalCents: cents,
          project: null,
          instalments: [{ dueOn: day('2026-10-01'), amountCents: cents }],
        });
        recordPayment(w, invoice, { amountCents: cents, receivedOn: day('2026-09-20'), reference: null });
      }
    });
    const records = recordsIn(store);
    expect(records.map((record) => signsOf(record).includes('low-pay'))).toEqual([true, false, false]);
    expect(records.map((record) => record.revenue)).toEqual(
      [10_000, 100_000, 120_000].map((cents) => [{ currency: 'EUR', cents }]),
    );
    for (const record of records) expect(recordsIn(store, 365, record.client.id)).toEqual([record]);
  });

  it('sets messages against pieces handed over', () => {
    const scene = (messages: number) => (w: Writer) => {
      for (let sent = 0; sent < messages; sent += 1) writes(w, daysAgo(sent + 1), { subject: `T ${sent}` });
      logs(w, 'delivery', daysAgo(30));
      logs(w, 'delivery', daysAgo(60));
      w.run('UPDATE clients SET terms = \'{"contractSignedOn":"2026-01-01"}\'');
    };
    expect(signsOf(recordOf(scene(30)))).toEqual(['control']);
    expect(signsOf(recordOf(scene(8)))).toEqual([]);
  });
});

describe('weights and steps', () => {
  it('go by the configuration', () => {
    const store = memoryStore();
    store.write(now, (w) => {
      client(w);
      addMark(w, { clientId: 1, mark: 'outside-niche' satisfies OwnerMark, note: 'gare' });
    });
    const weightOf = (weight: number) => {
      const signs = { weights: { ...defaultWeights, 'outside-niche': weight } };
      return store.read((r) => clientRecords(r, { ...settings, signs }, { now, since: daysAgo(365) }))[0]?.weighed
        .total;
    };
    expect([weightOf(0), weightOf(2)]).toEqual([0, 2]);
  });

  it('think of an end only when the line was drawn before, and it goes on', () => {
    const scene = (sentAt: Instant | null) => (w: Writer) => {
      nights(w);
      const letter = sentAt === null ? undefined : letterIn(w, 'sent', { clientId: 1, kind: 'boundary-hours' });
      if (letter !== undefined && sentAt !== null)
        w.run('UPDATE letters SET sent_at = ? WHERE id = ?', toIso(sentAt), letter.id);
    };
    const stepAfter = (sentAt: Instant | null) => recordOf(scene(sentAt)).suggestion;
    expect(stepAfter(null)).toMatchObject({ step: 'boundary', command: 'paletti letter 1 boundary' });
    expect(stepAfter(daysAgo(62))).toMatchObject({
      step: 'end',
      command: 'paletti exit 1 propose --reason contact-hours',
    });
    expect(stepAfter(daysAgo(5)).step).toBe('keep');
    expect(stepAfter(daysAgo(25)).step).toBe('keep');
  });

  it('ask for the letter on hours only when a message of the last 90 days came out of hours', () => {
    const urgent = (w: Writer) => {
      for (let index = 1; index <= 6; index += 1)
        writes(w, daysAgo(index * 10), { subject: `Tema ${index}`, text: 'Mi serve subito!' });
    };
    expect(recordOf(urgent).suggestion).toMatchObject({ sign: 'pressure', step: 'boundary', command: null });
  });
});

describe('the report', () => {
  const report = (scene: (w: Writer) => void, clientId?: number) => {
    const store = openStore(':memory:');
    store.write(now, (w) => {
      client(w);
      client(w, { name: 'Nobody', addresses: [] });
      scene(w);
    });
    const made = store.read((r) => makeReport(r, settings, { now, days: 365, clientId }));
    store.close();
    return made;
  };

  it('is empty for a studio in which nothing happened', () => {
    expect(report(() => {})).toMatchObject({
      client: null,
      clients: [],
      ageing: [],
      months: [],
      heat: { total: 0, outOfHours: 0, most: 0 },
      pareto: { rows: [], few: null },
    });
  });

  it('leaves out clients of whom nothing is known, unless it is about one', () => {
    expect(report((w) => nights(w)).clients.map(({ name }) => name)).toEqual(['Bianchi']);
    expect(report((w) => nights(w), 2)).toMatchObject({
      client: 'Nobody',
      pareto: null,
      clients: [{ name: 'Nobody', messages: 0 }],
    });
  });

  it('counts in the heat map what people wrote, and nothing else', () => {
    const made = report((w) => {
      nights(w);
      nights(w, 'list');
      writes(w, daysAgo(3), { out: true });
    });
    expect(made.heat).toMatchObject({ total: 6, outOfHours: 6 });
  });
});

describe('the timeline', () => {
  it('holds mail, log, letters and money in one order, each once', () => {
    const store = memoryStore();
    store.write(now, (w) => {
      client(w);
      const letter = letterIn(w, 'sent', { clientId: 1, kind: 'payment-reminder', subject: 'Sollecito' });
      writes(w, daysAgo(4), { subject: 'Ciao' });
      writes(w, daysAgo(3), { subject: 'Novità', kind: 'list' });
      writes(w, daysAgo(2), { out: true, subject: 'Re: Ciao' });
      writes(w, now, { out: true, messageId: letter.messageId, subject: 'Sollecito' });
      logs(w, 'call', daysAgo(1), 12);
      const { id } = addInvoice(w, {
        clientId: 1,
        number: '7',
        issuedOn: day('2026-11-01'),
        currency: 'EUR',
        totalCents: 5000,
        project: null,
        instalments: [{ dueOn: day('2026-11-10'), amountCents: 5000 }],
      });
      recordPayment(w, id, { amountCents: 5000, receivedOn: day('2026-11-10'), reference: null });
    });
    const found = store.read((r) => timeline(r, 1, { zone: 'Europe/Rome', limit: 20 }));
    expect(found.map(({ kind, text, minutes }) => [kind, text, minutes])).toEqual([
      ['letter', 'payment-reminder: Sollecito', null],
      ['call', 'x', 12],
      ['message-out', 'Re: Ciao', null],
      ['message-in', 'Novità (list)', null],
      ['message-in', 'Ciao', null],
      ['payment', '50.00 EUR for 7, entered on 23 November 2026', null],
      ['invoice', '7, 50.00 EUR', null],
    ]);
    expect(store.read((r) => timeline(r, 1, { zone: 'Europe/Rome', limit: 2 }))).toHaveLength(2);
  });
});
