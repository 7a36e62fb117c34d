/**
 * Money that the bank took back: which credit on the account it undoes. Certain only where something besides the sum
 * says so: the payer's reference, his account, his name, or the text of the credit itself. Pure.
 */
import type { BankLine } from './bank-line.ts';
import { plainSpelling } from './spelling.ts';
import type { LocalDay } from './time.ts';
import { addDays } from './time.ts';

/** A direct debit may be given back for eight weeks, without a mandate for thirteen months; transfers within days. */
const longestDays = 90;

export function takenBackSince(line: Pick<BankLine, 'bookedOn'>): LocalDay {
  return addDays(line.bookedOn, -longestDays);
}

const words =
  /\b(?:storno|stornat[oa]|insolut[oi]|respint[oa]|richiamo|reversal|reversed|returned|chargeback|ruckgabe|rueckgabe|rucklastschrift|ruecklastschrift|ruckbuchung|rueckbuchung|rejet|impaye)\b/;

/** Money that went out because an earlier credit did not stay; a debit of another kind is no business of invoices. */
export function takesBack(line: Pick<BankLine, 'amountCents' | 'reversal' | 'text'>): boolean {
  return line.amountCents < 0 && (line.reversal || words.test(plainSpelling(line.text)));
}

export type TakenBack =
  | { kind: 'certain'; line: BankLine; why: string }
  | { kind: 'question'; lines: BankLine[] }
  | { kind: 'none' };

/** @param credits of the same account and exactly this sum, booked before it, the newest first */
export function whatIsTakenBack(line: BankLine, credits: readonly BankLine[]): TakenBack {
  const linked = credits.flatMap((credit) => {
    const why = link(line, credit);
    return why === undefined ? [] : [{ line: credit, why }];
  });
  const [only] = linked;
  if (only !== undefined && linked.length === 1) return { kind: 'certain', ...only };
  if (linked.length > 1) return { kind: 'question', lines: linked.map((each) => each.line) };
  return credits.length === 0 ? { kind: 'none' } : { kind: 'question', lines: [...credits] };
}

/** 'BIANCHI  S.R.L.' is 'Bianchi Srl'. */
function lettersOf(name: string | null): string {
  return plainSpelling(name ?? '').replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function link(line: BankLine, credit: BankLine): string | undefined {
  if (line.endToEnd !== null && line.endToEnd === credit.endToEnd) return `the same reference ${line.endToEnd}`;
  const reference = credit.bankReference;
  if (reference !== null && reference.length >= 6 && `${line.text} ${line.bankReference}`.includes(reference))
    return `it names the bank's reference ${reference}`;
  if (line.payerIban !== null && line.payerIban === credit.payerIban) return `the same account ${line.payerIban}`;
  const [name, other] = [lettersOf(line.payerName), lettersOf(credit.payerName)];
  if (name !== '' && name === other) return `the same name ${credit.payerName}`;
  const text = plainSpelling(credit.text);
  return text.length >= 6 && plainSpelling(line.text).includes(text)
    ? 'it repeats the text of that payment'
    : undefined;
}
