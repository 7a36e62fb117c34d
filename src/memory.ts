/**
 * Gives memory back after much work at once. V8 clears up when it wants room, not when others do: after a large mailbox
 * was read it would keep several times what it needs. Measures nothing.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/** Takes some tens of milliseconds. */
export function giveBackMemory(): void {
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
