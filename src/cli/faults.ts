/** Says a fault to a person: what happened, where, what next. Decides the exit code; does not set it. */
import { AppError, exitCodes } from '../errors.ts';
import { whose } from '../store/whose.ts';
import type { FileFault } from '../words/parts/faults.ts';
import { wordsOf } from '../words/voice.ts';
import { asTyped, widthOfSink } from './output.ts';
import { cleanJson, cleanLines, wrapLines } from './table.ts';
import type { Ways } from './ways.ts';

/** A fault of the file system is a person's to mend, wherever it was met; undefined when it is another. */
function fileFault(error: unknown): AppError | undefined {
  const { code = '', path } = (error ?? {}) as NodeJS.ErrnoException;
  const words = wordsOf('en').faults.ofFile[code as FileFault] as string | undefined;
  if (words === undefined || typeof path !== 'string') return undefined;
  const owner = code === 'EACCES' || code === 'EPERM' ? whose(path) : undefined;
  const belongs = owner === undefined || owner.isMine ? '' : `; ${owner.path} belongs to ${owner.name}`;
  const next =
    belongs === '' ? 'Check the path and its permissions.' : `Run it as ${owner?.name}, or name another path.`;
  return new AppError('bad-input', `${words}${belongs}`, { where: path, next, cause: error });
}

/** @returns the exit code */
export function sayFault(thrown: unknown, ways: Ways): number {
  const error = thrown instanceof AppError ? thrown : (fileFault(thrown) ?? thrown);
  if (error instanceof AppError) {
    ways.stderr.write(wrapLines(asTyped(faultText(error), calledAs(ways)), widthOfSink(ways.stderr)));
    return exitCodes[error.code];
  }
  ways.stderr.write(internalText(error, ways));
  return exitCodes.internal;
}

/** For a program: one line on stderr, beside whatever stdout holds. @returns the exit code */
export function sayFaultAsJson(thrown: unknown, ways: Ways): number {
  const error = thrown instanceof AppError ? thrown : (fileFault(thrown) ?? thrown);
  const isNamed = error instanceof AppError;
  const code = isNamed ? error.code : 'internal';
  const next = isNamed ? (error.next ?? null) : 'Run it again with PALETTI_DEBUG=1 and report what it prints.';
  const fault = {
    ...{ code, exitCode: exitCodes[code], message: error instanceof Error ? error.message : String(error) },
    ...{ where: isNamed ? (error.where ?? null) : null, next: next === null ? null : asTyped(next, calledAs(ways)) },
  };
  ways.stderr.write(`${cleanJson(JSON.stringify({ ok: false, error: fault }))}\n`);
  return exitCodes[code];
}

const calledAs = (ways: Ways) => ways.calledAs ?? 'paletti';

function faultText(fault: AppError): string {
  const where = fault.where === undefined ? '' : `  where: ${cleanLines(fault.where)}\n`;
  const next = fault.next === undefined ? '' : `  next:  ${cleanLines(fault.next)}\n`;
  return `paletti: ${cleanLines(fault.message)}\n${where}${next}`;
}

/** A fault of the program itself: the trace only on request, as it means nothing to most people. */
function internalText(error: unknown, ways: Ways): string {
  const message = error instanceof Error ? error.message : String(error);
  if ((ways.env['PALETTI_DEBUG'] ?? '') !== '' && error instanceof Error)
    return `${cleanLines(error.stack ?? message)}\n`;
  return `paletti: a fault in the program itself: ${cleanLines(message)}\n  next:  Run it again with PALETTI_DEBUG=1 and report what it prints.\n`;
}
