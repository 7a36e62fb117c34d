/** Letters: by state, one as text and as its HTML, and what may be done with it. */
import type { Hono } from 'hono';
import { html, type Html, type Part } from './html.ts';
import { approveLetter, editLetter, resolveLetter, retryLetter } from '../desk/outbox.ts';
import { type LetterView, viewLetter, viewLetters } from '../desk/views/letters.ts';
import { AppError } from '../errors.ts';
import { htmlOf } from '../letters/html.ts';
import { groundOf } from '../jobs/leaving-now.ts';
import { type LetterState, whyItWaits } from '../rules/letter.ts';
import { toIso } from '../rules/time.ts';
import { csv } from './csv.ts';
import { onPost } from './forms.ts';
import { form, moment, page, text } from './layout.ts';
import { asLeaving as asListed, changedNote, groundSeen, leavingAt, upToDate } from './leaving.ts';
import { done, type Fields, idIn, type PageContext, type PageEnv, type Visit, visitOf } from './page.ts';
import type { Outcome } from './tickets.ts';
import { acts } from './today.ts';
import { say } from '../words/voice.ts';

type Filter = 'waiting' | 'gone' | 'all';
const filters: Record<Filter, LetterState[] | undefined> = {
  waiting: ['held', 'queued', 'sending', 'failed', 'unsure'],
  gone: ['sent', 'filed'],
  all: undefined,
};

export function addTo(app: Hono<PageEnv>): void {
  app.get('/outbox', (c) => c.html(list(visitOf(c), filterOf(c.req.query('state')), c.req.query('mailbox') ?? '')));
  app.get('/outbox.csv', (c) => listed(c, filterOf(c.req.query('state'))));
  app.get('/outbox/:id', (c) => c.html(one(visitOf(c), idIn(c, visitOf(c).words))));
  app.get('/outbox/:id/edit', (c) => c.html(editing(visitOf(c), idIn(c, visitOf(c).words))));
  app.get('/outbox/:id/html', (c) => {
    const { text: letterText, language } = found(visitOf(c), idIn(c, visitOf(c).words)).letter;
    // the frame may load and run nothing, whatever the letter says; its one style is its own
    c.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'",
    );
    return c.html(htmlOf(letterText, language));
  });
  onPost(app, '/outbox/approve', (visit, { fields }) => approveChosen(visit, fields));
  onPost(app, '/outbox/:id/edit', (visit, { id, fields }) => {
    const { desk, words } = visit;
    const { changed } = editLetter(desk, id, {
      subject: fields['subject'] ?? '',
      text: plainLines(fields['text'] ?? ''),
      upon: groundSeen(visit, id, {
        subject: fields['upon-subject'] ?? '',
        text: plainLines(fields['upon-text'] ?? ''),
      }),
    });
    return done(changed ? words.page.done.edited : words.page.done.unchanged);
  });
  onPost(app, '/outbox/:id/retry', ({ desk, words }, { id }) => {
    const { changed } = retryLetter(desk, id);
    return done(changed ? words.page.done.retried : words.page.done.unchanged);
  });
  onPost(app, '/outbox/:id/resolve', ({ desk, words }, { id, fields }) => {
    const { changed } = resolveLetter(desk, id, fields['outcome'] === 'sent' ? 'sent' : 'not-sent');
    return done(changed ? words.page.done.settled : words.page.done.unchanged);
  });
}

/** Each by itself: what cannot be approved, or was decided by another hand, holds no other up. */
function approveChosen(visit: Visit, fields: Fields): Outcome {
  const { desk, words } = visit;
  const names = words.page.outbox;
  const ids = Object.keys(fields).flatMap((name) => /^letter-([1-9]\d{0,14})$/.exec(name)?.[1] ?? []);
  if (ids.length === 0) return { kind: 'fault', text: names.noneChosen, undo: null };
  const approved = ids.filter((id) => {
    try {
      upToDate(visit, Number(id));
      return approveLetter(desk, Number(id)).changed;
    } catch (fault) {
      if (fault instanceof AppError && fault.code !== 'store') return false;
      throw fault;
    }
  });
  return done(names.chosenApproved(approved.length, ids.length - approved.length));
}

/** A form sends CRLF (HTML Standard, section 4.10.21.7). */
function plainLines(value: string): string {
  return value.replaceAll('\r\n', '\n');
}

function filterOf(value: string | undefined): Filter {
  return value === 'gone' || value === 'all' ? value : 'waiting';
}

const mostShown = 50;

function list(visit: Visit, filter: Filter, mailbox: string): Html {
  const { desk, words } = visit;
  const states = filters[filter];
  const own = desk.config.mailboxes.map(({ name }) => name).filter((name) => name === mailbox);
  const letters = desk.store
    .read((r) => viewLetters(r, { ...(states && { states }), ...(own.length === 0 && { limit: mostShown }) }))
    .filter((letter) => own.length === 0 || letter.mailbox === mailbox)
    .slice(0, mostShown);
  const names: Record<Filter, string> = {
    waiting: words.page.outbox.waiting,
    gone: words.page.outbox.gone,
    all: words.page.outbox.allStates,
  };
  const links = (Object.keys(filters) as Filter[]).map((name) =>
    name === filter
      ? html`<a href="/outbox?state=${name}" aria-current="true">${names[name]}</a>`
      : html`<a href="/outbox?state=${name}">${names[name]}</a>`,
  );
  return page(visit, {
    title: words.page.names.outbox,
    at: 'outbox',
    body: html`<h1>${words.page.names.outbox}</h1><div class="filters">${[links, mailboxLinks(visit, filter, own[0] ?? null)]}<a href="/outbox.csv?state=${filter}">${words.moneyPage.asCsv}</a></div>${
      letters.length === 0 ? html`<p>${words.page.outbox.empty}</p>` : rows(visit, letters)
    }`,
  });
}

function listed(c: PageContext, filter: Filter): Response {
  const { desk, words, language } = visitOf(c);
  const states = filters[filter];
  const letters = asListed(
    visitOf(c),
    desk.store.read((r) => viewLetters(r, states === undefined ? {} : { states })),
  );
  const names = words.page.letter;
  return csv(c, 'letters', [
    ['id', words.page.outbox.filter, names.to, names.subject, names.notBefore, names.sent, names.why],
    ...letters.map((letter) => [
      ...[String(letter.id), words.letterStates[letter.state], letter.client ?? letter.recipient, letter.subject],
      ...[toIso(letter.notBefore), letter.sentAt === null ? '' : toIso(letter.sentAt), say(letter.why, language)],
    ]),
  ]);
}

/** Only where there is more than one. */
function mailboxLinks({ desk, words }: Visit, filter: Filter, chosen: string | null): Part {
  const { mailboxes } = desk.config;
  if (mailboxes.length < 2) return null;
  const link = (name: string | null, label: string) => {
    const address = `/outbox?state=${filter}${name === null ? '' : `&mailbox=${encodeURIComponent(name)}`}`;
    return name === chosen
      ? html`<a href="${address}" aria-current="true">${label}</a>`
      : html`<a href="${address}">${label}</a>`;
  };
  return [link(null, words.page.mailboxes.all), mailboxes.map(({ name }) => link(name, name))];
}

/** Several may be chosen and approved at once, where more than one waits for it. */
function rows(visit: Visit, letters: readonly LetterView[]): Html {
  const mayBeChosen = letters.filter((letter) => letter.needsApproval && letter.kind !== 'termination');
  if (mayBeChosen.length < 2) return table(visit, letters, false);
  const button = html`<div class="do"><button class="main">${visit.words.page.outbox.approveChosen}</button></div>`;
  return form(visit, '/outbox/approve', [table(visit, letters, true), button]);
}

function table(visit: Visit, letters: readonly LetterView[], isChosen: boolean): Html {
  const { words } = visit;
  return html`<table class="table"><thead><tr><th scope="col">${words.page.letter.to}</th><th scope="col">${
    words.page.letter.subject
  }</th><th scope="col">${words.page.outbox.filter}</th></tr></thead><tbody>${letters.map(
    (letter) =>
      html`<tr data-row><th scope="row">${isChosen ? choice(visit, letter) : null}<a href="/outbox/${letter.id}">${letter.client ?? letter.recipient}</a></th><td>${
        letter.needsApproval ? preview(visit, letter) : leavingAt(visit, letter).letter.subject
      }</td><td>${stateOf(visit, letter)}</td></tr>`,
  )}</tbody></table>`;
}

function choice({ words }: Visit, letter: LetterView): Part {
  if (!letter.needsApproval || letter.kind === 'termination') return null;
  return html`<input type="checkbox" name="letter-${letter.id}" aria-label="${words.page.outbox.choose(letter.subject)}"> `;
}

/** The whole letter as it would leave now, folded away. */
function preview(visit: Visit, stored: LetterView): Html {
  const asLeaving = leavingAt(visit, stored);
  const { subject, text: words } = asLeaving.letter;
  return html`<details><summary>${subject}</summary>${changedNote(visit, asLeaving)}<div class="letter">${text(words)}</div></details>`;
}

function stateOf(visit: Visit, letter: LetterView): Part {
  const { words } = visit;
  const when = moment(visit, letter.sentAt ?? letter.notBefore);
  const state = letter.needsApproval ? words.page.letter.waitsForYou : words.letterStates[letter.state];
  return html`<span class="tag">${state}</span> ${when}`;
}

/** As it would leave now. */
function found(visit: Visit, id: number) {
  const view = visit.desk.store.read((r) => viewLetter(r, id));
  if (view === undefined) throw new AppError('not-found', visit.words.page.faults.notFound);
  const asLeaving = leavingAt(visit, view.letter);
  return { letter: { ...view.letter, ...asLeaving.letter }, history: view.history, asLeaving };
}

function one(visit: Visit, id: number): Html {
  const { words } = visit;
  const { letter, history, asLeaving } = found(visit, id);
  const names = words.page.letter;
  return page(visit, {
    title: letter.subject,
    at: 'outbox',
    body: html`<h1>${letter.subject}</h1>
<dl><dt>${names.to}</dt><dd>${letter.recipientName} &lt;${letter.recipient}&gt;</dd><dt>${names.from}</dt><dd>${letter.sender}</dd><dt>${
      words.page.outbox.filter
    }</dt><dd>${stateOf(visit, letter)}</dd><dt>${names.why}</dt><dd>${say(whyItWaits({ ...letter, lastError: null }), visit.language)}</dd>${
      letter.lastError === null
        ? null
        : html`<dt>${words.page.today.trouble}</dt><dd>${say(letter.lastError, visit.language)}</dd>`
    }</dl>
${changedNote(visit, asLeaving)}<div class="letter">${text(letter.text)}</div>
${[acts(visit, letter), otherActs(visit, letter)]}
<h2>${names.asTheClientSeesIt}</h2>
<iframe sandbox title="${names.asTheClientSeesIt}" src="/outbox/${letter.id}/html"></iframe>
<h2>${names.history}</h2>
<dl>${history.map((entry) => html`<dt>${moment(visit, entry.at)}</dt><dd>${say(entry.why, visit.language)}</dd>`)}</dl>`,
  });
}

function otherActs(visit: Visit, letter: LetterView): Part {
  const names = visit.words.page.letter;
  const at = `/outbox/${letter.id}`;
  const button = (verb: string, label: string, fields: Record<string, string> = {}) =>
    form(visit, `${at}/${verb}`, html`<button>${label}</button>`, fields);
  if (letter.state === 'dropped' && letter.endedBy === 'owner')
    return html`<div class="do">${button('restore', names.restore)}</div>`;
  if (letter.state === 'failed') return html`<div class="do">${button('retry', names.retry)}</div>`;
  if (letter.state !== 'unsure') return null;
  return html`<div class="do">${button('resolve', names.wasSent, { outcome: 'sent' })}${button(
    'resolve',
    names.wasNotSent,
    {
      outcome: 'not-sent',
    },
  )}</div>`;
}

function editing(visit: Visit, id: number): Html {
  const { words } = visit;
  const { letter, asLeaving } = found(visit, id);
  const upon = groundOf(asLeaving);
  const names = words.page.letter;
  return page(visit, {
    title: `${names.edit}: ${letter.subject}`,
    at: 'outbox',
    body: html`<h1>${names.edit}</h1><p>${names.to}: ${letter.recipientName} &lt;${letter.recipient}&gt;</p>${changedNote(visit, asLeaving)}${form(
      visit,
      `/outbox/${id}/edit`,
      html`<label for="subject">${names.subject}</label><input class="wide" id="subject" name="subject" required value="${letter.subject}">
<label for="text">${names.text}</label><textarea id="text" name="text" required data-count="count">${letter.text}</textarea>
<p class="why"><span id="count"></span></p><div class="do"><button class="main">${names.save}</button><a class="button" href="/outbox/${id}">${
        letter.subject
      }</a></div>`,
      { back: `/outbox/${id}`, ...(upon && { 'upon-subject': upon.subject, 'upon-text': upon.text }) },
    )}`,
  });
}
