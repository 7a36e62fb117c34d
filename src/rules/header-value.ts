/** The structure that header values share: comments, quoted strings and words (RFC 5322, section 3.2). Knows no field. */

/** Takes out comments, nested ones too, in one walk. A parenthesis that is never closed is text. */
export function withoutComments(value: string): string {
  if (!value.includes('(')) return value;
  let kept = '';
  let depth = 0;
  let opened = 0;
  for (let index = 0; index < value.length; index++) {
    const letter = value[index];
    if (letter === '(' && depth++ === 0) opened = index;
    if (depth === 0) kept += letter;
    if (letter === '\\' && depth > 0) index++;
    if (letter === ')' && depth > 0 && --depth === 0) kept += ' ';
  }
  return depth === 0 ? kept : kept + value.slice(opened);
}

/** The first word of a header value, comments and parameters off, lower-cased: ' No (really); x=1' -> 'no'. */
export function token(value: string): string {
  return (withoutComments(value).split(';')[0] as string).trim().toLowerCase();
}

export interface BareValue {
  /** without comments and quoted strings: what the writer of the header put there himself */
  text: string;
  /** a comment or a quotation mark is never closed: then what follows it stands in `text` as it is, and may be anybody's */
  open: boolean;
}

/** Comments and quoted strings out, in one walk: a quotation mark in a comment is none, a parenthesis in quotation marks neither. */
export function bareValue(value: string): BareValue {
  let text = '';
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (let index = 0; index < value.length; index++) {
    const letter = value[index];
    const isText = depth === 0 && !quoted;
    if (!isText && letter === '\\') index++;
    else if (quoted) quoted = letter !== '"';
    else if (letter === '(') [depth, from] = [depth + 1, depth === 0 ? index : from];
    else if (letter === ')' && depth > 0) depth -= 1;
    else if (letter === '"' && depth === 0) [quoted, from] = [true, index];
    else if (isText) text += letter;
  }
  const open = depth > 0 || quoted;
  return { text: open ? text + value.slice(from) : text, open };
}
