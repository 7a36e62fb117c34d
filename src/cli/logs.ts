/** `paletti logs`: what the service has written, by the program of the system that keeps it. Keeps no log of its own. */
import type { Command } from 'commander';
import { parseLimit, optionsOf } from './command.ts';
import { AppError } from '../errors.ts';
import { inShell, logsOf } from './service-file.ts';
import { homeOf } from './service.ts';
import type { Ways } from './ways.ts';

export function addTo(program: Command, ways: Ways): void {
  program
    .command('logs')
    .summary('what the service has written')
    .description('What the service has written: from the journal of the system (Linux), or its file (macOS).')
    .option('-f, --follow', 'go on as it is written, until Ctrl-C')
    .option('-n, --lines <number>', 'how many of the last lines', '100')
    .action(async (_options, command: Command) => {
      const { follow = false, lines } = optionsOf<{ follow?: boolean; lines: string }>(command);
      const line = logsOf(process.platform, homeOf(ways), { follow, lines: parseLimit(lines) });
      if (line === null) throw new AppError('usage', { code: 'no-logs-here' });
      const code = await ways.follow(line);
      if (code === null) throw new AppError('not-found', { code: 'logs-unread', line: inShell(line) });
    });
}
