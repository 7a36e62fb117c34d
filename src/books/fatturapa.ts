/**
 * FatturaPA 1.0 to 1.2.x, ordinary and simplified, with any number of bodies: the Italian electronic invoice
 * (Specifiche tecniche, provvedimento AdE 89757/2018 and later). Reads what is asked of the client, and when; reads no
 * lines of goods and checks no rule of the exchange system.
 */
import { Refusal } from './refusal.ts';
import type { BookInstalment, BookInvoice, BookParty, InvoiceKind } from './rows.ts';
import { centsOf, dayOf, sumOf } from './sums.ts';
import { find, findAll, textAt, type XmlElement } from './xml.ts';

const creditNotes = new Set(['TD04', 'TD08']);
const simplifiedTypes = new Set(['TD07', 'TD08', 'TD09']);
/** Written by the buyer about what he bought (integrazione, autofattura): no receivable. TD24 to TD27 are the seller's. */
const writtenByBuyer = /^TD(?:1[6-9]|2[0-3]|2[89])$/;

export function isFatturaPa(root: XmlElement): boolean {
  return root.name === 'FatturaElettronica' || root.name === 'FatturaElettronicaSemplificata';
}

/** @throws Refusal when a body has no document in it or a sum is none */
export function readFatturaPa(root: XmlElement): BookInvoice[] {
  const header = find(root, 'FatturaElettronicaHeader');
  const bodies = findAll(root, 'FatturaElettronicaBody');
  if (bodies.length === 0) throw new Refusal('no-invoice', 'The file holds no invoice (FatturaElettronicaBody).');
  return bodies.map((body, index) => readBody(root, header, body, index));
}

function readBody(root: XmlElement, header: XmlElement | undefined, body: XmlElement, index: number): BookInvoice {
  const general = find(body, 'DatiGenerali', 'DatiGeneraliDocumento');
  if (general === undefined)
    throw new Refusal('no-invoice', 'The invoice has no general data (DatiGeneraliDocumento).', {
      place: `line ${body.line}`,
      next: 'Ask your invoicing program for the file again.',
    });
  const transmission = root.attributes.get('versione') ?? textAt(header, 'DatiTrasmissione', 'FormatoTrasmissione');
  const type = textAt(general, 'TipoDocumento');
  const simplified =
    root.name === 'FatturaElettronicaSemplificata' ||
    transmission === 'FSM10' ||
    (type !== null && simplifiedTypes.has(type));
  const money =
    simplified && find(body, 'DatiBeniServizi', 'DatiRiepilogo') === undefined
      ? simplifiedMoney(body, general)
      : ordinaryMoney(body, general);
  return {
    index,
    syntax: simplified ? 'fatturapa-simplified' : 'fatturapa',
    transmission,
    kind: kindOf(type),
    type,
    number: textAt(general, 'Numero'),
    date: dayOf(textAt(general, 'Data')),
    // The exchange system takes no document without it; a program that leaves it out means euro.
    currency: textAt(general, 'Divisa') ?? 'EUR',
    ...money,
    refersTo: findAll(body, 'DatiGenerali', 'DatiFattureCollegate').flatMap((each) => {
      const number = textAt(each, 'IdDocumento');
      return number === null ? [] : [{ number, date: dayOf(textAt(each, 'Data')) }];
    }),
    seller: partyOf(find(header, 'CedentePrestatore')),
    buyer: buyerOf(header),
    iban: money.instalments.find((each) => each.iban)?.iban ?? null,
  };
}

function kindOf(type: string | null): InvoiceKind {
  if (type !== null && creditNotes.has(type)) return 'credit-note';
  return type !== null && writtenByBuyer.test(type) ? 'self-invoice' : 'invoice';
}

type Money = Pick<
  BookInvoice,
  | 'totalCents'
  | 'payableCents'
  | 'payableFrom'
  | 'withholdingCents'
  | 'splitPayment'
  | 'splitVatCents'
  | 'stampDutyCents'
  | 'summaryCents'
  | 'sumsAgree'
  | 'advanceOnly'
  | 'instalments'
>;

function ordinaryMoney(body: XmlElement, general: XmlElement): Money {
  const summaries = findAll(body, 'DatiBeniServizi', 'DatiRiepilogo');
  const split = summaries.filter((each) => textAt(each, 'EsigibilitaIVA') === 'S');
  const total = cents(general, 'ImportoTotaleDocumento');
  const computed = sumOf(summaries.flatMap((each) => [cents(each, 'ImponibileImporto'), cents(each, 'Imposta')]));
  const withholding = sumOf(findAll(general, 'DatiRitenuta').map((each) => cents(each, 'ImportoRitenuta')));
  const splitVat = sumOf(split.map((each) => cents(each, 'Imposta')));
  const instalments = findAll(body, 'DatiPagamento').flatMap(instalmentsOf);
  return {
    totalCents: total,
    ...payable(
      instalments,
      total === null && summaries.length === 0 ? null : (total ?? computed) - withholding - splitVat,
    ),
    withholdingCents: withholding,
    splitPayment: split.length > 0,
    splitVatCents: splitVat,
    stampDutyCents: cents(general, 'DatiBollo', 'ImportoBollo'),
    summaryCents: summaries.length === 0 ? null : computed,
    advanceOnly: instalments.length > 0 && instalments.every((each) => each.condition === 'TP03'),
    instalments,
  };
}

/** The simplified invoice (art. 21-bis DPR 633/1972) has sums with tax in its lines and no terms of payment. */
function simplifiedMoney(body: XmlElement, general: XmlElement): Money {
  const lines = sumOf(findAll(body, 'DatiBeniServizi').map((each) => cents(each, 'Importo')));
  const total = cents(general, 'ImportoTotaleDocumento');
  return {
    totalCents: total,
    ...payable([], total ?? lines),
    withholdingCents: 0,
    splitPayment: false,
    splitVatCents: 0,
    stampDutyCents: null,
    advanceOnly: false,
    instalments: [],
  };
}

/** @param left what total, withholding and split VAT leave; advances beside other instalments are paid already */
function payable(
  instalments: readonly BookInstalment[],
  left: number | null,
): Pick<Money, 'payableCents' | 'payableFrom' | 'sumsAgree'> {
  if (instalments.length === 0) return { payableCents: left, payableFrom: 'total', sumsAgree: null };
  const later = instalments.filter((each) => each.condition !== 'TP03');
  const sum = (parts: readonly BookInstalment[]) => sumOf(parts.map((each) => each.amountCents));
  return {
    payableCents: sum(later.length > 0 ? later : instalments),
    payableFrom: 'instalments',
    sumsAgree: left === null ? null : sum(instalments) === left,
  };
}

function instalmentsOf(payment: XmlElement): BookInstalment[] {
  const condition = textAt(payment, 'CondizioniPagamento');
  return findAll(payment, 'DettaglioPagamento').map((detail) => ({
    ...dueOf(detail),
    amountCents: cents(detail, 'ImportoPagamento') ?? 0,
    condition,
    method: textAt(detail, 'ModalitaPagamento'),
    iban: textAt(detail, 'IBAN'),
    reference: textAt(detail, 'CodicePagamento'),
    beneficiary: textAt(detail, 'Beneficiario'),
  }));
}

function dueOf(detail: XmlElement): Pick<BookInstalment, 'dueOn' | 'dueFrom'> {
  const stated = dayOf(textAt(detail, 'DataScadenzaPagamento'));
  if (stated !== null) return { dueOn: stated, dueFrom: 'stated' };
  const from = dayOf(textAt(detail, 'DataRiferimentoTerminiPagamento'));
  const days = textAt(detail, 'GiorniTerminiPagamento');
  if (from === null || days === null || !/^\d{1,3}$/.test(days)) return { dueOn: null, dueFrom: null };
  const due = new Date(Date.parse(from) + Number(days) * 86_400_000);
  return { dueOn: due.toISOString().slice(0, 10), dueFrom: 'terms' };
}

function buyerOf(header: XmlElement | undefined): BookParty {
  return {
    ...partyOf(find(header, 'CessionarioCommittente')),
    pec: textAt(header, 'DatiTrasmissione', 'PECDestinatario'),
    sdiCode: textAt(header, 'DatiTrasmissione', 'CodiceDestinatario'),
  };
}

function partyOf(party: XmlElement | undefined): BookParty {
  const data = find(party, 'DatiAnagrafici') ?? party;
  const person = [textAt(data, 'Anagrafica', 'Nome'), textAt(data, 'Anagrafica', 'Cognome')];
  const plain = [textAt(data, 'Nome'), textAt(data, 'Cognome')];
  const joined = [...person, ...plain].filter((part) => part !== null).join(' ');
  const ids = find(data, 'IdFiscaleIVA') ?? find(data, 'IdentificativiFiscali', 'IdFiscaleIVA');
  const country = textAt(ids, 'IdPaese');
  const code = textAt(ids, 'IdCodice');
  return {
    name:
      textAt(data, 'Anagrafica', 'Denominazione') ??
      textAt(data, 'Denominazione') ??
      textAt(data, 'AltriDatiIdentificativi', 'Denominazione') ??
      (joined === '' ? null : joined),
    vatId: code === null ? null : `${country ?? ''}${code}`,
    fiscalCode: textAt(data, 'CodiceFiscale') ?? textAt(data, 'IdentificativiFiscali', 'CodiceFiscale'),
  };
}

function cents(element: XmlElement, ...path: string[]): number | null {
  const at = find(element, ...path);
  return at === undefined || at.text === '' ? null : centsOf(at.text, `line ${at.line}, ${at.name}`);
}
