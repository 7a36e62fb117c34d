/** Small files of each format, written for these tests, with what each says. Sellers and buyers are invented. */
import { deflateRawSync, deflateSync } from 'node:zlib';

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

export const fatturaPa = (body = ordinaryBody(), version = 'FPR12'): string => `<?xml version="1.0" encoding="UTF-8"?>
<p:FatturaElettronica versione="${version}" xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2">
 <FatturaElettronicaHeader>
  <DatiTrasmissione><FormatoTrasmissione>${version}</FormatoTrasmissione><CodiceDestinatario>0000000</CodiceDestinatario>
   <PECDestinatario>bianchi@pec.example</PECDestinatario></DatiTrasmissione>
  <CedentePrestatore><DatiAnagrafici><IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>01234567890</IdCodice></IdFiscaleIVA>
   <CodiceFiscale>RSSNNA80A41H501U</CodiceFiscale><Anagrafica><Nome>Anna</Nome><Cognome>Rossi</Cognome></Anagrafica></DatiAnagrafici></CedentePrestatore>
  <CessionarioCommittente><DatiAnagrafici><IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>09876543210</IdCodice></IdFiscaleIVA>
   <Anagrafica><Denominazione>Bianchi S.r.l.</Denominazione></Anagrafica></DatiAnagrafici></CessionarioCommittente>
 </FatturaElettronicaHeader>
 ${body}
</p:FatturaElettronica>`;

export const ordinaryBody = (
  changes: { type?: string; number?: string; payment?: string; general?: string; summary?: string } = {},
): string => `<FatturaElettronicaBody>
  <DatiGenerali><DatiGeneraliDocumento><TipoDocumento>${changes.type ?? 'TD01'}</TipoDocumento><Divisa>EUR</Divisa><Data>2026-10-05</Data>
   <Numero>${changes.number ?? '12/A'}</Numero>${changes.general ?? ''}<ImportoTotaleDocumento>1220.00</ImportoTotaleDocumento></DatiGeneraliDocumento></DatiGenerali>
  <DatiBeniServizi>${changes.summary ?? '<DatiRiepilogo><AliquotaIVA>22.00</AliquotaIVA><ImponibileImporto>1000.00</ImponibileImporto><Imposta>220.00</Imposta></DatiRiepilogo>'}</DatiBeniServizi>
  ${changes.payment ?? payment('2026-11-04', '1220.00')}
 </FatturaElettronicaBody>`;

export const payment = (dueOn: string, amount: string, condition = 'TP02'): string =>
  `<DatiPagamento><CondizioniPagamento>${condition}</CondizioniPagamento><DettaglioPagamento><ModalitaPagamento>MP05</ModalitaPagamento>
   ${dueOn === '' ? '' : `<DataScadenzaPagamento>${dueOn}</DataScadenzaPagamento>`}<ImportoPagamento>${amount}</ImportoPagamento><IBAN>IT60X0542811101000000123456</IBAN></DettaglioPagamento></DatiPagamento>`;

export const ubl = `<?xml version="1.0"?><Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="c" xmlns:cbc="b">
<cbc:ID>2026/77</cbc:ID><cbc:IssueDate>2026-10-05</cbc:IssueDate><cbc:DueDate>2026-11-04</cbc:DueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Studio Rossi</cbc:Name></cac:PartyName><cac:PartyTaxScheme><cbc:CompanyID>IT01234567890</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme></cac:Party></cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>Harbour Books Ltd</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
<cac:PaymentMeans><cbc:PaymentID>2026-77</cbc:PaymentID><cac:PayeeFinancialAccount><cbc:ID>IT60 X054 2811 1010 0000 0123 456</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
<cac:LegalMonetaryTotal><cbc:TaxInclusiveAmount currencyID="EUR">500.00</cbc:TaxInclusiveAmount><cbc:PrepaidAmount currencyID="EUR">100.00</cbc:PrepaidAmount><cbc:PayableAmount currencyID="EUR">400.00</cbc:PayableAmount></cac:LegalMonetaryTotal></Invoice>`;

export const cii = `<?xml version="1.0"?><rsm:CrossIndustryInvoice xmlns:rsm="r" xmlns:ram="a" xmlns:udt="u">
<rsm:ExchangedDocument><ram:ID>RE-9</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime><udt:DateTimeString format="102">20261005</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>Studio Rossi</ram:Name></ram:SellerTradeParty><ram:BuyerTradeParty><ram:Name>Kunde GmbH</ram:Name></ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString format="102">20261104</udt:DateTimeString></ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:GrandTotalAmount currencyID="USD">640.00</ram:GrandTotalAmount><ram:GrandTotalAmount currencyID="EUR">595.00</ram:GrandTotalAmount><ram:DuePayableAmount>595.00</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>`;

export const camt = `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>S1</Id><Acct><Id><IBAN>IT60X0542811101000000123456</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-02</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-03</Dt></Dt></Bal>
<Ntry><Amt Ccy="EUR">1220.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-03</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>Bianchi S.r.l.</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>DE02120300000000202051</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>Saldo fatt. 12/A</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">220.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-03</Dt></BookgDt><NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Verdi</Nm></Dbtr><Cdtr><Nm>Studio Rossi</Nm></Cdtr></RltdPties></TxDtls></NtryDtls></Ntry>
</Stmt></BkToCstmrStmt></Document>`;

export const mt940 = [
  ':20:STMT1',
  ':25:10020030/1234567',
  ':28C:5/1',
  ':60F:C261101EUR100,00',
  ':61:2611021103C1220,00NTRFNONREF//5555',
  ':86:166?00GUTSCHRIFT?20EREF+E2E-9?21SVWZ+Rechnung 12?31DE02120300000000202051?32Kunde',
  '?33 GmbH',
  ':61:2602300228RC20,NTRFNONREF',
  ':86:/NAME/B. Jansen/REMI/factuur 7/EREF/NOTPROVIDED/',
  ':62F:C261103EUR1300,00',
  '-',
].join('\r\n');

export const ofx = `OFXHEADER:100
DATA:OFXSGML

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>77</BANKACCTFROM><BANKTRANLIST>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261103120000[-5:EST]<TRNAMT>1.220,00<FITID>a1<NAME>Bianchi &amp; C.<MEMO>fatt. 12/A</STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260231<TRNAMT>-5<FITID>a2</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>100.00<DTASOF>20261103</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;

export const qif = "!Type:Bank\nD13/11'26\nT1,220.00\nPBianchi\nMfatt. 12/A\n^\nD05/11'26\nT-5.00\n^\n";

/** A PDF with one embedded stream, as Factur-X puts it there. */
export function pdfWith(xml: string): Uint8Array {
  const stream = deflateSync(Buffer.from(xml));
  return Buffer.concat([
    Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile /Filter /FlateDecode >>\nstream\n'),
    stream,
    Buffer.from('\nendstream\nendobj\n%%EOF\n'),
  ]);
}

/** A ZIP of deflated files. */
export function zipOf(files: Record<string, Uint8Array>): Uint8Array {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const data = deflateRawSync(bytes);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt32LE(bytes.length, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(bytes.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), data);
    entries.push(entry, Buffer.from(name));
    offset += 30 + name.length + data.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** DER of one element. */
export function der(tag: number, ...contents: Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  const length = body.length < 0x80 ? Buffer.from([body.length]) : Buffer.from([0x84, ...uint32(body.length)]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
}

function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));

/** A signed file around these bytes; 'chunks' as BER streams write it, 'detached' without them. */
export function signed(bytes: Uint8Array, how: 'whole' | 'chunks' | 'detached' = 'whole'): Buffer {
  const half = Math.floor(bytes.length / 2);
  const content =
    how === 'whole' ? der(0x04, bytes) : der(0x24, der(0x04, bytes.subarray(0, half)), der(0x04, bytes.subarray(half)));
  const encapsulated = der(0x30, oid('2a864886f70d010701'), ...(how === 'detached' ? [] : [der(0xa0, content)]));
  const filler = der(0x31, Buffer.alloc(200));
  const data = der(0x30, der(0x02, Buffer.from([1])), filler, encapsulated, filler);
  return der(0x30, oid('2a864886f70d010702'), der(0xa0, data));
}
