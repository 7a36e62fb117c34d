/**
 * `paletti auth`: sign a mailbox in at its provider, say how its sign-in stands, and sign it out. Works beside a running
 * daemon, which uses a new sign-in from its next look on.
 */
import type { Command } from 'commander';
import type { OAuthSettings } from '../auth/providers.ts';
import { placeOf } from '../auth/providers.ts';
import { makeSignInFolder, readSignIn, removeDoor, type SignIn, signInPath } from '../auth/token-file.ts';
import { replaceSignIn, soundSignIn } from '../auth/tokens.ts';
import { AppError, SignInNeeded } from '../errors.ts';
import type { Language } from '../rules/language.ts';
import { dayMs } from '../rules/time.ts';
import { lockFile } from '../store/lock.ts';
import type { AuthWords } from '../words/parts/auth.ts';
import { wordsOf } from '../words/voice.ts';
import { optionsOf, outputOf, readInput, reading } from './command.ts';
import { languageOf, ownerSpeaks } from './language.ts';
import type { Output } from './output.ts';
import { Questions } from './questions.ts';
import { voiceIn } from './voice.ts';
import { mayAsk } from './terminal.ts';
import type { Ways } from './ways.ts';
import type { Config } from './ways.ts';

type Mailbox = Config['mailboxes'][number];

interface LoginOptions {
  device?: boolean;
  /** false with --no-open */
  open: boolean;
  /** false with --no-check */
  check: boolean;
}

export function addTo(program: Command, ways: Ways): void {
  const auth = program
    .command('auth')
    .summary('sign in at Google, Microsoft and others, in place of a password')
    .description(
      'Sign a mailbox in at its provider, in place of a password. "oauth" of the mailbox in config.json says where; the README says how to register the client that it names.',
    );
  auth
    .command('login [mailbox]')
    .description('Sign in: in the browser of this machine, or with --device on another one.')
    .option('--device', 'show a code to type on any device (not at Google)')
    .option('--no-open', 'print the address of the sign-in page instead of opening it')
    .option('--no-check', 'do not try the servers afterwards')
    .action((name: string | undefined, _options, command: Command) => login(ways, command, name));
  reading(auth.command('status [mailbox]', { isDefault: true }))
    .description('How each mailbox logs in, and how its sign-in stands. Asks no server.')
    .action((name: string | undefined, _options, command: Command) => status(ways, command, name));
  auth
    .command('keep [mailbox]')
    .description(
      'Keep the password of a mailbox in the keyring, typed unseen or read from standard input, and read it back.',
    )
    .action((name: string | undefined, _options, command: Command) => keep(ways, command, name));
  auth
    .command('logout [mailbox]')
    .description('Sign out: the tokens are taken back where the provider lets that be done, and deleted here.')
    .action((name: string | undefined, _options, command: Command) => logout(ways, command, name));
}

async function login(ways: Ways, command: Command, name: string | undefined): Promise<void> {
  const options = optionsOf<LoginOptions>(command);
  const config = await ways.readConfig(options.config);
  ownerSpeaks(ways, config.owner.language);
  const { mailbox, oauth } = chosen(config, name);
  await signInMailbox(ways, outputOf(ways, command), { config, mailbox, oauth, options });
}

/** Written down before the servers are tried. @throws AppError, with nothing changed, unless it was the servers that said no */
export async function signInMailbox(
  ways: Ways,
  out: Output,
  { config, mailbox, oauth, options }: SigningIn,
): Promise<void> {
  const words = wordsOf(languageOf(ways)).auth;
  ways.listen();
  makeSignInFolder(config.dataDir);
  const signIn = await signedIn(ways, out, { config, mailbox, oauth, options }).finally(() =>
    removeDoor(config.dataDir),
  );
  await replaceSignIn({ dataDir: config.dataDir, lock: lockFile }, mailbox.name, signIn);
  const { title } = placeOf(oauth);
  out.did({ mailbox: mailbox.name, provider: title });
  out.say(words.signedIn(mailbox.name, title));
  warnOfEnd(out, words, signIn, { oauth, title });
  if (options.check) await tryServers(ways, out, { ...config, mailboxes: [mailbox] });
}

interface SigningIn {
  config: Config;
  mailbox: Mailbox;
  oauth: OAuthSettings;
  options: LoginOptions;
}

async function signedIn(ways: Ways, out: Output, { config, mailbox, oauth, options }: SigningIn): Promise<SignIn> {
  const { signInByBrowser, signInByDevice } = await import('../auth/sign-in.ts');
  const words = wordsOf(languageOf(ways)).auth;
  const { title } = placeOf(oauth);
  const { user } = mailbox.imap;
  const secret = oauth.clientSecret === null ? null : await ways.readSecret(oauth.clientSecret);
  const parts = { now: () => ways.clock.now(), signal: ways.signal, secret, user };
  if (options.device === true) {
    const show = (code: { address: string; userCode: string; minutes: number }) =>
      out.ask(words.device(code.address, code.userCode, code.minutes));
    return signInByDevice(oauth, { ...parts, show });
  }
  const open = async (address: string) => {
    if (options.open && (await ways.openBrowser(config, address))) out.ask(words.opens(title, user));
    else out.ask(`${words.openThis(title, user)}\n${address}`);
    out.ask(words.waits);
  };
  return signInByBrowser(oauth, { ...parts, open, page: pageOf(languageOf(ways)) });
}

function pageOf(language: Language): string {
  const { heading, text } = wordsOf(language).auth.page;
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>Paletti</title><h1>${heading}</h1><p>${text}</p></html>`;
}

const soonDays = 14;

/** Google's client in "Testing" ends what it gives after seven days, and does not say why. */
function warnOfEnd(
  out: Output,
  words: AuthWords,
  { refreshTokenEndsAt: endsAt, signedInAt }: SignIn,
  { oauth, title }: { oauth: OAuthSettings; title: string },
): void {
  if (endsAt === null || endsAt - signedInAt > soonDays * dayMs) return;
  const said = words.endsSoon(title, Math.round((endsAt - signedInAt) / dayMs));
  out.warn(oauth.provider === 'google' ? `${said}: ${words.testing}` : said);
}

/** What was signed in stays: a wrong host or a switch at the provider is mended without signing in again. */
async function tryServers(ways: Ways, out: Output, config: Config): Promise<void> {
  let first: Error | null = null;
  for await (const { name, found, fault } of ways.checkServers(config)) {
    if (fault === null) out.say(`${name}: ${found}`);
    first ??= fault;
  }
  if (first !== null) throw first;
}

interface State {
  mailbox: string;
  by: 'password' | 'token-command' | 'oauth';
  provider: string | null;
  state: 'signed-in' | 'absent' | 'foreign' | 'ended' | null;
  said: string | null;
  signedInAt: SignIn['signedInAt'] | null;
  renewedAt: SignIn['obtainedAt'] | null;
  endsAt: SignIn['refreshTokenEndsAt'];
}

async function status(ways: Ways, command: Command, name: string | undefined): Promise<void> {
  const { config: path, json } = optionsOf(command);
  const config = await ways.readKnownConfig(path);
  ownerSpeaks(ways, config.owner.language);
  const wanted = name === undefined ? config.mailboxes : [mailboxNamed(config, name)];
  const states = wanted.map((mailbox) => stateOf(config, mailbox));
  const out = outputOf(ways, command);
  if (json === true) return out.json(states);
  const all = wordsOf(languageOf(ways)).auth;
  const words = all.status;
  const voice = voiceIn(languageOf(ways), { now: ways.clock.now(), zone: config.owner.timeZone });
  const rows = states.map(({ mailbox, by, provider, signedInAt, renewedAt, endsAt, ...rest }) => [
    mailbox,
    provider ?? (by === 'password' ? words.password : words.tokenCommand),
    signedInAt === null
      ? stateWords(all, { mailbox, provider, ...rest })
      : [
          words.signedIn(voice.moment(signedInAt)),
          ...(endsAt === null ? [] : [words.until(voice.moment(endsAt))]),
        ].join(', '),
    renewedAt === null ? words.none : voice.moment(renewedAt),
  ]);
  out.table(
    [words.mailbox, words.by, words.state, words.renewed].map((title) => ({ title })),
    rows,
  );
  for (const { mailbox, state } of states)
    if (state !== null && state !== 'signed-in') out.say(`paletti auth login ${mailbox}`);
}

function stateWords(
  words: AuthWords,
  { mailbox, provider, state, said }: Pick<State, 'mailbox' | 'provider' | 'state' | 'said'>,
): string {
  if (state === null || state === 'signed-in') return words.status.none;
  return words.needed[state]({ mailbox, title: provider ?? '', said: said ?? '' });
}

function stateOf({ dataDir }: Config, { name, imap }: Mailbox): State {
  const none = { provider: null, state: null, said: null, signedInAt: null, renewedAt: null, endsAt: null };
  if ('password' in imap.login) return { mailbox: name, by: 'password', ...none };
  if ('tokenCommand' in imap.login) return { mailbox: name, by: 'token-command', ...none };
  const { oauth } = imap.login;
  const known = { mailbox: name, by: 'oauth', provider: placeOf(oauth).title } as const;
  try {
    const { signedInAt, obtainedAt, refreshTokenEndsAt } = soundSignIn(signInPath(dataDir, name), name, oauth);
    return { ...none, ...known, state: 'signed-in', signedInAt, renewedAt: obtainedAt, endsAt: refreshTokenEndsAt };
  } catch (fault) {
    if (!(fault instanceof SignInNeeded)) throw fault;
    return { ...none, ...known, state: fault.need.why, said: fault.need.said };
  }
}

async function logout(ways: Ways, command: Command, name: string | undefined): Promise<void> {
  const config = await ways.readConfig(optionsOf(command).config);
  ownerSpeaks(ways, config.owner.language);
  const { mailbox, oauth } = chosen(config, name);
  const words = wordsOf(languageOf(ways)).auth;
  const out = outputOf(ways, command);
  const signIn = readSignIn(signInPath(config.dataDir, mailbox.name));
  await replaceSignIn({ dataDir: config.dataDir, lock: lockFile }, mailbox.name, null);
  out.did({ mailbox: mailbox.name, wasSignedIn: signIn !== null });
  if (signIn === null) return out.say(words.wasNotSignedIn(mailbox.name));
  out.say(words.signedOut(mailbox.name));
  const isRevoked = await takenBack(ways, oauth, signIn);
  out.say(isRevoked ? words.revoked(placeOf(oauth).title) : words.notRevoked(placeOf(oauth).title));
}

async function takenBack(ways: Ways, oauth: OAuthSettings, signIn: SignIn): Promise<boolean> {
  const { clientId, clientProof, refreshToken, revocationEndpoint } = signIn;
  if (revocationEndpoint === null) return false;
  const { revoke } = await import('../auth/endpoint.ts');
  const clientSecret = oauth.clientSecret === null ? null : await ways.readSecret(oauth.clientSecret);
  return revoke(revocationEndpoint, { clientId, clientProof, clientSecret, refreshToken });
}

function mailboxNamed(config: Config, name: string): Mailbox {
  const mailbox = config.mailboxes.find((one) => one.name === name.toLowerCase());
  if (mailbox !== undefined) return mailbox;
  const names = config.mailboxes.map((one) => one.name).join(', ');
  throw new AppError('not-found', `there is no mailbox "${name}"`, {
    where: config.path,
    next: `There are: ${names}.`,
  });
}

/** Left out where there is only one that it can mean. */
function chosen(config: Config, name: string | undefined): { mailbox: Mailbox; oauth: OAuthSettings } {
  const signing = config.mailboxes.filter(({ imap }) => 'oauth' in imap.login);
  const mailbox = name === undefined ? theOnly(config, signing) : mailboxNamed(config, name);
  if ('oauth' in mailbox.imap.login) return { mailbox, oauth: mailbox.imap.login.oauth };
  throw new AppError('usage', `${mailbox.name} logs in with a password, and not by signing in`, {
    where: config.path,
    next: 'Put "oauth" into the mailbox and take "password" out of its imap; the README has the steps ("Signing in").',
  });
}

function theOnly(config: Config, signing: readonly Mailbox[]): Mailbox {
  const [first, ...others] = signing;
  if (first !== undefined && others.length === 0) return first;
  if (first === undefined) return config.mailboxes[0] as Mailbox;
  throw new AppError('usage', 'several mailboxes sign in', {
    next: `Name one: ${signing.map(({ name }) => `paletti auth login ${name}`).join(', or ')}`,
  });
}

/** The secret goes from the keyboard, or standard input, to the keyring: into no file, no argument and no history. */
async function keep(ways: Ways, command: Command, name: string | undefined): Promise<void> {
  const options = optionsOf(command);
  const config = await ways.readConfig(options.config);
  ownerSpeaks(ways, config.owner.language);
  const account = accountFor(config, name);
  const words = wordsOf(languageOf(ways)).auth;
  const secret = mayAsk(ways, options)
    ? await (await Questions.begin(ways, 'Paletti')).secret(words.passwordFor(account))
    : (await readInput(ways, '-')).bytes;
  const typed = (typeof secret === 'string' ? secret : Buffer.from(secret).toString('utf8')).replace(/\r?\n$/, '');
  if (typed === '' || /[\r\n\0]/.test(typed))
    throw new AppError('usage', 'a password is one line', { next: 'Type it, or hand it in by standard input.' });
  const { keepInKeyring } = await import('../auth/keyring.ts');
  await keepInKeyring(account, typed, { env: ways.env, signal: ways.signal });
  const out = outputOf(ways, command);
  out.did({ account });
  out.say(words.kept(account));
}

/** Named by the mailbox, or by the account that its password has in the keyring. */
function accountFor(config: Config, name: string | undefined): string {
  const kept = config.mailboxes.flatMap((mailbox) =>
    [mailbox.imap.login, mailbox.smtp.login].flatMap((login) =>
      'password' in login && 'keyring' in login.password
        ? [{ mailbox: mailbox.name, account: login.password.keyring }]
        : [],
    ),
  );
  const meant = kept.filter(({ mailbox, account }) => name === undefined || mailbox === name || account === name);
  const accounts = [...new Set(meant.map(({ account }) => account))];
  const [first] = accounts;
  if (first !== undefined && accounts.length === 1) return first;
  if (name !== undefined && kept.length > 0 && first === undefined) mailboxNamed(config, name);
  throw new AppError(
    'usage',
    first === undefined ? 'no mailbox has its password in the keyring' : 'several passwords are in the keyring',
    {
      where: config.path,
      next:
        first === undefined
          ? 'Write into config.json: "password": { "keyring": "a name" }'
          : `Name one: ${accounts.map((account) => `paletti auth keep ${account}`).join(', or ')}`,
    },
  );
}
