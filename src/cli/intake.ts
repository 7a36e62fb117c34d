/** `paletti clients intake`: what to settle with somebody new before the work begins. Reads; refuses nobody. */
import type { Command } from 'commander';
import { viewIntake } from '../desk/intake.ts';
import { reading, withDesk } from './command.ts';
import { sayLessons } from './lessons.ts';
import type { Ways } from './ways.ts';

const severalExits = 3;

export function addIntake(clients: Command, ways: Ways): void {
  reading(clients.command('intake'))
    .description(
      'What to settle with somebody new before the work begins: goals, field, contract, scope, rounds of changes, price, payment, a welcome letter; with what you learned by others.',
    )
    .argument('<client>', 'number, name or address')
    .action((who: string, _options, command: Command) =>
      withDesk(ways, command, ({ desk, out, json, now, voice }) => {
        const intake = desk.store.read((r) => viewIntake(r, who, now));
        if (json) return out.json(intake);
        const { intake: words, lessons } = voice.t;
        out.heading(words.title(intake.client.name));
        for (const { item, state, command: settles } of intake.lines) {
          out.data(`  ${state === 'kept' ? '[x]' : '[ ]'} ${words.items[item]} (${lessons.states[state]})`);
          if (settles !== null) out.data(`      ${settles}`);
        }
        sayLessons({ out, voice }, intake.client.name, intake.lessons);
        if (intake.exitsInYear >= severalExits) out.data(words.several(intake.exitsInYear));
      }),
    );
}
