/**
 * The report as one HTML file: inline SVG, no script, nothing fetched from anywhere, made to be printed. Every text
 * that came from outside is escaped. Reads no store.
 */
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
import type { Language } from '../rules/language.ts';
import { say } from '../words/voice.ts';
import type { Words } from '../words/words.ts';

/** How many clients the chart of trouble and revenue shows. */
const mostBars = 20;

/** @param studio whose report it is */
export function reportPage(report: Report, studio: string, words: Words): string {
  const { report: says } = words.terminal;
  const title = says.title(says.about(report.client, studio));
  const period = says.span(periodWords(report, words), report.days, report.zone);
  const body = [
    `<header><h1>${escapeText(title)}</h1><p>${escapeText(period)}</p></header>`,
    heatSection(report, words),
    promiseSection(report, words),
    paretoSection(report, words),
    ageingSection(report, words),
    signsSection(report, words),
    `<footer>${escapeText(says.madeOn(dayOf(report.now, report.zone)))}</footer>`,
  ];
  return pageOf(title, body.filter((part) => part !== '').join('\n'), { language: words.language });
}

/**
 * A whole page around a body that is HTML already.
 * @param options.more rules after those of the report
 */
export function pageOf(
  title: string,
  body: string,
  { language, more = '' }: { language: Language; more?: string },
): string {
  return `<!doctype html>
<html lang="${language}">
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

function heatSection({ heat }: Report, words: Words): string {
  const drawn = heat.total === 0 ? [] : [heatChart(heat, words)];
  return section(words.terminal.report.heat.title, [said(heatWords(heat, words)), ...drawn]);
}

function promiseSection({ promises, months }: Report, words: Words): string {
  const isDrawn = months.some(({ kept, late, missed }) => kept + late + missed > 0);
  const drawn = isDrawn ? [promisesChart(months, words)] : [];
  return section(words.terminal.report.promises.title, [said(promiseWords(promises, words)), ...drawn]);
}

function paretoSection({ pareto }: Report, words: Words): string {
  if (pareto === null) return '';
  const { pareto: says } = words.terminal.report;
  const rows = pareto.rows.slice(0, mostBars);
  const more = pareto.rows.length - rows.length;
  return section(says.title, [
    said(paretoWords(pareto, words)),
    ...(rows.length === 0 ? [] : [paretoChart(rows, words)]),
    ...(more > 0 ? [`<p class="aside">${escapeText(says.notDrawn(more))}</p>`] : []),
  ]);
}

function ageingSection({ ageing }: Report, words: Words): string {
  const { owed: says } = words.terminal.report;
  if (ageing.length === 0) return section(says.title, [said(says.none)]);
  const called = ages.map((age, index) => (index === 0 ? says.notDue : says.age(age)));
  const head = ['', ...called, says.total, says.disputed]
    .map((name, index) => cellOf('th', name, index === 0))
    .join('');
  const rows = ageing.map(({ currency, cents, totalCents, disputedCents }) => {
    const sums = [...cents, totalCents, disputedCents].map((sum) =>
      sum === 0 ? '–' : money({ cents: sum, currency }, words),
    );
    return `<tr>${[currency, ...sums].map((text, index) => cellOf('td', text, index === 0)).join('')}</tr>`;
  });
  return section(says.title, [
    said(says.said),
    ageingChart(ageing, words),
    `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`,
  ]);
}

function cellOf(tag: 'th' | 'td', text: string, isText: boolean): string {
  return `<${tag}${isText ? ' class="text"' : ''}>${escapeText(text)}</${tag}>`;
}

function signsSection({ clients, client }: Report, words: Words): string {
  const { signs: says } = words.terminal.report;
  const shown = clients.filter((one) => client !== null || one.signs.length > 0);
  if (shown.length === 0) return section(says.title, [said(`${says.none}.`)]);
  return section(says.title, [said(says.hint), ...shown.map((one) => clientArticle(one, words))], { long: true });
}

function clientArticle(client: ClientSummary, words: Words): string {
  const { name, weight, revenue, signs, suggestion, workState } = client;
  const { signs: says, weight: weightWords } = words.terminal.report;
  const state = workState === 'active' ? null : words.terminal.codes.work(workState);
  const paid = moneyList(revenue, words) || says.noPayment;
  const facts = [sampleWords(client, words), paid, keptWords(client, words)].filter((part) => part !== '');
  const aside = `${says.weighs(weightWords(weight), state)} ${sentence(facts.join('; '))}`;
  const list = signs.map((sign) => signItem(sign, words)).join('\n');
  const step = says.step(words.terminal.steps[suggestion.step]);
  return [
    `<article>`,
    `<h3>${escapeText(name)}</h3>`,
    `<p class="aside">${escapeText(aside)}</p>`,
    signs.length === 0 ? said(`${says.none}.`) : `<ul>\n${list}\n</ul>`,
    `<p><span class="next">${escapeText(step)}.</span> ${escapeText(sentence(say(suggestion.why, words.language)))}</p>`,
    `</article>`,
  ].join('\n');
}

function keptWords({ promises: { kept, late, missed } }: ClientSummary, { terminal }: Words): string {
  const judged = kept + late + missed;
  return judged === 0 ? '' : terminal.report.signs.answered(kept, judged, percent(kept / judged));
}

function signItem(sign: WeighedSign, words: Words): string {
  const { codes, report } = words.terminal;
  const weight = sign.tooFew ? '–' : report.weight(sign.weight);
  const quotes = sign.evidence.filter((one) => one.quote !== undefined).slice(-3);
  const plain = sign.evidence.filter((one) => one.quote === undefined).map((one) => evidenceName(one, words));
  const links = plain.length === 0 ? '' : ` <span class="aside">(${escapeText(plain.join(', '))})</span>`;
  const title = `<strong>${escapeText(codes.sign(sign.sign))}</strong>`;
  const quoted = quotes.map((one) => quoteOf(one, words)).join('');
  return `<li${sign.tooFew ? ' class="few"' : ''}><span class="weight">${weight}</span>${title}: ${escapeText(say(sign.words, words.language))}${links}${quoted}</li>`;
}

function quoteOf(evidence: ShownEvidence, words: Words): string {
  return `<blockquote>“${escapeText(evidence.quote ?? '')}” <span class="aside">${escapeText(evidenceName(evidence, words))}</span></blockquote>`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
