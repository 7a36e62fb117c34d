/**
 * `paletti init`: a few questions -> config.json, checked before it is written, the login tried afterwards. Asks nothing
 * without a terminal: then flags answer. Never writes over a file, and never writes a password into the configuration.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../errors.ts';
import { isWritableAddress } from '../rules/client.ts';
import { needsBic } from '../rules/iban.ts';
import { isLanguage } from '../rules/language.ts';
import type { InitWords } from '../words/parts/init.ts';
import type { SetupWords } from '../words/parts/terminal.ts';
import { wordsOf } from '../words/voice.ts';
import { collect, optionsOf, outputOf } from './command.ts';
import { languageOf, ownerSpeaks } from './language.ts';
import type { Output } from './output.ts';
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
  iban?: string;
  accountHolder?: string;
  bic?: string;
  imapHost?: string;
  smtpHost?: string;
  user?: string;
  passwordEnv?: string;
  passwordFile?: string;
  alsoEmail?: string[];
  /** false with --no-check */
  check?: boolean;
  output: string;
}

/** What is asked, and what is told meanwhile. */
type AskWords = InitWords & Pick<SetupWords, 'providers'>;

interface MailboxAnswers {
  email: string;
  imap: Server;
  smtp: Server;
  user: string;
  password: { env: string } | { file: string };
  /** to be written into the password file */
  secret: string | null;
}

/** Where clients pay. */
interface Account {
  iban: string | null;
  /** null: the account is in the owner's name as letters are signed */
  accountHolder: string | null;
  bic: string | null;
}

interface Answers extends Account {
  name: string;
  language: string;
  timeZone: string;
  country: string | null;
  /** the first one is the main one */
  mailboxes: MailboxAnswers[];
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
    .option('--iban <iban>', 'where clients pay')
    .option('--account-holder <name>', 'in whose name the account is, as the bank has it; yours when left out')
    .option('--bic <bic>', 'of an account outside SEPA')
    .option('--imap-host <host>', 'when the provider is not known')
    .option('--smtp-host <host>', 'when the provider is not known')
    .option('--user <name>', 'login name; the address when left out')
    .option('--password-env <name>', 'the environment variable that holds the password')
    .option('--password-file <file>', 'the file (mode 0600) that holds the password')
    .option('--also-email <address>', 'a second mailbox, with a password of its own; may be repeated', collect)
    .option('--no-check', 'do not try the login')
    .option('-o, --output <file>', 'where to write it', 'config.json')
    .addHelpText(
      'after',
      '\nExample:\n  paletti init --email anna@libero.it --name "Anna Rossi" --language it --time-zone Europe/Rome --country IT',
    )
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
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  for (const { secret, password } of answers.mailboxes)
    if (secret !== null && 'file' in password) await writeSecret(resolve(dirname(path), password.file), secret);
  await writeFile(path, text, { mode: 0o600, flag: 'wx' });
  const out = outputOf(ways, command);
  if (isLanguage(answers.language)) ownerSpeaks(ways, answers.language);
  const words = wordsOf(languageOf(ways)).terminal.setup;
  out.did({ path });
  out.say(wordsOf(languageOf(ways)).terminal.daily.written(path));
  sayWritten(out, answers, asked, words);
  if (asked && options.check !== false) await tryLogins(ways, out, text, path);
  out.say(words.review);
}

/** What was taken for granted is said, so that it can be mended before the first day. */
function sayWritten(out: Output, answers: Answers, asked: boolean, words: SetupWords): void {
  out.say(words.hours(answers.timeZone, answers.country?.toUpperCase() ?? null));
  for (const { email, password } of answers.mailboxes) {
    const note = providerOf(email)?.note;
    if (note !== undefined && !asked) out.warn(words.providers[note]);
    out.say('env' in password ? words.setPassword(email, password.env) : words.passwordIn(email, password.file));
  }
  if (answers.iban === null) out.warn(words.noIban);
  else if (lacksBic(answers.iban, answers.bic)) out.warn(words.noBic);
}

function lacksBic(iban: string, bic: string | null): boolean {
  return bic === null && needsBic(iban, 'EUR');
}

/** What was written stays: a wrong password is mended in its file, not by answering everything again. */
async function tryLogins(ways: Ways, out: Output, text: string, path: string): Promise<void> {
  const config = await ways.checkConfig(text, path);
  for await (const { name, found, fault } of ways.checkServers(config)) {
    if (fault === null) out.say(`${name}: ${found}`);
    else out.warn(`${name}: ${fault.message}${fault instanceof AppError && fault.next ? `. ${fault.next}` : ''}`);
  }
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
  'owner.iban': '--iban',
  'owner.accountHolder': '--account-holder',
  'owner.bic': '--bic',
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

function refuseExisting(path: string): void {
  if (!existsSync(path)) return;
  throw new AppError('conflict', 'there is a configuration already', {
    where: path,
    next: 'Edit it, or name another file with --output.',
  });
}

/** The same account, typed anew: the newer password is the right one. */
async function writeSecret(path: string, secret: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, `${secret}\n`, { mode: 0o600 });
}

/** @throws AppError 'usage' naming the first option that is missing */
function fromOptions(options: Options): Answers {
  const email = needed(options.email, '--email');
  const provider = providerOf(email);
  const main = {
    email: checkedAddress(email),
    imap: namedServer(options.imapHost, 993) ?? provider?.imap ?? missing('--imap-host'),
    smtp: namedServer(options.smtpHost, 465) ?? provider?.smtp ?? missing('--smtp-host'),
    user: options.user ?? email,
    password:
      options.passwordFile === undefined
        ? { env: options.passwordEnv ?? usualVariable }
        : { file: options.passwordFile },
    secret: null,
  };
  return {
    name: needed(options.name, '--name'),
    language: options.language ?? 'en',
    timeZone: options.timeZone ?? ownZone(),
    country: options.country ?? null,
    ...{ iban: options.iban ?? null, accountHolder: options.accountHolder ?? null, bic: options.bic ?? null },
    mailboxes: [main, ...(options.alsoEmail ?? []).map((address, index) => alsoFrom(address, main, index + 2))],
  };
}

/** On the servers of its provider, or of the first one. */
function alsoFrom(address: string, main: MailboxAnswers, number: number): MailboxAnswers {
  const email = checkedAddress(address);
  const { imap, smtp } = providerOf(email) ?? main;
  return { email, imap, smtp, user: email, password: { env: `${usualVariable}_${number}` }, secret: null };
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

/** The language first: the other questions are asked in it. Each answer is held against the configuration at once. */
async function ask(ways: Ways, options: Options): Promise<Answers> {
  const questions = await Questions.begin(ways, 'Paletti');
  const language = options.language ?? (await questions.choose('Lingua / Language', languages));
  const spoken = wordsOf(isLanguage(language) ? language : 'en');
  if (isLanguage(language)) ownerSpeaks(ways, language);
  const words: AskWords = { ...spoken.init, providers: spoken.terminal.setup.providers };
  const isAddress = (value: string) => (isWritableAddress(value) ? undefined : words.asAddress);
  const email = checkedAddress(options.email ?? (await questions.text(words.email, '', isAddress)));
  const name = options.name ?? (await questions.text(words.name));
  const timeZone = options.timeZone ?? (await soundAnswer(questions, ways, words.timeZone, ownZone(), 'timeZone'));
  const country = options.country ?? (await soundAnswer(questions, ways, words.country, words.usualCountry, 'country'));
  const account = await askAccount(questions, ways, options, { words, name });
  const mailboxes = [await askMailbox(questions, ways, options, { words, email, number: 1 })];
  while ((await questions.choose(words.another, yesOrNo(words))) === 'yes') {
    const next = await questions.text(words.email, '', isAddress);
    mailboxes.push(await askMailbox(questions, ways, {}, { words, email: next, number: mailboxes.length + 1 }));
  }
  questions.end(words.thanks);
  return { name, language, timeZone, country: country === '' ? null : country, ...account, mailboxes };
}

const languages = [
  { value: 'it', label: 'Italiano' },
  { value: 'en', label: 'English' },
];

const yesOrNo = ({ no, yes }: InitWords) => [
  { value: 'no', label: no },
  { value: 'yes', label: yes },
];

/** Asked again until the configuration would take it: what was answered before is not lost. */
async function soundAnswer(
  questions: Questions,
  ways: Ways,
  message: string,
  proposal: string,
  what: 'timeZone' | 'country',
): Promise<string> {
  for (let value = proposal; ; ) {
    value = (await questions.text(message, value)).trim();
    const fault = await faultOf(ways, { timeZone: 'UTC', country: null, [what]: value });
    if (fault === undefined) return value;
    questions.tell(fault);
  }
}

/** Whose account it is only where there is one, and its BIC only where a transfer needs it. */
async function askAccount(
  questions: Questions,
  ways: Ways,
  options: Options,
  { words, name }: { words: AskWords; name: string },
): Promise<Account> {
  const iban = options.iban ?? (await askUntilSound(questions, ways, 'iban', words));
  if (iban === '') return { iban: null, accountHolder: options.accountHolder ?? null, bic: options.bic ?? null };
  const holder = options.accountHolder ?? (await questions.text(words.accountHolder, name)).trim();
  const asked = lacksBic(iban, options.bic ?? null);
  const bic = options.bic ?? (asked ? await askUntilSound(questions, ways, 'bic', words) : '');
  return { iban, accountHolder: holder === '' ? null : holder, bic: bic === '' ? null : bic };
}

/** @returns '' when it is left for later */
async function askUntilSound(
  questions: Questions,
  ways: Ways,
  what: 'iban' | 'bic',
  words: InitWords,
): Promise<string> {
  for (;;) {
    const value = (await questions.optional(words[what])).trim();
    if (value === '') return '';
    const fault = await faultOf(ways, { timeZone: 'UTC', country: null, [what]: value });
    if (fault === undefined) return value;
    questions.tell(what === 'iban' ? words.asIban : words.asBic);
  }
}

type Probe = Pick<Answers, 'timeZone' | 'country'> & { iban?: string; bic?: string };

async function faultOf(ways: Ways, answer: Probe): Promise<string | undefined> {
  const email = 'name@example.com';
  const server = { host: 'mail.example.com', port: 993, secure: true as const };
  const mailbox = { email, imap: server, smtp: { ...server, port: 465 }, user: email };
  const mailboxes = [{ ...mailbox, password: { env: usualVariable }, secret: null }];
  const account = { iban: answer.iban ?? null, bic: answer.bic ?? null, accountHolder: null };
  const config = configOf({ name: 'x', language: 'en', mailboxes, ...answer, ...account });
  try {
    await ways.checkConfig(JSON.stringify(config), resolve(ways.cwd, 'config.json'));
    return undefined;
  } catch (fault) {
    if (!(fault instanceof AppError)) throw fault;
    return [fault.message.replace(/^[^ ]+ /, ''), fault.next].filter((part) => part !== undefined).join('\n');
  }
}

interface MailboxQuestion {
  words: AskWords;
  email: string;
  /** from 1 */
  number: number;
}

async function askMailbox(
  questions: Questions,
  ways: Ways,
  options: Partial<Options>,
  { words, email, number }: MailboxQuestion,
): Promise<MailboxAnswers> {
  const servers = await askServers(questions, options, { words, email });
  const user = options.user ?? (await questions.text(words.user, email));
  const kept = await askPassword(questions, ways, options, { words, email, number });
  return { email, user, ...servers, ...kept };
}

async function askServers(
  questions: Questions,
  options: Partial<Options>,
  { words, email }: Omit<MailboxQuestion, 'number'>,
): Promise<Pick<MailboxAnswers, 'imap' | 'smtp'>> {
  const provider = providerOf(email);
  if (provider?.note !== undefined) questions.tell(words.providers[provider.note]);
  if (provider !== undefined) return { imap: provider.imap, smtp: provider.smtp };
  const domain = email.slice(email.lastIndexOf('@') + 1);
  const imap = options.imapHost ?? (await questions.text(words.imap, `imap.${domain}`));
  const smtp = options.smtpHost ?? (await questions.text(words.smtp, `smtp.${domain}`));
  return { imap: { host: imap, port: 993, secure: true }, smtp: { host: smtp, port: 465, secure: true } };
}

async function askPassword(
  questions: Questions,
  ways: Ways,
  options: Partial<Options>,
  { words, email, number }: MailboxQuestion,
): Promise<Pick<MailboxAnswers, 'password' | 'secret'>> {
  if (options.passwordFile !== undefined) return { password: { file: options.passwordFile }, secret: null };
  if (options.passwordEnv !== undefined) return { password: { env: options.passwordEnv }, secret: null };
  const variable = number === 1 ? usualVariable : `${usualVariable}_${number}`;
  const where = await questions.choose(words.where, [
    { value: 'file', label: words.inFile },
    { value: 'env', label: `${words.inVariable} ${variable}` },
  ]);
  if (where === 'env') return { password: { env: variable }, secret: null };
  return { password: { file: secretPath(ways, email) }, secret: await questions.secret(words.password) };
}

/** Outside of every folder that is likely to be shared or under version control. */
function secretPath({ env, cwd }: Ways, email: string): string {
  const home = env['XDG_CONFIG_HOME'] || (env['HOME'] ? join(env['HOME'], '.config') : join(cwd, 'data'));
  return join(home, 'paletti', `${email.toLowerCase().replace(/[^a-z0-9@._+-]/g, '_')}.password`);
}

function configOf(answers: Answers): Record<string, unknown> {
  const day = ['09:00-13:00', '14:00-18:00'];
  const { name, language, timeZone, country, iban, accountHolder, bic, mailboxes } = answers;
  return {
    owner: {
      ...{ name, addresses: [...new Set(mailboxes.map(({ email }) => email.toLowerCase()))], language, timeZone },
      ...(iban === null ? {} : { iban }),
      ...(accountHolder === null ? {} : { accountHolder }),
      ...(bic === null ? {} : { bic }),
    },
    contactHours: {
      ...{ mon: day, tue: day, wed: day, thu: day, fri: day },
      ...(country === null ? {} : { holidays: { country: country.toUpperCase() } }),
    },
    sending: { mode: 'review' },
    mailboxes: mailboxes.map(({ email, imap, smtp, user, password }, index) => ({
      ...{ name: nameOf(email, index), imap: { ...imap, user, password }, smtp },
      ...(index === 0 ? {} : { from: email.toLowerCase() }),
    })),
    dataDir: 'data',
  };
}

/** It stands in the database: short, and different for each. */
function nameOf(email: string, index: number): string {
  if (index === 0) return 'main';
  const word =
    email
      .split('@')[0]
      ?.toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') ?? '';
  return `${word.slice(0, 30) || 'mailbox'}-${index + 1}`;
}
