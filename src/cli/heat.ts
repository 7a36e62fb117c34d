/** A week by its hours in the terminal: shades where the studio is open, figures where it is not. */
import type { HeatMap } from '../rules/report.ts';
import type { Output } from './output.ts';
import type { Voice } from './voice.ts';

const shades = ['· ', '░░', '▒▒', '▓▓', '██'];

export function printHeatMap(out: Output, heat: HeatMap, voice: Voice): void {
  for (const line of heatLines(out, heat, voice)) out.raw(`${line}\n`);
}

function heatLines(out: Output, heat: HeatMap, voice: Voice): string[] {
  const hours = [0, 3, 6, 9, 12, 15, 18, 21].map((hour) => String(hour).padEnd(6)).join('');
  const rows = heat.days.map((row, day) => {
    const cells = row.map((cell) => (cell.open ? shadeOf(cell.count, heat.most) : figureOf(out, cell.count)));
    return `${voice.words.weekdaysShort[day]}  ${cells.join('').trimEnd()}`;
  });
  return [`     ${hours}`.trimEnd(), ...rows];
}

function shadeOf(count: number, most: number): string {
  return shades[count === 0 ? 0 : Math.max(1, Math.ceil((count / most) * 4))] as string;
}

function figureOf(out: Output, count: number): string {
  if (count === 0) return '  ';
  return out.style('red', count > 99 ? '++' : String(count).padEnd(2));
}
