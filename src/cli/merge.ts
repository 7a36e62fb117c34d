/** `paletti clients merge`: two clients of the register are one. The name of the one that goes is typed, at the prompt or with --confirm. */
import type { Command } from 'commander';
import type { MergeView } from '../desk/merge-clients.ts';
import { AppError } from '../errors.ts';
import { type DeskContext, optionsOf, reading, withDesk } from './command.ts';
import type { Output } from './output.ts';
import { mayAsk, type Ways } from './ways.ts';

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
  { desk, out, json }: DeskContext,
  { who, into, options }: { who: string; into: string; options: MergeOptions },
): Promise<void> {
  const { mergeInto, viewMerge } = await import('../desk/merge-clients.ts');
  const view = desk.store.read((r) => viewMerge(r, who, into));
  const isDry = options.dryRun === true;
  if (!json) sayView(out, view);
  if (isDry) return json ? out.json({ done: false, ...shown(view) }) : out.say('Nothing was changed.');
  const typed =
    view.obstacles.length > 0 ? view.from.name : (options.confirm ?? (await typedName(ways, view, options)));
  const done = mergeInto(desk, String(view.from.id), String(view.into.id), { typed, why: options.why });
  if (json) return out.json({ done: true, ...shown(done) });
  out.say(
    `Done. ${view.from.name} is ${view.into.name} (client ${view.into.id}) from now on; number ${view.from.id} and the old name still find it.`,
  );
}

function shown({ from, into, ...view }: MergeView) {
  return { from: { id: from.id, name: from.name }, into: { id: into.id, name: into.name }, ...view };
}

/** Table -> what a person calls one of its rows, and several. */
const nouns: Record<string, [string, string]> = {
  client_addresses: ['address', 'addresses'],
  client_domains: ['domain', 'domains'],
  client_references: ['reference', 'references'],
  messages: ['message', 'messages'],
  windows: ['response window', 'response windows'],
  cases: ['case', 'cases'],
  invoices: ['invoice', 'invoices'],
  letters: ['letter', 'letters'],
  log_entries: ['log entry', 'log entries'],
  projects: ['project', 'projects'],
  owner_marks: ['mark', 'marks'],
  requests: ['request', 'requests'],
  exits: ['exit', 'exits'],
  holds: ['hold', 'holds'],
};

function sayView(out: Output, { from, into, moves, takes, leaves, letters, obstacles }: MergeView): void {
  const counts = Object.entries(nouns).flatMap(([table, [one, many]]) => {
    const count = moves[table] ?? 0;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  out.say(`${from.name} (client ${from.id}) becomes ${into.name} (client ${into.id}).`);
  out.say(`Goes over: ${counts.length === 0 ? 'nothing' : counts.join(', ')}.`);
  if (takes.length > 0) out.say(`Taken over, as ${into.name} has none: ${takes.join('; ')}.`);
  if (leaves.length > 0) out.say(`Not taken over, and kept in the journal: ${leaves.join('; ')}.`);
  if (letters.length > 0) out.say(`Written anew: ${letters.map((id) => `letter ${id}`).join(', ')}.`);
  for (const { why, next } of obstacles) out.warn(`${why}. ${next}`);
}

async function typedName(ways: Ways, { from, into }: MergeView, options: MergeOptions): Promise<string> {
  if (!mayAsk(ways, options))
    throw new AppError('usage', 'the name is not typed', {
      next: `It cannot be undone. If you mean it, add: --confirm "${from.name}"`,
    });
  const { Questions } = await import('./questions.ts');
  const questions = await Questions.begin(ways, `Make ${from.name} one with ${into.name}`);
  const typed = await questions.text(`It cannot be undone. Type the name of the one that goes: ${from.name}`);
  questions.end('The name is typed.');
  return typed;
}
