/** An SMTP server with a certificate, which counts how far its callers came. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { cert, key } from './certificate.ts';

export interface TlsSmtp {
  port: number;
  /** logins tried, and bodies taken: none in clear text */
  logins: number;
  bodies: number;
  stop(): Promise<void>;
}

/** @param options.secure TLS from the first byte; otherwise STARTTLS is offered */
export async function startTlsSmtp(options: { secure: boolean; user: string; password: string }): Promise<TlsSmtp> {
  const server = new SMTPServer({
    secure: options.secure,
    cert,
    key,
    disableReverseLookup: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) => {
      smtp.logins += 1;
      const isKnown = username === options.user && password === options.password;
      done(isKnown ? null : new Error('wrong user or password'), isKnown ? { user: options.user } : undefined);
    },
    onData: (stream, _session, done) => {
      stream.resume().on('end', () => done(((smtp.bodies += 1), null)));
    },
  });
  server.on('error', () => {});
  const stop = () => new Promise<void>((done) => server.close(() => done()));
  const smtp: TlsSmtp = { port: 0, logins: 0, bodies: 0, stop };
  await new Promise<void>((done) => server.listen(0, '0.0.0.0', done));
  smtp.port = (server.server.address() as AddressInfo).port;
  return smtp;
}
