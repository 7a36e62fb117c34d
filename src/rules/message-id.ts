/** What an identifier of a message can be beside itself: one too long to be kept stands as a digest. Reads no header. */
import { sha256 } from './digest.ts';

const digestDomain = '@digest.paletti.invalid>';

/** The same for the same identifier, and never written into a letter: see {@link isDigestedId}. */
export function digestedId(id: string): string {
  return `<${sha256(id)}${digestDomain}`;
}

/** Whether it stands for an identifier of others that was too long: nobody knows it outside the record. */
export function isDigestedId(id: string): boolean {
  return id.endsWith(digestDomain);
}
