import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setFact } from '../../src/store/facts.ts';
import { canonicalJson, eraseBodies, note, verifyJournal } from '../../src/store/journal.ts';
import type { Store } from '../../src/store/database.ts';
import type { Connection } from '../../src/store/driver.ts';
import { fileStore, later, memoryStore, now, rawConnection } from './make.ts';
import { entries } from '../support/in-words.ts';
import { asWritten } from '../../src/rules/reason.ts';

const kind = 'letter-held';

function written(count: number): Store {
  const store = fileStore();
  store.write(now, (w) => {
    for (let i = 1; i <= count; i += 1)
      note(w, { kind, subject: `letter/${i}`, why: asWritten(`reason ${i}`), clientId: i % 2, data: { step: i } });
  });
  return store;
}

/** A hand in the file, with the triggers out of the way. */
function byHand(store: Store): Connection {
  const raw = rawConnection(store.path);
  raw.exec('DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete');
  return raw;
}

const verdict = (store: Store) => store.read(verifyJournal);

describe('an entry', () => {
  it('is read back with its reason, in order', () => {
    const store = memoryStore();
    store.write(now, (w) =>
      note(w, { kind, subject: 'letter/1', why: asWritten('out of hours'), clientId: 3, data: { b: 1, a: [2] } }),
    );
    store.write(later, (w) => note(w, { kind: 'letter-sent', subject: 'letter/1', why: asWritten('in hours') }));
    expect(store.read((r) => entries(r))).toMatchObject([
      { id: 1, at: now, kind, subject: 'letter/1', why: 'out of hours', clientId: 3, data: { a: [2], b: 1 } },
      { id: 2, at: later, kind: 'letter-sent', why: 'in hours', clientId: null, data: null, erasedAt: null },
    ]);
    expect(store.read((r) => entries(r, { since: later })).map(({ id }) => id)).toEqual([2]);
    expect(store.read((r) => entries(r, { clientId: 3 })).map(({ id }) => id)).toEqual([1]);
    expect(store.read((r) => entries(r, { subject: 'letter/1', limit: 1 })).map(({ id }) => id)).toEqual([2]);
  });

  it('cannot be changed or removed while the triggers stand', () => {
    const raw = rawConnection(written(2).path);
    for (const change of [
      "UPDATE journal SET kind = 'x'",
      "UPDATE journal SET body = '{}' WHERE id = 1",
      'UPDATE journal SET client_id = 9 WHERE id = 1',
      'DELETE FROM journal WHERE id = 2',
    ])
      expect(() => raw.exec(change)).toThrow(/append-only/);
  });

  it('leaves with the transaction that failed', () => {
    const store = written(1);
    expect(() =>
      store.write(now, (w) => {
        note(w, { kind, subject: 'x', why: asWritten('y') });
        throw new Error('no');
      }),
    ).toThrow('no');
    store.write(now, (w) => note(w, { kind, subject: 'z', why: asWritten('y') }));
    expect(verdict(store)).toMatchObject({ ok: true, count: 2 });
  });
});

describe('verifying', () => {
  it('accepts an empty and an untouched journal', () => {
    expect(verdict(memoryStore())).toEqual({ ok: true, count: 0, head: '0'.repeat(64) });
    expect(verdict(written(20))).toMatchObject({ ok: true, count: 20 });
  });

  it.each([
    ['another reason', `UPDATE journal SET body = replace(body, 'reason 5', 'reason x') WHERE id = 5`, 5],
    ['another time', `UPDATE journal SET at = '2020-01-01T00:00:00Z' WHERE id = 5`, 5],
    ['another kind', `UPDATE journal SET kind = 'letter-sent' WHERE id = 5`, 5],
    ['another subject', `UPDATE journal SET subject = 'letter/6' WHERE id = 5`, 5],
    ['another client', 'UPDATE journal SET client_id = 9 WHERE id = 5', 5],
    ['a body removed without a word', 'UPDATE journal SET body = NULL WHERE id = 5', 5],
    ['a body removed as if by request', `UPDATE journal SET body = NULL, erased_at = at WHERE id = 5`, 5],
    ['an entry removed', 'DELETE FROM journal WHERE id = 5', 6],
    ['the first removed', 'DELETE FROM journal WHERE id = 1', 2],
    ['the last removed', 'DELETE FROM journal WHERE id = 10', 10],
    ['the end cut off', 'DELETE FROM journal WHERE id > 6', 7],
    ['all removed', 'DELETE FROM journal', 1],
    [
      'the numbers closed over a gap',
      'DELETE FROM journal WHERE id = 5; UPDATE journal SET id = id - 1 WHERE id > 5',
      5,
    ],
    [
      'two exchanged',
      'UPDATE journal SET id = -5 WHERE id = 5; UPDATE journal SET id = 5 WHERE id = 6; UPDATE journal SET id = 6 WHERE id = -5',
      5,
    ],
    [
      'one inserted at the end',
      'INSERT INTO journal SELECT 11, at, kind, subject, client_id, body, body_sha256, erased_at, hash, hash FROM journal WHERE id = 10',
      11,
    ],
    ['the remembered end removed', "DELETE FROM facts WHERE key = 'journal/head'", 10],
  ])('finds %s', (_what, change, id) => {
    const store = written(10);
    byHand(store).exec(change);
    expect(verdict(store)).toMatchObject({ ok: false, id });
    expect(verdict(store)).toHaveProperty('problem.code', expect.stringMatching(/\w+-\w+/));
  });

  it.each([1, 3])('still finds %i entries cut off at the end when others are written after', (cut) => {
    const store = written(10);
    byHand(store)
      .prepare('DELETE FROM journal WHERE id > ?')
      .run(10 - cut);
    store.write(later, (w) => note(w, { kind, subject: 'after', why: asWritten('after') }));
    expect(verdict(store)).toMatchObject({ ok: false, id: 11 });
  });

  it('goes on writing when the remembered end was tampered with', () => {
    const store = written(3);
    store.write(now, (w) => setFact(w, 'journal/head', `1 ${'0'.repeat(64)}`));
    expect(verdict(store)).toMatchObject({ ok: false, id: 3 });
    store.write(now, (w) => note(w, { kind, subject: 'x', why: asWritten('y') }));
    expect(verdict(store)).toMatchObject({ ok: true, count: 4 });
  });

  it('accepts whatever text is written', () => {
    const anyText = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ kind: anyText, subject: anyText, why: anyText, data: fc.dictionary(anyText, fc.jsonValue()) }),
        ),
        (notes) => {
          const store = memoryStore();
          store.write(now, (w) => notes.forEach((one) => note(w, { ...one, why: asWritten(one.why) })));
          expect(verdict(store)).toMatchObject({ ok: true, count: notes.length });
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('erasing a client', () => {
  it('removes the texts, keeps the chain, and says that it was done', () => {
    const store = written(4);
    expect(store.write(later, (w) => eraseBodies(w, 1, asWritten('asked by letter of 20 November')))).toBe(2);
    expect(verdict(store)).toMatchObject({ ok: true, count: 5 });
    const left = store.read((r) => entries(r)).map(({ why, data, erasedAt }) => ({ why, data, erasedAt }));
    expect(left[0]).toEqual({ why: '(erased)', data: null, erasedAt: later });
    expect(left[1]).toEqual({ why: 'reason 2', data: { step: 2 }, erasedAt: null });
    expect(left[4]).toMatchObject({ why: 'asked by letter of 20 November', data: { erased: [1, 3] } });
    expect(JSON.stringify(rawConnection(store.path).prepare('SELECT * FROM journal').all())).not.toContain('reason 1');
  });

  it('twice is once', () => {
    const store = written(4);
    const erase = () => store.write(later, (w) => eraseBodies(w, 1, asWritten('asked')));
    expect([erase(), erase()]).toEqual([2, 0]);
    expect(verdict(store)).toMatchObject({ ok: true, count: 5 });
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order of keys', () => {
    expect(canonicalJson({ b: { d: 1, c: [{ z: 1, y: undefined }] }, a: null })).toBe(
      '{"a":null,"b":{"c":[{"z":1}],"d":1}}',
    );
  });
});
