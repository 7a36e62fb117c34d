/** `paletti pause`: the kill switch. Recording and judging go on; nothing leaves. */
import type { Command } from 'commander';
import { pauseSending } from '../desk/sending.ts';
import { parseUntil } from '../desk/values.ts';
import { withDesk } from './command.ts';
import type { Ways } from './ways.ts';

export function addTo(program: Command, ways: Ways): void {
  program
    .command('pause')
    .summary('let nothing leave')
    .description('Let nothing leave, until a day or until `paletti resume`. For one client: paletti clients hold.')
    .option('--until <when>', 'a day (to its end), 3h, 5d, 2w, or a moment in ISO 8601')
    .option('--why <text>', 'for the journal and for status', '')
    .action((options: { until?: string; why: string }, command: Command) =>
      withDesk(ways, command, ({ desk, out, now, zone, voice }) => {
        const until = options.until === undefined ? null : parseUntil(options.until, { now, zone });
        pauseSending(desk, { why: options.why, until });
        out.say(voice.t.daily.paused(until === null ? null : voice.moment(until)));
      }),
    );
}
