/** `paletti config`: says whether config.json is sound, and prints its JSON Schema. Opens no database. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../errors.ts';
import { bellInWords } from '../rules/bell-words.ts';
import { jobNames } from '../rules/job-times.ts';
import { optionsOf, outputOf, reading } from './command.ts';
import type { Ways } from './ways.ts';

export function addTo(program: Command, ways: Ways): void {
  const config = program
    .command('config')
    .summary('check the configuration, print its schema')
    .description('The configuration.');
  reading(config.command('check', { isDefault: true }))
    .description('Read the configuration and name every fault in it.')
    .argument('[file]', 'another file than the usual one')
    .action((file: string | undefined, _options, command: Command) => check(ways, command, file));
  config
    .command('schema')
    .description('Print the JSON Schema that editors use to complete and check config.json.')
    .action(async (_options, command: Command) =>
      outputOf(ways, command).raw(`${JSON.stringify(await ways.configSchema(), null, 2)}\n`),
    );
}

async function check(ways: Ways, command: Command, file: string | undefined): Promise<void> {
  const options = optionsOf(command);
  const config =
    file === undefined ? await ways.readConfig(options.config) : await checkFile(ways, resolve(ways.cwd, file));
  const out = outputOf(ways, command);
  const summary = {
    path: config.path,
    mode: config.sending.mode,
    mailboxes: config.mailboxes.map((mailbox) => mailbox.name),
    steps: config.dunning.steps.map((step) => step.name),
    dataDir: config.dataDir,
    jobs: config.jobs,
  };
  if (options.json === true) return out.json(summary);
  out.data(`${config.path} is sound.`);
  out.data(`  ${config.owner.name}, ${config.owner.timeZone}; reads ${summary.mailboxes.join(', ')}`);
  out.data(`  sending: ${summary.mode}; dunning: ${summary.steps.join(', ') || 'no steps'}`);
  out.data(`  data: ${summary.dataDir}`);
  for (const name of jobNames) out.data(`  ${name}: ${bellInWords(config.jobs[name])}`);
  out.say('To test the servers and passwords too: paletti doctor');
}

async function checkFile(ways: Ways, path: string) {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AppError('config', 'the configuration cannot be read', { where: path, next: 'Check the path.', cause });
  });
  return ways.checkConfig(text, path);
}
