/** Taking on with care: the questions, a colleague by name, a day of payment. */
import { expect, it } from 'vitest';
import { config, openTerminal } from './terminal.ts';

const patience = 180_000;

it(
  'somebody new: what is open is asked with its command, and is settled by it',
  async () => {
    const terminal = openTerminal();
    const added = await terminal.type('clients', 'add', 'Nuova', '--address', 'n@nuova.example', '--payment-day', '1');
    expect(added.out + added.err).toContain('paletti clients intake 1');
    expect((await terminal.json('clients', 'show', '1')).client.paymentTerms).toEqual({
      days: 0,
      endOfMonth: true,
      dayAfter: 1,
    });
    const { out } = await terminal.type('clients', 'intake', '1');
    expect(out).toContain('[ ] Is there a signed contract? (not told yet)');
    expect(out).toContain('paletti clients terms 1 --contract DAY');
    expect(out).toContain('[x] Is it agreed when invoices are paid? (kept)');
    expect((await terminal.type('--lang', 'it', 'clients', 'intake', '1')).out).toContain('C’è un contratto firmato?');
  },
  patience,
);

it(
  'a payment day and days of payment are one thing, said once',
  async () => {
    const terminal = openTerminal();
    await terminal.type('clients', 'add', 'Nuova', '--address', 'n@nuova.example');
    const both = ['--payment-day', '1', '--payment-days', '30'];
    expect((await terminal.type('clients', 'terms', '1', ...both)).code).toBe(2);
    expect((await terminal.type('clients', 'terms', '1', '--payment-day', '40')).code).toBe(2);
    await terminal.type('clients', 'terms', '1', '--payment-day', '1');
    const days = ['--issued', '2026-11-10'];
    await terminal.type('invoices', 'add', '2026/9', '--client', '1', '--total', '100.00', ...days);
    expect((await terminal.json('clients', 'show', '1')).invoices[0].instalments[0].dueOn).toBe('2026-12-01');
  },
  patience,
);

it(
  'a colleague of the configuration is named whole, by the beginning of the name',
  async () => {
    const referrals = [{ name: 'Lara Neri', does: 'siti in WordPress', contact: 'lara@neri.example' }];
    const terminal = openTerminal({ config: { ...config, referrals } });
    await terminal.type('clients', 'add', 'Moretti', '--address', 'm@moretti.example');
    await terminal.type('exit', '1', 'propose', '--reason', 'no-capacity', '--referral', 'lara');
    expect((await terminal.json('exit', '1', 'status')).exit.referral).toBe(
      'Lara Neri, siti in WordPress (lara@neri.example)',
    );
  },
  patience,
);
