/** `paletti clients merge`: two clients of the register are one. The name of the one that goes is typed, at the prompt or with --confirm. */
import type { Command } from 'commander';
import type { MergeView } from '../desk/merge-clients.ts';
import { AppError } from '../errors.ts';
import { type DeskContext, optionsOf, reading, withDesk } from './command.ts';
import type { Told } from './import-questions.ts';
import type { Voice } from './voice.ts';
import { mayAsk } from './terminal.ts';
import type { Ways } from './ways.ts';

interface MergeOptions {
  dryRun?: boolean;
  confirm?: string;
  why: string;
  input?: boolean;
}

export function addMerge(clients: Command, ways: Ways): void {
  reading(clients.command('merge'))
    .description(
      "Make two clients of the register one: mails, invoices, letters, log and all else of the first become the second's. It cannot be undone; what it would do is shown with --dry-run.",
    )
    .argument('<client>', 'the one that goes: number, name or address')
    .argument('<into>', 'the one that stays')
    .option('--dry-run', 'only show what it would do')
    .option(
      '--confirm <name>',
      'the name of the one that goes as the register has it, instead of typing it at the prompt',
    )
    .option('--why <text>', 'for the journal', '')
    .action((who: string, into: string, _options, command: Command) =>
      withDesk(ways, command, (context) => merge(ways, context, { who, into, options: optionsOf(command) })),
    );
}

async function merge(
  ways: Ways,
  { desk, out, json, voice }: DeskContext,
  { who, into, options }: { who: string; into: string; options: MergeOptions },
): Promise<void> {
  const { mergeInto, viewMerge } = await import('../desk/merge-clients.ts');
  const view = desk.store.read((r) => viewMerge(r, who, into));
  const isDry = options.dryRun === true;
  const { merge: words } = voice.t.clients;
  if (!json) sayView({ out, voice }, view);
  if (isDry) return json ? out.json({ done: false, ...shown(view) }) : out.say(words.unchanged);
  const typed =
    view.obstacles.length > 0 ? view.from.name : (options.confirm ?? (await typedName(ways, view, options, voice)));
  const done = mergeInto(desk, String(view.from.id), String(view.into.id), { typed, why: options.why });
  if (json) return out.json({ done: true, ...shown(done) });
  out.say(words.done(view.from.name, view.from.id, view.into.name, view.into.id));
}

function shown({ from, into, ...view }: MergeView) {
  return { from: { id: from.id, name: from.name }, into: { id: into.id, name: into.name }, ...view };
}

function sayView({ out, voice }: Told, view: MergeView): void {
  const { from, into, moves, takes, leaves, letters, obstacles } = view;
  const { merge: words } = voice.t.clients;
  const counts = Object.entries(words.nouns).flatMap(([table, noun]) => {
    const amount = moves[table] ?? 0;
    return amount === 0 ? [] : [noun(amount)];
  });
  out.say(words.becomes(from.name, from.id, into.name, into.id));
  out.say(words.goesOver(counts));
  if (takes.length > 0) out.say(words.takes(into.name, takes.join('; ')));
  if (leaves.length > 0) out.say(words.leaves(leaves.join('; ')));
  if (letters.length > 0) out.say(words.writtenAnew(letters));
  for (const { why, next } of obstacles) out.warn(`${why}. ${next}`);
}

async function typedName(ways: Ways, { from, into }: MergeView, options: MergeOptions, { t }: Voice): Promise<string> {
  const { merge: words } = t.clients;
  if (!mayAsk(ways, options)) throw new AppError('usage', { code: 'name-not-typed', name: from.name });
  const { Questions } = await import('./questions.ts');
  const questions = await Questions.begin(ways, words.title(from.name, into.name));
  const typed = await questions.text(words.type(from.name));
  questions.end(words.typed);
  return typed;
}
