/**
 * The library that reads command lines, loaded as the CommonJS it is: through its door for ES modules Node looks for
 * its exports first, which takes longer than most commands work. Adds nothing to it.
 */
import { createRequire } from 'node:module';
import type * as Commander from 'commander';

const library = createRequire(import.meta.url)('commander') as typeof Commander;

export type Command = Commander.Command;
export const { Command, CommanderError, Option } = library;
