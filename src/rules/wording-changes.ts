/** What differs between two wordings of one letter, line by line, for a person to read. Judges nothing. */

export interface Wording {
  /** '' when the line is new */
  was: string;
  /** '' when the line is gone */
  now: string;
}

interface Worded {
  subject: string;
  /** '' where only the subject was rendered: then it is not compared */
  text: string;
}

/** In the order of the letter; a line that was replaced stands beside what replaced it. Empty when they say the same. */
export function differences(before: Worded, after: Worded): Wording[] {
  const subject = before.subject === after.subject ? [] : [{ was: before.subject, now: after.subject }];
  return after.text === '' ? subject : [...subject, ...changedLines(linesOf(before.text), linesOf(after.text))];
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** Between two lines that both wordings share, what one has is set beside what the other has. */
function changedLines(before: readonly string[], after: readonly string[]): Wording[] {
  const found: Wording[] = [];
  let from = 0;
  let to = 0;
  while (from < before.length || to < after.length) {
    const [keptBefore, keptAfter] = nextShared(before, after, { from, to });
    const was = before.slice(from, keptBefore);
    const now = after.slice(to, keptAfter);
    for (let at = 0; at < Math.max(was.length, now.length); at += 1)
      found.push({ was: was[at] ?? '', now: now[at] ?? '' });
    from = keptBefore + 1;
    to = keptAfter + 1;
  }
  return found;
}

/** Where both go on alike, as near as can be; the ends of both when they do not. Letters are short. */
function nextShared(
  before: readonly string[],
  after: readonly string[],
  { from, to }: { from: number; to: number },
): [number, number] {
  for (let steps = 0; from + to + steps < before.length + after.length; steps += 1) {
    for (let ahead = 0; ahead <= steps; ahead += 1) {
      const [one, other] = [from + ahead, to + steps - ahead];
      if (one < before.length && other < after.length && before[one] === after[other]) return [one, other];
    }
  }
  return [before.length, after.length];
}

const months =
  'gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|' +
  'January|February|March|April|May|June|July|August|September|October|November|December';

/** A date with what stands before it in Italian or English, or a number of days: what changes because days pass. */
const daysInWords = new RegExp(
  `(?:(?<!\\p{L})\\p{L}{1,12}ì |(?<!\\p{L})[A-Z][a-z]{1,8}day |sabato |domenica |(?:d?all|l|dell)’|(?:il|del|al|dal) )?\\d{1,2}º? (?:${months})(?: \\d{4})?` +
    '|(?:si è perso|si sono persi) \\d+ (?:giorno|giorni)|(?<!\\d)\\d+ days?',
  'gu',
);

/** The same but for the days that pass. */
export function saysTheSame(before: Worded, after: Worded): boolean {
  const timeless = (text: string) => text.replace(daysInWords, '…');
  const isSame = timeless(before.subject) === timeless(after.subject);
  return isSame && (after.text === '' || timeless(before.text) === timeless(after.text));
}

/** Days of the first wording that the second does not name, and that the owner's own words still name. */
export function movedDays(own: Worded, before: Worded, after: Worded): string[] {
  if (after.text === '') return [];
  const dayOnly = new RegExp(`\\d{1,2}º? (?:${months})|(?<!\\d)\\d+ (?:giorno|giorni|days?)`, 'gu');
  const named = (of: Worded) => new Set<string>(`${of.subject}\n${of.text}`.match(dayOnly) ?? []);
  const [now, hers] = [named(after), named(own)];
  return [...named(before)].filter((day) => !now.has(day) && hers.has(day));
}
