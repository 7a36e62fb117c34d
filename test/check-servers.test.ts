/** What the doctor finds out about servers, against servers on this machine. */
import { createServer, type Server } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { App } from '../src/app.ts';
import { checkServers, type ServerCheck } from '../src/check-servers.ts';
import { checkConfig, type Config } from '../src/config.ts';
import { AppError, DeliveryError } from '../src/errors.ts';
import type { FolderState, FolderSurvey, Mailbox } from '../src/ports.ts';
import { wordsOf } from '../src/words/voice.ts';
import { config as base } from './cli/terminal.ts';
import { client, memoryStore, now } from './store/make.ts';

/** An SMTP server that says one thing and hangs up. */
async function says(greeting: string): Promise<number> {
  const server: Server = createServer((socket) => void socket.on('error', () => {}).end(greeting));
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

function configFor(port: number): Config {
  const [mailbox] = base.mailboxes;
  const smtp = { host: '127.0.0.1', port, secure: false };
  return checkConfig(JSON.stringify({ ...base, mailboxes: [{ ...mailbox, smtp }] }), '/studio/config.json');
}

const folder = (path: string): FolderState => ({
  role: 'inbox',
  path,
  uidValidity: '1',
  uidNext: 1,
  keywordsAllowed: true,
});

/** An app of which only the mailboxes and the end matter here. */
function appWith(open: Mailbox['open']): { app: App; ended: () => number } {
  let ended = 0;
  const parts = { store: { write: () => {} }, clock: { now: () => 0 } };
  const app = { ...parts, mailboxes: [{ name: 'studio', open }], shut: async () => void ended++ } as unknown as App;
  return { app, ended: () => ended };
}

const logins = { readSecret: async () => 'x', tokens: async () => 'x' };

async function look(port: number, parts: Partial<Parameters<typeof checkServers>[1]> = {}): Promise<ServerCheck[]> {
  const { app } = appWith(async (role) => folder(role === 'inbox' ? 'INBOX' : 'Sent'));
  const found: ServerCheck[] = [];
  for await (const check of checkServers(configFor(port), {
    open: async () => app,
    courier: () => ({ verify: async () => {} }),
    logins,
    words: wordsOf('en').terminal.doctor,
    ...parts,
  }))
    found.push(check);
  return found;
}

describe('the servers', () => {
  it('are well', async () => {
    const found = await look(await says('220 mail.example ESMTP\r\n'));
    expect(found.map(({ name, found: text, fault }) => [name, text, fault])).toEqual([
      ['password of studio', 'can be read', null],
      ['IMAP of studio', 'logged in; sent mail is in "Sent"', null],
      ['SMTP of studio', 'logged in', null],
    ]);
  });

  it('that speak something else are told', async () => {
    const [, , smtp] = await look(await says('* OK IMAP4rev1\r\n'));
    expect(smtp?.fault).toMatchObject({ code: 'unreachable', message: 'the server does not speak SMTP there' });
  });

  it('that hang up are told', async () => {
    const [, , smtp] = await look(await says(''));
    expect(smtp?.fault).toMatchObject({ code: 'unreachable' });
  });

  it('that are not there are told', async () => {
    const [, , smtp] = await look(1);
    expect(smtp?.fault).toMatchObject({ code: 'unreachable', message: expect.stringContaining('ECONNREFUSED') });
  });

  it('are not asked for a login without a password', async () => {
    const missing = new AppError('config', 'no password');
    const found = await look(await says('220 x\r\n'), {
      logins: { ...logins, readSecret: async () => Promise.reject(missing) },
    });
    expect(found.map(({ name, fault }) => [name, fault?.message ?? null])).toEqual([
      ['password of studio', 'no password'],
      ['SMTP of studio', null],
    ]);
  });

  it('are left to the daemon when it runs', async () => {
    const found = await look(await says('220 x\r\n'), { open: async () => Promise.reject(busy) });
    expect(found[1]).toMatchObject({ name: 'IMAP', fault: null, found: expect.stringContaining('daemon is running') });
  });

  const refused = new DeliveryError('retry', 'login', 'the mail server refused the login: 535', {
    next: 'Check user.',
  });
  const busy = new AppError('already-running', 'Paletti is running already');
  it.each([
    ['when no daemon runs', {}],
    ['when the daemon runs', { open: async () => Promise.reject(busy) }],
  ])('that refuse the login for sending are told, %s', async (_when, parts) => {
    const courier = () => ({ verify: async () => Promise.reject(refused) });
    const [, , smtp] = await look(await says('220 x\r\n'), { courier, ...parts });
    expect(smtp).toMatchObject({ name: 'SMTP of studio', fault: { code: 'login-refused', next: 'Check user.' } });
  });

  it('that cannot be spoken with safely or at all promise no second try', async () => {
    const lost = new DeliveryError('retry', 'connection', 'the mail server was silent', {
      next: 'It is tried again later.',
    });
    const courier = () => ({ verify: async () => Promise.reject(lost) });
    const [, , smtp] = await look(await says('220 x\r\n'), { courier });
    expect(smtp?.fault).toMatchObject({ code: 'unreachable', next: expect.stringMatching(/^Check host.*doctor$/) });
  });

  it('are let go of also when a folder is missing', async () => {
    const { app, ended } = appWith(async (role) => (role === 'inbox' ? folder('INBOX') : null));
    const found = await look(await says('220 x\r\n'), { open: async () => app });
    expect(found[1]?.fault).toMatchObject({ code: 'config', next: expect.stringContaining('mailboxes[].sent') });
    expect(ended()).toBe(1);
  });
});

describe('the folders that nobody reads', () => {
  const nothing = { read: [], unmatched: [], sentLike: [], unread: [] };

  async function folders(survey: Partial<FolderSurvey>): Promise<ServerCheck | undefined> {
    const desk = memoryStore();
    desk.write(now, (w) => client(w, { name: 'Bianchi Srl', addresses: ['anna@bianchi.example'] }));
    const { app } = appWith(async (role) => folder(role === 'inbox' ? 'INBOX' : 'Sent'));
    const [mailbox] = app.mailboxes as [Mailbox];
    const store = { ...app.store, read: desk.read.bind(desk) };
    const config = configFor(1);
    const whole = {
      ...app,
      config,
      store,
      mailboxes: [{ ...mailbox, survey: async () => ({ ...nothing, ...survey }) }],
    };
    const found = await look(await says('220 x ESMTP\r\n'), { open: async () => whole as unknown as App });
    return found.find(({ name }) => name === 'folders of studio');
  }

  it.each<[string, Partial<FolderSurvey>, string, string?]>([
    ['nothing there', {}, 'clients write to INBOX alone'],
    [
      'mail of strangers alone',
      { unread: [{ path: 'Junk', senders: ['x@y.example'] }] },
      'clients write to INBOX alone',
    ],
    ['what is read', { read: ['Clienti/Bianchi'] }, 'also read: "Clienti/Bianchi"'],
    [
      'mail of a client',
      { unread: [{ path: 'Clienti', senders: ['anna@bianchi.example', 'anna+x@bianchi.example', 'x@y.example'] }] },
      'mail of clients lies in folders that are not read: "Clienti" (2 in 30 days, Bianchi Srl)',
      'Have it read: in the mailbox of config.json, "also": ["Clienti"]',
    ],
    [
      'a second folder of sent mail',
      { sentLike: ['Sent Messages'] },
      'looks like sent mail and is not read: "Sent Messages"',
      'mailboxes[].sent',
    ],
    ['a name that nothing has', { unmatched: ['Vecchi'] }, 'there is no folder "Vecchi"', 'mailboxes[].also'],
  ])('%s', async (_what, survey, text, advice) => {
    const check = await folders(survey);
    expect(check).toMatchObject({ fault: null, found: text });
    if (advice === undefined) expect(check?.advice).toBeUndefined();
    else expect(check?.advice).toContain(advice);
  });
});
