/** `paletti templates`: the letters as they are written: list, check, preview. */
import type { Command } from 'commander';
import { type PreviewClient, previewLetter, sampleClient } from '../desk/preview.ts';
import { parseWord } from '../desk/values.ts';
import { debtsToShow } from '../desk/wording.ts';
import { AppError } from '../errors.ts';
import type { Debt } from '../rules/invoice.ts';
import { letterKinds } from '../rules/letter.ts';
import { findClient } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { type WritingContext, reading, withWritingDesk } from './command.ts';
import type { Ways } from './ways.ts';

interface PreviewOptions {
  client?: string;
  language?: string;
  tone?: string;
}

export function addTo(program: Command, ways: Ways): void {
  const templates = program
    .command('templates')
    .summary('the letters: list, check, preview')
    .description('The letters, in each language and tone.');
  reading(templates.command('list', { isDefault: true }))
    .description('Every letter with its file; your own files go before those of the program.')
    .action((_options, command: Command) => withWritingDesk(ways, command, list));
  reading(templates.command('check'))
    .description('Look for faults: unknown variables, missing letters, broken syntax.')
    .action((_options, command: Command) => withWritingDesk(ways, command, check));
  reading(templates.command('preview'))
    .description('A letter as it would read today, with the facts of a client or with made-up ones.')
    .argument('<letter>', letterKinds.join(', '))
    .option('--client <client>', 'number, name or address')
    .option('--language <language>', 'it or en; without --client')
    .option('--tone <tone>', 'formal or informal; without --client')
    .action((kind: string, options: PreviewOptions, command: Command) =>
      withWritingDesk(ways, command, (context) => preview(context, kind, options)),
    );
}

function list({ desk, out, json, voice }: WritingContext): void {
  const letters = desk.letters.list();
  if (json) return out.json(letters);
  const { columns, yours } = voice.t.letters.templates;
  out.table(
    [
      { title: columns.letter },
      { title: columns.language },
      { title: columns.tone },
      { title: columns.yours },
      { title: columns.file, flexible: true },
    ],
    letters.map(({ kind, language, tone, overridden, file }) => [kind, language, tone, overridden ? yours : '', file]),
  );
}

function check({ desk, out, json, voice }: WritingContext): void {
  const faults = desk.letters.check();
  if (json) out.json(faults);
  else for (const fault of faults) out.data(`${fault.file}:${fault.line}: ${fault.problem}`);
  if (faults.length > 0) {
    throw new AppError('template', { code: 'template-faults', amount: faults.length });
  }
  if (!json) out.data(voice.t.letters.templates.sound(desk.letters.list().length));
}

function preview({ desk, out, json, now, voice }: WritingContext, name: string, options: PreviewOptions): void {
  const kind = parseWord(name, 'letter', letterKinds);
  const { client, debts } = desk.store.read((r) => subject(r, desk, options));
  const {
    subject: line,
    text,
    isSample,
  } = previewLetter(kind, { letters: desk.letters, settings: desk.config, client, debts, now });
  if (json) return out.json({ kind, client: client.name, sample: isSample, subject: line, text });
  out.data(`${voice.t.letters.labels.subject}: ${line}\n\n${text.trimEnd()}`);
  if (isSample) out.say(`\n${voice.t.letters.templates.sample}`);
}

function subject(
  r: Reader,
  desk: WritingContext['desk'],
  options: PreviewOptions,
): { client: PreviewClient; debts: Debt[] } {
  if (options.client === undefined) {
    const language =
      options.language === undefined
        ? desk.config.owner.language
        : parseWord(options.language, 'language', ['it', 'en']);
    const tone = options.tone === undefined ? 'formal' : parseWord(options.tone, 'tone', ['formal', 'informal']);
    return { client: sampleClient({ language, tone }), debts: [] };
  }
  const client = findClient(r, options.client);
  return { client, debts: debtsToShow(r, client) };
}
