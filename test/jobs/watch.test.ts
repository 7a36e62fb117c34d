import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/errors.ts';
import type { PassReport } from '../../src/jobs/pass.ts';
import { listMessages } from '../../src/store/messages.ts';
import { silentLog } from '../../src/log.ts';
import { watch } from '../../src/jobs/watch.ts';
import { FakeMailbox } from '../support/fake-mailbox.ts';
import { openStudio } from '../support/studio.ts';

const now = '2026-11-09T10:00:00+01:00';

/** A daemon, begun. @param prepare what is changed before it starts */
async function daemon(prepare: (mailbox: FakeMailbox) => void = () => {}) {
  const studio = await openStudio({ now });
  const mailbox = studio.mailbox as FakeMailbox;
  prepare(mailbox);
  const stop = new AbortController();
  const passes: PassReport[] = [];
  const running = studio.app.run(stop.signal, (report) => passes.push(report));
  const end = () => (stop.abort(), running);
  const recorded = (count: number) =>
    vi.waitFor(() => expect(studio.app.store.read((r) => listMessages(r, {}))).toHaveLength(count));
  const passed = (count: number) => vi.waitFor(() => expect(passes).toHaveLength(count));
  return { studio, mailbox, passes, passed, recorded, end };
}

/** Its first pass does not get on before it is let. */
async function busyDaemon() {
  let letOn = () => {};
  const busy = new Promise<void>((resolve) => (letOn = resolve));
  const one = await daemon((mailbox) => {
    vi.spyOn(mailbox, 'open').mockImplementationOnce(() => busy.then(() => null));
  });
  one.studio.clientWrites({ from: 'a@b.example' });
  return { ...one, letOn };
}

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 100));

describe('watch', () => {
  it('makes a pass at the start, one on the hint of new mail, and ends when asked', async () => {
    const { studio, passed, passes, recorded, end } = await daemon();
    await passed(1);
    studio.clientWrites({ from: 'a@b.example' });
    await recorded(1);
    await end();
    expect(passes.map((pass) => pass.recorded)).toEqual([0, 1]);
  });

  it('listens again only when what it heard of was read: a long pass is not filled with looking', async () => {
    const { studio, mailbox, letOn, recorded, end } = await busyDaemon();
    await aMoment();
    expect(mailbox.waited).toBe(1);
    letOn();
    await recorded(1);
    studio.clientWrites({ from: 'b@b.example' });
    await recorded(2);
    await end();
  });

  it('ends although news still waits to be read', async () => {
    const { mailbox, letOn, passes, end } = await busyDaemon();
    await aMoment();
    const ended = end();
    letOn();
    await ended;
    expect(mailbox.waited).toBe(1);
    expect(passes.length).toBeLessThanOrEqual(1);
  });

  it('ends although its listener finds the folder renumbered only then', async () => {
    const { passed, passes, end } = await daemon((mailbox) => {
      vi.spyOn(mailbox, 'changed').mockImplementation(
        (_, signal) =>
          new Promise((_resolve, reject) => {
            const renumbered = new AppError('conflict', 'numbered anew');
            signal.addEventListener('abort', () => setTimeout(() => reject(renumbered), 20), { once: true });
          }),
      );
    });
    await passed(1);
    await end();
    expect(passes).toHaveLength(1);
  });

  it('pauses between two tries to read what it heard of', async () => {
    const { studio, mailbox, passed, passes, end } = await daemon();
    await passed(1);
    vi.spyOn(mailbox, 'list').mockRejectedValue(new AppError('unreachable', 'refused to select'));
    studio.clientWrites({ from: 'a@b.example' });
    await passed(2);
    await aMoment();
    expect([mailbox.waited, passes.length]).toEqual([1, 2]);
    await end();
  });

  it('ends, and does not hang, when the database fails for good', async () => {
    const studio = await openStudio({ now: '2026-11-09T10:00:00+01:00' });
    studio.mailbox.failWith = new AppError('store', 'the database is damaged');
    await expect(studio.app.run(new AbortController().signal)).rejects.toMatchObject({ code: 'store' });
  });

  it('goes on after a fault of the database that passes', async () => {
    const studio = await openStudio({ now: '2026-11-09T10:00:00+01:00' });
    const stop = new AbortController();
    studio.mailbox.failWith = new AppError('store', 'the disk is full', { passing: true });
    studio.clientWrites({ from: 'a@b.example' });
    const running = studio.app.run(stop.signal);
    await vi.waitFor(() => expect(studio.app.store.read((r) => listMessages(r, {}))).toHaveLength(1), 10_000);
    stop.abort();
    await running;
  });

  it('looks again soon for what a fault of the network kept from being read', async () => {
    const studio = await openStudio({ now: '2026-11-09T10:00:00+01:00' });
    const stop = new AbortController();
    studio.clientWrites({ from: 'a@b.example' });
    studio.mailbox.failWith = new AppError('unreachable', 'no route');
    const running = studio.app.run(stop.signal);
    await vi.waitFor(() => expect(studio.app.store.read((r) => listMessages(r, {}))).toHaveLength(1), 10_000);
    stop.abort();
    await running;
  });

  it('goes on after a fault of the network', async () => {
    const studio = await openStudio({ now: '2026-11-09T10:00:00+01:00' });
    const stop = new AbortController();
    const passes: PassReport[] = [];
    studio.mailbox.failWith = new AppError('unreachable', 'no route');
    const running = studio.app.run(stop.signal, (report) => passes.push(report));
    await vi.waitFor(() => expect(passes).toHaveLength(1));
    expect(passes[0]?.faults).toHaveLength(1);
    studio.clientWrites({ from: 'a@b.example' });
    await vi.waitFor(() => expect(passes.length).toBeGreaterThan(1));
    expect(studio.app.store.read((r) => listMessages(r, {}))).toHaveLength(1);
    stop.abort();
    await running;
  });
});

/** A daemon with two mailboxes; the server of the second says nothing until it is let, or its line is cut. */
async function withOneThatHangs() {
  const studio = await openStudio({ now });
  const { app, clock } = studio;
  const [sound, silent] = [new FakeMailbox('studio'), new FakeMailbox('silent')];
  let letOn: (fault?: AppError) => void = () => {};
  const opened = vi
    .spyOn(silent, 'open')
    .mockImplementationOnce(
      () => new Promise((resolve, reject) => (letOn = (fault) => (fault ? reject(fault) : resolve(null)))),
    );
  vi.spyOn(silent, 'reset').mockImplementation(() => letOn(new AppError('unreachable', 'the line was cut')));
  const passes: PassReport[] = [];
  const stop = new AbortController();
  const parts = { ...app, clock, settings: app.config, log: silentLog, jobs: app.config.jobs, spread: Math.random };
  const mailboxes = [sound, silent];
  const onPass = (report: PassReport) => void passes.push(report);
  const running = watch({ ...parts, mailboxes, couriers: [], patienceMs: 1, onPass }, stop.signal);
  const put = (mailbox: FakeMailbox) => mailbox.put('inbox', 'From: a@b.example\n\nCiao', now);
  const recorded = (count: number) =>
    vi.waitFor(() => expect(app.store.read((r) => listMessages(r, {}))).toHaveLength(count));
  return { sound, opened, silent, passes, put, recorded, letOn: () => letOn(), end: () => (stop.abort(), running) };
}

describe('watch with a server that hangs', () => {
  it('goes on with the other mailboxes, and says which one it could not read', async () => {
    const { sound, passes, put, recorded, opened, end } = await withOneThatHangs();
    await vi.waitFor(() => expect(passes).toHaveLength(1));
    expect(passes[0]?.faults.map((fault) => fault.message)).toEqual([
      'silent was not read: its server has not answered yet',
    ]);
    put(sound);
    await recorded(1);
    await end();
    expect(opened).toHaveBeenCalledTimes(1);
  });

  it('takes up what it finds there once it answers', async () => {
    const { silent, passes, put, recorded, letOn, end } = await withOneThatHangs();
    await vi.waitFor(() => expect(passes).toHaveLength(1));
    put(silent);
    letOn();
    await recorded(1);
    await vi.waitFor(() => expect(passes.at(-1)?.faults).toEqual([]));
    await end();
  });
});
