/** What the record holds of invoices, in few words, for the stories about files. */
import { listInvoices } from '../../src/store/invoices.ts';
import type { Studio } from './studio.ts';

/** Numbers of those that are open, in the order of their recording. */
export function openInvoices(studio: Studio): string[] {
  return studio.app.store.read((r) => listInvoices(r, { state: 'open' })).map(({ number }) => number);
}
