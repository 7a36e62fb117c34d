/** `paletti requests`: what clients were asked for: list, add, accept a proposal, say that one is answered, drop it. */
import type { Command } from 'commander';
import {
  acceptProposal,
  askClient,
  dropRequest,
  requestAnswered,
  showRequests,
  type ShownRequest,
} from '../desk/requests.ts';
import { parseDay, parseMoment } from '../desk/values.ts';
import { AppError } from '../errors.ts';
import { dayOf, type LocalDay } from '../rules/time.ts';
import { findClient } from '../store/clients.ts';
import { type DeskContext, parseId, reading, withDesk } from './command.ts';
import type { Ways } from './ways.ts';

export function addTo(program: Command, ways: Ways): void {
  const requests = program
    .command('requests')
    .summary('what you asked clients for, and who is silent')
    .description('What you asked clients for. A client who does not answer delays himself: the days are counted.');
  reading(requests.command('list', { isDefault: true }))
    .description('Requests that wait; proposed ones too.')
    .option('--client <client>', 'of one client')
    .option('--all', 'closed ones too, with what the silence has cost')
    .action((options: { client?: string; all?: boolean }, command: Command) =>
      withDesk(ways, command, (context) => list(context, options)),
    );
  addAsking(requests, ways);
  addEnding(requests, ways);
}

interface AskOptions {
  message?: string;
  text?: string;
  due?: string;
  delivery?: string;
  project?: string;
}

function addAsking(requests: Command, ways: Ways): void {
  requests
    .command('add')
    .description('Count something you asked a client for.')
    .argument('<client>', 'number, name or address')
    .option('--message <id>', 'your mail in which you asked')
    .option('--text <text>', 'what you asked, as nudges quote it; the questions of the mail when left out')
    .option('--due <day>', 'when the answer is due, YYYY-MM-DD')
    .option('--delivery <day>', 'what you deliver when, if the answer comes in time')
    .option('--project <text>', 'which project')
    .action((who: string, options: AskOptions, command: Command) =>
      withDesk(ways, command, (context) => add(context, who, options)),
    );
  requests
    .command('accept')
    .description('Count what was proposed from a question of yours.')
    .argument('<id>', 'its number')
    .option('--due <day>', 'when the answer is due')
    .option('--delivery <day>', 'what you deliver when, if the answer comes in time')
    .action((id: string, options: { due?: string; delivery?: string }, command: Command) =>
      withDesk(ways, command, (context) => accept(context, id, options)),
    );
}

function addEnding(requests: Command, ways: Ways): void {
  requests
    .command('answered')
    .description('It was answered in a way that no mail shows.')
    .argument('<id>', 'its number')
    .option('--on <moment>', '"2026-11-24 09:30"', 'now')
    .action((id: string, options: { on: string }, command: Command) =>
      withDesk(ways, command, ({ desk, out, now, zone, voice }) => {
        const { requests: words } = voice.t;
        const at = options.on === 'now' ? null : parseMoment(options.on, { now, zone });
        const { request, changed } = requestAnswered({ ...desk, settings: desk.config }, parseId(id, 'request'), at);
        out.say(
          changed
            ? words.answered(request.id, request.daysLost ?? 0, request.newDeliveryOn)
            : words.answeredAlready(request.id),
        );
      }),
    );
  requests
    .command('drop')
    .description('Leave it: no more nudges, nothing is counted.')
    .argument('<id>', 'its number')
    .option('--why <text>', 'for the journal', '')
    .action((id: string, options: { why: string }, command: Command) =>
      withDesk(ways, command, ({ desk, out, voice }) => {
        const { request, changed } = dropRequest(
          { ...desk, settings: desk.config },
          parseId(id, 'request'),
          options.why,
        );
        out.say(voice.t.requests.dropped(request.id, changed));
      }),
    );
}

function dayOrNull({ now, zone }: DeskContext, text: string | undefined): LocalDay | null {
  return text === undefined ? null : parseDay(text, dayOf(now, zone));
}

function add(context: DeskContext, who: string, options: AskOptions): void {
  const { desk, out } = context;
  if (options.message === undefined && options.text === undefined)
    throw new AppError('usage', { code: 'request-without-text' });
  const { client, request } = askClient({ ...desk, settings: desk.config }, who, {
    messageId: options.message === undefined ? null : parseId(options.message, 'message'),
    text: options.text ?? null,
    dueOn: dayOrNull(context, options.due),
    deliveryOn: dayOrNull(context, options.delivery),
    project: options.project ?? null,
  });
  out.say(context.voice.t.requests.added(request.id, client.name, request.dueOn, request.text));
  out.say(nudgeWords(context));
}

function accept(context: DeskContext, id: string, options: { due?: string; delivery?: string }): void {
  const { desk, out } = context;
  const { request, changed } = acceptProposal({ ...desk, settings: desk.config }, parseId(id, 'request'), {
    dueOn: dayOrNull(context, options.due),
    deliveryOn: dayOrNull(context, options.delivery),
  });
  const { requests: words } = context.voice.t;
  out.say(changed ? words.counts(request.id, request.dueOn) : words.openAlready(request.id));
  out.say(nudgeWords(context));
}

function nudgeWords({ desk, voice }: DeskContext): string {
  const { nudges, steps } = desk.config.requests;
  const { requests: words } = voice.t;
  return nudges === 'off' ? words.nudgesOff : words.nudges(nudges === 'on', steps[0] ?? 0);
}

function list(context: DeskContext, options: { client?: string; all?: boolean }): void {
  const { desk, out, json, now, voice } = context;
  const found = desk.store.read((r) => {
    const clientId = options.client === undefined ? undefined : findClient(r, options.client).id;
    const filter = { all: options.all === true, ...(clientId !== undefined && { clientId }) };
    return showRequests(r, desk.config, filter, now);
  });
  if (json) return out.json(found);
  const { requests: words } = voice.t;
  if (found.length === 0) return out.say(words.none);
  const { columns } = words;
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: columns.client, flexible: true },
      { title: columns.state },
      { title: columns.due },
      { title: columns.lost, align: 'right' },
      { title: columns.delivery },
      { title: columns.nudges, align: 'right' },
      { title: columns.asked, flexible: true },
      { title: columns.why, flexible: true },
    ],
    found.map((request) => rowOf(context, request)),
  );
  const proposed = found.find((request) => request.state === 'proposed');
  if (proposed !== undefined) out.say(words.acceptHint(proposed.id));
}

function rowOf({ voice }: DeskContext, request: ShownRequest): string[] {
  const { requests: words, codes } = voice.t;
  const why = request.closedWhy ?? request.why;
  return [
    String(request.id),
    request.client,
    request.awayUntil === null ? codes.request(request.shownState) : words.parked(voice.moment(request.awayUntil)),
    request.dueOn,
    request.state === 'proposed' ? '' : String(request.lost),
    request.deliveryNow ?? '',
    String(request.nudgesSent),
    request.text,
    why === null ? '' : voice.why(why),
  ];
}
