import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { instant } from '../../src/rules/time.ts';
import { openStore } from '../../src/store/database.ts';
import {
  countHandover,
  handoversCounted,
  handoversFile,
  isForgotten,
  openHandovers,
  rememberForgotten,
} from '../../src/store/handovers.ts';

const now = instant('2026-11-09T09:00:00Z');

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'paletti-handovers-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

describe('handovers', () => {
  it('are there again after a restart, readable by the owner alone', () => {
    const dir = folder();
    openHandovers(dir).add({ number: 1, messageId: '<a@x>' });
    openHandovers(dir).add({ number: 2, messageId: '<b@x>' });
    expect(openHandovers(dir).after(1)).toEqual([{ number: 2, messageId: '<b@x>' }]);
    expect(statSync(join(dir, handoversFile)).mode & 0o777).toBe(0o600);
  });

  it('a line cut short by a crash is passed over, and the next one is whole', () => {
    const dir = folder();
    openHandovers(dir).add({ number: 1, messageId: '<a@x>' });
    appendFileSync(join(dir, handoversFile), '2 <b@');
    openHandovers(dir).add({ number: 2, messageId: '<c@x>' });
    expect(
      openHandovers(dir)
        .after(0)
        .map(({ messageId }) => messageId),
    ).toEqual(['<a@x>', '<c@x>']);
    expect(readFileSync(join(dir, handoversFile), 'utf8')).toBe('1 <a@x>\n2 <b@\n2 <c@x>\n');
  });

  it('a file that cannot be written is a fault of the store', () => {
    const missing = join(folder(), 'gone');
    expect(() => openHandovers(missing).add({ number: 1, messageId: '<a@x>' })).toThrow(
      expect.objectContaining({ code: 'store', where: join(missing, handoversFile) }),
    );
  });

  it('those that the database does not count are remembered, once', () => {
    const store = openStore(':memory:', { now });
    const handovers = openHandovers(folder());
    const number = store.write(now, countHandover);
    handovers.add({ number, messageId: '<known@x>' });
    handovers.add({ number: number + 1, messageId: '<forgotten@x>' });
    expect(store.write(now, (w) => rememberForgotten(w, handovers))).toBe(1);
    expect(store.write(now, (w) => rememberForgotten(w, handovers))).toBe(0);
    expect(store.read((r) => [isForgotten(r, '<forgotten@x>'), isForgotten(r, '<known@x>')])).toEqual([true, false]);
    expect(store.read(handoversCounted)).toBe(2);
    store.close();
  });
});
