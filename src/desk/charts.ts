/**
 * Charts as SVG text that stands in a page or a file of its own: dark text on light colours, readable when printed in
 * grey. No script, no outside resource; every text is escaped here. Knows figures, not where they come from.
 */
import { withoutUnsafe } from '../rules/unsafe-characters.ts';
import { type Ageing, ages, type HeatCell, type HeatMap, type ParetoRow, type PromiseMonth } from '../rules/report.ts';
import { weekdays } from '../rules/time.ts';
import { money, percent } from './report-words.ts';
import type { ReportWords } from '../words/parts/terminal.ts';
import type { Words } from '../words/words.ts';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** For element content and quoted attributes; control and direction marks are taken out. */
export function escapeText(text: string): string {
  return withoutUnsafe(text.replace(/\s+/g, ' ')).replace(/[&<>"']/g, (mark) => entities[mark] as string);
}

const ink = '#1f2933';
const faint = '#52606d';
const line = '#cbd2d9';
/** Steps from nothing to much; all light enough for dark figures on them. */
const calm = ['#f3f7f6', '#d9ece8', '#b9dcd5', '#93c9bf', '#6db5a8'];
const warm = ['#ffffff', '#fde3d8', '#fac4b0', '#f5a288', '#ee8062'];
const good = '#5aa897';
const middling = '#f2b866';
const bad = '#e2725b';

interface Size {
  width: number;
  height: number;
}

function svg({ width, height }: Size, title: string, parts: readonly string[]): string {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="12" fill="${ink}">`;
  return [head, `<title>${escapeText(title)}</title>`, ...parts, '</svg>'].join('\n');
}

interface Place {
  x: number;
  y: number;
  anchor?: 'start' | 'middle' | 'end';
  colour?: string;
  size?: number;
  bold?: boolean;
}

function write(text: string, { x, y, anchor = 'start', colour = ink, size = 12, bold = false }: Place): string {
  const weight = bold ? ' font-weight="600"' : '';
  return `<text x="${short(x)}" y="${short(y)}" text-anchor="${anchor}" font-size="${size}" fill="${colour}"${weight}>${escapeText(text)}</text>`;
}

interface Box extends Size {
  x: number;
  y: number;
}

function box({ x, y, width, height }: Box, fill: string, title?: string): string {
  const shape = `x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${fill}"`;
  return title === undefined ? `<rect ${shape}/>` : `<rect ${shape}><title>${escapeText(title)}</title></rect>`;
}

function stroke(points: string, { colour = line, width = 1, dash = '' } = {}): string {
  const dashes = dash === '' ? '' : ` stroke-dasharray="${dash}"`;
  return `<path d="${points}" fill="none" stroke="${colour}" stroke-width="${width}"${dashes}/>`;
}

function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function cut(text: string, length: number): string {
  const letters = [...text.replace(/\s+/g, ' ')];
  return letters.length <= length
    ? letters.join('')
    : `${letters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`;
}

// ---- when clients write --------------------------------------------------------------------------------------------

const cell = { width: 27, height: 24, left: 44, top: 22 };

/** Seven rows of twenty-four hours; a line runs around the contact hours. */
export function heatChart(heat: HeatMap, words: Words): string {
  const { heat: said } = words.terminal.report;
  const size = { width: cell.left + 24 * cell.width + 4, height: cell.top + 7 * cell.height + 34 };
  const hours = Array.from({ length: 24 }, (_, hour) =>
    write(String(hour), { x: cell.left + hour * cell.width + 2, y: cell.top - 7, colour: faint, size: 11 }),
  );
  const rows = heat.days.flatMap((row, day) => [
    write(words.weekdaysShort[day] as string, {
      x: cell.left - 8,
      y: cell.top + day * cell.height + 16,
      anchor: 'end',
    }),
    ...row.map((one, hour) => heatCell(one, { most: heat.most, day, hour, words })),
  ]);
  return svg(size, said.chart, [
    ...hours,
    ...rows,
    stroke(borderOfOpenHours(heat), { colour: ink, width: 2 }),
    ...heatLegend(cell.top + 7 * cell.height + 12, said),
  ]);
}

function heatCell(
  { count, open, outOfHours }: HeatCell,
  { most, day, hour, words }: { most: number; day: number; hour: number; words: Words },
): string {
  const x = cell.left + hour * cell.width;
  const y = cell.top + day * cell.height;
  const step = count === 0 ? 0 : Math.max(1, Math.ceil((count / most) * 4));
  const fill = (open ? calm : warm)[step] as string;
  const title = words.terminal.report.heat.cell(words.weekdaysShort[day] as string, hour, count, outOfHours);
  const area = box({ x: x + 0.5, y: y + 0.5, width: cell.width - 1, height: cell.height - 1 }, fill, title);
  if (count === 0) return area;
  const figure = count > 999 ? '999+' : String(count);
  return area + write(figure, { x: x + cell.width / 2, y: y + 16, anchor: 'middle', size: figure.length > 3 ? 9 : 11 });
}

/** The edges where an open hour meets a closed one. */
function borderOfOpenHours({ days }: HeatMap): string {
  const isOpen = (day: number, hour: number) => days[day]?.[hour]?.open === true;
  const edges: string[] = [];
  for (const [day] of weekdays.entries()) {
    for (let hour = 0; hour < 24; hour += 1) {
      const x = cell.left + hour * cell.width;
      const y = cell.top + day * cell.height;
      if (isOpen(day, hour) !== isOpen(day, hour - 1)) edges.push(`M${x} ${y}v${cell.height}`);
      if (isOpen(day, hour) !== isOpen(day - 1, hour)) edges.push(`M${x} ${y}h${cell.width}`);
      if (hour === 23 && isOpen(day, hour)) edges.push(`M${x + cell.width} ${y}v${cell.height}`);
      if (day === 6 && isOpen(day, hour)) edges.push(`M${x} ${y + cell.height}h${cell.width}`);
    }
  }
  return edges.join('') || 'M0 0';
}

function heatLegend(y: number, said: ReportWords['heat']): string[] {
  const swatches = (x: number, colours: readonly string[]) =>
    colours.slice(1).map((fill, index) => box({ x: x + index * 14, y, width: 14, height: 14 }, fill));
  return [
    ...swatches(cell.left, calm),
    write(said.within, { x: cell.left + 64, y: y + 11, colour: faint }),
    ...swatches(cell.left + 190, warm),
    write(said.outside, { x: cell.left + 254, y: y + 11, colour: faint }),
    stroke(`M${cell.left + 330} ${y + 7}h24`, { colour: ink, width: 2 }),
    write(said.around, { x: cell.left + 362, y: y + 11, colour: faint }),
  ];
}

// ---- trouble and revenue -------------------------------------------------------------------------------------------

const bars = { left: 190, width: 420, row: 34, top: 34 };

/** For each client a share of the trouble and a share of the revenue, and what the troubles add up to. */
export function paretoChart(rows: readonly ParetoRow[], { terminal }: Words): string {
  const { pareto: said } = terminal.report;
  const [trouble = '', revenue = '', soFar = ''] = said.legend;
  const bottom = bars.top + rows.length * bars.row;
  const scale = (share: number) => bars.left + share * bars.width;
  const grid = [0, 0.2, 0.4, 0.6, 0.8, 1].flatMap((share) => [
    stroke(`M${scale(share)} ${bars.top - 4}V${bottom}`, share === 0.8 ? { colour: faint, dash: '4 3' } : {}),
    write(`${share * 100} %`, { x: scale(share), y: bars.top - 10, anchor: 'middle', colour: faint, size: 11 }),
  ]);
  const curve = rows.map(
    (row, index) =>
      `${index === 0 ? 'M' : 'L'}${short(scale(row.cumulativeShare))} ${bars.top + index * bars.row + 15}`,
  );
  return svg({ width: bars.left + bars.width + 70, height: bottom + 30 }, said.chart, [
    ...grid,
    ...rows.flatMap((row, index) => paretoRow(row, bars.top + index * bars.row)),
    stroke(curve.join(''), { colour: ink, width: 1.5 }),
    ...rows.map(
      (row, index) =>
        `<circle cx="${short(scale(row.cumulativeShare))}" cy="${bars.top + index * bars.row + 15}" r="3" fill="${ink}"/>`,
    ),
    ...legend(bottom + 12, [
      [trouble, bad],
      [revenue, good],
    ]),
    stroke(`M${bars.left + 330} ${bottom + 19}h24`, { colour: ink, width: 1.5 }),
    write(soFar, { x: bars.left + 362, y: bottom + 23, colour: faint }),
  ]);
}

function paretoRow(row: ParetoRow, top: number): string[] {
  const { name, troubleShare, revenueShare } = row;
  const bar = (share: number, y: number, fill: string) => [
    box({ x: bars.left, y, width: share * bars.width, height: 10 }, fill),
    write(percent(share), { x: bars.left + share * bars.width + 5, y: y + 9, size: 10, colour: faint }),
  ];
  return [
    write(cut(name, 26), { x: bars.left - 10, y: top + 19, anchor: 'end' }),
    ...bar(troubleShare, top + 4, bad),
    ...bar(revenueShare, top + 16, good),
  ];
}

function legend(y: number, entries: readonly (readonly [string, string])[]): string[] {
  return entries.flatMap(([text, fill], index) => {
    const x = bars.left + index * 160;
    return [box({ x, y, width: 14, height: 14 }, fill), write(text, { x: x + 20, y: y + 11, colour: faint })];
  });
}

// ---- what is owed --------------------------------------------------------------------------------------------------

const ageColours = ['#b9dcd5', '#f7dfa8', '#f2b866', '#ee9a6b', '#e2725b'];

/** One bar for each currency, cut by how long the sums are overdue. */
export function ageingChart(rows: readonly Ageing[], words: Words): string {
  const { owed: said } = words.terminal.report;
  const called = ages.map((age, index) => (index === 0 ? said.notDue : said.late(age)));
  const width = 660;
  const left = 60;
  const size = { width: width + left + 10, height: rows.length * 40 + 34 };
  const parts = rows.flatMap((row, index) => {
    const y = index * 40 + 4;
    const whole = row.totalCents || 1;
    let x = left;
    const pieces = row.cents.map((cents, age) => {
      const piece = { x, y, width: (cents / whole) * width, height: 26 };
      x += piece.width;
      return agePiece(piece, age, `${called[age]}: ${money({ cents, currency: row.currency }, words)}`);
    });
    return [write(row.currency, { x: left - 10, y: y + 17, anchor: 'end' }), ...pieces];
  });
  const names = called.map((text, index) => {
    const x = left + index * 125;
    const y = rows.length * 40 + 10;
    return (
      box({ x, y, width: 14, height: 14 }, ageColours[index] as string) +
      write(text, { x: x + 20, y: y + 11, colour: faint })
    );
  });
  return svg(size, said.chart, [...parts, ...names]);
}

function agePiece(piece: Box, age: number, title: string): string {
  if (piece.width === 0) return '';
  const area = box(piece, ageColours[age] as string, title);
  const text = title.slice(title.indexOf(': ') + 2);
  const fits = piece.width > text.length * 7 + 6;
  return fits
    ? area + write(text, { x: piece.x + piece.width / 2, y: piece.y + 17, anchor: 'middle', size: 11 })
    : area;
}

// ---- kept promises -------------------------------------------------------------------------------------------------

const months = { height: 110, top: 18, left: 30, widest: 46 };

/** A column for each month: answers in time, late, and missed. */
export function promisesChart(rows: readonly PromiseMonth[], words: Words): string {
  const { promises: said } = words.terminal.report;
  const step = Math.min(months.widest, 660 / Math.max(1, rows.length));
  const most = Math.max(1, ...rows.map(({ kept, late, missed }) => kept + late + missed));
  const bottom = months.top + months.height;
  const every = Math.ceil(rows.length / 14);
  const columns = rows.flatMap((row, index) => {
    const x = months.left + index * step;
    const label = index % every === 0 ? monthName(row.month, words) : '';
    return [
      monthColumn(row, { x: x + step * 0.15, width: step * 0.7, most }, said),
      write(label, { x: x + step / 2, y: bottom + 15, anchor: 'middle', size: 11, colour: faint }),
    ];
  });
  return svg({ width: Math.max(480, months.left + rows.length * step + 10), height: bottom + 50 }, said.chart, [
    stroke(`M${months.left} ${bottom}H${months.left + rows.length * step}`),
    ...columns,
    ...[good, middling, bad].flatMap((fill, index) => {
      const text = said.legend[index] as string;
      const x = months.left + index * 110;
      return [
        box({ x, y: bottom + 28, width: 14, height: 14 }, fill),
        write(text, { x: x + 20, y: bottom + 39, colour: faint }),
      ];
    }),
  ]);
}

function monthColumn(
  row: PromiseMonth,
  { x, width, most }: { x: number; width: number; most: number },
  said: ReportWords['promises'],
): string {
  const { kept, late, missed } = row;
  const all = kept + late + missed;
  if (all === 0) return '';
  let y = months.top + months.height;
  const pieces = ([kept, late, missed] as const).map((amount, index) => {
    const height = (amount / most) * months.height;
    y -= height;
    return amount === 0 ? '' : box({ x, y, width, height }, [good, middling, bad][index] as string);
  });
  const title = said.month(row.month, kept, late, missed);
  return `<g><title>${escapeText(title)}</title>${pieces.join('')}${write(String(all), { x: x + width / 2, y: y - 4, anchor: 'middle', size: 11 })}</g>`;
}

/** January carries its year. */
function monthName(month: string, { monthsShort }: Words): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const name = monthsShort[number - 1] as string;
  return number === 1 ? `${name} ${String(year).slice(2)}` : name;
}
