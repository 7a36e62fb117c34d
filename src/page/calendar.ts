/**
 * What has a date, as a calendar program reads it (iCalendar, RFC 5545): answers due, letters that leave, invoices due,
 * the days of an exit. Whoever has the key of the calendar reads this and nothing else; it is given out and taken back on
 * the page of the plan.
 */
import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { isCalendarShared, opensCalendar, shareCalendar, unshareCalendar } from '../desk/calendar-key.ts';
import { type DatesView, viewDates } from '../desk/views/dates.ts';
import type { WritingDesk } from '../app.ts';
import type { Plan } from '../jobs/plan.ts';
import { addDays, type Instant, type LocalDay, minuteMs, plus, toIso } from '../rules/time.ts';
import { asOneLine } from '../rules/unsafe-characters.ts';
import { moneyWords } from '../words/times.ts';
import { wordsOf } from '../words/voice.ts';
import type { Words } from '../words/words.ts';
import { onPost } from './forms.ts';
import { html, type Html } from './html.ts';
import { card, form } from './layout.ts';
import { done, type PageContext, type PageEnv, type Visit } from './page.ts';

const daysAhead = 30;

export function addTo(app: Hono<PageEnv>): void {
  onPost(app, '/calendar/share', ({ desk, words, home }) => {
    const key = randomBytes(24).toString('base64url');
    shareCalendar(desk, key);
    return done(words.page.calendar.shared(`${home}/calendar.ics?key=${key}`), {
      path: '/calendar/unshare',
      fields: {},
    });
  });
  onPost(app, '/calendar/unshare', ({ desk, words }) => {
    const { changed } = unshareCalendar(desk);
    return done(changed ? words.page.calendar.unshared : words.page.done.unchanged);
  });
}

/** For the foot of the plan. */
export function calendarCard(visit: Visit): Html {
  const names = visit.words.page.calendar;
  const isShared = visit.desk.store.read(isCalendarShared);
  const share = form(visit, '/calendar/share', html`<button>${isShared ? names.shareAnew : names.share}</button>`);
  const unshare = isShared
    ? form(visit, '/calendar/unshare', html`<button class="stop">${names.unshare}</button>`)
    : null;
  return card(
    'calendar',
    names.title,
    '',
    html`<div class="row"><p class="why">${names.hint}</p><p class="why">${isShared ? names.isShared : names.isNotShared}</p><div class="do">${[share, unshare]}</div></div>`,
  );
}

/** Answers a program that shows the key; the cookie of a browser does not count here. */
export async function answerCalendar(
  c: PageContext,
  desk: WritingDesk,
  plan: (days: number) => Promise<Plan>,
): Promise<Response> {
  if (!desk.store.read((r) => opensCalendar(r, c.req.query('key') ?? ''))) return c.text('not yours\n', 403);
  const now = desk.clock.now();
  const dates = desk.store.read((r) => viewDates(r, desk.config, now));
  const { letters } = await plan(daysAhead);
  const words = wordsOf(desk.config.owner.language);
  return c.body(calendarText({ dates, letters }, words, now), 200, { 'content-type': 'text/calendar; charset=utf-8' });
}

interface Entry {
  /** the same at every reading */
  uid: string;
  at: Instant | LocalDay;
  title: string;
}

export function calendarText(
  { dates, letters }: { dates: DatesView; letters: Plan['letters'] },
  words: Words,
  now: Instant,
): string {
  const names = words.page.calendar;
  const entries: Entry[] = [
    ...dates.answers.map(({ id, dueAt, who, subject }) => ({
      uid: `window-${id}`,
      at: dueAt,
      title: names.answer(who, subject),
    })),
    ...letters.map(({ at, client, kind, needsApproval }) => ({
      uid: `letter-${toIso(at)}-${kind}-${client}`,
      at,
      title: names.letter(words.letters[kind], client, needsApproval),
    })),
    ...dates.invoices.map(({ id, part, dueOn, client, number, cents, currency }) => ({
      uid: `invoice-${id}-${part}`,
      at: dueOn,
      title: names.invoice(number, client, moneyWords(cents, currency, words)),
    })),
    ...dates.exits.map(({ id, client, on, what }) => ({
      uid: `exit-${id}-${what}`,
      at: on,
      title: names.exits[what](client),
    })),
  ];
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Paletti//Paletti//EN', 'X-WR-CALNAME:Paletti'];
  return [...lines, ...entries.flatMap((entry) => event(entry, now)), 'END:VCALENDAR', ''].map(folded).join('\r\n');
}

function event({ uid, at, title }: Entry, now: Instant): string[] {
  const times =
    typeof at === 'string'
      ? [`DTSTART;VALUE=DATE:${basic(at)}`, `DTEND;VALUE=DATE:${basic(addDays(at, 1))}`]
      : [`DTSTART:${basic(toIso(at))}`, `DTEND:${basic(toIso(plus(at, 15 * minuteMs)))}`];
  const head = [`UID:${escaped(uid)}@paletti`, `DTSTAMP:${basic(toIso(now))}`];
  return ['BEGIN:VEVENT', ...head, ...times, `SUMMARY:${escaped(title)}`, 'TRANSP:TRANSPARENT', 'END:VEVENT'];
}

/** '2026-11-24T09:00:00Z' -> '20261124T090000Z' */
function basic(iso: string): string {
  return iso.replace(/[-:]|\.\d+/g, '');
}

/** RFC 5545, section 3.3.11; what others wrote begins no line of its own. */
function escaped(text: string): string {
  return asOneLine(text).replace(/[\\;,]/g, '\\$&');
}

/** At most 75 octets a line; what goes on begins with a blank (RFC 5545, section 3.1). */
function folded(line: string): string {
  const lines = [''];
  for (const sign of line) {
    const last = lines.at(-1) as string;
    if (Buffer.byteLength(last + sign) > 74) lines.push(` ${sign}`);
    else lines[lines.length - 1] = last + sign;
  }
  return lines.join('\r\n');
}
