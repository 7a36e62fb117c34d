/** A thousand messages delivered at once: until all are judged, and how long the command line takes to answer meanwhile. */
import { chownSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Sqlite } from '../../dist/store/driver.js';
import { seenLine, startDaemon } from '../daemon.mjs';
import { emptyMaildir, startDovecot } from '../dovecot.mjs';
import { median, pause, percentile, run, temporaryFolder } from '../measure.mjs';
import { MailSource } from '../sample-mail.mjs';
import { databaseOf, fillClients, program, writeConfig } from '../studio.mjs';

export const title = 'a burst of arrivals';
export const sizes = [100, 1_000];

export async function measure({ sizes: wanted }) {
  const rows = [];
  for (const size of wanted) rows.push(await ofSize(size));
  return { rows };
}

async function ofSize(size) {
  const maildir = await emptyMaildir('burst');
  const server = await startDovecot({ studio: maildir });
  if (server === null) return { messages: 'skipped: dovecot is not installed' };
  const line = await seenLine(server.port);
  const folder = temporaryFolder('burst');
  const config = writeConfig(folder, { studio: line.port });
  const store = databaseOf(folder);
  fillClients(store, 200);
  store.close();
  // the first pass of all takes what it finds for history
  await run(process.execPath, [program, 'run', '--once', '--config', config]);
  Object.assign(line.state, { idleAt: 0, announcedAt: 0 });
  await startDaemon(config, line);
  await pause(500);
  line.state.announcedAt = 0;
  const database = new Sqlite(join(folder, 'data', 'paletti.db'), { readonly: true });
  const judged = database.prepare('SELECT count(*) FROM messages WHERE judged_at IS NOT NULL').pluck();
  const letters = database.prepare('SELECT count(*) FROM letters').pluck();
  const paths = written(maildir, size);
  const begun = performance.now();
  for (const [from, to] of paths) renameSync(from, to);
  const delivered = performance.now() - begun;
  const done = { is: false };
  const answers = answering(config, done);
  while (judged.get() < size && performance.now() - begun < 60_000) await pause(5);
  const all = performance.now() - begun;
  done.is = true;
  const times = await answers;
  const result = { messages: size, 'delivered, s': delivered / 1000, 'announced, s': (line.state.announcedAt - begun) / 1000, 'all judged, s': all / 1000, acknowledgements: letters.get() };
  database.close();
  return { ...result, 'CLI meanwhile, ms (median)': median(times), '(most)': percentile(times, 1), 'times asked': times.length };
}

/** Written beside, so that the burst is as short as renaming. */
function written(maildir, size) {
  const source = new MailSource({ seed: 21, clients: 200, largest: 100_000 });
  const { uid, gid } = statSync(maildir);
  mkdirSync(join(maildir, 'tmp'), { recursive: true });
  return Array.from({ length: size }, (_, index) => {
    const { bytes } = source.message(index + 1, index + 1, Date.now());
    const name = `${Math.floor(Date.now() / 1000)}.B${index}.bench`;
    const path = join(maildir, 'tmp', name);
    writeFileSync(path, bytes);
    chownSync(path, uid, gid);
    return [path, join(maildir, 'new', name)];
  });
}

async function answering(config, done) {
  const times = [];
  while (!done.is) times.push((await run(process.execPath, [program, 'status', '--json', '--config', config])).ms);
  return times;
}
