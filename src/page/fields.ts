/** The fields of a form as text. A form of this page is small: what is larger is none. */
import { AppError } from '../errors.ts';
import { type Fields, type PageContext, visitOf } from './page.ts';

const mostBytes = 256 * 1024;

/** @throws AppError 'usage' when it is no form, or too large */
export async function fieldsOf(c: PageContext): Promise<Fields> {
  const { words } = visitOf(c);
  const type = c.req.header('content-type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) throw new AppError('usage', words.page.faults.oldForm);
  const bytes = await c.req.arrayBuffer();
  if (bytes.byteLength > mostBytes) throw new AppError('usage', words.page.faults.oldForm);
  return Object.fromEntries(new URLSearchParams(new TextDecoder().decode(bytes)));
}
