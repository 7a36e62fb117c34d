/** The script of the register, and what the daemon makes of mail that the server has flagged. */
import { describe, expect, it } from 'vitest';
import { parseWeek } from '../../src/rules/contact-hours.ts';
import { outOfHoursKeyword } from '../../src/rules/message.ts';
import { listMessages } from '../../src/store/messages.ts';
import { terminalOf } from '../cli/terminal-of.ts';
import { openStudio } from '../support/studio.ts';
import { runSieve } from '../support/sieve.ts';

const now = '2026-11-30T12:00:00+01:00';

describe('paletti sieve', () => {
  it('speaks of each client by the hours that hold for him', async () => {
    const studio = await openStudio({ now });
    studio.client('Bianchi', { addresses: ['luca@bianchi.example'] });
    const hours = parseWeek({ mon: ['20:00-22:00'] });
    studio.client('Harbour', { addresses: ['m@harbour.example'], hours, timeZone: 'Europe/London' });
    const { out } = await terminalOf(studio).type('sieve');
    const evening = new Date('2026-12-07T20:30:00Z');
    expect(runSieve(out, { from: 'luca@bianchi.example' }, evening)).toEqual([outOfHoursKeyword]);
    expect(runSieve(out, { from: 'm@harbour.example' }, evening)).toEqual([]);
    expect(out).toContain('# ');
  });

  it('says in her language until when it holds, and refuses days that are none', async () => {
    const studio = await openStudio({ now });
    const terminal = terminalOf(studio);
    expect((await terminal.type('sieve', '--days', '31', '--lang', 'it')).out).toContain(
      'Dopo il gio 31 dic non fa nulla',
    );
    expect(await terminal.type('sieve', '--days', '0')).toMatchObject({ code: 2 });
  });
});

describe('mail that the server has flagged', () => {
  it('is not flagged again, and is judged as any other', async () => {
    const studio = await openStudio({ now: '2026-11-28T21:00:00+01:00' });
    studio.client('Bianchi', { addresses: ['luca@bianchi.example'] });
    studio.clientWrites({ from: 'luca@bianchi.example' });
    studio.mailbox.flag('inbox', 0, outOfHoursKeyword);
    let marks = 0;
    const mark = studio.mailbox.mark.bind(studio.mailbox);
    studio.mailbox.mark = async (...of) => ((marks += 1), mark(...of));
    await studio.at('2026-11-28T21:05:00+01:00');
    expect(studio.app.store.read((r) => listMessages(r))[0]?.judged).toMatchObject({ outOfHours: true });
    expect(marks).toBe(0);
  });
});
