/** The look back at a client who is gone: what it cost, what is learned, and how that meets whoever comes next. */
import { describe, expect, it } from 'vitest';
import { exit } from '../../src/jobs/exit.ts';
import { speakOfSigns } from '../../src/jobs/speak.ts';
import { tell } from '../../src/words/voice.ts';
import { openTerminal, rome, type Terminal } from './terminal.ts';

/** Ten commands and more, beside others' work on the machine. */
const patience = 180_000;

/** A client of last spring who never paid, told to go in November: ten hours, two of them at night, a dinner. */
async function goneClient(): Promise<Terminal> {
  const terminal = openTerminal();
  await terminal.type('clients', 'add', 'Moretti', '--address', 'm@moretti.example');
  const days = ['--issued', '2026-04-01', '--due', '2026-05-01'];
  await terminal.type('invoices', 'add', '2026/1', '--client', '1', '--total', '1200.00', ...days);
  await terminal.type('invoices', 'paid', '2026/1', '--amount', '240.00', '--on', '2026-05-20');
  await terminal.type('clients', 'log', '1', 'work', '8h', 'the site', '--at', '2026-04-10 10:00');
  await terminal.type('clients', 'log', '1', 'work', '2h', 'the site again', '--at', '2026-04-11 22:00');
  await terminal.type(
    'clients',
    'log',
    '1',
    'dinner',
    'talked of everything',
    '--at',
    '2026-04-20 20:00',
    '--cost',
    '40.00',
  );
  await terminal.type('exit', '1', 'propose', '--reason', 'non-payment');
  return terminal;
}

function noticeLeaves(terminal: Terminal): void {
  const desk = terminal.desk();
  const { store, config: settings, letters } = desk;
  exit({ store, clock: terminal.clock, settings, letters, mailbox: 'studio' });
  store.write(terminal.clock.now(), (w) =>
    w.run("UPDATE letters SET state = 'filed', sent_at = '2026-11-23T09:00:00Z' WHERE kind = 'termination'"),
  );
}

describe('the look back', () => {
  it(
    'is for the end: before notice was given it is refused',
    async () => {
      const terminal = await goneClient();
      expect(await terminal.type('exit', '1', 'look-back')).toMatchObject({ code: 1 });
    },
    patience,
  );

  it(
    'says the first sign and when, the real hour, the hours out of hours, what was lost, and one rule',
    async () => {
      const terminal = await goneClient();
      noticeLeaves(terminal);
      const { out, err } = await terminal.type('exit', '1', 'look-back');
      expect(out).toContain('For you alone');
      expect(out).toMatch(/First sign: .*on record by/);
      expect(out).toContain('10 h on record, 2 of them out of hours.');
      expect(out).toContain('Received: 240.00 EUR.');
      expect(out).toContain('Billed and never paid: 960.00 EUR.');
      expect(out).toContain('Spent on him: 40.00 EUR.');
      expect(out).toContain('Each hour really brought in 20.00 EUR.');
      expect(out).toContain('One rule that would have helped:');
      expect(out + err).toContain('paletti exit 1 look-back --rule');
      const view = await terminal.json('exit', '1', 'look-back');
      expect(view.firstSign.at < '2026-09-01').toBe(true);
      expect(view.missedDays).toBeGreaterThan(60);
      expect(view.lesson).toBeNull();
    },
    patience,
  );

  it(
    'keeps one lesson: another takes its place, and it can be taken back',
    async () => {
      const terminal = await goneClient();
      noticeLeaves(terminal);
      expect((await terminal.type('exit', '1', 'look-back', '--rule', 'paid-ahead')).out).toContain(
        'Learned: payment on',
      );
      expect((await terminal.type('exit', '1', 'look-back', '--rate', '60')).out).toContain(
        'no work below 60.00 EUR each',
      );
      expect((await terminal.json('exit', '1', 'look-back')).lesson).toMatchObject({ rule: 'least-rate' });
      expect((await terminal.type('exit', '1', 'look-back', '--rule', 'Mai più senza un acconto')).out).toContain(
        'Mai più',
      );
      await terminal.type('exit', '1', 'look-back', '--drop');
      expect((await terminal.json('exit', '1', 'look-back')).lesson).toBeNull();
      for (const wrong of [
        ['--rule', ''],
        ['--rule', 'paid-ahead', '--rate', '60'],
        ['--rule', 'x'.repeat(200)],
      ])
        expect((await terminal.type('exit', '1', 'look-back', ...wrong)).code).toBeGreaterThan(0);
    },
    patience,
  );
});

describe('whoever comes next', () => {
  it(
    'is held against it when she is added, and again when it is kept',
    async () => {
      const terminal = await goneClient();
      noticeLeaves(terminal);
      await terminal.type('exit', '1', 'look-back', '--rule', 'paid-ahead');
      terminal.clock.set(rome('2026-12-01 10:00'));
      const added = await terminal.type(
        'clients',
        'add',
        'Nuova Srl',
        '--address',
        'n@nuova.example',
        '--payment-days',
        '30',
      );
      expect(added.out + added.err).toContain('not kept: payment on receipt');
      expect(added.out + added.err).toContain('since Moretti');
      expect((await terminal.type('clients', 'show', '2')).out).toContain('not kept: payment on receipt');
      await terminal.type('clients', 'terms', '2', '--payment-days', '0');
      expect((await terminal.type('clients', 'show', '2')).out).not.toContain('payment on receipt');
    },
    patience,
  );

  it(
    'shows a first sign of the kind that taught it: one notice, once',
    async () => {
      const terminal = await goneClient();
      noticeLeaves(terminal);
      const desk = terminal.desk();
      const look = () => speakOfSigns({ store: desk.store, clock: terminal.clock, settings: desk.config });
      look();
      const { firstSign } = await terminal.json('exit', '1', 'look-back');
      await terminal.type('exit', '1', 'look-back', '--rule', 'contract-first');
      terminal.clock.set(rome('2026-12-01 10:00'));
      await terminal.type('clients', 'add', 'Nuova Srl', '--address', 'n@nuova.example');
      expect(firstSign.type).toBeDefined();
      desk.store.write(terminal.clock.now(), (w) =>
        w.run("UPDATE exits SET lesson = json_set(lesson, '$.type', 'without-contract')"),
      );
      await terminal.type('clients', 'mark', '2', 'will-not-sign');
      look();
      terminal.clock.set(rome('2026-12-02 10:00'));
      look();
      const said = (await terminal.json('notices')) as { notices?: { told: never }[] } | { told: never }[];
      const all = Array.isArray(said) ? said : (said.notices ?? []);
      const texts = all.map(({ told }) => tell(told, 'it').text).filter((text) => text.includes('Moretti'));
      expect(texts.filter((text) => text.includes('hai imparato'))).toHaveLength(1);
    },
    patience,
  );

  it(
    'says nothing where nothing was learned, and nothing of clients from before',
    async () => {
      const terminal = openTerminal();
      const added = await terminal.type('clients', 'add', 'Prima', '--address', 'p@prima.example');
      expect(added.out + added.err).not.toContain('learned');
    },
    patience,
  );
});
