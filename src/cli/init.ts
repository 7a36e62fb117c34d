/**
 * `paletti init`: a few questions -> config.json, checked and the login tried before it is written. Asks nothing without a
 * terminal: then options answer, or a file of answers. Never writes over a file, and never writes a password into the
 * configuration. What is asked of a mailbox is in init-mailbox.ts.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../errors.ts';
import { isWritableAddress } from '../rules/client.ts';
import { needsBic } from '../rules/iban.ts';
import { nearest } from '../rules/nearest.ts';
import { isLanguage } from '../rules/language.ts';
import type { InitWords } from '../words/parts/init.ts';
import type { SetupWords } from '../words/parts/terminal.ts';
import { wordsOf } from '../words/voice.ts';
import { collect, optionsOf, outputOf, readInput } from './command.ts';
import { languageOf, ownerSpeaks } from './language.ts';
import type { Output } from './output.ts';
import { providerOf, type Server, userFor } from '../setup/providers.ts';
import { typedServer } from '../setup/typed-server.ts';
import { countryOfZone } from '../setup/country.ts';
import { firstLook } from './first-look.ts';
import { askMailbox, type LoginAnswer, type MailboxAnswers, tried } from './init-mailbox.ts';
import { Questions } from './questions.ts';
import { mayAsk, type Terminal } from './terminal.ts';
import type { Ways } from './ways.ts';

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
  passwordKeyring?: string;
  passwordCommand?: string[];
  /** the last day of a password that ends */
  passwordUntil?: string;
  /** google, microsoft or fastmail: signs in in place of a password, with a client of one's own */
  signIn?: string;
  clientId?: string;
  clientSecretFile?: string;
  alsoEmail?: string[];
  /** a file that answers what the options do not */
  answers?: string;
  /** false with --no-check */
  check?: boolean;
  output: string;
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
    .option('--password-keyring <account>', 'the account that holds the password in the keyring')
    .option('--password-until <day>', 'its last day, if it ends, as app passwords of some providers do')
    .option('--sign-in <provider>', 'google, microsoft or fastmail: sign in in place of a password')
    .option('--client-id <id>', 'of the client that you registered there (README, "Signing in")')
    .option('--client-secret-file <file>', 'the file (mode 0600) that holds its secret, if it has one')
    .option('--answers <file>', 'a JSON file that answers what is not answered here; "-" is standard input')
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
  const typed = optionsOf<Options>(command);
  const path = resolve(ways.cwd, typed.config ?? typed.output);
  refuseExisting(path);
  const options = { ...(typed.answers === undefined ? {} : await answersIn(ways, typed.answers)), ...typed };
  refuseTwoPasswords(options);
  const asked = options.answers === undefined && mayAsk(ways, options);
  const answers = asked ? await ask(ways, options) : await fromOptions(ways, options);
  const text = `${JSON.stringify(configOf(answers), null, 2)}\n`;
  await check(ways, text, path);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  if (options.answers !== undefined && options.check !== false) await tryAll(ways, answers);
  for (const { secret, login } of answers.mailboxes) {
    if (secret !== null && 'password' in login && 'file' in login.password)
      await writeSecret(resolve(dirname(path), login.password.file), secret);
  }
  await writeFile(path, text, { mode: 0o600, flag: 'wx' });
  const out = outputOf(ways, command);
  if (isLanguage(answers.language)) ownerSpeaks(ways, answers.language);
  const words = wordsOf(languageOf(ways)).terminal.setup;
  out.did({ path });
  out.say(wordsOf(languageOf(ways)).terminal.daily.written(path));
  sayWritten(out, answers, { words, notes: asked ? null : wordsOf(languageOf(ways)).init.notes });
  out.say(words.review);
  // what was not to be tried now is not read now either
  if (asked && options.check !== false) {
    const mayRead = answers.mailboxes.every(({ isRefused }) => isRefused !== true);
    await firstLook(ways, command, { path, mayRead });
  } else out.say(wordsOf(languageOf(ways)).init.check);
  out.say(wordsOf(languageOf(ways)).init.next);
}

/**
 * What was taken for granted is said, so that it can be mended before the first day.
 * @param notes null: they were shown while it was asked
 */
function sayWritten(
  out: Output,
  answers: Answers,
  { words, notes }: { words: SetupWords; notes: InitWords['notes'] | null },
): void {
  out.say(words.hours(answers.timeZone, answers.country?.toUpperCase() ?? null));
  answers.mailboxes.forEach(({ email, login }, index) => {
    const kind = providerOf(email)?.login;
    if (kind !== undefined && notes !== null && !('oauth' in login)) out.warn(notes[kind]);
    out.say(loginWords(words, login, { email, name: nameOf(email, index) }));
  });
  if (answers.iban === null) out.warn(words.noIban);
  else if (lacksBic(answers.iban, answers.bic)) out.warn(words.noBic);
}

function loginWords(words: SetupWords, login: LoginAnswer, { email, name }: { email: string; name: string }): string {
  if ('oauth' in login) return words.signInBefore(name);
  const { password } = login;
  if ('env' in password) return words.setPassword(email, password.env);
  if ('file' in password) return words.passwordIn(email, password.file);
  if ('keyring' in password) return words.inKeyring(email, password.keyring);
  return words.printedBy(email, password.command.join(' '));
}

function lacksBic(iban: string, bic: string | null): boolean {
  return bic === null && needsBic(iban, 'EUR');
}

/** Before anything is written: what a server said no to is mended in the answers. */
async function tryAll(ways: Ways, { mailboxes }: Answers): Promise<void> {
  for (const mailbox of mailboxes) {
    const fault = await tried(ways, mailbox, configFor(mailbox));
    if (fault !== null) throw fault;
  }
}

const configFor = (mailbox: MailboxAnswers) =>
  configOf({
    name: 'x',
    language: 'en',
    timeZone: 'UTC',
    country: null,
    mailboxes: [mailbox],
    iban: null,
    bic: null,
    accountHolder: null,
  });

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
  'mailboxes[0].imap.password.keyring': '--password-keyring',
  'mailboxes[0].passwordUntil': '--password-until',
  'mailboxes[0].oauth.provider': '--sign-in',
  'mailboxes[0].oauth.clientId': '--client-id',
};

function refuseTwoPasswords(options: Options): void {
  const { passwordEnv, passwordFile, passwordKeyring, passwordCommand, signIn } = options;
  const named = {
    '--password-env': passwordEnv,
    '--password-file': passwordFile,
    '--password-keyring': passwordKeyring,
    passwordCommand,
    '--sign-in': signIn,
  };
  const [one, other] = Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (one === undefined || other === undefined) return;
  throw new AppError('usage', { code: 'two-passwords', one, other });
}

/** Members are the options in one word, as in "imapHost"; what is not known is refused, with the nearest that is. */
async function answersIn(ways: Terminal, file: string): Promise<Partial<Options>> {
  const { bytes, name } = await readInput(ways, file);
  const refuse = (what: string, next: string) => new AppError('usage', what, { where: name, next });
  const answers = parsed(bytes);
  if (answers === null) throw refuse('the answers are not JSON', 'Write an object: { "email": "name@example.com", … }');
  for (const [key, value] of Object.entries(answers)) {
    if (!(key in answerable)) {
      const meant = nearest(key, Object.keys(answerable));
      const known = `Known are: ${Object.keys(answerable).join(', ')}.`;
      throw refuse(`"${key}" answers nothing`, meant === undefined ? known : `Did you mean "${meant}"?`);
    }
    const isSound =
      answerable[key] === 'list' ? Array.isArray(value) && value.length > 0 && value.every(isText) : isText(value);
    if (!isSound)
      throw refuse(`"${key}" must be ${answerable[key] === 'list' ? 'a list of texts' : 'a text'}`, 'Mend it.');
  }
  return answers as Partial<Options>;
}

const answerable: Readonly<Record<string, 'text' | 'list'>> = {
  email: 'text',
  name: 'text',
  language: 'text',
  timeZone: 'text',
  country: 'text',
  iban: 'text',
  bic: 'text',
  accountHolder: 'text',
  imapHost: 'text',
  smtpHost: 'text',
  user: 'text',
  passwordEnv: 'text',
  passwordFile: 'text',
  passwordKeyring: 'text',
  passwordCommand: 'list',
  passwordUntil: 'text',
  signIn: 'text',
  clientId: 'text',
  clientSecretFile: 'text',
  alsoEmail: 'list',
};

const isText = (value: unknown) => typeof value === 'string' && value !== '';

function parsed(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function refuseExisting(path: string): void {
  if (!existsSync(path)) return;
  throw new AppError('conflict', { code: 'config-there' }, { where: path });
}

/** The same account, typed anew: the newer password is the right one. */
async function writeSecret(path: string, secret: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, `${secret}\n`, { mode: 0o600 });
}

/** @throws AppError 'usage' naming the first option that is missing */
async function fromOptions(ways: Ways, options: Options): Promise<Answers> {
  const email = checkedAddress(needed(options.email, '--email'));
  const isNamed = (options.imapHost ?? '') !== '' && (options.smtpHost ?? '') !== '';
  const found = isNamed ? null : await ways.findServers(email);
  // nobody is here to be asked whether servers elsewhere are the right ones
  const trusted = found?.isTrusted === true ? found : null;
  const user = options.user ?? userFor(email, trusted?.provider?.imapUser) ?? missing('--user');
  const main: MailboxAnswers = {
    email,
    imap: namedServer(options.imapHost, 'imap') ?? trusted?.imap ?? missing('--imap-host'),
    smtp: namedServer(options.smtpHost, 'smtp') ?? trusted?.smtp ?? missing('--smtp-host'),
    user,
    smtpUser: options.user ?? userFor(email, trusted?.provider?.smtpUser) ?? user,
    login: loginFrom(options),
    secret: null,
    passwordUntil: options.passwordUntil,
  };
  return {
    name: needed(options.name, '--name'),
    language: options.language ?? 'en',
    timeZone: options.timeZone ?? ownZone(),
    country: options.country ?? null,
    iban: options.iban ?? null,
    accountHolder: options.accountHolder ?? null,
    bic: options.bic ?? null,
    mailboxes: [main, ...(options.alsoEmail ?? []).map((address, index) => alsoFrom(address, main, index + 2))],
  };
}

function loginFrom(options: Options): LoginAnswer {
  const { passwordEnv, passwordFile, passwordKeyring, passwordCommand, signIn, clientId, clientSecretFile } = options;
  if (signIn !== undefined) {
    const client = { clientId: needed(clientId, '--client-id') };
    const secret = clientSecretFile === undefined ? {} : { clientSecret: { file: clientSecretFile } };
    return { oauth: { provider: signIn, ...client, ...secret } };
  }
  if (passwordFile !== undefined) return { password: { file: passwordFile } };
  if (passwordKeyring !== undefined) return { password: { keyring: passwordKeyring } };
  if (passwordCommand !== undefined) return { password: { command: passwordCommand } };
  return { password: { env: passwordEnv ?? usualVariable } };
}

/** On the servers of its provider, or of the first one. */
function alsoFrom(address: string, main: MailboxAnswers, number: number): MailboxAnswers {
  const email = checkedAddress(address);
  const provider = providerOf(email);
  const { imap, smtp } = provider ?? main;
  const user = userFor(email, provider?.imapUser) ?? email;
  const smtpUser = userFor(email, provider?.smtpUser) ?? user;
  return {
    email,
    imap,
    smtp,
    user,
    smtpUser,
    login: { password: { env: `${usualVariable}_${number}` } },
    secret: null,
  };
}

/** What is no name of a server is said of the option, when the configuration is examined. */
function namedServer(host: string | undefined, kind: 'imap' | 'smtp'): Server | undefined {
  if (host === undefined || host === '') return undefined;
  return typedServer(host, kind) ?? { host, port: kind === 'imap' ? 993 : 465, secure: true };
}

function needed(value: string | undefined, flag: string): string {
  return value === undefined || value === '' ? missing(flag) : value;
}

function missing(flag: string): never {
  throw new AppError('usage', { code: 'no-terminal', flag });
}

function checkedAddress(address: string): string {
  if (isWritableAddress(address)) return address;
  throw new AppError('usage', { code: 'no-address', address });
}

function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * The address first: its servers are looked for while the rest is asked. Then the language, in which all else is asked. Each
 * answer is held against the configuration at once.
 */
async function ask(ways: Ways, options: Options): Promise<Answers> {
  const questions = await Questions.begin(ways, 'Paletti');
  const first = wordsOf(languageOf(ways)).init;
  const isFirst = (value: string) => (isWritableAddress(value) ? undefined : first.asAddress);
  const email = checkedAddress(options.email ?? (await questions.text(first.email, '', isFirst)));
  const finding = ways.findServers(email);
  const language = options.language ?? (await questions.choose('Lingua / Language', languages));
  const spoken = wordsOf(isLanguage(language) ? language : 'en');
  if (isLanguage(language)) ownerSpeaks(ways, language);
  const words = spoken.init;
  const isAddress = (value: string) => (isWritableAddress(value) ? undefined : words.asAddress);
  const name = options.name ?? (await questions.text(words.name));
  const timeZone = options.timeZone ?? (await soundAnswer(questions, ways, words.timeZone, ownZone(), 'timeZone'));
  const usual = countryOfZone(timeZone, [words.usualCountry]) ?? words.usualCountry;
  const country = options.country ?? (await soundAnswer(questions, ways, words.country, usual, 'country'));
  const account = await askAccount(questions, ways, options, { words, name });
  const place = { usualVariable, words, configFor };
  const mailboxes = [await askMailbox(questions, ways, options, { ...place, email, number: 1, found: await finding })];
  while ((await questions.choose(words.another, yesOrNo(words))) === 'yes') {
    const next = await questions.text(words.email, '', isAddress);
    const about = { ...place, email: next, number: mailboxes.length + 1, found: await ways.findServers(next) };
    mailboxes.push(await askMailbox(questions, ways, { check: options.check }, about));
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
  { words, name }: { words: InitWords; name: string },
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
  const mailbox = { email, imap: server, smtp: { ...server, port: 465 }, user: email, smtpUser: email };
  const mailboxes = [{ ...mailbox, login: { password: { env: usualVariable } }, secret: null }];
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

function configOf(answers: Answers): Record<string, unknown> {
  const day = ['09:00-13:00', '14:00-18:00'];
  const { name, language, timeZone, country, iban, accountHolder, bic, mailboxes } = answers;
  return {
    owner: {
      name,
      addresses: [...new Set(mailboxes.map(({ email }) => email.toLowerCase()))],
      language,
      timeZone,
      ...(iban === null ? {} : { iban }),
      ...(accountHolder === null ? {} : { accountHolder }),
      ...(bic === null ? {} : { bic }),
    },
    contactHours: {
      mon: day,
      tue: day,
      wed: day,
      thu: day,
      fri: day,
      ...(country === null ? {} : { holidays: { country: country.toUpperCase() } }),
    },
    sending: { mode: 'review' },
    mailboxes: mailboxes.map(({ email, imap, smtp, user, smtpUser, login, passwordUntil }, index) => ({
      name: nameOf(email, index),
      imap: { ...imap, user, ...('password' in login ? login : {}) },
      smtp: smtpUser === user ? smtp : { ...smtp, user: smtpUser },
      ...('oauth' in login ? login : {}),
      ...(passwordUntil === undefined ? {} : { passwordUntil }),
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
