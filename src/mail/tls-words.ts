/** What a failed TLS handshake means to a person. Words of OpenSSL name lines of its source. */

const byCode: Record<string, string> = {
  CERT_HAS_EXPIRED: 'the certificate of the server has expired; whoever runs it must renew it',
  CERT_NOT_YET_VALID: 'the certificate of the server is not valid yet; is the clock of this machine right?',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the server shows a certificate that it signed itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'the server shows a certificate of an authority that is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the server shows a certificate of an authority that is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'the server shows a certificate of an authority that is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the server shows a certificate of an authority that is not known here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate of the server is for another name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'no TLS is spoken on that port; it is a port for "starttls", or another one',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'no TLS is spoken on that port; it is a port for "starttls", or another one',
};

/** @param code of the error @param words what it says itself, for those that are not known */
export function tlsWords(code: string | undefined, words: string): string {
  const known = byCode[code ?? ''];
  if (known !== undefined) return `${known} (${code})`;
  if (/wrong version number|packet length too long|unknown protocol|http request/i.test(words))
    return 'no TLS is spoken on that port; it is a port for "starttls", or another one';
  return words
    .replace(/^[0-9A-F]+:error:[0-9A-F]*:?|(?<![^\s:])[^\s:]*\.c:\d+:?/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
