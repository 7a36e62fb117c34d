/** `paletti init` with a person at the terminal, and with a file of answers: what is found, tried and written, and what is not. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Ways } from '../../src/cli/ways.ts';
import { AppError } from '../../src/errors.ts';
import type { FoundServers } from '../../src/setup/discover.ts';
import { readSecret } from '../../src/auth/secret.ts';
import { down, enter, person } from './person.ts';
import { openTerminal } from './terminal.ts';

const always: [RegExp, string][] = [
  [/Your mail address/, `anna@libero.it${enter}`],
  [/Lingua/, `${down(1)}${enter}`],
  [/Your name/, `Anna Rossi${enter}`],
  [/time zone/, enter],
  [/Country/, enter],
  [/IBAN/, enter],
];

/** Nothing of what follows the configuration. */
const later: [RegExp, string] = [/Read the mail of the last 90 days/, `${down(1)}${enter}`];

interface Tried {
  user: string;
  secret: string | null;
}

/** Servers that take one password, and say what they were shown. */
function servers(good: string): { tried: Tried[]; checkServers: Ways['checkServers'] } {
  const tried: Tried[] = [];
  const checkServers: Ways['checkServers'] = async function* (config) {
    const [mailbox] = config.mailboxes;
    const login = mailbox?.imap.login;
    const secret =
      login !== undefined && 'password' in login
        ? await readSecret(login.password, { PATH: process.env['PATH'] })
        : null;
    tried.push({ user: mailbox?.imap.user ?? '', secret });
    yield secret === good
      ? { name: 'IMAP', found: 'logged in', fault: null }
      : {
          name: 'IMAP',
          found: '',
          fault: new AppError('login-refused', 'the mail server refused the login: NO', { next: 'Check it.' }),
        };
  };
  return { tried, checkServers };
}

const written = (dir: string) => JSON.parse(readFileSync(join(dir, 'config.json'), 'utf8'));
const own = mkdtempSync(join(tmpdir(), 'paletti-own-'));
beforeEach(() => void vi.stubEnv('TMPDIR', own));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(own, { recursive: true, force: true }));

const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('paletti-init-'));

describe('init with a person', () => {
  it('tries the login before anything stands anywhere, asks again when it is refused, and keeps the good password', async () => {
    const { tried, checkServers } = servers('right');
    const config = { value: '' };
    const { left, ways } = person([
      ...always,
      [/Where is the password kept/, enter],
      [/Password/, `wrong${enter}`],
      [/It did not work: the mail server refused[^]*What now/, enter],
      [/Where is the password kept/, enter],
      [/Password/, `right${enter}`],
      [/Another mailbox/, enter],
      later,
    ]);
    const terminal = openTerminal({
      config: null,
      ways: {
        ...ways,
        checkServers: async function* (given) {
          config.value += String(
            existsSync(join(terminal.dir, 'config.json')) || existsSync(join(terminal.dir, '.config')),
          );
          yield* checkServers(given);
        },
      },
    });
    expect([(await terminal.type('init')).code, left]).toEqual([0, []]);
    expect(tried.map(({ secret }) => secret)).toEqual(['wrong', 'right', 'right']);
    // the last one is the doctor's
    expect(config.value).toBe('falsefalsetrue');
    const { password } = written(terminal.dir).mailboxes[0].imap;
    expect(readFileSync(password.file, 'utf8')).toBe('right\n');
    expect([statSync(password.file).mode & 0o777, leftovers()]).toEqual([0o600, []]);
    expect(readFileSync(join(terminal.dir, 'config.json'), 'utf8')).not.toContain('right');
  });

  it('that breaks off has written nothing', async () => {
    const { checkServers } = servers('right');
    const { ways } = person([
      ...always,
      [/Where is the password kept/, enter],
      [/Password/, `wrong${enter}`],
      [/What now/, '\u0003'],
    ]);
    const terminal = openTerminal({ config: null, ways: { ...ways, checkServers } });
    expect((await terminal.type('init')).code).toBe(2);
    expect([readdirSync(terminal.dir), leftovers()]).toEqual([[], []]);
  });

  it('offers to write what did not work all the same', async () => {
    const { checkServers } = servers('right');
    const { left, ways } = person([
      ...always,
      [/Where is the password kept/, enter],
      [/Password/, `wrong${enter}`],
      [/What now/, `${down(3)}${enter}`],
      // nothing is read of a mailbox that has just said no
      [/Another mailbox/, enter],
    ]);
    const terminal = openTerminal({ config: null, ways: { ...ways, checkServers } });
    expect([(await terminal.type('init')).code, left]).toEqual([0, []]);
  });

  it.runIf(process.platform === 'linux')('asks for another place when there is no keyring to keep it in', async () => {
    const { checkServers } = servers('right');
    const { left, ways } = person([
      ...always,
      [/Where is the password kept/, `${down(1)}${enter}`],
      [/Password/, `right${enter}`],
      [/It did not work: [^]*keyring[^]*Where is the password kept/, enter],
      [/Password/, `right${enter}`],
      [/Another mailbox/, enter],
      later,
    ]);
    const terminal = openTerminal({ config: null, ways: { ...ways, checkServers } });
    terminal.ways.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nonexistent/bus';
    expect([(await terminal.type('init')).code, left]).toEqual([0, []]);
    expect(written(terminal.dir).mailboxes[0].imap.password.file).toContain('anna@libero.it.password');
  });

  it('signs in with a client of her own where the provider has that, and says the command', async () => {
    const { left, ways } = person([
      [/Your mail address/, `anna@outlook.it${enter}`],
      ...always.slice(1),
      [/takes no passwords[^]*Where is the password kept/, enter],
      [/Client id/, `1234-abcd${enter}`],
      [/Another mailbox/, enter],
      [/Sign in at Microsoft now/, `${down(1)}${enter}`],
    ]);
    const terminal = openTerminal({ config: null, ways });
    expect([(await terminal.type('init')).code, left]).toEqual([0, []]);
    const [mailbox] = written(terminal.dir).mailboxes;
    expect(mailbox.oauth).toEqual({ provider: 'microsoft', clientId: '1234-abcd' });
    expect([mailbox.imap.password, mailbox.smtp.host]).toEqual([undefined, 'smtp-mail.outlook.com']);
    expect((await terminal.type('config', 'check')).code).toBe(0);
  });

  it.each([
    ['believes what she says of servers elsewhere', `${down(1)}${enter}`, 'mail.elsewhere.example'],
    ['asks for the servers when they are not hers', enter, 'imap.studio.example'],
  ])('%s', async (_, answer, host) => {
    const at = { host: 'mail.elsewhere.example', port: 993, secure: true } as const;
    const found: FoundServers = { how: 'srv', imap: at, smtp: { ...at, port: 465 }, provider: null, isTrusted: false };
    const isOther = host !== at.host;
    const { left, ways } = person([
      [/Your mail address/, `anna@studio.example${enter}`],
      ...always.slice(1),
      [/which lie elsewhere/, answer],
      ...(isOther
        ? ([
            [/IMAP server/, enter],
            [/SMTP server/, enter],
          ] as [RegExp, string][])
        : []),
      [/Login name/, enter],
      [/Where is the password kept/, `${down(3)}${enter}`],
      [/Another mailbox/, enter],
    ]);
    const terminal = openTerminal({ config: null, ways: { ...ways, findServers: async () => found } });
    expect([(await terminal.type('init')).code, left]).toEqual([0, []]);
    expect(written(terminal.dir).mailboxes[0].imap).toMatchObject({ host, password: { env: 'PALETTI_PASSWORD' } });
  });
});

describe('init from a file of answers', () => {
  const answered = async (answers: unknown, ways: Partial<Ways> = {}, ...more: string[]) => {
    const terminal = openTerminal({ config: null, ways });
    writeFileSync(join(terminal.dir, 'answers.json'), typeof answers === 'string' ? answers : JSON.stringify(answers));
    return { terminal, said: await terminal.type('init', '--answers', 'answers.json', ...more) };
  };
  const anna = { email: 'anna@icloud.com', name: 'Anna', language: 'it', timeZone: 'Europe/Rome', country: 'IT' };

  it('asks nothing, and logs in as the provider wants it: one name for reading, another for sending', async () => {
    const { terminal, said } = await answered({ ...anna, passwordCommand: ['printf', 'right'] }, servers('right'));
    expect([said.code, said.err]).toEqual([0, expect.stringContaining('printf right')]);
    expect(written(terminal.dir).mailboxes).toMatchObject([
      {
        imap: { host: 'imap.mail.me.com', user: 'anna', password: { command: ['printf', 'right'] } },
        smtp: { user: 'anna@icloud.com' },
      },
    ]);
  });

  it('is given way to by the line', async () => {
    const { terminal } = await answered(anna, {}, '--name', 'Giulia');
    expect(written(terminal.dir).owner.name).toBe('Giulia');
  });

  it('writes nothing where a server says no, unless it is not to be asked', async () => {
    const answers = { ...anna, passwordCommand: ['printf', 'wrong'] };
    const { terminal, said } = await answered(answers, servers('right'));
    expect([said.code, said.err]).toEqual([5, expect.stringContaining('refused the login')]);
    expect([existsSync(join(terminal.dir, 'config.json')), leftovers()]).toEqual([false, []]);
    expect((await answered(answers, servers('right'), '--no-check')).said.code).toBe(0);
  });

  it.each([
    ['no JSON', '{"email": ', /not JSON/],
    ['a list', '[]', /not JSON[^]*Write an object/],
    [
      'a word that answers nothing',
      { ...anna, imaphost: 'x' },
      /"imaphost" answers nothing[^]*Did you mean "imapHost"/,
    ],
    ['a number for a text', { ...anna, name: 7 }, /"name" must be a text/],
    ['a text for a list', { ...anna, passwordCommand: 'pass show mail' }, /"passwordCommand" must be a list/],
    [
      'two places for a password',
      { ...anna, passwordFile: 'x', passwordKeyring: 'y' },
      /--password-file and --password-keyring/,
    ],
    ['a sign-in without a client', { ...anna, signIn: 'google' }, /--client-id is missing/],
    ['a sign-in nowhere', { ...anna, signIn: 'gogle', clientId: 'x' }, /--sign-in must be one of/],
    ['no name', { email: 'anna@libero.it' }, /--name is missing/],
    ['a code that only she knows', { ...anna, email: 'anna@legalmail.it' }, /--user is missing/],
  ])('with %s is refused, and nothing is written', async (_, answers, message) => {
    const { terminal, said } = await answered(answers);
    expect([said.code, said.err]).toEqual([2, expect.stringMatching(message)]);
    expect(existsSync(join(terminal.dir, 'config.json'))).toBe(false);
  });

  it('does not believe servers elsewhere where nobody can be asked', async () => {
    const at = { host: 'mail.elsewhere.example', port: 993, secure: true } as const;
    const found: FoundServers = { how: 'srv', imap: at, smtp: { ...at, port: 465 }, provider: null, isTrusted: false };
    const { said } = await answered({ ...anna, email: 'anna@studio.example' }, { findServers: async () => found });
    expect([said.code, said.err]).toEqual([2, expect.stringContaining('--imap-host is missing')]);
  });
});
