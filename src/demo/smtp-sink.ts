/**
 * An SMTP server in this process, on loopback, that keeps what it is given and passes nothing on: for the demo and the
 * tests. No TLS; a login only when one is named.
 */
import type { AddressInfo } from 'node:net';

export interface SunkMessage {
  envelope: { from: string; to: string[] };
  /** as it came over the wire, the doubled dots undone */
  raw: Buffer;
}

export type SmtpStage = 'mail' | 'rcpt' | 'data';

export interface SmtpSinkOptions {
  user?: string;
  password?: string;
  /** an answer other than yes, by stage and address; null for yes */
  answer?: (stage: SmtpStage, address: string) => { code: number; text: string } | null;
}

export interface SmtpSink {
  host: string;
  port: number;
  messages: SunkMessage[];
  stop(): Promise<void>;
}

export async function startSmtpSink(options: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const { SMTPServer } = await import('smtp-server');
  const messages: SunkMessage[] = [];
  const refusal = (stage: SmtpStage, address: string) => {
    const answer = options.answer?.(stage, address) ?? null;
    return answer === null ? undefined : Object.assign(new Error(answer.text), { responseCode: answer.code });
  };
  const server = new SMTPServer({
    disabledCommands: options.user === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
    authOptional: options.user === undefined,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    onAuth: ({ username, password }, _, done) => {
      const known = username === options.user && password === options.password;
      done(known ? null : new Error('wrong user or password'), known ? { user: username as string } : undefined);
    },
    onMailFrom: ({ address }, _, done) => done(refusal('mail', address)),
    onRcptTo: ({ address }, _, done) => done(refusal('rcpt', address)),
    onData: (stream, session, done) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) };
        const refused = refusal('data', envelope.from);
        if (refused === undefined) messages.push({ envelope, raw: Buffer.concat(pieces) });
        done(refused);
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  return {
    host: '127.0.0.1',
    port: (server.server.address() as AddressInfo).port,
    messages,
    stop: () => new Promise((done) => server.close(() => done())),
  };
}
