/**
 * ISO 20022 account messages: camt.052 (report), camt.053 (statement), camt.054 (notification), versions 1 to 13, alone
 * or inside another envelope. Namespaces are not looked at: banks write wrong ones.
 */
import { Refusal } from './refusal.ts';
import type { BookBalance, BookEntry, BookStatement, EntryStatus } from './rows.ts';
import { centsOf, dayOf } from './sums.ts';
import { everyElement, find, findAll, textAt, type XmlElement } from './xml.ts';

const kinds: Record<string, string> = { Stmt: 'statement', Rpt: 'report', Ntfctn: 'notification' };
const containers = new Set([
  'BkToCstmrStmt',
  'BkToCstmrAcctRpt',
  'BkToCstmrDbtCdtNtfctn',
  'BkToCstmrStmtV01',
  'BkToCstmrAcctRptV01',
  'BkToCstmrDbtCdtNtfctnV01',
]);

export function isCamt(root: XmlElement): boolean {
  return everyElement(root, containers).length > 0;
}

/** @throws Refusal 'no-statement', 'bad-sum' */
export function readCamt(root: XmlElement, text: string): BookStatement[] {
  const message = /camt\.05[234]\.001\.\d{2}/.exec(text.slice(0, 5000))?.[0] ?? null;
  const statements = everyElement(root, containers).flatMap((each) =>
    each.children.filter((child) => child.name in kinds),
  );
  if (statements.length === 0)
    throw new Refusal('no-statement', 'The message holds no statement: it is empty.', {
      next: 'Export a period with movements.',
    });
  return statements.map((each, index) => readStatement(each, index, message));
}

function readStatement(statement: XmlElement, index: number, message: string | null): BookStatement {
  const account = find(statement, 'Acct');
  const balances = findAll(statement, 'Bal');
  const currency = currencyOf(statement);
  const opening = balanceOf(balances, ['OPBD', 'PRCD']);
  const closing = balanceOf(balances, ['CLBD']);
  const entries = findAll(statement, 'Ntry').map(readEntry);
  return {
    index,
    message,
    kind: kinds[statement.name] as string,
    id: textAt(statement, 'Id'),
    sequence: textAt(statement, 'ElctrncSeqNb') ?? textAt(statement, 'LglSeqNb'),
    account:
      textAt(account, 'Id', 'IBAN') ?? textAt(account, 'Id', 'Othr', 'Id') ?? textAt(account, 'Id', 'PrtryAcct', 'Id'),
    owner: textAt(account, 'Ownr', 'Nm'),
    currency,
    opening,
    closing,
    balances: [...new Set(balances.map(codeOf).filter((code) => code !== null))].sort(),
    entries,
    sumsAgree: sumsAgree(opening, closing, entries),
  };
}

/** Of the account; where a bank leaves that out, of what it lists. */
function currencyOf(statement: XmlElement): string | null {
  const listed = find(statement, 'Ntry', 'Amt') ?? find(statement, 'Bal', 'Amt');
  return textAt(statement, 'Acct', 'Ccy') ?? listed?.attributes.get('Ccy') ?? null;
}

/** Entries of other currencies and pending ones do not count; nothing can be said without both balances. */
function sumsAgree(
  opening: BookBalance | null,
  closing: BookBalance | null,
  entries: readonly BookEntry[],
): boolean | null {
  if (opening === null || closing === null) return null;
  const booked = entries.filter((each) => each.status !== 'PDNG' && each.status !== 'INFO');
  const sum = booked.reduce((total, each) => total + (each.amountCents ?? 0), opening.amountCents);
  return sum === closing.amountCents && opening.currency === closing.currency;
}

function codeOf(balance: XmlElement): string | null {
  return (
    textAt(balance, 'Tp', 'CdOrPrtry', 'Cd') ??
    textAt(balance, 'Tp', 'CdOrPrtry', 'Prtry') ??
    textAt(balance, 'Tp', 'Cd')
  );
}

function balanceOf(balances: readonly XmlElement[], codes: readonly string[]): BookBalance | null {
  for (const code of codes) {
    const found = balances.find((each) => codeOf(each) === code);
    const amount = found === undefined ? null : signed(found);
    if (found !== undefined && amount !== null)
      return {
        amountCents: amount,
        currency: find(found, 'Amt')?.attributes.get('Ccy') ?? null,
        date: dateAt(found, 'Dt'),
        sub: textAt(found, 'Tp', 'SubTp', 'Cd'),
      };
  }
  return null;
}

/** A sum without an indicator is a credit: a Lithuanian bank leaves it out. */
function signed(element: XmlElement): number | null {
  const amount = find(element, 'Amt');
  const cents = centsOf(amount?.text ?? null, `line ${element.line}, Amt`);
  return cents === null || textAt(element, 'CdtDbtInd') !== 'DBIT' ? cents : -cents;
}

function dateAt(element: XmlElement, ...path: string[]): string | null {
  const at = find(element, ...path);
  return dayOf(textAt(at, 'Dt')) ?? dayOf(textAt(at, 'DtTm')) ?? dayOf(at?.text ?? null);
}

function readEntry(entry: XmlElement): BookEntry {
  const details = findAll(entry, 'NtryDtls', 'TxDtls');
  const amount = signed(entry);
  const debit = textAt(entry, 'CdtDbtInd') === 'DBIT';
  const reversal = textAt(entry, 'RvslInd') === 'true' || textAt(entry, 'RvslInd') === '1';
  const parts = details.map((each) => readPart(each, debit, reversal, details.length > 1));
  const { amountCents: _, currency: __, ...own } = parts[0] ?? { amountCents: null, currency: null, ...nothing };
  return {
    bookingDate: dateAt(entry, 'BookgDt'),
    valueDate: dateAt(entry, 'ValDt'),
    amountCents: amount,
    amount: textAt(entry, 'Amt'),
    currency: find(entry, 'Amt')?.attributes.get('Ccy') ?? null,
    status: statusOf(entry),
    reversal,
    bankReference: textAt(entry, 'AcctSvcrRef'),
    batch: batchOf(entry),
    information: textAt(entry, 'AddtlNtryInf'),
    charges: chargesOf(entry),
    code: codeOfEntry(entry),
    line: entry.line,
    ...(parts.length > 1 ? { parts, counterparty: null, remittance: null, partsSum: partsSum(entry, parts) } : own),
  };
}

function statusOf(entry: XmlElement): EntryStatus | null {
  const status = textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts');
  return status === 'BOOK' || status === 'PDNG' || status === 'INFO' ? status : null;
}

function batchOf(entry: XmlElement): number | null {
  const number = textAt(entry, 'NtryDtls', 'Btch', 'NbOfTxs');
  return number !== null && /^\d{1,9}$/.test(number) ? Number(number) : null;
}

function chargesOf(entry: XmlElement) {
  const records = [
    ...findAll(entry, 'Chrgs'),
    ...findAll(entry, 'Chrgs', 'Rcrd'),
    ...findAll(entry, 'NtryDtls', 'TxDtls', 'Chrgs'),
    ...findAll(entry, 'NtryDtls', 'TxDtls', 'Chrgs', 'Rcrd'),
  ];
  return records.flatMap((each) => {
    const amount = find(each, 'Amt');
    const cents = centsOf(amount?.text ?? null, `line ${each.line}, Chrgs`);
    return cents === null || cents === 0
      ? []
      : [{ amountCents: cents, currency: amount?.attributes.get('Ccy') ?? null, sign: textAt(each, 'CdtDbtInd') }];
  });
}

function codeOfEntry(entry: XmlElement): string | null {
  const domain = find(entry, 'BkTxCd', 'Domn');
  const parts = [textAt(domain, 'Cd'), textAt(domain, 'Fmly', 'Cd'), textAt(domain, 'Fmly', 'SubFmlyCd')];
  return parts[0] === null ? textAt(entry, 'BkTxCd', 'Prtry', 'Cd') : parts.join('/');
}

const nothing = {
  counterparty: null,
  counterpartyIban: null,
  counterpartyAccount: null,
  ultimate: null,
  remittance: null,
  reference: null,
  documents: [] as string[],
  additional: [] as string[],
  endToEndId: null,
  mandate: null,
  returnReason: null,
};

/**
 * The other side of money that left this account is the creditor, of money that came the debtor; a reversal turns the
 * sign of the sum and not these roles. In a batch each part may have a sign of its own.
 */
function readPart(details: XmlElement, entryDebit: boolean, reversal: boolean, inBatch: boolean) {
  const own = inBatch ? textAt(details, 'CdtDbtInd') : null;
  const debit = own === null ? entryDebit : own === 'DBIT';
  const paidByUs = debit !== reversal;
  const parties = find(details, 'RltdPties');
  const side = paidByUs ? 'Cdtr' : 'Dbtr';
  const account = find(parties, `${side}Acct`);
  const amount =
    find(details, 'Amt') ?? find(details, 'AmtDtls', 'TxAmt', 'Amt') ?? find(details, 'AmtDtls', 'InstdAmt', 'Amt');
  const cents = centsOf(amount?.text ?? null, `line ${details.line}, Amt`);
  const remittance = find(details, 'RmtInf');
  const structured = findAll(remittance, 'Strd');
  return {
    amountCents: cents !== null && debit ? -cents : cents,
    currency: amount?.attributes.get('Ccy') ?? null,
    counterparty: nameOf(find(parties, side)),
    counterpartyIban: textAt(account, 'Id', 'IBAN'),
    counterpartyAccount: textAt(account, 'Id', 'Othr', 'Id') ?? textAt(account, 'Id', 'PrtryAcct', 'Id'),
    ultimate: nameOf(find(parties, `Ultmt${side}`)),
    remittance: joined(findAll(remittance, 'Ustrd')),
    reference:
      structured
        .map((each) => textAt(each, 'CdtrRefInf', 'Ref') ?? textAt(each, 'CdtrRefInf', 'CdtrRef'))
        .find((text) => text !== null) ?? null,
    documents: structured.flatMap((each) => findAll(each, 'RfrdDocInf', 'Nb').map((number) => number.text)),
    additional: structured.flatMap((each) => findAll(each, 'AddtlRmtInf').map((text) => text.text)),
    endToEndId: provided(textAt(details, 'Refs', 'EndToEndId')),
    mandate: provided(textAt(details, 'Refs', 'MndtId')),
    returnReason: textAt(details, 'RtrInf', 'Rsn', 'Cd') ?? textAt(details, 'RtrInf', 'RtrRsn', 'Cd'),
  };
}

/** Since version 8 a party stands one level deeper. */
function nameOf(party: XmlElement | undefined): string | null {
  return textAt(party, 'Nm') ?? textAt(party, 'Pty', 'Nm') ?? textAt(party, 'Agt', 'FinInstnId', 'Nm');
}

function provided(text: string | null): string | null {
  return text === 'NOTPROVIDED' ? null : text;
}

function joined(lines: readonly XmlElement[]): string | null {
  const text = lines
    .map((line) => line.text)
    .filter((line) => line !== '')
    .join(' ');
  return text === '' ? null : text;
}

/** Whether the parts of a batch are its sum; nothing is said of other currencies. */
function partsSum(entry: XmlElement, parts: readonly ReturnType<typeof readPart>[]): boolean | null {
  const amount = find(entry, 'Amt');
  const currency = amount?.attributes.get('Ccy');
  if (parts.some((part) => part.amountCents === null || part.currency !== currency)) return null;
  return parts.reduce((sum, part) => sum + (part.amountCents ?? 0), 0) === signed(entry);
}
