/**
 * `paletti inbox`: messages as they were recorded and judged. Reads the database, never the server. Lists and searches
 * start without what only `show` and `answered` need.
 */
import type { Command } from 'commander';
import { parseDay, parseMoment, parseWord } from '../desk/values.ts';
import { type MessageView, viewFound, viewMessages } from '../desk/views/messages.ts';
import { AppError } from '../errors.ts';
import { messageKinds } from '../rules/message.ts';
import { at, dayOf, type Instant, type TimeZone } from '../rules/time.ts';
import { findClient } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { mailboxNames } from '../store/folders.ts';
import type { MessageFilter, StoredMessage } from '../store/messages.ts';
import type { Window } from '../store/windows.ts';
import { type DeskContext, optionsOf, parseId, parseLimit, reading, withDesk } from './command.ts';
import type { Ways } from './ways.ts';
import { distance, moment, unbroken } from './words.ts';
import { say } from '../words/voice.ts';

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

function print({ out, json, now, zone }: DeskContext, messages: readonly MessageView[]): void {
  if (json) return out.json(messages.map(summaryOf));
  if (messages.length === 0) return out.say('No messages.');
  const isOfSeveral = new Set(messages.map(({ mailbox }) => mailbox)).size > 1;
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: 'RECEIVED' },
      ...(isOfSeveral ? [{ title: 'MAILBOX' }] : []),
      { title: 'FROM', flexible: true },
      { title: 'SUBJECT', flexible: true },
      { title: 'HOURS', flexible: true },
      { title: 'STATE' },
    ],
    messages.map((message) => [
      String(message.id),
      moment(message.receivedAt, now, zone),
      ...(isOfSeveral ? [message.mailbox] : []),
      message.client ?? senderOf(message),
      message.mail.subject,
      hoursWord(message),
      stateWord(message, now),
    ]),
  );
}

/** What it is when that is no ordinary letter; else how it stands with the answer. */
function stateWord(message: MessageView, now: Instant): string {
  const kind = kindWord(message);
  return kind === 'human' ? answerWord(message, now) : kind;
}

/** The day or the time, without the sentence that stands in `show`: 'Saturday', '21:04'. */
function hoursWord({ judged }: MessageView): string {
  return hoursWords(judged)?.split(',')[0] ?? '';
}

/** Null when it came in hours. */
function hoursWords(judged: StoredMessage['judged']): string | null {
  return judged?.outOfHoursWhy == null ? null : say(judged.outOfHoursWhy, 'en');
}

/** With a mark where the sender may not be who he says. */
function kindWord({ fault, judged }: MessageView): string {
  if (fault !== null) return 'unreadable';
  if (judged === null) return 'not yet judged';
  if (/^(dmarc|authentication)-failed$/.test(judged.reason)) return `${judged.kind}, forged?`;
  return judged.reason === 'not-believed' ? `${judged.kind}, doubtful` : (judged.kind ?? '');
}

function senderOf({ mail }: StoredMessage): string {
  return mail.from === null ? '' : mail.from.name || mail.from.address;
}

function answerWord({ window }: MessageView, now: Instant): string {
  if (window === null) return '';
  if (window.state !== 'open') return window.state === 'waived' ? 'none needed' : 'answered';
  const due = distance(window.dueAt, now);
  return due.endsWith(' ago') ? due.replace(/ago$/, 'late') : `due ${due}`;
}

/** Without the text and the headers: those are in `show`. */
function summaryOf({ mail, judged, window, ...message }: MessageView) {
  const { id, mailbox, role, threadId, receivedAt, history, clientId, client, flags, sizeBytes, fault } = message;
  return {
    ...{ id, mailbox, role, threadId, receivedAt, history, clientId, client, flags, sizeBytes, fault },
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    messageId: mail.messageId,
    attachments: mail.attachments,
    judged: judged && { ...judged, outOfHoursWhy: hoursWords(judged), outOfHoursReason: judged.outOfHoursWhy },
    window,
  };
}

async function show({ desk, out, json, now, zone }: DeskContext, id: number): Promise<void> {
  const { viewMessage } = await import('../desk/views/message.ts');
  const found = desk.store.read((r) => viewMessage(r, id));
  if (found === undefined)
    throw new AppError('not-found', `there is no message ${id}`, { next: 'See: paletti inbox list' });
  const { message: shown, letters } = found;
  if (json)
    return out.json({ ...summaryOf(shown), text: shown.mail.text, letters: letters.map((letter) => letter.id) });
  const { mail, judged, window } = shown;
  const lines: [string, string | null][] = [
    ['From', mail.from === null ? null : `${mail.from.name} <${mail.from.address}>`.trim()],
    ['To', mail.to.map((address) => address.address).join(', ')],
    ['Client', shown.client],
    ['Received', moment(shown.receivedAt, now, zone)],
    ['Subject', mail.subject],
    ['Attachments', mail.attachments.map((attachment) => attachment.name || attachment.type).join(', ') || null],
    ['Could not be read', shown.fault],
    ['Kind', judged?.kind ?? null],
    ['Judged', judged === null ? 'not yet' : `${judged.why} (${judged.reason})`],
    ['Out of hours', hoursWords(judged)],
    ['Answer', window === null ? null : answerLine(window, now, zone)],
    [
      'Letters',
      letters.length === 0 ? null : letters.map((letter) => `${letter.id} ${letter.kind} (${letter.state})`).join(', '),
    ],
  ];
  for (const [name, text] of lines) if (text !== null) out.data(`${name}: ${unbroken(text)}`);
  out.data(`\n${(mail.newText || mail.text).trimEnd()}`);
}

function answerLine(window: Window, now: Instant, zone: TimeZone): string {
  if (window.state === 'waived') return 'none needed';
  if (window.state === 'open') return `due ${moment(window.dueAt, now, zone)}, ${distance(window.dueAt, now)}`;
  const when = window.answeredAt === null ? '' : ` ${moment(window.answeredAt, now, zone)}`;
  return `answered${when}, known by: ${window.evidence}`;
}

async function settle({ desk, out }: DeskContext, ids: readonly string[], answerNeeded: boolean): Promise<void> {
  const { settleMessage } = await import('../desk/inbox.ts');
  for (const id of ids.map((text) => parseId(text, 'message'))) {
    const { changed, window } = settleMessage(desk, id, answerNeeded ? 'answered' : 'needs-no-answer');
    const word = answerNeeded ? 'answered' : 'in need of no answer';
    const already = window === null ? 'has no deadline' : 'waits for no answer any more';
    out.say(changed ? `Message ${id} is noted as ${word}.` : `Message ${id} ${already}.`);
  }
}
