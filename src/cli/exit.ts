/** `paletti exit`: the way out of the work for a client, step by step. Nothing leaves without the approval asked for here. */
import type { Command } from 'commander';
import {
  approveExit,
  cancelByHand,
  checkItem,
  endByHand,
  type ExitDesk,
  type ExitView,
  handOver,
  openExitViews,
  previewExit,
  proposeExit,
  undoApproval,
  viewExit,
  writeReport,
} from '../desk/exit.ts';
import { parseDay, parseWhole, parseWord } from '../desk/values.ts';
import { AppError } from '../errors.ts';
import { exitChecks, exitReasons, sleeps } from '../rules/exit.ts';
import { lessonRules } from '../rules/lesson.ts';
import type { Letter } from '../rules/letter.ts';
import { dayOf, type Instant } from '../rules/time.ts';
import { collect, type WritingContext, parseId, reading, withWritingDesk } from './command.ts';
import { type LookBackOptions, showLookBack } from './look-back.ts';
import type { Voice } from './voice.ts';
import type { Ways } from './ways.ts';

const actions = [
  'status',
  'propose',
  'check',
  'preview',
  'approve',
  'cancel',
  'end',
  'handover',
  'report',
  'look-back',
] as const;
type Action = (typeof actions)[number];

interface ExitOptions extends LookBackOptions {
  reason?: string;
  noticeDays?: string;
  milestone?: string;
  by?: string;
  referral?: string;
  handover?: string[];
  onPayment?: string[];
  log?: string;
  undo?: boolean;
  name?: string;
  why?: string;
  reached?: string;
  add?: string[];
  done?: string[];
  release?: boolean;
  afterPaid?: string | boolean;
}

const help = `
Actions:
  status    where it stands, and what is still to be done (the default)
  propose   open an exit, or take up one that the ladder of reminders proposed; the cooling-off begins
  check     tick an item of the checklist: ${exitChecks.join(', ')}
  preview   the letter as it would leave
  approve   after the cooling-off and the checklist, by typing the client's name: --name "…"
  cancel    at any time before the letter has left
  end       when the notice has run, or --reached DAY for a milestone
  handover  the list of what is handed over: what is the client's own in any case, what passes on payment when it is
            paid, or with --release
  report    write the final report into the outbox
  look-back for you alone, once notice was given: the first sign, what an hour brought in, and one rule to take up
            (--rule, --rate), which whoever you take on next is held against

Reasons, exactly one: ${exitReasons.slice(0, -1).join(', ')}, or one sentence of your own.`;

export function addTo(program: Command, ways: Ways): void {
  reading(program.command('exit'))
    .summary('end the work for a client, decently')
    .description('The way out of the work for a client: cooling-off, checklist, approval, notice, handover.')
    .argument('[client]', 'number, name or address; all open ones when left out')
    .argument('[action]', actions.join(', '), 'status')
    .argument('[item]', 'for check')
    .option('--reason <text>', 'propose: a word of the list, or one sentence')
    .option('--notice-days <days>', 'propose: days of notice; by the contract or the configuration when left out')
    .option(
      '--after-paid [days]',
      'propose: say nothing before all that is owed is paid; it wakes then, or after so many days (90)',
    )
    .option('--milestone <text>', 'propose: what ends the notice instead of days')
    .option('--by <day>', 'propose: the latest day for the milestone')
    .option(
      '--referral <text>',
      'propose: a colleague of the configuration (referrals), who could take over, or which kind of provider',
    )
    .option(
      '--handover <text>',
      "propose: what is the client's own and handed over in any case; may be repeated",
      collect,
    )
    .option(
      '--on-payment <text>',
      'propose, handover: your work that passes on with the payment; may be repeated',
      collect,
    )
    .option('--log <id>', 'check talked: the entry of the call or meeting')
    .option('--undo', 'check, approve: take it back')
    .option('--name <name>', "approve: the client's name, typed as it stands")
    .option('--why <text>', 'cancel: for the journal')
    .option('--reached <day>', 'end: when the milestone was reached')
    .option('--add <text>', 'handover: one more item; may be repeated', collect)
    .option('--done <number>', 'handover: this item was handed over; may be repeated', collect)
    .option('--release', 'handover: let it go although money is owed')
    .option(
      '--rule <rule>',
      `look-back: what you learned: ${lessonRules.slice(0, -1).join(', ')}, or one sentence of your own`,
    )
    .option('--rate <sum>', 'look-back: the least that you work for from now on')
    .option('--unit <unit>', 'look-back: of the rate: hour, day or project')
    .option('--currency <code>', 'look-back: of the rate; EUR when left out')
    .option('--drop', 'look-back: take back what you learned')
    .addHelpText('after', help)
    .action(
      (who: string | undefined, action: string, item: string | undefined, options: ExitOptions, command: Command) =>
        withWritingDesk(ways, command, (context) => {
          if (who === undefined) return listOpen(context);
          return perform[parseWord(action, 'action', actions)](context, who, options, item);
        }),
    );
}

function deskOf({ desk }: WritingContext): ExitDesk {
  return { ...desk, settings: desk.config, mailbox: desk.config.mailboxes[0]?.name ?? '' };
}

type Act = (context: WritingContext, who: string, options: ExitOptions, item: string | undefined) => void;

const perform: Record<Action, Act> = {
  status: showStatus,
  propose,
  check,
  preview: (context, who) => {
    const { desk, out, json, now, voice } = context;
    const { subject, text } = desk.store.read((r) => previewExit(r, deskOf(context), who, now));
    if (json) out.json({ subject, text });
    else out.data(`${voice.t.letters.labels.subject}: ${subject}\n\n${text.trimEnd()}`);
  },
  approve,
  cancel: (context, who, options) => {
    const { client } = cancelByHand(deskOf(context), who, options.why ?? '');
    context.out.say(context.voice.t.exit.cancelled(client.name));
  },
  end: (context, who, options) => {
    const { out, now, zone, voice } = context;
    const { exit: words } = voice.t;
    const reached = options.reached === undefined ? null : parseDay(options.reached, dayOf(now, zone));
    const { client, report } = endByHand(deskOf(context), who, reached);
    out.say(words.ended(client.name));
    if (report !== null) out.say(words.reportWaits(report.id));
    if (report !== null && !namesWork(report)) out.warn(words.reportWithoutWork(client.id));
    out.say(words.whatIsHandedOver(client.id));
    out.say(words.lookBack(client.id));
  },
  handover: showHandover,
  report: (context, who) => {
    const { client, report } = writeReport(deskOf(context), who);
    const { letters, exit: words } = context.voice.t;
    context.out.data(`${letters.labels.subject}: ${report.subject}\n\n${report.text.trimEnd()}`);
    context.out.say(`\n${words.letterWaits(report.id)}`);
    if (!namesWork(report)) context.out.warn(words.reportWithoutWork(client.id));
  },
  'look-back': showLookBack,
};

/** The facts that the final report was made of have work or deliveries in them. */
function namesWork({ facts }: Letter): boolean {
  return [facts['done'], facts['delivered']].some((list) => Array.isArray(list) && list.length > 0);
}

function propose(context: WritingContext, who: string, options: ExitOptions): void {
  const { out, now, zone, desk, voice } = context;
  const { exit: words } = voice.t;
  const { client, did, changed, warnings } = proposeExit(deskOf(context), who, {
    reason: options.reason ?? null,
    noticeDays:
      options.noticeDays === undefined ? null : parseWhole(options.noticeDays, 'number of days', { min: 0, max: 365 }),
    milestone: options.milestone ?? null,
    by: options.by === undefined ? null : parseDay(options.by, dayOf(now, zone)),
    referral: options.referral ?? null,
    handover: options.handover ?? [],
    onPayment: options.onPayment ?? [],
    afterPaidDays: afterPaidIn(options),
  });
  for (const warning of warnings) out.warn(voice.why(warning));
  if (!changed) out.say(words.openAlready(client.name));
  else if (did === 'changed') out.say(words.changed(client.name));
  else out.say(did === 'proposed' ? words.proposed(client.name) : words.takenUp(client.name));
  say(
    context,
    desk.store.read((r) => viewExit(r, desk.config, who, now)),
  );
}

function afterPaidIn({ afterPaid }: ExitOptions): number | null {
  if (afterPaid === undefined || afterPaid === false) return null;
  return afterPaid === true ? 90 : parseWhole(afterPaid as string, 'number of days', { min: 1, max: 730 });
}

function check(context: WritingContext, who: string, options: ExitOptions, item: string | undefined): void {
  if (item === undefined) throw new AppError('usage', { code: 'which-item', items: exitChecks.join(', ') });
  const { client, items, changed } = checkItem(deskOf(context), who, item, {
    undo: options.undo === true,
    logId: options.log === undefined ? null : parseId(options.log, 'log entry'),
  });
  const { out, voice } = context;
  const { exit: words } = voice.t;
  out.say(changed ? words.checked(item, options.undo === true) : words.nothingChanged);
  const open = items.filter((one) => !one.done).map((one) => one.item);
  out.say(open.length === 0 ? words.allChecked(client.id, client.name) : words.stillOpen(open));
}

function approve(context: WritingContext, who: string, options: ExitOptions): void {
  const { out, voice } = context;
  const { exit: words } = voice.t;
  if (options.undo === true) {
    const { client, changed } = undoApproval(deskOf(context), who);
    out.say(changed ? words.approvalBack(client.name) : words.notApproved);
    return;
  }
  if (options.name === undefined) throw new AppError('usage', { code: 'exit-name-not-typed' });
  const { client, changed } = approveExit(deskOf(context), who, options.name);
  out.say(changed ? words.approved(client.name) : words.approvedAlready);
  out.say(words.undoHint(client.id));
}

function showHandover(context: WritingContext, who: string, options: ExitOptions): void {
  const { out, json, voice } = context;
  const { handover: words } = voice.t.exit;
  const view = handOver(deskOf(context), who, {
    add: options.add ?? [],
    onPayment: options.onPayment ?? [],
    done: (options.done ?? []).map((text) => parseWhole(text, 'number of an item', { min: 1, max: 999 })),
    release: options.release === true,
  });
  if (json) return out.json({ client: view.client.name, items: view.items, released: view.released, why: view.why });
  out.data(words.to(view.client.name, handoverWords(view, voice)));
  for (const [index, { item, handedOn, onPayment }] of view.items.entries()) {
    const when = handedOn === null ? (onPayment === true ? ` ${words.onPayment}` : '') : words.on(handedOn);
    out.data(`  ${index + 1}  ${handedOn === null ? '[ ]' : '[x]'} ${item}${when}`);
  }
  if (view.items.length === 0) out.say(words.empty(view.client.id));
}

/** What is the client's own is never held back: closed is what passes on payment. */
function handoverWords({ released, why }: ExitView['handover'], voice: Voice): string {
  const { handover: words } = voice.t.exit;
  return released ? words.open(voice.why(why)) : words.closed(voice.why(why));
}

function showStatus(context: WritingContext, who: string): void {
  const { desk, out, json, now } = context;
  const view = desk.store.read((r) => viewExit(r, desk.config, who, now));
  if (json) return out.json(forPrograms(view, context.voice));
  say(context, view);
}

function forPrograms({ client, exit, letter, items, ...rest }: ExitView, { words }: Voice) {
  const { id, proposedAt, proposedBy, reason, ownWords, notice, referral, approvedAt, sentAt, endedAt, cancelledAt } =
    exit;
  return {
    ...rest,
    items: items.map((one) => ({ ...one, question: words.exitPage.checks[one.item] })),
    client: client.name,
    exit: { id, proposedAt, proposedBy, reason, ownWords, notice, referral, approvedAt, sentAt, endedAt, cancelledAt },
    handoverItems: exit.handover,
    letter: letter === null ? null : { id: letter.id, state: letter.state, subject: letter.subject },
  };
}

function say({ out, voice }: WritingContext, view: ExitView): void {
  const { exit: words, codes } = voice.t;
  const { checks } = voice.words.exitPage;
  const { client, exit, state, items } = view;
  out.heading(words.heading(client.name, codes.exit(state)));
  for (const [name, text] of statusLines(view, voice)) if (text !== null) out.data(`${name}: ${text}`);
  if (exit.sentAt === null && exit.cancelledAt === null) {
    out.heading(`\n${words.checklist}`);
    for (const { item, done, note } of items)
      out.data(`  ${done ? '[x]' : '[ ]'} ${item}: ${checks[item]} (${voice.why(note)})`);
  }
  for (const warning of view.warnings) out.data(`  ! ${voice.why(warning)}`);
  for (const { proposedAt, end } of view.earlier) out.data(words.before(voice.moment(proposedAt), voice.why(end)));
  const open = items.find((one) => !one.done)?.item ?? null;
  const asleep = sleeps(exit) && exit.cancelledAt === null ? words.asleep(client.id) : null;
  const next = exit.cancelledAt === null ? (asleep ?? words.nextFor(state, client.id, open)) : null;
  if (next !== null) out.say(`\n${words.next(next)}`);
}

function statusLines(view: ExitView, voice: Voice): [string, string | null][] {
  const { exit: words, codes } = voice.t;
  const { exit, letter, coolingEndsAt } = view;
  const { labels } = words;
  const shown = (at: Instant | null) => (at === null ? null : voice.moment(at));
  const [approved, left, cooling] = [shown(exit.approvedAt), shown(exit.sentAt), shown(coolingEndsAt)];
  return [
    [labels.proposed, words.proposedBy(voice.moment(exit.proposedAt), exit.proposedBy)],
    [labels.cooling, cooling === null ? null : words.until(cooling)],
    [labels.reason, reasonWords(exit, voice)],
    [labels.notice, noticeWords(view, voice)],
    [labels.referral, exit.referral === '' ? null : exit.referral],
    [labels.approved, approved === null ? null : words.approvedBy(approved, exit.approvedBy)],
    [labels.letter, letter === null ? null : words.letter(letter.id, codes.letterState(letter.state), left)],
    [labels.cancelled, exit.cancelledWhy && voice.why(exit.cancelledWhy)],
    [labels.handover, handoverWords(view.handover, voice)],
  ];
}

function reasonWords({ reason, ownWords }: ExitView['exit'], { t }: Voice): string {
  return reason === 'own-words' ? ownWords : t.codes.exitReason(reason);
}

function noticeWords({ exit, noticeEndsOn }: ExitView, { t }: Voice): string {
  const { exit: words } = t;
  const { notice } = exit;
  if (notice.kind !== 'days') return words.milestone(notice.milestone, notice.by);
  if (noticeEndsOn === null) return words.noticeDays(notice.days);
  const end = exit.sentAt === null ? words.noticeIf(noticeEndsOn) : words.noticeUntil(noticeEndsOn);
  return words.noticeDays(notice.days) + end;
}

function listOpen({ desk, out, json, now, voice }: WritingContext): void {
  const views = desk.store.read((r) => openExitViews(r, desk.config, now));
  if (json) return out.json(views.map((view) => forPrograms(view, voice)));
  const { exit: words, codes } = voice.t;
  if (views.length === 0) return out.say(words.none);
  out.table(
    [
      { title: words.columns.client, flexible: true },
      { title: words.columns.state },
      { title: words.columns.reason, flexible: true },
      { title: words.columns.open, flexible: true },
    ],
    views.map(({ client, state, exit, refusals }) => [
      client.name,
      codes.exit(state),
      reasonWords(exit, voice),
      refusals.map(voice.why).join('; '),
    ]),
  );
}
