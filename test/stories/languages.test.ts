/**
 * A studio with something of everything, looked at through the main commands in each language: nothing of the other
 * language is left over but what people wrote.
 */
import { describe, expect, it } from 'vitest';
import { config, openTerminal, rome, type Terminal } from '../cli/terminal.ts';
import { letter } from '../desk/support.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { pauseSending } from '../../src/desk/sending.ts';
import { putLetter } from '../../src/store/outbox.ts';
import { englishIn, italianIn } from '../words/leftovers.ts';
import { asWritten } from '../../src/rules/reason.ts';

/** Every word in it is a name, so that it belongs to no language. */
async function studio(language: 'it' | 'en'): Promise<Terminal> {
  let read: Config | undefined;
  const terminal: Terminal = openTerminal({
    config: { ...config, owner: { ...config.owner, language }, contactHours: config.contactHours },
    // the configuration stays the same, and to examine it takes longer than all else that a command does
    ways: { env: {}, readConfig: async (path) => (read ??= readConfig(path, {}, terminal.dir)) },
  });
  const { type } = terminal;
  await type('clients', 'add', 'Bianchi', '--address', 'laura@bianchi.example', '--payment-days', '30');
  await type('clients', 'add', 'Verdi', '--address', 'piero@verdi.example');
  await type('clients', 'terms', 'Bianchi', '--contract', '2026-01-10', '--rate', '60', '--rate-unit', 'hour');
  await type('clients', 'project', 'Bianchi', 'add', 'Rondo');
  await type('clients', 'mark', 'Bianchi', 'too-close', '--note', 'Rondo');
  await type('clients', 'log', 'Bianchi', 'call', '20m', 'Rondo', '--at', '2026-11-20 21:30');
  await type('invoices', 'add', '2026/1', '--client', 'Bianchi', '--total', '1220', '--issued', '2026-09-01');
  await type('invoices', 'paid', '2026/1', '--amount', '220');
  await type('invoices', 'add', '2026/2', '--client', 'Bianchi', '--total', '610', '--issued', '2026-11-01');
  await type('invoices', 'dispute', '2026/2', '--amount', '100');
  await type('clients', 'hold', 'Verdi', '--until', '5d', '--note', 'Rondo');
  await type('requests', 'add', 'Bianchi', '--text', 'Rondo', '--due', '2026-11-27');
  await type('exit', 'Verdi', 'propose', '--reason', 'no-capacity');
  const desk = terminal.desk();
  desk.store.write(terminal.clock.now(), (w) => {
    putLetter(w, letter(desk, { key: 'a', subject: 'Rondo', text: 'Rondo', why: asWritten('') }));
    const later = { approval: 'auto', notBefore: rome('2026-11-24 09:00') } as const;
    putLetter(w, letter(desk, { key: 'b', subject: 'Rondo', text: 'Rondo', why: asWritten(''), ...later }));
  });
  pauseSending(desk, { why: 'Rondo', until: null });
  return terminal;
}

const commands: readonly string[][] = [
  ['status'],
  ['inbox'],
  ['outbox'],
  ['outbox', 'show', '1'],
  ['outbox', 'approve', '1'],
  ['outbox', 'drop', '2'],
  ['outbox', 'restore', '2'],
  ['clients'],
  ['clients', 'release', 'Verdi'],
  ['clients', 'project', 'Bianchi'],
  ['clients', 'mark', 'Bianchi'],
  ['invoices', '--state', 'all'],
  ['invoices', 'show', '2026/1'],
  ['invoices', 'promise', '2026/1', '--by', '2026-12-08'],
  ['payments'],
  ['requests', '--all'],
  ['requests', 'answered', '1'],
  ['exit'],
  ['notices'],
  ['jobs'],
  ['journal', 'verify'],
  ['pause'],
  ['resume'],
  ['templates', 'check'],
];

/** Reasons that the rules still give as a sentence. */
const stillEnglish = /not looked at yet|the cooling-off runs until/;

describe('the main commands', () => {
  const leftovers = { it: englishIn, en: italianIn };

  it.each(['it', 'en'] as const)('keep to the language of the owner: %s', async (language) => {
    const terminal = await studio(language);
    const found: string[] = [];
    for (const line of commands) {
      const { out, err } = await terminal.type(...line);
      for (const text of `${out}${err}`.split('\n').filter((one) => !stillEnglish.test(one)))
        for (const word of leftovers[language](text)) found.push(`${line.join(' ')}: ${word}: ${text.trim()}`);
    }
    expect(found).toEqual([]);
  });
});
