/** `paletti notify test`: one word on the desktop, as the daemon would say it, or why there is none. */
import type { Command } from 'commander';
import { AppError } from '../errors.ts';
import { wordsOf } from '../words/voice.ts';
import { outputOf } from './command.ts';
import { languageOf } from './language.ts';
import type { Ways } from './ways.ts';

export function addTo(program: Command, ways: Ways): void {
  const notify = program
    .command('notify')
    .summary('try the notifications on your desktop')
    .description(
      'Notifications on the desktop: what asks something of you, gathered, in your contact hours. "notifications": { "desktop": false } in config.json switches them off.',
    );
  notify
    .command('test')
    .description('Show one, and say why if the desktop shows none.')
    .action(async (_options, command: Command) => {
      const { desktop: words } = wordsOf(languageOf(ways)).terminal.daily;
      const { ok, why } = await ways.notify({ title: words.title(1), body: words.test });
      if (!ok) throw new AppError('internal', { code: 'desktop-silent', why });
      outputOf(ways, command).say(words.shown);
    });
}
