/**
 * What an English letter about money says, read out of its text alone: invoices with their sums, totals, days and earlier
 * letters. Knows nothing of the facts it was made from, so that the record can be held against it.
 */
export interface SaidLine {
  /** number, with the instalment when one is named: '7 (instalment 1 of 2)' */
  what: string;
  number: string;
  cents: number;
}

export interface Said {
  kind: 'reminder' | 'pause' | 'termination' | 'resumed' | 'received' | 'otherwise' | 'other';
  asked: SaidLine[];
  received: SaidLine[];
  cancelled: SaidLine[];
  credited: SaidLine[];
  disputed: SaidLine[];
  total: number | null;
  /** of what was received: above what the invoices ask for */
  beyond: number;
  /** 'YYYY-MM-DD' of the letters it refers to */
  furtherTo: string | null;
  before: string[];
  pausedOn: string | null;
  nothingRemains: boolean;
  workGoesOn: boolean;
}

const months = 'January February March April May June July August September October November December'.split(' ');

function dayOfWords(text: string): string {
  const [day, month, year] = text.split(' ') as [string, string, string];
  return `${year}-${String(months.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function centsOf(text: string): number {
  return Math.round(Number(text.replace(/[^\d.]/g, '')) * 100);
}

const date = String.raw`\d{1,2} [A-Z][a-z]+ \d{4}`;
const sum = String.raw`[€$][\d,]+\.\d\d`;

function kindOf(subject: string): Said['kind'] {
  const kinds: [RegExp, Said['kind']][] = [
    [/^Reminder: /, 'reminder'],
    [/^Work paused: /, 'pause'],
    [/^Notice of termination/, 'termination'],
    [/^Work resumes: payment received/, 'resumed'],
    [/^Payment received/, 'received'],
    [/^Work resumes|no payment needed/, 'otherwise'],
  ];
  return kinds.find(([pattern]) => pattern.test(subject))?.[1] ?? 'other';
}

/** Lines of the list below a heading, up to the next empty line but one. */
function listed(text: string, heading: RegExp): SaidLine[] {
  const block = heading.exec(text);
  if (block === null) return [];
  const rest = text.slice(block.index + block[0].length).replace(/^\n+/, '');
  return linesOf(rest.split('\n\n')[0] as string);
}

function linesOf(text: string): SaidLine[] {
  const line = new RegExp(
    `^- Invoice (.+?) of ${date}(?:, (instalment \\d+ of \\d+))?(?:, due ${date})?: (${sum})`,
    'gm',
  );
  return [...text.matchAll(line)].map(([, number = '', instalment, amount = '']) => ({
    what: instalment === undefined ? number : `${number} (${instalment})`,
    number,
    cents: centsOf(amount),
  }));
}

/** @throws when a sum stands in the text that was not understood: nothing that is said goes unchecked */
export function readLetter(subject: string, text: string): Said {
  const kind = kindOf(subject);
  const isDemand = kind === 'reminder' || kind === 'pause' || kind === 'termination';
  const found = (pattern: string) => new RegExp(pattern, 'm').exec(text)?.[1];
  const furtherTo = found(`Further to my reminder of (${date})`);
  const pausedOn = found(`(?:[Ww]ork (?:I )?paused on|has been paused since) (${date})`);
  const total = found(`Total (?:to pay|received): (${sum})`);
  const said: Said = {
    kind,
    asked: isDemand ? linesOf(text) : [],
    received: listed(text, /^Received:$/m),
    cancelled: listed(text, /^Cancelled, and so not to be paid:$/m),
    credited: listed(text, /^Taken off by credit note, and so not to be paid:$/m),
    disputed: listed(text, /^(?:Not included, because you dispute it|I have noted that you dispute).*:$/m),
    total: total === undefined ? null : centsOf(total),
    beyond: centsOf(found(`^(${sum}) of it is more than`) ?? '0'),
    furtherTo: furtherTo === undefined ? null : dayOfWords(furtherTo),
    before: [...text.matchAll(new RegExp(`^- (?:payment reminder|notice of paused work) of (${date})$`, 'gm'))].map(
      ([, on = '']) => dayOfWords(on),
    ),
    pausedOn: pausedOn === undefined ? null : dayOfWords(pausedOn),
    nothingRemains: /Nothing remains to be paid/.test(text),
    workGoesOn: /will resume by/.test(text) && !isDemand,
  };
  const lines = [...said.asked, ...said.received, ...said.cancelled, ...said.credited, ...said.disputed];
  if (kind !== 'other' && lines.length !== linesOf(text).length)
    throw new Error(`a line of the letter was not understood:\n${text}`);
  return said;
}
