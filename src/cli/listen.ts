/** `paletti signs try FILE`: what is heard in the sentences of a file, each by itself. Needs no configuration. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../errors.ts';
import { heardIn } from '../rules/red-flags.ts';
import { optionsOf, outputOf, readInput, reading } from './command.ts';
import type { Ways } from './ways.ts';

export function addTo(program: Command, ways: Ways): void {
  const signs = program
    .command('signs')
    .summary('try what is heard in sentences')
    .description('Try what is heard in sentences.');
  reading(signs.command('try'))
    .summary('say what is heard in each sentence of a file')
    .description('Say what is heard in each sentence of a file: pressure, wishes for more, control, and so on.')
    .argument('<file>', 'JSON: {"any name": ["a sentence", …], …}, or a list of sentences; - for standard input')
    .action(async (file: string, _options, command: Command) => {
      const { bytes } = await readInput(ways, file);
      const heard = sentencesOf(bytes, file === '-' ? 'standard input' : resolve(ways.cwd, file)).map((sentence) => ({
        sentence,
        signs: heardIn(sentence),
      }));
      const out = outputOf(ways, command);
      if (optionsOf<{ json?: boolean }>(command).json === true) return out.json(heard);
      for (const { sentence, signs: kinds } of heard) out.data(`${kinds.join(', ') || '–'}: ${sentence}`);
    });
}

function sentencesOf(bytes: Uint8Array, where: string): string[] {
  const read = parsed(bytes);
  const lists = Array.isArray(read) ? [read] : typeof read === 'object' && read !== null ? Object.values(read) : [];
  const sentences = lists.flat();
  if (sentences.length > 0 && sentences.every((sentence) => typeof sentence === 'string')) return sentences;
  throw new AppError('bad-input', { code: 'no-sentences' }, { where });
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
