/** `paletti page`: serves the page on this machine and opens the browser; ends with Ctrl-C, or when nobody looks. */
import type { Command } from 'commander';
import { optionsOf, outputOf, reading } from './command.ts';
import { ownerSpeaks, languageOf } from './language.ts';
import type { Ways } from './ways.ts';
import { wordsOf } from '../words/voice.ts';

interface Options {
  /** false with --no-open */
  open: boolean;
}

export function addTo(program: Command, ways: Ways): void {
  reading(program.command('page'))
    .summary('the page in the browser, on this machine')
    .description(
      'Serves the page on 127.0.0.1 and opens it in the browser. It ends with Ctrl-C, or half an hour after the last look.',
    )
    .option('--no-open', 'print its address instead; the address lets in once')
    .action((_options, command: Command) => servePage(ways, command));
}

async function servePage(ways: Ways, command: Command): Promise<void> {
  await servePageOf(ways, command, optionsOf<Options>(command));
}

/** Serves it, and waits until it has ended. */
export async function servePageOf(
  ways: Ways,
  command: Command,
  { open, config: path, json }: Options & { config?: string; json?: boolean },
): Promise<void> {
  const config = await ways.readKnownConfig(path);
  ownerSpeaks(ways, config.owner.language);
  const { page: words } = wordsOf(languageOf(ways)).terminal.daily;
  const out = outputOf(ways, command);
  const page = await ways.servePage(config);
  if (json === true) out.json({ url: page.address });
  else if (!open) out.command(page.address);
  else if (await page.open()) out.say(words.opens);
  else out.command(words.noBrowser(page.address));
  if (page.isOurs && json !== true) out.say(words.served);
  await page.ended;
}
