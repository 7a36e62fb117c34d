/** Pictures of figures as inline SVG, coloured by the style sheet, each with its figures in words for who does not see it. */
import { html, type Html } from './html.ts';
import type { Ageing, HeatMap, PromiseMonth } from '../rules/report.ts';
import type { Words } from '../words/words.ts';

const cell = 14;
const left = 30;
const top = 14;

/** Seven rows of twenty-four hours: the darker, the more; a line around what is open. */
export function heatPicture(heat: HeatMap, words: Words, inWords: string): Html {
  const hours = [0, 6, 12, 18].map((hour) => html`<text x="${left + hour * cell}" y="${top - 4}">${hour}</text>`);
  const rows = heat.days.map(
    (row, day) =>
      html`<text x="0" y="${top + day * cell + 11}">${words.weekdaysShort[day] ?? ''}</text>${row.map(
        ({ open, count, outOfHours }, hour) => {
          const shade = count === 0 ? 0 : Math.max(1, Math.ceil((4 * count) / heat.most));
          return html`<rect class="${open ? 'open' : 'shut'} ${outOfHours > 0 ? 'late' : 'in'}${shade}" x="${left + hour * cell}" y="${top + day * cell}" width="${cell - 1}" height="${cell - 1}"/>`;
        },
      )}`,
  );
  return html`<svg class="heat" viewBox="0 0 ${left + 24 * cell} ${top + 7 * cell}" role="img" aria-label="${inWords}">${hours}${rows}</svg>`;
}

const column = { width: 22, height: 60 };

/** A column for each month: in time, late, missed. */
export function promisesPicture(months: readonly PromiseMonth[], words: Words, inWords: string): Html {
  const most = Math.max(1, ...months.map(({ kept, late, missed }) => kept + late + missed));
  const unit = column.height / most;
  const columns = months.map(({ month, kept, late, missed }, at) => {
    const x = at * column.width;
    let y = column.height;
    const piece = (kind: string, amount: number) => {
      y -= amount * unit;
      return amount === 0
        ? null
        : html`<rect class="${kind}" x="${x}" y="${y}" width="${column.width - 6}" height="${amount * unit}"/>`;
    };
    const label = at % 2 === 0 ? (words.monthsShort[Number(month.slice(5)) - 1] ?? '') : '';
    return html`${piece('kept', kept)}${piece('slow', late)}${piece('missed', missed)}<text x="${x}" y="${column.height + 12}">${label}</text>`;
  });
  const width = Math.max(months.length, 6) * column.width;
  return html`<svg class="columns" viewBox="0 0 ${width} ${column.height + 16}" role="img" aria-label="${inWords}">${columns}</svg>`;
}

/** One bar for a currency, cut by how late the sums are, with its legend in words. */
export function ageingPicture(row: Ageing, words: Words, say: (cents: number, currency: string) => string): Html {
  const { ages } = words.moneyPage;
  const whole = Math.max(
    1,
    row.cents.reduce((all, cents) => all + cents, 0),
  );
  let x = 0;
  const pieces = row.cents.map((cents, age) => {
    const width = (100 * cents) / whole;
    const piece = cents === 0 ? null : html`<rect class="age${age}" x="${x}" width="${width}" height="10"/>`;
    x += width;
    return piece;
  });
  const parts = row.cents.flatMap((cents, age) =>
    cents === 0 ? [] : [{ age, text: `${ages[age]}: ${say(cents, row.currency)}` }],
  );
  const disputed =
    row.disputedCents === 0
      ? null
      : html`<li>${words.moneyPage.disputed}: ${say(row.disputedCents, row.currency)}</li>`;
  return html`<svg class="ageing" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="${parts.map(({ text }) => text).join(', ')}">${pieces}</svg><ul class="legend">${parts.map(
    ({ age, text }) => html`<li><i class="age${age}"></i>${text}</li>`,
  )}${disputed}</ul>`;
}
