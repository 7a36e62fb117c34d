/**
 * Whether a mail asks its reader to prove that she is a person before her own is let through (BoxTrapper, TMDA, SpamArrest
 * and their kin). Decides nothing by it.
 */
import { challengeHeaders, challengeSubject, challengeText } from './machine-words.ts';
import { headersOf, type ParsedMail } from './message.ts';

/**
 * Two of its signs, so that nobody's plain words are taken for one: its text, and a subject of such a filter or a header
 * that says a program wrote it; or a header of such a filter alone.
 */
export function isChallenge(mail: ParsedMail): boolean {
  if (challengeHeaders.some((name) => headersOf(mail, name).length > 0)) return true;
  if (!challengeSubject.isIn(mail.subject) && !isProgramsOwn(mail)) return false;
  return challengeText.isIn(mail.newText.slice(0, 1_000));
}

function isProgramsOwn(mail: ParsedMail): boolean {
  const says = (name: string, words: RegExp) => headersOf(mail, name).some((value) => words.test(value));
  return says('auto-submitted', /^\s*auto-/i) || says('precedence', /^\s*(?:junk|bulk|auto_reply)/i);
}
