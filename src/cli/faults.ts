/** Says a fault to a person: what happened, where, what next. Decides the exit code; does not set it. */
import { AppError, exitCodes } from '../errors.ts';
import { widthOfSink } from './output.ts';
import { cleanLines, wrapLines } from './table.ts';
import type { Ways } from './ways.ts';

/** @returns the exit code */
export function sayFault(error: unknown, ways: Ways): number {
  if (error instanceof AppError) {
    ways.stderr.write(wrapLines(faultText(error), widthOfSink(ways.stderr)));
    return exitCodes[error.code];
  }
  ways.stderr.write(internalText(error, ways));
  return exitCodes.internal;
}

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
