/**
 * UN/CEFACT Cross Industry Invoice (EN 16931, Factur-X, ZUGFeRD 2) and its forerunner ZUGFeRD 1: what is asked, of whom,
 * and when. Reads no lines and validates nothing.
 */
import type { BookInstalment, BookInvoice, BookParty } from './rows.ts';
import { centsOf, dayOf } from './sums.ts';
import { find, findAll, textAt, type XmlElement } from './xml.ts';

export function isCii(root: XmlElement): boolean {
  return root.name === 'CrossIndustryInvoice' || root.name === 'CrossIndustryDocument';
}

/** The names of ZUGFeRD 1 beside those of the standard. */
function either(element: XmlElement | undefined, ...names: string[]): XmlElement | undefined {
  return names.map((name) => find(element, name)).find((found) => found !== undefined);
}

/** @throws Refusal when a sum is none */
export function readCii(root: XmlElement): BookInvoice[] {
  const document = either(root, 'ExchangedDocument', 'HeaderExchangedDocument');
  const deal = either(root, 'SupplyChainTradeTransaction', 'SpecifiedSupplyChainTradeTransaction');
  const agreement = either(deal, 'ApplicableHeaderTradeAgreement', 'ApplicableSupplyChainTradeAgreement');
  const settlement = either(deal, 'ApplicableHeaderTradeSettlement', 'ApplicableSupplyChainTradeSettlement');
  const money = moneyOf(settlement);
  const ibans = accountsOf(settlement);
  const type = textAt(document, 'TypeCode');
  return [
    {
      index: 0,
      syntax: root.name === 'CrossIndustryDocument' ? 'zugferd-1' : 'cii',
      kind: type === '381' || type === '261' || type === '396' ? 'credit-note' : 'invoice',
      type,
      number: textAt(document, 'ID'),
      date: dayOf(textAt(document, 'IssueDateTime', 'DateTimeString')),
      ...money,
      refersTo: findAll(settlement, 'InvoiceReferencedDocument').flatMap((each) => {
        const number = textAt(each, 'IssuerAssignedID') ?? textAt(each, 'ID');
        const date = dayOf(textAt(each, 'FormattedIssueDateTime', 'DateTimeString'));
        return number === null ? [] : [{ number, date }];
      }),
      terms: textAt(find(settlement, 'SpecifiedTradePaymentTerms'), 'Description'),
      seller: partyOf(find(agreement, 'SellerTradeParty')),
      buyer: partyOf(find(agreement, 'BuyerTradeParty')),
      iban: ibans[0] ?? null,
      ibans,
      paymentReference: textAt(settlement, 'PaymentReference'),
      buyerReference: textAt(agreement, 'BuyerReference'),
      profile: profileOf(root),
    },
  ];
}

function moneyOf(settlement: XmlElement | undefined) {
  const currency = textAt(settlement, 'InvoiceCurrencyCode');
  const sums = either(
    settlement,
    'SpecifiedTradeSettlementHeaderMonetarySummation',
    'SpecifiedTradeSettlementMonetarySummation',
  );
  const total = inCurrency(sums, 'GrandTotalAmount', currency);
  const due = inCurrency(sums, 'DuePayableAmount', currency);
  const payable = due ?? total;
  return {
    currency,
    totalCents: total,
    prepaidCents: inCurrency(sums, 'TotalPrepaidAmount', currency),
    payableCents: payable,
    payableFrom: due === null ? 'grand-total' : 'due-payable',
    instalments: instalmentsOf(settlement, payable),
  };
}

/** A total may stand there once for each currency: the one of the invoice counts. */
function inCurrency(sums: XmlElement | undefined, name: string, currency: string | null): number | null {
  const all = findAll(sums, name).filter((each) => each.text !== '');
  const own = all.find((each) => each.attributes.get('currencyID') === currency) ?? all[0];
  return own === undefined ? null : centsOf(own.text, `line ${own.line}, ${name}`);
}

function instalmentsOf(settlement: XmlElement | undefined, payable: number | null): BookInstalment[] {
  const terms = findAll(settlement, 'SpecifiedTradePaymentTerms').flatMap((each) => {
    const day = dayOf(textAt(each, 'DueDateDateTime', 'DateTimeString'));
    return day === null ? [] : [{ day, part: inCurrency(each, 'PartialPaymentAmount', null) }];
  });
  // Several days without parts of their own (a discount, say) share one sum: which is asked when, the file does not say.
  const whole = terms.length === 1 ? payable : null;
  return terms.map(({ day, part }) => ({ dueOn: day, amountCents: part ?? whole }));
}

function accountsOf(settlement: XmlElement | undefined): string[] {
  const means = findAll(settlement, 'SpecifiedTradeSettlementPaymentMeans', 'PayeePartyCreditorFinancialAccount');
  const accounts = means.map((each) => textAt(each, 'IBANID') ?? textAt(each, 'ProprietaryID'));
  return accounts.filter((text) => text !== null).map((text) => text.replaceAll(/\s/g, ''));
}

function partyOf(party: XmlElement | undefined): BookParty {
  const tax = findAll(party, 'SpecifiedTaxRegistration', 'ID').find((each) => each.attributes.get('schemeID') === 'VA');
  const contact = find(party, 'DefinedTradeContact');
  const endpoint = find(party, 'URIUniversalCommunication', 'URIID');
  return {
    name: textAt(party, 'Name'),
    vatId: tax?.text || null,
    email: textAt(contact, 'EmailURIUniversalCommunication', 'URIID') ?? (isMail(endpoint) ? endpoint.text : null),
    endpoint: endpoint?.text || null,
  };
}

function profileOf(root: XmlElement): string | null {
  const context = either(root, 'ExchangedDocumentContext', 'SpecifiedExchangedDocumentContext');
  return textAt(context, 'GuidelineSpecifiedDocumentContextParameter', 'ID');
}

/** 'EM' is the scheme of mail addresses (EAS code list). */
function isMail(endpoint: XmlElement | undefined): endpoint is XmlElement {
  return endpoint?.attributes.get('schemeID') === 'EM' && endpoint.text !== '';
}
