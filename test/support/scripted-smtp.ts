/**
 * An SMTP server that follows a script: an answer, silence or a cut line at each step. It counts what it was given.
 * For faults that no honest server shows on demand.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';

const smtpSteps = ['greeting', 'ehlo', 'starttls', 'auth', 'mail', 'rcpt', 'data', 'dot'] as const;
type SmtpStep = (typeof smtpSteps)[number];

/** A reply line without CRLF; 'silence' says nothing more; 'close' cuts the line; { after } replies late, { close } cuts after. */
export type SmtpAct = string | 'silence' | 'close' | { after: number; reply: string } | { reply: string; close: true };

export interface SmtpScript extends Partial<Record<SmtpStep, SmtpAct>> {
  /** cut the line after so many bytes of the body */
  cutBodyAfter?: number;
  /** read no more after so many bytes of the body, and say nothing */
  muteBodyAfter?: number;
  /** lines of the EHLO answer after the first */
  extensions?: string[];
}

export interface ScriptedSmtp {
  port: number;
  /** command lines as they came, without AUTH's argument */
  commands: string[];
  /** bodies that came whole, up to the final dot, dots undone */
  bodies: Buffer[];
  connections: number;
  stop(): Promise<void>;
}

const yes: Record<SmtpStep, string> = {
  greeting: '220 ready',
  ehlo: '250 ok',
  starttls: '502 no such command',
  auth: '235 welcome',
  mail: '250 ok',
  rcpt: '250 ok',
  data: '354 go ahead',
  dot: '250 taken',
};

export async function startScriptedSmtp(script: SmtpScript = {}): Promise<ScriptedSmtp> {
  const lines = new Set<Socket>();
  const state: ScriptedSmtp = {
    port: 0,
    commands: [],
    bodies: [],
    connections: 0,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const line of lines) line.destroy();
      }),
  };
  const server = createServer((line) => {
    lines.add(line);
    state.connections += 1;
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
  readonly #script: SmtpScript;
  readonly #state: ScriptedSmtp;
  #input = '';
  #inBody = false;
  #mute = false;

  constructor(line: Socket, script: SmtpScript, state: ScriptedSmtp) {
    this.#line = line;
    this.#script = script;
    this.#state = state;
  }

  begin(): void {
    this.#line.on('data', (piece) => this.#take(piece.toString('latin1')));
    this.#act('greeting');
  }

  #take(text: string): void {
    this.#input += text;
    for (;;) {
      if (this.#inBody ? !this.#takeBody() : !this.#takeLine()) return;
    }
  }

  #takeBody(): boolean {
    const limit = this.#script.cutBodyAfter;
    if (limit !== undefined && this.#input.length >= limit) {
      this.#line.destroy();
      return false;
    }
    const mute = this.#script.muteBodyAfter;
    if (mute !== undefined && this.#input.length >= mute) {
      this.#line.pause();
      return false;
    }
    const end = `\r\n${this.#input}`.indexOf('\r\n.\r\n');
    if (end === -1) return false;
    const body = this.#input.slice(0, end);
    this.#state.bodies.push(Buffer.from(body.replace(/(^|\r\n)\.\./g, '$1.'), 'latin1'));
    this.#input = this.#input.slice(end + 3);
    this.#inBody = false;
    this.#act('dot');
    return true;
  }

  #takeLine(): boolean {
    const end = this.#input.indexOf('\r\n');
    if (end === -1) return false;
    const line = this.#input.slice(0, end);
    this.#input = this.#input.slice(end + 2);
    const verb = line.split(/[ :]/)[0]?.toLowerCase() ?? '';
    this.#state.commands.push(verb === 'auth' ? 'AUTH' : line);
    this.#answer(verb);
    return true;
  }

  #answer(verb: string): void {
    if (verb === 'ehlo' || verb === 'helo') return this.#act('ehlo');
    if (verb === 'starttls' || verb === 'auth' || verb === 'mail' || verb === 'rcpt') return this.#act(verb);
    if (verb === 'data') {
      const go = this.#script.data ?? yes.data;
      this.#inBody = typeof go === 'string' && /^[23]/.test(go);
      return this.#act('data');
    }
    if (verb === 'quit') this.#line.end('221 bye\r\n');
    else this.#line.write('502 no such command\r\n');
  }

  #act(step: SmtpStep): void {
    if (this.#mute) return;
    const act = this.#script[step] ?? yes[step];
    if (act === 'silence') this.#mute = true;
    else if (act === 'close') this.#line.destroy();
    else if (typeof act === 'object' && 'close' in act) this.#line.end(`${act.reply}\r\n`);
    else if (typeof act === 'object') setTimeout(() => this.#line.write(`${act.reply}\r\n`), act.after);
    else this.#reply(step, act);
  }

  #reply(step: SmtpStep, reply: string): void {
    const extensions = this.#script.extensions ?? ['AUTH PLAIN LOGIN'];
    const more =
      step === 'ehlo' && reply.startsWith('250') ? ['250-hello', ...extensions.map((name) => `250-${name}`)] : [];
    this.#line.write([...more, reply].map((line) => `${line}\r\n`).join(''));
    if (/^(?:421|554 closing)/.test(reply)) this.#line.end();
  }
}
