/** The way out of the work for a client, step by step: each step by its button, the letter shown before it is approved. */
import type { Hono } from 'hono';
import { html, type Html, type Part } from './html.ts';
import {
  approveExit,
  cancelByHand,
  checkItem,
  endByHand,
  exitOfClient,
  type ExitDesk,
  type ExitView,
  handOver,
  previewExit,
  proposeExit,
  undoApproval,
  writeReport,
} from '../desk/exit.ts';
import { parseDay, parseWhole } from '../desk/values.ts';
import { clientOf } from '../desk/views/clients.ts';
import { AppError } from '../errors.ts';
import { type ExitCheck, exitReasons, type ExitState } from '../rules/exit.ts';
import { dayOf, type LocalDay } from '../rules/time.ts';
import { dayWords, momentWords } from '../words/times.ts';
import { onPost } from './forms.ts';
import { card, form, moment, page, text } from './layout.ts';
import { done, type Fields, idIn, type PageEnv, type Visit, visitOf } from './page.ts';
import { say } from '../words/voice.ts';

export function addTo(app: Hono<PageEnv>): void {
  app.get('/clients/:id/exit', (c) => c.html(one(visitOf(c), idIn(c, visitOf(c).words))));
  const at = (verb: string) => `/clients/:id/exit/${verb}`;
  onPost(app, at('propose'), (visit, { id, fields }) => propose(visit, id, fields));
  onPost(app, at('check'), (visit, { id, fields }) => {
    const undo = fields['undo'] === 'yes';
    checkItem(exitDesk(visit), String(id), fields['item'] ?? '', { undo, logId: null });
    const { checked, unchecked } = visit.words.exitPage.done;
    return done(undo ? unchecked : checked);
  });
  onPost(app, at('approve'), (visit, { id, fields }) => {
    const { changed } = approveExit(exitDesk(visit), String(id), fields['name'] ?? '');
    const undo = { path: `/clients/${id}/exit/undo`, fields: {} };
    return changed ? done(visit.words.exitPage.done.approved, undo) : done(visit.words.page.done.unchanged);
  });
  onPost(app, at('undo'), (visit, { id }) => {
    const { changed } = undoApproval(exitDesk(visit), String(id));
    return done(changed ? visit.words.exitPage.done.unapproved : visit.words.page.done.unchanged);
  });
  onPost(app, at('cancel'), (visit, { id, fields }) => {
    cancelByHand(exitDesk(visit), String(id), fields['why'] ?? '');
    return done(visit.words.exitPage.done.cancelled);
  });
  onPost(app, at('end'), (visit, { id, fields }) => {
    endByHand(exitDesk(visit), String(id), dayIn(visit, fields['reached']));
    return done(visit.words.exitPage.done.ended);
  });
  onPost(app, at('handover'), (visit, { id, fields }) => handedOver(visit, id, fields));
  onPost(app, at('report'), (visit, { id }) => {
    writeReport(exitDesk(visit), String(id));
    return done(visit.words.exitPage.done.report);
  });
}

function exitDesk({ desk }: Visit): ExitDesk {
  return { ...desk, settings: desk.config, mailbox: desk.config.mailboxes[0]?.name ?? '' };
}

function dayIn({ now, zone }: Visit, typed: string | undefined): LocalDay | null {
  return typed === undefined || typed.trim() === '' ? null : parseDay(typed, dayOf(now, zone));
}

function linesIn(typed: string | undefined): string[] {
  return (typed ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function propose(visit: Visit, id: number, fields: Fields) {
  const typed = (name: string) => (fields[name] ?? '').trim() || null;
  const milestone = typed('milestone');
  const days = typed('noticeDays');
  const reason = fields['reason'] === 'own-words' ? typed('ownWords') : typed('reason');
  const { changed, did } = proposeExit(exitDesk(visit), String(id), {
    reason,
    noticeDays: milestone !== null || days === null ? null : parseWhole(days, 'number of days', { min: 0, max: 365 }),
    milestone,
    by: milestone === null ? null : dayIn(visit, fields['by']),
    referral: typed('referral'),
    handover: linesIn(fields['handover']),
    onPayment: linesIn(fields['onPayment']),
  });
  const said = visit.words.exitPage.done;
  if (!changed) return done(visit.words.page.done.unchanged);
  return did === 'changed'
    ? done(said.changed)
    : done(said.proposed, { path: `/clients/${id}/exit/cancel`, fields: {} });
}

function handedOver(visit: Visit, id: number, fields: Fields) {
  const number = fields['done'];
  const release = fields['release'] === 'yes';
  handOver(exitDesk(visit), String(id), {
    add: linesIn(fields['add']),
    onPayment: linesIn(fields['onPayment']),
    done: number === undefined ? [] : [parseWhole(number, 'number of an item', { min: 1, max: 999 })],
    release,
  });
  const said = visit.words.exitPage.done;
  return done(release ? said.released : said.handed);
}

function one(visit: Visit, id: number): Html {
  const { desk, words, now } = visit;
  const found = desk.store.read((r) => ({
    client: clientOf(r, id),
    exit: exitOfClient(r, desk.config, id, now),
    letter: exitOfClient(r, desk.config, id, now) === null ? null : preview(visit, id),
  }));
  const { client, exit, letter } = found;
  if (client === undefined) throw new AppError('not-found', words.page.faults.notFound);
  const names = words.exitPage;
  const isOpen = exit !== null && exit.state !== 'cancelled';
  return page(visit, {
    title: names.heading(client.name),
    at: 'clients',
    body: html`<h1>${names.heading(client.name)}</h1><p><a href="/clients/${id}">${client.name}</a> · ${names.intro}</p>
${isOpen ? stepper(visit, exit) : null}
<div class="three">${isOpen ? cards(visit, id, exit) : [proposeCard(visit, id, null)]}</div>
${isOpen && letter !== null ? letterCard(visit, letter) : null}
${exit === null ? null : earlierOnes(visit, exit)}`,
  });
}

/** A letter that the record gives no ground for now is not shown; the reasons stand among those why it cannot be approved. */
function preview(visit: Visit, id: number): { subject: string; text: string } | null {
  try {
    return visit.desk.store.read((r) => previewExit(r, exitDesk(visit), String(id), visit.now));
  } catch (fault) {
    if (fault instanceof AppError) return null;
    throw fault;
  }
}

const steps: readonly ExitState[] = [
  'proposed',
  'cooling',
  'checklist',
  'approved',
  'notice-sent',
  'notice-running',
  'ended',
];

function stepper({ words }: Visit, { state }: ExitView): Html {
  const here = steps.indexOf(state);
  return html`<ol class="steps">${steps.map((step, at) => {
    const kind = at < here ? 'done' : at === here ? 'here' : '';
    return html`<li class="${kind}"${at === here ? html` aria-current="step"` : ''}>${words.exitPage.states[step]}</li>`;
  })}</ol>`;
}

/** What can be done in each state, the next step first. */
function cards(visit: Visit, id: number, exit: ExitView): Part {
  const { state } = exit;
  const early = state === 'proposed' || state === 'cooling' || state === 'checklist';
  return [
    factsCard(visit, id, exit),
    early ? checklistCard(visit, id, exit) : null,
    state === 'checklist' ? approveCard(visit, id, exit) : null,
    early ? proposeCard(visit, id, exit) : null,
    exit.exit.handover.length > 0 || !early ? handoverCard(visit, id, exit) : null,
  ];
}

function factsCard(visit: Visit, id: number, exit: ExitView): Html {
  const { words } = visit;
  const names = words.exitPage;
  const { reason, ownWords, proposedBy, proposedAt, notice, referral } = exit.exit;
  const day = (value: LocalDay) => dayWords(value, visit, words);
  const until =
    exit.state === 'cooling' && exit.coolingEndsAt !== null
      ? html`<p>${names.coolingUntil(momentWords(exit.coolingEndsAt, visit, words))}</p>`
      : exit.exit.sentAt !== null && exit.noticeEndsOn !== null
        ? html`<p>${names.noticeUntil(day(exit.noticeEndsOn))}</p>`
        : null;
  const noticeWords =
    notice.kind === 'days'
      ? html`<dt>${names.noticeDays}</dt><dd>${notice.days}</dd>`
      : html`<dt>${names.milestone}</dt><dd>${notice.milestone}${notice.by === null ? null : html`, ${names.by} ${day(notice.by)}`}</dd>`;
  const body = html`<div class="row">${until}<dl><dt>${names.reason}</dt><dd>${
    reason === 'own-words' ? ownWords : names.reasons[reason]
  }</dd>${noticeWords}${referral === '' ? null : html`<dt>${names.referral}</dt><dd>${referral}</dd>`}<dt>${names.proposedBy[proposedBy]}</dt><dd>${moment(visit, proposedAt)}</dd></dl>${
    exit.warnings.length === 0
      ? null
      : html`<h3>${names.warnings}</h3><ul>${exit.warnings.map((warning) => html`<li>${say(warning, visit.language)}</li>`)}</ul>`
  }${stopActs(visit, id, exit)}</div>`;
  return card('facts', names.states[exit.state], '', body);
}

function stopActs(visit: Visit, id: number, { state, exit }: ExitView): Part {
  const names = visit.words.exitPage;
  const at = (verb: string) => `/clients/${id}/exit/${verb}`;
  if (state === 'ended') return form(visit, at('report'), html`<div class="do"><button>${names.report}</button></div>`);
  if (exit.sentAt !== null) {
    const reached =
      exit.notice.kind === 'milestone'
        ? html`<label for="reached">${names.reachedOn}</label><input id="reached" name="reached" type="date" required>`
        : null;
    return form(visit, at('end'), html`${reached}<div class="do"><button class="main">${names.end}</button></div>`);
  }
  const undo = form(visit, at('undo'), html`<div class="do"><button>${names.undoApproval}</button></div>`);
  const cancel = form(
    visit,
    at('cancel'),
    html`<label for="why">${names.cancelWhy}</label><input class="wide" id="why" name="why"><div class="do"><button class="stop">${names.cancel}</button></div>`,
  );
  return [state === 'approved' ? undo : null, cancel];
}

function checklistCard(visit: Visit, id: number, { items }: ExitView): Html {
  const names = visit.words.exitPage;
  const rows = items.map(({ item, done: isDone, note }) => {
    const button = form(
      visit,
      `/clients/${id}/exit/check`,
      html`<button>${isDone ? names.uncheck : names.check}<span class="hidden">: ${names.checks[item as ExitCheck]}</span></button>`,
      { item, undo: isDone ? 'yes' : 'no' },
    );
    const talk =
      item === 'talked' && !isDone
        ? html`<p class="why"><a href="/clients/${id}#log">${names.talkFirst}</a></p>`
        : null;
    return html`<div class="row"><p>${isDone ? html`<span class="tag ok">✓</span> ` : null}${names.checks[item as ExitCheck]}</p><p class="why">${say(note, visit.language)}</p>${talk}<div class="do">${button}</div></div>`;
  });
  return card('checklist', names.checklist, `${items.filter((one) => one.done).length}/${items.length}`, rows);
}

function approveCard(visit: Visit, id: number, { client, refusals }: ExitView): Html {
  const names = visit.words.exitPage;
  const approve = form(
    visit,
    `/clients/${id}/exit/approve`,
    html`<label for="name">${names.typeName(client.name)}</label><input class="wide" id="name" name="name" autocomplete="off" required><p class="why">${names.approveHint}</p><div class="do"><button class="main">${names.approve}</button></div>`,
  );
  const reasons = html`<p>${names.notYet}:</p><ul>${refusals.map((refusal) => html`<li>${say(refusal, visit.language)}</li>`)}</ul>`;
  return card(
    'approve',
    names.approveTitle,
    '',
    html`<div class="row">${refusals.length > 0 ? reasons : approve}</div>`,
  );
}

function proposeCard(visit: Visit, id: number, exit: ExitView | null): Html {
  const { desk, words } = visit;
  const names = words.exitPage;
  const known = exit?.exit;
  const milestone = known?.notice.kind === 'milestone' ? known.notice : null;
  const days = known?.notice.kind === 'days' ? known.notice.days : desk.config.exit.noticeDays;
  const chosen = known?.reason ?? exitReasons[0];
  const title = known === undefined ? names.propose : known.coolingFrom === null ? names.takeUp : names.change;
  const fields = html`<label for="reason">${names.reason}</label><select id="reason" name="reason">${exitReasons.map(
    (reason) =>
      html`<option value="${reason}"${reason === chosen ? html` selected` : ''}>${names.reasons[reason]}</option>`,
  )}</select>
<label for="ownWords">${names.ownWords}</label><input class="wide" id="ownWords" name="ownWords" value="${known?.ownWords ?? ''}" aria-describedby="ownHint"><p class="why" id="ownHint">${names.ownWordsHint}</p>
<label for="noticeDays">${names.noticeDays}</label><input id="noticeDays" name="noticeDays" inputmode="numeric" size="4" value="${milestone === null ? days : ''}">
<label for="milestone">${names.milestone}</label><input class="wide" id="milestone" name="milestone" value="${milestone?.milestone ?? ''}">
<label for="by">${names.by}</label><input id="by" name="by" type="date" value="${milestone?.by ?? ''}">
<label for="referral">${names.referral}</label><input class="wide" id="referral" name="referral" value="${known?.referral ?? ''}">
<label for="handover">${names.handover} (${names.oneALine})</label><textarea class="short" id="handover" name="handover"></textarea>
<label for="onPayment">${names.onPayment} (${names.oneALine})</label><textarea class="short" id="onPayment" name="onPayment"></textarea>
<div class="do"><button class="${known?.coolingFrom == null ? 'main' : ''}">${title}</button></div>`;
  const body = html`<div class="row">${form(visit, `/clients/${id}/exit/propose`, fields)}</div>`;
  return known?.coolingFrom == null
    ? card('propose', title, '', body)
    : html`<section class="card" aria-labelledby="propose"><details><summary id="propose">${title}</summary>${body}</details></section>`;
}

function handoverCard(visit: Visit, id: number, { exit, handover, state }: ExitView): Html {
  const { words } = visit;
  const names = words.exitPage;
  const at = `/clients/${id}/exit/handover`;
  const isOpen = exit.sentAt !== null || state === 'ended';
  const rows = exit.handover.map(({ item, handedOn, onPayment }, index) => {
    const waits = onPayment === true && !handover.released;
    const button =
      handedOn !== null || waits || !isOpen
        ? null
        : form(visit, at, html`<button>${names.handOn}<span class="hidden">: ${item}</span></button>`, {
            done: String(index + 1),
          });
    return html`<div class="row"><p>${item}${handedOn === null ? null : html` <span class="tag ok">${dayWords(handedOn, visit, words)}</span>`}${waits ? html` <span class="tag soon">${names.onPayment}</span>` : null}</p><div class="do">${button}</div></div>`;
  });
  const release =
    handover.released || !isOpen
      ? null
      : form(
          visit,
          at,
          html`<p class="why">${names.releaseHint}</p><div class="do"><button class="stop">${names.release}</button></div>`,
          { release: 'yes' },
        );
  const add = form(
    visit,
    at,
    html`<label for="add">${names.handover}</label><textarea class="short" id="add" name="add"></textarea><label for="addOnPayment">${names.onPayment}</label><textarea class="short" id="addOnPayment" name="onPayment"></textarea><div class="do"><button>${names.add}</button></div>`,
  );
  return card(
    'handover',
    names.handedOver,
    exit.handover.length,
    html`${rows}<div class="row">${release}${isOpen ? add : null}</div>`,
  );
}

function letterCard({ words }: Visit, letter: { subject: string; text: string }): Html {
  return html`<h2>${words.exitPage.letter}</h2><div class="letter"><p class="head">${letter.subject}</p>${text(letter.text)}</div>`;
}

function earlierOnes(visit: Visit, { earlier }: ExitView): Part {
  if (earlier.length === 0) return null;
  return html`<h2>${visit.words.exitPage.earlier}</h2><ul>${earlier.map(({ proposedAt, end }) => html`<li>${moment(visit, proposedAt)}: ${say(end, visit.language)}</li>`)}</ul>`;
}
