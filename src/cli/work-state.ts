/** The part of `paletti clients edit` that says whether the work goes on, with or without a letter to the client. */
import type { Command } from 'commander';
import { parseWord } from '../desk/values.ts';
import { proposeResumption, setWorkByHand, workWords } from '../desk/work-state.ts';
import { AppError } from '../errors.ts';
import { optionsOf, withDesk, withWritingDesk } from './command.ts';
import type { Ways } from './ways.ts';

export interface WorkOptions {
  work?: string;
  letter?: boolean;
}

/** @returns whether nothing else was asked for */
export async function editWork(
  ways: Ways,
  command: Command,
  { who, options }: { who: string; options: WorkOptions },
): Promise<boolean> {
  const { work, letter } = options;
  if (work === undefined) {
    if (letter !== true) return false;
    throw new AppError('usage', '--letter goes with --work active', { next: 'See: paletti clients edit --help' });
  }
  const state = parseWord(work, 'work', workWords);
  if (letter === true && state === 'paused')
    throw new AppError('usage', 'only the end of a pause has a letter here', {
      next: 'A pause about money is written by the ladder; leave --letter out to pause in silence.',
    });
  if (letter === true) await tell(ways, command, who);
  else
    await withDesk(ways, command, ({ desk, out }) => {
      const { client, changed } = setWorkByHand(desk, who, state);
      out.say(changed ? `The work for ${client.name} is ${state}; nobody is told.` : `It is ${state} already.`);
    });
  const others = Object.keys(optionsOf<Record<string, unknown>>(command)).filter(
    (name) => !passing.has(name) && command.getOptionValueSource(name) === 'cli',
  );
  return others.length === 0;
}

const passing = new Set(['work', 'letter']);

function tell(ways: Ways, command: Command, who: string): Promise<void> {
  return withWritingDesk(ways, command, ({ desk, out }) => {
    const mailbox = desk.config.mailboxes[0]?.name ?? '';
    const { client, letter, isNew } = proposeResumption({ ...desk, settings: desk.config, mailbox }, who);
    if (isNew) out.data(`Subject: ${letter.subject}\n\n${letter.text.trimEnd()}\n`);
    out.say(`Letter ${letter.id} to ${client.name} waits for you; the work is active once it has left.`);
    out.say(`Next: paletti outbox approve ${letter.id}, or edit ${letter.id}, or drop ${letter.id}`);
  });
}
