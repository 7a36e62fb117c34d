/** The daemon as a child process, and a line to its server on which every command is seen. */
import { atEnd, pause, started } from './measure.mjs';
import { slowLine } from './slow-line.mjs';
import { nodeArgs, program } from './studio.mjs';

/** Begins `paletti run` and waits until it idles on the server. @param line from {@link seenLine} */
export async function startDaemon(config, line) {
  const daemon = started(process.execPath, [...nodeArgs, program, 'run', '--config', config, '--log-level', 'warn']);
  atEnd(async () => {
    daemon.child.kill('SIGTERM');
    await daemon.ended;
  });
  const gone = daemon.ended.then(({ errors }) => {
    throw new Error(`the daemon ended: ${errors}`);
  });
  gone.catch(() => {});
  await Promise.race([line.idling(), gone]);
  return daemon;
}

/** A line without delay that counts commands, and tells when the server announces a message and when IDLE begins. */
export async function seenLine(port) {
  const state = { commands: 0, announcedAt: 0, idleAt: 0 };
  const line = await slowLine(port, 0, (direction, bytes) => {
    const text = bytes.toString('latin1');
    if (direction === 'out') {
      state.commands += text.match(/^[A-Z0-9]+ (?:UID )?[A-Z]+/gm)?.length ?? 0;
      if (/^\S+ IDLE\r$/m.test(text)) state.idleAt = performance.now();
    } else if (/^\* \d+ EXISTS/m.test(text) && state.announcedAt === 0) state.announcedAt = performance.now();
  });
  atEnd(() => line.close());
  return {
    port: line.port,
    state,
    idling: async () => {
      while (state.idleAt === 0) await pause(5);
      return state.idleAt;
    },
  };
}
