/** `paletti demo`: hands over to the demonstration. Needs no configuration, no mailbox and no network. */
import type { Command } from 'commander';
import { parseWhole } from '../desk/values.ts';
import type { Ways } from './ways.ts';

interface Options {
  days?: string;
  dir?: string;
  page?: boolean;
}

export function addTo(program: Command, ways: Ways): void {
  program
    .command('demo')
    .summary('try it on a sample studio; no mailbox needed')
    .description(
      'Runs Paletti against an embedded mail server with a sample studio, and turns the clock through some weeks.',
    )
    .option('--days <number>', 'how many days')
    .option('--dir <folder>', 'where to put its configuration and database')
    .option('--page', 'open the page on it when the story has ended')
    .action((options: Options, command: Command) => demo(ways, options, command));
}

async function demo(ways: Ways, { days, dir, page }: Options, command: Command): Promise<void> {
  const config = await ways.demo({
    days: days === undefined ? undefined : parseWhole(days, 'number of days', { min: 1, max: 365 }),
    dir,
  });
  if (page !== true || ways.signal.aborted) return;
  const { servePageOf } = await import('./page.ts');
  await servePageOf(ways, command, { open: true, config });
}
