import { describe, expect, it } from 'vitest';
import { setTimesAuthenticated, timesAuthenticated } from '../../src/store/senders.ts';
import { memoryStore, now } from './make.ts';

describe('how mail of an address usually comes', () => {
  it('is kept for each mailbox, and not known before it was looked through', () => {
    const store = memoryStore();
    store.write(now, (w) => {
      setTimesAuthenticated(w, 'studio', 'luca@bianchi.example', 0);
      setTimesAuthenticated(w, 'studio', 'luca@bianchi.example', 3);
      setTimesAuthenticated(w, 'other', 'luca@bianchi.example', 1);
    });
    const times = (mailbox: string, address: string) => store.read((r) => timesAuthenticated(r, mailbox, address));
    expect(times('studio', 'luca@bianchi.example')).toBe(3);
    expect(times('other', 'luca@bianchi.example')).toBe(1);
    expect(times('studio', 'anna@bianchi.example')).toBeUndefined();
  });
});
