/** `paletti sieve`: a script for the mail server that flags clients' mail out of hours while the laptop sleeps. */
import type { Command } from 'commander';
import { sieveOfHours } from '../desk/sieve.ts';
import { dayOf, type Instant } from '../rules/time.ts';
import { parseWhole } from '../desk/values.ts';
import { type DeskContext, optionsOf, reading, withDesk } from './command.ts';
import type { Ways } from './ways.ts';

export function addTo(program: Command, ways: Ways): void {
  reading(program.command('sieve'))
    .summary('a script for your mail server: flags mail out of hours while you sleep')
    .description(
      'Prints a Sieve script (RFC 5228) made from your contact hours, holidays, closures and clients. Install it at your mail provider ("Filters", or ManageSieve): it flags clients\' mail that comes out of hours as Paletti does, also while this computer sleeps. It holds for the days given; print it anew when hours or clients change.',
    )
    .option('--days <number>', 'how far ahead it holds', '366')
    .action((_options, command: Command) => withDesk(ways, command, (context) => print(context, optionsOf(command))));
}

function print({ desk, out, json, now, zone, voice }: DeskContext, options: { days: string }): void {
  const days = parseWhole(options.days, 'number of days', { min: 1, max: 366 });
  const { sieve: words } = voice.t.daily;
  const head = (until: Instant) => words.head(voice.day(dayOf(now, zone)), voice.day(dayOf(until, zone)));
  const sieve = desk.store.read((r) => sieveOfHours(r, desk.config, { now, days, head }));
  if (json) return out.json(sieve);
  out.data(sieve.script.replaceAll('\r\n', '\n').trimEnd());
}
