/** Somebody at the terminal of a test. */
import { PassThrough, Writable } from 'node:stream';
import type { Ways } from '../../src/cli/ways.ts';

export const enter = '\r';
export const down = (times: number) => '\u001B[B'.repeat(times);

/** Someone who answers each question when it is asked: the first one whose words are on the screen, and then the next. */
export function person(answers: [asked: RegExp, keys: string][]) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin });
  const left = [...answers];
  let screen = '';
  const stderr = Object.assign(
    new Writable({
      write: (piece, _, done) => {
        screen += String(piece);
        const [next] = left;
        if (next?.[0].test(screen) === true) {
          left.shift();
          screen = '';
          setTimeout(() => stdin.write(next[1]), 20);
        }
        done();
      },
    }),
    { isTTY: true, columns: 200 },
  );
  return { left, ways: { stdin, stderr } as unknown as Partial<Ways> };
}
