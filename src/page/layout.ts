/** The frame of every page, and the parts that pages share: forms with their token, times with their exact moment. */
import { html, type Html, type Part } from './html.ts';
import { type Instant, toIso } from '../rules/time.ts';
import { distanceWords, momentWords } from '../words/times.ts';
import type { PageName } from '../words/parts/page.ts';
import type { PageContext, Visit } from './page.ts';
import type { Outcome } from './tickets.ts';

const places: readonly (readonly [PageName, string])[] = [
  ['today', '/'],
  ['inbox', '/inbox'],
  ['outbox', '/outbox'],
  ['clients', '/clients'],
  ['money', '/money'],
  ['plan', '/plan'],
  ['report', '/report'],
  ['journal', '/journal'],
  ['settings', '/settings'],
];

/** A browser that is told of none asks for /favicon.ico, which is not there. */
export const noIcon = html`<link rel="icon" href="data:,">`;

export interface Frame {
  title: string;
  /** which of the pages it belongs to */
  at: PageName | null;
  /** at the end of the bar: open or closed, last read */
  state?: Part;
  body: Part;
}

export function page(visit: Visit, { title, at, state = null, body }: Frame): Html {
  const { words, language, outcome } = visit;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Paletti</title>
${noIcon}
<link rel="stylesheet" href="/style.css">
<script src="/page.js" defer></script>
</head>
<body>
<a class="skip" href="#content">${words.page.toContent}</a>
<header class="bar">
<b>${logo} Paletti</b>
<nav aria-label="${words.page.navigation}">${places.map(([name, path]) => link(visit, name, path, at))}</nav>
<span class="now">${state}</span>
</header>
<main id="content" tabindex="-1">
${outcome === null ? null : outcomeLine(visit, outcome)}
${body}
</main>
<p id="live" class="hidden" role="status" aria-live="polite"></p>
</body>
</html>
`;
}

const logo = html`<svg width="22" height="20" viewBox="0 0 22 20" aria-hidden="true"><g fill="currentColor"><path d="M1 6l2-4 2 4v14H1zM9 6l2-4 2 4v14H9zM17 6l2-4 2 4v14h-4z"/><path d="M0 9h22v2H0z" opacity=".55"/></g></svg>`;

function link({ words }: Visit, name: PageName, path: string, at: PageName | null): Html {
  return name === at
    ? html`<a href="${path}" aria-current="page">${words.page.names[name]}</a>`
    : html`<a href="${path}">${words.page.names[name]}</a>`;
}

function outcomeLine(visit: Visit, { kind, text, undo }: Outcome): Html {
  const { words } = visit;
  return html`<div class="outcome ${kind}" role="${kind === 'fault' ? 'alert' : 'status'}"><p>${text}</p>${
    undo === null ? null : form(visit, undo.path, html`<button>${words.page.done.undo}</button>`, undo.fields)
  }</div>`;
}

/**
 * A form of one act. It comes back to the page it stands on.
 * @param encoding multipart where files come with it
 */
export function form(
  visit: Visit,
  path: string,
  content: Part,
  fields: Readonly<Record<string, string>> = {},
  encoding: 'multipart/form-data' | null = null,
): Html {
  const hidden = { ...fields, once: visit.tickets.formToken(visit.session, path), back: fields['back'] ?? visit.path };
  const kind = encoding === null ? null : html` enctype="${encoding}"`;
  return html`<form method="post" action="${path}"${kind}>${Object.entries(hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}${content}</form>`;
}

/** 'tomorrow at 9:00', with the exact moment on hover and in the markup. */
export function moment({ now, zone, words }: Visit, at: Instant): Html {
  const iso = toIso(at);
  return html`<time datetime="${iso}" title="${iso}">${momentWords(at, { now, zone }, words)}</time>`;
}

/** 'in 3 h' */
export function distance({ now, words }: Visit, at: Instant): Html {
  const iso = toIso(at);
  return html`<time datetime="${iso}" title="${iso}">${distanceWords(at, now, words)}</time>`;
}

export function card(id: string, title: Part, aside: Part, rows: Part): Html {
  return html`<section class="card" aria-labelledby="${id}"><h2 id="${id}">${title} <span>${aside}</span></h2>${rows}</section>`;
}

/** A letter or a message as it was written: its text, in paragraphs. Never the HTML of a mail. */
export function text(value: string): Html {
  const paragraphs = value.trim().split(/\n(?:[^\S\n]*\n)+/);
  return html`${paragraphs.map((lines) => html`<p>${lines.split('\n').map((line, at) => (at === 0 ? line : html`<br>${line}`))}</p>`)}`;
}

const pageLength = 50;

/** From which entry of a list on, as its address says: `from=50`. */
export function span(c: PageContext): number {
  const from = Number(c.req.query('from') ?? 0);
  return Number.isInteger(from) && from > 0 && from < 10_000_000 ? from : 0;
}

/** Fifty of a list, with the ways to those before and behind. */
export function pages<Item>(
  { words }: Visit,
  { of, from, path }: { of: readonly Item[]; from: number; path: string },
): { items: readonly Item[]; links: Part } {
  const join = path.includes('?') ? '&' : '?';
  const newer =
    from === 0
      ? null
      : html`<a href="${path}${join}from=${Math.max(0, from - pageLength)}">${words.moneyPage.newer}</a> `;
  const isMore = of.length > from + pageLength;
  const older = isMore ? html`<a href="${path}${join}from=${from + pageLength}">${words.moneyPage.older}</a>` : null;
  const links =
    newer === null && older === null
      ? null
      : html`<nav class="filters" aria-label="${words.moneyPage.older}">${newer}${older}</nav>`;
  return { items: of.slice(from, from + pageLength), links };
}
