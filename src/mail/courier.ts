/**
 * Hands one letter to SMTP and says honestly how it ended: sent, surely not sent, or unsure. Never tries twice, keeps
 * no connection, changes no byte. When to try again is the queue's matter.
 */
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { AppError, DeliveryError, type DeliveryOutcome, type DeliveryReason, SignInNeeded } from '../errors.ts';
import type { Courier, Envelope } from '../ports.ts';
import type { OwnEnvelope } from '../rules/own-mail.ts';
import { isWritableAddress } from '../rules/client.ts';
import { oneLine } from './clean.ts';
import { compose } from './compose.ts';
import { type Login, withoutPassword } from './hide.ts';
import { loginOf, type LoginWay, otherLogin } from './login.ts';
import { isLoopback } from './loopback.ts';

interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS is required, except on loopback */
  secure: boolean;
  /** STARTTLS is required on loopback as well */
  starttls?: boolean;
  /** `ca`: PEM of an authority of one's own; `servername`: the name in the certificate */
  tls?: { ca?: string; servername?: string };
}

/** Without a user there is no login. */
export type SmtpConfig = SmtpServer & { user?: string } & (LoginWay | { password?: undefined; token?: undefined });

export interface CourierConfig {
  /** name of the mailbox it sends for */
  mailbox: string;
  smtp: SmtpConfig;
  timeouts?: Partial<Timeouts>;
}

/** Milliseconds. All but the last are of silence. */
interface Timeouts {
  connect: number;
  greeting: number;
  silence: number;
  /** for everything together */
  overall: number;
}

const defaultTimeouts: Timeouts = { connect: 30_000, greeting: 60_000, silence: 120_000, overall: 300_000 };

/** How long a server may take to answer QUIT; the letter is sent by then. */
const goodbyeMs = 2_000;

export function openCourier(config: CourierConfig): Courier {
  const cut = new AbortController();
  return {
    mailbox: config.mailbox,
    compose,
    send: async (envelope, bytes) => {
      checkEnvelope(envelope);
      await attempt(config, { envelope, bytes }, cut.signal);
    },
    sendOwn: async (envelope, bytes) => {
      for (const to of envelope.to) checkAddresses(envelope.from, to);
      return { rejected: await attempt(config, { envelope, bytes }, cut.signal) };
    },
    verify: async () => void (await attempt(config, null, cut.signal)),
    cut: () => cut.abort(),
  };
}

interface Parcel {
  envelope: Envelope | OwnEnvelope;
  bytes: Uint8Array;
}

/**
 * @param parcel null: only as far as the login
 * @returns recipients that the server did not take, where it took the mail for others
 */
async function attempt(config: CourierConfig, parcel: Parcel | null, cut: AbortSignal): Promise<string[]> {
  const one = new Attempt(config, parcel, () => credentials(config.smtp, loginOf));
  try {
    return await one.run(cut);
  } catch (error) {
    const fault = one.fault(error as SmtpError);
    if (!one.isTokenRefused(fault)) throw fault;
    return again(config, parcel, { cut, refused: one.login as Login, fault });
  }
}

/**
 * A token that was refused is shown once more when it has been renewed: its time is over when the server says so. A login
 * comes first: nothing was handed over.
 */
async function again(
  config: CourierConfig,
  parcel: Parcel | null,
  { cut, refused, fault }: { cut: AbortSignal; refused: Login; fault: DeliveryError },
): Promise<string[]> {
  const one = new Attempt(config, parcel, async () => {
    const other = await credentials(config.smtp, (way) => otherLogin(way, refused));
    if (other === null) throw fault;
    return other;
  });
  try {
    return await one.run(cut);
  } catch (error) {
    throw one.fault(error as SmtpError);
  }
}

/** The last gate before the wire: nothing but one plain address each (nodemailer would split and unfold others). */
function checkEnvelope({ from, to }: Envelope): void {
  checkAddresses(from, to);
}

function checkAddresses(from: string, to: string): void {
  const next = 'Correct the address, then approve the letter again.';
  if (typeof to !== 'string' || !isWritableAddress(to)) {
    throw new DeliveryError('refused', 'recipient', 'the recipient is not one plain address', { next });
  }
  if (typeof from !== 'string' || (from !== '' && !isWritableAddress(from))) {
    throw new DeliveryError('refused', 'sender', 'the sender is not one plain address', { next });
  }
}

async function credentials(
  smtp: SmtpConfig,
  fetch: (way: LoginWay & { user: string }) => Promise<Login | null>,
): Promise<Login | null> {
  const { user = '' } = smtp;
  if (user === '' || (smtp.password === undefined && smtp.token === undefined)) return null;
  try {
    return await fetch({ ...smtp, user });
  } catch (cause) {
    throw noCredentials(smtp, cause);
  }
}

/** A provider that is not reached now has refused nobody. */
function noCredentials({ host, port }: SmtpServer, cause: unknown): DeliveryError {
  const where = `${host}:${port}`;
  const why = cause instanceof Error ? cause.message : 'no reason given';
  const next = cause instanceof AppError ? cause.next : undefined;
  const detail = { where, cause, ...(next === undefined ? {} : { next }) };
  if (cause instanceof SignInNeeded) return new DeliveryError('retry', 'login', why, detail);
  if (cause instanceof AppError && (cause.code === 'unreachable' || cause.passing))
    return new DeliveryError('retry', 'connection', why, detail);
  return new DeliveryError('retry', 'login', `the password is not available: ${why}`, detail);
}

/** What nodemailer's errors carry. */
interface SmtpError extends Error {
  code?: string;
  /** Node's own code, where nodemailer put a wider one over it */
  originalCode?: string;
  command?: string;
  response?: string;
}

/**
 * The letter as a stream. nodemailer reads it only after the server has answered DATA: if it was never read, the letter
 * was surely not sent. Its error codes cannot tell: a timeout looks the same before and after. It takes any 2 or 3 for
 * "go ahead"; a server that says anything but 354 (RFC 5321, section 4.3.2) takes the letter for commands, and gets none.
 */
class Body extends Readable {
  pulled = false;
  readonly #bytes: Uint8Array;
  readonly #lastAnswer: () => string;

  constructor(bytes: Uint8Array, lastAnswer: () => string) {
    super();
    this.#bytes = bytes;
    this.#lastAnswer = lastAnswer;
  }

  override _read(): void {
    this.pulled = true;
    const answer = this.#lastAnswer();
    if (!isPlain(answer, '354')) {
      this.destroy(new Error(`the server's answer to DATA was no "go ahead": ${answer}`));
      return;
    }
    this.push(this.#bytes);
    this.push(null);
  }
}

/** Every line of the answer carries the code: RFC 5321, section 4.2.1, lets them not differ. */
function isPlain(answer: string, code: string): boolean {
  return answer.split(/\r?\n/).every((line) => line.startsWith(code) && /^(?:[ -]|$)/.test(line.slice(code.length)));
}

class Attempt {
  readonly #config: CourierConfig;
  readonly #parcel: Parcel | null;
  readonly #body: Body;
  readonly #line: SMTPConnection;
  readonly #fetchLogin: () => Promise<Login | null>;
  /** given up, perhaps while the password was awaited: then nothing may begin any more */
  #isOver = false;
  #login: Login | null = null;

  constructor(config: CourierConfig, parcel: Parcel | null, fetchLogin: () => Promise<Login | null>) {
    this.#config = config;
    this.#parcel = parcel;
    this.#fetchLogin = fetchLogin;
    this.#line = new SMTPConnection(lineOptions(config));
    this.#body = new Body(parcel?.bytes ?? new Uint8Array(), () => String(this.#line.lastServerResponse));
  }

  async run(cut: AbortSignal): Promise<string[]> {
    const failed = this.#failure(cut);
    try {
      const rejected = await Promise.race([failed.promise, this.#converse()]);
      this.#line.quit();
      setTimeout(() => this.#line.close(), goodbyeMs).unref();
      return rejected;
    } catch (error) {
      this.#isOver = true;
      this.#line.close();
      throw error;
    } finally {
      failed.stop();
    }
  }

  async #converse(): Promise<string[]> {
    const login = await this.#fetchLogin();
    this.#login = login;
    if (this.#isOver) return [];
    await called((done) => this.#line.connect(done));
    if (login !== null) await called((done) => this.#line.login(loginData(login), done));
    return this.#parcel === null ? [] : this.#handOver(this.#parcel);
  }

  async #handOver({ envelope: { from, to }, bytes }: Parcel): Promise<string[]> {
    const info = await called<{ response: string; rejected?: string[] }>((done) => {
      const recipients = typeof to === 'string' ? [to] : [...to];
      const use8BitMime = bytes.some((byte) => byte > 127);
      this.#line.send({ from, to: recipients, size: bytes.length, use8BitMime, ...unreported(from) }, this.#body, done);
    });
    // nodemailer takes anything that begins with 2 for a yes.
    if (!isPlain(info.response, '250')) throw new Error(`the server's last answer was no clear yes: ${info.response}`);
    return info.rejected ?? [];
  }

  /** Errors outside any call, the overall deadline, and the program's own wish to end. */
  #failure(cut: AbortSignal): { promise: Promise<never>; stop(): void } {
    const overall = this.#config.timeouts?.overall ?? defaultTimeouts.overall;
    let fail: (error: Error) => void = () => {};
    const promise = new Promise<never>((_, reject) => {
      fail = reject;
    });
    promise.catch(() => {});
    this.#line.on('error', fail);
    const timer = setTimeout(() => fail(new Error(`no end within ${Math.round(overall / 1000)} seconds`)), overall);
    const end = () => fail(new Error('the program is ending'));
    if (cut.aborted) end();
    cut.addEventListener('abort', end);
    const stop = () => (clearTimeout(timer), cut.removeEventListener('abort', end));
    return { promise, stop };
  }

  get login(): Login | null {
    return this.#login;
  }

  isTokenRefused({ reason }: DeliveryError): boolean {
    return reason === 'login' && this.#login?.isToken === true;
  }

  /** RFC 5321, section 4.2.1: 4yz surely not now, 5yz surely not; without a clear answer after the body nobody knows. */
  fault(error: SmtpError): DeliveryError {
    if (error instanceof DeliveryError) return error;
    const code = Number(/^([45]\d\d)(?=[ -]|\r?\n|$)/.exec(error.response ?? '')?.[1] ?? 0);
    const facts = {
      command: error.command ?? '',
      kind: error.originalCode ?? error.code ?? '',
      response: error.response ?? '',
      code,
    };
    const verdict = this.#body.pulled ? afterBody(code) : beforeBody(facts, this.#parcel?.envelope);
    return this.#faultOf(verdict, error, code);
  }

  #faultOf({ outcome, reason }: Verdict, error: SmtpError, code: number): DeliveryError {
    const { host, port } = this.#config.smtp;
    const words = this.#login === null ? error.message : withoutPassword(error.message, this.#login);
    return new DeliveryError(outcome, reason, `${headline(outcome, reason)}: ${oneLine(words, 300)}`, {
      where: `${host}:${port}`,
      next: reason === 'login' ? loginAdvice(error.response ?? '', this.#login) : advice(outcome, reason),
      ...(code === 0 ? {} : { responseCode: code }),
      cause: words === error.message ? error : new Error(words),
    });
  }
}

/**
 * nodemailer asks for another token after a refusal and logs in again on the same line; here a refusal is one, and what
 * follows is decided by who fetched the token.
 */
function loginData({ user, pass, isToken }: Login): Parameters<SMTPConnection['login']>[0] {
  if (isToken !== true) return { user, pass };
  const oauth2 = {
    getToken: (renew: boolean, done: (error: Error | null, token?: string) => void) =>
      renew ? done(new Error('the server refused the access token')) : done(null, pass),
    buildXOAuth2Token: (token: string) =>
      Buffer.from(`user=${user}\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64'),
  };
  return { user, oauth2 } as unknown as Parameters<SMTPConnection['login']>[0];
}

/** An automatic answer wants no notice of its fate, where the server offers any (RFC 5230, section 5.1). */
function unreported(from: string) {
  return from === '' ? { dsn: { notify: 'NEVER' as const } } : {};
}

function lineOptions({ smtp, timeouts }: CourierConfig): ConstructorParameters<typeof SMTPConnection>[0] {
  const wait = { ...defaultTimeouts, ...timeouts };
  const clear = !smtp.secure && smtp.starttls !== true && isLoopback(smtp.host) && smtp.tls?.ca === undefined;
  return {
    host: smtp.host,
    port: smtp.port,
    secure: smtp.secure,
    requireTLS: !smtp.secure && !clear,
    ignoreTLS: clear,
    connectionTimeout: wait.connect,
    greetingTimeout: wait.greeting,
    socketTimeout: wait.silence,
    socketCloseTimeout: 2_000,
    tls: { ...smtp.tls },
    logger: false,
  };
}

function called<T = unknown>(start: (done: (error?: Error | null, value?: unknown) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, value) => (error ? reject(error) : resolve(value as T)));
  });
}

interface Verdict {
  outcome: DeliveryOutcome;
  reason: DeliveryReason;
}

function afterBody(code: number): Verdict {
  if (code >= 500) return { outcome: 'refused', reason: 'content' };
  if (code >= 400) return { outcome: 'retry', reason: 'server' };
  return { outcome: 'unsure', reason: 'connection' };
}

interface SmtpFacts {
  command: string;
  kind: string;
  response: string;
  code: number;
}

function beforeBody(facts: SmtpFacts, envelope: Parcel['envelope'] | undefined): Verdict {
  const { command, kind, code } = facts;
  if (kind === 'ETLS' || command === 'STARTTLS' || isCertificateFault(kind)) return { outcome: 'retry', reason: 'tls' };
  if (kind === 'EAUTH' && (code === 0 || code >= 500)) return { outcome: 'retry', reason: 'login' };
  if (kind === 'EMESSAGE') return { outcome: 'refused', reason: 'content' };
  if (code === 0) return { outcome: 'retry', reason: 'connection' };
  if (code < 500) return { outcome: 'retry', reason: 'server' };
  if (command === 'MAIL FROM' || refusesNullSender(facts, envelope)) return { outcome: 'refused', reason: 'sender' };
  if (command === 'RCPT TO') return { outcome: 'refused', reason: 'recipient' };
  if (command === 'DATA') return { outcome: 'refused', reason: 'server' };
  // A 5yz greeting is about the network one happens to be in, not about the letter.
  return { outcome: 'retry', reason: 'server' };
}

/** Many servers judge the sender only when they hear the recipient (enhanced codes 5.1.7 and 5.1.8, RFC 3463). */
function refusesNullSender({ command, response }: SmtpFacts, envelope: Parcel['envelope'] | undefined): boolean {
  return (
    envelope?.from === '' && command === 'RCPT TO' && /\b5\.1\.[78]\b|\bsender\b|\breturn path\b|<>/i.test(response)
  );
}

function isCertificateFault(kind: string): boolean {
  return /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(kind);
}

function headline(outcome: DeliveryOutcome, reason: DeliveryReason): string {
  if (outcome === 'unsure') return 'it is not known whether the server took the letter';
  const headlines: Record<DeliveryReason, string> = {
    connection: 'the mail server was not reached, or was silent',
    login: 'the mail server refused the login',
    tls: 'no safe (TLS) connection to the mail server',
    sender: 'the mail server refused the sender',
    recipient: 'the mail server refused the recipient',
    content: 'the mail server refused the letter',
    server:
      outcome === 'retry' ? 'the mail server cannot take the letter now' : 'the mail server refused to take the letter',
  };
  return headlines[reason];
}

/** Microsoft has a switch of its own for SMTP, which an access token does not get around. */
function loginAdvice(response: string, login: Login | null): string {
  if (/SmtpClientAuthentication is disabled|\b5\.7\.139\b/i.test(response))
    return 'Have SMTP AUTH switched on for this mailbox (Microsoft 365 admin center: Users, Mail, Manage email apps). Then: paletti doctor';
  return (
    login?.whenRefused ??
    'Check user and password of smtp in config.json; many providers want an app password. Then: paletti doctor'
  );
}

function advice(outcome: DeliveryOutcome, reason: Exclude<DeliveryReason, 'login'>): string {
  if (outcome === 'unsure') return 'Look into your Sent folder, then say what happened with: paletti outbox resolve';
  const advices: Record<Exclude<DeliveryReason, 'login'>, string> = {
    connection: 'It is tried again later.',
    tls: 'Check host, port and "secure" of smtp in config.json, and whether a scanner or hotspot stands in between; for a server with a certificate of its own name its authority: "ca".',
    sender: 'Check that smtp may send for the address of the letter.',
    recipient: "Check the client's address, then: paletti outbox retry",
    content: 'Read the server’s words, edit the letter, then: paletti outbox retry',
    server: outcome === 'retry' ? 'It is tried again later.' : 'Read the server’s words, then: paletti outbox retry',
  };
  return advices[reason];
}
