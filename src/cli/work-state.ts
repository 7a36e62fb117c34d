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
    throw new AppError('usage', { code: 'letter-with-active' });
  }
  const state = parseWord(work, 'work', workWords);
  if (letter === true && state === 'paused') throw new AppError('usage', { code: 'pause-without-letter' });
  if (letter === true) await tell(ways, command, who);
  else
    await withDesk(ways, command, ({ desk, out, voice: { t } }) => {
      const { client, changed } = setWorkByHand(desk, who, state);
      const { work: words } = t.clients;
      out.say(changed ? words.is(client.name, t.codes.work(state)) : words.already(t.codes.work(state)));
    });
  const others = Object.keys(optionsOf<Record<string, unknown>>(command)).filter(
    (name) => !passing.has(name) && command.getOptionValueSource(name) === 'cli',
  );
  return others.length === 0;
}

const passing = new Set(['work', 'letter']);

function tell(ways: Ways, command: Command, who: string): Promise<void> {
  return withWritingDesk(ways, command, ({ desk, out, voice: { t } }) => {
    const mailbox = desk.config.mailboxes[0]?.name ?? '';
    const { client, letter, isNew } = proposeResumption({ ...desk, settings: desk.config, mailbox }, who);
    if (isNew) out.data(`${t.letters.labels.subject}: ${letter.subject}\n\n${letter.text.trimEnd()}\n`);
    out.say(t.clients.work.letterWaits(letter.id, client.name));
    out.say(t.letters.boundary.next(letter.id));
  });
}
