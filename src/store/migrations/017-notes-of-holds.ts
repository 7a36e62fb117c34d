/** What a hold came of is a value; a note of before, the owner's or a sentence, stays as it is written. */
export const sql = `
UPDATE holds SET note = json_object('code', 'as-written', 'text', note) WHERE note <> '';
`;
