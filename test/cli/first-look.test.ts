/** From the last answer of `paletti init` to watching: signing in, one read, hours and clients proposed, everything looked over. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSignIn } from '../../src/auth/token-file.ts';
import { Command } from '../../src/cli/commander.ts';
import { firstLook } from '../../src/cli/first-look.ts';
import type { Ways } from '../../src/cli/ways.ts';
import { AppError } from '../../src/errors.ts';
import { listClients } from '../../src/store/clients.ts';
import { issuerHere } from '../auth/signed-in.ts';
import { clientId, personAtBrowser } from '../support/issuer.ts';
import { FakeMailbox } from '../support/fake-mailbox.ts';
import { appOn, written } from './mailbox-of.ts';
import { down, enter, person } from './person.ts';
import { config, openTerminal } from './terminal.ts';

const untilPassword: [RegExp, string][] = [
  [/Your mail address/, `anna@libero.it${enter}`],
  [/Lingua/, `${down(1)}${enter}`],
  [/Your name/, `Anna Rossi${enter}`],
  [/Country/, enter],
  [/IBAN/, enter],
  [/Where is the password kept/, enter],
  [/Password/, `right${enter}`],
  [/Another mailbox/, enter],
];

/** Three weeks of mornings with one client, and a private word. */
function mailbox(): FakeMailbox {
  const held = new FakeMailbox('main');
  const answered = (from: string, at: string, text: string) => {
    const lines = [
      `From: Luca Bianchi <${from}>`,
      'To: anna@libero.it',
      'Subject: Catalogo',
      `Message-ID: <${at.replace(/\W/g, '')}@x.example>`,
      '',
      text,
      '',
    ];
    held.put('inbox', lines.join('\n'), at);
  };
  for (let day = 2; day <= 20; day += 1)
    for (const clock of ['08:10', '09:30', '10:40', '11:45']) {
      const at = `2026-11-${String(day).padStart(2, '0')}T${clock}:00+01:00`;
      if (day % 7 !== 0 && day % 7 !== 1)
        held.put('sent', written('luca@bianchi.example', at).replace('anna@studio.example', 'anna@libero.it'), at);
    }
  for (const day of ['03', '05', '09'])
    answered('luca@bianchi.example', `2026-11-${day}T09:00:00+01:00`, 'Quando arriva la bozza?');
  return held;
}

async function* sound(): ReturnType<Ways['checkServers']> {
  yield { name: 'main: IMAP', found: 'logged in', fault: null };
}

function begun(answers: [RegExp, string][], box: FakeMailbox | null = mailbox(), more: Partial<Ways> = {}) {
  const { left, ways } = person([...untilPassword, ...answers]);
  const terminal = openTerminal({ config: null, ways: { ...ways, checkServers: sound, ...more } });
  if (box !== null) terminal.ways.openApp = appOn(box, terminal.clock);
  let said = '';
  const { write } = terminal.ways.stderr;
  terminal.ways.stderr.write = (text: string) => {
    said += text;
    return write.call(terminal.ways.stderr, text);
  };
  return { terminal, left, said: () => said };
}
const configOf = (dir: string) => JSON.parse(readFileSync(join(dir, 'config.json'), 'utf8'));

describe('after the last answer', () => {
  it('the mailbox is read once, hours and clients are proposed from it, everything is looked over, and the next step said', async () => {
    const { terminal, left, said } = begun([
      [/Read the mail of the last 90 days/, enter],
      [/When you write[^]*Do it/, enter],
      [/Who are your clients[^]*Luca Bianchi/, enter],
    ]);
    const { code, out } = await terminal.type('init', '--time-zone', 'Europe/Rome');
    expect([code, left]).toEqual([0, []]);
    expect(configOf(terminal.dir).contactHours.mon).toEqual(['08:00-12:00']);
    const clients = terminal.desk().store.read((r) => listClients(r));
    expect(clients).toMatchObject([
      { name: 'Bianchi', contactName: 'Luca Bianchi', tone: 'formal', addresses: ['luca@bianchi.example'] },
    ]);
    expect(out).toMatch(/main: IMAP: logged in/);
    expect(said()).toMatch(/paletti service install[^]*paletti page/);
  });

  it('can be left for later, and is still looked over', async () => {
    const { terminal, left, said } = begun([[/Read the mail of the last 90 days/, `${down(1)}${enter}`]], null);
    const { code, out } = await terminal.type('init', '--time-zone', 'Europe/Rome');
    expect([code, left]).toEqual([0, []]);
    expect(out).toContain('main: IMAP: logged in');
    expect(said()).toContain('paletti page');
  });

  it.each([
    ['at the first question', [[/Read the mail of the last 90 days/, '\u0003']]],
    [
      'at the hours',
      [
        [/Read the mail/, enter],
        [/Do it/, '\u0003'],
      ],
    ],
    [
      'at the clients',
      [
        [/Read the mail/, enter],
        [/Do it/, enter],
        [/Who are your clients[^]*Luca/, '\u0003'],
      ],
    ],
  ] as [string, [RegExp, string][]][])(
    'can be broken off %s: the configuration stands, and it says how to go on',
    async (_, answers) => {
      const { terminal, said } = begun(answers);
      expect((await terminal.type('init', '--time-zone', 'Europe/Rome')).code).toBe(0);
      expect(said()).toMatch(/the configuration stands[^]*paletti clients learn/);
      expect((await terminal.type('config', 'check')).code).toBe(0);
    },
  );

  it('says which server failed while it was read, and goes on', async () => {
    const box = mailbox();
    box.failWith = new AppError('unreachable', 'the mail server was lost', { where: 'imapmail.libero.it:993' });
    const { terminal, said } = begun([[/Read the mail of the last 90 days/, enter]], box);
    const { code, out } = await terminal.type('init', '--time-zone', 'Europe/Rome');
    expect(code).toBe(0);
    expect(said()).toContain('imapmail.libero.it:993');
    expect(said()).not.toContain('Once there is');
    expect(out).toContain('main: IMAP: logged in');
  });

  it('proposes nothing from an empty mailbox, and says when to come back', async () => {
    const { terminal, left, said } = begun([[/Read the mail of the last 90 days/, enter]], new FakeMailbox('main'));
    expect([(await terminal.type('init', '--time-zone', 'Europe/Rome')).code, left]).toEqual([0, []]);
    expect(said()).toContain('Once there is: paletti clients learn');
  });
});

describe('a mailbox that signs in', () => {
  it('does so at once, against a real authorisation server, and is read then', async () => {
    const issuer = await issuerHere();
    const imap = { host: 'imap.studio.example', user: 'studio' };
    const oauth = { issuer: issuer.address, clientId, scopes: ['openid', 'offline_access', 'mail'] };
    const mailboxes = [{ name: 'main', imap, smtp: { host: 'smtp.studio.example' }, oauth }];
    const { left, ways } = person([
      [/Sign in at [^]* now, as studio/, enter],
      [/Read the mail of the last 90 days/, enter],
    ]);
    const openBrowser = async (_: unknown, address: string) => {
      await personAtBrowser(address, 'studio', issuer.address);
      return true;
    };
    const terminal = openTerminal({
      config: { ...config, mailboxes },
      ways: { ...ways, openBrowser, checkServers: sound },
    });
    terminal.ways.openApp = appOn(new FakeMailbox('main'), terminal.clock);
    await firstLook(terminal.ways, new Command('init'), { path: join(terminal.dir, 'config.json'), mayRead: true });
    expect(left).toEqual([]);
    expect(readSignIn(join(terminal.dir, 'data', 'tokens', 'main.json'))?.accessToken).toBeTruthy();
  });
});

describe('a server that says what it takes', () => {
  const offered = (passwords: boolean, tokens: boolean): Partial<Ways> => ({
    offeredBy: async ({ host }) => ({ host, passwords, tokens }),
  });
  const start: [RegExp, string][] = [[/Your mail address/, `anna@gmail.com${enter}`], ...untilPassword.slice(1, 5)];

  it('is not offered a sign-in that it does not take', async () => {
    const { ways } = person([...start, [/Where is the password kept[^]*/, '\u0003']]);
    let screen = '';
    const { write } = ways.stderr as { write: (text: string) => unknown };
    ways.stderr!.write = (text: string) => {
      screen += text;
      return write.call(ways.stderr, text);
    };
    const terminal = openTerminal({ config: null, ways: { ...ways, ...offered(true, false) } });
    await terminal.type('init', '--time-zone', 'Europe/Rome');
    expect(screen).toContain('Where is the password kept');
    expect(screen).not.toContain('sign in to Gmail');
  });

  it('is offered the sign-in alone when it takes no password', async () => {
    const { left, ways } = person([
      ...start,
      [/says that it takes no passwords[^]*Where is the password kept/, enter],
      [/Client id/, `1-abc${enter}`],
      [/secret/, enter],
      [/Another mailbox/, enter],
      [/Sign in at [^]* now/, `${down(1)}${enter}`],
    ]);
    const terminal = openTerminal({ config: null, ways: { ...ways, ...offered(false, true) } });
    expect([(await terminal.type('init', '--time-zone', 'Europe/Rome')).code, left]).toEqual([0, []]);
    expect(configOf(terminal.dir).mailboxes[0].oauth).toMatchObject({ provider: 'google', clientId: '1-abc' });
  });
});
