/**
 * All letters of the two template folders: ours, and over it the owner's own. Read once, checked whole, then rendered
 * from memory. Knows no facts and sends nothing.
 */
import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import Handlebars from 'handlebars';
import { AppError } from '../errors.ts';
import { NotPlain, readPlainFile } from '../plain-file.ts';
import type { Tone } from '../rules/client.ts';
import { type Language, languages } from '../rules/language.ts';
import { type LetterKind, letterKinds } from '../rules/letter.ts';
import { cleanText, hasLineEnd } from './clean.ts';
import { type ItalianArticle, italianArticles, withArticle } from './format.ts';
import { nearest } from '../rules/nearest.ts';
import {
  checkProgram,
  type ParsedPartial,
  parseTemplate,
  splitTemplate,
  TemplateError,
  type TemplateFault,
} from './template.ts';
import { checkedValues, type Values } from './values.ts';
import { variablesOf } from './variables.ts';

export type { TemplateFault } from './template.ts';

export interface Reader {
  language: Language;
  tone: Tone;
}

export interface ListedLetter extends Reader {
  kind: LetterKind;
  file: string;
  /** it is the owner's own */
  overridden: boolean;
  /** names its template may use */
  variables: string[];
}

/** For whom the subject is enough the text stays empty. No fault is missed: checked values always make a text. */
export type Wanted = 'all' | 'subject';

export interface Letters {
  /**
   * @returns a subject of one line, and text that ends with a line feed
   * @throws AppError `template` when a value is missing, empty, of the wrong type, or would break the subject
   */
  render(kind: LetterKind, reader: Reader, values: Values, wanted?: Wanted): { subject: string; text: string };
  /** Every letter, by kind, language and tone. */
  list(): ListedLetter[];
  /** Reads the folders again and says what is wrong with them now. */
  check(): TemplateFault[];
  /** A letter as its template is written: the owner's own, else the one of the program. */
  source(kind: LetterKind, reader: Reader): string;
  /** The folders as they are now, with another text for one letter. Nothing is written. */
  worded(kind: LetterKind, reader: Reader, source: string): { letters: Letters | null; faults: TemplateFault[] };
}

export interface TemplateFolders {
  templatesDir: string;
  /** the owner's own folder; any of its files goes before ours */
  overrideDir?: string | undefined;
  /** what stands in for one file */
  instead?: { name: string; source: string };
}

export const tones: readonly Tone[] = ['formal', 'informal'];

/** Longer subjects are cut by many readers and refused by some servers. */
const subjectLimit = 256;
const fileLimitBytes = 64 * 1024;

interface SourceFile {
  /** path inside the folder, with slashes, without `.hbs`: 'it/formal/termination', 'partials/it/invoices' */
  name: string;
  file: string;
  overridden: boolean;
  source: string;
}

/**
 * @throws AppError `template` naming file and line of every fault: a broken template of the owner's stops the start,
 * rather than the letter that would have needed it
 */
export function loadLetters(folders: TemplateFolders): Letters {
  const { files, faults } = readFolders(folders);
  faults.push(...checkFiles(files, folders));
  const first = faults[0];
  if (first !== undefined) {
    const lines = faults.slice(0, 10).map((fault) => `${fault.file}:${fault.line}: ${fault.problem}`);
    if (faults.length > lines.length) lines.push(`and ${faults.length - lines.length} more`);
    throw new AppError('template', `the letter templates cannot be used\n${lines.join('\n')}`, {
      where: `${first.file}:${first.line}`,
      next: 'mend the file, or take it out of your own folder to use the one that came with Paletti',
    });
  }
  return lettersFrom(files, folders);
}

function lettersFrom(files: ReadonlyMap<string, SourceFile>, folders: TemplateFolders): Letters {
  const press = compile(files);
  return {
    render: (kind, reader, values, wanted = 'all') => renderLetter(press, { kind, reader, wanted }, values),
    list: () => listed(files),
    check: () => checkTemplates(folders),
    source: (kind, reader) => (files.get(nameOf(kind, reader)) as SourceFile).source,
    worded: (kind, reader, source) => worded({ ...folders, instead: { name: nameOf(kind, reader), source } }),
  };
}

function worded(folders: TemplateFolders): { letters: Letters | null; faults: TemplateFault[] } {
  const { files, faults } = readFolders(folders);
  faults.push(...checkFiles(files, folders));
  return { letters: faults.length === 0 ? lettersFrom(files, folders) : null, faults };
}

/** Every fault of the folders as they are now; empty when they can be loaded. */
export function checkTemplates(folders: TemplateFolders): TemplateFault[] {
  const { files, faults } = readFolders(folders);
  return [...faults, ...checkFiles(files, folders)];
}

// --- reading

function readFolders(folders: TemplateFolders): { files: Map<string, SourceFile>; faults: TemplateFault[] } {
  const files = new Map<string, SourceFile>();
  const faults: TemplateFault[] = [];
  const own = folders.overrideDir === undefined ? [] : [{ dir: folders.overrideDir, overridden: true }];
  for (const { dir, overridden } of [{ dir: folders.templatesDir, overridden: false }, ...own]) {
    try {
      readFolder(dir, overridden, files, faults);
    } catch (cause) {
      faults.push(faultOf(cause, dir));
    }
  }
  const { instead } = folders;
  const known = instead && files.get(instead.name);
  if (known !== undefined) files.set(known.name, { ...known, source: plainLines(instead?.source ?? '') });
  return { files, faults };
}

function readFolder(dir: string, overridden: boolean, files: Map<string, SourceFile>, faults: TemplateFault[]): void {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new TemplateError(1, 'there is no such folder');
  const paths = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  for (const file of paths) {
    const path = file.slice(join(dir, sep).length).replaceAll(sep, '/');
    if (isBeside(path)) continue;
    const problem = problemOfName(path);
    if (problem !== undefined) {
      faults.push({ file, line: 1, problem });
      continue;
    }
    const name = path.slice(0, -'.hbs'.length);
    try {
      files.set(name, { name, file, overridden, source: readSource(file) });
    } catch (cause) {
      faults.push(faultOf(cause, file));
    }
  }
}

/** Notes and editors' leavings may lie beside the templates. */
function isBeside(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.')) || /(\.md|~)$/.test(path);
}

function problemOfName(path: string): string | undefined {
  if (!path.endsWith('.hbs')) return 'is not a template: its name must end in .hbs';
  const name = path.slice(0, -'.hbs'.length);
  if (name.startsWith('partials/')) return undefined;
  const known = letterNames();
  if (known.includes(name)) return undefined;
  const meant = nearest(name, known);
  return `is no letter of Paletti${meant === undefined ? '' : `; did you mean ${meant}.hbs?`}`;
}

function readSource(file: string): string {
  const bytes = plainBytes(file);
  if (bytes.length > fileLimitBytes) throw new TemplateError(1, `is larger than ${fileLimitBytes / 1024} KB`);
  try {
    return plainLines(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new TemplateError(1, 'is not UTF-8 text');
  }
}

function plainLines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** A pipe in the folder would be waited for without end. */
function plainBytes(file: string): Uint8Array {
  try {
    return readPlainFile(file);
  } catch (cause) {
    throw cause instanceof NotPlain ? new TemplateError(1, 'is not a plain file') : cause;
  }
}

function letterNames(): string[] {
  return languages.flatMap((language) =>
    tones.flatMap((tone) => letterKinds.map((kind) => nameOf(kind, { language, tone }))),
  );
}

function nameOf(kind: LetterKind, { language, tone }: Reader): string {
  return `${language}/${tone}/${kind}`;
}

// --- checking

function checkFiles(files: ReadonlyMap<string, SourceFile>, folders: TemplateFolders): TemplateFault[] {
  const faults = missing(files, folders);
  const partials = parsedPartials(files, faults);
  for (const { file, name, source } of files.values()) {
    if (name.startsWith('partials/')) continue;
    try {
      const variables = variablesOf[name.split('/')[2] as LetterKind];
      const { subject, text } = splitTemplate(source);
      for (const part of [subject, text]) {
        const program = parseTemplate(part.source, part.firstLine);
        faults.push(...checkProgram(program, { file, firstLine: part.firstLine, variables, partials }));
      }
    } catch (cause) {
      faults.push(faultOf(cause, file));
    }
  }
  return withoutRepeats(faults);
}

/** The same letters in all four folders. */
function missing(files: ReadonlyMap<string, SourceFile>, { templatesDir }: TemplateFolders): TemplateFault[] {
  return letterNames()
    .filter((name) => !files.has(name))
    .map((name) => ({ file: join(templatesDir, `${name}.hbs`), line: 1, problem: 'this letter has no template' }));
}

function parsedPartials(
  files: ReadonlyMap<string, SourceFile>,
  faults: TemplateFault[],
): ReadonlyMap<string, ParsedPartial> {
  const parsed = new Map<string, ParsedPartial>();
  for (const { file, name, source } of files.values()) {
    if (!name.startsWith('partials/')) continue;
    try {
      parsed.set(name.slice('partials/'.length), { file, program: parseTemplate(source, 1) });
    } catch (cause) {
      faults.push(faultOf(cause, file));
    }
  }
  return parsed;
}

function faultOf(cause: unknown, file: string): TemplateFault {
  if (cause instanceof TemplateError) return { file, line: cause.line, problem: cause.message };
  return { file, line: 1, problem: `cannot be read: ${cause instanceof Error ? cause.message : String(cause)}` };
}

/** A partial's fault is met once for each letter that uses it. */
function withoutRepeats(faults: readonly TemplateFault[]): TemplateFault[] {
  const byText = new Map(faults.map((fault) => [`${fault.file}:${fault.line}:${fault.problem}`, fault]));
  return [...byText.values()];
}

// --- rendering

type Render = Handlebars.TemplateDelegate<Values>;

interface Press {
  letters: ReadonlyMap<string, { file: string; subject: Render; text: Render }>;
  partials: Record<string, Render>;
}

const articleHelpers = Object.fromEntries(
  italianArticles.map((article) => [article, (date: string) => withArticle(article as ItalianArticle, date)]),
);

function compile(files: ReadonlyMap<string, SourceFile>): Press {
  const letters = new Map<string, { file: string; subject: Render; text: Render }>();
  const partials: Record<string, Render> = {};
  for (const { file, name, source } of files.values()) {
    if (name.startsWith('partials/')) {
      partials[name.slice('partials/'.length)] = compilePart(source);
    } else {
      const { subject, text } = splitTemplate(source);
      letters.set(name, { file, subject: compilePart(subject.source), text: compilePart(text.source) });
    }
  }
  return { letters, partials };
}

/** Text, not HTML, so nothing is escaped: what is escaped, and where, is decided by html.ts. */
function compilePart(source: string): Render {
  return Handlebars.compile(source, {
    strict: true,
    noEscape: true,
    data: false,
    preventIndent: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(italianArticles.map((article) => [article, true])),
  });
}

function renderLetter(
  press: Press,
  { kind, reader, wanted }: { kind: LetterKind; reader: Reader; wanted: Wanted },
  values: Values,
): { subject: string; text: string } {
  const name = nameOf(kind, reader);
  const letter = press.letters.get(name);
  if (letter === undefined) throw new AppError('template', `there is no letter ${name}`, { where: name });
  const checked = checkedValues(values, variablesOf[kind], name);
  const options = {
    helpers: articleHelpers,
    partials: press.partials,
    allowProtoPropertiesByDefault: false,
    allowProtoMethodsByDefault: false,
  };
  const rendered = print(letter, wanted, checked, options);
  return { subject: checkedSubject(rendered.subject, letter.file), text: rendered.text };
}

function print(
  letter: { file: string; subject: Render; text: Render },
  wanted: Wanted,
  values: Values,
  options: Handlebars.RuntimeOptions,
): { subject: string; text: string } {
  try {
    const text = wanted === 'all' ? tidy(letter.text(values, options)) : '';
    return { subject: letter.subject(values, options), text };
  } catch (cause) {
    throw new AppError('template', 'the letter could not be rendered', { where: letter.file, cause });
  }
}

function checkedSubject(subject: string, file: string): string {
  const line = subject.trim();
  const problem = hasLineEnd(line)
    ? 'has a line break'
    : Array.from(line).length > subjectLimit
      ? `is longer than ${subjectLimit} characters`
      : undefined;
  if (problem === undefined) return line;
  throw new AppError('template', `the subject of the letter ${problem}`, { where: `${file}:1` });
}

/** No blanks at the end of a line, never two blank lines, one line feed at the end. */
function tidy(text: string): string {
  const lines = cleanText(text)
    .split('\n')
    .map((line) => line.trimEnd());
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

function listed(files: ReadonlyMap<string, SourceFile>): ListedLetter[] {
  return letterKinds.flatMap((kind) =>
    languages.flatMap((language) =>
      tones.map((tone) => {
        const { file, overridden } = files.get(nameOf(kind, { language, tone })) as SourceFile;
        return { kind, language, tone, file, overridden, variables: Object.keys(variablesOf[kind]) };
      }),
    ),
  );
}
