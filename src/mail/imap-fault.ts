/** Translates what imapflow throws into faults a person can act on. Never repeats a command: it may hold a password. */
import type { ImapFlowError } from 'imapflow';
import { AppError } from '../errors.ts';
import { oneLine } from './clean.ts';
import { type Login, withoutPassword } from './hide.ts';
import { tlsWords } from './tls-words.ts';

/**
 * @param where host:port
 * @param login what was sent at the beginning of the line: a server may repeat it in its refusal
 */
export function imapFault(thrown: unknown, what: string, where: string, login?: Login): AppError {
  if (thrown instanceof AppError) return thrown;
  const cause = login === undefined ? thrown : withoutPasswordIn(thrown, login);
  const error = (cause instanceof Error ? cause : new Error(String(cause))) as ImapFlowError;
  if (error.authenticationFailed === true) return loginFault(error, where, login);
  if (login?.isToken === true && error.message.startsWith('Unsupported authentication mechanism'))
    return noToken(where);
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

/** A server that takes no password on a line in clear says so in its own ways, or not at all (RFC 9051, LOGINDISABLED). */
function wantsTls(error: ImapFlowError, response: string): boolean {
  const words = `${response} ${error.message} ${error.serverResponseCode ?? ''}`;
  return /PRIVACYREQUIRED|LOGINDISABLED|plaintext (?:auth|login)|without SSL|TLS (?:is )?required|login.{0,20}disabled/i.test(
    words,
  );
}

function loginFault(error: ImapFlowError, where: string, login?: Login): AppError {
  const response = typeof error.response === 'string' ? error.response : (error.responseText ?? '');
  if (wantsTls(error, response) || response.trim() === '')
    return new AppError('login-refused', 'the mail server takes no login on a line that is not encrypted', {
      where,
      next: 'Set "secure": true (port 993) or "secure": "starttls" (port 143) for imap in config.json.',
      cause: new Error(oneLine(error.message, 200)),
    });
  return new AppError('login-refused', `the mail server refused the login: ${oneLine(response, 200)}`, {
    where,
    next:
      login?.whenRefused ??
      'Check user and password of imap in config.json; many providers want an app password. Then: paletti doctor',
    cause: new Error(oneLine(error.message, 200)),
  });
}

/** Neither XOAUTH2 nor OAUTHBEARER is among what it offers. */
function noToken(where: string): AppError {
  return new AppError('login-refused', 'the mail server takes no access token, only passwords', {
    where,
    next: 'Check host and port of imap in config.json, or name a password there in place of "oauth".',
  });
}

function tlsFault(error: ImapFlowError, where: string): AppError {
  return new AppError('unreachable', `no safe (TLS) connection: ${tlsWords(error.code, wordsOf(error))}`, {
    where,
    next: 'Check host, port and "secure" of imap in config.json; for a server with a certificate of its own name its authority: "ca".',
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
