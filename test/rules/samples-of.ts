/**
 * Texts that a pattern of a word list matches: each of its alternatives, each optional piece with and without. Knows the
 * syntax that the lists use, and refuses any other.
 */
import { parse, type Piece } from './pattern-pieces.ts';

const most = 400;

export function samplesOf(pattern: string): string[] {
  return expand(parse(pattern)).map((text) => text.replace(/ {2,}/g, ' ').trim());
}

function expand(piece: Piece): string[] {
  if (piece.kind === 'text') return [piece.text];
  if (piece.kind === 'either') return piece.pieces.flatMap(expand).slice(0, most);
  if (piece.kind === 'times') return [...(piece.least === 0 ? [''] : []), ...expand(piece.piece)];
  return piece.pieces
    .map(expand)
    .reduce((all, next) => all.flatMap((one) => next.map((two) => one + two)).slice(0, most), ['']);
}
