/** Messages as they were recorded and judged. Their text only: never the HTML of a mail, never a picture from elsewhere. */
import type { Hono } from 'hono';
import { html, type Html, type Part } from './html.ts';
import { settleMessage } from '../desk/inbox.ts';
import { type MessageView, viewFound, viewMessages } from '../desk/views/messages.ts';
import { viewMessage } from '../desk/views/message.ts';
import { AppError } from '../errors.ts';
import { toIso } from '../rules/time.ts';
import { say } from '../words/voice.ts';
import { csv } from './csv.ts';
import { onPost } from './forms.ts';
import { form, moment, page, text } from './layout.ts';
import { done, idIn, type PageContext, type PageEnv, type Visit, visitOf } from './page.ts';

type Filter = 'all' | 'out-of-hours' | 'unanswered';
const filters: readonly Filter[] = ['all', 'out-of-hours', 'unanswered'];
const mostShown = 50;

export function addTo(app: Hono<PageEnv>): void {
  app.get('/inbox', (c) => c.html(list(visitOf(c), c.req.query('q') ?? '', filterOf(c.req.query('show')))));
  app.get('/inbox.csv', (c) => listed(c, c.req.query('q') ?? '', filterOf(c.req.query('show'))));
  app.get('/inbox/:id', (c) => c.html(one(visitOf(c), idIn(c, visitOf(c).words))));
  onPost(app, '/inbox/:id/settle', ({ desk, words }, { id, fields }) => {
    const { changed } = settleMessage(desk, id, fields['how'] === 'needs-no-answer' ? 'needs-no-answer' : 'answered');
    return done(changed ? words.page.done.answered : words.page.done.unchanged);
  });
}

function filterOf(value: string | undefined): Filter {
  return filters.find((filter) => filter === value) ?? 'all';
}

function list(visit: Visit, query: string, filter: Filter): Html {
  const { words } = visit;
  const names = words.page.inbox;
  const asked = query.trim();
  const messages = found(visit, { asked, filter, most: mostShown });
  const titles: Record<Filter, string> = {
    all: names.all,
    'out-of-hours': names.outOfHours,
    unanswered: names.unanswered,
  };
  const links = filters.map((one) =>
    one === filter && asked === ''
      ? html`<a href="/inbox?show=${one}" aria-current="true">${titles[one]}</a>`
      : html`<a href="/inbox?show=${one}">${titles[one]}</a>`,
  );
  return page(visit, {
    title: words.page.names.inbox,
    at: 'inbox',
    body: html`<h1>${words.page.names.inbox}</h1>
<form class="filters" method="get" action="/inbox" role="search"><label for="q">${names.search}</label><input id="q" type="search" name="q" value="${asked}"><button>${
      names.search
    }</button>${links}<a href="/inbox.csv?${new URLSearchParams({ q: asked, show: filter }).toString()}">${words.moneyPage.asCsv}</a></form>
${asked === '' ? null : html`<p>${names.found(messages.length, asked)}</p>`}
${messages.length === 0 ? html`<p>${names.empty}</p>` : rows(visit, messages, asked)}`,
  });
}

function found(
  { desk }: Visit,
  { asked, filter, most }: { asked: string; filter: Filter; most: number },
): MessageView[] {
  return desk.store.read((r) =>
    asked === ''
      ? viewMessages(r, {
          role: 'inbox',
          limit: most,
          ...(filter === 'out-of-hours' && { outOfHours: true }),
          ...(filter === 'unanswered' && { unanswered: true }),
        })
      : viewFound(r, asked, most),
  );
}

/** More than a spreadsheet shows with pleasure. */
const mostListed = 20_000;

function listed(c: PageContext, query: string, filter: Filter): Response {
  const visit = visitOf(c);
  const { words, language, now } = visit;
  const names = words.page.inbox;
  const messages = found(visit, { asked: query.trim(), filter, most: mostListed });
  return csv(c, 'mail', [
    [
      'id',
      names.received,
      words.page.letter.from,
      names.client,
      words.page.letter.subject,
      names.outOfHours,
      words.page.outbox.filter,
    ],
    ...messages.map((message) => {
      const { id, receivedAt, mail, client, judged, window } = message;
      const why = judged?.outOfHoursWhy == null ? '' : say(judged.outOfHoursWhy, language);
      const waits = window !== null && window.dueAt <= now ? words.page.today.late : names.unanswered;
      const state = window === null ? '' : window.state === 'open' ? waits : names.answered;
      return [String(id), toIso(receivedAt), mail.from?.address ?? '', client ?? '', mail.subject, why, state];
    }),
  ]);
}

function rows(visit: Visit, messages: readonly MessageView[], asked: string): Html {
  const { words } = visit;
  const names = words.page.inbox;
  return html`<table class="table"><thead><tr><th scope="col">${names.received}</th><th scope="col">${words.page.letter.from}</th><th scope="col">${
    words.page.letter.subject
  }</th><th scope="col">${words.page.outbox.filter}</th></tr></thead><tbody>${messages.map(
    (message) =>
      html`<tr data-row><td>${moment(visit, message.receivedAt)}</td><td>${senderOf(message)}</td><th scope="row"><a href="/inbox/${
        message.id
      }">${marked(message.mail.subject || names.noSubject, asked)}</a></th><td>${flags(visit, message)}</td></tr>`,
  )}</tbody></table>`;
}

/** With the words that were looked for marked. */
function marked(value: string, asked: string): Part {
  const wanted = asked.split(/\s+/).filter((word) => word !== '');
  if (wanted.length === 0) return value;
  const pattern = new RegExp(`(${wanted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'giu');
  return html`${value.split(pattern).map((part, at) => (at % 2 === 1 ? html`<mark>${part}</mark>` : part))}`;
}

function senderOf({ client, mail }: MessageView): string {
  return client ?? (mail.from?.name || mail.from?.address || '');
}

function flags(visit: Visit, { judged, window }: MessageView): Part {
  const { words, language, now } = visit;
  const hours =
    judged?.outOfHoursWhy == null
      ? null
      : html`<span class="tag soon">${words.page.inbox.outOfHours}: ${say(judged.outOfHoursWhy, language)}</span> `;
  if (window === null) return hours;
  if (window.state !== 'open') return html`${hours}<span class="tag ok">${words.page.inbox.answered}</span>`;
  const late = window.dueAt <= now;
  return html`${hours}<span class="tag ${late ? 'late' : ''}">${late ? words.page.today.late : words.page.inbox.unanswered}</span>`;
}

function one(visit: Visit, id: number): Html {
  const { desk, words } = visit;
  const names = words.page.inbox;
  const view = desk.store.read((r) => viewMessage(r, id));
  if (view === undefined) throw new AppError('not-found', words.page.faults.notFound);
  const { message, thread, letters } = view;
  const { mail, judged } = message;
  const from = mail.from === null ? '' : `${mail.from.name} <${mail.from.address}>`.trim();
  const isShort = mail.newText !== '' && mail.newText.trim() !== mail.text.trim();
  return page(visit, {
    title: mail.subject || names.noSubject,
    at: 'inbox',
    body: html`<h1>${mail.subject || names.noSubject}</h1>
<dl><dt>${words.page.letter.from}</dt><dd>${from}</dd><dt>${names.client}</dt><dd>${message.client ?? names.stranger}</dd><dt>${names.received}</dt><dd>${moment(
      visit,
      message.receivedAt,
    )} ${flags(visit, message)}</dd>${judged === null ? null : html`<dt>${names.judged}</dt><dd>${say(judged.why, visit.language)}</dd>`}</dl>
${answerActs(visit, message)}
<div class="letter">${text(mail.newText || mail.text)}</div>
${isShort ? html`<details><summary>${names.quotation}</summary><div class="letter">${text(mail.text)}</div></details>` : null}
${letters.length === 0 ? null : html`<h2>${words.page.names.outbox}</h2><ul>${letters.map((letter) => html`<li><a href="/outbox/${letter.id}">${letter.subject}</a></li>`)}</ul>`}
${
  thread.length === 0
    ? null
    : html`<h2>${names.thread}</h2><ul>${thread.map((other) => html`<li>${moment(visit, other.receivedAt)} <a href="/inbox/${other.id}">${other.mail.subject || names.noSubject}</a></li>`)}</ul>`
}`,
  });
}

function answerActs(visit: Visit, { id, window }: MessageView): Part {
  const { words } = visit;
  if (window?.state !== 'open') return null;
  const button = (how: string, label: string) =>
    form(visit, `/inbox/${id}/settle`, html`<button>${label}</button>`, { how });
  return html`<div class="do">${button('answered', words.page.inbox.answeredOtherwise)}${button('needs-no-answer', words.page.inbox.noAnswerNeeded)}</div>`;
}
