/** `run` and `decide` hand over to the program, and say what came of it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { editText, splitLetter } from '../../src/cli/edit-text.ts';
import type { DecideOptions, Progress } from '../../src/cli/ways.ts';
import { AppError } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import { openTerminal } from './terminal.ts';

const counts = {
  recorded: 3,
  quarantined: 0,
  judged: 3,
  warned: 0,
  written: 1,
  sent: 0,
  waiting: 1,
  filed: 0,
  paused: null,
};

/** An app of which only the verbs that `run` calls are there. */
function appWith(faults: AppError[] = []) {
  const calls: string[] = [];
  const logged: string[] = [];
  const note = (event: string, text: string) => void logged.push(`${event}: ${text}`);
  const log: Log = { info: note, warn: note, error: note };
  const opened: { progress?: (step: Progress) => void } = {};
  const ways = {
    makeLog: async () => log,
    openApp: async (config: App['config'], _log: Log, progress?: (step: Progress) => void) => {
      opened.progress = progress;
      return {
        config,
        pass: async () => (calls.push('pass'), { ...counts, faults }),
        run: async () => void calls.push('run'),
        shut: async () => void calls.push('shut'),
      } as unknown as App;
    },
  };
  return { calls, logged, ways, opened };
}

describe('run', () => {
  it('goes on until it is told to end, and lets go of everything', async () => {
    const { calls, logged, ways } = appWith();
    const { code, out } = await openTerminal({ ways }).type('run');
    expect([code, out, calls]).toEqual([0, '', ['run', 'shut']]);
    expect(logged.join('\n')).toMatch(
      /start: watching studio for Anna Rossi; sending: review[\s\S]*review mode[\s\S]*end: /,
    );
  });

  it('once is one pass', async () => {
    const { calls, ways } = appWith();
    const terminal = openTerminal({ ways });
    expect((await terminal.type('run', '--once')).err).toContain('3 recorded, 3 judged, 1 letter written');
    expect(calls).toEqual(['pass', 'shut']);
    expect(await terminal.json('run', '--once')).toEqual({ ...counts, faults: [] });
  });

  it('once ends with the code of what went wrong, after the rest was done', async () => {
    const { calls, ways } = appWith([
      new AppError('login-refused', 'the login was refused', {
        where: 'imap.studio.example:993',
        next: 'paletti doctor',
      }),
    ]);
    const { code, err } = await openTerminal({ ways }).type('run', '--once');
    expect([code, calls]).toEqual([5, ['pass', 'shut']]);
    expect(err).toMatch(
      /One pass[\s\S]*paletti: the login was refused\n {2}where: imap\.studio\.example:993\n {2}next: {2}paletti doctor/,
    );
  });

  it('tells how far the first reading of a large mailbox is, ten times and not more', async () => {
    const { logged, ways, opened } = appWith();
    await openTerminal({ ways }).type('run');
    const before = logged.length;
    for (let done = 0; done <= 5000; done += 10)
      opened.progress?.({ mailbox: 'studio', folder: 'inbox', done, total: 5000 });
    opened.progress?.({ mailbox: 'studio', folder: 'sent', done: 5, total: 10 });
    expect(logged.length - before).toBe(11);
    expect(logged.at(-1)).toBe('progress: studio inbox: 5000 of 5000 messages read');
  });
});

describe('decide', () => {
  const answer = {
    client: null,
    kind: 'human',
    outOfHours: true,
    window: { opensAt: '2026-11-23T08:00:00Z', dueAt: '2026-11-24T08:00:00Z' },
    letter: { envelope: { from: '', to: 'luca@client.example' }, subject: 'Re: x', text: 'Ciao\u001b[31m\n' },
  };

  function terminalThat(asked: { bytes: string; options: DecideOptions }[]) {
    const terminal = openTerminal({
      ways: {
        decide: async (_config, bytes, options) => (
          asked.push({ bytes: new TextDecoder().decode(bytes), options }), answer
        ),
      },
    });
    writeFileSync(join(terminal.dir, 'mail.eml'), 'Subject: x\r\n\r\nhello');
    return terminal;
  }

  it('hands over the bytes and what the envelope was, and prints what it was told', async () => {
    const asked: { bytes: string; options: DecideOptions }[] = [];
    const result = await terminalThat(asked).json(
      'decide',
      'mail.eml',
      '--mail-from',
      '<>',
      '--rcpt-to',
      '<anna@studio.example>',
      '--now',
      '2026-11-21T21:04:00+01:00',
      '--as-client',
    );
    expect(result).toEqual(answer);
    expect(asked).toEqual([
      {
        bytes: 'Subject: x\r\n\r\nhello',
        options: {
          mailFrom: '',
          rcptTo: 'anna@studio.example',
          now: Date.parse('2026-11-21T20:04:00Z'),
          asClient: true,
        },
      },
    ]);
  });

  it('leaves the envelope open when nothing was said of it', async () => {
    const asked: { options: DecideOptions; bytes: string }[] = [];
    const terminal = terminalThat(asked);
    expect((await terminal.type('decide', 'mail.eml')).out).toMatch(
      /kind: human[\s\S]*To: luca@client\.example\nSubject: Re: x\n\nCiao\[31m\n/,
    );
    expect(asked[0]?.options).toEqual({ now: terminal.clock.now(), asClient: false });
  });

  it('says the deadline by the clock of the owner', async () => {
    const { out } = await terminalThat([]).type('decide', 'mail.eml');
    expect(out).toContain('window: opens Mon 23 Nov 09:00, the answer is due Tue 24 Nov 09:00\n');
  });

  it.each([
    ['an empty file', ''],
    ['line ends alone', '\r\n\r\n'],
    ['a picture', '\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR'],
    ['a text', 'Dear Anna,\nhello\n\nnote: no header\n'],
  ])('refuses %s', async (_name, bytes) => {
    const asked: { options: DecideOptions; bytes: string }[] = [];
    const terminal = terminalThat(asked);
    writeFileSync(join(terminal.dir, 'mail.eml'), bytes, 'latin1');
    const { code, err } = await terminal.type('decide', 'mail.eml');
    expect([code, asked]).toEqual([1, []]);
    expect(err).toMatch(/holds no mail message\n {2}where: \/.*mail\.eml\n {2}next: {2}Save/);
  });

  it.each([
    ['a file that is not there', ['none.eml'], 1],
    ['an envelope of two lines', ['mail.eml', '--mail-from', 'a@b.it\r\nBcc: c@d.it'], 2],
    ['a sender that is no address', ['mail.eml', '--mail-from', 'nonsense'], 2],
    ['a recipient that is no address', ['mail.eml', '--rcpt-to', 'anna@'], 2],
    ['a moment that is none', ['mail.eml', '--now', 'soon'], 2],
    ['a moment without a zone', ['mail.eml', '--now', '2026-11-24T09:30:00'], 2],
  ] as const)('refuses %s', async (_name, words, code) => {
    const asked: { options: DecideOptions; bytes: string }[] = [];
    expect((await terminalThat(asked).type('decide', ...words)).code).toBe(code);
    expect(asked).toEqual([]);
  });
});

describe('a letter in the editor', () => {
  const letter = { subject: 'Promemoria', text: 'Gentile Laura,\n\ngrazie.\n' };

  /** An "editor" that is a script: it gets the file as its last word. */
  async function edited(script: string) {
    const terminal = openTerminal();
    const path = join(terminal.dir, 'editor.mjs');
    writeFileSync(
      path,
      `import { readFileSync, statSync, writeFileSync } from 'node:fs';\nconst file = process.argv[2];\n${script}`,
    );
    return editText(
      { ...terminal.ways, env: { ...process.env, VISUAL: '', EDITOR: `${process.execPath} ${path}` } },
      letter,
    );
  }

  it('comes back as it was left', async () => {
    expect(await edited('')).toEqual(letter);
    const script =
      "if ((statSync(file).mode & 0o077) !== 0) process.exit(9);\nwriteFileSync(file, readFileSync(file, 'utf8').replace('Laura', 'Dott.ssa Bianchi'));";
    expect(await edited(script)).toEqual({ ...letter, text: 'Gentile Dott.ssa Bianchi,\n\ngrazie.\n' });
  });

  it('stays as it was when the editor fails', async () => {
    await expect(edited('process.exit(3)')).rejects.toMatchObject({ code: 'bad-input' });
  });

  it.each(['', 'Promemoria\n\nGentile', 'Subject: x\nGentile', 'X: y\nSubject: x\n\nGentile'])(
    '%j has no subject',
    (text) => {
      expect(() => splitLetter(text)).toThrow(/Subject/);
    },
  );
});
