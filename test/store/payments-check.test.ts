import { describe, expect, it } from 'vitest';
import { casesToLookAt, closeCase, lookAgain, openCase } from '../../src/store/cases.ts';
import { recordPayment } from '../../src/store/invoices.ts';
import { notePaymentsChecked, paymentsCheckedAt } from '../../src/store/payments-check.ts';
import { client, day, inStore, invoice, later } from './make.ts';
import { asWritten } from '../../src/rules/reason.ts';

describe('payments that are up to date', () => {
  it('are so since the owner said it, or recorded one', () => {
    inStore((w) => {
      const { id: clientId } = client(w);
      const { id } = invoice(w, { clientId });
      expect(paymentsCheckedAt(w)).toBeUndefined();
      recordPayment(w, id, { amountCents: 100, receivedOn: day('2026-11-20'), reference: null });
      expect(paymentsCheckedAt(w)).toBe(w.now);
    });
  });

  it('have every open case looked at again, and no closed one', () => {
    inStore((w) => {
      const { id: clientId } = client(w);
      const [open, closed] = [openCase(w, clientId, 'EUR'), openCase(w, clientId, 'USD')];
      lookAgain(w, open.id, later, asWritten('payments are not up to date'));
      closeCase(w, closed.id, 'paid', asWritten('paid'));
      notePaymentsChecked(w);
      expect(casesToLookAt(w, w.now).map(({ id }) => id)).toEqual([open.id]);
    });
  });
});
