/** The journal in the browser: what is asked for, as a file too, and the chain with the moment it was gone through. */
import { describe, expect, it } from 'vitest';
import { holdClient } from '../../src/desk/clients.ts';
import { instant } from '../../src/rules/time.ts';
import { note } from '../../src/store/journal.ts';
import { putLetter } from '../../src/store/outbox.ts';
import { letter } from '../desk/support.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { served, Visitor } from './visitor.ts';
import { asWritten } from '../../src/rules/reason.ts';

async function busy(): Promise<{ studio: Studio; visitor: Visitor }> {
  const studio = await openStudio({ now: '2026-11-20T10:00:00+01:00' });
  const bianchi = studio.client('Bianchi', {});
  studio.client('Conti', { addresses: ['c@conti.example'] });
  studio.app.store.write(studio.clock.now(), (w) => {
    putLetter(w, letter(studio.app, { clientId: bianchi.id }));
    note(w, { kind: 'letter-held', subject: 'letter/1', clientId: bianchi.id, why: asWritten('the invoice is late') });
  });
  studio.clock.set(instant('2026-11-23T10:00:00+01:00'));
  holdClient(studio.app, 'Conti', { reason: 'manual', until: null, note: 'they called' });
  const page = await served(studio);
  const visitor = new Visitor(page);
  await visitor.enter(page.address());
  return { studio, visitor };
}

const rows = (text: string) => text.match(/<tr data-row>/g)?.length ?? 0;

describe('the journal', () => {
  it('is asked by kind, client and day, and by all of them', async () => {
    const { visitor } = await busy();
    const all = await visitor.text('/journal');
    expect(all).toContain('the invoice is late');
    const letters = await visitor.text('/journal?kind=letters&client=&day=');
    expect(letters).toContain('the invoice is late');
    expect(rows(letters)).toBeLessThan(rows(all));
    expect(await visitor.text('/journal?client=1')).toContain('the invoice is late');
    expect(await visitor.text('/journal?client=2')).not.toContain('the invoice is late');
    expect(await visitor.text('/journal?day=2026-11-20&kind=letters')).toContain('the invoice is late');
    expect(rows(await visitor.text('/journal?day=2026-11-23'))).toBe(1);
    expect(await visitor.text('/journal?day=2026-11-23&kind=letters')).toContain('Nothing of this kind is on record.');
  });

  it('shows what was asked for in its form again, and takes what cannot be for nothing', async () => {
    const { visitor } = await busy();
    const text = await visitor.text('/journal?kind=letters&client=1&day=2026-11-20');
    expect(text).toContain('<option value="letters" selected>');
    expect(text).toContain('<option value="1" selected>Bianchi');
    expect(text).toContain('value="2026-11-20"');
    const odd = await visitor.get('/journal?kind=toString&client=1%20OR%201&day=2026-02-31');
    expect([odd.status, rows(await odd.text())]).toEqual([200, rows(await visitor.text('/journal'))]);
  });

  it('leads to what an entry is about', async () => {
    const { visitor } = await busy();
    expect(await visitor.text('/journal?kind=letters')).toMatch(
      /<a href="\/outbox\/1">Letters 1<\/a> · <a href="\/clients\/1">Bianchi/,
    );
  });

  it('is a file as well, of the same rows', async () => {
    const { visitor } = await busy();
    const answer = await visitor.get('/journal.csv?kind=letters');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="journal.csv"');
    const lines = (await answer.text()).trim().split('\r\n');
    expect(lines).toHaveLength(1 + rows(await visitor.text('/journal?kind=letters')));
    expect(lines[1]).toBe('2026-11-20T09:00:00Z,letter/1,Bianchi,the invoice is late');
  });

  it('says when its chain was gone through, and finds a hand in it', async () => {
    const { studio, visitor } = await busy();
    expect(await visitor.text('/journal')).toMatch(/The journal is whole: \d+ entries\. Verified .*10:00/);
    studio.app.store.write(studio.clock.now(), (w) => {
      w.run('DROP TRIGGER journal_no_update');
      w.run(
        "UPDATE journal SET body = replace(body, 'they called', 'they wrote') WHERE id = (SELECT max(id) FROM journal)",
      );
    });
    expect(await visitor.click('/journal', '/journal/verify')).toContain('The journal was changed by another hand');
  });
});
