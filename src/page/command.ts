/** Opens the record, serves the page on it and takes both down again. What `paletti page` calls. */
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { openWritingDesk, planFor, Renewal } from '../app.ts';
import { lockPage } from '../desk/views/watching.ts';
import { addressFromServed, forgetServed, newKey, noteServed, openBrowser } from './open.ts';
import { servePage } from './serve.ts';

export interface ServeOptions {
  config: Config;
  clock: Clock;
  /** by which sessions and rest are counted */
  wall: Clock;
  log: Log;
  /** reads the configuration anew */
  reread: () => Promise<Config>;
  signal: AbortSignal;
}

/** @throws AppError 'already-running' when another process serves it and does not answer; 'unreachable', 'store' */
export async function serve({ config, clock, wall, log, reread, signal }: ServeOptions) {
  const { dataDir } = config;
  const desk = openWritingDesk({ config, clock });
  const open = (address: string) => () => openBrowser(dataDir, address, process.platform);
  const lock = lockPage(dataDir);
  if (lock === null) {
    desk.close();
    const address = await addressFromServed(dataDir);
    return { address, isOurs: false, ended: Promise.resolve(), open: open(address) };
  }
  const close = () => {
    forgetServed(dataDir);
    lock.release();
    desk.close();
  };
  try {
    const key = newKey();
    const renewal = new Renewal(desk, log, reread);
    const page = await servePage({
      desk,
      wall,
      log,
      key,
      port: config.page.port,
      plan: (days, other = desk.config) => planFor({ ...desk, config: other }, log, days),
      renew: async () => void (await renewal.look()),
    });
    noteServed(dataDir, { port: page.port, key });
    signal.addEventListener('abort', () => void page.stop(), { once: true });
    const address = page.address();
    return { address, isOurs: true, ended: page.ended.then(close), open: open(address) };
  } catch (fault) {
    close();
    throw fault;
  }
}
