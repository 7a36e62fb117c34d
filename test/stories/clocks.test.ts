import { describe, expect, it } from 'vitest';
import { instant } from '../../src/rules/time.ts';
import { listMessages } from '../../src/store/messages.ts';
import { openWindows } from '../../src/store/windows.ts';
import { openStudio } from '../support/studio.ts';

describe('stories of clocks', () => {
  it('spring-and-autumn-clock-change', async () => {
    for (const [friday, monday] of [
      ['2026-03-27T19:00:00+01:00', '2026-03-30T12:00:00+02:00'],
      ['2026-10-23T19:00:00+02:00', '2026-10-26T12:00:00+01:00'],
    ] as const) {
      const studio = await openStudio({ now: friday });
      const client = studio.client('Bianchi Srl');
      studio.invoice(client, { dueOn: friday.startsWith('2026-03') ? '2026-03-24' : '2026-10-20' });
      studio.clock.set(instant(friday));
      studio.clientWrites({ from: 'verdi@altro.example' });
      await studio.until(monday, 15);
      const day = monday.slice(0, 10);
      expect(studio.sent()).toEqual([`payment-reminder ${day} Mon 09:00`]);
    }
  });

  it.each([
    ['a day ahead, and set right', '2026-11-10T10:00:00+01:00', '2026-11-09T10:00:00+01:00'],
    ['a month ahead, and set right', '2026-12-08T10:00:00+01:00', '2026-11-09T10:00:00+01:00'],
    ['a day ahead, and left so', '2026-11-10T10:00:00+01:00', '2026-11-10T10:01:00+01:00'],
  ])('a clock that is wrong at the first start silences nobody: %s', async (_, first, then) => {
    const studio = await openStudio({ now: first });
    studio.client('Neri');
    studio.clock.set(instant(then));
    studio.clientWrites({ from: 'neri@client.example' }, '2026-11-09T10:00:30+01:00');
    await studio.app.pass();
    expect(studio.app.store.read((r) => openWindows(r, {}))).toMatchObject([
      { openedAt: instant('2026-11-09T10:00:30+01:00'), dueAt: instant('2026-11-12T10:00:30+01:00') },
    ]);
    expect(studio.letters('acknowledgement')).toHaveLength(1);
  });

  it('what was in another folder before the first start is not acted upon when it is moved to INBOX', async () => {
    const studio = await openStudio({ now: '2026-11-23T10:00:00+01:00' });
    studio.client('Neri');
    studio.clientWrites({ from: 'neri@client.example' }, '2026-11-20T10:00:00+01:00');
    await studio.app.pass();
    expect(studio.app.store.read((r) => listMessages(r, {}))).toMatchObject([
      { history: false, judged: { reason: 'before-activation', windowId: null } },
    ]);
    expect(studio.letters()).toEqual([]);
  });

  it('a clock set back by a day sends nothing twice', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00' });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-10-30' });
    await studio.until('2026-11-10T12:00:00+01:00', 60);
    expect(studio.courier.taken).toHaveLength(1);
    studio.clock.set(instant('2026-11-09T08:00:00+01:00'));
    await studio.until('2026-11-11T12:00:00+01:00', 60);
    expect(studio.courier.taken).toHaveLength(1);
  });
});
