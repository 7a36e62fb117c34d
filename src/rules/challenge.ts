/**
 * Whether a mail asks its reader to prove that she is a person before her own is let through (BoxTrapper, TMDA, SpamArrest
 * and their kin). Decides nothing by it.
 */
import { challengeHeaders, challengeSubject, challengeText } from './machine-words.ts';
import { headersOf, type ParsedMail } from './message.ts';

/** Two of its signs, so that nobody's plain words are taken for one: subject and text, or a header of such a filter. */
export function isChallenge(mail: ParsedMail): boolean {
  if (challengeHeaders.some((name) => headersOf(mail, name).length > 0)) return true;
  return challengeSubject.isIn(mail.subject) && challengeText.isIn(mail.newText.slice(0, 1_000));
}
