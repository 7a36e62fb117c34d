/**
 * UBL 2.1 invoices and credit notes (EN 16931, Peppol BIS Billing 3, XRechnung): what is asked, of whom, and when.
 * Reads no lines and validates nothing.
 */
import type { BookInstalment, BookInvoice, BookParty } from './rows.ts';
import { centsOf, dayOf } from './sums.ts';
import { find, findAll, textAt, type XmlElement } from './xml.ts';

/** UNTDID 1001 codes of credit notes that occur in an Invoice as well. */
const creditCodes = new Set(['81', '83', '261', '262', '296', '308', '381', '396', '420', '458', '532']);

export function isUbl(root: XmlElement): boolean {
  return (root.name === 'Invoice' || root.name === 'CreditNote') && find(root, 'ID') !== undefined;
}

/** @throws Refusal when a sum is none */
export function readUbl(root: XmlElement): BookInvoice[] {
  const type = textAt(root, 'InvoiceTypeCode') ?? textAt(root, 'CreditNoteTypeCode');
  const credit = root.name === 'CreditNote' || (type !== null && creditCodes.has(type));
  const totals = find(root, 'LegalMonetaryTotal');
  const payable = cents(totals, 'PayableAmount');
  const ibans = accountsOf(root);
  return [
    {
      index: 0,
      syntax: 'ubl',
      kind: credit ? 'credit-note' : 'invoice',
      type,
      number: textAt(root, 'ID'),
      date: dayOf(textAt(root, 'IssueDate')),
      currency: textAt(root, 'DocumentCurrencyCode'),
      totalCents: cents(totals, 'TaxInclusiveAmount'),
      prepaidCents: cents(totals, 'PrepaidAmount'),
      payableCents: payable,
      instalments: instalmentsOf(root, payable),
      refersTo: findAll(root, 'BillingReference', 'InvoiceDocumentReference').flatMap((each) => {
        const number = textAt(each, 'ID');
        return number === null ? [] : [{ number, date: dayOf(textAt(each, 'IssueDate')) }];
      }),
      terms: joined(findAll(root, 'PaymentTerms', 'Note')),
      seller: partyOf(find(root, 'AccountingSupplierParty', 'Party')),
      buyer: partyOf(find(root, 'AccountingCustomerParty', 'Party')),
      iban: ibans[0] ?? null,
      ibans,
      paymentReference: textAt(root, 'PaymentMeans', 'PaymentID'),
      buyerReference: textAt(root, 'BuyerReference'),
    },
  ];
}

function instalmentsOf(root: XmlElement, payable: number | null): BookInstalment[] {
  const day =
    dayOf(textAt(root, 'DueDate')) ??
    findAll(root, 'PaymentMeans', 'PaymentDueDate').map((each) => dayOf(each.text))[0] ??
    findAll(root, 'PaymentTerms', 'PaymentDueDate').map((each) => dayOf(each.text))[0] ??
    null;
  return day === null || payable === null ? [] : [{ dueOn: day, amountCents: payable }];
}

function accountsOf(root: XmlElement): string[] {
  const accounts = findAll(root, 'PaymentMeans', 'PayeeFinancialAccount', 'ID').map((each) =>
    each.text.replaceAll(/\s/g, ''),
  );
  return accounts.filter((text, at) => text !== '' && accounts.indexOf(text) === at);
}

function partyOf(party: XmlElement | undefined): BookParty {
  const tradingName = textAt(party, 'PartyName', 'Name');
  return {
    name: textAt(party, 'PartyLegalEntity', 'RegistrationName') ?? tradingName,
    tradingName,
    vatId: vatOf(party),
    email: textAt(party, 'Contact', 'ElectronicMail'),
    endpoint: textAt(party, 'EndpointID'),
    legalId: textAt(party, 'PartyLegalEntity', 'CompanyID'),
  };
}

function vatOf(party: XmlElement | undefined): string | null {
  const scheme = findAll(party, 'PartyTaxScheme').find((each) => textAt(each, 'TaxScheme', 'ID') === 'VAT');
  return textAt(scheme, 'CompanyID');
}

function joined(notes: readonly XmlElement[]): string | null {
  const text = notes
    .map((note) => note.text)
    .filter((note) => note !== '')
    .join('\n');
  return text === '' ? null : text;
}

function cents(element: XmlElement | undefined, name: string): number | null {
  const at = find(element, name);
  return at === undefined || at.text === '' ? null : centsOf(at.text, `line ${at.line}, ${name}`);
}
