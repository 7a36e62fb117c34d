/**
 * A line between the mailbox and an IMAP server that can be spoilt: cut, deaf, refused, or with other words on it. What
 * it is not told to spoil goes through as it came. Knows lines of text, and nothing of TLS.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Wire {
  port: number;
  /** logins that were tried, refused or not */
  logins: number;
  /** lines that wait for news at this moment */
  idling(): number;
  /** every open line ends at once */
  cut(): void;
  /** nothing comes through an open line any more, either way, and nobody is told: the router forgot it */
  deafen(): void;
  /** 'refuse' new lines, accept them in 'silence', or pass them on */
  newLines: 'pass' | 'refuse' | 'silence';
  refusesLogin: boolean;
  /** to every open line, as if the server said it */
  say(line: string): void;
  /** sees each command before the server does */
  onCommand: (command: string) => void;
  /** sees what the server says; whatever is returned goes on instead */
  onAnswer: (piece: Buffer) => Buffer;
  stop(): Promise<void>;
}

export async function startWire(target: { host: string; port: number }): Promise<Wire> {
  const lines = new Set<Line>();
  const server = createServer((near) => {
    near.on('error', () => {});
    if (wire.newLines === 'refuse') return void near.destroy();
    const line = new Line(wire, near, target);
    lines.add(line);
    near.on('close', () => lines.delete(line));
    if (wire.newLines === 'silence') line.isDeaf = true;
  });
  const wire: Wire = {
    port: 0,
    logins: 0,
    idling: () => [...lines].filter((line) => line.isIdling && !line.isDeaf).length,
    cut: () => lines.forEach((line) => line.end()),
    deafen: () => lines.forEach((line) => (line.isDeaf = true)),
    newLines: 'pass',
    refusesLogin: false,
    say: (text) => lines.forEach((line) => line.say(text)),
    onCommand: () => {},
    onAnswer: (piece) => piece,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        wire.cut();
      }),
  };
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  wire.port = (server.address() as AddressInfo).port;
  return wire;
}

class Line {
  isDeaf = false;
  isIdling = false;
  readonly #wire: Wire;
  readonly #near: Socket;
  readonly #far: Socket;

  constructor(wire: Wire, near: Socket, target: { host: string; port: number }) {
    this.#wire = wire;
    this.#near = near;
    this.#far = connect(target.port, target.host);
    for (const side of [near, this.#far]) {
      side.setNoDelay(true);
      side.on('error', () => {});
      side.on('close', () => this.#closed());
    }
    near.on('data', (piece: Buffer) => this.#out(piece));
    this.#far.on('data', (piece: Buffer) => this.#in(piece));
  }

  end(): void {
    this.#near.destroy();
    this.#far.destroy();
  }

  say(text: string): void {
    if (!this.isDeaf) this.#near.write(`${text}\r\n`);
  }

  /** A deaf line does not even hear that the other side hung up. */
  #closed(): void {
    if (!this.isDeaf) this.end();
    else if (this.#near.destroyed) this.#far.destroy();
  }

  #out(piece: Buffer): void {
    if (this.isDeaf) return;
    const command = piece.toString('latin1');
    this.isIdling = /^\S+ IDLE\r\n/i.test(command);
    if (/^\S+ (?:LOGIN|AUTHENTICATE) /i.test(command)) {
      this.#wire.logins += 1;
      const tag = command.slice(0, command.indexOf(' '));
      if (this.#wire.refusesLogin) return this.say(`${tag} NO [AUTHENTICATIONFAILED] wrong user or password`);
    }
    this.#wire.onCommand(command);
    if (!this.isDeaf) this.#far.write(piece);
  }

  #in(piece: Buffer): void {
    if (this.isDeaf) return;
    const answer = this.#wire.onAnswer(piece);
    if (answer.length > 0 && !this.#near.destroyed) this.#near.write(answer);
  }
}
