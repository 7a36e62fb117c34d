/** One invoice: what it asks for and what came for it; a promise, a dispute, its end by the owner's word. */
import type { Hono } from 'hono';
import { html, type Html, type Part } from './html.ts';
import { dispute, notePromise, voidByHand, writeOffByHand } from '../desk/invoices.ts';
import { parseDay, parseMoney } from '../desk/values.ts';
import type { InvoiceView } from '../desk/views/money.ts';
import { dayOf } from '../rules/time.ts';
import { dayWords, moneyWords } from '../words/times.ts';
import { onPost } from './forms.ts';
import { card, form, page } from './layout.ts';
import { invoiceIn, nameOf, paidForm, payments, stateTags } from './money.ts';
import { done, type Fields, idIn, type PageEnv, type Visit, visitOf } from './page.ts';

export function addTo(app: Hono<PageEnv>): void {
  app.get('/money/:id', (c) => c.html(one(visitOf(c), invoiceIn(visitOf(c), idIn(c, visitOf(c).words)))));
  onPost(app, '/money/:id/promise', (visit, { id, fields }) => {
    const { desk, words, now, zone } = visit;
    const day = parseDay(fields['day'] ?? '', dayOf(now, zone));
    const { hold } = notePromise(desk, nameOf(invoiceIn(visit, id)), { day, zone, note: '' });
    const undo = { path: `/holds/${hold.id}/release`, fields: {} };
    return done(words.moneyPage.done.promised(dayWords(day, visit, words)), undo);
  });
  onPost(app, '/money/:id/dispute', (visit, { id, fields }) => disputed(visit, id, fields));
  onPost(app, '/money/:id/void', (visit, { id, fields }) => {
    const { changed } = voidByHand(visit.desk, nameOf(invoiceIn(visit, id)), fields['why'] ?? '');
    return done(changed ? visit.words.moneyPage.done.voided : visit.words.page.done.unchanged);
  });
  onPost(app, '/money/:id/write-off', (visit, { id, fields }) => {
    const { changed } = writeOffByHand(visit.desk, nameOf(invoiceIn(visit, id)), fields['why'] ?? '');
    return done(changed ? visit.words.moneyPage.done.writtenOff : visit.words.page.done.unchanged);
  });
}

function disputed(visit: Visit, id: number, fields: Fields) {
  const { desk, words } = visit;
  const view = invoiceIn(visit, id);
  const before = view.invoice.disputedCents;
  const typed = (fields['amount'] ?? '').trim();
  const cents = fields['settled'] === 'yes' ? 0 : typed === '' ? null : parseMoney(typed, view.invoice.currency);
  const { changed } = dispute(desk, nameOf(view), cents);
  if (!changed) return done(words.page.done.unchanged);
  const undo = before === 0 ? { path: `/money/${id}/dispute`, fields: { settled: 'yes' } } : null;
  return cents === 0 ? done(words.moneyPage.done.settled) : done(words.moneyPage.done.disputed, undo);
}

function one(visit: Visit, view: InvoiceView): Html {
  const { words } = visit;
  const { invoice, client, openCents } = view;
  const names = words.page.money;
  const say = (cents: number) => moneyWords(cents, invoice.currency, words);
  const day = (value: typeof invoice.issuedOn) =>
    html`<time datetime="${value}">${dayWords(value, visit, words)}</time>`;
  const dues = invoice.instalments.map(
    ({ dueOn, amountCents }) => html`${day(dueOn)} <span class="sum">${say(amountCents)}</span><br>`,
  );
  const facts = html`<dl><dt>${words.page.inbox.client}</dt><dd><a href="/clients/${invoice.clientId}">${client}</a></dd><dt>${words.moneyPage.issued}</dt><dd>${day(
    invoice.issuedOn,
  )}</dd><dt>${names.due}</dt><dd>${dues}</dd><dt>${names.total}</dt><dd class="sum">${say(invoice.totalCents)}</dd><dt>${names.open}</dt><dd class="sum">${say(
    openCents,
  )}</dd><dt>${names.state}</dt><dd>${stateTags(visit, view)}</dd></dl>`;
  const came = payments(visit, view);
  const none = html`<p class="why">${words.moneyPage.noPayments}</p>`;
  return page(visit, {
    title: `${names.invoice} ${invoice.number}`,
    at: 'money',
    body: html`<h1>${names.invoice} ${invoice.number}</h1>${facts}
<div class="three">${[
      card(
        'payments',
        words.moneyPage.payments,
        '',
        html`<div class="row">${Array.isArray(came) && came.length === 0 ? none : came}${invoice.state === 'open' ? paidForm(visit, view) : null}</div>`,
      ),
      invoice.state === 'open' ? [promise(visit, view), disputeCard(visit, view), ends(visit, view)] : null,
    ]}</div>`,
  });
}

function promise(visit: Visit, { invoice }: InvoiceView): Html {
  const names = visit.words.moneyPage;
  const today = dayOf(visit.now, visit.zone);
  const fields = html`<p class="why">${names.promiseHint}</p><label for="day">${names.promisedFor}</label><input id="day" name="day" type="date" min="${today}" required><div class="do"><button>${names.promise}</button></div>`;
  return card(
    'promise',
    names.promise,
    '',
    html`<div class="row">${form(visit, `/money/${invoice.id}/promise`, fields)}</div>`,
  );
}

function disputeCard(visit: Visit, { invoice }: InvoiceView): Html {
  const { words } = visit;
  const names = words.moneyPage;
  const at = `/money/${invoice.id}/dispute`;
  const over =
    invoice.disputedCents === 0
      ? null
      : form(visit, at, html`<div class="do"><button>${names.disputeOver}</button></div>`, { settled: 'yes' });
  const fields = html`<p class="why">${names.disputeHint}</p><label for="amount">${names.disputedSum} (${invoice.currency})</label><input id="amount" name="amount" inputmode="decimal" size="10"><div class="do"><button>${names.dispute}</button></div>`;
  const sum = invoice.disputedCents === 0 ? '' : moneyWords(invoice.disputedCents, invoice.currency, words);
  return card('dispute', names.dispute, sum, html`<div class="row">${form(visit, at, fields)}${over}</div>`);
}

/** What cannot be taken back: each is unfolded first, and says what it does. */
function ends(visit: Visit, { invoice }: InvoiceView): Html {
  const names = visit.words.moneyPage;
  const act = (verb: string, title: string, hint: string): Part =>
    html`<details><summary>${title}</summary><div class="row"><p>${hint}</p>${form(
      visit,
      `/money/${invoice.id}/${verb}`,
      html`<label for="why-${verb}">${names.why}</label><input class="wide" id="why-${verb}" name="why"><div class="do"><button class="stop">${title}</button></div>`,
    )}</div></details>`;
  return html`<section class="card">${[act('void', names.void, names.voidHint), act('write-off', names.writeOff, names.writeOffHint)]}</section>`;
}
