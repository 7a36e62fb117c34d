/**
 * Tells the demonstration to the person in front of the terminal: who is who, then day by day, then what it came to and
 * what to try. Everything is read from the database.
 */
import type { Desk } from '../app.ts';
import { describeWeek } from '../rules/contact-hours.ts';
import { kindRecords, type Letter, type LetterKind, needsApproval } from '../rules/letter.ts';
import { addDays, dayOf, type Instant, type LocalDay, type TimeZone } from '../rules/time.ts';
import { count, sumInWords } from '../rules/words.ts';
import { clientById, listClients } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { openExits, type StoredExit } from '../store/exits.ts';
import { debtsOfClient } from '../store/invoices.ts';
import { entries } from '../store/journal.ts';
import { listMessages } from '../store/messages.ts';
import { listLetters } from '../store/outbox.ts';
import { waitingForApproval } from '../store/outbox-queue.ts';
import { openWindows, windowById } from '../store/windows.ts';
import { Chronicle, dayWords, longDay, momentInWords, type ToldLine } from './chronicle.ts';
import type { Page } from './page.ts';
import { storyDays } from './story-days.ts';

export class Storyteller {
  readonly #page: Page;
  readonly #desk: Desk;
  readonly #zone: TimeZone;
  readonly #chronicle: Chronicle;
  #day: LocalDay | undefined;
  /** of the line before: the same time is not said twice */
  #at: Instant | undefined;
  /** one letter is shown in full */
  #shown = false;

  constructor(page: Page, desk: Desk) {
    this.#page = page;
    this.#desk = desk;
    this.#zone = desk.config.owner.timeZone;
    this.#chronicle = new Chronicle(desk.store, this.#zone);
  }

  opening(first: LocalDay, days: number): void {
    const page = this.#page;
    const { owner, hours, responseWindow, dunning } = this.#desk.config;
    page.blank();
    page.heading(`Paletti, ${count(days, 'day')} in the life of ${owner.business}`);
    page.blank();
    page.say(
      `You are ${owner.name}, and you work alone. Paletti watches your mailbox, over real IMAP and SMTP to two small servers in this process. Only the clock is turned: from ${longDay(first)} to ${longDay(addDays(first, days - 1))}.`,
    );
    page.blank();
    const pair = (left: string, right: string) => page.pair(left, right, { leftWidth: 15, style: 'bold' });
    pair('contact hours', describeWeek(hours.week, 'en'));
    pair('your answers', `within ${responseWindow.hours} hours; an acknowledgement says so, in contact hours`);
    for (const [index, step] of dunning.steps.entries()) {
      const asks = step.approval === 'ask' ? ', if you approve' : '';
      pair(
        index === 0 ? 'unpaid invoices' : '',
        `${kindRecords[step.letter].called} after ${count(step.afterDays, 'day')}${asks}`,
      );
    }
    page.blank();
    this.#cast();
    // What was entered to begin with has just been shown as a table.
    this.#chronicle.next();
  }

  /** The clients, and what they owe, due or not. */
  #cast(): void {
    const clients = this.#desk.store.read((r) =>
      listClients(r).map((client) => ({ client, owes: owedBy(r, client.id) })),
    );
    for (const { client, owes } of clients) {
      const manner = `${{ it: 'Italian', en: 'English' }[client.language]}, ${client.tone}`;
      this.#page.pair(client.name, `${manner.padEnd(17)}  ${owes}`, { leftWidth: 19, style: 'bold' });
    }
  }

  /** The first look at the mailbox: what was there is recorded and left alone. */
  firstStart(): void {
    const there = this.#desk.store.read((r) => listMessages(r).filter((message) => message.history).length);
    const lines = this.#chronicle.next();
    this.#startDay(this.#desk.clock.now());
    this.#page.line({
      time: '08:45',
      mark: 'note',
      who: '',
      details: [],
      text: `${there} messages were there before: recorded, none acted upon`,
    });
    for (const line of lines) this.#tell(line);
  }

  /** What has happened since it was last asked. */
  goOn(): void {
    for (const line of this.#chronicle.next()) {
      this.#startDay(line.at);
      this.#tell(line);
    }
  }

  #startDay(at: Instant): void {
    const day = dayOf(at, this.#zone);
    if (day === this.#day) return;
    this.#day = day;
    this.#page.day(longDay(day));
  }

  #tell(line: ToldLine): void {
    this.#page.line({ ...line, time: line.at === this.#at ? '' : line.time });
    this.#at = line.at;
    if (line.letter === undefined || this.#shown) return;
    this.#shown = true;
    const { recipient, recipientName, subject, text } = line.letter;
    this.#page.letter({ to: `${recipientName} <${recipient}>`, subject, text });
  }

  /** @param commands what to type, and what it shows */
  ending(where: { database: string; commands: readonly { line: string; shows: string }[] }): void {
    const page = this.#page;
    page.day('What it came to');
    for (const { amount, words } of this.#desk.store.read(tally))
      page.pair(String(amount).padStart(4), words, { leftWidth: 4, style: 'bold' });
    page.blank();
    page.heading('What waits for you now');
    for (const text of this.#desk.store.read((r) => this.#waiting(r))) page.pair('-', text, { leftWidth: 1 });
    page.blank();
    page.say(`All of it is in ${where.database}, with the reason for every decision.`);
    page.say('Try:');
    const widestLine = Math.max(...where.commands.map(({ line }) => line.length));
    const fits = widestLine + 26 <= page.width;
    for (const { line, shows } of where.commands) {
      if (fits) page.pair(line, shows, { leftWidth: widestLine, style: 'cyan' });
      else page.pair(line, '', { leftWidth: 0, style: 'cyan' });
    }
    page.blank();
  }

  #waiting(r: Reader): string[] {
    const now = this.#desk.clock.now();
    const held = listLetters(r, { states: ['held', 'queued'] }).toReversed();
    const answers = openWindows(r).map((window) => {
      return `an answer to ${nameOf(r, window.clientId)}, due ${momentInWords(window.dueAt, now, this.#zone)}`;
    });
    const exits = undecidedExits(r);
    return [
      ...exits.map((exit) => `the end of the work for ${nameOf(r, exit.clientId)}: nothing leaves before you decide`),
      ...held.map((letter) => this.#letterWaits(r, letter, now)),
      ...answers,
    ];
  }

  #letterWaits(r: Reader, letter: Letter, now: Instant): string {
    const what = `the ${kindRecords[letter.kind].called} to ${nameOf(r, letter.clientId)}`;
    if (needsApproval(letter)) return `${what}: it never leaves without your approval`;
    return `${what}: it leaves on ${momentInWords(letter.notBefore, now, this.#zone)}, unless you answer first`;
  }
}

/** Those whose letter does not wait by itself. */
function undecidedExits(r: Reader): StoredExit[] {
  const waiting = new Set(waitingForApproval(r).map((letter) => letter.key));
  return openExits(r).filter((exit) => exit.approvedAt === null && !waiting.has(exit.letterKey));
}

function nameOf(r: Reader, clientId: number | null): string {
  return (clientId === null ? undefined : clientById(r, clientId)?.name) ?? 'somebody';
}

function owedBy(r: Reader, clientId: number): string {
  const debts = debtsOfClient(r, clientId, 'EUR');
  const sum = debts.reduce((cents, debt) => cents + debt.openCents, 0);
  const [first] = debts;
  if (first === undefined) return 'nothing open';
  return `${sumInWords(sum, 'EUR').padStart(11)} open, due ${dayWords(first.dueOn)}${debts.length > 1 ? ' on' : ''}`;
}

/** The numbers at the end. */
export function tally(r: Reader): { amount: number; words: string }[] {
  const messages = listMessages(r).filter((message) => !message.history);
  const arrived = messages.filter((message) => message.role === 'inbox');
  const people = arrived.filter((message) => message.judged?.kind === 'human');
  const letters = listLetters(r);
  const acknowledgements = letters.filter((letter) => letter.windowId !== null);
  const others = letters.filter((letter) => letter.windowId === null);
  const left = (some: Letter[]) => some.filter((letter) => letter.sentAt !== null).length;
  const dropped = (some: Letter[]) => some.filter((letter) => letter.state === 'dropped').length;
  const answers = answered(r);
  const waiting = letters.filter(needsApproval).length + undecidedExits(r).length;
  return [
    {
      amount: arrived.length,
      words: `messages came in, ${arrived.length - people.length} of them from robots, lists and mail servers`,
    },
    {
      amount: people.filter((message) => message.judged?.outOfHours).length,
      words: 'written by people out of hours, each flagged with its reason',
    },
    { amount: left(acknowledgements), words: 'acknowledged, all in contact hours' },
    { amount: dropped(acknowledgements), words: 'acknowledgements dropped, because you answered first' },
    { amount: answers.inTime, words: `answered in time, ${answers.late} late` },
    {
      amount: left(others),
      words: `letters about money: ${byKind(others.filter((letter) => letter.sentAt !== null))}`,
    },
    { amount: dropped(others), words: 'letter dropped, because the money came first' },
    { amount: waiting, words: 'waiting for your decision' },
  ];
}

function answered(r: Reader): { inTime: number; late: number } {
  const windows = entries(r)
    .filter((entry) => entry.kind === 'window-answered')
    .flatMap((entry) => windowById(r, Number(entry.subject.replace('window/', ''))) ?? []);
  const late = windows.filter((window) => window.answeredAt !== null && window.answeredAt > window.dueAt).length;
  return { inTime: windows.length - late, late };
}

/** '5 x payment reminder, 1 x ...' */
function byKind(letters: readonly Letter[]): string {
  const kinds = [...new Set(letters.map((letter) => letter.kind))];
  const amount = (kind: LetterKind) => letters.filter((letter) => letter.kind === kind).length;
  return kinds.map((kind) => `${amount(kind)} ${kind}`).join(', ');
}

/** The whole story, or as many days of it as were asked for. */
export function daysToTell(wanted: number | undefined): number {
  return Math.min(storyDays, wanted ?? storyDays);
}
