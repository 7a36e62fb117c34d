/**
 * The settings: each part a form that first shows what would change and only then saves. Servers and passwords are named
 * here, and changed by command.
 */
import type { Hono } from 'hono';
import { html, type Html, type Part } from './html.ts';
import {
  changeSettings,
  type ConfigInput,
  currentSettings,
  type Difference,
  earlierSettings,
  type NewValue,
  type Proposal,
  proposeSettings,
  restoreSettings,
} from '../desk/settings.ts';
import { AppError } from '../errors.ts';
import type { SettingsPart } from '../words/parts/settings.ts';
import { onPost } from './forms.ts';
import { form, page } from './layout.ts';
import { done, type PageContext, type PageEnv, type Visit, visitOf } from './page.ts';
import { partForms } from './settings-fields.ts';
import { settingAt, settingWords, valueWords } from './settings-words.ts';

const parts = Object.keys(partForms) as SettingsPart[];

export function addTo(app: Hono<PageEnv>): void {
  app.get('/settings', (c) => c.html(overview(visitOf(c))));
  app.get('/settings/change', async (c) => proposal(visitOf(c), c));
  app.get('/settings/earlier', async (c) => c.html(await earlier(visitOf(c))));
  onPost(app, '/settings', async (visit, { fields }) => {
    const { desk, words } = visit;
    const wish = wishOf(visit, new URLSearchParams(fields['query'] ?? ''));
    const from = fields['from'] ?? '';
    const found = await changeSettings(desk, desk.config.path, { values: wish.values, from });
    return done(found.length === 0 ? words.settings.nothing : words.settings.saved);
  });
  onPost(app, '/settings/restore', async ({ desk, words }, { fields }) => {
    await restoreSettings(desk, desk.config.path, fields['from'] ?? '');
    return done(words.settings.restored);
  });
}

interface Wish {
  part: SettingsPart;
  current: ConfigInput;
  values: NewValue[];
}

/** What the fields of one part ask for, as far as it is other than what is. */
export function wishOf({ desk, words }: Visit, query: URLSearchParams): Wish {
  const part = parts.find((name) => name === query.get('part'));
  if (part === undefined) throw new AppError('not-found', words.page.faults.notFound);
  const current = currentSettings(desk.config.path);
  const values = partForms[part]
    .values(query, current)
    .filter(({ path, value }) => !isSame(valueAt(current, path), value));
  return { part, current, values };
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((found, key) => (found as Record<string, unknown> | undefined)?.[key], value);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function overview(visit: Visit): Html {
  const { desk, words } = visit;
  const names = words.settings;
  const current = currentSettings(desk.config.path);
  return page(visit, {
    title: names.heading,
    at: 'settings',
    body: html`<h1>${names.heading}</h1><p>${names.intro}</p>
<div class="parts">${parts.map((part) => partCard(visit, part, current))}${[servers(visit)]}</div>
<p><a href="/settings/letters">${names.wording.heading}</a> · <a href="/settings/earlier">${names.earlier}</a> · ${names.file}: <code>${desk.config.path}</code></p>`,
  });
}

function partCard(visit: Visit, part: SettingsPart, current: ConfigInput): Html {
  const { title, hint } = visit.words.settings.parts[part];
  return html`<section class="card" aria-labelledby="${part}"><h2 id="${part}">${title}</h2><div class="row"><p class="why">${hint}</p>${partForm(visit, part, current)}</div></section>`;
}

/**
 * Asks with GET: until it is saved nothing changes, and the address shows what was asked.
 * @param asks where, and what its button says
 */
export function partForm(
  visit: Visit,
  part: SettingsPart,
  current: ConfigInput,
  asks = { action: '/settings/change', label: visit.words.settings.look },
): Html {
  return html`<form method="get" action="${asks.action}"><input type="hidden" name="part" value="${part}">${partForms[
    part
  ].fields(visit, current)}<div class="do"><button>${asks.label}</button></div></form>`;
}

/** What is wrong, setting by setting, with what belongs there. */
export function faultLines({ words }: Visit, { faults }: Pick<Proposal, 'faults'>): Html {
  const places = new Map(faults.map(({ path }) => [settingWords(path, words), settingAt(path, words)]));
  const lines = [...places].map(
    ([place, name]) => html`<li>${place}: ${name === undefined ? null : words.settings.wanted[name]}</li>`,
  );
  return html`<div class="outcome fault" role="alert"><ul>${lines}</ul></div>`;
}

/** What was typed, in place of what is. */
export function withTyped(current: ConfigInput, values: readonly NewValue[]): ConfigInput {
  return values.reduce((input, { path, value }) => withValue(input, path, value), current);
}

/** By name, with where the password is kept. Never a password, and no field. */
function servers({ desk, words }: Visit): Html {
  const names = words.settings;
  const rows = desk.config.mailboxes.map(({ name, imap, smtp }) => {
    const where = 'password' in imap.login ? imap.login.password : {};
    const way = (Object.keys(names.passwordIn) as (keyof typeof names.passwordIn)[]).find((key) => key in where);
    return html`<dt>${name}</dt><dd>IMAP: ${names.server(imap.host, imap.user)}<br>SMTP: ${names.server(smtp.host, smtp.user)}<br>${
      names.passwordIn[way ?? 'other']
    }</dd>`;
  });
  return html`<section class="card" aria-labelledby="servers"><h2 id="servers">${names.byCommand}</h2><div class="row"><dl>${rows}</dl><p class="why">${names.byCommandHint}</p></div></section>`;
}

async function proposal(visit: Visit, c: PageContext): Promise<Response> {
  const query = new URL(c.req.url).searchParams;
  const { part, current, values } = wishOf(visit, query);
  const found = await proposeSettings(visit.desk.config.path, values);
  const isSound = found.faults.length === 0;
  return c.html(
    isSound ? asked(visit, { part, query, found }) : refused(visit, { part, current, values, found }),
    isSound ? 200 : 422,
  );
}

/** A page below the settings. */
export function framed(visit: Visit, heading: string, body: Part): Html {
  return page(visit, {
    title: heading,
    at: 'settings',
    body: html`<h1>${heading}</h1>${body}<p><a href="/settings">${visit.words.settings.back}</a></p>`,
  });
}

/** The difference, and the one question. */
function asked(
  visit: Visit,
  { part, query, found }: { part: SettingsPart; query: URLSearchParams; found: Proposal },
): Html {
  const names = visit.words.settings;
  const heading = `${names.changes}: ${names.parts[part].title}`;
  if (found.differences.length === 0) return framed(visit, heading, html`<p>${names.nothing}</p>`);
  const save = form(visit, '/settings', html`<div class="do"><button class="main">${names.save}</button></div>`, {
    query: query.toString(),
    from: found.from,
    back: '/settings',
  });
  return framed(
    visit,
    heading,
    html`${differences(visit, found.differences)}${goesLive(found.differences) ? html`<p><strong>${names.goesLive}</strong></p>` : null}<p class="why">${names.kept(
      `${visit.desk.config.path}.before`,
    )}</p>${save}`,
  );
}

function goesLive(found: readonly Difference[]): boolean {
  return found.some(({ path, more }) => path.join('.') === 'sending.mode' && more.includes('live'));
}

function differences(visit: Visit, found: readonly Difference[]): Html {
  const names = visit.words.settings;
  const shown = (path: readonly string[], values: readonly unknown[]) =>
    values.length === 0
      ? names.none
      : values.map((value, at) => html`${at === 0 ? null : html`<br>`}${valueWords(visit, path, value)}`);
  return html`<table class="table"><thead><tr><td></td><th scope="col">${names.before}</th><th scope="col">${names.after}</th></tr></thead><tbody>${found.map(
    ({ path, less, more }) =>
      html`<tr><th scope="row">${settingWords(path, visit.words)}</th><td><del>${shown(path, less)}</del></td><td><ins>${shown(path, more)}</ins></td></tr>`,
  )}</tbody></table>`;
}

/** What was typed stays in the fields; beside it what belongs there. */
function refused(visit: Visit, { part, current, values, found }: Wish & { found: Proposal }): Html {
  return framed(
    visit,
    visit.words.settings.faulty,
    html`${faultLines(visit, found)}${partForm(visit, part, withTyped(current, values))}`,
  );
}

function withValue<Value>(whole: Value, path: readonly string[], value: unknown): Value {
  const [key, ...rest] = path;
  if (key === undefined) return value as Value;
  const part = (whole as Record<string, unknown>)[key];
  return { ...whole, [key]: withValue(part, rest, value) };
}

async function earlier(visit: Visit): Promise<Html> {
  const { desk, words } = visit;
  const found = await earlierSettings(desk.config.path);
  if (found === null) return framed(visit, words.settings.earlier, html`<p>${words.settings.nothing}</p>`);
  const back = form(
    visit,
    '/settings/restore',
    html`<div class="do"><button class="main">${words.settings.putBack}</button></div>`,
    {
      from: found.from,
      back: '/settings',
    },
  );
  return framed(visit, words.settings.earlier, html`${differences(visit, found.differences)}${back}`);
}
