/** `paletti outbox`: the letters that wait, leave and left, and what the owner may do with them. */
import type { Command } from 'commander';
import {
  afterDrop,
  approveLetter,
  dropLetter,
  editLetter,
  type Moved,
  resolveLetter,
  restoreLetter,
  retryLetter,
} from '../desk/outbox.ts';
import { asTheyLeave, bringUpToDate, groundOf, type LeavingNow, leavingNow } from '../jobs/leaving-now.ts';
import { shownTime, viewLetter, viewLetters } from '../desk/views/letters.ts';
import { AppError } from '../errors.ts';
import type { Wording } from '../rules/wording-changes.ts';
import { type AfterDrop, type Letter, type LetterState, letterStates, needsApproval } from '../rules/letter.ts';
import type { Instant } from '../rules/time.ts';
import { findClient } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { isDataDirLocked } from '../store/lock.ts';
import { countLetters, letterById, type LetterFilter } from '../store/outbox.ts';
import { inState, waitingForApproval } from '../store/outbox-queue.ts';
import { ownMailsOnTheWay } from '../store/own-mails.ts';
import { pausedNow } from '../store/pause.ts';
import {
  collect,
  type DeskContext,
  optionsOf,
  parseId,
  parseIds,
  parseLimit,
  reading,
  readInput,
  withDesk,
  withWritingDesk,
  type WritingContext,
} from './command.ts';
import { editText } from './edit-text.ts';
import { unbroken, type Voice } from './voice.ts';
import { mayAsk, type Terminal } from './terminal.ts';
import type { Ways } from './ways.ts';

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
    .action((_options, command: Command) =>
      withWritingDesk(ways, command, (context) => list(context, optionsOf(command))),
    );
  reading(outbox.command('own'))
    .description('Mails of your own that wait in the folder of mailboxes[].sendInHours.')
    .action((_options, command: Command) => withDesk(ways, command, listOwn));
  reading(outbox.command('show'))
    .description('One letter whole, with its history.')
    .argument('<id>', 'its number')
    .action((id: string, _options, command: Command) =>
      withWritingDesk(ways, command, (context) => show(context, parseId(id, 'letter'))),
    );
  addMoves(outbox, ways);
}

const several = 'their numbers: 3 5, 1,2 or 1-20';

function addMoves(outbox: Command, ways: Ways): void {
  outbox
    .command('approve')
    .description('Let letters leave, at their time. A letter that ends the work is approved in its exit.')
    .argument('<ids...>', `${several}; or all that wait for you`)
    .addHelpText(
      'after',
      '\nExamples:\n  paletti outbox approve 3\n  paletti outbox approve 1-20\n  paletti outbox approve all',
    )
    .action((ids: string[], _options, command: Command) =>
      withWritingDesk(ways, command, (context) => approveEach(context, ids)),
    );
  outbox
    .command('edit')
    .description('Change a letter: in $EDITOR, or by --subject and --text. It then waits for approval again.')
    .argument('<id>', 'its number')
    .option('--subject <text>', 'the new subject')
    .option('--text <file>', 'a file with the new text; - for standard input')
    .action((id: string, _options, command: Command) =>
      withWritingDesk(ways, command, (context) => change(ways, context, parseId(id, 'letter'), optionsOf(command))),
    );
  outbox
    .command('drop')
    .description('Letters that shall not leave. It says what follows; `restore` takes it back.')
    .argument('<ids...>', several)
    .option('--why <text>', 'for the journal', '')
    .action((ids: string[], options: { why: string }, command: Command) =>
      each(ways, command, ids, {
        act: (desk, id) => dropLetter(desk, id, options.why),
        words: 'drop',
        after: afterDrop,
      }),
    );
  outbox
    .command('restore')
    .description('Take back letters that you dropped: they wait for your approval again.')
    .argument('<ids...>', several)
    .action((ids: string[], _options, command: Command) =>
      each(ways, command, ids, { act: restoreLetter, words: 'restore' }),
    );
  outbox
    .command('retry')
    .description('Try again what the server refused.')
    .argument('<ids...>', `${several}; or all that were refused`)
    .action((ids: string[], _options, command: Command) =>
      each(ways, command, ids, {
        act: retryLetter,
        words: 'retry',
        all: (r) => inState(r, 'failed').map(({ id }) => id),
      }),
    );
  outbox
    .command('resolve')
    .description('Say whether a letter left, when the line was lost at the wrong moment. Look into Sent first.')
    .argument('<id>', 'its number')
    .option('--sent', 'it left')
    .option('--not-sent', 'it did not: it is tried again')
    .action((id: string, options: { sent?: boolean; notSent?: boolean }, command: Command) => {
      if ((options.sent === true) === (options.notSent === true)) {
        throw new AppError('usage', { code: 'sent-or-not' });
      }
      const outcome = options.sent === true ? 'sent' : 'not-sent';
      return each(ways, command, [String(parseId(id, 'letter'))], {
        act: (desk, one) => resolveLetter(desk, one, outcome),
        words: `resolve-${outcome}`,
      });
    });
}

interface Verb {
  act(desk: DeskContext['desk'], id: number): Moved;
  /** which of the catalogue say what became of it */
  words: keyof Voice['t']['letters']['moves'];
  /** what `all` stands for; without it, `all` is refused */
  all?: (r: Reader) => readonly number[];
  /** what follows */
  after?: (letter: Letter) => AfterDrop;
  /** says what else there is to say of one that was moved */
  told?: (id: number) => void;
}

/** What may be approved here, oldest first: a letter that ends the work has its own question. */
function approvable(r: Reader): number[] {
  return waitingForApproval(r).flatMap(({ id, kind }) => (kind === 'termination' ? [] : [id]));
}

/**
 * All numbers are read before the first letter is moved. One that was named by itself must be there and able to move;
 * of a range or `all`, what is not is passed over.
 */
function each(ways: Ways, command: Command, named: readonly string[], verb: Verb): Promise<void> {
  return withDesk(ways, command, (context) => moveEach(context, named, verb));
}

/** What is approved is what would leave now, and it is said where that is not what was written. */
function approveEach(context: WritingContext, named: readonly string[]): void {
  const { desk, now, out, voice } = context;
  const found = new Map<number, LeavingNow>();
  const act = (_desk: DeskContext['desk'], id: number) => {
    const asLeaving = bringUpToDate({ ...desk, settings: desk.config }, id, now);
    if (asLeaving !== undefined) found.set(id, asLeaving);
    return approveLetter(desk, id);
  };
  moveEach(context, named, {
    act,
    words: 'approve',
    all: approvable,
    told: (id) => tellChange(out, voice, found.get(id)),
  });
}

function moveEach({ desk, out, now, voice }: DeskContext, named: readonly string[], verb: Verb): void {
  const { letters: words } = voice.t;
  const standstill = standstillOf(desk, now, voice);
  const letters: object[] = [];
  for (const { id, isNamed } of parseIds(named, 'letter', () => allOf(desk, verb))) {
    const moved = isNamed ? verb.act(desk, id) : attempted(() => verb.act(desk, id));
    if (moved === null || (!isNamed && !moved.changed)) continue;
    const { letter, changed } = moved;
    letters.push({ ...briefly(letter), changed });
    const move = words.moves[verb.words][changed ? 'done' : 'already'];
    const who = letter.recipientName || letter.recipient;
    out.say(words.moved(id, who, move, leavesWhen(letter, standstill, now, voice)));
    if (changed && verb.after !== undefined) out.say(words.after(verb.after(letter), id));
    if (changed) verb.told?.(id);
  }
  if (letters.length === 0) out.say(words.noneMoved);
  out.did({ letters });
}

/** What the letter says otherwise than when it was written, or why it does not leave so. */
function tellChange(out: DeskContext['out'], voice: Voice, asLeaving: LeavingNow | undefined): void {
  if (asLeaving === undefined || asLeaving.because === null) return;
  out.say(voice.t.letters.changed[asLeaving.fate](voice.why(asLeaving.because)));
  for (const line of changeLines(asLeaving.changes)) out.say(`  ${line}`);
}

function allOf(desk: DeskContext['desk'], { all }: Verb): readonly number[] {
  if (all === undefined) throw new AppError('usage', { code: 'all-not-taken' });
  return desk.store.read(all);
}

/** Null when there is no such letter, or it cannot be moved so. */
function attempted(act: () => Moved): Moved | null {
  try {
    return act();
  } catch (fault) {
    if (fault instanceof AppError && (fault.code === 'not-found' || fault.code === 'conflict')) return null;
    throw fault;
  }
}

function briefly({ id, kind, state, recipient, subject, notBefore, clientId }: Letter) {
  return { id, kind, state, recipient, subject, notBefore, clientId };
}

/** Why no letter leaves at all for now; null when letters do. */
function standstillOf(desk: DeskContext['desk'], now: Instant, { t, why }: Voice): string | null {
  const paused = desk.store.read((r) => pausedNow(r, now));
  if (paused !== null) return t.letters.whilePaused(why(paused.why));
  return isDataDirLocked(desk.config.dataDir) ? null : t.letters.onceRunning;
}

function leavesWhen(letter: Letter, standstill: string | null, now: Instant, voice: Voice): string {
  if (letter.state !== 'queued' && (letter.state !== 'held' || needsApproval(letter))) return '';
  const { letters: words } = voice.t;
  const isLater = letter.notBefore > now;
  const when = words.leaves(isLater ? voice.moment(letter.notBefore) : null);
  return standstill === null ? when : words.leavesIf(isLater ? when : null, standstill);
}

interface ListOptions {
  all?: boolean;
  state?: string[];
  client?: string;
  limit: string;
}

function list({ desk, out, json, now, voice }: WritingContext, options: ListOptions): void {
  const parts = { settings: desk.config, letters: desk.letters };
  const letters = desk.store.read((r) => asTheyLeave(r, parts, viewLetters(r, filterOf(r, options)), now));
  if (json) return out.json(letters.map(({ facts: _facts, ...letter }) => letter));
  const { letters: words, codes } = voice.t;
  if (letters.length === 0) return out.say(words.none);
  const total = desk.store.read((r) => countLetters(r, { ...filterOf(r, options) }));
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: words.columns.state },
      { title: words.columns.letter },
      { title: words.columns.to, flexible: true },
      { title: words.columns.when },
      { title: words.columns.subject, flexible: true },
    ],
    letters.map((letter) => [
      String(letter.id),
      stateWord(letter, voice),
      codes.letter(letter.kind),
      letter.client ?? letter.recipient,
      voice.moment(shownTime(letter, desk.config.hours, now)),
      letter.subject,
    ]),
  );
  if (total > letters.length) out.say(words.moreListed(total - letters.length, total));
}

function listOwn({ desk, out, json, voice }: DeskContext): void {
  const mails = desk.store.read((r) => ownMailsOnTheWay(r));
  if (json) return out.json(mails.map(({ uid: _uid, uidValidity: _numbering, contentHash: _hash, ...mail }) => mail));
  const { letters: words } = voice.t;
  if (mails.length === 0) return out.say(words.ownNone);
  out.table(
    [
      { title: words.columns.to, flexible: true },
      { title: words.columns.when },
      { title: words.columns.subject, flexible: true },
      { title: words.labels.why, flexible: true },
    ],
    mails.map((mail) => [
      mail.recipients.join(', '),
      mail.dueAt === null ? '' : voice.moment(mail.dueAt),
      mail.subject,
      voice.why(mail.why),
    ]),
  );
}

function filterOf(r: Reader, options: ListOptions): LetterFilter {
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
  throw new AppError('usage', { code: 'no-letter-state', text, known: letterStates.join(', ') });
}

/** Held for you, or held for its time. */
function stateWord(letter: Letter, { t }: Voice): string {
  return needsApproval(letter) ? t.codes.yours : t.codes.letterState(letter.state);
}

function show({ desk, out, json, now, voice }: WritingContext, id: number): void {
  const found = desk.store.read((r) => viewLetter(r, id));
  if (found === undefined) throw new AppError('not-found', { code: 'no-letter', id });
  const asLeaving = desk.store.read((r) => leavingNow(r, { ...desk, settings: desk.config }, found.letter, now));
  const { fate, because, changes } = asLeaving;
  const letter = { ...found.letter, ...asLeaving.letter };
  const { history } = found;
  if (json) return out.json({ ...letter, now: { fate, because, changes }, history });
  const { letters: words, codes } = voice.t;
  const { labels } = words;
  const step = letter.step === null ? null : String(letter.step);
  const lines: [string, string | null][] = [
    [labels.letter, words.named(letter.id, codes.letter(letter.kind), step)],
    [labels.state, stateWord(letter, voice)],
    [labels.why, voice.why(letter.why)],
    [labels.notBefore, voice.moment(letter.notBefore)],
    [labels.sent, letter.sentAt === null ? null : voice.moment(letter.sentAt)],
    [labels.lastError, letter.lastError && voice.why(letter.lastError)],
    [labels.ended, letter.endedWhy === null ? null : words.endedBy(voice.why(letter.endedWhy), letter.endedBy)],
    [labels.from, letter.sender],
    [labels.to, `${letter.recipientName} <${letter.recipient}>`.trim()],
    [labels.subject, letter.subject],
  ];
  for (const [name, text] of lines) if (text !== null) out.data(`${name}: ${unbroken(text)}`);
  if (because !== null) out.data(`\n${voice.t.letters.changed[fate](voice.why(because))}`);
  for (const line of changeLines(changes)) out.data(`  ${line}`);
  out.data(`\n${letter.text.trimEnd()}\n`);
  if (history.length > 0) out.heading(words.history);
  for (const entry of history) {
    out.data(`  ${voice.moment(entry.at)}  ${entry.kind}: ${voice.why(entry.why)}`);
    for (const line of keptLines(entry, labels.subject)) out.data(`      ${line}`);
  }
  const next = nextFor(letter, words.nextFor);
  if (next !== null) out.say(`\n${words.next(next)}`);
}

/** What a line of the history shows below it: words of the owner that were replaced, or what changed in a letter. */
function keptLines({ kind, data }: { kind: string; data: unknown }, label: string): string[] {
  const kept = data as {
    subject?: string;
    text?: string;
    changes?: Wording[];
  } | null;
  if (kind === 'own-words-kept' && kept?.text !== undefined)
    return [`${label}: ${kept.subject ?? ''}`, '', ...kept.text.trimEnd().split('\n')].map((line) => `| ${line}`);
  if (kind !== 'letter-rewritten') return [];
  return changeLines(kept?.changes ?? []);
}

function changeLines(changes: readonly Wording[]): string[] {
  return changes.flatMap(({ was, now }) => [...(was === '' ? [] : [`- ${was}`]), ...(now === '' ? [] : [`+ ${now}`])]);
}

function nextFor(letter: Letter, words: Voice['t']['letters']['nextFor']): string | null {
  if (letter.kind === 'termination' && needsApproval(letter)) return words.end(letter.clientId);
  if (needsApproval(letter)) return words.approve(letter.id);
  if (letter.state === 'dropped' && letter.endedBy === 'owner') return words.restore(letter.id);
  if (letter.state === 'failed') return words.retry(letter.id);
  if (letter.state === 'unsure') return words.resolve(letter.id);
  return null;
}

async function change(
  ways: Terminal,
  { desk, out, now, voice }: WritingContext,
  id: number,
  options: { subject?: string; text?: string; input?: boolean },
): Promise<void> {
  const asLeaving = bringUpToDate({ ...desk, settings: desk.config }, id, now);
  tellChange(out, voice, asLeaving);
  const letter = desk.store.read((r) => letterById(r, id));
  if (letter === undefined) throw new AppError('not-found', { code: 'no-letter', id });
  const wanted =
    options.subject === undefined && options.text === undefined
      ? await byEditor(ways, letter, options)
      : await byOptions(ways, options);
  const { changed } = editLetter(desk, id, { ...wanted, upon: asLeaving && groundOf(asLeaving) });
  out.say(changed ? voice.t.letters.edited(id) : voice.t.letters.notEdited(id));
}

async function byOptions(
  ways: Terminal,
  options: { subject?: string; text?: string },
): Promise<{ subject?: string; text?: string }> {
  const text =
    options.text === undefined ? undefined : new TextDecoder().decode((await readInput(ways, options.text)).bytes);
  return { ...(options.subject !== undefined && { subject: options.subject }), ...(text !== undefined && { text }) };
}

async function byEditor(
  ways: Terminal,
  letter: Letter,
  options: { input?: boolean },
): Promise<{ subject?: string; text?: string }> {
  if (!mayAsk(ways, options)) throw new AppError('usage', { code: 'no-terminal-for-editor' });
  return editText(ways, { subject: letter.subject, text: letter.text });
}
