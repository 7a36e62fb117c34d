/**
 * What was read of files: the files themselves, bank accounts and their lines, what each line became, whose account a
 * payer's IBAN is. On invoices: what the client keeps back by law (withholding tax, split VAT), instalment by instalment.
 */
export const sql = `
-- A file whose content is in the record. The same bytes are never read twice.
CREATE TABLE book_files (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  -- as it was called when it was read
  name TEXT NOT NULL,
  format TEXT NOT NULL,
  read_at TEXT NOT NULL
) STRICT;

-- An account of the owner's, by its IBAN or as files call it.
CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  -- the last booking day of which a file said everything; null: not known
  read_to TEXT
) STRICT;

CREATE TABLE bank_lines (
  id INTEGER PRIMARY KEY,
  -- by what the same line is known in another file
  key TEXT NOT NULL UNIQUE,
  account_id INTEGER NOT NULL REFERENCES accounts,
  file_id INTEGER NOT NULL REFERENCES book_files,
  -- where in the file, in words: 'line 12', 'row 3'
  place TEXT NOT NULL,
  booked_on TEXT NOT NULL,
  -- credits are positive
  amount_cents INTEGER NOT NULL,
  currency TEXT NOT NULL,
  payer_name TEXT,
  payer_iban TEXT,
  -- what the payer wrote
  text TEXT NOT NULL DEFAULT '',
  -- the bank's own name of the movement, and the payer's
  bank_reference TEXT,
  end_to_end TEXT,
  -- it undoes an earlier one
  reversal INTEGER NOT NULL DEFAULT 0 CHECK (reversal IN (0, 1)),
  -- see rules/bank-line: which moves are legal
  state TEXT NOT NULL CHECK (state IN
    ('new', 'matched', 'question', 'unrelated', 'ignored', 'not-a-payment', 'reversed', 'takes-back')),
  -- in words
  why TEXT NOT NULL DEFAULT '',
  -- what it may be, as a list of choices; only of a question
  choices TEXT NOT NULL DEFAULT '[]',
  decided_by TEXT NOT NULL DEFAULT 'rule' CHECK (decided_by IN ('rule', 'owner')),
  decided_at TEXT NOT NULL,
  -- the line that took the money back, or that it took back
  pair_id INTEGER REFERENCES bank_lines
) STRICT;
CREATE INDEX bank_lines_day ON bank_lines (account_id, booked_on, amount_cents);
CREATE INDEX bank_lines_state ON bank_lines (state) WHERE state IN ('new', 'question');
CREATE INDEX bank_lines_booked ON bank_lines (booked_on);

-- Whose letters wait for the answer to a question, and the hold that makes them wait.
CREATE TABLE line_concerns (
  line_id INTEGER NOT NULL REFERENCES bank_lines ON DELETE CASCADE,
  client_id INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE,
  hold_id INTEGER NOT NULL REFERENCES holds ON DELETE CASCADE,
  PRIMARY KEY (line_id, client_id)
) STRICT, WITHOUT ROWID;

-- A certain match, or the owner's answer, confirmed whose account it is. Confirmed for two clients it is nobody's.
CREATE TABLE confirmed_accounts (
  iban TEXT NOT NULL,
  client_id INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE,
  line_id INTEGER NOT NULL REFERENCES bank_lines ON DELETE CASCADE,
  PRIMARY KEY (iban, client_id, line_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX confirmed_accounts_line ON confirmed_accounts (line_id);

-- Which column is what, as the owner confirmed it for files with these headings.
CREATE TABLE file_forms (
  -- of the headings, and of what the file is about
  key TEXT PRIMARY KEY,
  form TEXT NOT NULL,
  confirmed_at TEXT NOT NULL
) STRICT;

-- the line of the bank that proves it; null: entered by hand or from a list of invoices
ALTER TABLE payments ADD COLUMN line_id INTEGER REFERENCES bank_lines;
-- 1: it was on record before the line was read
ALTER TABLE payments ADD COLUMN line_found INTEGER NOT NULL DEFAULT 0 CHECK (line_found IN (0, 1));
CREATE INDEX payments_line ON payments (line_id) WHERE line_id IS NOT NULL;

-- kept back by the client by law, as the document states it
ALTER TABLE invoices ADD COLUMN withholding_cents INTEGER NOT NULL DEFAULT 0 CHECK (withholding_cents >= 0);
ALTER TABLE invoices ADD COLUMN split_vat_cents INTEGER NOT NULL DEFAULT 0 CHECK (split_vat_cents >= 0);
-- of both, the share of this instalment: what has to be transferred is the amount less this
ALTER TABLE instalments ADD COLUMN withheld_cents INTEGER NOT NULL DEFAULT 0
  CHECK (withheld_cents >= 0 AND withheld_cents <= amount_cents);
`;
