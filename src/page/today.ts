/** Today: what is going on and what waits for the owner, each with the act that settles it. */
import { sumsByCurrency } from '../rules/money.ts';
import type { Hono } from 'hono';
import { html, type Html, type Part } from './html.ts';
import { approveLetter, dropLetter, restoreLetter } from '../desk/outbox.ts';
import { noticesSeen, pauseSending, resumeSending } from '../desk/sending.ts';
import { type Away, outOfReachSince, whileAway } from '../desk/views/away.ts';
import { type MailboxView, viewMailboxes } from '../desk/views/mailboxes.ts';
import { openingFrom, soonest } from '../desk/views/letters.ts';
import { type Named, type StatusView, viewStatus } from '../desk/views/status.ts';
import { isFolderInUse } from '../desk/views/watching.ts';
import { wasLoginRefused } from '../jobs/login-pause.ts';
import { type StandingMoney, standingMoney } from '../jobs/standing-money.ts';
import { needsApproval, type Letter, whyItWaits } from '../rules/letter.ts';
import { isOpen, nextClosing } from '../rules/contact-hours.ts';
import { addDays, at, dayOf, hourMs, type Instant, weekdayOf } from '../rules/time.ts';
import { clockWords, momentWords, moneyWords, spanWords } from '../words/times.ts';
import { onPost } from './forms.ts';
import { card, distance, form, moment, page, text } from './layout.ts';
import { changedNote, leavingAt, upToDate } from './leaving.ts';
import { done, type PageEnv, type Visit, visitOf } from './page.ts';
import { say, tell } from '../words/voice.ts';

export function addTo(app: Hono<PageEnv>): void {
  app.get('/', (c) => c.html(today(visitOf(c))));
  onPost(app, '/outbox/:id/approve', (visit, { id }) => approve(visit, id));
  onPost(app, '/outbox/:id/drop', ({ desk, words }, { id }) => {
    const { changed } = dropLetter(desk, id, '');
    const undo = { path: `/outbox/${id}/restore`, fields: {} };
    return changed ? done(words.page.done.dropped, undo) : done(words.page.done.unchanged);
  });
  onPost(app, '/outbox/:id/restore', ({ desk, words }, { id }) => {
    const { changed } = restoreLetter(desk, id);
    return done(changed ? words.page.done.restored : words.page.done.unchanged);
  });
  onPost(app, '/notices/:id/seen', ({ desk, words }, { id }) => {
    noticesSeen(desk, id);
    return done(words.page.done.noticeSeen);
  });
  onPost(app, '/pause', (visit, { fields }) => {
    pauseSending(visit.desk, { why: '', until: fields['until'] === 'monday' ? nextMonday(visit) : null });
    return done(visit.words.page.done.paused, { path: '/resume', fields: {} });
  });
  onPost(app, '/resume', ({ desk, words }) => {
    resumeSending(desk);
    return done(words.page.done.resumed);
  });
}

function approve(visit: Visit, id: number) {
  const { desk, words } = visit;
  upToDate(visit, id);
  const { letter, changed } = approveLetter(desk, id);
  if (!changed) return done(words.page.done.unchanged);
  const when = momentWords(soonest(letter, visit.desk.config.hours, visit.now), visit, words);
  return done(words.page.done.approved(words.letters[letter.kind], when));
}

/** Its first minute, on the owner's clock. */
function nextMonday({ now, zone }: Visit): Instant {
  let day = addDays(dayOf(now, zone), 1);
  while (weekdayOf(day) !== 'mon') day = addDays(day, 1);
  return at(day, 0, zone);
}

function today(visit: Visit): Html {
  const { desk, words, now } = visit;
  const isRunning = isFolderInUse(desk.config.dataDir);
  const names = desk.config.mailboxes.map(({ name }) => name);
  const { status, owed, ...reach } = desk.store.read((r) => ({
    mailboxes: names.length > 1 ? viewMailboxes(r, names, now) : [],
    refused: names.filter((name) => wasLoginRefused(r, name)),
    outSince: outOfReachSince(r, now),
    away: whileAway(r, now),
    status: viewStatus(r, desk.config, { now, isRunning }),
    owed: standingMoney(r, desk.config, now),
  }));
  const state =
    status.paused !== null ? 'paused' : desk.clock.standsStill ? 'demo' : isRunning ? 'watching' : 'stopped';
  const things = status.toAnswer.length + status.waiting.length + status.notices.length + status.trouble.length;
  return page(visit, {
    title: words.page.names.today,
    at: 'today',
    state: stateOf(visit, status),
    body: html`<h1>${words.page.today.heading(state, things)}</h1>
<p>${lead(visit, status, reach)}</p>${meanwhile(visit, reach)}${mailboxTable(visit, reach)}
<div class="three">${[toAnswer(visit, status), toApprove(visit, status), overdue(visit, owed)]}</div>
<div class="quiet">${[leavesNext(visit, status), trouble(visit, status), notices(visit, status), pause(visit, status)]}</div>`,
  });
}

function stateOf(visit: Visit, { runs }: StatusView): Part {
  const { desk, words, now, zone } = visit;
  const hours = desk.config.hours;
  const last = runs.toSorted((a, b) => b.startedAt - a.startedAt)[0];
  const read = last === undefined ? null : html` · ${words.page.lastRead(momentWords(last.startedAt, visit, words))}`;
  if (!isOpen(hours, now)) {
    const opening = openingFrom(visit.desk.config.hours, now);
    const until = opening === null ? words.page.closed : words.page.closedUntil(momentWords(opening, visit, words));
    return html`${until}${read}`;
  }
  const closing = nextClosing(hours, now);
  const until = closing === null ? words.page.openWithoutEnd : words.page.openUntil(clockWords(closing, zone));
  return html`${until}${read}`;
}

/** How far the servers are in reach. */
interface Reach {
  mailboxes: readonly MailboxView[];
  /** names of those that refuse the login */
  refused: readonly string[];
  /** when mail was last read, where it cannot be now */
  outSince: Instant | null;
  /** what came while it was not, if that was of late */
  away: Away | null;
}

/** What came while nothing could be read; while it still cannot, that is said instead. */
function meanwhile(visit: Visit, reach: Reach): Part {
  const { away } = reach;
  // in a demonstration the clock leaps from one event to the next
  if (away === null || visit.desk.clock.standsStill || outOfReach(visit, reach) !== null) return null;
  const { words } = visit;
  const [from, until] = [away.from, away.until].map((at) => momentWords(at, visit, words)) as [string, string];
  return html`<p class="why">${words.page.today.meanwhile(from, until, away)}</p>`;
}

/** Of several mailboxes one may be out of reach alone: the table says which. */
function outOfReach({ desk }: Visit, { refused, outSince }: Reach): Instant | null {
  return desk.config.mailboxes.length > 1 || refused.length > 0 ? null : outSince;
}

/** What is wrong first, then what waits longest. */
function mailboxTable(visit: Visit, { mailboxes, refused }: Reach): Part {
  if (mailboxes.length === 0) return null;
  const names = visit.words.page.mailboxes;
  const isRefused = ({ name }: MailboxView) => refused.includes(name);
  const sorted = mailboxes.toSorted((a, b) => Number(isRefused(b)) - Number(isRefused(a)) || b.late - a.late);
  const rows = sorted.map(
    (one) =>
      html`<tr data-row><th scope="row"><a href="/outbox?mailbox=${encodeURIComponent(one.name)}">${one.name}</a></th><td>${
        isRefused(one)
          ? html`<span class="tag late">${names.refused}</span>`
          : html`<span class="tag ok">${names.fine}</span>`
      }</td><td>${names.lastMail}: ${one.lastMail === null ? names.none : moment(visit, one.lastMail)}</td><td>${names.toApprove(one.toApprove)}</td><td>${names.toAnswer(one.toAnswer)}</td><td>${
        one.late === 0 ? null : html`<span class="tag late">${names.late(one.late)}</span>`
      }</td></tr>`,
  );
  return html`<table class="table" aria-label="${names.title}"><tbody>${rows}</tbody></table>`;
}

function lead(visit: Visit, { paused, isRunning, next }: StatusView, reach: Reach): Part {
  const { words } = visit;
  if (paused !== null) return words.page.today.pausedBecause(say(paused.why, visit.language));
  if (visit.desk.clock.standsStill) return words.page.today.demoHint;
  if (!isRunning) return words.page.today.stoppedHint;
  const since = outOfReach(visit, reach);
  if (since !== null) return words.page.today.outOfReach(momentWords(since, visit, words));
  if (next.length === 0) return words.page.today.nothingLeaves;
  // what waits for something else besides its time is in its card, with what it waits for
  const letter = next.find(({ waitsFor }) => waitsFor === null);
  if (letter === undefined) return null;
  const when = momentWords(soonest(letter, visit.desk.config.hours, visit.now), visit, words);
  return words.page.today.nextLeaves(words.letters[letter.kind], letter.client ?? letter.recipient, when);
}

const mostShown = 8;

function toAnswer(visit: Visit, { toAnswer: found }: StatusView): Html {
  const { words } = visit;
  const rows = found.slice(0, mostShown).map((window) => {
    const late = window.dueAt <= visit.now;
    return html`<div class="row"><h3><a href="/inbox/${window.openedBy}">${window.client ?? window.from}</a> <span class="tag ${
      late ? 'late' : 'ok'
    }">${late ? words.page.today.late : moment(visit, window.dueAt)}</span></h3><p>${window.subject}</p>${bar(visit, window)}</div>`;
  });
  const foot = found.length === 0 ? words.page.today.noneToAnswer : words.page.today.answerHint;
  return card(
    'to-answer',
    words.page.today.toAnswer,
    found.length,
    html`${rows}<div class="row"><p class="why">${foot}</p></div>`,
  );
}

/** How much of the time for the answer has passed, as a bar that runs out. */
function bar({ now, words }: Visit, { openedAt, dueAt }: { openedAt: Instant; dueAt: Instant }): Html {
  const share = Math.min(100, Math.max(0, Math.round((100 * (now - openedAt)) / Math.max(1, dueAt - openedAt))));
  const passed = words.page.today.share(
    Math.min(Math.round((now - openedAt) / hourMs), Math.round((dueAt - openedAt) / hourMs)),
    Math.round((dueAt - openedAt) / hourMs),
  );
  const left = dueAt <= now ? words.page.today.late : words.page.today.left(spanWords(dueAt - now, words));
  return html`<div class="time"><svg viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="${passed}"><rect class="${
    share >= 90 ? 'wait' : 'go'
  }" width="${share}" height="8"/></svg><span>${left}</span></div>`;
}

function toApprove(visit: Visit, { waiting }: StatusView): Html {
  const { words } = visit;
  const rows = waiting.slice(0, mostShown).map((letter) => letterRow(visit, letter));
  const none = html`<div class="row"><p class="why">${words.page.today.noneToApprove}</p></div>`;
  return card(
    'to-approve',
    words.page.today.toApprove(waiting.length),
    waiting.length,
    waiting.length === 0 ? none : rows,
  );
}

function letterRow(visit: Visit, stored: Named<Letter>): Html {
  const { words } = visit;
  const asLeaving = leavingAt(visit, stored);
  const letter = { ...stored, ...asLeaving.letter };
  return html`<div class="row letter-row" data-letter="${letter.id}"><h3><a href="/outbox/${letter.id}">${
    letter.client ?? letter.recipient
  }</a> <span class="tag soon">${words.letters[letter.kind]}</span></h3><p class="why">${say(whyItWaits(letter), visit.language)}</p>${changedNote(visit, asLeaving)}
<div class="letter"><p class="head">${words.page.letter.to}: ${letter.recipientName} &lt;${letter.recipient}&gt;<br>${letter.subject}</p>${text(
    letter.text,
  )}</div>${acts(visit, letter)}</div>`;
}

/** What may be done with a letter that waits for the owner. */
export function acts(visit: Visit, letter: Letter): Part {
  const { words } = visit;
  if (!needsApproval(letter)) return null;
  const when = momentWords(soonest(letter, visit.desk.config.hours, visit.now), visit, words);
  const send = form(
    visit,
    `/outbox/${letter.id}/approve`,
    html`<button class="main" data-key="a">${words.page.today.sendAt(when)} <kbd aria-hidden="true">a</kbd></button>`,
  );
  const ending = html`<p class="why">${words.page.today.endIsApprovedElsewhere}</p>`;
  return html`<div class="do">${letter.kind === 'termination' ? ending : send}<a class="button" data-key="e" href="/outbox/${letter.id}/edit">${
    words.page.letter.edit
  } <kbd aria-hidden="true">e</kbd></a>${form(
    visit,
    `/outbox/${letter.id}/drop`,
    html`<button class="stop" data-key="d">${words.page.letter.drop} <kbd aria-hidden="true">d</kbd></button>`,
  )}</div>`;
}

function overdue(visit: Visit, cases: readonly StandingMoney[]): Html {
  const { words } = visit;
  const rows = cases
    .slice(0, mostShown)
    .map(
      (one) =>
        html`<div class="row"><h3><a href="/clients/${one.clientId}">${one.client}</a> <span class="sum">${moneyWords(
          one.overdueCents,
          one.currency,
          words,
        )}</span></h3><p class="why">${say(one.why, visit.language)}</p><p class="why">${
          one.lookAt === null
            ? words.page.today.whenSomethingHappens
            : words.page.today.nextLook(momentWords(one.lookAt, visit, words))
        }</p></div>`,
    );
  const none = html`<div class="row"><p class="why">${words.page.today.noneOverdue}</p></div>`;
  return card('overdue', words.page.today.overdue, totals(visit, cases), cases.length === 0 ? none : rows);
}

/** One sum for each currency. */
function totals({ words }: Visit, cases: readonly StandingMoney[]): string {
  return sumsByCurrency(cases.map(({ currency, overdueCents: cents }) => ({ currency, cents })))
    .map(({ currency, cents }) => moneyWords(cents, currency, words))
    .join(' + ');
}

function leavesNext(visit: Visit, { next }: StatusView): Part {
  const { words } = visit;
  if (next.length === 0) return null;
  const rows = next
    .slice(0, mostShown)
    .map(
      (letter) =>
        html`<div class="row"><h3><a href="/outbox/${letter.id}">${letter.client ?? letter.recipient}</a> <span class="tag">${
          words.letters[letter.kind]
        }</span></h3><p class="why">${words.page.letter.notBefore} ${moment(visit, letter.notBefore)}</p><p class="why">${letter.waitsFor && say(letter.waitsFor, visit.language)}</p><div class="do">${form(
          visit,
          `/outbox/${letter.id}/drop`,
          html`<button class="stop">${words.page.today.stop}</button>`,
        )}</div></div>`,
    );
  return card('leaves-next', words.page.today.leavesNext, next.length, rows);
}

function trouble(visit: Visit, { trouble: found }: StatusView): Part {
  const { words } = visit;
  if (found.length === 0) return null;
  const rows = found
    .slice(0, mostShown)
    .map(
      (letter) =>
        html`<div class="row"><h3><a href="/outbox/${letter.id}">${letter.client ?? letter.recipient}</a> <span class="tag late">${
          words.letterStates[letter.state]
        }</span></h3><p class="why">${say(letter.lastError ?? letter.why, visit.language)}</p></div>`,
    );
  return card('trouble', words.page.today.trouble, found.length, rows);
}

function notices(visit: Visit, { notices: found }: StatusView): Part {
  const { words } = visit;
  if (found.length === 0) return null;
  const rows = found
    .slice(0, mostShown)
    .map(
      (notice) =>
        html`<div class="row"><p>${tell(notice.told, visit.language).text}</p><p class="why">${tell(notice.told, visit.language).next}</p><p class="why">${distance(
          visit,
          notice.at,
        )}</p><div class="do">${form(visit, `/notices/${notice.id}/seen`, html`<button>${words.page.today.seen}</button>`)}</div></div>`,
    );
  return card('notices', words.page.today.notices, found.length, rows);
}

function pause(visit: Visit, { paused }: StatusView): Html {
  const { words } = visit;
  const buttons =
    paused === null
      ? [
          form(visit, '/pause', html`<button class="stop big">${words.page.today.pause}</button>`),
          form(visit, '/pause', html`<button>${words.page.today.pauseUntilMonday}</button>`, { until: 'monday' }),
        ]
      : [form(visit, '/resume', html`<button class="main big">${words.page.today.resume}</button>`)];
  return card(
    'pause',
    words.page.today.pauseAll,
    '',
    html`<div class="row"><p class="why">${words.page.today.pauseHint}</p><div class="do">${buttons}</div></div>`,
  );
}
