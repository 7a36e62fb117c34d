import { describe, expect, it } from 'vitest';
import { caseOf, lookAgain, openCase } from '../../src/store/cases.ts';
import { activeHolds, addHold, endHold, expiredHolds, listHolds, type NewHold } from '../../src/store/holds.ts';
import { client, inStore, invoice, later, memoryStore, minutesAfter, now } from './make.ts';
import { asWritten } from '../../src/rules/reason.ts';

const promised: NewHold = { scope: 'case', scopeId: 1, reason: 'promise', until: later, note: asWritten('by phone') };

describe('a hold', () => {
  it('is kept as given, and stays active until it is ended', () => {
    const store = memoryStore();
    const hold = store.write(now, (w) => addHold(w, promised));
    expect(hold).toEqual({ ...promised, id: 1, messageId: null, createdAt: now, askedAt: null, endedAt: null });
    const active = () => store.read((r) => activeHolds(r, { clientId: 9, caseId: 1 }).map(({ id }) => id));
    expect(active()).toEqual([1]);
    const end = () => store.write(later, (w) => endHold(w, hold.id, asWritten('the day has passed')));
    expect([end(), end()]).toEqual([true, false]);
    expect(active()).toEqual([]);
    expect(store.read((r) => listHolds(r))).toEqual([{ ...hold, endedAt: later }]);
  });

  it('of the client, the case and the invoices asked for counts, and no other', () => {
    inStore((w) => {
      const add = (scope: NewHold['scope'], scopeId: number) => addHold(w, { ...promised, scope, scopeId }).id;
      const [ofInvoice, , ofClient, ofCase] = [
        add('invoice', 5),
        add('invoice', 6),
        add('client', 5),
        add('case', 5),
        add('client', 6),
      ];
      const ids = (of: Parameters<typeof activeHolds>[1]) => activeHolds(w, of).map(({ id }) => id);
      expect(ids({ clientId: 5, caseId: 5, invoiceIds: [5, 7] })).toEqual([ofInvoice, ofClient, ofCase]);
      expect(ids({ clientId: 5 })).toEqual([ofClient]);
    });
  });

  it('has expired from its end on, and speaks up until it is ended', () => {
    inStore((w) => {
      const { id } = addHold(w, promised);
      addHold(w, { ...promised, until: null });
      expect(expiredHolds(w, minutesAfter(later, -1))).toEqual([]);
      expect(expiredHolds(w, later).map((hold) => hold.id)).toEqual([id]);
      endHold(w, id, asWritten('seen'));
      expect(expiredHolds(w, later)).toEqual([]);
    });
  });

  it.each(['client', 'case', 'invoice'] as const)(
    'on the %s has the case looked at, when it begins and when it ends',
    (scope) => {
      const store = memoryStore();
      store.write(now, (w) => {
        invoice(w, { clientId: client(w).id });
        openCase(w, 1, 'EUR');
      });
      const look = () => store.read((r) => caseOf(r, 1, 'EUR')?.lookAt);
      const rest = () => store.write(now, (w) => lookAgain(w, 1, null, asWritten('waits')));
      rest();
      store.write(now, (w) => addHold(w, { ...promised, scope, scopeId: 1 }));
      expect(look()).toBe(now);
      rest();
      store.write(later, (w) => endHold(w, 1, asWritten('over')));
      expect(look()).toBe(later);
    },
  );

  it('is listed with all that concern a client', () => {
    inStore((w) => {
      invoice(w, { clientId: client(w).id });
      const { id: caseId } = openCase(w, 1, 'EUR');
      const add = (scope: NewHold['scope'], scopeId: number) => addHold(w, { ...promised, scope, scopeId }).id;
      const his = [add('client', 1), add('case', caseId), add('invoice', 1)];
      add('client', 2);
      add('invoice', 2);
      expect(listHolds(w, 1).map(({ id }) => id)).toEqual(his);
      expect(listHolds(w)).toHaveLength(5);
    });
  });
});
