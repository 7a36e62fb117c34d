/** Sums of a table as people and programs write them -> plain numbers: the decimal mark is decided once over the whole file. */

const currencyAround = /^(?:[A-Z]{3}|[€$£¥])|(?:[A-Z]{3}|[€$£¥])$/g;
const blanks = /[\s\u00a0\u202f'’]/g;

/** Which mark is the decimal one; null where nothing in the file shows it. */
export function decimalMark(cells: readonly string[]): ',' | '.' | null {
  const bare = cells.map((cell) => cell.replace(/(?<![)\s€$£A-Z-])[)\s€$£A-Z-]+$/, ''));
  const votes = (last: RegExp) => bare.filter((cell) => last.test(cell)).length;
  // two places or one, or four as some programs write them; three may be thousands
  const [comma, point] = [votes(/,(?:\d{1,2}|\d{4})$/), votes(/\.(?:\d{1,2}|\d{4})$/)];
  if (comma === point) return null;
  return comma > point ? ',' : '.';
}

/**
 * '€ 1.495,00' -> '1495.00', '(610.00)' -> '-610.00'. What is no sum, or may be read in two ways, stays as it is written,
 * and is refused where it is needed.
 */
export function plainSum(text: string, decimal: ',' | '.' | null): string {
  const sign = /^\s*(?:[-−(]|[€$£]\s*[-−])|[-−]\s*$/.test(text) ? '-' : '';
  const bare = text
    .trim()
    .replaceAll(/^[-−(]|[)\u2212-]$/g, '')
    .trim()
    .replaceAll(currencyAround, '')
    .trim()
    .replace(/^[-−]/, '')
    .replaceAll(blanks, '');
  if (decimal === null) return /^\d{1,15}$/.test(bare) ? `${sign}${bare}` : text.trim();
  const thousands = decimal === ',' ? '.' : ',';
  const grouped = new RegExp(`^\\d{1,3}(?:\\${thousands}\\d{3})+(?=\\${decimal}|$)|^\\d+(?=\\${decimal}|$)`);
  const whole = grouped.exec(bare)?.[0];
  if (whole === undefined) return text.trim();
  const rest = bare.slice(whole.length);
  if (rest !== '' && !new RegExp(`^\\${decimal}\\d{1,12}$`).test(rest)) return text.trim();
  return `${sign}${whole.replaceAll(thousands, '')}${rest.replace(decimal, '.')}`;
}

/** Adds plain sums without a fraction of a cent lost. @returns undefined when one of them is none */
export function addPlain(sums: readonly string[]): string | undefined {
  let all = 0n;
  for (const sum of sums) {
    const [, sign, whole, places = ''] = /^(-?)(\d{1,15})(?:\.(\d{1,12}))?$/.exec(sum) ?? [];
    if (whole === undefined) return undefined;
    const value = BigInt(whole + places.padEnd(12, '0'));
    all += sign === '-' ? -value : value;
  }
  const digits = (all < 0n ? -all : all).toString().padStart(13, '0');
  const places = digits.slice(-12).replace(/0{1,10}$/, '');
  return `${all < 0n ? '-' : ''}${digits.slice(0, -12)}.${places}`;
}
