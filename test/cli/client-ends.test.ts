/** `requests`, `letter` and `exit` as they are typed: what they say, in words and as JSON. */
import { describe, expect, it } from 'vitest';
import { openTerminal, type Terminal } from './terminal.ts';

async function withClient(now = '2026-11-02T10:00:00+01:00'): Promise<Terminal> {
  const terminal = openTerminal({ now });
  await terminal.type('clients', 'add', 'Bianchi Srl', '--address', 'laura@bianchi.example');
  return terminal;
}

describe('requests', () => {
  it('adds, lists, ends', async () => {
    const terminal = await withClient();
    const added = await terminal.type(
      'requests',
      'add',
      'Bianchi',
      '--text',
      'I testi?',
      '--due',
      '2026-11-04',
      '--delivery',
      '2026-11-20',
    );
    expect(added).toMatchObject({ code: 0 });
    expect(added.err).toContain('Nudges are off');
    terminal.clock.advance(5 * 86_400_000);
    const [listed] = await terminal.json('requests', '--json');
    expect(listed).toMatchObject({
      client: 'Bianchi Srl',
      state: 'open',
      dueOn: '2026-11-04',
      lost: 3,
      openedAt: '2026-11-02T09:00:00Z',
    });
    expect((await terminal.type('requests')).out).toContain('I testi?');
    expect((await terminal.type('status')).out).toContain('Asked of clients');
    expect((await terminal.type('requests', 'answered', '1')).err).toContain('3 days lost; delivery is on 2026-11-23');
    expect((await terminal.type('requests', 'answered', '1')).err).toContain('answered already');
    expect(await terminal.type('requests', 'drop', '1')).toMatchObject({ code: 1 });
    expect(await terminal.type('requests', 'add', 'Bianchi')).toMatchObject({ code: 2 });
    expect(await terminal.type('requests', 'accept', 'x')).toMatchObject({ code: 2 });
    expect(await terminal.json('requests', 'list', '--all', '--json')).toHaveLength(1);
  });
});

describe('letter', () => {
  it('prints what it wrote, and where it waits', async () => {
    const terminal = await withClient();
    const said = await terminal.type('letter', 'Bianchi', 'contract');
    expect(said).toMatchObject({ code: 0 });
    expect(said.out).toMatch(/^Subject: Contratto da firmare/);
    expect(said.err).toContain('paletti outbox approve 1');
    expect((await terminal.type('letter', 'Bianchi', 'contract')).err).toContain('waits already');
    expect(await terminal.type('letter', 'Bianchi', 'love')).toMatchObject({ code: 2 });
    expect(await terminal.type('letter', 'Bianchi', 'scope')).toMatchObject({ code: 1 });
  });
});

describe('exit', () => {
  it('goes from the proposal to the approval, and back', async () => {
    const terminal = await withClient();
    expect((await terminal.type('exit')).err).toContain('No exit is open');
    expect(await terminal.type('exit', 'Bianchi')).toMatchObject({ code: 1 });
    expect(await terminal.type('exit', 'Bianchi', 'propose')).toMatchObject({ code: 1 });
    const proposed = await terminal.type(
      'exit',
      'Bianchi',
      'propose',
      '--reason',
      'scope',
      '--referral',
      'lo Studio Neri',
    );
    expect(proposed.code).toBe(0);
    expect(proposed.out).toContain('Exit of Bianchi Srl: cooling');
    expect(await terminal.json('exit', 'Bianchi', '--json')).toMatchObject({
      client: 'Bianchi Srl',
      state: 'cooling',
      coolingEndsAt: '2026-11-05T09:00:00Z',
      exit: { proposedAt: '2026-11-02T09:00:00Z', reason: 'scope', referral: 'lo Studio Neri' },
    });
    expect((await terminal.type('exit')).out).toContain('Bianchi Srl');
    expect((await terminal.type('status')).out).toMatch(/Exits[\s\S]*Bianchi Srl +cooling/);
    const early = await terminal.type('exit', 'Bianchi', 'approve', '--name', 'Bianchi Srl');
    expect(early).toMatchObject({ code: 1 });
    expect(early.err).toContain('the cooling-off runs until 5 November 2026');
    terminal.clock.advance(3 * 86_400_000);
    expect((await terminal.type('exit', 'Bianchi', 'check', 'talked')).code).toBe(1);
    expect((await terminal.type('exit', 'Bianchi', 'check')).code).toBe(2);
    await terminal.type('clients', 'log', 'Bianchi', 'call', 'Detto tutto.');
    for (const item of ['contract-read', 'duties-met', 'prepaid-delivered', 'owed-weighed', 'talked'])
      expect((await terminal.type('exit', 'Bianchi', 'check', item)).code).toBe(0);
    expect((await terminal.type('exit', 'Bianchi', 'preview')).out).toContain('lo Studio Neri');
    expect((await terminal.type('exit', 'Bianchi', 'approve')).code).toBe(2);
    expect((await terminal.type('exit', 'Bianchi', 'approve', '--name', 'Bianchi Srl')).err).toContain('is approved');
    expect((await terminal.type('exit', 'Bianchi', 'approve', '--undo')).err).toContain('taken back');
    expect((await terminal.type('exit', 'Bianchi', 'end')).code).toBe(1);
    expect((await terminal.type('exit', 'Bianchi', 'handover', '--add', 'file')).out).toContain('1  [ ] file');
    expect((await terminal.type('exit', 'Bianchi', 'report')).code).toBe(1);
    expect((await terminal.type('exit', 'Bianchi', 'cancel', '--why', 'ripensato')).code).toBe(0);
    expect((await terminal.type('exit', 'Bianchi')).out).toContain('Cancelled: ripensato');
    expect((await terminal.type('exit', 'Bianchi', 'dance')).code).toBe(2);
  });
});
