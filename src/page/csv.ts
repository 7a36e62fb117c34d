/** A list as a file for a spreadsheet: the same rows and words as on the page, times in UTC. */
import { writeCsv } from '../desk/csv.ts';
import type { PageContext } from './page.ts';

/** @param cells rows of text, the first of them the column names */
export function csv(c: PageContext, name: string, cells: readonly (readonly string[])[]): Response {
  return c.body(writeCsv(cells), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}.csv"`,
  });
}
