/** `paletti config hours`: hours proposed from the owner's own mail; what changes in the file, and what does not. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FakeMailbox } from '../support/fake-mailbox.ts';
import { readInto, written } from './mailbox-of.ts';
import { config, openTerminal, type Terminal } from './terminal.ts';

/** Four weeks of October: eight to twelve and two to half past four, and two nights. */
async function earlyBird(): Promise<Terminal> {
  const terminal = openTerminal({ columns: 120 });
  writeFileSync(
    join(terminal.dir, 'config.json'),
    JSON.stringify({ ...config, contactHours: { ...config.contactHours, holidays: { country: 'IT' } } }, null, 2),
  );
  const mailbox = new FakeMailbox('studio');
  const clocks = ['08:10', '08:50', '09:30', '10:15', '11:00', '11:50', '14:05', '14:45', '15:20', '15:50', '16:20'];
  const write = (at: string) => mailbox.put('sent', written('luca@bianchi.example', at), at);
  for (let day = 5; day <= 30; day += 1)
    if (day % 7 !== 3 && day % 7 !== 4)
      for (const clock of clocks) write(`2026-10-${String(day).padStart(2, '0')}T${clock}:00+01:00`);
  for (const day of ['12', '20']) write(`2026-10-${day}T23:30:00+01:00`);
  await readInto(terminal, mailbox);
  return terminal;
}
const fileOf = ({ dir }: Terminal) => JSON.parse(readFileSync(join(dir, 'config.json'), 'utf8'));

describe('config hours', () => {
  it('shows her week and what it proposes, and changes nothing', async () => {
    const terminal = await earlyBird();
    const before = fileOf(terminal);
    const { out, err, code } = await terminal.type('config', 'hours');
    expect([code, fileOf(terminal)]).toEqual([0, before]);
    expect(out).toMatch(/222 mails of yours, on 20 days[^]*Mon .*█[^]*Proposed contact hours: Mon-Fri/);
    expect(err).toContain('paletti config hours --yes');
  });

  it('takes them with --yes, and leaves holidays and everything else as it was', async () => {
    const terminal = await earlyBird();
    const { contactHours: before, ...rest } = fileOf(terminal);
    const { changed, week } = await terminal.json('config', 'hours', '--yes');
    const { contactHours, ...others } = fileOf(terminal);
    expect(changed).toBe(true);
    expect(contactHours.holidays).toEqual(before.holidays);
    expect(contactHours.mon).toHaveLength(week.mon.length);
    expect(contactHours.mon[0]).toMatch(/^0[89]:/);
    expect(others).toEqual(rest);
    expect(existsSync(join(terminal.dir, 'config.json.before'))).toBe(true);
  });

  it('has nothing to change the second time', async () => {
    const terminal = await earlyBird();
    await terminal.type('config', 'hours', '--yes');
    const { err } = await terminal.type('config', 'hours', '--yes');
    expect(err).toContain('These are your contact hours already');
    expect((await terminal.json('config', 'hours', '--yes')).changed).toBe(false);
  });

  it('proposes nothing from three mails, nor before any was read', async () => {
    const terminal = openTerminal();
    expect((await terminal.type('config', 'hours')).err).toContain('paletti run --once');
    const mailbox = new FakeMailbox('studio');
    mailbox.put('sent', written('luca@bianchi.example', '2026-11-02T09:00:00+01:00'), '2026-11-02T09:00:00+01:00');
    await readInto(terminal, mailbox);
    const said = await terminal.type('config', 'hours', '--yes');
    expect([said.code, said.err]).toEqual([0, expect.stringContaining('too little')]);
  });

  it('speaks Italian', async () => {
    const terminal = await earlyBird();
    const { out } = await terminal.type('config', 'hours', '--lang', 'it');
    expect(out).toMatch(/222 tuoi messaggi, in 20 giorni[^]*Orari di contatto proposti: lun-ven/);
  });
});
