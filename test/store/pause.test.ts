import { describe, expect, it } from 'vitest';
import { pause, pausedNow, resume } from '../../src/store/pause.ts';
import { inStore, later, minutesAfter, now } from './make.ts';
import { asWritten } from '../../src/rules/reason.ts';

describe('the kill switch', () => {
  it('is off until it is pulled, and off again when the owner says so', () => {
    inStore((w) => {
      expect(pausedNow(w, now)).toBeNull();
      expect(resume(w)).toBe(false);
      pause(w, { why: asWritten('in viaggio'), until: null });
      expect(pausedNow(w, minutesAfter(now, 1_000_000))).toEqual({ why: asWritten('in viaggio'), until: null });
      expect(resume(w)).toBe(true);
      expect(pausedNow(w, now)).toBeNull();
    });
  });

  it('with an end is off from that moment on', () => {
    inStore((w) => {
      pause(w, { why: asWritten('ferie'), until: later });
      expect(pausedNow(w, minutesAfter(later, -1))).toEqual({ why: asWritten('ferie'), until: later });
      expect(pausedNow(w, later)).toBeNull();
    });
  });

  it('pulled again without an end outlives the end it had', () => {
    inStore((w) => {
      pause(w, { why: asWritten('ferie'), until: later });
      pause(w, { why: asWritten('two of us'), until: null });
      expect(pausedNow(w, minutesAfter(later, 1))).toEqual({ why: asWritten('two of us'), until: null });
    });
  });
});
