import { describe, expect, it, vi } from 'vitest';
import { Reads } from '../../src/jobs/reads.ts';
import { FakeMailbox } from '../support/fake-mailbox.ts';

const mailbox = new FakeMailbox('studio');

/** As Promise.withResolvers, which the oldest Node lacks. */
function withResolvers() {
  let settle: { resolve(text: string): void; reject(fault: Error): void } | undefined;
  const promise = new Promise<string>((resolve, reject) => (settle = { resolve, reject }));
  if (settle === undefined) throw new Error('a promise begins at once');
  return { promise, ...settle };
}

/** A read that ends when it is told to. */
function hanging() {
  const { promise, resolve, reject } = withResolvers();
  return { begin: vi.fn<() => Promise<string>>(() => promise), answer: resolve, fail: reject };
}

describe('a read that outlasts a pass', () => {
  it('is waited for while it speaks, and its answer is the answer', async () => {
    const late = vi.fn<() => void>();
    const reads = new Reads<string>(60_000, late);
    expect(await reads.of(mailbox, async () => 'read')).toBe('read');
    expect([reads.isReading(mailbox), late.mock.calls.length]).toEqual([false, 0]);
  });

  it('is left to go on, never begun twice, and what comes of it is taken by the next who asks', async () => {
    const { begin, answer } = hanging();
    const late = vi.fn<() => void>();
    const reads = new Reads<string>(1, late);
    expect(await reads.of(mailbox, begin)).toBeNull();
    expect(await reads.of(mailbox, begin)).toBeNull();
    expect(begin).toHaveBeenCalledTimes(1);
    answer('read at last');
    await reads.settled();
    expect(late).toHaveBeenCalledTimes(1);
    expect(await reads.of(mailbox, begin)).toBe('read at last');
    expect(reads.isReading(mailbox)).toBe(false);
  });

  it('keeps its fault for the next who asks', async () => {
    const { begin, fail } = hanging();
    const reads = new Reads<string>(1, () => {});
    expect(await reads.of(mailbox, begin)).toBeNull();
    fail(new Error('the disk is full'));
    await reads.settled();
    await expect(reads.of(mailbox, begin)).rejects.toThrow('the disk is full');
  });

  it('is not late as long as signs of life come', async () => {
    vi.useFakeTimers();
    try {
      const { begin, answer } = hanging();
      let alive = () => {};
      const reads = new Reads<string>(1_000, () => {});
      const read = reads.of(mailbox, (sign) => ((alive = sign), begin()));
      for (let seconds = 0; seconds < 5; seconds += 1) {
        await vi.advanceTimersByTimeAsync(900);
        alive();
      }
      answer('a long one');
      expect(await read).toBe('a long one');
    } finally {
      vi.useRealTimers();
    }
  });
});
