/** What happened and why, newest first, with the word whether the chain is whole. */
import type { Hono } from 'hono';
import { html } from 'hono/html';
import { entries, verifyJournal } from '../desk/views/journal.ts';
import { type Html, moment, page } from './layout.ts';
import { type PageEnv, type Visit, visitOf } from './page.ts';
import { say } from '../words/voice.ts';

const mostShown = 100;

export function addTo(app: Hono<PageEnv>): void {
  app.get('/journal', (c) => c.html(list(visitOf(c))));
}

function list(visit: Visit): Html {
  const { desk, words } = visit;
  const names = words.page.journal;
  const { found, verdict } = desk.store.read((r) => ({
    found: entries(r, { limit: mostShown }).toReversed(),
    verdict: verifyJournal(r),
  }));
  const whole = verdict.ok ? names.whole(verdict.count) : names.broken(verdict.id, verdict.problem);
  const rows = found.map(
    (entry) =>
      html`<tr data-row><td>${moment(visit, entry.at)}</td><td><code>${entry.kind}</code></td><td>${say(
        entry.why,
        visit.language,
      )}</td></tr>`,
  );
  return page(visit, {
    title: words.page.names.journal,
    at: 'journal',
    body: html`<h1>${words.page.names.journal}</h1><p>${whole}</p>${
      found.length === 0 ? html`<p>${names.empty}</p>` : html`<table class="table"><tbody>${rows}</tbody></table>`
    }`,
  });
}
