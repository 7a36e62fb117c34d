/**
 * Takes a password out of what a server says: some repeat, in their refusal, the command they were given. Knows the
 * forms in which logins of SMTP and IMAP carry it; hides nothing else.
 */

export interface Login {
  user: string;
  pass: string;
}

/** @returns the text with every form of the password replaced */
export function withoutPassword(text: string, { user, pass }: Login): string {
  return formsOf(user, pass).reduce((shown, form) => shown.replaceAll(form, '[hidden]'), text);
}

/** As it is, within a quoted string (RFC 3501, section 4.3), and as SASL PLAIN (RFC 4616) and LOGIN send it. */
function formsOf(user: string, pass: string): string[] {
  if (pass === '') return [];
  const tokens = [`\0${user}\0${pass}`, `${user}\0${user}\0${pass}`, pass];
  const quoted = pass.replace(/["\\]/g, '\\$&');
  return [...tokens.map((token) => Buffer.from(token).toString('base64')), quoted, pass];
}
