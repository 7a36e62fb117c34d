/**
 * What an entry of the log is beside its kind: a lunch or a dinner (both meetings), a refused price or an attack (both
 * notes); by which channel it came, and what it cost the owner.
 */
export const sql = `
ALTER TABLE log_entries ADD COLUMN special TEXT CHECK (special IN ('lunch', 'dinner', 'price', 'attack'));
-- 'whatsapp', 'telegram': a channel that leaves no trace of its own
ALTER TABLE log_entries ADD COLUMN via TEXT;
-- what the owner paid for it
ALTER TABLE log_entries ADD COLUMN cost_cents INTEGER;
ALTER TABLE log_entries ADD COLUMN cost_currency TEXT;
`;
