/** Files of a bank or of invoices that were not taken: each is told once, and the command fails with the first of them. */
import { AppError } from '../errors.ts';
import { count } from '../rules/words.ts';
import type { Output } from './output.ts';

interface Tried {
  file: string;
  refused: { message: string; place: string; next: string } | null;
}

/** All but the first, which ends the command. */
export function tellFurtherRefused(out: Output, files: readonly Tried[]): void {
  for (const { file, refused } of files.filter((one) => one.refused !== null).slice(1))
    if (refused !== null) out.warn(`${file}: ${refused.message} ${refused.next}`);
}

/** There is nothing to say of what would be done. */
export function isAllRefused(files: readonly Tried[]): boolean {
  return files.length > 0 && files.every(({ refused }) => refused !== null);
}

/** After all else was told. @throws AppError 'bad-input' */
export function refuseFiles(files: readonly Tried[]): void {
  const refused = files.flatMap(({ file, refused: why }) => (why === null ? [] : [{ file, ...why }]));
  const [first] = refused;
  if (first === undefined) return;
  const others = refused.length > 1 ? ` (and ${count(refused.length - 1, 'other file')})` : '';
  throw new AppError('bad-input', `${first.message.replace(/\.$/, '')}${others}`, {
    where: first.place === '' ? first.file : `${first.file}, ${first.place}`,
    next: first.next,
  });
}
