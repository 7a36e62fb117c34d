/** Which client and which money a hold is about. Reads only; whether it holds is decided by rules/hold. */
import type { Hold } from '../rules/hold.ts';
import { type Debt, debtsOf } from '../rules/invoice.ts';
import { caseById } from './cases.ts';
import type { Reader } from './database.ts';
import { debtsOfClient, invoiceById, listInvoices } from './invoices.ts';

export function clientOfHold(r: Reader, { scope, scopeId }: Pick<Hold, 'scope' | 'scopeId'>): number | undefined {
  if (scope === 'client') return scopeId;
  return (scope === 'invoice' ? invoiceById(r, scopeId) : caseById(r, scopeId))?.clientId;
}

/** All that is open, due or not; of a hold on a client in every currency: "nothing is open" may be said only when nothing is. */
export function debtsOfHold(r: Reader, { scope, scopeId }: Pick<Hold, 'scope' | 'scopeId'>): Debt[] {
  if (scope === 'client') return listInvoices(r, { clientId: scopeId, state: 'open' }).flatMap(debtsOf);
  if (scope === 'invoice') {
    const invoice = invoiceById(r, scopeId);
    return invoice === undefined ? [] : debtsOf(invoice);
  }
  const held = caseById(r, scopeId);
  return held === undefined ? [] : debtsOfClient(r, held.clientId, held.currency);
}
