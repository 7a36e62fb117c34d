/** Commands of the first day: init, doctor, service. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  inShell,
  isFragile,
  menuEntryOf,
  type ServiceFacts,
  serviceOf,
  stableNode,
  vanishes,
} from '../../src/cli/service-file.ts';
import { AppError } from '../../src/errors.ts';
import type { Ways } from '../../src/cli/ways.ts';
import { config, openTerminal } from './terminal.ts';

describe('init without a terminal', () => {
  it('takes its answers from options, and what it writes is sound', async () => {
    const terminal = openTerminal({ config: null });
    const { code, err } = await terminal.type(
      'init',
      '--email',
      'Anna@Libero.it',
      '--name',
      'Anna Rossi',
      '--language',
      'it',
      '--time-zone',
      'Europe/Rome',
      '--country',
      'it',
    );
    expect([code, err]).toEqual([0, expect.stringContaining('paletti doctor')]);
    expect(statSync(join(terminal.dir, 'config.json')).mode & 0o777).toBe(0o600);
    const config = JSON.parse(readFileSync(join(terminal.dir, 'config.json'), 'utf8'));
    expect(config.mailboxes[0]).toMatchObject({
      imap: { host: 'imapmail.libero.it', port: 993, password: { env: 'PALETTI_PASSWORD' } },
      smtp: { host: 'smtp.libero.it' },
    });
    expect((await terminal.type('config', 'check')).code).toBe(0);
  });

  it.each([
    ['nothing', ['init'], /--email is missing/],
    ['no name', ['init', '--email', 'a@libero.it'], /--name is missing/],
    ['an unknown provider', ['init', '--email', 'a@studio.example', '--name', 'A'], /--imap-host is missing/],
    [
      'no address',
      ['init', '--email', 'a', '--name', 'A', '--imap-host', 'x.example', '--smtp-host', 'x.example'],
      /not a mail address/,
    ],
  ] as const)('with %s asks for the option', async (_name, words, message) => {
    const terminal = openTerminal({ config: null });
    const { code, err } = await terminal.type(...words);
    expect([code, message.test(err)]).toEqual([2, true]);
    expect(existsSync(join(terminal.dir, 'config.json'))).toBe(false);
  });

  it('writes nothing that would be refused', async () => {
    const terminal = openTerminal({ config: null });
    const { code } = await terminal.type('init', '--email', 'a@libero.it', '--name', 'A', '--time-zone', 'Rome');
    expect([code, existsSync(join(terminal.dir, 'config.json'))]).toEqual([2, false]);
  });

  it.each([
    [['--language', 'fr'], ['--language']],
    [['--time-zone', 'Rome'], ['--time-zone']],
    [['--country', 'XX'], ['--country']],
    [
      ['--language', 'fr', '--time-zone', 'Rome'],
      ['--language', '--time-zone'],
    ],
  ])('names the option, and no line of a file that is not there: %j', async (words, named) => {
    const terminal = openTerminal({ config: null });
    const { code, err } = await terminal.type('init', '--email', 'a@libero.it', '--name', 'A', ...words);
    expect(code).toBe(2);
    for (const option of named) expect(err).toContain(`${option} `);
    expect(err).not.toMatch(/config\.json|\d+:\d+|where:/);
  });

  it('writes over nothing', async () => {
    const terminal = openTerminal();
    const before = readFileSync(join(terminal.dir, 'config.json'), 'utf8');
    expect((await terminal.type('init', '--email', 'a@libero.it', '--name', 'A')).code).toBe(1);
    expect(readFileSync(join(terminal.dir, 'config.json'), 'utf8')).toBe(before);
  });
});

describe('doctor', () => {
  it('finds a new studio well', async () => {
    const { code, out, err } = await openTerminal().type('doctor', '--offline');
    expect([code, err]).toEqual([0, '\nAll is well.\n']);
    expect(out).toMatch(/^ 1\. ok +Node\.js: /);
    expect(out).toMatch(/contact hours: open now, until Mon 23 Nov 13:00, Europe\/Rome/);
    expect(out).toMatch(/journal: 0 entries, whole/);
  });

  it('without a configuration says how to make one', async () => {
    const { code, out, err } = await openTerminal({ config: null }).type('doctor');
    expect(code).toBe(3);
    expect(out).toMatch(/ 2\. failed +configuration: there is no configuration yet[\s\S]*fix: .*paletti init/);
    expect(err).toContain('1 check failed');
  });

  it('tells what the servers said, with the mending and its exit code', async () => {
    const refused = new AppError('login-refused', 'the server refused the login', { next: 'Check the password.' });
    const checkServers = async function* () {
      yield { name: 'IMAP of studio', found: 'logged in', fault: null };
      yield { name: 'SMTP of studio', found: '', fault: refused };
    };
    const { code, out } = await openTerminal({ ways: { checkServers } }).type('doctor');
    expect(code).toBe(5);
    expect(out).toMatch(
      /ok +IMAP of studio: logged in\n.*failed +SMTP of studio: the server refused the login\n +fix: Check the password\./,
    );
  });

  it('warns of a folder that others can read; strictly taken it is a fault', async () => {
    const terminal = openTerminal();
    mkdirSync(join(terminal.dir, 'data'));
    chmodSync(join(terminal.dir, 'data'), 0o755);
    const { code, out } = await terminal.type('doctor', '--offline', '--strict');
    expect(code).toBe(1);
    expect(out).toMatch(/warning +data folder: .*\n +fix: Run: chmod 700/);
    // Opening the database has made the folder private.
    expect((await terminal.type('doctor', '--offline', '--strict')).code).toBe(0);
  });

  it('finds a file that is no database', async () => {
    const terminal = openTerminal();
    mkdirSync(join(terminal.dir, 'data'), { mode: 0o700 });
    writeFileSync(
      join(terminal.dir, 'data', 'paletti.db'),
      'this is not a database, however long it may be'.repeat(100),
    );
    const { code, out } = await terminal.type('doctor', '--offline');
    expect(code).toBe(1);
    expect(out).toMatch(/failed +database and templates/);
  });

  it('speaks JSON', async () => {
    const checks = await openTerminal().json('doctor', '--offline');
    expect(checks.every((check: { state: string }) => check.state === 'ok')).toBe(true);
  });
});

describe('service', () => {
  const facts: ServiceFacts = {
    platform: 'linux',
    home: '/home/anna',
    user: 501,
    node: '/usr/bin/node',
    program: '/opt/pa letti/dist/main.js',
    config: '/home/anna/50%/config.json',
    dataDir: '/home/anna/data',
  };

  it('is a systemd user unit that does not loop on faults a person must mend', () => {
    const { path, text, start } = serviceOf(facts);
    expect(path).toBe('/home/anna/.config/systemd/user/paletti.service');
    expect(text).toContain(
      'ExecStart=/usr/bin/node "/opt/pa letti/dist/main.js" run --config /home/anna/50%%/config.json\n',
    );
    expect(text).toContain('RestartPreventExitStatus=2 3 5 6');
    expect(text).toMatch(/\[Unit\][^[]*StartLimitIntervalSec=600\nStartLimitBurst=10\n/);
    expect(start.map(inShell)).toContain('systemctl --user enable --now paletti');
  });

  it('is a launchd agent on a Mac', () => {
    const { path, text, start } = serviceOf({ ...facts, platform: 'darwin', config: '/Users/a&b/config.json' });
    expect(start.map(inShell)).toEqual([`launchctl bootstrap gui/501 ${path}`]);
    expect(path).toBe('/home/anna/Library/LaunchAgents/it.paletti.daemon.plist');
    expect(text).toContain('<string>/Users/a&amp;b/config.json</string>');
  });

  it('is told by hand elsewhere', () => {
    expect(() => serviceOf({ ...facts, platform: 'win32' })).toThrow(/Linux.*macOS/);
  });

  it('names Node by a path that stays', () => {
    const real = (path: string) =>
      ({ '/opt/homebrew/bin/node': '/opt/homebrew/Cellar/node/24.1/bin/node' })[path] ?? path;
    expect(
      stableNode('/opt/homebrew/Cellar/node/24.1/bin/node', ['/opt/homebrew/bin/node', '/usr/bin/node'], real),
    ).toBe('/opt/homebrew/bin/node');
    expect(stableNode('/home/a/.nvm/versions/node/v24/bin/node', ['/usr/bin/node'], real)).toContain('.nvm');
    expect([isFragile('/home/a/.nvm/versions/node/v24/bin/node'), isFragile('/usr/bin/node')]).toEqual([true, false]);
  });

  it.each([
    ['/home/anna/.npm/_npx/0123abcd/node_modules/paletti/dist/main.js', true],
    ['C:\\Users\\anna\\AppData\\npm-cache\\_npx\\01\\node_modules\\paletti\\dist\\main.js', true],
    ['/usr/lib/node_modules/paletti/dist/main.js', false],
  ])('of a program at %s is refused, as that vanishes: %s', async (program, isRefused) => {
    expect(vanishes(program)).toBe(isRefused);
    if (!isRefused) return;
    const terminal = openTerminal({ ways: { program } });
    const { code, err } = await terminal.type('service', 'install');
    expect([code, err]).toEqual([2, expect.stringContaining('npm install -g paletti')]);
    expect(existsSync(join(terminal.dir, '.config'))).toBe(false);
  });

  it.runIf(process.platform === 'linux')('is written, seen to fit, and taken away', async () => {
    const terminal = openTerminal();
    expect((await terminal.json('service')).state).toBe('absent');
    const { out } = await terminal.type('service', 'install');
    expect(out).toContain('systemctl --user enable --now paletti');
    const { path, state } = await terminal.json('service', 'status');
    expect([state, statSync(path).mode & 0o777]).toEqual(['fits', 0o600]);
    writeFileSync(path, 'old');
    expect((await terminal.json('service', 'status')).state).toBe('stale');
    expect((await terminal.type('service', 'uninstall')).code).toBe(0);
    expect(existsSync(path)).toBe(false);
  });
});

/** A session of systemd that remembers what it was told. */
function systemd(): { calls: string[]; ways: Partial<Ways>; fails: string | null } {
  const state = { enabled: false, active: false };
  const session = {
    calls: [] as string[],
    fails: null as string | null,
    ways: {
      runCommand: async (line: readonly string[]) => {
        const said = line.slice(2).join(' ');
        session.calls.push(said);
        if (session.fails !== null && said.startsWith(session.fails)) return { code: 1, out: 'Job failed.\nSee it.' };
        if (said === 'is-enabled paletti') return { code: 0, out: state.enabled ? 'enabled\n' : 'disabled\n' };
        if (said === 'is-active paletti') return { code: 0, out: state.active ? 'active\n' : 'inactive\n' };
        if (said.startsWith('enable')) state.enabled = true;
        if (said.includes('--now') || said.startsWith('restart')) state.active = true;
        if (said.startsWith('disable')) Object.assign(state, { enabled: false, active: false });
        return { code: 0, out: '' };
      },
    } as Partial<Ways>,
  };
  return session;
}
const keyring = {
  ...config,
  mailboxes: config.mailboxes.map((one) => ({ ...one, imap: { ...one.imap, password: { keyring: 'anna' } } })),
};

describe.runIf(process.platform === 'linux')('a service that the system takes up', () => {
  it('is started, seen to run, and has an entry of the start menu beside it', async () => {
    const session = systemd();
    const terminal = openTerminal({ config: keyring, ways: session.ways });
    const { code, err } = await terminal.type('service', 'install');
    expect([code, err]).toEqual([0, expect.stringContaining('It runs, and is started whenever you log in')]);
    expect(session.calls.slice(-4)).toEqual([
      'daemon-reload',
      'enable --now paletti',
      'is-enabled paletti',
      'is-active paletti',
    ]);
    expect(await terminal.json('service')).toMatchObject({ state: 'fits', enabled: true, running: true });
    const entry = readFileSync(join(terminal.dir, '.local/share/applications/paletti.desktop'), 'utf8');
    expect(entry).toMatch(/^Exec="[^"]+node" "\/opt\/paletti\/dist\/main.js" "page" "--config" "/m);
    expect((await terminal.type('service', 'uninstall')).err).toContain('Stopped, and removed');
    expect([session.calls.at(-1), existsSync(join(terminal.dir, '.local/share/applications/paletti.desktop'))]).toEqual(
      ['disable --now paletti', false],
    );
  });

  it('that does not start is said with the words of the system, and what to run', async () => {
    const session = systemd();
    session.fails = 'enable';
    const terminal = openTerminal({ config: keyring, ways: session.ways });
    const { out, err } = await terminal.type('service', 'install');
    expect(err).toMatch(/could not be started: systemctl --user enable --now paletti: Job failed\./);
    expect(out).toContain('systemctl --user enable --now paletti');
  });

  it('is not started where its password stands in a variable of the terminal, nor with --no-start', async () => {
    for (const [settings, ...more] of [[config], [keyring, '--no-start']] as [object, ...string[]][]) {
      const session = systemd();
      const terminal = openTerminal({ config: settings, ways: session.ways });
      expect((await terminal.type('service', 'install', ...more)).out).toContain(
        'systemctl --user enable --now paletti',
      );
      expect(session.calls.filter((call) => call.startsWith('enable'))).toEqual([]);
    }
  });

  it('is mended: stale, not started at login, ended; and left alone where nothing is amiss', async () => {
    const session = systemd();
    const terminal = openTerminal({ config: keyring, ways: session.ways });
    await terminal.type('service', 'install');
    expect((await terminal.type('service', 'repair')).err).toContain('nothing to mend');
    const { path } = await terminal.json('service');
    writeFileSync(path, 'old');
    expect((await terminal.type('service')).err).toContain('paletti service repair');
    await terminal.type('service', 'repair');
    expect(session.calls).toContain('restart paletti');
    await session.ways.runCommand?.(['systemctl', '--user', 'disable', '--now', 'paletti']);
    expect((await terminal.type('service')).out).toMatch(/not started when you log in[^]*does not run/);
    expect((await terminal.type('service', 'repair')).err).toContain('It runs');
    expect(await terminal.json('service')).toMatchObject({ state: 'fits', enabled: true, running: true });
  });

  it('is compared by the doctor with what runs', async () => {
    const session = systemd();
    const terminal = openTerminal({ config: keyring, ways: session.ways });
    const checked = async () =>
      (await terminal.json('doctor')).find(({ name }: { name: string }) => name === 'start at login');
    expect(await checked()).toMatchObject({ state: 'ok', found: expect.stringContaining('none') });
    await terminal.type('service', 'install');
    expect(await checked()).toMatchObject({ state: 'ok', found: expect.stringContaining('runs') });
    await session.ways.runCommand?.(['systemctl', '--user', 'disable', '--now', 'paletti']);
    expect(await checked()).toMatchObject({ state: 'warning', next: 'paletti service repair' });
  });
});

describe('the entry of the start menu', () => {
  const facts: ServiceFacts = {
    platform: 'linux',
    home: '/home/anna',
    user: 501,
    node: '/usr/bin/node',
    program: '/opt/pa "l" $x/main.js',
    config: '/home/anna/50% `x`\\y/config.json',
    dataDir: '/home/anna/data',
  };

  it('keeps every character of a path from the shell of the desktop', () => {
    const line = menuEntryOf(facts)
      ?.text.split('\n')
      .find((one) => one.startsWith('Exec='));
    expect(line).toBe(
      'Exec="/usr/bin/node" "/opt/pa \\\\"l\\\\" \\\\$x/main.js" "page" "--config" "/home/anna/50%% \\\\`x\\\\`\\\\\\\\y/config.json"',
    );
  });

  it('is a small application on a Mac, and none elsewhere', () => {
    expect(menuEntryOf({ ...facts, platform: 'darwin', config: "/Users/a'b/c.json" })).toMatchObject({
      path: '/home/anna/Applications/Paletti.app/Contents/MacOS/Paletti',
      text: expect.stringContaining("--config '/Users/a'\\''b/c.json'"),
    });
    expect(menuEntryOf({ ...facts, platform: 'win32' })).toBeNull();
  });
});

describe('init with more than one mailbox', () => {
  const line = ['init', '--email', 'anna@libero.it', '--name', 'Anna', '--time-zone', 'Europe/Rome'];

  it('each has servers, a name and a password of its own, and letters from it carry its address', async () => {
    const terminal = openTerminal({ config: null });
    const { code } = await terminal.type(
      ...line,
      '--also-email',
      'Studio.Rossi@gmail.com',
      '--also-email',
      'info@x.example',
    );
    expect(code).toBe(0);
    const config = JSON.parse(readFileSync(join(terminal.dir, 'config.json'), 'utf8'));
    expect(config.owner.addresses).toEqual(['anna@libero.it', 'studio.rossi@gmail.com', 'info@x.example']);
    expect(config.mailboxes).toMatchObject([
      { name: 'main', imap: { host: 'imapmail.libero.it', password: { env: 'PALETTI_PASSWORD' } } },
      {
        name: 'studio-rossi-2',
        from: 'studio.rossi@gmail.com',
        imap: { host: 'imap.gmail.com', user: 'Studio.Rossi@gmail.com', password: { env: 'PALETTI_PASSWORD_2' } },
      },
      { name: 'info-3', imap: { host: 'imapmail.libero.it', password: { env: 'PALETTI_PASSWORD_3' } } },
    ]);
    expect((await terminal.type('config', 'check')).code).toBe(0);
  });

  it('says that no account is known, until one is given; a wrong one is refused', async () => {
    expect((await openTerminal({ config: null }).type(...line)).err).toContain('no IBAN is known');
    const terminal = openTerminal({ config: null });
    expect((await terminal.type(...line, '--iban', 'IT60X0542811101000000123457')).err).toContain('--iban');
    expect((await terminal.type(...line, '--iban', 'IT60X0542811101000000123456')).err).not.toContain('IBAN');
    expect((await terminal.type('doctor', '--offline')).err).toBe('\nAll is well.\n');
  });
});

describe('whose account clients pay into', () => {
  const line = ['init', '--email', 'anna@libero.it', '--name', 'Anna', '--time-zone', 'Europe/Rome'];
  const abroad = ['--iban', 'AE07 0331 2345 6789 0123 456'];
  const owner = (terminal: ReturnType<typeof openTerminal>) =>
    JSON.parse(readFileSync(join(terminal.dir, 'config.json'), 'utf8')).owner;

  it('is written as it was said; a BIC that is none is refused', async () => {
    const terminal = openTerminal({ config: null });
    const { err } = await terminal.type(...line, ...abroad, '--account-holder', 'Ferri FZE', '--bic', 'BOMLAEA');
    expect(err).toContain('--bic must be a BIC');
    const { code } = await terminal.type(...line, ...abroad, '--account-holder', 'Ferri FZE', '--bic', 'BOMLAEAD');
    expect(code).toBe(0);
    expect(owner(terminal)).toMatchObject({ accountHolder: 'Ferri FZE', bic: 'BOMLAEAD' });
    const { out, err: end } = await terminal.type('doctor', '--offline');
    expect(out).toContain('account: AE07 0331 2345 6789 0123 456, in the name of Ferri FZE');
    expect(end).toBe('\nAll is well.\n');
  });

  it('needs a BIC outside SEPA, and neither init nor doctor passes it over', async () => {
    const terminal = openTerminal({ config: null });
    expect((await terminal.type(...line, ...abroad)).err).toContain('needs a BIC');
    const { out, err } = await terminal.type('doctor', '--offline');
    expect(out).toMatch(/warning +account: AE07 .* is outside SEPA.*needs a BIC\n +fix: .*owner\.bic/);
    expect(err).toContain('1 warning');
  });
});

describe('doctor on what is allowed and seldom meant', () => {
  const found = async (changes: object, lines: string[][] = []) => {
    const terminal = openTerminal({ config: { ...config, ...changes } });
    for (const line of lines) await terminal.type(...line);
    return terminal.type('doctor', '--offline');
  };

  it.each([
    ['exchanged hours', { contactHours: { mon: ['18:00-09:00'] } }, /they go through the night of mon/],
    ['no account', { owner: { ...config.owner, iban: null } }, /no IBAN is known/],
    [
      'a business beside a name, and an account in nobody’s',
      { owner: { ...config.owner, business: 'Studio Rossi' } },
      /in the name of Anna Rossi; whether it is in the name of Studio Rossi, nobody has said/,
    ],
    [
      'an address that is not the mailbox’s',
      {
        owner: { ...config.owner, addresses: ['a@b.example'] },
        mailboxes: [{ ...config.mailboxes[0], imap: { ...config.mailboxes[0]?.imap, user: 'anna@studio.example' } }],
      },
      /that of anna@studio\.example, which is none of your addresses/,
    ],
  ])('warns of %s, and does not call it well', async (_, changes, words) => {
    const { code, out, err } = await found(changes);
    expect(code).toBe(0);
    expect(out).toMatch(words);
    expect(err).toBe('\nNothing failed; 1 warning to look at.\n');
  });

  it('says until when it is open', async () => {
    expect((await found({})).out).toMatch(/contact hours: open now, until Mon 23 Nov 13:00/);
  });

  it('warns of one number for two clients, and of a domain in which another client writes', async () => {
    const { out } = await found({}, [
      ['clients', 'add', 'Bianchi', '--address', 'laura@bianchi.example', '--domain', 'gruppo.example'],
      ['clients', 'add', 'Verdi', '--address', 'ugo@gruppo.example'],
      ['invoices', 'add', '2026/28', '--client', 'Bianchi', '--total', '100', '--due', '2026-12-01'],
      ['invoices', 'add', '2026/28', '--client', 'Verdi', '--total', '100', '--due', '2026-12-01'],
    ]);
    expect(out).toMatch(/2026\/28 of 2026 stands for Bianchi and Verdi/);
    expect(out).toMatch(/gruppo\.example is all of Bianchi, but Verdi writes from it, too/);
  });
});

describe('days by their Italian names', () => {
  it.each([
    ['lun', 'mon'],
    ['martedì', 'tue'],
    ['Mercoledi', 'wed'],
    ['giovedi', 'thu'],
    ['ven', 'fri'],
    ['sabato', 'sat'],
    ['dom', 'sun'],
    ['monday', 'mon'],
  ])('%s: did you mean %s', async (typed, meant) => {
    const terminal = openTerminal({ config: { ...config, contactHours: { [typed]: ['09:00-18:00'] } } });
    expect((await terminal.type('config', 'check')).err).toContain(`Did you mean "${meant}"?`);
  });
});

describe('a database that is gone', () => {
  it.each(['missing', 'empty'])('%s beside the log of what left: said, and nothing is begun anew', async (how) => {
    const terminal = openTerminal();
    await terminal.type('status');
    const file = join(terminal.dir, 'data', 'paletti.db');
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
    if (how === 'empty') writeFileSync(file, '');
    writeFileSync(join(terminal.dir, 'data', 'handovers.log'), '1 <x@y>\n');
    for (const command of ['status', 'outbox']) {
      const { code, err } = await terminal.type(command);
      expect(code).toBe(1);
      expect(err).toMatch(/the database is gone/);
    }
    expect((await terminal.type('doctor', '--offline')).out).toMatch(
      /failed +database and templates: the database is gone/,
    );
    expect(existsSync(file) ? statSync(file).size : 0).toBe(0);
  });
});

describe('a folder or file that is not there, or somebody else’s', () => {
  it.each([
    [['backup', '/typo/of/mine/x.db'], /there is no such folder/],
    [['report', '--html', '/typo/of/mine/x.html'], /there is no such folder/],
    [['decide', '/typo/of/mine.eml'], /there is no such file/],
  ])('%j is refused in plain words', async (words, said) => {
    const { code, err } = await openTerminal().type(...words);
    expect(code).toBe(1);
    expect(err).toMatch(said);
    expect(err).not.toContain('a fault in the program itself');
    expect(existsSync('/typo')).toBe(false);
  });
});
