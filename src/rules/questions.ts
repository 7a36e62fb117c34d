/**
 * Finds in the owner's own mail what was asked of a client: the keyword in a subject, a question in the text.
 * Proposes and quotes; whether it becomes a request is decided elsewhere.
 */
import { sentences } from './sign-words.ts';
import { words } from './spelling.ts';

/** Questions that ask for nothing: greetings, offers and courtesies of both languages. */
export const courtesy = words(
  'come (?:va|stai|sta|state)',
  'tutto (?:bene|ok|a posto)',
  'che ne (?:dici|dice|dite) se ti chiamo',
  'posso (?:aiutar|esser)\\p{L}*',
  'how are (?:you|things)',
  "how(?:'s| is) it going",
  'all well',
  'can i help',
  'anything else',
  'altro',
);

const shortest = 8;

/** The questions of a text, each at most 200 characters, without greetings and web addresses. */
export function questionsIn(text: string): string[] {
  return sentences(text.replace(/https?:\/\/\S+/giu, ' '))
    .filter((sentence) => sentence.endsWith('?') && sentence.length >= shortest)
    .map((sentence) => sentence.replace(/^(?:ciao|buongiorno|salve|gentile|hi|hello|dear)[^,]{0,40},\s*/iu, ''))
    .filter((sentence) => !courtesy.isIn(sentence));
}

/** Case does not matter. An empty keyword is never found. */
export function hasKeyword(subject: string, keyword: string): boolean {
  const wanted = keyword.trim().toLowerCase();
  return wanted !== '' && subject.toLowerCase().includes(wanted);
}

/** What a request quotes: the questions of the text, or what the subject says without the keyword. */
export function requestWords(subject: string, text: string, keyword: string): string {
  const questions = questionsIn(text);
  if (questions.length > 0) return questions.slice(0, 3).join(' ');
  const at = subject.toLowerCase().indexOf(keyword.trim().toLowerCase());
  const rest =
    at < 0 || keyword.trim() === '' ? subject : subject.slice(0, at) + subject.slice(at + keyword.trim().length);
  return rest
    .replace(/^(?:\s*(?:re|r|fwd?|i|rif)\s*:)+/iu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}
