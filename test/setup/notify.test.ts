/** A word on the desktop: what is handed over, whatever a text is made of; and a program that is not there. */
import { describe, expect, it } from 'vitest';
import { lineFor, notify } from '../../src/setup/notify.ts';

describe('what is handed to the desktop', () => {
  it('keeps texts apart from options and markup', () => {
    const line = lineFor('linux', '-u critical', '<b>5 & 6</b>');
    expect(line?.args.slice(-3)).toEqual(['--', '-u critical', '&lt;b&gt;5 &amp; 6&lt;/b&gt;']);
  });

  it('is no part of a script, on a Mac by argument and on Windows by the environment', () => {
    const text = '" & (do shell script "x") & "';
    const mac = lineFor('darwin', text, text);
    expect(mac?.args.filter((arg) => arg.includes('do shell')).length).toBe(2);
    expect(mac?.args.slice(-2)).toEqual([text, text]);
    const windows = lineFor('win32', text, text);
    expect(windows?.args.join(' ')).not.toContain('do shell');
    expect(windows?.env).toEqual({ PALETTI_TITLE: text, PALETTI_BODY: text });
  });

  it('is nothing where no way is known', async () => {
    expect(lineFor('aix', 'a', 'b')).toBeNull();
    expect(await notify({ title: 'a', body: 'b' }, { platform: 'aix', env: {} })).toEqual({ ok: false, why: 'aix' });
  });

  it('never fails where the program is not there', async () => {
    const said = await notify(
      { title: 'a\u202E\n', body: 'x'.repeat(999) },
      { platform: 'linux', env: { PATH: '/nowhere' } },
    );
    expect(said).toMatchObject({ ok: false, why: expect.stringContaining('notify-send') });
  });
});
