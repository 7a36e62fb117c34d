/**
 * Media types as mail really has them: without subtype, without the semicolon before the parameters, empty. Repairs a
 * written Content-Type; decodes nothing (RFC 2045, section 5.2: what cannot be read is text/plain).
 */

const token = '[A-Za-z0-9!#$&^_.+-]{1,100}';
const sound = new RegExp(`^\\s*${token}/${token}\\s*(?:;|\\(|$)`);
/** The type in front, and what stands between it and the parameters. */
const typeInFront = new RegExp(`^["'\\s]*(${token}/${token})["']?[\\s,:;|]*`);

/** @returns the value as a parser understands it, with its parameters; the value itself when it is sound */
export function repairedContentType(value: string): string {
  if (sound.test(value)) return value;
  const written = typeInFront.exec(value);
  if (written !== null) return withParameters(written[1] as string, value.slice(written[0].length));
  const at = value.indexOf(';');
  const parameters = at === -1 ? '' : value.slice(at + 1);
  const isMultipart = /^\s*multipart\b/i.test(value) && /\bboundary\s*=/i.test(parameters);
  return withParameters(isMultipart ? 'multipart/mixed' : 'text/plain', parameters);
}

function withParameters(type: string, parameters: string): string {
  return /^\s*[\w*-]+\s*=/.test(parameters) ? `${type}; ${parameters}` : type;
}

/** What can be read of a Content-Type, sound or not. @returns `type` undefined when none is named; lower-cased */
export function readContentType(value: string): { type: string | undefined; charset: string | undefined } {
  return {
    type: typeInFront.exec(value)?.[1]?.toLowerCase(),
    charset: /\bcharset\s*=\s*["']?([^"';\s]{1,80})/i.exec(value)?.[1],
  };
}
