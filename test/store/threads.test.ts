import { describe, expect, it } from 'vitest';
import type { ParsedMail } from '../../src/rules/message.ts';
import type { Writer } from '../../src/store/database.ts';
import { entries } from '../support/in-words.ts';
import { messageById, saveJudgement, threadMessages } from '../../src/store/messages.ts';
import { openWindow, openWindowOfThread, openWindows, windowById } from '../../src/store/windows.ts';
import { client, inStore, later, message, minutesAfter, now, own } from './make.ts';
import { asWritten } from '../../src/rules/reason.ts';

const a = '<a@x.example>';
const b = '<b@x.example>';
const c = '<c@x.example>';

function threadOf(w: Writer, id: number): number | undefined {
  return messageById(w, id)?.threadId;
}

function threads(w: Writer, mails: Partial<ParsedMail>[]): (number | undefined)[] {
  const ids = mails.map((values) => message(w, values));
  return ids.map((id) => threadOf(w, id));
}

describe('a message joins a thread', () => {
  it.each([
    ['by In-Reply-To', [{ messageId: a }, { messageId: b, inReplyTo: [a] }]],
    ['by References', [{ messageId: a }, { messageId: b, references: ['<z@x.example>', a] }]],
    ['by a reference both have', [{ references: [a] }, { references: [a] }]],
    ['when the answer came before the question', [{ messageId: b, inReplyTo: [a] }, { messageId: a }]],
    ['by its own Message-ID, seen again', [{ messageId: a }, { messageId: a, text: 'a copy from a list' }]],
  ])('%s', (_how, mails) => {
    inStore((w) => expect(threads(w, mails)).toEqual([1, 1]));
  });

  it.each([
    ['with nothing in common', [{ messageId: a }, { messageId: b }]],
    [
      'with only the subject in common',
      [
        { messageId: a, subject: 'Re: x' },
        { messageId: b, subject: 'x' },
      ],
    ],
    ['without any identifier', [{}, {}]],
  ])('but not %s', (_how, mails) => {
    inStore((w) => expect(threads(w, mails)).toEqual([1, 2]));
  });

  it('by the nearest of a thousand references, and remembers no more than those', () => {
    inStore((w) => {
      const many = Array.from({ length: 1000 }, (_, i) => `<${i}@x.example>`);
      message(w, { messageId: a });
      const id = message(w, { messageId: b, references: [...many, a] });
      expect(threadOf(w, id)).toBe(1);
      expect(w.get('SELECT count(*) AS n FROM thread_references')).toEqual({ n: 51 });
    });
  });

  it("with the owner's answer in Sent", () => {
    inStore((w) => {
      client(w);
      const question = message(w, { messageId: a });
      const to = [{ name: '', address: 'luca@bianchi.example' }];
      const answer = message(w, { from: { name: '', address: own }, to, inReplyTo: [a] }, { role: 'sent' });
      expect(threadOf(w, answer)).toBe(threadOf(w, question));
    });
  });
});

describe('a message that joins two threads', () => {
  it('makes them one, under the older', () => {
    inStore((w) => {
      const ids = [message(w, { messageId: a }), message(w, { messageId: b })];
      ids.push(message(w, { messageId: c, references: [b, a] }));
      expect(ids.map((id) => threadOf(w, id))).toEqual([1, 1, 1]);
      expect(threadMessages(w, 1)).toHaveLength(3);
      expect(threadOf(w, message(w, { inReplyTo: [b] }))).toBe(1);
      expect(w.all('SELECT id FROM threads')).toEqual([{ id: 1 }]);
    });
  });

  it('leaves one window open, the one that is due first, and says so', () => {
    inStore((w) => {
      client(w);
      const [first, second] = [a, b].map((messageId) => message(w, { messageId })) as [number, number];
      const late = openWindow(w, {
        threadId: 1,
        clientId: 1,
        openedBy: first,
        openedAt: now,
        dueAt: minutesAfter(later, 5),
      });
      const soon = openWindow(w, { threadId: 2, clientId: 1, openedBy: second, openedAt: now, dueAt: later });
      const judged = {
        kind: 'human' as const,
        outOfHours: false,
        outOfHoursWhy: null,
        minutesToOpening: null,
        reason: '',
        why: asWritten(''),
      };
      saveJudgement(w, first, { ...judged, windowId: late.id });
      message(w, { references: [a, b] });
      expect(openWindows(w)).toMatchObject([{ id: soon.id, threadId: 1 }]);
      expect(openWindowOfThread(w, 1)?.id).toBe(soon.id);
      expect(windowById(w, late.id)).toMatchObject({ state: 'waived', threadId: 1 });
      expect(messageById(w, first)?.judged?.windowId).toBe(soon.id);
      expect(entries(w)).toMatchObject([{ kind: 'window-joined', subject: `window/${late.id}` }]);
    });
  });

  it('does not join what belongs to two clients: it goes with its own', () => {
    inStore((w) => {
      client(w);
      client(w, { name: 'Verdi', addresses: ['v@verdi.example'] });
      const ofBianchi = message(w, { messageId: a });
      const ofVerdi = message(w, { messageId: b, from: { name: '', address: 'v@verdi.example' } });
      const forwarded = message(
        w,
        {
          messageId: c,
          from: { name: '', address: own },
          to: [{ name: '', address: 'v@verdi.example' }],
          references: [a],
        },
        { role: 'sent' },
      );
      expect(new Set([ofBianchi, ofVerdi, forwarded].map((id) => threadOf(w, id))).size).toBe(3);
      const both = message(w, { from: { name: '', address: 'v@verdi.example' }, references: [a, b] });
      expect(threadOf(w, both)).toBe(threadOf(w, ofVerdi));
    });
  });

  it('lets a stranger into one of two clients’ threads, without joining them', () => {
    inStore((w) => {
      client(w);
      client(w, { name: 'Verdi', addresses: ['v@verdi.example'] });
      const ids = [
        message(w, { messageId: a }),
        message(w, { messageId: b, from: { name: '', address: 'v@verdi.example' } }),
      ];
      const stranger = message(w, { from: { name: '', address: 'x@y.example' }, references: [b, a] });
      expect([...ids, stranger].map((id) => threadOf(w, id))).toEqual([1, 2, 1]);
    });
  });
});
