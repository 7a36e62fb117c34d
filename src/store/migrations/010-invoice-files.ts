/** Which file an invoice came from; tax codes and certified addresses (PEC) among what a client is known by. */
export const sql = `
CREATE TABLE invoice_sources (
  invoice_id INTEGER NOT NULL REFERENCES invoices ON DELETE CASCADE,
  file_id INTEGER NOT NULL REFERENCES book_files,
  -- which document of the file it is, from 0
  position INTEGER NOT NULL,
  PRIMARY KEY (file_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX invoice_sources_invoice ON invoice_sources (invoice_id);

CREATE TABLE client_references_new (
  kind TEXT NOT NULL CHECK (kind IN ('vat', 'code', 'crm', 'tax', 'pec')),
  reference TEXT NOT NULL,
  client_id INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE,
  PRIMARY KEY (kind, reference)
) STRICT;
INSERT INTO client_references_new (kind, reference, client_id) SELECT kind, reference, client_id FROM client_references;
DROP TABLE client_references;
ALTER TABLE client_references_new RENAME TO client_references;
CREATE INDEX client_references_client ON client_references (client_id);
`;
