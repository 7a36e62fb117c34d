/** config.json: the example is accepted, each mistake is refused with its place and what to do. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkConfig, type Config, findConfig, readConfig } from '../src/config.ts';
import { jsonSchema } from '../src/config/schema.ts';
import { AppError } from '../src/errors.ts';
import { localDay } from '../src/rules/time.ts';

const root = join(import.meta.dirname, '..');
const example = readFileSync(join(root, 'config.example.json'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'paletti-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Json = Record<string, any>;
const small = (): Json => ({
  owner: { name: 'Anna Rossi', addresses: ['Anna@Studio.example'], timeZone: 'Europe/Rome' },
  contactHours: { mon: ['09:00-18:00'] },
  mailboxes: [
    {
      name: 'studio',
      imap: { host: 'imap.studio.example', user: 'anna', password: { env: 'MAIL_PASSWORD' } },
      smtp: { host: 'smtp.studio.example' },
    },
  ],
});
const check = (json: Json) => checkConfig(JSON.stringify(json, null, 2), '/studio/config.json');

function refusal(act: () => unknown): AppError {
  try {
    act();
  } catch (fault) {
    if (fault instanceof AppError) return fault;
    throw fault;
  }
  throw new Error('it was accepted');
}

describe('the example', () => {
  it('is accepted', () => {
    const config = checkConfig(example, '/studio/config.json');
    expect(config.sending.mode).toBe('review');
    expect(config.dunning.steps.map((step) => [step.name, step.approval, step.effect])).toEqual([
      ['payment-reminder', 'auto', 'none'],
      ['work-paused', 'auto', 'pause'],
      ['termination', 'ask', 'terminate'],
    ]);
    expect(config.dataDir).toBe('/studio/data');
  });

  it('names the schema beside it, and the schema there is the one of the program', () => {
    expect(JSON.parse(example).$schema).toBe('./config.schema.json');
    expect(JSON.parse(readFileSync(join(root, 'config.schema.json'), 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(jsonSchema())),
    );
  });
});

describe('what is left out', () => {
  const config: Config = check(small());

  it('has the defaults', () => {
    expect(config).toMatchObject({
      owner: { business: '', iban: '', signature: 'Anna Rossi', language: 'en', addresses: ['anna@studio.example'] },
      channels: ['email'],
      responseWindow: { hours: 72, count: 'elapsed' },
      acknowledgement: { enabled: true, holdMinutes: 30, to: 'clients' },
      exit: { coolingDays: 3, noticeDays: 30, approval: 'ask' },
      sending: { mode: 'review', perClientPerDay: 1, perDay: 20 },
      firstStartDays: 90,
      templatesDir: null,
      jobs: { dun: '0 9 * * *', deliver: '* * * * *' },
    });
    expect(config.dunning.steps.map((step) => step.name)).toEqual(['payment-reminder', 'work-paused', 'termination']);
    expect(config.dunning).toMatchObject({ paymentsCheckedWithinHours: null, thankForPayment: false });
  });

  it('answers nothing of the doubtful', () => {
    expect(config.acknowledgement.policies).toEqual({
      answerPostmaster: false,
      answerNoticeSenders: false,
      answerWhenOnlyInCc: false,
      maxRecipients: 8,
      authServers: [],
    });
  });

  it('has the same phone hours as contact hours', () => {
    expect(config.phoneHours.week).toEqual(config.hours.week);
    expect(config.hours.week.mon).toEqual([{ start: 540, end: 1080 }]);
    expect(config.hours.week.tue).toEqual([]);
  });

  it('takes the usual ports, and the login of IMAP for SMTP', () => {
    expect(config.mailboxes[0]).toMatchObject({
      from: 'anna@studio.example',
      sent: ['auto'],
      imap: { port: 993, secure: true, user: 'anna', login: { password: { env: 'MAIL_PASSWORD' } }, ca: null },
      smtp: { port: 465, secure: true, user: 'anna', login: { password: { env: 'MAIL_PASSWORD' } } },
    });
  });
});

describe('what is given', () => {
  it('knows holidays, extra days of every year and of one, and closures', () => {
    const { hours } = check({
      ...small(),
      contactHours: {
        mon: ['09:00-18:00'],
        holidays: {
          country: 'IT',
          extra: [
            { date: '06-24', name: 'San Giovanni' },
            { date: '2027-05-04', name: 'Moving' },
          ],
        },
        closures: [{ from: '2027-08-09', to: '2027-08-22', note: 'summer' }],
      },
    });
    expect(hours.holiday(localDay('2027-04-25'))).toBeTruthy();
    expect(hours.holiday(localDay('2028-06-24'))).toBe('San Giovanni');
    expect(hours.holiday(localDay('2027-05-04'))).toBe('Moving');
    expect(hours.holiday(localDay('2028-05-04'))).toBeUndefined();
    expect(hours.closures).toEqual([{ from: '2027-08-09', to: '2027-08-22', note: 'summer' }]);
  });

  it('starts relative paths from the folder of the file, and ~ from home', () => {
    const json = small();
    json['dataDir'] = '~/paletti';
    json['templatesDir'] = 'letters';
    json['mailboxes'][0].imap.password = { file: 'secret.txt' };
    json['mailboxes'][0].smtp.ca = '/etc/ca.pem';
    const config = check(json);
    expect(config.dataDir).toBe(join(homedir(), 'paletti'));
    expect(config.templatesDir).toBe('/studio/letters');
    expect(config.mailboxes[0]?.imap.login).toEqual({ password: { file: '/studio/secret.txt' } });
    expect(config.mailboxes[0]?.smtp.ca).toBe('/etc/ca.pem');
  });

  it('lets a mailbox sign in in place of a password, for both of its servers', () => {
    const json = small();
    signingIn({ provider: 'google', clientId: 'x.apps.example', clientSecret: { file: 'client' } })(json);
    const [mailbox] = check(json).mailboxes;
    const oauth = {
      provider: 'google',
      issuer: null,
      clientId: 'x.apps.example',
      tenant: 'common',
      scopes: [],
      clientSecret: { file: '/studio/client' },
    };
    expect([mailbox?.imap.login, mailbox?.smtp.login]).toEqual([{ oauth }, { oauth }]);
  });

  it('lets SMTP have a password of its own beside a sign-in, or a command that prints a token', () => {
    const json = small();
    signingIn({ issuer: 'https://login.example.com/realms/mail', clientId: 'x', scopes: ['mail'] })(json);
    json['mailboxes'][0].smtp.password = { env: 'SMTP_PASSWORD' };
    expect(check(json).mailboxes[0]?.smtp.login).toEqual({ password: { env: 'SMTP_PASSWORD' } });
    delete json['mailboxes'][0].oauth;
    json['mailboxes'][0].tokenCommand = ['token', 'studio'];
    expect(check(json).mailboxes[0]?.imap.login).toEqual({ tokenCommand: ['token', 'studio'] });
  });

  it('allows clear text to a server on this machine', () => {
    const json = small();
    json['mailboxes'][0].imap = { ...json['mailboxes'][0].imap, host: '127.0.0.1', port: 10143, secure: false };
    json['mailboxes'][0].smtp = { host: 'localhost', port: 10025, secure: false };
    expect(check(json).mailboxes[0]?.imap).toMatchObject({ secure: false, port: 10143 });
  });

  it('upgrades a connection that begins in clear', () => {
    const json = small();
    json['mailboxes'][0].smtp = { host: 'smtp.studio.example', secure: 'starttls' };
    expect(check(json).mailboxes[0]?.smtp).toMatchObject({ secure: false, port: 587 });
  });

  it('takes any number of steps, with names of their own', () => {
    const json = small();
    json['dunning'] = {
      steps: [
        { letter: 'payment-reminder', name: 'before', afterDays: -3 },
        { letter: 'payment-reminder', afterDays: 3 },
        { letter: 'payment-reminder', name: 'second', afterDays: 8, afterPreviousDays: 4 },
        { letter: 'work-paused', afterDays: 15, effect: 'none' },
      ],
    };
    expect(check(json).dunning.steps.map(({ name, approval, effect }) => [name, approval, effect])).toEqual([
      ['before', 'auto', 'none'],
      ['payment-reminder', 'auto', 'none'],
      ['second', 'auto', 'none'],
      ['work-paused', 'auto', 'none'],
    ]);
    expect(check({ ...small(), dunning: { steps: [] } }).dunning.steps).toEqual([]);
  });

  it('allows a byte order mark', () => {
    expect(checkConfig(`\uFEFF${JSON.stringify(small())}`, '/c.json').owner.name).toBe('Anna Rossi');
  });
});

/** What is changed in a sound configuration -> the path that the refusal names, and what it says. */
const signingIn = (oauth: object) => (json: Json) => {
  delete json['mailboxes'][0].imap.password;
  json['mailboxes'][0].oauth = oauth;
};

const broken: [string, (json: Json) => void, RegExp, RegExp?][] = [
  ['no owner', (json) => delete json['owner'], /^owner is missing/],
  ['no name', (json) => delete json['owner'].name, /^owner\.name is missing/],
  ['a name of two lines', (json) => (json['owner'].name = 'Anna\r\nBcc: x@y.it'), /^owner\.name must be one line/],
  ['an unknown key', (json) => (json['owner'].adresses = []), /^owner\.adresses is not a known key/, /"addresses"/],
  [
    'an unknown key at the top',
    (json) => (json['contacthours'] = {}),
    /^contacthours is not a known key/,
    /"contactHours"/,
  ],
  [
    'a key in the wrong place',
    (json) => (json['timeZone'] = 'UTC'),
    /^timeZone is not a known key/,
    /"owner\.timeZone"/,
  ],
  [
    'a key that resembles none',
    (json) => (json['owner'].xqzwvk = 1),
    /^owner\.xqzwvk is not a known key/,
    /Known keys here: name, business/,
  ],
  [
    'a wrong address',
    (json) => (json['owner'].addresses = ['anna@studio']),
    /^owner\.addresses\[0\] must be one plain mail address/,
  ],
  [
    'an address with a second header',
    (json) => (json['owner'].addresses = ['a@b.it\r\nBcc: c@d.it']),
    /^owner\.addresses\[0\] must be/,
  ],
  ['no address', (json) => (json['owner'].addresses = []), /^owner\.addresses needs at least one entry/],
  [
    'an unknown time zone',
    (json) => (json['owner'].timeZone = 'Europe/Roma'),
    /^owner\.timeZone must be a time zone/,
    /tz_database/,
  ],
  ['a fixed offset', (json) => (json['owner'].timeZone = '+01:00'), /^owner\.timeZone must be a time zone/],
  ['an unknown language', (json) => (json['owner'].language = 'de'), /^owner\.language must be one of "it", "en"/],
  [
    'an IBAN with a slip',
    (json) => (json['owner'].iban = 'IT60X0542811101000000123457'),
    /^owner\.iban must be an IBAN/,
  ],
  ['a number as text', (json) => (json['responseWindow'] = { hours: '72' }), /^responseWindow\.hours must be a number/],
  [
    'a window of nothing',
    (json) => (json['responseWindow'] = { hours: 0 }),
    /^responseWindow\.hours must be at least 1/,
  ],
  [
    'half an hour',
    (json) => (json['responseWindow'] = { hours: 1.5 }),
    /^responseWindow\.hours must be a whole number/,
  ],
  [
    'an unknown way to count',
    (json) => (json['responseWindow'] = { count: 'days' }),
    /^responseWindow\.count must be one of "elapsed", "working-days"/,
  ],
  [
    'a hold longer than the window',
    (json) => (json['acknowledgement'] = { holdMinutes: 5000 }),
    /^acknowledgement\.holdMinutes must not be longer/,
  ],
  [
    'a block that is none',
    (json) => (json['contactHours'].mon = ['9-13']),
    /^contactHours\.mon\[0\] must be a block of hours/,
  ],
  [
    'a time that no clock shows',
    (json) => (json['contactHours'].mon = ['09:00-25:00']),
    /^contactHours\.mon\[0\] must be a block of hours/,
  ],
  [
    'blocks that overlap',
    (json) => (json['contactHours'].mon = ['09:00-13:00', '12:00-18:00']),
    /^contactHours has blocks that meet in time: mon/,
  ],
  [
    'a night that runs into the morning',
    (json) => Object.assign(json['contactHours'], { mon: ['22:00-01:00'], tue: ['00:30-02:00'] }),
    /^contactHours has blocks that meet/,
  ],
  ['no hours at all', (json) => (json['contactHours'].mon = []), /^contactHours needs at least one block/],
  [
    'a weekday in another language',
    (json) => (json['contactHours'].lun = ['09:00-13:00']),
    /^contactHours\.lun is not a known key/,
  ],
  [
    'an unknown country',
    (json) => (json['contactHours'].holidays = { country: 'XX' }),
    /^contactHours\.holidays cannot be used/,
  ],
  [
    'an extra day that is none',
    (json) => (json['contactHours'].holidays = { extra: [{ date: '02-30', name: 'x' }] }),
    /^contactHours\.holidays\.extra\[0\]\.date must be/,
  ],
  [
    'a closure that ends before it begins',
    (json) => (json['contactHours'].closures = [{ from: '2027-08-20', to: '2027-08-10' }]),
    /^contactHours\.closures\[0\]\.to must not be before/,
  ],
  [
    'a day that is none',
    (json) => (json['contactHours'].closures = [{ from: '2027-02-30', to: '2027-03-10' }]),
    /^contactHours\.closures\[0\]\.from must be a day/,
  ],
  [
    'an unknown letter',
    (json) => (json['dunning'] = { steps: [{ letter: 'reminder', afterDays: 3 }] }),
    /^dunning\.steps\[0\]\.letter must be one of/,
  ],
  [
    'steps in the wrong order',
    (json) =>
      (json['dunning'] = {
        steps: [
          { letter: 'work-paused', afterDays: 10 },
          { letter: 'payment-reminder', afterDays: 3 },
        ],
      }),
    /^dunning\.steps\[1\]\.afterDays must not be earlier/,
  ],
  [
    'two steps of one name',
    (json) =>
      (json['dunning'] = {
        steps: [
          { letter: 'payment-reminder', afterDays: 3 },
          { letter: 'payment-reminder', afterDays: 9 },
        ],
      }),
    /^dunning\.steps\[1\] has the name/,
    /"name" of its own/,
  ],
  [
    'a termination before the end',
    (json) =>
      (json['dunning'] = {
        steps: [
          { letter: 'termination', afterDays: 3 },
          { letter: 'payment-reminder', afterDays: 9 },
        ],
      }),
    /^dunning\.steps\[0\] ends the collaboration/,
  ],
  ['no mailbox', (json) => (json['mailboxes'] = []), /^mailboxes needs at least one entry/],
  [
    'two mailboxes of one name',
    (json) => json['mailboxes'].push(json['mailboxes'][0]),
    /^mailboxes\[1\]\.name is the name of an earlier mailbox/,
  ],
  [
    'a sender of another',
    (json) => (json['mailboxes'][0].from = 'x@y.example'),
    /^mailboxes\[0\]\.from must be one of owner\.addresses/,
    /Add the address/,
  ],
  [
    'a URL for a host',
    (json) => (json['mailboxes'][0].imap.host = 'imaps://imap.studio.example'),
    /^mailboxes\[0\]\.imap\.host must be a host name alone/,
  ],
  [
    'clear-text IMAP',
    (json) => (json['mailboxes'][0].imap.secure = false),
    /^mailboxes\[0\]\.imap\.secure must not be false/,
    /starttls/,
  ],
  [
    'clear-text SMTP',
    (json) => (json['mailboxes'][0].smtp.secure = false),
    /^mailboxes\[0\]\.smtp\.secure must not be false/,
  ],
  [
    'TLS on a port that begins in clear',
    (json) => (json['mailboxes'][0].smtp.port = 587),
    /^mailboxes\[0\]\.smtp\.secure does not fit port 587/,
    /"starttls"/,
  ],
  [
    'STARTTLS on a TLS port',
    (json) => Object.assign(json['mailboxes'][0].imap, { port: 993, secure: 'starttls' }),
    /^mailboxes\[0\]\.imap\.secure does not fit port 993/,
  ],
  [
    'a port that is none',
    (json) => (json['mailboxes'][0].imap.port = 99999),
    /^mailboxes\[0\]\.imap\.port must be at most 65535/,
  ],
  [
    'a password in clear',
    (json) => (json['mailboxes'][0].imap.password = 'hunter2'),
    /^mailboxes\[0\]\.imap\.password holds a password in clear/,
    /"env".*"command".*"file".*0600.*"keyring"/,
  ],
  [
    'a key "pass"',
    (json) => (json['mailboxes'][0].imap.pass = 'hunter2'),
    /^mailboxes\[0\]\.imap\.pass is not a known key/,
    /"password"/,
  ],
  [
    'no password',
    (json) => delete json['mailboxes'][0].imap.password,
    /^mailboxes\[0\]\.imap\.password is missing/,
    /"env"/,
  ],
  [
    'two ways to a password',
    (json) => (json['mailboxes'][0].imap.password = { env: 'A', file: 'b' }),
    /^mailboxes\[0\]\.imap\.password must name exactly one/,
  ],
  [
    'a password and a sign-in',
    (json) => (json['mailboxes'][0].oauth = { provider: 'google', clientId: 'x' }),
    /^mailboxes\[0\] has more than one way to log in: "imap.password" and "oauth"/,
    /Leave one of them/,
  ],
  [
    'a sign-in nowhere',
    signingIn({ clientId: 'x' }),
    /^mailboxes\[0\]\.oauth must name either "provider" or "issuer"/,
    /google, microsoft, fastmail/,
  ],
  [
    'a sign-in at two places',
    signingIn({ provider: 'google', issuer: 'https://login.example.com', clientId: 'x' }),
    /^mailboxes\[0\]\.oauth must name either "provider" or "issuer"/,
  ],
  [
    'a sign-in at an issuer in clear',
    signingIn({ issuer: 'http://login.example.com', clientId: 'x', scopes: ['mail'] }),
    /^mailboxes\[0\]\.oauth\.issuer must be an address that begins with https/,
  ],
  [
    'a sign-in that asks an issuer for nothing',
    signingIn({ issuer: 'https://login.example.com', clientId: 'x' }),
    /^mailboxes\[0\]\.oauth\.scopes is missing/,
    /offline_access/,
  ],
  [
    'a directory at Google',
    signingIn({ provider: 'google', clientId: 'x', tenant: 'studio.example' }),
    /^mailboxes\[0\]\.oauth\.tenant is of Microsoft alone/,
  ],
  [
    'the secret of a client in clear',
    signingIn({ provider: 'google', clientId: 'x', clientSecret: 'GOCSPX-hunter2' }),
    /^mailboxes\[0\]\.oauth\.clientSecret holds a secret in clear/,
    /"env".*"command".*"file".*0600.*"keyring"/,
  ],
  [
    'a token command as one text',
    (json) => (json['mailboxes'][0].tokenCommand = 'print token'),
    /^mailboxes\[0\]\.tokenCommand must be a list/,
  ],
  [
    'a password where its variable belongs',
    (json) => (json['mailboxes'][0].imap.password = { env: 'hunter2!' }),
    /^mailboxes\[0\]\.imap\.password\.env must be the name/,
  ],
  [
    'a command as one text',
    (json) => (json['mailboxes'][0].imap.password = { command: 'pass show mail' }),
    /^mailboxes\[0\]\.imap\.password\.command must be a list/,
  ],
  ['too few fields for cron', (json) => (json['jobs'] = { dun: '0 9 * *' }), /^jobs\.dun must be a cron expression/],
  ['a minute that is none', (json) => (json['jobs'] = { dun: '60 9 * * *' }), /^jobs\.dun must be a cron expression/],
  [
    'an unknown job',
    (json) => (json['jobs'] = { recieve: '* * * * *' }),
    /^jobs\.recieve is not a known key/,
    /"receive"/,
  ],
  ['an unknown mode', (json) => (json['sending'] = { mode: 'auto' }), /^sending\.mode must be one of "review", "live"/],
  ['no limit', (json) => (json['sending'] = { perDay: 0 }), /^sending\.perDay must be at least 1/],
  [
    'yes for true',
    (json) => (json['acknowledgement'] = { enabled: 'yes' }),
    /^acknowledgement\.enabled must be true or false/,
  ],
  ['a list for an object', (json) => (json['owner'] = []), /^owner must be an object/],
];

describe('a broken configuration is refused, naming its path:', () => {
  it.each(broken)('%s', (_name, breakIt, message, next) => {
    const json = small();
    breakIt(json);
    const fault = refusal(() => check(json));
    expect(fault.code).toBe('config');
    expect(fault.message).toMatch(message);
    expect(fault.where).toMatch(/^\/studio\/config\.json:\d+:\d+$/);
    if (next !== undefined) expect(fault.next).toMatch(next);
    expect(`${fault.message} ${fault.next} ${fault.where}`).not.toContain('hunter2');
  });

  it('several at once, each with its line', () => {
    const fault = refusal(() => check({ ...small(), sending: { mode: 'x', perDay: 0 }, dataDirectory: '.' }));
    expect(fault.message).toMatch(
      /^the configuration has 3 faults:\n {2}\d+:\d+ {2}sending\.mode .*\n {2}\d+:\d+ {2}sending\.perDay .*\n {2}\d+:\d+ {2}dataDirectory .*dataDir/,
    );
    expect(fault.next).toContain('paletti config check');
  });
});

const unreadable: [string, string, string, RegExp][] = [
  ['nothing', '', '1:1', /empty/],
  ['a comment', '{\n  // mine\n}', '2:3', /no comments/],
  ['a trailing comma', '{"a": 1,\n}', '1:8', /comma after the last entry/],
  ['single quotes', "{\n'a': 1}", '2:1', /key in double quotes/],
  ['a missing colon', '{"a" 1}', '1:6', /colon/],
  ['a missing comma', '{"a": 1\n "b": 2}', '2:2', /comma or }/],
  ['a text over two lines', '{"a": "x\ny"}', '1:7', /not closed/],
  ['an end in the middle', '{"a": [1,', '1:10', /ends in the middle/],
  ['a key twice', '{"a": 1,\n "a": 2}', '2:2', /twice/],
  ['two values', '{} {}', '1:4', /more text/],
  ['a word', '{"a": yes}', '1:7', /a value belongs here/],
];

describe('text that is not JSON is refused with line and column:', () => {
  it.each(unreadable)('%s', (_name, text, position, message) => {
    const fault = refusal(() => checkConfig(text, '/studio/config.json'));
    expect(fault.code).toBe('config');
    expect(fault.where).toBe(`/studio/config.json:${position}`);
    expect(fault.message).toMatch(message);
  });

  it('nested too deeply', () => {
    expect(refusal(() => checkConfig('['.repeat(100_000), '/c.json')).message).toMatch(/nested deeper/);
  });
});

describe('the file', () => {
  it('is looked for where it was said, in the environment, here, and in the home', () => {
    const here = join(folder, 'config.json');
    writeFileSync(here, JSON.stringify(small()));
    expect(findConfig('/x/y.json', {}, folder)).toBe('/x/y.json');
    expect(findConfig(undefined, { PALETTI_CONFIG: 'other.json' }, folder)).toBe(join(folder, 'other.json'));
    expect(findConfig(undefined, { HOME: '/nowhere' }, folder)).toBe(here);
    expect(readConfig(undefined, { HOME: '/nowhere' }, folder).path).toBe(here);
  });

  it('that is not there is a fault that says how to make one', () => {
    const fault = refusal(() => findConfig(undefined, { HOME: '/nowhere' }, '/nowhere'));
    expect(fault.code).toBe('config');
    expect(fault.next).toMatch(/paletti init.*cp config\.example\.json config\.json.*paletti doctor/);
    expect(refusal(() => readConfig('/nowhere/c.json', {}, '/')).message).toContain('no such configuration');
  });

  it('that is not UTF-8 is refused', () => {
    const path = join(folder, 'latin1.json');
    writeFileSync(path, Buffer.from('{"owner": "Perch\xe9"}', 'latin1'));
    expect(refusal(() => readConfig(path, {}, '/')).message).toContain('UTF-8');
  });
});

describe.skipIf(process.platform === 'win32')("a configuration that is not the owner's alone", () => {
  const path = join(folder, 'shared.json');
  const readShared = () => readConfig(path, {});
  const written = (mode: number) => {
    writeFileSync(path, JSON.stringify(small()));
    chmodSync(path, mode);
  };

  it.each([0o600, 0o644, 0o640, 0o444])('is read where nobody else can write it: %o', (mode) => {
    written(mode);
    expect(readShared().owner.name).toBe('Anna Rossi');
  });

  it.each([0o666, 0o646, 0o622])('is refused where others can write it: %o', (mode) => {
    written(mode);
    const fault = refusal(readShared);
    expect(fault).toMatchObject({ code: 'config', where: path });
    expect(fault.message).toContain('others can write');
    expect(fault.next).toContain('chmod go-w');
  });

  it.skipIf(process.getuid?.() !== 0)('is refused where it belongs to another user', () => {
    written(0o600);
    chownSync(path, 65_534, 65_534);
    expect(refusal(readShared).message).toContain('belongs to another user');
    rmSync(path);
  });

  it('is refused at once where it is a pipe', () => {
    const pipe = join(folder, 'pipe.json');
    execFileSync('mkfifo', [pipe]);
    expect(refusal(() => readConfig(pipe, {})).message).toContain('not a plain file');
  });
});

describe('a quotation mark that is missing', () => {
  it('is found at once, with its line', () => {
    const text = JSON.stringify(small(), null, 2).replace('"Anna Rossi"', `"Anna Rossi${'x'.repeat(60_000)}`);
    const fault = refusal(() => checkConfig(text, '/studio/config.json'));
    expect(fault.message).toContain('is not closed');
    expect(fault.where).toMatch(/config\.json:3:/);
  });

  it('is found wherever it is left out', () => {
    const text = JSON.stringify(small(), null, 2);
    for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1))
      expect(() => checkConfig(text.slice(0, at) + text.slice(at + 1), '/studio/config.json')).toThrow(AppError);
  });
});
