/**
 * Which debts each letter asked for, what it does to the work, how a case closed, and since when a debt is open again.
 * What is known of older letters is taken from the facts they were made from.
 */
export const sql = `
-- What a letter asks for, one row for each instalment; kept with the facts of the letter.
CREATE TABLE letter_debts (
  letter_id INTEGER NOT NULL REFERENCES letters ON DELETE CASCADE,
  invoice_id INTEGER NOT NULL REFERENCES invoices ON DELETE CASCADE,
  instalment_id INTEGER NOT NULL,
  due_on TEXT NOT NULL,
  -- the open sum it named
  cents INTEGER NOT NULL,
  PRIMARY KEY (letter_id, instalment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_debts_invoice ON letter_debts (invoice_id);

INSERT OR IGNORE INTO letter_debts (letter_id, invoice_id, instalment_id, due_on, cents)
  SELECT l.id, i.id, json_extract(d.value, '$.instalmentId'), json_extract(d.value, '$.dueOn'),
    json_extract(d.value, '$.openCents')
  FROM letters l, json_each(l.facts, '$.debts') d
  JOIN invoices i ON i.id = json_extract(d.value, '$.invoiceId')
  WHERE l.kind IN ('payment-reminder', 'work-paused', 'termination')
    AND json_extract(d.value, '$.instalmentId') IS NOT NULL AND json_extract(d.value, '$.openCents') IS NOT NULL;

ALTER TABLE letters ADD COLUMN effect TEXT NOT NULL DEFAULT 'none'
  CHECK (effect IN ('none', 'pause', 'terminate', 'resume'));
UPDATE letters SET effect = CASE kind
  WHEN 'work-paused' THEN 'pause' WHEN 'termination' THEN 'terminate' WHEN 'work-resumed' THEN 'resume' ELSE 'none' END;

-- how the money that the letters of a cycle asked for went, once it was gone
ALTER TABLE cases ADD COLUMN closed_how TEXT;

-- what is open after payments and the disputed part; null for what was written before this was kept
ALTER TABLE instalments ADD COLUMN open_cents INTEGER;
-- when more of it was open again: a payment was taken back, or a dispute ended
ALTER TABLE instalments ADD COLUMN back_at TEXT;
`;
