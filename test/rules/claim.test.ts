/** Who sends from a mailbox: of any number of installations, in any order of their steps, never two. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Claim,
  claimIn,
  claimMove,
  claimSource,
  digested,
  isSameStation,
  type Station,
} from '../../src/rules/claim.ts';
import { instant } from '../../src/rules/time.ts';

const since = instant('2026-11-30T09:00:00Z');
const station = (name: string, changes: Partial<Station> = {}): Station => ({
  installation: name,
  host: `laptop-${name}`,
  folder: '/home/anna/paletti',
  node: `node-${name}`,
  ...changes,
});
const claim = (uid: number, of: Station): Claim => ({ ...of, uid, id: `claim-${uid}`, since });
const [here, there, third] = [station('a'), station('b'), station('c')];

describe('the same installation', () => {
  const cases: [string, Station, boolean][] = [
    ['itself', here, true],
    ['after the folder was moved', { ...here, folder: '/home/anna/elsewhere' }, true],
    ['after the computer was renamed', { ...here, host: 'annas-macbook' }, true],
    ['on a disk that counts its files anew', { ...here, node: 'node-9' }, true],
    ['begun anew in the same folder', { ...here, installation: 'z' }, true],
    ['a copy of the folder beside it', { ...here, folder: '/home/anna/copy', node: 'node-9' }, false],
    ['a copy of the folder on another computer', { ...here, host: 'laptop-b', node: 'node-9' }, false],
    ['a new one on a computer of the same name', { ...here, installation: 'b', node: 'node-9' }, false],
  ];
  it.each(cases)('%s', (_, other, isSame) => {
    expect(isSameStation(here, other)).toBe(isSame);
    expect(isSameStation(other, here)).toBe(isSame);
  });
});

describe('who sends from a mailbox', () => {
  it('nobody yet: a claim is written', () => {
    expect(claimMove(here, [], [])).toEqual({ kind: 'write' });
  });

  it('whose claim came first, in whatever order they are told', () => {
    const claims = [claim(2, there), claim(1, here), claim(3, third)];
    expect(claimMove(here, claims, [])).toEqual({ kind: 'ours' });
    expect(claimMove(there, claims, [])).toMatchObject({ kind: 'yield', to: { uid: 1 }, own: [{ uid: 2 }] });
    expect(claimMove(third, claims, [])).toMatchObject({ kind: 'yield', to: { uid: 1 }, own: [{ uid: 3 }] });
  });

  it('takes over only from the one that the owner decided against, and not from one that came since', () => {
    const claims = [claim(1, there), claim(2, third)];
    expect(claimMove(here, claims, ['claim-1'])).toMatchObject({ kind: 'yield', to: { uid: 2 } });
    expect(claimMove(here, claims, ['claim-1', 'claim-2'])).toMatchObject({ kind: 'take-over' });
  });
});

describe('the claim as a mail', () => {
  it('is read as it was written, whatever the computer is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (host, uid) => {
        const source = claimSource({ ...here, host }, { id: 'x1', since, address: 'anna@studio.example' });
        expect(claimIn(source, uid, since)).toEqual({ ...digested({ ...here, host }), uid, id: 'x1', since });
        expect(source.split('\r\n').every((line) => !/[\r\n]/.test(line) && line.length < 990)).toBe(true);
      }),
    );
  });

  it('says no path', () => {
    expect(claimSource(here, { id: 'x1', since, address: 'anna@studio.example' })).not.toContain(here.folder);
  });

  it('is not seen in a mail that only speaks of it', () => {
    expect(claimIn('Subject: X-Paletti-Claim: a b c d\r\n', 1, since)).toBeNull();
    expect(claimIn('X-Paletti-Claim: \r\n', 1, since)).toBeNull();
  });
});

/** One installation, step by step as the daemon does it: look, write, look again; it may die and begin anew anywhere. */
class Sender {
  readonly station: Station;
  #step: 'look' | 'write' | 'look-again' | 'send' = 'look';
  mayReplace: string[] = [];

  constructor(name: string) {
    this.station = station(name);
  }

  /** @returns whether a letter left */
  go(box: Box, dies: boolean): boolean {
    if (dies) {
      this.#step = 'look';
      return false;
    }
    if (this.#step === 'send') {
      this.#step = 'look';
      return true;
    }
    if (this.#step === 'write') {
      box.append(this.station);
      this.#step = 'look-again';
      return false;
    }
    const move = claimMove(this.station, box.claims, []);
    if (move.kind === 'yield') box.drop(move.own);
    this.#step = move.kind === 'ours' ? 'send' : move.kind === 'write' ? 'write' : 'look';
    return false;
  }
}

class Box {
  claims: Claim[] = [];
  #next = 1;

  append(of: Station): void {
    this.claims.push(claim(this.#next++, of));
  }

  drop(gone: readonly Claim[]): void {
    this.claims = this.claims.filter(({ uid }) => !gone.some((one) => one.uid === uid));
  }
}

describe('in any order of steps, with deaths in between', () => {
  it('only one ever sends', () => {
    const steps = fc.array(fc.record({ who: fc.nat({ max: 2 }), dies: fc.boolean() }), {
      minLength: 20,
      maxLength: 80,
    });
    let sendings = 0;
    fc.assert(
      fc.property(steps, (order) => {
        const box = new Box();
        const senders = ['a', 'b', 'c'].map((name) => new Sender(name));
        const sent = order.flatMap(({ who, dies }) => (senders[who]?.go(box, dies && who !== 0) === true ? [who] : []));
        sendings += sent.length;
        expect(new Set(sent).size).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2000 },
    );
    expect(sendings).toBeGreaterThan(500);
  });
});
