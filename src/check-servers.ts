/** Tries every server of the configuration, as the daemon would, and sends nothing. Used by `paletti doctor`. */
import net from 'node:net';
import tls from 'node:tls';
import type { App, Logins } from './app.ts';
import { placeOf } from './auth/providers.ts';
import type { Config, MailboxConfig, ServerConfig } from './config.ts';
import { AppError, DeliveryError } from './errors.ts';
import { noteLoginAccepted, noteSendingAccepted } from './jobs/login-pause.ts';
import { tlsFacts } from './mail/tls-words.ts';
import { readPlainFile } from './plain-file.ts';
import type { Courier, FolderSurvey, Mailbox } from './ports.ts';
import { addDays, dayOf } from './rules/time.ts';
import { clientByAddress } from './store/clients.ts';
import type { Reader } from './store/database.ts';
import type { Fault } from './words/parts/faults.ts';
import type { DoctorWords } from './words/parts/terminal.ts';

export interface ServerCheck {
  name: string;
  found: string;
  fault: Error | null;
  /** nothing is broken, and yet this should be done */
  advice?: string;
}

const deadlineMs = 15_000;

/**
 * @param parts.open takes the lock of the data directory: a running daemon is told, not disturbed
 * @param parts.courier sends nothing here, and needs no lock
 * @param parts.words of the language in which it is told
 */
export async function* checkServers(
  config: Config,
  parts: {
    open: () => Promise<App>;
    courier: (mailbox: MailboxConfig) => Pick<Courier, 'verify'>;
    logins: Logins;
    words: DoctorWords;
  },
): AsyncGenerator<ServerCheck> {
  const { words } = parts;
  const checks: ServerCheck[] = [];
  for (const mailbox of config.mailboxes) {
    checks.push(await tried(loginName(mailbox, words), () => credentials(mailbox, parts)));
  }
  yield* checks;
  // without its password or token a server would only say the same again
  if (checks.every((check) => check.fault === null)) return yield* logins(config, parts);
  for (const { name, smtp } of config.mailboxes) yield await tried(words.names.smtp(name), () => greeting(smtp, words));
}

/** What it shows its servers, without showing it yet. */
function loginName({ name, imap }: MailboxConfig, { names }: DoctorWords): string {
  if ('oauth' in imap.login) return names.signIn(name);
  return 'tokenCommand' in imap.login ? names.token(name) : names.password(name);
}

async function credentials(
  { name, imap, smtp }: MailboxConfig,
  { logins, words: { servers } }: Pick<LoginParts, 'logins' | 'words'>,
): Promise<string> {
  for (const { login } of [imap, smtp]) {
    if ('password' in login) await logins.readSecret(login.password);
    else if ('oauth' in login) await logins.tokens(name, login.oauth);
    else await logins.readSecret({ command: login.tokenCommand });
  }
  return 'oauth' in imap.login ? servers.signedIn(placeOf(imap.login.oauth).title) : servers.canBeRead;
}

type LoginParts = Parameters<typeof checkServers>[1];

async function* logins({ mailboxes }: Config, { open, courier, words }: LoginParts): AsyncGenerator<ServerCheck> {
  const app = await open().catch((fault: unknown) => (fault instanceof Error ? fault : new Error(String(fault))));
  try {
    if (app instanceof Error) yield closed(app, words);
    else for (const mailbox of app.mailboxes) yield* inbox(app, mailbox, words);
    for (const mailbox of mailboxes) {
      yield await tried(words.names.smtp(mailbox.name), async () => {
        const found = await sending(mailbox, courier, words);
        if (!(app instanceof Error)) app.store.write(app.clock.now(), (w) => noteSendingAccepted(w, mailbox.name));
        return found;
      });
    }
  } finally {
    if (!(app instanceof Error)) await app.shut();
  }
}

function closed(fault: Error, { servers }: DoctorWords): ServerCheck {
  const isBusy = fault instanceof AppError && fault.code === 'already-running';
  return { name: 'IMAP', found: servers.watched, fault: isBusy ? null : fault };
}

async function* inbox(app: App, mailbox: Mailbox, words: DoctorWords): AsyncGenerator<ServerCheck> {
  const login = await tried(words.names.imap(mailbox.name), () => reading(app, mailbox, words));
  yield login;
  if (login.fault === null && mailbox.survey !== undefined) yield await furtherFolders(app, mailbox, words);
}

const surveyDays = 30;

/** Mail of clients in a folder that nobody reads is neither acknowledged nor watched: only a look at the server tells. */
async function furtherFolders(
  { store, clock, config }: App,
  mailbox: Mailbox,
  words: DoctorWords,
): Promise<ServerCheck> {
  const name = words.names.folders(mailbox.name);
  const since = addDays(dayOf(clock.now(), config.owner.timeZone), -surveyDays);
  try {
    const survey = (await mailbox.survey?.(since)) ?? nothingSurveyed;
    const lost = store.read((r) => survey.unread.flatMap((folder) => lostIn(r, folder)));
    return { name, fault: null, ...advised(survey, lost, words) };
  } catch (fault) {
    return { name, found: '', fault: fault instanceof Error ? fault : new Error(String(fault)) };
  }
}

const nothingSurveyed: FolderSurvey = { read: [], unmatched: [], sentLike: [], unread: [] };

interface Lost {
  path: string;
  count: number;
  clients: string[];
}

function lostIn(r: Reader, { path, senders }: FolderSurvey['unread'][number]): Lost[] {
  const clients = senders.flatMap((address) => clientByAddress(r, address)?.name ?? []);
  return clients.length === 0 ? [] : [{ path, count: clients.length, clients: [...new Set(clients)] }];
}

/** The worst alone is said with what to do: the others are said when that is done. */
function advised(
  { read, unmatched, sentLike }: FolderSurvey,
  lost: readonly Lost[],
  { servers: words }: DoctorWords,
): Pick<ServerCheck, 'found' | 'advice'> {
  const quoted = (paths: readonly string[]) => paths.map((path) => `"${path}"`).join(', ');
  if (lost.length > 0) {
    const paths = lost.map(({ path }) => JSON.stringify(path)).join(', ');
    return { found: words.lost(lost, surveyDays), advice: words.lostFix(paths) };
  }
  if (sentLike.length > 0) return { found: words.sentLike(quoted(sentLike)), advice: words.sentLikeFix };
  if (unmatched.length > 0) return { found: words.unmatched(quoted(unmatched)), advice: words.unmatchedFix };
  return { found: read.length === 0 ? words.inboxAlone : words.alsoRead(quoted(read)) };
}

async function reading({ store, clock }: App, mailbox: Mailbox, words: DoctorWords): Promise<string> {
  const found = await folders(mailbox, words);
  store.write(clock.now(), (w) => noteLoginAccepted(w, mailbox.name));
  return found;
}

/** The greeting first: its faults are told more plainly. */
async function sending(mailbox: MailboxConfig, courier: LoginParts['courier'], words: DoctorWords): Promise<string> {
  await greeting(mailbox.smtp, words);
  try {
    await courier(mailbox).verify();
  } catch (fault) {
    throw fault instanceof DeliveryError ? forTheDoctor(fault) : fault;
  }
  return words.servers.loggedIn;
}

/** Nothing waits to be tried again here. */
function forTheDoctor(fault: DeliveryError): Error {
  if (fault.reason === 'login' || fault.reason === 'tls') return fault;
  const { code, message, where, cause } = fault;
  const next = 'Check host, port and "secure" of smtp, and the network; then: paletti doctor';
  return new AppError(code, message, { next, cause, ...(where !== undefined && { where }) });
}

async function tried(name: string, look: () => Promise<string>): Promise<ServerCheck> {
  try {
    return { name, found: await look(), fault: null };
  } catch (fault) {
    return { name, found: '', fault: fault instanceof Error ? fault : new Error(String(fault)) };
  }
}

async function folders(mailbox: Mailbox, { servers }: DoctorWords): Promise<string> {
  const inbox = await mailbox.open('inbox');
  const sent = await mailbox.open('sent');
  if (sent === null) {
    const there = await mailbox.paths?.();
    const named = there === undefined || there.length === 0 ? '' : `; there are: ${there.join(', ')}`;
    throw new AppError('config', `logged in, but the folder of sent mail was not found${named}`, {
      where: mailbox.name,
      next: 'Name it in the configuration: mailboxes[].sent',
    });
  }
  return servers.sentIn(sent.path, inbox?.keywordsAllowed === false);
}

/** The greeting (RFC 5321, section 4.2) is enough to know that host, port and TLS fit. */
async function greeting({ host, port, secure, starttls, ca }: ServerConfig, { servers }: DoctorWords): Promise<string> {
  const name = net.isIP(host) === 0 ? { servername: host } : {};
  const authority = ca === null ? {} : { ca: readPlainFile(ca) };
  const socket = secure ? tls.connect({ host, port, ...name, ...authority }) : net.connect({ host, port });
  try {
    const line = await firstLine(socket, `${host}:${port}`);
    if (line.startsWith('220')) return starttls ? servers.answersStarttls : servers.answers;
    throw new AppError('unreachable', { code: 'no-smtp-there' }, { where: `${host}:${port}` });
  } finally {
    socket.destroy();
  }
}

function firstLine(socket: net.Socket, where: string): Promise<string> {
  return new Promise((done, fail) => {
    const refuse = (fault: Fault, cause?: unknown) => fail(new AppError('unreachable', fault, { where, cause }));
    socket.setTimeout(deadlineMs, () => refuse({ code: 'smtp-silent' }));
    socket.once('error', (cause: NodeJS.ErrnoException) => {
      const isTls = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/.test(cause.code ?? '');
      if (isTls) refuse({ code: 'smtp-no-tls', ...tlsFacts(cause.code, cause.message) }, cause);
      else refuse({ code: 'smtp-not-reached', words: cause.message }, cause);
    });
    socket.once('close', () => refuse({ code: 'smtp-hung-up' }));
    socket.once('data', (chunk) => done(chunk.toString('latin1')));
  });
}
