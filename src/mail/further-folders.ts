/**
 * Which folders besides INBOX and Sent are read: those that the owner names in `mailboxes[].also`, by path or pattern.
 * Matches lists; asks no server.
 */
import type { ListResponse } from 'imapflow';
import { isJunkFolder } from '../rules/junk-folder.ts';
import { sentLikePaths, usableOf } from './sent-folder.ts';

/** What a pattern never means: only the full name does. */
const setAside = new Set(['\\Drafts', '\\Trash', '\\Junk', '\\All', '\\Flagged', '\\Important', '\\Sent', '\\Snoozed']);

/** Names of drafts and trash where the server does not mark them. */
const setAsideName =
  /^(?:drafts?|bozze?|entw[uü]rfe|brouillons?|borradores|rascunhos|concepten|trash|deleted(?: items| messages)?|cestino|posta eliminata|elementi eliminati|papierkorb|gel[oö]schte elemente|corbeille|papelera|lixo|prullenbak|outbox|posta in uscita|templates|modelli|paletti)$/iu;

/** @returns paths in the order of the list, without INBOX and without `taken` */
export function alsoPaths(
  folders: readonly ListResponse[],
  also: readonly string[],
  taken: readonly string[],
): string[] {
  return usableOf(folders)
    .filter(({ path }) => path.toUpperCase() !== 'INBOX' && !taken.includes(path))
    .filter((folder) => also.some((wanted) => isMeant(folder, wanted)))
    .map(({ path }) => path);
}

/** A full name means its folder; a pattern means those in which mail is kept. */
function isMeant(folder: ListResponse, wanted: string): boolean {
  if (!wanted.includes('*')) return namesOf(folder).includes(wanted.normalize('NFC').toLowerCase());
  return !isSetAside(folder) && namesOf(folder).some((name) => patternOf(wanted).test(name));
}

function isSetAside(folder: ListResponse): boolean {
  return setAside.has(folder.specialUse ?? '') || setAsideName.test(folder.name) || isJunkFolder(folder.path);
}

/** As the server says it, with '/' as the delimiter, and the same below INBOX, where some servers put everything. */
function namesOf({ path, delimiter }: ListResponse): string[] {
  const plain = path.normalize('NFC').toLowerCase();
  const slashed = delimiter === undefined || delimiter === '' ? plain : plain.split(delimiter).join('/');
  return [plain, slashed, slashed.replace(/^inbox\//, '')];
}

/** `*` stands for anything, the delimiter too: `Clienti/*` means every folder below Clienti, however deep. */
function patternOf(wanted: string): RegExp {
  const parts = wanted
    .normalize('NFC')
    .toLowerCase()
    .split(/\*+/)
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'u');
}

export interface Surveyed {
  read: string[];
  unmatched: string[];
  sentLike: string[];
  /** those in which mail for the owner could lie, and that nobody reads; Junk is among them */
  unread: string[];
}

/** Of the folders listed: which are read, and which are not although they may matter. */
export function surveyed(
  folders: readonly ListResponse[],
  also: readonly string[],
  sents: readonly string[],
): Surveyed {
  const further = alsoPaths(folders, also, sents);
  const isRead = (path: string) => path.toUpperCase() === 'INBOX' || sents.includes(path) || further.includes(path);
  const sentLike = sentLikePaths(folders).filter((path) => !isRead(path));
  const rest = usableOf(folders).filter(({ path }) => !isRead(path) && !sentLike.includes(path));
  return {
    read: [...sents.slice(1), ...further],
    unmatched: also.filter((wanted) => !usableOf(folders).some((folder) => isMeant(folder, wanted))),
    sentLike,
    unread: rest.filter((folder) => isJunkFolder(folder.path) || !isSetAside(folder)).map(({ path }) => path),
  };
}
