/** The client's file from the command line: log, terms, projects, marks, timeline and what `clients show` says of it. */
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/errors.ts';
import { config, openTerminal, type Terminal } from './terminal.ts';

const withPhone = {
  ...config,
  phoneHours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['10:00-12:00']])),
};

async function withClient(options: Parameters<typeof openTerminal>[0] = {}): Promise<Terminal> {
  const terminal = openTerminal({ config: withPhone, ...options });
  await terminal.type('clients', 'add', 'Bianchi Srl', '--address', 'luca@bianchi.example');
  return terminal;
}

describe('clients log', () => {
  it.each([
    ['a call in phone hours', ['call', '--at', '2026-11-20 10:30', 'saluti'], ''],
    [
      'a call out of phone hours',
      ['call', '--at', '2026-11-20 15:00', 'saluti'],
      'Out of hours: 15:00, after closing at 12:00.',
    ],
    ['a chat in contact hours', ['chat', '--at', '2026-11-20 15:00', 'saluti'], ''],
    ['a chat at night', ['chat', '--at', '2026-11-20 21:30', 'saluti'], 'Out of hours: 21:30, after closing at 18:00.'],
    ['a meeting on a Saturday', ['meeting', '--at', '2026-11-21 10:00', 'pranzo'], 'Out of hours: Saturday.'],
    ['what the owner began', ['call', '--out', '--at', '2026-11-21 10:00', 'saluti'], ''],
    ['work on a Saturday', ['work', '--at', '2026-11-21 10:00', '2h', 'bozza'], ''],
    ['a note', ['note', '--at', '2026-11-21 10:00', 'litigioso'], ''],
    ['a piece handed over', ['delivery', '--at', '2026-11-20 21:00', 'bozza'], ''],
  ])('flags what should be flagged: %s', async (_name, words, flag) => {
    const terminal = await withClient();
    const { code, err } = await terminal.type('clients', 'log', 'bianchi', ...words);
    expect(code).toBe(0);
    expect(err.includes('Out of hours')).toBe(flag !== '');
    expect(err).toContain(flag);
  });

  it.each([
    ['2h', 120],
    ['45m', 45],
    ['1h30', 90],
    ['1h30m', 90],
    ['1.5h', 90],
    ['90min', 90],
    ['3D', null],
  ])('takes "%s" at the beginning for a length, or for text', async (word, minutes) => {
    const terminal = await withClient();
    await terminal.type('clients', 'log', '1', 'work', word, 'header and footer');
    const [entry] = (await terminal.json('clients', 'show', '1')).log;
    expect(entry).toMatchObject({ kind: 'work', minutes, direction: null });
    expect(entry.text).toBe(minutes === null ? `${word} header and footer` : 'header and footer');
  });

  it('takes the length from its option, and the words as they are', async () => {
    const terminal = await withClient();
    await terminal.type('clients', 'log', '1', 'call', '--minutes', '12', '2h', 'late');
    expect((await terminal.json('clients', 'show', '1')).log).toMatchObject([
      { minutes: 12, text: '2h late', direction: 'in', at: '2026-11-23T09:00:00Z' },
    ]);
  });

  it.each([
    ['an unknown kind', ['fax', 'x'], 'not a kind of entry'],
    ['no text', ['call'], 'no text'],
    ['both directions', ['call', '--in', '--out', 'x'], 'exclude each other'],
    ['the future', ['call', '--at', '2026-11-24 10:00', 'x'], 'lies in the future'],
    ['no moment', ['call', '--at', 'later', 'x'], 'not a moment'],
    ['a length beyond a day', ['work', '25h', 'x'], 'not a length of time'],
  ])('refuses %s', async (_name, words, reason) => {
    const terminal = await withClient();
    const { code, err } = await terminal.type('clients', 'log', '1', ...words);
    expect(code).not.toBe(0);
    expect(err).toContain(reason);
    expect((await terminal.json('clients', 'show', '1')).log).toEqual([]);
  });
});

describe('clients terms', () => {
  it('are set, shown, and told to a program', async () => {
    const terminal = await withClient();
    const set = [
      '--contract',
      '2026-01-05',
      '--scope',
      'Sito',
      '--scope',
      'Logo',
      '--rate',
      '60',
      '--rate-unit',
      'hour',
    ];
    const { err } = await terminal.type('clients', 'terms', '1', ...set, '--currency', 'EUR', '--payment-days', '30');
    expect(err).toContain('changed contractSignedOn, scope, rateCents, rateUnit, currency, paymentTerms');
    const { out } = await terminal.type('clients', 'terms', '1');
    expect(out).toBe(
      '  Contract: signed on 2026-01-05\n  Rate: 60.00 EUR each hour\n  Payment: 30 days from the invoice\n  Scope:\n    - Sito\n    - Logo\n',
    );
    expect(await terminal.json('clients', 'terms', '1')).toMatchObject({
      rateCents: 6000,
      paymentTerms: { days: 30, endOfMonth: false },
    });
    expect((await terminal.type('clients', 'terms', '1', '--scope', 'Sito', '--scope', 'Logo')).err).toContain(
      'as it was',
    );
  });

  it('refuse what cannot be read', async () => {
    const terminal = await withClient();
    const { code, err } = await terminal.type('clients', 'terms', '1', '--contract', 'soon');
    expect(code).toBe(exitCodes.usage);
    expect(err).toContain('YYYY-MM-DD');
  });
});

describe('clients project and mark', () => {
  it('say what they did, and what there is', async () => {
    const terminal = await withClient();
    expect((await terminal.type('clients', 'project', '1')).err).toContain('No projects yet');
    expect((await terminal.type('clients', 'project', '1', 'add', 'Sito', 'nuovo')).err).toContain(
      '"Sito nuovo" is active.',
    );
    expect((await terminal.type('clients', 'project', '1', 'pause', 'sito nuovo')).err).toContain('is paused.');
    expect((await terminal.type('clients', 'project', '1', 'pause', 'sito nuovo')).err).toContain('is paused already.');
    expect((await terminal.type('clients', 'project', '1')).out).toBe('  Sito nuovo: paused, since 2026-11-23\n');
    expect((await terminal.type('clients', 'project', '1', 'sell', 'x')).err).toContain('not a project action');
    expect((await terminal.type('clients', 'mark', '1', 'no-time', '--note', 'full')).err).toContain(
      'with the mark "no-time"',
    );
    expect((await terminal.type('clients', 'mark', '1')).out).toBe('  no-time: full\n');
    expect(await terminal.json('clients', 'mark', '1', 'no-time', '--remove')).toEqual([]);
    expect((await terminal.type('clients', 'mark', '1', 'lazy')).err).toContain('outside-field');
  });
});

describe('clients show', () => {
  it('says that there is too little to tell', async () => {
    const terminal = await withClient();
    const { out } = await terminal.type('clients', 'show', 'bianchi');
    expect(out).toContain('Contract: not told');
    expect(out).toContain('no messages; no payment');
    expect(out).toContain('One step to consider: keep things as they are');
  });

  it('holds what was logged, in the timeline and in the signs', async () => {
    const terminal = await withClient();
    await terminal.type('clients', 'terms', '1', '--contract', 'none');
    await terminal.type('clients', 'log', '1', 'work', '2h', 'bozza');
    for (const hour of [19, 20, 21, 22])
      await terminal.type('clients', 'log', '1', 'call', '--at', `2026-11-20 ${hour}:00`, 'sconto');
    const { out } = await terminal.type('clients', 'show', '1');
    expect(out).toMatch(/Fri 20 Nov 19:00 {2}call.*sconto \[out of hours: 19:00, after closing at 12:00\]/);
    expect(out).toContain('1.60  no contract: no contract, as you said, and work since 23 November 2026');
    expect(out).toContain('–  out of hours: 4 of 4 contacts (100 %) out of hours: too few to tell');
    expect(out).toContain('paletti letter 1 contract');
    const shown = await terminal.json('clients', 'show', '1');
    expect(shown.summary).toMatchObject({ weight: 1.6, suggestion: { step: 'ask-contract' } });
    expect(shown.timeline[0]).toMatchObject({ kind: 'work', at: '2026-11-23T09:00:00Z', minutes: 120 });
  });
});

describe('work for a client for whom no work goes on', () => {
  it('is logged, with a word on it', async () => {
    const terminal = openTerminal();
    await terminal.type('clients', 'add', 'Moretti', '--address', 'm@moretti.example');
    const before = await terminal.type('clients', 'log', '1', 'work', '2h', 'home page');
    expect(before.err).not.toContain('paused');
    await terminal.type('clients', 'edit', '1', '--work', 'paused');
    for (const kind of ['work', 'delivery']) {
      const logged = await terminal.type('clients', 'log', '1', kind, 'home page');
      expect(logged.code).toBe(0);
      expect(logged.err).toContain('paletti clients edit 1 --work active');
    }
    expect((await terminal.type('clients', 'log', '1', 'call', 'asked again')).err).not.toContain('paused');
    const italian = await terminal.type('--lang', 'it', 'clients', 'log', '1', 'work', '1h', 'home');
    expect(italian.err).toContain('il lavoro per Moretti è sospeso');
  });
});
