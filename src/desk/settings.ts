/**
 * What the owner may change of config.json by a program, with its line in the journal: proposed first, as a difference,
 * then written; the configuration before it stays beside it and can be put back. Servers and passwords are not touched.
 */
import { withDefaults } from '../config/defaults.ts';
import type { Difference, Proposal } from '../config/change.ts';
import { parseText } from '../config/faults.ts';
import { readText } from '../config/file.ts';
import type { NewValue } from '../config/rewrite.ts';
import type { ConfigInput } from '../config/schema.ts';
import { note } from '../store/journal.ts';
import { act, type DeskParts } from './parts.ts';

export type { Difference, Proposal } from '../config/change.ts';
export type { NewValue } from '../config/rewrite.ts';
export type { ConfigInput } from '../config/schema.ts';

/** What changes needs the schema and the calendars of all countries: a page that only shows settings starts without. */
const changing = () => import('../config/change.ts');

/**
 * What stands in the file now, defaults included. It is taken for sound: whoever opened the record has examined it.
 * @param path of config.json
 * @throws AppError 'config' when it cannot be read
 */
export function currentSettings(path: string): ConfigInput {
  return withDefaults(parseText(readText(path), path).value) as ConfigInput;
}

/**
 * What the file would be with other values. Nothing is written.
 * @throws AppError 'config' when the file as it stands has a fault already
 */
export async function proposeSettings(path: string, values: readonly NewValue[]): Promise<Proposal> {
  return (await changing()).proposed(path, values);
}

/**
 * Proposes and writes in one go, unless the file is another than the one that was looked at.
 * @param from of the proposal that was looked at
 * @returns what is other than before; nothing when it was so already
 * @throws AppError 'conflict' when the file was changed meanwhile, 'config' when the values cannot be used
 */
export async function changeSettings(
  desk: DeskParts,
  path: string,
  { values, from }: { values: readonly NewValue[]; from: string },
): Promise<readonly Difference[]> {
  const { proposed, written } = await changing();
  const proposal = proposed(path, values);
  if (proposal.refusal !== null) throw proposal.refusal;
  if (proposal.differences.length === 0) return [];
  written(path, { ...proposal, from });
  noted(desk, proposal.differences, 'you-changed-settings');
  return proposal.differences;
}

/** The configuration before the last change, in words of its difference; null when none is kept, or it is the same. */
export async function earlierSettings(path: string): Promise<Proposal | null> {
  const { proposedText, kept } = await changing();
  const text = kept(path);
  if (text === null) return null;
  const proposal = proposedText(path, text);
  return proposal.differences.length === 0 ? null : proposal;
}

/**
 * Puts the configuration before the last change back; what is replaced is kept in its place.
 * @throws AppError 'conflict' when the file was changed since, 'not-found' when there is no earlier one
 */
export async function restoreSettings(desk: DeskParts, path: string, from: string): Promise<readonly Difference[]> {
  const { written, nothingKept } = await changing();
  const proposal = await earlierSettings(path);
  if (proposal === null) throw nothingKept(path);
  written(path, { ...proposal, from });
  noted(desk, proposal.differences, 'you-put-settings-back');
  return proposal.differences;
}

type Change = 'you-changed-settings' | 'you-put-settings-back';

function noted(desk: DeskParts, differences: readonly Difference[], code: Change): void {
  const fields = differences.map(({ path }) => path.join('.'));
  act(desk, (w) =>
    note(w, {
      kind: 'settings-changed',
      subject: 'settings',
      why: { code, fields },
      data: { differences },
    }),
  );
}
