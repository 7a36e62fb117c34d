/** `paletti invoices interest`: the sheet as a table, CSV and JSON, in the dossier, and never in a letter. */
import { describe, expect, it } from 'vitest';
import { config, openTerminal, type Terminal } from './terminal.ts';

async function studio(more: object = {}): Promise<Terminal> {
  const terminal = openTerminal({ config: { ...config, ...more } });
  await terminal.type('clients', 'add', 'Bianchi Srl', '--address', 'a@bianchi.example');
  await terminal.type('clients', 'edit', 'Bianchi Srl', '--vat', 'IT01234567890');
  await terminal.type('clients', 'add', 'Senza Numero', '--address', 's@senza.example');
  for (const [number, client] of [
    ['1', 'Bianchi Srl'],
    ['2', 'Senza Numero'],
  ] as const)
    await terminal.type(
      'invoices',
      'add',
      number,
      '--client',
      client,
      '--total',
      '1000.00',
      '--issued',
      '2026-09-01',
      '--due',
      '2026-09-30',
    );
  return terminal;
}

describe('paletti invoices interest', () => {
  it('tells days, sum, rate and source, and that no letter asks for it', async () => {
    const terminal = await studio();
    const { out, err, code } = await terminal.type(
      '--lang',
      'en',
      'invoices',
      'interest',
      '1',
      '--until',
      '2026-10-31',
    );
    // 31 days at 2.40 + 8: 1000.00 x 0.1040 x 31 / 365 = 8.83
    expect(code).toBe(0);
    expect(out).toMatch(/1 +2026-09-30 +2026-10-01 +2026-10-31 +31 +1,?000\.00 EUR +10\.40 % +8\.83 EUR/);
    expect(out).toMatch(/8\.83 EUR.*40\.00 EUR/);
    expect(err).toMatch(/D\.Lgs\. 231\/2002.*2026-07-01: 2\.40 % \(.*\).*letter/s);
  });

  it('of a client is of all his invoices; as CSV and JSON too', async () => {
    const terminal = await studio();
    const csv = await terminal.type('invoices', 'interest', 'Bianchi', '--until', '2026-10-31', '--csv');
    expect(csv.out.split('\r\n')).toEqual([
      'invoice,dueOn,from,to,days,principal,percent,interest,flat,currency',
      '1,2026-09-30,2026-10-01,2026-10-31,31,1000.00,10.40,8.8329,,EUR',
      '1,,,2026-10-31,,,,,40.00,EUR',
      '',
    ]);
    expect(await terminal.json('invoices', 'interest', 'Bianchi', '--until', '2026-10-31', '--json')).toMatchObject({
      law: { code: 'it', marginBasisPoints: 800 },
      totals: [{ currency: 'EUR', interestCents: 883, flatCents: 4000 }],
    });
  });

  it('of a client whose country nobody knows asks which law', async () => {
    const terminal = await studio();
    const asked = await terminal.type('invoices', 'interest', '2');
    expect([asked.code, asked.err]).toEqual([
      1,
      expect.stringMatching(/country of the client is not known[\s\S]*--law it, de, fr, uk, eu/),
    ]);
    expect((await terminal.type('invoices', 'interest', '2', '--law', 'de', '--until', '2026-10-31')).out).toMatch(
      /10\.52 %/,
    );
  });

  it('takes a half-year that the owner adds to her configuration', async () => {
    const rates = [{ series: 'ecb', from: '2027-01-01', percent: 2.15, source: 'MEF, G.U. 12/2027' }];
    const terminal = await studio({ interest: { rates } });
    const { err } = await terminal.type('invoices', 'interest', '1', '--until', '2027-01-31');
    expect(err).toContain('2027-01-01: 2.15 % (MEF, G.U. 12/2027)');
    const without = await studio();
    expect((await without.type('invoices', 'interest', '1', '--until', '2027-01-31')).err).toMatch(/no reference rate/);
  });
});

it('the doctor warns when the half-year in force has no rate, and no more once it is added', async () => {
  const rates = async (more: object) => {
    const terminal = openTerminal({ now: '2027-01-12T10:00:00+01:00', config: { ...config, ...more } });
    await terminal.type('clients', 'add', 'Bianchi Srl', '--address', 'a@bianchi.example');
    await terminal.type('clients', 'edit', 'Bianchi Srl', '--vat', 'IT01234567890');
    const checks = (await terminal.json('doctor', '--offline', '--json')) as { found: string; state: string }[];
    return checks.filter(({ found }) => found.includes('2027-01-01')).map(({ state }) => state);
  };
  expect(await rates({})).toEqual(['warning']);
  const row = { series: 'ecb', from: '2027-01-01', percent: 2.15, source: 'MEF' };
  expect(await rates({ interest: { rates: [row] } })).toEqual(['ok']);
});
