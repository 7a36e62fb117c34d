/**
 * What the sender wrote himself: the text without quoted mail and signature. The finding of quotes is
 * email-reply-parser's; this file guards its time (its expressions backtrack) and adds marks it does not know.
 */
import { Script } from 'node:vm';
import EmailReplyParser from 'email-reply-parser';
import { beforeQuote } from './quote-marks.ts';

const longestInput = 32_768;
/** From the first mark of a quote on; what follows is nearly always the quote to its end. */
const longestMarked = 8_192;
const deadlineMs = 250;
/** With lines no longer, the worst that the expressions can do is a tenth of a second. */
const calmLine = 500;
const calmStarts = 5;

/** The line a telephone adds at the end. */
const sentFrom = /(?:^|\n)(?:Inviato da|Inviato dal|Ottieni Outlook per|Sent from|Get Outlook for) [^\n]{1,80}$/;
/**
 * Anything that may open a quote or a signature, in lower case: a little more than what email-reply-parser and
 * quote-marks look for.
 * What stands well above the first of these is the sender's own, and costs nothing more. In two, because each for
 * itself is found in a third of the time.
 */
const markingLine =
  /^(?:[ \t]*(?:>|[-_+=]{2,}[ \t]*$|(?:\d\d|von|de|van|da|od|från|fra|in data|excerpts|quoting|zitat|cita(?:ndo|zione|tion))\b|(?:от|kimden|发件人|寄件者|差出人|보낸 사람|mittente|expéditeur) ?[:：]|inizio messaggio|begin (?:forwarded|doorge)|début du|anfang der|início? )|[ \t]*-{2,20} ?[^\s-]|-{1,12} ?[omu])|>:[ \t]*$/m;
/** What has the same beginning is written together: of that the time depends. */
const markingWord = new RegExp(
  [
    'wr(?:ote|ites)',
    's(?:c(?:hr(?:ieb|eibt|ijft|eef)|ri(?:ve|tto))|kr(?:ev|iver)|endt fra)',
    'e(?:scr(?:ibe|eve|ibió)|nv(?:oyé|iado desde))',
    'ha escrito|écrit|nap(?:is|sal)|pisze|kirjoitti|yazdı|írta|a scris',
    'пис|έγραψε|כתב|寫道|写道|작성|メッセージ|ср,',
    'from\\b|regards|télécharger|ver(?:zonden|stuurd)',
    'ge(?:t outlook|sendet)',
    'c(?:heers|ordialement)',
    'b(?:est wishes|ien . vous|onne [js])',
  ].join('|'),
);
/** A quote's heading may begin some lines above the word that gives it away. */
const linesAbove = 4;
/** Beginnings of the expressions that look across lines. */
const farLooking = /^[ \t]*(?:Op|W dniu|Dnia|在|[a-z]{3,4}\.)/gm;

const parser = new EmailReplyParser();
const guarded = new Script('readReply()');

/** @param text with \n line ends */
export function newTextOf(text: string): string {
  const start = text.slice(0, longestInput).replace(/\n[ \t]*\n(?:[ \t]*\n)+/g, '\n\n');
  const split = markedFrom(lowered(start));
  const marked = split === start.length ? '' : beforeQuote(start.slice(split));
  return `${start.slice(0, split)}${readReply(withShortEnd(marked).slice(0, longestMarked))}`
    .trim()
    .replace(sentFrom, '')
    .trim();
}

/** In lower case, each character where it was: only the dotted capital I would become two (Unicode SpecialCasing). */
function lowered(text: string): string {
  return text.replaceAll('İ', 'I').toLowerCase();
}

/** Where the part of a text in lower case begins that has to be looked at closely: the beginning of a line, or the end. */
function markedFrom(lower: string): number {
  const line = markingLine.exec(lower)?.index ?? lower.length;
  const word = markingWord.exec(lower.slice(0, line))?.index ?? line;
  let start = word;
  if (start === lower.length) return start;
  for (let above = 0; above <= linesAbove && start > 0; above += 1) start = lower.lastIndexOf('\n', start - 2) + 1;
  return start;
}

/**
 * Most quotes stand at the end, whole: of their lines the first two are enough to know them by, and of these the '>',
 * unless they announce a quote in turn. The others would be looked at one by one, and left out.
 */
function withShortEnd(text: string): string {
  let start = text.length;
  const quoted: number[] = [];
  while (start > 0) {
    const line = start < 2 ? 0 : text.lastIndexOf('\n', start - 2) + 1;
    const first = text[line];
    if (first === '>') quoted.push(line);
    else if (text.slice(line, start).trim() !== '') break;
    start = line;
  }
  const first = quoted.at(-1);
  if (first === undefined) return text;
  const lines = text.slice(first, quoted.at(-3)).split('\n');
  return text.slice(0, first) + lines.map((line) => (announcesQuote.test(line) ? line : line.slice(0, 1))).join('\n');
}

const announcesQuote = /[:：]\s*$/;

function readReply(text: string): string {
  if (text.trim() === '') return '';
  return isCalm(text) ? parser.parseReply(text) : readWithin(text);
}

function isCalm(text: string): boolean {
  if ((text.match(farLooking)?.length ?? 0) > calmStarts) return false;
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    if ((end === -1 ? text.length : end) - at > calmLine) return false;
    at = end === -1 ? text.length : end + 1;
  }
  return true;
}

/** vm's timeout is the only thing that stops an expression in the middle of its backtracking. */
function readWithin(text: string): string {
  const shared = globalThis as { readReply?: () => string };
  shared.readReply = () => parser.parseReply(text);
  try {
    return String(guarded.runInThisContext({ timeout: deadlineMs }));
  } catch {
    return withoutQuotedLines(text);
  } finally {
    delete shared.readReply;
  }
}

/** The plain way, for a text that the expressions choke on. */
function withoutQuotedLines(text: string): string {
  const signature = text.search(/^-- ?$/m);
  const body = signature === -1 ? text : text.slice(0, signature);
  return body
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join('\n');
}
