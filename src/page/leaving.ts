/** A letter that waits, as it would leave now: what is shown of it on the page, with what has changed since it was written. */
import { viewLetter } from '../desk/views/letters.ts';
import { asTheyLeave, bringUpToDate, type Ground, groundOf, type LeavingNow, leavingNow } from '../jobs/leaving-now.ts';
import type { Letter } from '../rules/letter.ts';
import { say } from '../words/voice.ts';
import { html, type Part } from './html.ts';
import type { Visit } from './page.ts';

export function leavingAt({ desk, now }: Visit, letter: Letter): LeavingNow {
  return desk.store.read((r) => leavingNow(r, { settings: desk.config, letters: desk.letters }, letter, now));
}

/** Of a list: the subject and the address of each as it would leave. */
export function asLeaving<Listed extends Letter>({ desk, now }: Visit, listed: readonly Listed[]): Listed[] {
  return desk.store.read((r) => asTheyLeave(r, { settings: desk.config, letters: desk.letters }, listed, now));
}

/** Before it is approved or edited: what she lets go, and what her words stand upon, is what would leave. */
export function upToDate({ desk, now }: Visit, id: number): void {
  bringUpToDate({ store: desk.store, settings: desk.config, letters: desk.letters }, id, now);
}

/** What she had before her when she began to write, with the facts of it if it is still so. */
export function groundSeen(visit: Visit, id: number, seen: Ground): Ground | undefined {
  upToDate(visit, id);
  if (seen.text === '') return undefined;
  const view = visit.desk.store.read((r) => viewLetter(r, id));
  const now = view && groundOf(leavingAt(visit, view.letter));
  return now !== undefined && now.subject === seen.subject && now.text.trimEnd() === seen.text.trimEnd() ? now : seen;
}

/** Nothing where it is as it was written. */
export function changedNote({ words, language }: Visit, { fate, because, changes }: LeavingNow): Part {
  if (because === null) return null;
  const lines = changes.map(
    ({ was, now }) =>
      html`<li>${was === '' ? null : html`<del>${was}</del> `}${now === '' ? null : html`<ins>${now}</ins>`}</li>`,
  );
  return html`<div class="why changed"><p>${words.terminal.letters.changed[fate](say(because, language))}</p>${
    lines.length === 0 ? null : html`<ul>${lines}</ul>`
  }</div>`;
}
