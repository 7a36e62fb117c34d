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
import { moment, several } from './words.ts';
import { say } from '../words/voice.ts';
import type { Reason } from '../rules/reason.ts';

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
      withDesk(ways, command, ({ desk, out, now, zone }) => {
        const at = options.on === 'now' ? null : parseMoment(options.on, { now, zone });
        const { request, changed } = requestAnswered({ ...desk, settings: desk.config }, parseId(id, 'request'), at);
        out.say(changed ? ended(request.id, 'answered', request) : `Request ${request.id} was answered already.`);
      }),
    );
  requests
    .command('drop')
    .description('Leave it: no more nudges, nothing is counted.')
    .argument('<id>', 'its number')
    .option('--why <text>', 'for the journal', '')
    .action((id: string, options: { why: string }, command: Command) =>
      withDesk(ways, command, ({ desk, out }) => {
        const { request, changed } = dropRequest(
          { ...desk, settings: desk.config },
          parseId(id, 'request'),
          options.why,
        );
        out.say(changed ? `Request ${request.id} is dropped.` : `Request ${request.id} was dropped already.`);
      }),
    );
}

function ended(
  id: number,
  state: string,
  { daysLost, newDeliveryOn }: { daysLost: number | null; newDeliveryOn: LocalDay | null },
): string {
  const delivery = newDeliveryOn === null ? '' : `; delivery is on ${newDeliveryOn}`;
  return `Request ${id} is ${state}; ${several(daysLost ?? 0, 'day')} lost${delivery}.`;
}

function dayOrNull({ now, zone }: DeskContext, text: string | undefined): LocalDay | null {
  return text === undefined ? null : parseDay(text, dayOf(now, zone));
}

function add(context: DeskContext, who: string, options: AskOptions): void {
  const { desk, out } = context;
  if (options.message === undefined && options.text === undefined)
    throw new AppError('usage', 'nothing says what was asked', { next: 'Give --message ID, or --text "…".' });
  const { client, request } = askClient({ ...desk, settings: desk.config }, who, {
    messageId: options.message === undefined ? null : parseId(options.message, 'message'),
    text: options.text ?? null,
    dueOn: dayOrNull(context, options.due),
    deliveryOn: dayOrNull(context, options.delivery),
    project: options.project ?? null,
  });
  out.say(`Request ${request.id} to ${client.name}, due ${request.dueOn}: ${request.text}`);
  out.say(nudgeWords(context));
}

function accept(context: DeskContext, id: string, options: { due?: string; delivery?: string }): void {
  const { desk, out } = context;
  const { request, changed } = acceptProposal({ ...desk, settings: desk.config }, parseId(id, 'request'), {
    dueOn: dayOrNull(context, options.due),
    deliveryOn: dayOrNull(context, options.delivery),
  });
  out.say(changed ? `Request ${request.id} counts, due ${request.dueOn}.` : `Request ${request.id} is open already.`);
  out.say(nudgeWords(context));
}

function nudgeWords({ desk }: DeskContext): string {
  const { nudges, steps } = desk.config.requests;
  if (nudges === 'off')
    return 'Nudges are off: nothing is written to the client ("requests": { "nudges": "on" } in the configuration).';
  return `Nudges are ${nudges === 'on' ? 'on' : 'written and wait for you'}: the first ${several(steps[0] ?? 0, 'day')} after the due day.`;
}

function list(context: DeskContext, options: { client?: string; all?: boolean }): void {
  const { desk, out, json, now } = context;
  const found = desk.store.read((r) => {
    const clientId = options.client === undefined ? undefined : findClient(r, options.client).id;
    const filter = { all: options.all === true, ...(clientId !== undefined && { clientId }) };
    return showRequests(r, desk.config, filter, now);
  });
  if (json) return out.json(found);
  if (found.length === 0)
    return out.say('Nothing waits for an answer of a client. To count something: paletti requests add');
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: 'CLIENT', flexible: true },
      { title: 'STATE' },
      { title: 'DUE' },
      { title: 'LOST', align: 'right' },
      { title: 'DELIVERY' },
      { title: 'NUDGES', align: 'right' },
      { title: 'ASKED', flexible: true },
      { title: 'WHY', flexible: true },
    ],
    found.map((request) => rowOf(context, request)),
  );
  const proposed = found.find((request) => request.state === 'proposed');
  if (proposed !== undefined)
    out.say(`To have a proposed one counted: paletti requests accept ${proposed.id}; to leave it: drop ${proposed.id}`);
}

function rowOf({ now, zone }: DeskContext, request: ShownRequest): string[] {
  const state =
    request.awayUntil === null ? request.shownState : `parked until ${moment(request.awayUntil, now, zone)}`;
  return [
    String(request.id),
    request.client,
    state,
    request.dueOn,
    request.state === 'proposed' ? '' : String(request.lost),
    request.deliveryNow ?? '',
    String(request.nudgesSent),
    request.text,
    whyWords(request.closedWhy ?? request.why),
  ];
}

function whyWords(why: Reason | null): string {
  return why === null ? '' : say(why, 'en');
}
