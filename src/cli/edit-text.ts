/** A letter in the owner's editor: `Subject:` line, blank line, text, like a template. Keeps no copy. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import type { Terminal } from './terminal.ts';

/** @throws AppError 'bad-input' when the editor ends with a fault, or the first line is no subject */
export async function editText(
  ways: Terminal,
  letter: { subject: string; text: string },
): Promise<{ subject: string; text: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'paletti-'));
  const file = join(folder, 'letter.txt');
  try {
    await writeFile(file, `Subject: ${letter.subject}\n\n${letter.text}`, { mode: 0o600 });
    await runEditor(ways, file);
    return splitLetter(await readFile(file, 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @throws AppError 'bad-input' */
export function splitLetter(source: string): { subject: string; text: string } {
  const [first = '', second, ...rest] = source.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (first.startsWith('Subject:') && second !== undefined && second.trim() === '' && rest.length > 0)
    return { subject: first.slice('Subject:'.length).trimStart(), text: rest.join('\n') };
  throw new AppError('bad-input', { code: 'edited-without-subject' });
}

async function runEditor(ways: Terminal, file: string): Promise<void> {
  const editor = ways.env['VISUAL'] || ways.env['EDITOR'] || '';
  if (editor === '') throw new AppError('usage', { code: 'no-editor' });
  const [program, ...rest] = editor.split(/\s+/) as [string, ...string[]];
  const code = await new Promise<number | null>((done, fail) => {
    spawn(program, [...rest, file], { stdio: 'inherit', env: ways.env })
      .once('error', fail)
      .once('exit', done);
  }).catch((cause: unknown) => {
    throw new AppError('bad-input', { code: 'editor-not-started' }, { where: editor, cause });
  });
  if (code !== 0) throw new AppError('bad-input', { code: 'editor-failed' }, { where: editor });
}
