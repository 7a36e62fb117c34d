/**
 * `paletti init`: a few questions -> config.json, checked before it is written. Asks nothing without a terminal: then
 * flags answer. Never writes over a file, and never writes a password into the configuration.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../errors.ts';
import { isWritableAddress } from '../rules/client.ts';
import { optionsOf, outputOf } from './command.ts';
import { providerOf, type Server } from './providers.ts';
import { Questions } from './questions.ts';
import { mayAsk, type Ways } from './ways.ts';

const usualVariable = 'PALETTI_PASSWORD';

interface Options {
  email?: string;
  name?: string;
  language?: string;
  timeZone?: string;
  country?: string;
  imapHost?: string;
  smtpHost?: string;
  user?: string;
  passwordEnv?: string;
  passwordFile?: string;
  output: string;
}

interface Answers {
  email: string;
  name: string;
  language: string;
  timeZone: string;
  country: string | null;
  imap: Server;
  smtp: Server;
  user: string;
  password: { env: string } | { file: string };
  /** to be written into the password file */
  secret: string | null;
}

export function addTo(program: Command, ways: Ways): void {
  program
    .command('init')
    .summary('make a configuration, by asking a few questions')
    .description('Makes config.json by asking a few questions. Without a terminal the options answer them.')
    .option('--email <address>', 'your mail address')
    .option('--name <name>', 'your name, as letters are signed')
    .option('--language <language>', 'it or en')
    .option('--time-zone <zone>', 'as in Europe/Rome')
    .option('--country <code>', 'whose public holidays you keep, as in IT')
    .option('--imap-host <host>', 'when the provider is not known')
    .option('--smtp-host <host>', 'when the provider is not known')
    .option('--user <name>', 'login name; the address when left out')
    .option('--password-env <name>', 'the environment variable that holds the password')
    .option('--password-file <file>', 'the file (mode 0600) that holds the password')
    .option('-o, --output <file>', 'where to write it', 'config.json')
    .action((_options, command: Command) => init(ways, command));
}

async function init(ways: Ways, command: Command): Promise<void> {
  const options = optionsOf<Options>(command);
  const path = resolve(ways.cwd, options.config ?? options.output);
  refuseExisting(path);
  refuseTwoPasswords(options);
  const asked = mayAsk(ways, options);
  const answers = asked ? await ask(ways, options) : fromOptions(options);
  const text = `${JSON.stringify(configOf(answers), null, 2)}\n`;
  await check(ways, text, path);
  await mkdir(dirname(path), { recursive: true });
  if (answers.secret !== null && 'file' in answers.password)
    await writeSecret(resolve(dirname(path), answers.password.file), answers.secret);
  await writeFile(path, text, { mode: 0o600, flag: 'wx' });
  const out = outputOf(ways, command);
  out.say(`Written: ${path}`);
  out.say(hoursInWords(answers));
  const note = providerOf(answers.email)?.note;
  if (note !== undefined && !asked) out.warn(note);
  if ('env' in answers.password) out.say(`Set the password before starting: export ${answers.password.env}=…`);
  out.say('Sending is in review mode: nothing leaves without your approval.\nNext: paletti doctor');
}

/** Nothing is written yet: what the configuration would be refused for is said of the option it came from. */
async function check(ways: Ways, text: string, path: string): Promise<void> {
  try {
    await ways.checkConfig(text, path);
  } catch (fault) {
    if (!(fault instanceof AppError) || fault.code !== 'config') throw fault;
    const lines = fault.message.replace(/^ +\d+:\d+ /gm, ' ');
    const message = Object.entries(optionOf).reduce((said, [place, option]) => said.replaceAll(place, option), lines);
    const next = lines.includes('\n') ? undefined : fault.next;
    throw new AppError('usage', message, { next: next ?? 'See: paletti init --help', cause: fault });
  }
}

/** The places of the configuration that an option fills. */
const optionOf = {
  'owner.language': '--language',
  'owner.timeZone': '--time-zone',
  'owner.name': '--name',
  'owner.addresses[0]': '--email',
  'contactHours.holidays.country': '--country',
  'contactHours.holidays': '--country',
  'mailboxes[0].imap.host': '--imap-host',
  'mailboxes[0].smtp.host': '--smtp-host',
  'mailboxes[0].imap.user': '--user',
  'mailboxes[0].imap.password.env': '--password-env',
  'mailboxes[0].imap.password.file': '--password-file',
};

function refuseTwoPasswords({ passwordEnv, passwordFile }: Options): void {
  if (passwordEnv === undefined || passwordFile === undefined) return;
  throw new AppError('usage', '--password-env and --password-file name two places for one password', {
    next: 'Leave one of them out.',
  });
}

/** What was taken for granted, so that it can be mended before the first day. */
function hoursInWords({ timeZone, country }: Answers): string {
  const holidays =
    country === null ? 'no public holidays ("holidays" adds them)' : `holidays of ${country.toUpperCase()}`;
  return `Contact hours: Monday to Friday 09:00-13:00 and 14:00-18:00, ${timeZone}, ${holidays}.`;
}

function refuseExisting(path: string): void {
  if (!existsSync(path)) return;
  throw new AppError('conflict', 'there is a configuration already', {
    where: path,
    next: 'Edit it, or name another file with --output.',
  });
}

async function writeSecret(path: string, secret: string): Promise<void> {
  refuseExisting(path);
  await writeFile(path, `${secret}\n`, { mode: 0o600, flag: 'wx' });
}

/** @throws AppError 'usage' naming the first option that is missing */
function fromOptions(options: Options): Answers {
  const email = needed(options.email, '--email');
  const provider = providerOf(email);
  return {
    email: checkedAddress(email),
    name: needed(options.name, '--name'),
    language: options.language ?? 'en',
    timeZone: options.timeZone ?? ownZone(),
    country: options.country ?? null,
    imap: namedServer(options.imapHost, 993) ?? provider?.imap ?? missing('--imap-host'),
    smtp: namedServer(options.smtpHost, 465) ?? provider?.smtp ?? missing('--smtp-host'),
    user: options.user ?? email,
    password:
      options.passwordFile === undefined
        ? { env: options.passwordEnv ?? usualVariable }
        : { file: options.passwordFile },
    secret: null,
  };
}

function namedServer(host: string | undefined, port: number): Server | undefined {
  return host === undefined || host === '' ? undefined : { host, port, secure: true };
}

function needed(value: string | undefined, flag: string): string {
  return value === undefined || value === '' ? missing(flag) : value;
}

function missing(flag: string): never {
  throw new AppError('usage', `there is no terminal to ask on, and ${flag} is missing`, {
    next: 'See: paletti init --help',
  });
}

function checkedAddress(address: string): string {
  if (isWritableAddress(address)) return address;
  throw new AppError('usage', `"${address}" is not a mail address`, { next: 'Write it as name@example.com' });
}

function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

async function ask(ways: Ways, options: Options): Promise<Answers> {
  const questions = await Questions.begin(ways, 'Paletti: a first configuration');
  const isAddress = (value: string) => (isWritableAddress(value) ? undefined : 'As in name@example.com');
  const email = checkedAddress(options.email ?? (await questions.text('Your mail address', '', isAddress)));
  const name = options.name ?? (await questions.text('Your name, as letters are signed'));
  const language = options.language ?? (await questions.choose('Your language', languages));
  const timeZone = options.timeZone ?? (await questions.text('Your time zone', ownZone()));
  const country =
    options.country ?? (await questions.text('Country whose holidays you keep', language === 'it' ? 'IT' : 'GB'));
  const servers = await askServers(questions, options, email);
  const user = options.user ?? (await questions.text('Login name', email));
  const kept = await askPassword(questions, options);
  questions.end('Thank you.');
  return { email, name, language, timeZone, country, user, ...servers, ...kept };
}

const languages = [
  { value: 'it', label: 'Italiano' },
  { value: 'en', label: 'English' },
];

async function askServers(
  questions: Questions,
  options: Options,
  email: string,
): Promise<Pick<Answers, 'imap' | 'smtp'>> {
  const provider = providerOf(email);
  if (provider?.note !== undefined) questions.tell(provider.note);
  if (provider !== undefined) return { imap: provider.imap, smtp: provider.smtp };
  const domain = email.slice(email.lastIndexOf('@') + 1);
  const imap = options.imapHost ?? (await questions.text('IMAP server', `imap.${domain}`));
  const smtp = options.smtpHost ?? (await questions.text('SMTP server', `smtp.${domain}`));
  return { imap: { host: imap, port: 993, secure: true }, smtp: { host: smtp, port: 465, secure: true } };
}

async function askPassword(questions: Questions, options: Options): Promise<Pick<Answers, 'password' | 'secret'>> {
  if (options.passwordFile !== undefined) return { password: { file: options.passwordFile }, secret: null };
  if (options.passwordEnv !== undefined) return { password: { env: options.passwordEnv }, secret: null };
  const where = await questions.choose('Where is the password kept?', [
    { value: 'file', label: 'In a file that only you can read (type it now)' },
    { value: 'env', label: `In the environment variable ${usualVariable}` },
  ]);
  if (where === 'env') return { password: { env: usualVariable }, secret: null };
  return { password: { file: 'mail-password.txt' }, secret: await questions.secret('Password') };
}

function configOf(answers: Answers): Record<string, unknown> {
  const day = ['09:00-13:00', '14:00-18:00'];
  const { name, email, language, timeZone, country, imap, smtp, user, password } = answers;
  return {
    owner: { name, addresses: [email.toLowerCase()], language, timeZone },
    contactHours: {
      ...{ mon: day, tue: day, wed: day, thu: day, fri: day },
      ...(country === null ? {} : { holidays: { country: country.toUpperCase() } }),
    },
    sending: { mode: 'review' },
    mailboxes: [{ name: 'main', imap: { ...imap, user, password }, smtp }],
    dataDir: 'data',
  };
}
