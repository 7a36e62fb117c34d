/** Money: how late it is, payments that need a word, files to take, and the invoices, fifty at a time. */
import type { Hono } from 'hono';
import { html, type Html, type Part } from './html.ts';
import { exportInvoices } from '../desk/import-invoices.ts';
import { markPaid, takeBackPayment } from '../desk/invoices.ts';
import { answerLine, linkLine, undoLine } from '../desk/payments.ts';
import { parseDay, parseMoney, parseWhole } from '../desk/values.ts';
import { openSums } from '../desk/views/clients.ts';
import { type InvoiceView, viewInvoice, viewInvoices } from '../desk/views/money.ts';
import { type ChoiceView, type LineView, nameOfClient, viewAccounts, viewQuestions } from '../desk/views/payments.ts';
import { AppError } from '../errors.ts';
import { ageing } from '../rules/report.ts';
import { dayOf, type LocalDay } from '../rules/time.ts';
import { dayWords, moneyWords } from '../words/times.ts';
import { sums } from './clients.ts';
import { dropCard } from './files.ts';
import { onPost } from './forms.ts';
import { card, form, page, pages, span } from './layout.ts';
import { done, type Fields, type PageEnv, type Visit, visitOf } from './page.ts';
import { ageingPicture } from './pictures.ts';

export function addTo(app: Hono<PageEnv>): void {
  app.get('/money', (c) => c.html(list(visitOf(c), { all: c.req.query('show') === 'all', from: span(c) })));
  app.get('/money.csv', (c) =>
    c.body(visitOf(c).desk.store.read(exportInvoices), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="invoices.csv"',
    }),
  );
  onPost(app, '/money/:id/paid', (visit, { id, fields }) => paid(visit, id, fields));
  onPost(app, '/money/:id/take-back', (visit, { id, fields }) => {
    takeBackPayment(visit.desk, nameOf(invoiceIn(visit, id)), Number(fields['payment']));
    return done(visit.words.page.done.takenBack);
  });
  onPost(app, '/payments/:id/answer', ({ desk, words }, { id, fields }) => {
    const choice = fields['choice'] ?? '';
    answerLine(desk, id, choice === 'none' ? 'none' : parseWhole(choice, 'choice', { min: 1, max: 99 }));
    return done(words.moneyPage.answered, { path: `/payments/${id}/undo`, fields: {} });
  });
  onPost(app, '/payments/:id/link', ({ desk, words }, { id, fields }) => {
    const links = [{ number: (fields['number'] ?? '').trim(), client: null, cents: null }];
    linkLine(desk, id, links, fields['again'] === 'yes');
    return done(words.moneyPage.answered, { path: `/payments/${id}/undo`, fields: {} });
  });
  onPost(app, '/payments/:id/undo', ({ desk, words }, { id }) => {
    undoLine(desk, id, desk.config.owner.accounts ?? []);
    return done(words.moneyPage.askedAgain);
  });
}

/** @throws AppError 'not-found' */
export function invoiceIn(visit: Visit, id: number): InvoiceView {
  const { desk, words, now, zone } = visit;
  const view = desk.store.read((r) => viewInvoice(r, id, dayOf(now, zone)));
  if (view === undefined) throw new AppError('not-found', words.page.faults.notFound);
  return view;
}

/** As a verb of the desk names it. */
export function nameOf({ invoice }: InvoiceView) {
  return { number: invoice.number, client: String(invoice.clientId), year: Number(invoice.issuedOn.slice(0, 4)) };
}

function paid(visit: Visit, id: number, fields: Fields) {
  const { desk, words, now, zone } = visit;
  const view = invoiceIn(visit, id);
  const typed = (fields['amount'] ?? '').trim();
  const before = new Set(view.invoice.payments.map((payment) => payment.id));
  const { invoice } = markPaid(desk, nameOf(view), {
    amountCents: typed === '' ? null : parseMoney(typed, view.invoice.currency),
    receivedOn: parseDay(fields['on'] ?? '', dayOf(now, zone)),
    reference: null,
    again: fields['again'] === 'yes',
  });
  const payment = invoice.payments.find((one) => !before.has(one.id));
  const sum = moneyWords(payment?.amountCents ?? 0, invoice.currency, words);
  const undo = { path: `/money/${id}/take-back`, fields: { payment: String(payment?.id ?? 0) } };
  return done(words.page.done.paid(sum, invoice.number), undo);
}

function list(visit: Visit, { all, from }: { all: boolean; from: number }): Html {
  const { desk, words, now, zone } = visit;
  const names = words.page.money;
  const today = dayOf(now, zone);
  const found = desk.store.read((r) => ({
    views: viewInvoices(r, today, all ? undefined : 'open'),
    questions: viewQuestions(r),
    accounts: viewAccounts(r),
  }));
  const open = found.views.map(({ invoice }) => invoice).filter(({ state }) => state === 'open');
  const links = (
    [
      ['open', names.openOnly],
      ['all', names.all],
    ] as const
  ).map(([value, label]) =>
    (value === 'all') === all
      ? html`<a href="/money?show=${value}" aria-current="true">${label}</a>`
      : html`<a href="/money?show=${value}">${label}</a>`,
  );
  const shown = pages(visit, { of: found.views, from, path: `/money?show=${all ? 'all' : 'open'}` });
  return page(visit, {
    title: words.page.names.money,
    at: 'money',
    body: html`<h1>${words.page.names.money}</h1><p>${names.open}: ${sums(visit, openSums(open)) || '–'}</p>
<div class="quiet first">${[ageingCard(visit, open, today), questions(visit, found.questions), dropCard(visit, accountLines(visit, found.accounts))]}</div>
<div class="filters">${links}<a href="/money.csv">${words.moneyPage.asCsv}</a></div>${
      found.views.length === 0 ? html`<p>${names.empty}</p>` : [table(visit, shown.items), shown.links]
    }`,
  });
}

function accountLines(
  { now, zone, words }: Visit,
  accounts: readonly { number: string; readTo: LocalDay | null }[],
): Part {
  return accounts.map(({ number, readTo }) => {
    const day = readTo === null ? null : dayWords(readTo, { now, zone }, words);
    return html`<p class="why">${words.moneyPage.readTo(number, day)}</p>`;
  });
}

function ageingCard(visit: Visit, open: Parameters<typeof ageing>[0], today: LocalDay): Part {
  const { words } = visit;
  const rows = ageing(open, today);
  if (rows.length === 0) return null;
  const say = (cents: number, currency: string) => moneyWords(cents, currency, words);
  return card(
    'ageing',
    words.moneyPage.ageing,
    '',
    html`<div class="row">${rows.map((row) => ageingPicture(row, words, say))}</div>`,
  );
}

// --- payments that need a word

function questions(visit: Visit, found: readonly LineView[]): Part {
  const names = visit.words.moneyPage;
  if (found.length === 0) return null;
  return card('questions', names.questions, found.length, [
    html`<div class="row"><p class="why">${names.questionsHint}</p></div>`,
    found.slice(0, mostAsked).map((view) => question(visit, view)),
  ]);
}

const mostAsked = 10;

function question(visit: Visit, { line, choices }: LineView): Html {
  const { words } = visit;
  const names = words.moneyPage;
  const at = `/payments/${line.id}`;
  const payer = line.payerName === null ? null : html` ${names.from(line.payerName)}`;
  const rows = choices.map(
    (choice, index) =>
      html`<li><p>${choiceWords(visit, choice)}</p><ul class="why">${choice.evidence.map((one) => html`<li>${evidence(visit, one, line.currency)}</li>`)}</ul>${form(
        visit,
        `${at}/answer`,
        html`<div class="do"><button>${names.isIt}<span class="hidden">: ${choiceWords(visit, choice)}</span></button></div>`,
        { choice: String(index + 1) },
      )}</li>`,
  );
  const none = form(visit, `${at}/answer`, html`<button>${names.noneOfThese}</button>`, { choice: 'none' });
  const link = form(
    visit,
    `${at}/link`,
    html`<label for="link-${line.id}">${names.otherInvoice}</label><input id="link-${line.id}" name="number" size="12" required> ${cameTwice(visit)} <button>${names.link}</button>`,
  );
  return html`<div class="row" data-row><h3><span class="sum">${moneyWords(line.amountCents, line.currency, words)}</span>${payer} · <time datetime="${line.bookedOn}">${dayWords(
    line.bookedOn,
    visit,
    words,
  )}</time></h3><p class="why">${line.text}</p><ol class="choices">${rows}</ol><div class="do">${none}</div>${link}</div>`;
}

function choiceWords({ words }: Visit, { kind, client, pays }: ChoiceView): string {
  const names = words.moneyPage;
  if (kind === 'recorded') return names.isRecorded(client);
  if (kind === 'takes-back') return names.takesBack(client);
  return names.pays(
    pays.map(({ number, sum }) => `${number} (${moneyWords(sum.cents, sum.currency, words)})`),
    client,
  );
}

function evidence({ desk, words, now, zone }: Visit, one: ChoiceView['evidence'][number], currency: string): string {
  return words.moneyPage.evidence(one, {
    sum: (cents) => moneyWords(cents, currency, words),
    day: (day) => dayWords(day as LocalDay, { now, zone }, words),
    name: (id) => desk.store.read((r) => nameOfClient(r, id)),
  });
}

// --- invoices

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
  const { invoice, client, openCents, dueOn } = view;
  return html`<tr data-row><th scope="row"><a href="/money/${invoice.id}">${invoice.number}</a></th><td><a href="/clients/${invoice.clientId}">${client}</a></td><td><time datetime="${dueOn}">${dayWords(
    dueOn,
    visit,
    words,
  )}</time></td><td class="sum">${moneyWords(invoice.totalCents, invoice.currency, words)}</td><td class="sum">${moneyWords(
    openCents,
    invoice.currency,
    words,
  )}</td><td>${stateTags(visit, view)}</td><td>${invoice.state === 'open' ? paidForm(visit, view) : null}${payments(visit, view)}</td></tr>`;
}

export function stateTags({ words }: Visit, { invoice, daysOverdue }: InvoiceView): Part {
  const names = words.page.money;
  const late = daysOverdue === 0 ? null : html` <span class="tag late">${names.late(daysOverdue)}</span>`;
  const disputed = invoice.disputedCents === 0 ? null : html` <span class="tag soon">${names.disputed}</span>`;
  return [names.states[invoice.state], late, disputed];
}

export function paidForm(visit: Visit, { invoice }: InvoiceView): Html {
  const names = visit.words.page.money;
  const { id, currency, number } = invoice;
  const today = dayOf(visit.now, visit.zone);
  return html`<details><summary>${names.record}<span class="hidden"> ${number}</span></summary>${form(
    visit,
    `/money/${id}/paid`,
    html`<label for="amount-${id}">${names.amount} (${currency})</label><input id="amount-${id}" name="amount" inputmode="decimal" size="10"><label for="on-${id}">${
      names.on
    }</label><input id="on-${id}" name="on" type="date" value="${today}" max="${today}" required>${cameTwice(visit)}<div class="do"><button class="main">${names.record}</button></div>`,
  )}</details>`;
}

/** The answer where a payment that may be on record is asked about. */
function cameTwice({ words }: Visit): Html {
  return html`<label><input type="checkbox" name="again" value="yes"> ${words.moneyPage.cameTwice}</label>`;
}

export function payments(visit: Visit, { invoice }: InvoiceView): Part {
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
