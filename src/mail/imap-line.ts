/**
 * One connection to one IMAP server, made anew whenever it was lost (imapflow's client can be used once). Commands go
 * one after the other, each with a deadline that ends the connection. Knows nothing of letters or messages.
 */
import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import { AppError } from '../errors.ts';
import { imapFault } from './imap-fault.ts';
import type { Login } from './hide.ts';
import { isLoopback } from './loopback.ts';
import { loginOf, type LoginWay, otherLogin } from './login.ts';

export interface ImapServer {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS is required, except on loopback */
  secure: boolean;
  /** STARTTLS is required on loopback as well */
  starttls?: boolean;
  user: string;
  /** `ca`: PEM of an authority of one's own; `servername`: the name in the certificate */
  tls?: { ca?: string; servername?: string };
}

export type ImapConfig = ImapServer & LoginWay;

/** Milliseconds. */
export interface ImapTimeouts {
  connect: number;
  greeting: number;
  /** for one command; a fetch gets it anew with every message */
  command: number;
  /**
   * of silence in IDLE before the line is asked whether it lives, which also keeps routers from forgetting it. Asked at
   * the full minute, when the tick has the laptop awake anyway; no answer within `greeting` ends the line.
   */
  silence: number;
}

export const defaultImapTimeouts: ImapTimeouts = {
  connect: 30_000,
  greeting: 20_000,
  command: 60_000,
  silence: 60_000,
};

/** The most that is asked for in one piece. */
export const largestPiece = 262_144;

/**
 * What is larger ends the connection: no server may fill the memory. In bytes, of a literal (twice what is asked for, as a
 * header is asked for whole), of a line (the numbers of a million messages), and of a response; and parts of a response.
 */
const limits = {
  maxLiteralSize: 2 * largestPiece,
  maxLineLength: 16_777_216,
  maxResponseSize: 33_554_432,
  maxResponseTokens: 20_000,
};

/** Called when something is alive, to push a deadline back. */
export type Alive = () => void;

export class ImapLine {
  readonly where: string;
  readonly timeouts: ImapTimeouts;
  readonly #config: ImapConfig;
  #client: Promise<ImapFlow> | null = null;
  /** the newest client, connected or still connecting */
  #newest: ImapFlow | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(config: ImapConfig, timeouts: ImapTimeouts) {
    this.#config = config;
    this.timeouts = timeouts;
    this.where = `${config.host}:${config.port}`;
  }

  /**
   * Waits for its turn, then runs commands on a living client.
   * @param what for the fault: 'refused to <what>'
   */
  do<T>(what: string, act: (client: ImapFlow, alive: Alive) => Promise<T>): Promise<T> {
    const result = this.#turn.then(() => this.#run(what, act));
    this.#turn = result.catch(() => {});
    return result;
  }

  /** The client, connected if need be. Outside of `do` only for IDLE, which every command breaks into. */
  client(): Promise<ImapFlow> {
    if (this.#closed) return Promise.reject(this.#isClosed());
    if (this.#client === null) {
      const attempt = this.#connect();
      this.#client = attempt;
      attempt.catch(() => {
        if (this.#client === attempt) this.#client = null;
      });
    }
    return this.#client;
  }

  #isClosed(): AppError {
    return new AppError('unreachable', 'the mailbox is closed', { where: this.where });
  }

  reset(): void {
    this.#client = null;
    this.#newest?.close();
  }

  async close(): Promise<void> {
    this.#closed = true;
    const client = await this.#client?.catch(() => null);
    this.#client = null;
    if (client == null) return;
    await Promise.race([client.logout().catch(() => {}), pause(1_000)]);
    client.close();
  }

  async #run<T>(what: string, act: (client: ImapFlow, alive: Alive) => Promise<T>): Promise<T> {
    const client = await this.client();
    const deadline = new Deadline(this.timeouts.command, () => client.close());
    try {
      return await Promise.race([act(client, () => deadline.restart()), deadline.passed]);
    } catch (error) {
      throw imapFault(error, what, this.where);
    } finally {
      deadline.stop();
    }
  }

  /** A token that was refused is shown once more when it has been renewed: its time is over when the server says so. */
  async #connect(): Promise<ImapFlow> {
    const login = await loginOf(this.#config);
    try {
      return await this.#begin(login);
    } catch (error) {
      const isRefused = error instanceof AppError && error.code === 'login-refused';
      const other = isRefused ? await otherLogin(this.#config, login) : null;
      if (other === null) throw error;
      return await this.#begin(other);
    }
  }

  async #begin(login: Login): Promise<ImapFlow> {
    if (this.#closed) throw this.#isClosed();
    const client = new ImapFlow(clientOptions(this.#config, this.timeouts, login));
    this.#newest = client;
    // Without a listener, an error before or after connect() would end the process.
    client.on('error', () => client.close());
    client.on('close', () => {
      if (this.#newest === client) this.#client = null;
    });
    const { connect, greeting, command } = this.timeouts;
    const deadline = new Deadline(connect + greeting + command, () => client.close());
    try {
      await Promise.race([client.connect(), deadline.passed]);
      return client;
    } catch (error) {
      client.close();
      throw imapFault(error, 'connect', this.where, login);
    } finally {
      deadline.stop();
    }
  }
}

function clientOptions(config: ImapServer, timeouts: ImapTimeouts, { user, pass, isToken }: Login): ImapFlowOptions {
  const { host, port, secure, starttls = false, tls = {} } = config;
  const clear = !secure && !starttls && isLoopback(host) && tls.ca === undefined;
  return {
    host,
    port,
    secure,
    ...(secure ? {} : { doSTARTTLS: !clear }),
    ...(tls.servername === undefined ? {} : { servername: tls.servername }),
    tls: tls.ca === undefined ? {} : { ca: tls.ca },
    auth: isToken === true ? { user, accessToken: pass } : { user, pass },
    clientInfo: { name: 'Paletti' },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.greeting,
    // Seldom the first: every command has a deadline, and IDLE is asked by mailbox.ts. Half of it is the longest that
    // imapflow waits for a server that throttles, which is not to look like silence.
    socketTimeout: timeouts.command * 1.9,
    ...limits,
    maxLockHoldTime: false,
  };
}

/** Rejects when its time is over, after ending what hangs. */
class Deadline {
  readonly passed: Promise<never>;
  readonly #ms: number;
  readonly #over: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number, end: () => void) {
    this.#ms = ms;
    let reject: (error: Error) => void = () => {};
    this.passed = new Promise<never>((_, refuse) => {
      reject = refuse;
    });
    this.passed.catch(() => {});
    this.#over = () => {
      reject(new Error(`no answer within ${Math.round(ms / 1000)} seconds`));
      end();
    };
    this.restart();
  }

  restart(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#over, this.#ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
