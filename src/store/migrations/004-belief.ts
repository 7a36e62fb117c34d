/** What came by mail: how its senders' mail usually comes, holds that end and then ask, windows that nobody vouches for. */
export const sql = `
-- How often mail of an address was found to be its own, for each mailbox that received it. A row is there once the
-- earlier mail of the address was looked through.
CREATE TABLE authenticated_senders (
  mailbox TEXT NOT NULL,
  address TEXT NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (mailbox, address)
) STRICT, WITHOUT ROWID;

-- 0: opened by mail that is not believed: shown, but no letter about money waits for it
ALTER TABLE windows ADD COLUMN believed INTEGER NOT NULL DEFAULT 1 CHECK (believed IN (0, 1));

-- the message that a hold came of; null: by hand
ALTER TABLE holds ADD COLUMN message_id INTEGER REFERENCES messages;
-- when the owner was told that its time has passed, and is asked since
ALTER TABLE holds ADD COLUMN asked_at TEXT;
UPDATE holds SET until = strftime('%Y-%m-%dT%H:%M:%SZ', created_at, '+8 days')
  WHERE ended_at IS NULL AND until IS NULL AND reason IN ('reply', 'payment-claimed', 'bounce');

-- how often the matter of a notice has come up since it was last seen
ALTER TABLE notices ADD COLUMN times INTEGER NOT NULL DEFAULT 1;
`;
