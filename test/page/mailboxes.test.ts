/** Several mailboxes as lines, several letters at once, and a time without network as the owner reads of it. */
import { describe, expect, it } from 'vitest';
import { approveLetter } from '../../src/desk/outbox.ts';
import { noteLoginRefused } from '../../src/jobs/login-pause.ts';
import { AppError } from '../../src/errors.ts';
import { instant } from '../../src/rules/time.ts';
import { letterById, putLetter } from '../../src/store/outbox.ts';
import { recordRun } from '../../src/store/runs.ts';
import { letter } from '../desk/support.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { served, Visitor } from './visitor.ts';

async function visiting(studio: Studio): Promise<Visitor> {
  const page = await served(studio);
  const visitor = new Visitor(page);
  await visitor.enter(page.address());
  return visitor;
}

/** A studio of two mailboxes, with letters that wait: two of the first, one of the second. */
async function agency(): Promise<{ studio: Studio; visitor: Visitor }> {
  const studio = await openStudio({ now: '2026-11-20T10:00:00+01:00' });
  const [first] = studio.source['mailboxes'] as { name: string }[];
  (studio.source as Record<string, unknown>)['mailboxes'] = [first, { ...first, name: 'sales' }];
  const client = studio.client('Bianchi', {});
  studio.app.store.write(studio.clock.now(), (w) => {
    for (const [index, mailbox] of ['studio', 'studio', 'sales'].entries())
      putLetter(
        w,
        letter(studio.app, { clientId: client.id, mailbox, key: `test/${index}`, subject: `Letter ${index + 1}` }),
      );
  });
  return { studio, visitor: await visiting(studio) };
}

const stateOf = (studio: Studio, id: number) => studio.app.store.read((r) => letterById(r, id))?.approvedAt ?? null;

describe('several mailboxes', () => {
  it('are a line each, what is wrong on top', async () => {
    const { studio, visitor } = await agency();
    const before = await visitor.text('/');
    expect(before).toMatch(/mailbox=studio.*2 to approve.*mailbox=sales.*1 to approve/s);
    expect(before).not.toContain('login refused');
    studio.app.store.write(studio.clock.now(), (w) =>
      noteLoginRefused(w, 'sales', new AppError('login-refused', 'no')),
    );
    expect(await visitor.text('/')).toMatch(/mailbox=sales.*login refused.*mailbox=studio.*in order/s);
  });

  it('divide the letters', async () => {
    const { visitor } = await agency();
    const sales = await visitor.text('/outbox?state=waiting&mailbox=sales');
    expect([sales.includes('Letter 3'), sales.includes('Letter 1')]).toEqual([true, false]);
    expect(await visitor.text('/outbox?mailbox=nowhere')).toContain('Letter 1');
  });

  it('are no matter where there is one', async () => {
    const visitor = await visiting(await openStudio({ now: '2026-11-20T10:00:00+01:00' }));
    expect(await visitor.text('/')).not.toContain('mailbox=');
    expect(await visitor.text('/outbox')).not.toContain('mailbox=');
  });
});

describe('letters that were chosen', () => {
  it('are approved at once, and no other', async () => {
    const { studio, visitor } = await agency();
    const said = await visitor.click('/outbox', '/outbox/approve', { 'letter-1': 'on', 'letter-3': 'on' });
    expect(said).toContain('Approved: 2 letters.');
    expect([1, 2, 3].map((id) => stateOf(studio, id) !== null)).toEqual([true, false, true]);
  });

  it('and were decided meanwhile, or are none, hold the others not up', async () => {
    const { studio, visitor } = await agency();
    const fields = await visitor.fields('/outbox', '/outbox/approve');
    approveLetter(studio.app, 1);
    const chosen = { ...fields, 'letter-1': 'on', 'letter-2': 'on', 'letter-99': 'on' };
    const answers = [await visitor.post('/outbox/approve', chosen), await visitor.post('/outbox/approve', chosen)];
    for (const answer of answers)
      expect(await visitor.text(answer.headers.get('location') as string)).toContain(
        'Approved: 1 letter. 2 letters could not be, or had been decided already.',
      );
    expect(stateOf(studio, 2)).not.toBeNull();
    expect(stateOf(studio, 3)).toBeNull();
  });

  it('need to be chosen', async () => {
    const { visitor } = await agency();
    expect(await visitor.click('/outbox', '/outbox/approve')).toContain('No letter was chosen.');
  });
});

describe('a time without network', () => {
  async function traveller(runs: readonly (readonly [string, 'ok' | 'failed'])[]): Promise<Studio> {
    const studio = await openStudio({ now: '2026-11-20T12:41:00+01:00' });
    studio.client('Bianchi', {});
    studio.app.store.write(studio.clock.now(), (w) => {
      for (const [at, outcome] of runs)
        recordRun(w, { job: 'receive', startedAt: instant(at), endedAt: instant(at), outcome, detail: '' });
    });
    return studio;
  }

  it('is followed by what had come: so many mails, so many that say it is paid, so many letters that left', async () => {
    const studio = await openStudio({ now: '2026-11-20T08:00:00+01:00', config: { sending: { mode: 'review' } } });
    const from = 'carla@client.example';
    studio.invoice(studio.client('Bianchi', { addresses: [from] }), { dueOn: '2026-11-02' });
    const visitor = await visiting(studio);
    await studio.at('2026-11-20T09:00:00+01:00');
    expect(await visitor.text('/')).not.toContain('While you were away');
    studio.clock.set(instant('2026-11-20T11:00:00+01:00'));
    studio.clientWrites({ from, subject: 'Bozza', text: 'Quando arriva la bozza?' });
    studio.clientWrites({ from, subject: 'Pagato', text: 'Ho pagato ieri.' });
    await studio.at('2026-11-20T15:00:00+01:00');
    expect(await visitor.text('/')).toContain(
      'While you were away, from today at 9:00 to today at 15:00: 2 arrived, 1 says it is paid, 0 sent since.',
    );
    await studio.at('2026-11-20T15:05:00+01:00');
    expect(await visitor.text('/')).toContain('2 arrived');
    await studio.until('2026-11-21T04:00:00+01:00', 60);
    expect(await visitor.text('/')).not.toContain('While you were away');
  });

  it('is told by when mail was last read', async () => {
    const studio = await traveller([
      ['2026-11-20T12:41:00+01:00', 'ok'],
      ['2026-11-20T12:43:00+01:00', 'failed'],
    ]);
    const visitor = await visiting(studio);
    studio.clock.set(instant('2026-11-20T12:44:00+01:00'));
    // a network that comes and goes is no word worth
    expect(await visitor.text('/')).not.toContain('not connected');
    studio.clock.set(instant('2026-11-20T13:30:00+01:00'));
    expect(await visitor.text('/')).toContain('Last seen today at 12:41, not connected: nothing leaves.');
  });
});
