/** `paletti decide FILE.eml`: judges one raw message as if it had just been received. No network; nothing is recorded. */
import type { Command } from 'commander';
import { parseMoment } from '../desk/values.ts';
import { AppError } from '../errors.ts';
import { optionsOf, outputOf, reading, readInput } from './command.ts';
import type { Output } from './output.ts';
import type { Ways } from './ways.ts';

interface Options {
  mailFrom?: string;
  rcptTo?: string;
  now?: string;
  asClient?: boolean;
}

export function addTo(program: Command, ways: Ways): void {
  reading(program.command('decide'))
    .summary('judge one mail file; needs no network and changes nothing')
    .description(
      'Judge one raw message as if it had just been received: what it is, whether it came out of hours, what it would be answered and when.',
    )
    .argument('<file>', 'the message (.eml); - for standard input')
    .option('--mail-from <address>', "envelope sender; '<>' is the null sender")
    .option('--rcpt-to <address>', 'envelope recipient')
    .option('--now <moment>', 'when it was received, ISO 8601')
    .option('--as-client', 'take the sender to be a client')
    .action((file: string, _options, command: Command) => decide(ways, command, file));
}

async function decide(ways: Ways, command: Command, file: string): Promise<void> {
  const options = optionsOf<Options>(command);
  const config = await ways.readConfig(options.config);
  const { bytes } = await readInput(ways, file);
  const result = await ways.decide(config, bytes, {
    ...(options.mailFrom !== undefined && { mailFrom: bareAddress(options.mailFrom) }),
    ...(options.rcptTo !== undefined && { rcptTo: bareAddress(options.rcptTo) }),
    now:
      options.now === undefined
        ? ways.clock.now()
        : parseMoment(options.now, { now: ways.clock.now(), zone: config.owner.timeZone }),
    asClient: options.asClient === true,
  });
  const out = outputOf(ways, command);
  if (options.json === true) out.json(result);
  else tell(out, result);
}

/** '<a@b.it>' -> 'a@b.it'; '<>' -> '' */
function bareAddress(text: string): string {
  const address = text.trim().replace(/^<(.*)>$/, '$1');
  if (/[\p{Cc}\s<>]/u.test(address))
    throw new AppError('usage', 'an envelope address is one bare address', { next: "As in a@example.com, or '<>'." });
  return address;
}

function tell(out: Output, result: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(result)) {
    if (name === 'letter' || value === null) continue;
    out.data(`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  }
  const letter = result['letter'] as { subject: string; text: string } | null;
  if (letter === null || letter === undefined) return;
  out.data(`\nSubject: ${letter.subject}\n\n${letter.text.trimEnd()}`);
}
