/** The register of clients, and what may be noted of one: a call, a hold. One client's page is in client.ts. */
import type { Sum } from '../rules/money.ts';
import type { Hono } from 'hono';
import { html, type Html } from './html.ts';
import { holdClient, logWithClient, releaseHold } from '../desk/clients.ts';
import { exportClients } from '../desk/import-clients.ts';
import { parseWord, parseWhole } from '../desk/values.ts';
import { viewClients } from '../desk/views/clients.ts';
import type { LogWord } from '../words/parts/page.ts';
import { moneyWords } from '../words/times.ts';
import { onPost } from './forms.ts';
import { page } from './layout.ts';
import { done, type Fields, type PageEnv, type Visit, visitOf } from './page.ts';

/** What can be logged on the page. */
export const logWords: readonly LogWord[] = ['call', 'chat', 'meeting', 'note', 'work', 'delivery'];

export function addTo(app: Hono<PageEnv>): void {
  app.get('/clients.csv', (c) =>
    c.body(visitOf(c).desk.store.read(exportClients), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="clients.csv"',
    }),
  );
  app.get('/clients', (c) => c.html(list(visitOf(c))));
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
    body: html`<h1>${words.page.names.clients}</h1>${rows.length === 0 ? html`<p>${names.empty}</p>` : [html`<div class="filters"><a href="/clients.csv">${words.moneyPage.asCsv}</a></div>`, table]}`,
  });
}
