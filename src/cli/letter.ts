/** `paletti letter`: letters by the owner's hand, filled from the record; each waits for her. */
import type { Command } from 'commander';
import { tones } from '../letters/library.ts';
import { languages } from '../rules/language.ts';
import { writeOccasion } from '../jobs/occasions.ts';
import { declineStranger } from '../desk/decline.ts';
import { type BoundaryWord, boundaryWords, writeBoundaryLetter } from '../desk/letter.ts';
import { parseCurrency, parseDay, parseMoney, parseWord } from '../desk/values.ts';
import { type Letter, type OccasionKind, occasionKinds } from '../rules/letter.ts';
import { dayOf } from '../rules/time.ts';
import { findClient } from '../store/clients.ts';
import { type WritingContext, parseId, withWritingDesk } from './command.ts';
import type { Ways } from './ways.ts';

interface LetterOptions {
  quote?: string;
  text?: string;
  hours?: string;
  from?: string;
  by?: string;
  project?: string;
  rate?: string;
  unit?: string;
  currency?: string;
  referral?: string;
  language?: string;
  tone?: string;
}

const help = `
Letters:
  boundary   contact hours and channels (also: hours)
  decisions  who decides what, and how approvals are given
  scope      a request beyond what was agreed, with the client's sentence quoted
  contract   a signed contract before the work goes on
  channel    one channel for work: by mail, please
  price      a new rate: --rate 60 --unit hour
  welcome    how you work: hours, channels, answers, payment, what you do and do not do
  delays     what the work has waited for: each question, its day, the days, the deliveries that moved
  part-payment, promise-confirmed, promise-broken, dispute-noted
             about what the client did or said of money, as the record has it
  decline    a kind no to a stranger who has asked for an offer; the client is then the address

Each is put into the outbox and waits there for you: paletti outbox show ID, then approve, edit or drop.`;

export function addTo(program: Command, ways: Ways): void {
  program
    .command('letter')
    .summary('write a letter by your own hand: hours, decisions, scope, contract, price, welcome …')
    .description('Write a letter by your own hand, filled from the record. It waits for your approval.')
    .argument('<client>', 'number, name or address')
    .argument('<letter>', words.join(', '))
    .option('--quote <id>', 'scope: the message that is quoted; the last that asks for more when left out')
    .option('--text <sentence>', 'scope: the sentence of it')
    .option('--hours <text>', 'boundary, welcome: the hours in words, in place of those in the configuration')
    .option('--from <day>', 'boundary, decisions, channel, price: from when it holds')
    .option('--by <day>', 'contract: to be signed by; scope: your quotation by')
    .option('--project <text>', 'decisions, contract, price, welcome, delays: which project')
    .option('--rate <sum>', 'price: the new rate')
    .option('--unit <unit>', 'price: hour, day or project; as agreed when left out')
    .option('--currency <code>', 'price: as agreed, or EUR, when left out')
    .option(
      '--referral <text>',
      'decline: a colleague of the configuration (referrals), or who could take the work, as the end of a sentence',
    )
    .option('--language <language>', 'decline: it or en; yours when left out')
    .option('--tone <tone>', 'decline: formal or informal', 'formal')
    .addHelpText('after', help)
    .action((who: string, word: string, options: LetterOptions, command: Command) =>
      withWritingDesk(ways, command, (context) => write(context, { who, word, options })),
    );
}

const words = [...boundaryWords, 'decline', ...occasionKinds] as const;
type Word = (typeof words)[number];

interface Asked {
  who: string;
  word: string;
  options: LetterOptions;
}

function write(context: WritingContext, asked: Asked): void {
  const word = parseWord(asked.word, 'letter', words);
  if (word === 'decline') decline(context, asked);
  else if (isBoundaryWord(word)) writeToClient(context, asked, word);
  else ofOccasion(context, asked, word);
}

function isBoundaryWord(word: Word): word is BoundaryWord {
  return (boundaryWords as readonly Word[]).includes(word);
}

function ofOccasion(context: WritingContext, { who }: Asked, kind: OccasionKind): void {
  const { desk } = context;
  const parts = { ...desk, settings: desk.config, mailbox: desk.config.mailboxes[0]?.name ?? '' };
  const { client, letter, isNew } = writeOccasion(parts, who, kind);
  tell(context, letter, { to: client.name, isNew });
}

function decline(context: WritingContext, { who, options }: Asked): void {
  const { desk } = context;
  const { letter, isNew } = declineStranger(
    { ...desk, settings: desk.config },
    {
      address: who,
      referral: options.referral ?? null,
      language: options.language === undefined ? null : parseWord(options.language, 'language', languages),
      tone: parseWord(options.tone ?? 'formal', 'tone', tones),
    },
  );
  tell(context, letter, { to: letter.recipient, isNew });
}

function writeToClient(context: WritingContext, { who, options }: Asked, word: BoundaryWord): void {
  const { desk, now, zone } = context;
  const day = (text: string | undefined) => (text === undefined ? null : parseDay(text, dayOf(now, zone)));
  const mailbox = desk.config.mailboxes[0]?.name ?? '';
  const { client, letter, isNew } = writeBoundaryLetter({ ...desk, settings: desk.config, mailbox }, who, {
    word,
    quoteId: options.quote === undefined ? null : parseId(options.quote, 'message'),
    quoteText: options.text ?? null,
    hours: options.hours ?? null,
    from: day(options.from),
    by: day(options.by),
    project: options.project ?? null,
    rate: rateIn(desk, who, options),
  });
  tell(context, letter, { to: client.name, isNew });
}

/** Unit and currency as they are agreed, where they are not said. */
function rateIn(desk: WritingContext['desk'], who: string, { rate, unit, currency }: LetterOptions) {
  if (rate === undefined) return null;
  const { terms } = desk.store.read((r) => findClient(r, who));
  const money = parseCurrency(currency ?? terms.currency ?? 'EUR');
  const per = parseWord(unit ?? terms.rateUnit ?? 'hour', 'unit of a rate', ['hour', 'day', 'project'] as const);
  return { cents: parseMoney(rate, money), currency: money, unit: per };
}

function tell({ out, voice }: WritingContext, letter: Letter, { to, isNew }: { to: string; isNew: boolean }): void {
  const { boundary: said, labels } = voice.t.letters;
  if (!isNew) return out.say(said.waitsAlready(letter.id, to));
  out.data(`${labels.subject}: ${letter.subject}\n\n${letter.text.trimEnd()}`);
  out.say(`\n${said.waits(letter.id, to, voice.why(letter.why))}`);
  out.say(said.next(letter.id));
}
