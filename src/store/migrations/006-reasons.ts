/** Why something came out of hours is a value; what was written before as a sentence stays that sentence. */
export const sql = `
UPDATE messages SET out_of_hours_why = json_object('code', 'as-written', 'text', out_of_hours_why)
  WHERE out_of_hours_why IS NOT NULL;
UPDATE log_entries SET out_of_hours_why = json_object('code', 'as-written', 'text', out_of_hours_why)
  WHERE out_of_hours_why IS NOT NULL;
`;
