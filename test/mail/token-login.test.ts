/** Servers that are shown an access token: OAUTHBEARER, XOAUTH2, a token whose time is over, and one that is never taken. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError, SignInNeeded } from '../../src/errors.ts';
import { openCourier } from '../../src/mail/courier.ts';
import { openMailbox } from '../../src/mail/mailbox.ts';
import { openParser } from '../../src/mail/parser.ts';
import { instant } from '../../src/rules/time.ts';
import { type ImapScript, startScriptedImap } from '../support/scripted-imap.ts';
import { startScriptedSmtp } from '../support/scripted-smtp.ts';
import { throughTheGate } from '../support/through-the-gate.ts';

const whenRefused = 'sign in again: paletti auth login studio';
const encoded = (text: string) => Buffer.from(text).toString('base64');

/** Hands out one after the other; the last one again and again. */
function tokensOf(...all: string[]) {
  const asked: (string | undefined)[] = [];
  const token = async (refused?: string) => {
    asked.push(refused);
    return all[Math.min(refused === undefined ? 0 : all.indexOf(refused) + 1, all.length - 1)] as string;
  };
  return { asked, token };
}

async function imap(script: ImapScript, token: (refused?: string) => Promise<string>) {
  const server = await startScriptedImap(script);
  const config = {
    host: '127.0.0.1',
    port: server.port,
    secure: false,
    user: 'anna@studio.example',
    token,
    whenRefused,
  };
  const parts = { parser: openParser(), now: () => instant('2026-11-30T09:00:00Z') };
  const mailbox = openMailbox({ name: 'studio', imap: config, sent: 'auto' }, parts);
  onTestFinished(async () => {
    await mailbox.close();
    await server.stop();
  });
  return { server, mailbox };
}

const taking =
  (good: string, words = '$ NO [AUTHENTICATIONFAILED] no') =>
  (command: string) => {
    const [verb, , payload = ''] = command.split(' ');
    if (verb !== 'AUTHENTICATE') return undefined;
    return Buffer.from(payload, 'base64').toString().includes(`auth=Bearer ${good}\u0001`) ? ['$ OK in'] : [words];
  };

describe('reading with an access token', () => {
  it.each([
    [['SASL-IR', 'AUTH=XOAUTH2'], 'XOAUTH2', 'user=anna@studio.example\u0001auth=Bearer good\u0001\u0001'],
    [['SASL-IR', 'AUTH=XOAUTH2', 'AUTH=OAUTHBEARER'], 'OAUTHBEARER', 'auth=Bearer good'],
  ])('uses what the server offers: %s', async (capabilities, method, payload) => {
    const { server, mailbox } = await imap({ capabilities, answer: taking('good') }, tokensOf('good').token);
    await mailbox.open('inbox');
    const [, used, sent = ''] = server.commands.find((command) => command.startsWith('AUTHENTICATE'))?.split(' ') ?? [];
    expect([used, Buffer.from(sent, 'base64').toString()]).toEqual([method, expect.stringContaining(payload)]);
  });

  const capabilities = ['SASL-IR', 'AUTH=XOAUTH2'];

  it('shows another one when the first is refused, once', async () => {
    const { asked, token } = tokensOf('old', 'good');
    const { server, mailbox } = await imap({ capabilities, answer: taking('good') }, token);
    await mailbox.open('inbox');
    expect([asked, server.connections]).toEqual([[undefined, 'old'], 2]);
  });

  it('gives up when that is refused, too, and says what to do, and no token', async () => {
    const { token } = tokensOf('an-old-access-token', 'a-new-access-token');
    const { server, mailbox } = await imap({ capabilities, answer: taking('another') }, token);
    const fault = (await mailbox.open('inbox').catch((error: unknown) => error)) as AppError;
    expect([fault.code, fault.next, server.connections]).toEqual(['login-refused', whenRefused, 2]);
  });

  it('does not ask a server twice with the same one', async () => {
    const { server, mailbox } = await imap({ capabilities, answer: taking('another') }, tokensOf('only').token);
    await expect(mailbox.open('inbox')).rejects.toMatchObject({ code: 'login-refused' });
    expect(server.connections).toBe(1);
  });

  it('is not tried where the server takes passwords alone', async () => {
    const { server, mailbox } = await imap({ capabilities: ['AUTH=PLAIN'] }, tokensOf('good').token);
    await expect(mailbox.open('inbox')).rejects.toMatchObject({
      code: 'login-refused',
      message: 'the mail server takes no access token, only passwords',
    });
    expect(server.commands.filter((command) => /^(?:AUTHENTICATE|LOGIN)/.test(command))).toEqual([]);
  });

  it('speaks to no server without one', async () => {
    const need = { mailbox: 'studio', title: 'Google', why: 'ended', said: '' } as const;
    const { server, mailbox } = await imap({}, async () => Promise.reject(new SignInNeeded('ended', need)));
    await expect(mailbox.open('inbox')).rejects.toBeInstanceOf(SignInNeeded);
    expect(server.connections).toBe(0);
  });
});

const envelope = { from: 'anna@studio.example', to: throughTheGate('info@bianchi.example') };
const letter = Buffer.from('Subject: x\r\n\r\ny\r\n');

function courierTo(port: number, token: (refused?: string) => Promise<string>) {
  const smtp = { host: '127.0.0.1', port, secure: false, user: 'anna@studio.example', token, whenRefused };
  return openCourier({ mailbox: 'studio', smtp });
}

/** smtp-server refuses as Google does: an error within the login, and a second answer. */
async function smtpTaking(good: string): Promise<{ port: number; taken: string[]; logins: string[] }> {
  const [taken, logins]: [string[], string[]] = [[], []];
  const server = new SMTPServer({
    authMethods: ['XOAUTH2'],
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onAuth: ({ accessToken, username }, _, done) => {
      logins.push(`${username} ${accessToken}`);
      if (accessToken === good) done(null, { user: username as string });
      else done(null, { data: { status: '401', schemes: 'bearer' } } as never);
    },
    onData: (stream, session, done) => {
      stream.resume();
      stream.on('end', () => {
        taken.push(session.envelope.rcptTo[0]?.address ?? '');
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()));
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
  return { port: (server.server.address() as AddressInfo).port, taken, logins };
}

describe('sending with an access token', () => {
  it('hands the letter over, once', async () => {
    const { port, taken, logins } = await smtpTaking('good');
    await courierTo(port, tokensOf('good').token).send(envelope, letter);
    expect([taken, logins]).toEqual([['info@bianchi.example'], ['anna@studio.example good']]);
  });

  it('shows another one when the first is refused, and then hands over once', async () => {
    const { port, taken, logins } = await smtpTaking('good');
    const { asked, token } = tokensOf('old', 'good');
    await courierTo(port, token).send(envelope, letter);
    expect(taken).toEqual(['info@bianchi.example']);
    expect([asked, logins]).toEqual([
      [undefined, 'old'],
      ['anna@studio.example old', 'anna@studio.example good'],
    ]);
  });

  it('shows the same one once', async () => {
    const { port, logins } = await smtpTaking('good');
    const sending = courierTo(port, tokensOf('old').token).send(envelope, letter);
    await expect(sending).rejects.toMatchObject({ outcome: 'retry', reason: 'login', next: whenRefused });
    expect(logins).toEqual(['anna@studio.example old']);
  });

  it('that is refused at once, as Microsoft does, is tried once more with another one', async () => {
    const server = await startScriptedSmtp({
      auth: '535 5.7.3 Authentication unsuccessful',
      extensions: ['AUTH XOAUTH2'],
    });
    onTestFinished(() => server.stop());
    const { asked, token } = tokensOf('old', 'new');
    await expect(courierTo(server.port, token).send(envelope, letter)).rejects.toMatchObject({ reason: 'login' });
    expect([asked, server.commands.filter((one) => one.startsWith('AUTH'))]).toEqual([
      [undefined, 'old'],
      ['AUTH', 'AUTH'],
    ]);
  });

  it('where SMTP is switched off for the mailbox names the switch', async () => {
    const words = '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.';
    const server = await startScriptedSmtp({ auth: words, extensions: ['AUTH XOAUTH2'] });
    onTestFinished(() => server.stop());
    const sending = courierTo(server.port, tokensOf('good').token).send(envelope, letter);
    await expect(sending).rejects.toMatchObject({ next: expect.stringContaining('SMTP AUTH') });
  });

  it('that a server repeats is not repeated', async () => {
    const token = 'ya29.a0AfH6SMBx-3cret-0123456789';
    const payload = encoded(`user=anna@studio.example\u0001auth=Bearer ${token}\u0001\u0001`);
    const server = await startScriptedSmtp({
      auth: `535 no: AUTH XOAUTH2 ${payload} (${token})`,
      extensions: ['AUTH XOAUTH2'],
    });
    onTestFinished(() => server.stop());
    const fault = (await courierTo(server.port, tokensOf(token).token)
      .send(envelope, letter)
      .catch((error: unknown) => error)) as AppError;
    const said = `${fault.message} ${fault.next} ${(fault.cause as Error).message}`;
    expect(said).toContain('[hidden]');
    for (const form of [token, payload, payload.slice(8, 60)]) expect(said).not.toContain(form);
  });

  it('waits like for a lost line when the provider is not reached: nobody was refused', async () => {
    const offline = new AppError('unreachable', 'the sign-in of studio at Google could not be renewed: ENOTFOUND');
    const sending = courierTo(1, async () => Promise.reject(offline)).send(envelope, letter);
    await expect(sending).rejects.toMatchObject({ outcome: 'retry', reason: 'connection' });
  });

  it('that is wanted anew is a refused login, which names the command', async () => {
    const need = { mailbox: 'studio', title: 'Google', why: 'ended', said: '' } as const;
    const fault = new SignInNeeded('Google has ended the sign-in of studio', need);
    const sending = courierTo(1, async () => Promise.reject(fault)).send(envelope, letter);
    await expect(sending).rejects.toMatchObject({ outcome: 'retry', reason: 'login', cause: fault, next: fault.next });
  });
});
