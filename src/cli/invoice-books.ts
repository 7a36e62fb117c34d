/** `paletti invoices import` for files that say themselves what they are: preview, asking, doing, and what is told of each. */
import type { BookImport, BookImportOptions, BookOutcome } from '../desk/import-books.ts';
import { tried } from '../desk/parts.ts';
import { AppError } from '../errors.ts';
import { parsePaymentTerms } from '../rules/payment-terms.ts';
import { dayOf } from '../rules/time.ts';
import type { DeskContext } from './command.ts';
import type { Output } from './output.ts';
import { agreed } from './questions.ts';
import { mayAsk, type Ways } from './ways.ts';
import { several, sum } from './words.ts';

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

/** @throws AppError 'bad-input' at the end, when a file was refused: the others were taken */
export async function importBookFiles(
  ways: Ways,
  context: DeskContext,
  inputs: readonly Input[],
  options: BookOptions,
): Promise<void> {
  const { desk, out, json, now, zone } = context;
  const { importBooks } = await import('../desk/import-books.ts');
  const { owner } = desk.config;
  const how: BookImportOptions = {
    owner: { vat: owner.vat ?? '', taxCode: owner.taxCode ?? '' },
    ...{ accounts: owner.accounts ?? [], language: owner.language, today: dayOf(now, zone) },
    terms: parseTerms(options.terms),
    addClients: options.addClients === true,
  };
  const attempt = (isReal: boolean) => tried(desk, isReal, (w) => importBooks(w, inputs, how));
  const isReal = options.yes === true && options.dryRun !== true;
  const first = attempt(isReal);
  if (json) out.json(forPrograms(first, isReal));
  else tell(out, first, isReal);
  if (!isReal && !json && options.dryRun !== true && changes(first) > 0) {
    if (!mayAsk(ways, options)) out.say('To do it, repeat the command with --yes.');
    else if (await agreed(ways, 'Invoices')) tell(out, attempt(true), true);
    else out.say('Nothing was done.');
  }
  refuse(first);
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

function tell(out: Output, { files, outcomes }: BookImport, isDone: boolean): void {
  for (const { file, refused, knownAs } of files) {
    if (refused !== null) out.warn(`${file}: ${refused.message} ${refused.next}`);
    else if (knownAs !== null) out.say(`${file}: read before, as ${knownAs}`);
  }
  if (outcomes.length > 0) tellOutcomes(out, outcomes);
  for (const { what, number, client, details, next } of outcomes)
    if (what === 'asked') {
      out.warn(`${number ?? ''}${client === null ? '' : ` of ${client}`}: ${details.join('; ')}`);
      out.say(`  ${next}`);
    }
  const counted = (what: BookOutcome['what']) => outcomes.filter((one) => one.what === what).length;
  const parts = [
    `${counted('add')} added`,
    `${counted('change')} changed`,
    ...(counted('credit') > 0 ? [several(counted('credit'), 'credit note')] : []),
    ...(counted('void') > 0 ? [`${counted('void')} void`] : []),
    `${counted('unchanged')} unchanged`,
    `${counted('left-out')} left out`,
    `${counted('asked')} asked about and left as they are`,
  ];
  out.say(`${isDone ? 'Done' : 'Would be done'}: ${parts.join(', ')}.`);
}

function tellOutcomes(out: Output, outcomes: readonly BookOutcome[]): void {
  out.table(
    [
      { title: 'FILE', flexible: true },
      { title: 'INVOICE' },
      { title: 'CLIENT', flexible: true },
      { title: 'WHAT' },
      { title: 'TOTAL', align: 'right' },
      { title: 'OPEN', align: 'right' },
      { title: 'DETAIL', flexible: true, below: true },
    ],
    outcomes.map(({ file, number, client, what, totalCents, currency, openCents, details }) => [
      file,
      number ?? '',
      client ?? '',
      what,
      currency === null ? '' : sum(totalCents, currency),
      currency === null || !doing.includes(what) ? '' : sum(openCents, currency),
      details.join('; '),
    ]),
  );
}

function refuse({ files }: BookImport): void {
  const refused = files.flatMap(({ file, refused: why }) => (why === null ? [] : [{ file, ...why }]));
  const [first] = refused;
  if (first === undefined) return;
  const others = refused.length > 1 ? ` (and ${several(refused.length - 1, 'other file')})` : '';
  throw new AppError('bad-input', `${first.message.replace(/\.$/, '')}${others}`, {
    where: first.place === '' ? first.file : `${first.file}, ${first.place}`,
    next: first.next,
  });
}
