/**
 * In which language the program speaks with its owner; the one place that decides it. Asked for on the line (`--lang`),
 * else by PALETTI_LANG, else as the configuration says (`owner.language`), else as the system does. Help, names of
 * options, codes and the keys of JSON are English in all of them.
 */
import { AppError } from '../errors.ts';
import { isLanguage, type Language, languages } from '../rules/language.ts';
import type { Ways } from './ways.ts';

export interface Wishes {
  /** on the command line */
  asked: Language | null;
  env: NodeJS.ProcessEnv;
  /** of the configuration; null before it was read, and where there is none */
  owner: Language | null;
}

export function chooseLanguage({ asked, env, owner }: Wishes): Language {
  return asked ?? languageIn(env['PALETTI_LANG']) ?? owner ?? systemLanguage(env) ?? 'en';
}

/** The first of them that is set decides, whatever it says (POSIX, Base Definitions, 8.2). */
function systemLanguage(env: NodeJS.ProcessEnv): Language | null {
  return languageIn(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG']);
}

/** 'it', 'IT', 'it_IT.UTF-8' -> 'it'; null for what is none of ours */
function languageIn(text = ''): Language | null {
  const [word = ''] = text
    .trim()
    .toLowerCase()
    .split(/[_.@-]/, 1);
  return isLanguage(word) ? word : null;
}

const spoken = new WeakMap<Ways, { asked: Language | null; owner: Language | null }>();

/**
 * Before a command line.
 * @param argv its words; the last `--lang` counts
 * @throws AppError 'usage' for a language that is not spoken
 */
export function beginSpeaking(ways: Ways, argv: readonly string[]): void {
  spoken.set(ways, { asked: null, owner: null });
  spoken.set(ways, { asked: askedIn(argv), owner: null });
}

function askedIn(argv: readonly string[]): Language | null {
  const line = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : argv.length);
  const at = line.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='));
  if (at < 0) return null;
  const [, behind] = /^--lang=(.*)$/s.exec(line[at] as string) ?? [];
  const text = behind ?? line[at + 1];
  // a missing one is said by the parser of the line
  if (text === undefined) return null;
  if (isLanguage(text)) return text;
  throw new AppError('usage', { code: 'no-language', text, known: languages.join(', ') });
}

/** What the configuration says, once it was read. */
export function ownerSpeaks(ways: Ways, owner: Language): void {
  spoken.set(ways, { asked: spoken.get(ways)?.asked ?? null, owner });
}

export function languageOf(ways: Ways): Language {
  return chooseLanguage({ ...(spoken.get(ways) ?? { asked: null, owner: null }), env: ways.env });
}
