/** SHA-256 as an outsider computes it: nothing of Paletti is used. */
import { createHash } from 'node:crypto';

export function sha256Of(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
