/**
 * What a form of the page asks for: its fields, small and as text, and the act, done once and told on the page that it
 * came from. A form of this page is small: what is larger is none.
 */
import { withoutUnsafe } from '../rules/unsafe-characters.ts';
import type { Hono } from 'hono';
import { AppError } from '../errors.ts';
import { type Fields, idIn, type PageContext, type PageEnv, type Visit, visitOf } from './page.ts';
import type { Outcome } from './tickets.ts';
import { sayFault } from '../words/voice.ts';

const mostBytes = 256 * 1024;
/** More than a person brings at a time. */
const mostFiles = 200;

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

/** What came with files: they, and the other fields. */
export interface FilesForm {
  files: { name: string; bytes: Uint8Array }[];
  fields: Fields;
}

/**
 * The same for a form that brings files.
 * @param most bytes of them all
 */
export function onFiles(
  app: Hono<PageEnv>,
  path: string,
  most: number,
  work: (visit: Visit, form: FilesForm) => Outcome | Promise<Outcome>,
): void {
  app.post(path, async (c) => {
    const form = await filesOf(c, most);
    return write(c, form.fields, (visit) => work(visit, form));
  });
}

/** @throws AppError 'usage' when it is no form with files, or larger than `most` */
async function filesOf(c: PageContext, most: number): Promise<FilesForm> {
  const { words } = visitOf(c);
  const type = c.req.header('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) throw new AppError('usage', words.page.faults.oldForm);
  const bytes = await atMost(c, most);
  if (bytes === null) throw new AppError('usage', words.moneyPage.tooLarge);
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch((cause: unknown) => {
    throw new AppError('usage', words.page.faults.oldForm, { cause });
  });
  const fields: Record<string, string> = {};
  const files: FilesForm['files'] = [];
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = value;
    else if (value.size > 0 && files.length < mostFiles)
      files.push({ name: fileName(value.name), bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  return { files, fields };
}

/** A browser that is still sending hears no answer: what is too large is read to its end, and dropped, within reason. */
const patience = 8;

async function atMost(c: PageContext, most: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of c.req.raw.body ?? []) {
    size += (part as Uint8Array).byteLength;
    if (size > patience * most) return null;
    if (size > most) parts.length = 0;
    else parts.push(part as Uint8Array);
  }
  return size > most ? null : new Uint8Array(Buffer.concat(parts));
}

/** A name to show and to remember, never a path. */
function fileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return withoutUnsafe(last).slice(0, 200) || 'file';
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
    const { what, next } = sayFault(fault, visit.language);
    return { kind: 'fault', text: `${what}.${next === undefined ? '' : ` ${next}`}`, undo: null };
  }
}

/** An address of this page only, whatever the field says. */
function backTo(field: string | undefined): URL {
  const home = 'http://page.invalid';
  const url = URL.canParse(field ?? '', home) ? new URL(field ?? '', home) : new URL(home);
  return url.origin === home ? url : new URL(home);
}
