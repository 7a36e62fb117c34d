/** A font with many letters for the PDF of a dossier, from where the systems keep theirs. */
import { existsSync, readFileSync } from 'node:fs';

/** Fonts with many letters, where the systems keep them. Only names in other alphabets need one. */
const fonts = [
  '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf',
  '/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf',
  '/usr/share/fonts/TTF/DejaVuSans.ttf',
  '/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf',
  '/System/Library/Fonts/Supplemental/Arial Unicode.ttf',
  'C:\\Windows\\Fonts\\arial.ttf',
];

/** @returns null when none is found: then names in other alphabets cannot be printed */
export function fontOfThisMachine(): Uint8Array | null {
  const found = fonts.find((path) => existsSync(path));
  try {
    return found === undefined ? null : readFileSync(found);
  } catch {
    return null;
  }
}
