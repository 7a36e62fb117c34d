/** `paletti letter`: letters that say where the line is, filled from the record; each waits for the owner. */
import type { Command } from 'commander';
import { boundaryWords, writeBoundaryLetter } from '../desk/letter.ts';
import { parseDay, parseWord } from '../desk/values.ts';
import { dayOf } from '../rules/time.ts';
import { type WritingContext, parseId, withWritingDesk } from './command.ts';
import type { Ways } from './ways.ts';

interface LetterOptions {
  quote?: string;
  text?: string;
  hours?: string;
  from?: string;
  by?: string;
  project?: string;
}

const help = `
Letters:
  boundary   contact hours and channels (also: hours)
  decisions  who decides what, and how approvals are given
  scope      a request beyond what was agreed, with the client's sentence quoted
  contract   a signed contract before the work goes on

Each is put into the outbox and waits there for you: paletti outbox show ID, then approve, edit or drop.`;

export function addTo(program: Command, ways: Ways): void {
  program
    .command('letter')
    .summary('say where the line is: hours, decisions, scope, contract')
    .description('Write a letter that says where the line is, filled from the record. It waits for your approval.')
    .argument('<client>', 'number, name or address')
    .argument('<letter>', boundaryWords.join(', '))
    .option('--quote <id>', 'scope: the message that is quoted; the last that asks for more when left out')
    .option('--text <sentence>', 'scope: the sentence of it')
    .option('--hours <text>', 'boundary: the hours in words, in place of those in the configuration')
    .option('--from <day>', 'boundary, decisions: from when it holds')
    .option('--by <day>', 'contract: to be signed by; scope: your quotation by')
    .option('--project <text>', 'decisions, contract: which project')
    .addHelpText('after', help)
    .action((who: string, word: string, options: LetterOptions, command: Command) =>
      withWritingDesk(ways, command, (context) => write(context, { who, word, options })),
    );
}

function write(
  { desk, out, now, zone, voice }: WritingContext,
  { who, word, options }: { who: string; word: string; options: LetterOptions },
): void {
  const day = (text: string | undefined) => (text === undefined ? null : parseDay(text, dayOf(now, zone)));
  const mailbox = desk.config.mailboxes[0]?.name ?? '';
  const { client, letter, isNew } = writeBoundaryLetter({ ...desk, settings: desk.config, mailbox }, who, {
    word: parseWord(word, 'letter', boundaryWords),
    quoteId: options.quote === undefined ? null : parseId(options.quote, 'message'),
    quoteText: options.text ?? null,
    hours: options.hours ?? null,
    from: day(options.from),
    by: day(options.by),
    project: options.project ?? null,
  });
  const { boundary: words, labels } = voice.t.letters;
  if (!isNew) {
    out.say(words.waitsAlready(letter.id, client.name));
    return;
  }
  out.data(`${labels.subject}: ${letter.subject}\n\n${letter.text.trimEnd()}`);
  out.say(`\n${words.waits(letter.id, client.name, voice.why(letter.why))}`);
  out.say(words.next(letter.id));
}
