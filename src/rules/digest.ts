/**
 * SHA-256 of texts and bytes. Node's cryptography is loaded when something is digested: a command that only reads the
 * record starts without it.
 */
import type * as Crypto from 'node:crypto';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
let loaded: typeof Crypto | undefined;

function cryptography(): typeof Crypto {
  return (loaded ??= require('node:crypto') as typeof Crypto);
}

/** Of one text, or of bytes, in hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return cryptography().hash('sha256', data, 'hex');
}
