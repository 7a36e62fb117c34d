/** The coming days as the daemon's own rules would have them, day by day. Nothing is sent and nothing changed. */
import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { Plan, PlannedLetter } from '../jobs/plan.ts';
import { dayOf, type LocalDay } from '../rules/time.ts';
import { clockWords, dayWords, momentWords } from '../words/times.ts';
import { type Html, page, type Part } from './layout.ts';
import { type PageEnv, type Visit, visitOf } from './page.ts';
import { say } from '../words/voice.ts';

const days = 60;

export function addTo(app: Hono<PageEnv>, plan: (days: number) => Promise<Plan>): void {
  app.get('/plan', async (c) => c.html(shown(visitOf(c), await plan(days))));
}

function shown(visit: Visit, { letters, waiting, blocked, paused }: Plan): Html {
  const { words } = visit;
  const names = words.page.plan;
  const held = blocked.map(
    (one) =>
      html`<li><strong>${one.client}</strong> (${one.currency}): ${say(one.why, visit.language)}${
        one.until === null ? null : html` · ${momentWords(one.until, visit, words)}`
      }</li>`,
  );
  return page(visit, {
    title: words.page.names.plan,
    at: 'plan',
    body: html`<h1>${names.heading(days)}</h1>${paused === null ? null : html`<p>${words.page.today.pausedBecause(say(paused, visit.language))}</p>`}
<h2>${names.leaves}</h2>${letters.length === 0 ? html`<p>${names.none}</p>` : byDay(visit, letters)}
${waiting.length === 0 ? null : html`<h2>${names.waits}</h2>${byDay(visit, waiting)}`}
${held.length === 0 ? null : html`<h2>${names.heldBack}</h2><ul>${held}</ul>`}`,
  });
}

function byDay(visit: Visit, letters: readonly PlannedLetter[]): Part {
  const { words, zone } = visit;
  const grouped = new Map<LocalDay, PlannedLetter[]>();
  for (const letter of letters) {
    const day = dayOf(letter.at, zone);
    grouped.set(day, [...(grouped.get(day) ?? []), letter]);
  }
  return html`<table class="table"><tbody>${[...grouped].map(([day, ones]) =>
    ones.map(
      (letter) =>
        html`<tr data-row><td><time datetime="${day}">${dayWords(day, visit, words)}</time> ${clockWords(letter.at, zone)}</td><th scope="row">${
          letter.client
        }</th><td>${words.letters[letter.kind]}${
          letter.needsApproval ? html` <span class="tag soon">${words.page.plan.yours}</span>` : null
        }</td><td class="why">${say(letter.why, visit.language)}</td></tr>`,
    ),
  )}</tbody></table>`;
}
