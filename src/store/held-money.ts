/** Which client and which money a hold is about. Reads only; whether it holds is decided by rules/hold. */
import type { Hold } from '../rules/hold.ts';
import { type Debt, debtsOf, type Invoice } from '../rules/invoice.ts';
import { openByCurrency, type Sum } from '../rules/money.ts';
import { caseById } from './cases.ts';
import type { Reader } from './database.ts';
import { invoiceById, listInvoices } from './invoices.ts';

export function clientOfHold(r: Reader, { scope, scopeId }: Pick<Hold, 'scope' | 'scopeId'>): number | undefined {
  if (scope === 'client') return scopeId;
  return (scope === 'invoice' ? invoiceById(r, scopeId) : caseById(r, scopeId))?.clientId;
}

/** All that is open, due or not; of a hold on a client in every currency: "nothing is open" may be said only when nothing is. */
export function debtsOfHold(r: Reader, hold: Pick<Hold, 'scope' | 'scopeId'>): Debt[] {
  return invoicesOfHold(r, hold).flatMap(debtsOf);
}

/** What else became of the money that a hold was about: what is disputed, and whether any came since. */
export function fateOfHold(r: Reader, hold: Hold): { disputed: Sum[]; cameSince: boolean } {
  const all = invoicesOfHold(r, hold);
  const disputed = all.flatMap((invoice) =>
    invoice.state === 'open' ? { openCents: invoice.disputedCents, currency: invoice.currency } : [],
  );
  const payments = all.flatMap((invoice) => invoice.payments);
  return {
    disputed: openByCurrency(disputed),
    cameSince: payments.some((one) => one.reversedAt === null && one.recordedAt >= hold.createdAt),
  };
}

function invoicesOfHold(r: Reader, { scope, scopeId }: Pick<Hold, 'scope' | 'scopeId'>): Invoice[] {
  if (scope === 'client') return listInvoices(r, { clientId: scopeId });
  if (scope === 'invoice') return [invoiceById(r, scopeId) ?? []].flat();
  const held = caseById(r, scopeId);
  if (held === undefined) return [];
  return listInvoices(r, { clientId: held.clientId }).filter(({ currency }) => currency === held.currency);
}
