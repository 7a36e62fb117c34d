/**
 * What the prose of a mail case says: its setting, and what is wanted. A small set of phrases, each with one meaning; a
 * clause without any known phrase is answered as not understood, never passed over. What stands in brackets or after a
 * colon is the reason and demands nothing, unless it is a phrase itself. Structured `expect` and `config` of a case win.
 */

const kinds = 'human|automatic|list|bounce|receipt|calendar|spam|own';
const reasons = 'promise|dispute|reply|out[- ]of[- ]office|bounce|payment[- ]claimed|manual|opt[- ]out';

/** Phrase -> what it demands. The first that matches takes its words away, so that "no window" is not read as "window". */
const demands = [
  [/once per address in (\d+) h/, (m) => ({ acknowledgedOncePerAddress: Number(m[1]) })],
  [/\b(?:no|never an?|without an?|not an) acknowledgement\b|\bnot acknowledged\b/, () => ({ acknowledgement: 'none' })],
  [/\backnowledgement (?:is |was )?not dropped|\backnowledgement stays(?: held)?|\bheld acknowledgement stays\b/, () => ({ acknowledgement: 'kept' })],
  [/\backnowledgement (?:is |was )?dropped/, () => ({ acknowledgement: 'dropped' })],
  [/\backnowledgement (?:is |was )?held\b/, () => ({ acknowledgement: 'kept' })],
  [/\backnowledge(?:ment|d)\b/, () => ({ acknowledgement: 'any' })],
  [/\bno new window\b/, () => ({ newWindow: false })],
  [/\b(?:a )?new window\b/, () => ({ newWindow: true })],
  [/\b(?:no|without an?) (?:open )?window\b/, () => ({ window: 'none' })],
  [/\bwindow (?:stays |remains |is |still )?(?:open|running)\b|\b(?:stays|remains) open\b|\bnot answered\b|\bno answer\b/, () => ({ window: 'open' })],
  [/\banswered\/(\w+)/, (m) => ({ window: 'answered', evidence: m[1] })],
  [/\b(?:window )?(?:is )?answered\b/, () => ({ window: 'answered' })],
  [/\bsame thread\b/, () => ({ sameThread: true })],
  [/\bthread of its own\b|\banother thread\b/, () => ({ sameThread: false })],
  [/\bno holds?\b/, () => ({ hold: 'none' })],
  [/\bhold (?:until|to) (?:the )?(\d{1,2}(?:st|nd|rd|th)? \p{L}+(?: \d{4})?|\d{4}-\d\d-\d\d)/u, (m) => ({ hold: 'any', holdUntil: m[1] })],
  [new RegExp(`\\bhold,? (?:of kind )?(?:with an end )?["“(]?(${reasons})\\b["”)]?`), (m) => ({ hold: reasonOf(m[1]) })],
  [/\b(?:a )?hold with an end\b/, () => ({ hold: 'any', holdEnds: true })],
  [/\b(?:a )?hold\b/, () => ({ hold: 'any' })],
  [/\bno notice\b/, () => ({ notice: false })],
  [/\bnotice\b/, () => ({ notice: true })],
  [/\bnothing\b/, () => ({ hold: 'none', acknowledgement: 'none', notice: false, window: 'none' })],
  [/\btext (?:is )?read as [\w-]+/, () => ({ readable: true })],
  [/\bsubject "([^"]+)"/i, (m) => ({ subject: m[1] })],
  [/\bto "([^"]+)"/i, (m) => ({ to: m[1] })],
  [/\ba stranger\b|\bnot? (?:the |a )?client\b/, () => ({ client: false })],
  [/\b(?:the|a) client\b/, () => ({ client: true })],
  [/\bword (?:of|in|by) `?doctor`?|`?doctor`? (?:says|names|warns)/, () => ({ doctor: true })],
  [new RegExp(`\\b(${kinds})\\b`), (m) => ({ kind: m[1] })],
  [/\bwindow\b/, () => ({ window: 'open' })],
];

/**
 * @returns { expect: [alternatives], unclear } where all of `expect` must hold, each by one of its alternatives
 */
export function wantedOf({ want, expect }) {
  if (expect !== undefined) return { all: [[expect]], unclear: [] };
  if (typeof want !== 'string') return { all: [], unclear: ['nothing is wanted of it'] };
  const all = [];
  const unclear = [];
  for (const clause of clausesOf(want)) {
    const meant = meaningOf(clause.replace(/^or /, ''));
    if (meant === null) unclear.push(clause);
    else if (/^or /.test(clause) && all.length > 0) all.at(-1).push(meant);
    else all.push([meant]);
  }
  for (const [, aside] of want.matchAll(/\(([^)]*)\)/g)) all.push(...asideOf(aside, all));
  return { all, unclear };
}

/** The demand stands before the first colon, unless nothing before it says anything: "as agreed: once per address in 72 h". */
function clausesOf(want) {
  const bare = want.replace(/\([^)]*\)/g, ' ');
  const [, head, tail] = /^([^:"]*): (.*)$/s.exec(bare) ?? [null, bare, ''];
  if (meaningOf(head) !== null || tail === '') return split(head);
  return split(tail).filter((clause) => meaningOf(clause) !== null);
}

/** At commas, semicolons and "and", but not within quotation marks. */
function split(text) {
  const pieces = text.match(/(?:"[^"]*"|[^",;])+/g) ?? [];
  return pieces.flatMap((piece) => (piece.includes('"') ? [piece] : piece.split(/ and /))).map((piece) => piece.trim()).filter((piece) => piece !== '');
}

/** All phrases of a clause together; null when there is none. */
function meaningOf(clause) {
  let [rest, found] = [clause, null];
  for (const [phrase, meaning] of demands) {
    const match = phrase.exec(rest);
    if (match === null) continue;
    found = { ...meaning(match), ...found };
    rest = rest.replace(match[0], ' ');
  }
  return found;
}

/** In brackets stands a reason, a demand with "never", or which holds are meant: "(reply / payment claimed)". */
function asideOf(aside, all) {
  if (/^(?:never|no) /.test(aside)) {
    const meant = meaningOf(aside);
    return meant === null ? [] : [[meant]];
  }
  const named = aside.split(/\s*(?:\/|,| or )\s*/);
  const isReasons = named.every((one) => new RegExp(`^(?:${reasons})$`).test(one));
  const hold = all.flat().find((one) => one.hold === 'any');
  if (isReasons && hold !== undefined) hold.hold = named.map(reasonOf);
  return [];
}

const reasonOf = (text) => text.replaceAll(' ', '-');

/** The setting of a case. `unclear` says what is missing for playing it. */
export function settingOf({ setup = '', want = '', config = {} }) {
  const text = typeof setup === 'string' ? setup : '';
  const later = /a pass (\d+) (minute|hour|day)s? later/.exec(text);
  const received = /q1 received (\d+) (minute|hour)s? ago/.exec(text);
  const isBase = /as base\b|\bq1 in INBOX\b/.test(text);
  const clients = clientsOf(text);
  return {
    clients: clients.length > 0 || !isBase ? clients : [{ name: 'Bianchi Srl', addresses: ['anna@bianchi.example'] }],
    asksFirst: isBase,
    q1: {
      messageId: /q1 with Message-ID (<[^>]+>)/.exec(text)?.[1] ?? longId(text),
      minutesAgo: received === null ? 0 : Number(received[1]) * (received[2] === 'hour' ? 60 : 1),
    },
    answersFirst: /\ba1 in Sent\b/.test(text),
    isSecondCopy: /second copy of q1/.test(text),
    invoices: [...text.matchAll(/invoice (\S+), ([\d.]+) ([A-Z]{3}), issued (\S+), due ([\d-]+)/g)].map(([, number, total, currency, issued, due]) => ({ number, total, currency, issued, due })),
    day: /a pass on (\d{4}-\d\d-\d\d)/.exec(text)?.[1] ?? '2026-11-30',
    folders: [...text.matchAll(/folder "([^"]+)"/g)].map(([, name]) => name),
    owned: [...`${text} ${want}`.matchAll(/([\w.+-]+@[\w.-]*)(?= is an own address| in owner\.addresses)/g)].map(([, address]) => address),
    colleagues: [...text.matchAll(/([\w.+-]+@[\w.-]*) is a colleague/g)].map(([, address]) => address),
    also: [...text.matchAll(/\balso:? \[?"([^"]+)"/g)].map(([, name]) => name),
    flagged: flaggedOf(text),
    laterMinutes: later === null ? 0 : Number(later[1]) * { minute: 1, hour: 60, day: 1440 }[later[2]],
    mode: /\bmode (live|review)\b/.exec(text)?.[1] ?? 'live',
    config,
    unclear: clients.length === 0 && !isBase ? ['its setting names no client'] : [],
  };
}

/** 'client "Bianchi Srl" = anna@bianchi.example', 'client = anna@ and info@bianchi.example' */
function clientsOf(text) {
  const address = '[\\w.+-]+@[\\w.-]*';
  const found = text.matchAll(new RegExp(`(?:clients? |; )(?:"([^"]+)" )?= (${address}(?:(?:, | and )${address})*)`, 'g'));
  return [...found].map(([, name, list], index) => {
    const names = list.split(/, | and /).map((one) => one.replace(/\.$/, ''));
    const domain = names.map((one) => one.split('@')[1]).findLast((one) => one !== '');
    return { name: name ?? (index === 0 ? 'Bianchi Srl' : `Client ${index + 1}`), addresses: names.map((one) => (one.endsWith('@') ? one + domain : one)) };
  });
}

function longId(text) {
  const letters = /q1 with a Message-ID of ([\d,]+) letters/.exec(text)?.[1];
  return letters === undefined ? null : `<${'Ordine17'.repeat(1 + Number(letters.replaceAll(',', '')) / 8).slice(0, Number(letters.replaceAll(',', '')))}@bianchi.example>`;
}

/** 'then \Answered is set on q2 (UID 2)' */
function flaggedOf(text) {
  const match = /(\\\w+) is set on (\w+)(?: \(UID (\d+)\))?/.exec(text);
  return match === null ? null : { flag: match[1], uid: Number(match[3] ?? match[2].replace(/\D/g, '')) };
}

const monthNames = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

/** '21 December' after a day -> '2026-12-21' */
export function dayMeant(text, after) {
  if (/^\d{4}-/.test(text)) return text;
  const [, day, month, year] = /^(\d+)\w* (\p{L}+)(?: (\d{4}))?/u.exec(text);
  const inYear = (of) => `${of}-${String(monthNames.indexOf(month.toLowerCase()) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (year !== undefined) return inYear(year);
  const thisYear = Number(after.slice(0, 4));
  return inYear(thisYear) >= after ? inYear(thisYear) : inYear(thisYear + 1);
}
