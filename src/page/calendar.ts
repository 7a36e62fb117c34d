/**
 * What has a date, as a calendar program reads it (iCalendar, RFC 5545): answers due, letters that leave, invoices due,
 * the days of an exit. Whoever has the key of the calendar reads this and nothing else; it is given out and taken back on
 * the page of the plan.
 */
import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { isCalendarShared, opensCalendar, shareCalendar, unshareCalendar } from '../desk/calendar-key.ts';
import { calendarText } from '../desk/calendar-file.ts';
import { viewDates } from '../desk/views/dates.ts';
import type { WritingDesk } from '../app.ts';
import type { Plan } from '../jobs/plan.ts';
import { wordsOf } from '../words/voice.ts';
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
