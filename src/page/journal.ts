/** What happened and why, newest first, by client, kind and day; with the word whether the chain is whole, and since when. */
import type { Hono } from 'hono';
import { viewClients } from '../desk/views/clients.ts';
import {
  type EntryView,
  type JournalFilter,
  journalKinds,
  journalLength,
  type Verified,
  verifyChain,
  viewJournal,
} from '../desk/views/journal.ts';
import { addDays, at, type LocalDay, localDay, toIso } from '../rules/time.ts';
import type { JournalKind } from '../words/parts/page.ts';
import { momentWords } from '../words/times.ts';
import { say } from '../words/voice.ts';
import { csv } from './csv.ts';
import { onPost } from './forms.ts';
import { html, type Html, type Part } from './html.ts';
import { form, moment, page, pages, span } from './layout.ts';
import { done, type PageContext, type PageEnv, type Visit, visitOf } from './page.ts';

const mostShown = 1000;
/** So many are gone through at every look: it takes no time. Of more, the last verdict is shown. */
const readAtOnce = 2000;

export function addTo(app: Hono<PageEnv>): void {
  // the chain of one record, gone through by this process
  const last: { verified: Verified | null } = { verified: null };
  app.get('/journal', (c) => {
    const visit = visitOf(c);
    last.verified = atOnce(visit) ?? last.verified;
    return c.html(list(visit, asked(c), { verified: last.verified, from: span(c) }));
  });
  app.get('/journal.csv', (c) => listed(c));
  onPost(app, '/journal/verify', ({ desk, now, words }) => {
    last.verified = desk.store.read((r) => verifyChain(r, now));
    return done(verdictWords(last.verified, words));
  });
}

function atOnce({ desk, now }: Visit): Verified | null {
  return desk.store.read((r) => (journalLength(r) > readAtOnce ? null : verifyChain(r, now)));
}

function verdictWords({ verdict }: Verified, { page: { journal: names }, language }: Visit['words']): string {
  return verdict.ok ? names.whole(verdict.count) : names.broken(verdict.id, say(verdict.problem, language));
}

interface Asked extends JournalFilter {
  on: LocalDay | null;
}

/** What stands in the address; what cannot be is left out. */
function asked(c: PageContext): Asked {
  const { zone } = visitOf(c);
  const kinds = Object.keys(journalKinds) as JournalKind[];
  const client = c.req.query('client') ?? '';
  const on = dayIn(c.req.query('day') ?? '');
  return {
    kind: kinds.find((kind) => kind === c.req.query('kind')) ?? null,
    clientId: /^[1-9]\d{0,14}$/.test(client) ? Number(client) : null,
    on,
    day: on === null ? null : { from: at(on, 0, zone), until: at(addDays(on, 1), 0, zone) },
    most: mostShown,
  };
}

function dayIn(text: string): LocalDay | null {
  try {
    return localDay(text);
  } catch {
    return null;
  }
}

function queryOf({ kind, clientId, on }: Asked): string {
  const query = new URLSearchParams({ kind: kind ?? '', client: String(clientId ?? ''), day: on ?? '' });
  return query.toString();
}

function list(visit: Visit, filter: Asked, { verified, from }: { verified: Verified | null; from: number }): Html {
  const { desk, words } = visit;
  const names = words.page.journal;
  const { found, clients } = desk.store.read((r) => ({ found: viewJournal(r, filter), clients: viewClients(r) }));
  const shown = pages(visit, { of: found, from, path: `/journal?${queryOf(filter)}` });
  const isFiltered = filter.kind !== null || filter.clientId !== null || filter.on !== null;
  const empty = html`<p>${isFiltered ? names.none : names.empty}</p>`;
  return page(visit, {
    title: words.page.names.journal,
    at: 'journal',
    body: html`<h1>${words.page.names.journal}</h1>${chain(visit, verified)}
${filters(
  visit,
  filter,
  clients.map(({ client }) => client),
)}${found.length === 0 ? empty : [table(visit, shown.items), shown.links]}`,
  });
}

function chain(visit: Visit, verified: Verified | null): Html {
  const names = visit.words.page.journal;
  const said =
    verified === null
      ? html`<p>${names.notVerified}</p>`
      : html`<p>${verdictWords(verified, visit.words)} ${names.verified(momentWords(verified.at, visit, visit.words))}</p>`;
  return html`<div class="do">${said}${form(visit, '/journal/verify', html`<button>${names.verify}</button>`)}</div>`;
}

function filters(visit: Visit, filter: Asked, clients: readonly { id: number; name: string }[]): Html {
  const { words } = visit;
  const names = words.page.journal;
  const option = (value: string, label: string, isIt: boolean) =>
    html`<option value="${value}"${isIt ? html` selected` : null}>${label}</option>`;
  const kinds = Object.entries(names.kinds).map(([kind, name]) => option(kind, name, kind === filter.kind));
  const people = clients.map(({ id, name }) => option(String(id), name, id === filter.clientId));
  return html`<form class="filters" method="get" action="/journal"><label for="kind">${names.kind}</label><select id="kind" name="kind">${option(
    '',
    names.allKinds,
    filter.kind === null,
  )}${kinds}</select><label for="client">${words.page.inbox.client}</label><select id="client" name="client">${option(
    '',
    names.allClients,
    filter.clientId === null,
  )}${people}</select><label for="day">${names.day}</label><input id="day" type="date" name="day" value="${
    filter.on ?? ''
  }"><button>${names.show}</button><a href="/journal.csv?${queryOf(filter)}">${words.moneyPage.asCsv}</a></form>`;
}

function table(visit: Visit, entries: readonly EntryView[]): Html {
  const names = visit.words.page.journal;
  const rows = entries.map(
    (entry) =>
      html`<tr data-row><td>${moment(visit, entry.at)}</td><td>${about(visit, entry)}</td><td>${say(
        entry.why,
        visit.language,
      )}</td></tr>`,
  );
  return html`<table class="table"><thead><tr><th scope="col">${names.when}</th><th scope="col">${names.about}</th><th scope="col">${names.why}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** Where the thing that an entry is about has a page of its own. */
const places: Readonly<Record<string, string>> = {
  message: '/inbox/',
  letter: '/outbox/',
  invoice: '/money/',
};

function about(visit: Visit, { subject, client, clientId }: EntryView): Part {
  const names = visit.words.page.journal.kinds;
  const kind = kindOf(subject);
  const [thing = '', id = ''] = subject.split('/');
  const place = places[thing];
  const name = kind === null ? '' : names[kind];
  const link = place === undefined || !/^[1-9]\d*$/.test(id) ? name : html`<a href="${place}${id}">${name} ${id}</a>`;
  return client === null ? link : html`${link} · <a href="/clients/${clientId ?? ''}">${client}</a>`;
}

function kindOf(subject: string): JournalKind | null {
  const kinds = Object.entries(journalKinds) as [JournalKind, readonly string[]][];
  return kinds.find(([, begins]) => begins.some((one) => subject.startsWith(one)))?.[0] ?? null;
}

function listed(c: PageContext): Response {
  const { desk, language, words } = visitOf(c);
  const found = desk.store.read((r) => viewJournal(r, { ...asked(c), most: 100_000 }));
  const names = words.page.journal;
  return csv(c, 'journal', [
    [names.when, names.about, words.page.inbox.client, names.why],
    ...found.map(({ at: when, subject, client, why }) => [toIso(when), subject, client ?? '', say(why, language)]),
  ]);
}
