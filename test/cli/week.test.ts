/** The Monday sheet: who crossed a line, what it is, the one step, what staying costs; and what it keeps silent about. */
import { expect, it } from 'vitest';
import { speakOfSigns } from '../../src/jobs/speak.ts';
import { wordsOf } from '../../src/words/voice.ts';
import { weekBlocks } from '../../src/words/week.ts';
import { viewWeek } from '../../src/desk/views/week.ts';
import type { TimeZone } from '../../src/rules/time.ts';
import { liveAYear } from '../support/year.ts';
import { englishIn, italianIn } from '../words/leftovers.ts';
import { openTerminal, rome, type Terminal } from './terminal.ts';

function look(terminal: Terminal): void {
  const desk = terminal.desk();
  speakOfSigns({ store: desk.store, clock: terminal.clock, settings: desk.config });
}

/** 2,400 EUR overdue, eleven hours of work, and a chat at night. */
async function owingClient(): Promise<Terminal> {
  const terminal = openTerminal();
  await terminal.type('clients', 'add', 'Bianchi Srl', '--address', 'luca@bianchi.example');
  const days = ['--issued', '2026-07-01', '--due', '2026-08-01'];
  await terminal.type('invoices', 'add', '2026/1', '--client', '1', '--total', '2400.00', ...days);
  await terminal.type('clients', 'log', '1', 'work', '8h', '--at', '2026-11-10 15:00');
  await terminal.type('clients', 'log', '1', 'work', '3h', '--at', '2026-11-11 15:00');
  return terminal;
}

it('a client who owes: the kind, the step that is typed, and what staying costs', async () => {
  const terminal = await owingClient();
  look(terminal);
  const { out } = await terminal.type('week');
  expect(out).toContain('Since Monday 16 November');
  expect(out).toContain('1 client crossed a line:');
  expect(out).toContain('Bianchi Srl: does not pay');
  expect(out).toContain('Monday 23 November: no pay');
  expect(out).toContain('Staying costs: 11 h in 90 days for someone who owes you 2,400.00 EUR');
  expect(out).toContain('paletti clients edit 1 --work paused');
  const { crossed } = await terminal.json('week');
  expect(crossed).toMatchObject([
    {
      client: 'Bianchi Srl',
      type: 'does-not-pay',
      step: 'pause',
      letter: null,
      staying: { days: 90, minutes: 660, messages: 0, owed: [{ cents: 240_000, currency: 'EUR' }] },
    },
  ]);
});

it('a line crossed before the last Monday is said to go on; one that is over is not said', async () => {
  const terminal = await owingClient();
  look(terminal);
  terminal.clock.set(rome('2026-12-07 09:00'));
  look(terminal);
  expect((await terminal.type('week')).out).toContain('Nobody crossed a line.');
  expect((await terminal.json('week')).goesOn).toMatchObject([{ client: 'Bianchi Srl', crossed: [] }]);
  await terminal.type('invoices', 'paid', '2026/1');
  look(terminal);
  const after = await terminal.json('week');
  expect(after.goesOn.flatMap((one: { signs: string[] }) => one.signs)).not.toContain('no-pay');
});

it('a line that was found on a Monday morning is in that sheet and in the next', async () => {
  const terminal = await owingClient();
  look(terminal);
  terminal.clock.set(rome('2026-11-30 08:00'));
  expect((await terminal.json('week')).crossed).toHaveLength(1);
});

it('a letter of the step that waits already is shown, not written twice', async () => {
  const terminal = openTerminal();
  await terminal.type('clients', 'add', 'Bianchi Srl', '--address', 'luca@bianchi.example');
  await terminal.type('clients', 'mark', '1', 'unclear-goals');
  await terminal.type('letter', '1', 'contract');
  look(terminal);
  const { crossed } = await terminal.json('week');
  expect(crossed).toMatchObject([{ type: 'not-for-you', letter: { kind: 'boundary-contract' } }]);
  expect((await terminal.type('week')).out).toContain(`paletti outbox show ${crossed[0].letter.id}`);
});

it('what was logged since the last look is in the sheet at once', async () => {
  const terminal = await owingClient();
  look(terminal);
  terminal.clock.set(rome('2026-12-07 09:00'));
  await terminal.type('clients', 'log', '1', 'attack', 'one star and a lie');
  expect((await terminal.json('week')).crossed).toMatchObject([
    { client: 'Bianchi Srl', type: 'attacks', crossed: [{ sign: 'threat' }], step: 'document' },
  ]);
});

it('of a client whose work has ended it says nothing, and an empty studio has a quiet sheet', async () => {
  const terminal = openTerminal();
  const quiet = await terminal.type('week');
  expect(quiet).toMatchObject({ code: 0 });
  expect(quiet.out).toContain('Nobody crossed a line.');
  await terminal.type('clients', 'add', 'Bianchi Srl', '--address', 'luca@bianchi.example');
  await terminal.type('clients', 'mark', '1', 'will-not-sign');
  const desk = terminal.desk();
  look(terminal);
  desk.store.write(terminal.clock.now(), (w) => w.run(`UPDATE clients SET work_state = 'ended' WHERE id = 1`));
  expect(await terminal.json('week')).toMatchObject({ crossed: [], goesOn: [] });
});

it('is said in one language at a time', async () => {
  const terminal = openTerminal();
  const desk = terminal.desk();
  liveAYear(desk);
  look(terminal);
  const week = desk.store.read((r) => viewWeek(r, desk.config, terminal.clock.now()));
  expect(week.crossed.length).toBeGreaterThan(2);
  const bare = { ...week, crossed: week.crossed.map((one) => ({ ...one, client: 'X', crossed: [] })) };
  const zone = 'Europe/Rome' as TimeZone;
  const textIn = (language: 'it' | 'en') =>
    weekBlocks(bare, wordsOf(language), zone)
      .flatMap(({ heading, lines }) => [heading, ...lines])
      .join('\n');
  expect(englishIn(textIn('it'))).toEqual([]);
  expect(italianIn(textIn('en'))).toEqual([]);
});
