/**
 * Every reason is a value; what was written before as a sentence stays that sentence. What a notice tells is one value
 * with its next step. The journal keeps its sentences as they are: its chain covers them.
 */
const columns = [
  ['messages', 'why'],
  ['letters', 'why'],
  ['letters', 'waits_for'],
  ['letters', 'last_error'],
  ['letters', 'ended_why'],
  ['cases', 'why'],
  ['requests', 'why'],
  ['requests', 'closed_why'],
  ['holds', 'ended_why'],
  ['exits', 'cancelled_why'],
  ['bank_lines', 'why'],
] as const;

const written = (column: string) => `json_object('code', 'as-written', 'text', ${column})`;

export const sql = `
${columns.map(([table, column]) => `UPDATE ${table} SET ${column} = ${written(column)} WHERE ${column} <> '';`).join('\n')}
UPDATE facts SET value = ${written('value')} WHERE key IN ('sending.paused', 'sending.fullWhy') AND value <> '';

ALTER TABLE notices RENAME COLUMN text TO told;
UPDATE notices SET told = json_object('code', 'as-written', 'text', told, 'next', next);
ALTER TABLE notices DROP COLUMN next;
`;
