/**
 * What files have said of an invoice so far, and the comparison of three: what a file said before, what it says now,
 * what is on record. Only what a file says anew is taken, and only where the owner left the record as it was.
 */
import type { Invoice, InvoiceField, InvoiceState } from './invoice.ts';
import type { SeenCredit, SeenPayment } from './seen-payments.ts';
import type { LocalDay } from './time.ts';

/** What of an invoice a file may state, and an import may correct. */
export interface Statement {
  issuedOn: LocalDay;
  /** the one day, or the parts as {@link dueText} writes them */
  dueOn: string;
  /** in cents */
  total: number;
  project: string | null;
  /** in cents */
  disputed: number;
}

export interface Said {
  /** as a file, or else the first record, stated it the last time */
  fields: Partial<Statement>;
  /** what the owner has set by hand since */
  byHand: InvoiceField[];
  state: InvoiceState;
  /** the most that a file said came in, in cents; absent: none did */
  settled?: number;
  /** every one that a file has listed */
  payments: SeenPayment[];
  credits: SeenCredit[];
  /** other numbers and years that it had, or that files call it by; see {@link invoiceKey} */
  names: string[];
}

export const nothingSaid: Said = { fields: {}, byHand: [], state: 'open', payments: [], credits: [], names: [] };

export function statementOf(invoice: Invoice): Statement {
  const { issuedOn, project } = invoice;
  return {
    issuedOn,
    project,
    dueOn: dueText(invoice.instalments),
    total: invoice.totalCents,
    disputed: invoice.disputedCents,
  };
}

/** '2026-10-31', or '2026-10-31 40000; 2026-11-30 60000' of one that is due in several parts. */
export function dueText(parts: readonly { dueOn: LocalDay; amountCents: number }[]): string {
  const [only, second] = parts;
  if (only !== undefined && second === undefined) return only.dueOn;
  return parts
    .map((part) => `${part.dueOn} ${part.amountCents}`)
    .toSorted()
    .join('; ');
}

/**
 * @param said what was stated the last time
 * @param now what the file states; a member that is missing says nothing
 * @returns taken: what the record takes from the file; kept: where it stays, though the file says otherwise
 */
export function compareStated(
  { fields: before, byHand }: Pick<Said, 'fields' | 'byHand'>,
  now: Partial<Statement>,
  record: Statement,
): { taken: StatedField[]; kept: StatedField[] } {
  const differing = (Object.keys(now) as StatedField[]).filter((field) => now[field] !== record[field]);
  const isLeft = (field: StatedField) => before[field] === record[field] && !byHand.includes(field);
  const isTaken = (field: StatedField) => before[field] !== now[field] && isLeft(field);
  return { taken: differing.filter(isTaken), kept: differing.filter((field) => !isTaken(field)) };
}

export type StatedField = keyof Statement;
