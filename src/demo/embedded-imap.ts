/**
 * An IMAP server in this process, on loopback, for the demo and the tests: one account with INBOX and Sent, kept in
 * memory. Not for real mail: no TLS, and nothing is kept.
 */
import type { AddressInfo, Socket } from 'node:net';
import type { HoodiecrowConnection, HoodiecrowMessage, HoodiecrowQuery, HoodiecrowServer } from 'hoodiecrow-imap';
import type { FolderRole } from '../rules/message.ts';
import type { Instant } from '../rules/time.ts';

export interface EmbeddedMessage {
  source: Uint8Array | string;
  /** becomes INTERNALDATE, to the second */
  receivedAt: Instant;
  flags?: string[];
}

export interface StoredMessage {
  uid: number;
  flags: string[];
  source: Buffer;
}

export interface EmbeddedImap {
  host: string;
  port: number;
  user: string;
  password: string;
  /** Puts a message into a folder, as if it had arrived; an IDLE connection is told. */
  append(role: FolderRole, message: EmbeddedMessage): void;
  messages(role: FolderRole): StoredMessage[];
  /** Takes a message away without a word, as another program would. */
  remove(role: FolderRole, uid: number): void;
  /** Numbers the folder anew (RFC 3501, section 2.3.1.1). */
  resetUidValidity(role: FolderRole): void;
  /** Cuts every line, as a router that forgot them would. */
  dropConnections(): void;
  stop(): Promise<void>;
}

const folders: Record<FolderRole, string> = { inbox: 'INBOX', sent: 'Sent' };
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export async function startEmbeddedImap(login = { user: 'studio', password: 'demo' }): Promise<EmbeddedImap> {
  const { default: hoodiecrow } = await import('hoodiecrow-imap');
  const server = hoodiecrow({
    plugins: ['SPECIAL-USE', idle, wholeSources],
    users: { [login.user]: { password: login.password } },
    storage: { INBOX: {}, '': { separator: '/', folders: { Sent: { 'special-use': '\\Sent' } } } },
  });
  server.setMaxListeners(0);
  const lines = new Set<Socket>();
  server.server.on('connection', (line) => {
    line.setNoDelay(true);
    lines.add(line);
    line.on('close', () => lines.delete(line));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const dropConnections = () => lines.forEach((line) => void line.destroy());
  return {
    host: '127.0.0.1',
    port: (server.server.address() as AddressInfo).port,
    ...login,
    ...handles(server),
    dropConnections,
    stop: () =>
      new Promise((done) => {
        server.server.close(() => done());
        dropConnections();
      }),
  };
}

function handles(server: HoodiecrowServer): Pick<EmbeddedImap, 'append' | 'messages' | 'remove' | 'resetUidValidity'> {
  const folder = (role: FolderRole) => server.getMailbox(folders[role]);
  return {
    append(role, { source, receivedAt, flags = [] }) {
      server.appendMessage(folder(role), [...flags], dateTime(receivedAt), Buffer.from(source).toString('latin1'));
    },
    messages: (role) => folder(role).messages.map(stored),
    remove(role, uid) {
      const { messages } = folder(role);
      const at = messages.findIndex((message) => message.uid === uid);
      if (at !== -1) messages.splice(at, 1);
    },
    resetUidValidity(role) {
      const box = folder(role);
      box.uidvalidity += 1;
      box.messages.forEach((message, index) => {
        message.uid = index + 1;
      });
      box.uidnext = box.messages.length + 1;
    },
  };
}

function stored({ uid, flags, raw }: HoodiecrowMessage): StoredMessage {
  return { uid, flags: [...flags], source: Buffer.from(raw, 'latin1') };
}

/** IMAP date-time in UTC: '24-Nov-2026 08:00:00 +0000'. */
function dateTime(at: Instant): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(8, 10)}-${months[Number(iso.slice(5, 7)) - 1]}-${iso.slice(0, 4)} ${iso.slice(11, 19)} +0000`;
}

/** IDLE (RFC 2177) without the half-hour timer of hoodiecrow's own, which outlives its connection. */
function idle(server: HoodiecrowServer): void {
  server.registerCapability('IDLE');
  server.setCommandHandler('IDLE', (connection, parsed, data, done) => {
    connection.directNotifications = true;
    connection.inputHandler = (line) => {
      connection.inputHandler = false;
      connection.directNotifications = false;
      const command = line.toUpperCase() === 'DONE' ? 'OK' : 'BAD';
      const attributes = [{ type: 'TEXT', value: 'IDLE ended' }];
      connection.send({ tag: parsed.tag, command, attributes }, 'IDLE', parsed, data);
    };
    connection.socket?.write('+ idling\r\n');
    connection.processNotifications();
    done();
  });
}

/** hoodiecrow answers a partial FETCH of several messages with nothing from the second on: it changes the query. */
function wholeSources(server: HoodiecrowServer): void {
  const source = (_: HoodiecrowConnection, message: HoodiecrowMessage, query: HoodiecrowQuery) => {
    if (query.section === undefined || query.section.length > 0) return headerOf(message);
    const [start = 0, length = message.raw.length] = query.partial ?? [];
    return { type: 'LITERAL', value: message.raw.slice(start, start + length) };
  };
  server.fetchHandlers['BODY.PEEK'] = source;
  server.fetchHandlers['BODY'] = source;
}

function headerOf({ raw }: HoodiecrowMessage): { type: string; value: string } {
  const end = raw.search(/\r?\n\r?\n/);
  return { type: 'LITERAL', value: end === -1 ? raw : `${raw.slice(0, end)}\r\n\r\n` };
}
