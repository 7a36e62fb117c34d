/** Whose a file or folder is, for a fault that says so. Reads names of users where the system keeps them in a file. */
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Whose {
  /** the path itself, or the nearest folder above it that can be seen */
  path: string;
  uid: number;
  /** 'anna', or 'user 1000' */
  name: string;
  isMine: boolean;
}

/** @returns undefined where files have no owners (Windows), or nothing can be seen */
export function whose(path: string): Whose | undefined {
  const own = process.getuid?.();
  if (own === undefined) return undefined;
  for (let at = path; ; at = dirname(at)) {
    try {
      const { uid } = statSync(at);
      return { path: at, uid, name: nameOf(uid), isMine: uid === own };
    } catch {
      if (at === dirname(at)) return undefined;
    }
  }
}

function nameOf(uid: number): string {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((one) => one.split(':')[2] === String(uid));
    const [name] = line?.split(':') ?? [];
    return name === undefined || name === '' ? `user ${uid}` : name;
  } catch {
    return `user ${uid}`;
  }
}
