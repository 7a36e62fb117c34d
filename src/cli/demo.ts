/** `paletti demo`: hands over to the demonstration. Needs no configuration, no mailbox and no network. */
import type { Command } from 'commander';
import { parseWhole } from '../desk/values.ts';
import type { Ways } from './ways.ts';

export function addTo(program: Command, ways: Ways): void {
  program
    .command('demo')
    .summary('try it on a sample studio; no mailbox needed')
    .description(
      'Runs Paletti against an embedded mail server with a sample studio, and turns the clock through some weeks.',
    )
    .option('--days <number>', 'how many days')
    .option('--dir <folder>', 'where to put its configuration and database')
    .action((options: { days?: string; dir?: string }) =>
      ways.demo({
        days: options.days === undefined ? undefined : parseWhole(options.days, 'number of days', { min: 1, max: 365 }),
        dir: options.dir,
      }),
    );
}
