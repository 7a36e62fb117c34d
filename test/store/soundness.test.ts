import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dayMs, instant, plus } from '../../src/rules/time.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { setFact } from '../../src/store/facts.ts';
import { beginRun, endRunCleanly } from '../../src/store/soundness.ts';

const now = instant('2026-11-09T09:00:00Z');

/** A store that says of each reading-through that it took place. */
function watched(): { store: Store; checks: () => number } {
  const dir = mkdtempSync(join(tmpdir(), 'paletti-sound-'));
  const store = openStore(join(dir, 'paletti.db'), { now });
  onTestFinished(() => {
    store.close();
    rmSync(dir, { recursive: true, force: true });
  });
  let count = 0;
  const check = store.check.bind(store);
  store.check = () => {
    count += 1;
    return check();
  };
  return { store, checks: () => count };
}

describe('the file is read through', () => {
  it('at the first start, and not again within a day of clean ends', () => {
    const { store, checks } = watched();
    for (let hour = 0; hour < 20; hour += 4) {
      beginRun(store, plus(now, hour * 3_600_000));
      endRunCleanly(store, plus(now, hour * 3_600_000));
    }
    expect(checks()).toBe(1);
  });

  it('after an end that was not clean, and after a day, and after a clock that was set back by one', () => {
    const { store, checks } = watched();
    beginRun(store, now);
    beginRun(store, plus(now, 1000));
    expect(checks()).toBe(2);
    for (const at of [plus(now, 2 * dayMs), plus(now, -dayMs)]) {
      endRunCleanly(store, at);
      beginRun(store, at);
    }
    expect(checks()).toBe(4);
  });

  it('and a damaged one may not be used', () => {
    const { store } = watched();
    store.write(now, (w) => {
      for (let n = 0; n < 600; n += 1) setFact(w, `fact ${n}`, 'x'.repeat(500));
    });
    store.close();
    overwriteRows(store.path);
    const damaged = openStore(store.path);
    expect(() => beginRun(damaged, now)).toThrow(
      expect.objectContaining({ code: 'store', where: store.path, next: expect.stringContaining('backup') }),
    );
    damaged.close();
  });
});

/** Two pages among the last rows that were written, behind all that opening the file reads. */
function overwriteRows(path: string): void {
  const bytes = readFileSync(path);
  const page = Math.floor((bytes.length * 7) / 8 / 4096) * 4096;
  bytes.fill(0x5a, page, page + 8192);
  writeFileSync(path, bytes);
}
