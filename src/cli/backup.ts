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
          throw new AppError('conflict', 'the file is there already', {
            where: path,
            next: 'Name another one, or add --force.',
          });
        }
        if (file !== undefined && !existsSync(dirname(path))) {
          throw new AppError('bad-input', 'there is no such folder', {
            where: dirname(path),
            next: 'Make it first, or name another file: a typing error must not hide a backup.',
          });
        }
        await desk.store.backup(path);
        out.data(path);
        out.did({ path });
      }),
    );
}
