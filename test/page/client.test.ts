/** The page of one client: what happened is told in full, and what can be done about it is done. */
import { describe, expect, it } from 'vitest';
import { holdClient } from '../../src/desk/clients.ts';
import { settleMessage } from '../../src/desk/inbox.ts';
import { dispute, notePromise, voidByHand, writeOffByHand } from '../../src/desk/invoices.ts';
import { localDay } from '../../src/rules/time.ts';
import type { Language } from '../../src/rules/language.ts';
import { clientById } from '../../src/store/clients.ts';
import { listMessages } from '../../src/store/messages.ts';
import { projectsOf } from '../../src/store/projects.ts';
import { openStudio } from '../support/studio.ts';
import { served, Visitor } from './visitor.ts';

const hostile = '"><img src=x onerror=alert(1)>';

async function visiting(language: Language = 'en') {
  const studio = await openStudio({ now: '2026-11-23T10:00:00+01:00' });
  const client = studio.client('Bianchi', { contactName: 'Laura' });
  const page = await served(studio, { language });
  const visitor = new Visitor(page);
  await visitor.enter(page.address());
  const at = async (moment: string) => {
    await studio.at(moment);
    await visitor.enter(page.address());
  };
  const plain = async (path: string) => (await visitor.text(path)).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  return { studio, client, visitor, plain, at };
}

describe('the timeline', () => {
  it('tells what was said of money, what is held and what was answered elsewhere, each part alone too', async () => {
    const { studio, client, plain, at } = await visiting();
    for (const number of ['1', '2', '3', '4']) studio.invoice(client, { number, cents: 100_00, dueOn: '2026-12-20' });
    const which = (number: string) => ({ number, client: null });
    voidByHand(studio.app, which('1'), '');
    writeOffByHand(studio.app, which('2'), '');
    dispute(studio.app, which('3'), 40_00);
    notePromise(studio.app, which('4'), { day: localDay('2026-12-24'), zone: 'Europe/Rome', note: '' });
    holdClient(studio.app, 'Bianchi', { reason: 'manual', until: null, note: '' });
    studio.clientWrites({ from: 'bianchi@client.example', subject: 'Il logo' });
    await at('2026-11-23T10:30:00+01:00');
    const [message] = studio.app.store.read((r) => listMessages(r, {}));
    settleMessage(studio.app, message?.id ?? 0, 'answered');
    const money = await plain('/clients/1?show=money');
    for (const line of [
      'invoice void invoice 1',
      'written off invoice 2',
      'dispute invoice 3, 40.00 EUR',
      'promise to pay promised to pay, invoice 4, until Fri 25 Dec',
    ])
      expect(money).toContain(line);
    expect(money).not.toContain('answered elsewhere');
    expect(await plain('/clients/1?show=mail')).toMatch(/answered elsewhere Il logo/);
    expect(await plain('/clients/1?show=holds')).toContain('held back stopped by you');
    expect(await plain('/clients/1')).toContain('invoice 3, 40.00 EUR');
  });

  it('speaks the language of its reader, and shows more where there is more', async () => {
    const { studio, client, plain, visitor } = await visiting('it');
    for (let number = 1; number <= 60; number++)
      studio.invoice(client, { number: `${number}`, cents: 100_00, dueOn: '2026-12-20' });
    expect(await plain('/clients/1')).toContain('fattura 60, 100,00 EUR');
    expect(await plain('/clients/1')).not.toContain('fattura 2, 100,00');
    expect(await visitor.text('/clients/1')).toContain('most=200');
    expect(await plain('/clients/1?most=200')).toContain('fattura 2, 100,00');
  });
});

describe('what can be done', () => {
  it('a boundary letter is written from the record, once, and waits', async () => {
    const { studio, visitor } = await visiting();
    const after = await visitor.click('/clients/1', '/clients/1/letter', { word: 'contract' });
    expect(after).toMatch(/Written: it waits for you\.|role="alert"/);
    const letters = studio.letters('boundary-contract');
    expect(letters.map(({ state, approvedAt }) => [state, approvedAt])).toEqual([['held', null]]);
    expect(await visitor.click('/clients/1', '/clients/1/letter', { word: 'contract' })).toContain(
      'There is one already',
    );
    expect(studio.letters('boundary-contract')).toHaveLength(1);
  });

  it('what was agreed is changed, and what cannot be read is told', async () => {
    const { studio, visitor } = await visiting();
    const terms = () => studio.app.store.read((r) => clientById(r, 1))?.terms;
    await visitor.click('/clients/1', '/clients/1/terms', {
      contractSignedOn: '2026-05-04',
      noticeDays: '30',
      scope: 'Logo\r\nSito',
    });
    expect(terms()).toMatchObject({ contractSignedOn: '2026-05-04', noticeDays: 30, scope: ['Logo', 'Sito'] });
    expect(await visitor.text('/clients/1')).toContain('Logo\nSito</textarea>');
    expect(await visitor.click('/clients/1', '/clients/1/terms', { noticeDays: 'many' })).toContain('role="alert"');
    expect(terms()?.noticeDays).toBe(30);
  });

  it('a project is added, paused and ended', async () => {
    const { studio, visitor } = await visiting();
    const states = () => studio.app.store.read((r) => projectsOf(r, 1)).map(({ name, state }) => `${name}: ${state}`);
    await visitor.click('/clients/1', '/clients/1/project', { action: 'add', name: 'Sito' });
    const fields = await visitor.fields('/clients/1', '/clients/1/project');
    await visitor.post('/clients/1/project', { ...fields, name: 'Sito', action: 'pause' });
    expect(states()).toEqual(['Sito: paused']);
    await visitor.click('/clients/1', '/clients/1/project', { action: 'end', name: 'Sito' });
    expect(states()).toEqual(['Sito: ended']);
  });

  it('signs stand with what shows them, and the way to it', async () => {
    const { studio, visitor, plain, at } = await visiting();
    for (const day of ['07', '08', '14', '15', '21', '22'])
      studio.clientWrites(
        { from: 'bianchi@client.example', subject: `Domanda ${day}` },
        `2026-11-${day}T22:00:00+01:00`,
      );
    await at('2026-11-23T10:30:00+01:00');
    expect(await plain('/clients/1')).toContain('writes out of hours');
    expect(await visitor.text('/clients/1')).toMatch(/<li><a href="\/inbox\/\d+">message \d+/);
  });

  it('the dossier is read and taken along, and nothing in it runs', async () => {
    const { studio, visitor, at } = await visiting();
    studio.clientWrites({ from: 'bianchi@client.example', subject: hostile, text: hostile });
    await at('2026-11-23T10:30:00+01:00');
    const answer = await visitor.get('/clients/1/dossier');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    const text = await answer.text();
    expect(text).toContain('Bianchi');
    expect(text).not.toContain('<img');
    const file = await visitor.get('/clients/1/dossier.pdf');
    expect([file.headers.get('content-type'), file.headers.get('content-disposition')]).toEqual([
      'application/pdf',
      'attachment; filename="dossier-1.pdf"',
    ]);
    expect(
      Buffer.from(await file.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect((await visitor.get('/clients/9/dossier')).status).toBe(404);
  });
});
