/**
 * The report as one HTML file: inline SVG, no script, nothing fetched from anywhere, made to be printed. Every text
 * that came from outside is escaped. Reads no store.
 */
import { signTitle } from '../rules/red-flags.ts';
import { ages } from '../rules/report.ts';
import { dayOf } from '../rules/time.ts';
import { ageingChart, escapeText, heatChart, paretoChart, promisesChart } from './charts.ts';
import type { ClientSummary, Report, ShownEvidence, WeighedSign } from './report.ts';
import {
  evidenceName,
  heatWords,
  money,
  moneyList,
  paretoWords,
  percent,
  periodWords,
  promiseWords,
  sampleWords,
} from './report-words.ts';
import { wordsOf } from '../words/voice.ts';

/** How many clients the chart of trouble and revenue shows. */
const mostBars = 20;

/** @param studio whose report it is */
export function reportPage(report: Report, studio: string): string {
  const about = report.client === null ? studio : `${report.client} at ${studio}`;
  const title = `Report: ${about}`;
  const body = [
    `<header><h1>${escapeText(title)}</h1><p>${escapeText(periodWords(report))} (${report.days} days). Times in ${escapeText(report.zone)}.</p></header>`,
    heatSection(report),
    promiseSection(report),
    paretoSection(report),
    ageingSection(report),
    signsSection(report),
    `<footer>Made by Paletti on ${escapeText(dayOf(report.now, report.zone))}. A sign is a reason to look, not a verdict.</footer>`,
  ];
  return pageOf(title, body.filter((part) => part !== '').join('\n'));
}

/**
 * A whole page around a body that is HTML already.
 * @param more rules after those of the report
 */
export function pageOf(title: string, body: string, more = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${escapeText(title)}</title>
<style>
${style}${more}
</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

const style = `:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1f2933; font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif; }
main { max-width: 760px; margin: 0 auto; padding: 32px 20px 48px; }
h1 { font-size: 26px; line-height: 1.2; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 18px; margin: 36px 0 4px; padding-top: 12px; border-top: 2px solid #1f2933; }
h3 { font-size: 16px; margin: 0 0 2px; overflow-wrap: anywhere; }
p { margin: 4px 0 10px; }
header p, footer, .aside { color: #52606d; }
svg { display: block; max-width: 100%; height: auto; margin: 10px 0; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: right; padding: 4px 6px; border-bottom: 1px solid #cbd2d9; vertical-align: top; font-variant-numeric: tabular-nums; }
th { font-weight: 600; border-bottom: 1px solid #1f2933; }
th.text, td.text { text-align: left; overflow-wrap: anywhere; }
article { margin: 18px 0 0; padding: 12px 14px; border: 1px solid #cbd2d9; border-radius: 6px; }
article ul { list-style: none; margin: 8px 0; padding: 0; }
article li { margin: 6px 0; padding-left: 56px; position: relative; }
article li .weight { position: absolute; left: 0; width: 46px; text-align: right; font-weight: 600; font-variant-numeric: tabular-nums; }
article li.few { color: #52606d; }
blockquote { margin: 2px 0; padding-left: 10px; border-left: 3px solid #cbd2d9; overflow-wrap: anywhere; }
.next { font-weight: 600; }
footer { margin-top: 40px; font-size: 13px; }
@page { margin: 15mm; }
@media print {
  body { font-size: 11pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  h2, h2 + p, h3 { break-after: avoid; }
  section.long { break-before: page; }
  section.long h2 { border-top: 0; margin-top: 0; }
  section.whole, article, svg, tr { break-inside: avoid; }
}`;

/** Kept on one page when printed; a long one begins on a page of its own. */
function section(title: string, parts: readonly string[], { long = false } = {}): string {
  return [
    long ? '<section class="long">' : '<section class="whole">',
    `<h2>${escapeText(title)}</h2>`,
    ...parts,
    `</section>`,
  ].join('\n');
}

function said(text: string): string {
  return `<p>${escapeText(text)}</p>`;
}

function heatSection({ heat }: Report): string {
  return section('When clients write', [said(heatWords(heat)), ...(heat.total === 0 ? [] : [heatChart(heat)])]);
}

function promiseSection({ promises, months }: Report): string {
  const isDrawn = months.some(({ kept, late, missed }) => kept + late + missed > 0);
  return section('Kept promises', [said(promiseWords(promises)), ...(isDrawn ? [promisesChart(months)] : [])]);
}

function paretoSection({ pareto }: Report): string {
  if (pareto === null) return '';
  const rows = pareto.rows.slice(0, mostBars);
  const more = pareto.rows.length - rows.length;
  return section('Trouble and revenue', [
    said(paretoWords(pareto)),
    ...(rows.length === 0 ? [] : [paretoChart(rows)]),
    ...(more > 0 ? [`<p class="aside">${more} more clients are not drawn.</p>`] : []),
  ]);
}

function ageingSection({ ageing }: Report): string {
  if (ageing.length === 0) return section('What is owed', [said('Nothing is open.')]);
  const head = ['', ...ages, 'open', 'disputed'].map((name, index) => cellOf('th', name, index === 0)).join('');
  const rows = ageing.map(({ currency, cents, totalCents, disputedCents }) => {
    const sums = [...cents, totalCents, disputedCents].map((sum) =>
      sum === 0 ? '–' : money({ cents: sum, currency }),
    );
    return `<tr>${[currency, ...sums].map((text, index) => cellOf('td', text, index === 0)).join('')}</tr>`;
  });
  return section('What is owed', [
    said('Open sums by days past due.'),
    ageingChart(ageing),
    `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`,
  ]);
}

function cellOf(tag: 'th' | 'td', text: string, isText: boolean): string {
  return `<${tag}${isText ? ' class="text"' : ''}>${escapeText(text)}</${tag}>`;
}

function signsSection({ clients, client }: Report): string {
  const shown = clients.filter((one) => client !== null || one.signs.length > 0);
  if (shown.length === 0) return section('Signs', [said('No sign is to be seen.')]);
  const hint =
    'The number before a sign is its weight: how strong it is, times what it counts for. Message 12 is read with "paletti inbox show 12".';
  return section('Signs', [said(hint), ...shown.map(clientArticle)], { long: true });
}

function clientArticle(client: ClientSummary): string {
  const { name, weight, revenue, signs, suggestion, workState } = client;
  const state = workState === 'active' ? '' : `, ${workState}`;
  const facts = [sampleWords(client), moneyList(revenue) || 'no payment', keptWords(client)].filter(
    (part) => part !== '',
  );
  return [
    `<article>`,
    `<h3>${escapeText(name)}</h3>`,
    `<p class="aside">Weighs ${weight.toFixed(2)}${escapeText(state)}. ${escapeText(sentence(facts.join('; ')))}</p>`,
    signs.length === 0 ? said('No sign is to be seen.') : `<ul>\n${signs.map(signItem).join('\n')}\n</ul>`,
    `<p><span class="next">One step to consider: ${escapeText(wordsOf('en').terminal.steps[suggestion.step])}.</span> ${escapeText(sentence(suggestion.why))}</p>`,
    `</article>`,
  ].join('\n');
}

function keptWords({ promises: { kept, late, missed } }: ClientSummary): string {
  const judged = kept + late + missed;
  return judged === 0 ? '' : `${kept} of ${judged} answered in time (${percent(kept / judged)})`;
}

function signItem(sign: WeighedSign): string {
  const weight = sign.tooFew ? '–' : sign.weight.toFixed(2);
  const quotes = sign.evidence.filter((one) => one.quote !== undefined).slice(-3);
  const plain = sign.evidence.filter((one) => one.quote === undefined).map(evidenceName);
  const links = plain.length === 0 ? '' : ` <span class="aside">(${escapeText(plain.join(', '))})</span>`;
  return `<li${sign.tooFew ? ' class="few"' : ''}><span class="weight">${weight}</span><strong>${escapeText(signTitle(sign.sign))}</strong>: ${escapeText(sign.words)}${links}${quotes.map(quoteOf).join('')}</li>`;
}

function quoteOf(evidence: ShownEvidence): string {
  return `<blockquote>“${escapeText(evidence.quote ?? '')}” <span class="aside">${escapeText(evidenceName(evidence))}</span></blockquote>`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
