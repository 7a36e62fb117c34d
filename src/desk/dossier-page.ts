/**
 * The dossier as one HTML file: no script, nothing fetched from anywhere, made to be printed, in the dress of the
 * report. Every text that came from outside is escaped; links go to the mail files beside it. Reads no store.
 */
import { escapeText } from './charts.ts';
import type { Dossier } from './dossier.ts';
import {
  type Block,
  dossierIntro,
  dossierSections,
  dossierTitle,
  type Fact,
  type Files,
  type Section,
} from './dossier-text.ts';
import type { Words } from '../words/words.ts';
import { pageOf } from './report-page.ts';

export function dossierPage(dossier: Dossier, files: Files, words: Words): string {
  const title = dossierTitle(dossier, words);
  const sections = dossierSections(dossier, files, words);
  const links = sections.map((section, index) => `<a href="#s${index + 1}">${escapeText(section.title)}</a>`);
  const body = [
    `<header><h1>${escapeText(title)}</h1><p>${escapeText(dossierIntro(dossier, words))}</p></header>`,
    `<nav>${links.join(' · ')}</nav>`,
    ...sections.map(sectionOf),
  ];
  return pageOf(title, body.join('\n'), { language: words.language, more: style });
}

const style = `
nav { margin: 12px 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; margin: 8px 0; font-size: 14px; }
dt { color: #52606d; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: 8px 0 0; padding-left: 10px; border-left: 3px solid #cbd2d9; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
th.text { overflow-wrap: normal; }
a { color: inherit; }
table { margin: 10px 0; }
@media print {
  nav { display: none; }
  article { break-inside: auto; }
  h3, dl { break-after: avoid; }
  thead { display: table-header-group; }
}`;

function sectionOf({ title, blocks }: Section, index: number): string {
  return [`<section id="s${index + 1}">`, `<h2>${escapeText(title)}</h2>`, ...blocks.map(blockOf), '</section>'].join(
    '\n',
  );
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'text':
      return `<p>${escapeText(block.text)}</p>`;
    case 'facts':
      return factsOf(block.facts);
    case 'table':
      return tableOf(block);
    case 'entry':
      return entryOf(block);
  }
}

function factsOf(facts: readonly Fact[]): string {
  if (facts.length === 0) return '';
  const rows = facts.map(([name, value]) => `<dt>${escapeText(name)}</dt><dd>${escapeText(value)}</dd>`);
  return `<dl>\n${rows.join('\n')}\n</dl>`;
}

function tableOf({ titles, rows }: Block & { kind: 'table' }): string {
  const head = titles.map((title) => `<th class="text">${escapeText(title)}</th>`).join('');
  const lines = rows.map(
    (row) => `<tr>${row.map((cell) => `<td class="text">${escapeText(cell)}</td>`).join('')}</tr>`,
  );
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${lines.join('\n')}\n</tbody></table>`;
}

function entryOf({ title, file, facts, text, quotes }: Block & { kind: 'entry' }): string {
  const link = file === null ? '' : ` <a class="aside" href="${escapeText(file)}">${escapeText(file)}</a>`;
  return [
    '<article>',
    `<h3>${escapeText(title)}${link}</h3>`,
    factsOf(facts),
    ...(text === '' ? [] : [`<pre>${escapeLines(text)}</pre>`]),
    ...quotes.map((quote) => `<blockquote>${escapeText(quote)}</blockquote>`),
    '</article>',
  ].join('\n');
}

function escapeLines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => escapeText(line))
    .join('\n');
}
