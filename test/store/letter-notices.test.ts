/** What is told of a letter (that it waits, failed, may have left) is told only as long as it is so, whatever moves it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { needsApproval } from '../../src/rules/letter.ts';
import { plus } from '../../src/rules/time.ts';
import type { Writer } from '../../src/store/database.ts';
import { notice } from '../../src/store/notices.ts';
import { entries, unseenNotices, told } from '../support/in-words.ts';
import * as outbox from '../../src/store/outbox.ts';
import { frozen, inStore, later, letter, memoryStore, now } from './make.ts';
import { asWritten } from '../../src/rules/reason.ts';

const words = { subject: 'Nuovo', text: 'Testo nuovo' };
const anew = { ...words, facts: {}, why: asWritten('anew'), language: 'it', tone: 'formal' } as const;

/** Every move that a letter can make, each as the jobs and the desk make it. */
const moves: Record<string, (w: Writer, id: number) => void> = {
  ask: (w, id) => {
    const found = outbox.letterById(w, id);
    if (found?.state === 'held' || found?.state === 'queued') outbox.askForApproval(w, id, told('It waits.'));
  },
  approve: outbox.approve,
  askNoMore: outbox.askNoMore,
  withdraw: outbox.withdrawApproval,
  edit: (w, id) => outbox.edit(w, id, words),
  rewrite: (w, id) => outbox.rewrite(w, id, anew),
  retitle: (w, id) => outbox.retitle(w, id, 'Altro'),
  release: outbox.release,
  holdBack: (w, id) => outbox.holdBack(w, id, later, asWritten('closed')),
  claim: (w, id) => outbox.claim(w, id, frozen(`letter-${id}`)),
  sent: outbox.markSent,
  filed: outbox.markFiled,
  defer: (w, id) => outbox.defer(w, id, later, asWritten('451'), { countAttempt: true }),
  fail: (w, id) => {
    if (outbox.fail(w, id, asWritten('550'))) notice(w, `failed/${id}`, told('It failed.'));
  },
  doubt: (w, id) => {
    if (outbox.doubt(w, id, asWritten('lost'))) notice(w, `unsure/${id}`, told('It may have left.'));
  },
  drop: (w, id) => outbox.drop(w, id, 'system', asWritten('paid')),
  dropByOwner: (w, id) => outbox.drop(w, id, 'owner', asWritten('no')),
  restore: outbox.restore,
  revive: (w, id) => outbox.revive(w, id, { ...anew, notBefore: now, approval: 'ask' }),
  requeue: outbox.requeue,
};

function untrue(w: Writer): string[] {
  return unseenNotices(w)
    .filter(({ key }) => {
      const [matter, id] = key.split('/');
      const found = outbox.letterById(w, Number(id));
      return matter === 'approve' ? found === undefined || !needsApproval(found) : found?.state !== matter;
    })
    .map(({ key }) => key);
}

describe('a notice about a letter', () => {
  it('stands only while it is so, through any moves', () => {
    const store = memoryStore();
    let at = now;
    let count = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.keys(moves)), { maxLength: 14 }), fc.boolean(), (names, asks) => {
        const { id } = store.write(now, (w) => letter(w, { key: `one/${count++}`, approval: asks ? 'ask' : 'auto' }));
        for (const name of names) {
          at = plus(at, 1000);
          const wrong = store.write(at, (w) => {
            moves[name]?.(w, id);
            return untrue(w);
          });
          expect({ after: name, wrong }).toEqual({ after: name, wrong: [] });
        }
      }),
      { numRuns: Number(process.env['RUNS'] ?? 150) },
    );
  });

  it('of a letter that waits comes again when it waits again', () => {
    inStore((w) => {
      const { id } = letter(w, { approval: 'ask' });
      const asked = () => unseenNotices(w).map(({ text }) => text);
      outbox.askForApproval(w, id, told('It waits.'));
      expect(asked()).toEqual(['It waits.']);
      outbox.drop(w, id, 'system', asWritten('paid'));
      expect(asked()).toEqual([]);
    });
    const store = memoryStore();
    const { id } = store.write(now, (w) => letter(w, { approval: 'auto' }));
    for (const minutes of [1, 2]) {
      const moment = plus(now, minutes * 60_000);
      store.write(moment, (w) => outbox.askForApproval(w, id, told('It waits.')));
      expect(store.read((r) => unseenNotices(r))).toHaveLength(1);
      store.write(moment, (w) => outbox.approve(w, id));
      expect(store.read((r) => unseenNotices(r))).toEqual([]);
    }
  });

  it('a drop stands in the journal, once, whoever drops', () => {
    const said = inStore((w) => {
      const { id } = letter(w, { approval: 'ask' });
      expect([outbox.drop(w, id, 'owner', asWritten('no')), outbox.drop(w, id, 'system', asWritten('paid'))]).toEqual([
        true,
        false,
      ]);
      return entries(w).map(({ kind, why }) => [kind, why]);
    });
    expect(said).toEqual([['letter-dropped', 'no']]);
  });
});
