/** `paletti backup`: one file with everything, made while the daemon may be writing. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../errors.ts';
import { toIso } from '../rules/time.ts';
import { withDesk } from './command.ts';
import type { Ways } from './ways.ts';

export function addTo(program: Command, ways: Ways): void {
  program
    .command('backup')
    .summary('copy the database, safely, while it is in use')
    .description(
      'Copies the database into one file, readable by you alone. To put it back: stop Paletti, move paletti.db away with its -wal and -shm, copy the file into its place.',
    )
    .argument('[file]', 'where to; the folder "backups" in the data folder when left out')
    .option('--force', 'replace the file if it is there')
    .action((file: string | undefined, options: { force?: boolean }, command: Command) =>
      withDesk(ways, command, async ({ desk, out, now }) => {
        const name = `paletti-${toIso(now).replace(/[:]/g, '')}.db`;
        const path = file === undefined ? join(desk.config.dataDir, 'backups', name) : resolve(ways.cwd, file);
        if (existsSync(path) && options.force !== true) {
          throw new AppError('conflict', { code: 'file-there' }, { where: path });
        }
        if (file !== undefined && !existsSync(dirname(path))) {
          throw new AppError('bad-input', { code: 'backup-folder-missing' }, { where: dirname(path) });
        }
        await desk.store.backup(path);
        out.data(path);
        out.did({ path });
      }),
    );
}
