/**
 * A small IMAP server whose every answer a test can replace: with other lines, with silence, with a cut line. INBOX
 * only. For faults that no honest server shows on demand.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface ScriptedMessage {
  uid: number;
  source: string;
  /** IMAP date-time */
  internalDate?: string;
  flags?: string[];
}

/** Lines to send instead (the tag is '$'), silence from now on, a cut line; undefined for the usual answer. */
export type ImapAct = string[] | 'silence' | 'close' | undefined;

export interface ImapScript {
  messages?: ScriptedMessage[];
  capabilities?: string[];
  greeting?: ImapAct;
  /** @param command without its tag, upper case up to the arguments as they came */
  answer?: (command: string) => ImapAct;
  /** other answers to SELECT than the usual ones */
  select?: string[];
}

export interface ScriptedImap {
  port: number;
  /** without tags; a LOGIN without its arguments */
  commands: string[];
  connections: number;
  messages: ScriptedMessage[];
  /** to every open line */
  push(line: string): void;
  stop(): Promise<void>;
}

export async function startScriptedImap(script: ImapScript = {}): Promise<ScriptedImap> {
  const lines = new Set<Socket>();
  const state: ScriptedImap = {
    port: 0,
    commands: [],
    connections: 0,
    messages: script.messages ?? [],
    push: (line) => {
      for (const open of lines) open.write(`${line}\r\n`);
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const line of lines) line.destroy();
      }),
  };
  const server = createServer((line) => {
    lines.add(line);
    state.connections += 1;
    line.setNoDelay(true);
    line.on('close', () => lines.delete(line));
    line.on('error', () => {});
    new Session(line, script, state).begin();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  state.port = (server.address() as AddressInfo).port;
  return state;
}

class Session {
  readonly #line: Socket;
  readonly #script: ImapScript;
  readonly #state: ScriptedImap;
  #input = '';
  #idleTag = '';
  #mute = false;

  constructor(line: Socket, script: ImapScript, state: ScriptedImap) {
    this.#line = line;
    this.#script = script;
    this.#state = state;
  }

  begin(): void {
    this.#line.on('data', (piece) => this.#take(piece.toString('latin1')));
    this.#act(this.#script.greeting ?? ['* OK ready'], '');
  }

  #take(text: string): void {
    this.#input += text;
    for (let end = this.#input.indexOf('\r\n'); end !== -1; end = this.#input.indexOf('\r\n')) {
      const line = this.#input.slice(0, end);
      this.#input = this.#input.slice(end + 2);
      this.#command(line);
    }
  }

  #command(line: string): void {
    if (line.toUpperCase() === 'DONE') return this.#act([`${this.#idleTag} OK idle ended`], '');
    const space = line.indexOf(' ');
    const [tag, command] = [line.slice(0, space), line.slice(space + 1)];
    this.#state.commands.push(command.startsWith('LOGIN') ? 'LOGIN' : command);
    this.#act(this.#script.answer?.(command) ?? this.#usual(command, tag), tag);
  }

  #act(act: Exclude<ImapAct, undefined>, tag: string): void {
    if (this.#mute) return;
    if (act === 'silence') this.#mute = true;
    else if (act === 'close') this.#line.destroy();
    else this.#line.write(act.map((line) => `${line.replace(/^\$/, tag)}\r\n`).join(''), 'latin1');
  }

  #usual(command: string, tag: string): string[] {
    const [verb = '', second = ''] = command.toUpperCase().split(' ');
    if (verb === 'CAPABILITY')
      return [`* CAPABILITY IMAP4rev1 ${(this.#script.capabilities ?? ['IDLE']).join(' ')}`, '$ OK'];
    if (verb === 'LIST' || verb === 'LSUB') return [`* ${verb} () "/" INBOX`, '$ OK'];
    if (verb === 'SELECT') return [...(this.#script.select ?? this.#selectLines()), '$ OK [READ-WRITE] selected'];
    if (verb === 'UID' && second === 'SEARCH') return [`* SEARCH ${this.#found(command).join(' ')}`.trimEnd(), '$ OK'];
    if (verb === 'UID' && second === 'FETCH') return [...this.#fetched(command), '$ OK'];
    if (verb === 'LOGOUT') return ['* BYE', '$ OK'];
    if (verb !== 'IDLE') return ['$ OK'];
    this.#idleTag = tag;
    return ['+ idling'];
  }

  #selectLines(): string[] {
    const next = Math.max(0, ...this.#state.messages.map(({ uid }) => uid)) + 1;
    return [
      `* ${this.#state.messages.length} EXISTS`,
      '* FLAGS (\\Answered \\Seen)',
      '* OK [PERMANENTFLAGS (\\Answered \\Seen \\*)] ok',
      '* OK [UIDVALIDITY 7] ok',
      `* OK [UIDNEXT ${next}] ok`,
    ];
  }

  #found(command: string): number[] {
    const range = /UID ([\d:,*]+)/i.exec(command.slice('UID SEARCH'.length))?.[1];
    return this.#state.messages.map(({ uid }) => uid).filter((uid) => range === undefined || isIn(uid, range));
  }

  #fetched(command: string): string[] {
    const range = command.split(' ')[2] ?? '';
    return this.#state.messages.flatMap((message, index) =>
      isIn(message.uid, range) ? [fetchLine(index + 1, message, command)] : [],
    );
  }
}

/** One FETCH response with what the command asked for. */
export function fetchLine(sequence: number, message: ScriptedMessage, command: string): string {
  const { uid, source, internalDate = '24-Nov-2026 08:00:00 +0000', flags = [] } = message;
  const parts = [`UID ${uid}`];
  if (/\bFLAGS\b/.test(command)) parts.push(`FLAGS (${flags.join(' ')})`);
  if (/INTERNALDATE/.test(command)) parts.push(`INTERNALDATE "${internalDate}"`);
  if (/RFC822\.SIZE/.test(command)) parts.push(`RFC822.SIZE ${source.length}`);
  if (/BODY\.PEEK\[HEADER\]/.test(command)) {
    const header = source.slice(0, source.indexOf('\r\n\r\n') + 4);
    parts.push(`BODY[HEADER] {${header.length}}\r\n${header}`);
  }
  const partial = /BODY\.PEEK\[\](?:<(\d+)\.(\d+)>)?/.exec(command);
  if (partial !== null) {
    const [start, length] = [Number(partial[1] ?? 0), Number(partial[2] ?? source.length)];
    const piece = source.slice(start, start + length);
    parts.push(`BODY[]${partial[1] === undefined ? '' : `<${start}>`} {${piece.length}}\r\n${piece}`);
  }
  return `* ${sequence} FETCH (${parts.join(' ')})`;
}

function isIn(uid: number, range: string): boolean {
  return range.split(',').some((part) => {
    const [first = '', last = first] = part.split(':');
    return uid >= Number(first) && (last === '*' || uid <= Number(last));
  });
}
