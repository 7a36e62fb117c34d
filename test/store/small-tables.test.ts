import { describe, expect, it } from 'vitest';
import { factOf, setFact } from '../../src/store/facts.ts';
import { folderOf, putFolder } from '../../src/store/folders.ts';
import { addLogEntry, logEntries } from '../../src/store/log-entries.ts';
import { minuteMs } from '../../src/rules/time.ts';
import { markSeen, notice, noticeAgain } from '../../src/store/notices.ts';
import { unseenNotices, told } from '../support/in-words.ts';
import { lastRun, recordRun } from '../../src/store/runs.ts';
import { client, inStore, later, memoryStore, minutesAfter, now } from './make.ts';
import { asWritten } from '../../src/rules/reason.ts';

describe('facts', () => {
  it('are set, and set anew', () => {
    inStore((w) => {
      expect(factOf(w, 'a')).toBeUndefined();
      setFact(w, 'a', '1');
      setFact(w, 'a', '');
      expect(factOf(w, 'a')).toBe('');
    });
  });
});

describe('folders', () => {
  it('are one for each mailbox and place, and keep their number when the server renumbers', () => {
    inStore((w) => {
      const values = { mailbox: 'studio', place: 'inbox' as const, path: 'INBOX', uidValidity: '18446744073709551615' };
      const first = putFolder(w, { ...values, uidMark: 10, historyUpTo: 10 });
      putFolder(w, { ...values, place: 'sent', path: 'Sent', uidMark: 1, historyUpTo: 1 });
      const again = putFolder(w, { ...values, uidValidity: '2', uidMark: 0, historyUpTo: 7 });
      expect(again).toEqual({ ...values, role: 'inbox', id: first.id, uidValidity: '2', uidMark: 0, historyUpTo: 7 });
      expect(first.uidValidity).toBe('18446744073709551615');
      expect(folderOf(w, 'studio', 'inbox')).toEqual(again);
      expect(folderOf(w, 'other', 'inbox')).toBeUndefined();
    });
  });
});

describe('notices', () => {
  it('are one for each matter, shown until seen', () => {
    const store = memoryStore();
    const tell = (key: string) => store.write(now, (w) => notice(w, key, told(`about ${key}`, 'Do this.')));
    expect(['a', 'b', 'a'].map(tell)).toEqual([true, true, false]);
    const shown = () => store.read((r) => unseenNotices(r));
    expect(shown()).toMatchObject([
      { key: 'a', at: now, text: 'about a', next: 'Do this.', seenAt: null },
      { key: 'b' },
    ]);
    store.write(later, (w) => markSeen(w, shown()[0]?.id ?? 0));
    expect(shown().map(({ key }) => key)).toEqual(['b']);
    store.write(later, (w) => markSeen(w, 'all'));
    expect(shown()).toEqual([]);
    expect(tell('a')).toBe(false);
  });
});

describe('a matter that comes up again and again', () => {
  it('is one notice that says what is so by now; seen, it rests, and begins anew', () => {
    const store = memoryStore();
    const at = (minute: number) => minutesAfter(now, minute);
    const say = (times: number) => told(`times: ${times}`);
    const tell = (minute: number) => store.write(at(minute), (w) => noticeAgain(w, 'a', say, 5 * minuteMs));
    const shown = () => store.read((r) => unseenNotices(r)).map((notice) => [notice.text, notice.at]);
    for (const minute of [0, 1, 2]) tell(minute);
    expect(shown()).toEqual([['times: 3', at(0)]]);
    store.write(at(3), (w) => markSeen(w, 'all'));
    tell(7);
    expect(shown()).toEqual([]);
    tell(8);
    expect(shown()).toEqual([['times: 1', at(8)]]);
  });
});

describe('runs', () => {
  const run = { job: 'dun', startedAt: now, outcome: 'ok', detail: '' } as const;

  it('are recorded with how they ended; the last started is the last', () => {
    const store = memoryStore();
    expect(store.read((r) => lastRun(r, 'dun'))).toBeUndefined();
    store.write(later, (w) => recordRun(w, { ...run, outcome: 'failed', detail: 'the disk is full' }));
    store.write(later, (w) => recordRun(w, { ...run, job: 'deliver' }));
    expect(store.read((r) => lastRun(r, 'dun'))).toEqual({
      id: 1,
      job: 'dun',
      startedAt: now,
      endedAt: later,
      outcome: 'failed',
      detail: 'the disk is full',
    });
  });

  it('are kept for a month', () => {
    const store = memoryStore();
    const days = [0, 20, 40].map((day) => minutesAfter(now, day * 24 * 60));
    for (const at of days) store.write(at, (w) => recordRun(w, { ...run, startedAt: at }));
    expect(store.read((r) => r.all('SELECT started_at FROM runs ORDER BY id'))).toHaveLength(2);
  });
});

describe('the log by hand', () => {
  it('is kept by the moment it was about', () => {
    const store = memoryStore();
    const call = {
      clientId: 1,
      kind: 'call' as const,
      at: later,
      minutes: 12,
      direction: 'in' as const,
      text: 'asked for a discount',
      project: null,
      outOfHours: true,
      outOfHoursWhy: asWritten('Sunday'),
    };
    store.write(now, (w) => {
      client(w);
      expect(addLogEntry(w, call)).toEqual({ ...call, via: null, cost: null, id: 1, recordedAt: now });
      addLogEntry(w, {
        ...call,
        kind: 'note',
        at: now,
        minutes: null,
        direction: null,
        outOfHours: false,
        outOfHoursWhy: null,
      });
    });
    expect(store.read((r) => logEntries(r, 1)).map(({ kind }) => kind)).toEqual(['note', 'call']);
    expect(store.read((r) => logEntries(r, 2))).toEqual([]);
  });
});
