/**
 * What `paletti init` asks of one mailbox: its servers where they were not found, the login name, where the password is kept
 * or who it signs in with. The login is tried until a server says yes, or the owner wants it written all the same; until then
 * nothing stands anywhere.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepInKeyring } from '../auth/keyring.ts';
import { AppError } from '../errors.ts';
import { isLocalDay } from '../rules/time.ts';
import type { FoundServers } from '../setup/discover.ts';
import { type Server, userFor } from '../setup/providers.ts';
import type { InitWords } from '../words/parts/init.ts';
import type { Offered } from '../setup/probe.ts';
import { typedServer } from '../setup/typed-server.ts';
import type { Choice, Questions } from './questions.ts';
import { languageOf } from './language.ts';
import { sayFault } from '../words/voice.ts';
import type { Terminal } from './terminal.ts';
import type { Ways } from './ways.ts';

type PasswordAnswer = { env: string } | { file: string } | { keyring: string } | { command: string[] };

export type LoginAnswer =
  | { password: PasswordAnswer }
  | { oauth: { provider: string; clientId: string; clientSecret?: { file: string } } };

export interface MailboxAnswers {
  email: string;
  imap: Server;
  smtp: Server;
  user: string;
  smtpUser: string;
  login: LoginAnswer;
  /** typed: to be written into the password file */
  secret: string | null;
  /** the last day of a password that ends */
  passwordUntil?: string | undefined;
  /** a server said no, and the owner wants it written all the same */
  isRefused?: boolean;
}

interface Given {
  imapHost?: string;
  smtpHost?: string;
  user?: string;
  passwordEnv?: string;
  passwordFile?: string;
  passwordKeyring?: string;
  passwordUntil?: string;
  /** false: no login is tried */
  check?: boolean | undefined;
}

export interface MailboxQuestion {
  words: InitWords;
  email: string;
  /** from 1 */
  number: number;
  found: FoundServers | null;
  usualVariable: string;
  /** a whole configuration around the one mailbox */
  configFor(mailbox: MailboxAnswers): object;
}

type Servers = Pick<MailboxAnswers, 'imap' | 'smtp'>;
type Users = Pick<MailboxAnswers, 'user' | 'smtpUser'>;
type Kept = Pick<MailboxAnswers, 'login' | 'secret'>;

export async function askMailbox(
  questions: Questions,
  ways: Ways,
  given: Given,
  about: MailboxQuestion,
): Promise<MailboxAnswers> {
  const { words, email, found } = about;
  const note = found?.provider?.login;
  if (note !== undefined) questions.tell(words.notes[note]);
  let servers = await askServers(questions, given, about);
  let users = await askUsers(questions, given, about);
  let offered = await ways.offeredBy(servers.imap);
  let kept = await askLogin(questions, ways, given, { ...about, offered });
  for (;;) {
    const mailbox = { email, ...servers, ...users, ...kept };
    const fault = given.check === false ? null : await tried(ways, mailbox, about.configFor(mailbox));
    if (fault !== null) questions.tell(words.failed(inWords(ways, fault)));
    const next = fault === null ? 'anyway' : await whatNow(questions, words);
    if (next === 'anyway') {
      const unkept = await keep(ways, mailbox);
      const passwordUntil = unkept === null ? await askUntil(questions, given, about) : undefined;
      const whole = { ...mailbox, passwordUntil, isRefused: fault !== null };
      if (unkept === null) return 'keyring' in placeOf(mailbox) ? { ...whole, secret: null } : whole;
      questions.tell(words.failed(inWords(ways, unkept)));
      kept = await askLogin(questions, ways, {}, { ...about, offered });
    }
    if (next === 'servers') {
      servers = await typedServers(questions, {}, about);
      offered = await ways.offeredBy(servers.imap);
    }
    if (next === 'user') users = sameFor(await questions.text(words.user, users.user));
    if (next === 'password') kept = await askLogin(questions, ways, {}, { ...about, offered });
  }
}

/** Which server, what it answered, what to change. */
export function inWords(ways: Ways, fault: AppError): string {
  const { what, next } = sayFault(fault, languageOf(ways));
  const where = fault.where === undefined ? what : `${what} (${fault.where})`;
  return [where, next].filter((part) => part !== undefined).join('\n');
}

const placeOf = ({ login }: MailboxAnswers): object => ('password' in login ? login.password : {});

/** Only where the provider's passwords end: the program tells her in time, if it knows the day. */
async function askUntil(
  questions: Questions,
  { passwordUntil }: Given,
  { words, found }: MailboxQuestion,
): Promise<string | undefined> {
  if (passwordUntil !== undefined || found?.provider?.passwordEnds !== true) return passwordUntil;
  for (;;) {
    const typed = (await questions.optional(words.passwordUntil)).trim();
    if (typed === '') return undefined;
    if (isLocalDay(typed)) return typed;
    questions.tell(words.asDay);
  }
}

/** The keyring is the one place that may not take it: asked while another can still be named. @returns why not */
async function keep(ways: Terminal, { login, secret }: MailboxAnswers): Promise<AppError | null> {
  if (secret === null || !('password' in login) || !('keyring' in login.password)) return null;
  try {
    await keepInKeyring(login.password.keyring, secret, { env: ways.env, signal: ways.signal });
    return null;
  } catch (fault) {
    if (fault instanceof AppError) return fault;
    throw fault;
  }
}

function whatNow(questions: Questions, { whatNow: words }: InitWords): Promise<string> {
  const ways = ['password', 'user', 'servers', 'anyway'] as const;
  return questions.choose(
    words.message,
    ways.map((value) => ({ value, label: words[value] })),
  );
}

async function askServers(questions: Questions, given: Given, about: MailboxQuestion): Promise<Servers> {
  const { words, found } = about;
  if (given.imapHost !== undefined && given.smtpHost !== undefined) return typedServers(questions, given, about);
  if (found === null) return typedServers(questions, given, about);
  if (!found.isTrusted) {
    const answer = await questions.choose(words.elsewhere(found.imap.host, found.smtp.host), [
      { value: 'no', label: words.no },
      { value: 'yes', label: words.yes },
    ]);
    if (answer === 'no') return typedServers(questions, given, about);
  }
  return { imap: found.imap, smtp: found.smtp };
}

async function typedServers(questions: Questions, given: Given, { words, email }: MailboxQuestion): Promise<Servers> {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  const one = async (kind: 'imap' | 'smtp', text: string | undefined): Promise<Server> => {
    const isServer = (value: string) => (typedServer(value, kind) === null ? words.asServer : undefined);
    const typed = text ?? (await questions.text(words[kind], `${kind}.${domain}`, isServer));
    // one that was named by an option is examined with the configuration
    return typedServer(typed, kind) ?? { host: typed, port: kind === 'imap' ? 993 : 465, secure: true };
  };
  return { imap: await one('imap', given.imapHost), smtp: await one('smtp', given.smtpHost) };
}

const sameFor = (user: string): Users => ({ user, smtpUser: user });

/** Known providers have a form for it, one for reading and one for sending; only a code has to be asked for. */
async function askUsers(questions: Questions, given: Given, { words, email, found }: MailboxQuestion): Promise<Users> {
  if (given.user !== undefined) return sameFor(given.user);
  const provider = found?.provider ?? null;
  if (provider === null) return sameFor(await questions.text(words.user, email));
  const user = userFor(email, provider.imapUser) ?? (await questions.text(words.code));
  return { user, smtpUser: userFor(email, provider.smtpUser) ?? user };
}

/** @param about.offered what the server says it takes; null: it is not known, and anything may be tried */
async function askLogin(
  questions: Questions,
  ways: Terminal,
  given: Given,
  about: MailboxQuestion & { offered: Offered | null },
): Promise<Kept> {
  const known = givenPlace(given);
  if (known !== null) return { login: { password: known }, secret: null };
  const { words, email, number, usualVariable } = about;
  const variable = number === 1 ? usualVariable : `${usualVariable}_${number}`;
  const { oauth: provider, name: title = '' } = about.found?.provider ?? {};
  const where = await questions.choose(words.where, waysToLogIn(questions, about, variable));
  if (where === 'env') return { login: { password: { env: variable } }, secret: null };
  if (where === 'command') {
    const command = (await questions.text(words.command)).trim().split(/\s+/);
    return { login: { password: { command } }, secret: null };
  }
  if (where === 'sign-in') return askSignIn(questions, ways, about, { provider: provider ?? '', title });
  const secret = await questions.secret(words.password);
  const place = where === 'keyring' ? { keyring: email.toLowerCase() } : { file: secretPath(ways, email, 'password') };
  return { login: { password: place }, secret };
}

/** Only what the server takes: a way that it says it has not would end in a refusal. */
function waysToLogIn(
  questions: Questions,
  { words, found, offered }: MailboxQuestion & { offered: Offered | null },
  variable: string,
): Choice[] {
  const { oauth, name = '', login } = found?.provider ?? {};
  const places = [
    { value: 'file', label: words.inFile },
    { value: 'keyring', label: words.inKeyring },
    { value: 'command', label: words.byCommand },
    { value: 'env', label: `${words.inVariable} ${variable}` },
  ];
  const signIn = oauth === undefined ? [] : [{ value: 'sign-in', label: words.signIn(name) }];
  if (offered?.passwords === false) questions.tell(words.noPasswords(offered.host));
  if (offered?.tokens === false) return places;
  if (offered?.passwords === false && signIn.length > 0) return signIn;
  return login === 'oauth' ? [...signIn, ...places] : [...places, ...signIn];
}

function givenPlace({ passwordFile, passwordEnv, passwordKeyring }: Given): PasswordAnswer | null {
  if (passwordFile !== undefined) return { file: passwordFile };
  if (passwordEnv !== undefined) return { env: passwordEnv };
  return passwordKeyring === undefined ? null : { keyring: passwordKeyring };
}

/** A client of one's own; its secret, where there is one, goes into a file beside the passwords. */
async function askSignIn(
  questions: Questions,
  ways: Terminal,
  { words, email }: MailboxQuestion,
  { provider, title }: { provider: string; title: string },
): Promise<Kept> {
  questions.tell(words.register(title));
  const clientId = (await questions.text(words.clientId)).trim();
  const file =
    provider === 'microsoft' ? '' : await questions.optional(words.clientSecretFile(secretPath(ways, email, 'client')));
  return { login: { oauth: { provider, clientId, ...(file === '' ? {} : { clientSecret: { file } }) } }, secret: null };
}

/** Outside of every folder that is likely to be shared or under version control. */
function secretPath({ env, cwd }: Terminal, email: string, ending: string): string {
  const home = env['XDG_CONFIG_HOME'] || (env['HOME'] ? join(env['HOME'], '.config') : join(cwd, 'data'));
  return join(home, 'paletti', `${email.toLowerCase().replace(/[^a-z0-9@._+-]/g, '_')}.${ending}`);
}

/**
 * Logs in to both servers from a folder that is gone afterwards: no password, no data and no lock stays behind.
 * @returns why not; null: it worked, or cannot be tried yet
 */
export async function tried(ways: Ways, mailbox: MailboxAnswers, config: object): Promise<AppError | null> {
  const { login, secret } = mailbox;
  if ('oauth' in login) return null;
  if ('env' in login.password && (ways.env[login.password.env] ?? '') === '') return null;
  const folder = await mkdtemp(join(tmpdir(), 'paletti-init-'));
  try {
    const text = structuredClone(config) as { dataDir: string; mailboxes: { imap: { password?: object } }[] };
    text.dataDir = join(folder, 'data');
    if (secret !== null) {
      await writeFile(join(folder, 'secret'), `${secret}\n`, { mode: 0o600 });
      for (const { imap } of text.mailboxes) imap.password = { file: join(folder, 'secret') };
    }
    const sound = await ways.checkConfig(JSON.stringify(text), join(ways.cwd, 'config.json'));
    for await (const { fault } of ways.checkServers(sound))
      if (fault !== null) return fault instanceof AppError ? fault : new AppError('unreachable', fault.message);
    return null;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
