/** By what a message is known again: its first bytes and its size. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../../src/rules/content-hash.ts';

describe('the content hash', () => {
  it('covers the size of the whole and the bytes that were fetched', () => {
    const source = Buffer.from('Subject: one\r\n\r\n');
    const digest = createHash('sha256').update(source).digest('hex');
    expect(contentHash(source, 99)).toBe(`${digest.slice(0, 32)}-99`);
    expect(contentHash(source, 100)).not.toBe(contentHash(source, 99));
    expect(contentHash(Buffer.from('Subject: two\r\n\r\n'), 99)).not.toBe(contentHash(source, 99));
  });

  it('is empty when nothing was fetched', () => {
    expect(contentHash(new Uint8Array(), 99)).toBe('');
  });
});
