/**
 * What the owner says of the columns of a file: read from the command line, remembered for files with the same headings,
 * and found again. Reads no file.
 */
import { type FileForm, type FormOf, headingsKey, isHeadless } from '../../books/file-form.ts';
import { AppError } from '../../errors.ts';
import type { DayOrder } from '../../rules/day-order.ts';
import { nearest } from '../../rules/nearest.ts';
import type { Reader, Writer } from '../../store/database.ts';
import { type FormKind, formText, putFormText } from '../../store/file-forms.ts';

/**
 * @param texts 'date=Buchungstag', as --map takes them; one may hold several, as in 'date=A,amount=B'
 * @returns null for none
 * @throws AppError 'usage' for a meaning that is not known, or named twice
 */
export function parseMap(texts: readonly string[] | undefined, meanings: readonly string[]): FileForm | null {
  if (texts === undefined || texts.length === 0) return null;
  const columns: Record<string, string> = {};
  for (const text of texts.flatMap((each) => pairsIn(each, meanings))) {
    const [, meaning = '', heading = ''] = /^\s*([A-Za-z]+)\s*=\s*(\S.*)$/.exec(text) ?? [];
    if (heading === '')
      throw new AppError('usage', `"${text}" does not say which column is what`, {
        next: "Write it as MEANING=HEADING, as in --map 'date=Buchungstag'.",
      });
    if (!meanings.includes(meaning)) throw unknownMeaning(meaning, meanings);
    if (columns[meaning] !== undefined)
      throw new AppError('usage', `${meaning} is named twice`, { next: 'Name one column for each.' });
    columns[meaning] = heading.trim();
  }
  return { columns };
}

/** A comma divides only before another meaning: headings may have one. */
function pairsIn(text: string, meanings: readonly string[]): string[] {
  return text.split(new RegExp(`,\\s*(?=(?:${meanings.join('|')})\\s*=)`));
}

function unknownMeaning(meaning: string, meanings: readonly string[]): AppError {
  const near = nearest(meaning, meanings);
  return new AppError('usage', `"${meaning}" is nothing that a column may be`, {
    next: `${near === undefined ? '' : `Did you mean ${near}? `}Known are: ${meanings.join(', ')}.`,
  });
}

export function formsOf(r: Reader, kind: FormKind): FormOf {
  return (headings) => {
    const text = formText(r, kind, headingsKey(headings));
    return text === undefined ? undefined : (JSON.parse(text) as FileForm);
  };
}

/** For files with the same headings; a file without any is not known again. */
export function rememberForm(
  w: Writer,
  kind: FormKind,
  headings: readonly string[],
  said: { form: FileForm | null; days: DayOrder | null },
): void {
  const { form, days } = said;
  if ((form === null && days === null) || headings.length === 0 || (form !== null && isHeadless(form))) return;
  const before = formsOf(w, kind)(headings);
  const columns = form?.columns ?? before?.columns ?? {};
  const order = days ?? before?.days;
  putFormText(
    w,
    kind,
    headingsKey(headings),
    JSON.stringify({ columns, ...(order === undefined ? {} : { days: order }) }),
  );
}
