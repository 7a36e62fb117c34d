import { describe, expect, it } from 'vitest';
import type { Letter, LetterState } from '../../src/rules/letter.ts';
import { legalMoves } from '../../src/rules/letter.ts';
import { plus } from '../../src/rules/time.ts';
import type { Writer } from '../../src/store/database.ts';
import { entries } from '../support/in-words.ts';
import * as outbox from '../../src/store/outbox.ts';
import * as turns from '../../src/store/outbox-queue.ts';
import {
  allStates,
  client,
  faultOf,
  frozen,
  inStore,
  later,
  letter,
  letterIn,
  memoryStore,
  minutesAfter,
  newLetter,
  now,
} from './make.ts';
import { asWritten } from '../../src/rules/reason.ts';

const text = { subject: 'Nuovo', text: 'Testo nuovo' };
const rewriting = {
  ...text,
  facts: { total: '20' },
  why: asWritten('a part was paid'),
  ...({ language: 'en', tone: 'informal' } as const),
} as const;
const ask = { approval: 'ask' as const };

interface MoveCase {
  name: string;
  act(w: Writer, id: number): boolean;
  /** from a state to the one it becomes; every state not named refuses */
  moves: Partial<Record<LetterState, LetterState>>;
  ask?: boolean;
}

const cases: MoveCase[] = [
  { name: 'approve', ask: true, act: (w, id) => outbox.approve(w, id), moves: { held: 'held' } },
  { name: 'withdrawApproval', act: outbox.withdrawApproval, moves: { held: 'held', queued: 'held' } },
  { name: 'edit', act: (w, id) => outbox.edit(w, id, text), moves: { held: 'held', queued: 'held' } },
  { name: 'rewrite', act: (w, id) => outbox.rewrite(w, id, rewriting), moves: { held: 'held', queued: 'queued' } },
  { name: 'release', act: outbox.release, moves: { held: 'queued' } },
  {
    name: 'holdBack',
    act: (w, id) => outbox.holdBack(w, id, later, asWritten('closed')),
    moves: { held: 'held', queued: 'held' },
  },
  { name: 'claim', act: (w, id) => outbox.claim(w, id, frozen('claim')), moves: { queued: 'sending' } },
  { name: 'markSent', act: outbox.markSent, moves: { sending: 'sent', unsure: 'sent' } },
  {
    name: 'defer',
    act: (w, id) => outbox.defer(w, id, later, asWritten('421'), { countAttempt: true }),
    moves: { sending: 'queued' },
  },
  { name: 'fail', act: (w, id) => outbox.fail(w, id, asWritten('550')), moves: { sending: 'failed' } },
  { name: 'doubt', act: (w, id) => outbox.doubt(w, id, asWritten('cut')), moves: { sending: 'unsure' } },
  { name: 'markFiled', act: outbox.markFiled, moves: { sent: 'filed' } },
  {
    name: 'drop',
    act: (w, id) => outbox.drop(w, id, 'owner', asWritten('not wanted')),
    moves: { held: 'dropped', queued: 'dropped', unsure: 'dropped', failed: 'dropped' },
  },
  {
    name: 'revive',
    act: (w, id) => outbox.revive(w, id, { ...rewriting, notBefore: later, approval: 'ask' }),
    moves: { dropped: 'held' },
  },
  { name: 'requeue', act: outbox.requeue, moves: { failed: 'queued', unsure: 'queued' } },
];

const table = cases.flatMap((one) => allStates.map((from) => ({ ...one, from, to: one.moves[from] })));

const start = (w: Writer, { from, ask: asks }: { from: LetterState; ask?: boolean }) =>
  letterIn(w, from, asks === true && from === 'held' ? ask : {});

describe.each(table.filter(({ to }) => to !== undefined))('$name from $from', (one) => {
  it(`ends in ${one.to}`, () => {
    inStore((w) => {
      const { id } = start(w, one);
      expect(one.act(w, id)).toBe(true);
      expect(outbox.letterById(w, id)?.state).toBe(one.to);
    });
  });
});

describe.each(table.filter(({ to }) => to === undefined))('$name from $from', (one) => {
  it('is refused and changes nothing', () => {
    inStore((w) => {
      const before = start(w, one);
      expect(one.act(w, before.id)).toBe(false);
      expect(outbox.letterById(w, before.id)).toEqual(before);
    });
  });
});

it.each(cases)('$name is false for a letter that is not there', ({ act }) => {
  expect(inStore((w) => act(w, 99))).toBe(false);
});

it('covers every legal move by some function, and makes no other', () => {
  const made = table.filter(({ from, to }) => to !== undefined && from !== to).map(({ from, to }) => `${from} ${to}`);
  const legal = Object.entries(legalMoves).flatMap(([from, targets]) => targets.map((to) => `${from} ${to}`));
  expect([...new Set(made)].toSorted()).toEqual(legal.toSorted());
});

describe('putting a letter in', () => {
  it('keeps all of it', () => {
    inStore((w) => {
      const { id: clientId } = client(w);
      const given = newLetter({
        clientId,
        step: 'reminder',
        inReplyTo: '<a@b.example>',
        references: ['<a@b.example>'],
      });
      expect(outbox.putLetter(w, given)).toEqual({
        ...given,
        id: 1,
        effect: 'none',
        state: 'held',
        waitsFor: null,
        edited: false,
        approvedAt: null,

        messageId: null,
        attempts: 0,
        nextTryAt: null,
        lastError: null,
        createdAt: now,
        sentAt: null,
        filedAt: null,
        endedBy: null,
        endedWhy: null,
      });
    });
  });

  it('tells of it as it stands there, to the second and without what JSON leaves out', () => {
    inStore((w) => {
      const facts = { total: '20', none: undefined };
      const put = outbox.putLetter(w, newLetter({ facts, notBefore: plus(later, 700) }));
      expect(put).toStrictEqual(outbox.letterById(w, 1));
      expect(put?.notBefore).toBe(later);
    });
  });

  it.each(allStates)('makes no second letter for a key, even when the first is %s', (state) => {
    inStore((w) => {
      const first = letterIn(w, state);
      expect(outbox.putLetter(w, newLetter({ key: first.key, subject: 'Again' }))).toBeUndefined();
      expect(outbox.listLetters(w)).toEqual([first]);
    });
  });

  it.each([
    'c@client.example\r\nBcc: evil@x.example',
    'Luca <luca@bianchi.example>',
    'a@b.example, c@d.example',
    '"a b"@c.example',
    'a@localhost',
    '',
  ])('refuses the recipient %j', (recipient) => {
    const store = memoryStore();
    const fault = faultOf(() => store.write(now, (w) => outbox.putLetter(w, newLetter({ recipient }))));
    expect(fault.code).toBe('bad-input');
    expect(store.read((r) => outbox.listLetters(r))).toEqual([]);
  });

  it.each([
    { subject: 'Sollecito\r\nBcc: evil@x.example' },
    { recipientName: 'Luca\nX: y' },
    { sender: 'a@b.example\r\nX: y' },
    { inReplyTo: '<a@b>\r\nX: y' },
    { references: ['<a@b>', '<c@d>\nX: y'] },
    { subject: 'nul \0' },
  ])('refuses a header value of two lines: %j', (values) => {
    expect(faultOf(() => inStore((w) => letter(w, values))).code).toBe('bad-input');
  });

  it.each([
    ['edit', outbox.edit],
    ['rewrite', outbox.rewrite],
    ['revive', outbox.revive],
  ])('refuses a subject of two lines in %s', (_name, act) => {
    const bad = { ...rewriting, subject: 'a\nb', notBefore: now, approval: 'auto' as const };
    inStore((w) => {
      const { id } = letterIn(w, act === outbox.revive ? 'dropped' : 'held');
      expect(faultOf(() => act(w, id, bad)).code).toBe('bad-input');
    });
  });
});

describe('approval', () => {
  it('is needed before a letter that asks is released', () => {
    inStore((w) => {
      const { id } = letter(w, ask);
      expect(outbox.release(w, id)).toBe(false);
      expect(outbox.approve(w, id)).toBe(true);
      expect(outbox.letterById(w, id)?.approvedAt).toBe(now);
      expect(outbox.approve(w, id)).toBe(false);
      expect(outbox.release(w, id)).toBe(true);
    });
  });

  it('cannot be given to a letter that does not ask', () => {
    expect(inStore((w) => outbox.approve(w, letter(w).id))).toBe(false);
  });

  it('lapses when the owner edits, and when it is withdrawn', () => {
    inStore((w) => {
      const { id } = letter(w, ask);
      for (const change of [() => outbox.edit(w, id, text), () => outbox.withdrawApproval(w, id)]) {
        outbox.approve(w, id);
        expect(change()).toBe(true);
        expect(outbox.letterById(w, id)).toMatchObject({ state: 'held', approvedAt: null });
        expect(outbox.release(w, id)).toBe(false);
      }
    });
  });

  it('can be asked for a letter that did not ask, also when it is queued', () => {
    inStore((w) => {
      const { id } = letterIn(w, 'queued');
      outbox.withdrawApproval(w, id);
      expect(outbox.letterById(w, id)).toMatchObject({ state: 'held', approval: 'ask', approvedAt: null });
      expect(outbox.withdrawApproval(w, id)).toBe(false);
    });
  });
});

describe('rewriting', () => {
  it('keeps a queued letter queued and an approval given', () => {
    inStore((w) => {
      const { id } = letter(w, ask);
      outbox.approve(w, id);
      outbox.release(w, id);
      outbox.rewrite(w, id, rewriting);
      expect(outbox.letterById(w, id)).toMatchObject({ ...rewriting, state: 'queued', approvedAt: now });
    });
  });

  it("holds the letter and asks again when it replaces the owner's own words", () => {
    inStore((w) => {
      const { id } = letter(w);
      outbox.edit(w, id, { subject: 'Mio', text: 'Parole mie' });
      outbox.release(w, id);
      expect(outbox.rewrite(w, id, rewriting)).toBe(true);
      const held = { ...rewriting, state: 'held', approval: 'ask', approvedAt: null, edited: false };
      expect(outbox.letterById(w, id)).toMatchObject(held);
      const kept = entries(w, { subject: `letter/${id}` }).filter(({ kind }) => kind === 'own-words-kept');
      expect(kept).toMatchObject([{ data: { subject: 'Mio', text: 'Parole mie' } }]);
    });
  });

  it("remembers what the program had written before the owner's own words, through a second edit", () => {
    inStore((w) => {
      const { id, subject, text: written } = letter(w);
      expect(outbox.writtenBeforeEdit(outbox.letterById(w, id) as Letter)).toBeUndefined();
      outbox.edit(w, id, { subject: 'Mio', text: 'Uno' });
      outbox.edit(w, id, { subject: 'Mio', text: 'Due' });
      expect(outbox.writtenBeforeEdit(outbox.letterById(w, id) as Letter)).toEqual({ subject, text: written });
      outbox.rewrite(w, id, rewriting);
      expect(outbox.writtenBeforeEdit(outbox.letterById(w, id) as Letter)).toBeUndefined();
    });
  });

  it.each([
    ['edit', outbox.edit],
    ['rewrite', outbox.rewrite],
  ])('gives new bytes and a new Message-ID to a letter that was deferred: %s', (_name, act) => {
    inStore((w) => {
      const { id } = letterIn(w, 'sending');
      outbox.defer(w, id, later, asWritten('421'), { countAttempt: true });
      act(w, id, rewriting);
      expect(outbox.letterById(w, id)?.messageId).toBeNull();
      expect(outbox.bytesOf(w, id)).toBeUndefined();
      outbox.approve(w, id);
      outbox.release(w, id);
      outbox.claim(w, id, frozen('second'));
      expect(outbox.bytesOf(w, id)).toEqual(frozen('second').bytes);
    });
  });
});

describe('an attempt', () => {
  it('freezes Message-ID and bytes, and counts', () => {
    inStore((w) => {
      const { id } = letterIn(w, 'queued');
      expect(outbox.bytesOf(w, id)).toBeUndefined();
      outbox.claim(w, id, frozen('one'));
      expect(outbox.letterById(w, id)).toMatchObject({ attempts: 1, messageId: '<one@studio.example>' });
      expect(outbox.bytesOf(w, id)).toEqual(Buffer.from('bytes of one'));
      expect(outbox.letterByMessageId(w, '<one@studio.example>')?.id).toBe(id);
    });
  });

  it('uses the same Message-ID and bytes again after a deferral and after the owner says so', () => {
    inStore((w) => {
      const { id } = letterIn(w, 'sending');
      const first = { messageId: outbox.letterById(w, id)?.messageId, bytes: outbox.bytesOf(w, id) };
      const again = () => {
        outbox.claim(w, id, frozen('other'));
        return { messageId: outbox.letterById(w, id)?.messageId, bytes: outbox.bytesOf(w, id) };
      };
      outbox.defer(w, id, later, asWritten('421'), { countAttempt: true });
      expect(again()).toEqual(first);
      outbox.doubt(w, id, asWritten('cut'));
      outbox.requeue(w, id);
      expect(again()).toEqual(first);
    });
  });

  it('cannot be begun by two', () => {
    const store = memoryStore();
    const { id } = store.write(now, (w) => letterIn(w, 'queued'));
    expect([1, 2].map((n) => store.write(now, (w) => outbox.claim(w, id, frozen(String(n)))))).toEqual([true, false]);
  });

  it('does not count when it was not the fault of the letter', () => {
    inStore((w) => {
      const { id } = letterIn(w, 'sending');
      outbox.defer(w, id, later, asWritten('login refused'), { countAttempt: false });
      expect(outbox.letterById(w, id)).toMatchObject({
        attempts: 0,
        nextTryAt: later,
        lastError: asWritten('login refused'),
      });
    });
  });

  it('never gives one Message-ID to two letters', () => {
    inStore((w) => {
      letterIn(w, 'sending', { key: 'one' });
      const { id } = letter(w, { key: 'two' });
      outbox.release(w, id);
      expect(() => outbox.claim(w, id, frozen('sending'))).toThrow(/UNIQUE/);
    });
  });
});

describe('a dropped letter', () => {
  it('comes back with new words when the system dropped it', () => {
    inStore((w) => {
      const { id } = letterIn(w, 'dropped', { key: 'back' });
      expect(outbox.letterById(w, id)).toMatchObject({ endedBy: 'system', endedWhy: asWritten('paid') });
      outbox.revive(w, id, { ...rewriting, notBefore: later, approval: 'ask' });
      const back = { ...rewriting, state: 'held', notBefore: later, approval: 'ask', endedBy: null, endedWhy: null };
      expect(outbox.letterById(w, id)).toMatchObject(back);
    });
  });

  it('stays dropped when the owner dropped it, or when the server may have it', () => {
    inStore((w) => {
      const byOwner = letter(w, { key: 'owner' }).id;
      outbox.drop(w, byOwner, 'owner', asWritten('no'));
      const doubted = letterIn(w, 'unsure').id;
      outbox.drop(w, doubted, 'system', asWritten('paid'));
      for (const id of [byOwner, doubted])
        expect(outbox.revive(w, id, { ...rewriting, notBefore: now, approval: 'auto' })).toBe(false);
    });
  });
});

describe('what is due', () => {
  it('of the held: when its time has come, and it needs no approval or has it', () => {
    inStore((w) => {
      letter(w, { key: 'future', notBefore: minutesAfter(now, 1) });
      letter(w, { key: 'asks', ...ask });
      outbox.approve(w, letter(w, { key: 'approved', ...ask, notBefore: minutesAfter(now, -5) }).id);
      letter(w, { key: 'auto' });
      expect(turns.heldDue(w, now).map(({ key }) => key)).toEqual(['approved', 'auto']);
      expect(turns.waitingForApproval(w).map(({ key }) => key)).toEqual(['asks']);
      expect(turns.nextMove(w, now)).toBe(minutesAfter(now, 1));
      expect(turns.nextMove(w, minutesAfter(now, 1))).toBeUndefined();
    });
  });

  it('of the queued: acknowledgements first, then the longest waiting, those that wait for a retry later', () => {
    inStore((w) => {
      const queue = (key: string, values: Parameters<typeof letter>[1] = {}) => {
        const { id } = letter(w, { key, ...values });
        outbox.release(w, id);
        return id;
      };
      queue('b', { notBefore: now });
      queue('a', { notBefore: minutesAfter(now, -10) });
      queue('ack', { kind: 'acknowledgement-out-of-hours', notBefore: now });
      const retry = queue('retry', { notBefore: minutesAfter(now, -20) });
      outbox.claim(w, retry, frozen());
      outbox.defer(w, retry, later, asWritten('421'), { countAttempt: true });
      expect(turns.queuedDue(w, now).map(({ key }) => key)).toEqual(['ack', 'a', 'b']);
      expect(turns.queuedDue(w, later).map(({ key }) => key)).toEqual(['ack', 'retry', 'a', 'b']);
    });
  });
});

describe('what was sent', () => {
  it('counts what has left and what may be leaving, from the moment asked for', () => {
    const store = memoryStore();
    const states: LetterState[] = ['sent', 'filed', 'sending', 'unsure', 'failed', 'held', 'queued', 'dropped'];
    store.write(now, (w) => states.forEach((state) => letterIn(w, state)));
    const seen = (since: typeof now) => store.read((r) => turns.sentSince(r, since).map(({ state }) => state));
    expect(seen(now)).toEqual(['sent', 'filed', 'sending', 'unsure']);
    expect(seen(minutesAfter(now, 1))).toEqual([]);
  });

  it('can be asked by client, by address and for automatic ones', () => {
    inStore((w) => {
      const { id: clientId } = client(w);
      const one = letterIn(w, 'sent', { clientId, recipient: 'x@bianchi.example' });
      const two = letterIn(w, 'unsure', { clientId });
      const ids = (filter: turns.SentFilter) => turns.sentSince(w, now, filter).map(({ id }) => id);
      expect(ids({ clientId })).toEqual([one.id, two.id]);
      expect(ids({ clientId: clientId + 1 })).toEqual([]);
      expect(ids({ recipient: 'x@bianchi.example' })).toEqual([one.id]);
      expect(ids({ automaticOnly: true })).toEqual([one.id, two.id]);
      const asked = letter(w, { key: 'asked', ...ask }).id;
      outbox.approve(w, asked);
      outbox.release(w, asked);
      outbox.claim(w, asked, frozen('asked'));
      expect(ids({})).toEqual([one.id, two.id, asked]);
      expect(ids({ automaticOnly: true })).toEqual([one.id, two.id]);
    });
  });

  it('to an address is remembered by kind, also while unsure or waiting', () => {
    const store = memoryStore();
    const recipient = 'luca@bianchi.example';
    const kinds = ['acknowledgement' as const];
    const last = () =>
      store.read((r) => [turns.lastSentTo(r, recipient, kinds), turns.lastWrittenTo(r, recipient, kinds)]);
    store.write(now, (w) => letterIn(w, 'sent', { key: 'reminder' }));
    expect(last()).toEqual([undefined, undefined]);
    store.write(now, (w) => letter(w, { key: 'waits', kind: 'acknowledgement' }));
    expect(last()).toEqual([undefined, now]);
    store.write(later, (w) => letterIn(w, 'unsure', { kind: 'acknowledgement' }));
    expect(last()).toEqual([later, later]);
  });
});

describe('a letter whose client has another address', () => {
  const to = (recipient: string) => ({ recipient, recipientName: 'Luca', sender: 'anna@studio.example' });

  it('goes there, with new bytes; and nowhere that is not written to', () => {
    inStore((w) => {
      for (const state of ['held', 'queued'] as const) {
        const { id } = letterIn(w, state);
        expect(outbox.readdress(w, id, to('new@client.example'))).toBe(true);
        expect(outbox.letterById(w, id)).toMatchObject({ state, recipient: 'new@client.example', messageId: null });
        expect(outbox.bytesOf(w, id)).toBeUndefined();
        expect(faultOf(() => outbox.readdress(w, id, { ...to('a@b.example'), recipientName: 'a\nb' })).code).toBe(
          'bad-input',
        );
        expect(faultOf(() => outbox.readdress(w, id, to('a@b.example, c@d.example'))).code).toBe('bad-input');
      }
      expect(outbox.readdress(w, letterIn(w, 'sent').id, to('new@client.example'))).toBe(false);
    });
  });
});

describe('letters that wait for something', () => {
  it('are looked at again when it may have come; the others keep their time', () => {
    inStore((w) => {
      const [waiting, timed] = [letterIn(w, 'queued'), letter(w, { key: 'timed', notBefore: later })];
      outbox.holdBack(w, waiting.id, later, asWritten('sending is paused'));
      turns.lookAgainAtWaiting(w);
      expect(outbox.letterById(w, waiting.id)?.notBefore).toBe(w.now);
      expect(outbox.letterById(w, timed.id)?.notBefore).toBe(later);
    });
  });
});

describe('letters that a full cap keeps', () => {
  const nextHour = minutesAfter(now, 60);
  const why = asWritten('20 letters left in this hour; the cap is 20');

  /** Two that wait for the cap, and one that came later. */
  function full(w: Writer) {
    const kept = ['first', 'second'].map((key) => letter(w, { key, notBefore: now }).id);
    for (const id of kept) outbox.holdBack(w, id, nextHour, why, true);
    turns.noteFull(w, nextHour, why);
    return { kept, late: letter(w, { key: 'late', notBefore: minutesAfter(now, 30) }).id };
  }
  const keysDue = (w: Writer, at: typeof now, limit?: number) => turns.heldDue(w, at, limit).map(({ key }) => key);

  it('are not looked at before it is over, and then as many as are asked for, in the order they came', () => {
    inStore((w) => {
      full(w);
      expect(keysDue(w, minutesAfter(now, 59))).toEqual(['late']);
      expect(keysDue(w, nextHour)).toEqual(['late', 'first', 'second']);
      expect(keysDue(w, nextHour, 2)).toEqual(['late', 'first']);
      expect(turns.countCapped(w)).toBe(2);
      expect(turns.lastFullWhy(w)).toEqual(why);
    });
  });

  it('move when it is over, and say so', () => {
    const store = memoryStore();
    const kept = store.write(now, (w) => {
      const { kept: ids, late } = full(w);
      outbox.drop(w, late, 'owner', asWritten('no'));
      turns.noteFull(w, minutesAfter(now, 90), asWritten('another cap: the first is in force'));
      expect(turns.isAnyMoving(w, minutesAfter(now, 59))).toBe(false);
      expect(turns.isAnyMoving(w, nextHour)).toBe(true);
      expect(turns.nextMove(w, now)).toBe(nextHour);
      return ids;
    });
    // Full again: they were left as they are.
    store.write(nextHour, (w) => {
      turns.noteFull(w, minutesAfter(now, 120), why);
      expect(turns.isAnyMoving(w, nextHour)).toBe(false);
      expect(turns.nextMove(w, nextHour)).toBe(minutesAfter(now, 120));
      expect(outbox.letterById(w, kept[0] as number)).toMatchObject({
        notBefore: minutesAfter(now, 120),
        waitsFor: why,
      });
    });
  });

  it('an acknowledgement among them goes first', () => {
    inStore((w) => {
      full(w);
      const { id } = letter(w, { key: 'ack', kind: 'acknowledgement', notBefore: now });
      outbox.holdBack(w, id, nextHour, why, true);
      expect(keysDue(w, nextHour, 1)).toEqual(['ack']);
    });
  });

  it('any other move has them looked at again', () => {
    inStore((w) => {
      const { kept } = full(w);
      outbox.edit(w, kept[0] as number, text);
      outbox.approve(w, kept[0] as number);
      expect(turns.countCapped(w)).toBe(1);
      turns.lookAgainAtWaiting(w);
      expect(turns.countCapped(w)).toBe(0);
      expect(keysDue(w, now)).toEqual(['first', 'second']);
    });
  });
});

describe('listing', () => {
  it('is newest first, by state, client and case, and never more than asked', () => {
    inStore((w) => {
      const { id: clientId } = client(w);
      letterIn(w, 'held', { clientId });
      letterIn(w, 'sent', { clientId });
      letterIn(w, 'dropped');
      const keys = (filter: outbox.LetterFilter) => outbox.listLetters(w, filter).map(({ state }) => state);
      expect(keys({})).toEqual(['dropped', 'sent', 'held']);
      expect(keys({ clientId })).toEqual(['sent', 'held']);
      expect(keys({ states: ['held', 'dropped'] })).toEqual(['dropped', 'held']);
      expect(keys({ state: 'sent', clientId, limit: 5 })).toEqual(['sent']);
      expect(keys({ limit: 1 })).toEqual(['dropped']);
      expect(keys({ caseId: 7 })).toEqual([]);
      // Letters of no window are not those of any.
      expect(keys({ windowId: 7 })).toEqual([]);
      expect(turns.inState(w, 'sent')).toHaveLength(1);
      expect(outbox.letterByKey(w, 'in/held')?.state).toBe('held');
    });
  });
});
