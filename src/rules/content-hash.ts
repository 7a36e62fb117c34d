/** By what a message is known again when its UID changed. Only computes. */
import { sha256 } from './digest.ts';

/** Half of SHA-256: no two mails of one mailbox share it, and every message is looked for by it. */
const digits = 32;

/**
 * @param source the first bytes of the message, as they were fetched
 * @param sizeBytes of the whole message
 * @returns 128 bits of its SHA-256 in hex, and the size; '' when nothing was fetched, since nothing is like nothing else
 */
export function contentHash(source: Uint8Array, sizeBytes: number): string {
  return source.length === 0 ? '' : `${sha256(source).slice(0, digits)}-${sizeBytes}`;
}
