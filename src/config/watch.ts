/**
 * Notices that config.json, or a file of the owner's own letters, is another than at the last look. Looks at names, sizes
 * and times only, so that it may be asked each minute; what changed, and whether it is sound, is for who reads it.
 */
import { readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './build.ts';

export class ConfigWatch {
  #mark: string | undefined;

  /**
   * The first look finds a change always: whoever has read the files a moment ago cannot know of the moment between.
   * @param config which files to look at
   */
  hasChanged(config: Pick<Config, 'path' | 'templatesDir'>): boolean {
    const mark = [config.path, ...ownLetters(config.templatesDir)].map(markOf).join('\n');
    const isOther = mark !== this.#mark;
    this.#mark = mark;
    return isOther;
  }
}

function ownLetters(folder: string | null): string[] {
  if (folder === null) return [];
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .toSorted()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function markOf(path: string): string {
  const stats: Stats | undefined = statSync(path, { throwIfNoEntry: false });
  return `${path} ${stats?.ino} ${stats?.size} ${stats?.mtimeMs}`;
}
