/**
 * `paletti dossier`: the file of one client as a folder, for a lawyer, a mediator, or the client. Without --fetch it
 * needs no server. Changes nothing but one line in the journal, which remembers the sum of the sums.
 */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Dossier, dossierBegun, dossierEnded, dossierOf, dossierParts, noteDossier } from '../desk/dossier.ts';
import { mailFromRecord } from '../desk/dossier-mail.ts';
import { fontOfThisMachine } from '../desk/dossier-font.ts';
import { dossierPage } from '../desk/dossier-page.ts';
import type { FileFact } from '../desk/dossier-text.ts';
import { journalFile, type Source, sourceWords } from '../desk/dossier-text.ts';
import { parseWhole } from '../desk/values.ts';
import { AppError } from '../errors.ts';
import { findClient } from '../store/clients.ts';
import { isAsRecorded, messageById, type StoredMessage } from '../store/messages.ts';
import { bytesOfLogFile } from '../store/log-files.ts';
import { frozenOf } from '../store/outbox.ts';
import { type DeskContext, optionsOf, reading, withDesk } from './command.ts';
import { DossierFolder, sweepPart } from './dossier-folder.ts';
import { notWritten } from './files.ts';
import { forJson } from './output.ts';
import { Originals } from './originals.ts';
import type { Ways } from './ways.ts';
import { wordsOf } from '../words/voice.ts';
import type { Words } from '../words/words.ts';

interface DossierOptions {
  out?: string;
  fetch?: boolean;
  days: string;
}

export function addTo(program: Command, ways: Ways): void {
  reading(program.command('dossier'))
    .summary('all that is on record of one client, in a folder of its own')
    .description(
      'Write all that is on record of one client into a folder: a page and a PDF to read, messages and letters as mail files, the data, the journal with its hashes, and the sums of all files. It can be checked without Paletti: sha256sum -c SHA256SUMS',
    )
    .argument('<client>', 'number, name or address')
    .option('--out <dir>', 'the folder: a new one, an empty one, or an earlier dossier, which is replaced')
    .option('--fetch', 'get the messages whole from the mail server; without it, header and text from the record')
    .option('--days <number>', 'how far back habits are counted for the warning signs; all else is complete', '365')
    .action((who: string, _options, command: Command) =>
      withDesk(ways, command, (context) => make(ways, context, { who, options: optionsOf(command) })),
    );
}

async function make(
  ways: Ways,
  context: DeskContext,
  { who, options }: { who: string; options: DossierOptions },
): Promise<void> {
  const { desk, out, json } = context;
  const { out: target } = options;
  if (target === undefined) throw new AppError('usage', { code: 'dossier-where' });
  const dossier = read(context, who, options);
  const path = resolve(ways.cwd, target);
  sweep(context);
  let part = '';
  const folder = new DossierFolder(path, (at) => {
    part = at;
    dossierBegun(desk, { path: at, clientId: dossier.client.id, pid: process.pid });
  });
  try {
    const files = new Map([
      ...letters(context, dossier, folder),
      ...evidence(context, dossier, folder),
      ...(await messages(ways, context, { dossier, folder, options })),
    ]);
    await papers(dossier, files, { folder, words: context.voice.words });
    const { sha256, files: number } = folder.finish();
    noteDossier(desk, dossier, { sha256, files: number });
    const whole = dossier.messages.filter((message) => files.get(message.file)?.whole === true).length;
    const { verdict } = dossier.journal;
    if (json) out.json({ path, files: number, sha256, messages: dossier.messages.length, whole, journal: verdict });
    else out.data(path);
    tell(context, { dossier, whole, sha256, files: number });
  } catch (cause) {
    throw notWritten(path, cause as NodeJS.ErrnoException);
  } finally {
    folder.discard();
    dossierEnded(desk, part);
  }
}

/** What a run that was killed left behind holds a client's whole file. */
function sweep({ desk, out, voice }: DeskContext): void {
  for (const { path, pid } of desk.store.read((r) => dossierParts(r))) {
    if (pid !== process.pid && isRunning(pid)) continue;
    const left = sweepPart(path);
    if (left !== null) out.warn(voice.t.dossier.made.left(left));
    dossierEnded(desk, path);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function read({ desk, now, zone }: DeskContext, who: string, options: DossierOptions): Dossier {
  const signDays = parseWhole(options.days, 'number of days', { min: 1, max: 3650 });
  const studio = desk.config.owner.business || desk.config.owner.name;
  return desk.store.read((r) =>
    dossierOf(r, desk.config, findClient(r, who), { now, zone, studio, signDays, rates: desk.config.interest.rates }),
  );
}

function tell(
  { out, voice }: DeskContext,
  { dossier, whole, sha256, files }: { dossier: Dossier; whole: number; sha256: string; files: number },
): void {
  const { verdict } = dossier.journal;
  const { made: t } = voice.t.dossier;
  const part = dossier.messages.length - whole;
  out.say(t.of(dossier.client.name, files, dossier.messages.length));
  if (part > 0) out.say(t.fromRecord(part, whole === 0));
  out.say(t.sum(sha256));
  if (!verdict.ok) out.warn(t.unsound(verdict.id, voice.why(verdict.problem)));
}

type MailFact = [path: string, fact: FileFact & { whole: boolean }];

/** The bytes as they were frozen before the server got them. */
function letters({ desk }: DeskContext, dossier: Dossier, folder: DossierFolder): MailFact[] {
  return dossier.letters.flatMap(({ id, file }): MailFact[] => {
    const frozen = file === null ? undefined : desk.store.read((r) => frozenOf(r, id));
    if (file === null || frozen === undefined) return [];
    const { sha256 } = folder.add(file, frozen.bytes);
    const what: Source =
      sha256 === frozen.sha256 ? { code: 'as-handed-over' } : { code: 'not-as-handed-over', sha256: frozen.sha256 };
    return [[file, { sha256, what, whole: true }]];
  });
}

/** The bytes as they were kept. */
function evidence({ desk }: DeskContext, dossier: Dossier, folder: DossierFolder): MailFact[] {
  return dossier.evidence.flatMap(({ id, file, sha256: noted }): MailFact[] => {
    const bytes = desk.store.read((r) => bytesOfLogFile(r, id));
    if (bytes === undefined) return [];
    const { sha256 } = folder.add(file, bytes);
    const what: Source = sha256 === noted ? { code: 'as-kept' } : { code: 'not-as-kept', sha256: noted };
    return [[file, { sha256, what, whole: true }]];
  });
}

async function messages(
  ways: Ways,
  { desk }: DeskContext,
  { dossier, folder, options }: { dossier: Dossier; folder: DossierFolder; options: DossierOptions },
): Promise<MailFact[]> {
  const servers = options.fetch === true ? await ways.openMailboxes(desk.config) : null;
  const facts: MailFact[] = [];
  try {
    const originals = servers === null ? null : new Originals(servers);
    for (const { id, file } of dossier.messages) {
      const message = desk.store.read((r) => messageById(r, id) as StoredMessage);
      const found = originals === null ? 'not-asked' : await originals.of(message);
      const bytes = typeof found === 'string' ? mailFromRecord(message, found) : found;
      const what: Source =
        typeof found === 'string' ? { code: 'from-record', missing: found } : wholeness(message, found);
      facts.push([file, { sha256: folder.add(file, bytes).sha256, what, whole: typeof found !== 'string' }]);
    }
  } finally {
    await servers?.close();
  }
  return facts;
}

function wholeness(message: StoredMessage, source: Uint8Array): Source {
  return { code: isAsRecorded(message, source) ? 'whole' : 'not-as-arrived' };
}

/** What is read by people and programs, made when the mail files and their sums are known. */
async function papers(
  dossier: Dossier,
  files: ReadonlyMap<string, FileFact>,
  { folder, words }: { folder: DossierFolder; words: Words },
): Promise<void> {
  const { dossierPdf } = await import('../desk/dossier-pdf.ts');
  folder.add('index.html', dossierPage(dossier, files, words));
  folder.add('dossier.pdf', await dossierPdf(dossier, files, { font: fontOfThisMachine(), words }));
  folder.add('journal.json', journalFile(dossier));
  const { journal, ...rest } = dossier;
  const list = [...files].map(([path, { sha256, what }]) => ({ path, sha256, what: sourceWords(what, wordsOf('en')) }));
  const data = forJson({ ...rest, journal: journal.verdict, files: list }, 'en');
  folder.add('data.json', `${JSON.stringify(data, null, 2)}\n`);
}
