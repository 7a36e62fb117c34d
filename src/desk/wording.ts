/**
 * The owner's own words for a letter: read, tried on a client without being written, saved into her folder once they are
 * found sound, taken back. The text before stays beside the new one under its name with a ~, which no letter is read from.
 */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../errors.ts';
import type { Letters, Reader as LetterReader, TemplateFault } from '../letters/library.ts';
import type { Client } from '../rules/client.ts';
import type { Debt } from '../rules/invoice.ts';
import type { LetterKind } from '../rules/letter.ts';
import type { Settings } from '../rules/settings.ts';
import { openCasesOf } from '../store/cases.ts';
import { clientById } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { debtsOfClient, listInvoices } from '../store/invoices.ts';
import { note } from '../store/journal.ts';
import { act, type DeskParts } from './parts.ts';
import { type Preview, previewLetter, sampleClient } from './preview.ts';

export interface Worded extends LetterReader {
  kind: LetterKind;
}

type WordingDesk = DeskParts & { letters: Letters; config: Settings & { templatesDir: string | null; path: string } };

/** What a client owes in the currency that a letter about money would be about. */
export function debtsToShow(r: Reader, { id }: Pick<Client, 'id'>): Debt[] {
  const currency = openCasesOf(r, id)[0]?.currency ?? listInvoices(r, { clientId: id, state: 'open' })[0]?.currency;
  return currency === undefined ? [] : debtsOfClient(r, id, currency);
}

/**
 * The letter as these words would make it today. Nothing is written.
 * @param clientId with whose facts; null: made-up ones. It is written in the language and tone of the words in any case
 */
export function tryWording(
  desk: WordingDesk,
  { kind, language, tone }: Worded,
  { source, clientId }: { source: string; clientId: number | null },
): { preview: Preview | null; faults: TemplateFault[] } {
  const { letters, faults } = desk.letters.worded(kind, { language, tone }, source);
  if (letters === null) return { preview: null, faults };
  const now = desk.clock.now();
  const preview = desk.store.read((r) => {
    const client = clientId === null ? undefined : clientById(r, clientId);
    const reader = { ...(client ?? sampleClient({ language, tone })), language, tone };
    const debts = client === undefined ? [] : debtsToShow(r, client);
    return previewLetter(kind, { letters, settings: desk.config, client: reader, debts, now });
  });
  return { preview, faults };
}

/** The folder of her own letters; where none is named yet, one beside the configuration. */
export function ownFolder({ config }: Pick<WordingDesk, 'config'>): string {
  return config.templatesDir ?? join(dirname(config.path), newFolder);
}

/** As config.json names the folder that {@link saveWording} makes. */
export const newFolder = 'letters';

/** @throws AppError 'template' naming every fault; 'store' when it cannot be written */
export function saveWording(desk: WordingDesk, worded: Worded, source: string): { file: string; changed: boolean } {
  const { kind, language, tone } = worded;
  const { preview, faults } = tryWording(desk, worded, { source, clientId: null });
  const text = `${source.replace(/\r\n?/g, '\n').trimEnd()}\n`;
  const file = fileOf(desk, worded);
  if (preview === null)
    throw new AppError('template', faults.map(({ line, problem }) => `${line}: ${problem}`).join('; '), {
      where: file,
    });
  if (desk.letters.source(kind, { language, tone }) === text) return { file, changed: false };
  replace(file, text);
  noted(desk, worded, 'you-saved-wording');
  return { file, changed: true };
}

/** The words of the program are used again; her own stay beside. @returns changed: false when there were none */
export function dropWording(desk: WordingDesk, worded: Worded): { changed: boolean } {
  const file = fileOf(desk, worded);
  if (!existsSync(file)) return { changed: false };
  renameSync(file, `${file}~`);
  noted(desk, worded, 'you-dropped-wording');
  return { changed: true };
}

function fileOf(desk: WordingDesk, { kind, language, tone }: Worded): string {
  return join(ownFolder(desk), language, tone, `${kind}.hbs`);
}

function replace(file: string, text: string): void {
  const part = join(dirname(file), `.${process.pid}.part`);
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(part, text, { mode: 0o600 });
    if (existsSync(file)) renameSync(file, `${file}~`);
    renameSync(part, file);
  } catch (cause) {
    rmSync(part, { force: true });
    throw new AppError('store', 'your own words cannot be written', {
      where: file,
      next: 'Look at the permissions of the folder, and whether the disk is full.',
      cause,
    });
  }
}

type Change = 'you-saved-wording' | 'you-dropped-wording';

function noted(desk: WordingDesk, { kind, language, tone }: Worded, code: Change): void {
  const why = { code, letter: kind, language, tone };
  act(desk, (w) => note(w, { kind: 'wording-changed', subject: 'settings', why }));
}
