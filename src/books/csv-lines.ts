/** On which line of a CSV file each of its rows begins. Loads no parser. */

export interface FoundRecord {
  record: string[];
  info: { bytes: number };
}

/**
 * The line on which each row begins. csv-parse counts a break inside a quoted cell twice when it is \r\n, so lines are
 * counted here, from the byte where a row ends.
 */
export function linesOf(source: Buffer, records: readonly FoundRecord[]): number[] {
  let at = 0;
  let line = 1;
  return records.map(({ info }) => {
    let start = at;
    while (source[start] === 13 || source[start] === 10) start++;
    const first = line + breaksIn(source, at, start);
    line += breaksIn(source, at, info.bytes);
    at = info.bytes;
    return first;
  });
}

/** \r\n, \n or \r; a pair that the end cuts in two counts in the part that has its \n. */
function breaksIn(source: Buffer, from: number, to: number): number {
  let breaks = 0;
  for (let at = from; at < to; at++) if (source[at] === 10 || (source[at] === 13 && source[at + 1] !== 10)) breaks++;
  return breaks;
}
