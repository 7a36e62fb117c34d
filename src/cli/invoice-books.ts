/** `paletti invoices import` for files that say themselves what they are: preview, asking, doing, and what is told of each. */
import type { BookImport, BookImportOptions, BookOutcome } from '../desk/import-books.ts';
import { tried } from '../desk/parts.ts';
import { AppError } from '../errors.ts';
import { parsePaymentTerms } from '../rules/payment-terms.ts';
import { dayOf } from '../rules/time.ts';
import type { DeskContext } from './command.ts';
import type { Told } from './import-questions.ts';
import { agreed } from './questions.ts';
import { isAllRefused, refuseFiles, tellFurtherRefused } from './refused-files.ts';
import { mayAsk } from './terminal.ts';
import type { Ways } from './ways.ts';

export interface BookOptions {
  yes?: boolean;
  dryRun?: boolean;
  addClients?: boolean;
  terms?: string;
  input?: boolean;
}

interface Input {
  name: string;
  bytes: Uint8Array;
}

/** @returns whether it was done. @throws AppError 'bad-input' at the end, when a file was refused: the others were taken */
export async function importBookFiles(
  ways: Ways,
  context: DeskContext,
  inputs: readonly Input[],
  options: BookOptions,
): Promise<boolean> {
  const { desk, out, json, now, zone, voice } = context;
  const { clients, money } = voice.t;
  const { importBooks } = await import('../desk/import-books.ts');
  const { owner } = desk.config;
  const how: BookImportOptions = {
    owner: { vat: owner.vat ?? '', taxCode: owner.taxCode ?? '' },
    accounts: owner.accounts ?? [],
    language: owner.language,
    today: dayOf(now, zone),
    terms: parseTerms(options.terms),
    addClients: options.addClients === true,
  };
  const attempt = (isReal: boolean) => tried(desk, isReal, (w) => importBooks(w, inputs, how));
  const isReal = options.yes === true && options.dryRun !== true;
  const first = attempt(isReal);
  if (json) out.json(forPrograms(first, isReal));
  else tell(context, first, isReal);
  let isDone = isReal;
  if (!isReal && !json && options.dryRun !== true && changes(first) > 0) {
    if (!mayAsk(ways, options)) out.say(clients.import.toDoIt);
    else if (await agreed(ways, money.import.title)) {
      tell(context, attempt(true), true);
      isDone = true;
    } else out.say(clients.import.nothingDone);
  }
  refuseFiles(first.files);
  return isDone;
}

/** @throws AppError 'usage' */
export function parseTerms(text: string | undefined): BookImportOptions['terms'] {
  try {
    return text === undefined ? null : parsePaymentTerms(text);
  } catch (fault) {
    throw new AppError('usage', (fault as Error).message, { next: 'Write --terms 30, or --terms "30 eom".' });
  }
}

const doing: readonly BookOutcome['what'][] = ['add', 'change', 'credit', 'void'];

function changes({ outcomes }: BookImport): number {
  return outcomes.filter(({ what }) => doing.includes(what)).length;
}

/** Per file, under the names that `npm run money` compares. */
function forPrograms({ files, outcomes }: BookImport, isReal: boolean) {
  return {
    done: isReal,
    files: files.map(({ invoices, refused, ...file }) => ({
      ...file,
      refuse: refused !== null,
      why:
        refused === null
          ? null
          : [refused.message, refused.place, refused.next].filter((text) => text !== '').join(' '),
      invoices,
    })),
    outcomes,
  };
}

function tell({ out, voice }: Told, { files, outcomes }: BookImport, isDone: boolean): void {
  const { import: words } = voice.t.money;
  for (const { file, refused, knownAs } of files)
    if (refused === null && knownAs !== null) out.say(words.knownAs(file, knownAs));
  tellFurtherRefused(out, files);
  if (isAllRefused(files) && outcomes.length === 0) return;
  if (outcomes.length > 0) tellOutcomes({ out, voice }, outcomes);
  for (const { what, number, client, details, next } of outcomes)
    if (what === 'asked') {
      out.warn(words.asked(number ?? '', client, details.join('; ')));
      out.say(`  ${next}`);
    }
  const of = (what: BookOutcome['what']) => outcomes.filter((one) => one.what === what).length;
  out.say(
    words.done(isDone, {
      add: of('add'),
      change: of('change'),
      credit: of('credit'),
      void: of('void'),
      unchanged: of('unchanged'),
      leftOut: of('left-out'),
      asked: of('asked'),
    }),
  );
}

function tellOutcomes({ out, voice }: Told, outcomes: readonly BookOutcome[]): void {
  const { columns, what: names } = voice.t.money.import;
  out.table(
    [
      { title: columns.file, flexible: true },
      { title: columns.invoice },
      { title: columns.client, flexible: true },
      { title: columns.what },
      { title: columns.total, align: 'right' },
      { title: columns.open, align: 'right' },
      { title: columns.detail, flexible: true, below: true },
    ],
    outcomes.map(({ file, number, client, what, totalCents, currency, openCents, details }) => [
      file,
      number ?? '',
      client ?? '',
      names[what],
      currency === null ? '' : voice.sum(totalCents, currency),
      currency === null || !doing.includes(what) ? '' : voice.sum(openCents, currency),
      details.join('; '),
    ]),
  );
}
