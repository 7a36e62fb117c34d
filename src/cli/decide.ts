/** `paletti decide FILE.eml`: judges one raw message as if it had just been received. No network; nothing is recorded. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { parseMoment } from '../desk/values.ts';
import { AppError } from '../errors.ts';
import { isWritableAddress } from '../rules/client.ts';
import type { MessageKind } from '../rules/message.ts';
import { fromIso } from '../rules/time.ts';
import { optionsOf, outputOf, reading, readInput } from './command.ts';
import type { Output } from './output.ts';
import { languageOf, ownerSpeaks } from './language.ts';
import { type Voice, voiceIn } from './voice.ts';
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
  const zone = config.owner.timeZone;
  ownerSpeaks(ways, config.owner.language);
  const now = options.now === undefined ? ways.clock.now() : parseMoment(options.now, { now: ways.clock.now(), zone });
  const asked = {
    ...(options.mailFrom !== undefined && { mailFrom: bareAddress(options.mailFrom, '--mail-from') }),
    ...(options.rcptTo !== undefined && { rcptTo: bareAddress(options.rcptTo, '--rcpt-to') }),
    now,
    asClient: options.asClient === true,
  };
  const { bytes } = await readInput(ways, file);
  refuseOther(bytes, file === '-' ? 'standard input' : resolve(ways.cwd, file));
  const result = await ways.decide(config, bytes, asked);
  const out = outputOf(ways, command);
  if (options.json === true) out.json(result);
  else tell(out, result, voiceIn(languageOf(ways), { now, zone }));
}

/** A message begins with its header (RFC 5322, section 2.2): without one line of it, anything would be a stranger's mail. */
function refuseOther(bytes: Uint8Array, where: string): void {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, headerBytes));
  const [header = ''] = start.split(/\r?\n\r?\n/, 1);
  if (/^[!-9;-~]+[ \t]*:/m.test(header)) return;
  const what = bytes.length === 0 ? 'the file is empty: it holds no mail message' : 'the file holds no mail message';
  throw new AppError('bad-input', what, {
    where,
    next: 'Save the message with its headers, as an .eml file, and name that.',
  });
}

const headerBytes = 65_536;

/** '<a@b.it>' -> 'a@b.it'; '<>' -> '' */
function bareAddress(text: string, option: string): string {
  const address = text.trim().replace(/^<(.*)>$/s, '$1');
  if (address === '' || isWritableAddress(address)) return address;
  throw new AppError('usage', { code: 'option-no-address', option });
}

interface Window {
  opensAt: string;
  dueAt: string;
}

function tell(out: Output, result: Record<string, unknown>, voice: Voice): void {
  const { mail: words, codes } = voice.t;
  const shown = (at: unknown) => voice.moment(fromIso(at as string));
  const ways: Record<string, (value: unknown) => string> = {
    kind: (value) => codes.message(value as MessageKind),
    window: (value) => words.windowFrom(shown((value as Window).opensAt), shown((value as Window).dueAt)),
    holdUntil: shown,
  };
  for (const [name, value] of Object.entries(result)) {
    if (name === 'letter' || value === null) continue;
    const said = typeof value === 'boolean' ? words.yesOrNo(value) : (ways[name]?.(value) ?? (value as string));
    out.data(`${words.decided[name as keyof typeof words.decided] ?? name}: ${said}`);
  }
  const letter = result['letter'] as { envelope: { to: string }; subject: string; text: string } | null;
  if (letter === null || letter === undefined) return;
  out.data(`\n${words.letterTo(letter.envelope.to, letter.subject)}\n\n${letter.text.trimEnd()}`);
}
