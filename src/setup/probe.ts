/**
 * What a mail server says it takes before anybody has logged in (RFC 9051, CAPABILITY): a password, an access token. A look of
 * some seconds that shows it nothing; whoever does not answer is as if nothing were known.
 */
import net from 'node:net';
import tls from 'node:tls';
import type { Server } from './providers.ts';

export interface Offered {
  host: string;
  passwords: boolean;
  tokens: boolean;
}

interface LineOptions {
  /** of a certificate that no public one has signed */
  ca?: string;
  /** where the server is reached, if its name does not lead there */
  at?: string;
}

const limitMs = 4_000;
const largestAnswer = 16_384;

/** @returns null where it cannot be told: the login then says why */
export async function offeredBy(server: Server, options: LineOptions = {}): Promise<Offered | null> {
  const line = new Line(server, options);
  try {
    const found = await line.capabilities();
    return found && { host: server.host, ...found };
  } catch {
    return null;
  } finally {
    line.close();
  }
}

/** @param answer of the server, its line of capabilities among others */
export function offeredIn(answer: string): Omit<Offered, 'host'> | null {
  const line = answer.split(/\r?\n/).find((one) => /^\* CAPABILITY /i.test(one));
  if (line === undefined) return null;
  const said = new Set(line.toUpperCase().trim().split(/\s+/));
  const has = (...names: string[]) => names.some((name) => said.has(name));
  return {
    passwords: !has('LOGINDISABLED') || has('AUTH=PLAIN', 'AUTH=LOGIN'),
    tokens: has('AUTH=XOAUTH2', 'AUTH=OAUTHBEARER'),
  };
}

/** One connection; every step has the same few seconds in all. */
class Line {
  readonly #server: Server;
  readonly #options: LineOptions;
  readonly #signal = AbortSignal.timeout(limitMs);
  #socket: net.Socket;

  constructor(server: Server, options: LineOptions) {
    this.#server = server;
    this.#options = options;
    this.#socket = server.secure === true ? this.#secured() : net.connect(this.#place());
  }

  #place(): { host: string; port: number } {
    const { host, port } = this.#server;
    return { host: this.#options.at ?? host, port };
  }

  async capabilities(): Promise<Omit<Offered, 'host'> | null> {
    await this.#answer(/^\* (?:OK|PREAUTH) .*\r?\n/im);
    if (this.#server.secure === 'starttls') {
      await this.#ask('a1 STARTTLS', /^a1 OK.*\r?\n/im);
      this.#socket = this.#secured(this.#socket);
    }
    return offeredIn(await this.#ask('a2 CAPABILITY', /^a2 OK.*\r?\n/im));
  }

  close(): void {
    this.#socket.destroy();
  }

  #secured(over?: net.Socket): tls.TLSSocket {
    const { host } = this.#server;
    const { ca } = this.#options;
    const name = net.isIP(host) === 0 ? { servername: host } : {};
    return tls.connect({ ...(over === undefined ? this.#place() : { socket: over }), ...name, ...(ca && { ca }) });
  }

  #ask(command: string, until: RegExp): Promise<string> {
    this.#socket.write(`${command}\r\n`);
    return this.#answer(until);
  }

  #answer(until: RegExp): Promise<string> {
    const socket = this.#socket;
    return new Promise((done, fail) => {
      let read = '';
      const lost = () => fail(new Error('no answer'));
      this.#signal.addEventListener('abort', lost, { once: true });
      socket.on('error', lost).on('close', lost);
      socket.on('data', function heard(piece: Buffer) {
        read += piece.toString('latin1');
        if (read.length > largestAnswer) lost();
        if (!until.test(read)) return;
        socket.off('data', heard).off('close', lost);
        done(read);
      });
    });
  }
}
