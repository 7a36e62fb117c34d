/**
 * Subjects without what mail programs put before them. Two mails with the same base subject speak of one matter. Looks
 * at no header; whether a subject is that of a robot is in robot-marks.
 */
import { plainSpelling } from './spelling.ts';

/** Marks of an answer, as mail programs of many languages write them before the colon, in plain spelling. */
export const replyMarks = [
  ...['re', 'r', 'rif', 'ris', 'risp', 'risposta', 'aw', 'antw', 'antwort', 'antwoord', 'sv', 'svar', 'vs', 'va'],
  ...['ref', 'rep', 'res', 'resp', 'odp', 'ynt', 'yan', 'bls', 'atb', 'ha', 'отв', 'ответ', 'απ', 'σχετ'],
  ...['回复', '回覆', '答复', '返信', '회신', 'auto'],
] as const;

/** Marks of a mail that is sent on. */
export const forwardMarks = [
  ...['fw', 'fwd', 'i', 'inoltro', 'inoltra', 'wg', 'weitergeleitet', 'tr', 'transf', 'rv', 'reenv', 'enc', 'doorst'],
  ...['vb', 'vl', 'pd', 'tovabbitas', 'ilt', 'пер', 'πρθ', '转发', '轉寄', '転送', '전달'],
] as const;

/** `Re[2]:`, `RE (3) :`, `Re^2:`, and the colon of East Asian keyboards. */
const counted = String.raw`\s{0,3}(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s{0,3}[:：]\s{0,3}`;
const anyMark = new RegExp(`^(?:${[...replyMarks, ...forwardMarks].join('|')})${counted}`, 'u');
const forwardMark = new RegExp(`^(?:${forwardMarks.join('|')})${counted}`, 'u');

/** What servers and desks put in front: a tag is only taken off before a mark, or where it names what the server saw. */
const tag = /^\[[^[\]]{1,60}\]\s{0,3}/u;
const warning =
  /^(?:\[(?:ext|extern[aeoi]?l?|esterno|externe|spam|suspected spam)\]|external:|\*{2,5}\s?spam\s?\*{2,5}|\{spam\??\})\s{0,3}/u;

/**
 * The subject without reply and forward marks, in plain spelling, blanks folded:
 * 'R: Re: [studio] Preventivo ' -> '[studio] preventivo'; '[Desk] AW: Preventivo' -> 'preventivo'.
 */
export function baseSubject(subject: string): string {
  if (last.subject !== subject) last = { subject, base: withoutMarks(folded(subject)) };
  return last.base;
}

/** Of one message it is asked several times in a row. */
let last = { subject: '', base: '' };

function withoutMarks(subject: string): string {
  let rest = subject;
  for (let before = ''; rest !== before; ) {
    before = rest;
    rest = rest.replace(anyMark, '').replace(warning, '');
    const behind = rest.replace(tag, '');
    if (behind !== rest && anyMark.test(behind)) rest = behind;
  }
  return rest.trim();
}

/** Whether it answers or sends on: its words were there before. */
export function hasMark(subject: string): boolean {
  const plain = folded(subject).replace(warning, '');
  return anyMark.test(plain.replace(tag, '')) || anyMark.test(plain);
}

/** Whether the newest mark says that the mail was sent on. */
export function isForwardSubject(subject: string): boolean {
  return forwardMark.test(folded(subject).replace(warning, ''));
}

/** Single blanks, as most are, stay untouched. */
const manyBlanks = /\s{2,}|[^\S ]/g;

function folded(subject: string): string {
  return plainSpelling(subject).replace(manyBlanks, ' ').trim();
}
