/** Files of invoices and of the bank, brought to the page: first what is in them, row by row, then taken at a word. */
import type { Hono } from 'hono';
import { html, type Html, type Part } from './html.ts';
import { takeFiles, type Taken } from '../desk/take-files.ts';
import { AppError } from '../errors.ts';
import { dayOf } from '../rules/time.ts';
import { moneyWords } from '../words/times.ts';
import { onFiles, onPost } from './forms.ts';
import { card, form, page } from './layout.ts';
import { done, type PageEnv, type Visit, visitOf } from './page.ts';
import { mostBytes, type Upload, Uploads } from './uploads.ts';
import { sayFault } from '../words/voice.ts';

export function addTo(app: Hono<PageEnv>): void {
  const uploads = new Uploads();
  onFiles(app, '/money/files', mostBytes, (visit, { files, fields }) => {
    const id = uploads.keep({ session: visit.session, files, options: fields });
    return { ...done(visit.words.moneyPage.previewHint), to: `/money/files?look=${id}` };
  });
  app.get('/money/files', (c) => {
    const visit = visitOf(c);
    const id = c.req.query('look') ?? '';
    const upload = uploads.of(visit.session, id);
    if (upload === undefined) throw new AppError('not-found', visit.words.moneyPage.uploadGone);
    return c.html(preview(visit, id, taken(visit, upload, false)));
  });
  onPost(app, '/money/files/take', (visit, { fields }) => {
    const id = fields['look'] ?? '';
    const upload = uploads.of(visit.session, id);
    if (upload === undefined) throw new AppError('conflict', visit.words.moneyPage.uploadGone);
    taken(visit, upload, true);
    uploads.forget(id);
    return done(visit.words.moneyPage.taken);
  });
}

/** Where files are dropped; without a script they are chosen. */
export function dropCard(visit: Visit, below: Part): Html {
  const names = visit.words.moneyPage;
  const kinds = Object.entries(names.tableKinds).map(
    ([value, label]) => html`<option value="${value}">${label}</option>`,
  );
  const fields = html`<label for="files">${names.files}</label><input id="files" name="files" type="file" multiple required data-drop>
<label for="tables">${names.tables}</label><select id="tables" name="tables">${kinds}</select>
<label class="check"><input type="checkbox" name="addClients" value="yes"> ${names.addClients}</label><div class="do"><button>${names.look}</button></div>`;
  return card(
    'drop',
    names.drop,
    '',
    html`<div class="row"><p class="why">${names.dropHint}</p>${form(visit, '/money/files', fields, { back: '/money' }, 'multipart/form-data')}${below}</div>`,
  );
}

function taken({ desk, now, zone }: Visit, { files, options }: Upload, isReal: boolean): Taken {
  const said = options['tables'];
  return takeFiles(
    desk,
    files,
    {
      owner: desk.config.owner,
      today: dayOf(now, zone),
      addClients: options['addClients'] === 'yes',
      tables: said === 'invoices' || said === 'bank' ? said : 'as-they-say',
    },
    isReal,
  );
}

function preview(visit: Visit, id: string, found: Taken): Html {
  const { words } = visit;
  const names = words.moneyPage;
  const take = form(
    visit,
    '/money/files/take',
    html`<div class="do"><button class="main">${names.take}</button></div>`,
    { look: id, back: '/money' },
  );
  return page(visit, {
    title: names.previewHeading,
    at: 'money',
    body: html`<h1>${names.previewHeading}</h1>${[refusals(visit, found), invoices(visit, found), bank(visit, found)]}${
      changes(found) > 0 ? take : html`<p>${names.nothingToTake}</p>`
    }<p><a href="/money">${words.page.names.money}</a></p>`,
  });
}

function changes({ books, tables, bank: statements }: Taken): number {
  const documents = [...(books?.outcomes ?? []), ...tables.flatMap(({ done: one }) => one?.changes ?? [])];
  const news = (statements?.files ?? []).reduce((all, file) => all + file.news, 0);
  const idle = new Set(['unchanged', 'left-out', 'asked']);
  return documents.filter(({ what }) => !idle.has(what)).length + news + (statements?.changed.length ?? 0);
}

/** What is refused, by file and place, with the reason and what to do. */
function refusals({ words, language }: Visit, { books, booksFault, tables, bank: statements }: Taken): Part {
  const names = words.moneyPage;
  const files = [...(books?.files ?? []), ...(statements?.files ?? [])].flatMap(({ file, refused }) =>
    refused === null ? [] : [{ where: [file, refused.place].filter((part) => part !== '').join(', '), ...refused }],
  );
  const faults = [booksFault, ...tables.map(({ fault }) => fault)].flatMap((fault) => {
    if (fault === null) return [];
    const { what, next = '' } = sayFault(fault, language);
    return [{ where: fault.where ?? '', message: what, next }];
  });
  const all = [...files, ...faults];
  if (all.length === 0) return null;
  return html`<div class="outcome fault" role="alert"><div><h2>${names.refused}</h2><ul>${all.map(
    ({ where, message, next }) => html`<li>${where}: <span class="lines">${message}</span> ${next}</li>`,
  )}</ul></div></div>`;
}

interface Row {
  file: string;
  place: string;
  number: string;
  client: string;
  what: keyof Visit['words']['moneyPage']['doing'];
  total: Part;
  details: readonly string[];
}

function invoices(visit: Visit, { books, tables }: Taken): Part {
  const { words } = visit;
  const names = words.moneyPage;
  const sum = (cents: number, currency: string | null) => (currency === null ? '' : moneyWords(cents, currency, words));
  const documents = (books?.outcomes ?? []).map(
    ({ file, number, client, what, totalCents, currency, details }): Row => ({
      file,
      place: '',
      number: number ?? '',
      client: client ?? '',
      what,
      total: sum(totalCents, currency),
      details,
    }),
  );
  const rows = tables.flatMap(({ file, done: one }) =>
    (one?.changes ?? []).map(
      ({ line, number, client, what, totalCents, currency, details }): Row => ({
        file,
        place: `${names.row} ${line}`,
        number,
        client,
        what,
        total: sum(totalCents, currency),
        details,
      }),
    ),
  );
  const known = (books?.files ?? []).flatMap(({ file, knownAs }) =>
    knownAs === null ? [] : [html`<p>${file}: ${names.knownAs(knownAs)}</p>`],
  );
  const shown = [...documents, ...rows];
  if (shown.length + known.length === 0) return null;
  const asked = shown.some(({ what }) => what === 'asked') ? html`<p>${names.askedHint}</p>` : null;
  const body = shown.map(
    ({ file, place, number, client, what, total, details }) =>
      html`<tr><td>${file}${place === '' ? '' : `, ${place}`}</td><th scope="row">${number}</th><td>${client}</td><td><span class="tag ${
        what === 'asked' || what === 'left-out' ? 'soon' : ''
      }">${names.doing[what]}</span></td><td class="sum">${total}</td><td class="why">${details.join('; ')}</td></tr>`,
  );
  return html`<h2>${words.page.clients.invoices}</h2>${known}${asked}<table class="table"><thead><tr><th scope="col">${names.file}</th><th scope="col">${words.page.money.invoice}</th><th scope="col">${words.page.inbox.client}</th><th scope="col">${names.what}</th><th scope="col">${words.page.money.total}</th><td></td></tr></thead><tbody>${body}</tbody></table>`;
}

function bank({ words }: Visit, { bank: found }: Taken): Part {
  if (found === null) return null;
  const names = words.moneyPage;
  const files = found.files
    .filter(({ refused }) => refused === null)
    .map(({ file, lines, news, knownAs, leftOut, warnings }) => {
      const notes = [
        ...(knownAs === null ? [] : [names.knownAs(knownAs)]),
        ...(leftOut.pending === 0 ? [] : [names.pendingLines(leftOut.pending)]),
        ...(leftOut.unreadable === 0 ? [] : [names.unreadableLines(leftOut.unreadable)]),
        ...warnings,
      ];
      return html`<li>${file}: ${names.lines(lines, news)}${notes.length === 0 ? '' : `; ${notes.join('; ')}`}</li>`;
    });
  if (files.length === 0) return null;
  const counted = (state: string) => found.changed.filter((line) => line.state === state).length;
  return html`<h2>${names.payments}</h2><ul>${files}</ul><p>${names.matched(counted('matched'))}, ${names.toDecide(counted('question'))}.</p>`;
}
