/**
 * The report: when clients write, which promises were kept, trouble beside revenue, what is owed, and the signs; over a
 * period to choose. Its figures and charts are those of `paletti report`.
 */
import type { Hono } from 'hono';
import { ageingChart, heatChart, paretoChart, promisesChart } from '../desk/charts.ts';
import { type ClientSummary, makeReport, type Report } from '../desk/report.ts';
import { reportPage } from '../desk/report-page.ts';
import { heatWords, moneyList, paretoWords, periodWords, promiseWords } from '../desk/report-words.ts';
import { drawn, html, type Html, type Part } from './html.ts';
import { page } from './layout.ts';
import { type PageContext, type PageEnv, type Visit, visitOf } from './page.ts';

/** in days */
const periods = [30, 90, 180, 365, 730] as const;
const usual = 365;
/** How many clients the chart of trouble and revenue shows. */
const mostBars = 20;

export function addTo(app: Hono<PageEnv>): void {
  app.get('/report', (c) => c.html(shown(visitOf(c), daysIn(c))));
  app.get('/report.html', (c) => printable(c));
}

function daysIn(c: PageContext): number {
  return periods.find((days) => String(days) === c.req.query('days')) ?? usual;
}

function reportOf({ desk, now }: Visit, days: number): Report {
  return desk.store.read((r) => makeReport(r, desk.config, { now, days }));
}

/** The same as a file that stands by itself; its one style is its own. */
function printable(c: PageContext): Response | Promise<Response> {
  const visit = visitOf(c);
  const { business, name } = visit.desk.config.owner;
  c.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'");
  return c.html(reportPage(reportOf(visit, daysIn(c)), business || name, visit.words));
}

function shown(visit: Visit, days: number): Html {
  const { words } = visit;
  const names = words.page.report;
  const report = reportOf(visit, days);
  const choices = periods.map((one) =>
    one === days
      ? html`<a href="/report?days=${one}" aria-current="true">${words.times.days(one)}</a>`
      : html`<a href="/report?days=${one}">${words.times.days(one)}</a>`,
  );
  return page(visit, {
    title: words.page.names.report,
    at: 'report',
    body: html`<h1>${words.page.names.report}</h1><p>${periodWords(report, words)}</p>
<nav class="filters" aria-label="${names.period}">${choices}<a href="/report.html?days=${days}">${names.toPrint}</a></nav>
${[heat(visit, report), kept(visit, report), trouble(visit, report), owed(visit, report), signs(visit, report)]}`,
  });
}

function part(title: string, said: string, chart: string | null, more: Part = null): Html {
  return html`<section class="figures"><h2>${title}</h2><p>${said}</p>${
    chart === null ? null : html`<div class="chart">${drawn(chart)}</div>`
  }${more}</section>`;
}

function heat({ words }: Visit, { heat: map }: Report): Html {
  const { title } = words.terminal.report.heat;
  return part(title, heatWords(map, words), map.total === 0 ? null : heatChart(map, words));
}

function kept({ words }: Visit, { promises, months }: Report): Html {
  const isDrawn = months.some((month) => month.kept + month.late + month.missed > 0);
  const { title } = words.terminal.report.promises;
  return part(title, promiseWords(promises, words), isDrawn ? promisesChart(months, words) : null);
}

function trouble({ words }: Visit, { pareto }: Report): Part {
  if (pareto === null) return null;
  const { title, notDrawn } = words.terminal.report.pareto;
  const rows = pareto.rows.slice(0, mostBars);
  const more = pareto.rows.length - rows.length;
  const chart = rows.length === 0 ? null : paretoChart(rows, words);
  return part(title, paretoWords(pareto, words), chart, more > 0 ? html`<p class="why">${notDrawn(more)}</p>` : null);
}

function owed({ words }: Visit, { ageing }: Report): Html {
  const { title, none, said } = words.terminal.report.owed;
  if (ageing.length === 0) return part(title, none, null);
  const sums = ageing.map(({ currency, totalCents }) => ({ currency, cents: totalCents }));
  return part(title, said, ageingChart(ageing, words), html`<p class="sum">${moneyList(sums, words)}</p>`);
}

/** By name only: what shows a sign stands with the client. */
function signs({ words }: Visit, { clients }: Report): Html {
  const { title, none } = words.terminal.report.signs;
  const speaking = clients.filter((client) => client.signs.some(({ tooFew }) => !tooFew));
  if (speaking.length === 0) return part(title, `${none}.`, null);
  const rows = speaking.map((client) => row(client));
  return part(title, words.page.report.signsHint, null, html`<table class="table"><tbody>${rows}</tbody></table>`);

  function row({ id, name, signs: found, weight, suggestion }: ClientSummary): Html {
    const titles = found.filter(({ tooFew }) => !tooFew).map(({ sign }) => words.terminal.codes.sign(sign));
    return html`<tr data-row><th scope="row"><a href="/clients/${id}">${name}</a></th><td>${titles.join(', ')}</td><td>${words.terminal.report.weight(
      weight,
    )}</td><td>${words.terminal.steps[suggestion.step]}</td></tr>`;
  }
}
