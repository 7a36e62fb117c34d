/** Translates what imapflow throws into faults a person can act on. Never repeats a command: it may hold a password. */
import type { ImapFlowError } from 'imapflow';
import { AppError } from '../errors.ts';
import { oneLine } from './clean.ts';
import { type Login, withoutPassword } from './hide.ts';

/**
 * @param where host:port
 * @param login what was sent at the beginning of the line: a server may repeat it in its refusal
 */
export function imapFault(thrown: unknown, what: string, where: string, login?: Login): AppError {
  if (thrown instanceof AppError) return thrown;
  const cause = login === undefined ? thrown : withoutPasswordIn(thrown, login);
  const error = (cause instanceof Error ? cause : new Error(String(cause))) as ImapFlowError;
  if (error.authenticationFailed === true) return loginFault(error, where);
  if (isTlsFault(error)) return tlsFault(error, where);
  if (isRefusal(error)) {
    return new AppError('unreachable', `the mail server refused to ${what}: ${wordsOf(error)}`, { where, cause });
  }
  return new AppError('unreachable', `the mail server was lost or not reached (${what}): ${wordsOf(error)}`, {
    where,
    next: nextAfterLoss(error),
    cause,
  });
}

/** The same error, told without the command that it is about. */
function withoutPasswordIn(thrown: unknown, login: Login): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const error = thrown as ImapFlowError;
  const told = (words: unknown) => (typeof words === 'string' ? withoutPassword(words, login) : undefined);
  const { authenticationFailed, tlsFailed, code, responseStatus } = error;
  const facts = { authenticationFailed, tlsFailed, code, responseStatus };
  const words = { response: told(error.response), responseText: told(error.responseText) };
  return Object.assign(new Error(withoutPassword(error.message, login)), facts, words);
}

/** A name or port that nobody answers to will not mend itself. */
function nextAfterLoss({ code = '' }: ImapFlowError): string {
  if (code === 'ENOTFOUND' || code === 'ECONNREFUSED')
    return 'Check the network, and host, port and "secure" of imap in config.json.';
  return 'It is tried again by itself. If it stays so: paletti doctor';
}

/** The server answered NO or BAD: the line itself is sound. */
export function isRefusal(error: unknown): boolean {
  const status = (error as ImapFlowError | null)?.responseStatus;
  return status === 'NO' || status === 'BAD';
}

/**
 * BAD to a sound command: this login is good for nothing and stays so, as Microsoft's "User is authenticated but not
 * connected". Only a new line helps.
 */
export function isMisplaced(error: unknown): boolean {
  return (error as ImapFlowError | null)?.responseStatus === 'BAD';
}

function loginFault(error: ImapFlowError, where: string): AppError {
  const response = typeof error.response === 'string' ? error.response : (error.responseText ?? '');
  return new AppError('login-refused', `the mail server refused the login: ${oneLine(response, 200)}`, {
    where,
    next: 'Check user and password of imap in config.json; many providers want an app password. Then: paletti doctor',
    cause: new Error(oneLine(error.message, 200)),
  });
}

function tlsFault(error: ImapFlowError, where: string): AppError {
  return new AppError('unreachable', `no safe (TLS) connection: ${wordsOf(error)}`, {
    where,
    next: 'Check host, port and "secure" of imap in config.json; for a server with its own certificate name its authority in tls.ca.',
    cause: error,
  });
}

function isTlsFault(error: ImapFlowError): boolean {
  const { code = '' } = error;
  if (error.tlsFailed === true || code === 'STARTTLS_INJECTION' || code.startsWith('ClosedAfterConnectT')) return true;
  return /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code);
}

function wordsOf(error: ImapFlowError): string {
  const words = error.responseText ?? error.message;
  return oneLine(error.code !== undefined && !words.includes(error.code) ? `${words} (${error.code})` : words, 300);
}
