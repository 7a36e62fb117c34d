/** A month for the accountant, with the names and numbers of the clients; and the same as a file. Reads only. */
import { accountsOf, type Month, type MonthOfAccounts } from '../../rules/accounts.ts';
import { sumsByCurrency, type Sum } from '../../rules/money.ts';
import type { LocalDay } from '../../rules/time.ts';
import { clientById } from '../../store/clients.ts';
import type { Reader } from '../../store/database.ts';
import { listInvoices } from '../../store/invoices.ts';
import { writeCsv } from '../csv.ts';
import { fileMoney } from '../values.ts';

export const accountParts = ['invoiced', 'credited', 'received', 'open', 'doubtful'] as const;
export type AccountPart = (typeof accountParts)[number];

/** One line of any part. */
export interface AccountLine {
  /** of issue, of the credit note, of receipt; the due day of what is open */
  on: LocalDay;
  number: string;
  client: string;
  /** VAT number, else tax code; '' when neither is known */
  taxId: string;
  currency: string;
  cents: number;
  note: AccountNote | null;
}

export type AccountNote =
  | { what: 'withheld'; cents: number }
  | { what: 'credit-note'; number: string }
  | { what: 'reference'; text: string }
  | { what: 'by-hand' }
  | { what: 'disputed' | 'written-off' | 'long-overdue' };

export interface AccountsView extends Month {
  parts: Record<AccountPart, { lines: AccountLine[]; totals: Sum[] }>;
}

export function viewAccounts(r: Reader, month: Month): AccountsView {
  const made = accountsOf(listInvoices(r), month);
  const parts = linesOf(r, made);
  const withTotals = (lines: AccountLine[]) => ({ lines, totals: sumsByCurrency(lines) });
  return {
    first: month.first,
    last: month.last,
    parts: {
      invoiced: withTotals(parts.invoiced),
      credited: withTotals(parts.credited),
      received: withTotals(parts.received),
      open: withTotals(parts.open),
      doubtful: withTotals(parts.doubtful),
    },
  };
}

function linesOf(r: Reader, made: MonthOfAccounts): Record<AccountPart, AccountLine[]> {
  const line = (
    { clientId, number, currency, cents }: { clientId: number; number: string; currency: string; cents: number },
    on: LocalDay,
    note: AccountNote | null,
  ): AccountLine => ({ on, number, ...whoIs(r, clientId), currency, cents, note });
  return {
    invoiced: made.invoiced.map((one) =>
      line(one, one.on, one.withheldCents === 0 ? null : { what: 'withheld', cents: one.withheldCents }),
    ),
    credited: made.credited.map((one) =>
      line(one, one.on, one.note === null ? null : { what: 'credit-note', number: one.note }),
    ),
    received: made.received.map((one) => line(one, one.on, noteOf(one))),
    open: made.open.map((one) => line(one, one.dueOn, null)),
    doubtful: made.doubtful.map((one) => line(one, one.dueOn, { what: one.why })),
  };
}

function noteOf({ reference, isProven }: MonthOfAccounts['received'][number]): AccountNote | null {
  if (reference !== null) return { what: 'reference', text: reference };
  return isProven ? null : { what: 'by-hand' };
}

function whoIs(r: Reader, id: number): { client: string; taxId: string } {
  const client = clientById(r, id);
  const { vat = [], tax = [] } = client?.references ?? {};
  return { client: client?.name ?? '', taxId: vat[0] ?? tax[0] ?? '' };
}

/** @param words the headings, the names of the parts and the notes, in the language of the reader */
export function accountsFile(
  view: AccountsView,
  words: { headings: readonly string[]; part(part: AccountPart): string; note(line: AccountLine): string },
): string {
  const rows = accountParts.flatMap((part) =>
    view.parts[part].lines.map((line) => [
      ...[words.part(part), line.on, line.number, line.client, line.taxId, line.currency],
      ...[fileMoney(line.cents, line.currency), words.note(line)],
    ]),
  );
  return writeCsv([words.headings, ...rows]);
}
