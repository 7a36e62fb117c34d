/**
 * The coming days as the daemon's own rules would have them: a calendar with the hours and every letter in its place, and
 * the same with other steps or another closure, before anything is saved. Nothing is sent and nothing changed.
 */
import type { Hono } from 'hono';
import { html, type Html, type Part } from './html.ts';
import type { Config } from '../config.ts';
import { type CalendarDay, calendarDays } from '../desk/views/calendar.ts';
import { currentSettings, type Proposal, proposeSettings } from '../desk/settings.ts';
import type { Plan, PlannedLetter } from '../jobs/plan.ts';
import { addDays, dayOf, type LocalDay, toIso, weekdayOf, weekdays } from '../rules/time.ts';
import { clockWords, dayWords, momentWords } from '../words/times.ts';
import { say } from '../words/voice.ts';
import type { SettingsPart } from '../words/parts/settings.ts';
import { page } from './layout.ts';
import { type PageContext, type PageEnv, type Visit, visitOf } from './page.ts';
import { calendarCard } from './calendar.ts';
import { csv } from './csv.ts';
import { faultLines, partForm, wishOf, withTyped } from './settings.ts';

const days = 60;

type Planner = (days: number, config?: Config) => Promise<Plan>;

export function addTo(app: Hono<PageEnv>, plan: Planner): void {
  app.get('/plan.csv', async (c) => {
    const { letters, waiting } = await plan(days);
    const { words, language } = visitOf(c);
    return csv(c, 'plan', [
      [
        words.page.letter.notBefore,
        words.page.inbox.client,
        words.page.letter.subject,
        words.page.outbox.filter,
        words.page.letter.why,
      ],
      ...[...letters, ...waiting].map((one) => [
        ...[toIso(one.at), one.client, one.subject],
        ...[one.needsApproval ? words.page.plan.yours : words.page.plan.byItself, say(one.why, language)],
      ]),
    ]);
  });
  app.get('/plan', async (c) => c.html(shown(visitOf(c), await asked(c, plan))));
}

/** A plan as it is, and as it would be with what was typed. */
interface Asked {
  plan: Plan;
  config: Config;
  /** null: nothing was asked */
  imagined: { found: Proposal; before: Plan; query: string } | null;
}

async function asked(c: PageContext, planner: Planner): Promise<Asked> {
  const visit = visitOf(c);
  const { config } = visit.desk;
  const query = new URL(c.req.url).searchParams;
  const plan = await planner(days);
  if (query.get('part') === null) return { plan, config, imagined: null };
  const found = await proposeSettings(config.path, wishOf(visit, query).values);
  const imagined = { found, before: plan, query: query.toString() };
  if (found.config === null) return { plan, config, imagined };
  return { plan: await planner(days, found.config), config: found.config, imagined };
}

function shown(visit: Visit, { plan, config, imagined }: Asked): Html {
  const { words, zone, language } = visit;
  const names = words.page.plan;
  const { letters, waiting, blocked, paused } = plan;
  const held = blocked.map(
    (one) =>
      html`<li><strong>${one.client}</strong> (${one.currency}): ${say(one.why, language)}${
        one.until === null ? null : html` · ${momentWords(one.until, visit, words)}`
      }</li>`,
  );
  const isNew = marking(imagined?.before ?? null);
  const gone = imagined === null ? [] : imagined.before.letters.filter((letter) => !marking(plan)(letter));
  const calendar = calendarDays(config.hours, mondayBefore(dayOf(plan.from, zone)), 70);
  return page(visit, {
    title: words.page.names.plan,
    at: 'plan',
    body: html`<h1>${names.heading(days)}</h1>${paused === null ? null : html`<p>${words.page.today.pausedBecause(say(paused, language))}</p>`}
${imagined === null ? null : imaginedLine(visit, imagined)}
${picture(visit, calendar, [...letters, ...waiting])}
<h2>${names.leaves} <span><a href="/plan.csv">${words.moneyPage.asCsv}</a></span></h2>${letters.length === 0 ? html`<p>${names.none}</p>` : byDay(visit, letters, isNew)}
${gone.length === 0 ? null : html`<h2>${names.noLonger}</h2><del>${byDay(visit, gone, () => true)}</del>`}
${waiting.length === 0 ? null : html`<h2>${names.waits}</h2>${byDay(visit, waiting, isNew)}`}
${held.length === 0 ? null : html`<h2>${names.heldBack}</h2><ul>${held}</ul>`}
${whatIf(visit, imagined)}${calendarCard(visit)}`,
  });
}

function mondayBefore(day: LocalDay): LocalDay {
  return addDays(day, -weekdays.indexOf(weekdayOf(day)));
}

/** Whether a letter was planned for the same day before; all were when there is nothing to compare with. */
function marking(before: Plan | null): (letter: PlannedLetter) => boolean {
  if (before === null) return () => true;
  const keyOf = ({ at, client, kind }: PlannedLetter) => `${at} ${client} ${kind}`;
  const known = new Set([...before.letters, ...before.waiting].map(keyOf));
  return (letter) => known.has(keyOf(letter));
}

function imaginedLine(visit: Visit, { found, query }: NonNullable<Asked['imagined']>): Html {
  const names = visit.words.page.plan;
  if (found.config === null) return faultLines(visit, found);
  return html`<div class="outcome"><p>${names.imagined}</p><a class="button" href="/settings/change?${query}">${names.saveIt}</a><a class="button" href="/plan">${names.asItIs}</a></div>`;
}

// --- the picture

/** A week in each row; what is closed is shaded, each letter stands in its day. */
function picture(visit: Visit, calendar: readonly CalendarDay[], letters: readonly PlannedLetter[]): Html {
  const { words, zone } = visit;
  const onDay = new Map<LocalDay, PlannedLetter[]>();
  for (const letter of letters) {
    const day = dayOf(letter.at, zone);
    onDay.set(day, [...(onDay.get(day) ?? []), letter]);
  }
  const weeks = Array.from({ length: Math.ceil(calendar.length / 7) }, (_, week) =>
    calendar.slice(week * 7, week * 7 + 7),
  );
  return html`<table class="calendar"><thead><tr>${words.weekdaysShort.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${weeks.map(
    (week) => html`<tr>${week.map((day) => cell(visit, day, onDay.get(day.day) ?? []))}</tr>`,
  )}</tbody></table><p class="why"><span class="dot"></span> ${words.page.plan.byItself} <span class="dot ask"></span> ${words.page.plan.yours}</p>`;
}

function cell(visit: Visit, { day, state, note, blocks }: CalendarDay, letters: readonly PlannedLetter[]): Html {
  const { words, now, zone } = visit;
  const today = dayOf(now, zone);
  const [, month, date] = day.split('-').map(Number) as [number, number, number];
  const hours =
    state === 'open'
      ? blocks.join(', ')
      : [words.page.plan.states[state], note].filter((part) => part !== '').join(': ');
  const name = date === 1 || day === today ? `${date} ${words.monthsShort[month - 1]}` : String(date);
  const marks = letters.map(
    ({ client, kind, needsApproval }) =>
      html`<li><span class="dot ${needsApproval ? 'ask' : ''}"></span><span class="text">${client}: ${words.letters[kind]}${
        needsApproval ? html`<span class="hidden"> (${words.page.plan.yours})</span>` : null
      }</span></li>`,
  );
  const kind = `${state} ${day < today ? 'past' : ''} ${day === today ? 'today' : ''}`;
  return html`<td class="${kind}"${day === today ? html` aria-current="date"` : ''}><time datetime="${day}" title="${hours}">${name}</time>${
    note === '' ? null : html`<span class="note">${note}</span>`
  }${state === 'open' || note !== '' ? null : html`<span class="hidden"> ${words.page.plan.states[state]}</span>`}${letters.length === 0 ? null : html`<ul>${marks}</ul>`}</td>`;
}

// --- what if

const imaginable: readonly SettingsPart[] = ['ladder', 'closures'];

function whatIf(visit: Visit, imagined: Asked['imagined']): Html {
  const { words, desk } = visit;
  const names = words.page.plan;
  const current = currentSettings(desk.config.path);
  const query = new URLSearchParams(imagined?.query ?? '');
  const forms = imaginable.map((part) => {
    const typed = query.get('part') === part ? withTyped(current, wishOf(visit, query).values) : current;
    const { title, hint } = words.settings.parts[part];
    return html`<section class="card" aria-labelledby="if-${part}"><h2 id="if-${part}">${title}</h2><div class="row"><p class="why">${hint}</p>${partForm(
      visit,
      part,
      typed,
      { action: '/plan', label: names.tryIt },
    )}</div></section>`;
  });
  return html`<h2 id="what-if">${names.whatIf}</h2><p class="why">${names.whatIfHint}</p><div class="parts">${forms}</div>`;
}

function byDay(visit: Visit, letters: readonly PlannedLetter[], isKnown: (letter: PlannedLetter) => boolean): Part {
  const { words, zone } = visit;
  const names = words.page.plan;
  const rows = letters.map((letter) => {
    const day = dayOf(letter.at, zone);
    const tags = [
      letter.needsApproval ? html` <span class="tag soon">${names.yours}</span>` : null,
      isKnown(letter) ? null : html` <span class="tag ok">${names.isNew}</span>`,
    ];
    return html`<tr data-row><td><time datetime="${day}">${dayWords(day, visit, words)}</time> ${clockWords(letter.at, zone)}</td><th scope="row">${
      letter.client
    }</th><td>${words.letters[letter.kind]}${tags}</td><td class="why">${say(letter.why, visit.language)}</td></tr>`;
  });
  return html`<table class="table"><tbody>${rows}</tbody></table>`;
}
