/**
 * The client's file under `paletti clients`: what is logged by hand, what was agreed, projects, the owner's own marks,
 * the timeline and the signs. Adds its commands to the noun that clients.ts makes.
 */
import type { Command } from 'commander';
import { clientRecords, periodStart } from '../store/client-facts.ts';
import type { TermTexts } from '../desk/client-terms.ts';
import { type ClientSummary, summarize } from '../desk/report.ts';
import { timeline, type TimelineEntry } from '../desk/timeline.ts';
import { parseDay, parseMinutes, parseMoment, parseMoney, parseWhole, parseWord } from '../desk/values.ts';
import { AppError } from '../errors.ts';
import type { Client } from '../rules/client.ts';
import { ownerMarks } from '../rules/red-flags.ts';
import { dayOf, type LocalDay } from '../rules/time.ts';
import { findClient } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { type LogKind, logKinds } from '../store/log-entries.ts';
import { type Mark, standingMarks } from '../store/marks.ts';
import { type Project, projectActions, projectsOf } from '../store/projects.ts';
import { paymentDaysIn } from './client-fields.ts';
import { collect, type DeskContext, optionsOf, parseLimit, reading, readInput, withDesk } from './command.ts';
import type { Told } from './import-questions.ts';
import type { Voice } from './voice.ts';
import type { Ways } from './ways.ts';
import { happenedWords } from '../words/happened.ts';

export function addClientFile(clients: Command, ways: Ways): void {
  addLog(clients, ways);
  addTerms(clients, ways);
  addProjects(clients, ways);
  addMarks(clients, ways);
  reading(clients.command('timeline'))
    .description('What happened with a client, newest first: messages, calls, letters, invoices, payments.')
    .argument('<client>', 'number, name or address')
    .option('--limit <number>', 'at most so many', '50')
    .action((who: string, options: { limit: string }, command: Command) =>
      withDesk(ways, command, ({ desk, out, json, zone, voice }) => {
        const limit = parseLimit(options.limit);
        const entries = desk.store.read((r) => timeline(r, findClient(r, who).id, { zone, limit }));
        if (json) out.json(entries);
        else sayTimeline({ out, voice }, entries);
      }),
    );
}

// ---- log -----------------------------------------------------------------------------------------------------------

interface LogOptions {
  at: string;
  minutes?: string;
  in?: boolean;
  out?: boolean;
  project?: string;
  via?: string;
  cost?: string;
  file?: string[];
}

function addLog(clients: Command, ways: Ways): void {
  clients
    .command('log')
    .description(
      `Log what no mailbox knows: ${logKinds.join(', ')}. A call of the client is held against the phone hours, a chat or a meeting against the contact hours; what you began yourself (--out) is never flagged.`,
    )
    .argument('<client>', 'number, name or address')
    .argument('<kind>', logKinds.join(', '))
    .argument('[text...]', 'how long, when you know it (2h, 45m, 1h30), and what it was about')
    .option('--at <when>', '"2026-11-24 21:30" by your clock, or now', 'now')
    .option('--minutes <number>', 'how long')
    .option('--in', 'the client began it; so it is taken for a call or a chat')
    .option('--out', 'you began it')
    .option('--project <text>', 'what it belonged to')
    .option('--via <channel>', 'of a chat or a call: whatsapp, telegram, instagram …')
    .option('--cost <sum>', 'what you paid for it, as in 38.50 or "38.50 CHF"; taken off what the client brings in')
    .option('--file <file>', 'evidence kept with it, with its SHA-256, and in the dossier; may be repeated', collect)
    .addHelpText('after', logExamples)
    .action((who: string, kind: string, words: string[], _options, command: Command) =>
      withDesk(ways, command, async (context) => {
        const options = optionsOf<LogOptions>(command);
        const files = await Promise.all((options.file ?? []).map((path) => readInput(ways, path)));
        await log(context, { who, kind, words, files }, options);
      }),
    );
}

const logExamples = `
Examples:
  paletti clients log Bianchi call --at "2026-11-24 21:30" --minutes 12 asked for a discount
  paletti clients log Bianchi work 2h header and footer
  paletti clients log Bianchi delivery second draft of the home page
  paletti clients log Bianchi chat --via whatsapp wants it tonight
  paletti clients log Bianchi dinner --cost 42.00 talked of everything but work
  paletti clients log Bianchi price refused
  paletti clients log Bianchi attack one star and a lie --file screenshot.png`;

async function log(
  { desk, out, now, zone, voice }: DeskContext,
  given: { who: string; kind: string; words: readonly string[]; files: readonly { name: string; bytes: Uint8Array }[] },
  options: LogOptions,
): Promise<void> {
  const { logWithClient } = await import('../desk/clients.ts');
  const { log: words, timeline: names } = voice.t.clients;
  const kind = parseWord(given.kind, 'kind of entry', logKinds);
  if (options.in === true && options.out === true) throw new AppError('usage', { code: 'in-or-out' });
  const { minutes, text } = lengthAndText(given.words, options.minutes);
  const began = options.out === true ? 'out' : options.in === true || kind === 'call' || kind === 'chat' ? 'in' : null;
  const { client, entry, files } = logWithClient(
    desk,
    given.who,
    {
      kind,
      at: parseMoment(options.at, { now, zone }),
      minutes,
      direction: isTalk(kind) ? began : null,
      text: text === '' && kind === 'work' ? words.work : text,
      project: options.project ?? null,
      via: options.via?.trim().toLowerCase() || null,
      cost: options.cost === undefined ? null : costIn(options.cost),
      files: given.files,
    },
    { contact: desk.config.hours, phone: desk.config.phoneHours },
  );
  const flag = entry.outOfHoursWhy === null ? '' : ` ${words.outOfHours(voice.why(entry.outOfHoursWhy))}`;
  out.say(words.logged(client.name, names.kinds[entry.kind], voice.moment(entry.at), entry.minutes) + flag);
  for (const { name, sha256 } of files) out.say(words.kept(name, sha256));
  const isWork = kind === 'work' || kind === 'delivery';
  if (isWork && client.workState !== 'active')
    out.warn(words.workThoughStopped(client.name, client.id, client.workState));
}

function isTalk(kind: LogKind): boolean {
  return ['call', 'chat', 'meeting', 'lunch', 'dinner'].includes(kind);
}

/** '38.50' is in euro; another currency stands behind the sum. */
function costIn(text: string): { cents: number; currency: string } {
  const [amount = '', currency = 'EUR'] = text.trim().split(/\s+/);
  return { cents: parseMoney(amount, currency), currency };
}

/** The first word may say how long it took. */
function lengthAndText(words: readonly string[], option: string | undefined): { minutes: number | null; text: string } {
  const [first = '', ...rest] = words;
  const length = /^\d/.test(first) ? parseMinutes(first) : null;
  const text = (length === null ? words : rest).join(' ');
  if (option === undefined) return { minutes: length, text };
  return { minutes: parseWhole(option, 'number of minutes', { min: 1, max: 1440 }), text: words.join(' ') };
}

// ---- terms ---------------------------------------------------------------------------------------------------------

interface TermOptions {
  contract?: string;
  scope?: string[];
  revisions?: string;
  paymentDays?: string;
  paymentDay?: string;
  currency?: string;
  rate?: string;
  rateUnit?: string;
  noticeDays?: string;
  pauseClause?: string;
  exitClause?: string;
  prepaidUntil?: string;
  started?: string;
  niche?: string;
  ladder?: string;
}

function addTerms(clients: Command, ways: Ways): void {
  reading(clients.command('terms'))
    .description('What was agreed with a client; with options, change it. "none" takes a value away.')
    .argument('<client>', 'number, name or address')
    .option('--contract <day>', 'the day it was signed; none when there is none; unknown to take it back')
    .option('--scope <line>', 'what is included; once for each line, and they replace the lines before', collect)
    .option('--revisions <number>', 'rounds of changes included')
    .option(
      '--payment-days <days>',
      'from invoice to due date: 30, "30 eom" (then the end of that month), "30 eom 10" (then the 10th)',
    )
    .option('--payment-day <day>', 'invoices are paid on this day of the month after: 1')
    .option('--currency <code>', 'of the rate')
    .option('--rate <sum>', 'rate or fee')
    .option('--rate-unit <unit>', 'hour, day or project')
    .option('--notice-days <days>', 'notice on either side')
    .option('--pause-clause <text>', 'where the contract lets you pause unpaid work, as in "art. 7 del contratto"')
    .option('--exit-clause <text>', 'where the contract lets you end it, as in "clause 9 of our contract"')
    .option('--prepaid-until <day>', 'work is paid for up to that day')
    .option('--started <day>', 'when the work began')
    .option('--niche <text>', 'what line of business it is')
    .option('--ladder <name>', 'letters about money to this client: three, announced or gentle; none for the studio’s')
    .action((who: string, _options, command: Command) =>
      withDesk(ways, command, (context) => terms(context, who, optionsOf<TermOptions>(command))),
    );
}

async function terms({ desk, out, json, voice }: DeskContext, who: string, options: TermOptions): Promise<void> {
  const { changeTerms } = await import('../desk/client-terms.ts');
  const texts = termTexts(options);
  if (Object.keys(texts).length > 0) {
    const { client, changed } = changeTerms(desk, who, texts);
    const { terms: words, changed: say } = voice.t.clients;
    out.say(changed.length === 0 ? words.asItWas(client.name) : say(client.name, changed));
    if (!json) return;
  }
  const client = desk.store.read((r) => findClient(r, who));
  if (json) return out.json({ ...client.terms, paymentTerms: client.paymentTerms });
  sayTerms({ out, voice }, client);
}

function termTexts(options: TermOptions): TermTexts {
  const texts: Record<keyof TermTexts, string | readonly string[] | undefined> = {
    contractSignedOn: options.contract,
    scope: options.scope,
    revisionsIncluded: options.revisions,
    paymentDays: paymentDaysIn(options),
    currency: options.currency,
    rate: options.rate,
    rateUnit: options.rateUnit,
    noticeDays: options.noticeDays,
    pauseClause: options.pauseClause,
    exitClause: options.exitClause,
    workPrepaidUntil: options.prepaidUntil,
    startedOn: options.started,
    niche: options.niche,
    ladder: options.ladder,
  };
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)) as TermTexts;
}

function contractWords({ contractSignedOn, contractNone }: Client['terms'], { t }: Voice): string {
  const { terms: words } = t.clients;
  if (contractSignedOn !== null) return words.signed(contractSignedOn);
  return contractNone ? words.noContract : words.contractNotTold;
}

function rateWords({ rateCents, currency, rateUnit }: Client['terms'], { t, sum }: Voice): string {
  const { terms: words } = t.clients;
  if (rateCents === null) return words.notKnown;
  return words.rate(sum(rateCents, currency ?? 'EUR'), rateUnit === null ? null : t.codes.rateUnit(rateUnit));
}

export function sayTerms({ out, voice }: Told, client: Client): void {
  const { terms: agreed, paymentTerms } = client;
  const { terms: words } = voice.t.clients;
  const { labels } = words;
  const lines: [string, string | null][] = [
    [labels.contract, contractWords(agreed, voice)],
    [labels.since, agreed.startedOn],
    [labels.rate, rateWords(agreed, voice)],
    [labels.payment, paymentTerms === null ? null : voice.t.clients.paymentTerms(paymentTerms)],
    [labels.revisions, agreed.revisionsIncluded === null ? null : words.revisions(agreed.revisionsIncluded)],
    [labels.notice, agreed.noticeDays === null ? null : words.notice(agreed.noticeDays)],
    [labels.pause, agreed.pauseClause],
    [labels.exit, agreed.exitClause],
    [labels.prepaid, agreed.workPrepaidUntil],
    [labels.niche, agreed.niche],
    [labels.ladder, agreed.ladder],
  ];
  for (const [name, text] of lines) if (text !== null) out.data(`  ${name}: ${text}`);
  if (agreed.scope.length > 0) out.data(`  ${labels.scope}:`);
  for (const line of agreed.scope) out.data(`    - ${line}`);
}

// ---- projects and marks --------------------------------------------------------------------------------------------

function addProjects(clients: Command, ways: Ways): void {
  reading(clients.command('project'))
    .description('Projects of a client: add, pause, resume or end one; without an action, list them.')
    .argument('<client>', 'number, name or address')
    .argument('[action]', projectActions.join(', '))
    .argument('[name...]', 'of the project')
    .option('--on <day>', 'when it begins or ends', 'today')
    .action((who: string, action: string | undefined, name: string[], options: { on: string }, command: Command) =>
      withDesk(ways, command, async ({ desk, out, json, now, zone, voice }) => {
        const { actOnProject } = await import('../desk/client-marks.ts');
        const { project: words } = voice.t.clients;
        if (action !== undefined) {
          const on = parseDay(options.on, dayOf(now, zone));
          const values = { action: parseWord(action, 'project action', projectActions), name: name.join(' '), on };
          const { client, project, changed } = actOnProject(desk, who, values);
          out.say(words.is(client.name, project.name, voice.t.codes.project(project.state), changed));
          if (!json) return;
        }
        const projects = desk.store.read((r) => projectsOf(r, findClient(r, who).id));
        if (json) out.json(projects);
        else if (projects.length === 0) out.say(words.none);
        else sayProjects({ out, voice }, projects);
      }),
    );
}

function sayProjects({ out, voice }: Told, projects: readonly Project[]): void {
  const { clients: words, codes } = voice.t;
  for (const { name, state, startedOn, endedOn } of projects)
    out.data(`  ${words.project.line(name, codes.project(state), startedOn, endedOn)}`);
}

function addMarks(clients: Command, ways: Ways): void {
  reading(clients.command('mark'))
    .description('Signs that only you can judge: mark a client, or --remove a mark; without one, list them.')
    .argument('<client>', 'number, name or address')
    .argument('[mark]', ownerMarks.join(', '))
    .option('--note <text>', 'why, for yourself', '')
    .option('--remove', 'take it away')
    .action((who: string, mark: string | undefined, options: { note: string; remove?: boolean }, command: Command) =>
      withDesk(ways, command, async ({ desk, out, json, voice }) => {
        const { mark: words } = voice.t.clients;
        const { markClient } = await import('../desk/client-marks.ts');
        if (mark !== undefined) {
          const values = {
            mark: parseWord(mark, 'mark', ownerMarks),
            note: options.note,
            remove: options.remove === true,
          };
          const { client, changed } = markClient(desk, who, values);
          out.say(words.done(client.name, values.mark, changed, values.remove));
          if (!json) return;
        }
        const marks = desk.store.read((r) => standingMarks(r, findClient(r, who).id));
        if (json) out.json(marks);
        else if (marks.length === 0) out.say(words.none);
        else for (const one of marks) out.data(`  ${markLine(one)}`);
      }),
    );
}

function markLine({ mark, note }: Mark): string {
  return note === '' ? mark : `${mark}: ${note}`;
}

// ---- what `clients show` says of the file --------------------------------------------------------------------------

/** The year that habits are counted in. */
const habitDays = 365;
const lastEntries = 10;

export interface ClientFile {
  summary: ClientSummary;
  projects: Project[];
  marks: Mark[];
  timeline: TimelineEntry[];
}

export function clientFileOf(r: Reader, client: Client, { desk, now, zone }: DeskContext): ClientFile {
  const since = periodStart(now, habitDays);
  const [record] = clientRecords(r, desk.config, { now, since, clientId: client.id });
  if (record === undefined) throw new AppError('internal', `client ${client.id} is not in the register`);
  return {
    summary: summarize(record, now),
    projects: projectsOf(r, client.id),
    marks: standingMarks(r, client.id),
    timeline: timeline(r, client.id, { zone, limit: lastEntries }),
  };
}

/** @returns nothing is said of what there is none */
export function sayProjectsAndMarks({ out, voice }: Told, { projects, marks }: ClientFile): void {
  const { heading } = voice.t.clients;
  if (projects.length > 0) {
    out.heading(`\n${heading.projects}`);
    sayProjects({ out, voice }, projects);
  }
  if (marks.length > 0) {
    out.heading(`\n${heading.marks}`);
    for (const mark of marks) out.data(`  ${markLine(mark)}`);
  }
}

export function sayTimeline({ out, voice }: Told, entries: readonly TimelineEntry[]): void {
  const { timeline: words } = voice.t.clients;
  if (entries.length === 0) return out.say(words.none);
  const { columns, kinds } = words;
  out.table(
    [
      { title: columns.when },
      { title: columns.what },
      { title: 'ID', align: 'right' },
      { title: columns.about, flexible: true },
    ],
    entries.map((entry) => [
      entry.at === null ? voice.day(entry.day as LocalDay) : voice.moment(entry.at),
      `${kinds[entry.kind]}${entry.minutes === null ? '' : ` ${entry.minutes} min`}`,
      String(entry.id),
      `${happenedWords(entry, voice.words, voice.days)}${entry.outOfHours === null ? '' : ` ${words.outOfHours(voice.why(entry.outOfHours))}`}`,
    ]),
    { indent: '  ' },
  );
}
