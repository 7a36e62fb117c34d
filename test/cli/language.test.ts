/** Which language the program speaks, and that it keeps to it. */
import { describe, expect, it } from 'vitest';
import { chooseLanguage, type Wishes } from '../../src/cli/language.ts';
import { config, openTerminal } from './terminal.ts';

const nothing: Wishes = { asked: null, env: {}, owner: null };

describe('the language', () => {
  const cases: [string, Partial<Wishes>, 'it' | 'en'][] = [
    ['is English where nothing says otherwise', {}, 'en'],
    ['is the system’s where there is no configuration', { env: { LANG: 'it_IT.UTF-8' } }, 'it'],
    ['is the one for messages before the general one', { env: { LANG: 'en_GB.UTF-8', LC_MESSAGES: 'it_IT' } }, 'it'],
    ['is the one that overrides all locales', { env: { LANG: 'it_IT', LC_ALL: 'en_US.UTF-8' } }, 'en'],
    ['is English where the system speaks another', { env: { LANG: 'de_DE.UTF-8' } }, 'en'],
    ['is not the general one where a foreign one overrides it', { env: { LC_ALL: 'C', LANG: 'it_IT' } }, 'en'],
    ['is the configuration’s before the system’s', { owner: 'it', env: { LANG: 'en_GB.UTF-8' } }, 'it'],
    ['is PALETTI_LANG’s before the configuration’s', { owner: 'it', env: { PALETTI_LANG: 'en' } }, 'en'],
    ['takes PALETTI_LANG as locales are written', { owner: 'en', env: { PALETTI_LANG: 'it_CH.UTF-8' } }, 'it'],
    ['passes over a PALETTI_LANG that is none of ours', { owner: 'it', env: { PALETTI_LANG: 'fr' } }, 'it'],
    ['is what the line asks for, before all', { asked: 'it', owner: 'en', env: { PALETTI_LANG: 'en' } }, 'it'],
  ];
  it.each(cases)('%s', (_what, wishes, language) => {
    expect(chooseLanguage({ ...nothing, ...wishes })).toBe(language);
  });
});

describe('a command', () => {
  const italian = /^Paletti per Anna Rossi\. Invio: in revisione/;
  const english = /^Paletti for Anna Rossi\. Sending: review/;
  const withEnv = (env: NodeJS.ProcessEnv) => openTerminal({ ways: { env } });

  it('speaks as the configuration says', async () => {
    expect((await withEnv({}).type('status')).out).toMatch(italian);
  });

  it('speaks as the line says, wherever that stands in it', async () => {
    const terminal = withEnv({});
    expect((await terminal.type('--lang', 'en', 'status')).out).toMatch(english);
    expect((await terminal.type('status', '--lang=en')).out).toMatch(english);
    expect((await terminal.type('status', '--lang', 'en', '--lang', 'it')).out).toMatch(italian);
    expect((await terminal.type('status')).out).toMatch(italian);
  });

  it('speaks as PALETTI_LANG says', async () => {
    expect((await withEnv({ PALETTI_LANG: 'en' }).type('status')).out).toMatch(english);
  });

  it('refuses a language that it does not speak, and names those it does', async () => {
    const { code, err } = await withEnv({}).type('status', '--lang', 'de');
    expect(code).toBe(2);
    expect(err).toContain('"de"');
    expect(err).toContain('it, en');
  });

  it('leaves the keys and codes of JSON as they are', async () => {
    const terminal = openTerminal({ config: { ...config, sending: { mode: 'live' } }, ways: { env: {} } });
    const inItalian = await terminal.json('status', '--lang', 'it');
    const inEnglish = await terminal.json('status', '--lang', 'en');
    expect(inItalian).toEqual(inEnglish);
  });
});

describe('a fault', () => {
  it('is said with its next step in the language of the owner; a program has its code and facts', async () => {
    const terminal = openTerminal({ ways: { env: {} } });
    expect(await terminal.type('outbox', 'show', '99')).toMatchObject({
      code: 1,
      err: 'paletti: non c’è la lettera 99\n  ora:   Vedi: paletti outbox list --all\n',
    });
    expect((await terminal.type('outbox', 'show', '99', '--lang', 'en')).err).toBe(
      'paletti: there is no letter 99\n  next:  See: paletti outbox list --all\n',
    );
    const { error } = JSON.parse((await terminal.type('outbox', 'show', '99', '--json')).err);
    expect(error).toMatchObject({
      code: 'not-found',
      message: 'non c’è la lettera 99',
      fault: { code: 'no-letter', id: 99 },
    });
  });

  it('of what cannot be read is said so, too', async () => {
    const terminal = openTerminal({ ways: { env: {} } });
    expect((await terminal.type('clients', 'show', 'Nessuno')).err).toMatch(/^paletti: non c’è il cliente/);
    expect((await terminal.type('plan', '--days', 'x')).err).toContain('numero intero da 1 a 3660');
  });
});
