/** The words of the letters: each as its template is written, tried on a client while it is typed, saved when sound. */
import type { Hono } from 'hono';
import { html, type Html, type Part } from './html.ts';
import { changeSettings, proposeSettings } from '../desk/settings.ts';
import { viewClients } from '../desk/views/clients.ts';
import { dropWording, newFolder, ownFolder, saveWording, tryWording, type Worded } from '../desk/wording.ts';
import { AppError } from '../errors.ts';
import { tones } from '../letters/library.ts';
import { languages } from '../rules/language.ts';
import { letterKinds } from '../rules/letter.ts';
import { fieldsOf, onPost } from './forms.ts';
import { form, text } from './layout.ts';
import { done, type Fields, type PageEnv, type Visit, visitOf } from './page.ts';
import { framed } from './settings.ts';

export function addTo(app: Hono<PageEnv>): void {
  app.get('/settings/letters', (c) => c.html(list(visitOf(c))));
  const one = '/settings/letters/:language/:tone/:kind';
  app.get(one, (c) => c.html(asItIs(visitOf(c), wordedAt(visitOf(c)))));
  // writes nothing: the text may be long, so that it is sent as a form
  app.post(`${one}/preview`, async (c) => c.html(tried(visitOf(c), wordedAt(visitOf(c)), await fieldsOf(c))));
  onPost(app, one, (visit, { fields }) => saved(visit, wordedAt(visit), fields));
  onPost(app, `${one}/drop`, (visit) => {
    const { changed } = dropWording(visit.desk, wordedAt(visit));
    return done(changed ? visit.words.settings.wording.dropped : visit.words.page.done.unchanged);
  });
}

function all(): Worded[] {
  return languages.flatMap((language) =>
    tones.flatMap((tone) => letterKinds.map((kind) => ({ kind, language, tone }))),
  );
}

function addressOf({ kind, language, tone }: Worded): string {
  return `/settings/letters/${language}/${tone}/${kind}`;
}

/** The letter in the address. */
function wordedAt({ path, words }: Visit): Worded {
  const address = path.replace(/\/(?:preview|drop)$/, '');
  const found = all().find((worded) => addressOf(worded) === address);
  if (found === undefined) throw new AppError('not-found', words.page.faults.notFound);
  return found;
}

/** The first text of her own makes the folder, and names it in the configuration. */
async function saved({ desk, words }: Visit, worded: Worded, fields: Fields) {
  const { changed } = saveWording(desk, worded, fields['source'] ?? '');
  const { path, templatesDir } = desk.config;
  if (templatesDir === null) {
    const values = [{ path: ['templatesDir'], value: newFolder }];
    const { from } = await proposeSettings(path, values);
    await changeSettings(desk, path, { values, from });
  }
  return done(changed ? words.settings.wording.saved : words.page.done.unchanged);
}

function list(visit: Visit): Html {
  const { desk, words } = visit;
  const names = words.settings;
  const own = new Set(desk.letters.list().flatMap((letter) => (letter.overridden ? [addressOf(letter)] : [])));
  const columns = languages.flatMap((language) => tones.map((tone) => ({ language, tone })));
  const rows = letterKinds.map(
    (kind) =>
      html`<tr data-row><th scope="row">${words.letters[kind]}</th>${columns.map(({ language, tone }) => {
        const address = addressOf({ kind, language, tone });
        return html`<td><a href="${address}">${names.languages[language]}, ${names.wording.tones[tone]}<span class="hidden">: ${
          words.letters[kind]
        }</span></a>${own.has(address) ? html` <span class="tag ok">${names.wording.own}</span>` : null}</td>`;
      })}</tr>`,
  );
  return framed(
    visit,
    names.wording.heading,
    html`<p>${names.wording.intro}</p><table class="table"><tbody>${rows}</tbody></table><p class="why">${names.wording.folder(ownFolder(desk))}</p>`,
  );
}

function asItIs(visit: Visit, worded: Worded): Html {
  const { kind, language, tone } = worded;
  return edited(visit, worded, { source: visit.desk.letters.source(kind, { language, tone }) });
}

function tried(visit: Visit, worded: Worded, fields: Fields): Html {
  return edited(visit, worded, { source: fields['source'] ?? '', client: fields['client'] ?? '' });
}

function edited(visit: Visit, worded: Worded, { source, client = '' }: { source: string; client?: string }): Html {
  const { desk, words } = visit;
  const names = words.settings.wording;
  const address = addressOf(worded);
  const known = desk.letters.list().find((letter) => addressOf(letter) === address);
  const clients = desk.store
    .read(viewClients)
    .map(
      ({ client: { id, name } }) =>
        html`<option value="${id}"${String(id) === client ? html` selected` : ''}>${name}</option>`,
    );
  const fields = html`<label for="source">${names.words} (${names.subjectAndText})</label><textarea id="source" name="source" required data-preview="${address}/preview" spellcheck="true" lang="${worded.language}">${source}</textarea>
<label for="client">${names.forClient}</label><select id="client" name="client"><option value="">${names.example}</option>${clients}</select>
<div class="do"><button formaction="${address}/preview">${names.show}</button><button class="main">${words.settings.save}</button></div>`;
  const drop =
    known?.overridden === true
      ? form(visit, `${address}/drop`, html`<div class="do"><button class="stop">${names.useOurs}</button></div>`)
      : null;
  return framed(
    visit,
    `${words.letters[worded.kind]}, ${words.settings.languages[worded.language]}, ${names.tones[worded.tone]}`,
    html`<div class="three">${[
      html`<div>${form(visit, address, fields, { back: address })}${drop}<p class="why">${names.variables}: ${(known?.variables ?? []).map((name) => html`<code>{{${name}}}</code> `)}</p></div>`,
      shown(visit, worded, source, client),
    ]}</div>`,
  );
}

function shown(visit: Visit, worded: Worded, source: string, client: string): Html {
  const names = visit.words.settings.wording;
  const clientId = /^[1-9]\d{0,14}$/.test(client) ? Number(client) : null;
  return html`<section id="preview" class="card" aria-labelledby="preview-title" aria-live="polite"><h2 id="preview-title">${names.preview}</h2><div class="row">${letter(
    visit,
    worded,
    { source, clientId },
  )}</div></section>`;
}

function letter(visit: Visit, worded: Worded, wish: { source: string; clientId: number | null }): Part {
  const { desk, words } = visit;
  const names = words.settings.wording;
  const { preview, faults } = tryWording(desk, worded, wish);
  if (preview === null)
    return html`<p>${names.faulty}:</p><ul>${faults.map(({ line, problem }) => html`<li>${names.line(line)}: ${problem}</li>`)}</ul>`;
  return html`<div class="letter" lang="${worded.language}"><p class="head">${preview.subject}</p>${text(preview.text)}</div>${preview.isSample ? html`<p class="why">${names.sample}</p>` : null}`;
}
