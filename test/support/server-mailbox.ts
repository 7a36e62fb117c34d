/**
 * The mailbox of a story on a real server: Debian's Dovecot over TLS with a Maildir. What clients write is appended over
 * a second connection before the daemon's next look. Same verbs as the mailbox in memory.
 */
import type { ImapFlow } from 'imapflow';
import type { Mailbox } from '../../src/ports.ts';
import type { FolderRole } from '../../src/rules/message.ts';
import { type Instant, instant } from '../../src/rules/time.ts';
import type { StoryMailbox } from './fake-mailbox.ts';
import { connectElsewhere, type Dovecot, startDovecot } from './dovecot.ts';

type Act = (client: ImapFlow) => Promise<unknown>;

/** An Italian server's names: Sent is found by its special use (RFC 6154), not by its name. */
const paths: Record<FolderRole, string> = { inbox: 'INBOX', sent: 'Posta inviata' };

export class ServerMailbox implements StoryMailbox {
  readonly name: string;
  readonly filesSent = false;
  failWith: Error | null = null;
  readonly #inner: Mailbox;
  readonly #server: Dovecot;
  #acts: Act[] = [];

  constructor(inner: Mailbox, server: Dovecot) {
    this.name = inner.name;
    this.#inner = inner;
    this.#server = server;
  }

  put(role: FolderRole, raw: string | Uint8Array, receivedAt: Instant | string, flags: string[] = []): number {
    const bytes = Buffer.from(typeof raw === 'string' ? raw.replace(/\r?\n/g, '\r\n') : raw);
    const date = new Date(typeof receivedAt === 'string' ? instant(receivedAt) : receivedAt);
    this.#acts.push((client) => client.append(paths[role], bytes, flags, date));
    return 0;
  }

  flag(role: FolderRole, index: number, flag: string): void {
    this.#acts.push(async (client) => {
      await client.mailboxOpen(paths[role]);
      await client.messageFlagsAdd(String(index + 1), [flag]);
    });
  }

  async count(role: FolderRole): Promise<number> {
    let messages = 0;
    await this.#asSomebodyElse([
      async (client) => {
        const status = await client.status(paths[role], { messages: true });
        messages = status === false ? 0 : (status.messages ?? 0);
      },
    ]);
    return messages;
  }

  async open(role: FolderRole) {
    this.#check();
    await this.#asSomebodyElse(this.#acts.splice(0));
    return this.#inner.open(role);
  }

  list: Mailbox['list'] = (...given) => this.#inner.list(...given);
  fetch: Mailbox['fetch'] = (...given) => this.#inner.fetch(...given);
  flags: Mailbox['flags'] = (...given) => this.#inner.flags(...given);
  mark: Mailbox['mark'] = (...given) => this.#inner.mark(...given);
  isInSent: Mailbox['isInSent'] = (...given) => this.#inner.isInSent(...given);
  fileAsSent: Mailbox['fileAsSent'] = (...given) => this.#inner.fileAsSent(...given);
  claims: Mailbox['claims'] = () => this.#inner.claims();
  putClaim: Mailbox['putClaim'] = (...given) => this.#inner.putClaim(...given);
  dropClaims: Mailbox['dropClaims'] = (...given) => this.#inner.dropClaims(...given);
  source: Mailbox['source'] = (...given) => this.#inner.source(...given);
  changed: Mailbox['changed'] = (...given) => this.#inner.changed(...given);
  reset: Mailbox['reset'] = () => this.#inner.reset();
  close: Mailbox['close'] = () => this.#inner.close();

  #check(): void {
    const error = this.failWith;
    this.failWith = null;
    if (error !== null) throw error;
  }

  async #asSomebodyElse(acts: Act[]): Promise<void> {
    if (acts.length === 0) return;
    const client = await connectElsewhere(this.#server);
    for (const act of acts) await act(client);
    await client.logout();
  }
}

export { startDovecot };
