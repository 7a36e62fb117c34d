/** Translates what imapflow throws into faults a person can act on. Never repeats a command: it may hold a password. */
import type { ImapFlowError } from 'imapflow';
import { AppError } from '../errors.ts';
import { oneLine } from './clean.ts';
import { type Login, withoutPassword } from './hide.ts';
import { tlsFacts } from './tls-words.ts';

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
  const words = wordsOf(error);
  if (isRefusal(error)) return new AppError('unreachable', { code: 'imap-refused', what, words }, { where, cause });
  return new AppError(
    'unreachable',
    { code: 'imap-lost', what, words, isPlace: isPlaceWrong(error) },
    { where, cause },
  );
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
function isPlaceWrong({ code = '' }: ImapFlowError): boolean {
  return code === 'ENOTFOUND' || code === 'ECONNREFUSED';
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
  const cause = new Error(oneLine(error.message, 200));
  if (wantsTls(error, response) || response.trim() === '')
    return new AppError('login-refused', { code: 'imap-wants-tls' }, { where, cause });
  const refused = { words: oneLine(response, 200), advice: login?.whenRefused ?? null };
  return new AppError('login-refused', { code: 'imap-login-refused', ...refused }, { where, cause });
}

/** Neither XOAUTH2 nor OAUTHBEARER is among what it offers. */
function noToken(where: string): AppError {
  return new AppError('login-refused', { code: 'imap-no-token' }, { where });
}

function tlsFault(error: ImapFlowError, where: string): AppError {
  const facts = tlsFacts(error.code, wordsOf(error));
  return new AppError('unreachable', { code: 'imap-no-tls', ...facts }, { where, cause: error });
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
