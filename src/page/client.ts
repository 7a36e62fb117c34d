/** One client: what happened, what is open, signs with what shows them, what was agreed, and what can be done about it. */
import type { Hono } from 'hono';
import { html, type Html, type Part } from './html.ts';
import { actOnProject } from '../desk/client-marks.ts';
import { changeTerms, type TermName, termNames, termTexts } from '../desk/client-terms.ts';
import { dossierOf } from '../desk/dossier.ts';
import { fontOfThisMachine } from '../desk/dossier-font.ts';
import { dossierPage } from '../desk/dossier-page.ts';
import { boundaryWords, writeBoundaryLetter } from '../desk/letter.ts';
import type { EntryKind, TimelineEntry } from '../desk/timeline.ts';
import { parseDay, parseWord } from '../desk/values.ts';
import { type ClientPage, clientOf, habitDays, openSums, viewClient } from '../desk/views/clients.ts';
import { AppError } from '../errors.ts';
import type { Evidence } from '../rules/sign.ts';
import { dayOf } from '../rules/time.ts';
import type { TimelinePart } from '../words/parts/client-page.ts';
import { dayWords, momentWords, moneyWords } from '../words/times.ts';
import { say } from '../words/voice.ts';
import { logWords, sums } from './clients.ts';
import { onPost } from './forms.ts';
import { card, form, moment, page } from './layout.ts';
import { done, type Fields, idIn, type PageContext, type PageEnv, type Visit, visitOf } from './page.ts';
import { heatPicture, promisesPicture } from './pictures.ts';

const firstEntries = 50;

export function addTo(app: Hono<PageEnv>): void {
  app.get('/clients/:id', (c) => c.html(one(visitOf(c), idIn(c, visitOf(c).words), asked(c))));
  app.get('/clients/:id/dossier', (c) => dossier(c));
  app.get('/clients/:id/dossier.pdf', async (c) => dossierFile(c));
  onPost(app, '/clients/:id/letter', (visit, { id, fields }) => boundary(visit, id, fields));
  onPost(app, '/clients/:id/terms', ({ desk, words }, { id, fields }) => {
    const texts = Object.fromEntries(
      termNames.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
    );
    const { changed } = changeTerms(desk, String(id), { ...texts, scope: (fields['scope'] ?? '').split('\n') });
    return done(changed.length === 0 ? words.page.done.unchanged : words.clientPage.termsSaved);
  });
  onPost(app, '/clients/:id/project', ({ desk, words, now, zone }, { id, fields }) => {
    const action = parseWord(fields['action'] ?? '', 'act', ['add', 'pause', 'resume', 'end'] as const);
    const on = dayOf(now, zone);
    const { changed } = actOnProject(desk, String(id), { action, name: fields['name'] ?? '', on });
    return done(changed ? words.clientPage.projectDone : words.page.done.unchanged);
  });
}

interface Asked {
  part: TimelinePart;
  most: number;
}

function asked(c: PageContext): Asked {
  const parts = Object.keys(visitOf(c).words.clientPage.parts) as TimelinePart[];
  const most = Number(c.req.query('most') ?? firstEntries);
  return {
    part: parts.find((name) => name === c.req.query('show')) ?? 'all',
    most: Number.isInteger(most) && most > 0 && most <= 5000 ? most : firstEntries,
  };
}

function boundary({ desk, words, now, zone }: Visit, id: number, fields: Fields) {
  const parts = { ...desk, settings: desk.config, mailbox: desk.config.mailboxes[0]?.name ?? '' };
  const day = (text: string | undefined) =>
    text === undefined || text === '' ? null : parseDay(text, dayOf(now, zone));
  const { letter, isNew } = writeBoundaryLetter(parts, String(id), {
    word: parseWord(fields['word'] ?? '', 'letter', boundaryWords),
    quoteId: null,
    quoteText: null,
    hours: null,
    from: day(fields['from']),
    by: day(fields['by']),
    project: null,
  });
  const said = done(isNew ? words.clientPage.written : words.clientPage.waitsAlready);
  return { ...said, to: `/outbox/${letter.id}` };
}

function found(visit: Visit, id: number, { most }: { most: number }): ClientPage {
  const { desk, words, now } = visit;
  const view = desk.store.read((r) => viewClient(r, desk.config, { id, now, most }));
  if (view === undefined) throw new AppError('not-found', words.page.faults.notFound);
  return view;
}

function one(visit: Visit, id: number, wanted: Asked): Html {
  const view = found(visit, id, { most: wanted.part === 'all' ? wanted.most : 5000 });
  const { client } = view;
  return page(visit, {
    title: client.name,
    at: 'clients',
    body: html`<h1>${client.name}</h1><p>${[client.contactName ?? '', client.addresses.join(', ')].filter((part) => part !== '').join(' · ')}</p>
<div class="three">${[facts(visit, view), signs(visit, view), holds(visit, view)]}</div>
<div class="quiet">${[logForm(visit, id), habits(visit, view), boundaryForm(visit, id), projects(visit, view), termsForm(visit, view), dossierCard(visit, id)]}</div>
${timeline(visit, view, wanted)}`,
  });
}

function facts(visit: Visit, { client, invoices, letters, windows, exit }: ClientPage): Html {
  const { words } = visit;
  const names = words.page.clients;
  const open = sums(visit, openSums(invoices.filter(({ state }) => state === 'open')));
  const exitState =
    exit === null || exit.state === 'cancelled'
      ? null
      : html` <span class="tag soon">${words.exitPage.states[exit.state]}</span>`;
  return html`<section class="card" aria-labelledby="facts"><h2 id="facts">${names.invoices} <span class="sum">${open}</span></h2>
<div class="row"><p>${names.work}: ${names.workStates[client.workState]}</p><p><a href="/clients/${client.id}/exit">${words.exitPage.begin}</a>${exitState}</p>${windows.map(
    (window) =>
      html`<p><a href="/inbox/${window.openedBy}">${words.page.inbox.due('')}</a> ${moment(visit, window.dueAt)}</p>`,
  )}</div>
${invoices
  .slice(-mostListed)
  .map(
    (invoice) =>
      html`<div class="row" id="invoice-${invoice.id}"><p>${invoice.number} <span class="tag">${words.page.money.states[invoice.state]}</span> <span class="sum">${moneyWords(
        invoice.totalCents,
        invoice.currency,
        words,
      )}</span></p></div>`,
  )}
${letters
  .slice(0, mostListed)
  .map(
    (letter) =>
      html`<div class="row"><p><a href="/outbox/${letter.id}">${words.letters[letter.kind]}</a> <span class="tag">${
        words.letterStates[letter.state]
      }</span> ${moment(visit, letter.sentAt ?? letter.notBefore)}</p></div>`,
  )}</section>`;
}

const mostListed = 8;

function signs(visit: Visit, { report, client }: ClientPage): Html {
  const { words } = visit;
  const names = words.clientPage;
  const [summary] = report.clients;
  const found = summary?.signs ?? [];
  const step = summary?.suggestion.step;
  const rows = found.map(
    ({ sign, words: said, evidence, weight }) =>
      html`<div class="row"><details><summary><strong>${names.signNames[sign]}</strong> <span class="tag ${weight >= 1 ? 'soon' : ''}">${weight.toFixed(1)}</span></summary><p class="why">${say(said, visit.language)}</p>${
        evidence.length === 0
          ? null
          : html`<p class="why">${names.evidence}:</p><ul>${evidence.map((item) => html`<li>${shownBy(visit, client.id, item)}</li>`)}</ul>`
      }</details></div>`,
  );
  const none = html`<div class="row"><p class="why">${names.noSigns}</p></div>`;
  const suggestion =
    step === undefined || found.length === 0
      ? null
      : html`<div class="row"><p>${names.suggestion}: ${words.terminal.steps[step]}</p></div>`;
  return card('signs', names.signs, '', found.length === 0 ? none : [rows, suggestion]);
}

/** What shows a sign, with the way to it. */
function shownBy(
  { words }: Visit,
  client: number,
  { messageId, invoiceId, logId, requestId, quote, ...rest }: Evidence & { invoice?: string },
): Part {
  const names = words.clientPage;
  const link =
    messageId !== undefined
      ? html`<a href="/inbox/${messageId}">${names.inMessage} ${messageId}</a>`
      : invoiceId !== undefined
        ? html`<a href="/clients/${client}?show=money">${names.onInvoice} ${rest.invoice ?? invoiceId}</a>`
        : logId !== undefined
          ? html`<a href="/clients/${client}?show=calls">${names.inLog} ${logId}</a>`
          : html`${names.inRequest} ${requestId ?? ''}`;
  return quote === undefined ? link : [html`<q>${quote}</q> `, link];
}

function holds(visit: Visit, { client, holds: standing, invoices }: ClientPage): Html {
  const { words } = visit;
  const names = words.page.clients;
  const rows = standing.map((hold) => {
    const number = hold.scope === 'invoice' ? invoices.find(({ id }) => id === hold.scopeId)?.number : undefined;
    return html`<div class="row"><p>${words.clientPage.holdReasons[hold.reason]}${number === undefined ? '' : ` (${number})`}</p><p class="why">${hold.note === null ? null : say(hold.note, visit.language)}</p><p class="why">${
      hold.until === null ? names.untilReleased : words.clientPage.until(momentWords(hold.until, visit, words))
    }</p><div class="do">${form(visit, `/holds/${hold.id}/release`, html`<button>${names.release}</button>`)}</div></div>`;
  });
  const button = form(visit, `/clients/${client.id}/hold`, html`<button class="stop">${names.hold}</button>`);
  return card(
    'holds',
    names.holds,
    standing.length,
    html`${rows}<div class="row"><div class="do">${button}</div></div>`,
  );
}

function logForm(visit: Visit, id: number): Html {
  const names = visit.words.page.clients;
  const fields = html`<label for="kind">${names.logKind}</label><select id="kind" name="kind">${logWords.map(
    (word) => html`<option value="${word}">${names.logKinds[word]}</option>`,
  )}</select><label for="minutes">${names.minutes}</label><input id="minutes" name="minutes" inputmode="numeric" size="5"><label for="about">${
    names.about
  }</label><input class="wide" id="about" name="text" required><div class="do"><button>${names.log}</button></div>`;
  return card('log', names.logTitle, '', html`<div class="row">${form(visit, `/clients/${id}/log`, fields)}</div>`);
}

/** The year in two pictures. */
function habits({ words }: Visit, { report: { heat, months, promises } }: ClientPage): Html {
  const names = words.clientPage;
  const written = names.writesInWords(heat.total, heat.outOfHours);
  const kept = names.promisesInWords(promises.kept, promises.late, promises.missed);
  return card(
    'habits',
    names.writes,
    names.lastYear,
    html`<div class="row"><p class="why">${written}</p>${heat.total === 0 ? null : heatPicture(heat, words, written)}</div><div class="row"><h3>${names.promises}</h3><p class="why">${kept}</p>${months.length === 0 ? null : promisesPicture(months, words, kept)}</div>`,
  );
}

function boundaryForm(visit: Visit, id: number): Html {
  const names = visit.words.clientPage;
  const kinds = Object.entries(names.boundaryKinds).map(
    ([value, label]) => html`<option value="${value}">${label}</option>`,
  );
  const fields = html`<p class="why">${names.boundaryHint}</p><label for="word">${names.boundary}</label><select id="word" name="word">${kinds}</select><div class="do"><button>${names.write}</button></div>`;
  return card(
    'boundary',
    names.boundary,
    '',
    html`<div class="row">${form(visit, `/clients/${id}/letter`, fields)}</div>`,
  );
}

function projects(visit: Visit, { client, projects: known }: ClientPage): Html {
  const names = visit.words.clientPage;
  const at = `/clients/${client.id}/project`;
  const act = (name: string, action: 'pause' | 'resume' | 'end') =>
    form(visit, at, html`<button>${names.projectActs[action]}<span class="hidden">: ${name}</span></button>`, {
      name,
      action,
    });
  const rows = known.map(({ name, state }) => {
    const acts =
      state === 'active'
        ? [act(name, 'pause'), act(name, 'end')]
        : state === 'paused'
          ? [act(name, 'resume'), act(name, 'end')]
          : null;
    return html`<div class="row"><p>${name} <span class="tag">${names.projectStates[state]}</span></p><div class="do">${acts}</div></div>`;
  });
  const add = form(
    visit,
    at,
    html`<label for="project">${names.projectName}</label><input class="wide" id="project" name="name" required><div class="do"><button>${names.projectActs.add}</button></div>`,
    { action: 'add' },
  );
  return card('projects', names.projects, known.length, html`${rows}<div class="row">${add}</div>`);
}

function termsForm(visit: Visit, { client }: ClientPage): Html {
  const names = visit.words.clientPage;
  const texts = termTexts(client);
  const field = (name: TermName) =>
    name === 'scope'
      ? html`<label for="term-${name}">${names.termLabels[name]}</label><textarea class="short" id="term-${name}" name="${name}">${texts[name]}</textarea>`
      : html`<label for="term-${name}">${names.termLabels[name]}</label><input class="wide" id="term-${name}" name="${name}" value="${texts[name]}">`;
  const fields = html`<p class="why">${names.termHint}</p>${termNames.map(field)}<div class="do"><button>${visit.words.settings.save}</button></div>`;
  return html`<section class="card" aria-labelledby="terms"><details><summary id="terms">${names.terms}</summary><div class="row">${form(visit, `/clients/${client.id}/terms`, fields)}</div></details></section>`;
}

function dossierCard({ words }: Visit, id: number): Html {
  const names = words.clientPage;
  const links = html`<div class="row"><p class="why">${names.dossierHint}</p><div class="do"><a class="button" href="/clients/${id}/dossier">${names.dossierRead}</a><a class="button" href="/clients/${id}/dossier.pdf">${names.dossierPdf}</a></div></div>`;
  return card('dossier', names.dossier, '', links);
}

function dossierIn(c: PageContext) {
  const { desk, words, now, zone } = visitOf(c);
  const id = idIn(c, words);
  return desk.store.read((r) => {
    const client = clientOf(r, id);
    if (client === undefined) throw new AppError('not-found', words.page.faults.notFound);
    const studio = desk.config.owner.business || desk.config.owner.name;
    return dossierOf(r, desk.config, client, { now, zone, studio, signDays: habitDays });
  });
}

/** To read and to print. It loads and runs nothing, whatever a message in it says; its one style is its own. */
function dossier(c: PageContext): Response | Promise<Response> {
  c.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'");
  return c.html(dossierPage(dossierIn(c), new Map(), visitOf(c).words));
}

async function dossierFile(c: PageContext): Promise<Response> {
  const made = dossierIn(c);
  const { dossierPdf } = await import('../desk/dossier-pdf.ts');
  const bytes = await dossierPdf(made, new Map(), { font: fontOfThisMachine(), words: visitOf(c).words });
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': 'application/pdf',
    // a name of ours: what a client is called is no file name
    'content-disposition': `attachment; filename="dossier-${made.client.id}.pdf"`,
  });
}

// --- the timeline

const partOf: Readonly<Record<EntryKind, TimelinePart>> = {
  'message-in': 'mail',
  'message-out': 'mail',
  answered: 'mail',
  letter: 'letters',
  invoice: 'money',
  credit: 'money',
  payment: 'money',
  reversal: 'money',
  void: 'money',
  'written-off': 'money',
  dispute: 'money',
  promise: 'money',
  hold: 'holds',
  'hold-ended': 'holds',
  call: 'calls',
  meeting: 'calls',
  chat: 'calls',
  note: 'calls',
  work: 'calls',
  delivery: 'calls',
  lunch: 'calls',
  dinner: 'calls',
  price: 'calls',
  attack: 'calls',
};

function timeline(visit: Visit, { client, timeline: all }: ClientPage, { part, most }: Asked): Html {
  const { words } = visit;
  const names = words.clientPage;
  const path = `/clients/${client.id}`;
  const links = (Object.keys(names.parts) as TimelinePart[]).map((name) =>
    name === part
      ? html`<a href="${path}?show=${name}#timeline" aria-current="true">${names.parts[name]}</a>`
      : html`<a href="${path}?show=${name}#timeline">${names.parts[name]}</a>`,
  );
  const wanted = all.filter(({ kind }) => part === 'all' || partOf[kind] === part);
  const more =
    wanted.length < most && all.length < most
      ? null
      : html`<p><a href="${path}?show=${part}&amp;most=${most * 4}#timeline">${names.more}</a></p>`;
  return html`<h2 id="timeline">${words.page.clients.timeline}</h2><div class="filters">${links}</div>${entries(visit, wanted.slice(0, most))}${more}`;
}

function entries(visit: Visit, shown: readonly TimelineEntry[]): Html {
  const { words, language } = visit;
  if (shown.length === 0) return html`<p>${words.page.clients.noEntries}</p>`;
  const when = ({ at, day }: TimelineEntry): Part =>
    at !== null
      ? moment(visit, at)
      : day === null
        ? ''
        : html`<time datetime="${day}">${dayWords(day, visit, words)}</time>`;
  return html`<table class="table"><tbody>${shown.map(
    (entry) =>
      html`<tr data-row><td>${when(entry)}</td><td>${words.page.clients.entryKinds[entry.kind]}</td><td>${about(visit, entry)}${
        entry.minutes === null ? null : ` (${words.times.minutes(entry.minutes)})`
      }${
        entry.outOfHours === null
          ? null
          : html` <span class="tag soon">${words.page.inbox.outOfHours}: ${say(entry.outOfHours, language)}</span>`
      }</td></tr>`,
  )}</tbody></table>`;
}

/** What is known of it in the reader's language; somebody's own words as they are, with the way to them. */
function about(visit: Visit, { kind, id, text, facts: known }: TimelineEntry): Part {
  const { words } = visit;
  if (kind === 'message-in' || kind === 'message-out' || kind === 'answered')
    return html`<a href="/inbox/${id}">${text}</a>`;
  if (known === null) return text;
  const said = words.clientPage.entry;
  if (known.letter !== undefined)
    return [
      html`<a href="/outbox/${id}">${words.letters[known.letter]}</a>`,
      known.isUnsure === true ? ` ${said.unsure}` : null,
    ];
  const until = known.until == null ? null : momentWords(known.until, visit, words);
  if (known.hold !== undefined) return said.hold(words.clientPage.holdReasons[known.hold], known.number ?? null, until);
  const sum = known.sum === undefined ? null : moneyWords(known.sum.cents, known.sum.currency, words);
  return [
    said.ofInvoice(known.number ?? null, sum),
    known.isTakenBack === true ? ` ${said.takenBack}` : null,
    known.enteredOn === undefined ? null : ` ${said.enteredOn(dayWords(known.enteredOn, visit, words))}`,
  ];
}
