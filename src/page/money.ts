/** Invoices and what came for them; a payment is recorded by one button, and taken back by another. */
import type { Hono } from 'hono';
import { html } from 'hono/html';
import { markPaid, takeBackPayment } from '../desk/invoices.ts';
import { parseDay, parseMoney } from '../desk/values.ts';
import { openSums } from '../desk/views/clients.ts';
import { type InvoiceView, viewInvoice, viewInvoices } from '../desk/views/money.ts';
import { AppError } from '../errors.ts';
import { dayOf } from '../rules/time.ts';
import { dayWords, moneyWords } from '../words/times.ts';
import { sums } from './clients.ts';
import { onPost } from './forms.ts';
import { form, type Html, page, type Part } from './layout.ts';
import { done, type Fields, type PageEnv, type Visit, visitOf } from './page.ts';

export function addTo(app: Hono<PageEnv>): void {
  app.get('/money', (c) => c.html(list(visitOf(c), c.req.query('show') === 'all')));
  onPost(app, '/money/:id/paid', (visit, { id, fields }) => paid(visit, id, fields));
  onPost(app, '/money/:id/take-back', (visit, { id, fields }) => {
    takeBackPayment(visit.desk, nameOf(found(visit, id)), Number(fields['payment']));
    return done(visit.words.page.done.takenBack);
  });
}

function found(visit: Visit, id: number): InvoiceView {
  const { desk, words, now, zone } = visit;
  const view = desk.store.read((r) => viewInvoice(r, id, dayOf(now, zone)));
  if (view === undefined) throw new AppError('not-found', words.page.faults.notFound);
  return view;
}

function nameOf({ invoice }: InvoiceView) {
  return { number: invoice.number, client: String(invoice.clientId), year: Number(invoice.issuedOn.slice(0, 4)) };
}

function paid(visit: Visit, id: number, fields: Fields) {
  const { desk, words, now, zone } = visit;
  const view = found(visit, id);
  const typed = (fields['amount'] ?? '').trim();
  const before = new Set(view.invoice.payments.map((payment) => payment.id));
  const { invoice } = markPaid(desk, nameOf(view), {
    amountCents: typed === '' ? null : parseMoney(typed, view.invoice.currency),
    receivedOn: parseDay(fields['on'] ?? '', dayOf(now, zone)),
    reference: null,
    again: false,
  });
  const payment = invoice.payments.find((one) => !before.has(one.id));
  const sum = moneyWords(payment?.amountCents ?? 0, invoice.currency, words);
  const undo = { path: `/money/${id}/take-back`, fields: { payment: String(payment?.id ?? 0) } };
  return done(words.page.done.paid(sum, invoice.number), undo);
}

function list(visit: Visit, all: boolean): Html {
  const { desk, words, now, zone } = visit;
  const names = words.page.money;
  const rows = desk.store.read((r) => viewInvoices(r, dayOf(now, zone), all ? undefined : 'open'));
  const links = [
    ['open', names.openOnly],
    ['all', names.all],
  ].map(([value, label]) =>
    (value === 'all') === all
      ? html`<a href="/money?show=${value}" aria-current="true">${label}</a>`
      : html`<a href="/money?show=${value}">${label}</a>`,
  );
  const open = sums(visit, openSums(rows.map(({ invoice }) => invoice).filter(({ state }) => state === 'open')));
  return page(visit, {
    title: words.page.names.money,
    at: 'money',
    body: html`<h1>${words.page.names.money}</h1><p>${names.open}: ${open || '–'}</p><div class="filters">${links}</div>${
      rows.length === 0 ? html`<p>${names.empty}</p>` : table(visit, rows)
    }`,
  });
}

function table(visit: Visit, rows: readonly InvoiceView[]): Html {
  const { words } = visit;
  const names = words.page.money;
  return html`<table class="table"><thead><tr><th scope="col">${names.invoice}</th><th scope="col">${words.page.inbox.client}</th><th scope="col">${
    names.due
  }</th><th scope="col">${names.total}</th><th scope="col">${names.open}</th><th scope="col">${names.state}</th><th scope="col">${
    names.paid
  }</th></tr></thead><tbody>${rows.map((view) => row(visit, view))}</tbody></table>`;
}

function row(visit: Visit, view: InvoiceView): Html {
  const { words } = visit;
  const { invoice, client, openCents, daysOverdue, dueOn } = view;
  const names = words.page.money;
  const late = daysOverdue === 0 ? null : html` <span class="tag late">${names.late(daysOverdue)}</span>`;
  const disputed = invoice.disputedCents === 0 ? null : html` <span class="tag soon">${names.disputed}</span>`;
  return html`<tr data-row><th scope="row">${invoice.number}</th><td><a href="/clients/${invoice.clientId}">${client}</a></td><td><time datetime="${dueOn}">${dayWords(
    dueOn,
    visit,
    words,
  )}</time></td><td class="sum">${moneyWords(invoice.totalCents, invoice.currency, words)}</td><td class="sum">${moneyWords(
    openCents,
    invoice.currency,
    words,
  )}</td><td>${names.states[invoice.state]}${late}${disputed}</td><td>${invoice.state === 'open' ? paidForm(visit, view) : null}${payments(visit, view)}</td></tr>`;
}

function paidForm(visit: Visit, { invoice }: InvoiceView): Html {
  const names = visit.words.page.money;
  const { id, currency, number } = invoice;
  const today = dayOf(visit.now, visit.zone);
  return html`<details><summary>${names.record}<span class="hidden"> ${number}</span></summary>${form(
    visit,
    `/money/${id}/paid`,
    html`<label for="amount-${id}">${names.amount} (${currency})</label><input id="amount-${id}" name="amount" inputmode="decimal" size="10"><label for="on-${id}">${
      names.on
    }</label><input id="on-${id}" name="on" type="date" value="${today}" max="${today}" required><div class="do"><button class="main">${names.record}</button></div>`,
  )}</details>`;
}

function payments(visit: Visit, { invoice }: InvoiceView): Part {
  const { words } = visit;
  return invoice.payments
    .filter(({ reversedAt }) => reversedAt === null)
    .map(
      ({ id, amountCents, receivedOn }) =>
        html`<p class="why">${moneyWords(amountCents, invoice.currency, words)}, <time datetime="${receivedOn}">${dayWords(
          receivedOn,
          visit,
          words,
        )}</time></p>${form(visit, `/money/${invoice.id}/take-back`, html`<button>${words.page.money.takeBack}</button>`, { payment: String(id) })}`,
    );
}
