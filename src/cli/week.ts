/** `paletti week`: with whom a line was crossed, which step answers it, what staying costs. Reads; sends nothing. */
import type { Command } from 'commander';
import { viewWeek } from '../desk/views/week.ts';
import { weekBlocks, weekdayWords } from '../words/week.ts';
import { reading, withDesk } from './command.ts';
import type { Ways } from './ways.ts';

export function addTo(program: Command, ways: Ways): void {
  reading(program.command('week'))
    .summary('who crossed which line, what answers it, what staying costs')
    .description(
      'The sheet for Monday: with whom a line was crossed since the Monday before, which kind of client that is, the one step that answers it, and what staying costs: hours, mails, and what is owed.',
    )
    .action((_options, command: Command) =>
      withDesk(ways, command, ({ desk, out, json, now, zone, voice }) => {
        const week = desk.store.read((r) => viewWeek(r, desk.config, now));
        if (json) return out.json(week);
        out.heading(voice.t.week.title(weekdayWords(week.from, voice.words)));
        for (const { heading, lines } of weekBlocks(week, voice.words, zone)) {
          out.data(`\n${heading}`);
          for (const line of lines) out.data(`  ${line}`);
        }
      }),
    );
}
