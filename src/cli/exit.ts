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
import { exitChecks, exitReasons } from '../rules/exit.ts';
import { dayOf } from '../rules/time.ts';
import { collect, type WritingContext, parseId, reading, withWritingDesk } from './command.ts';
import type { Output } from './output.ts';
import type { Ways } from './ways.ts';
import { moment } from './words.ts';
import { say as sayReason } from '../words/voice.ts';

const actions = ['status', 'propose', 'check', 'preview', 'approve', 'cancel', 'end', 'handover', 'report'] as const;
type Action = (typeof actions)[number];

interface ExitOptions {
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
    .option('--milestone <text>', 'propose: what ends the notice instead of days')
    .option('--by <day>', 'propose: the latest day for the milestone')
    .option('--referral <text>', 'propose: who could take over, or which kind of provider')
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
    const { desk, out, json, now } = context;
    const { subject, text } = desk.store.read((r) => previewExit(r, deskOf(context), who, now));
    if (json) out.json({ subject, text });
    else out.data(`Subject: ${subject}\n\n${text.trimEnd()}`);
  },
  approve,
  cancel: (context, who, options) => {
    const { client } = cancelByHand(deskOf(context), who, options.why ?? '');
    context.out.say(`The exit of ${client.name} is cancelled. Nothing leaves.`);
  },
  end: (context, who, options) => {
    const { out, now, zone } = context;
    const reached = options.reached === undefined ? null : parseDay(options.reached, dayOf(now, zone));
    const { client, report } = endByHand(deskOf(context), who, reached);
    out.say(`The work for ${client.name} has ended.`);
    if (report !== null) out.say(`The final report waits for you: paletti outbox show ${report.id}`);
    out.say(`What is handed over: paletti exit ${client.id} handover`);
  },
  handover: showHandover,
  report: (context, who) => {
    const { report } = writeReport(deskOf(context), who);
    context.out.data(`Subject: ${report.subject}\n\n${report.text.trimEnd()}`);
    context.out.say(`\nLetter ${report.id} waits for you: paletti outbox approve ${report.id}`);
  },
};

function propose(context: WritingContext, who: string, options: ExitOptions): void {
  const { out, now, zone, desk } = context;
  const { client, did, changed, warnings } = proposeExit(deskOf(context), who, {
    reason: options.reason ?? null,
    noticeDays:
      options.noticeDays === undefined ? null : parseWhole(options.noticeDays, 'number of days', { min: 0, max: 365 }),
    milestone: options.milestone ?? null,
    by: options.by === undefined ? null : parseDay(options.by, dayOf(now, zone)),
    referral: options.referral ?? null,
    handover: options.handover ?? [],
    onPayment: options.onPayment ?? [],
  });
  for (const warning of warnings) out.warn(warning);
  if (!changed) out.say(`The exit of ${client.name} is open already and stays as it is.`);
  else if (did === 'changed') out.say(`The exit of ${client.name} is changed.`);
  else
    out.say(`The exit of ${client.name} is ${did === 'proposed' ? 'proposed' : 'taken up'}; nothing leaves by itself.`);
  say(
    context,
    desk.store.read((r) => viewExit(r, desk.config, who, now)),
  );
}

function check(context: WritingContext, who: string, options: ExitOptions, item: string | undefined): void {
  if (item === undefined) throw new AppError('usage', 'which item?', { next: `One of: ${exitChecks.join(', ')}` });
  const { client, items, changed } = checkItem(deskOf(context), who, item, {
    undo: options.undo === true,
    logId: options.log === undefined ? null : parseId(options.log, 'log entry'),
  });
  const { out } = context;
  out.say(changed ? `${options.undo === true ? 'Taken back' : 'Checked'}: ${item}.` : 'Nothing changed.');
  const open = items.filter((one) => !one.done).map((one) => one.item);
  out.say(
    open.length === 0
      ? `All is checked. Next: paletti exit ${client.id} approve --name "${client.name}"`
      : `Still open: ${open.join(', ')}`,
  );
}

function approve(context: WritingContext, who: string, options: ExitOptions): void {
  const { out } = context;
  if (options.undo === true) {
    const { client, changed } = undoApproval(deskOf(context), who);
    out.say(changed ? `The approval of the exit of ${client.name} is taken back.` : 'It was not approved.');
    return;
  }
  if (options.name === undefined)
    throw new AppError('usage', "the client's name is not typed", {
      next: 'Give --name "…", as the register writes it.',
    });
  const { client, changed } = approveExit(deskOf(context), who, options.name);
  out.say(
    changed
      ? `The exit of ${client.name} is approved; the letter leaves in the next contact hours.`
      : 'It is approved already.',
  );
  out.say(`Until it has left: paletti exit ${client.id} approve --undo, or cancel`);
}

function showHandover(context: WritingContext, who: string, options: ExitOptions): void {
  const { out, json } = context;
  const view = handOver(deskOf(context), who, {
    add: options.add ?? [],
    onPayment: options.onPayment ?? [],
    done: (options.done ?? []).map((text) => parseWhole(text, 'number of an item', { min: 1, max: 999 })),
    release: options.release === true,
  });
  if (json) return out.json({ client: view.client.name, items: view.items, released: view.released, why: view.why });
  out.data(`Handover to ${view.client.name}: ${handoverWords(view)}`);
  for (const [index, { item, handedOn, onPayment }] of view.items.entries()) {
    const when = handedOn === null ? (onPayment === true ? ' (on payment)' : '') : `, on ${handedOn}`;
    out.data(`  ${index + 1}  ${handedOn === null ? '[ ]' : '[x]'} ${item}${when}`);
  }
  if (view.items.length === 0)
    out.say(`Nothing is on the list. Add: paletti exit ${view.client.id} handover --add "…"`);
}

/** What is the client's own is never held back: closed is what passes on payment. */
function handoverWords({ released, why }: { released: boolean; why: string }): string {
  return released ? `open (${why})` : `what passes on payment is closed (${why}), all else is open`;
}

function showStatus(context: WritingContext, who: string): void {
  const { desk, out, json, now } = context;
  const view = desk.store.read((r) => viewExit(r, desk.config, who, now));
  if (json) return out.json(forPrograms(view));
  say(context, view);
}

function forPrograms({ client, exit, letter, ...rest }: ExitView) {
  const { id, proposedAt, proposedBy, reason, ownWords, notice, referral, approvedAt, sentAt, endedAt, cancelledAt } =
    exit;
  return {
    ...rest,
    client: client.name,
    exit: { id, proposedAt, proposedBy, reason, ownWords, notice, referral, approvedAt, sentAt, endedAt, cancelledAt },
    handoverItems: exit.handover,
    letter: letter === null ? null : { id: letter.id, state: letter.state, subject: letter.subject },
  };
}

function say(context: WritingContext, view: ExitView): void {
  const { out, now, zone } = context;
  const { client, exit, state, items } = view;
  out.heading(`Exit of ${client.name}: ${state}`);
  const lines: [string, string | null][] = [
    [
      'Proposed',
      `${moment(exit.proposedAt, now, zone)}, by ${exit.proposedBy === 'owner' ? 'you' : 'the ladder of reminders'}`,
    ],
    ['Cooling-off', view.coolingEndsAt === null ? null : `until ${moment(view.coolingEndsAt, now, zone)}`],
    ['Reason', exit.reason === 'own-words' ? exit.ownWords : exit.reason],
    ['Notice', noticeWords(view)],
    ['Referral', exit.referral === '' ? null : exit.referral],
    [
      'Approved',
      exit.approvedAt === null
        ? null
        : `${moment(exit.approvedAt, now, zone)}, by ${exit.approvedBy === 'owner' ? 'you' : 'the configuration'}`,
    ],
    [
      'Letter',
      view.letter === null
        ? null
        : `${view.letter.id}, ${view.letter.state}${exit.sentAt === null ? '' : `, left ${moment(exit.sentAt, now, zone)}`}`,
    ],
    ['Cancelled', exit.cancelledWhy && sayReason(exit.cancelledWhy, 'en')],
    ['Handover', handoverWords(view.handover)],
  ];
  for (const [name, text] of lines) if (text !== null) out.data(`${name}: ${text}`);
  if (exit.sentAt === null && exit.cancelledAt === null) {
    out.heading('\nChecklist');
    for (const { item, done, question, note } of items)
      out.data(`  ${done ? '[x]' : '[ ]'} ${item}: ${question} (${note})`);
  }
  for (const warning of view.warnings) out.data(`  ! ${warning}`);
  for (const { proposedAt, end } of view.earlier) out.data(`Before: ${moment(proposedAt, now, zone)}, ${end}`);
  next(out, view);
}

function noticeWords({ exit, noticeEndsOn }: ExitView): string {
  const { notice } = exit;
  const end =
    noticeEndsOn === null
      ? ''
      : exit.sentAt === null
        ? `; ${noticeEndsOn} if the letter left today`
        : `; until ${noticeEndsOn}`;
  return notice.kind === 'days'
    ? `${notice.days} days${end}`
    : `until "${notice.milestone}"${notice.by === null ? '' : `, at the latest ${notice.by}`}`;
}

function next(out: Output, { client, exit, state, items }: ExitView): void {
  const open = items.find((one) => !one.done)?.item;
  const words: Partial<Record<ExitView['state'], string>> = {
    proposed: `take it up: paletti exit ${client.id} propose; or leave it: cancel`,
    cooling: `let the days pass; meanwhile: paletti exit ${client.id} check ITEM, or cancel`,
    checklist:
      open === undefined ? `paletti exit ${client.id} approve --name "…"` : `paletti exit ${client.id} check ${open}`,
    approved: `it leaves in contact hours; to stop it: paletti exit ${client.id} cancel`,
    'notice-running': `when the notice has run: paletti exit ${client.id} end`,
    ended: `paletti exit ${client.id} handover`,
  };
  const said = words[state];
  if (said !== undefined && exit.cancelledAt === null) out.say(`\nNext: ${said}`);
}

function listOpen({ desk, out, json, now }: WritingContext): void {
  const views = desk.store.read((r) => openExitViews(r, desk.config, now));
  if (json) return out.json(views.map(forPrograms));
  if (views.length === 0) return out.say('No exit is open.');
  out.table(
    [
      { title: 'CLIENT', flexible: true },
      { title: 'STATE' },
      { title: 'REASON', flexible: true },
      { title: 'STILL OPEN', flexible: true },
    ],
    views.map(({ client, state, exit, refusals }) => [
      client.name,
      state,
      exit.reason === 'own-words' ? exit.ownWords : exit.reason,
      refusals.join('; '),
    ]),
  );
}
