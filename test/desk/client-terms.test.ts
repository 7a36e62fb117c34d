/** What was agreed, the owner's marks, projects, and the way of all of it through a file and back. */
import { describe, expect, it } from 'vitest';
import { actOnProject, markClient } from '../../src/desk/client-marks.ts';
import { changeTerms, type TermTexts } from '../../src/desk/client-terms.ts';
import { registerClient } from '../../src/desk/clients.ts';
import { exportClients, importClients } from '../../src/desk/import-clients.ts';
import { parseWeek } from '../../src/rules/contact-hours.ts';
import { findClient, listClients, setWorkState } from '../../src/store/clients.ts';
import { verifyJournal } from '../../src/store/journal.ts';
import { entries } from '../support/in-words.ts';
import { standingMarks } from '../../src/store/marks.ts';
import { projectsOf } from '../../src/store/projects.ts';
import { inDays } from '../../src/rules/payment-terms.ts';
import { day, journalKinds, openTestDesk, refusal, type TestDesk } from './support.ts';

function deskWithClient(): TestDesk {
  const desk = openTestDesk();
  registerClient(desk, { name: 'Bianchi Srl', addresses: ['laura@bianchi.example'] });
  return desk;
}

const all: TermTexts = {
  contractSignedOn: '2026-01-05',
  scope: ['Sito di cinque pagine', 'Logo; con due varianti'],
  revisionsIncluded: '2',
  paymentDays: '30',
  currency: 'eur',
  rate: '1.200,50',
  rateUnit: 'project',
  noticeDays: '30',
  pauseClause: 'l’art. 7 del contratto',
  exitClause: 'l’art. 9 del contratto',
  workPrepaidUntil: '2026-12-31',
  startedOn: '2026-01-12',
  niche: 'bakeries',
};

describe('the terms', () => {
  it('are all set, with what they were in the journal', () => {
    const desk = deskWithClient();
    const { client, changed } = changeTerms(desk, 'Bianchi', all);
    expect(client.terms).toEqual({
      contractSignedOn: '2026-01-05',
      contractNone: false,
      scope: ['Sito di cinque pagine', 'Logo; con due varianti'],
      revisionsIncluded: 2,
      rateCents: 120_050,
      rateUnit: 'project',
      currency: 'EUR',
      noticeDays: 30,
      pauseClause: 'l’art. 7 del contratto',
      exitClause: 'l’art. 9 del contratto',
      workPrepaidUntil: '2026-12-31',
      startedOn: '2026-01-12',
      niche: 'bakeries',
      ladder: null,
    });
    expect(client.paymentTerms).toEqual(inDays(30));
    expect(changed).toHaveLength(13);
    changeTerms(desk, 'Bianchi', { noticeDays: '60' });
    const [last] = desk.store.read((r) => entries(r, { limit: 1 }));
    expect(last).toMatchObject({
      kind: 'terms-changed',
      data: { before: { noticeDays: 30 }, after: { noticeDays: 60 } },
    });
  });

  it('said twice change nothing the second time', () => {
    const desk = deskWithClient();
    changeTerms(desk, 'Bianchi', all);
    expect(changeTerms(desk, 'Bianchi', all).changed).toEqual([]);
    expect(journalKinds(desk).filter((kind) => kind === 'terms-changed')).toHaveLength(1);
  });

  it.each([
    ['none', { contractSignedOn: 'none' }, { contractSignedOn: null }],
    ['an empty text', { niche: '' }, { niche: null }],
    ['no scope', { scope: ['none'] }, { scope: [] }],
    ['one line for two', { scope: ['Solo il sito'] }, { scope: ['Solo il sito'] }],
  ] as const)('are taken away or replaced by %s', (_name, texts, expected) => {
    const desk = deskWithClient();
    changeTerms(desk, 'Bianchi', all);
    expect(changeTerms(desk, 'Bianchi', texts).client.terms).toMatchObject(expected);
  });

  it('read the rate in the currency that is agreed', () => {
    const desk = deskWithClient();
    changeTerms(desk, 'Bianchi', { currency: 'JPY' });
    expect(changeTerms(desk, 'Bianchi', { rate: '50000' }).client.terms.rateCents).toBe(50_000);
  });

  it.each([
    ['a day that is none', { contractSignedOn: '31/01/2026' }, /contractSignedOn.*YYYY-MM-DD/],
    ['a sum that reads in two ways', { rate: '1.220' }, /two ways/],
    ['a unit that is none', { rateUnit: 'week' }, /not a unit/],
    ['too many days', { noticeDays: '4000' }, /number of days/],
  ])('refuse %s and change nothing', (_name, texts, reason) => {
    const desk = deskWithClient();
    expect(refusal(() => changeTerms(desk, 'Bianchi', { ...texts, niche: 'x' })).message).toMatch(reason);
    expect(desk.store.read((r) => findClient(r, 'Bianchi')).terms.niche).toBeNull();
  });
});

describe('a mark at the desk', () => {
  it('is set, noted and taken away, each once', () => {
    const desk = deskWithClient();
    const mark = { mark: 'unclear-goals' as const, note: ' changes  every week ', remove: false };
    expect(markClient(desk, 'Bianchi', mark)).toMatchObject({ changed: true, marks: [{ note: 'changes every week' }] });
    expect(markClient(desk, 'Bianchi', mark).changed).toBe(false);
    expect(markClient(desk, 'Bianchi', { ...mark, remove: true })).toMatchObject({ changed: true, marks: [] });
    expect(markClient(desk, 'Bianchi', { ...mark, remove: true }).changed).toBe(false);
    expect(journalKinds(desk).filter((kind) => kind === 'client-marked')).toHaveLength(2);
    expect(desk.store.read((r) => verifyJournal(r)).ok).toBe(true);
  });
});

describe('a project at the desk', () => {
  const act = (desk: TestDesk, action: 'add' | 'pause' | 'resume' | 'end', on: string, name = 'Sito') =>
    actOnProject(desk, 'Bianchi', { action, name, on: day(on) });

  it('goes its way, and the second time nothing changes', () => {
    const desk = deskWithClient();
    expect(act(desk, 'add', '2026-01-12').project).toMatchObject({ state: 'active', startedOn: '2026-01-12' });
    expect(act(desk, 'pause', '2026-02-01').project.state).toBe('paused');
    expect(act(desk, 'pause', '2026-02-02').changed).toBe(false);
    expect(act(desk, 'resume', '2026-02-10').project).toMatchObject({ state: 'active', startedOn: '2026-01-12' });
    expect(act(desk, 'end', '2026-03-01').project).toMatchObject({ state: 'ended', endedOn: '2026-03-01' });
    expect(act(desk, 'resume', '2026-04-01').project).toMatchObject({ state: 'active', endedOn: null });
    expect(journalKinds(desk).filter((kind) => kind === 'project-changed')).toHaveLength(5);
  });

  it('is refused when it is not there, there already, or would end before it began', () => {
    const desk = deskWithClient();
    expect(refusal(() => act(desk, 'pause', '2026-01-12')).next).toContain('add NAME');
    act(desk, 'add', '2026-01-12');
    expect(refusal(() => act(desk, 'add', '2026-01-12')).code).toBe('conflict');
    expect(refusal(() => act(desk, 'end', '2026-01-12', 'Logo')).next).toBe('There is: "Sito".');
    expect(refusal(() => act(desk, 'end', '2026-01-11')).message).toContain('before it began');
  });
});

describe('the way through a file and back', () => {
  function full(): TestDesk {
    const desk = openTestDesk();
    registerClient(desk, {
      name: 'Bianchi; "Figli", =Srl',
      contactName: "Dott.ssa D'Angelo",
      kind: 'consumer',
      language: 'en',
      tone: 'informal',
      addresses: ['laura@bianchi.example', 'b@bianchi.example'],
      domains: ['bianchi.example'],
      hours: parseWeek({ mon: ['09:00-13:00', '22:00-02:00'], fri: ['14:00-18:00'] }),
      timeZone: 'Europe/London',
      project: '-sito',
      notes: 'two\nlines; and "quotes"',
    });
    changeTerms(desk, '1', { ...all, rate: '1200.5' });
    for (const name of ['Sito | nuovo; grande', '@logo'])
      actOnProject(desk, '1', { action: 'add', name, on: day('2026-01-12') });
    actOnProject(desk, '1', { action: 'end', name: '@logo', on: day('2026-03-01') });
    markClient(desk, '1', { mark: 'no-time', note: 'until May: full; then free', remove: false });
    markClient(desk, '1', { mark: 'will-not-sign', note: '', remove: false });
    registerClient(desk, { name: 'Verdi', addresses: ['rosa@verdi.example'] });
    desk.store.write(desk.clock.now(), (w) => setWorkState(w, 2, 'paused'));
    return desk;
  }

  const picture = (desk: TestDesk) =>
    desk.store.read((r) =>
      listClients(r).map(({ id, createdAt: _created, byHand: _hand, ...client }) => ({
        ...client,
        id: 0,
        projects: projectsOf(r, id).map(({ id: _id, clientId: _client, ...project }) => project),
        marks: standingMarks(r, id).map(({ mark, note }) => ({ mark, note })),
      })),
    );

  it('loses nothing, terms, projects and marks included', () => {
    const desk = full();
    const file = Buffer.from(desk.store.read((r) => exportClients(r)));
    const other = openTestDesk();
    importClients(other, file, { file: 'clients.csv', own: [] });
    expect(picture(other)).toEqual(picture(desk));
    expect(picture(other)[0]?.projects).toHaveLength(2);
    expect(other.store.read((r) => exportClients(r))).toBe(String(file));
  });

  it('changes nothing where it came from, nor the second time', () => {
    const desk = full();
    const file = Buffer.from(desk.store.read((r) => exportClients(r)));
    expect(importClients(desk, file, { file: 'clients.csv', own: [] }).changes.map(({ what }) => what)).toEqual([
      'unchanged',
      'unchanged',
    ]);
  });

  it('takes no mark away that the file leaves out, and keeps a project that it leaves out', () => {
    const desk = full();
    const file = Buffer.from('name,projects,marks\n"Bianchi; ""Figli"", =Srl",App | paused | - | -,no-time: May\n');
    expect(importClients(desk, file, { file: 'c.csv', own: [] }).changes).toMatchObject([
      { what: 'change', changed: ['projects'] },
    ]);
    const [client] = picture(desk);
    expect(client?.marks.map(({ mark }) => mark)).toEqual(['no-time', 'will-not-sign']);
    expect(client?.projects.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'Sito | nuovo; grande active',
      '@logo ended',
      'App paused',
    ]);
  });

  it.each([
    ['an unknown mark', 'marks', 'lazy', /"lazy" is not a mark/],
    ['an unknown state', 'projects', 'Sito | sleeping | - | -', /"sleeping" is not a state/],
    ['a day that is none', 'projects', 'Sito | active | soon | -', /YYYY-MM-DD/],
    ['too few parts', 'projects', 'Sito | active', /is no project|is not a state/],
  ])('refuses %s', (_name, column, cell, reason) => {
    const desk = openTestDesk();
    const file = Buffer.from(`name,addresses,${column}\nA,a@a.example,${cell}\n`);
    const fault = refusal(() => importClients(desk, file, { file: 'c.csv', own: [] }));
    expect(fault.message).toMatch(reason);
    expect(fault.where).toBe(`c.csv:2, column "${column}"`);
    expect(desk.store.read((r) => listClients(r))).toEqual([]);
  });

  it('takes the columns of a HubSpot export, and the line of business', () => {
    const desk = openTestDesk();
    const file =
      'Record ID,First Name,Last Name,Email,Additional email addresses,Associated Company,Industry,Time Zone,Preferred language\n' +
      '101,Laura,Bianchi,laura@bianchi.example,l@bianchi.example,Bianchi Srl,Bakery,Europe/Rome,it\n';
    importClients(desk, Buffer.from(file), { file: 'hubspot.csv', own: [] });
    expect(desk.store.read((r) => findClient(r, 'Bianchi'))).toMatchObject({
      name: 'Bianchi Srl',
      contactName: 'Laura Bianchi',
      language: 'it',
      timeZone: 'Europe/Rome',
      addresses: ['laura@bianchi.example', 'l@bianchi.example'],
      terms: { niche: 'Bakery' },
    });
  });

  it('takes the columns of a Teamwork export', () => {
    const desk = openTestDesk();
    const file = 'Name,Email One,Email Two,Industry\nVerdi SpA,info@verdi.example,ada@verdi.example,Law\n';
    importClients(desk, Buffer.from(file), { file: 'teamwork.csv', own: [] });
    expect(desk.store.read((r) => findClient(r, 'Verdi'))).toMatchObject({
      addresses: ['info@verdi.example', 'ada@verdi.example'],
      terms: { niche: 'Law' },
    });
  });
});
