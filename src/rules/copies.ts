/** Whether two mails are one that came, or was put, into two places. Looks for none. */

export interface CopyFacts {
  /** without marks of answers */
  baseSubject: string;
  /** without what it quotes */
  newText: string;
}

/** A list or a scanner puts its lines below; so much of the text must be the same before that. */
const leastShared = 20;

/**
 * Of two mails with the same Message-ID and the same author: whether one says what the other says. A Message-ID alone is
 * not enough, since some programs give each of their mails the same one.
 */
export function isSameMail(one: CopyFacts, other: CopyFacts): boolean {
  if (one.baseSubject !== other.baseSubject) return false;
  const [short, long] = [folded(one.newText), folded(other.newText)].toSorted((a, b) => a.length - b.length) as [
    string,
    string,
  ];
  return short === long || (short.length >= leastShared && long.startsWith(short));
}

function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
