/**
 * The page's one script: keys, and a fresh page when something changed. Without it every form and link works the same.
 * Kept as text, since there is no build step for the browser.
 */
export const script = `'use strict';
const typing = () => /^(?:INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? '') || document.activeElement?.isContentEditable;
let dirty = false;
document.addEventListener('input', () => { dirty = true; });

async function refresh() {
  if (dirty || typing()) return;
  const answer = await fetch(location.pathname + location.search, { headers: { accept: 'text/html' } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (dirty || typing()) return;
  for (const wanted of ['#content', '.bar .now']) {
    const [old, now] = [document.querySelector(wanted), fresh.querySelector(wanted)];
    if (old && now && old.innerHTML !== now.innerHTML) old.replaceWith(document.adoptNode(now));
  }
}
if ('EventSource' in window) new EventSource('/events').addEventListener('news', refresh);

let at = -1;
const rows = () => [...document.querySelectorAll('.letter-row, [data-row]')];
function go(step) {
  const all = rows();
  if (all.length === 0) return;
  at = Math.min(all.length - 1, Math.max(0, at + step));
  const link = all[at].querySelector('a, button');
  link?.focus();
  all[at].scrollIntoView({ block: 'nearest' });
}
document.addEventListener('keydown', (event) => {
  if (typing() || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'j') return go(1);
  if (event.key === 'k') return go(-1);
  const search = document.querySelector('input[type=search]');
  if (event.key === '/' && search) { event.preventDefault(); return search.focus(); }
  const row = rows()[Math.max(0, at)];
  const target = row?.querySelector('[data-key="' + CSS.escape(event.key) + '"]');
  if (target) { event.preventDefault(); target.click(); }
});

for (const area of document.querySelectorAll('textarea[data-count]')) {
  const shown = document.getElementById(area.dataset.count);
  const count = () => { shown.textContent = String((area.value.match(/\\S+/g) ?? []).length); };
  area.addEventListener('input', count);
  count();
}
`;
