/** Files that a person asks for: hers alone, whole or not at all, and in the place of nothing else. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { notWritten } from '../../src/cli/files.ts';
import { AppError, exitCodes } from '../../src/errors.ts';
import { openTerminal } from './terminal.ts';

const exported = (...words: string[]) => ['clients', 'export', '--output', ...words];

describe('a file that was asked for', () => {
  it('is for its owner alone, also where another stood', async () => {
    const terminal = openTerminal();
    const path = join(terminal.dir, 'clients.csv');
    writeFileSync(path, 'before', { mode: 0o644 });
    expect((await terminal.type(...exported('clients.csv'))).code).toBe(exitCodes.conflict);
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect((await terminal.type(...exported('clients.csv', '--force'))).code).toBe(0);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toMatch(/^name,/);
    expect(readdirSync(terminal.dir).filter((name) => name.includes('paletti-part'))).toEqual([]);
  });

  it.each([[], ['--force']])('does not go where a link leads (%j)', async (...force) => {
    const terminal = openTerminal();
    const elsewhere = join(terminal.dir, 'elsewhere.csv');
    symlinkSync(elsewhere, join(terminal.dir, 'link.csv'));
    const { code } = await terminal.type(...exported('link.csv', ...force));
    expect([code, existsSync(elsewhere)]).toEqual([exitCodes.conflict, false]);
    expect(lstatSync(join(terminal.dir, 'link.csv')).isSymbolicLink()).toBe(true);
  });

  it.each(['folder', '/dev/null'])('does not take the place of %s', async (path) => {
    const terminal = openTerminal();
    mkdirSync(join(terminal.dir, 'folder'));
    expect((await terminal.type(...exported(path, '--force'))).code).toBe(exitCodes.conflict);
    expect(existsSync(join(terminal.dir, 'folder'))).toBe(true);
  });

  it('that cannot be written is said in words', async () => {
    const terminal = openTerminal();
    const { code, err } = await terminal.type(...exported('nowhere/clients.csv'));
    expect([code, err]).toEqual([exitCodes['bad-input'], expect.stringMatching(/there is no such folder/)]);
    expect(err).not.toContain('ENOENT');
  });

  it.each(['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EIO', 'ENAMETOOLONG'])("names the disk's %s", (code) => {
    const fault = notWritten('/x', Object.assign(new Error(code), { code }));
    expect(fault).toBeInstanceOf(AppError);
    expect(fault).toMatchObject({ where: '/x', message: expect.stringMatching(/^the file was not written: /) });
  });
});
