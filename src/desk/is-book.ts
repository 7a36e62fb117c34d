/** Tells electronic invoices from tables, by their first bytes: a command that imports a table loads no reader of books. */

/** Whether the bytes are a file that says itself what it is, and no table of ours or of a program. */
export function isBook(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 400)).toString('latin1');
  return /^(?:PK|%PDF|0[\x80-\x84]|[\s\u00ef\u00bb\u00bf]*<|-----BEGIN|MI[I-M][A-Za-z0-9+/]{20})|^\u00ff\u00fe<|^\u00fe\u00ff/.test(
    head,
  );
}
