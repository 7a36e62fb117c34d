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

// a letter is shown as it would read while its words are typed
for (const area of document.querySelectorAll('textarea[data-preview]')) {
  let last = 0, wait;
  const show = async () => {
    const asked = ++last;
    const body = new URLSearchParams(new FormData(area.form));
    const answer = await fetch(area.dataset.preview, { method: 'POST', body });
    if (!answer.ok || asked !== last) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('preview');
    document.getElementById('preview').replaceWith(document.adoptNode(fresh));
  };
  area.form.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(show, 300); });
}

// files may be dropped anywhere on the card that takes them
for (const input of document.querySelectorAll('input[data-drop]')) {
  const zone = input.closest('.card');
  zone.addEventListener('dragover', (event) => { event.preventDefault(); zone.classList.add('dropping'); });
  zone.addEventListener('dragleave', () => zone.classList.remove('dropping'));
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    zone.classList.remove('dropping');
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    input.form.requestSubmit();
  });
}

// a day of hours is painted: each half hour under the pointer takes what the first one became
const half = 30, clock = (minute) => String(Math.floor(minute / 60)).padStart(2, '0') + ':' + String(minute % 60).padStart(2, '0');
for (const input of document.querySelectorAll('input[data-week]')) {
  const strip = input.parentElement.querySelector('.strip');
  const blocks = () => [...input.value.matchAll(/(\\d{1,2})(?:[:.](\\d{2}))?\\s*[-–]\\s*(\\d{1,2})(?:[:.](\\d{2}))?/g)].map(([, h, m, to, past]) => [h * 60 + +(m ?? 0), to * 60 + +(past ?? 0)]);
  const draw = () => strip.replaceChildren(...blocks().map(([from, to]) => {
    const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    for (const [name, value] of [['x', from], ['width', Math.max(0, (to > from ? to : 1440) - from)], ['height', 40]]) rect.setAttribute(name, value);
    return rect;
  }));
  input.addEventListener('input', draw);
  let cells = null, paints = true;
  const paint = (event) => {
    const box = strip.getBoundingClientRect();
    const cell = Math.min(47, Math.max(0, Math.floor((48 * (event.clientX - box.left)) / box.width)));
    if (cells === null) {
      cells = Array.from({ length: 48 }, (_, at) => blocks().some(([from, to]) => from < (at + 1) * half && to > at * half));
      paints = !cells[cell];
    }
    cells[cell] = paints;
    const ends = cells.flatMap((on, at) => (on !== (cells[at - 1] ?? false) ? [at] : [])).concat(cells[47] ? [48] : []);
    input.value = ends.flatMap((at, n) => (n % 2 === 0 ? [clock(at * half) + '-' + clock(ends[n + 1] * half)] : [])).join(', ');
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  strip.classList.add('paints');
  strip.addEventListener('pointerdown', (event) => {
    if (blocks().some(([from, to]) => to <= from)) return; // hours past midnight are written, not painted
    strip.setPointerCapture(event.pointerId);
    paint(event);
  });
  strip.addEventListener('pointermove', (event) => { if (cells !== null) paint(event); });
  for (const end of ['pointerup', 'pointercancel']) strip.addEventListener(end, () => { cells = null; });
}

for (const area of document.querySelectorAll('textarea[data-count]')) {
  const shown = document.getElementById(area.dataset.count);
  const count = () => { shown.textContent = String((area.value.match(/\\S+/g) ?? []).length); };
  area.addEventListener('input', count);
  count();
}
`;
