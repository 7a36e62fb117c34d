/** What the screens say is so: which letters wait and leave, whether it runs, what is over; each typed as a person would. */
import { describe, expect, it } from 'vitest';
import { forJson } from '../../src/cli/output.ts';
import { table } from '../../src/cli/table.ts';
import { instant } from '../../src/rules/time.ts';
import { lockDataDir, noteWatching } from '../../src/store/lock.ts';
import { notice } from '../../src/store/notices.ts';
import { listLetters, putLetter } from '../../src/store/outbox.ts';
import { letter } from '../desk/support.ts';
import { openTerminal, rome, type Terminal } from './terminal.ts';
import { told } from '../support/in-words.ts';

const bianchi = ['clients', 'add', 'Bianchi Srl', '--address', 'laura@bianchi.example'];

/** So many reminders that wait, each with its notice. */
function reminders(terminal: Terminal, count: number): void {
  const desk = terminal.desk();
  desk.store.write(terminal.clock.now(), (w) => {
    for (let n = 1; n <= count; n += 1) {
      const key = `dunning/${n}/1/payment-reminder`;
      const id = putLetter(w, letter(desk, { key, subject: `Promemoria ${n}` }))?.id;
      notice(w, `approve/${id}/x`, told('A letter waits for your approval.', `paletti outbox show ${id}`));
    }
  });
}

const states = (terminal: Terminal) => {
  const desk = terminal.desk();
  return desk.store
    .read((r) => listLetters(r))
    .toReversed()
    .map(({ state, approvedAt }) => (approvedAt ? 'approved' : state));
};

describe('a letter that waits for its time', () => {
  it('is shown with the opening at which it can leave, not with a midnight', async () => {
    const terminal = openTerminal();
    await terminal.type(...bianchi);
    const desk = terminal.desk();
    const midnight = { approval: 'auto', notBefore: rome('2026-11-28 00:00') } as const;
    desk.store.write(terminal.clock.now(), (w) => putLetter(w, letter(desk, midnight)));
    expect((await terminal.type('status')).out).toMatch(/Leaves next[\s\S]*Mon 30 Nov 09:00/);
    expect((await terminal.type('outbox')).out).toMatch(/Mon 30 Nov 09:00/);
  });
});

describe('many letters', () => {
  it('are approved by range, by list and all at once; a range passes over what is not there', async () => {
    const terminal = openTerminal();
    reminders(terminal, 8);
    expect((await terminal.type('outbox', 'approve', '1-2,4')).code).toBe(0);
    expect(states(terminal)).toEqual(['approved', 'approved', 'held', 'approved', 'held', 'held', 'held', 'held']);
    expect((await terminal.type('outbox', 'approve', '3-900')).code).toBe(0);
    expect(new Set(states(terminal))).toEqual(new Set(['approved']));
    expect((await terminal.type('outbox', 'approve', 'all')).err).toMatch(/nothing was changed/);
  });

  it('all is taken where it is safe only, and a wrong range changes nothing', async () => {
    const terminal = openTerminal();
    reminders(terminal, 3);
    for (const words of [
      ['drop', 'all'],
      ['approve', '3-1'],
      ['approve', '1-99999999'],
      ['approve', '1,x'],
      ['approve', '77'],
    ])
      expect((await terminal.type('outbox', ...words)).code).not.toBe(0);
    expect(states(terminal)).toEqual(['held', 'held', 'held']);
  });

  it('more than are shown are counted, and their notices are one line', async () => {
    const terminal = openTerminal();
    reminders(terminal, 230);
    expect((await terminal.type('outbox')).err).toContain('… 30 more: paletti outbox list --limit 230');
    const { out } = await terminal.type('notices');
    expect(out).toContain('230 letters wait for your approval.');
    expect(out.trim().split('\n')).toHaveLength(2);
    await terminal.type('outbox', 'approve', 'all');
    expect((await terminal.type('notices')).err).toContain('Nothing new.');
  });

  it('no letter that ends the work is approved with the others', async () => {
    const terminal = openTerminal();
    const desk = terminal.desk();
    desk.store.write(desk.clock.now(), (w) => void putLetter(w, letter(desk, { key: 'exit/1', kind: 'termination' })));
    await terminal.type('outbox', 'approve', 'all');
    expect(states(terminal)).toEqual(['held']);
  });
});

describe('a dropped letter', () => {
  it('says what follows, and can be taken back', async () => {
    const terminal = openTerminal();
    await terminal.type(...bianchi);
    const desk = terminal.desk();
    desk.store.write(desk.clock.now(), (w) => {
      w.run(
        "INSERT INTO cases (client_id, currency, cycle, state, opened_at, why) VALUES (1, 'EUR', 1, 'open', '2026-11-01T00:00:00Z', json_object('code', 'as-written', 'text', 'x'))",
      );
      putLetter(w, letter(desk, { clientId: 1, caseId: 1, step: 'payment-reminder' }));
    });
    const { err } = await terminal.type('outbox', 'drop', '1');
    expect(err).toContain(
      'asked for nothing more in this currency, later invoices included, until: paletti outbox restore 1',
    );
    expect((await terminal.type('outbox', 'restore', '1')).err).toContain('restored; it waits for you');
    expect((await terminal.json('outbox', 'show', '1')).state).toBe('held');
    expect((await terminal.json('outbox', 'show', '1')).needsApproval).toBe(true);
  });

  it('that Paletti dropped stays dropped, with the reason', async () => {
    const terminal = openTerminal();
    const desk = terminal.desk();
    desk.store.write(desk.clock.now(), (w) => {
      putLetter(w, letter(desk));
      w.run(
        "UPDATE letters SET state = 'dropped', ended_by = 'system', ended_why = json_object('code', 'as-written', 'text', 'all of it is paid')",
      );
    });
    const { code, err } = await terminal.type('outbox', 'restore', '1');
    expect(code).toBe(1);
    expect(err).toContain('Paletti dropped letter 1 itself: all of it is paid');
  });
});

describe('for programs', () => {
  it('an acting command tells what it did in one document, a fault another', async () => {
    const terminal = openTerminal();
    reminders(terminal, 2);
    const { out, err } = await terminal.type('outbox', 'approve', 'all', '--json');
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      said: [expect.stringContaining('Letter 1'), expect.stringContaining('Letter 2')],
      letters: [
        { id: 1, state: 'held', changed: true, notBefore: '2026-11-23T09:00:00Z' },
        { id: 2, changed: true },
      ],
    });
    expect(err).toBe('');
    const fault = await terminal.type('outbox', 'approve', '9', '--json');
    expect(fault.out).toBe('');
    expect(JSON.parse(fault.err)).toEqual({
      ok: false,
      error: {
        code: 'not-found',
        exitCode: 1,
        message: 'there is no letter 9',
        where: null,
        fault: { code: 'no-letter', id: 9 },
        next: 'See: paletti outbox list --all',
      },
    });
  });

  it('a wrong line is a fault in JSON too', async () => {
    const { code, err } = await openTerminal().type('outbox', 'approve', '--json', '--nonsense');
    expect(code).toBe(2);
    expect(JSON.parse(err)).toMatchObject({ ok: false, error: { code: 'usage', exitCode: 2 } });
  });

  it('every command takes --json, and every acting one ends with one JSON document', async () => {
    const terminal = openTerminal();
    const lines = [
      bianchi,
      ['clients', 'log', 'Bianchi', 'call', 'x'],
      ['clients', 'hold', 'Bianchi'],
      ['pause'],
      ['resume'],
    ];
    for (const line of lines) {
      const { code, out, err } = await terminal.type(...line, '--json');
      expect({ line, code, err }).toMatchObject({ code: 0, err: '' });
      expect(JSON.parse(out)).toMatchObject({ ok: true });
    }
  });

  it('no number that is a moment is left in JSON, whatever it is called', () => {
    const at = instant('2026-11-30T09:00:00Z');
    const told = forJson(
      {
        from: at,
        to: at,
        anything: [at, { deep: at }],
        totalCents: 1_780_000_000_000,
        id: 1_780_000_000_000,
        days: 3,
      },
      'en',
    );
    const iso = '2026-11-30T09:00:00Z';
    expect(told).toEqual({
      from: iso,
      to: iso,
      anything: [iso, { deep: iso }],
      totalCents: 1_780_000_000_000,
      id: 1_780_000_000_000,
      days: 3,
    });
  });
});

describe('whether it runs', () => {
  it('is told by the lock, not by when it was last at work', async () => {
    const terminal = openTerminal();
    expect((await terminal.type('status')).out).toContain('NOT running.');
    const desk = terminal.desk();
    const lock = lockDataDir(desk.config.dataDir);
    desk.store.write(rome('2026-11-23 08:15'), (w) => noteWatching(w, w.now));
    expect((await terminal.type('status')).out).toContain('Running since Mon 23 Nov 08:15.');
    expect(await terminal.json('status')).toMatchObject({ isRunning: true, watchingSince: '2026-11-23T07:15:00Z' });
    lock.release();
    expect((await terminal.type('status')).out).toContain('NOT running.');
  });

  it('an approval says when the letter really leaves', async () => {
    const terminal = openTerminal();
    reminders(terminal, 3);
    expect((await terminal.type('outbox', 'approve', '1')).err).toContain('it leaves once Paletti runs: paletti run');
    const lock = lockDataDir(terminal.desk().config.dataDir);
    expect((await terminal.type('outbox', 'approve', '2')).err).toContain('; leaves with the next pass.');
    await terminal.type('pause', '--why', 'ferie');
    expect((await terminal.type('outbox', 'approve', '3')).err).toContain(
      'nothing leaves while sending is paused (ferie): paletti resume',
    );
    lock.release();
  });
});

describe('what is over', () => {
  it('is told no more: each notice goes with its matter, whoever settled it', async () => {
    const terminal = openTerminal();
    reminders(terminal, 1);
    const desk = terminal.desk();
    desk.store.write(desk.clock.now(), (w) => {
      notice(w, 'foreign-letter/5', told('Nothing leaves until you decide.'));
      notice(w, 'cap/day-cap/2026-11-22', told('Letters wait: 20 letters left today.'));
      notice(w, 'unsure/1', told('It is not known whether it arrived.'));
      notice(w, 'no-sent/studio', told('There is no folder of sent mail.'));
    });
    await terminal.type('pause');
    const texts = async () => (await terminal.json('notices')).map(({ key }: { key: string }) => key);
    expect(await texts()).toEqual(['approve/1/x', 'foreign-letter/5', 'no-sent/studio']);
    await terminal.type('resume');
    await terminal.type('outbox', 'drop', '1');
    expect(await texts()).toEqual(['no-sent/studio']);
  });
});

describe('a narrow terminal', () => {
  const columns = [{ title: 'ID' }, { title: 'TO', flexible: true }, { title: 'WHY', flexible: true, below: true }];
  const why = '3 days after 31 October 2026, and no payment is on record for this invoice of the client';
  it.each([40, 60, 80])('at %s columns the reason is whole, on lines of its own', (width) => {
    const lines = table(columns, [['1', 'Bianchi Srl', why]], { width })
      .trimEnd()
      .split('\n');
    expect(
      lines
        .slice(2)
        .map((line) => line.trim())
        .join(' '),
    ).toBe(why);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
  });

  it('where there is room it stands in its row', () => {
    expect(
      table(columns, [['1', 'Bianchi Srl', why]], { width: 140 })
        .trimEnd()
        .split('\n'),
    ).toHaveLength(2);
  });
});

describe('an editor', () => {
  it('is never guessed', async () => {
    const terminal = openTerminal({ columns: 80 });
    reminders(terminal, 1);
    Object.assign(terminal.ways.stdin, { isTTY: true });
    const { code, err } = await terminal.type('outbox', 'edit', '1');
    expect(code).toBe(2);
    expect(err).toContain('no editor is set');
  });
});

describe('how the program is called', () => {
  it('is said in every hint and fault', async () => {
    const terminal = openTerminal({ ways: { calledAs: 'npx paletti' } });
    await terminal.type(...bianchi);
    expect((await terminal.type('status')).out).toContain('use "npx paletti run"');
    expect((await terminal.type('outbox', 'show', '9')).err).toContain('See: npx paletti outbox list --all');
    expect((await terminal.type('outbox', 'nonsense')).err).toContain('npx paletti outbox');
  });
});

describe('one thing, one option', () => {
  it.each([
    [['pause', '--by', '2026-12-01'], /Nothing leaves until/],
    [['clients', 'edit', '1', '--contract', '2026-01-02'], /./],
    [['outbox', 'drop', '1', '--reason', 'doppia'], /dropped/],
  ])('%j is taken by its other name', async (words, said) => {
    const terminal = openTerminal();
    await terminal.type(...bianchi);
    reminders(terminal, 1);
    const { code, err } = await terminal.type(...words);
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringMatching(said) });
  });

  it('keeps apart what is two things in one command', async () => {
    const { code } = await openTerminal().type('exit', 'Nessuno', 'propose', '--note', 'x');
    expect(code).toBe(2);
  });
});
