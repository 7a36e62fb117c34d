/**
 * Where quoted mail begins in a text, by the lines that mail programs put before it: a line of dashes with a name, a
 * block of header fields, a line that says who wrote what follows. In the languages of the owner's clients. Looks at
 * lines; the lines with '>' themselves are left to the reader of replies.
 */
import { plainSpelling } from '../rules/spelling.ts';

const originals = [
  'messaggio originale|messaggio inoltrato|original message|forwarded message|originalnachricht|original nachricht|ursprungliche nachricht',
  "weitergeleitete nachricht|message d'origine|message original|message initial|message transfere|message transmis|mensaje original",
  'mensaje reenviado|mensagem original|mensagem encaminhada|oorspronkelijk bericht|origineel bericht|doorgestuurd bericht',
  'ursprungligt meddelande|vidarebefordrat meddelande|oprindelig meddelelse|opprinnelig melding|alkuperainen viesti|oryginalna wiadomosc',
  'wiadomosc oryginalna|puvodni zprava|povodna sprava|eredeti uzenet|mesaj original|orijinal ileti|izvorna poruka|izvirno sporocilo',
  'исходное сообщение|пересылаемое сообщение|пересланное сообщение|原始邮件|原始郵件|転送メッセージ|元のメッセージ|원본 메시지|원본 메일',
].join('|');
/** "-----Messaggio originale-----"; some leave out the dashes behind, or write them of another length. */
const dashes = new RegExp(`^-{2,20} ?(?:${originals}) ?-{0,20}$`);
const forwards =
  /^(?:inizio messaggio inoltrato|begin forwarded message|debut du message reexpedie|anfang der weitergeleiteten nachricht|inicio del mensaje reenviado|begin doorgestuurd bericht|inicio da mensagem reencaminhada) ?:$/;

const authors =
  /^\*?(?:from|da|von|de|van|od|fran|fra|lahettaja|expediteur|mittente|от|kimden|发件人|寄件者|差出人|보낸 사람)\*? ?[:：]/;
const fields =
  /^\*?(?:sent|date|to|cc|subject|inviato|inviata|data|a|oggetto|ogg|gesendet|datum|an|betreff|envoye|pour|objet|sujet|enviado(?: el)?|enviada(?: em)?|fecha|para|asunto|assunto|verzonden|aan|onderwerp|skickat|till|amne|sendt|til|emne|lahetetty|vastaanottaja|aihe|wyslano|do|temat|odeslano|komu|predmet|kime|konu|gonderilen|отправлено|дата|кому|тема|发送时间|日期|收件人|主题|送信日時|宛先|件名|보낸 날짜|받는 사람|제목)\*? ?[:：]/;
/** A block of header fields: this many of the lines behind its first must be fields too. */
const fieldsBehind = 2;
const blockLength = 6;

const verbs =
  'wrote|writes|ha scritto|scrive|scriveva|a ecrit|ecrit|escribio|ha escrito|escribe|schrieb|schreibt|schreef|schrijft|escreveu|escreve|skrev|skriver|kirjoitti|pisze|napisala?|napisal\\(a\\)|napsala?|napsal\\(a\\)|napisao|je napisal|irta|a scris|yazdi|написала?|написал\\(а\\)|пишет|написа|έγραψε|εγραψε|כתב|כתבה|写道|寫道|작성|のメッセージ';
const says = new RegExp(`(?<!\\p{L})(?:${verbs})(?!\\p{L})`, 'u');
const excerpt = /^(?:excerpts from .{1,200} message of|quoting|zitat von|citando a?|citazione di|citation de)(?![a-z])/;
const address = /<[^<>\s@]{1,64}@[^<>\s@]{1,254}>|\[mailto:|(?<![\w.])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,190}/;
const clock = /\d{1,2}[:.]\d{2}|\d{4}/;
const longestLine = 400;

/**
 * The text up to the first quote that goes to the end, without the lines that only announce a quote marked by '>'.
 * @param text with \n line ends
 */
export function beforeQuote(text: string): string {
  const lines = text.split('\n');
  const ends = lines.map(endsInColon);
  const kept: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as string;
    if (isSeparator(line) || isFieldBlock(lines, at)) break;
    const mayAnnounce = ends[at] === true || ends[at + 1] === true || ends[at + 2] === true;
    const said = mayAnnounce ? announces(lines, at) : 0;
    if (said === 0) kept.push(line);
    else if (said < 0) break;
    else at += said - 1;
  }
  return kept.join('\n');
}

function isSeparator(line: string): boolean {
  if (line.length > 120) return false;
  const first = line.trimStart()[0];
  if (first === '-') return dashes.test(plainSpelling(line).trim());
  return line.trimEnd().endsWith(':') && forwards.test(plainSpelling(line).trim());
}

function isFieldBlock(lines: readonly string[], at: number): boolean {
  const line = lines[at] as string;
  if (line.length > longestLine || !(line.includes(':') || line.includes('：'))) return false;
  if (!/^[ \t]*\*?\p{L}[^:：\n]{0,20}[:：]/u.test(line)) return false;
  if (!authors.test(plainSpelling(line).trim())) return false;
  const behind = lines
    .slice(at + 1, at + 1 + blockLength)
    .map((next) => plainSpelling(next.slice(0, longestLine)).trim());
  return behind.filter((next) => fields.test(next)).length >= fieldsBehind;
}

/**
 * Whether a quote is announced here. @returns how many lines the announcement has, when lines with '>' follow; -1 when
 * all that follows is the quote; 0 when none is announced
 */
function announces(lines: readonly string[], at: number): number {
  for (let length = 1; length <= 3; length += 1) {
    const last = lines[at + length - 1];
    if (last === undefined || last.trim() === '' || last.length > longestLine) return 0;
    if (!endsInColon(last)) continue;
    const said = plainSpelling(lines.slice(at, at + length).join(' ')).trim();
    const isSaid = says.test(said) || excerpt.test(said);
    const isNamed = address.test(said);
    if (!isSaid && !(length === 1 && isNamed && /[>)\]] ?[:：]$/.test(said))) return 0;
    if (length > 1 && !startsAnnouncement.test(said)) return 0;
    if (isQuoted(lines, at + length)) return length;
    return isSaid && isNamed && clock.test(said) ? -1 : 0;
  }
  return 0;
}

/** Behind it may stand blanks and asterisks. */
function endsInColon(line: string): boolean {
  let end = line.length - 1;
  while (end >= 0 && (line[end] === ' ' || line[end] === '\t' || line[end] === '*')) end -= 1;
  return line[end] === ':' || line[end] === '：';
}

/** Of an announcement over several lines the first must look like one: a day, or who wrote. */
const startsAnnouncement =
  /^(?:[>*-]* ?)?(?:on|at|in|il|le|el|am|op|em|den|dne|dnia|w dniu|om|pe|al|a|um|от|\d|[\p{L}]{2,12},|[\p{L} .'-]{1,80} <)/u;

function isQuoted(lines: readonly string[], from: number): boolean {
  const next = lines.slice(from, from + 3).find((line) => line.trim() !== '');
  return next?.trimStart().startsWith('>') === true;
}
