/** `paletti resume`: ends a pause. What waited leaves at its next proper time, under the usual limits. */
import type { Command } from 'commander';
import { resumeSending } from '../desk/sending.ts';
import { withDesk } from './command.ts';
import type { Ways } from './ways.ts';

export function addTo(program: Command, ways: Ways): void {
  program
    .command('resume')
    .summary('let letters leave again')
    .description('Let letters leave again.')
    .action((_options, command: Command) =>
      withDesk(ways, command, ({ desk, out, voice: { t } }) => {
        out.say(resumeSending(desk).changed ? t.daily.resumed : t.daily.notPaused);
      }),
    );
}
