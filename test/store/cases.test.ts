import { describe, expect, it } from 'vitest';
import {
  caseById,
  caseOf,
  casesToLookAt,
  closeCase,
  listCases,
  lookAgain,
  noteOpenedUpTo,
  openCase,
  openCasesOf,
  openedUpTo,
  reopenCase,
  touchCase,
  touchClient,
} from '../../src/store/cases.ts';
import { client, day, inStore, later, memoryStore, minutesAfter, now } from './make.ts';
import { asWritten } from '../../src/rules/reason.ts';

describe('a case', () => {
  it('opens once for a client and currency, to be looked at now', () => {
    inStore((w) => {
      const { id } = client(w);
      const first = openCase(w, id, 'EUR');
      expect(first).toEqual({
        id: 1,
        clientId: id,
        currency: 'EUR',
        cycle: 1,
        state: 'open',
        openedAt: now,
        closedAt: null,
        lookAt: now,
        closedHow: null,
        why: null,
      });
      expect(openCase(w, id, 'EUR')).toEqual(first);
      expect(openCase(w, id, 'USD').id).not.toBe(first.id);
      expect(listCases(w, { state: 'open' })).toHaveLength(2);
    });
  });

  it('begins a new cycle after it was closed', () => {
    const store = memoryStore();
    const { id } = store.write(now, (w) => openCase(w, client(w).id, 'EUR'));
    store.write(now, (w) => closeCase(w, id, 'paid', asWritten('all was paid')));
    expect(store.read((r) => caseById(r, id))).toMatchObject({
      state: 'closed',
      closedAt: now,
      lookAt: null,
      why: asWritten('all was paid'),
    });
    const again = store.write(later, (w) => openCase(w, 1, 'EUR'));
    expect(again).toMatchObject({ id, cycle: 2, state: 'open', openedAt: later, closedAt: null, lookAt: later });
  });

  it('goes on in the same cycle when the closing is taken back', () => {
    const store = memoryStore();
    const { id } = store.write(now, (w) => openCase(w, client(w).id, 'EUR'));
    store.write(now, (w) => closeCase(w, id, 'paid', asWritten('all was paid')));
    const reopened = store.write(later, (w) => reopenCase(w, id));
    expect(reopened).toMatchObject({ cycle: 1, state: 'open', openedAt: now, closedAt: null, lookAt: later });
  });

  it('is not closed or reopened twice', () => {
    const store = memoryStore();
    const { id } = store.write(now, (w) => openCase(w, client(w).id, 'EUR'));
    store.write(now, (w) => lookAgain(w, id, null, asWritten('waits')));
    expect(store.write(later, (w) => reopenCase(w, id)).lookAt).toBeNull();
    store.write(now, (w) => closeCase(w, id, 'paid', asWritten('first')));
    store.write(later, (w) => closeCase(w, id, 'paid', asWritten('second')));
    expect(store.read((r) => caseById(r, id))).toMatchObject({ closedAt: now, why: asWritten('first') });
  });
});

describe('looking', () => {
  it('is due from the moment on, never before, and not at all when none is set', () => {
    inStore((w) => {
      const { id } = openCase(w, client(w).id, 'EUR');
      lookAgain(w, id, later, asWritten('the next step is due then'));
      expect(casesToLookAt(w, minutesAfter(later, -1))).toEqual([]);
      expect(casesToLookAt(w, later)).toMatchObject([{ id, why: asWritten('the next step is due then') }]);
      lookAgain(w, id, null, asWritten('held'));
      expect(casesToLookAt(w, minutesAfter(later, 1))).toEqual([]);
    });
  });

  it('is brought forward by what happens, also on a closed case, and never put off', () => {
    const store = memoryStore();
    const [eur, usd] = store.write(now, (w) => {
      const { id } = client(w);
      const both = [openCase(w, id, 'EUR'), openCase(w, id, 'USD')].map((one) => one.id) as [number, number];
      closeCase(w, both[1], 'paid', asWritten('paid'));
      return both;
    });
    const looks = () => store.read((r) => [eur, usd].map((id) => caseById(r, id)?.lookAt));
    store.write(later, (w) => touchClient(w, 1));
    expect(looks()).toEqual([now, later]);
    store.write(later, (w) => lookAgain(w, eur, minutesAfter(later, 60), asWritten('later')));
    store.write(later, (w) => touchCase(w, 1, 'EUR'));
    expect(looks()).toEqual([later, later]);
    store.write(now, (w) => touchCase(w, 1, 'CHF'));
    expect(store.read((r) => caseOf(r, 1, 'CHF'))).toBeUndefined();
  });

  it('lists the open ones of a client', () => {
    inStore((w) => {
      const { id } = client(w);
      closeCase(w, openCase(w, id, 'USD').id, 'paid', asWritten('all was paid'));
      openCase(w, id, 'EUR');
      expect(openCasesOf(w, id).map(({ currency }) => currency)).toEqual(['EUR']);
      expect(listCases(w).map(({ currency }) => currency)).toEqual(['EUR', 'USD']);
      expect(listCases(w, { state: 'closed' }).map(({ currency }) => currency)).toEqual(['USD']);
    });
  });
});

describe('how far debts were searched for a case', () => {
  it('is remembered until something happens to an invoice or a case', () => {
    inStore((w) => {
      const { id } = client(w);
      const upTo = day('2026-11-22');
      expect(openedUpTo(w)).toBeNull();
      const dunned = openCase(w, id, 'EUR');
      noteOpenedUpTo(w, upTo);
      lookAgain(w, dunned.id, later, asWritten('waits'));
      expect(openedUpTo(w)).toBe(upTo);
      touchCase(w, id, 'USD');
      expect(openedUpTo(w)).toBeNull();
      noteOpenedUpTo(w, upTo);
      closeCase(w, dunned.id, 'paid', asWritten('paid'));
      expect(openedUpTo(w)).toBeNull();
    });
  });
});
