/** How a hand-over to SMTP ends, at every step where it can go wrong, over real sockets. */
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { DeliveryError } from '../../src/errors.ts';
import { compose } from '../../src/mail/compose.ts';
import { openCourier, type SmtpConfig } from '../../src/mail/courier.ts';
import type { Envelope } from '../../src/ports.ts';
import { instant } from '../../src/rules/time.ts';
import { authority, hostName } from '../support/certificate.ts';
import { type ScriptedSmtp, type SmtpScript, startScriptedSmtp } from '../support/scripted-smtp.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';
import { startTlsSmtp } from '../support/tls-smtp.ts';
import { throughTheGate } from '../support/through-the-gate.ts';

const envelope: Envelope = { from: 'mario@studio.example', to: throughTheGate('anna@client.example') };
const stamp = { messageId: '<paletti.1@studio.example>', date: instant('2026-11-23T08:00:00Z') };
const timeouts = { connect: 400, greeting: 300, silence: 300, overall: 5_000 };
const secret = 'hunter2-very-secret';
type ByPassword = Extract<SmtpConfig, { password: () => Promise<string> }>;
const body = await compose(
  {
    from: { name: 'Mario', address: 'mario@studio.example' },
    to: { name: 'Anna', address: 'anna@client.example' },
    subject: 'Sollecito',
    text: `Gentile Anna,\n.\n..dots\n${'parola '.repeat(3_000)}\n`,
    html: null,
    inReplyTo: null,
    references: [],
    headers: {},
  },
  stamp,
);

let server: ScriptedSmtp | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function deliver(
  script: SmtpScript,
  changes: { envelope?: Envelope; smtp?: Partial<ByPassword>; overall?: number } = {},
) {
  server = await startScriptedSmtp(script);
  const courier = openCourier({
    mailbox: 'studio',
    smtp: {
      host: '127.0.0.1',
      port: server.port,
      secure: false,
      user: 'mario',
      password: async () => secret,
      ...changes.smtp,
    },
    timeouts: { ...timeouts, ...(changes.overall === undefined ? {} : { overall: changes.overall }) },
  });
  try {
    await courier.send(changes.envelope ?? envelope, body);
    return 'sent' as const;
  } catch (error) {
    expect(error).toBeInstanceOf(DeliveryError);
    const fault = error as DeliveryError;
    expect([fault.message, fault.next, fault.where, fault.stack, String(fault.cause)].join()).not.toContain(secret);
    expect(fault.where === undefined || fault.where === `127.0.0.1:${server.port}`).toBe(true);
    return `${fault.outcome} ${fault.reason}`;
  }
}

describe('a letter that goes well', () => {
  it('is sent, once, with its bytes unchanged and one recipient', async () => {
    const sink = await startSmtpSink({ user: 'mario', password: secret });
    const courier = openCourier({
      mailbox: 'studio',
      smtp: { host: sink.host, port: sink.port, secure: false, user: 'mario', password: async () => secret },
    });
    await courier.send(envelope, body);
    await courier.send({ from: '', to: throughTheGate('anna@client.example') }, body);
    await sink.stop();
    expect(sink.messages.map((message) => message.envelope)).toEqual([
      { from: 'mario@studio.example', to: ['anna@client.example'] },
      { from: '', to: ['anna@client.example'] },
    ]);
    const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(sink.messages.map(({ raw }) => sha256(raw))).toEqual([sha256(body), sha256(body)]);
  });

  it('needs no login where none is configured, and says goodbye', async () => {
    expect(await deliver({}, { smtp: { user: '' } })).toBe('sent');
    expect(server?.commands).not.toContain('AUTH');
    await expect.poll(() => server?.commands.at(-1)).toBe('QUIT');
  });

  it('is sent by a server that takes commands in one go', async () => {
    expect(await deliver({ extensions: ['PIPELINING', 'AUTH PLAIN', 'SIZE 1000000'] })).toBe('sent');
    expect(server?.bodies).toHaveLength(1);
  });

  it.each(['250 taken', '250-taken\r\n250 and queued', '250 2.0.0 Ok: queued as 4Xy'])(
    'takes %j for a yes',
    async (dot) => {
      expect(await deliver({ dot })).toBe('sent');
    },
  );
});

describe('an answer that can be read in two ways', () => {
  it.each(['250-ok\r\n550 no', '250-ok\r\n251 perhaps', '550-no\r\n250 ok', '251 ok', '25 ok', '2500 ok'])(
    'after the letter, %j is no yes',
    async (dot) => {
      expect(await deliver({ dot })).toMatch(/^(?:unsure connection|refused content)$/);
    },
  );

  it.each(['250 ok', '220 ready', '334 more', '250-354\r\n354 go ahead'])(
    'to DATA, %j is no "go ahead": nothing is handed over',
    async (data) => {
      expect(await deliver({ data })).toBe('unsure connection');
      expect(server?.bodies).toEqual([]);
    },
  );
});

describe('a look at the login alone', () => {
  async function verify(script: SmtpScript, smtp: Partial<ByPassword> = {}) {
    server = await startScriptedSmtp(script);
    const line = { host: '127.0.0.1', port: server.port, secure: false, user: 'mario', password: async () => secret };
    await openCourier({ mailbox: 'studio', smtp: { ...line, ...smtp }, timeouts }).verify();
  }

  it('logs in, says goodbye and hands nothing over', async () => {
    await verify({});
    await expect.poll(() => server?.commands.at(-1)).toBe('QUIT');
    expect(server?.commands.map((command) => command.split(' ')[0])).toEqual(['EHLO', 'AUTH', 'QUIT']);
    expect(server?.bodies).toEqual([]);
  });

  it.each([
    ['a wrong password', { auth: '535 5.7.8 wrong password' }, {}, 'login', 'login-refused'],
    [
      'a password that is not there',
      {},
      { password: () => Promise.reject(new Error('none')) },
      'login',
      'login-refused',
    ],
    ['a bad minute of the server', { auth: '454 4.7.0 temporary' }, {}, 'server', 'unreachable'],
    ['silence', { greeting: 'silence' }, {}, 'connection', 'unreachable'],
    ['no STARTTLS where it is needed', {}, { tls: { ca: 'x' } }, 'tls', 'unreachable'],
  ] as const)('tells %s', async (_name, script, smtp, reason, code) => {
    const fault = await verify(script, smtp as Partial<ByPassword>).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(DeliveryError);
    expect(fault).toMatchObject({ outcome: 'retry', reason, code });
    expect(String((fault as Error).message)).not.toContain(secret);
  });
});

describe('before the body, nothing was sent', () => {
  const cases: [string, SmtpScript, string][] = [
    ['silence at the greeting', { greeting: 'silence' }, 'retry connection'],
    ['the line cut at the greeting', { greeting: 'close' }, 'retry connection'],
    ['421 at the greeting', { greeting: '421 too busy' }, 'retry server'],
    ['554 at the greeting', { greeting: '554 not from here' }, 'retry server'],
    ['nonsense at the greeting', { greeting: 'HTTP/1.1 400 Bad Request' }, 'retry connection'],
    ['silence at EHLO', { ehlo: 'silence' }, 'retry connection'],
    ['the line cut at EHLO', { ehlo: 'close' }, 'retry connection'],
    ['421 at EHLO', { ehlo: '421 later' }, 'retry server'],
    ['550 at EHLO and HELO', { ehlo: '550 no' }, 'retry server'],
    ['silence at AUTH', { auth: 'silence' }, 'retry connection'],
    ['the line cut at AUTH', { auth: 'close' }, 'retry connection'],
    ['535 at AUTH', { auth: '535 5.7.8 wrong password' }, 'retry login'],
    ['454 at AUTH', { auth: '454 4.7.0 temporary' }, 'retry server'],
    ['silence at MAIL', { mail: 'silence' }, 'retry connection'],
    ['the line cut at MAIL', { mail: 'close' }, 'retry connection'],
    ['450 at MAIL', { mail: '450 later' }, 'retry server'],
    ['421 at MAIL', { mail: '421 closing' }, 'retry server'],
    ['550 at MAIL', { mail: '550 5.7.1 not your address' }, 'refused sender'],
    ['silence at RCPT', { rcpt: 'silence' }, 'retry connection'],
    ['the line cut at RCPT', { rcpt: 'close' }, 'retry connection'],
    ['450 at RCPT, greylisting', { rcpt: '450 4.2.0 greylisted' }, 'retry server'],
    ['421 at RCPT', { rcpt: '421 closing' }, 'retry server'],
    ['550 at RCPT', { rcpt: '550 5.1.1 no such user' }, 'refused recipient'],
    ['silence at DATA', { data: 'silence' }, 'retry connection'],
    ['the line cut at DATA', { data: 'close' }, 'retry connection'],
    ['451 at DATA', { data: '451 later' }, 'retry server'],
    ['503 at DATA', { data: '503 bad sequence' }, 'refused server'],
  ];
  it.each(cases)('%s', async (_, script, outcome) => {
    expect(await deliver(script)).toBe(outcome);
    expect(server?.bodies).toHaveLength(0);
    expect(server?.connections).toBe(1);
  });

  it.each(cases.filter(([name]) => /MAIL|RCPT|DATA/.test(name)))(
    '%s, all commands in one go',
    async (_, script, outcome) => {
      expect(await deliver({ ...script, extensions: ['PIPELINING', 'AUTH PLAIN'] })).toBe(outcome);
      expect(server?.bodies.map(String).filter((text) => text !== '')).toEqual([]);
    },
  );

  it('no server at all', async () => {
    const gone = await startScriptedSmtp();
    await gone.stop();
    const courier = openCourier({ mailbox: 'studio', smtp: { host: '127.0.0.1', port: gone.port, secure: false } });
    await expect(courier.send(envelope, body)).rejects.toMatchObject({
      outcome: 'retry',
      reason: 'connection',
      code: 'unreachable',
      where: `127.0.0.1:${gone.port}`,
    });
  });

  it.each(['550 5.1.7 sender rejected', '553 5.1.8 bad sender', '550 <>: Sender address rejected'])(
    'the null sender refused at RCPT: %s',
    async (rcpt) => {
      expect(await deliver({ rcpt }, { envelope: { from: '', to: envelope.to } })).toBe('refused sender');
    },
  );

  it('the null sender refused at MAIL', async () => {
    const script = { mail: '501 5.1.7 invalid MAIL FROM' };
    expect(await deliver(script, { envelope: { from: '', to: envelope.to } })).toBe('refused sender');
  });

  it('a password that is not available', async () => {
    const password = async () => Promise.reject(new Error('the keyring is locked'));
    expect(await deliver({}, { smtp: { password } })).toBe('retry login');
    expect(server?.connections).toBe(0);
  });

  it('a letter larger than the server takes', async () => {
    expect(await deliver({ extensions: ['SIZE 1000', 'AUTH PLAIN'] })).toBe('refused content');
  });
});

describe('after the body, only a clear answer counts', () => {
  const cases: [string, SmtpScript, string][] = [
    ['the line cut within the body', { cutBodyAfter: 2_000 }, 'unsure connection'],
    ['silence after the final dot', { dot: 'silence' }, 'unsure connection'],
    ['the line cut after the final dot', { dot: 'close' }, 'unsure connection'],
    ['a yes that comes too late', { dot: { after: 900, reply: '250 taken' } }, 'unsure connection'],
    ['451 after the final dot', { dot: '451 try again' }, 'retry server'],
    ['421 after the final dot', { dot: '421 closing' }, 'retry server'],
    ['554 after the final dot', { dot: '554 spam' }, 'refused content'],
    ['552 after the final dot', { dot: '552 5.3.4 too big' }, 'refused content'],
    ['a garbled answer', { dot: '2' }, 'unsure connection'],
    ['a number too long', { dot: '2500 ok' }, 'unsure connection'],
    ['another kind of yes', { dot: '251 forwarded' }, 'unsure connection'],
    ['a second go-ahead', { dot: '354 go ahead' }, 'unsure connection'],
    ['nonsense', { dot: 'ok' }, 'unsure connection'],
  ];
  it.each(cases)('%s', async (_, script, outcome) => {
    expect(await deliver(script)).toBe(outcome);
    expect(server?.bodies.length).toBe(script.cutBodyAfter === undefined ? 1 : 0);
    expect(server?.connections).toBe(1);
  });

  it('the overall deadline after the body', async () => {
    const slow: SmtpScript = { dot: { after: 2_000, reply: '250 taken' } };
    server = await startScriptedSmtp(slow);
    const courier = openCourier({
      mailbox: 'studio',
      smtp: { host: '127.0.0.1', port: server.port, secure: false },
      timeouts: { ...timeouts, silence: 10_000, overall: 300 },
    });
    await expect(courier.send(envelope, body)).rejects.toMatchObject({ outcome: 'unsure' });
  });
});

describe('when the program ends', () => {
  const patient = { connect: 30_000, greeting: 30_000, silence: 30_000, overall: 60_000 };

  async function cutAt(script: SmtpScript, reached: (server: ScriptedSmtp) => boolean, password = async () => secret) {
    const smtp = await startScriptedSmtp(script);
    server = smtp;
    const line = { host: '127.0.0.1', port: smtp.port, secure: false, user: 'mario', password };
    const courier = openCourier({ mailbox: 'studio', smtp: line, timeouts: patient });
    const fault = courier.send(envelope, body).catch((error: unknown) => error as DeliveryError);
    while (!reached(smtp)) await new Promise((resolve) => setTimeout(resolve, 5));
    courier.cut?.();
    return { fault: await fault, courier, smtp };
  }

  it('before the body: surely not sent, and none begins any more', async () => {
    const { fault, courier, smtp } = await cutAt({ rcpt: 'silence' }, ({ commands }) => commands.length === 4);
    expect(fault).toMatchObject({ outcome: 'retry', reason: 'connection' });
    await expect(courier.send(envelope, body)).rejects.toMatchObject({ outcome: 'retry', reason: 'connection' });
    expect(smtp.bodies).toEqual([]);
  });

  it('after the body: nobody knows', async () => {
    const { fault } = await cutAt({ dot: 'silence' }, ({ bodies }) => bodies.length === 1);
    expect(fault).toMatchObject({ outcome: 'unsure', reason: 'connection' });
  });

  it('while the password is awaited: it comes too late', async () => {
    let tell: (password: string) => void = () => {};
    const asked = new Promise<string>((resolve) => {
      tell = resolve;
    });
    const { fault, smtp } = await cutAt(
      {},
      () => true,
      () => asked,
    );
    tell(secret);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(fault).toMatchObject({ outcome: 'retry', reason: 'connection' });
    expect(smtp.connections).toBe(0);
  });
});

describe('TLS', () => {
  it('is required off loopback: a server without STARTTLS gets neither login nor letter', async () => {
    server = await startScriptedSmtp();
    // 0.0.0.0 reaches this machine, but is not called loopback.
    const smtp = { host: '0.0.0.0', port: server.port, secure: false, user: 'mario', password: async () => secret };
    const sending = openCourier({ mailbox: 'studio', smtp, timeouts }).send(envelope, body);
    await expect(sending).rejects.toMatchObject({ outcome: 'retry', reason: 'tls' });
    expect(server?.commands.filter((command) => /AUTH|MAIL/.test(command))).toEqual([]);
    expect(server?.bodies).toHaveLength(0);
  });

  it('is required where an own authority is named, even on loopback', async () => {
    expect(await deliver({}, { smtp: { tls: { ca: 'none' } } })).toBe('retry tls');
    expect(server?.commands).not.toContain('AUTH');
  });

  describe.each([
    ['from the first byte', true],
    ['after STARTTLS', false],
  ])('%s', (_, secure) => {
    async function deliverTo(tls: SmtpConfig['tls']) {
      const smtp = await startTlsSmtp({ secure, user: 'mario', password: secret });
      // 0.0.0.0 reaches this machine, but is not called loopback.
      const line = { host: '0.0.0.0', port: smtp.port, secure, user: 'mario', password: async () => secret };
      const courier = openCourier({ mailbox: 'studio', smtp: { ...line, ...(tls && { tls }) }, timeouts });
      const outcome = await courier.send(envelope, body).then(
        () => 'sent',
        ({ outcome, reason }: DeliveryError) => `${outcome} ${reason}`,
      );
      await smtp.stop();
      return { outcome, logins: smtp.logins, bodies: smtp.bodies };
    }

    it('a certificate of a known authority, for the name that was called: sent', async () => {
      const sent = { outcome: 'sent', logins: 1, bodies: 1 };
      expect(await deliverTo({ ca: authority, servername: hostName })).toEqual(sent);
    });

    it.each<[string, SmtpConfig['tls']]>([
      ['of an authority that nobody knows', { servername: hostName }],
      ['of an authority that nobody knows, and no word about TLS in the config', undefined],
      ['for another name', { ca: authority, servername: 'mail.other.example' }],
      ['for another name than the address that was called', { ca: authority }],
    ])('a certificate %s: neither login nor letter', async (_name, tls) => {
      expect(await deliverTo(tls)).toEqual({ outcome: 'retry tls', logins: 0, bodies: 0 });
    });
  });

  it.each(['454 4.7.0 not now', '502 no such command', '250 what', 'close', 'silence'])(
    'STARTTLS offered, then answered with %s: neither login nor letter',
    async (starttls) => {
      const script = { starttls, extensions: ['STARTTLS', 'AUTH PLAIN'] };
      expect(await deliver(script, { smtp: { tls: { ca: authority } } })).toMatch(/^retry (?:tls|connection)$/);
      expect(server?.commands.filter((command) => /AUTH|MAIL/.test(command))).toEqual([]);
      expect(server?.bodies).toHaveLength(0);
    },
  );

  it('a server that talks clear text on a TLS port', async () => {
    expect(await deliver({}, { smtp: { secure: true } })).toMatch(/^retry (?:tls|connection)$/);
  });
});

describe('only one plain address is ever written to', () => {
  const hostile = [
    '',
    ' ',
    'anna',
    '@client.example',
    'anna@',
    'anna@client',
    'anna@client.example\r\nBcc: evil@x.example',
    'anna@client.example\nRCPT TO:<evil@x.example>',
    'anna@client.example\r',
    'anna@client.example\0',
    'anna@client.example, evil@x.example',
    'anna@client.example; evil@x.example',
    'anna@client.example evil@x.example',
    'g: evil@x.example, anna@client.example;',
    'undisclosed-recipients:;',
    '<anna@client.example>',
    'Anna <anna@client.example>',
    '"anna evil@x.example"@client.example',
    '"anna"@client.example',
    'anna(evil@x.example)@client.example',
    'anna@client.example(comment)',
    'anna@[127.0.0.1]',
    'anna@client..example',
    '.anna@client.example',
    'anna.@client.example',
    'an..na@client.example',
    'anna@-client.example',
    'anna@client.example>',
    'anna@client.example> SIZE=1',
    'anna@clïent.example',
    'ännä@client.example',
    '@relay.example:anna@client.example',
    'anna%evil@x@client.example',
    '=?utf-8?q?evil=40x.example?= <anna@client.example>',
    `${'a'.repeat(65)}@client.example`,
    `anna@${'a.'.repeat(130)}example`,
  ];
  it.each(hostile)('%j as recipient', async (to) => {
    expect(await deliver({}, { envelope: { from: envelope.from, to: throughTheGate(to) } })).toBe('refused recipient');
    expect(server?.connections).toBe(0);
  });

  it.each(hostile.filter((from) => from !== ''))('%j as sender', async (from) => {
    expect(await deliver({}, { envelope: { from, to: envelope.to } })).toBe('refused sender');
    expect(server?.connections).toBe(0);
  });

  it('something that is no text', async () => {
    const to = ['anna@client.example', 'evil@x.example'] as unknown as string;
    expect(await deliver({}, { envelope: { from: envelope.from, to: throughTheGate(to) } })).toBe('refused recipient');
  });
});
