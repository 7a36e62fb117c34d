/** Files of invoices and banks for the stories, as programs write them; sellers, buyers and payers are invented. */

export const ownVat = '01234567890';
export const ownAccount = 'IT60X0542811101000000123456';

export interface Doc {
  type?: string;
  number?: string;
  date?: string;
  total?: string;
  seller?: string;
  buyer?: string;
  buyerName?: string;
  withholding?: string;
  split?: boolean;
  pec?: string;
  /** [day, sum] */
  payments?: [string, string][];
  refersTo?: [string, string];
}

export function fattura(doc: Doc): Buffer {
  const { type = 'TD01', number = '14/2026', date = '2026-10-01', total = '1220.00', buyerName = 'Bianchi Srl' } = doc;
  const { seller = ownVat, buyer = '09876543217', payments = [['2026-10-31', total]], refersTo } = doc;
  const { pec = 'bianchi@pec.example' } = doc;
  const vat = (Number(total) - Number(total) / 1.22).toFixed(2);
  const party = (vatId: string, name: string) =>
    `<DatiAnagrafici><IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>${vatId}</IdCodice></IdFiscaleIVA><Anagrafica><Denominazione>${name}</Denominazione></Anagrafica></DatiAnagrafici>`;
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<p:FatturaElettronica versione="FPR12" xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2">
<FatturaElettronicaHeader><DatiTrasmissione><PECDestinatario>${pec}</PECDestinatario></DatiTrasmissione>
<CedentePrestatore>${party(seller, 'Studio Rossi')}</CedentePrestatore>
<CessionarioCommittente>${party(buyer, buyerName)}</CessionarioCommittente></FatturaElettronicaHeader>
<FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento><TipoDocumento>${type}</TipoDocumento><Divisa>EUR</Divisa>
<Data>${date}</Data><Numero>${number}</Numero>
${doc.withholding === undefined ? '' : `<DatiRitenuta><TipoRitenuta>RT01</TipoRitenuta><ImportoRitenuta>${doc.withholding}</ImportoRitenuta></DatiRitenuta>`}
<ImportoTotaleDocumento>${total}</ImportoTotaleDocumento></DatiGeneraliDocumento>
${refersTo === undefined ? '' : `<DatiFattureCollegate><IdDocumento>${refersTo[0]}</IdDocumento><Data>${refersTo[1]}</Data></DatiFattureCollegate>`}
</DatiGenerali><DatiBeniServizi><DatiRiepilogo><AliquotaIVA>22.00</AliquotaIVA>
<ImponibileImporto>${(Number(total) - Number(vat)).toFixed(2)}</ImponibileImporto><Imposta>${vat}</Imposta>
${doc.split === true ? '<EsigibilitaIVA>S</EsigibilitaIVA>' : ''}</DatiRiepilogo></DatiBeniServizi>
${payments.map(([day, sum]) => `<DatiPagamento><CondizioniPagamento>TP02</CondizioniPagamento><DettaglioPagamento><ModalitaPagamento>MP05</ModalitaPagamento>${day === '' ? '' : `<DataScadenzaPagamento>${day}</DataScadenzaPagamento>`}<ImportoPagamento>${sum}</ImportoPagamento></DettaglioPagamento></DatiPagamento>`).join('\n')}
</FatturaElettronicaBody></p:FatturaElettronica>`);
}

export type Row = [day: string, cents: number, name: string, text: string, iban?: string];

/** A file as N26 writes it; days of Rome. */
export function bankCsv(rows: readonly Row[]): Buffer {
  const lines = rows.map(
    ([day, cents, name, text, iban = '']) =>
      `"${day}","${day}","${name}","${iban}","Credit Transfer","${text}","Main","${(cents / 100).toFixed(2)}","","",""`,
  );
  const head =
    '"Booking Date","Value Date","Partner Name","Partner Iban","Type","Payment Reference","Account Name","Amount (EUR)","Original Amount","Original Currency","Exchange Rate"';
  return Buffer.from(`${[head, ...lines].join('\n')}\n`);
}

/** Statement of an account; sums of movements, with what CAMT says of each. */
export function camt(rows: readonly Row[], more: { reversal?: boolean; endToEnd?: string } = {}): Buffer {
  const entry = ([
    day,
    cents,
    name,
    text,
    iban,
  ]: Row) => `<Ntry><Amt Ccy="EUR">${(Math.abs(cents) / 100).toFixed(2)}</Amt>
    <CdtDbtInd>${cents < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd>${more.reversal === true ? '<RvslInd>true</RvslInd>' : ''}<Sts>BOOK</Sts>
    <BookgDt><Dt>${day}</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>${more.endToEnd ?? 'NOTPROVIDED'}</EndToEndId></Refs>
    <RltdPties><Dbtr><Nm>${name}</Nm></Dbtr>${iban === undefined ? '' : `<DbtrAcct><Id><IBAN>${iban}</IBAN></Id></DbtrAcct>`}</RltdPties>
    <RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">
    <BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id><Acct><Id><IBAN>${ownAccount}</IBAN></Id><Ccy>EUR</Ccy></Acct>
    ${rows.map((row) => entry(row)).join('\n')}</Stmt></BkToCstmrStmt></Document>`);
}
