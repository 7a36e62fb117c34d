/**
 * Reads a file that has to be a plain one: a pipe or a device in its place is answered at once, and never waited for.
 * Says what stands there and who may change it; what follows from that is the caller's.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';

/** What stands under the name is no file of bytes. */
export class NotPlain extends Error {
  constructor(path: string) {
    super(`${path} is not a plain file`);
  }
}

/**
 * @param look is handed what is known of the file before a byte is read, and may throw
 * @throws NotPlain; the system's own error when it cannot be opened
 */
export function readPlainFile(path: string, look: (stats: Stats) => void = () => {}): Buffer {
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new NotPlain(path);
    look(stats);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Who else than the user of this process and the administrator could have written it: null for nobody. */
export function writableBy({ uid, gid, mode }: Stats): 'its owner' | 'others' | null {
  const own = process.getuid?.();
  if (own === undefined) return null;
  if (uid !== own && uid !== 0) return 'its owner';
  // Where each person has a group of that person's own, the group is nobody else.
  const isOwnGroup = gid === own && gid === process.getgid?.();
  return (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && !isOwnGroup) ? 'others' : null;
}
