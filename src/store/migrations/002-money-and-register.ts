/**
 * Credit notes; numbers that may begin anew each year and are free again when void; what the owner set by hand, so that
 * no file undoes it. In the register: two clients of one name, contacts with a role, terms of payment, references, a
 * phone number. Run with foreign keys off (see store/database): tables are built anew under their own names.
 */
export const sql = `
CREATE TABLE invoices_new (
  id INTEGER PRIMARY KEY,
  client_id INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE,
  number TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
  total_cents INTEGER NOT NULL CHECK (total_cents > 0),
  project TEXT,
  -- credited: credit notes took all of it, and no money came
  state TEXT NOT NULL CHECK (state IN ('open', 'paid', 'void', 'written-off', 'credited')),
  disputed_cents INTEGER NOT NULL DEFAULT 0 CHECK (disputed_cents >= 0),
  -- what the owner changed by hand, as a list of the columns of a file: an import leaves it
  by_hand TEXT NOT NULL DEFAULT '[]',
  created_at TEXT NOT NULL
) STRICT;
INSERT INTO invoices_new (id, client_id, number, issued_on, currency, total_cents, project, state, disputed_cents, created_at)
  SELECT id, client_id, number, issued_on, currency, total_cents, project, state, disputed_cents, created_at FROM invoices;
DROP TABLE invoices;
ALTER TABLE invoices_new RENAME TO invoices;
CREATE INDEX invoices_number ON invoices (number);
-- as a person may type it: see findInvoice
CREATE INDEX invoices_folded ON invoices (lower(replace(number, ' ', '')));
CREATE INDEX invoices_state ON invoices (state, issued_on);
CREATE INDEX invoices_open ON invoices (client_id, currency) WHERE state = 'open';
-- the last guard; which numbers are the same to a person is for rules/invoice to say
CREATE UNIQUE INDEX invoices_once ON invoices (client_id, number, substr(issued_on, 1, 4)) WHERE state <> 'void';

CREATE TABLE credits (
  id INTEGER PRIMARY KEY,
  invoice_id INTEGER NOT NULL REFERENCES invoices ON DELETE CASCADE,
  amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
  -- of the credit note itself
  number TEXT,
  issued_on TEXT NOT NULL,
  why TEXT NOT NULL DEFAULT '',
  recorded_at TEXT NOT NULL,
  taken_back_at TEXT
) STRICT;
CREATE INDEX credits_invoice ON credits (invoice_id);

CREATE TABLE clients_new (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  -- the name in one case and with single blanks: COLLATE NOCASE would take 'É' and 'é' for two names
  name_key TEXT NOT NULL,
  contact_name TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('business', 'consumer')),
  language TEXT NOT NULL CHECK (language IN ('it', 'en')),
  tone TEXT NOT NULL CHECK (tone IN ('formal', 'informal')),
  phone TEXT,
  hours TEXT,
  time_zone TEXT,
  work_state TEXT NOT NULL DEFAULT 'active' CHECK (work_state IN ('active', 'paused', 'ended')),
  -- '30', '30 eom', '30 eom 10': see rules/payment-terms
  payment_terms TEXT,
  project TEXT,
  notes TEXT NOT NULL DEFAULT '',
  terms TEXT NOT NULL DEFAULT '{}',
  -- what the owner set by hand, as a list of members: an import leaves it
  by_hand TEXT NOT NULL DEFAULT '[]',
  created_at TEXT NOT NULL
) STRICT;
INSERT INTO clients_new (id, name, name_key, contact_name, kind, language, tone, hours, time_zone, work_state,
    payment_terms, project, notes, terms, created_at)
  SELECT id, name, name_key, contact_name, kind, language, tone, hours, time_zone, work_state,
    CAST(payment_days AS TEXT), project, notes, terms, created_at FROM clients;
DROP TABLE clients;
ALTER TABLE clients_new RENAME TO clients;
CREATE INDEX clients_name ON clients (name_key);

ALTER TABLE client_addresses ADD COLUMN role TEXT NOT NULL DEFAULT 'general' CHECK (role IN ('general', 'billing'));
-- of the person behind the address
ALTER TABLE client_addresses ADD COLUMN person TEXT;

-- Other things a client is known by in files: a VAT number, the code of the accounts, the company's id in a CRM.
CREATE TABLE client_references (
  kind TEXT NOT NULL CHECK (kind IN ('vat', 'code', 'crm')),
  reference TEXT NOT NULL,
  client_id INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE,
  PRIMARY KEY (kind, reference)
) STRICT;
CREATE INDEX client_references_client ON client_references (client_id);

-- Addresses that the owner took away: no file brings them back.
CREATE TABLE removed_addresses (
  client_id INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE,
  address TEXT NOT NULL,
  removed_at TEXT NOT NULL,
  PRIMARY KEY (client_id, address)
) STRICT;

-- What the owner answered to a question about a row of a file: the same row asks once. The key is a digest.
CREATE TABLE import_answers (
  key TEXT PRIMARY KEY,
  answer TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
`;
