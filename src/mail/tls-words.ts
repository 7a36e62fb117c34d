/** What a failed TLS handshake comes down to. Words of OpenSSL name lines of its source: those are taken out. */
import type { TlsTrouble } from '../rules/tls-trouble.ts';

const byCode: Readonly<Record<string, TlsTrouble>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not-yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-authority',
  ERR_TLS_CERT_ALTNAME_INVALID: 'other-name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'no-tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'no-tls',
};

/** As the sentences of a fault take it. */
export interface TlsFacts {
  trouble: TlsTrouble | null;
  /** of Node or OpenSSL; '' where it was told by its words */
  name: string;
  /** what it says itself, for what is not known */
  words: string;
}

/** @param code of the error @param words what it says itself */
export function tlsFacts(code: string | undefined, words: string): TlsFacts {
  const known = byCode[code ?? ''];
  if (known !== undefined) return { trouble: known, name: code ?? '', words: '' };
  if (/wrong version number|packet length too long|unknown protocol|http request/i.test(words))
    return { trouble: 'no-tls', name: '', words: '' };
  const plain = words
    .replace(/^[0-9A-F]+:error:[0-9A-F]*:?|(?<![^\s:])[^\s:]*\.c:\d+:?/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return { trouble: null, name: '', words: plain };
}
