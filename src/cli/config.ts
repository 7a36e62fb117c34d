/** `paletti config`: says whether config.json is sound, and prints its JSON Schema; `config hours` is in hours.ts. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../errors.ts';
import { readBell } from '../rules/bells.ts';
import { jobNames } from '../rules/job-times.ts';
import { optionsOf, outputOf, reading } from './command.ts';
import { wordsOf } from '../words/voice.ts';
import { addHours } from './hours.ts';
import { languageOf, ownerSpeaks } from './language.ts';
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
  addHours(config, ways);
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
  ownerSpeaks(ways, config.owner.language);
  const { setup, daily } = wordsOf(languageOf(ways)).terminal;
  const { config: words } = setup;
  const summary = {
    path: config.path,
    mode: config.sending.mode,
    mailboxes: config.mailboxes.map((mailbox) => mailbox.name),
    steps: config.dunning.steps.map((step) => step.name),
    dataDir: config.dataDir,
    jobs: config.jobs,
  };
  if (options.json === true) return out.json(summary);
  const { name: owner, timeZone } = config.owner;
  out.data(words.sound(config.path));
  out.data(`  ${words.reads(owner, timeZone, summary.mailboxes.join(', '))}`);
  out.data(`  ${words.sending(summary.mode, summary.steps.join(', '))}`);
  out.data(`  ${words.data(summary.dataDir)}`);
  for (const name of jobNames)
    out.data(`  ${name}: ${daily.jobs.bell(readBell(config.jobs[name]), config.jobs[name])}`);
  out.say(words.next);
}

async function checkFile(ways: Ways, path: string) {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AppError('config', { code: 'config-unreadable' }, { where: path, cause });
  });
  return ways.checkConfig(text, path);
}
