/**
 * What a form of the page asks for: its fields, small and as text, and the act, done once and told on the page that it
 * came from. A form of this page is small: what is larger is none.
 */
import type { Hono } from 'hono';
import { AppError } from '../errors.ts';
import { type Fields, idIn, type PageContext, type PageEnv, type Visit, visitOf } from './page.ts';
import type { Outcome } from './tickets.ts';

const mostBytes = 256 * 1024;

/** What came with a form: its fields, and the number in its address (0 where there is none). */
export interface Form {
  fields: Fields;
  id: number;
}

/** @param work does what the form at this address asks for, and says what was done; an {@link AppError} is told as well */
export function onPost(
  app: Hono<PageEnv>,
  path: string,
  work: (visit: Visit, form: Form) => Outcome | Promise<Outcome>,
): void {
  app.post(path, async (c) => {
    const fields = await fieldsOf(c);
    const id = path.includes('/:id/') ? idIn(c, visitOf(c).words) : 0;
    return write(c, fields, (visit) => work(visit, { fields, id }));
  });
}

/** @throws AppError 'usage' when it is no form, or too large */
export async function fieldsOf(c: PageContext): Promise<Fields> {
  const { words } = visitOf(c);
  const type = c.req.header('content-type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) throw new AppError('usage', words.page.faults.oldForm);
  const bytes = await c.req.arrayBuffer();
  if (bytes.byteLength > mostBytes) throw new AppError('usage', words.page.faults.oldForm);
  return Object.fromEntries(new URLSearchParams(new TextDecoder().decode(bytes)));
}

/**
 * What a form asks for: done once, then told on the page that it came from.
 * @param work does it, and says what was done; an {@link AppError} is told as well
 */
async function write(c: PageContext, fields: Fields, work: Work): Promise<Response> {
  const visit = visitOf(c);
  const token = fields['once'] ?? '';
  const outcome = await visit.tickets.once(visit.session, visit.path, token, async () => attempted(visit, work));
  if (outcome === null) throw new AppError('conflict', visit.words.page.faults.oldForm);
  const back = backTo(outcome.to ?? fields['back']);
  back.searchParams.set('done', token.split('.')[0] ?? '');
  // 303: what follows is a GET, so that a reload sends nothing again (RFC 9110, section 15.4.4)
  return c.redirect(`${back.pathname}${back.search}`, 303);
}

type Work = (visit: Visit) => Outcome | Promise<Outcome>;

async function attempted(visit: Visit, work: Work): Promise<Outcome> {
  try {
    return await work(visit);
  } catch (fault) {
    if (!(fault instanceof AppError)) throw fault;
    const next = fault.next === undefined ? '' : ` ${fault.next}`;
    return { kind: 'fault', text: `${fault.message}.${next}`, undo: null };
  }
}

/** An address of this page only, whatever the field says. */
function backTo(field: string | undefined): URL {
  const home = 'http://page.invalid';
  const url = URL.canParse(field ?? '', home) ? new URL(field ?? '', home) : new URL(home);
  return url.origin === home ? url : new URL(home);
}
