/** What a failed TLS handshake comes down to. A type only. */
export type TlsTrouble = 'expired' | 'not-yet' | 'self-signed' | 'unknown-authority' | 'other-name' | 'no-tls';
