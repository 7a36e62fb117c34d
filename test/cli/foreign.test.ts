/** Another user of the machine: told whose the folder is. Needs to begin as root, to become somebody else. */
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDataDir } from '../../src/open-desk.ts';
import { AppError } from '../../src/errors.ts';
import { tempDir } from '../store/make.ts';

const isRoot = process.geteuid?.() === 0;

function asSomebodyElse<T>(act: () => T): T {
  const [euid, uid] = [process.geteuid?.() ?? 0, process.getuid];
  process.seteuid?.(65_534);
  process.getuid = () => 65_534;
  try {
    return act();
  } finally {
    process.getuid = uid as never;
    process.seteuid?.(euid);
  }
}

describe.runIf(isRoot)('the data folder of another user', () => {
  it.each([0o700, 0o755, 0o777])('of mode %o is refused with its owner’s name, and left as it is', (mode) => {
    const dir = tempDir();
    chmodSync(dir, 0o755);
    const data = join(dir, 'data');
    mkdirSync(data);
    chownSync(data, 1, 1);
    chmodSync(data, mode);
    const fault = asSomebodyElse(() => {
      try {
        makeDataDir(data);
        return undefined;
      } catch (error) {
        return error;
      }
    });
    expect(fault).toBeInstanceOf(AppError);
    expect(fault).toMatchObject({
      message: expect.stringMatching(/this data folder belongs to (?:daemon|bin|user 1)/),
    });
  });

  it('a folder of one’s own in a place that is open to all is made', () => {
    const dir = tempDir();
    chmodSync(dir, 0o777);
    expect(asSomebodyElse(() => makeDataDir(join(dir, 'mine')))).toBeUndefined();
  });
});
