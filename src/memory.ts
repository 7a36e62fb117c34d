/**
 * Keeps the program small beside the others on a laptop. V8 clears up when it wants room, not when others do: after a
 * large mailbox was read it would keep several times what it needs, and compiles as for a program that never rests.
 * Measures nothing.
 */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/** Takes some tens of milliseconds, and compiled code with it: what no object needs at the moment is thrown away. */
function giveBackMemory(): void {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}

const quietMs = 5_000;
let waiting: NodeJS.Timeout | undefined;

/** Once nothing was done for some seconds. V8 lets go of emptied pages only when it clears up the next time. */
export function giveBackWhenQuiet(): void {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    giveBackMemory();
    waiting = setTimeout(giveBackMemory, quietMs).unref();
  }, quietMs).unref();
}

/**
 * For a program that runs all day: the room for what lives briefly stays at its first 2 MB instead of growing to 48 when
 * there is much to do, and hardly ever shrinking. To be called before there is, and again once a thread has begun:
 * Node 20 and 22 take it back for all threads when one begins.
 */
export function stayLight(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  // So small a room is cleared by one thread in less time than several need to agree.
  setFlagsFromString('--no-parallel-scavenge');
  // For threads that begin from now on. One that reads mail has much that lives briefly, and ends when it is done.
  setFlagsFromString(`--min-semi-space-size=${workRoomMb}`);
}

/**
 * For a program that reads mail, where V8 works ahead in vain. To be called before a thread begins.
 *
 * It compiles no function into another: most of its time the program waits, and what is compiled in the background for
 * a large mailbox takes a sixth of that reading, on processors that the reading wants (measured: a tenth less in all
 * for ten thousand messages, the same for a hundred thousand). It guesses of no object that it will live long: made old
 * at birth, those of a message that was read keep those of the next, and so on (measured: a twelfth less in all). And
 * the old may grow by a third between two clearings, so that a mailbox ten times as large takes no more.
 */
export function workAheadLess(): void {
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=0');
  setFlagsFromString('--no-allocation-site-pretenuring');
  setFlagsFromString('--heap-growing-percent=33');
}

/** In MB, of a thread that reads mail: with more there is less to clear up, and more is kept. */
const workRoomMb = 4;
/** In MB, both halves of it. */
const largeRoomMb = 8;

/**
 * For the time in which there is much to do, asked for again and again: the room for what lives briefly may grow, so
 * that it is cleared less than half as often. V8 takes it back in the quiet that {@link giveBackWhenQuiet} waits for.
 */
export function makeRoom(): void {
  const room = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  const isLarge = room === undefined || room.space_size >= largeRoomMb * 1_048_576;
  setFlagsFromString(`--semi-space-growth-factor=${isLarge ? 1 : 2}`);
}
