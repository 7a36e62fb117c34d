/** Says a fault to a person: what happened, where, what next. Decides the exit code; does not set it. */
import { AppError, exitCodes } from '../errors.ts';
import { whose } from '../store/whose.ts';
import type { FileFault } from '../words/parts/faults.ts';
import { sayFault, wordsOf } from '../words/voice.ts';
import { languageOf } from './language.ts';
import { asTyped, widthOfSink } from './output.ts';
import { cleanJson, cleanLines, wrapLines } from './table.ts';
import type { Terminal } from './terminal.ts';
import type { Ways } from './ways.ts';

/** A fault of the file system is a person's to mend, wherever it was met; undefined when it is another. */
function fileFault(error: unknown, ways: Ways): AppError | undefined {
  const { code = '', path } = (error ?? {}) as NodeJS.ErrnoException;
  const { faults } = wordsOf(languageOf(ways));
  const words = faults.ofFile[code as FileFault] as string | undefined;
  if (words === undefined || typeof path !== 'string') return undefined;
  const owner = code === 'EACCES' || code === 'EPERM' ? whose(path) : undefined;
  const isOthers = owner !== undefined && !owner.isMine;
  const belongs = isOthers ? faults.belongsTo(owner.path, owner.name) : '';
  const next = isOthers ? faults.runAs(owner.name) : faults.checkPath;
  return new AppError('bad-input', `${words}${belongs}`, { where: path, next, cause: error });
}

/** @returns the exit code */
export function tellFault(thrown: unknown, ways: Ways): number {
  const error = thrown instanceof AppError ? thrown : (fileFault(thrown, ways) ?? thrown);
  if (error instanceof AppError) {
    ways.stderr.write(wrapLines(asTyped(faultText(error, ways), calledAs(ways)), widthOfSink(ways.stderr)));
    return exitCodes[error.code];
  }
  ways.stderr.write(internalText(error, ways));
  return exitCodes.internal;
}

/** For a program: one line on stderr, beside whatever stdout holds. @returns the exit code */
export function tellFaultAsJson(thrown: unknown, ways: Ways): number {
  const error = thrown instanceof AppError ? thrown : (fileFault(thrown, ways) ?? thrown);
  const language = languageOf(ways);
  const isNamed = error instanceof AppError;
  const code = isNamed ? error.code : 'internal';
  const said = isNamed
    ? sayFault(error, language)
    : { what: error instanceof Error ? error.message : String(error), next: wordsOf(language).faults.reportIt };
  const fault = {
    code,
    exitCode: exitCodes[code],
    message: said.what,
    where: isNamed ? (error.where ?? null) : null,
    next: said.next === undefined ? null : asTyped(said.next, calledAs(ways)),
    fault: isNamed ? error.fault : null,
  };
  ways.stderr.write(`${cleanJson(JSON.stringify({ ok: false, error: fault }))}\n`);
  return exitCodes[code];
}

const calledAs = (ways: Terminal) => ways.calledAs ?? 'paletti';

function faultText(error: AppError, ways: Ways): string {
  const language = languageOf(ways);
  const { faults } = wordsOf(language);
  const { what, next } = sayFault(error, language);
  const label = (text: string) => text.padEnd(6);
  const where = error.where === undefined ? '' : `  ${label(faults.where)} ${cleanLines(error.where)}\n`;
  return `paletti: ${cleanLines(what)}\n${where}${next === undefined ? '' : `  ${label(faults.next)} ${cleanLines(next)}\n`}`;
}

/** A fault of the program itself: the trace only on request, as it means nothing to most people. */
function internalText(error: unknown, ways: Ways): string {
  const message = error instanceof Error ? error.message : String(error);
  if ((ways.env['PALETTI_DEBUG'] ?? '') !== '' && error instanceof Error)
    return `${cleanLines(error.stack ?? message)}\n`;
  const { faults } = wordsOf(languageOf(ways));
  return `paletti: ${faults.inTheProgram(cleanLines(message))}\n  ${faults.next.padEnd(6)} ${faults.reportIt}\n`;
}
