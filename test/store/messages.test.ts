import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Writer } from '../../src/store/database.ts';
import { moveMark, putFolder } from '../../src/store/folders.ts';
import {
  listMessages,
  markGone,
  messageById,
  newestReceivedAt,
  recordArrival,
  saveJudgement,
  searchMessages,
  setFlags,
  setKeywordState,
  threadMessages,
  unjudged,
  wantedKeywords,
} from '../../src/store/messages.ts';
import { putLetter } from '../../src/store/outbox.ts';
import { openWindow, windowById } from '../../src/store/windows.ts';
import {
  arrival,
  client,
  folder,
  inStore,
  later,
  mail,
  memoryStore,
  message,
  minutesAfter,
  newLetter,
  now,
  own,
} from './make.ts';
import { asWritten } from '../../src/rules/reason.ts';

const judgement = {
  kind: 'human' as const,
  outOfHours: true,
  outOfHoursWhy: asWritten('Sunday'),
  minutesToOpening: 60,
  windowId: null,
  reason: 'acknowledge',
  why: asWritten('A client wrote.'),
};
const facts = { history: false, ownAddresses: [own] };

describe('recording', () => {
  it('keeps all of the mail and where it came from', () => {
    inStore((w) => {
      const { id: clientId } = client(w);
      const full = mail({
        messageId: '<a@x.example>',
        inReplyTo: ['<p@x.example>'],
        subject: 'Re: Preventivo àèì',
        headers: [
          { name: 'received', value: 'one' },
          { name: 'received', value: 'two' },
        ],
        attachments: [{ name: 'a.pdf', type: 'application/pdf', sizeBytes: null }],
        text: 'tutto\n> citato',
        newText: 'tutto',
      });
      const { id } = recordArrival(
        w,
        folder(w),
        arrival({ uid: 7, flags: ['\\Seen'], truncated: true, mail: full }),
        facts,
      );
      expect(messageById(w, id)).toEqual({
        id,
        mailbox: 'studio',
        role: 'inbox',
        threadId: 1,
        receivedAt: now,
        history: false,
        clientId,
        flags: ['\\Seen'],
        sizeBytes: 1234,
        mail: full,
        folderId: 1,
        place: 'inbox',
        folderPath: 'INBOX',
        uid: 7,
        uidValidity: '1',
        contentHash: 'hash of 7',
        truncated: true,
        fault: null,
        goneAt: null,
        judged: null,
      });
    });
  });

  it('is done once for each UID, however often it is asked', () => {
    inStore((w) => {
      const came = arrival({ uid: 7 });
      const first = recordArrival(w, folder(w), came, facts);
      const again = recordArrival(w, folder(w), { ...came, flags: ['\\Seen'] }, facts);
      expect(first).toEqual({ id: 1, isNew: true, seenBefore: false, judged: null });
      expect(again).toEqual({ id: 1, isNew: false, seenBefore: false, judged: null });
      expect(listMessages(w)).toHaveLength(1);
      expect(searchMessages(w, 'preventivo', 10)).toHaveLength(1);
    });
  });

  it('keeps a text of which all is new once, and reads it as both', () => {
    inStore((w) => {
      const texts = [
        { text: 'tutto nuovo', newText: 'tutto nuovo' },
        { text: 'nuovo\n> citato', newText: 'nuovo' },
        { text: '> solo citato', newText: '' },
      ];
      const ids = texts.map((text) => message(w, text));
      expect(ids.map((id) => messageById(w, id)?.mail)).toMatchObject(texts);
      expect(w.all('SELECT own_text FROM messages ORDER BY id')).toEqual([
        { own_text: null },
        { own_text: 'nuovo' },
        { own_text: '' },
      ]);
    });
  });

  it('keeps what could not be read, judged at once, with its fault', () => {
    inStore((w) => {
      const { id } = recordArrival(w, folder(w), arrival({ mail: null, fault: 'nested too deep' }), facts);
      expect(messageById(w, id)).toMatchObject({
        fault: 'nested too deep',
        clientId: null,
        mail: { subject: '', from: null },
        judged: {
          kind: null,
          reason: 'unreadable',
          outOfHours: false,
          why: { code: 'unreadable', fault: 'nested too deep' },
        },
      });
      expect(unjudged(w, 10)).toEqual([]);
    });
  });

  it('does not take two of which nothing could be fetched for the same', () => {
    inStore((w) => {
      const empty = { mail: null, fault: 'no answer', contentHash: '', sizeBytes: 0 };
      const results = [1, 2].map((uid) => recordArrival(w, folder(w), arrival({ ...empty, uid }), facts));
      expect(results.map(({ seenBefore }) => seenBefore)).toEqual([false, false]);
    });
  });

  it('keeps two with the same Message-ID and other content, in one thread', () => {
    inStore((w) => {
      const ids = ['uno', 'due'].map((text) => message(w, { messageId: '<same@x.example>', text, newText: text }));
      expect(new Set(ids).size).toBe(2);
      expect(threadMessages(w, 1)).toHaveLength(2);
    });
  });

  it('keeps one mail that lies in INBOX and in Sent as one', () => {
    inStore((w) => {
      const contentHash = 'of the same bytes';
      message(w, {}, { arrival: { contentHash } });
      const sent = recordArrival(w, folder(w, { role: 'sent' }), arrival({ contentHash }), facts);
      expect(sent).toMatchObject({ isNew: true, seenBefore: true });
    });
  });
});

describe('whose it is', () => {
  const verdi = { name: 'Verdi', address: 'v@verdi.example' };
  const stranger = { name: '', address: 'x@nowhere.example' };
  const ofOwner = { name: 'Anna', address: own };
  const luca = { name: '', address: 'luca@bianchi.example' };

  it.each([
    ['inbox: the sender', 'inbox', { from: luca }, 'Bianchi'],
    ['inbox: the sender by domain', 'inbox', { from: { name: '', address: 'new@verdi.example' } }, 'Verdi'],
    ['inbox: not Reply-To', 'inbox', { from: stranger, replyTo: [luca] }, undefined],
    ['inbox: the owner’s copy is with the client in To', 'inbox', { from: ofOwner, to: [luca] }, 'Bianchi'],
    ['inbox: nobody', 'inbox', { from: null }, undefined],
    ['inbox: the null address', 'inbox', { from: { name: '', address: '' } }, undefined],
    ['sent: the first recipient who is a client', 'sent', { from: ofOwner, to: [stranger, verdi, luca] }, 'Verdi'],
    ['sent: also from Cc', 'sent', { from: ofOwner, to: [ofOwner, stranger], cc: [luca] }, 'Bianchi'],
    ['sent: a client’s mail that was put there', 'sent', { from: luca, to: [stranger] }, 'Bianchi'],
  ] as const)('%s', (_what, role, values, expected) => {
    inStore((w) => {
      const bianchi = client(w);
      const other = client(w, { name: 'Verdi', addresses: ['v@verdi.example'], domains: ['verdi.example'] });
      const id = message(w, values as never, { role });
      const byName = new Map([bianchi, other].map((one) => [one.name, one.id]));
      expect(messageById(w, id)?.clientId ?? undefined).toBe(byName.get(expected ?? ''));
    });
  });
});

describe('the same bytes again', () => {
  const contentHash = 'of the same bytes';

  function judgedOnce(w: Writer) {
    client(w);
    const id = message(w, { messageId: '<a@x.example>' }, { arrival: { uid: 1, contentHash } });
    const { threadId } = messageById(w, id) as { threadId: number };
    const window = openWindow(w, { threadId, clientId: 1, openedBy: id, openedAt: now, dueAt: later });
    saveJudgement(w, id, { ...judgement, windowId: window.id });
    setKeywordState(w, id, 'set');
    return { id, window };
  }

  it('after a new UIDVALIDITY carry the judgement over: nothing is done twice', () => {
    inStore((w) => {
      const { id, window } = judgedOnce(w);
      const renumbered = putFolder(w, { ...folder(w), uidValidity: '2', uidMark: 0, historyUpTo: 0 });
      const came = arrival({ uid: 40, contentHash, mail: mail({ messageId: '<a@x.example>' }), flags: ['\\Answered'] });
      const result = recordArrival(w, renumbered, came, facts);
      expect(result).toEqual({ id: id + 1, isNew: true, seenBefore: true, judged: null });
      expect(unjudged(w, 10)).toEqual([]);
      const living = messageById(w, result.id);
      expect(living).toMatchObject({ history: true, uid: 40, uidValidity: '2', flags: ['\\Answered'], goneAt: null });
      expect(living?.judged).toMatchObject({ ...judgement, windowId: window.id, at: now });
      expect(messageById(w, id)?.goneAt).toBe(now);
      expect(windowById(w, window.id)?.openedBy).toBe(result.id);
      expect(wantedKeywords(w, 'studio', 'inbox', 10)).toEqual([{ id: result.id, uid: 40, folderId: 1 }]);
    });
  });

  it('are shown, found and threaded as one message', () => {
    inStore((w) => {
      const { id } = judgedOnce(w);
      const { id: copy } = recordArrival(
        w,
        folder(w),
        arrival({ uid: 2, contentHash, mail: mail({ messageId: '<a@x.example>' }) }),
        facts,
      );
      const seen = [
        listMessages(w),
        searchMessages(w, 'preventivo', 10),
        threadMessages(w, 1),
        listMessages(w, { unanswered: true }),
      ];
      expect(seen.map((list) => list.map((one) => one.id))).toEqual([[copy], [copy], [copy], [copy]]);
      expect(messageById(w, id)?.goneAt).toBeNull();
    });
  });

  it('before the first was judged wait in its place, and are judged once', () => {
    inStore((w) => {
      const first = message(w, {}, { arrival: { uid: 1, contentHash } });
      const { id } = recordArrival(w, folder(w), arrival({ uid: 2, contentHash }), { ...facts, history: true });
      expect(unjudged(w, 10).map((one) => one.id)).toEqual([id]);
      expect(messageById(w, id)?.history).toBe(false);
      expect(messageById(w, first)?.judged).toMatchObject({ reason: 'replaced', windowId: null });
    });
  });

  it('a third time still carry the first judgement', () => {
    inStore((w) => {
      const { window } = judgedOnce(w);
      const ids = [2, 3].map((uid) => recordArrival(w, folder(w), arrival({ uid, contentHash }), facts).id);
      expect(messageById(w, ids[1] as number)?.judged).toMatchObject({ windowId: window.id });
      expect(listMessages(w).map((one) => one.id)).toEqual([ids[1]]);
    });
  });

  it('take over the letters that answer them', () => {
    inStore((w) => {
      const { id } = judgedOnce(w);
      putLetter(w, newLetter({ answersMessageId: id }));
      const copy = recordArrival(w, folder(w), arrival({ uid: 2, contentHash }), facts).id;
      expect(w.get('SELECT answers_message_id AS id FROM letters')).toEqual({ id: copy });
    });
  });
});

describe('judging', () => {
  it('is asked for in the order of recording, and only once', () => {
    const store = memoryStore();
    const ids = store.write(now, (w) => [1, 2, 3].map(() => message(w)));
    expect(store.read((r) => unjudged(r, 2)).map((one) => one.id)).toEqual(ids.slice(0, 2));
    store.write(later, (w) => saveJudgement(w, ids[0] as number, judgement));
    expect(store.read((r) => unjudged(r, 10)).map((one) => one.id)).toEqual(ids.slice(1));
    expect(store.read((r) => messageById(r, ids[0] as number))?.judged).toEqual({ ...judgement, at: later });
  });
});

describe('flags', () => {
  it('are remembered, and that a message is gone from the server', () => {
    inStore((w) => {
      const ids = [3, 1, 2].map((uid) => message(w, {}, { arrival: { uid } }));
      setFlags(w, ids[0] as number, ['\\Answered', '$PalettiOutOfHours']);
      markGone(w, ids[2] as number);
      const kept = ids.map((id) => messageById(w, id));
      expect(kept.map((one) => one?.flags)).toEqual([['\\Answered', '$PalettiOutOfHours'], [], []]);
      expect(kept.map((one) => one?.goneAt ?? null)).toEqual([null, null, w.now]);
    });
  });

  it('goes on to the moment a message was first missed', () => {
    const store = memoryStore();
    const id = store.write(now, (w) => message(w));
    for (const at of [now, later]) store.write(at, (w) => markGone(w, id));
    expect(store.read((r) => messageById(r, id))?.goneAt).toBe(now);
  });

  it('asks for keywords on messages that are still there under the present UIDVALIDITY', () => {
    inStore((w) => {
      const [wanted, refused, gone] = [5, 6, 7].map((uid) => message(w, {}, { arrival: { uid } })) as [
        number,
        number,
        number,
      ];
      for (const id of [wanted, refused, gone]) setKeywordState(w, id, 'wanted');
      setKeywordState(w, refused, 'refused');
      markGone(w, gone);
      expect(wantedKeywords(w, 'studio', 'inbox', 10)).toEqual([{ id: wanted, uid: 5, folderId: 1 }]);
      expect(wantedKeywords(w, 'studio', 'sent', 10)).toEqual([]);
      folder(w, { uidValidity: '2' });
      expect(wantedKeywords(w, 'studio', 'inbox', 10)).toEqual([]);
    });
  });

  it('moves the mark of a folder forward only', () => {
    inStore((w) => {
      const { id } = folder(w);
      for (const uid of [10, 4, 4_294_967_295, 11]) moveMark(w, id, uid);
      expect(folder(w).uidMark).toBe(4_294_967_295);
    });
  });

  it('knows the newest of a folder', () => {
    inStore((w) => {
      expect(newestReceivedAt(w, folder(w).id)).toBeUndefined();
      message(w, {}, { arrival: { receivedAt: later } });
      message(w, {}, { arrival: { receivedAt: now } });
      expect(newestReceivedAt(w, folder(w).id)).toBe(later);
    });
  });
});

describe('listing', () => {
  it('is newest first, by everything one may ask', () => {
    inStore((w) => {
      const { id: clientId } = client(w);
      const old = message(w, {}, { arrival: { receivedAt: minutesAfter(now, -60) } });
      const fresh = message(w, { from: { name: '', address: 'x@y.example' } });
      const sent = message(
        w,
        { from: { name: '', address: own }, to: [{ name: '', address: 'luca@bianchi.example' }] },
        { role: 'sent', arrival: { receivedAt: later } },
      );
      const { threadId } = messageById(w, old) as { threadId: number };
      const window = openWindow(w, { threadId, clientId, openedBy: old, openedAt: now, dueAt: later });
      saveJudgement(w, old, { ...judgement, windowId: window.id });
      saveJudgement(w, fresh, { ...judgement, kind: 'list', outOfHours: false });
      const ids = (filter: Parameters<typeof listMessages>[1]) => listMessages(w, filter).map((one) => one.id);
      expect(ids({})).toEqual([sent, fresh, old]);
      expect(ids({ limit: 2 })).toEqual([sent, fresh]);
      expect(ids({ clientId })).toEqual([sent, old]);
      expect(ids({ clientId, role: 'inbox' })).toEqual([old]);
      expect(ids({ kind: 'list' })).toEqual([fresh]);
      expect(ids({ outOfHours: true })).toEqual([old]);
      expect(ids({ outOfHours: false })).toEqual([fresh]);
      expect(ids({ since: now })).toEqual([sent, fresh]);
      expect(ids({ unanswered: true })).toEqual([old]);
    });
  });
});

function found(w: Writer, query: string): string[] {
  return searchMessages(w, query, 10).map((one) => one.mail.subject);
}

function somePost(w: Writer): void {
  message(w, { subject: 'Preventivo sito', text: 'Caffè e città: il logo nuovo' });
  message(w, {
    subject: 'Fattura 12',
    text: 'il nuovo logo',
    from: { name: 'Müller', address: 'm@mueller.example' },
  });
}

describe('searching', () => {
  it.each([
    ['preventivo', ['Preventivo sito']],
    ['PREVENTIVO', ['Preventivo sito']],
    ['caffe citta', ['Preventivo sito']],
    ['nuovo logo', ['Fattura 12', 'Preventivo sito']],
    ['"nuovo logo"', ['Fattura 12']],
    ['"nuovo logo', ['Fattura 12']],
    ['fatt', ['Fattura 12']],
    ['fatt 12', []],
    ['fa', []],
    ['"fatt"', []],
    ['muller', ['Fattura 12']],
    ['m@mueller.example', ['Fattura 12']],
    ['preventivo fattura', []],
    ['logo NOT fattura', []],
    ['subject:fattura', []],
    ['zzz', []],
  ])('finds for %j: %j', (query, subjects) => {
    inStore((w) => {
      somePost(w);
      expect(found(w, query)).toEqual(subjects);
    });
  });

  it.each([
    '',
    ' ',
    '"',
    '""',
    '" "',
    '*',
    'AND',
    'OR OR',
    'NOT',
    'NEAR(a b)',
    'a NEAR/2 b',
    '(',
    ')',
    'a(',
    '^a',
    '-a',
    '+a',
    "'",
    "a'b",
    ';--',
    '{a b}: c',
    'a:b',
    'text:',
    '\0',
    'a\0b',
    '\ud800',
    '😀',
    'a*b*',
    '"a" "b',
    '\\',
    '%',
    '_',
    '!?',
    'x'.repeat(100_000),
    'a '.repeat(10_000),
    '\u0301',
    '中文',
  ])('takes %j for words', (query) => {
    inStore((w) => {
      somePost(w);
      expect(Array.isArray(found(w, query))).toBe(true);
    });
  });

  it('never throws, whatever is typed', () => {
    const store = memoryStore();
    store.write(now, somePost);
    const odd = fc.string({
      unit: fc.constantFrom('"', '*', '(', ')', ':', '^', '-', '+', ' ', 'a', 'AND ', 'NEAR', '{', '}', ',', '\0', 'é'),
    });
    fc.assert(
      fc.property(fc.oneof(odd, fc.string({ unit: 'binary' })), (query) => {
        expect(() => store.read((r) => searchMessages(r, query, 5))).not.toThrow();
      }),
    );
  });

  it('finds the last recorded first and no more than asked', () => {
    inStore((w) => {
      const ids = [1, 2, 3].map(() => message(w));
      expect(searchMessages(w, 'preventivo', 2).map((one) => one.id)).toEqual([ids[2], ids[1]]);
    });
  });
});
