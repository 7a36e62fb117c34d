/** A courier that never fails and always remembers, until it is told to fail. It composes real bytes. */
import { compose } from '../../src/mail/compose.ts';
import type { Courier, Draft, Envelope } from '../../src/ports.ts';
import type { OwnEnvelope } from '../../src/rules/own-mail.ts';
import type { Instant } from '../../src/rules/time.ts';

export interface Taken {
  envelope: { from: string; to: string };
  bytes: Uint8Array;
  /** the bytes as text */
  raw: string;
}

/** A courier a story can look at and trip. */
export interface StoryCourier extends Courier {
  readonly taken: readonly Taken[];
  readonly failWith: Error[];
  close(): Promise<void>;
}

export class FakeCourier implements StoryCourier {
  readonly mailbox: string;
  readonly taken: Taken[] = [];
  /** thrown instead of taking, once for each */
  readonly failWith: Error[] = [];

  constructor(mailbox: string) {
    this.mailbox = mailbox;
  }

  compose(draft: Draft, stamp: { messageId: string; date: Instant }): Promise<Uint8Array> {
    return compose(draft, stamp);
  }

  async send(envelope: Envelope, bytes: Uint8Array): Promise<void> {
    const error = this.failWith.shift();
    if (error !== undefined) throw error;
    this.taken.push({ envelope, bytes, raw: new TextDecoder().decode(bytes) });
  }

  /** mails of the owner's own */
  readonly own: { from: string; to: readonly string[]; bytes: Uint8Array; raw: string }[] = [];
  /** recipients that are not taken */
  rejects: string[] = [];

  async sendOwn({ from, to }: OwnEnvelope, bytes: Uint8Array): Promise<{ rejected: string[] }> {
    const error = this.failWith.shift();
    if (error !== undefined) throw error;
    this.own.push({ from, to, bytes, raw: Buffer.from(bytes).toString('latin1') });
    return { rejected: to.filter((one) => this.rejects.includes(one)) };
  }

  async verify(): Promise<void> {
    const error = this.failWith.shift();
    if (error !== undefined) throw error;
  }

  async close(): Promise<void> {}
}
