/**
 * `paletti inbox`: messages as they were recorded and judged. Reads the database, never the server. Lists and searches
 * start without what only `show` and `answered` need.
 */
import type { Command } from 'commander';
import { parseDay, parseMoment, parseWord } from '../desk/values.ts';
import { type MessageView, viewFound, viewMessages } from '../desk/views/messages.ts';
import { AppError } from '../errors.ts';
import { messageKinds } from '../rules/message.ts';
import { at, dayOf, type Instant, minuteMs, type TimeZone } from '../rules/time.ts';
import { findClient } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { mailboxNames } from '../store/folders.ts';
import type { MessageFilter, StoredMessage } from '../store/messages.ts';
import type { Window } from '../store/windows.ts';
import { type DeskContext, optionsOf, parseId, parseLimit, reading, withDesk } from './command.ts';
import type { Ways } from './ways.ts';
import { unbroken, type Voice } from './voice.ts';

interface ListOptions {
  client?: string;
  mailbox?: string;
  kind?: string;
  outOfHours?: boolean;
  unanswered?: boolean;
  sent?: boolean;
  since?: string;
  limit: string;
}

export function addTo(program: Command, ways: Ways): void {
  const inbox = program
    .command('inbox')
    .summary('messages as recorded and judged')
    .description('Messages as they were recorded and judged.');
  reading(inbox.command('list', { isDefault: true }))
    .description('Messages, newest first.')
    .option('--client <client>', 'of one client')
    .option('--mailbox <name>', 'of one mailbox, by its name in the config')
    .option('--kind <kind>', `one of: ${messageKinds.join(', ')}`)
    .option('--out-of-hours', 'only those that came out of hours')
    .option('--unanswered', 'only those that still wait for your answer')
    .option('--sent', 'your own, instead of those you received')
    .option('--since <when>', 'a day, or "2026-11-24 09:00"')
    .option('--limit <number>', 'at most so many', '50')
    .action((_options, command: Command) => withDesk(ways, command, (context) => list(context, optionsOf(command))));
  reading(inbox.command('show'))
    .description('One message, and why it was judged so.')
    .argument('<id>', 'its number')
    .action((id: string, _options, command: Command) =>
      withDesk(ways, command, (context) => show(context, parseId(id, 'message'))),
    );
  reading(inbox.command('search'))
    .description('Messages that contain every word, in subject, sender or text.')
    .argument('<words...>', 'words, or "a phrase"')
    .option('--limit <number>', 'at most so many', '50')
    .action((words: string[], options: { limit: string }, command: Command) =>
      withDesk(ways, command, (context) => {
        const limit = parseLimit(options.limit);
        print(
          context,
          context.desk.store.read((r) => viewFound(r, words.join(' '), limit)),
        );
      }),
    );
  inbox
    .command('answered')
    .description(
      'Say that a message is answered, by a call for instance: its deadline ends, and no acknowledgement leaves.',
    )
    .argument('<ids...>', 'their numbers')
    .option('--no-answer-needed', 'it needs none')
    .action((ids: string[], options: { answerNeeded: boolean }, command: Command) =>
      withDesk(ways, command, (context) => settle(context, ids, options.answerNeeded)),
    );
}

function list(context: DeskContext, options: ListOptions): void {
  const { desk, now, zone } = context;
  print(
    context,
    desk.store.read((r) => viewMessages(r, filterOf(r, options, now, zone))),
  );
}

function filterOf(r: Reader, options: ListOptions, now: Instant, zone: TimeZone): MessageFilter {
  return {
    role: options.sent === true ? 'sent' : 'inbox',
    limit: parseLimit(options.limit),
    ...(options.client !== undefined && { clientId: findClient(r, options.client).id }),
    ...(options.mailbox !== undefined && { mailbox: knownMailbox(r, options.mailbox) }),
    ...(options.kind !== undefined && { kind: parseWord(options.kind, 'kind of message', messageKinds) }),
    ...(options.outOfHours === true && { outOfHours: true }),
    ...(options.unanswered === true && { unanswered: true }),
    ...(options.since !== undefined && { since: sinceOf(options.since, now, zone) }),
  };
}

function knownMailbox(r: Reader, wanted: string): string {
  const names = mailboxNames(r);
  if (names.includes(wanted)) return wanted;
  const next =
    names.length === 0 ? 'None was read yet: paletti run --once' : `Those that were read: ${names.join(', ')}`;
  throw new AppError('not-found', `no mailbox "${wanted}" was read`, { next });
}

function sinceOf(text: string, now: Instant, zone: TimeZone): Instant {
  return /[ T]/.test(text.trim()) ? parseMoment(text, { now, zone }) : at(parseDay(text, dayOf(now, zone)), 0, zone);
}

function print({ out, json, now, voice }: DeskContext, messages: readonly MessageView[]): void {
  const { mail: words } = voice.t;
  if (json) return out.json(messages.map((message) => summaryOf(message, voice)));
  if (messages.length === 0) return out.say(words.none);
  const isOfSeveral = new Set(messages.map(({ mailbox }) => mailbox)).size > 1;
  const { columns } = words;
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: columns.received },
      ...(isOfSeveral ? [{ title: columns.mailbox }] : []),
      { title: columns.from, flexible: true },
      { title: columns.subject, flexible: true },
      { title: columns.hours, flexible: true },
      { title: columns.state },
    ],
    messages.map((message) => [
      String(message.id),
      voice.moment(message.receivedAt),
      ...(isOfSeveral ? [message.mailbox] : []),
      message.client ?? senderOf(message),
      message.mail.subject,
      hoursWord(message, voice),
      stateWord(message, now, voice),
    ]),
  );
}

/** What it is when that is no ordinary letter; else how it stands with the answer. */
function stateWord(message: MessageView, now: Instant, voice: Voice): string {
  const isPlain = message.fault === null && message.judged?.kind === 'human' && doubtOf(message) === null;
  return isPlain ? answerWord(message, now, voice) : kindWord(message, voice);
}

/** The day or the time, without the sentence that stands in `show`: 'Saturday', '21:04'. */
function hoursWord({ judged }: MessageView, voice: Voice): string {
  return hoursWords(judged, voice)?.split(',')[0] ?? '';
}

/** Null when it came in hours. */
function hoursWords(judged: StoredMessage['judged'], voice: Voice): string | null {
  return judged?.outOfHoursWhy == null ? null : voice.why(judged.outOfHoursWhy);
}

/** With a mark where the sender may not be who he says. */
function kindWord(message: MessageView, voice: Voice): string {
  const { mail: words, codes } = voice.t;
  if (message.fault !== null) return words.unreadable;
  if (message.judged === null) return words.notJudged;
  const kind = message.judged.kind === null ? '' : codes.message(message.judged.kind);
  const doubt = doubtOf(message);
  return doubt === null ? kind : words[doubt](kind);
}

/** Whether the sender may be another than he says. */
function doubtOf({ judged }: MessageView): 'forged' | 'doubtful' | null {
  if (judged === null) return null;
  if (/^(dmarc|authentication)-failed$/.test(judged.reason)) return 'forged';
  return judged.reason === 'not-believed' ? 'doubtful' : null;
}

function senderOf({ mail }: StoredMessage): string {
  return mail.from === null ? '' : mail.from.name || mail.from.address;
}

function answerWord({ window }: MessageView, now: Instant, voice: Voice): string {
  const { mail: words } = voice.t;
  if (window === null) return '';
  if (window.state !== 'open') return window.state === 'waived' ? words.noneNeeded : words.answered;
  const isLate = now - window.dueAt >= minuteMs;
  return isLate ? words.late(voice.span(now - window.dueAt)) : words.due(voice.distance(window.dueAt));
}

/** Without the text and the headers: those are in `show`. */
function summaryOf({ mail, judged, window, ...message }: MessageView, voice: Voice) {
  const { id, mailbox, role, threadId, receivedAt, history, clientId, client, flags, sizeBytes, fault } = message;
  return {
    id,
    mailbox,
    role,
    threadId,
    receivedAt,
    history,
    clientId,
    client,
    flags,
    sizeBytes,
    fault,
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    messageId: mail.messageId,
    attachments: mail.attachments,
    judged: judged && { ...judged, outOfHoursWhy: hoursWords(judged, voice), outOfHoursReason: judged.outOfHoursWhy },
    window,
  };
}

async function show({ desk, out, json, voice }: DeskContext, id: number): Promise<void> {
  const { viewMessage } = await import('../desk/views/message.ts');
  const found = desk.store.read((r) => viewMessage(r, id));
  if (found === undefined) throw new AppError('not-found', { code: 'no-message', id });
  const { message: shown, letters } = found;
  if (json)
    return out.json({ ...summaryOf(shown, voice), text: shown.mail.text, letters: letters.map((letter) => letter.id) });
  const { mail, judged, window } = shown;
  const { mail: words, codes } = voice.t;
  const { labels } = words;
  const list = letters.map(({ id: one, kind, state }) => `${one} ${codes.letter(kind)} (${codes.letterState(state)})`);
  const lines: [string, string | null][] = [
    [labels.from, mail.from === null ? null : `${mail.from.name} <${mail.from.address}>`.trim()],
    [labels.to, mail.to.map((address) => address.address).join(', ')],
    [labels.client, shown.client],
    [labels.received, voice.moment(shown.receivedAt)],
    [labels.subject, mail.subject],
    [labels.attachments, mail.attachments.map((attachment) => attachment.name || attachment.type).join(', ') || null],
    [labels.fault, shown.fault],
    [labels.kind, judged?.kind == null ? null : codes.message(judged.kind)],
    [labels.judged, judged === null ? words.notYet : `${voice.why(judged.why)} (${judged.reason})`],
    [labels.outOfHours, hoursWords(judged, voice)],
    [labels.answer, window === null ? null : answerLine(window, voice)],
    [labels.letters, list.length === 0 ? null : list.join(', ')],
  ];
  for (const [name, text] of lines) if (text !== null) out.data(`${name}: ${unbroken(text)}`);
  out.data(`\n${(mail.newText || mail.text).trimEnd()}`);
}

function answerLine(window: Window, voice: Voice): string {
  const { mail: words } = voice.t;
  if (window.state === 'waived') return words.noneNeeded;
  if (window.state === 'open') return words.dueAt(voice.moment(window.dueAt), voice.distance(window.dueAt));
  return words.answeredAt(window.answeredAt === null ? null : voice.moment(window.answeredAt), window.evidence);
}

async function settle({ desk, out, voice }: DeskContext, ids: readonly string[], answerNeeded: boolean): Promise<void> {
  const { settleMessage } = await import('../desk/inbox.ts');
  const { mail: words } = voice.t;
  const how = answerNeeded ? 'answered' : 'needs-no-answer';
  for (const id of ids.map((text) => parseId(text, 'message'))) {
    const { changed, window } = settleMessage(desk, id, how);
    out.say(changed ? words.settled(id, how) : words.unsettled(id, window !== null));
  }
}
