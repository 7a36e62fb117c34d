/** The commands that are printed as a step are those that take it: each is typed, and does what it says. */
import { expect, it } from 'vitest';
import { openTerminal, type Terminal } from './terminal.ts';

async function withClient(...more: string[]): Promise<Terminal> {
  const terminal = openTerminal();
  await terminal.type('clients', 'add', 'Bianchi Srl', '--address', 'luca@bianchi.example', ...more);
  return terminal;
}

/** As a shell takes a line apart, as far as these lines need it. */
const wordsOf = (command: string) =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '').slice(1);

async function stepOf(terminal: Terminal) {
  return (await terminal.json('clients', 'show', '1')).summary.suggestion as { step: string; command: string };
}

async function owes(terminal: Terminal): Promise<void> {
  const days = ['--issued', '2026-07-01', '--due', '2026-08-01'];
  expect(
    await terminal.type('invoices', 'add', '2026/1', '--client', '1', '--total', '1220.00', ...days),
  ).toMatchObject({
    code: 0,
  });
}

it.each([
  ['will-not-sign', 'end', ['exit', '1', 'status'], 'refusal'],
  ['different-philosophy', 'end', ['exit', '1', 'status'], 'different-direction'],
  ['no-time', 'refer', ['exit', '1', 'status'], 'no-capacity'],
  ['outside-field', 'refer', ['exit', '1', 'status'], 'different-direction'],
  ['unclear-goals', 'ask-contract', ['outbox', 'list'], 'boundary-contract'],
] as const)('%s: %s', async (mark, step, look, shown) => {
  const terminal = await withClient();
  await terminal.type('clients', 'mark', '1', mark);
  const advice = await stepOf(terminal);
  expect(advice.step).toBe(step);
  expect(await terminal.type(...wordsOf(advice.command))).toMatchObject({ code: 0 });
  expect(JSON.stringify(await terminal.json(...look))).toContain(shown);
});

it('a price that was refused, logged as the step says, proposes the end', async () => {
  const terminal = await withClient();
  expect(await terminal.type('clients', 'log', '1', 'price', 'refused')).toMatchObject({ code: 0 });
  const advice = await stepOf(terminal);
  expect(advice.step).toBe('end');
  expect(await terminal.type(...wordsOf(advice.command))).toMatchObject({ code: 0 });
  expect((await stepOf(terminal)).step).toBe('exit');
});

it('an attack has the dossier at hand', async () => {
  const terminal = await withClient();
  await terminal.type('clients', 'log', '1', 'attack', 'one star and a lie');
  const advice = await stepOf(terminal);
  expect(advice.step).toBe('document');
  expect(await terminal.type(...wordsOf(advice.command))).toMatchObject({ code: 0 });
});

it('money owed for long: pause, then end', async () => {
  const terminal = await withClient();
  await owes(terminal);
  const pause = await stepOf(terminal);
  expect(pause).toMatchObject({ step: 'pause' });
  expect(await terminal.type(...wordsOf(pause.command))).toMatchObject({ code: 0 });
  const end = await stepOf(terminal);
  expect(end).toMatchObject({ step: 'end', command: 'paletti exit 1 propose --reason non-payment' });
  expect(await terminal.type(...wordsOf(end.command))).toMatchObject({ code: 0 });
});

it.each([
  ['paletti clients terms 1 --payment-days 0'],
  ['paletti clients terms 1 --currency EUR --rate 90 --rate-unit hour'],
  ['paletti clients log 1 price refused'],
  ['paletti letter 1 boundary'],
  ['paletti letter 1 decisions'],
  ['paletti letter 1 contract'],
  ['paletti clients edit 1 --work paused'],
  ['paletti clients project 1 pause "Sito nuovo"'],
  ['paletti requests list --client 1'],
])('%s', async (command) => {
  const terminal = await withClient();
  await terminal.type('clients', 'project', '1', 'add', 'Sito', 'nuovo');
  expect(await terminal.type(...wordsOf(command))).toMatchObject({ code: 0 });
});

it('payment in advance, agreed as the step says, is seen the next time', async () => {
  const terminal = await withClient();
  await terminal.type('clients', 'terms', '1', '--payment-days', '0');
  expect((await terminal.json('clients', 'terms', '1')).paymentTerms).toMatchObject({ days: 0 });
});

it('asks once whether there is a contract, and the report says of whom it is not told', async () => {
  const terminal = openTerminal();
  const asked = await terminal.type('clients', 'add', 'Bianchi Srl', '--address', 'luca@bianchi.example');
  expect(asked.err + asked.out).toContain('paletti clients terms 1 --contract DAY, or --contract none');
  await terminal.type('clients', 'log', '1', 'work', '2h', 'bozza');
  expect((await terminal.type('report')).out).toContain('1 client: contract not told (Bianchi Srl)');
  expect((await terminal.json('clients', 'show', '1')).summary.signs).toEqual([]);
  await terminal.type('clients', 'terms', '1', '--contract', 'none');
  expect((await terminal.type('report')).out).not.toContain('contract not told');
  expect((await terminal.json('clients', 'show', '1')).summary.signs).toMatchObject([
    { sign: 'no-contract', weight: 1.6 },
  ]);
  await terminal.type('clients', 'terms', '1', '--contract', 'unknown');
  expect((await terminal.json('clients', 'terms', '1')).contractNone).toBe(false);
});

it('a register written to a file and read again keeps that there is none', async () => {
  const terminal = await withClient('--contract-signed', 'none');
  const { out } = await terminal.type('clients', 'export');
  expect(out).toMatch(/,none,/);
});

it('closeness and late money are shown together', async () => {
  const terminal = await withClient();
  await terminal.type('clients', 'mark', '1', 'too-close');
  await owes(terminal);
  expect((await terminal.type('clients', 'show', '1')).out).toContain('Close and late: marked by you: too close;');
});

it('a chat has its channel and a dinner its cost', async () => {
  const terminal = await withClient();
  for (const text of ['uno', 'due', 'tre'])
    expect(await terminal.type('clients', 'log', '1', 'chat', '--via', 'WhatsApp', text)).toMatchObject({ code: 0 });
  expect(await terminal.type('clients', 'log', '1', 'dinner', '--cost', '42.00', 'trattoria')).toMatchObject({
    code: 0,
  });
  expect((await terminal.type('clients', 'show', '1')).out).toContain('3 chats (whatsapp) where mail is agreed');
  expect(await terminal.type('clients', 'log', '1', 'dinner', '--cost', 'much', 'x')).toMatchObject({ code: 2 });
});
