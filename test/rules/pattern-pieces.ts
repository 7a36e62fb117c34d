/** The patterns of the word lists, taken apart: sequences, alternatives, optional pieces, character classes. */

export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'row'; pieces: Piece[] }
  | { kind: 'either'; pieces: Piece[] }
  | { kind: 'times'; piece: Piece; least: number };

/** What matches any letter, or none. */
const stands: Record<string, string> = { '.': "'", '^': '', $: '' };
/** One letter for what stands for many. */
const examples: Record<string, string> = { p: 'x', S: 'x', w: 'x', d: '7', s: ' ', b: '' };

/** @throws Error for syntax that the lists do not use */
export function parse(pattern: string): Piece {
  let at = 0;
  const alternatives = (): Piece => {
    const pieces = [row()];
    while (pattern[at] === '|') {
      at += 1;
      pieces.push(row());
    }
    return pieces.length === 1 ? (pieces[0] as Piece) : { kind: 'either', pieces };
  };
  const row = (): Piece => {
    const pieces: Piece[] = [];
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') pieces.push(repeated(single()));
    return { kind: 'row', pieces };
  };
  const single = (): Piece => {
    const letter = pattern[at] as string;
    at += 1;
    if (letter === '(') return group();
    if (letter === '[') return oneOf();
    if (letter === '\\') return escaped();
    return { kind: 'text', text: stands[letter] ?? letter };
  };
  const group = (): Piece => {
    const start = /^\?(?::|<?[=!])/.exec(pattern.slice(at))?.[0] ?? '';
    at += start.length;
    const inside = alternatives();
    at += 1;
    return start.includes('!') || start.includes('=') ? { kind: 'text', text: '' } : inside;
  };
  const oneOf = (): Piece => {
    const end = pattern.indexOf(']', at);
    const letters = pattern.slice(at, end);
    at = end + 1;
    if (letters.startsWith('^')) return { kind: 'text', text: 'x' };
    return { kind: 'either', pieces: [...letters.replace(/.-./g, '')].map((text) => ({ kind: 'text', text })) };
  };
  const escaped = (): Piece => {
    const letter = pattern[at] as string;
    at += 1;
    if (letter === 'p') at = pattern.indexOf('}', at) + 1;
    return { kind: 'text', text: examples[letter] ?? letter };
  };
  const repeated = (piece: Piece): Piece => {
    const mark = /^(?:[?*+]|\{(\d+),?\d*\})\??/.exec(pattern.slice(at));
    if (mark === null) return piece;
    at += mark[0].length;
    const least = mark[0].startsWith('+') ? 1 : Number(mark[1] ?? 0);
    return {
      kind: 'times',
      piece: least > 1 ? { kind: 'row', pieces: Array<Piece>(least).fill(piece) } : piece,
      least,
    };
  };
  const whole = alternatives();
  if (at !== pattern.length) throw new Error(`not understood: ${pattern.slice(at)}`);
  return whole;
}
