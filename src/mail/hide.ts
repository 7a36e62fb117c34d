/**
 * Takes a password or a token out of what a server says: some repeat, in their refusal, the command they were given, whole
 * or in part. Knows the forms in which logins of SMTP and IMAP carry it; hides nothing else.
 */

export interface Login {
  user: string;
  pass: string;
  /** `pass` is an access token, shown by XOAUTH2 or OAUTHBEARER */
  isToken?: boolean;
  /** what the owner can do about a refusal of the token */
  whenRefused?: string;
}

const hidden = '[hidden]';

/** @returns the text with every form of the password replaced */
export function withoutPassword(text: string, login: Login): string {
  const { user, pass, isToken } = login;
  const shown = formsOf(user, pass).reduce((told, form) => told.replaceAll(form, hidden), text);
  const unpacked = shown.replace(/[A-Za-z0-9+/_-]{8,}={0,2}/g, (run) => (carries(run, login) ? hidden : run));
  return isToken === true
    ? unpacked.replace(/[\x21-\x7e]{12,}/g, (run) => (shares(run, pass, 12) ? hidden : run))
    : unpacked;
}

/** As it is, within a quoted string (RFC 3501, section 4.3), and as SASL PLAIN (RFC 4616) and LOGIN send it. */
function formsOf(user: string, pass: string): string[] {
  if (pass === '') return [];
  const tokens = [`\0${user}\0${pass}`, `${user}\0${user}\0${pass}`, pass];
  const quoted = pass.replace(/["\\]/g, '\\$&');
  return [...tokens.map((token) => Buffer.from(token).toString('base64')), quoted, pass];
}

/**
 * A run of base64 that a piece of the secret, or the beginning of a login, is in: XOAUTH2, OAUTHBEARER (RFC 7628), PLAIN,
 * also when only a part of the command is repeated. Where the part begins is not known: each of the four places is tried.
 */
function carries(run: string, { user, pass, isToken }: Login): boolean {
  const secret = Buffer.from(pass).toString('latin1');
  const mark = isToken === true ? 'auth=Bearer' : `\0${user}\0`;
  return [0, 1, 2, 3].some((from) => {
    const bytes = Buffer.from(run.slice(from), 'base64').toString('latin1');
    return bytes.includes(mark) || (secret.length >= 4 && shares(bytes, secret, Math.min(6, secret.length)));
  });
}

/** Whether so many characters of the secret, one after the other, stand in the text. */
function shares(text: string, secret: string, length: number): boolean {
  for (let from = 0; from + length <= secret.length; from += 1)
    if (text.includes(secret.slice(from, from + length))) return true;
  return false;
}
