/** Lines of the bank as they are shown: what waits for the owner's word, with names for the numbers. Reads only. */
import type { BankLine, LineChoice } from '../../rules/bank-line.ts';
import { openCents } from '../../rules/invoice.ts';
import type { Evidence } from '../../rules/match-payments.ts';
import type { Sum } from '../../rules/money.ts';
import type { LocalDay } from '../../rules/time.ts';
import { listLines } from '../../store/bank-lines.ts';
import { accounts } from '../../store/book-files.ts';
import { clientName } from '../../store/clients.ts';
import type { Reader } from '../../store/database.ts';
import { invoiceById } from '../../store/invoices.ts';

export interface LineView {
  line: BankLine;
  /** in the order by which they are answered, from 1 */
  choices: ChoiceView[];
}

export interface ChoiceView {
  kind: LineChoice['kind'];
  /** null: nobody's */
  client: string | null;
  /** what it pays; empty unless it pays */
  pays: { number: string; sum: Sum }[];
  evidence: Evidence[];
}

/** Lines that wait for the owner's word, the oldest first. */
export function viewQuestions(r: Reader): LineView[] {
  return listLines(r, { states: ['question'] })
    .toReversed()
    .map((line) => viewLine(r, line));
}

export function viewLine(r: Reader, line: BankLine): LineView {
  return { line, choices: line.choices.map((choice) => viewChoice(r, line, choice)) };
}

function viewChoice(r: Reader, line: BankLine, choice: LineChoice): ChoiceView {
  const client = choice.clientId > 0 ? (clientName(r, choice.clientId) ?? null) : null;
  const allocations = choice.kind === 'pays' ? choice.allocations : [];
  const pays = allocations.flatMap(({ invoiceId, cents }) => {
    const invoice = invoiceById(r, invoiceId);
    if (invoice === undefined) return [];
    // money in another currency counts as what was open
    const sum =
      cents > 0 ? { cents, currency: line.currency } : { cents: openCents(invoice), currency: invoice.currency };
    return [{ number: invoice.number, sum }];
  });
  return { kind: choice.kind, client, pays, evidence: choice.evidence };
}

/** Who the numbers of an evidence are. */
export function nameOfClient(r: Reader, id: number): string {
  return clientName(r, id) ?? '';
}

/** Up to which day each account is known. */
export function viewAccounts(r: Reader): { number: string; readTo: LocalDay | null }[] {
  return accounts(r).map(({ number, readTo }) => ({ number, readTo }));
}
