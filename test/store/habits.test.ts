/** What habits are counted from: who is in it and who is not, and that listening misses nothing the words would hear. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heardIn } from '../../src/rules/red-flags.ts';
import { dayMs, dayOf, type Instant, plus } from '../../src/rules/time.ts';
import { listClients } from '../../src/store/clients.ts';
import type { Writer } from '../../src/store/database.ts';
import { noteDoubted } from '../../src/store/doubted-messages.ts';
import {
  habitMessages,
  habitWindows,
  earnedSums,
  lettersWritten,
  linesDrawn,
  loggedSums,
  ownLetterMessages,
  pausesWaiting,
  questionsAsked,
  textsWithCues,
  threadSubjects,
} from '../../src/store/habits.ts';
import { recordPayment, voidInvoice } from '../../src/store/invoices.ts';
import { addLogEntry, type LogKind } from '../../src/store/log-entries.ts';
import { saveJudgement } from '../../src/store/messages.ts';
import { firstHumanMessage } from '../../src/store/requests.ts';
import { openWindow } from '../../src/store/windows.ts';
import { client, day, inStore, invoice, letterIn, memoryStore, message, now, own, planning } from './make.ts';
import { asWritten } from '../../src/rules/reason.ts';

const since = plus(now, -365 * dayMs);
const to = [{ name: 'Luca', address: 'luca@bianchi.example' }];
const stranger = { from: { name: 'X', address: 'x@else.example' } };

function judged(w: Writer, id: number, kind: 'human' | 'list' | 'own' = 'human', outOfHours = false): number {
  const why = { outOfHoursWhy: null, minutesToOpening: null, windowId: null, reason: 'x', why: asWritten('y') };
  saveJudgement(w, id, { kind, outOfHours, ...why });
  return id;
}

const sentencesOf = (file: string): string[] =>
  Object.values<string[]>(JSON.parse(readFileSync(new URL(`../rules/signs/${file}`, import.meta.url), 'utf8'))).flat();
const examples = ['heard.json', 'fresh-sentences.json', 'more-sentences.json'].flatMap(sentencesOf);

function heard(text: string): boolean {
  return heardIn(text).length > 0;
}

describe('messages for habits', () => {
  it('are those with a client, judged, in the order they came, with the owner’s beside them', () => {
    inStore((w) => {
      const { id } = client(w);
      const at = (hours: number) => ({ arrival: { receivedAt: plus(now, hours * 3_600_000) } });
      const second = judged(w, message(w, {}, at(2)), 'human', true);
      const first = judged(w, message(w, { messageId: '<1@x>' }, at(1)), 'list');
      const sent = judged(w, message(w, { from: { name: '', address: own }, to }, { role: 'sent', ...at(3) }), 'own');
      judged(w, message(w, stranger, at(1)));
      message(w, { messageId: '<unjudged@x>' }, at(1));
      const found = habitMessages(w, since).get(id) ?? [];
      expect(found.map((one) => [one.id, one.role, one.kind, one.outOfHours, one.history])).toEqual([
        [first, 'inbox', 'list', false, false],
        [second, 'inbox', 'human', true, false],
        [sent, 'sent', 'own', false, false],
      ]);
      expect(found[1]?.receivedAt).toBe(plus(now, 2 * 3_600_000));
      expect([...habitMessages(w, since).keys()]).toEqual([id]);
    });
  });

  it('that may be anybody’s count nowhere, whatever came before and after them', () => {
    const came = fc.record({ hour: fc.integer({ min: 1, max: 200 }), isDoubted: fc.boolean() });
    const store = memoryStore();
    let count = 0;
    const recorded = (w: Writer, address: string, hour: number): number => {
      const text = 'È urgente, lo voglio subito!';
      const words = { messageId: `<${++count}@x>`, from: { name: '', address }, text, newText: text };
      const arrival = { receivedAt: plus(now, hour * 3_600_000), contentHash: `hash ${count}`, uid: count };
      return judged(w, message(w, words, { arrival }), 'human', true);
    };
    fc.assert(
      fc.property(fc.array(came, { maxLength: 8 }), (all) =>
        store.write(now, (w) => {
          const address = `c${++count}@many.example`;
          const { id } = client(w, { name: `C${count}`, addresses: [address] });
          const ids = all.map(({ hour, isDoubted }) => ({ one: recorded(w, address, hour), hour, isDoubted }));
          for (const { one, isDoubted } of ids) if (isDoubted) noteDoubted(w, one);
          const hers = ids.filter(({ isDoubted }) => !isDoubted);
          const numbers = hers.map(({ one }) => one);
          const sorted = (found: Iterable<number>) => [...found].toSorted((a, b) => a - b);
          expect(sorted((habitMessages(w, since, id).get(id) ?? []).map((one) => one.id))).toEqual(numbers);
          expect(lettersWritten(w, since).get(id) ?? 0).toBe(hers.length);
          expect(sorted(textsWithCues(w, { since, clientId: id }).keys())).toEqual(numbers);
          const first = hers.toSorted((a, b) => a.hour - b.hour)[0];
          const answer = firstHumanMessage(w, id, now)?.receivedAt;
          expect(answer).toBe(first === undefined ? undefined : plus(now, first.hour * 3_600_000));
        }),
      ),
      { numRuns: Number(process.env['RUNS'] ?? 40) },
    );
  });

  it('are those of one client alone when he is named', () => {
    inStore((w) => {
      const { id } = client(w);
      const mine = judged(w, message(w));
      expect([...habitMessages(w, since, id)].map(([who, list]) => [who, list.map((one) => one.id)])).toEqual([
        [id, [mine]],
      ]);
      expect(habitMessages(w, since, id + 1).size).toBe(0);
    });
  });

  it('are counted for each client: what people wrote, in the period, and not Paletti', () => {
    inStore((w) => {
      const { id } = client(w);
      judged(w, message(w), 'human', true);
      judged(w, message(w, { messageId: '<1@x>' }), 'list');
      judged(w, message(w, { messageId: '<2@x>' }, { arrival: { receivedAt: plus(since, -1000) } }));
      judged(w, message(w, { from: { name: '', address: own }, to }, { role: 'sent' }), 'own');
      const letter = letterIn(w, 'sent', { clientId: id, kind: 'boundary-hours' });
      judged(w, message(w, { messageId: letter.messageId }));
      expect([...lettersWritten(w, since)]).toEqual([[id, 1]]);
    });
  });

  it('leave out what came before the period, and what came again under another number', () => {
    inStore((w) => {
      const { id } = client(w);
      judged(w, message(w, {}, { arrival: { receivedAt: plus(since, -1000) } }));
      judged(w, message(w, { messageId: '<a@x>' }, { arrival: { uid: 901, contentHash: 'same' } }));
      const again = message(w, { messageId: '<a@x>' }, { arrival: { uid: 902, contentHash: 'same' } });
      expect((habitMessages(w, since).get(id) ?? []).map((one) => one.id)).toEqual([again]);
    });
  });

  it('are read from an index alone', () => {
    memoryStore().read((r) => {
      const { reader, plans } = planning(r);
      habitMessages(reader, since);
      expect(plans.join()).toContain('USING COVERING INDEX messages_client');
    });
  });
});

/** One for each alternative that the words know. */
const audible = [
  ...['Urgente!', 'urgentissimo', 'con urgenza', 'this is urgent', 'urgently needed', 'asap', 'A.S.A.P. please'],
  ...['as soon as possible', 'il prima possibile', 'al più presto', 'immediatamente', 'immediately', 'right away'],
  ...['right now', 'entro oggi', 'entro stasera', 'entro stanotte', 'entro la giornata', 'entro fine giornata'],
  ...['entro le 18:30 di oggi', 'entro 18 di oggi', 'in giornata', 'oggi stesso', 'mi serve oggi'],
  ...['mi serve per stasera', 'by today', 'by tonight', 'by EOD', 'by COB', 'by end of day', 'by the end of the day'],
  ...['by close of business', 'by this evening', 'before tonight', 'before the end of the day', 'need it today'],
  ...[
    'need this tonight',
    'need them now',
    'già che ci sei',
    'visto che ci siamo',
    "un'altra cosa",
    'un’altra modifica',
  ],
  ...[
    "un'ultima richiesta",
    'una piccola aggiunta',
    'una piccola modifica',
    'potresti anche',
    'può anche',
    'potete anche',
  ],
  ...['aggiungi anche', 'aggiungiamo anche', 'mi serve anche', 'mi servirebbe anche', 'mi servono anche'],
  ...[
    "while you're at it",
    'while you are at it',
    'one more thing',
    'one last change',
    'could you also',
    'would you also',
  ],
  ...['could you add', 'can we just add', 'we also need', 'I also would like', 'quick addition', 'small favour'],
  ...['tiny extra', 'little favor', 'una revisione', 'le revisioni', 'modificare', 'le modifiche', 'modifichiamo'],
  ...['correzione', 'correggi', 'correggiamo', 'rifare', 'rifarlo', 'two revisions', 'some tweaks', 'rework', 'redo'],
  ...['changes to the page', 'a change to it', 'please change', 'could you change'],
  ...['prima di procedere voglio vederlo', 'prima di andare avanti chiedimi', 'prima di pubblicare voglio approvarlo'],
  ...['aspetta il mio ok', 'attenda nostro benestare', 'attendi il mio via libera', 'voglio vedere tutto'],
  ...['vorrei approvare ogni cosa', 'devo controllare prima', 'mettimi sempre in copia', 'mi metta in copia'],
  ...[
    'tienimi aggiornata su tutto',
    'run it by me',
    'run everything by me',
    'check with me before',
    'wait for my approval',
  ],
  ...[
    'get my ok',
    'need my sign-off',
    'I want to approve everything',
    'we have to see each one',
    'I need to check all of it',
  ],
  ...[
    'I want to see it first please',
    'cc me on everything',
    'CC me on all',
    'keep me updated on every step',
    'keep me posted at every step',
  ],
];

describe('listening', () => {
  it('misses nothing that the words hear, however it is written', () => {
    expect(audible.filter((text) => !heard(text))).toEqual([]);
    const texts = [...audible, ...examples.filter(heard)].flatMap((text) => [
      text,
      text.toUpperCase(),
      text.normalize('NFD'),
      text.replaceAll("'", '\u2019'),
    ]);
    inStore((w) => {
      client(w);
      const ids = texts.map((text, index) =>
        judged(
          w,
          message(w, {
            messageId: `<${index}@x>`,
            text: `Buongiorno.\n${text}\nGrazie`,
            newText: `Buongiorno.\n${text}`,
          }),
        ),
      );
      const found = textsWithCues(w, { since });
      expect(texts.filter((_text, index) => !found.has(ids[index] as number))).toEqual([]);
    });
  });

  it.each([
    ['a newsletter', 'Urgente!', 'list'],
    ['plain words', 'Grazie, va bene così.', 'human'],
  ] as const)('passes over %s', (_name, text, kind) => {
    inStore((w) => {
      client(w);
      judged(w, message(w, { text, newText: text }), kind);
      expect(textsWithCues(w, { since }).size).toBe(0);
    });
  });

  it('keeps to one client, and to clients', () => {
    inStore((w) => {
      const bianchi = client(w);
      const verdi = client(w, { name: 'Verdi', addresses: ['rosa@verdi.example'] });
      judged(w, message(w, { text: 'urgente', newText: 'urgente' }));
      judged(w, message(w, { ...stranger, text: 'urgente', newText: 'urgente' }));
      expect(textsWithCues(w, { since, clientId: bianchi.id }).size).toBe(1);
      expect(textsWithCues(w, { since, clientId: verdi.id }).size).toBe(0);
      expect(listClients(w)).toHaveLength(2);
    });
  });

  it('goes through the search index once, and looks up nobody else’s messages', () => {
    inStore((w) => {
      judged(w, message(w, { text: 'urgente', newText: 'urgente' }));
      const { reader, plans } = planning(w);
      textsWithCues(reader, { since, clientId: 1 });
      expect(plans.join()).toContain('SCAN t VIRTUAL TABLE INDEX 0:M');
      expect(plans.join()).toContain('USING COVERING INDEX messages_client (client_id=?)');
    });
  });

  it('does not ask the search index where nobody has written', () => {
    inStore((w) => {
      judged(
        w,
        message(w, { from: { name: '', address: own }, to, text: 'urgente', newText: 'urgente' }, { role: 'sent' }),
        'own',
      );
      const { reader, plans } = planning(w);
      textsWithCues(reader, { since });
      expect(plans.join()).not.toContain('VIRTUAL TABLE');
    });
  });
});

describe('the owner’s questions', () => {
  const sent = (w: Writer, newText: string) =>
    judged(w, message(w, { from: { name: '', address: own }, to, newText, text: newText }, { role: 'sent' }), 'own');

  it.each([
    ['at the end', 'Quale foto preferisci?', true],
    ['before another sentence', 'Quale foto? Grazie', true],
    ['at the end of a line', 'Quale foto?\nGrazie', true],
    ['in a link only', 'Ecco: https://x.example/?a=1', false],
    ['nowhere', 'Ecco le foto.', false],
  ])('have a question mark %s', (_name, text, isOne) => {
    inStore((w) => {
      client(w);
      const id = sent(w, text);
      expect([...questionsAsked(w, { since })]).toEqual(isOne ? [id] : []);
    });
  });
});

describe('what stands beside the messages', () => {
  it('knows the copies of Paletti’s own letters in Sent', () => {
    inStore((w) => {
      const { id: clientId } = client(w);
      const letter = letterIn(w, 'sent', { clientId, kind: 'boundary-hours' });
      const copy = message(w, { messageId: letter.messageId, from: { name: '', address: own }, to }, { role: 'sent' });
      expect([...ownLetterMessages(w)]).toEqual([copy]);
      expect([...linesDrawn(w).keys()]).toEqual([clientId]);
      expect(
        linesDrawn(w)
          .get(clientId)
          ?.map((one) => one.kind),
      ).toEqual(['boundary-hours']);
    });
  });

  it('takes a boundary for told only when it was sent', () => {
    inStore((w) => {
      const { id: clientId } = client(w);
      letterIn(w, 'held', { clientId, kind: 'boundary-hours' });
      letterIn(w, 'sent', { clientId, kind: 'payment-reminder', key: 'other' });
      expect(linesDrawn(w).size).toBe(0);
    });
  });

  it('gives the windows of the period, and what threads are about', () => {
    inStore((w) => {
      const { id: clientId } = client(w);
      const id = message(w);
      const open = (openedAt: Instant) => ({
        threadId: 1,
        clientId,
        openedBy: id,
        openedAt,
        dueAt: plus(openedAt, dayMs),
      });
      openWindow(w, open(now));
      expect(habitWindows(w, { since })).toMatchObject([{ clientId, openedAt: now, state: 'open', answeredAt: null }]);
      expect(habitWindows(w, { since: plus(now, 1000) })).toEqual([]);
      expect(habitWindows(w, { since, clientId: clientId + 1 })).toEqual([]);
      expect([...threadSubjects(w)]).toEqual([[1, 'preventivo']]);
      expect(threadSubjects(w, clientId + 1).size).toBe(0);
    });
  });
});

describe('what one client is compared with', () => {
  it('is what was billed in the period, paid or not, less what the owner spent', () => {
    inStore((w) => {
      const { id: clientId } = client(w);
      const issued = (number: string, issuedOn: string, currency = 'EUR') =>
        invoice(w, { clientId, number, currency, issuedOn: day(issuedOn) }).id;
      issued('1', '2020-01-01');
      issued('2', '2026-02-01');
      const dollars = issued('3', '2026-02-01', 'USD');
      recordPayment(w, dollars, { amountCents: 500, receivedOn: day('2026-11-01'), reference: null });
      voidInvoice(w, issued('4', '2026-03-01'));
      const meal = { direction: null, text: 'x', project: null, outOfHours: false, outOfHoursWhy: null, minutes: null };
      addLogEntry(w, { ...meal, clientId, kind: 'dinner', at: now, cost: { cents: 4_200, currency: 'EUR' } });
      addLogEntry(w, {
        ...meal,
        clientId,
        kind: 'dinner',
        at: plus(since, -1000),
        cost: { cents: 9_999, currency: 'EUR' },
      });
      expect(earnedSums(w, since, day('2025-11-23')).get(clientId)).toMatchObject([
        { currency: 'EUR', cents: 122_000 - 4_200 },
        { currency: 'USD', cents: 122_000 },
      ]);
    });
  });

  it('is the minutes of work up to the last invoice, and how many pieces were handed over', () => {
    inStore((w) => {
      const { id: clientId } = client(w);
      const log = (kind: LogKind, minutes: number | null, at = now) => {
        const rest = { direction: null, text: 'x', project: null, outOfHours: false, outOfHoursWhy: null };
        addLogEntry(w, { ...rest, clientId, kind, minutes, at });
      };
      const billedOn = plus(now, -10 * dayMs);
      invoice(w, { clientId, issuedOn: dayOf(billedOn, 'Europe/Rome' as never) });
      log('work', 90, billedOn);
      log('work', 60, plus(billedOn, -dayMs));
      log('work', 500);
      log('call', 45, plus(billedOn, -dayMs));
      log('note', null);
      log('delivery', 15);
      log('work', 60, plus(since, -1000));
      expect([...loggedSums(w, since)]).toEqual([[clientId, { billedMinutes: 150, deliveries: 1 }]]);
    });
  });

  it('is nothing of the hours where nothing was billed', () => {
    inStore((w) => {
      const { id: clientId } = client(w);
      const rest = { direction: null, text: 'x', project: null, outOfHours: false, outOfHoursWhy: null };
      addLogEntry(w, { ...rest, clientId, kind: 'work', minutes: 90, at: now });
      expect(loggedSums(w, since).get(clientId)).toEqual({ billedMinutes: 0, deliveries: 0 });
    });
  });

  it('knows a letter that would pause the work and waits', () => {
    inStore((w) => {
      const { id: clientId } = client(w);
      const letter = letterIn(w, 'held', { clientId, kind: 'work-paused', effect: 'pause', approval: 'ask' });
      expect([...pausesWaiting(w)]).toEqual([[clientId, letter.id]]);
    });
  });
});
