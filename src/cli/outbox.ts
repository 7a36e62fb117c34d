/** `paletti outbox`: the letters that wait, leave and left, and what the owner may do with them. */
import type { Command } from 'commander';
import { approveLetter, dropLetter, editLetter, type Moved, resolveLetter, retryLetter } from '../desk/outbox.ts';
import { AppError } from '../errors.ts';
import { type Letter, type LetterState, letterStates, needsApproval } from '../rules/letter.ts';
import { clientById, findClient } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { entries } from '../store/journal.ts';
import { letterById, listLetters } from '../store/outbox.ts';
import { collect, type DeskContext, optionsOf, parseId, parseLimit, reading, readInput, withDesk } from './command.ts';
import { editText } from './edit-text.ts';
import { momentOr } from './words.ts';
import { mayAsk, type Ways } from './ways.ts';

/** What still asks for something: all but the ends. */
const living: readonly LetterState[] = ['held', 'queued', 'sending', 'failed', 'unsure'];

export function addTo(program: Command, ways: Ways): void {
  const outbox = program
    .command('outbox')
    .summary('letters: approve, edit, drop, retry')
    .description('Letters that wait, leave and left.');
  reading(outbox.command('list', { isDefault: true }))
    .description('Letters, newest first; those that have left or were dropped only with --all.')
    .option('--all', 'also those that are sent, filed or dropped')
    .option('--state <state>', `one of: ${letterStates.join(', ')}; may be repeated`, collect)
    .option('--client <client>', 'of one client')
    .option('--limit <number>', 'at most so many', '200')
    .action((_options, command: Command) => withDesk(ways, command, (context) => list(context, optionsOf(command))));
  reading(outbox.command('show'))
    .description('One letter whole, with its history.')
    .argument('<id>', 'its number')
    .action((id: string, _options, command: Command) =>
      withDesk(ways, command, (context) => show(context, parseId(id, 'letter'))),
    );
  addMoves(outbox, ways);
}

function addMoves(outbox: Command, ways: Ways): void {
  outbox
    .command('approve')
    .description('Let letters leave, at their time.')
    .argument('<ids...>', 'their numbers')
    .action((ids: string[], _options, command: Command) =>
      each(ways, command, ids, { act: approveLetter, done: 'approved', already: 'needs no approval' }),
    );
  outbox
    .command('edit')
    .description('Change a letter: in $EDITOR, or by --subject and --text. It then waits for approval again.')
    .argument('<id>', 'its number')
    .option('--subject <text>', 'the new subject')
    .option('--text <file>', 'a file with the new text; - for standard input')
    .action((id: string, _options, command: Command) =>
      withDesk(ways, command, (context) => change(ways, context, parseId(id, 'letter'), optionsOf(command))),
    );
  outbox
    .command('drop')
    .description('Letters that shall not leave.')
    .argument('<ids...>', 'their numbers')
    .option('--why <text>', 'for the journal', '')
    .action((ids: string[], options: { why: string }, command: Command) =>
      each(ways, command, ids, {
        act: (desk, id) => dropLetter(desk, id, options.why),
        done: 'dropped',
        already: 'was dropped already',
      }),
    );
  outbox
    .command('retry')
    .description('Try again what the server refused.')
    .argument('<ids...>', 'their numbers')
    .action((ids: string[], _options, command: Command) =>
      each(ways, command, ids, { act: retryLetter, done: 'to be tried again', already: 'is queued already' }),
    );
  outbox
    .command('resolve')
    .description('Say whether a letter left, when the line was lost at the wrong moment. Look into Sent first.')
    .argument('<id>', 'its number')
    .option('--sent', 'it left')
    .option('--not-sent', 'it did not: it is tried again')
    .action((id: string, options: { sent?: boolean; notSent?: boolean }, command: Command) => {
      if ((options.sent === true) === (options.notSent === true)) {
        throw new AppError('usage', 'say either --sent or --not-sent', {
          next: 'Look for the letter in the Sent folder, or ask the client.',
        });
      }
      const outcome = options.sent === true ? 'sent' : 'not-sent';
      return each(ways, command, [id], {
        act: (desk, one) => resolveLetter(desk, one, outcome),
        done: `settled as ${outcome}`,
        already: 'was settled so already',
      });
    });
}

interface Verb {
  act(desk: DeskContext['desk'], id: number): Moved;
  done: string;
  already: string;
}

/** All numbers are read before the first letter is moved. */
function each(ways: Ways, command: Command, ids: readonly string[], verb: Verb): Promise<void> {
  return withDesk(ways, command, ({ desk, out, now, zone }) => {
    for (const id of ids.map((text) => parseId(text, 'letter'))) {
      const { letter, changed } = verb.act(desk, id);
      const leaves =
        letter.state === 'held' || letter.state === 'queued'
          ? `; leaves not before ${momentOr(letter.notBefore, '', now, zone)}`
          : '';
      out.say(
        `Letter ${id} to ${letter.recipientName || letter.recipient} ${changed ? verb.done : verb.already}${leaves}.`,
      );
    }
  });
}

interface ListOptions {
  all?: boolean;
  state?: string[];
  client?: string;
  limit: string;
}

function list({ desk, out, json, now, zone }: DeskContext, options: ListOptions): void {
  const letters = desk.store.read((r) => listLetters(r, filterOf(r, options)).map((letter) => withClient(r, letter)));
  if (json) return out.json(letters.map(({ facts: _facts, ...letter }) => letter));
  if (letters.length === 0) return out.say('No letters.');
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: 'STATE' },
      { title: 'LETTER' },
      { title: 'TO', flexible: true },
      { title: 'WHEN' },
      { title: 'SUBJECT', flexible: true },
    ],
    letters.map((letter) => [
      String(letter.id),
      stateWord(letter),
      letter.kind,
      letter.client ?? letter.recipient,
      momentOr(letter.sentAt ?? letter.notBefore, '', now, zone),
      letter.subject,
    ]),
  );
}

function filterOf(r: Reader, options: ListOptions): Parameters<typeof listLetters>[1] {
  const states = options.state?.map(stateOf) ?? (options.all === true ? undefined : [...living]);
  const clientId = options.client === undefined ? undefined : findClient(r, options.client).id;
  return {
    ...(states && { states }),
    ...(clientId !== undefined && { clientId }),
    limit: parseLimit(options.limit),
  };
}

function stateOf(text: string): LetterState {
  const state = letterStates.find((candidate) => candidate === text);
  if (state !== undefined) return state;
  throw new AppError('usage', `"${text}" is not a state of a letter`, {
    next: `Known are: ${letterStates.join(', ')}.`,
  });
}

function withClient(r: Reader, letter: Letter): Letter & { client: string | null; needsApproval: boolean } {
  const client = letter.clientId === null ? null : (clientById(r, letter.clientId)?.name ?? null);
  return { ...letter, client, needsApproval: needsApproval(letter) };
}

/** Held for you, or held for its time. */
export function stateWord(letter: Letter): string {
  return needsApproval(letter) ? 'held: yours' : letter.state;
}

function show({ desk, out, json, now, zone }: DeskContext, id: number): void {
  const found = desk.store.read((r) => {
    const letter = letterById(r, id);
    return letter && { letter: withClient(r, letter), history: entries(r, { subject: `letter/${id}` }) };
  });
  if (found === undefined)
    throw new AppError('not-found', `there is no letter ${id}`, { next: 'See: paletti outbox list --all' });
  if (json) return out.json({ ...found.letter, history: found.history });
  const { letter, history } = found;
  const lines: [string, string | null][] = [
    ['Letter', `${letter.id}, ${letter.kind}${letter.step === null ? '' : `, step ${letter.step}`}`],
    ['State', stateWord(letter)],
    ['Why', letter.why],
    ['Not before', momentOr(letter.notBefore, '', now, zone)],
    ['Sent', letter.sentAt === null ? null : momentOr(letter.sentAt, '', now, zone)],
    ['Last error', letter.lastError],
    ['Ended', letter.endedWhy === null ? null : `${letter.endedWhy} (${letter.endedBy})`],
    ['From', letter.sender],
    ['To', `${letter.recipientName} <${letter.recipient}>`.trim()],
    ['Subject', letter.subject],
  ];
  for (const [name, text] of lines) if (text !== null) out.data(`${name}: ${text.replace(/\s*\n\s*/g, ' ')}`);
  out.data(`\n${letter.text.trimEnd()}\n`);
  if (history.length > 0) out.heading('History');
  for (const entry of history) out.data(`  ${momentOr(entry.at, '', now, zone)}  ${entry.kind}: ${entry.why}`);
  const next = nextFor(letter);
  if (next !== null) out.say(`\nNext: ${next}`);
}

function nextFor(letter: Letter): string | null {
  if (letter.kind === 'termination' && needsApproval(letter))
    return `paletti exit ${letter.clientId} status; it leaves only when that exit is approved`;
  if (needsApproval(letter)) return `paletti outbox approve ${letter.id}, or edit ${letter.id}, or drop ${letter.id}`;
  if (letter.state === 'failed') return `paletti outbox retry ${letter.id}, or drop ${letter.id}`;
  if (letter.state === 'unsure') return `paletti outbox resolve ${letter.id} --sent, or --not-sent`;
  return null;
}

async function change(
  ways: Ways,
  { desk, out }: DeskContext,
  id: number,
  options: { subject?: string; text?: string; input?: boolean },
): Promise<void> {
  const letter = desk.store.read((r) => letterById(r, id));
  if (letter === undefined)
    throw new AppError('not-found', `there is no letter ${id}`, { next: 'See: paletti outbox list --all' });
  const wanted =
    options.subject === undefined && options.text === undefined
      ? await byEditor(ways, letter, options)
      : await byOptions(ways, options);
  const { changed } = editLetter(desk, id, wanted);
  out.say(
    changed
      ? `Letter ${id} is changed and waits for you: paletti outbox approve ${id}`
      : `Letter ${id} stays as it is.`,
  );
}

async function byOptions(
  ways: Ways,
  options: { subject?: string; text?: string },
): Promise<{ subject?: string; text?: string }> {
  const text =
    options.text === undefined ? undefined : new TextDecoder().decode((await readInput(ways, options.text)).bytes);
  return { ...(options.subject !== undefined && { subject: options.subject }), ...(text !== undefined && { text }) };
}

async function byEditor(
  ways: Ways,
  letter: Letter,
  options: { input?: boolean },
): Promise<{ subject?: string; text?: string }> {
  if (!mayAsk(ways, options))
    throw new AppError('usage', 'there is no terminal for an editor', { next: 'Give --subject or --text FILE.' });
  return editText(ways, { subject: letter.subject, text: letter.text });
}
