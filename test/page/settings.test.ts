/** The settings: shown, asked for, shown as a difference, written to config.json, put back; and what is refused. */
import { chmodSync, existsSync, readFileSync, statSync, symlinkSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkConfig } from '../../src/config.ts';
import type { Language } from '../../src/rules/language.ts';
import { entries } from '../support/in-words.ts';
import { openStudio } from '../support/studio.ts';
import { served, Visitor } from './visitor.ts';

async function settings(language: Language = 'en', config: Record<string, unknown> = {}) {
  const studio = await openStudio({ now: '2026-11-23T10:00:00+01:00', config });
  const page = await served(studio, { language });
  const visitor = new Visitor(page);
  await visitor.enter(page.address());
  const file = () => JSON.parse(readFileSync(page.configFile, 'utf8')) as Record<string, any>;
  /** What a browser sends for the form of a part, with some fields typed anew. */
  const query = async (part: string, typed: Record<string, string | string[]> = {}) => {
    const text = await visitor.text('/settings');
    const form = text.split('<form').find((one) => one.includes(`name="part" value="${part}"`)) ?? '';
    const fields = new URLSearchParams();
    const controls = form.matchAll(/<input ([^>]*)>|<select [^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/gs);
    for (const [, input = '', name = '', options = ''] of controls) {
      if (name !== '')
        fields.append(
          name,
          /value="([^"]*)" selected/.exec(options)?.[1] ?? /value="([^"]*)"/.exec(options)?.[1] ?? '',
        );
      else if (!input.includes('type="checkbox"') || input.includes('checked'))
        fields.append(/name="([^"]*)"/.exec(input)?.[1] ?? '', /value="([^"]*)"/.exec(input)?.[1] ?? '');
    }
    for (const [name, value] of Object.entries(typed)) {
      fields.delete(name);
      for (const one of [value].flat()) fields.append(name, one);
    }
    return `/settings/change?${fields}`;
  };
  const look = async (part: string, typed: Record<string, string | string[]>) => visitor.text(await query(part, typed));
  const save = async (part: string, typed: Record<string, string | string[]>) =>
    visitor.click(await query(part, typed), '/settings');
  return { studio, page, visitor, file, query, look, save };
}

const parts = ['sending', 'hours', 'phone', 'closures', 'holidays', 'answering', 'ladder', 'language'];

describe('a part of the settings', () => {
  it('sent as it stands changes nothing', async () => {
    const { look, file } = await settings();
    const before = JSON.stringify(file());
    for (const part of parts)
      expect([part, await look(part, {})]).toEqual([part, expect.stringContaining('Nothing changes.')]);
    expect(JSON.stringify(file())).toBe(before);
  });

  const table: [string, Record<string, string | string[]>, string[], unknown, unknown][] = [
    ['sending', { 'sending.perDay': '7' }, ['sending', 'perDay'], undefined, 7],
    ['hours', { fri: '9-13' }, ['contactHours', 'fri'], ['09:00-13:00', '14:00-18:00'], ['09:00-13:00']],
    ['hours', { sat: '22.30–2' }, ['contactHours', 'sat'], [], ['22:30-02:00']],
    [
      'phone',
      { same: '', tue: '10-12', mon: '', wed: '', thu: '', fri: '' },
      ['phoneHours', 'tue'],
      undefined,
      ['10:00-12:00'],
    ],
    [
      'closures',
      { from: ['2026-12-24', ''], to: ['2027-01-06', ''], note: ['ferie', ''] },
      ['contactHours', 'closures'],
      [],
      [{ from: '2026-12-24', to: '2027-01-06', note: 'ferie' }],
    ],
    [
      'holidays',
      { date: ['06-24', ''], name: ['San Giovanni', ''] },
      ['contactHours', 'holidays', 'extra'],
      [],
      [{ date: '06-24', name: 'San Giovanni' }],
    ],
    ['answering', { 'responseWindow.hours': '48' }, ['responseWindow', 'hours'], undefined, 48],
    ['answering', { 'acknowledgement.enabled': 'no' }, ['acknowledgement', 'enabled'], undefined, false],
    ['language', { 'owner.language': 'it' }, ['owner', 'language'], 'en', 'it'],
  ];
  it.each(table)('%s with %j is shown first, saved then, and put back', async (part, typed, path, before, after) => {
    const { studio, page, visitor, file, look, save } = await settings();
    const at = () => path.reduce((value, key) => value?.[key], file() as any);
    const whole = readFileSync(page.configFile, 'utf8');
    const shown = await look(part, typed);
    expect(shown).toContain('What changes');
    expect(shown).not.toContain('undefined');
    expect([at(), existsSync(`${page.configFile}.before`)]).toEqual([before, false]);
    expect(await save(part, typed)).toMatch(/Saved\.|Salvato\./);
    expect(at()).toEqual(after);
    expect(checkConfig(readFileSync(page.configFile, 'utf8'), page.configFile)).toBeDefined();
    expect(readFileSync(`${page.configFile}.before`, 'utf8')).toBe(whole);
    expect(statSync(`${page.configFile}.before`).mode & 0o077).toBe(0);
    const noted = studio.app.store.read((r) => entries(r)).filter(({ kind }) => kind === 'settings-changed');
    expect(noted.map(({ why }) => why)).toEqual([expect.stringContaining('changed by the owner: ')]);
    expect(await visitor.click('/settings/earlier', '/settings/restore')).toMatch(/is back|è tornata/);
    expect(readFileSync(page.configFile, 'utf8')).toBe(whole);
  });

  it('the ladder: a step asks from now on, another is taken out, names and effects stay', async () => {
    const steps = [
      { name: 'first', letter: 'payment-reminder', afterDays: 3 },
      { letter: 'work-paused', afterDays: 10, approval: 'auto', effect: 'pause' },
      { letter: 'termination', afterDays: 30, afterPreviousDays: 15 },
    ];
    const { file, look, save } = await settings('en', { dunning: { steps } });
    const typed = {
      letter: ['payment-reminder', 'work-paused', '', ''],
      after: ['5', '10', '30', ''],
      approval: ['auto', 'ask', 'ask', 'ask'],
    };
    const shown = await look('ladder', typed);
    expect(shown).toContain('payment reminder: 5 days after it is due; leaves by itself');
    await save('ladder', typed);
    expect(file()['dunning'].steps).toEqual([
      { name: 'first', letter: 'payment-reminder', afterDays: 5, afterPreviousDays: 0 },
      { letter: 'work-paused', afterDays: 10, afterPreviousDays: 0, approval: 'ask', effect: 'pause' },
    ]);
  });

  const wrong: [string, Record<string, string | string[]>, string][] = [
    ['hours', { mon: '9 to 5' }, 'Write hours as 09:00-13:00'],
    ['hours', { mon: '09:00-13:00, 12:00-14:00' }, 'Write hours as 09:00-13:00'],
    ['hours', { mon: '', tue: '', wed: '', thu: '', fri: '' }, 'One day at least is open.'],
    ['closures', { from: ['2026-12-24', ''], to: ['2026-12-01', ''], note: ['x', ''] }, 'Each closure has a first day'],
    ['closures', { from: ['', ''], to: ['', ''], note: ['x', ''] }, 'Each closure has a first day'],
    ['holidays', { 'contactHours.holidays.country': 'Italy' }, 'Write two capital letters'],
    ['holidays', { date: ['31-31', ''], name: ['x', ''] }, 'Write the day as 06-24'],
    ['answering', { 'responseWindow.hours': 'many' }, 'Write a whole number from 1 to 720.'],
    ['answering', { 'acknowledgement.holdMinutes': '99999' }, 'Write a whole number of minutes'],
    ['ladder', { after: ['30', '10', '3', ''] }, 'Each step has whole days'],
    ['sending', { 'sending.mode': 'sometimes' }, 'Choose one of the two.'],
  ];
  it('is refused by the schema, says what belongs there, and keeps what was typed', async () => {
    const { visitor, page, query } = await settings();
    const before = readFileSync(page.configFile, 'utf8');
    for (const [part, typed, wanted] of wrong) {
      const answer = await visitor.get(await query(part, typed));
      const text = await answer.text();
      expect([typed, answer.status, text.includes('role="alert"')]).toEqual([typed, 422, true]);
      expect(text).toContain(wanted);
      // a list of choices has no place for what is none of them
      const values = Object.values(typed)
        .flat()
        .filter((one) => one !== 'sometimes');
      for (const value of values) expect(text).toContain(`value="${value}"`);
    }
    expect(readFileSync(page.configFile, 'utf8')).toBe(before);
  });

  it('says in one sentence what it means that letters leave by themselves', async () => {
    const { look } = await settings('en', { sending: { mode: 'review' } });
    expect(await look('sending', { 'sending.mode': 'live' })).toContain(
      'letters of steps that do not ask for your yes leave by themselves',
    );
  });
});

describe('the file', () => {
  it('is not written when another hand changed it since it was looked at', async () => {
    const { visitor, page, query, file } = await settings();
    const path = await query('answering', { 'responseWindow.hours': '48' });
    const fields = await visitor.fields(path, '/settings');
    writeFileSync(page.configFile, JSON.stringify({ ...file(), channels: ['email', 'fax'] }));
    const answer = await visitor.post('/settings', fields);
    expect(await visitor.text(answer.headers.get('location') as string)).toContain('role="alert"');
    expect([file()['channels'], file()['responseWindow']]).toEqual([['email', 'fax'], undefined]);
  });

  it('stays a link, keeps its mode and its other lines', async () => {
    const { page, save } = await settings();
    const real = join(page.configFile, '..', 'dotfiles.json');
    renameSync(page.configFile, real);
    chmodSync(real, 0o640);
    symlinkSync(real, page.configFile);
    const lines = readFileSync(real, 'utf8').split('\n');
    await save('sending', { 'sending.mode': 'review' });
    const now = readFileSync(real, 'utf8').split('\n');
    expect(now.filter((one) => !lines.includes(one))).toEqual(['    "mode": "review"']);
    expect([statSync(page.configFile).mode & 0o777, existsSync(`${real}.before`)]).toEqual([0o640, true]);
  });

  it('takes no value that is on no form, whatever is sent', async () => {
    const { visitor, page, file, query } = await settings();
    const before = file();
    const fields = await visitor.fields(await query('answering', { 'responseWindow.hours': '48' }), '/settings');
    const other =
      'part=answering&mailboxes.0.imap.password.command=sh&dataDir=%2Ftmp&responseWindow.count=elapsed&acknowledgement.enabled=yes&acknowledgement.holdMinutes=30&acknowledgement.to=clients&responseWindow.hours=72';
    await visitor.post('/settings', { ...fields, query: other });
    expect(file()).toEqual(before);
    expect((await visitor.get('/settings/change?part=mailboxes')).status).toBe(404);
    expect(existsSync(`${page.configFile}.before`)).toBe(false);
  });

  it('changed by hand is shown at the next look, and a fault in it is told, with its place', async () => {
    const { visitor, page, file } = await settings();
    writeFileSync(page.configFile, JSON.stringify({ ...file(), responseWindow: { hours: 24 } }));
    expect(await visitor.text('/settings')).toMatch(/name="responseWindow.hours" value="24"/);
    writeFileSync(page.configFile, '{ "owner": ');
    expect(await visitor.text('/settings')).toContain('this is not JSON');
    expect((await visitor.get('/')).status).toBe(200);
  });
});
