/** Sources in memory that two threads share: kept as they were while held, and its room used again afterwards. */
import { describe, expect, it } from 'vitest';
import { SharedSources } from '../../src/mail/shared-sources.ts';

const source = (letter: string, size: number) => Buffer.alloc(size, letter);
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe('shared sources', () => {
  it('holds a copy that another thread can see, whatever becomes of the original', () => {
    const original = source('a', 10);
    const held = new SharedSources().hold(original);
    original.fill('b');
    expect(held.bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(text(held.bytes)).toBe('aaaaaaaaaa');
  });

  it('keeps each one apart from the others until it is released', () => {
    const sources = new SharedSources();
    const sizes = [400_000, 500_000, 300_000, 1, 0, 900_000];
    const held = sizes.map((size, n) => sources.hold(source(String(n), size)));
    held[1]?.release();
    const later = sources.hold(source('x', 700_000));
    expect(held.map(({ bytes }) => bytes.length)).toEqual(sizes);
    for (const n of [0, 2, 3, 4, 5]) expect(held[n]?.bytes.every((byte) => byte === 48 + n)).toBe(true);
    expect(later.bytes.every((byte) => byte === 120)).toBe(true);
  });

  it('uses the same room again when everything in it was released', () => {
    const sources = new SharedSources();
    const buffers = new Set<ArrayBufferLike>();
    for (let n = 0; n < 1_000; n += 1) {
      const two = [sources.hold(source('a', 60_000)), sources.hold(source('b', 60_000))];
      for (const { bytes, release } of two) {
        buffers.add(bytes.buffer);
        release();
      }
    }
    expect(buffers.size).toBe(1);
  });

  it('takes one that is larger than a block, and keeps no room for it', () => {
    const sources = new SharedSources();
    const [large, again] = [1, 2].map(() => sources.hold(source('L', 3_000_000)));
    expect(large?.bytes.length).toBe(3_000_000);
    large?.release();
    expect(again?.bytes.buffer).not.toBe(large?.bytes.buffer);
  });

  it('lets go of its room without touching what is still held', () => {
    const sources = new SharedSources();
    const held = sources.hold(source('a', 10));
    sources.clear();
    expect(sources.hold(source('b', 10)).bytes.buffer).not.toBe(held.bytes.buffer);
    expect(text(held.bytes)).toBe('aaaaaaaaaa');
  });
});
