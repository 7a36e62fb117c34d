/** The part of hoodiecrow-imap (CommonJS, without types of its own) that the embedded server uses. */
declare module 'hoodiecrow-imap' {
  import type { Server, Socket } from 'node:net';

  export interface HoodiecrowMessage {
    uid: number;
    flags: string[];
    /** IMAP date-time */
    internaldate: string;
    /** one character a byte */
    raw: string;
  }

  export interface HoodiecrowFolder {
    messages: HoodiecrowMessage[];
    uidvalidity: number;
    uidnext: number;
  }

  export interface HoodiecrowCommand {
    tag: string;
    command: string;
  }

  export interface HoodiecrowConnection {
    socket: Socket | null;
    inputHandler: ((line: string) => void) | false;
    directNotifications: boolean;
    processNotifications(): void;
    send(response: object, description: string, parsed: HoodiecrowCommand, data: string): void;
  }

  export interface HoodiecrowQuery {
    section?: { value: string }[];
    partial?: number[];
  }

  type FetchHandler = (connection: HoodiecrowConnection, message: HoodiecrowMessage, query: HoodiecrowQuery) => unknown;

  export interface HoodiecrowServer extends NodeJS.EventEmitter {
    server: Server;
    fetchHandlers: Record<string, FetchHandler>;
    listen(port: number, host: string, done: () => void): void;
    getMailbox(path: string): HoodiecrowFolder;
    appendMessage(folder: HoodiecrowFolder, flags: string[], internaldate: string, raw: string): void;
    registerCapability(name: string): void;
    setCommandHandler(
      name: string,
      handler: (connection: HoodiecrowConnection, parsed: HoodiecrowCommand, data: string, done: () => void) => void,
    ): void;
  }

  export interface HoodiecrowOptions {
    plugins: (string | ((server: HoodiecrowServer) => void))[];
    users: Record<string, { password: string }>;
    storage: object;
  }

  export default function hoodiecrow(options: HoodiecrowOptions): HoodiecrowServer;
}
