/** Tries every server of the configuration, as the daemon would, and sends nothing. Used by `paletti doctor`. */
import net from 'node:net';
import tls from 'node:tls';
import type { App, Logins } from './app.ts';
import { placeOf } from './auth/providers.ts';
import type { Config, MailboxConfig, ServerConfig } from './config.ts';
import { AppError, DeliveryError } from './errors.ts';
import { noteLoginAccepted, noteSendingAccepted } from './jobs/login-pause.ts';
import { tlsWords } from './mail/tls-words.ts';
import { readPlainFile } from './plain-file.ts';
import type { Courier, FolderSurvey, Mailbox } from './ports.ts';
import { addDays, dayOf } from './rules/time.ts';
import { clientByAddress } from './store/clients.ts';
import type { Reader } from './store/database.ts';

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
 */
export async function* checkServers(
  config: Config,
  parts: {
    open: () => Promise<App>;
    courier: (mailbox: MailboxConfig) => Pick<Courier, 'verify'>;
    logins: Logins;
  },
): AsyncGenerator<ServerCheck> {
  const checks: ServerCheck[] = [];
  for (const mailbox of config.mailboxes) {
    checks.push(await tried(loginName(mailbox), () => credentials(mailbox, parts.logins)));
  }
  yield* checks;
  // without its password or token a server would only say the same again
  if (checks.every((check) => check.fault === null)) return yield* logins(config, parts);
  for (const { name, smtp } of config.mailboxes) yield await tried(`SMTP of ${name}`, () => greeting(smtp));
}

/** What it shows its servers, without showing it yet. */
function loginName({ name, imap }: MailboxConfig): string {
  if ('oauth' in imap.login) return `sign-in of ${name}`;
  return 'tokenCommand' in imap.login ? `token of ${name}` : `password of ${name}`;
}

async function credentials({ name, imap, smtp }: MailboxConfig, logins: Logins): Promise<string> {
  for (const { login } of [imap, smtp]) {
    if ('password' in login) await logins.readSecret(login.password);
    else if ('oauth' in login) await logins.tokens(name, login.oauth);
    else await logins.readSecret({ command: login.tokenCommand });
  }
  return 'oauth' in imap.login ? `signed in at ${placeOf(imap.login.oauth).title}` : 'can be read';
}

type LoginParts = Parameters<typeof checkServers>[1];

async function* logins({ mailboxes }: Config, { open, courier }: LoginParts): AsyncGenerator<ServerCheck> {
  const app = await open().catch((fault: unknown) => (fault instanceof Error ? fault : new Error(String(fault))));
  try {
    if (app instanceof Error) yield closed(app);
    else for (const mailbox of app.mailboxes) yield* inbox(app, mailbox);
    for (const mailbox of mailboxes) {
      yield await tried(`SMTP of ${mailbox.name}`, async () => {
        const found = await sending(mailbox, courier);
        if (!(app instanceof Error)) app.store.write(app.clock.now(), (w) => noteSendingAccepted(w, mailbox.name));
        return found;
      });
    }
  } finally {
    if (!(app instanceof Error)) await app.shut();
  }
}

function closed(fault: Error): ServerCheck {
  const isBusy = fault instanceof AppError && fault.code === 'already-running';
  return { name: 'IMAP', found: 'the daemon is running and watches the mailboxes', fault: isBusy ? null : fault };
}

async function* inbox(app: App, mailbox: Mailbox): AsyncGenerator<ServerCheck> {
  const login = await tried(`IMAP of ${mailbox.name}`, () => reading(app, mailbox));
  yield login;
  if (login.fault === null && mailbox.survey !== undefined) yield await furtherFolders(app, mailbox);
}

const surveyDays = 30;

/** Mail of clients in a folder that nobody reads is neither acknowledged nor watched: only a look at the server tells. */
async function furtherFolders({ store, clock, config }: App, mailbox: Mailbox): Promise<ServerCheck> {
  const name = `folders of ${mailbox.name}`;
  const since = addDays(dayOf(clock.now(), config.owner.timeZone), -surveyDays);
  try {
    const survey = (await mailbox.survey?.(since)) ?? nothingSurveyed;
    const lost = store.read((r) => survey.unread.flatMap((folder) => lostIn(r, folder)));
    return { name, fault: null, ...advised(survey, lost) };
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
): Pick<ServerCheck, 'found' | 'advice'> {
  const [first] = lost;
  if (first !== undefined) {
    const where = lost.map(
      ({ path, count, clients }) => `"${path}" (${count} in ${surveyDays} days, ${clients.slice(0, 3).join(', ')})`,
    );
    return {
      found: `mail of clients lies in folders that are not read: ${where.join('; ')}`,
      advice: `Have it read: in the mailbox of config.json, "also": [${lost.map(({ path }) => JSON.stringify(path)).join(', ')}]`,
    };
  }
  if (sentLike.length > 0)
    return {
      found: `looks like sent mail and is not read: ${sentLike.map((path) => `"${path}"`).join(', ')}`,
      advice:
        'If you answer from a program that files there, name it after the first in mailboxes[].sent: ["Sent", "…"]',
    };
  if (unmatched.length > 0)
    return {
      found: `there is no folder ${unmatched.map((wanted) => `"${wanted}"`).join(', ')}`,
      advice:
        'Look at mailboxes[].also and mailboxes[].sent; folders are named as the server lists them, with "/" between.',
    };
  return {
    found:
      read.length === 0 ? 'clients write to INBOX alone' : `also read: ${read.map((path) => `"${path}"`).join(', ')}`,
  };
}

async function reading({ store, clock }: App, mailbox: Mailbox): Promise<string> {
  const found = await folders(mailbox);
  store.write(clock.now(), (w) => noteLoginAccepted(w, mailbox.name));
  return found;
}

/** The greeting first: its faults are told more plainly. */
async function sending(mailbox: MailboxConfig, courier: LoginParts['courier']): Promise<string> {
  await greeting(mailbox.smtp);
  try {
    await courier(mailbox).verify();
  } catch (fault) {
    throw fault instanceof DeliveryError ? forTheDoctor(fault) : fault;
  }
  return 'logged in';
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

async function folders(mailbox: Mailbox): Promise<string> {
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
  const flags = inbox?.keywordsAllowed === false ? '; the server takes no keywords' : '';
  return `logged in; sent mail is in "${sent.path}"${flags}`;
}

/** The greeting (RFC 5321, section 4.2) is enough to know that host, port and TLS fit. */
async function greeting({ host, port, secure, starttls, ca }: ServerConfig): Promise<string> {
  const name = net.isIP(host) === 0 ? { servername: host } : {};
  const authority = ca === null ? {} : { ca: readPlainFile(ca) };
  const socket = secure ? tls.connect({ host, port, ...name, ...authority }) : net.connect({ host, port });
  try {
    const line = await firstLine(socket, `${host}:${port}`);
    if (line.startsWith('220')) return starttls ? 'answers, to be encrypted by STARTTLS' : 'answers';
    throw new AppError('unreachable', 'the server does not speak SMTP there', {
      where: `${host}:${port}`,
      next: 'Check "port" and "secure".',
    });
  } finally {
    socket.destroy();
  }
}

function firstLine(socket: net.Socket, where: string): Promise<string> {
  return new Promise((done, fail) => {
    const refuse = (why: string, cause?: unknown) =>
      fail(new AppError('unreachable', why, { where, next: 'Check host, port and "secure", and the network.', cause }));
    socket.setTimeout(deadlineMs, () => refuse('the server does not answer'));
    socket.once('error', (cause: NodeJS.ErrnoException) => {
      const tlsFault = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/.test(cause.code ?? '');
      if (!tlsFault) return refuse(`no connection: ${cause.message}`, cause);
      const next =
        'For a server with a certificate of its own name its authority: "ca" of smtp. Otherwise check "port" and "secure".';
      const words = `no safe (TLS) connection: ${tlsWords(cause.code, cause.message)}`;
      fail(new AppError('unreachable', words, { where, next, cause }));
    });
    socket.once('close', () => refuse('the server hung up without a word'));
    socket.once('data', (chunk) => done(chunk.toString('latin1')));
  });
}
