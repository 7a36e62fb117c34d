/** Completion in shells, made from the table of commands: each command is in each script, and bash completes them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { completionFor, tableOf } from '../../src/cli/completion.ts';
import { wholeProgram } from '../../src/cli/program.ts';
import { openTerminal } from './terminal.ts';

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
const table = async () => tableOf(await wholeProgram(openTerminal({ config: null }).ways));

/** What bash would offer for the last of these words. */
function offered(script: string, ...words: string[]): string[] {
  const line = `${script}\nCOMP_WORDS=(paletti "$@"); COMP_CWORD=$#; _paletti; printf '%s\\n' "\${COMPREPLY[@]}"`;
  // no files to offer
  const cwd = mkdtempSync(join(tmpdir(), 'paletti-completion-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const said = execFileSync('bash', ['-c', line, 'bash', ...words], { cwd, encoding: 'utf8' });
  return said.split('\n').filter((word) => word !== '');
}

describe('completion', () => {
  it('knows every command of the program, and what stands under it', async () => {
    const all = await table();
    const paths = all.map(({ path }) => path);
    for (const path of ['', 'init', 'clients', 'clients learn', 'auth login', 'service repair', 'completion'])
      expect(paths).toContain(path);
    const outer = all.find(({ path }) => path === '');
    const help = (await openTerminal({ config: null }).type('--help')).out;
    const named = [...help.matchAll(/^ {2}([a-z]+)\b.* {2}/gm)]
      .map(([, name]) => name)
      .filter((name) => name !== 'help');
    expect(new Set(outer?.commands.map(({ name }) => name))).toEqual(new Set(named));
  });

  it.each(shells)('%s: each command and each option is in the script', async (shell) => {
    const all = await table();
    const script = completionFor(shell, all);
    const missing = all.flatMap(({ commands, options }) =>
      [...commands.map(({ name }) => name), ...options.map((option) => option.slice(2))].filter(
        (word) => !script.includes(word),
      ),
    );
    expect(missing).toEqual([]);
  });

  it('completes in bash: commands, verbs, options, an option between them', async () => {
    const script = completionFor('bash', await table());
    expect(offered(script, 'cl')).toEqual(['clients']);
    expect(offered(script, 'clients', 'le')).toEqual(['learn']);
    expect(offered(script, 'clients', 'learn', '--on')).toEqual(['--only']);
    expect(offered(script, '--quiet', 'service', 'rep')).toEqual(['repair']);
    expect(offered(script, 'outbox', 'show', 'x')).toEqual([]);
    expect(offered(script, '')).toContain('doctor');
  });

  it('is printed, and refused for a shell that is none', async () => {
    const terminal = openTerminal({ config: null });
    const { code, out } = await terminal.type('completion', 'bash');
    expect([code, out]).toEqual([0, expect.stringContaining('complete -F _paletti paletti')]);
    const said = await terminal.type('completion', 'tcsh');
    expect([said.code, said.err]).toEqual([2, expect.stringContaining('bash, zsh, fish, powershell')]);
  });
});

describe('the log of the service', () => {
  it.runIf(process.platform === 'linux')('is shown by the journal of the system, also as it is written', async () => {
    const asked: string[][] = [];
    const follow = async (line: readonly string[]) => asked.push([...line]);
    const terminal = openTerminal({ config: null, ways: { follow } });
    await terminal.type('logs');
    await terminal.type('logs', '-f', '-n', '20');
    expect(asked).toEqual([
      ['journalctl', '--user', '-u', 'paletti', '-n', '100', '--no-pager'],
      ['journalctl', '--user', '-u', 'paletti', '-n', '20', '--no-pager', '-f'],
    ]);
  });

  it('that cannot be read is said with the command', async () => {
    const { code, err } = await openTerminal({ config: null }).type('logs');
    expect([code, err]).toEqual([1, expect.stringContaining('paletti service')]);
    expect((await openTerminal({ config: null }).type('logs', '-n', 'x')).code).toBe(2);
  });
});

describe('notify test', () => {
  it('says what to do when the desktop shows nothing', async () => {
    const { code, err } = await openTerminal({ config: null }).type('notify', 'test');
    expect([code, err]).toEqual([1, expect.stringMatching(/no desktop in this test[^]*notify-send/)]);
  });

  it('hands over one in the language of the owner', async () => {
    const shown: { title: string; body: string }[] = [];
    const notify = async (said: { title: string; body: string }) => (shown.push(said), { ok: true, why: '' });
    const terminal = openTerminal({ config: null, ways: { notify } });
    expect((await terminal.type('notify', 'test', '--lang', 'it')).code).toBe(0);
    expect(shown).toMatchObject([{ title: 'Paletti: 1 cosa ti aspetta' }]);
  });
});
