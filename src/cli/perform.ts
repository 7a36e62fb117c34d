/** Runs one command line and says its faults. Returns the exit code; setting it is left to `main.ts`. */
import { exitCodes } from '../errors.ts';
import { beginOutput, finishOutput } from './command.ts';
import { CommanderError } from './commander.ts';
import { beginSpeaking } from './language.ts';
import { tellFault, tellFaultAsJson } from './faults.ts';
import { buildProgram } from './program.ts';
import type { Ways } from './ways.ts';

/** @param argv the words after `paletti` */
export async function perform(argv: readonly string[], ways: Ways): Promise<number> {
  try {
    beginOutput(ways);
    beginSpeaking(ways, argv);
    const program = await buildProgram(ways, argv);
    if (argv.length === 0) {
      program.outputHelp();
      return 0;
    }
    await program.parseAsync(argv, { from: 'user' });
    finishOutput(ways);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
    return argv.includes('--json') ? tellFaultAsJson(error, ways) : tellFault(error, ways);
  }
}
