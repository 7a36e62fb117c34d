/** The command line as a whole: help, usage, faults and their exit codes, where data and messages go. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode, exitCodes } from '../../src/errors.ts';
import type { Ways } from '../../src/cli/ways.ts';
import { config, openTerminal } from './terminal.ts';

describe('help', () => {
  it.each([[[]], [['--help']], [['help']]])('%j names every command, on stdout', async (words) => {
    const { code, out, err } = await openTerminal({ config: null }).type(...words);
    expect([code, err]).toEqual([0, '']);
    for (const name of [
      'init',
      'doctor',
      'run',
      'demo',
      'status',
      'inbox',
      'decide',
      'clients',
      'invoices',
      'outbox',
      'plan',
      'journal',
      'templates',
      'config',
      'pause',
      'resume',
      'notices',
      'backup',
      'service',
    ]) {
      expect(out).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    }
    expect(out).toContain('7 waits for approval');
  });

  it('of a command and its verbs', async () => {
    const terminal = openTerminal({ config: null });
    expect((await terminal.type('help', 'clients')).out).toMatch(/import.*\n[\s\S]*export/);
    expect((await terminal.type('invoices', 'paid', '--help')).out).toContain('--reference');
  });

  it('the version', async () => {
    expect(await openTerminal({ config: null }).type('--version')).toEqual({ code: 0, out: '0.0.0\n', err: '' });
  });
});

describe('a slip of the pen ends with exit code 2', () => {
  it.each([
    [['statsu'], /status/],
    [['status', '--jsno'], /--json/],
    [['outbox', 'aprove', '1'], /unknown command 'outbox aprove'\n {2}next: {2}Known are: list, own, show, approve/],
    [['clients', 'add'], /next: {2}See: paletti clients add --help/],
    [['outbox', 'approve'], /ids/],
    [['outbox', 'approve', 'x'], /"x" is not the number of a letter/],
    [['invoices', 'add', '7', '--client', 'A'], /--total/],
    [['outbox', 'resolve', '1'], /--sent or --not-sent/],
    [['run', '--log-level', 'loud'], /"loud"/],
  ])('%j', async (words, message) => {
    const { code, out, err } = await openTerminal().type(...words);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(message);
  });
});

describe('a fault', () => {
  it('says what happened, where, and what next', async () => {
    const { code, out, err } = await openTerminal({ config: null }).type('status');
    expect([code, out]).toEqual([3, '']);
    expect(err).toMatch(
      /^paletti: there is no configuration yet\n {2}where: .*config\.json.*\n {2}next: {2}.*cp config\.example\.json config\.json.*paletti doctor/,
    );
  });

  it.each(Object.entries(exitCodes) as [ErrorCode, number][])('of the kind %s ends with %i', async (code, exit) => {
    const terminal = openTerminal({
      ways: { readConfig: async () => Promise.reject(new AppError(code, 'no', { where: 'here', next: 'go on' })) },
    });
    expect(await terminal.type('status')).toEqual({
      code: exit,
      out: '',
      err: 'paletti: no\n  where: here\n  next:  go on\n',
    });
  });

  it('of the program itself shows its trace only on request', async () => {
    const broken = { readConfig: async () => Promise.reject(new TypeError('x is\u001b[31m undefined')) };
    const quiet = await openTerminal({ ways: broken }).type('status');
    expect([quiet.code, quiet.err.includes('\u001b'), quiet.err.includes('    at ')]).toEqual([1, false, false]);
    expect(quiet.err).toContain('PALETTI_DEBUG=1');
    const loud = await openTerminal({ ways: { ...broken, env: { PALETTI_DEBUG: '1' } } }).type('status');
    expect(loud.err).toContain('    at ');
  });

  it('in the configuration names its line', async () => {
    const terminal = openTerminal();
    writeFileSync(join(terminal.dir, 'config.json'), JSON.stringify({ ...config, sendng: {} }, null, 1));
    const { code, err } = await terminal.type('status');
    expect(code).toBe(3);
    expect(err).toMatch(
      /sendng is not a known key\n {2}where: .*config\.json:\d+:\d+\n {2}next: {2}Did you mean "sending"\?/,
    );
  });
});

describe('paletti config', () => {
  it('check says that a sound file is sound', async () => {
    const terminal = openTerminal();
    expect((await terminal.type('config', 'check')).out).toContain('is sound');
    expect(await terminal.json('config', 'check')).toMatchObject({
      mode: 'review',
      mailboxes: ['studio'],
      dataDir: join(terminal.dir, 'data'),
    });
  });

  it('check looks at another file too', async () => {
    const terminal = openTerminal();
    writeFileSync(join(terminal.dir, 'other.json'), '{');
    expect((await terminal.type('config', 'check', 'other.json')).code).toBe(3);
    expect((await terminal.type('config', 'check', 'missing.json')).code).toBe(3);
  });

  it('schema prints JSON and nothing else', async () => {
    const { code, out, err } = await openTerminal({ config: null }).type('config', 'schema');
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({ type: 'object', additionalProperties: false });
  });
});

describe('paletti demo and run', () => {
  it('demo needs no configuration', async () => {
    const asked: unknown[] = [];
    const demo: Ways['demo'] = async (options) => {
      asked.push(options);
      return 'config.json';
    };
    const terminal = openTerminal({ config: null, ways: { demo } });
    expect((await terminal.type('demo', '--days', '3')).code).toBe(0);
    expect(asked).toEqual([{ days: 3, dir: undefined }]);
  });

  it('demo --page opens the page on the configuration that the story leaves behind', async () => {
    const opened: string[] = [];
    const terminal = openTerminal({
      ways: {
        demo: async () => 'config.json',
        servePage: async ({ path }) => ({
          address: 'http://127.0.0.1:1/',
          isOurs: true,
          ended: Promise.resolve(),
          open: async () => opened.push(path) > 0,
        }),
      },
    });
    expect((await terminal.type('demo', '--page')).code).toBe(0);
    expect(opened).toEqual([expect.stringMatching(/config\.json$/)]);
  });

  it('run says that another one is running', async () => {
    const terminal = openTerminal({
      ways: { openApp: async () => Promise.reject(new AppError('already-running', 'Paletti is running already')) },
    });
    expect((await terminal.type('run', '--once')).code).toBe(6);
  });
});

describe('signs try', () => {
  it('says what is heard in each sentence of a file, without a configuration', async () => {
    const terminal = openTerminal({ config: null });
    const file = join(terminal.dir, 's.json');
    writeFileSync(file, JSON.stringify({ pressing: ['Mi serve tutto entro stasera.'], x: ['Grazie mille!'] }));
    const { code, out } = await terminal.type('signs', 'try', file, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual([
      { sentence: 'Mi serve tutto entro stasera.', signs: ['pressing'] },
      { sentence: 'Grazie mille!', signs: [] },
    ]);
  });

  it('refuses a file without sentences', async () => {
    const terminal = openTerminal({ config: null });
    const file = join(terminal.dir, 's.json');
    writeFileSync(file, '{"a": 1}');
    const { code, err } = await terminal.type('signs', 'try', file);
    expect([code, err]).toEqual([1, expect.stringContaining('holds no sentences')]);
  });
});
