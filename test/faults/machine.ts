/** What of this machine the suite needs beside Node, and what is not tried where it is missing. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const machine = { x64: 'x86_64', arm64: 'aarch64' }[process.arch as string] ?? process.arch;
const places = [`/usr/lib/${machine}-linux-gnu`, '/usr/lib'].map((lib) => `${lib}/faketime/libfaketime.so.1`);

/** undefined: not installed */
export const faketimeLibrary = places.find((path) => existsSync(path));

const runs = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;

export const hasDovecot = runs('dovecot', '--version');

/** A container without rights has none, and nobody can install them there. */
const hasPrivateMounts = () => runs('unshare', '-m', 'true');

export interface Lack {
  what: string;
  /** what to do about it; null: nothing can be done */
  remedy: string | null;
}

export function lacks(): Lack[] {
  const all: (Lack & { isThere: boolean })[] = [
    {
      what: 'jumps of the clock',
      remedy: 'apt-get install faketime',
      isThere: faketimeLibrary !== undefined,
    },
    { what: 'faults of a real IMAP server', remedy: 'apt-get install dovecot-imapd', isThere: hasDovecot },
    { what: 'a full and a read-only disk (no unshare -m)', remedy: null, isThere: hasPrivateMounts() },
  ];
  return all.filter(({ isThere }) => !isThere);
}
