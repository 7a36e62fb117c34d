/** By what a message is known again when its UID changed. Only computes. */
import { sha256Of } from './digest.ts';

/**
 * @param source the first bytes of the message, as they were fetched
 * @param sizeBytes of the whole message
 * @returns SHA-256 in hex; '' when nothing was fetched, since nothing is like nothing else
 */
export function contentHash(source: Uint8Array, sizeBytes: number): string {
  return source.length === 0 ? '' : sha256Of([`${sizeBytes}\n`, source]);
}
