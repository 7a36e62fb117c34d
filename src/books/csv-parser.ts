/** Loads the parser of CSV when a file is read: what only writes columns and lists starts without it. */
import { createRequire } from 'node:module';
import type * as CsvParse from 'csv-parse/sync';

const require = createRequire(import.meta.url);

export function csvParser(): typeof CsvParse {
  return require('csv-parse/sync') as typeof CsvParse;
}
