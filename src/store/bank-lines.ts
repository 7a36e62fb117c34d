/**
 * The lines of bank files, whose letters wait for a question about one, and whose account a payer's IBAN was confirmed
 * to be. A line comes in once, whatever file it is in, and moves from state to state only as rules/bank-line allows.
 */
import { AppError } from '../errors.ts';
import { type BankLine, type LineChoice, lineMoves, type LineState } from '../rules/bank-line.ts';
import type { IbanOwners } from '../rules/match-payments.ts';
import type { Reason } from '../rules/reason.ts';
import { type LocalDay, toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { addHold, endHold } from './holds.ts';
import { atMost, Conditions, insertInto, reasonIn, reasonOut } from './rows.ts';

export interface NewBankLine {
  /** by what the same line is known in another file of the account */
  key: string;
  accountId: number;
  fileId: number;
  place: string;
  bookedOn: LocalDay;
  amountCents: number;
  currency: string;
  payerName: string | null;
  payerIban: string | null;
  text: string;
  bankReference: string | null;
  endToEnd: string | null;
  reversal: boolean;
}

interface LineRow {
  id: number;
  account: string;
  file: string;
  place: string;
  booked_on: LocalDay;
  amount_cents: number;
  currency: string;
  payer_name: string | null;
  payer_iban: string | null;
  text: string;
  bank_reference: string | null;
  end_to_end: string | null;
  reversal: number;
  state: LineState;
  why: string;
  choices: string;
  decided_by: 'rule' | 'owner';
  pair_id: number | null;
}

const select = `SELECT l.*, a.number AS account, f.name AS file FROM bank_lines l
  JOIN accounts a ON a.id = l.account_id JOIN book_files f ON f.id = l.file_id`;

function toLine(row: LineRow): BankLine {
  const { id, account, file, place, currency, text, state } = row;
  return {
    id,
    account,
    file,
    place,
    currency,
    text,
    state,
    why: reasonIn(row.why),
    bookedOn: row.booked_on,
    amountCents: row.amount_cents,
    payerName: row.payer_name,
    payerIban: row.payer_iban,
    bankReference: row.bank_reference,
    endToEnd: row.end_to_end,
    reversal: row.reversal === 1,
    choices: JSON.parse(row.choices) as LineChoice[],
    decidedBy: row.decided_by,
    pairId: row.pair_id,
  };
}

/** @returns undefined when the line is on record already */
export function addLine(w: Writer, line: NewBankLine): number | undefined {
  const known = w.get('SELECT 1 FROM bank_lines WHERE key = ?', line.key);
  if (known !== undefined) return undefined;
  return insertInto(w, 'bank_lines', {
    key: line.key,
    account_id: line.accountId,
    file_id: line.fileId,
    place: line.place,
    text: line.text,
    booked_on: line.bookedOn,
    amount_cents: line.amountCents,
    currency: line.currency,
    payer_name: line.payerName,
    payer_iban: line.payerIban,
    bank_reference: line.bankReference,
    end_to_end: line.endToEnd,
    reversal: line.reversal ? 1 : 0,
    state: 'new',
    decided_at: toIso(w.now),
  });
}

/** How many lines of that day and sum the account has from files of another format. */
export function countFromOthers(
  r: Reader,
  of: Pick<NewBankLine, 'accountId' | 'bookedOn' | 'amountCents' | 'currency'> & { format: string },
): number {
  return (
    r.get<{ n: number }>(
      `SELECT count(*) AS n FROM bank_lines l JOIN book_files f ON f.id = l.file_id
       WHERE l.account_id = ? AND l.booked_on = ? AND l.amount_cents = ? AND l.currency = ? AND f.format <> ?`,
      ...[of.accountId, of.bookedOn, of.amountCents, of.currency, of.format],
    )?.n ?? 0
  );
}

export function lineById(r: Reader, id: number): BankLine | undefined {
  const row = r.get<LineRow>(`${select} WHERE l.id = ?`, id);
  return row && toLine(row);
}

export interface LineFilter {
  states?: readonly LineState[];
  bookedFrom?: LocalDay;
  limit?: number;
}

/** The newest first. */
export function listLines(r: Reader, { states, bookedFrom, limit }: LineFilter = {}): BankLine[] {
  const { where, values } = ofStates(states).given('l.booked_on >= ?', bookedFrom);
  return r
    .all<LineRow>(`${select} ${where} ORDER BY l.booked_on DESC, l.id DESC ${atMost(limit)}`, ...values)
    .map(toLine);
}

function ofStates(states: readonly LineState[] | undefined): Conditions {
  const conditions = new Conditions();
  if (states !== undefined) conditions.add(`l.state IN (${states.map((state) => `'${state}'`).join(', ')})`);
  return conditions;
}

/** Lines of the same account whose money a debit may take back: booked before it, of exactly its sum. */
export function linesOfSum(r: Reader, line: BankLine, sinceDay: LocalDay): BankLine[] {
  return r
    .all<LineRow>(
      `${select} WHERE a.number = ? AND l.booked_on BETWEEN ? AND ? AND l.amount_cents = ? AND l.currency = ?
         AND l.id <> ? AND l.state IN ('matched', 'question', 'unrelated', 'ignored') ORDER BY l.booked_on DESC, l.id DESC`,
      ...[line.account, sinceDay, line.bookedOn, -line.amountCents, line.currency, line.id],
    )
    .map(toLine);
}

/** Matched lines of the same sum and payer around a day, from files of another format. */
export function listTwins(r: Reader, line: BankLine, { from, to }: { from: LocalDay; to: LocalDay }): BankLine[] {
  return r
    .all<LineRow>(
      `${select} WHERE a.number = @account AND l.booked_on BETWEEN @from AND @to AND l.amount_cents = @cents
         AND l.currency = @currency AND l.id <> @id AND l.state = 'matched'
         AND f.format <> (SELECT format FROM book_files WHERE id = (SELECT file_id FROM bank_lines WHERE id = @id))
         AND (l.payer_iban IS NULL OR @iban IS NULL OR l.payer_iban = @iban)`,
      {
        account: line.account,
        from,
        to,
        cents: line.amountCents,
        currency: line.currency,
        id: line.id,
        iban: line.payerIban,
      },
    )
    .map(toLine);
}

export interface Decided {
  state: LineState;
  why: Reason;
  choices?: readonly LineChoice[];
  by?: 'rule' | 'owner';
  pairId?: number | null;
}

/** @throws AppError 'conflict' for a move that rules/bank-line does not know */
export function moveLine(w: Writer, line: Pick<BankLine, 'id' | 'state'>, decided: Decided): void {
  if (!lineMoves[line.state].includes(decided.state))
    throw new AppError('conflict', `line ${line.id} is ${line.state} and cannot become ${decided.state}`, {
      next: `See: paletti payments show ${line.id}`,
    });
  const { changes } = w.run(
    `UPDATE bank_lines SET state = @to, why = @why, choices = @choices, decided_by = @by, decided_at = @at,
       pair_id = @pair WHERE id = @id AND state = @from`,
    {
      id: line.id,
      from: line.state,
      to: decided.state,
      why: reasonOut(decided.why),
      by: decided.by ?? 'rule',
      choices: JSON.stringify(decided.choices ?? []),
      at: toIso(w.now),
      pair: decided.pairId ?? null,
    },
  );
  if (changes !== 1)
    throw new AppError('conflict', `line ${line.id} is no longer ${line.state}`, { next: 'See: paletti payments' });
}

// ---- whose letters wait ----------------------------------------------------------------------------------------------------

/** Letters about money to these clients, and to no others, wait for the answer. */
export function setConcerned(w: Writer, lineId: number, clientIds: readonly number[], why: Reason): void {
  const known = w.all<{ client_id: number; hold_id: number }>(
    'SELECT client_id, hold_id FROM line_concerns WHERE line_id = ?',
    lineId,
  );
  for (const { client_id, hold_id } of known) {
    if (clientIds.includes(client_id)) continue;
    w.run('DELETE FROM line_concerns WHERE line_id = ? AND client_id = ?', lineId, client_id);
    endHold(w, hold_id, why);
  }
}

export function addConcerned(w: Writer, lineId: number, clientId: number, note: Reason): void {
  const known = w.get('SELECT 1 FROM line_concerns WHERE line_id = ? AND client_id = ?', lineId, clientId);
  if (known !== undefined) return;
  const hold = addHold(w, { scope: 'client', scopeId: clientId, reason: 'payment-question', until: null, note });
  insertInto(w, 'line_concerns', { line_id: lineId, client_id: clientId, hold_id: hold.id });
}

// ---- whose account it is ---------------------------------------------------------------------------------------------------

export function confirmAccount(w: Writer, iban: string, clientId: number, lineId: number): void {
  w.run('INSERT OR IGNORE INTO confirmed_accounts (iban, client_id, line_id) VALUES (?, ?, ?)', iban, clientId, lineId);
}

/** What a match taught is gone with it. */
export function unconfirmAccounts(w: Writer, lineId: number): void {
  w.run('DELETE FROM confirmed_accounts WHERE line_id = ?', lineId);
}

/** Confirmed for several clients it is nobody's. */
export function ibanOwners(r: Reader): Map<string, number | 'nobody'> {
  const rows = r.all<{ iban: string; client_id: number; others: number }>(
    'SELECT iban, min(client_id) AS client_id, count(DISTINCT client_id) AS others FROM confirmed_accounts GROUP BY iban',
  );
  const owners: IbanOwners = new Map(rows.map((row) => [row.iban, row.others > 1 ? 'nobody' : row.client_id]));
  return new Map(owners);
}
