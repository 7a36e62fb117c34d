/** The register, and one client: what happened, what is open, what holds letters back. */
import type { Sum } from '../rules/money.ts';
import type { Hono } from 'hono';
import { html } from 'hono/html';
import { holdClient, logWithClient, releaseHold } from '../desk/clients.ts';
import type { TimelineEntry } from '../desk/timeline.ts';
import { parseWord, parseWhole } from '../desk/values.ts';
import { type ClientPage, openSums, viewClient, viewClients } from '../desk/views/clients.ts';
import { AppError } from '../errors.ts';
import type { LogWord } from '../words/parts/page.ts';
import { dayWords, moneyWords } from '../words/times.ts';
import { say } from '../words/voice.ts';
import { onPost } from './forms.ts';
import { form, type Html, moment, page, type Part } from './layout.ts';
import { done, type Fields, idIn, type PageEnv, type Visit, visitOf } from './page.ts';

const logWords: readonly LogWord[] = ['call', 'chat', 'meeting', 'note', 'work', 'delivery'];

export function addTo(app: Hono<PageEnv>): void {
  app.get('/clients', (c) => c.html(list(visitOf(c))));
  app.get('/clients/:id', (c) => c.html(one(visitOf(c), idIn(c, visitOf(c).words))));
  onPost(app, '/clients/:id/log', (visit, { id, fields }) => log(visit, id, fields));
  onPost(app, '/clients/:id/hold', ({ desk, words }, { id }) => {
    const { hold } = holdClient(desk, String(id), { reason: 'manual', until: null, note: '' });
    return done(words.page.done.held, { path: `/holds/${hold.id}/release`, fields: {} });
  });
  onPost(app, '/holds/:id/release', ({ desk, words }, { id }) => {
    const { ended } = releaseHold(desk, id);
    return done(ended ? words.page.done.released : words.page.done.unchanged);
  });
}

function log({ desk, words, now }: Visit, id: number, fields: Fields) {
  const kind = parseWord(fields['kind'] ?? '', 'kind of entry', logWords);
  const minutes = (fields['minutes'] ?? '').trim();
  logWithClient(
    desk,
    String(id),
    {
      kind,
      at: now,
      minutes: minutes === '' ? null : parseWhole(minutes, 'number of minutes', { min: 1, max: 1440 }),
      direction: kind === 'call' || kind === 'chat' || kind === 'meeting' ? 'in' : null,
      text: fields['text'] ?? '',
      project: null,
    },
    { contact: desk.config.hours, phone: desk.config.phoneHours },
  );
  return done(words.page.done.logged);
}

export function sums({ words }: Visit, open: readonly Sum[]): string {
  return open
    .filter(({ cents }) => cents !== 0)
    .map(({ cents, currency }) => moneyWords(cents, currency, words))
    .join(' + ');
}

function list(visit: Visit): Html {
  const { desk, words } = visit;
  const names = words.page.clients;
  const rows = desk.store.read(viewClients);
  const table = html`<table class="table"><thead><tr><th scope="col">${words.page.inbox.client}</th><th scope="col">${names.work}</th><th scope="col">${
    names.open
  }</th><th scope="col">${words.page.today.toAnswer}</th></tr></thead><tbody>${rows.map(
    ({ client, open, waiting }) =>
      html`<tr data-row><th scope="row"><a href="/clients/${client.id}">${client.name}</a></th><td>${
        names.workStates[client.workState]
      }</td><td class="sum">${sums(visit, open)}</td><td>${waiting === 0 ? '' : waiting}</td></tr>`,
  )}</tbody></table>`;
  return page(visit, {
    title: words.page.names.clients,
    at: 'clients',
    body: html`<h1>${words.page.names.clients}</h1>${rows.length === 0 ? html`<p>${names.empty}</p>` : table}`,
  });
}

function one(visit: Visit, id: number): Html {
  const { desk, words, zone } = visit;
  const view = desk.store.read((r) => viewClient(r, id, zone));
  if (view === undefined) throw new AppError('not-found', words.page.faults.notFound);
  const { client } = view;
  return page(visit, {
    title: client.name,
    at: 'clients',
    body: html`<h1>${client.name}</h1><p>${[client.contactName ?? '', client.addresses.join(', ')].filter((part) => part !== '').join(' · ')}</p>
<div class="three">${[facts(visit, view), holds(visit, view), logForm(visit, id)]}</div>
<h2>${words.page.clients.timeline}</h2>${entries(visit, view.timeline)}`,
  });
}

function facts(visit: Visit, { client, invoices, letters, windows }: ClientPage): Html {
  const { words } = visit;
  const names = words.page.clients;
  const open = sums(visit, openSums(invoices.filter(({ state }) => state === 'open')));
  return html`<section class="card" aria-labelledby="facts"><h2 id="facts">${names.invoices} <span class="sum">${open}</span></h2>
<div class="row"><p>${names.work}: ${names.workStates[client.workState]}</p>${windows.map(
    (window) =>
      html`<p><a href="/inbox/${window.openedBy}">${words.page.inbox.due('')}</a> ${moment(visit, window.dueAt)}</p>`,
  )}</div>
${invoices.map(
  (invoice) =>
    html`<div class="row"><p>${invoice.number} <span class="tag">${words.page.money.states[invoice.state]}</span> <span class="sum">${moneyWords(
      invoice.totalCents,
      invoice.currency,
      words,
    )}</span></p></div>`,
)}
${letters.map(
  (letter) =>
    html`<div class="row"><p><a href="/outbox/${letter.id}">${words.letters[letter.kind]}</a> <span class="tag">${
      words.letterStates[letter.state]
    }</span> ${moment(visit, letter.sentAt ?? letter.notBefore)}</p></div>`,
)}</section>`;
}

function holds(visit: Visit, { client, holds: found }: ClientPage): Html {
  const { words } = visit;
  const names = words.page.clients;
  const rows = found.map(
    (hold) =>
      html`<div class="row"><p>${hold.note || hold.reason}</p><p class="why">${
        hold.until === null ? names.untilReleased : moment(visit, hold.until)
      }</p><div class="do">${form(visit, `/holds/${hold.id}/release`, html`<button>${names.release}</button>`)}</div></div>`,
  );
  const button = form(visit, `/clients/${client.id}/hold`, html`<button class="stop">${names.hold}</button>`);
  return html`<section class="card" aria-labelledby="holds"><h2 id="holds">${names.holds} <span>${found.length}</span></h2>${rows}<div class="row"><div class="do">${button}</div></div></section>`;
}

function logForm(visit: Visit, id: number): Html {
  const names = visit.words.page.clients;
  const fields = html`<label for="kind">${names.logKind}</label><select id="kind" name="kind">${logWords.map(
    (word) => html`<option value="${word}">${names.logKinds[word]}</option>`,
  )}</select><label for="minutes">${names.minutes}</label><input id="minutes" name="minutes" inputmode="numeric" size="5"><label for="about">${
    names.about
  }</label><input class="wide" id="about" name="text" required><div class="do"><button>${names.log}</button></div>`;
  return html`<section class="card" aria-labelledby="log"><h2 id="log">${names.logTitle}</h2><div class="row">${form(
    visit,
    `/clients/${id}/log`,
    fields,
  )}</div></section>`;
}

function entries(visit: Visit, found: readonly TimelineEntry[]): Html {
  const { words, language } = visit;
  if (found.length === 0) return html`<p>${words.page.clients.noEntries}</p>`;
  const when = ({ at, day }: TimelineEntry): Part =>
    at !== null
      ? moment(visit, at)
      : day === null
        ? ''
        : html`<time datetime="${day}">${dayWords(day, visit, words)}</time>`;
  return html`<table class="table"><tbody>${found.map(
    (entry) =>
      html`<tr><td>${when(entry)}</td><td>${words.page.clients.entryKinds[entry.kind]}</td><td>${linked(entry)}${
        entry.outOfHours === null
          ? null
          : html` <span class="tag soon">${words.page.inbox.outOfHours}: ${say(entry.outOfHours, language)}</span>`
      }</td></tr>`,
  )}</tbody></table>`;
}

function linked({ kind, id, text }: TimelineEntry): Part {
  if (kind === 'message-in' || kind === 'message-out') return html`<a href="/inbox/${id}">${text}</a>`;
  return kind === 'letter' ? html`<a href="/outbox/${id}">${text}</a>` : text;
}
