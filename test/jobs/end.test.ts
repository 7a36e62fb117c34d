import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endedBy } from '../../src/jobs/end.ts';
import { FakeCourier } from '../support/fake-courier.ts';
import { FakeMailbox } from '../support/fake-mailbox.ts';

describe('asked to end', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Lines that remember how they were ended, and work that ends when they are cut, or when it is done. */
  function hanging() {
    const said: string[] = [];
    const mailbox = new FakeMailbox('studio');
    const courier = Object.assign(new FakeCourier('studio'), { cut: () => (said.push('cut'), done()) });
    mailbox.reset = () => void said.push('reset');
    mailbox.close = async () => void said.push('closed');
    let done: () => void = () => {};
    const work = new Promise<void>((resolve) => {
      done = resolve;
    });
    return { said, lines: { mailboxes: [mailbox], couriers: [courier] }, work, done };
  }

  it('cuts every line after a little while, and closes a mailbox before it drops its line', async () => {
    const { said, lines, work } = hanging();
    const asked = new AbortController();
    const ended = endedBy(asked.signal, lines, () => work);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said).toEqual([]);
    asked.abort();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(said).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    await ended;
    expect(said).toEqual(['cut', 'closed', 'reset']);
  });

  it('cuts nothing when the work ends in time', async () => {
    const { said, lines, work, done } = hanging();
    const asked = new AbortController();
    const ended = endedBy(asked.signal, lines, () => work);
    asked.abort();
    await vi.advanceTimersByTimeAsync(1_000);
    done();
    await ended;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said).toEqual([]);
  });

  it('counts from the beginning when it was asked before', async () => {
    const { said, lines, work } = hanging();
    const ended = endedBy(AbortSignal.abort(), lines, () => work);
    await vi.advanceTimersByTimeAsync(5_000);
    await ended;
    expect(said).toContain('cut');
  });
});
