/** What matching wants to know of the record: invoices, payers, known accounts, payments that no line proves yet. */
import { type Invoice, sharesOf } from '../../rules/invoice.ts';
import { type OpenInstalment, type Payable, paymentBook, type PaymentBook } from '../../rules/match-payments.ts';
import type { Unproved } from '../../rules/recorded-payment.ts';
import { ibanOwners } from '../../store/bank-lines.ts';
import { listClients } from '../../store/clients.ts';
import type { Reader } from '../../store/database.ts';
import { listInvoices } from '../../store/invoices.ts';

/** Changes with each payment that is recorded: see {@link noteInvoice}. */
export interface PaymentFacts {
  book: PaymentBook;
  ibans: Map<string, number | 'nobody'>;
  payables: Map<number, Payable>;
  unproved: Map<number, Unproved>;
  names: Map<number, string>;
}

export function paymentFacts(r: Reader): PaymentFacts {
  const clients = listClients(r);
  const invoices = listInvoices(r).filter((invoice) => invoice.state !== 'void');
  const payables = new Map(invoices.map((invoice) => [invoice.id, payableOf(invoice)]));
  const ibans = ibanOwners(r);
  const payers = clients.map(({ id, name }) => ({ clientId: id, name }));
  const facts: PaymentFacts = {
    book: paymentBook([...payables.values()], payers, ibans),
    ibans,
    payables,
    unproved: new Map(),
    names: new Map(clients.map(({ id, name }) => [id, name])),
  };
  for (const invoice of invoices) noteUnproved(facts, invoice);
  return facts;
}

/** An invoice as it stands after a payment. */
export function noteInvoice(facts: PaymentFacts, invoice: Invoice): void {
  const payable = facts.payables.get(invoice.id);
  if (payable !== undefined) Object.assign(payable, payableOf(invoice));
  noteUnproved(facts, invoice);
}

function noteUnproved({ unproved }: PaymentFacts, { clientId, currency, payments }: Invoice): void {
  for (const { id, invoiceId, amountCents, receivedOn, lineId, reversedAt } of payments) {
    const isUnproved = lineId === undefined && reversedAt === null;
    if (!isUnproved) unproved.delete(id);
    else unproved.set(id, { paymentId: id, invoiceId, clientId, currency, amountCents, receivedOn });
  }
}

export function payableOf(invoice: Invoice): Payable {
  const { id, clientId, number, issuedOn, currency, totalCents } = invoice;
  const open = invoice.state === 'open' ? openOf(invoice) : [];
  const kept = (member: 'withholdingCents' | 'splitVatCents') =>
    open.reduce((sum, part) => sum + (part[member] ?? 0), 0);
  return {
    invoiceId: id,
    clientId,
    number,
    issuedOn,
    currency,
    totalCents,
    open,
    closed: open.length === 0,
    withholdingCents: kept('withholdingCents'),
    splitVatCents: kept('splitVatCents'),
  };
}

/** What is disputed may be paid all the same; what is kept back may come as well, from a client who keeps nothing. */
function openOf(invoice: Invoice): OpenInstalment[] {
  const { withholdingCents = 0, splitVatCents = 0 } = invoice;
  const all = withholdingCents + splitVatCents;
  return sharesOf(invoice)
    .filter((share) => share.openCents + share.disputedCents > 0)
    .map(({ instalment, openCents, disputedCents, withheldCents, paidCents: paid }) => {
      // of an instalment that was paid in part nobody knows what is kept back of the rest
      const kept = paid > 0 ? 0 : withheldCents;
      const withholding = all === 0 ? 0 : Math.round((kept * withholdingCents) / all);
      return {
        instalmentId: instalment.id,
        openCents: openCents + disputedCents + kept,
        withholdingCents: withholding,
        splitVatCents: kept - withholding,
      };
    });
}
