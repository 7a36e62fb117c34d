/** The courier of a story over real SMTP, to a sink on loopback that keeps what it is given. */
import { openCourier } from '../../src/mail/courier.ts';
import type { Courier, Envelope } from '../../src/ports.ts';
import type { StoryCourier, Taken } from './fake-courier.ts';
import { type SmtpSink, startSmtpSink } from './smtp-sink.ts';

export class ServerCourier implements StoryCourier {
  readonly mailbox: string;
  readonly failWith: Error[] = [];
  readonly #sink: SmtpSink;
  readonly #inner: Courier;

  private constructor(mailbox: string, sink: SmtpSink) {
    this.mailbox = mailbox;
    this.#sink = sink;
    this.#inner = openCourier({ mailbox, smtp: { host: sink.host, port: sink.port, secure: false } });
  }

  static async open(mailbox: string): Promise<ServerCourier> {
    return new ServerCourier(mailbox, await startSmtpSink());
  }

  get taken(): readonly Taken[] {
    return this.#sink.messages.map(({ envelope, raw }) => ({
      envelope: { from: envelope.from, to: envelope.to.join(', ') },
      bytes: raw,
      raw: raw.toString(),
    }));
  }

  compose: Courier['compose'] = (...given) => this.#inner.compose(...given);

  async send(envelope: Envelope, bytes: Uint8Array): Promise<void> {
    const error = this.failWith.shift();
    if (error !== undefined) throw error;
    return this.#inner.send(envelope, bytes);
  }

  verify(): Promise<void> {
    return this.#inner.verify();
  }

  close(): Promise<void> {
    return this.#sink.stop();
  }
}
