/** Up to which sum a letter asked for an instalment: what was paid of it then, beside what was asked for. */
export const sql = `
-- NULL: written before it was kept; such a letter counts as having asked for all of it
ALTER TABLE letter_debts ADD COLUMN paid_cents INTEGER CHECK (paid_cents >= 0);
UPDATE letter_debts SET paid_cents = (
  SELECT coalesce(json_extract(d.value, '$.paidCents'), 0) FROM letters l, json_each(l.facts, '$.debts') d
  WHERE l.id = letter_debts.letter_id AND json_extract(d.value, '$.instalmentId') = letter_debts.instalment_id LIMIT 1);
`;
