/**
 * The dossier of one client: everything on record, read in one go, as values. The page, the PDF and the files are made
 * from it elsewhere. Leaves out nothing of the client, and takes in nothing of another.
 */
import type { Client } from '../rules/client.ts';
import type { Hold } from '../rules/hold.ts';
import type { Invoice } from '../rules/invoice.ts';
import type { Letter } from '../rules/letter.ts';
import type { Address, Attachment, FolderRole, MessageKind } from '../rules/message.ts';
import type { MoreRates } from '../rules/late-law.ts';
import { dayOf, type Instant, type TimeZone } from '../rules/time.ts';
import { type Case, listCases } from '../store/cases.ts';
import type { Reader } from '../store/database.ts';
import { exitsOf, type StoredExit } from '../store/exits.ts';
import { factOf, setFact } from '../store/facts.ts';
import { ownLetterMessages } from '../store/habits.ts';
import { listHolds } from '../store/holds.ts';
import { listInvoices } from '../store/invoices.ts';
import { type ChainEntry, chainOf, note, type Verdict, verifyJournal } from '../store/journal.ts';
import { type LogEntry, logEntries } from '../store/log-entries.ts';
import { type LogFile, logFiles } from '../store/log-files.ts';
import { type Mark, marksOf } from '../store/marks.ts';
import { messageById, messageIdsOf, type StoredMessage } from '../store/messages.ts';
import { listLetters } from '../store/outbox.ts';
import { type Project, projectsOf } from '../store/projects.ts';
import { listRequests, type StoredRequest } from '../store/requests.ts';
import { type Window, windowById } from '../store/windows.ts';
import { clientRecords, periodStart, type SignSettings } from '../store/client-facts.ts';
import { interestReport, type InterestReport } from './interest.ts';
import { act, type DeskParts } from './parts.ts';
import { type ClientSummary, summarize } from './report.ts';
import { inOrder, messageEntry, otherEntries, type TimelineEntry } from './timeline.ts';
import type { Reason } from '../rules/reason.ts';

/** The mark by which a folder is known to be one of ours. */
export const dossierFormat = 'paletti-dossier/1';

export interface Dossier {
  format: typeof dossierFormat;
  /** when it was made */
  now: Instant;
  zone: TimeZone;
  studio: string;
  client: Client;
  projects: Project[];
  /** the owner's own, those taken away too */
  marks: Mark[];
  /** oldest first */
  timeline: TimelineEntry[];
  /** oldest first; Paletti's own letters stand among the letters */
  messages: DossierMessage[];
  /** oldest first */
  letters: DossierLetter[];
  invoices: Invoice[];
  /** interest on late payment by law, until the day it was made; asked for by no letter */
  interest: InterestReport;
  holds: Hold[];
  cases: Case[];
  log: LogEntry[];
  /** files kept with the log */
  evidence: Evidence[];
  requests: StoredRequest[];
  /** without what the owner learned by them, which is hers alone */
  exits: Omit<StoredExit, 'lesson'>[];
  /** the signs, and since when habits were counted for them */
  signs: ClientSummary & { since: Instant };
  /** the client's lines, and whether the whole journal is sound */
  journal: { verdict: Verdict; entries: ChainEntry[] };
}

export interface DossierMessage {
  id: number;
  /** path of its mail file in the dossier */
  file: string;
  role: FolderRole;
  receivedAt: Instant;
  messageId: string | null;
  from: Address | null;
  to: Address[];
  cc: Address[];
  subject: string;
  kind: MessageKind | null;
  outOfHours: boolean;
  outOfHoursWhy: Reason | null;
  /** the judgement: a stable code, and a sentence */
  reason: string | null;
  why: Reason | null;
  window: Window | null;
  /** as the mail server had them */
  flags: string[];
  attachments: Attachment[];
  sizeBytes: number;
  /** 128 bits of the SHA-256 of its beginning, and its size, taken on arrival */
  contentHash: string;
  fault: string | null;
  goneAt: Instant | null;
  /** without quoted mail and signature; the beginning of it, when it is long */
  text: string;
  isCut: boolean;
}

export interface DossierLetter extends Letter {
  /** path of its mail file; null: it never was on its way */
  file: string | null;
}

export interface Evidence extends LogFile {
  /** path of its copy in the dossier */
  file: string;
}

export interface DossierOptions {
  now: Instant;
  zone: TimeZone;
  studio: string;
  /** how far back habits are counted for the signs; all else is complete */
  signDays: number;
  /** half-years that the owner has added */
  rates?: MoreRates;
}

export function dossierOf(r: Reader, settings: SignSettings, client: Client, options: DossierOptions): Dossier {
  const { now, zone, studio } = options;
  const since = periodStart(now, options.signDays);
  const [record] = clientRecords(r, settings, { now, since, clientId: client.id });
  const { messages, timeline } = messagesOf(r, client.id);
  const invoices = listInvoices(r, { clientId: client.id });
  return {
    format: dossierFormat,
    now,
    zone,
    studio,
    client,
    messages,
    projects: projectsOf(r, client.id),
    marks: marksOf(r, client.id),
    timeline: inOrder([...timeline, ...otherEntries(r, client.id, zone)], zone),
    letters: lettersOf(r, client.id),
    invoices,
    interest: interestReport(client, invoices, { until: dayOf(now, zone), law: null, more: options.rates ?? {} }),
    holds: listHolds(r, client.id),
    cases: listCases(r).filter((one) => one.clientId === client.id),
    log: logEntries(r, client.id),
    requests: listRequests(r, { clientId: client.id }),
    evidence: evidenceOf(r, client.id),
    exits: exitsOf(r, client.id).map(({ lesson: _lesson, ...exit }) => exit),
    signs: { ...summarize(record as NonNullable<typeof record>, now), since },
    journal: { verdict: verifyJournal(r), entries: chainOf(r, client.id) },
  };
}

/** So much of a message stands in the page and the PDF; its file has all of it. */
const longestText = 1500;

/** One after the other: the texts of thousands of messages need not be in memory together. */
function messagesOf(r: Reader, clientId: number): { messages: DossierMessage[]; timeline: TimelineEntry[] } {
  const own = ownLetterMessages(r);
  const ids = messageIdsOf(r, clientId).filter((id) => !own.has(id));
  const windows = new Map<number, Window | null>();
  const messages: DossierMessage[] = [];
  const timeline: TimelineEntry[] = [];
  for (const id of ids) {
    const message = messageById(r, id) as StoredMessage;
    messages.push(toDossier(message, windowOf(r, message, windows), nameOfFile('messages', id, ids)));
    timeline.push(messageEntry(message));
  }
  return { messages, timeline };
}

function windowOf(r: Reader, { judged }: StoredMessage, known: Map<number, Window | null>): Window | null {
  if (judged === null || judged.windowId === null) return null;
  if (!known.has(judged.windowId)) known.set(judged.windowId, windowById(r, judged.windowId) ?? null);
  return known.get(judged.windowId) ?? null;
}

function toDossier(message: StoredMessage, window: Window | null, file: string): DossierMessage {
  const { id, role, receivedAt, mail, judged, flags, sizeBytes, contentHash, fault, goneAt } = message;
  const { messageId, from, to, cc, subject, attachments, newText } = mail;
  return {
    id,
    file,
    role,
    receivedAt,
    messageId,
    from,
    to,
    cc,
    subject,
    kind: judged?.kind ?? null,
    outOfHours: judged?.outOfHours ?? false,
    outOfHoursWhy: judged?.outOfHoursWhy ?? null,
    reason: judged?.reason ?? null,
    why: judged?.why ?? null,
    window,
    flags,
    attachments,
    sizeBytes,
    contentHash,
    fault,
    goneAt,
    text: newText.slice(0, longestText).trimEnd(),
    isCut: newText.length > longestText,
  };
}

/** Its number and nothing else: no word of a client is ever part of a file name. As wide as the widest, three at least. */
function nameOfFile(folder: 'messages' | 'letters', id: number, ids: readonly number[]): string {
  const width = Math.max(3, String(ids.reduce((most, one) => Math.max(most, one), 0)).length);
  return `${folder}/${String(id).padStart(width, '0')}.eml`;
}

/** Named by its number; of the owner's name for it only a plain ending is kept, by which programs open it. */
function evidenceOf(r: Reader, clientId: number): Evidence[] {
  return logFiles(r, clientId).map((one) => {
    const ending = /\.[a-z0-9]{1,5}$/i.exec(one.name)?.[0].toLowerCase() ?? '';
    return { ...one, file: `evidence/${String(one.id).padStart(3, '0')}${ending}` };
  });
}

/** What was on its way has its bytes; what was only written stands in the page. */
function lettersOf(r: Reader, clientId: number): DossierLetter[] {
  const letters = listLetters(r, { clientId }).toReversed();
  const ids = letters.map((letter) => letter.id);
  return letters.map((letter) => ({
    ...letter,
    file: letter.messageId === null ? null : nameOfFile('letters', letter.id, ids),
  }));
}

/** The journal remembers that a dossier was made, and by the sum of its sums which one. */
export function noteDossier(desk: DeskParts, { client }: Dossier, made: { sha256: string; files: number }): void {
  const why = { code: 'dossier-made' } as const;
  act(desk, (w) =>
    note(w, { kind: 'dossier-made', subject: `client/${client.id}`, clientId: client.id, why, data: made }),
  );
}

/** A dossier that is being written, or was when its program was killed. */
export interface DossierPart {
  path: string;
  clientId: number;
  /** of the program that writes it */
  pid: number;
}

const partsKey = 'dossier-parts';

/** Those not known to have ended. */
export function dossierParts(r: Reader): DossierPart[] {
  return JSON.parse(factOf(r, partsKey) ?? '[]') as DossierPart[];
}

/** Before a file is written: what a killed program leaves behind can be found again. */
export function dossierBegun(desk: DeskParts, part: DossierPart): void {
  act(desk, (w) => setFact(w, partsKey, JSON.stringify([...dossierParts(w), part])));
}

/** It stands in its place, or is gone. */
export function dossierEnded(desk: DeskParts, path: string): void {
  act(desk, (w) => setFact(w, partsKey, JSON.stringify(dossierParts(w).filter((part) => part.path !== path))));
}
