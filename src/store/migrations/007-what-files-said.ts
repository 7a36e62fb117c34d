/**
 * What files have said of each invoice, so that an import takes only what one says anew. Of those that are here already
 * the record itself is taken for what was said, but where the owner set something by hand.
 */
export const sql = `
-- as JSON: see rules/said
CREATE TABLE invoice_said (
  invoice_id INTEGER PRIMARY KEY REFERENCES invoices ON DELETE CASCADE,
  said TEXT NOT NULL
) STRICT;

INSERT INTO invoice_said (invoice_id, said)
  SELECT i.id, json_object(
    -- of what a query within gives, not every SQLite knows that it is JSON already
    'fields', json((
      SELECT json_group_object(field, value) FROM (
        SELECT 'issuedOn' AS field, i.issued_on AS value
        UNION ALL SELECT 'total', i.total_cents
        UNION ALL SELECT 'project', i.project
        UNION ALL SELECT 'disputed', i.disputed_cents
        UNION ALL SELECT 'dueOn', (
          SELECT iif(count(*) = 1, min(due_on), group_concat(part, '; '))
          FROM (SELECT due_on, due_on || ' ' || amount_cents AS part FROM instalments WHERE invoice_id = i.id ORDER BY part)
        )
      )
    )),
    'byHand', json(i.by_hand),
    'state', iif(EXISTS (SELECT 1 FROM payments WHERE invoice_id = i.id AND reference = 'imported as paid'), 'paid', i.state),
    'payments', json('[]'), 'credits', json('[]'), 'names', json('[]'))
  FROM invoices i;

ALTER TABLE invoices DROP COLUMN by_hand;
`;
