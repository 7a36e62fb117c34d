/**
 * Which letters are acknowledgements is told by the beginning of their names, so that another kind of them needs no new
 * index. An exit may wait for the money.
 */
export const sql = `
DROP INDEX letters_acknowledging;
CREATE INDEX letters_acknowledging ON letters (not_before)
  WHERE state = 'held' AND kind GLOB 'acknowledgement*';

-- it sleeps until all that is owed is paid, and at most so many days; null: it does not
ALTER TABLE exits ADD COLUMN after_paid_days INTEGER CHECK (after_paid_days > 0);
`;
