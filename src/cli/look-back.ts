/** `paletti exit CLIENT look-back`: for the owner alone, what the client cost, and what she learns by it. */
import { type LookBackView, takeUpLesson, viewLookBack } from '../desk/look-back.ts';
import { parseCurrency, parseMoney, parseWord } from '../desk/values.ts';
import type { Rate } from '../rules/lesson.ts';
import type { Sum } from '../rules/money.ts';
import { dayOf } from '../rules/time.ts';
import type { WritingContext } from './command.ts';
import type { Voice } from './voice.ts';

export interface LookBackOptions {
  rule?: string;
  rate?: string;
  unit?: string;
  currency?: string;
  drop?: boolean;
}

export function showLookBack(context: WritingContext, who: string, options: LookBackOptions): void {
  const { desk, out, json } = context;
  const wish = { rule: options.rule ?? null, rate: rateIn(options), drop: options.drop === true };
  const isAct = wish.drop || wish.rule !== null || wish.rate !== null;
  const view = isAct
    ? takeUpLesson({ ...desk, settings: desk.config }, who, wish)
    : desk.store.read((r) => viewLookBack(r, desk.config, who));
  if (json) out.json(view);
  else say(context, view);
}

function rateIn({ rate, unit, currency }: LookBackOptions): Rate | null {
  if (rate === undefined) return null;
  const money = parseCurrency(currency ?? 'EUR');
  const per = parseWord(unit ?? 'hour', 'unit of a rate', ['hour', 'day', 'project'] as const);
  return { cents: parseMoney(rate, money), currency: money, unit: per };
}

function say({ out, voice, zone }: WritingContext, view: LookBackView): void {
  const { lookBack: words } = voice.t;
  out.heading(words.title(view.client.name));
  out.data(words.private);
  const sums = (list: readonly Sum[]) => list.map(({ cents, currency }) => voice.sum(cents, currency));
  const lines = [
    signWords(view, voice, zone),
    words.messages(view.messages, view.messagesOutOfHours),
    view.minutes === 0 ? words.noHours : words.hours(hours(view.minutes, voice), hours(view.minutesOutOfHours, voice)),
    view.received.length === 0 ? words.nothingReceived : words.received(sums(view.received)),
    view.lost.length === 0 ? null : words.lost(sums(view.lost)),
    view.spent.length === 0 ? null : words.spent(sums(view.spent)),
    view.realRate === null ? null : words.realRate(voice.sum(view.realRate.cents, view.realRate.currency)),
  ];
  for (const line of lines) if (line !== null) out.data(`  ${line}`);
  sayLesson({ out, voice }, view);
}

function signWords(
  { firstSign, answeredAt, missedDays }: LookBackView,
  { t, day }: Voice,
  zone: WritingContext['zone'],
) {
  const { lookBack: words, codes } = t;
  if (firstSign === null) return words.noSign;
  const first = words.firstSign(codes.sign(firstSign.sign), day(dayOf(firstSign.at, zone)), firstSign.quote);
  return answeredAt === null ? first : `${first} ${words.answered(day(dayOf(answeredAt, zone)), missedDays ?? 0)}`;
}

function sayLesson({ out, voice }: Pick<WritingContext, 'out' | 'voice'>, view: LookBackView): void {
  const { lookBack: words } = voice.t;
  const { lesson, proposed, client } = view;
  if (lesson !== null) {
    out.data(`\n${words.learned(voice.t.lessons.said(lesson))}`);
    return out.say(words.undo(client.id));
  }
  const rule = voice.t.lessons.said({ ...proposed, words: '' });
  out.data(`\n${words.proposed(rule)}`);
  out.say(words.takeUp(client.id, proposed.rule));
}

function hours(minutes: number, { words }: Voice): string {
  return String(Math.round(minutes / 6) / 10).replace('.', words.decimals.point);
}
