import { describe, expect, it } from 'vitest';
import type { Writer } from '../../src/store/database.ts';
import {
  answerWindow,
  noteMissed,
  noteWarned,
  openWindow,
  openWindows,
  openWindowsWithSubject,
  promise,
  type Window,
  waiveWindow,
  windowById,
} from '../../src/store/windows.ts';
import { messageById } from '../../src/store/messages.ts';
import { client, inStore, later, memoryStore, message, minutesAfter, now } from './make.ts';

function opened(w: Writer, subject = 'Preventivo', dueAt = later): Window {
  const openedBy = message(w, { subject });
  const stored = messageById(w, openedBy);
  return openWindow(w, {
    threadId: stored?.threadId as number,
    clientId: stored?.clientId ?? null,
    openedBy,
    openedAt: now,
    dueAt,
  });
}

describe('a window', () => {
  it('opens once for a thread: later messages join it', () => {
    inStore((w) => {
      const first = opened(w);
      expect(openWindow(w, { ...first, openedBy: message(w), dueAt: minutesAfter(later, 60) })).toEqual(first);
      expect(openWindows(w)).toEqual([first]);
    });
  });

  it('opens again after it was answered', () => {
    inStore((w) => {
      const first = opened(w);
      answerWindow(w, first.id, { evidence: 'owner', answeredBy: null, answeredAt: later });
      expect(openWindow(w, first).id).not.toBe(first.id);
    });
  });

  it.each([
    ['open', true],
    ['answered', false],
    ['waived', false],
  ] as const)('that is %s: answering and waiving say %s', (state, expected) => {
    inStore((w) => {
      const answer = (id: number) => answerWindow(w, id, { evidence: 'thread', answeredBy: null, answeredAt: later });
      const make = (subject: string) => {
        const { id } = opened(w, subject);
        if (state === 'answered') answer(id);
        if (state === 'waived') waiveWindow(w, id);
        return id;
      };
      const [one, other] = [make('a'), make('b')];
      expect([answer(one), waiveWindow(w, other)]).toEqual([expected, expected]);
    });
  });

  it('keeps its evidence', () => {
    inStore((w) => {
      const { id } = opened(w);
      const answeredBy = message(w, {}, { role: 'sent' });
      answerWindow(w, id, { evidence: 'subject', answeredBy, answeredAt: later });
      expect(windowById(w, id)).toMatchObject({
        state: 'answered',
        evidence: 'subject',
        answeredBy,
        answeredAt: later,
      });
    });
  });

  it('keeps its first promise, its first miss, and each warning once', () => {
    const store = memoryStore();
    const { id } = store.write(now, (w) => opened(w));
    for (const at of [now, later])
      store.write(at, (w) => {
        promise(w, id, at);
        noteMissed(w, id);
        noteWarned(w, id, '24h');
        noteWarned(w, id, `${at}`);
      });
    const window = store.read((r) => windowById(r, id));
    expect(window).toMatchObject({ promisedAt: now, missedAt: now, warned: ['24h', `${now}`, `${later}`] });
  });
});

describe('open windows', () => {
  it('come by due moment, of a client, and before a moment', () => {
    inStore((w) => {
      const stranger = opened(w, 'a', minutesAfter(later, 2));
      const { id: clientId } = client(w);
      const late = opened(w, 'b', minutesAfter(later, 1));
      const soon = opened(w, 'c', later);
      const ids = (filter: Parameters<typeof openWindows>[1]) => openWindows(w, filter).map(({ id }) => id);
      expect(ids({})).toEqual([soon.id, late.id, stranger.id]);
      // the stranger has turned out to be the client
      expect(ids({ clientId })).toEqual([soon.id, late.id, stranger.id]);
      expect(ids({ dueBefore: minutesAfter(later, 1) })).toEqual([soon.id]);
      expect(ids({ clientId: clientId + 1 })).toEqual([]);
    });
  });

  it('are found by the base subject', () => {
    inStore((w) => {
      const { id: clientId } = client(w);
      const window = opened(w, 'R: Preventivo');
      opened(w, 'Altro');
      expect(openWindowsWithSubject(w, clientId, 'preventivo').map(({ id }) => id)).toEqual([window.id]);
      expect(openWindowsWithSubject(w, clientId + 1, 'preventivo')).toEqual([]);
      waiveWindow(w, window.id);
      expect(openWindowsWithSubject(w, clientId, 'preventivo')).toEqual([]);
    });
  });
});
