/**
 * Who sends from a mailbox. Two installations share nothing but the mailbox, so a claim stands in it, and a letter leaves
 * only from the installation whose claim is the first. Decides what to do next; writes nothing.
 */
import { sha256 } from './digest.ts';
import type { Instant } from './time.ts';

/** A data folder on a computer. */
export interface Site {
  host: string;
  /** absolute path of the data folder, or a digest of it */
  folder: string;
  /** what the file system calls the folder: a copy of it has another, one that was moved or renamed the same */
  node: string;
}

/** One installation: a database in its place. */
export interface Station extends Site {
  /** the random name of the database; a copy of the folder has the same */
  installation: string;
}

/** What stands in the mailbox. */
export interface Claim extends Station {
  /** by the server: who came first has the lower one */
  uid: number;
  /** a name of its own, by which the owner's word about it is remembered */
  id: string;
  since: Instant;
}

export type ClaimMove =
  | { kind: 'ours' }
  | { kind: 'write' }
  | { kind: 'take-over'; own: readonly Claim[]; others: readonly Claim[] }
  | { kind: 'yield'; to: Claim; own: readonly Claim[] };

/**
 * Is it the same installation? A folder that was moved, or a computer that was renamed, still is; a copy is not, wherever
 * it lies: only one process at a time can hold a data folder, but two copies know nothing of each other.
 */
export function isSameStation(a: Station, b: Station): boolean {
  if (a.node === b.node) return true;
  return a.installation === b.installation && a.host === b.host && a.folder === b.folder;
}

/**
 * UIDs rise in the order in which a server takes messages (RFC 3501, section 2.3.1.1): of two that write at the same
 * moment and then look, both see the same one first.
 * @param mayReplace ids of claims that the owner has decided against
 */
export function claimMove(station: Station, claims: readonly Claim[], mayReplace: readonly string[]): ClaimMove {
  const inOrder = claims.toSorted((a, b) => a.uid - b.uid);
  const own = inOrder.filter((claim) => isSameStation(claim, station));
  const others = inOrder.filter((claim) => !isSameStation(claim, station));
  const [first] = inOrder;
  if (first === undefined) return { kind: 'write' };
  if (own.includes(first)) return { kind: 'ours' };
  const before = others.filter((claim) => own[0] === undefined || claim.uid < own[0].uid);
  const unsettled = before.find((claim) => !mayReplace.includes(claim.id));
  if (unsettled !== undefined) return { kind: 'yield', to: unsettled, own };
  return { kind: 'take-over', own, others: before };
}

/** After another's claim was replaced: whatever that one had in hand has ended by then (SMTP's longest wait is 10 minutes). */
export const takeOverMs = 10 * 60_000;

/** Between the look at the claim and the hand-over no more than this may pass: a laptop may have slept in between. */
export const claimFreshMs = 60_000;

const header = 'X-Paletti-Claim';

/** The claim as a mail: ASCII, CRLF, addressed to the owner herself. `folder` and `node` are told as digests only. */
export function claimSource(station: Station, at: { id: string; since: Instant; address: string }): string {
  const { id, since, address } = at;
  const { installation, host, folder, node } = digested(station);
  const value = [id, installation, folder, node, encodeURIComponent(host)].join(' ');
  return [
    `From: Paletti <${address}>`,
    `To: ${address}`,
    'Subject: Paletti: which computer sends from this mailbox',
    `Date: ${new Date(since).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <claim.${id}@paletti.invalid>`,
    'Auto-Submitted: auto-generated',
    `${header}: ${value}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `Letters of Paletti leave this mailbox from the computer "${ascii(host)}" only.`,
    'This note keeps a second Paletti from sending the same letters again. Leave it here.',
    '',
    `Le lettere di Paletti partono solo dal computer "${ascii(host)}".`,
    'Questa nota evita che un secondo Paletti le mandi di nuovo. Lasciala qui.',
    '',
  ].join('\r\n');
}

/** Folder and node as they stand in a claim: a path is nobody's business. */
export function digested(station: Station): Station {
  const short = (text: string) => sha256(text).slice(0, 24);
  return { ...station, folder: short(station.folder), node: short(station.node) };
}

/** @param headers raw header lines @returns null when they hold no claim that can be read */
export function claimIn(headers: string, uid: number, since: Instant): Claim | null {
  const unfolded = headers.replace(/\r?\n[ \t]+/g, ' ');
  const value = new RegExp(`^${header}:[ \\t]*(.*?)[ \\t]*$`, 'im').exec(unfolded)?.[1];
  const [id, installation, folder, node, host] = value?.split(/\s+/) ?? [];
  if (id === undefined || installation === undefined || folder === undefined || node === undefined) return null;
  return { uid, since, id, installation, folder, node, host: decoded(host ?? '') };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const ascii = (text: string) => text.replace(/[^\x20-\x7e]|"/g, '?');
