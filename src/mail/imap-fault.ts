/** Translates what imapflow throws into faults a person can act on. Never repeats a command: it may hold a password. */
import type { ImapFlowError } from 'imapflow';
import { AppError } from '../errors.ts';
import { oneLine } from './clean.ts';

/** @param where host:port */
export function imapFault(cause: unknown, what: string, where: string): AppError {
  if (cause instanceof AppError) return cause;
  const error = (cause instanceof Error ? cause : new Error(String(cause))) as ImapFlowError;
  if (error.authenticationFailed === true) return loginFault(error, where);
  if (isTlsFault(error)) return tlsFault(error, where);
  if (isRefusal(error)) {
    return new AppError('unreachable', `the mail server refused to ${what}: ${wordsOf(error)}`, { where, cause });
  }
  return new AppError('unreachable', `the mail server was lost or not reached (${what}): ${wordsOf(error)}`, {
    where,
    next: 'It is tried again by itself. If it stays so: paletti doctor',
    cause,
  });
}

/** The server answered NO or BAD: the line itself is sound. */
export function isRefusal(error: unknown): boolean {
  const status = (error as ImapFlowError | null)?.responseStatus;
  return status === 'NO' || status === 'BAD';
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
