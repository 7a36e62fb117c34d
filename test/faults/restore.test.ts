/**
 * The whole data folder is put back as it was yesterday, the memory of what was handed over with it. What Sent shows is
 * then the only witness of what left since.
 */
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { handoversFile } from '../../src/store/handovers.ts';
import { unseenNotices } from '../support/in-words.ts';
import { pausedNow, resume } from '../../src/store/pause.ts';
import { openStudio, Studio } from '../support/studio.ts';
import { tally } from './figures.ts';
import { idOf } from './world.ts';

const counted = { tried: 0, doubles: 0 };
afterAll(() => tally({ 'disk faults tried': counted.tried, doubles: counted.doubles }));

/** Copies what matters of a data folder; `restore` puts it back, and takes away what was not there. */
async function backUp(studio: Studio): Promise<{ restore(): void }> {
  const { path } = studio.app.store;
  const kept = `${path}.yesterday`;
  const log = join(studio.config.dataDir, handoversFile);
  await studio.app.store.backup(kept);
  if (existsSync(log)) copyFileSync(log, `${log}.yesterday`);
  const restore = () => {
    for (const gone of [`${path}-wal`, `${path}-shm`, log]) rmSync(gone, { force: true });
    copyFileSync(kept, path);
    if (existsSync(`${log}.yesterday`)) copyFileSync(`${log}.yesterday`, log);
  };
  return { restore };
}

/** The same mailbox and the same servers, yesterday's folder. */
async function reopen(before: Studio, now: string, restore: () => void): Promise<Studio> {
  const { dataDir } = before.config;
  await before.app.shut();
  restore();
  const after = new Studio({ now, dataDir });
  Object.assign(after, { mailbox: before.mailbox, courier: before.courier });
  await after.open();
  onTestFinished(() => after.app.shut());
  // The first one is shut already; whoever opened it shuts it again.
  before.app.shut = async () => {};
  return after;
}

/** To whom letters were handed over, doubles included. */
const takenBy = (studio: Studio) => studio.courier.taken.map(({ envelope }) => envelope.to).toSorted();

function countDoubles(studio: Studio): number {
  const ids = studio.courier.taken.map(({ bytes }) => idOf(bytes));
  return ids.length - new Set(ids).size;
}

describe("yesterday's whole folder is put back, and the copies stand in Sent", () => {
  it.each([
    ['of a time when nothing had ever left', '2026-11-05T03:00:00+01:00', []],
    ['of a time when one letter had left', '2026-11-08T10:00:00+01:00', ['bianchi@client.example']],
  ])('%s: no letter leaves a second time, and the owner is asked', async (_, backedUpAt, earlier) => {
    const studio = await openStudio({ now: '2026-11-05T02:30:00+01:00' });
    studio.client('Neri');
    studio.invoice(studio.client('Bianchi'), { dueOn: '2026-10-30' });
    await studio.until(backedUpAt);
    expect(takenBy(studio)).toEqual(earlier);
    const { restore } = await backUp(studio);
    studio.clientWrites({ from: 'neri@client.example' }, '2026-11-09T10:00:00+01:00');
    await studio.until('2026-11-09T12:00:00+01:00');
    const taken = takenBy(studio);
    expect(taken).toEqual(['bianchi@client.example', 'neri@client.example']);

    const restored = await reopen(studio, '2026-11-10T09:30:00+01:00', restore);
    await restored.until('2026-11-10T12:00:00+01:00');
    expect(takenBy(restored)).toEqual(taken);
    const told = restored.app.store.read((r) => unseenNotices(r));
    expect(told.map(({ key }) => key)).toEqual(expect.arrayContaining([expect.stringMatching(/foreign-letter/)]));
    expect(told.map(({ next }) => next).join(' ')).toMatch(/paletti resume/);
    expect(restored.app.store.read((r) => pausedNow(r, restored.clock.now()))).not.toBeNull();

    restored.app.store.write(restored.clock.now(), resume);
    await restored.until('2026-11-11T12:00:00+01:00');
    counted.tried += 1;
    counted.doubles += countDoubles(restored);
    expect(takenBy(restored)).toEqual(taken);
  });
});
