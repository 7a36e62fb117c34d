/** By what a message is known again when its UID changed. Only computes. */
import { createHash } from 'node:crypto';

/**
 * @param source the first bytes of the message, as they were fetched
 * @param sizeBytes of the whole message
 * @returns SHA-256 in hex; '' when nothing was fetched, since nothing is like nothing else
 */
export function contentHash(source: Uint8Array, sizeBytes: number): string {
  if (source.length === 0) return '';
  return createHash('sha256').update(`${sizeBytes}\n`).update(source).digest('hex');
}
