/** `paletti journal`: what happened, when and why; and whether anybody has edited it since. */
import type { Command } from 'commander';
import { AppError } from '../errors.ts';
import type { Instant } from '../rules/time.ts';
import { findClient } from '../store/clients.ts';
import { parseDay, parseMoment } from '../desk/values.ts';
import { at, dayOf } from '../rules/time.ts';
import { entries, verifyJournal } from '../store/journal.ts';
import { type DeskContext, optionsOf, parseLimit, reading, withDesk } from './command.ts';
import type { Ways } from './ways.ts';

interface ListOptions {
  client?: string;
  about?: string;
  since?: string;
  limit: string;
}

export function addTo(program: Command, ways: Ways): void {
  const journal = program
    .command('journal')
    .summary('what happened, when and why')
    .description('The journal: every decision with its reason. Nothing in it is ever changed.');
  reading(journal.command('list', { isDefault: true }))
    .description('The newest entries, in the order they were written.')
    .option('--client <client>', 'of one client')
    .option('--about <subject>', 'of one thing, as in letter/12')
    .option('--since <when>', 'a day, or "2026-11-24 09:00"')
    .option('--limit <number>', 'at most so many', '50')
    .action((_options, command: Command) => withDesk(ways, command, (context) => list(context, optionsOf(command))));
  reading(journal.command('verify'))
    .description('Recompute the chain of hashes: finds an entry that was changed, removed or put in.')
    .action((_options, command: Command) => withDesk(ways, command, verify));
}

function list({ desk, out, json, now, zone, voice }: DeskContext, options: ListOptions): void {
  const found = desk.store.read((r) =>
    entries(r, {
      ...(options.client !== undefined && { clientId: findClient(r, options.client).id }),
      ...(options.about !== undefined && { subject: options.about }),
      ...(options.since !== undefined && { since: sinceOf(options.since, now, zone) }),
      limit: parseLimit(options.limit),
    }),
  );
  if (json) return out.json(found);
  const { journal: words } = voice.t.daily;
  if (found.length === 0) return out.say(words.none);
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: words.columns.when },
      { title: words.columns.what },
      { title: words.columns.about },
      { title: words.columns.why, flexible: true },
    ],
    found.map((entry) => [String(entry.id), voice.moment(entry.at), entry.kind, entry.subject, voice.why(entry.why)]),
  );
}

function sinceOf(text: string, now: Instant, zone: string): Instant {
  return /[ T]/.test(text.trim()) ? parseMoment(text, { now, zone }) : at(parseDay(text, dayOf(now, zone)), 0, zone);
}

function verify({ desk, out, json, voice }: DeskContext): void {
  const verdict = desk.store.read((r) => verifyJournal(r));
  if (json) out.json(verdict);
  if (!verdict.ok) {
    throw new AppError(
      'store',
      { code: 'journal-changed', problem: verdict.problem },
      { where: `${desk.store.path}, journal entry ${verdict.id}` },
    );
  }
  if (!json) out.data(voice.t.daily.journal.whole(verdict.count, verdict.head));
}
