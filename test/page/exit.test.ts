/** An exit walked through on the page: proposed, cooled off, checked, approved by the typed name, taken back, sent, ended. */
import { expect, it } from 'vitest';
import { openExitOf } from '../../src/store/exits.ts';
import { openStudio } from '../support/studio.ts';
import { served, Visitor } from './visitor.ts';

const exit = '/clients/1/exit';
const checks = ['contract-read', 'duties-met', 'prepaid-delivered', 'owed-weighed', 'talked'];

async function visiting() {
  const studio = await openStudio({ now: '2026-11-02T10:00:00+01:00' });
  studio.client('Bianchi', { contactName: 'Laura Bianchi' });
  const page = await served(studio);
  const visitor = new Visitor(page);
  await visitor.enter(page.address());
  const text = async () => (await visitor.text(exit)).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  const stored = () => studio.app.store.read((r) => openExitOf(r, 1));
  /** The form of one item of the checklist among several with the same address. */
  const check = async (item: string, undo = 'no') => {
    const fields = await visitor.fields(exit, `${exit}/check`);
    const answer = await visitor.post(`${exit}/check`, { ...fields, item, undo });
    return visitor.text(answer.headers.get('location') as string);
  };
  /** Some days on: she is let in again, as a session rests for a day at most. */
  const at = async (moment: string) => {
    await studio.at(moment);
    await visitor.enter(page.address());
  };
  return { studio, visitor, text, stored, check, at };
}

it('is proposed with one reason, and nothing else comes of it until its days have passed', async () => {
  const { visitor, text, stored, at } = await visiting();
  expect(await visitor.text('/clients/1')).toContain(`href="${exit}"`);
  expect(await visitor.click(exit, `${exit}/propose`, { reason: 'own-words', ownWords: '' })).toContain('role="alert"');
  await visitor.click(exit, `${exit}/propose`, {
    reason: 'no-capacity',
    referral: 'Studio Verdi',
    handover: 'Logo\nFoto',
  });
  expect(stored()).toMatchObject({
    reason: 'no-capacity',
    referral: 'Studio Verdi',
    handover: [{ item: 'Logo' }, { item: 'Foto' }],
  });
  expect(await text()).toContain('The cooling-off lasts until Thursday at 10:00');
  expect(await text()).toMatch(/The letter, as it would leave.*Bianchi/);
  expect(await visitor.text(exit)).not.toContain(`${exit}/approve"`);
  await at('2026-11-05T10:30:00+01:00');
  expect(await text()).toContain('It cannot be approved yet');
});

it('is approved by the typed name once all is checked; taken back; approved again, sent, ended', async () => {
  const { studio, visitor, text, stored, check, at } = await visiting();
  expect(
    await visitor.click(exit, `${exit}/propose`, {
      reason: 'no-capacity',
      noticeDays: '10',
      handover: 'Logo',
      onPayment: 'Sito',
    }),
  ).toContain('Proposed.');
  await at('2026-11-05T10:30:00+01:00');
  expect(await check('talked')).toContain('role="alert"');
  await visitor.click('/clients/1', '/clients/1/log', { kind: 'call', minutes: '20', text: 'ne abbiamo parlato' });
  for (const item of checks) await check(item);
  expect(await check('duties-met', 'yes')).toContain('Taken back.');
  expect(await text()).toContain('4/5');
  await check('duties-met');
  expect(await visitor.click(exit, `${exit}/approve`, { name: 'Bianco' })).toContain('role="alert"');
  expect(stored()?.approvedAt).toBeNull();
  expect(await visitor.click(exit, `${exit}/approve`, { name: 'Bianchi' })).toContain('Approved.');
  await visitor.click(exit, `${exit}/undo`);
  expect(stored()?.approvedAt).toBeNull();
  await visitor.click(exit, `${exit}/approve`, { name: 'Bianchi' });
  await at('2026-11-06T09:00:00+01:00');
  expect(studio.sent().filter((line) => line.startsWith('termination'))).toHaveLength(1);
  await at('2026-11-07T09:00:00+01:00');
  expect(await text()).toContain('notice running');
  expect(await visitor.click(exit, `${exit}/end`)).toContain('role="alert"');
  await at('2026-11-18T09:00:00+01:00');
  expect(await text()).toContain('Write the final report');
  await visitor.click(exit, `${exit}/handover`, { done: '1' });
  expect(await text()).toMatch(/Logo today/);
});

it('is cancelled at any time before the letter has left, and can be proposed anew', async () => {
  const { visitor, text, stored } = await visiting();
  await visitor.click(exit, `${exit}/propose`, { reason: 'no-capacity' });
  expect(await visitor.click(exit, `${exit}/cancel`, { why: 'ci siamo capiti' })).toContain('Cancelled.');
  expect(stored()).toBeUndefined();
  expect(await text()).toContain('Propose the exit');
});
